"""Backward: the errors of all layers, each from the student's own above it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.formulas.frames import Frame, Numbers, Sight
from autograder.formulas.step import (
    EVERYWHERE,
    Arguments,
    Remark,
    Step,
    Vocabulary,
    symbols,
    without_brackets,
)
from autograder.formulas.terms import ONE, apply, symbol
from autograder.notes6.formulas import inputs
from autograder.notes6.formulas.layers import (
    BELOW_TOP,
    EARLIER,
    FIRST,
    LATER,
    MEANINGS,
    as_right,
    backward,
    by_layer,
    floats,
    length,
    top_error,
)
from autograder.notes6.formulas.shares import jacobian_of_shares, softmax

_NEURON_ON, _NEURON_OFF = "where.neuron_on", "where.neuron_off"


def look(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    """The error at the top, and each hidden one from the student's own above."""
    weights, activations = floats(arguments[0]), floats(arguments[1])
    target = np.asarray(arguments[2], dtype=float)
    if len(answer) != len(weights):
        return []
    a = activations[-1]
    given = without_brackets(answer[-1], len(a))
    if given.shape != a.shape:
        return []
    right = backward(weights, activations, top_error(a, target))
    sights = [_top(a, target, given)]
    goes_on = _goes_on(as_right(given, right[-1]), right, weights, activations, answer)
    if goes_on is None:
        return sights
    above = raw = goes_on
    for l in range(len(weights) - 1, 0, -1):
        W = weights[l]
        given = without_brackets(answer[l - 1], W.shape[1])
        if given.shape != activations[l].shape or above.shape != (len(W),):
            break
        raw = raw @ W
        sights.append(_hidden(weights, activations, l, above, raw, given))
        above = as_right(given, right[l - 1])
    return sights


def _goes_on(
    own: Numbers,
    right: Sequence[Numbers],
    weights: Sequence[Numbers],
    activations: Sequence[Numbers],
    answer: Sequence[Numbers],
) -> Numbers | None:
    """The error at the top that goes on down: the student's own or, where it isn't that, the right.

    What is listed for the top need not be what goes on. None where nothing tells them apart.
    """
    if own is right[-1] or len(weights) == 1:
        return own
    given = without_brackets(answer[-2], weights[-1].shape[1])
    if given.shape != right[-2].shape or not _is_close(given, right[-2]):
        return own
    return None if _is_close(given, backward(weights, activations, own)[-2]) else right[-1]


def _is_close(one: Numbers, other: Numbers) -> bool:
    return np.allclose(one, other, rtol=1e-5, atol=1e-9)


def _top(a: Numbers, target: Numbers, given: Numbers) -> Sight:
    d, q = a - target, softmax(a)
    found: dict[str, Numbers | float] = {
        "a": a,
        "t": target,
        "softmax(a)": q,
        "winner(t)": (np.arange(len(a)) == target.argmax()).astype(float),
        "winner(a)": (np.arange(len(a)) == a.argmax()).astype(float),
        "a turned round": a[::-1],
        "t turned round": target[::-1],
        "(a − t) @ K": d * a - d.sum() * a**2,
        "(a − t) @ R": d * a - (d * a) @ a,
        "(a − t) @ P": d * a + (d @ a) * a,
        "error less a mean": d * a - a * np.mean(d * a),
        "products less their sum": d * a - (d * a).sum(),
    }
    maps = {
        "J": jacobian_of_shares(a),
        "J of softmax(a)": jacobian_of_shares(q),
        "J of the target": jacobian_of_shares(target),
    }
    right, factors = top_error(a, target), {"n": float(len(a))}
    return Sight("the error at the top", given, right, found, factors, maps)


def _hidden(
    weights: Sequence[Numbers],
    activations: Sequence[Numbers],
    l: int,
    above: Numbers,
    raw: Numbers,
    given: Numbers,
) -> Sight:
    """A hidden error, beside the one above it and that which came down without any slope."""
    own, below = activations[l], activations[l - 1]
    right = (above @ weights[l]) * (own > 0).astype(float)
    factors = {
        "n": float(len(own)),
        "n_above": float(len(above)),
        "n_below": float(len(below)),
        "layers": float(len(weights)),
        "‖what is right‖": length(right),
    }
    # On the edge itself a slope may be either.
    on_edge = weights[l - 1] @ below == 0
    regions = {_NEURON_ON: own > 0, _NEURON_OFF: (own <= 0) & ~on_edge}
    regions |= by_layer(l, len(weights) - 1, (BELOW_TOP, EARLIER), own.shape)
    maps = {"J of softmax here": jacobian_of_shares(own)}
    found = _from_above(weights, activations, l, above, raw)
    return Sight("a hidden error", given, right, found, factors, maps, {}, regions)


