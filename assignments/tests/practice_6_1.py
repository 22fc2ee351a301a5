import numpy as np
from checking.by_hand import X
from checking.calls import Misshapen, call
from checking.evidence import Finding, agree, array, can_compare, test_case
from checking.saying import say

OK_FORMAT = False
name = "practice_6_1"

BLOCKED = X <= -1


@test_case(name="a row for each output, a column for each input")
def square(practice_6_1):
    if np.array_equal(call(practice_6_1), np.where(BLOCKED, 0, X)):
        raise Misshapen(say("practice_6_1.values"))
    array(practice_6_1, shape=(5, 5), each=say("shared.row_for_output"))


@test_case(name="each output has its own input")
def own_input(practice_6_1):
    found = array(practice_6_1, shape=(5, 5))
    if not np.allclose(found, np.diag(np.diag(found))):
        from checking.matrices import layout  # which only a wrong one needs

        how = layout(found, practice_6_1)
        raise Finding(f"{say('practice_6_1.own_input')}\n{how}".strip())


@test_case(name="a blocked input moves nothing")
def blocked(practice_6_1):
    found = array(practice_6_1, shape=(5, 5))
    if not np.allclose(found[BLOCKED], 0) or not np.allclose(found[:, BLOCKED], 0):
        raise Finding(say("practice_6_1.blocked"))


@test_case(name="what passes moves its output as far as it moves itself")
def passing(practice_6_1):
    slopes = np.diag(array(practice_6_1, shape=(5, 5)))[~BLOCKED]
    if not slopes.all():
        raise Finding(say("practice_6_1.passes"))
    if not np.allclose(slopes, slopes[0]):
        raise Finding(say("practice_6_1.same_slopes"))
    if not np.isclose(slopes[0], 1):
        raise Finding(say("practice_6_1.which_slope"))


@test_case(name="agrees with your threshold_jacobian")
def agrees_with_your_code(practice_6_1, threshold_jacobian):
    by_hand = array(practice_6_1, shape=(5, 5))
    if can_compare(threshold_jacobian, "threshold_jacobian", waits=False):
        by_code = array(threshold_jacobian, X, shape=(5, 5))
        claim = say("practice_6_1.by_hand_and_code")
        agree(by_hand, by_code, claim, other=say("practice_6_1.by_code"))
