"""Hidden numbers: fixed ones, each moved a little, so that the draw never decides a mark.

Every input has a *skeleton* that is the same in each run: its signs, its sizes, which entries are
equal and where each stands against every threshold. A seed moves the numbers by a few hundredths.
So the same mistake fails on the same inputs whatever the seed, and no number is met twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Random = np.random.Generator

#: Moved, none of these comes near a number that people write: 0.1, 0.5, 1, 2, 5.
SIZES = np.array([0.7, 1.4, 0.034, 2.4, 0.34, 3.4, 0.62, 0.15])
#: So much is left of the summands of each entry of a product, at least.
CLEARLY = 0.3
#: Sizes of weights, which must not blow up in a deep network.
WEIGHTS = np.array([0.7, 1.4, 0.34, 0.9, 0.22, 1.2, 0.62, 0.4])


def moved(rng: Random, base: object, by: float = 0.03) -> Array:
    """The numbers of ``base``, each multiplied by one close to 1; zeros stay zeros."""
    numbers = np.asarray(base, dtype=float)
    return numbers * rng.uniform(1 - by, 1 + by, numbers.shape)


def moved_together(rng: Random, base: Any) -> Array:
    """As ``moved``, but equal numbers stay equal."""
    numbers = np.asarray(base, dtype=float)
    values, places = np.unique(numbers, return_inverse=True)
    together: Array = moved(rng, values)[places].reshape(numbers.shape)
    return together


def nearly_one(rng: Random) -> Array:
    """A vector with a share of nearly 1, whose slope single precision can tell."""
    while True:
        x = moved(rng, [0.7, 1.4, 9.3, -0.3])
        slopes = [s - s * s for s in (softmax(x), softmax(x.astype(np.float32)))]
        if np.abs(slopes[0] - slopes[1]).max() < 5e-8:
            return x


def softmax(z: Array) -> Array:
    """The shares, in the precision that the input has."""
    e = np.exp(z - z.max())
    shares: Array = e / e.sum()
    return shares


def matrix(rng: Random, rows: int, columns: int, salt: int = 0, sizes: Array = SIZES) -> Array:
    """A matrix with entries of all sizes and both signs."""
    return moved(rng, _skeleton(rows, columns, salt, tuple(sizes)))


def vector(rng: Random, size: int, salt: int = 0) -> Array:
    """A vector with entries of all sizes and both signs."""
    row: Array = matrix(rng, 1, size, salt)[0]
    return row


@cache
def _skeleton(rows: int, columns: int, salt: int, sizes: tuple[float, ...]) -> Array:
    fixed = np.random.default_rng([rows, columns, salt])
    count = rows * columns
    found = fixed.permutation(np.resize(fixed.permutation(sizes), count))
    signs = fixed.permutation(np.resize([-1.0, 1.0], count))
    skeleton: Array = (found * signs).reshape(rows, columns)
    return skeleton


def whole(rng: Random, rows: int, columns: int, salt: int = 0) -> Array:
    """A matrix of whole numbers from 2 to 7; a seed makes large ones larger by 1."""
    base = _skeleton(rows, columns, salt, (2.0, 3.0, 4.0, 6.0)).astype(int)
    larger = rng.integers(0, 2, base.shape) * (np.abs(base) >= 4)
    numbers: Array = base + larger * np.sign(base)
    return numbers


def product(rng: Random, rows: int, columns: int, salt: int = 0) -> tuple[Array, Array]:
    """An error and a Jacobian whose product comes close to 0 nowhere: see ``chain``."""
    error, (jacobian,) = chain(rng, (rows, columns), salt)
    return error, jacobian


def chain(rng: Random, sizes: Sequence[int], salt: int = 0) -> tuple[Array, list[Array]]:
    """An error and Jacobians that it can go through one after the other.

    No entry of an error on the way is a small difference of large numbers, which single precision
    has not got.
    """
    salts = _clear_salts(tuple(sizes), salt)
    steps = zip(pairwise(sizes), salts, strict=True)
    return vector(rng, sizes[0], salt), [matrix(rng, i, j, n) for (i, j), n in steps]


@cache
def _clear_salts(sizes: tuple[int, ...], salt: int) -> tuple[int, ...]:
    error, salts = _skeleton(1, sizes[0], salt, tuple(SIZES))[0], []
    for number, (rows, columns) in enumerate(pairwise(sizes)):
        tried = range(salt + 100 * number, salt + 100 * number + 100)
        jacobians = {n: _skeleton(rows, columns, n, tuple(SIZES)) for n in tried}
        clear = {n: _clearness(error, J) for n, J in jacobians.items()}
        best = next((n for n in tried if clear[n] > CLEARLY), max(tried, key=clear.__getitem__))
        salts.append(best)
        error = error @ jacobians[best]
    return tuple(salts)


def _clearness(error: Array, jacobian: Array) -> float:
    """The smallest part that is left of an entry's summands when they are added up."""
    return float((np.abs(error @ jacobian) / (np.abs(error) @ np.abs(jacobian))).min())


# --- networks ----------------------------------------------------------------------------------

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
        return forward(self.weights, self.x)


def forward(weights: Sequence[Array], x: Array) -> list[Array]:
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
    below = forward(weights, x)
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
        weights = [
            _skeleton(rows, columns, int(s), tuple(WEIGHTS))
            for s, (columns, rows) in zip(salts, pairwise(sizes), strict=False)
        ]
        x = _skeleton(1, sizes[0], int(salts[-1]), tuple(WEIGHTS))[0]
        hidden = _hidden_inputs(weights, x)
        mixed = all((z > 0).any() and ((z < 0).any() or z.size == 1) for z in hidden)
        top = forward(weights, x)[-1]
        clear = all(np.abs(z).min() > CLEAR for z in hidden)
        if mixed and clear and (top.size == 1 or (top.min() > 0.02 and top.max() < 0.9)):
            return Network(weights, x, _target(top))
    raise RuntimeError(f"no network of {sizes} has all its neurons clearly on or off")


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


def at_zero(rng: Random, outputs: int = 2) -> Network:
    """With a hidden pre-activation of exactly 0, between one that is on and one that is off."""
    # Of so few binary digits that their products are exact, in whatever order they are added.
    v, w = np.round(64 * moved(rng, [0.62, 1.4])) / 64
    first = np.array([[w / 2, w], [w, -w], [-w, w / 2]])
    weights = [first, matrix(rng, outputs, 3, 1, WEIGHTS)]
    x = np.full(2, v)
    return Network(weights, x, _target(forward(weights, x)[-1]))


def whole_network(rng: Random) -> Network:
    """Whole numbers throughout; the two top pre-activations are close, so that no error is 0."""
    weights = [np.array([[1, -2], [2, 2], [-1, -1]]), np.array([[1, 0, 1], [0, 1, 1]])]
    return Network(weights, np.array([int(rng.integers(2, 4)), -1]), np.array([0, 1]))
