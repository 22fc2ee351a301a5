import numpy as np
from checking.evidence import agree, all_agree, array, arrays, can_compare, test_case

OK_FORMAT = False
name = "practice_6_3"


@test_case(name="two errors, of two values each")
def two_errors(practice_6_3):
    arrays(practice_6_3, shapes=[(2,), (2,)])


@test_case(name="begins with your practice_6_2")
def begins_with_practice_6_2(practice_6_3, practice_6_2, propagate_chain):
    by_hand = arrays(practice_6_3, shapes=[(2,), (2,)])
    if can_compare(propagate_chain, "propagate_chain"):
        return  # the next check can tell which of the two answers isn't right
    if can_compare(practice_6_2, "practice_6_2"):
        step = array(practice_6_2, shape=(2,))
        claim = "The first step is the same as in practice 6.2, but your two answers differ:"
        agree(by_hand[0], step, claim, other="your practice_6_2 gives")


@test_case(name="agrees with your propagate_chain")
def agrees_with_your_code(practice_6_3, propagate_chain):
    by_hand = arrays(practice_6_3, shapes=[(2,), (2,)])
    if can_compare(propagate_chain, "propagate_chain"):
        jacobians = [np.array([[3, -3], [4, -4]]), np.eye(2)]
        by_code = arrays(propagate_chain, np.array([1, 2]), jacobians, shapes=[(2,), (2,)])
        claim = "Your answer by hand disagrees with your propagate_chain, which passes its checks:"
        all_agree(by_hand, by_code, claim, other="your propagate_chain gives")
