"""The networks, examples, rates and epochs on which training is tried (6.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from autograder.assignment.probe import Arguments, Probe, Random
from autograder.notes6 import (
    draws,
    networks,
    special_networks,
)
from autograder.notes6.draws import WHOLE, Array, moved
from autograder.notes6.networks import (
    ANY_TARGET,
    HIDDEN,
    MANY_LAYERS,
    ONE_LAYER,
    ONE_NEURON,
    SAME_WIDTH,
    SHOWN,
    TWO_LAYERS,
    Network,
    network_tags,
)
from autograder.notes6.special_networks import special_matrices
from autograder.notes6.update_weights import RATE_ABOVE_1, RATE_NEGATIVE, RATE_ZERO

_ONE_EPOCH = "tags.one_epoch"

_EPOCHS = "tags.several_epochs"

_NO_EPOCH = "tags.no_epoch_at_all"

_ONE_EXAMPLE = "tags.a_single_example"

_MANY_EXAMPLES = "tags.more_than_ten_examples"

_MANY_EPOCHS = "tags.more_than_twenty_epochs"

_CONTRADICTING = "tags.examples_that_contradict_each_other"

_SMALL_LOSS = "tags.a_loss_of_nearly_0"


def _probe(
    weights: list[Array],
    inputs: Array,
    targets: Array,
    rate: float,
    epochs: int,
    case: str | None = None,
    *tags: str,
    public: bool = False,
) -> Probe:
    net = Network(weights, inputs[0], targets[0])
    layers = {ONE_LAYER, TWO_LAYERS, MANY_LAYERS, HIDDEN, SAME_WIDTH, ONE_NEURON, WHOLE}
    holds = {
        {0: _NO_EPOCH, 1: _ONE_EPOCH}.get(epochs, _EPOCHS): True,
        _MANY_EPOCHS: epochs > 20,
        _ONE_EXAMPLE: len(inputs) == 1,
        _MANY_EXAMPLES: len(inputs) > 10,
        RATE_ZERO: rate == 0,
        RATE_NEGATIVE: rate < 0,
        RATE_ABOVE_1: rate > 1,
        ANY_TARGET: targets.min() < 0 or targets.max() > 1,
    }
    found = {*tags, *(network_tags(net) & layers), *(tag for tag, is_so in holds.items() if is_so)}
    arguments = (weights, inputs, targets, rate, epochs)
    steps = len(inputs) * epochs
    return Probe("train", arguments, frozenset(found), case, public, None, epochs == 0, steps)


def _examples(rng: Random, net: Network, count: int) -> tuple[Array, Array]:
    """The network's own input and further ones, with one-hot targets in turn."""
    size, outputs = net.sizes[0], net.sizes[-1]
    inputs = [net.x, *(draws.vector(rng, size, salt) for salt in range(1, count))]
    return np.array(inputs), np.eye(outputs)[np.arange(count) % outputs]


def training_inputs(rng: Random) -> Iterator[Probe]:
    """All inputs of ``train``, drawn anew for each seed."""

    def drawn(
        sizes: tuple[int, ...],
        examples: int,
        epochs: int,
        case: str | None = None,
        *tags: str,
        rate: float = 0.34,
    ) -> Probe:
        net = networks.network(rng, *sizes)
        inputs, targets = _examples(rng, net, examples)
        by = float(moved(rng, rate))
        return _probe(net.weights, inputs, targets, by, epochs, case, *tags)

    inputs, targets = np.array([[1.0, 2.0], [-1.0, 0.5]]), np.array([[1.0, 0.0], [0.0, 1.0]])
    yield _probe(SHOWN.weights, inputs, targets, 0.5, 2, public=True)
    yield drawn((2, 3, 2), 1, 1, "one example, one epoch")
    yield _large_input(rng)
    yield _many(rng)
    yield _with_zeros(rng)
    yield drawn((2, 3, 2), 2, 3, "several epochs")
    yield _far_off(rng)
    yield _long(rng)
    yield _rising(rng)
    yield drawn((3, 4, 3, 2), 2, 2, "many layers")
    yield drawn((2, 3, 2, 3, 3, 2), 1, 1, "many layers")
    yield drawn((2, 3, 2), 2, 0, "no epoch")
    net = networks.whole(rng)
    yield _probe(net.weights, net.x[None], net.target[None], 0.25, 0, "no epoch")
    yield _whole_training(rng)
    yield from _whole_and_fractions(rng)
    yield _contradicting(rng)
    for rate, epochs in ((0.0, 2), (-0.62, 1), (24.0, 1)):
        yield drawn((2, 3, 2), 1, epochs, "learning rates of any kind", rate=rate)
    yield _steep(rng)
    for off, epochs in ((1e-5, 3), (5e-3, 1)):
        yield _nearly_perfect(rng, off, epochs)
    yield drawn((2, 1, 1), 1, 1, "one neuron")
    yield drawn((3, 3, 3), 3, 2)
    yield from _special(rng)


