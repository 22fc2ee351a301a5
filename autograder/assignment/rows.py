"""Answers beside the right ones, as an exercise's own observations look at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.assignment.judging import Answer, Floats, close
from autograder.assignment.probe import Probe
from autograder.source.phrases import InARow, Said, said

#: Sums of two numbers that stand in the code of an answer by hand.
Sums = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Row:
    """One probe with its right answer and the student's, where one came back."""

    probe: Probe
    right: Answer
    given: Answer | None
    is_right: bool

    @property
    def has_right_shapes(self) -> bool:
        """Whether numbers came back, in the shapes that are asked for."""
        return self.given is not None and [g.shape for g in self.given] == [
            r.shape for r in self.right
        ]

    def wrong(self) -> list[NDArray[Any]]:
        """For each array of the answer, which entries are wrong."""
        assert self.given is not None
        return [~close(g, r) for g, r in zip(self.given, self.right, strict=True)]


def public(rows: list[Row]) -> list[Row]:
    """Those whose numbers may be told."""
    return [row for row in rows if row.probe.public]


def factor_in_words(value: float) -> Said:
    """A factor with what it means: the sign, and a division or multiplication."""
    size = abs(value)
    meaning = []
    # Beyond this it is underflow or overflow, no factor that anyone wrote.
    if 1e-4 < size < 1 and abs(1 / size - round(1 / size)) < 1e-4:
        meaning.append(said("factor.divided", by=round(1 / size)))
    elif 1 < size < 1e4 and abs(size - round(size)) < 1e-4:
        meaning.append(said("factor.too_large", times=round(size)))
    if value < 0:
        meaning.append(said("factor.opposite_sign"))
    if not meaning:
        return said("factor.alone", value=f"{value:.4g}")
    return said("factor.with_meaning", value=f"{value:.4g}", meaning=InARow(tuple(meaning)))


def finite(arrays: Answer) -> bool:
    """Whether all numbers are numbers."""
    return all(np.isfinite(array).all() for array in arrays)


def in_another_order(row: Row) -> bool:
    """Whether a list of several holds all that it should, each at another place or not."""
    left = [*(row.given or ())]
    for right in row.right:
        at = next((n for n, one in enumerate(left) if is_close(one, right)), None)
        if at is None:
            return False
        del left[at]
    return len(row.right) > 1 and not left


def is_close(given: Floats, right: Floats) -> bool:
    """Whether an array is the right one, in its shape too."""
    return given.shape == right.shape and bool(np.all(close(given, right)))
