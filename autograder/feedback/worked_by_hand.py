"""The line of an answer by hand that makes wrong numbers of written ones alone: it is at fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.assignment.judging import close
from autograder.diagnosis.diagnosis import Diagnosis
from autograder.feedback.parts import Line

#: A name that is given what is made of numbers, and of nothing else; an array of them.
_OF_NUMBERS = re.compile(
    r"\s*(?P<name>\w+)\s*=\s*(?P<made>(?:(?:np\.|numpy\.)?(?:as)?array\(|[-+*/\d.\s\[\](),])+)(?:#.*)?$"
)
#: A plain list of numbers.
_LIST = re.compile(r"\[(?P<listed>\s*-?\d+(?:\.\d*)?\s*(?:,\s*-?\d+(?:\.\d*)?\s*)*),?\s*\]\s*$")
#: The one row of a line, of a matrix that is written down row by row, and what is worked out.
_ROW = re.compile(r"[^\[\]]*(?:\[\s*(?=\[))?(?P<row>\[[^\[\]]*\])(?!.*\[)")
_WORKED = re.compile(r"\*|[\d)]\s*[-+/]")
#: A sum, and not one number or product, which may be one of several that are added up.
_SUM = re.compile(r"[\d)]\s*[-+]\s*[-(\d]")


def line_of_wrong_numbers(d: Diagnosis, line: Line) -> int | None:
    """Find the line of an answer by hand in which its first wrong numbers are worked out.

    Parameters
    ----------
    d : Diagnosis
    line : Line
        The function's lines, of which none is marked.

    Returns
    -------
    int or None
        None where they come of other lines as well, or of none that can be told.
    """
    example = d.example
    if d.exercise.parameters or example is None or not example.given:
        return None
    if not example.has_right_shapes:
        return None
    given, right = ([*_pieces(arrays)] for arrays in (example.given, example.right))
    wrong = [not close(one, other).all() for one, other in zip(given, right, strict=True)]
    made = [*_made_of_numbers(d, line)]
    rows = [*_rows(line)]
    if len(rows) == len(given) > 2 and all(map(_is_row, rows, given)):
        return next((at for (at, _), off in zip(rows, wrong, strict=True) if off), None)
    for piece, is_wrong in zip(given, wrong, strict=True):
        alike = [at for at, value in made if is_wrong and np.array_equal(value, piece)]
        if alike and not any(_is_row((0, piece), one) for one in _right_ones(given, wrong)):
            return alike[0]
    return _line_of_wrong_entry(given, right, made)


def _line_of_wrong_entry(
    given: list[Any], right: list[Any], made: list[tuple[int, Any]]
) -> int | None:
    """The one sum that makes the first wrong entry."""
    entries = [
        one
        for piece, other in zip(given, right, strict=True)
        for one, is_right in zip(piece, close(piece, other), strict=True)
        if not is_right
    ]
    alike = [at for at, value in made if entries and value.ndim == 0 and value == entries[0]]
    return alike[0] if len(alike) == 1 else None


def _right_ones(given: list[Any], wrong: list[bool]) -> list[Any]:
    return [piece for piece, off in zip(given, wrong, strict=True) if not off]


def _is_row(made: tuple[int, Any], piece: Any) -> bool:
    return bool(np.array_equal(made[1], piece))


def _pieces(arrays: list[Any]) -> Iterator[Any]:
    """The vectors of an answer: its arrays, and of a matrix its rows."""
    for array in map(np.asarray, arrays):
        yield from array if array.ndim == 2 else [array]


def _vectors(values: Any) -> Iterator[Any]:
    """The vectors of the task's own numbers: a vector, or the rows of matrices."""
    if np.ndim(values) <= 1:
        yield np.asarray(values)
    else:
        for one in values:
            yield from _vectors(one)


def _rows(line: Line) -> Iterator[tuple[int, Any]]:
    """The plain rows of numbers that stand in lines of their own."""
    for number, code in line.code:
        row = _ROW.match(code.split("#")[0])
        if row and (plain := _LIST.fullmatch(row["row"])):
            yield number, _numbers(plain)


def _numbers(plain: re.Match[str]) -> Any:
    return np.array([float(one) for one in plain["listed"].split(",") if one.strip()])


def _made_of_numbers(d: Diagnosis, line: Line) -> Iterator[tuple[int, Any]]:
    """What the lines make that have numbers alone: vectors, and what sums come to.

    Numbers of the task that are only written down are right, wherever they come in.
    """
    task = [one for values in d.exercise.by_hand.values() for one in _vectors(values)]
    for number, code in line.code:
        written = _OF_NUMBERS.match(code)
        if written is None:
            continue
        value = _value(d, number, written)
        if value is None:
            continue
        is_given = any(np.array_equal(one, value) for one in task)
        if is_given and not _WORKED.search(written["made"]):
            continue
        if value.ndim == 1 or _SUM.search(written["made"]):
            yield number, value


def _value(d: Diagnosis, number: int, written: re.Match[str]) -> Any:
    """What a line gives its name; None if that isn't known."""
    if plain := _LIST.fullmatch(written["made"].strip()):
        return _numbers(plain)
    followed = d.trace.made if d.trace else ()
    values = [
        one.values[0] for one in followed if (one.line, one.name) == (number, written["name"])
    ]
    if len(values) != 1 or not values[0][0]:
        return None
    match values[0][1]:
        case int() | float() | np.ndarray() as value:
            return np.asarray(value, dtype=float) if np.ndim(value) < 2 else None
        case list() | tuple() as listed if all(isinstance(one, int | float) for one in listed):
            return np.array(listed, dtype=float)
    return None
