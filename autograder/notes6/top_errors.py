"""What can be seen of a wrong error at the top, from which the hidden ones may follow rightly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.assignment.judging import Floats, close
from autograder.assignment.rows import Row, finite
from autograder.notes6.networks import arrays
from autograder.source.phrases import Said, said

#: So many answers, or outputs with several targets, at least must show it.
FEWEST = 4
#: What an output is off by says nothing where it is as small.
_TOO_SMALL = 1e-4
_ROUNDING = 1e-5


def top_alone(rows: list[Row]) -> Iterator[Said]:
    """Whether the error at the top is wrong and the hidden ones follow from it as they should."""
    wrong, deep = 0, 0
    for row in _compared(rows):
        assert row.given is not None
        weights, activations, _ = row.probe.arguments
        if not _follow(row.given, arrays(weights), arrays(activations)):
            return
        if not row.is_right:
            wrong += 1
            deep += any(one.any() for one in row.given[:-1])
    if min(wrong, deep) >= FEWEST:
        yield said("backward.top_alone")


def _compared(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.given and row.has_right_shapes and finite(row.given)]


def _follow(errors: Any, weights: Any, activations: Any) -> bool:
    """Whether each hidden error is what the one above it makes."""
    below = zip(errors[:-1], errors[1:], weights[1:], activations[1:], strict=False)
    return all(close(one, (above @ W) * (a > 0)).all() for one, above, W, a in below)


def outputs_by_themselves(rows: list[Row]) -> Iterator[Said]:
    """Whether at the top an output's error has nothing of what the other outputs are off by."""
    networks: dict[bytes, list[tuple[Floats, Floats]]] = {}
    for row in _compared(rows):
        assert row.given is not None
        top, target = np.asarray(row.probe.arguments[1][-1], dtype=float), row.probe.arguments[2]
        off = top - np.asarray(target, dtype=float)
        if len(off) > 1 and not close(row.given[-1], row.right[-1]).all():
            networks.setdefault(top.tobytes(), []).append((off, row.given[-1]))
    spread = [one for pairs in networks.values() for one in _spread(pairs)]
    if len(spread) >= FEWEST and max(spread) < _ROUNDING:
        yield said("backward.outputs_by_themselves")


def _spread(pairs: list[tuple[Floats, Floats]]) -> Iterator[float]:
    """By output how far the factors differ that make its errors of what it is off by."""
    for off, errors in zip(*(np.array(side).T for side in zip(*pairs, strict=True)), strict=True):
        factors = (errors / np.where(off, off, 1))[np.abs(off) > _TOO_SMALL]
        if len(factors) > 1 and factors.any():
            yield float(np.ptp(factors) / np.abs(factors).max())
