"""Networks that are special in their numbers, where code that takes a short cut goes wrong.

Sums of exactly 0, vectors that are shares already, matrices that are their own transpose, sizes far
apart: who tests for one of these takes another input for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from autograder.assignment.probe import Random
from autograder.notes6.draws import Array, matrix, moved, vector
from autograder.notes6.networks import WEIGHTS, Network, leading, network

#: From nearly the largest to nearly the smallest size that is asked for.
FAR_APART = np.array([2.4e-6, 7e5, 0.7, 2.4e3])


def exact(rng: Random, base: object) -> Array:
    """Numbers of so few binary digits that their sums are exact, in whatever order."""
    return np.round(64 * moved(rng, base)) / 64


# --- vectors and matrices ------------------------------------------------------------------------


def special_vectors(rng: Random) -> list[Array]:
    """Vectors of three entries that tests for zeros, one-hot ones and shares take for others.

    In each is an entry that is a power of two: see ``reaching``.
    """
    a, b = exact(rng, [1.4, 0.62])
    return [
        np.array([1.0, 0.5, -0.5]),  # adds up to 1, and the largest is 1
        np.array([0.5, a, -0.5 - a]),  # adds up to 0
        np.array([-0.5, 0.0, -b]),  # the largest is 0
        np.array([0.125, 0.75, 0.125]),  # shares already
        np.full(3, 2.0),  # equal entries
        np.array([0.0, 1.0, 0.0]),  # one-hot
        np.array([-a, -0.25, -b]),  # nothing above 0
    ]


def special_matrices(rng: Random) -> list[Array]:
    """Square matrices: the identity, a permutation, symmetric, skew, singular, triangular."""
    a, b, c, d = exact(rng, [1.4, 0.7, 0.4, 0.9])
    return [
        np.eye(3),
        np.eye(3)[[1, 2, 0]],
        np.array([[-a, b, -c], [b, d, a], [-c, a, -b]]),
        np.array([[0.0, a, -b], [-a, 0.0, c], [b, -c, 0.0]]),  # its entries add up to 0
        np.outer([d, -a, b], [c, d, b]),
        np.array([[1.0, -a, b], [0.0, 1.0, -d], [0.0, 0.0, 1.0]]),  # its determinant is 1
    ]


def reaching(W: Array, a: Array, z: object) -> Array:
    """The matrix, one column changed so that its product with ``a`` is exactly ``z``."""
    column = int(np.argmax(np.frexp(np.abs(a))[0] == 0.5))
    W = np.round(64 * W) / 64
    W[:, column] = 0.0
    W[:, column] = (np.asarray(z) - W @ a) / a[column]
    return W


# --- networks ------------------------------------------------------------------------------------


def repeated_matrices(rng: Random) -> list[Network]:
    """Each special matrix in three layers, with a special input and a special target."""
    targets = special_vectors(rng)
    targets[1:1] = [np.array([0, 1, 1])]
    return [
        Network([K] * 3, x, target)
        for K, x, target in zip(special_matrices(rng), special_vectors(rng), targets, strict=False)
    ]


def special_single_layers(rng: Random) -> list[Network]:
    """A layer with special inputs and special pre-activations."""
    a, b, c = exact(rng, [1.4, 0.62, 0.34])
    pre_activations = [
        [-b, -b, -2.5, -a],  # two largest, and nothing above 0
        [0.03125, -0.046875, 0.0, 0.015625],  # small, and adding up to 0
        [0.125, 0.25, 0.5, 0.125],
        [-a, 0.0, -b, -c],
        [0.0, 0.0, 1.0, 0.0],
        [0.0] * 4,
    ]
    return [
        Network([reaching(matrix(rng, 4, 3, salt, WEIGHTS), x, z)], x, vector(rng, 4, salt))
        for salt, (x, z) in enumerate(zip(special_vectors(rng), pre_activations, strict=False))
    ]


def special_activations(rng: Random) -> Network:
    """Hidden activations that are shares, equal, one-hot, or exactly 1."""
    a, b = exact(rng, [1.4, 0.62])
    x = np.array([2.0, -2.0])
    weights: list[Array] = []
    activation = x
    for pre_activation in (
        [0.5, 0.5, 0.5, 0.5],
        [-a, 1.0],
        [0.25, -b, 0.75],
        [1.0, a, -b, b],
        [0.5, -a, b],
    ):
        W = matrix(rng, len(pre_activation), len(activation), len(weights), WEIGHTS)
        weights.append(reaching(W, activation, pre_activation))
        activation = np.maximum(pre_activation, 0)
    return Network(weights, x, moved(rng, [1.7, -0.6, 0.34]))


def dead_neuron(rng: Random) -> Network:
    """With a hidden layer of one neuron, which is off."""
    net = network(rng, 2, 1, 3)
    return replace(net, weights=[-net.weights[0], net.weights[1]])


def dead_within(rng: Random) -> Network:
    """With a layer that is off above others that are not, each of another width."""
    net = network(rng, 2, 4, 1, 2, 3, 2, 4, 3)
    weights = [*net.weights]
    weights[3] = -np.abs(weights[3])
    return replace(net, weights=weights)


def fifty(rng: Random) -> Network:
    """With fifty neurons in each layer, half of them on, and one matrix in all."""
    # No row adds up what nearly cancels: single precision would not have it.
    signs = np.resize([1.0, -1.0], 50)[:, None]
    W = 0.04 * signs * np.abs(matrix(rng, 50, 50, sizes=WEIGHTS))
    return Network([W, W], np.abs(vector(rng, 50)), moved(rng, np.resize([0.62, -0.34, 1.4], 50)))


def wide_and_narrow(rng: Random) -> Network:
    """With fifty neurons and few in turn."""
    sizes = (50, 3, 50, 2)
    weights = [
        0.04 * np.abs(matrix(rng, rows, columns, layer, WEIGHTS))
        for layer, (columns, rows) in enumerate(pairwise(sizes))
    ]
    weights[0][1] *= -1
    weights[1][::2] *= -1
    return Network(weights, np.abs(vector(rng, 50)), moved(rng, [0.34, -0.7]))


def deep(rng: Random) -> Network:
    """Twelve layers, all on, through which an error comes down to the first."""
    sizes = np.resize([3, 2, 4], 13)
    weights = [
        np.abs(matrix(rng, rows, columns, layer, WEIGHTS)) * 1.4 / columns
        for layer, (columns, rows) in enumerate(pairwise(sizes))
    ]
    weights[-1][1:] *= -1
    return Network(weights, np.abs(vector(rng, 3)), moved(rng, [0.34, 0.62, -0.7]))


def far_apart_within(rng: Random) -> Network:
    """With hidden activations of sizes that are far apart; the largest cancel out at the top."""
    a, b, c = exact(rng, [1.4, 0.62, 0.34])
    large = 64 * np.round(moved(rng, FAR_APART[1]) / 64)
    small = 2.0**-18
    first = np.array([[1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    top = np.array([[a, -a, b / small, c], [-b, b, -c / small, a], [c, -c, a / small, -b]])
    x = np.array([large, small, 0.5])
    return Network([first, top], x, moved(rng, [0.34, 0.62, -0.7]))


def far_apart_inputs(rng: Random, net: Network, signs: Sequence[float]) -> Network:
    """With inputs of sizes that are far apart, and weights to match."""
    x = moved(rng, FAR_APART[: len(net.x)]) * signs
    first, *others = net.weights
    return replace(net, weights=[first * (net.x / x), *others], x=x)


def nearly_sure(rng: Random, by: float) -> Network:
    """With a share of nearly 1, of whose rest single precision has enough."""
    # Without a layer below, in which what it has not would grow.
    while True:
        net = leading(network(rng, 3, 3, salt=1), by)
        largest = net.activations[-1].max()
        if abs(float(np.float32(largest)) - largest) < 1e-8:
            return net


def special(rng: Random) -> Iterator[tuple[Network, str]]:
    """Those that each function of a network is tried on, with their cases."""
    for net in repeated_matrices(rng):
        yield net, "layers of equal width"
    yield special_activations(rng), "many layers"
    yield dead_neuron(rng), "one neuron, or many"
    yield fifty(rng), "one neuron, or many"
    yield dead_within(rng), "all, none or one switched on"
    yield far_apart_within(rng), "large and small values"
    net, small = network(rng, 3, 4, 3), FAR_APART[0]
    first, top = net.weights
    tiny = replace(net, weights=[first, top / small], x=net.x * small)
    yield tiny, "large and small values"


# --- very large pre-activations at the top -------------------------------------------------------


def large_tops(rng: Random) -> Iterator[Network]:
    """Pre-activations that single precision has exactly, since their differences count."""
    # The largest come last, and the sum of their powers of e is too large for a number.
    rising = np.round(np.linspace(-900, 640, 40) + rng.uniform(0, 9))
    last = 708 + np.arange(1, 11) / 16
    yield _top(np.concatenate([rising, last]))
    near = np.round(float(moved(rng, 9.7e5))) - np.array([1.0, 0.0, 2.5])
    yield _top(near)


def _top(z: Array) -> Network:
    return Network([z[:, None]], np.ones(1), np.eye(len(z))[0])
