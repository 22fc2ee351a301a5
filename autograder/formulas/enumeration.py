"""All small terms over a vocabulary, those that agree on all inputs counted once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from autograder.formulas.frames import ONE_PLACE, TWO_PLACE, Frame, Mask, Numbers
from autograder.formulas.terms import Term

#: Terms in a table at most, and how deep they get.
MOST_TERMS = 7000
DEEPEST = 4
#: What is larger than this on any entry is no term that could be compared.
LARGEST = 1e9


#: Makes the term of a row; most candidates turn out to be known, so that none is made of them.
Maker = Callable[[int], Term]


@dataclass(frozen=True, eq=False)
class Table:
    """Terms, the simplest first, with their numbers on all entries.

    Attributes
    ----------
    terms : list of Term
    costs : array
        How many operations each takes, a finished term of the notes counting as one symbol.
    values : array of shape (terms, entries)
    one_place : tuple of str
        The operations by which they were made.
    """

    terms: list[Term]
    costs: Numbers
    values: Numbers
    one_place: tuple[str, ...] = ()
    _parts: dict[bytes, Table] = field(default_factory=dict)

    def within(self, region: Mask) -> Table:
        """The terms that differ in a part of the entries, with their numbers there."""
        if region.all():
            return self
        key = region.tobytes()
        if key not in self._parts:
            values = np.ascontiguousarray(self.values[:, region])
            rows = _Known(values.shape[1]).new(values)
            terms = [self.terms[row] for row in rows]
            self._parts[key] = Table(terms, self.costs[rows], values[rows], self.one_place)
        return self._parts[key]


@dataclass(frozen=True, eq=False)
class _Level:
    """The terms that take equally many operations."""

    terms: list[Term]
    values: Numbers


class _Known:
    """The numbers that have been met, up to a constant factor."""

    def __init__(self, size: int) -> None:
        rng = np.random.default_rng(size)
        self._directions = rng.standard_normal((size, 2))
        self._met: set[int] = set()

    def new(self, values: Numbers) -> Numbers:
        """Which rows are numbers, not all zero, and not met before."""
        with np.errstate(all="ignore"):
            largest = np.abs(values).max(axis=1)
            usable = np.flatnonzero((largest < LARGEST) & (largest > 1e-12))
            rows = values[usable] / largest[usable, None]
            rows /= np.linalg.norm(rows, axis=1)[:, None]
            one, other = (rows @ self._directions).T
            other *= np.sign(one)
            one = np.abs(one)
            marks = np.rint(one * 1e9).astype(np.int64) * 2_000_003
            marks += np.rint(other * 1e9).astype(np.int64)
        marks, first = np.unique(marks, return_index=True)
        fresh = [mark not in self._met for mark in marks.tolist()]
        self._met.update(marks.tolist())
        found: Numbers = np.sort(usable[first[fresh]])
        return found


def table(
    frame: Frame,
    finished: Sequence[Term],
    one_place: Sequence[str],
    most: int = MOST_TERMS,
) -> Table:
    """Enumerate terms from the bottom up.

    Parameters
    ----------
    frame : Frame
        The inputs.
    finished : sequence of Term
        Symbols, and terms of the notes that count as one.
    one_place : sequence of str
        The one-place operations that belong to the step.
    most : int
        So many terms at most.
    """
    there = [term for term in finished if _is_there(term, frame)]
    known, levels = _Known(frame.size), [_Level([], np.empty((0, frame.size)))]
    left = most
    with np.errstate(all="ignore"):
        values_there = np.array([frame.value(term) for term in there])
        first: list[tuple[Maker, Numbers]] = [(there.__getitem__, values_there)] if there else []
        for depth in range(DEEPEST):
            terms: list[Term] = []
            values = []
            for make, numbers in _larger(levels[1:], frame, one_place) if depth else first:
                rows = known.new(numbers)[: left - len(terms)]
                terms += [make(row) for row in rows]
                values.append(numbers[rows])
                if len(terms) >= left:
                    break
            left -= len(terms)
            levels.append(_Level(terms, np.concatenate([levels[0].values, *values])))
            if left <= 0 or not terms:
                break
    return Table(
        [term for level in levels for term in level.terms],
        np.repeat(np.arange(len(levels)) - 1.0, [len(level.terms) for level in levels]),
        np.concatenate([level.values for level in levels]),
        tuple(one_place),
    )


def _is_there(term: Term, frame: Frame) -> bool:
    try:
        return bool(np.isfinite(frame.value(term)).all())
    except KeyError:
        return False


def _larger(
    levels: list[_Level], frame: Frame, one_place: Sequence[str]
) -> Iterator[tuple[Maker, Numbers]]:
    """The terms that take one operation more."""
    last = levels[-1]
    if len(levels) == 1:
        # What people write first; of larger terms the products and sums are found by `search`.
        yield from _of_two(last, last, triangle=True)
    for name in one_place:
        operation = ONE_PLACE.get(name) or frame.operations.get(name)
        if operation is not None and last.terms:
            yield partial(_of_one_place, name, last.terms), operation(last.values)
    if len(levels) > 1:
        yield from _of_two(levels[0], last, triangle=False)


def _of_one_place(name: str, terms: list[Term], row: int) -> Term:
    return Term(name, (terms[row],))


def _of_two(one: _Level, other: _Level, *, triangle: bool) -> Iterator[tuple[Maker, Numbers]]:
    """All products, differences and sums; in chunks, so that no more are made than are wanted."""
    for op in "*-+":
        for rows in np.array_split(np.arange(len(one.terms)), max(1, len(other.terms) // 20)):
            left = np.repeat(rows, len(other.terms))
            right = np.tile(np.arange(len(other.terms)), len(rows))
            if triangle:
                left, right = left[left <= right], right[left <= right]
            if left.size:
                maker = partial(_of_two_places, op, one.terms, other.terms, left, right)
                yield maker, TWO_PLACE[op](one.values[left], other.values[right])


def _of_two_places(
    op: str, ones: list[Term], others: list[Term], left: Numbers, right: Numbers, row: int
) -> Term:
    return Term(op, (ones[left[row]], others[right[row]]))
