"""What a pass through a network is about: networks of all kinds, and what their steps share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.assignment.allowed import fit, items
from autograder.assignment.allowed import matrix as matrix_of_numbers
from autograder.assignment.judging import Floats
from autograder.assignment.output_faults import BUFFER
from autograder.assignment.probe import Arguments, FewDigits, Probe, Random
from autograder.notes6.draws import WHOLE, Array, matrix, moved, skeleton, softmax
from autograder.notes6.products import LOOKS
from autograder.source.phrases import said

#: Sizes of weights, which must not blow up in a deep network.
WEIGHTS = np.array([0.7, 1.4, 0.34, 0.9, 0.22, 1.2, 0.62, 0.4])
#: No pre-activation of a hidden layer is closer to 0 than this, before it is moved and after.
CLEAR, STILL_CLEAR = 0.3, 0.25
#: Weights and inputs are moved by so much: their products in a deep network by a multiple.
BY = 0.01
TRIES = 20_000


@dataclass(frozen=True, eq=False)
class Network:
    """Weights with an input and a target."""

    weights: list[Array]
    x: Array
    target: Array

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.weights[0].shape[1], *map(len, self.weights))

    @property
    def activations(self) -> list[Array]:
        return forward_pass(self.weights, self.x)


def forward_pass(weights: Sequence[Array], x: Array) -> list[Array]:
    """The pass that makes the inputs of ``backward`` and ``weight_gradients``."""
    activations: list[Array] = [np.asarray(x, dtype=float)]
    for layer, W in enumerate(weights, start=1):
        z = np.asarray(W, dtype=float) @ activations[-1]
        if layer < len(weights):
            activations.append(np.where(z > 0, z, 0.0))
        else:
            activations.append(softmax(z))
    return activations


def _hidden_inputs(weights: Sequence[Array], x: Array) -> list[Array]:
    """The pre-activations of the hidden layers."""
    below = forward_pass(weights, x)
    return [np.asarray(W) @ a for W, a in zip(weights[:-1], below, strict=False)]


def network(rng: Random, *sizes: int, salt: int = 0) -> Network:
    """A network whose hidden layers have neurons both on and off, each of them clearly.

    Its target is one-hot where it has two outputs, else soft.
    """
    base = _base(sizes, salt)
    pattern = _pattern(base)
    for _ in range(TRIES):
        weights = [moved(rng, W, BY) for W in base.weights]
        found = replace(base, weights=weights, x=moved(rng, base.x, BY))
        if _pattern(found) == pattern:
            return found
    raise RuntimeError(f"no network of {sizes} keeps its pattern")


def _pattern(net: Network) -> list[list[int]]:
    """Where each hidden pre-activation stands among the numbers that people compare with."""
    hidden = _hidden_inputs(net.weights, net.x)
    return [np.searchsorted([-STILL_CLEAR, STILL_CLEAR, 0.5, 1.0], z).tolist() for z in hidden]


@cache
def _base(sizes: tuple[int, ...], salt: int) -> Network:
    fixed = np.random.default_rng([*sizes, salt])
    for _ in range(TRIES):
        salts = fixed.integers(2**31, size=len(sizes))
        if found := _clearly_mixed(sizes, [int(s) for s in salts]):
            return found
    raise RuntimeError(f"no network of {sizes} has all its neurons clearly on or off")


def _clearly_mixed(sizes: tuple[int, ...], salts: Sequence[int]) -> Network | None:
    """A network of some skeletons; None as soon as a layer isn't clearly both on and off."""
    x = skeleton(1, sizes[0], salts[-1], tuple(WEIGHTS))[0]
    weights: list[Array] = []
    below = x
    for salt, (columns, rows) in zip(salts, pairwise(sizes), strict=False):
        weights.append(skeleton(rows, columns, salt, tuple(WEIGHTS)))
        z = weights[-1] @ below
        if len(weights) == len(sizes) - 1:
            break
        mixed = (z > 0).any() and ((z < 0).any() or z.size == 1)
        if not mixed or np.abs(z).min() <= CLEAR:
            return None
        below = np.where(z > 0, z, 0.0)
    top = softmax(z)
    if top.size > 1 and (top.min() <= 0.02 or top.max() >= 0.9):
        return None
    return Network(weights, x, _target(top))


