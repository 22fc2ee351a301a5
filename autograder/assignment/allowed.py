"""What a function may be called with: held against it where a student's code does the calling."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.assignment.judging import Floats, NotAnAnswer, numbers
from autograder.sandbox.errors import Refused
from autograder.source.phrases import Said, said

#: A vector, a chain or a run of training that is longer answers for nothing that is asked here.
MOST_ENTRIES, MOST_ITEMS, MOST_STEPS = 200, 50, 400


def refuse(wanted: Said, given: object) -> Refused:
    """Say what is wanted in place of what was given."""
    return Refused(said("refusal.instead", wanted=wanted, given=_described(given)))


def _described(given: object) -> Said:
    if given is None:
        return said("refusal.nothing")
    if isinstance(given, list | tuple):
        return said("refusal.list_of", size=str(len(given)))
    shape = np.shape(given) if isinstance(given, np.ndarray) else ()
    if shape:
        return said("refusal.array_of_shape", shape=str(shape))
    return said("refusal.single", type=type(given).__name__)


def _array(given: object, dimensions: int, wanted: Said) -> Floats:
    try:
        array = numbers(given)
    except NotAnAnswer:
        raise refuse(wanted, given) from None
    if array.ndim != dimensions or not 0 < array.size <= MOST_ENTRIES**dimensions:
        raise refuse(wanted, given if isinstance(given, np.ndarray) else array)
    if not np.isfinite(array).all():
        raise Refused(said("refusal.not_finite", wanted=wanted))
    return array


def vector(given: object) -> Floats:
    """Read a vector of at least one finite number; raises Refused."""
    return _array(given, 1, said("refusal.vector"))


def matrix(given: object) -> Floats:
    """Read a matrix of at least one finite number; raises Refused."""
    return _array(given, 2, said("refusal.matrix"))


def number(given: object) -> float:
    """Read a single finite number; raises Refused."""
    return float(_array(given, 0, said("refusal.number")))


def items(given: object, each: Callable[[object], Floats], fewest: int = 1) -> list[Floats]:
    """Read a list of arrays, each by a function like ``vector``; raises Refused."""
    if isinstance(given, np.ndarray) and given.ndim:
        given = list(given)
    if not isinstance(given, list | tuple):
        raise refuse(said("refusal.list_of_arrays"), given)
    if not fewest <= len(given) <= MOST_ITEMS:
        raise Refused(said("refusal.one_or_more", size=str(len(given))))
    return [each(item) for item in given]


def fit(one: int, other: int, what: Said) -> None:
    """Raise Refused where two sizes differ that must be one."""
    if one != other:
        raise Refused(said("refusal.do_not_fit", what=what, one=str(one), other=str(other)))
