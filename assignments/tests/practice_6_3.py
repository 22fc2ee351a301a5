import runpy

import numpy as np
from checking.evidence import FOLDER, Finding, all_agree, array, arrays, can_compare, test_case

OK_FORMAT = False
name = "practice_6_3"

SHAPES = [(2,), (2,)]


@test_case(name="two errors, of two values each")
def two_errors(practice_6_3):
    arrays(practice_6_3, shapes=SHAPES, each="one after each matrix")


@test_case(name="the first step is practice 6.2")
def begins_with_practice_6_2(practice_6_3, practice_6_2):
    first = arrays(practice_6_3, shapes=SHAPES)[0]
    if can_compare(practice_6_2, "practice_6_2", waits=False):
        if not np.allclose(first, array(practice_6_2, shape=(2,))):
            raise Finding(
                "The first step is the same as in practice 6.2, where your answer is right so "
                "far; here you have another. Is `error` itself in your list? It shouldn't be."
            )
    else:
        runpy.run_path(str(FOLDER / "tests" / "practice_6_2.py"))["by_outputs"](first)


@test_case(name="in the second matrix each output has its own input")
def second_step(practice_6_3):
    first, second = arrays(practice_6_3, shapes=SHAPES)
    if not np.allclose(first, second):
        raise Finding(
            "In the second matrix, [[1, 0], [0, 1]], each output moves with its own input, with "
            "the slope 1. So what does it change about the error that comes to it? The second "
            "error of yours doesn't follow so from your first. (It begins where the first step "
            "ends, not with [1, 2] again.)"
        )


@test_case(name="agrees with your propagate_chain")
def agrees_with_your_code(practice_6_3, propagate_chain):
    by_hand = arrays(practice_6_3, shapes=SHAPES)
    if can_compare(propagate_chain, "propagate_chain", waits=False):
        jacobians = [np.array([[3, -3], [4, -4]]), np.eye(2)]
        by_code = arrays(propagate_chain, np.array([1, 2]), jacobians, shapes=SHAPES)
        claim = "Your answer by hand disagrees with your propagate_chain, which passes its checks:"
        all_agree(by_hand, by_code, claim, other="your propagate_chain gives")
