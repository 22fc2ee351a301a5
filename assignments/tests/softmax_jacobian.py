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
name = "softmax_jacobian"

X = np.array([0.5, -1.0, 2.0, 0.0])


@test_case(name="a row for each output, a column for each input")
def square(softmax_jacobian):
    array(softmax_jacobian, X, shape=(4, 4))


@test_case(name="the example of the docstring")
def example(softmax_jacobian):
    found = array(softmax_jacobian, np.array([0.0, 0.0]), shape=(2, 2))
    claim = "softmax_jacobian([0, 0]) is the docstring's example."
    agree(found, [[0.25, -0.25], [-0.25, 0.25]], claim)


@test_case(name="each row sums to 0")
def rows_sum_to_zero(softmax_jacobian):
    found = array(softmax_jacobian, X, shape=(4, 4))
    claim = (
        "The sums of the rows of softmax_jacobian([0.5, -1, 2, 0]): when all inputs rise alike, no "
        "output changes, so each row sums to 0. (The notes round to one decimal, which hides it.)"
    )
    agree(found.sum(axis=1), np.zeros(4), claim)


@test_case(name="agrees with wiggling your softmax")
def agrees_with_the_wiggle(softmax, softmax_jacobian):
    if not can_compare(softmax, "softmax"):
        return
    found = array(softmax_jacobian, X, shape=(4, 4))
    wiggled = numerical_jacobian(lambda v: array(softmax, v, shape=v.shape), X, STEP)
    claim = (
        "softmax_jacobian([0.5, -1, 2, 0]) disagrees with your own softmax, wiggled there (see "
        "wiggle.py). Entry [i, j] is how far output i moves as input j moves."
    )
    agree(found, wiggled, claim, WIGGLED, "wiggled")


@test_case(name="the argument stays as it is")
def argument_stays(softmax_jacobian):
    leaves_alone(softmax_jacobian, X)


@test_case(name="whole numbers")
def whole_numbers(softmax_jacobian):
    found = array(softmax_jacobian, np.array([3, 3]), shape=(2, 2))
    claim = "softmax_jacobian([3, 3]), an array of whole numbers:"
    agree(found, [[0.25, -0.25], [-0.25, 0.25]], claim)


@test_case(name="numbers of any size")
def large_numbers(softmax_jacobian):
    found = array(softmax_jacobian, np.array([1000.0, 1000.0, -1000.0]), shape=(3, 3))
    claim = "softmax_jacobian([1000, 1000, -1000]): exp(1000) overflows. See softmax's docstring."
    agree(found, [[0.25, -0.25, 0], [-0.25, 0.25, 0], [0, 0, 0]], claim)
