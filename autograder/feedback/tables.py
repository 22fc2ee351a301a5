"""The numbers of a picture as lines of text: as the notes write them."""

from __future__ import annotations

from typing import Any

from autograder.feedback.figures import number
from autograder.feedback.naming import value_names
from autograder.source.phrases import Phrases

#: As many numbers stand in a sentence.
FEWEST = 7
#: What is wider or longer is no table that is read.
WIDEST, LONGEST = 70, 30
_MARK = "?"


def as_lines(picture: dict[str, Any], say: Phrases) -> list[str]:
    """Write a picture's answer down; nothing if it is small, or too large to be read.

    A vector stands as a column beside its input, an error as a row, a Jacobian as a table of
    outputs over inputs. What is in question has a question mark.
    """
    items = picture["items"]
    if any(item["values"] is None for item in items):
        return []
    if sum(_count(item["values"]) for item in items) < FEWEST:
        return []
    lines = _lines(picture, say)
    if left_out := picture["length"][0] - len(items):
        lines.append(say("tables.more", count=left_out))
    lines += _legend(lines, items, say)
    if len(lines) > LONGEST or max(map(len, lines), default=0) > WIDEST:
        return []
    return lines


def _legend(lines: list[str], items: list[dict[str, Any]], say: Phrases) -> list[str]:
    """What a mark means, and what it means that there is none."""
    others = [item for item in items if item["asked"] not in (None, item["shape"])]
    by_row = any(item.get("by_row") for item in items)
    legend = say("tables.legend_by_row" if by_row else "tables.legend")
    told = [legend] if any(_MARK in line for line in lines) else []
    return [*told, _not_compared(others[0], say)] if others else told


def _not_compared(item: dict[str, Any], say: Phrases) -> str:
    """Why no mark stands at an array of another shape than was asked for."""
    has, asked = item["shape"], item["asked"]
    if len(has) == len(asked) == 1:
        return say("tables.of_another_length", has=has[0], asked=asked[0])
    return say("tables.not_compared")


def _count(values: Any) -> int:
    return sum(map(_count, values)) if isinstance(values, list) else 1


def _lines(picture: dict[str, Any], say: Phrases) -> list[str]:
    kind, items = picture["kind"], picture["items"]
    if kind == "jacobian":
        return _jacobian(next(iter(picture["inputs"].values())), items[0], say)
    if kind == "vector":
        return _column(next(iter(picture["inputs"].values())), items[0], say)
    first = 1 if kind in ("errors", "chain", "weights", "training") else 0
    letter = {"errors": "e", "activations": "a", "chain": "e"}.get(kind, picture["letter"] or "")
    lines: list[str] = []
    for k, item in enumerate(items):
        last = kind == "training" and k == len(items) - 1
        name = say("tables.losses") if last else f"{letter}_{k + first}"
        head = say("tables.head", name=name) if len(items) > 1 else say("tables.yours")
        rows = _cells(item)
        heads = [head, *[""] * (len(rows) - 1)]
        lines += _aligned([[head, *row] for head, row in zip(heads, rows, strict=True)])
    return lines


def _jacobian(x: list[Any], item: dict[str, Any], say: Phrases) -> list[str]:
    rows, names = _cells(item), [n.replace("-", "−") for n in value_names(x, say)]
    if len(rows) != len(names) or len(rows[0]) != len(names):
        return _aligned([[say("tables.matrix"), *rows[0]], *[["", *row] for row in rows[1:]]])
    head = [say("tables.matrix_of_inputs"), *(f"{name} " for name in names)]
    outputs = [say("tables.output_for", input=name) for name in names]
    if item.get("by_row"):
        # Which of its numbers is meant would be the answer.
        whole = [all(marks) for marks in item["wrong"]]
        outputs = [f"{o}{_MARK if row else ' '}" for o, row in zip(outputs, whole, strict=True)]
        unmarked = [[cell.replace(_MARK, " ") for cell in row] for row in rows]
        rows = [u if row else r for u, r, row in zip(unmarked, rows, whole, strict=True)]
    body = [[output, *row] for output, row in zip(outputs, rows, strict=True)]
    return _aligned([head, *body])


def _column(x: Any, item: dict[str, Any], say: Phrases) -> list[str]:
    values = _cells(item)[0]
    if not isinstance(x, list) or len(x) != len(values):
        return _aligned([[say("tables.yours"), *values]])
    pairs = [[f"{number(v)} ", given] for v, given in zip(x, values, strict=True)]
    heads = ["", say("tables.input"), say("tables.your_column")]
    return _aligned([heads, *[["", *pair] for pair in pairs]])


def _cells(item: dict[str, Any]) -> list[list[str]]:
    """The numbers by row, each with a blank or a question mark behind it."""
    values, wrong = item["values"], item["wrong"]
    if not isinstance(values, list):
        values, wrong = [values], None if wrong is None else [wrong]
    if not isinstance(values[0], list):
        values, wrong = [values], None if wrong is None else [wrong]
    return [
        [
            f"{number(value)}{_MARK if wrong is not None and wrong[i][j] else ' '}"
            for j, value in enumerate(row)
        ]
        for i, row in enumerate(values)
    ]


def _aligned(rows: list[list[str]]) -> list[str]:
    count = max(map(len, rows))
    full = [row + [""] * (count - len(row)) for row in rows]
    widths = [max(len(row[j]) for row in full) for j in range(count)]
    return [
        "  ".join(
            cell.ljust(width) if j == 0 else cell.rjust(width)
            for j, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in full
    ]
