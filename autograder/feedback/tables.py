"""The numbers of a picture as lines of text: as the notes write them."""

from __future__ import annotations

from typing import Any

from autograder.feedback.figures import item_name, number
from autograder.feedback.naming import value_names
from autograder.feedback.own_numbers import MARK
from autograder.source.phrases import Phrases

#: As many numbers stand in a sentence.
FEWEST = 7
#: What is wider or longer is no table that is read.
WIDEST, LONGEST = 70, 30
#: Shapes that are told of; what is with the others is seen.
MOST_SHAPES = 3


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
    arrays = len(items) - (picture["kind"] == "training")
    if left_out := picture["length"][0] - arrays:
        lines.append(say("tables.more", count=left_out))
    lines += _legend(lines, picture, say)
    if len(lines) > LONGEST or max(map(len, lines), default=0) > WIDEST:
        return []
    return lines


def _legend(lines: list[str], picture: dict[str, Any], say: Phrases) -> list[str]:
    """What a mark means, and what it means that there is none."""
    items, (given, asked) = picture["items"], picture["length"]
    by_row = any(item.get("by_row") for item in items)
    legend = say("tables.legend_by_row" if by_row else "tables.legend")
    is_marked = any(MARK in line for line in lines)
    told = [legend] if is_marked else []
    if given != asked:
        unmarked = is_marked and any(item["wrong"] is None for item in items)
        key = "tables.some_not_marked" if unmarked else "tables.of_other_length"
        return [*told, say(key, count=given, asked=asked)]
    others = [k for k, item in enumerate(items) if item["shape"] != item["asked"]]
    told += [_not_compared(picture, k, say) for k in others[:MOST_SHAPES]]
    return [*told, say("tables.not_marked")] if others and is_marked else told


def _not_compared(picture: dict[str, Any], k: int, say: Phrases) -> str:
    """The shape of an array in which nothing is marked, and the one that was asked for."""
    item = picture["items"][k]
    has, asked = _size(item["shape"], say), _size(item["asked"], say)
    if len(picture["items"]) == 1:
        return say("tables.of_another_shape", has=has, asked=asked)
    name = _name(picture, k, say)
    return say("tables.one_of_another_shape", name=name, has=has, asked=asked)


def _size(shape: list[int], say: Phrases) -> str:
    if len(shape) < 2:
        return say("tables.numbers", count=shape[0] if shape else 1)
    return say("tables.by").join(map(str, shape))


def _name(picture: dict[str, Any], k: int, say: Phrases) -> str:
    """What one of several arrays is called."""
    is_last = picture["kind"] == "training" and k == len(picture["items"]) - 1
    return say("tables.losses") if is_last else item_name(picture, k, say)


def _count(values: Any) -> int:
    return sum(map(_count, values)) if isinstance(values, list) else 1


def _lines(picture: dict[str, Any], say: Phrases) -> list[str]:
    kind, items = picture["kind"], picture["items"]
    if kind == "jacobian":
        return _jacobian(next(iter(picture["inputs"].values())), items[0], say)
    if kind == "vector":
        return _column(next(iter(picture["inputs"].values())), items[0], say)
    lines: list[str] = []
    for k, item in enumerate(items):
        name = _name(picture, k, say)
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
        outputs = [f"{o}{MARK if row else ' '}" for o, row in zip(outputs, whole, strict=True)]
        unmarked = [[cell.replace(MARK, " ") for cell in row] for row in rows]
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
            f"{number(value)}{MARK if wrong is not None and wrong[i][j] else ' '}"
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
