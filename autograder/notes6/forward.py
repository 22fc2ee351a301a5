"""`forward`: the activations of all layers, the softmax at the top (6.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.assignment.allowed import fit, vector
from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import Floats
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    add_list_faults,
    finish,
    whole_number_buffer,
)
from autograder.assignment.probe import Arguments, Probe, Random
from autograder.assignment.recipe import Recipe, same
from autograder.assignment.rows import Row
from autograder.notes6 import draws, networks, special_networks
from autograder.notes6.formulas import VOCABULARIES
from autograder.notes6.networks import (
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
    sigmoid,
    transposed_if_square,
)
from autograder.notes6.quantities import QUANTITIES
from autograder.notes6.shown_by import SHOWN_BY
from autograder.source.phrases import Said, said


def _forward(s: Any, c: Any, weights: Any, x: Any) -> Any:
    matrices = s.weights(arrays(weights))
    a = s.input(np.asarray(x))
    before, activations = [], [a]
    incoming = a
    for layer, W in enumerate(matrices, start=1):
        z = s.bias(s.product(W, incoming))
        if layer < len(matrices):
            a = s.hidden(z, c, layer)
        else:
            a = s.keep(s.top(z, c, activations[-1]), z)
        before.append(z)
        activations.append(a)
        incoming = s.passed(a, z, activations[0])
    return finish(s, s.collected(activations, before))


def _over_itself(e: Any) -> Any:
    return e / e


recipe = Recipe(
    "forward",
    _forward,
    weights=same,
    input=same,
    product=lambda W, a: W @ a,
    bias=same,
    hidden=lambda z, c, layer: rectify(z),
    top=lambda z, c, below: c.softmax(z),
    keep=kept,
    passed=lambda a, z, x: a,
    collected=lambda activations, before: activations,
    **OUTPUT_STEPS,
)
recipe.add("weights-in-reverse-order", weights=lambda weights: weights[::-1])
recipe.add("top-weights-unused", weights=lambda weights: weights[:-1])
recipe.add("first-weights-throughout", weights=lambda weights: [weights[0]] * len(weights))
recipe.add("input-rectified", input=rectify)

recipe.add("activation-times-weights", product=lambda W, a: a @ W)
recipe.add("weights-transposed-if-square", product=lambda W, a: transposed_if_square(W) @ a)
recipe.add("element-wise-unsummed", product=lambda W, a: W * a)
recipe.add("element-wise-along-columns", product=lambda W, a: (W * a).sum(axis=0))
recipe.add("threshold-before-weights", product=lambda W, a: W @ rectify(a))
recipe.add("rows-and-input-summed-apart", product=lambda W, a: W.sum(axis=1) * a.sum())
recipe.add("row-sums-without-input", product=lambda W, a: W.sum(axis=1))
recipe.add("averaged-over-inputs", product=lambda W, a: W @ a / len(a))
recipe.add("added-instead-of-multiplied", product=lambda W, a: (W + a).sum(axis=1))
recipe.add("magnitudes-of-weights", product=lambda W, a: np.abs(W) @ a)
recipe.add("largest-contribution-only", product=lambda W, a: (W * a).max(axis=1))
recipe.add("bias-of-one", bias=lambda z: z + 1)

recipe.add("hidden-threshold-missing", hidden=lambda z, c, layer: z)
recipe.add("sigmoid-in-hidden", hidden=lambda z, c, layer: sigmoid(z))
recipe.add("tanh-in-hidden", hidden=lambda z, c, layer: np.tanh(z))
recipe.add("softmax-in-hidden", hidden=lambda z, c, layer: c.softmax(z))
recipe.add("leaky-threshold", hidden=lambda z, c, layer: np.where(z > 0, z, 0.01 * z))
recipe.add("leaky-threshold-tenth", hidden=lambda z, c, layer: np.where(z > 0, z, 0.1 * z))
recipe.add("threshold-at-minus-one", hidden=lambda z, c, layer: np.where(z > -1, z, 0))
recipe.add("clipped-at-minus-one", hidden=lambda z, c, layer: np.maximum(z, -1))
recipe.add("threshold-at-one", hidden=lambda z, c, layer: np.where(z > 1, z, 0))
recipe.add("capped-at-one", hidden=lambda z, c, layer: np.clip(z, 0, 1))
recipe.add("slope-instead-of-value", hidden=lambda z, c, layer: on(z))
recipe.add("magnitudes-in-hidden", hidden=lambda z, c, layer: np.abs(z))
recipe.add("negative-side-kept", hidden=lambda z, c, layer: np.minimum(z, 0))
recipe.add("softplus-in-hidden", hidden=lambda z, c, layer: np.logaddexp(0, z))
recipe.add("all-or-nothing", hidden=lambda z, c, layer: z * np.all(z > 0))
recipe.add("largest-entry-only", hidden=lambda z, c, layer: np.max(z))
recipe.add("rectified-and-normalised", hidden=lambda z, c, layer: rectify(z) / rectify(z).sum())
recipe.add(
    "threshold-in-first-layer-only", hidden=lambda z, c, layer: rectify(z) if layer == 1 else z
)
recipe.add(
    "softmax-after-first-layer",
    hidden=lambda z, c, layer: rectify(z) if layer == 1 else c.softmax(z),
)

recipe.add("softmax-missing-at-top", top=lambda z, c, below: z)
recipe.add("threshold-at-top", top=lambda z, c, below: rectify(z))
recipe.add("sigmoid-at-top", top=lambda z, c, below: sigmoid(z))
recipe.add("tanh-at-top", top=lambda z, c, below: np.tanh(z))
recipe.add("threshold-before-softmax", top=lambda z, c, below: c.softmax(rectify(z)))
recipe.add("softmax-of-layer-below", top=lambda z, c, below: c.softmax(below))
recipe.add("softmax-twice", top=lambda z, c, below: c.softmax(c.softmax(z)))
recipe.add("softmax-of-negatives", top=lambda z, c, below: c.softmax(-z))
recipe.add("softmax-overflows", top=lambda z, c, below: np.exp(z) / np.exp(z).sum())
recipe.add("softmax-without-exp", top=lambda z, c, below: z / z.sum())
recipe.add("softmax-without-sum", top=lambda z, c, below: np.exp(z))
recipe.add("softmax-over-its-largest", top=lambda z, c, below: np.exp(z - z.max()))
recipe.add("softmax-of-each-alone", top=lambda z, c, below: np.ones(len(z)))
recipe.add("softmax-over-each-itself", top=lambda z, c, below: _over_itself(np.exp(z - z.max())))
recipe.add("softmax-over-sum-of-inputs", top=lambda z, c, below: np.exp(z) / z.sum())
recipe.add("threshold-and-normalised-top", top=lambda z, c, below: rectify(z) / rectify(z).sum())
recipe.add("logarithm-of-softmax", top=lambda z, c, below: np.log(c.softmax(z)))
recipe.add("winner-takes-all", top=lambda z, c, below: (z == z.max()).astype(float))
recipe.add("number-of-the-winner", top=lambda z, c, below: np.argmax(z))
recipe.add("whole-number-buffer", keep=whole_number_buffer)

recipe.add("pre-activation-passed-on", passed=lambda a, z, x: z)
recipe.add("input-into-every-layer", passed=lambda a, z, x: x)
recipe.add("pre-activations-listed", collected=lambda a, before: [a[0], *before])
recipe.add("hidden-pre-activations-listed", collected=lambda a, z: [a[0], *z[:-1], a[-1]])
recipe.add(
    "both-kinds-listed",
    collected=lambda a, z: [a[0], *(v for both in zip(z, a[1:], strict=True) for v in both)],
)
recipe.add("input-listed-twice", collected=lambda a, z: [a[0], *a])
recipe.add("input-listed-last", collected=lambda a, z: [*a[1:], a[0]])
recipe.add("top-listed-twice", collected=lambda a, z: [*a, a[-1]])
recipe.add("hidden-layers-only", collected=lambda a, z: a[1:-1])
recipe.add("stopped-after-the-first-layer", collected=lambda a, z: a[:2])
recipe.add("stopped-after-the-first-threshold", collected=lambda a, z: [a[0], rectify(z[0])])
recipe.add("first-layer-alone", collected=lambda a, z: a[1])
recipe.add("below-the-top-missing", collected=lambda a, z: [*a[:-2], a[-1]])
recipe.add("input-and-top-only", collected=lambda a, z: [a[0], a[-1]])
add_list_faults(recipe, without=VECTORS)


# --- what it is tried on ------------------------------------------------------------------------


def _inputs(rng: Random) -> Iterator[Probe]:
    def arguments(rng: Random, net: Network) -> Arguments:
        return net.weights, net.x

    yield from network_inputs("forward", rng, arguments, *SWITCHED)
    for net, case in at_zero_and_whole(rng):
        yield network_probe("forward", rng, arguments, net, case)
    net = networks.network(rng, 2, 3, 2)
    whole_x = Network(net.weights, np.array([2, -1]), net.target)
    first = np.array([[2, -3], [-4, 2], [3, 4]])
    whole_first = Network([first, net.weights[1]], draws.moved(rng, [0.62, 0.34]), net.target)
    for mixed in (whole_x, whole_first):
        yield network_probe("forward", rng, arguments, mixed, "whole numbers")
    large_x = Network([net.weights[0] * 1e-4, net.weights[1]], net.x * 1e4, net.target)
    for sized in (large_x, networks.rescaled(net, 1e6)):
        yield network_probe("forward", rng, arguments, sized, "large and small values")
    huge = networks.network(rng, 3, 4, 3, salt=2)
    for size, sign in ((2000, -1), (3e4, 1)):
        net = networks.saturated(huge, size, sign)
        yield network_probe("forward", rng, arguments, net, "very large weights")
    yield network_probe("forward", rng, arguments, networks.leading(huge, 9), "very large weights")
    # All far below 0, and apart by little.
    top = -np.abs(huge.weights[-1])
    lift = 1500 / np.abs(top @ networks.all_on(huge).activations[-2]).max()
    below = networks.all_on(huge)
    net = Network([below.weights[0], top * lift], below.x, below.target)
    yield network_probe("forward", rng, arguments, net, "very large weights")
    # In single precision these are the same numbers.
    near = float(draws.moved(rng, -850).round()) - np.array([[0.0], [0.9375]])
    net = Network([near], np.ones(1), np.array([1.0, 0.0]))
    yield network_probe("forward", rng, arguments, net, "very large weights")
    for net, case in _special(rng):
        yield network_probe("forward", rng, arguments, net, case)


def _special(rng: Random) -> Iterator[tuple[Network, str]]:
    for net in special_networks.special_single_layers(rng):
        yield net, "a single layer"
    yield from special_networks.special(rng)
    net = special_networks.far_apart_inputs(rng, networks.network(rng, 3, 3, salt=1), [-1, -1, -1])
    yield net, "large and small values"
    for net in special_networks.large_tops(rng):
        yield net, "very large weights"


def _ordinary(rng: Random) -> Arguments:
    net = networks.ordinary(rng)
    return net.weights, net.x


def _allowed(weights: object, x: object) -> tuple[list[Floats], Floats]:
    matrices, values = layers(weights), vector(x)
    fit(len(values), matrices[0].shape[1], said("refusal.input_and_first_layer"))
    return matrices, values


# --- what can be observed -----------------------------------------------------------------------

#: So many layers at least must show it; so near are numbers in which a small one keeps the spread
#: from being 0.
FEWEST_LAYERS, NEARLY = 3, 1e-3


def _of_the_whole_layer(rows: list[Row]) -> Iterator[Said]:
    """Whether what a hidden neuron sends depends on the layer's others, as in other networks."""
    ways: dict[str, Callable[[Any], Any]] = {
        "forward.standardised_sums": _sums_standardised,
        "forward.standardised_activations": _activations_standardised,
        "forward.winner_alone": _winner_alone,
        "forward.above_the_mean": _above_the_mean,
    }
    seen = [
        (np.asarray(weights[0], dtype=float) @ x, row.given[1])
        for row in rows
        if row.has_right_shapes and row.given
        for weights, x in [row.probe.arguments]
        if len(weights) > 1 and len(weights[0]) > 1
    ]
    told = [(z, given) for z, given in seen if np.std(rectify(z)) > NEARLY]
    for key, way in ways.items():
        wrong = [given for z, given in told if not _nearly(given, rectify(z))]
        if len(wrong) >= FEWEST_LAYERS and all(_nearly(given, way(z)) for z, given in told):
            yield said(key)
            return


