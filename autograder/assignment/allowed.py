"""What a function may be called with: held against it where a student's code does the calling."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.assignment.judging import Floats, NotAnAnswer, numbers
from autograder.sandbox.errors import Refused

#: A vector, a chain or a run of training that is longer answers for nothing that is asked here.
MOST_ENTRIES, MOST_ITEMS, MOST_STEPS = 200, 50, 400


def refuse(wanted: str, given: object) -> Refused:
    """Say what is wanted in place of what was given."""
    return Refused(f"{wanted} is wanted here, and not {_described(given)}")


def _described(given: object) -> str:
    if given is None:
        return "None"
    if isinstance(given, list | tuple):
        return f"a list of {len(given)}"
    shape = np.shape(given) if isinstance(given, np.ndarray) else ()
    return f"an array of shape {shape}" if shape else f"a single {type(given).__name__}"


def _array(given: object, dimensions: int, wanted: str) -> Floats:
    try:
        array = numbers(given)
    except NotAnAnswer:
        raise refuse(wanted, given) from None
    if array.ndim != dimensions or not 0 < array.size <= MOST_ENTRIES**dimensions:
        raise refuse(wanted, given if isinstance(given, np.ndarray) else array)
    if not np.isfinite(array).all():
        raise Refused(f"{wanted} is wanted here, and not one that holds nan or inf")
    return array


def vector(given: object) -> Floats:
    """Read a vector of at least one finite number; raises Refused."""
    return _array(given, 1, "a vector of numbers")


def matrix(given: object) -> Floats:
    """Read a matrix of at least one finite number; raises Refused."""
    return _array(given, 2, "a matrix of numbers")


def number(given: object) -> float:
    """Read a single finite number; raises Refused."""
    return float(_array(given, 0, "a single number"))


def items(given: object, each: Callable[[object], Floats], fewest: int = 1) -> list[Floats]:
    """Read a list of arrays, each by a function like ``vector``; raises Refused."""
    if isinstance(given, np.ndarray) and given.ndim:
        given = list(given)
    if not isinstance(given, list | tuple):
        raise refuse("a list of arrays", given)
    if not fewest <= len(given) <= MOST_ITEMS:
        raise Refused(f"a list of one array or more is wanted here, and not one of {len(given)}")
    return [each(item) for item in given]


def fit(one: int, other: int, what: str) -> None:
    """Raise Refused where two sizes differ that must be one."""
    if one != other:
        raise Refused(f"{what} do not fit together ({one} and {other})")
