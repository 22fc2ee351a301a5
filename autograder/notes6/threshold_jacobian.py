"""`threshold_jacobian`: 1 on the diagonal for each input that passes, 0 elsewhere (6.2)."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.assignment.exercise import Exercise
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    ROUNDINGS,
    add_array_faults,
    declare,
    finish,
)
from autograder.assignment.recipe import Recipe, Step, same
from autograder.notes6.formulas import VOCABULARIES
from autograder.notes6.in_pieces import in_pieces
from autograder.notes6.quantities import QUANTITIES
from autograder.notes6.shown_by import SHOWN_BY
from autograder.notes6.threshold import (
    AT_THE_EDGE,
    CONDITIONS,
    LEADS_TO,
    LOOKS,
    above,
    around_the_edge,
    choose,
    chosen,
    compared_with_others,
    nothing,
    threshold_elsewhere,
    whole,
)
from autograder.notes6.vectors import (
    MATRIX_LAYOUTS,
    Faults,
    allowed,
    by_input_value,
    first_row,
    ordinary,
    sigmoid,
    stable_softmax,
    vector_inputs,
)

#: How far the hand-out's wiggle moves an input.
WIGGLE = 1e-5


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
    "slope-half-at-minus-1": {"low": lambda x: np.where(x == -1, 0.5, 0)},
    "outputs-divided-by-inputs": {"high": lambda x: x / x, "low": lambda x: 0 / x},
    "slope-1-everywhere": {"low": np.ones_like},
    "blocked-slope-minus-1": {"low": lambda x: -np.ones_like(x)},
    "outputs-in-place-of-jacobian": {"high": same, "layout": np.diagonal},
    "blocked-rows-left-out": {"layout": lambda J: J[np.diagonal(J) != 0]},
    "blocked-columns-left-out": {"layout": lambda J: J[:, np.diagonal(J) != 0]},
    "slopes-as-a-column": {"layout": lambda J: np.diagonal(J)[:, None]},
    "slopes-as-a-row": {"layout": lambda J: np.diagonal(J)[None, :]},
    "blocked-slope-nan": {"low": lambda x: np.full(x.shape, np.nan)},
    "blocked-slope-is-the-input": {"low": same},
    "leak-of-a-hundredth": {"low": lambda x: np.full(x.shape, 0.01)},
    "leak-of-a-tenth": {"low": lambda x: np.full(x.shape, 0.1)},
    "sigmoid-in-place-of-threshold": whole(lambda x: sigmoid(x) * (1 - sigmoid(x))),
    "tanh-in-place-of-threshold": whole(lambda x: 1 - np.tanh(x) ** 2),
    "wiggled-across-the-edge": whole(_wiggled_slope),
}


def _tiled(slopes: Any) -> Any:
    return np.tile(slopes, (len(slopes), 1))


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
    "slopes-in-first-row": {"matrix": lambda slopes: first_row(_tiled(slopes))},
    "slopes-in-first-column": {"matrix": lambda slopes: first_row(_tiled(slopes)).T},
    "beside-the-diagonal-cut-off": {"matrix": lambda slopes: np.diag(slopes[:-1], k=1)},
    "beside-the-diagonal-too-large": {"matrix": lambda slopes: np.diag(slopes, k=1)},
    "blocked-left-out": {"matrix": lambda slopes: np.diag(slopes[slopes != 0])},
}

#: Faults of vectors, and faults that leave zeros and ones, or a diagonal matrix, as they are.
NOT_OF_SLOPES = (
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


def jacobian(s: Any, x: Any) -> Any:
    return finish(s, s.layout(s.other(s.matrix(choose(s, x)), x)))


def _threshold_jacobian(s: Any, c: Any, x: Any) -> Any:
    return jacobian(s, np.asarray(x, dtype=float))


JACOBIAN_STEPS: dict[str, Step] = {
    "above": above,
    "high": np.ones_like,
    "low": nothing,
    "chosen": chosen,
    "matrix": np.diag,
    "other": lambda J, x: J,
    "layout": same,
}

#: Another function's Jacobian altogether.
_OTHER_JACOBIAN: Faults = {
    "softmax-in-place-of-threshold": {
        **JACOBIAN_STEPS,
        "other": _softmax_jacobian,
    },
}

JACOBIANS = CONDITIONS | _SLOPES | _PLACES | _OTHER_JACOBIAN | MATRIX_LAYOUTS

recipe = Recipe("threshold_jacobian", _threshold_jacobian, **JACOBIAN_STEPS, **OUTPUT_STEPS)
declare(recipe, JACOBIANS)
add_array_faults(recipe, without=NOT_OF_SLOPES)


#: At the notes' own vector its value is the answer of the practice, so another one serves.
_NOTES = np.array([0.6, -1.4, -0.3, 1.2])

exercise = Exercise(
    name="threshold_jacobian",
    question="practice_6_1",
    parameters=("x",),
    returns="array",
    section="6.2",
    inputs=lambda rng: vector_inputs(
        "threshold_jacobian", rng, _NOTES, AT_THE_EDGE, around_the_edge
    ),
    ordinary=ordinary,
    allowed=allowed,
    recipe=recipe,
    vocabulary=VOCABULARIES["threshold_jacobian"],
    quantities=QUANTITIES["threshold_jacobian"],
    shown_by=SHOWN_BY["threshold_jacobian"],
    properties=(threshold_elsewhere, compared_with_others, by_input_value),
    experiment=in_pieces((0, 1), "shared.rule_on_diagonal"),
    leads_to=LEADS_TO,
    looks=LOOKS,
    families={
        "sign": ("threshold-at-plus-1",),
    },
    picture="jacobian",
    kinks=(-1.0,),
)
