"""What every statement on a wrong answer passes before it is shown.

A statement is made of the inputs that were tried; it is shown only if the same is said once fresh
inputs are added that were drawn to contradict it. An example is shown only beside what it bears
out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from autograder.assignment.rows import Row
from autograder.source.phrases import InARow, Said

#: Makes its statements of some rows; the same ones of other rows if they are true of both.
Observer = Callable[[list[Row]], Iterator[Said]]
#: A statement without its numbers.
Form = tuple[Any, ...]

_NUMBER = re.compile(r"[-+−]?\d[\d.]*(?:e[-+]?\d+)?|\b(?:nan|inf)\b")


def made_of_both(observer: Observer, rows: list[Row], fresh: Sequence[Row]) -> list[Said]:
    """The statements of an observer that fresh inputs leave standing."""
    made = list(observer(rows))
    if not made or not fresh:
        return made
    again = {form(one) for one in observer([*rows, *fresh])}
    return [one for one in made if form(one) in again]


def form(statement: Said) -> Form:
    """A statement without its numbers, which are those of the inputs that were tried."""
    return statement.key, *((name, _form_of(value)) for name, value in statement.values)


def _form_of(value: Any) -> Any:
    if isinstance(value, Said):
        return form(value)
    if isinstance(value, InARow):
        return tuple(map(_form_of, value.parts))
    return _NUMBER.sub("#", str(value))


def made_of(observers: Iterable[Observer], rows: list[Row]) -> set[Form]:
    """The forms of all that some observers say of some rows."""
    return {form(one) for observer in observers for one in observer(rows)}
