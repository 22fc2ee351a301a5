"""The failure that is told of a function which stops, and how much it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.assignment.probe import Probe
from autograder.diagnosis.crash import tells_why
from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.example import shown
from autograder.diagnosis.fresh import Fresh
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Died, Outcome, Raised, Returned, TimedOut

_ABOUT_SHAPES = re.compile(r"shape|mismatch|dimension|broadcast|aligned")


def failure_told(marking: Marking, function: str, fresh: Fresh) -> Outcome | None:
    """Give the failure that explains most, with shapes where these may be told.

    Parameters
    ----------
    marking : Marking
    function : str
    fresh : Fresh
        What it answers to inputs that were drawn.
    """
    likeliest = _likeliest(marking.session.probes[function], marking.outcomes[function])
    return _with_numbers(likeliest, marking, function, fresh)


def _likeliest(probes: list[Probe], outcomes: list[Outcome]) -> Outcome | None:
    """The failure that explains most: an exception before a hang, a hang before a death.

    Of several exceptions one on an input that may be shown; of those the one at the earliest line:
    later ones may only follow from it.
    """
    raised = [
        (not probe.public, outcome.line or 0, at, outcome)
        for at, (probe, outcome) in enumerate(zip(probes, outcomes, strict=True))
        if isinstance(outcome, Raised) and not _came_before(outcome, outcomes[:at])
    ]
    if raised:
        hidden, _, _, exception = min(raised)
        return _without_numbers(exception) if hidden else exception
    ends = [outcome for outcome in outcomes if isinstance(outcome, TimedOut | Died)]
    return min(ends, key=lambda end: isinstance(end, Died), default=None)


def _came_before(raised: Raised, earlier: Sequence[Outcome]) -> bool:
    """Whether a name without a value was told of an earlier call already.

    Of a function that was called often, Python 3.11 names the line before.
    """
    return raised.type == "UnboundLocalError" and any(
        isinstance(one, Raised) and one.message == raised.message for one in earlier
    )


def _with_numbers(
    failure: Outcome | None, marking: Marking, function: str, fresh: Fresh
) -> Outcome | None:
    """The same exception on an input that was drawn for this, whose shapes may be told."""
    if not isinstance(failure, Raised) or failure.shapes:
        return failure
    drawn = shown(marking, function, fresh)
    return next((outcome for _, outcome in drawn if failure.is_like(outcome)), failure)


def _without_numbers(raised: Raised) -> Raised:
    """Leave out what a student's code can put a hidden input's numbers into."""
    return replace(raised, shapes={}, message=re.sub(r"\d+", "?", raised.message))


def tells_all(failure: Raised, marking: Marking, function: str) -> bool:
    """Whether it stops at None, or mostly: then the answers that it gives tell nothing.

    Of shapes that do not fit, what comes back elsewhere tells more, unless the reason for that is
    known, or only an axis of length 1 gets through.

    Parameters
    ----------
    failure : Raised
        What is told of it.
    marking : Marking
    function : str
    """
    if "NoneType" in failure.message:
        return True
    outcomes = marking.outcomes[function]
    stopped = sum(isinstance(outcome, Raised) for outcome in outcomes)
    if 2 * stopped <= len(outcomes):
        return False
    if not _ABOUT_SHAPES.search(failure.message) or _spares_one_entry(marking, function):
        return True
    files, known = marking.session.submission.files, marking.assignment.known
    return tells_why(failure, files, known)


def _spares_one_entry(marking: Marking, function: str) -> bool:
    """Whether it returns only where an axis has length 1, and never in the right shape.

    Such an axis fits anything, and what comes of that is nothing that other inputs have.
    """
    pairs = zip(marking.rows(function), marking.outcomes[function], strict=True)
    returned = [row for row, outcome in pairs if isinstance(outcome, Returned)]
    only_such = all(_has_axis_of_one(row.probe.arguments) for row in returned)
    return bool(returned) and only_such and not any(row.has_right_shapes for row in returned)


def _has_axis_of_one(value: Any) -> bool:
    """Whether an array in some arguments has an axis of length 1."""
    if isinstance(value, list | tuple):
        return any(map(_has_axis_of_one, value))
    return 1 in np.shape(value)


def stops_by_shapes(d: Diagnosis) -> bool:
    """Whether it stops where shapes do not fit."""
    failure = d.failure
    if not isinstance(failure, Raised) or failure.type != "ValueError":
        return False
    return bool(_ABOUT_SHAPES.search(failure.message))
