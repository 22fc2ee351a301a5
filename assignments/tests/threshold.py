import numpy as np
from checking.evidence import Finding, agree, array, leaves_alone, test_case
from checking.showing import show

OK_FORMAT = False
name = "threshold"


@test_case(name="one output for each input")
def one_output_for_each_input(threshold):
    array(threshold, np.array([0.5, -3.0, 2.0]), shape=(3,), each="one for each input")


@test_case(name="values above -1 pass as they are")
def values_above_minus_one_pass(threshold):
    found = array(threshold, np.array([1.25, -0.9, 4.5]), shape=(3,))
    if not found.any():
        raise Finding(
            "threshold([1.25, -0.9, 4.5]): each value is compared with -1 (6.2). All three are "
            "above it, so each passes as it is; yours makes 0 of all. Have what passes and what "
            "is stopped changed places?"
        )
    if np.isin(found, [0, 1]).all():
        raise Finding(
            "threshold([1.25, -0.9, 4.5]): each value is compared with -1 (6.2), and where it is "
            f"above, the value itself passes as it is. Yours gives {show(found)}: is that whether "
            "they pass (or their slope)?"
        )
    if found[1] == 0 and array(threshold, np.array([-5.0]), shape=(1,))[0] == -5:
        raise Finding(
            "threshold([-0.9]) and of [-5]: yours stops -0.9, which is above -1, and lets -5 "
            "pass, which is below. Is the number itself compared, or its size without the sign?"
        )
    steps = np.array([0.1, 0.9, 1.1])
    stopped = steps[array(threshold, steps, shape=(3,)) == 0]
    if found[1] == 0 and len(stopped) and stopped[-1] < 1 and (found[::2] == [1.25, 4.5]).all():
        raise Finding(
            f"threshold([-0.9]) and of [{stopped[-1]:g}]: each value is compared with -1 (6.2). "
            "Both are above it, so they pass as they are. Yours stops them, and lets 1.25 pass. "
            "Which number do you compare with, and with which sign?"
        )
    if found[1] == 0 and (found[::2] == [1.25, 4.5]).all():
        raise Finding(
            "threshold([1.25, -0.9, 4.5]): each value is compared with -1 (6.2). -0.9 is above -1, "
            "so it passes as it is; yours stops it, as a threshold at 0 would."
        )
    claim = (
        "threshold([1.25, -0.9, 4.5]): each value is compared with -1 (6.2). All three are above "
        "it, so each of them passes as it is."
    )
    agree(found, [1.25, -0.9, 4.5], claim)


@test_case(name="the others become 0")
def the_others_become_zero(threshold):
    found = array(threshold, np.array([-1.1, 4.0, -5.0]), shape=(3,))
    claim = (
        "threshold([-1.1, 4, -5]): -1.1 and -5 aren't above -1, so 0 takes their place. (-1 is "
        "where the threshold lies, not what they become.)"
    )
    agree(found, [0, 4, 0], claim)


@test_case(name="-1 itself becomes 0")
def minus_one_becomes_zero(threshold):
    found = array(threshold, np.array([-1.0, 3.0]), shape=(2,))
    agree(found, [0, 3], "threshold([-1, 3]): -1 is not above -1.")


@test_case(name="what is put in place of one value doesn't change the next")
def decimals_survive(threshold):
    found = array(threshold, np.array([-3.0, 0.5]), shape=(2,))
    claim = (
        "threshold([-3, 0.5]): 0.5 passes as it is, whatever becomes of the value before it. "
        "(np.vectorize, or an array of whole numbers, can cut decimals off.)"
    )
    agree(found, [0, 0.5], claim)


@test_case(name="the argument stays as it is")
def argument_stays(threshold):
    leaves_alone(threshold, np.array([0.5, -3.0]))


@test_case(name="whole numbers")
def whole_numbers(threshold):
    found = array(threshold, np.array([2, -3, 0]), shape=(3,))
    agree(found, [2, 0, 0], "threshold([2, -3, 0]), an array of whole numbers:")