def _target(top: Array) -> Array:
    """Far from the prediction: one-hot where there are two outputs, soft where there are more."""
    if top.size == 1:
        return np.array([0.34])
    order = np.argsort(np.argsort(-top))
    if top.size == 2:
        return order.astype(float)
    target: Array = (order + 1) / (order + 1).sum()
    return target


def outside(rng: Random, net: Network) -> Network:
    """With a target of any real numbers: negative, above 1, adding up to nothing in particular."""
    base = np.resize([1.7, -0.6, 3.4, 0.34], net.target.shape)
    return replace(net, target=moved(rng, base))


def perfect(net: Network) -> Network:
    """With the prediction itself for its target."""
    return replace(net, target=net.activations[-1].copy())


def rescaled(net: Network, size: float) -> Network:
    """With hidden activations of another size, and the same prediction."""
    first, *between, top = net.weights
    return replace(net, weights=[first * size, *between, top / size])


def saturated(net: Network, size: float, sign: float = 1.0) -> Network:
    """With top pre-activations as large as ``size``, the largest of that sign."""
    top = net.weights[-1]
    z = top @ net.activations[-2]
    scale = size / np.abs(z).max() * sign * np.sign(z[np.abs(z).argmax()])
    return replace(net, weights=[*net.weights[:-1], top * scale])


def leading(net: Network, by: float) -> Network:
    """With a largest output whose pre-activation is so much above the next one's."""
    top = net.weights[-1]
    *_, second, first = np.sort(top @ net.activations[-2])
    return replace(net, weights=[*net.weights[:-1], top * (by / (first - second))])


def all_off(net: Network) -> Network:
    """With a first hidden layer in which nothing is switched on."""
    first = -np.abs(net.weights[0]) * np.sign(net.x)
    return replace(net, weights=[first, *net.weights[1:]])


def all_on(net: Network) -> Network:
    """With hidden layers in which everything is switched on."""
    first, *rest = net.weights
    hidden = [np.abs(W) for W in rest[:-1]]
    return replace(net, weights=[np.abs(first) * np.sign(net.x), *hidden, rest[-1]])


def one_on(net: Network) -> Network:
    """With a first hidden layer in which just the second neuron is switched on."""
    first = all_off(net).weights[0]
    first[1] *= -1
    return replace(net, weights=[first, *net.weights[1:]])


def without_input(net: Network) -> Network:
    """With an input of zeros."""
    return replace(net, x=np.zeros_like(net.x))


def alike(rng: Random, size: int, layers: int) -> Network:
    """With the same matrix in each layer."""
    net = network(rng, *[size] * 3)
    return replace(net, weights=[net.weights[0]] * layers)


def at_zero(rng: Random) -> Network:
    """With a hidden pre-activation of exactly 0, between one that is on and one that is off."""
    # Of so few binary digits that their products are exact, in whatever order they are added.
    v, w = np.round(64 * moved(rng, [0.62, 1.4])) / 64
    first = np.array([[w / 2, w], [w, -w], [-w, w / 2]])
    weights = [first, matrix(rng, 2, 3, 1, WEIGHTS)]
    x = np.full(2, v)
    return Network(weights, x, _target(forward_pass(weights, x)[-1]))


def whole(rng: Random) -> Network:
    """Whole numbers throughout; the two top pre-activations are close, so that no error is 0."""
    weights = [np.array([[1, -2], [2, 2], [-1, -1]]), np.array([[1, 0, 1], [0, 1, 1]])]
    return Network(weights, np.array([int(rng.integers(2, 4)), -1]), np.array([0, 1]))


# --- what functions of a network are tried on ---------------------------------------------------

