"""The line of an answer by hand in which each of two changes makes a part of it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from autograder.assignment.judging import Answer, close
from autograder.assignment.rows import Row
from autograder.diagnosis.one_change import OF_ONE_ANSWER
from autograder.diagnosis.own_working import Working
from autograder.marking.marks import Marking, answer_of
from autograder.sandbox.outcome import Change
from autograder.source.phrases import said

#: Of two changes in one line each makes right what the other leaves wrong.
TWO_CHANGES = "two_changes"
#: With more changes that make a part right nothing is told by them.
MOST_PARTS = 40


def line_of_two(marking: Marking, function: str) -> Change | None:
    """Give the one line in which changes make right, part by part, all that is wrong.

    None of them makes wrong what was right.

    Parameters
    ----------
    marking : Marking
    function : str
        An answer by hand, which has just been asked afresh; no single change mends it.
    """
    row = next((one for one in marking.rows(function) if not one.is_right), None)
    if row is None or not row.probe.public or not row.has_right_shapes:
        return None
    tried = marking.try_changes(function, [row.probe])
    parts: dict[int, NDArray[np.bool_]] = {}
    for at, (place,) in enumerate(tried.places) if tried else ():
        answer = tried and place is not None and tried.returned[place]
        made = answer_of(marking.assignment, function, answer) if answer else None
        mended = _mended(row, made)
        if mended is not None:
            parts[at] = mended
    if not 1 < len(parts) <= MOST_PARTS:
        return None
    named = marking.try_changes(function, [row.probe], [*parts])
    working = Working.of(marking, function)
    if named is None or working is None:
        return None
    # What stands there is right: with other numbers it would be another task.
    given = working.lines_of_task()
    pairs = zip(named.changes, parts.values(), strict=True)
    return _of_one_line([one for one in pairs if one[0].line not in given], _wrong(row))


def _wrong(row: Row) -> NDArray[np.bool_]:
    return np.concatenate([mask.ravel() for mask in row.wrong()])


def _mended(row: Row, made: Answer | None) -> NDArray[np.bool_] | None:
    """The entries that become right, if any do and none becomes wrong."""
    if made is None or [one.shape for one in made] != [right.shape for right in row.right]:
        return None
    pairs = zip(made, row.right, strict=True)
    right = np.concatenate([close(one, other).ravel() for one, other in pairs])
    wrong = _wrong(row)
    mended = right & wrong
    return mended if mended.any() and right[~wrong].all() else None


def _of_one_line(
    parts: Sequence[tuple[Change, NDArray[np.bool_]]], wrong: NDArray[np.bool_]
) -> Change | None:
    """The line of all changes that may be told, if each wrong entry is mended by one of them."""
    told = [one for one in parts if one[0].kind in OF_ONE_ANSWER and not one[0].doubtful]
    if len({change.line for change, _ in told}) != 1:
        return None
    if not np.array_equal(np.logical_or.reduce([part for _, part in told]), wrong):
        return None
    first = told[0][0]
    said_so = said("change.two_in_line", line=first.line)
    return replace(first, kind=TWO_CHANGES, told=said_so)
