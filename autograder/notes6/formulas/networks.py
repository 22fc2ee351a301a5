"""A multi-layer network: forward, backward, gradients and updates, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
from autograder.notes6.formulas.shares import jacobian_of_shares, softmax

_MEANINGS = ("symbols_of_networks",)

_SOFT = "softmax"


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


def _floats(arrays: Sequence[Any]) -> list[Numbers]:
    return [np.asarray(array, dtype=float) for array in arrays]


def as_right(given: Numbers, right: Numbers) -> Numbers:
    """The student's numbers; the right ones where they are those, so that tables are shared."""
    same = given.shape == right.shape and np.allclose(given, right, rtol=1e-6, atol=1e-9)
    return right if same else given


_FIRST, _LATER = "where.first_layer", "where.layers_after_it"
_BELOW_TOP, _EARLIER = "where.layer_below_top", "where.layers_before_it"
_TOP, _NOT_TOP = "where.top_layer", "where.layers_before_it"


def _by_layer(l: int, count: int, last: tuple[str, str], size: tuple[int, ...]) -> dict[str, Mask]:
    """Which layers these numbers belong to, for who treats the first or the last one apart."""
    regions = {_FIRST: l == 1, _LATER: l > 1, last[0]: l == count, last[1]: l < count}
    return {name: np.full(size, is_there) for name, is_there in regions.items()}


# --- forward -----------------------------------------------------------------------------------

#: Weights that are divided by their sum before they are used.
_BY_ROW, _BY_COLUMN = "(W / row sums) @ a_below", "(W / column sums) @ a_below"
#: The last weight of each row as a bias, and what comes in last left out.
_WITH_BIAS = "z with the last weight as bias"
_ON, _OFF = "where.z_above_0", "where.z_0_or_below"
_AS_WIDE, _OTHER_WIDTH = "where.as_wide_as_top", "where.of_another_width"
_AS_SHAPED, _OTHER_SHAPE = "where.shaped_as_top", "where.of_another_shape"
_WINS, _LOSES = "where.z_is_largest", "where.z_is_not_largest"


