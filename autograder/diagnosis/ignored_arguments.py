"""Whether a wrong answer stays the same where an argument's change should show in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.assignment.exercise import Call, Exercise
from autograder.assignment.judging import Answer, compare
from autograder.assignment.probe import Arguments
from autograder.assignment.rows import Row
from autograder.source.phrases import Said, said

#: So many wrong answers are tried, and so many at least must show it.
MOST, FEWEST = 8, 4
_CHANGES: dict[str, Callable[[Any], Any]] = {
    "doubled": lambda numbers: 2.0 * numbers,
    "raised": lambda numbers: numbers + 1.0,
}


def _apart(numbers: Any) -> Any:
    """Other numbers of the same signs, each changed by a factor of its own."""
    if isinstance(numbers, float):
        return 1.5 * numbers
    return numbers * (1.5 + np.arange(numbers.size).reshape(numbers.shape) % 7)


def unmoved(
    exercise: Exercise, call: Call, right: Callable[[Arguments], Answer], wrong: Sequence[Row]
) -> Iterator[Said]:
    """Double all numbers of an argument, and add 1 to them, and see whether the answer moves.

    Where doubling leaves it, other numbers of the same signs tell whether these alone count.

    Parameters
    ----------
    exercise : Exercise
    call : callable
        The student's function on several arguments.
    right : callable
        The right answer to some arguments.
    wrong : sequence of Row
    """
    public_first = sorted(wrong, key=lambda row: not row.probe.public)
    rows = public_first[:: 1 + len(wrong) // MOST]
    if len(rows) < FEWEST:
        return
    for at, name in enumerate(exercise.parameters):
        still = [
            change
            for change, by in _CHANGES.items()
            if all(_holds_numbers(row.probe.arguments[at]) for row in rows)
            and _stays(call, right, rows, at, by)
        ]
        if still == ["doubled"] and _stays(call, right, rows, at, _apart):
            yield said("seen.unmoved_signs", name=name)
            return
        if still:
            yield said(f"seen.unmoved_{'both' if len(still) > 1 else still[0]}", name=name)
            return


def _holds_numbers(value: Any) -> bool:
    arrays = value if isinstance(value, list) else [value]
    return bool(arrays) and all(isinstance(array, np.ndarray | float) for array in arrays)


def _stays(
    call: Call,
    right: Callable[[Arguments], Answer],
    rows: Sequence[Row],
    at: int,
    by: Callable[[Any], Any],
) -> bool:
    calls = [_changed(row.probe.arguments, at, by) for row in rows]
    if any(
        compare(right(arguments), row.right) is None
        for arguments, row in zip(calls, rows, strict=True)
    ):
        return False
    return all(
        answer is not None and row.given is not None and compare(answer, row.given) is None
        for answer, row in zip(call(calls), rows, strict=True)
    )


def _changed(arguments: Arguments, at: int, by: Callable[[Any], Any]) -> Arguments:
    value = arguments[at]
    changed = [by(array) for array in value] if isinstance(value, list) else by(value)
    return (*arguments[:at], changed, *arguments[at + 1 :])