ONE_LAYER = "tags.a_single_layer"
TWO_LAYERS = "tags.two_layers"
MANY_LAYERS = "tags.three_layers_or_more"
HIDDEN = "tags.a_hidden_layer"
SAME_WIDTH = "tags.layers_of_equal_width"
_SAME_WEIGHTS = "tags.the_same_weights_in_two_layers"
_PAIRS = "tags.two_neurons_in_each_layer"
_AS_SHAPED = "tags.a_hidden_matrix_of_the_last_ones_shape"
ONE_NEURON = "tags.a_layer_of_one_neuron"
_DEAD = "tags.a_hidden_layer_that_is_all_off"
_ALL_ON = "tags.hidden_layers_that_are_all_on"
_Z_ZERO = "tags.a_hidden_pre_activation_of_exactly_0"
_NO_INPUT = "tags.an_input_of_zeros"
_EXTREME = "tags.very_large_pre_activations_at_the_top"
_LARGE_HIDDEN = "tags.very_large_hidden_activations"
_TINY_HIDDEN = "tags.very_small_hidden_activations"
ANY_TARGET = "tags.a_target_beyond_0_and_1"

# Two networks with round numbers, whose values may be shown. One hidden neuron of each is off.
SHOWN = Network(
    [
        np.array([[0.5, -1.0], [1.0, 0.5], [-0.5, -0.5]]),
        np.array([[1.0, -0.5, 0.8], [0.2, 1.5, 0.4]]),
    ],
    np.array([1.0, 2.0]),
    np.array([1.0, 0.0]),
)

_SHOWN_SINGLE = Network(
    [np.array([[0.5, -1.0, 0.3], [1.0, 0.5, -0.2]])],
    np.array([1.0, 0.5, -1.0]),
    np.array([0.0, 1.0]),
)


def network_tags(net: Network) -> set[str]:
    layers = len(net.weights)
    before = [W @ a for W, a in zip(net.weights, net.activations, strict=False)]
    hidden = net.activations[1:-1]
    on = np.concatenate([*hidden, np.zeros(0)])
    known = {(W.shape, W.tobytes()) for W in net.weights}
    holds = {
        SAME_WIDTH: len(set(net.sizes)) == 1,
        _SAME_WEIGHTS: len(known) < layers,
        _PAIRS: {*net.sizes} == {2},
        _AS_SHAPED: any(W.shape == net.weights[-1].shape for W in net.weights[:-1]),
        ONE_NEURON: 1 in net.sizes[1:],
        HIDDEN: layers > 1,
        _DEAD: any(not a.any() for a in hidden) and net.x.any(),
        _ALL_ON: bool(hidden) and on.all(),
        _Z_ZERO: any((z == 0).any() for z in before[:-1]) and net.x.any(),
        _NO_INPUT: not net.x.any(),
        _EXTREME: np.abs(before[-1]).max() > 100,
        _LARGE_HIDDEN: (on > 100).any(),
        _TINY_HIDDEN: ((on > 0) & (on < 1e-2)).any(),
        WHOLE: net.weights[0].dtype.kind == "i",
    }
    length = ONE_LAYER if layers == 1 else TWO_LAYERS if layers == 2 else MANY_LAYERS
    return {length} | {tag for tag, found in holds.items() if found}


_SHAPES: dict[str, tuple[tuple[int, ...], ...]] = {
    "two layers": ((3, 4, 2), (2, 3, 3)),
    "a single layer": ((4, 3),),
    "many layers": ((3, 5, 4, 3), (3, 2, 3, 3, 2, 3, 2), (3,) * 13),
    "one neuron, or many": ((1, 1, 1), (3, 1, 2), (2, 3, 1), (11, 12, 5)),
    "layers of equal width": ((3, 3, 3, 3),),
}

ArgumentsOf = Callable[[Random, Network], Arguments]


def network_probe(
    name: str,
    rng: Random,
    arguments: ArgumentsOf,
    net: Network,
    case: str | None = None,
    *tags: str,
    public: bool = False,
) -> Probe:
    return Probe(name, arguments(rng, net), frozenset(network_tags(net) | {*tags}), case, public)


