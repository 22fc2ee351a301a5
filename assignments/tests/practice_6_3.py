import numpy as np
from checking.by_hand import ERROR, JACOBIAN, SECOND_JACOBIAN, by_outputs
from checking.evidence import Finding, all_agree, array, arrays, can_compare, test_case
from checking.showing import show

OK_FORMAT = False
name = "practice_6_3"

SHAPES = [(2,), (2,)]


@test_case(name="two errors, of two values each")
def two_errors(practice_6_3):
    arrays(practice_6_3, shapes=SHAPES, each="one after each matrix")


@test_case(name="the first step is practice 6.2")
def begins_with_practice_6_2(practice_6_3, practice_6_2):
    first = arrays(practice_6_3, shapes=SHAPES)[0]
    compared = can_compare(practice_6_2, "practice_6_2", waits=False)
    if compared and not np.allclose(first, array(practice_6_2, shape=(2,))):
        raise Finding(
            "The first step is the same as in practice 6.2, where your answer is right so far; "
            "here you have another. Is `error` itself in your list? It shouldn't be."
        )


@test_case(name="in the first step each output sends its row back, as often as its error says")
def first_step(practice_6_3):
    by_outputs(arrays(practice_6_3, shapes=SHAPES)[0])


@test_case(name="the second step goes on from the first")
def second_step(practice_6_3):
    first, second = arrays(practice_6_3, shapes=SHAPES)
    if np.allclose(second, first @ SECOND_JACOBIAN):
        return
    matrix = show(SECOND_JACOBIAN)
    if np.array_equal(SECOND_JACOBIAN, np.eye(2)):
        told = (
            f"In the second matrix, {matrix}, each output moves with its own input, with the slope "
            "1. So what does it change about the error that comes to it?"
        )
    else:
        told = (
            f"The second matrix, {matrix}, meets what came out of the first step: each of its rows "
            "comes back as often as that entry of your first error says, added up."
        )
    raise Finding(
        f"{told} The second error of yours doesn't follow so from your first. (It begins where the "
        f"first step ends, not with {show(ERROR)} again.)"
    )


@test_case(name="agrees with your propagate_chain")
def agrees_with_your_code(practice_6_3, propagate_chain):
    by_hand = arrays(practice_6_3, shapes=SHAPES)
    if can_compare(propagate_chain, "propagate_chain", waits=False):
        jacobians = [JACOBIAN, SECOND_JACOBIAN]
        by_code = arrays(propagate_chain, ERROR, jacobians, shapes=SHAPES)
        claim = "Your answer by hand disagrees with your propagate_chain, which passes its checks:"
        all_agree(by_hand, by_code, claim, other="your propagate_chain gives")
