import numpy as np
from checking.evidence import Finding, agree, array, can_compare, test_case

OK_FORMAT = False
name = "practice_6_2"

JACOBIAN = np.array([[3, -3], [4, -4]])


def by_outputs(answer):
    """Hold an error to what both outputs, one at a time, send back."""
    first, second = answer
    if first * second >= 0:
        raise Finding(
            "The two columns of [[3, -3], [4, -4]] have opposite signs, so what comes back to the "
            "two inputs has opposite signs too. Yours hasn't. Each input gathers down its own "
            "column."
        )
    if not np.isclose(first, -second):
        raise Finding(
            "The second column of [[3, -3], [4, -4]] is the first with its signs turned, so the "
            "two entries of your answer should be each other's opposites. Each input gathers "
            "down its own column, one product for each output."
        )
    rest = (answer - JACOBIAN[0]) / JACOBIAN[1]
    if not np.allclose(rest, 2):
        raise Finding(
            "Take one output at a time. The error [1, 0] alone brings back the first row, [0, 1] "
            "alone the second row. [1, 2] is the first of them once and the second twice, added "
            "up; your answer isn't. Is each row counted as often as its error says?"
        )


@test_case(name="one value for each column")
def one_value_for_each_column(practice_6_2):
    array(practice_6_2, shape=(2,), each="one for each column of the Jacobian")


@test_case(name="each output sends its row back, as often as its error says")
def each_output(practice_6_2):
    by_outputs(array(practice_6_2, shape=(2,)))


@test_case(name="agrees with your propagate_error")
def agrees_with_your_code(practice_6_2, propagate_error):
    by_hand = array(practice_6_2, shape=(2,))
    if can_compare(propagate_error, "propagate_error", waits=False):
        by_code = array(propagate_error, np.array([1, 2]), JACOBIAN, shape=(2,))
        claim = "Your answer by hand disagrees with your propagate_error, which passes its checks:"
        agree(by_hand, by_code, claim, other="your propagate_error gives")
