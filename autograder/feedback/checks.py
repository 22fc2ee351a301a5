"""On what a wrong function is right, and what its marks were lost on, in words."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.assignment.probe import UNCHANGED_ARGUMENTS
from autograder.marking.marks import Marking

#: So many names are read; of the longer list of two the rest are "all others".
MOST_NAMED = 3


def checks(marking: Marking, function: str, points: float) -> str:
    """Say case by case what the marks of a wrong function were lost on, and what is right.

    No hidden number is told, and nothing is praised that a function gets by doing nothing.

    Parameters
    ----------
    marking : Marking
    function : str
    points : float
        What its cases share equally.

    Returns
    -------
    str
        Empty where nothing is lost, and for the one case of an answer by hand.
    """
    left_out = marking.expected.left_out.get(function, ())
    cases = [name for name in marking.session.probes.cases(function) if name not in left_out]
    lost = [name for name in cases if not marking.case(function, name).right]
    if not lost or len(cases) == 1:
        return ""
    if len(lost) == len(cases):
        return f"None of its {len(cases)} checks comes out right yet."
    passed = [name for name in cases if name not in lost]
    idle = [name for name in passed if name in marking.expected.by_doing_nothing(function)]
    right = [name for name in passed if name not in idle]
    worth = f"Each of its {len(cases)} checks is worth {_points(points / len(cases))}."
    return " ".join([*([worth] if points else []), *_lists(right, lost, idle)])


def _points(worth: float) -> str:
    return f"{round(worth, 2):g} point{'' if worth == 1 else 's'}"


def _lists(right: Sequence[str], lost: Sequence[str], idle: Sequence[str]) -> list[str]:
    """What is right and what is wrong: the shorter list first, of a long one no more than that."""
    if not right:
        return [f"Wrong: all but those where there is nothing to work out ({'; '.join(idle)})."]
    told_right, told_lost = f"Right: {'; '.join(right)}.", f"Wrong: {'; '.join(_lost(lost))}."
    if len(right) > max(MOST_NAMED, len(lost) - 1):
        return [told_lost, "Right: all others."]
    if len(lost) > MOST_NAMED and not idle:
        return [told_right, "Wrong: all others."]
    return [told_right, told_lost]


def _lost(lost: Sequence[str]) -> list[str]:
    # Of wrong values nobody can say whether the right ones would leave the arguments alone.
    needs = " (this one needs every value right)" if len(lost) > 1 else ""
    return [f"{name}{needs}" if name == UNCHANGED_ARGUMENTS else name for name in lost]
