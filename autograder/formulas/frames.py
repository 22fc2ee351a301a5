"""Many looks at one step of a function, laid out as one row of numbers for each term."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.formulas.terms import Term

Numbers = NDArray[Any]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Sight:
    """One look at one step: what the student's function gave there, and what it could be made of.

    Attributes
    ----------
    step : str
        The step by its name in the vocabulary.
    given : array
        The numbers that the step came to: a vector or a matrix.
    right : array or None
        What is right there, given what went before; None where the shape can't be.
    symbols : dict of str to array
        By name, in shapes that broadcast to that of ``given``.
    factors : dict of str to float
        Sizes and rates that people multiply or divide by.
    maps : dict of str to array
        Square matrices that a vector can be taken through.
    groups : dict of str to array
        Further groups of entries, as numbers, that sums run over.
    regions : dict of str to array of bool
        Parts of the entries that may follow formulas of their own.
    """

    step: str
    given: Numbers
    right: Numbers | None
    symbols: Mapping[str, Numbers | float]
    factors: Mapping[str, float] = field(default_factory=dict)
    maps: Mapping[str, Numbers] = field(default_factory=dict)
    groups: Mapping[str, Numbers] = field(default_factory=dict)
    regions: Mapping[str, Mask] = field(default_factory=dict)


class Frame:
    """All entries of several sights of one step, one after the other.

    Parameters
    ----------
    sights : sequence of Sight
        Of the same step.
    """

    def __init__(self, sights: Sequence[Sight]) -> None:
        self.sights = list(sights)
        sizes = [sight.given.size for sight in sights]
        ends = np.cumsum(sizes)
        self.size = int(ends[-1])
        self._places = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
        self.symbols = {
            name: self._flat([sight.symbols[name] for sight in sights])
            for name in _in_all([sight.symbols for sight in sights])
        }
        self.factors = {
            name: self._flat([sight.factors[name] for sight in sights])
            for name in _in_all([sight.factors for sight in sights])
        }
        self.regions = {
            name: self._flat([sight.regions[name] for sight in sights]) > 0
            for name in _in_all([sight.regions for sight in sights])
        }

    @cached_property
    def given(self) -> Numbers:
        return self._flat([sight.given for sight in self.sights])

    @cached_property
    def right(self) -> Numbers | None:
        rights = [sight.right for sight in self.sights if sight.right is not None]
        return self._flat(rights) if len(rights) == len(self.sights) else None

    def _flat(self, values: Sequence[Numbers | float]) -> Numbers:
        return np.concatenate(
            [
                np.broadcast_to(np.asarray(value, dtype=float), sight.given.shape).ravel()
                for value, sight in zip(values, self.sights, strict=True)
            ]
        )

    @cached_property
    def operations(self) -> dict[str, Callable[[Numbers], Numbers]]:
        """The operations that run over several entries, on rows of numbers."""
        found: dict[str, Callable[[Numbers], Numbers]] = {}
        ndim = self.sights[0].given.ndim
        groups = {"": self._groups(lambda sight: np.zeros(sight.given.shape))}
        if ndim == 2:
            groups["row "] = self._groups(lambda s: np.arange(len(s.given))[:, None])
            groups["column "] = self._groups(lambda s: np.arange(s.given.shape[1])[None, :])
        for name in _in_all([sight.groups for sight in self.sights]):
            groups[f"{name} "] = self._groups(lambda sight, name=name: sight.groups[name])  # type: ignore[misc]
        for name, ids in groups.items():
            found |= _reductions(name, ids)
        for name in _in_all([sight.maps for sight in self.sights]):
            whole = np.zeros((self.size, self.size))
            for place, sight in zip(self._places, self.sights, strict=True):
                whole[place, place] = sight.maps[name]
            found[f"through {name}"] = _through(whole)
        return found

    def _groups(self, numbers: Callable[[Sight], Numbers]) -> Numbers:
        """A number for each entry, the same for those of a group."""
        flat = self._flat([numbers(sight) for sight in self.sights])
        sight = self._flat([float(at) for at in range(len(self.sights))])
        ids: Numbers = np.unique(np.stack([sight, flat]), axis=1, return_inverse=True)[1]
        return ids.ravel()

    def value(self, term: Term) -> Numbers:
        """What a term comes to on all entries.

        Raises
        ------
        KeyError
            If it holds a symbol that isn't there.
        """
        with np.errstate(all="ignore"):
            return self._value(term)

    def _value(self, term: Term) -> Numbers:
        if term.op == "symbol":
            found = self.symbols.get(term.name)
            return self.factors[term.name] if found is None else found
        if term.op == "number":
            return np.full(self.size, term.value)
        parts = [self._value(part) for part in term.parts]
        if len(parts) == 2:
            return TWO_PLACE[term.op](*parts)
        if term.op == "cut":
            return np.clip(parts[0], -term.value, term.value)
        one_place = ONE_PLACE.get(term.op) or self.operations[term.op]
        value: Numbers = one_place(parts[0][None])[0]
        return value


def _in_all(named: Sequence[Mapping[str, Any]]) -> list[str]:
    return [name for name in named[0] if all(name in other for other in named)]


def _reductions(name: str, ids: Numbers) -> dict[str, Callable[[Numbers], Numbers]]:
    order = np.argsort(ids, kind="stable")
    _, starts, sizes = np.unique(ids[order], return_index=True, return_counts=True)
    back = ids.astype(int)

    def sums(values: Numbers) -> Numbers:
        spread: Numbers = np.add.reduceat(values[:, order], starts, axis=1)[:, back]
        return spread

    def largest(values: Numbers) -> Numbers:
        spread: Numbers = np.maximum.reduceat(values[:, order], starts, axis=1)[:, back]
        return spread

    def shares(values: Numbers) -> Numbers:
        e: Numbers = np.exp(values - largest(values))
        return e / sums(e)

    found: dict[str, Callable[[Numbers], Numbers]] = {
        f"{name}sum": sums,
        f"{name}max": largest,
        f"{name}norm": lambda values: np.sqrt(sums(values * values)),
    }
    counts = sizes[back]
    found[f"{name}mean"] = lambda values: sums(values) / counts
    if not name:
        found["min"] = lambda values: -largest(-values)
        found["softmax"] = shares
    return found


def _through(matrix: Numbers) -> Callable[[Numbers], Numbers]:
    def through(values: Numbers) -> Numbers:
        gone: Numbers = values @ matrix
        return gone

    return through


ONE_PLACE: dict[str, Callable[[Numbers], Numbers]] = {
    "one minus": lambda v: 1 - v,
    "square": np.square,
    "root": np.sqrt,
    "reciprocal": lambda v: 1 / v,
    "exp": np.exp,
    "log": np.log,
    "abs": np.abs,
    "positive part": lambda v: np.maximum(v, 0),
    "is positive": lambda v: (v > 0).astype(float),
    "sign": np.sign,
    "logistic": lambda v: 1 / (1 + np.exp(-v)),
    "tanh": np.tanh,
}

TWO_PLACE: dict[str, Callable[[Numbers, Numbers], Numbers]] = {
    "*": np.multiply,
    "+": np.add,
    "-": np.subtract,
    "/": np.divide,
}