def _from_above(
    weights: Sequence[Numbers],
    activations: Sequence[Numbers],
    l: int,
    above: Numbers,
    raw: Numbers,
) -> dict[str, Numbers | float]:
    """What a hidden error may be made of."""
    W, own, own_above = weights[l], activations[l], activations[l + 1]
    through = above @ W
    found: dict[str, Numbers | float] = {
        "e @ W": through,
        "[a > 0]": (own > 0).astype(float),
        "a_l": own,
        "min(a_l, 1)": np.minimum(own, 1),
        "raw error": raw,
        "weights out": W.sum(axis=0),
        "z_l": weights[l - 1] @ activations[l - 1],
        "e @ |W|": above @ np.abs(W),
        "e @ (W / row sums)": above @ (W / W.sum(axis=1, keepdims=True)),
        "e @ (W / column sums)": above @ (W / W.sum(axis=0)),
        "e without its slope": (above * (own_above > 0)) @ W,
        "a_above @ W": own_above @ W,
        # At the top no slopes of one layer are taken one by one.
        "slopes @ W": (own_above > 0) @ W * (l + 1 < len(weights)),
        "[e > 0] @ W": (above > 0) @ W,
        "sum(e)": above.sum(),
        "‖e @ W‖": float(np.linalg.norm(through)),
        "‖W‖": float(np.linalg.norm(W)),
    }
    if W.shape[0] == W.shape[1]:
        found |= {"W @ e": W @ above, "e_above": above}
    if len(weights[l - 1]) == len(above) and weights[l - 1].shape[1] == len(own):
        found["e @ W of its own layer"] = above @ weights[l - 1]
    return found


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
_JACOBIAN_TWICE = tuple(f"{sign}(what is right) @ J" for sign in ("", "−"))
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
    Remark("departs.top_jacobian_twice", whole=_JACOBIAN_TWICE),
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


def _is_right_where_on(frame: Frame) -> bool:
    """Whether the neurons that are on have the right errors."""
    there = frame.regions.get(_NEURON_ON)
    if there is None or frame.right is None:
        return False
    return np.allclose(frame.given[there], frame.right[there], rtol=1e-5, atol=1e-7)


_OF_HIDDEN_ERROR = (
    Remark("departs.no_error_gets_there", whole=("0",)),
    Remark("departs.error_of_one_length", ("‖what is right‖",), of_factor=True),
    Remark("departs.slope_passed_down", ("slopes @ W",)),
    Remark("departs.yes_or_no_passed_down", ("[e > 0] @ W",), ("e @ W", "raw error", "sum(e)")),
    Remark("departs.activation_passed_down", ("a_above @ W",)),
    Remark("departs.slope_of_another_layer", ("a_l · (1 − a_l)",), where=BELOW_TOP),
    Remark("departs.slope_of_sigmoid", ("a_l · (1 − a_l)", "logistic", "1 − a_l")),
    Remark("departs.slope_of_tanh", ("1 − a_l²", "tanh")),
    Remark("departs.jacobian_below_top", ("through J of softmax here",), where=BELOW_TOP),
    Remark("departs.jacobian_in_hidden", ("through J of softmax here",)),
    Remark("departs.weak_neurons", ("min(a_l, 1)",)),
    Remark("departs.slope_of_the_error", whole=("[e @ W > 0]",)),
    Remark("departs.number_for_error", (), (), ("1",), _NEURON_OFF, _is_right_where_on),
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
    Remark("departs.slope_not_handed_on", ("raw error",)),
    Remark("departs.through_neurons_off", where=_NEURON_OFF),
    *(
        Remark("departs.no_slope", lacks=("[a > 0]", "a_l", "is positive"), where=where)
        for where in (EVERYWHERE, BELOW_TOP, EARLIER, FIRST, LATER)
    ),
)  # fmt: skip
STEPS = (
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
        MEANINGS,
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
            symbol("[e > 0] @ W"),
            *(symbol(passed) * _on for passed in ("a_above @ W", "slopes @ W", "[e > 0] @ W")),
            apply("through J of softmax here", _u),
        ),
        ("one minus", "square", "abs", "positive part", "is positive", "sign", "reciprocal", "sum",
         "mean", "max", "norm", "root", "tanh", "logistic", "exp", "through J of softmax here"),
        ((_NEURON_ON, _NEURON_OFF), (FIRST, LATER), (BELOW_TOP, EARLIER)),
        MEANINGS,
        remarks=_OF_HIDDEN_ERROR,
        from_own="computed.step_down",
        before="before.top_error_right",
    ),
)  # fmt: skip

VOCABULARY = Vocabulary(STEPS, look, inputs.backwards)
