import numpy as np
from checking.evidence import (
    ABSOLUTE,
    STEP,
    WIGGLED,
    Example,
    Finding,
    agree,
    array,
    can_compare,
    leaves_alone,
    test_case,
)
from checking.wiggling import wiggled

OK_FORMAT = False
name = "threshold_jacobian"

X = np.array([2.0, -0.5, -1.5, -4.0])


@test_case(name="a row for each output, a column for each input")
def square(threshold_jacobian):
    array(
        threshold_jacobian, X, shape=(4, 4), each="a row for each output, a column for each input"
    )


@test_case(name="inputs don't interact")
def no_interaction(threshold_jacobian):
    found = array(threshold_jacobian, X, shape=(4, 4))
    off = found - np.diag(np.diag(found))
    places = np.argwhere(np.abs(off) > ABSOLUTE)
    if len(places):
        i, j = places[0]
        raise Finding(
            "threshold_jacobian([2, -0.5, -1.5, -4]): each output depends on its own input only "
            "(6.2), so everything off the diagonal is 0. In yours the input "
            f"{X[j]:g} also moves the output of {X[i]:g}:\n"
            f"    at [{i}, {j}]: yours {off[i, j]:.6g}, should be 0"
        )


@test_case(name="a slope says how far the output moves, not where it is")
def slopes(threshold_jacobian):
    near = array(threshold_jacobian, np.array([0.5, -3.0]), shape=(2, 2))
    far = array(threshold_jacobian, np.array([4.0, -30.0]), shape=(2, 2))
    claim = (
        "threshold_jacobian([0.5, -3]) and of [4, -30]: the same two values pass and are blocked, "
        "so the same slopes stand on the diagonal. A slope tells how far the output moves when "
        "the input moves by 1; it doesn't depend on how large the value is."
    )
    agree(np.diag(far), np.diag(near), claim, other="for [0.5, -3] it is")


@test_case(name="agrees with wiggling your threshold")
def agrees_with_the_wiggle(threshold, threshold_jacobian):
    if not can_compare(threshold, "threshold"):
        return
    found = array(threshold_jacobian, X, shape=(4, 4))
    moved = wiggled(lambda v: array(threshold, v, shape=v.shape), X, STEP)
    for i, x in enumerate(X):
        passes = "passes, so its output moves as it does" if moved[i, i] else "is blocked"
        claim = (
            "threshold_jacobian([2, -0.5, -1.5, -4]) disagrees with your own threshold, wiggled "
            f"there: {x:g} {passes}. [{i}, {i}] is how far its output moves as {x:g} moves by 1."
        )
        agree(found[i, i], moved[i, i], claim, WIGGLED, "wiggled")
    claim = "threshold_jacobian([2, -0.5, -1.5, -4]) disagrees with your own threshold, wiggled:"
    agree(found, moved, claim, WIGGLED, "wiggled")


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


@test_case(name="the example of the docstring")
def example(threshold_jacobian):
    found = array(threshold_jacobian, np.array([0.5, -3.0]), shape=(2, 2))
    claim = "threshold_jacobian([0.5, -3]) is the docstring's example."
    agree(found, [[1, 0], [0, 0]], claim, kind=Example)