def network_inputs(
    name: str, rng: Random, arguments: ArgumentsOf, *switched: Callable[[Network], Network]
) -> Iterator[Probe]:
    """Networks of all kinds, with hidden layers that are ``switched`` on or off in these ways."""

    def probe(net: Network, case: str | None = None) -> Probe:
        return network_probe(name, rng, arguments, net, case)

    for shown in (SHOWN, _SHOWN_SINGLE):
        # What is drawn for these is the same in every run: their numbers are shown.
        fixed = FewDigits(np.random.PCG64(6))
        yield network_probe(name, fixed, arguments, shown, public=True)
    for case, shapes in _SHAPES.items():
        for shape in shapes:
            yield probe(network(rng, *shape), case)
    yield probe(alike(rng, 3, 3), "layers of equal width")
    net = network(rng, 3, 4, 3)
    for special in switched:
        yield probe(special(net), "all, none or one switched on")
    for size in (1e-4, 2e3):
        yield probe(rescaled(net, size), "large and small values")
    for shape in ((4, 4, 4), (2, 6, 2), (3, 3)):
        yield probe(network(rng, *shape, salt=1))


SWITCHED = (all_off, one_on, all_on, without_input)


def at_zero_and_whole(rng: Random) -> Iterator[tuple[Network, str]]:
    yield at_zero(rng), "all, none or one switched on"
    yield whole(rng), "whole numbers"


#: How lines look that cause these.
NETWORK_LOOKS = {**LOOKS, "whole-number-buffer": BUFFER}
#: No hidden activation is below 0.
ALWAYS_ON = r"(?<!range\()(?:>=|<)\s*0(?![.\d]*[1-9])"
#: What steps are multiplied by, whatever its name.
_RATE = r"\b(?:(?:learn\w*|\w+_)?rate|lr|eta|alpha|step_?size)\b"
#: Not where losses are added up, or gradients.
_NO_SUM = (
    r"^(?!\s*(?:total|loss|cost|sum|acc|batch|[dD]el|d_?[wW]|[gG]rad|nabla|change|[gG](?![a-z]))"
    r"\w*(?:\[[^=]*\])?\s*\+?=(?!=))(?!.*(?:\*\*\s*2|square|0?\.5\b))"
)
UPDATE_LOOKS: dict[str, str | tuple[str, ...]] = {
    **NETWORK_LOOKS,
    # The step has the rate in it; else what has it is added to something.
    "uphill": (
        rf"{_NO_SUM}(?=.*{_RATE}).*(?:\+(?!\s*\d)|\badd\()",
        rf"{_NO_SUM}.*(?:\+=|\+\s*(?:np\.|\())",
    ),
    "change-only": r"\b((learning_)?rate|lr|eta|alpha)\b\s*\*|"
    r"\*\s*((learning_)?rate|lr|eta|alpha)\b",
}
#: What to think of where a list of a network's ends too early.
ONE_MORE_ACTIVATION = "shared.one_more_activation"
#: What other networks have.
NOT_THERE = {r"[bB](\d|_?\w|_list)?|_?bias(es)?\w*": "shared.no_biases"}


def ordinary(rng: Random) -> Network:
    """A network with nothing special about it."""
    return network(rng, *(int(n) for n in rng.integers(2, 5, size=4)), salt=3)


def layers(weights: object) -> list[Floats]:
    """Read the weights of a network, each layer's as wide as the one below is high."""
    matrices = items(weights, matrix_of_numbers)
    for below, above in pairwise(matrices):
        fit(len(below), above.shape[1], said("refusal.layer_and_next"))
    return matrices


# --- what the steps of a pass share -------------------------------------------------------------


#: What a list of vectors cannot suffer from: they are flat already.
VECTORS = ("flattened",)


def arrays(values: Any) -> list[Any]:
    return [np.asarray(value) for value in values]


def kept(result: Any, *_: Any) -> Any:
    return result


def rectify(z: Any) -> Any:
    return np.maximum(z, 0)


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


def on(a: Any) -> Any:
    """1 where a neuron is switched on, else 0: the slope of the rectified linear threshold."""
    return (a > 0).astype(float)


def softmax_jacobian(a: Any) -> Any:
    return np.diag(a) - np.outer(a, a)


def transposed_if_square(W: Any) -> Any:
    """What a student multiplies by who adds ``.T`` until the shapes no longer complain."""
    return W.T if W.shape[0] == W.shape[1] else W
