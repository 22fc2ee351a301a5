import numpy as np
from checking.by_hand import X
from checking.evidence import Finding, agree, array, can_compare, test_case

OK_FORMAT = False
name = "practice_6_1"

BLOCKED = X <= -1


@test_case(name="a row for each output, a column for each input")
def square(practice_6_1):
    array(practice_6_1, shape=(5, 5), each="a row for each output, a column for each input")


@test_case(name="each output has its own input")
def own_input(practice_6_1):
    found = array(practice_6_1, shape=(5, 5))
    if not np.allclose(found, np.diag(np.diag(found))):
        raise Finding(
            "Each output depends on its own input only (6.2). So only the diagonal can hold "
            "anything but 0; yours holds something off it."
        )


@test_case(name="a blocked input moves nothing")
def blocked(practice_6_1):
    found = array(practice_6_1, shape=(5, 5))
    if not np.allclose(found[BLOCKED], 0) or not np.allclose(found[:, BLOCKED], 0):
        raise Finding(
            "An input that isn't above -1 is blocked: its output is 0, and stays 0 when the input "
            "moves a little. So its row and its column hold nothing but 0, and in yours they "
            "don't. Which of the five inputs are blocked?"
        )


@test_case(name="what passes moves its output as far as it moves itself")
def passing(practice_6_1):
    slopes = np.diag(array(practice_6_1, shape=(5, 5)))[~BLOCKED]
    if not slopes.all():
        raise Finding(
            "An input above -1 passes, and its output moves with it: that slope isn't 0. In yours "
            "the diagonal holds 0 for an input that passes. (The threshold lies at -1, not at 0.)"
        )
    if not np.allclose(slopes, slopes[0]):
        raise Finding(
            "All inputs that pass do so in the same way, so their slopes are the same number; in "
            "yours they differ. A slope tells how far the output moves when the input moves by "
            "1, not where the input is."
        )
    if not np.isclose(slopes[0], 1):
        raise Finding(
            "An input that passes comes out as it went in: when it moves a little, its output "
            "moves just as far, up when it goes up. What slope is that? Yours is another."
        )


@test_case(name="agrees with your threshold_jacobian")
def agrees_with_your_code(practice_6_1, threshold_jacobian):
    by_hand = array(practice_6_1, shape=(5, 5))
    if can_compare(threshold_jacobian, "threshold_jacobian", waits=False):
        by_code = array(threshold_jacobian, X, shape=(5, 5))
        claim = (
            "Your answer by hand disagrees with your threshold_jacobian, which passes its checks:"
        )
        agree(by_hand, by_code, claim, other="your threshold_jacobian gives")