def _large_input(rng: Random) -> Probe:
    """Inputs of some hundreds, with weights that are as much smaller."""
    net = networks.network(rng, 2, 3, 2)
    weights, x = [net.weights[0] / 700, net.weights[1]], net.x[None] * 700
    rate = float(moved(rng, 3.4e-7))
    return _probe(weights, x, net.target[None], rate, 1, "one example, one epoch")


def _many(rng: Random) -> Probe:
    """More examples than anyone stops after, from the last of which there is something to learn."""
    net = networks.network(rng, 2, 2)
    inputs, targets = _examples(rng, net, 51)
    rate = float(moved(rng, 0.14))
    return _probe(net.weights, inputs, 0.2 + 0.6 * targets, rate, 1, "several examples")


def _far_off(rng: Random) -> Probe:
    """Targets that no output comes near."""
    net = networks.network(rng, 3, 2)
    targets, rate = moved(rng, [[24.0, -1.4]]), float(moved(rng, 0.034))
    return _probe(net.weights, net.x[None], targets, rate, 2, "several epochs")


def _with_zeros(rng: Random) -> Probe:
    """An example whose inputs are 0, one whose targets are, and the first one once more."""
    net = networks.network(rng, 2, 3, 2)
    inputs, targets = _examples(rng, net, 4)
    inputs[1], targets[2] = 0.0, 0.0
    inputs[3], targets[3] = inputs[0], targets[0]
    return _probe(net.weights, inputs, targets, float(moved(rng, 0.34)), 1, "several examples")


def _long(rng: Random) -> Probe:
    """More epochs than anyone stops after, the loss small in the end, but still falling."""
    net = networks.network(rng, 3, 2)
    rate = float(moved(rng, 2.4))
    targets = net.target[None]
    return _probe(net.weights, net.x[None], targets, rate, 71, "several epochs")


def _rising(rng: Random) -> Probe:
    """A loss that rises in each of more epochs than anyone waits for it to fall."""
    net = networks.network(rng, 2, 2)
    rate = float(moved(rng, -0.14))
    return _probe(net.weights, net.x[None], net.target[None], rate, 13, "several epochs")


def _steep(rng: Random) -> Probe:
    """A rate above 1, with large weights and gradients."""
    net = networks.rescaled(networks.network(rng, 2, 3, 2), 9.0)
    rate = float(moved(rng, 3.4))
    return _probe(net.weights, net.x[None], net.target[None], rate, 2, "learning rates of any kind")


def _contradicting(rng: Random) -> Probe:
    """Examples that come twice, once with another target, at a rate at which the loss rises."""
    net = networks.network(rng, 3, 3, salt=1)
    near, far = net.target[::-1] * 1.6 - 0.3, net.target * 1.4 - 0.15
    inputs = np.array([net.x, net.x, net.x, draws.vector(rng, 3, 1)])
    targets = moved(rng, [near, near, far, [0.34, 0.7, -0.2]])
    targets[1] = targets[0]
    case = "examples that come again"
    rate = float(moved(rng, 3.4))
    return _probe(net.weights, inputs, targets, rate, 3, case, _CONTRADICTING)


def _nearly_perfect(rng: Random, off: float, epochs: int) -> Probe:
    """A loss that is nearly 0 from the start and stays it."""
    net = networks.network(rng, 2, 3, 2)
    inputs, targets = net.x[None], net.activations[-1][None] + [[off, -off]]
    case = "examples that come again"
    return _probe(net.weights, inputs, targets, 0.34, epochs, case, _SMALL_LOSS)


def _whole_training(rng: Random) -> Probe:
    net = networks.whole(rng)
    inputs, targets = np.array([[1, 1], [2, -1], [0, 1]]), np.array([[1, 0], [0, 1], [1, 0]])
    return _probe(net.weights, inputs, targets, 0.25, 1, "whole numbers")


