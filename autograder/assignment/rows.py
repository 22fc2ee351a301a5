"""Answers beside the right ones, as an exercise's own observations look at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.assignment.judging import Answer, close
from autograder.assignment.probe import Probe


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


def factor_in_words(value: float) -> str:
    """A factor with what it means: the sign, and a division or multiplication."""
    size, sign = abs(value), "with the opposite sign" if value < 0 else ""
    by = ""
    # Beyond this it is underflow or overflow, no factor that anyone wrote.
    if 1e-4 < size < 1 and abs(1 / size - round(1 / size)) < 1e-4:
        by = f"divided by {round(1 / size)}"
    elif 1 < size < 1e4 and abs(size - round(size)) < 1e-4:
        by = f"{round(size)} times too large"
    meaning = " and ".join(part for part in (by, sign) if part)
    return f"{value:.4g} ({meaning})" if meaning else f"{value:.4g}"


def finite(arrays: Answer) -> bool:
    """Whether all numbers are numbers."""
    return all(np.isfinite(array).all() for array in arrays)
