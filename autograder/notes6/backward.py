"""`backward`: the error at the top through its Jacobian, then down layer by layer (6.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.assignment.allowed import fit, items, vector
from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import Floats, close
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    add_list_faults,
    finish,
    whole_number_buffer,
)
from autograder.assignment.probe import Arguments, Probe, Random
from autograder.assignment.recipe import Recipe
from autograder.assignment.rows import Row
from autograder.notes6 import networks, special_networks
from autograder.notes6.draws import moved, moved_together
from autograder.notes6.formulas import VOCABULARIES
from autograder.notes6.networks import (
    ALWAYS_ON,
    ANY_TARGET,
    NETWORK_LOOKS,
    NOT_THERE,
    ONE_MORE_ACTIVATION,
    SWITCHED,
    VECTORS,
    Network,
    arrays,
    at_zero_and_whole,
    kept,
    layers,
    network_inputs,
    network_probe,
    on,
    rectify,
    softmax_jacobian,
    transposed_if_square,
)
from autograder.notes6.quantities import QUANTITIES
from autograder.notes6.shown_by import AT_CALL, NAMED_AS_OUTPUT, SHOWN_BY
from autograder.notes6.top_errors import outputs_by_themselves, top_alone
from autograder.source.phrases import Said, said


def _backward(s: Any, c: Any, weights: Any, activations: Any, target: Any) -> Any:
    W, a, t = arrays(weights), arrays(activations), np.asarray(target)
    raw = s.difference(a[-1], t)
    top = s.keep(s.top_jacobian(raw, a[-1], t), t)
    errors, carried = [s.top_listed(top, raw)], s.top_passed(top, raw)
    switched = s.switched(W, a)
    for layer in range(len(W) - 1, 0, -1):
        through = s.product(carried, W, layer)
        after = s.slope(through, switched, layer)
        errors.insert(0, s.listed(after, through))
        carried = s.passed(after, through, top)
    return finish(s, s.collected(errors, raw, carried, W, a))


def _masked(through: Any, a: Any, layer: int) -> Any:
    return through * on(a[layer])


def _slope_from_neighbour(offset: int, *, if_it_fits: bool = False) -> Any:
    def slope(through: Any, a: Any, layer: int) -> Any:
        fits = a[layer + offset].shape == a[layer].shape
        return _masked(through, a, layer + offset if fits or not if_it_fits else layer)

    return slope


def _above_minus_one(W: Any, a: Any) -> Any:
    """By layer what is above 0 where z, computed anew, is above -1."""
    return [a[0], *(w @ below + 1 for w, below in zip(W, a, strict=False))]


def _own_weights_if_they_fit(e: Any, W: Any, layer: int) -> Any:
    return e @ W[layer - 1 if W[layer - 1].shape == W[layer].shape else layer]


def _with_input_error(rectified: bool) -> Any:
    def collected(errors: Any, raw: Any, carried: Any, W: Any, a: Any) -> Any:
        bottom = carried @ W[0]
        return [_masked(bottom, a, 0) if rectified else bottom, *errors]

    return collected


def _places_left_empty(errors: Any) -> Any:
    """A list made as long as the network, returned after the first round of the loop."""
    return [None] * len(errors[:-2]) + errors[-2:]


recipe = Recipe(
    "backward",
    _backward,
    difference=lambda a, t: a - t,
    top_jacobian=lambda d, a, t: d @ softmax_jacobian(a),
    keep=kept,
    top_listed=lambda top, raw: top,
    top_passed=lambda top, raw: top,
    product=lambda e, W, layer: e @ W[layer],
    switched=lambda W, a: a,
    slope=_masked,
    listed=lambda after, through: after,
    passed=lambda after, through, top: after,
    collected=lambda errors, *_: errors,
    **OUTPUT_STEPS,
)
recipe.add("prediction-without-target", difference=lambda a, t: a)
recipe.add("sum-instead-of-difference", difference=lambda a, t: a + t)
recipe.add("squared-difference", difference=lambda a, t: (a - t) ** 2)
recipe.add("magnitudes-of-difference", difference=lambda a, t: np.abs(a - t))
recipe.add("sign-of-difference", difference=lambda a, t: np.sign(a - t))
recipe.add("difference-averaged", difference=lambda a, t: (a - t) / len(a))
recipe.add("winner-minus-target", difference=lambda a, t: (a == a.max()) - t)

recipe.add("top-jacobian-missing", top_jacobian=lambda d, a, t: d)
recipe.add("top-jacobian-diagonal-only", top_jacobian=lambda d, a, t: d * a * (1 - a))
recipe.add("top-activation-instead-of-jacobian", top_jacobian=lambda d, a, t: d * a)
recipe.add("tanh-slope-at-top", top_jacobian=lambda d, a, t: d * (1 - a**2))
recipe.add(
    "softmax-applied-again",
    top_jacobian=lambda d, a, t: d @ softmax_jacobian(np.exp(a) / np.exp(a).sum()),
)
recipe.add("top-jacobian-of-target", top_jacobian=lambda d, a, t: d @ softmax_jacobian(t))
recipe.add("top-jacobian-outer-only", top_jacobian=lambda d, a, t: d @ np.outer(a, a))
recipe.add(
    "top-jacobian-plus-outer",
    top_jacobian=lambda d, a, t: d @ (np.diag(a) + np.outer(a, a)),
)
recipe.add(
    "top-jacobian-off-diagonal-positive",
    top_jacobian=lambda d, a, t: d @ np.abs(softmax_jacobian(a)),
)
recipe.add(
    "top-jacobian-one-minus-the-others",
    top_jacobian=lambda d, a, t: d @ np.outer(a, 1 - a),
)
recipe.add(
    "top-jacobian-ones-minus-outer",
    top_jacobian=lambda d, a, t: d @ (np.eye(len(a)) - np.outer(a, a)),
)
recipe.add(
    "top-jacobian-twice",
    top_jacobian=lambda d, a, t: d @ softmax_jacobian(a) @ softmax_jacobian(a),
)
recipe.add("top-jacobian-unsummed", top_jacobian=lambda d, a, t: d * softmax_jacobian(a))
recipe.add("whole-number-buffer", keep=whole_number_buffer)

recipe.add("weights-times-error", product=lambda e, W, layer: W[layer] @ e)
recipe.add(
    "weights-transposed-if-square", product=lambda e, W, layer: e @ transposed_if_square(W[layer])
)
recipe.add("weights-of-own-layer", product=lambda e, W, layer: e @ W[layer - 1])
recipe.add("weights-of-own-layer-if-they-fit", product=_own_weights_if_they_fit)
recipe.add("top-weights-throughout", product=lambda e, W, layer: e @ W[-1])
recipe.add("weights-left-out", product=lambda e, W, layer: e)
recipe.add("magnitudes-of-weights", product=lambda e, W, layer: e @ np.abs(W[layer]))
recipe.add("column-sums-without-error", product=lambda e, W, layer: W[layer].sum(axis=0))
recipe.add(
    "error-and-columns-summed-apart",
    product=lambda e, W, layer: e.sum() * W[layer].sum(axis=0),
)
recipe.add("averaged-over-outputs", product=lambda e, W, layer: e @ W[layer] / len(e))
recipe.add("rows-scaled-unsummed", product=lambda e, W, layer: e[:, None] * W[layer])
recipe.add(
    "largest-contribution-only", product=lambda e, W, layer: (e[:, None] * W[layer]).max(axis=0)
)

recipe.add("hidden-slope-missing", slope=lambda e, a, layer: e)
recipe.add("slope-from-minus-one", switched=_above_minus_one, slope=_masked)
recipe.add("activation-instead-of-slope", slope=lambda e, a, layer: e * a[layer])
recipe.add("slope-from-layer-below", slope=_slope_from_neighbour(-1))
recipe.add("slope-from-layer-below-if-it-fits", slope=_slope_from_neighbour(-1, if_it_fits=True))
recipe.add("slope-from-layer-above", slope=_slope_from_neighbour(1))
recipe.add("slope-from-layer-above-if-it-fits", slope=_slope_from_neighbour(1, if_it_fits=True))
recipe.add("sigmoid-slope", slope=lambda e, a, layer: e * a[layer] * (1 - a[layer]))
recipe.add("tanh-slope", slope=lambda e, a, layer: e * (1 - a[layer] ** 2))
recipe.add("slope-turned-round", slope=lambda e, a, layer: e * (1 - on(a[layer])))
recipe.add("leaky-slope", slope=lambda e, a, layer: e * np.where(a[layer] > 0, 1, 0.01))
recipe.add("error-rectified", slope=lambda e, a, layer: rectify(e))
recipe.add("error-rectified-too", slope=lambda e, a, layer: rectify(_masked(e, a, layer)))
recipe.add("softmax-jacobian-in-hidden", slope=lambda e, a, layer: e @ softmax_jacobian(a[layer]))
recipe.add("slopes-in-every-row", slope=lambda e, a, layer: e.sum() * on(a[layer]))
recipe.add("slopes-on-a-diagonal-unsummed", slope=lambda e, a, layer: e * np.diag(on(a[layer])))
recipe.add("switched-off-neurons-dropped", slope=lambda e, a, layer: e[a[layer] > 0])
recipe.add(
    "slope-missing-in-first-layer",
    slope=lambda e, a, layer: e if layer == 1 else _masked(e, a, layer),
)
recipe.add(
    "slope-in-first-layer-only",
    slope=lambda e, a, layer: _masked(e, a, layer) if layer == 1 else e,
)

recipe.add("stored-before-slope", listed=lambda after, through: through)
recipe.add("top-stored-before-jacobian", top_listed=lambda top, raw: raw)
recipe.add(
    "all-stored-before-jacobians",
    listed=lambda after, through: through,
    top_listed=lambda top, raw: raw,
)
recipe.add("passed-on-before-slope", passed=lambda after, through, top: through)
recipe.add("top-passed-on-before-jacobian", top_passed=lambda top, raw: raw)
recipe.add(
    "all-passed-on-before-jacobians",
    passed=lambda after, through, top: through,
    top_passed=lambda top, raw: raw,
)
recipe.add("every-layer-from-the-top", passed=lambda after, through, top: top)
recipe.add("error-of-input-included", collected=_with_input_error(rectified=False))
recipe.add(
    "each-taken-through-its-own-weights",
    collected=lambda errors, raw, carried, W, a: [e @ w for e, w in zip(errors, W, strict=False)],
)
recipe.add("rectified-error-of-input-included", collected=_with_input_error(rectified=True))
recipe.add("stopped-after-one-step-back", collected=lambda errors, *_: errors[-2:])
# A function that comes to no return gives None.
recipe.add(
    "return-inside-the-loop",
    collected=lambda errors, *_: errors[-2:] if len(errors) > 1 else None,
)
recipe.add("return-inside-the-loop-places-left-empty", shape=_places_left_empty)
recipe.add("difference-listed-too", collected=lambda errors, raw, *_: [*errors, raw])
# No error reaches 1, so that cutting and rounding leave the same.
add_list_faults(recipe, without=(*VECTORS, "cut-to-whole-numbers"))


# --- what it is tried on ------------------------------------------------------------------------

_PERFECT = "tags.a_perfect_prediction"


def _inputs(rng: Random) -> Iterator[Probe]:
    def arguments(rng: Random, net: Network) -> Arguments:
        return net.weights, net.activations, net.target

    def probe(net: Network, case: str, *tags: str) -> Probe:
        return network_probe("backward", rng, arguments, net, case, *tags)

    yield from network_inputs("backward", rng, arguments, *SWITCHED)
    for net, case in at_zero_and_whole(rng):
        yield probe(net, case)
    targets = "targets of any kind"
    net, single = networks.network(rng, 3, 4, 3, salt=2), networks.network(rng, 2, 3, salt=2)
    yield probe(networks.outside(rng, net), targets, ANY_TARGET)
    yield probe(networks.outside(rng, single), targets, ANY_TARGET)
    offset = moved_together(rng, [700.0] * 3) + moved(rng, [0.7, -1.4, 0.3])
    yield probe(Network(net.weights, net.x, offset), targets, ANY_TARGET)
    yield probe(Network(net.weights, net.x, np.eye(3)[1]), targets)
    yield probe(Network(net.weights, net.x, np.full(3, 1 / 3)), targets)
    yield probe(Network(net.weights, net.x, np.array([2, -1, 0])), targets, ANY_TARGET)
    yield probe(networks.perfect(net), targets, _PERFECT)
    two = networks.network(rng, 2, 3, 2)
    for target in (np.zeros(2), moved(rng, [0.9, 0.3])):
        yield probe(Network(two.weights, two.x, target), targets)
    sizes = "large and small values"
    yield probe(networks.saturated(net, 900), sizes)
    yield probe(networks.leading(net, 4.7), sizes)
    sure = networks.leading(net, 6.2)
    winner = np.eye(3)[sure.activations[-1].argmax()]
    yield probe(Network(sure.weights, sure.x, winner), sizes)
    yield probe(Network(sure.weights, sure.x, winner * 1.04 - 0.02), sizes, ANY_TARGET)
    yield probe(networks.outside(rng, networks.rescaled(net, 1e-4)), sizes, ANY_TARGET)
    faint = Network([net.weights[0] * 2e4, net.weights[1] * 5e-5], net.x, net.target)
    yield probe(faint, sizes)
    for net, case in special_networks.special(rng):
        yield probe(net, case)
    yield probe(special_networks.special_single_layers(rng)[-1], targets)
    net = networks.network(rng, 2, 3, 5)
    # The same weights and target with other activations.
    yield probe(net, targets)
    yield probe(replace(net, x=net.x[::-1]), targets)
    for real in ([1.0, 0.5, -0.5, 0.25, -0.25], moved(rng, [2.4e5, -7e5, 3.4e4, 0.34, 7e5])):
        yield probe(Network(net.weights, net.x, np.array(real)), targets, ANY_TARGET)
    yield probe(special_networks.nearly_sure(rng, 12.4), sizes)
    # Its smallest shares are no 0, but their squares are.
    yield probe(networks.leading(networks.network(rng, 3, 4, 3, salt=2), 400), sizes)


def _ordinary(rng: Random) -> Arguments:
    net = networks.ordinary(rng)
    return net.weights, net.activations, net.target


def _allowed(
    weights: object, activations: object, target: object
) -> tuple[list[Floats], list[Floats], Floats]:
    matrices, a, t = layers(weights), items(activations, vector), vector(target)
    wanted = [matrices[0].shape[1], *map(len, matrices)]
    fit(len(a), len(wanted), said("refusal.activations_and_layers"))
    for given, size in zip(a, wanted, strict=True):
        fit(len(given), size, said("refusal.activations_and_weights"))
    fit(len(t), wanted[-1], said("refusal.target_and_top_layer"))
    return matrices, a, t


def _weak_neurons_lost(rows: list[Row]) -> Iterator[Said]:
    """Whether errors are lost just where a neuron is on, but weakly."""
    lost, kept = [np.zeros(0)], [np.zeros(0)]
    shown: list[float] = []
    for row in rows:
        if not row.given or not row.has_right_shapes or len(row.right) < 2:
            continue
        activations = row.probe.arguments[1]
        # The layer below the top: what comes further down follows from it.
        given, right, a = row.given[-2], row.right[-2], np.asarray(activations[-2], dtype=float)
        asked = (right != 0) & close(row.given[-1], row.right[-1]).all()
        zero = asked & (given == 0) & ~close(given, right)
        lost.append(a[zero])
        kept.append(a[asked & close(given, right) & (given != 0)])
        shown += [float(a[zero].max())] if row.probe.public and zero.any() else []
    weak, strong = np.concatenate(lost), np.concatenate(kept)
    if len(weak) > 1 and len(strong) > 1 and weak.max() < strong.min():
        if shown:
            yield said("backward.weak_neurons_told", activation=f"{max(shown):.3g}")
        else:
            yield said("backward.weak_neurons")


#: So small a part of what is asked for is what rounding leaves of 0; of tiny errors none is told.
_ROUNDING, _TOO_SMALL = 1e-9, 1e-6


def _top_is_zero(rows: list[Row]) -> Iterator[Said]:
    """Whether the error at the top is 0 in each call, and if rounding shows that it cancels."""
    tops = [
        (np.abs(row.given[-1]).max(), np.abs(row.right[-1]).max())
        for row in rows
        if row.given and row.has_right_shapes
    ]
    told = [(given, right) for given, right in tops if np.isfinite(given) and right > _TOO_SMALL]
    if len(told) > 2 and all(given <= _ROUNDING * right for given, right in told):
        cancels = any(given > 0 for given, _ in told)
        yield said("backward.top_cancels" if cancels else "backward.top_is_zero")


exercise = Exercise(
    name="backward",
    question="backprop",
    parameters=("weights", "activations", "target"),
    returns="arrays",
    section="6.4",
    inputs=_inputs,
    ordinary=_ordinary,
    allowed=_allowed,
    # The activations are those that the weights give.
    alone=(2,),
    recipe=recipe,
    vocabulary=VOCABULARIES["backward"],
    quantities=QUANTITIES["backward"],
    shown_by=SHOWN_BY["backward"],
    at_call=AT_CALL,
    named_as_given=NAMED_AS_OUTPUT,
    order="backwards",
    properties=(_weak_neurons_lost, _top_is_zero, outputs_by_themselves, top_alone),
    leads_to={
        "backward.top_cancels": "backward.top_cancels_next",
        "backward.top_is_zero": "backward.top_is_zero_next",
        "backward.outputs_by_themselves": "backward.outputs_by_themselves_next",
        "backward.top_alone": "backward.top_alone_next",
        "backward.weak_neurons": "backward.weak_neurons_next",
        "backward.weak_neurons_told": "backward.weak_neurons_next",
    },
    looks={**NETWORK_LOOKS, "hidden-slope-missing": ALWAYS_ON},
    too_far=ONE_MORE_ACTIVATION,
    not_there=NOT_THERE,
    families={
        "sign": (
            "sum-instead-of-difference",
            "top-jacobian-plus-outer",
            "top-jacobian-off-diagonal-positive",
        ),
        "transposition": (
            "weights-times-error",
            "weights-transposed-if-square",
        ),
        "length": (
            "error-of-input-included",
            "difference-listed-too",
        ),
    },
    picture="errors",
)
