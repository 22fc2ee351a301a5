"""When an answer is right: its kind, its shape, its values (the contract's rules)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Answer = list[Floats]
Returns = Literal["array", "arrays", "arrays and numbers"]

#: Values agree within this relative difference, or this absolute one near zero.
RELATIVE, ABSOLUTE = 1e-5, 1e-7
#: No list that is asked for is as long.
MOST_ITEMS = 1000

Fault = Literal["type", "length", "shape", "not finite", "values"]


class NotAnAnswer(Exception):
    """The value is not of the kind that the function should return."""


@dataclass(frozen=True)
class Difference:
    """The first way in which an answer differs from the right one.

    Attributes
    ----------
    fault : str
        What is wrong: its type, the length of the list, a shape, not finite, or the values.
    item : int
        The item of the list in which it is wrong (0 for a single array).
    """

    fault: Fault
    item: int = 0


def as_arrays(value: Any, returns: Returns) -> list[Floats]:
    """Read a returned value as the arrays that the contract asks for.

    Parameters
    ----------
    value : object
        What came back: numbers, arrays, lists and tuples of them.
    returns : {"array", "arrays", "arrays and numbers"}

    Returns
    -------
    list of arrays
        One for "array"; one per item for "arrays"; for a pair the arrays, then the numbers.

    Raises
    ------
    NotAnAnswer
        If NumPy cannot read it as numbers, or where a list is asked for and none is given.
    """
    if returns == "array":
        return [numbers(value)]
    items = _items(value)
    if returns == "arrays":
        return [numbers(item) for item in items]
    if len(items) != 2:
        raise NotAnAnswer("a pair")
    return [*(numbers(item) for item in _items(items[0])), numbers(items[1])]


def _items(value: Any) -> list[Any]:
    is_list = isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 0)
    if not is_list or len(value) > MOST_ITEMS:
        raise NotAnAnswer("a list")
    return list(value)


def numbers(value: Any) -> Floats:
    """Read a value as an array of numbers; raises NotAnAnswer if NumPy cannot."""
    if not _holds_numbers(value):
        raise NotAnAnswer("numbers")
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise NotAnAnswer("numbers")
        return array.astype(np.float64)
    except (ValueError, TypeError) as error:
        raise NotAnAnswer("numbers") from error


def _holds_numbers(value: Any) -> bool:
    """Whether there are only numbers in it; NumPy would copy a text once for each of them."""
    if isinstance(value, list | tuple):
        return all(map(_holds_numbers, value))
    return isinstance(value, bool | int | float | np.ndarray | np.generic)


def close(given: Floats, right: Floats) -> NDArray[np.bool_]:
    """Entry by entry: whether finite values agree within the contract's tolerance."""
    with np.errstate(all="ignore"):
        limit = np.maximum(RELATIVE * np.abs(right), ABSOLUTE)
        agree: NDArray[np.bool_] = np.abs(given - right) <= limit
    return agree & np.isfinite(given)


def _identical(given: Floats, right: Floats) -> bool:
    """Whether the numbers are the very same and finite: they mostly are, and this is quick."""
    return given.tobytes() == right.tobytes() and bool(np.isfinite(right).all())


def identity(value: Any) -> object:
    """What only the same numbers in the same shapes and types have, to know them again by."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "O":
            # Its bytes are addresses.
            return value.shape, identity(value.tolist())
        return value.shape, value.dtype.char, value.tobytes()
    if isinstance(value, list | tuple):
        return type(value), *map(identity, value)
    # 0.0 and -0.0 are equal, and not the same; NaN is the same, and not equal.
    return type(value), repr(value) if isinstance(value, float) else value


def compare(given: list[Floats], right: list[Floats]) -> Difference | None:
    """Hold an answer against the right one; None if it is right."""
    if len(given) != len(right):
        return Difference("length")
    for item, (g, r) in enumerate(zip(given, right, strict=True)):
        if g.shape != r.shape:
            return Difference("shape", item)
    for item, (g, r) in enumerate(zip(given, right, strict=True)):
        if not (_identical(g, r) or close(g, r).all()):
            finite = np.isfinite(g).all()
            return Difference("values" if finite else "not finite", item)
    return None
