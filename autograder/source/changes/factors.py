"""Which part of a calculation is the factor by which it is off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isclose, isfinite
from typing import Any

import numpy as np

from .fitting import LITTLE, NEARLY

#: As it stands there, or as what is divided by.
POWERS = (1, -1)


class Factors:
    """What a place is off by in several calls, beside what its parts are in these."""

    def __init__(self) -> None:
        self._off: list[float] = []
        self._left: dict[tuple[int, int], float] | None = None

    def see(
        self, values: Sequence[Any], right: Sequence[Any], parts: Mapping[int, Sequence[Any]]
    ) -> None:
        """Take in one call.

        Parameters
        ----------
        values : sequence
            What stood in the place, one time after the other.
        right : sequence
            What was to stand there.
        parts : mapping of int to sequence
            By number: what stood in each of its parts.
        """
        off = list(map(_off_by, values, right))
        if not off or None in off:
            self._left = {}
            return
        ratios = [one for one in off if one is not None]
        found = {
            (part, power): constant
            for part, held in parts.items()
            for power in POWERS
            if (constant := _constant(ratios, held, power)) is not None
        }
        if self._left is not None:
            found = {at: one for at, one in found.items() if _same(one, self._left.get(at))}
        self._left = found
        self._off += ratios

    def parts(self) -> list[int]:
        """The parts that are that factor but for a constant, if it is no constant itself."""
        if not self._off or all(_same(one, self._off[0]) for one in self._off):
            return []
        return [part for part, _ in self._left or ()]


def _off_by(value: Any, right: Any) -> float | None:
    """By what a value has to be divided to be right; None where that is not one number."""
    try:
        own, other = np.ravel(value).astype(float), np.ravel(right).astype(float)
    except (TypeError, ValueError):
        return None
    counts = np.abs(other) > LITTLE
    if own.size != other.size or not counts.any() or (np.abs(own[~counts]) > LITTLE).any():
        return None
    ratios = own[counts] / other[counts]
    first = float(ratios[0])
    is_one = isfinite(first) and first != 0 and np.allclose(ratios, first, rtol=NEARLY, atol=0)
    return first if is_one else None


def _constant(ratios: Sequence[float], held: Sequence[Any], power: int) -> float | None:
    """What is left of a factor without a part that is one number each time."""
    if len(held) != len(ratios) or not all(map(_is_factor, held)):
        return None
    left = [ratio / float(one) ** power for ratio, one in zip(ratios, held, strict=True)]
    return left[0] if all(_same(one, left[0]) for one in left) else None


def _is_factor(value: Any) -> bool:
    is_number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return is_number and isfinite(value) and value != 0


def _same(one: float, other: float | None) -> bool:
    return other is not None and isclose(one, other, rel_tol=NEARLY)
