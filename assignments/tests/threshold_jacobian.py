import numpy as np
from checking.evidence import (
    STEP,
    WIGGLED,
    agree,
    array,
    can_compare,
    leaves_alone,
    test_case,
)
from wiggle import numerical_jacobian

OK_FORMAT = False
name = "threshold_jacobian"

X = np.array([2.0, -0.5, -1.5, -4.0])


@test_case(name="a row for each output, a column for each input")
def square(threshold_jacobian):
    array(threshold_jacobian, X, shape=(4, 4))


@test_case(name="the example of the docstring")
def example(threshold_jacobian):
    found = array(threshold_jacobian, np.array([0.5, -3.0]), shape=(2, 2))
    agree(found, [[1, 0], [0, 0]], "threshold_jacobian([0.5, -3]) is the docstring's example.")


@test_case(name="inputs don't interact")
def no_interaction(threshold_jacobian):
    found = array(threshold_jacobian, X, shape=(4, 4))
    claim = "threshold_jacobian([2, -0.5, -1.5, -4]): output i depends on input i alone (6.2)."
    agree(found - np.diag(np.diag(found)), np.zeros((4, 4)), claim)


@test_case(name="agrees with wiggling your threshold")
def agrees_with_the_wiggle(threshold, threshold_jacobian):
    if not can_compare(threshold, "threshold"):
        return
    found = array(threshold_jacobian, X, shape=(4, 4))
    wiggled = numerical_jacobian(lambda v: array(threshold, v, shape=v.shape), X, STEP)
    claim = (
        "threshold_jacobian([2, -0.5, -1.5, -4]) disagrees with your own threshold, wiggled there "
        "(see wiggle.py). Entry [i, j] is how far output i moves as input j moves."
    )
    agree(found, wiggled, claim, WIGGLED, "wiggled")


@test_case(name="the slope changes at -1")
def slope_changes_at_minus_one(threshold_jacobian):
    found = array(threshold_jacobian, np.array([-1.0, -0.5]), shape=(2, 2))
    claim = "threshold_jacobian([-1, -0.5]): -1 is not above -1, while -0.5 is."
    agree(found, [[0, 0], [0, 1]], claim)


@test_case(name="the argument stays as it is")
def argument_stays(threshold_jacobian):
    leaves_alone(threshold_jacobian, X)


@test_case(name="whole numbers")
def whole_numbers(threshold_jacobian):
    found = array(threshold_jacobian, np.array([2, -3]), shape=(2, 2))
    agree(found, [[1, 0], [0, 0]], "threshold_jacobian([2, -3]), an array of whole numbers:")
