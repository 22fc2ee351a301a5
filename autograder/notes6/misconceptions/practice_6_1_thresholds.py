"""Misconceptions of ``threshold``, of its Jacobian, and of that Jacobian worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    ROUNDINGS,
    add_array_faults,
    declare,
    finish,
    first_filled,
)
from autograder.assignment.recipe import Recipe, Step, same
from autograder.notes6.probes import HAND_X

Faults = dict[str, dict[str, Step]]

#: How far the hand-out's wiggle moves an input.
WIGGLE = 1e-5


def numerical_jacobian(function: Any, x: Any, up: Any, down: Any) -> Any:
    """Wiggle each input: column j is the change of the outputs per change of input j.

    Parameters
    ----------
    function : callable
    x : array of shape (I,)
    up, down : arrays of shape (I,)
        How far each input is moved to either side.
    """
    moves = zip(np.diag(up), np.diag(down), up + down, strict=True)
    columns = [(np.asarray(function(x + u)) - function(x - d)) / size for u, d, size in moves]
    return np.column_stack(columns)


# --- the condition, and what it chooses between -------------------------------------------------


def _above(x: Any) -> Any:
    return x > -1


def _nothing(x: Any) -> Any:
    return np.zeros(x.shape)


def _chosen(x: Any, values: Any, mask: Any) -> Any:
    return values


def _choose(s: Any, x: Any) -> Any:
    mask = s.above(x)
    return s.chosen(x, np.where(mask, s.high(x), s.low(x)), mask)


def _whole(function: Step) -> dict[str, Step]:
    """The steps of a student who computes another function, with no condition at all."""
    return {
        "above": _above,
        "high": same,
        "low": _nothing,
        "chosen": lambda x, values, mask: function(x),
    }


def sigmoid(x: Any) -> Any:
    """The logistic function of each input on its own."""
    return 1 / (1 + np.exp(-x))


def stable_softmax(x: Any) -> Any:
    """Softmax as a student writes it out who gets it right."""
    exps = np.exp(x - np.max(x))
    return exps / np.sum(exps)


#: Other conditions in place of ``x > -1``.
_CONDITIONS: Faults = {
    "threshold-at-0": {"above": lambda x: x > 0},
    "threshold-at-plus-1": {"above": lambda x: x > 1},
    "threshold-at-plus-1-included": {"above": lambda x: x >= 1},
    "exactly-minus-1-let-through": {"above": lambda x: x >= -1},
    "condition-reversed": {"above": lambda x: x < -1},
    "branches-exchanged": {"above": lambda x: x <= -1},
    "sizes-above-1-let-through": {"above": lambda x: np.abs(x) > 1},
    "only-between-minus-1-and-1": {"above": lambda x: np.abs(x) < 1},
    "one-blocks-all": {"above": lambda x: np.full(x.shape, np.all(x > -1))},
    "one-lets-all-through": {"above": lambda x: np.full(x.shape, np.any(x > -1))},
}

# --- threshold ----------------------------------------------------------------------------------

_VALUES: Faults = {
    "ones-in-place-of-values": {"high": np.ones_like},
    "distance-from-threshold": {"high": lambda x: x + 1},
    "values-capped-at-1": {"high": lambda x: np.minimum(x, 1)},
    "blocked-set-to-minus-1": {"low": lambda x: -np.ones_like(x)},
    "blocked-set-to-1": {"low": np.ones_like},
    "blocked-set-to-nan": {"low": lambda x: np.full(x.shape, np.nan)},
    "blocked-sign-turned": {"low": np.negative},
    "nothing-blocked": {"low": same},
    "leak-of-a-hundredth": {"low": lambda x: 0.01 * x},
    "leak-of-a-tenth": {"low": lambda x: 0.1 * x},
    "blocked-left-out": {"chosen": lambda x, values, mask: values[mask]},
    "only-the-first-entry-treated": {
        "chosen": lambda x, values, mask: np.append(values[:1], x[1:])
    },
    "positions-in-place-of-values": {"chosen": lambda x, values, mask: np.flatnonzero(mask)},
    "sigmoid-in-place-of-threshold": _whole(sigmoid),
    "tanh-in-place-of-threshold": _whole(np.tanh),
    "softmax-in-place-of-threshold": _whole(stable_softmax),
}


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


def _threshold(s: Any, c: Any, x: Any) -> Any:
    return finish(s, _choose(s, np.asarray(x, dtype=float)))


threshold = Recipe(
    "threshold",
    _threshold,
    above=_above,
    high=same,
    low=_nothing,
    chosen=_chosen,
    **OUTPUT_STEPS,
)
declare(threshold, _CONDITIONS | _VALUES | VECTOR_SHAPES)
add_array_faults(
    threshold,
    without=(
        # That is what comes of a threshold at 0.
        "negative-entries-set-to-0",
        # The inputs have hardly more decimals, and come out as they are.
        "rounded-to-3-decimals",
        "rounded-to-4-decimals",
    ),
)

# --- threshold_jacobian -------------------------------------------------------------------------


def _wiggled_slope(x: Any) -> Any:
    """What central differences make of the jump at -1, beside the slopes elsewhere."""
    up, down = x + WIGGLE, x - WIGGLE
    crossing = (up > -1) & (down <= -1)
    return np.where(crossing, up / (2 * WIGGLE), x > -1)


_SLOPES: Faults = {
    "threshold-at-0-included": {"above": lambda x: x >= 0},
    "slope-0-at-0": {"above": lambda x: (x > -1) & (x != 0)},
    "values-in-place-of-slopes": {"high": same},
    "inputs-in-place-of-slopes": {"high": same, "low": same},
    "signs-in-place-of-slopes": {"high": np.sign},
    "slope-1-everywhere": {"low": np.ones_like},
    "blocked-slope-minus-1": {"low": lambda x: -np.ones_like(x)},
    "outputs-in-place-of-jacobian": {"high": same, "layout": np.diagonal},
    "slopes-as-a-column": {"layout": lambda J: np.diagonal(J)[:, None]},
    "slopes-as-a-row": {"layout": lambda J: np.diagonal(J)[None, :]},
    "blocked-slope-nan": {"low": lambda x: np.full(x.shape, np.nan)},
    "blocked-slope-is-the-input": {"low": same},
    "leak-of-a-hundredth": {"low": lambda x: np.full(x.shape, 0.01)},
    "leak-of-a-tenth": {"low": lambda x: np.full(x.shape, 0.1)},
    "sigmoid-in-place-of-threshold": _whole(lambda x: sigmoid(x) * (1 - sigmoid(x))),
    "tanh-in-place-of-threshold": _whole(lambda x: 1 - np.tanh(x) ** 2),
    "wiggled-across-the-edge": _whole(_wiggled_slope),
}


def _tiled(slopes: Any) -> Any:
    return np.tile(slopes, (len(slopes), 1))


def _first_row(matrix: Any) -> Any:
    return np.vstack([matrix[:1], np.zeros_like(matrix[1:])])


def _off_diagonal_ones(slopes: Any) -> Any:
    return np.where(np.eye(len(slopes), dtype=bool), slopes, 1)


#: What takes the place of the diagonal matrix of the slopes.
_PLACES: Faults = {
    "slopes-fill-every-row": {"matrix": _tiled},
    "slopes-fill-every-column": {"matrix": lambda slopes: _tiled(slopes).T},
    "outer-product-of-slopes": {"matrix": lambda slopes: np.outer(slopes, slopes)},
    "ones-everywhere": {"matrix": lambda slopes: np.ones((len(slopes), len(slopes)))},
    "ones-off-the-diagonal": {"matrix": _off_diagonal_ones},
    "zeros-and-ones-exchanged": {"matrix": lambda slopes: 1 - np.diag(slopes)},
    "softmax-formula-with-slopes": {
        "matrix": lambda slopes: np.diag(slopes) - np.outer(slopes, slopes)
    },
    "slopes-fill-lower-triangle": {"matrix": lambda slopes: np.tril(_tiled(slopes).T)},
    "slopes-fill-upper-triangle": {"matrix": lambda slopes: np.triu(_tiled(slopes).T)},
    "slopes-in-first-row": {"matrix": lambda slopes: _first_row(_tiled(slopes))},
    "slopes-in-first-column": {"matrix": lambda slopes: _first_row(_tiled(slopes)).T},
    "beside-the-diagonal-cut-off": {"matrix": lambda slopes: np.diag(slopes[:-1], k=1)},
    "beside-the-diagonal-too-large": {"matrix": lambda slopes: np.diag(slopes, k=1)},
    "blocked-left-out": {"matrix": lambda slopes: np.diag(slopes[slopes != 0])},
}


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
    "returned-after-first-row": {"layout": _first_row},
    "list-of-first-row": {"layout": lambda J: J[:1]},
    "last-row-and-column-left-at-0": {"layout": _last_cross_left},
    "first-row-and-column-left-at-0": {"layout": _first_cross_left},
    "last-row-and-column-missing": {"layout": lambda J: J[:-1, :-1]},
    "flattened": {"layout": np.ravel},
}

#: Faults of vectors, and faults that leave zeros and ones, or a diagonal matrix, as they are.
_NOT_OF_SLOPES = (
    *ROUNDINGS,
    "absolute-values",
    "squared",
    "negative-entries-set-to-0",
    "column-shape",
    "row-shape",
)


def _softmax_jacobian(slopes: Any, x: Any) -> Any:
    s = stable_softmax(x)
    return np.diag(s) - np.outer(s, s)


def _jacobian(s: Any, x: Any) -> Any:
    return finish(s, s.layout(s.other(s.matrix(_choose(s, x)), x)))


def _threshold_jacobian(s: Any, c: Any, x: Any) -> Any:
    return _jacobian(s, np.asarray(x, dtype=float))


_JACOBIAN_STEPS: dict[str, Step] = {
    "above": _above,
    "high": np.ones_like,
    "low": _nothing,
    "chosen": _chosen,
    "matrix": np.diag,
    "other": lambda J, x: J,
    "layout": same,
}
#: Another function's Jacobian altogether.
_OTHER_JACOBIAN: Faults = {
    "softmax-in-place-of-threshold": {
        **_JACOBIAN_STEPS,
        "other": _softmax_jacobian,
    },
}
_JACOBIANS = _CONDITIONS | _SLOPES | _PLACES | _OTHER_JACOBIAN | MATRIX_LAYOUTS

threshold_jacobian = Recipe(
    "threshold_jacobian", _threshold_jacobian, **_JACOBIAN_STEPS, **OUTPUT_STEPS
)
declare(threshold_jacobian, _JACOBIANS)
add_array_faults(threshold_jacobian, without=_NOT_OF_SLOPES)


# --- worked by hand -----------------------------------------------------------------------------

#: At the vector of the practice these are right, or the same as another that is declared.
_SAME_BY_HAND = (
    "exactly-minus-1-let-through",
    "only-between-minus-1-and-1",
    "slope-0-at-0",
    "wiggled-across-the-edge",
    "branches-exchanged",
    "sizes-above-1-let-through",
    "threshold-at-0-included",
    "threshold-at-plus-1",
    "threshold-at-plus-1-included",
    "one-blocks-all",
    "one-lets-all-through",
)


def _practice_6_1(s: Any, c: Any) -> Any:
    return _jacobian(s, HAND_X)


practice_6_1 = Recipe("practice_6_1", _practice_6_1, **_JACOBIAN_STEPS, **OUTPUT_STEPS)
declare(practice_6_1, _JACOBIANS, without=_SAME_BY_HAND)
add_array_faults(practice_6_1, without=(*_NOT_OF_SLOPES, "normalised-to-length-one"))
practice_6_1.add("other-negative-input-blocked", above=lambda x: x != x[2])
