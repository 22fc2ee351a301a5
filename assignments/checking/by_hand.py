"""The numbers of the answers by hand, and what an error that went through one matrix must be."""

import numpy as np

from checking.asked import BY_HAND
from checking.calls import Finding
from checking.showing import show

X, ERROR, JACOBIAN, SECOND_JACOBIAN = (
    np.array(BY_HAND[name]) for name in ("x", "error", "jacobian", "second_jacobian")
)


def by_outputs(answer):
    """Hold the first error to what both outputs, one at a time, send back."""
    matrix = show(JACOBIAN)
    if np.array_equal(JACOBIAN[:, 1], -JACOBIAN[:, 0]):
        first, second = answer
        if first * second >= 0:
            raise Finding(
                f"The two columns of {matrix} have opposite signs, so what comes back to the two "
                "inputs has opposite signs too. Yours hasn't. Each input gathers down its own "
                "column."
            )
        if not np.isclose(first, -second):
            raise Finding(
                f"The second column of {matrix} is the first with its signs turned, so the two "
                "entries of your answer should be each other's opposites. Each input gathers "
                "down its own column, one product for each output."
            )
    once, again = ERROR
    wrong = ~np.isclose(answer - once * JACOBIAN[0], again * JACOBIAN[1])
    if wrong.sum() == 1:
        place, other = ("first", "second") if wrong[0] else ("second", "first")
        raise Finding(
            f"Your {other} entry is right so far, your {place} isn't. Do for it what you did for "
            f"the {other}: it gathers down the {place} column of {matrix}, one product for each "
            "output, with its sign."
        )
    if wrong.any():
        raise Finding(
            "Take one output at a time. The error [1, 0] alone brings back the first row, [0, 1] "
            f"alone the second row. {show(ERROR)} is the first of them {times(once)} and the "
            f"second {times(again)}, added up; your answer isn't. Is each row counted as often as "
            "its error says?"
        )


def times(number):
    """Say how often."""
    return {1: "once", 2: "twice"}.get(number, f"{number:g} times")
