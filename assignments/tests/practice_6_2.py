import numpy as np
from checking.evidence import agree, array, can_compare, test_case

OK_FORMAT = False
name = "practice_6_2"


@test_case(name="one value for each column")
def one_value_for_each_column(practice_6_2):
    array(practice_6_2, shape=(2,))


@test_case(name="agrees with your propagate_error")
def agrees_with_your_code(practice_6_2, propagate_error):
    by_hand = array(practice_6_2, shape=(2,))
    if can_compare(propagate_error, "propagate_error"):
        error, jacobian = np.array([1, 2]), np.array([[3, -3], [4, -4]])
        by_code = array(propagate_error, error, jacobian, shape=(2,))
        claim = "Your answer by hand disagrees with your propagate_error, which passes its checks:"
        agree(by_hand, by_code, claim, other="your propagate_error gives")
