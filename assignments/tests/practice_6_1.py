import numpy as np
from checking.evidence import agree, array, can_compare, test_case

OK_FORMAT = False
name = "practice_6_1"


@test_case(name="a row for each output, a column for each input")
def square(practice_6_1):
    array(practice_6_1, shape=(5, 5))


@test_case(name="agrees with your threshold_jacobian")
def agrees_with_your_code(practice_6_1, threshold_jacobian):
    by_hand = array(practice_6_1, shape=(5, 5))
    if can_compare(threshold_jacobian, "threshold_jacobian"):
        x = np.array([0.3, -1.8, -0.2, 0.4, 0.9])
        by_code = array(threshold_jacobian, x, shape=(5, 5))
        claim = (
            "Your answer by hand disagrees with your threshold_jacobian, which passes its checks:"
        )
        agree(by_hand, by_code, claim, other="your threshold_jacobian gives")
