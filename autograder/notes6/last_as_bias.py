"""Gradients of code that takes the last weight of each neuron for a bias (6.4)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.assignment.judging import Floats, compare
from autograder.assignment.rows import Row
from autograder.source.phrases import Said, said

#: So many answers at least must show it.
_FEWEST = 3


def bias_in_gradients(rows: list[Row]) -> Iterator[Said]:
    """Whether the last column of each wrong matrix is the bare error, or has it added."""
    wrong = [row for row in rows if not row.is_right and row.given and row.has_right_shapes]
    if len(wrong) >= _FEWEST and all(map(_is_of_bias, wrong)):
        yield said("weight_gradients.last_as_bias")


def _is_of_bias(row: Row) -> bool:
    errors = [np.asarray(e, dtype=float) for e in row.probe.arguments[0]]
    for given, right, e in zip(row.given or (), row.right, errors, strict=True):
        column = given[:, -1]
        if not _alike(given[:, :-1], right[:, :-1]):
            return False
        if not any(_alike(column, other) for other in (e, right[:, -1] + e)):
            return False
    return True


def _alike(given: Floats, other: Floats) -> bool:
    return compare([given], [other]) is None
