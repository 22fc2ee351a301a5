import numpy as np
from checking.calls import LAST
from checking.evidence import Finding, agree, array, leaves_alone, test_case
from checking.saying import say
from checking.showing import show

OK_FORMAT = False
name = "threshold"


@test_case(name="one output for each input")
def one_output_for_each_input(threshold):
    array(threshold, np.array([0.5, -3.0, 2.0]), shape=(3,), each=say("shared.one_for_each_input"))


def refuse_what_others_change(threshold):
    """Say that what becomes of a value depends on the one beside it, where that is so."""
    for value in (1.25, -0.9, 4.5):
        low, high = (array(threshold, np.array([value, v]), shape=(2,))[0] for v in (-100.0, 100.0))
        if low != high:
            numbers = {"value": f"{value:g}", "low": f"{low:g}", "high": f"{high:g}"}
            raise Finding(say("threshold.depends_on_others", **numbers))


@test_case(name="values above -1 pass as they are")
def values_above_minus_one_pass(threshold):
    found = array(threshold, np.array([1.25, -0.9, 4.5]), shape=(3,))
    if not found.any():
        raise Finding(say("threshold.all_stopped"))
    if np.asarray(LAST[3]).dtype == bool:
        raise Finding(say("threshold.comparison_alone"))
    if np.isin(found, [0, 1]).all():
        raise Finding(say("threshold.whether_they_pass", found=show(found)))
    if found[1] == 0 and array(threshold, np.array([-5.0]), shape=(1,))[0] == -5:
        raise Finding(say("threshold.size_compared"))
    steps = np.array([0.1, 0.9, 1.1])
    stopped = steps[array(threshold, steps, shape=(3,)) == 0]
    if found[1] == 0 and len(stopped) and stopped[-1] < 1 and (found[::2] == [1.25, 4.5]).all():
        raise Finding(say("threshold.other_threshold", stopped=f"{stopped[-1]:g}"))
    if found[1] == 0 and (found[::2] == [1.25, 4.5]).all():
        raise Finding(say("threshold.at_0"))
    if not np.allclose(found, [1.25, -0.9, 4.5]):
        refuse_what_others_change(threshold)
    claim = say("threshold.all_pass")
    agree(found, [1.25, -0.9, 4.5], claim)


@test_case(name="the others become 0")
def the_others_become_zero(threshold):
    found = array(threshold, np.array([-1.1, 4.0, -5.0]), shape=(3,))
    claim = say("threshold.others_become_0")
    agree(found, [0, 4, 0], claim)


@test_case(name="-1 itself becomes 0")
def minus_one_becomes_zero(threshold):
    found = array(threshold, np.array([-1.0, 3.0]), shape=(2,))
    agree(found, [0, 3], say("threshold.not_above"))


@test_case(name="what is put in place of one value doesn't change the next")
def decimals_survive(threshold):
    found = array(threshold, np.array([-3.0, 0.5]), shape=(2,))
    claim = say("threshold.next_one_stays")
    agree(found, [0, 0.5], claim)


@test_case(name="the argument stays as it is")
def argument_stays(threshold):
    leaves_alone(threshold, np.array([0.5, -3.0]))


@test_case(name="whole numbers")
def whole_numbers(threshold):
    found = array(threshold, np.array([2, -3, 0]), shape=(3,))
    agree(found, [2, 0, 0], say("threshold.whole_numbers"))
