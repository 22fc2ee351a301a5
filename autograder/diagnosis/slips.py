"""Which of the places in a student's code can have made the wrong answers that came back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from autograder.assignment.judging import Answer
from autograder.assignment.rows import Row
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Place

Rows = Sequence[Row]


def telling_slip(marking: Marking, function: str, fresh: Rows = ()) -> Place | None:
    """The place, of those that `sandbox.slips` lists, whose trace the answers bear.

    Parameters
    ----------
    marking : Marking
    function : str
    fresh : sequence of Row
        Answers to inputs that give no marks.
    """
    exercise = marking.assignment.exercises[function]
    places = marking.session.worker.facts(exercise.file).slips.get(function, ())
    if not places or not exercise.parameters:
        return None
    rows = [*marking.rows(function), *fresh]
    return next(
        (
            place
            for kind, bears_it in _TRACES.items()
            for place in places
            if place[0] == kind and bears_it(rows)
        ),
        None,
    )


def _wrong(rows: Rows) -> list[Row]:
    return [row for row in rows if not row.is_right]


def _any(_rows: Rows) -> bool:
    return True


def _of_another_length(rows: Rows) -> bool:
    return any(row.given is not None and len(row.given) != len(row.right) for row in rows)


def _too_few(rows: Rows) -> bool:
    return any(
        row.given is not None
        and (len(row.given) < len(row.right) or _shorter(row.given[-1:], row.right[-1:]))
        for row in rows
    )


def _shorter(given: Answer, right: Answer) -> bool:
    return any(np.size(g) < np.size(r) for g, r in zip(given, right, strict=False))


def _flatter(rows: Rows) -> bool:
    """Whether what comes back has fewer axes than what is asked for."""
    pairs = [(row.given, row.right) for row in _wrong(rows) if row.given]
    return any(given[0].ndim < right[0].ndim for given, right in pairs if right)


def _only_of_several(rows: Rows) -> bool:
    """Whether what is wrong is a list with several entries each time."""
    wrong = _wrong(rows)
    short = [row for row in rows if row.is_right and len(row.right) == 1]
    return bool(short) and all(len(row.right) > 1 for row in wrong)


def _cut_to_whole_numbers(rows: Rows) -> bool:
    wrong = [row for row in _wrong(rows) if row.has_right_shapes and row.given is not None]
    return bool(wrong) and all(
        bool((g[mask] == np.trunc(r[mask])).all())
        for row in wrong
        for g, r, mask in zip(row.given or (), row.right, row.wrong(), strict=True)
        if mask.ndim
    )


#: What the answers show of each kind of slip, the most telling kind first.
_TRACES: dict[str, Callable[[Rows], bool]] = {
    "third argument": _any,
    "after the loop": _of_another_length,
    "overwritten": _any,
    "added up": _flatter,
    "vectorize": _cut_to_whole_numbers,
    "break": _too_few,
    "short range": _too_few,
    "same entry": _only_of_several,
    "continue": _any,
}
