"""Gradients: each weight's, of the errors above and the activations below it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.formulas.frames import Numbers, Sight
from autograder.formulas.step import Arguments, Remark, Step, Vocabulary, symbols
from autograder.formulas.terms import ONE, apply, symbol
from autograder.notes6.formulas import inputs
from autograder.notes6.formulas.layers import (
    FIRST,
    LATER,
    MEANINGS,
    NOT_TOP,
    TOP,
    by_layer,
    floats,
)


def _look(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    errors, activations = floats(arguments[0]), floats(arguments[1])
    if len(answer) != len(errors):
        return []
    sights = []
    for l, given in enumerate(answer):
        sight = _of_layer(errors, activations, l, given)
        if sight is None:
            return []
        sights.append(sight)
    return sights


def _of_layer(
    errors: Sequence[Numbers], activations: Sequence[Numbers], l: int, given: Numbers
) -> Sight | None:
    """The look at the gradients of a layer; None where their shape says nothing."""
    e, below, own = errors[l], activations[l], activations[l + 1]
    right = np.outer(e, below)
    factors = {
        "n": float(len(e)),
        "n_below": float(len(below)),
        "layers": float(len(errors)),
        "n_0": float(len(activations[0])),
    }
    # The network's input has no error of its own.
    found = _entries(e, below, own, errors[l - 1] if l else below)
    regions = by_layer(l + 1, len(errors), (TOP, NOT_TOP), given.shape)
    of_own = _is_another(given, right, np.outer(e, own))
    if given.shape == right.shape and not (_is_turned(given, right) or of_own):
        return Sight("a gradient", given, right, found, factors, regions=regions)
    if given.shape in (right.shape, right.T.shape) and not of_own:
        turned = {name: value.T for name, value in found.items() if isinstance(value, np.ndarray)}
        return Sight("a gradient, turned round", given, None, turned, factors, regions=regions)
    if given.shape == (len(e), len(e)):
        both = {"e_i": e[:, None], "e_j": e[None, :], "a_i": own[:, None], "a_j": own[None, :]}
        return Sight("a gradient, its own layer's", given, None, both, factors, regions=regions)
    if given.shape == (len(below), len(below)):
        both = {"a_i": below[:, None], "a_j": below[None, :]}
        return Sight("a gradient, the layer below's", given, None, both, factors, regions=regions)
    if given.shape == e.shape:
        one = {"e": e, "a_l": own, "sum(a)": below.sum(), "mean(a)": below.mean()}
        return Sight("a gradient, a vector", given, None, one, factors, regions=regions)
    if given.size == 1:
        spread = np.full(right.shape, float(given.ravel()[0]))
        regions = by_layer(l + 1, len(errors), (TOP, NOT_TOP), right.shape)
        return Sight("a gradient, a number", spread, None, found, factors, regions=regions)
    return None


def _entries(
    e: Numbers, below: Numbers, own: Numbers, e_below: Numbers
) -> dict[str, Numbers | float]:
    """What an entry may be made of: in rows what is of its own layer, else in columns."""
    return {
        "e_i": e[:, None],
        "a_j": below[None, :],
        "a_i": own[:, None],
        "e_below_j": e_below[None, :],
        "mean(e)": float(e.mean()),
        "mean(a)": float(below.mean()),
    }


def _is_another(given: Numbers, right: Numbers, other: Numbers) -> bool:
    """Whether it is another result, which has the same shape as what is right, and not that."""
    return (
        given.shape == right.shape == other.shape
        and np.allclose(given, other)
        and not np.allclose(given, right)
    )


def _is_turned(given: Numbers, right: Numbers) -> bool:
    """Whether a square matrix is right but for rows and columns."""
    square = right.shape[0] == right.shape[1] > 1
    return square and np.allclose(given.T, right) and not np.allclose(given, right)


_LAYERS = ((FIRST, LATER), (TOP, NOT_TOP))
_e_i, _a_j, _a_i = symbols("e_i, a_j, a_i")
_TERMS = (
    _e_i,
    _a_j,
    _e_i * _a_j,
    _a_i,
    ONE,
    _e_i * _a_j * apply("is positive", _a_i),
    (_e_i - symbol("mean(e)")) * _a_j,
    _e_i * (_a_j - symbol("mean(a)")),
    apply("is positive", _a_i),
    _a_i * apply("one minus", _a_i),
    apply("is positive", _a_j),
    _a_j * apply("one minus", _a_j),
    *symbols("n, n_below, e_below_j"),
)
_ONES = ("square", "abs", "sign", "one minus", "positive part", "is positive", "reciprocal",
         "root", "norm", "sum", "mean", "max", "row sum", "column sum", "row norm",
         "column norm", "tanh", "exp")  # fmt: skip

_REMARKS = (
    Remark("departs.mean_taken_away", ("mean(e)", "mean(a)")),
    Remark("departs.error_for_activation", ("e_below_j",)),
    Remark("departs.sign_of_error", ("sign(e_i)",)),
    Remark("departs.gradients_put_together", ("sum", "mean", "max")),
    Remark("departs.size_of_activations_taken_out", ("row norm",), ("column norm", "norm")),
    Remark("departs.length_of_its_own", ("norm", "row norm", "column norm")),
    Remark("departs.another_slope_too", ("a_i · (1 − a_i)", "1 − a_i")),
    Remark("departs.without_its_error", ("a_i",), ("e_i",)),
    Remark("departs.slope_twice", ("a_i",)),
    Remark("departs.above_0_alone", whole=("e_i · [a_j > 0]",)),
    Remark("departs.slope_of_activation_below", ("a_j · (1 − a_j)", "1 − a_j", "[a_j > 0]")),
)
_STEPS = (
    Step(
        "a gradient",
        "computed.gradient_entry",
        _e_i * _a_j,
        _TERMS,
        _ONES,
        _LAYERS,
        meanings=MEANINGS,
        remarks=_REMARKS,
    ),
    Step(
        "a gradient, turned round",
        "computed.turned_gradient_entry",
        None,
        _TERMS,
        _ONES,
        meanings=MEANINGS,
        remarks=_REMARKS,
        shape="shapes.rows_and_columns_turned",
    ),
    Step(
        "a gradient, its own layer's",
        "computed.entry",
        None,
        (*symbols("e_i, e_j, a_i, a_j"), ONE, _e_i * _a_j),
        _ONES,
        meanings=("symbols_of_own_layer", *MEANINGS),
        shape="shapes.neurons_of_own_layer",
    ),
    Step(
        "a gradient, the layer below's",
        "computed.entry",
        None,
        (*symbols("a_i, a_j"), ONE),
        _ONES,
        meanings=("symbols_of_layer_below", *MEANINGS),
        shape="shapes.neurons_of_layer_below",
    ),
    Step(
        "a gradient, a vector",
        "computed.result_for_a_layer",
        None,
        symbols("e, a_l, sum(a), mean(a), n, n_below"),
        ("square", "abs", "sum", "mean", "norm", "one minus", "is positive"),
        meanings=MEANINGS,
        shape="shapes.vector_for_matrix_of_layer",
        shape_first=True,
    ),
    Step(
        "a gradient, a number",
        "computed.result_for_a_layer",
        None,
        _TERMS,
        _ONES,
        meanings=MEANINGS,
        shape="shapes.number_for_matrix_of_layer",
        shape_first=True,
    ),
)

VOCABULARY = Vocabulary(_STEPS, _look, inputs.gradients, apart=_LAYERS)
