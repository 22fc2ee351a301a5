"""The numbers of the answers by hand, and what an error that went through one matrix must be."""

import numpy as np

from checking.asked import BY_HAND
from checking.calls import Finding
from checking.saying import say
from checking.showing import show

X, ERROR, JACOBIAN, SECOND_JACOBIAN = (
    np.array(BY_HAND[name]) for name in ("x", "error", "jacobian", "second_jacobian")
)


def by_outputs(answer):
    """Hold the first error to what both outputs, one at a time, send back."""
    matrix = show(JACOBIAN)
    if np.allclose(answer, JACOBIAN @ ERROR) and not np.allclose(JACOBIAN, JACOBIAN.T):
        row, number = show(JACOBIAN[0]), f"{answer[0]:g}"
        raise Finding(say("shared.along_the_rows", number=number, row=row, error=show(ERROR)))
    if np.allclose(answer, np.prod(ERROR[:, None] * JACOBIAN, axis=0)):
        raise Finding(say("shared.products_multiplied", matrix=matrix))
    if np.array_equal(JACOBIAN[:, 1], -JACOBIAN[:, 0]):
        first, second = answer
        if first * second >= 0:
            raise Finding(say("shared.opposite_signs", matrix=matrix))
        if not np.isclose(first, -second):
            raise Finding(say("shared.each_others_opposites", matrix=matrix))
    once, again = ERROR
    wrong = ~np.isclose(answer - once * JACOBIAN[0], again * JACOBIAN[1])
    if wrong.sum() == 1:
        if wrong[0]:
            raise Finding(say("shared.first_entry_wrong", matrix=matrix))
        raise Finding(say("shared.second_entry_wrong", matrix=matrix))
    if wrong.any():
        raise Finding(
            say(
                "shared.one_output_at_a_time",
                error=show(ERROR),
                once=times(once),
                again=times(again),
            )
        )


def alike(value, expected):
    """Tell whether anything that an answer gives is an array of certain numbers."""
    try:
        return np.shape(value) == expected.shape and np.allclose(value, expected)
    except (TypeError, ValueError):
        return False


def times(number):
    """Say how often."""
    return say("shared.times", count=f"{number:g}")
