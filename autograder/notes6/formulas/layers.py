"""What the layers of a network hold, and which of them there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.formulas.frames import Mask, Numbers
from autograder.notes6.formulas.shares import jacobian_of_shares, softmax

MEANINGS = ("symbols_of_networks",)
#: Layers that people treat apart from the others.
FIRST, LATER = "where.first_layer", "where.layers_after_it"
BELOW_TOP, EARLIER = "where.layer_below_top", "where.layers_before_it"
TOP, NOT_TOP = "where.top_layer", "where.layers_before_it"


def forward(weights: Sequence[Numbers], x: Numbers) -> list[Numbers]:
    """The activations of all layers."""
    activations = [x]
    for W in weights[:-1]:
        activations.append(np.maximum(W @ activations[-1], 0))
    return [*activations, softmax(weights[-1] @ activations[-1])]


def backward(
    weights: Sequence[Numbers], activations: Sequence[Numbers], top: Numbers
) -> list[Numbers]:
    """The errors of all layers from that at the top."""
    errors = [top]
    for W, a in zip(weights[:0:-1], activations[-2:0:-1], strict=True):
        errors.append((errors[-1] @ W) * (a > 0))
    return errors[::-1]


def top_error(a: Numbers, target: Numbers) -> Numbers:
    """The error at the top."""
    error: Numbers = (a - target) @ jacobian_of_shares(a)
    return error


def floats(arrays: Sequence[Any]) -> list[Numbers]:
    """The arrays of a list, with room for decimals."""
    return [np.asarray(array, dtype=float) for array in arrays]


def as_right(given: Numbers, right: Numbers) -> Numbers:
    """The student's numbers; the right ones where they are those, so that tables are shared."""
    same = given.shape == right.shape and np.allclose(given, right, rtol=1e-6, atol=1e-9)
    return right if same else given


def length(v: Numbers) -> float:
    """A length to divide by; none where it is so short that people add something to it."""
    found = float(np.linalg.norm(v))
    return found if found > 1e-6 else np.nan


def by_layer(l: int, count: int, last: tuple[str, str], size: tuple[int, ...]) -> dict[str, Mask]:
    """Which layers these numbers belong to, for who treats the first or the last one apart."""
    regions = {FIRST: l == 1, LATER: l > 1, last[0]: l == count, last[1]: l < count}
    return {name: np.full(size, is_there) for name, is_there in regions.items()}