def _nearly(one: Any, other: Any) -> bool:
    return np.allclose(one, other, rtol=NEARLY, atol=NEARLY)


def _sums_standardised(z: Any) -> Any:
    return rectify(_standard(z))


def _activations_standardised(z: Any) -> Any:
    return _standard(rectify(z))


def _winner_alone(z: Any) -> Any:
    return np.where(z == z.max(), rectify(z), 0)


def _above_the_mean(z: Any) -> Any:
    return np.where(z > z.mean(), z, 0)


#: One number made of several, and not the larger of two.
LARGEST = r"\.a?max\((?!\s*[\[(]|\s*0\s*,)|(?<!\.)\bmax\(\s*\w+\s*\)"


def _standard(values: Any) -> Any:
    return (values - values.mean()) / values.std()


exercise = Exercise(
    name="forward",
    question="backprop",
    parameters=("weights", "x"),
    returns="arrays",
    section="6.4",
    inputs=_inputs,
    ordinary=_ordinary,
    allowed=_allowed,
    recipe=recipe,
    vocabulary=VOCABULARIES["forward"],
    quantities=QUANTITIES["forward"],
    shown_by=SHOWN_BY["forward"],
    order="forwards",
    properties=(_of_the_whole_layer,),
    leads_to={
        "forward.standardised_sums": "forward.standardised_next",
        "forward.standardised_activations": "forward.standardised_next",
        "forward.winner_alone": "forward.others_next",
        "forward.above_the_mean": "forward.others_next",
    },
    looks={**NETWORK_LOOKS, "largest-entry-only": LARGEST},
    hands_on={"departs.input_again": "x"},
    too_far=ONE_MORE_ACTIVATION,
    not_there=NOT_THERE,
    families={
        "transposition": (
            "activation-times-weights",
            "weights-transposed-if-square",
        ),
        "order": (
            "weights-in-reverse-order",
            "input-listed-last",
        ),
        "length": (
            "input-listed-twice",
            "top-listed-twice",
        ),
    },
    picture="activations",
)
