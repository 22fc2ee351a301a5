"""What `threshold`, `softmax` and their Jacobians share: vectors, and what goes wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.assignment.allowed import vector
from autograder.assignment.judging import Floats, close
from autograder.assignment.output_faults import first_filled
from autograder.assignment.probe import Arguments, Probe, Random
from autograder.assignment.recipe import Step
from autograder.assignment.rows import Row, public
from autograder.notes6.draws import EQUAL, LARGE, TINY, WHOLE, Array, moved, moved_together
from autograder.source.phrases import Said, said

#: What is special to one function's inputs.
Special = Callable[[str, Random], Iterator[Probe]]

_ALL_ABOVE = "tags.every_entry_above_minus_1"
_ALL_BELOW = "tags.no_entry_above_minus_1"
_AT = "tags.an_entry_exactly_at_minus_1"
_NEAR = "tags.an_entry_close_to_minus_1"
_AT_ZERO = "tags.an_entry_exactly_at_0"
_SINGLE = "tags.a_single_entry"
_PAIR = "tags.two_entries"
_MANY = "tags.ten_entries_or_more"
_BEYOND = "tags.an_entry_above_700"
_DEEP = "tags.an_entry_below_minus_3"

#: Values in every stretch between two thresholds, in orders that favour no place.
_FURTHER = (
    [0.34, -1.4, -0.34, 1.4],
    [1.6, -0.3, -3.4, 0.62, -1.4, 2.4],
    [-4.4, 3.4, -0.15, 0.62, -2.4, 1.4, -0.65, -1.3, 0.15],
)

#: As many as a vector has at most.
FIFTY = np.resize([0.34, -1.4, 3.4, -0.34, 1.4, -2.4, 0.7, 0.15, -3.4, -0.62], 50)


def _ordinary_vector(rng: Random) -> Array:
    """Values on both sides of −1 and of 0, none of them near either."""
    return rng.permutation(moved(rng, _FURTHER[int(rng.integers(2))]))


def _vector_tags(x: Array) -> set[str]:
    holds = {
        _ALL_ABOVE: np.all(x > -1),
        _ALL_BELOW: np.all(x <= -1),
        _AT: np.any(x == -1),
        _NEAR: np.any((x != -1) & (np.abs(x + 1) < 0.05)),
        # Of these there is no exponential.
        _BEYOND: np.any(x > 700),
        _DEEP: np.any(x <= -3),
        _AT_ZERO: np.any(x == 0),
        WHOLE: x.dtype.kind == "i",
        LARGE: np.any(np.abs(x) > 20),
        TINY: np.any((x != 0) & (np.abs(x) < 1e-2)),
        _SINGLE: x.size == 1,
        _PAIR: x.size == 2,
        _MANY: x.size >= 10,
        EQUAL: len(np.unique(x)) < x.size,
    }
    return {tag for tag, found in holds.items() if found}


def vector_probe(name: str, x: object, case: str | None = None, public: bool = False) -> Probe:
    x = np.asarray(x)
    return Probe(name, (x,), frozenset(_vector_tags(x)), case, public)


def vector_inputs(
    name: str, rng: Random, notes: Array, shown: list[float] | None, special: Special
) -> Iterator[Probe]:
    """Vectors of all kinds.

    Parameters
    ----------
    name : str
        The function that is called with them.
    rng : Random
    notes : array
        The example of the notes.
    shown : list of float, optional
        One more whose numbers may be shown.
    special : callable
        ``special(name, rng)`` yields what is special to the function alone.
    """
    for values in ([1.5, -0.5, -2.0, 0.25], [2, -3, 0, 1], [1000.0, 999.0, -1000.0]):
        yield vector_probe(name, values, public=True)
    for values in ([0.7, 25.0, -30.0, 24.0, 21.5], [0.7], [-2.5], [0.4, 0.4, -1.5, -1.5]):
        yield vector_probe(name, values, public=True)
    if shown is not None:
        yield vector_probe(name, shown, public=True)
    yield vector_probe(name, notes, "the example of the notes", public=True)
    for base in (_FURTHER[0], _FURTHER[2]):
        yield vector_probe(name, moved(rng, base), "further inputs")
    a, b, c, d = np.array([7, 4, 4, 7]) + rng.integers(0, 2, 4)
    yield vector_probe(name, np.array([a, -b, 0, 1, -2, c, 3, -d]), "whole numbers")
    for alike in ([0.7, -0.34, 1.4, 0.7, 0.7, -0.34, -1.6, 0.0, 1.4, -1.6, 0.0], [0.62] * 3):
        yield vector_probe(name, moved_together(rng, alike), "zeros and equal entries")
    # The largest is 0, but not all are.
    yield vector_probe(name, moved(rng, [-1.4, 0.0, -0.34]), "zeros and equal entries")
    for size in (1, 2, 50):
        yield vector_probe(name, moved(rng, FIFTY[:size]), "one entry, or many")
    yield vector_probe(name, moved(rng, [-2.4]), "one entry, or many")
    same_values = moved(rng, _FURTHER[1])
    for ordered in (same_values, same_values[::-1].copy()):
        yield vector_probe(name, ordered, "further inputs")
    yield from special(name, rng)
    yield vector_probe(name, moved(rng, [0.34, 2.4, 1.4, 0.62]))
    yield vector_probe(name, rng.uniform(-0.9, 3.0, 5).round(2))


def ordinary(rng: Random) -> Arguments:
    """The arguments of one more call, with nothing special about them."""
    return (_ordinary_vector(rng),)


def allowed(x: object) -> tuple[Floats]:
    """What all of these functions take."""
    return (vector(x),)


# --- faults that these functions share ----------------------------------------------------------

Faults = dict[str, dict[str, Step]]


def sigmoid(x: Any) -> Any:
    """The logistic function of each input on its own."""
    return 1 / (1 + np.exp(-x))


def stable_softmax(x: Any) -> Any:
    """Softmax as a student writes it out who gets it right."""
    exps = np.exp(x - np.max(x))
    return exps / np.sum(exps)


def _last_left(a: Any) -> Any:
    return np.append(a[:-1], 0)


def _first_left(a: Any) -> Any:
    return np.append(0, a[1:])


#: How a loop or the last line misses part of a vector.
VECTOR_SHAPES: Faults = {
    "all-entries-left-at-0": {"shape": np.zeros_like},
    "last-entry-left-at-0": {"shape": _last_left},
    "first-entry-left-at-0": {"shape": _first_left},
    "only-the-first-entry-filled": {"shape": first_filled},
    "list-of-first-entry": {"shape": lambda a: a[:1]},
    "last-entry-missing": {"shape": lambda a: a[:-1]},
    "entries-reversed": {"shape": lambda a: a[::-1]},
    "matrix-in-place-of-vector": {"shape": np.diag},
}


def first_row(matrix: Any) -> Any:
    return np.vstack([matrix[:1], np.zeros_like(matrix[1:])])


def _last_cross_left(matrix: Any) -> Any:
    keep = np.arange(len(matrix)) < len(matrix) - 1
    return np.where(np.outer(keep, keep), matrix, 0)


def _first_cross_left(matrix: Any) -> Any:
    keep = np.arange(len(matrix)) > 0
    return np.where(np.outer(keep, keep), matrix, 0)


#: How a finished matrix is turned, moved or only half filled.
MATRIX_LAYOUTS: Faults = {
    "vector-in-place-of-matrix": {"layout": np.diagonal},
    "all-entries-left-at-0": {"layout": np.zeros_like},
    "columns-reversed": {"layout": lambda J: J[:, ::-1]},
    "rows-reversed": {"layout": lambda J: J[::-1]},
    "moved-one-column-right": {"layout": lambda J: np.roll(J, 1, axis=1)},
    "moved-one-column-left": {"layout": lambda J: np.roll(J, -1, axis=1)},
    "returned-after-first-row": {"layout": first_row},
    "list-of-first-row": {"layout": lambda J: J[:1]},
    "last-row-and-column-left-at-0": {"layout": _last_cross_left},
    "first-row-and-column-left-at-0": {"layout": _first_cross_left},
    "last-row-and-column-missing": {"layout": lambda J: J[:-1, :-1]},
    "flattened": {"layout": np.ravel},
}


# --- what can be observed -----------------------------------------------------------------------


def by_input_value(rows: list[Row]) -> Iterator[Said]:
    """For what works entry by entry: the range of input values that come out wrong."""
    good, bad = _values(rows)
    told_good, told_bad = _values(public(rows))
    if not good or not told_bad:
        return
    if min(bad) == max(bad):
        if min(bad) not in good:
            yield said("shared.only_value", value=f"{told_bad[0]:.3g}")
    elif max(bad) < min(good):
        value = f"{max(told_bad):.3g}"
        if told_good:
            yield said("shared.below_wrong_told", value=value, right=f"{min(told_good):.3g}")
        else:
            yield said("shared.below_wrong", value=value)
    elif min(bad) > max(good):
        value = f"{min(told_bad):.3g}"
        if told_good:
            yield said("shared.above_wrong_told", value=value, right=f"{max(told_good):.3g}")
        else:
            yield said("shared.above_wrong", value=value)
    elif not any(min(bad) <= x <= max(bad) for x in good):
        low, high = min(told_bad), max(told_bad)
        if low < high:
            yield said("shared.between_wrong", low=f"{low:.3g}", high=f"{high:.3g}")
        else:
            yield said("shared.about_wrong", value=f"{low:.3g}")


def _values(rows: list[Row]) -> tuple[list[float], list[float]]:
    """The input values whose own entry is right, and those whose is wrong."""
    good: list[float] = []
    bad: list[float] = []
    for row in rows:
        if row.given is None or not row.has_right_shapes:
            continue
        given, right = row.given[0], row.right[0]
        if right.ndim == 2:
            given, right = np.diagonal(given), np.diagonal(right)
        x = np.asarray(row.probe.arguments[0], dtype=float)
        agree = close(given, right)
        good += list(x[agree])
        bad += list(x[~agree])
    return good, bad