def _whole_and_fractions(rng: Random) -> Iterator[Probe]:
    """Whole inputs or whole targets, where all else is fractions."""
    net = networks.network(rng, 2, 3, 2)
    soft = moved(rng, [[0.34, 0.7]])
    yield _probe(net.weights, np.array([[2, 1]]), soft, 0.25, 1, "whole numbers")
    yield _probe(net.weights, net.x[None], np.array([[0, 1]]), 0.25, 1, "whole numbers")


def _special(rng: Random) -> Iterator[Probe]:
    """Training where code that takes a short cut goes wrong: see ``special_networks``."""

    def probe(
        net: Network, rate: float, epochs: int, case: str, *examples: tuple[object, object]
    ) -> Probe:
        pairs = [(net.x, net.target), *examples]
        inputs, targets = (np.array(column) for column in zip(*pairs, strict=True))
        by = float(moved(rng, rate))
        return _probe(net.weights, inputs, targets, by, epochs, case)

    deep = special_networks.deep(rng)
    yield probe(deep, 0.62, 1, "many layers")
    x, target = np.array([1.0, 0.5, -0.5]), moved(rng, [0.34, 0.62, -0.7])
    for weights in _special_weights(rng):
        net = Network(weights, x, target)
        yield probe(net, 0.34, 2, "many layers", ([-0.5, 1.0, 0.5], [0, 1, 1]))
    vectors = special_networks.special_vectors(rng)
    # So many hidden neurons that some are on for each example; one is its own target.
    net = replace(networks.network(rng, 3, 7, 3), x=vectors[1], target=vectors[0])
    own = vectors[3]
    others = zip([*vectors[2:], own], [*vectors[1:-1], own], strict=True)
    yield probe(net, 0.34, 1, "several examples", *others)
    # One target for all, then one output, then a loss that stays: at 0 and elsewhere.
    same = ((draws.vector(rng, 3, salt), net.target) for salt in (1, 2))
    yield probe(net, 0.34, 1, "examples that come again", *same)
    single = networks.network(rng, 2, 1)
    for end in (1.0, 3.4):
        yield probe(replace(single, target=np.array([end])), 0.34, 3, "one neuron")
    one = networks.network(rng, 1, 3, 1)
    yield probe(one, 0.34, 1, "one neuron", (-one.x, one.target + 1))
    # The exponentials of these are no numbers any more.
    large = np.diag(np.round(moved(rng, [790.0, 780.0])))
    up, down = np.ones(2), -np.ones(2)
    target = moved(rng, [0.34, 0.62])
    yield probe(Network([large], up, target), 0.34, 1, "several examples", (down, target[::-1]))
    yield probe(special_networks.dead_neuron(rng), 0.34, 3, "several epochs")
    yield from _far_apart(rng, probe)
    wide = special_networks.wide_and_narrow(rng)
    yield probe(wide, 0.34, 1, "one example, one epoch")
    yield probe(networks.network(rng, 3, 2), 0.34, 0, "no epoch")


def _special_weights(rng: Random) -> Iterator[list[Array]]:
    identity, permutation, symmetric, skew, singular, triangular = special_matrices(rng)
    # Equal ones, and not one that stands there twice: deep copies may be changed in place.
    yield [identity, identity.copy(), symmetric, symmetric.copy()]
    yield [permutation, skew, singular, triangular]


def _far_apart(rng: Random, probe: Callable[..., Probe]) -> Iterator[Probe]:
    """Inputs, targets and rates of all sizes."""
    square, kind = networks.network(rng, 3, 3, salt=1), "learning rates of any kind"
    small = networks.network(rng, 3, 2)
    yield probe(replace(small, x=small.x * 1e-3), 7e5, 2, kind)
    yield probe(replace(small, target=moved(rng, [7e5, -2.4e4])), 2.4e-6, 2, kind)
    yield probe(special_networks.nearly_sure(rng, 12.4), 100.0, 2, kind)
    far = special_networks.far_apart_inputs(rng, square, [-1, 1, 1])
    yield probe(far, 1e-12, 2, "several epochs")


def ordinary_training(rng: Random) -> Arguments:
    """A training of no special kind."""
    net = networks.ordinary(rng)
    return (net.weights, *_examples(rng, net, 3), float(moved(rng, 0.34)), 2)