def _look_forward(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    weights, x = _floats(arguments[0]), np.asarray(arguments[1], dtype=float)
    if len(answer) != len(weights) + 1:
        return []
    sights = []
    start = without_brackets(answer[0], len(x))
    if start.shape == x.shape:
        sights.append(
            Sight(
                "the first entry of the list",
                start,
                x,
                {"x": x, "std(x)": x.std()},
                {"n": float(len(x))},
            )
        )
    right, below = x, as_right(start, x)
    for l, W in enumerate(weights, start=1):
        top = l == len(weights)
        given = without_brackets(answer[l], len(W))
        if below.shape != (W.shape[1],) or given.shape != (len(W),):
            break
        z = W @ below
        found: dict[str, Any] = {"z": z, "[z > 0]": (z > 0).astype(float)}
        found |= {
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
        factors = {"n": float(len(W)), "n_below": float(W.shape[1])}
        is_right = softmax(z) if top else np.maximum(z, 0)
        regions = {_ON: z > 0, _OFF: z <= 0}
        if top:
            found[_LEAKED] = _leak(given, z)
            regions = {_WINS: z == z.max(), _LOSES: z < z.max()}
        else:
            regions |= _by_layer(l, len(weights) - 1, (_BELOW_TOP, _EARLIER), z.shape)
            is_as_wide, is_as_shaped = len(W) == len(weights[-1]), W.shape == weights[-1].shape
            regions |= {
                _AS_WIDE: np.full(z.shape, is_as_wide),
                _OTHER_WIDTH: np.full(z.shape, not is_as_wide),
                _AS_SHAPED: np.full(z.shape, is_as_shaped),
                _OTHER_SHAPE: np.full(z.shape, not is_as_shaped),
            }
        name = "the top activation" if top else "a hidden activation"
        sights.append(Sight(name, given, is_right, found, factors, regions=regions))
        right = softmax(W @ right) if top else np.maximum(W @ right, 0)
        below = as_right(given, right)
    return sights


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
#: Of the top alone: what is below 0 comes through in part.
_LEAKED = "z, shrunk below 0"
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
_FORWARD = (
    Step(
        "the first entry of the list",
        "computed.first_of_list",
        _x,
        (_x, _x - apply("mean", _x), _x - apply("min", _x), ONE, *symbols("n, std(x)")),
        _ONES,
        meanings=_MEANINGS,
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
            (_FIRST, _LATER),
            (_BELOW_TOP, _EARLIER),
            (_AS_WIDE, _OTHER_WIDTH),
            (_AS_SHAPED, _OTHER_SHAPE),
        ),
        _MEANINGS,
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
        _MEANINGS,
        remarks=_OF_TOP,
        before="before.hidden_layers_right",
    ),
)

# --- backward ----------------------------------------------------------------------------------

_NEURON_ON, _NEURON_OFF = "where.neuron_on", "where.neuron_off"


def look_backward(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    """The error at the top, and each hidden one from the student's own above."""
    weights, activations = _floats(arguments[0]), _floats(arguments[1])
    target = np.asarray(arguments[2], dtype=float)
    if len(answer) != len(weights):
        return []
    a = activations[-1]
    right = top_error(a, target)
    given = without_brackets(answer[-1], len(a))
    if given.shape != a.shape:
        return []
    q = softmax(a)
    found: dict[str, Any] = {"a": a, "t": target, "softmax(a)": q}
    found["winner(t)"] = (np.arange(len(a)) == target.argmax()).astype(float)
    found["winner(a)"] = (np.arange(len(a)) == a.argmax()).astype(float)
    found |= {"a turned round": a[::-1], "t turned round": target[::-1]}
    maps = {
        "J": jacobian_of_shares(a),
        "J of softmax(a)": jacobian_of_shares(q),
        "J of the target": jacobian_of_shares(target),
    }
    d = a - target
    found |= {"(a − t) @ K": d * a - d.sum() * a**2, "(a − t) @ R": d * a - (d * a) @ a}
    found["(a − t) @ P"] = d * a + (d @ a) * a
    found["error less a mean"] = d * a - a * np.mean(d * a)
    found["products less their sum"] = d * a - (d * a).sum()
    sights = [Sight("the error at the top", given, right, found, {"n": float(len(a))}, maps)]
    above, raw = as_right(given, right), as_right(given, right)
    for l in range(len(weights) - 1, 0, -1):
        W, own = weights[l], activations[l]
        given = without_brackets(answer[l - 1], W.shape[1])
        if given.shape != own.shape or above.shape != (len(W),):
            break
        raw, through, on = raw @ W, above @ W, (own > 0).astype(float)
        found = {
            "e @ W": through,
            "[a > 0]": on,
            "a_l": own,
            "min(a_l, 1)": np.minimum(own, 1),
            "raw error": raw,
            "weights out": W.sum(axis=0),
            "z_l": weights[l - 1] @ activations[l - 1],
            "e @ |W|": above @ np.abs(W),
            "e @ (W / row sums)": above @ (W / W.sum(axis=1, keepdims=True)),
            "e @ (W / column sums)": above @ (W / W.sum(axis=0)),
            "e without its slope": (above * (activations[l + 1] > 0)) @ W,
            "a_above @ W": activations[l + 1] @ W,
            # At the top no slopes of one layer are taken one by one.
            "slopes @ W": (activations[l + 1] > 0) @ W * (l + 1 < len(weights)),
            "sum(e)": above.sum(),
            "‖e @ W‖": np.linalg.norm(through),
            "‖W‖": np.linalg.norm(W),
        }
        if W.shape[0] == W.shape[1]:
            found |= {"W @ e": W @ above, "e_above": above}
        if len(weights[l - 1]) == len(above) and weights[l - 1].shape[1] == len(own):
            found["e @ W of its own layer"] = above @ weights[l - 1]
        factors = {
            "n": float(len(own)),
            "n_above": float(len(above)),
            "n_below": float(len(activations[l - 1])),
            "layers": float(len(weights)),
            "‖what is right‖": _length(through * on),
        }
        # On the edge itself a slope may be either.
        on_edge = weights[l - 1] @ activations[l - 1] == 0
        regions = {_NEURON_ON: own > 0, _NEURON_OFF: (own <= 0) & ~on_edge}
        regions |= _by_layer(l, len(weights) - 1, (_BELOW_TOP, _EARLIER), own.shape)
        maps = {"J of softmax here": jacobian_of_shares(own)}
        sights.append(
            Sight("a hidden error", given, through * on, found, factors, maps, {}, regions)
        )
        right = backward(weights, activations, above_right(weights, activations, target))[l - 1]
        above = as_right(given, right)
    return sights


def _length(v: Numbers) -> float:
    """A length to divide by; none where it is so short that people add something to it."""
    length = float(np.linalg.norm(v))
    return length if length > 1e-6 else np.nan


def above_right(
    weights: Sequence[Numbers], activations: Sequence[Numbers], target: Numbers
) -> Numbers:
    """The right error at the top, from what ``backward`` is called with."""
    return top_error(activations[-1], target)


_a, _t, _q = symbols("a, t, softmax(a)")
_d = _a - _t
_slope = _a * apply("one minus", _a)
_all_differences = _a * (_d - apply("sum", _d))
_J = "through J"
#: Each output beside the target of its mirror image.
_OTHER_WAY = (_a - symbol("t turned round"), symbol("a turned round") - _t)
_u, _on, _own_a, _raw = symbols("e @ W, [a > 0], a_l, raw error")

#: What the prediction comes into, in a formula of the error at the top.
_OF_PREDICTION = (
    "a", "softmax(a)", "winner(a)", "what is right", "(a − t) @ K", "(a − t) @ R", "(a − t) @ P",
    "error less a mean", "products less their sum", "through J", "through J of softmax(a)",
    "a turned round",
)  # fmt: skip
_OF_TOP_ERROR = (
    Remark("departs.other_entry_of_target", ("a turned round", "t turned round")),
    Remark("departs.prediction_left_out", ("t",), _OF_PREDICTION),
    Remark("departs.softmax_again_alone", whole=("softmax(a) − t",)),
    Remark("departs.softmax_of_output_again", ("softmax(a)", "through J of softmax(a)")),
    Remark("departs.jacobian_of_target", ("through J of the target",)),
    Remark("departs.one_difference_alone", ("(a − t) · winner(t)",)),
    Remark("departs.winner_alone", ("winner(t)",)),
    Remark("departs.predicted_winner_alone", ("winner(a)",)),
    Remark("departs.logarithm_of_other_loss", ("log",)),
    Remark("departs.division_of_other_loss", ("t / a", "(a − t) / (a · (1 − a))")),
    Remark("departs.share_divided_out", whole=("what is right / a",)),
    Remark("departs.sign_of_error_lost", whole=("|what is right|", "(what is right)²")),
    Remark(
        "departs.right_with_something_beside",
        ("what is right",),
        ("through J of softmax(a)", "/"),
    ),
    Remark("departs.difference_squared", ("(a − t)²",), ("what is right",), of_a_part=True),
    Remark(
        "departs.prediction_squared", ("a²",), ("1 − a²", "a² − 1", "a − t"), of_a_part=True
    ),
    Remark("departs.size_of_difference", ("abs", "(a − t)²"), ("what is right",)),
    Remark("departs.sign_of_difference", ("sign",)),
    Remark("departs.other_loss_with_slopes_alone", ("t · (1 − a)",)),
    Remark("departs.differences_added_up", (str(_all_differences),)),
    Remark("departs.squares_off_the_diagonal", whole=("(a − t) @ K", "(a − t) @ R")),
    Remark("departs.products_of_shares_added", ("(a − t) @ P",)),
    Remark("departs.mean_in_jacobian", ("error less a mean",)),
    Remark("departs.sum_taken_from_all", whole=("products less their sum",)),
    Remark("departs.sum_taken_from_all", ("a − sum(a²)",)),
    Remark("departs.gains_and_losses_differ", ("products less their sum",)),
    Remark("departs.outputs_put_together", ("sum", "mean")),
    Remark("departs.slope_alone", ("a · (1 − a)", "1 − a"), ("through J",), of_a_part=True),
    Remark("departs.slope_of_tanh_at_top", ("1 − a²", "a² − 1")),
    Remark("departs.no_jacobian_at_top", lacks=("through J", "(a − t) @ K", "(a − t) @ R")),
)  # fmt: skip
_OF_HIDDEN_ERROR = (
    Remark("departs.no_error_gets_there", whole=("0",)),
    Remark("departs.error_of_one_length", ("‖what is right‖",), of_factor=True),
    Remark("departs.slope_passed_down", ("slopes @ W",)),
    Remark("departs.activation_passed_down", ("a_above @ W",)),
    Remark("departs.slope_of_another_layer", ("a_l · (1 − a_l)",), where=_BELOW_TOP),
    Remark("departs.slope_of_sigmoid", ("a_l · (1 − a_l)", "logistic", "1 − a_l")),
    Remark("departs.slope_of_tanh", ("1 − a_l²", "tanh")),
    Remark("departs.jacobian_in_hidden", ("through J of softmax here",)),
    Remark("departs.weak_neurons", ("min(a_l, 1)",)),
    Remark("departs.slope_of_the_error", whole=("[e @ W > 0]",)),
    Remark("departs.slopes_for_error", whole=("1", "[a > 0]")),
    Remark("departs.activation_for_error", whole=("a_l",)),
    Remark("departs.one_number_for_slopes", ("sum(a_l)", "mean(a_l)", "sum(a_l²)")),
    Remark("departs.activation_for_slope", ("a_l", "a_l²"), ("sum", "mean")),
    Remark("departs.sum_for_slope", ("z_l",)),
    Remark("departs.threshold_on_error", ("positive part",), ()),
    Remark("departs.weights_turned", ("W @ e",)),
    Remark("departs.weights_as_parts", ("e @ (W / row sums)", "e @ (W / column sums)")),
    Remark("departs.error_along_rows", ("(weights out) · e_above", "e_above · (weights out)")),
    Remark("departs.weights_without_error", ("weights out",), ("e @ W",)),
    Remark("departs.errors_put_together", ("sum", "mean")),
    Remark("departs.through_neurons_off", where=_NEURON_OFF),
    *(
        Remark("departs.no_slope", lacks=("[a > 0]", "a_l", "is positive"), where=where)
        for where in (EVERYWHERE, _BELOW_TOP, _EARLIER, _FIRST, _LATER)
    ),
)  # fmt: skip
BACKWARD = (
    Step(
        "the error at the top",
        "computed.top_error",
        apply(_J, _d),
        (
            _a,
            _t,
            _d,
            apply(_J, _d),
            _slope,
            _d * _slope,
            apply("one minus", _a),
            _t / _a,
            _d / _slope,
            apply("square", _d),
            apply("square", _a),
            apply("log", _a),
            ONE,
            _q,
            _all_differences,
            apply("through J of softmax(a)", _d),
            apply("through J of the target", _d),
            _q * apply("one minus", _q),
            _q - _t,
            symbol("(a − t) @ P"),
            _d * (_a - apply("sum", apply("square", _a))),
            *symbols("n, (a − t) @ K, (a − t) @ R, error less a mean, products less their sum"),
            _a - symbol("winner(t)"),
            symbol("winner(a)") - _t,
            *(one for other in _OTHER_WAY for one in (other, apply(_J, other))),
            apply(_J, _d * symbol("winner(t)")),
        ),
        (_J, "square", "abs", "one minus", "sum", "mean", "norm", "sign", "reciprocal", "max",
         "root", "log", "exp", "through J of softmax(a)", "positive part", "is positive",
         "through J of the target"),
        (),
        _MEANINGS,
        remarks=_OF_TOP_ERROR,
    ),
    Step(
        "a hidden error",
        "computed.hidden_error",
        _u * _on,
        (
            _u,
            _u * _on,
            _on,
            _own_a,
            _raw,
            _own_a * apply("one minus", _own_a),
            apply("one minus", apply("square", _own_a)),
            apply("one minus", apply("square", apply("tanh", _own_a))),
            apply("logistic", _own_a) * apply("one minus", apply("logistic", _own_a)),
            ONE,
            *symbols("weights out, e @ |W|, sum(e), ‖e @ W‖, ‖W‖, W @ e, e_above, n, n_above"),
            *symbols("min(a_l, 1), e @ W of its own layer, e without its slope, z_l"),
            *symbols("e @ (W / row sums), e @ (W / column sums), a_above @ W, slopes @ W"),
            *(symbol(passed) * _on for passed in ("a_above @ W", "slopes @ W")),
            apply("through J of softmax here", _u),
        ),
        ("one minus", "square", "abs", "positive part", "is positive", "sign", "reciprocal", "sum",
         "mean", "max", "norm", "root", "tanh", "logistic", "exp", "through J of softmax here"),
        ((_NEURON_ON, _NEURON_OFF), (_FIRST, _LATER), (_BELOW_TOP, _EARLIER)),
        _MEANINGS,
        remarks=_OF_HIDDEN_ERROR,
        from_own="computed.step_down",
        before="before.top_error_right",
    ),
)  # fmt: skip

# --- gradients and updates ---------------------------------------------------------------------


def _is_turned(given: Numbers, right: Numbers) -> bool:
    """Whether a square matrix is right but for rows and columns."""
    square = right.shape[0] == right.shape[1] > 1
    return square and np.allclose(given.T, right) and not np.allclose(given, right)


def _look_gradients(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    errors, activations = _floats(arguments[0]), _floats(arguments[1])
    if len(answer) != len(errors):
        return []
    sights = []
    for l, (e, given) in enumerate(zip(errors, answer, strict=True)):
        below, own = activations[l], activations[l + 1]
        factors = {
            "n": float(len(e)),
            "n_below": float(len(below)),
            "layers": float(len(errors)),
            "n_0": float(len(activations[0])),
        }
        right = np.outer(e, below)
        found: dict[str, Any] = {"e_i": e[:, None], "a_j": below[None, :], "a_i": own[:, None]}
        # The network's input has no error of its own.
        e_below = errors[l - 1][None, :] if l else below[None, :]
        found["e_below_j"] = e_below
        found |= {"mean(e)": e.mean(), "mean(a)": below.mean()}
        turned = {"e_i": e[None, :], "a_j": below[:, None], "a_i": own[None, :]}
        turned["e_below_j"] = e_below.T
        if given.shape == right.shape and _is_turned(given, right):
            sights.append(Sight("a gradient, turned round", given, None, turned, factors))
        elif given.shape == right.shape:
            regions = _by_layer(l + 1, len(errors), (_TOP, _NOT_TOP), right.shape)
            sights.append(Sight("a gradient", given, right, found, factors, regions=regions))
        elif given.shape == right.T.shape and given.shape != right.shape:
            sights.append(Sight("a gradient, turned round", given, None, turned, factors))
        elif given.shape == (len(e), len(e)):
            both: dict[str, Any] = {
                **{"e_i": e[:, None], "e_j": e[None, :]},
                **{"a_i": own[:, None], "a_j": own[None, :]},
            }
            sights.append(Sight("a gradient, its own layer's", given, None, both, factors))
        elif given.shape == (len(below), len(below)):
            both = {"a_i": below[:, None], "a_j": below[None, :]}
            sights.append(Sight("a gradient, the layer below's", given, None, both, factors))
        elif given.shape == e.shape:
            one: dict[str, Any] = {
                "e": e,
                "a_l": own,
                "sum(a)": below.sum(),
                "mean(a)": below.mean(),
            }
            sights.append(Sight("a gradient, a vector", given, None, one, factors))
        elif given.size == 1:
            spread = np.full(right.shape, float(given.ravel()[0]))
            sights.append(Sight("a gradient, a number", spread, None, found, factors))
        else:
            return []
    return sights


_LAYERS = ((_FIRST, _LATER), (_TOP, _NOT_TOP))
_e_i, _a_j, _a_i = symbols("e_i, a_j, a_i")
_GRADIENT_TERMS = (
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
_MATRIX_ONES = ("square", "abs", "sign", "one minus", "positive part", "is positive", "reciprocal",
                "root", "norm", "sum", "mean", "max", "row sum", "column sum", "row norm",
                "column norm", "tanh", "exp")  # fmt: skip

_OF_GRADIENT = (
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
_GRADIENTS = (
    Step(
        "a gradient",
        "computed.gradient_entry",
        _e_i * _a_j,
        _GRADIENT_TERMS,
        _MATRIX_ONES,
        _LAYERS,
        meanings=_MEANINGS,
        remarks=_OF_GRADIENT,
    ),
    Step(
        "a gradient, turned round",
        "computed.turned_gradient_entry",
        None,
        _GRADIENT_TERMS,
        _MATRIX_ONES,
        meanings=_MEANINGS,
        remarks=_OF_GRADIENT,
        shape="shapes.rows_and_columns_turned",
    ),
    Step(
        "a gradient, its own layer's",
        "computed.entry",
        None,
        (*symbols("e_i, e_j, a_i, a_j"), ONE, _e_i * _a_j),
        _MATRIX_ONES,
        meanings=("symbols_of_own_layer", *_MEANINGS),
        shape="shapes.neurons_of_own_layer",
    ),
    Step(
        "a gradient, the layer below's",
        "computed.entry",
        None,
        (*symbols("a_i, a_j"), ONE),
        _MATRIX_ONES,
        meanings=("symbols_of_layer_below", *_MEANINGS),
        shape="shapes.neurons_of_layer_below",
    ),
    Step(
        "a gradient, a vector",
        "computed.result_for_a_layer",
        None,
        symbols("e, a_l, sum(a), mean(a), n, n_below"),
        ("square", "abs", "sum", "mean", "norm", "one minus", "is positive"),
        meanings=_MEANINGS,
        shape="shapes.vector_for_matrix_of_layer",
        shape_first=True,
    ),
    Step(
        "a gradient, a number",
        "computed.result_for_a_layer",
        None,
        _GRADIENT_TERMS,
        _MATRIX_ONES,
        meanings=_MEANINGS,
        shape="shapes.number_for_matrix_of_layer",
        shape_first=True,
    ),
)


def _look_updates(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    weights, gradients, rate = _floats(arguments[0]), _floats(arguments[1]), float(arguments[2])
    if len(answer) != len(weights):
        return []
    sights = []
    largest = float(max(np.abs(G).max() for G in gradients))
    length = float(np.sqrt(sum((G**2).sum() for G in gradients)))
    for l, (W, G, given) in enumerate(zip(weights, gradients, answer, strict=True), start=1):
        if given.shape != W.shape:
            return []
        factors = {
            "η": rate,
            "n": float(len(W)),
            "n_below": float(W.shape[1]),
            "layers": float(len(weights)),
            "size": float(W.size),
            "largest gradient": largest,
            "‖all gradients‖": length,
            "‖what is right‖": _length(W - rate * G),
            "largest of what is right": float(np.abs(W - rate * G).max()) or np.nan,
        }
        found: dict[str, Any] = {"W_ij": W, "G_ij": G, "G_i0": G[:, :1], "G_0j": G[:1]}
        found |= {"W_i0": W[:, :1], "W_0j": W[:1]}
        regions = _by_layer(l, len(weights), (_TOP, _NOT_TOP), W.shape)
        for name, own, right in (
            ("a step", W - given, rate * G),
            ("an update", given, W - rate * G),
        ):
            sights.append(Sight(name, own, right, found, factors, regions=regions))
    return sights


_W_ij, _G_ij, _rate = symbols("W_ij, G_ij, η")
_step = _rate * _G_ij

_UPDATES = (
    Step(
        "a step",
        "computed.step",
        _step,
        (
            *(_step, _rate * apply("sign", _G_ij), apply("sign", _G_ij)),
            _rate * apply("positive part", _G_ij),
            _rate * apply("is positive", _G_ij),
            *(_rate * symbol("G_i0"), _rate * symbol("G_0j")),
        ),
        ("row mean", "column mean", "row sum", "column sum"),
        meanings=_MEANINGS,
        remarks=(
            Remark("departs.negative_gradients_left_out", ("max(0, G_ij)",)),
            Remark("departs.rate_where_gradient_positive", whole=("η · [G_ij > 0]",)),
            Remark("departs.sign_of_gradient", ("sign",), ("what is right",)),
            Remark("departs.one_gradient_for_many", ("G_i0", "G_0j")),
            Remark(
                "departs.gradients_of_a_line_together",
                ("row mean", "column mean", "row sum", "column sum"),
            ),
        ),
    ),
    Step(
        "an update",
        "computed.new_weight",
        _W_ij - _step,
        (
            _W_ij,
            _G_ij,
            _step,
            _W_ij - _step,
            symbol("W_i0") - _step,
            symbol("W_0j") - _step,
            ONE,
            _rate,
            _rate * _W_ij,
            _rate * apply("sign", _G_ij),
            _rate * apply("sign", _W_ij),
            _rate * apply("positive part", _G_ij),
            _G_ij / apply("norm", _G_ij),
            _step / apply("norm", _G_ij),
            _W_ij * _step,
            apply("square", _G_ij),
            _step / symbol("n"),
            _step / symbol("n_below"),
            _step / symbol("layers"),
            _step / symbol("size"),
            _G_ij / _rate,
            (_W_ij - _rate) * _G_ij,
            apply("square", _rate) * _G_ij,
            _rate * apply("sum", _G_ij),
            _rate * apply("mean", _G_ij),
            _rate * apply("abs", _G_ij),
        ),
        ("square", "abs", "sign", "norm", "sum", "mean", "max", "one minus", "row sum",
         "column sum", "positive part", "reciprocal", "root", "tanh", "row norm", "column norm"),
        _LAYERS,
        meanings=_MEANINGS,
        unless=("a step",),
        remarks=(
            Remark("departs.sign_of_gradient", ("sign(G_ij)",)),
            Remark(
                "departs.gradients_put_together",
                ("sum", "mean", "max", "row sum", "column sum"),
                ("what is right",),
            ),
            Remark(
                "departs.weights_of_one_size", ("sum", "mean", "max", "row sum", "column sum")
            ),
            Remark("departs.one_weight_for_many", ("W_i0", "W_0j")),
            Remark(
                "departs.weights_of_one_size",
                ("‖what is right‖", "largest of what is right"),
                of_factor=True,
            ),
            Remark("departs.size_taken_out", ("norm",), ("what is right",)),
            Remark("departs.weights_of_one_length", ("norm", "row norm", "column norm")),
            Remark("departs.negative_gradients_left_out", ("positive part",), ("what is right",)),
            Remark("departs.sign_of_gradient_lost", ("|G_ij|", "G_ij²")),
            Remark("departs.step_added", ("W_ij + η · G_ij", "W_ij + G_ij")),
            Remark("departs.rate_off_the_weight", ("(W_ij − η) · G_ij",)),
            Remark("departs.rate_twice", ("η²",)),
            Remark("departs.divided_by_rate", ("G_ij / η", "1 / η")),
            Remark("departs.step_times_weight", ("W_ij · η · G_ij", "W_ij · G_ij")),
            Remark("departs.old_weights_smaller",
                   ("what is right − η · W_ij", "η · W_ij", "0.99 · W_ij", "0.9 · W_ij",
                    "η · sign(W_ij)")),
            Remark("departs.weight_stays", whole=("W_ij",)),
            Remark("departs.no_rate_no_size", lacks=("η",)),
            Remark("departs.step_alone", lacks=("W_ij",)),
            Remark("departs.gradients_not_used", lacks=("G_ij",)),
        ),
    ),
)  # fmt: skip

VOCABULARIES = {
    "forward": Vocabulary(
        _FORWARD, _look_forward, inputs.forwards, near_edges=inputs.forwards_near_0
    ),
    "backward": Vocabulary(BACKWARD, look_backward, inputs.backwards),
    "weight_gradients": Vocabulary(_GRADIENTS, _look_gradients, inputs.gradients),
    "update_weights": Vocabulary(_UPDATES, _look_updates, inputs.updates),
}
