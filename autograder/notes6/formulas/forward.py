"""Forward: the activations of all layers, each from the student's own below it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.formulas.frames import Mask, Numbers, Sight
from autograder.formulas.step import (
    EVERYWHERE,
    Arguments,
    Remark,
    Step,
    Vocabulary,
    adds_up_to_something_else,
    symbols,
    without_brackets,
)
from autograder.formulas.terms import ONE, Term, apply, symbol
from autograder.notes6.formulas import inputs
from autograder.notes6.formulas.layers import (
    BELOW_TOP,
    EARLIER,
    FIRST,
    LATER,
    MEANINGS,
    as_right,
    by_layer,
    floats,
)
from autograder.notes6.formulas.shares import softmax

_SOFT = "softmax"
#: Weights that are divided by their sum before they are used.
_BY_ROW, _BY_COLUMN = "(W / row sums) @ a_below", "(W / column sums) @ a_below"
#: The last weight of each row as a bias, and what comes in last left out.
_WITH_BIAS = "z with the last weight as bias"
_ON, _OFF = "where.z_above_0", "where.z_0_or_below"
_AS_WIDE, _OTHER_WIDTH = "where.as_wide_as_top", "where.of_another_width"
_AS_SHAPED, _OTHER_SHAPE = "where.shaped_as_top", "where.of_another_shape"
_WINS, _LOSES = "where.z_is_largest", "where.z_is_not_largest"
#: Of the top alone: what is below 0 comes through in part.
_LEAKED = "z, shrunk below 0"


def _look(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    weights, x = floats(arguments[0]), np.asarray(arguments[1], dtype=float)
    if len(answer) != len(weights) + 1:
        return []
    start = without_brackets(answer[0], len(x))
    sights = [_first_of_list(start, x)] if start.shape == x.shape else []
    right, below = x, as_right(start, x)
    for l, W in enumerate(weights, start=1):
        given = without_brackets(answer[l], len(W))
        if below.shape != (W.shape[1],) or given.shape != (len(W),):
            break
        is_top = l == len(weights)
        sights.append(_top(W, x, below, given) if is_top else _hidden(weights, l, x, below, given))
        right = softmax(W @ right) if is_top else np.maximum(W @ right, 0)
        below = as_right(given, right)
    return sights


def _first_of_list(start: Numbers, x: Numbers) -> Sight:
    found = {"x": x, "std(x)": x.std()}
    return Sight("the first entry of the list", start, x, found, {"n": float(len(x))})


def _hidden(
    weights: Sequence[Numbers], l: int, x: Numbers, below: Numbers, given: Numbers
) -> Sight:
    W, highest = weights[l - 1], weights[-1]
    z = W @ below
    is_as_wide, is_as_shaped = len(W) == len(highest), W.shape == highest.shape
    regions = {
        _ON: z > 0,
        _OFF: z <= 0,
        **by_layer(l, len(weights) - 1, (BELOW_TOP, EARLIER), z.shape),
        _AS_WIDE: np.full(z.shape, is_as_wide),
        _OTHER_WIDTH: np.full(z.shape, not is_as_wide),
        _AS_SHAPED: np.full(z.shape, is_as_shaped),
        _OTHER_SHAPE: np.full(z.shape, not is_as_shaped),
    }
    found = _symbols_of(W, x, below, given)
    right = np.maximum(z, 0)
    return Sight("a hidden activation", given, right, found, _sizes(W), regions=regions)


def _top(W: Numbers, x: Numbers, below: Numbers, given: Numbers) -> Sight:
    z = W @ below
    found = {**_symbols_of(W, x, below, given), _LEAKED: _leak(given, z)}
    regions: dict[str, Mask] = {_WINS: z == z.max(), _LOSES: z < z.max()}
    return Sight("the top activation", given, softmax(z), found, _sizes(W), regions=regions)


def _sizes(W: Numbers) -> dict[str, float]:
    return {"n": float(len(W)), "n_below": float(W.shape[1])}


def _symbols_of(
    W: Numbers, x: Numbers, below: Numbers, given: Numbers
) -> dict[str, Numbers | float]:
    """What an activation may be made of, from those below it."""
    z = W @ below
    found: dict[str, Numbers | float] = {
        "z": z,
        "[z > 0]": (z > 0).astype(float),
        "[z > 1]": (z > 1).astype(float),
        "log(1 + exp(z))": np.logaddexp(0, z),
        "z + b": z + _shift(given, z),
        "[z > −1]": (z > -1).astype(float),
        "sum(a_below)": below.sum(),
        "row sums of W": W.sum(axis=1),
        "|W| @ a_below": np.abs(W) @ below,
        _BY_ROW: (W / W.sum(axis=1, keepdims=True)) @ below,
        _BY_COLUMN: (W / W.sum(axis=0)) @ below,
        _WITH_BIAS: W[:, :-1] @ below[:-1] + W[:, -1],
    }
    if W.shape[1] == len(x):
        found["W @ x"] = W @ x
    if len(W) == W.shape[1]:
        found |= {"a_below": below, "W.T @ a_below": W.T @ below}
    found["a_below where it fits"] = below if len(W) == len(below) else np.zeros(len(W))
    return found


def _leak(given: Numbers, z: Numbers) -> Numbers:
    """What softmax was given if z below 0 came through in part: the part by what came out.

    All are as far from one another as the logarithms of the shares; z where no part fits.
    """
    low = z < 0
    if not (low.any() and (given > 0).all()):
        return z
    shares = np.log(given) - np.maximum(z, 0)
    unknown = np.stack([np.minimum(z, 0), np.ones(len(z))], axis=1)
    part, _ = np.linalg.lstsq(unknown, shares, rcond=None)[0]
    leaked = np.where(low, part * z, z)
    fits = 0 < part < 1 and np.allclose(softmax(leaked), given, rtol=1e-6)
    return leaked if fits else z


def _shift(given: Numbers, z: Numbers) -> float:
    """What is added to all z of a layer, as what its threshold lets through shows it."""
    shifts = (given - z)[given > 0]
    if not shifts.size or np.ptp(shifts) > 1e-9 or abs(shifts[0] - 1) < 1e-9:
        # A shift of 1 can be told as that number.
        return 0.0
    return float(shifts[0])


_x, _z, _on_z = symbols("x, z, [z > 0]")
_relu_z = apply("positive part", _z)
_softmax_z = apply(_SOFT, _z)
#: What a residual connection adds.
_PAST = symbol("a_below where it fits")
_ONES = ("square", "one minus", "reciprocal", "abs", "exp", "log", "root", "positive part",
         "is positive", "logistic", "tanh", "sign", "sum", "mean", "max", "min",
         "norm")  # fmt: skip


def _minus(term: Term) -> Term:
    return ONE - term if term == ONE else Term("*", (Term("number", value=-1.0), term))


_OF_HIDDEN = (
    Remark("departs.weights_as_parts", (_BY_ROW, _BY_COLUMN)),
    Remark("departs.input_again", ("W @ x",)),
    Remark("departs.size_for_place", ("softmax",), where=_AS_WIDE),
    Remark("departs.shape_for_place", ("softmax",), where=_AS_SHAPED),
    Remark("departs.top_threshold_in_hidden", ("softmax",)),
    Remark("departs.last_weight_as_bias", (_WITH_BIAS,)),
    Remark("departs.bias", ("z + b",)),
    Remark("departs.activation_added", (_PAST.name,)),
    Remark("departs.smooth_threshold_in_hidden", ("log(1 + exp(z))", "z · sigmoid(z)")),
    Remark("departs.s_shaped_in_hidden", ("logistic", "tanh")),
    Remark("departs.neurons_put_together", ("sum", "mean", "max", "norm")),
    Remark("departs.no_threshold", whole=("z",), where=EVERYWHERE),
    Remark("departs.below_0_gets_through", where=_OFF),
    Remark("departs.weights_turned", ("W.T @ a_below",)),
)
_OF_TOP = (
    Remark("departs.last_weight_as_bias", (_WITH_BIAS,)),
    Remark("departs.weights_as_parts", (_BY_ROW, _BY_COLUMN)),
    Remark("departs.winner_takes_all", whole=("1",), where=_WINS),
    Remark("departs.softmax_threshold_twice", ("softmax(softmax(z))",)),
    Remark("departs.weights_turned", ("W.T @ a_below",)),
    Remark("departs.input_again", ("W @ x",)),
    Remark("departs.hidden_threshold_before_softmax", ("softmax(max(0, z))", _LEAKED)),
    Remark("departs.sums_changed_before_softmax", ("softmax",), ("softmax(z)",)),
    Remark("departs.hidden_threshold_at_top", ("positive part", "[z > 0]")),
    Remark("departs.each_sum_alone", ("logistic", "tanh")),
    Remark("departs.outputs_no_shares", holds=adds_up_to_something_else),
)
_STEPS = (
    Step(
        "the first entry of the list",
        "computed.first_of_list",
        _x,
        (_x, _x - apply("mean", _x), _x - apply("min", _x), ONE, *symbols("n, std(x)")),
        _ONES,
        meanings=MEANINGS,
        remarks=(Remark("departs.input_changed"),),
    ),
    Step(
        "a hidden activation",
        "computed.hidden_activation",
        _relu_z,
        (
            _z,
            _relu_z,
            _on_z,
            ONE,
            apply("logistic", _z),
            apply("tanh", _z),
            symbol("log(1 + exp(z))"),
            _z * apply("logistic", _z),
            _softmax_z,
            _PAST,
            apply("positive part", _z + _PAST),
            *(apply("positive part", symbol(by)) for by in (_BY_ROW, _BY_COLUMN, _WITH_BIAS)),
            *symbols("a_below, W.T @ a_below, W @ x, sum(a_below), n, [z > 1], [z > −1]"),
            *symbols("row sums of W, |W| @ a_below, z + b"),
        ),
        (*_ONES, _SOFT),
        (
            (_ON, _OFF),
            (FIRST, LATER),
            (BELOW_TOP, EARLIER),
            (_AS_WIDE, _OTHER_WIDTH),
            (_AS_SHAPED, _OTHER_SHAPE),
        ),
        MEANINGS,
        remarks=_OF_HIDDEN,
        from_own="computed.step_up",
    ),
    Step(
        "the top activation",
        "computed.top_activation",
        _softmax_z,
        (
            _z,
            _softmax_z,
            _relu_z,
            apply("exp", _z),
            apply("exp", _z) / apply("norm", apply("exp", _z)),
            apply("exp", _z) / apply("max", apply("exp", _z)),
            apply(_SOFT, _softmax_z),
            apply(_SOFT, _relu_z),
            apply(_SOFT, symbol(_LEAKED)),
            apply(_SOFT, _minus(_z)),
            apply(_SOFT, _z / symbol("n")),
            apply(_SOFT, _z / symbol("n_below")),
            apply(_SOFT, Term("*", (Term("number", value=2.0), _z))),
            apply(_SOFT, apply("logistic", _z)),
            apply("logistic", _z),
            ONE,
            *symbols("a_below, W.T @ a_below, W @ x, n, row sums of W, |W| @ a_below"),
            apply(_SOFT, symbol("W @ x")),
            apply(_SOFT, symbol("W.T @ a_below")),
            *(apply(_SOFT, symbol(by)) for by in (_BY_ROW, _BY_COLUMN, _WITH_BIAS)),
        ),
        (*_ONES, _SOFT),
        ((_WINS, _LOSES),),
        MEANINGS,
        remarks=_OF_TOP,
        before="before.hidden_layers_right",
    ),
)

VOCABULARY = Vocabulary(_STEPS, _look, inputs.forwards, near_edges=inputs.forwards_near_0)
