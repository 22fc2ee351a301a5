import numpy as np
from checking.by_hand import ERROR, JACOBIAN, SECOND_JACOBIAN, alike, by_outputs
from checking.calls import Misshapen, call
from checking.evidence import Finding, all_agree, array, arrays, can_compare, test_case
from checking.saying import say
from checking.showing import show

OK_FORMAT = False
name = "practice_6_3"

SHAPES = [(2,), (2,)]


@test_case(name="two errors, of two values each")
def two_errors(practice_6_3):
    given = call(practice_6_3)
    entries = given if isinstance(given, (list, tuple)) else []
    if any(alike(entry, JACOBIAN @ SECOND_JACOBIAN) for entry in entries):
        raise Misshapen(say("practice_6_3.matrices_alone"))
    if len(entries) == 3 and alike(entries[0], ERROR):
        raise Misshapen(say("practice_6_3.with_the_error", error=show(ERROR)))
    arrays(practice_6_3, shapes=SHAPES, each=say("practice_6_3.one_after_each"))


@test_case(name="the first step is practice 6.2")
def begins_with_practice_6_2(practice_6_3, practice_6_2):
    first = arrays(practice_6_3, shapes=SHAPES)[0]
    compared = can_compare(practice_6_2, "practice_6_2", waits=False)
    if np.array_equal(first, ERROR):
        raise Finding(say("practice_6_3.begins_with_the_error", error=show(ERROR)))
    if compared and not np.allclose(first, array(practice_6_2, shape=(2,))):
        raise Finding(say("practice_6_3.first_step"))


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
        told = say("practice_6_3.second_is_identity", matrix=matrix)
    else:
        told = say("practice_6_3.second_step", matrix=matrix)
    raise Finding(f"{told} {say('practice_6_3.does_not_follow', error=show(ERROR))}")


@test_case(name="agrees with your propagate_chain")
def agrees_with_your_code(practice_6_3, propagate_chain):
    by_hand = arrays(practice_6_3, shapes=SHAPES)
    if can_compare(propagate_chain, "propagate_chain", waits=False):
        jacobians = [JACOBIAN, SECOND_JACOBIAN]
        by_code = arrays(propagate_chain, ERROR, jacobians, shapes=SHAPES)
        claim = say("practice_6_3.by_hand_and_code")
        all_agree(by_hand, by_code, claim, other=say("practice_6_3.by_code"))
