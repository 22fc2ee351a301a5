"""An oracle of its own: what is right, entry by entry in plain Python, on inputs of every kind.

It shares nothing with the package: neither the reference solutions, nor the inputs of the tests.
What it says is right is held against automatic differentiation by ``marking/test_escapes.py``.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

Vector = list[float]
Arguments = tuple[Any, ...]

RELATIVE, ABSOLUTE = 1e-5, 1e-7

# --- what is right -------------------------------------------------------------------------------


def threshold(x: Vector) -> Vector:
    return [v if v > -1 else 0.0 for v in x]


def threshold_jacobian(x: Vector) -> list[Vector]:
    return [[float(i == j and x[i] > -1) for j in range(len(x))] for i in range(len(x))]


def softmax(x: Vector) -> Vector:
    grown = [math.exp(v - max(x)) for v in x]
    return [g / math.fsum(grown) for g in grown]


def softmax_jacobian(x: Vector) -> list[Vector]:
    s = softmax(x)
    # 1 − s_i as the sum of the other shares: exact where s_i is nearly 1.
    rest = [math.fsum(s[:i] + s[i + 1 :]) for i in range(len(s))]
    return [
        [s[i] * rest[i] if i == j else -s[i] * s[j] for j in range(len(s))] for i in range(len(s))
    ]


def propagate_error(error: Vector, jacobian: list[Vector]) -> Vector:
    return [
        math.fsum(e * row[j] for e, row in zip(error, jacobian, strict=True))
        for j in range(len(jacobian[0]))
    ]


def propagate_chain(error: Vector, jacobians: list[list[Vector]]) -> list[Vector]:
    errors = [error]
    for jacobian in jacobians:
        errors.append(propagate_error(errors[-1], jacobian))
    return errors[1:]


def error_norms(error: Vector, jacobians: list[list[Vector]]) -> Vector:
    return [math.hypot(*e) for e in [error, *propagate_chain(error, jacobians)]]


def _times(W: list[Vector], a: Vector) -> Vector:
    return [math.fsum(w * v for w, v in zip(row, a, strict=True)) for row in W]


def forward(weights: list[list[Vector]], x: Vector) -> list[Vector]:
    activations = [x]
    for W in weights[:-1]:
        activations.append([max(z, 0.0) for z in _times(W, activations[-1])])
    return [*activations, softmax(_times(weights[-1], activations[-1]))]


def backward(
    weights: list[list[Vector]], activations: list[Vector], target: Vector
) -> list[Vector]:
    top = activations[-1]
    off = [a - t for a, t in zip(top, target, strict=True)]
    rest = [1 - s for s in top]
    jacobian = [
        [top[i] * rest[i] if i == j else -top[i] * top[j] for j in range(len(top))]
        for i in range(len(top))
    ]
    errors = [propagate_error(off, jacobian)]
    for W, a in zip(weights[:0:-1], activations[-2:0:-1], strict=True):
        through = propagate_error(errors[0], W)
        errors.insert(0, [e if v > 0 else 0.0 for e, v in zip(through, a, strict=True)])
    return errors


def weight_gradients(errors: list[Vector], activations: list[Vector]) -> list[list[Vector]]:
    below = activations[:-1]
    return [[[e * v for v in a] for e in error] for error, a in zip(errors, below, strict=True)]


def update_weights(
    weights: list[list[Vector]], gradients: list[list[Vector]], learning_rate: float
) -> list[list[Vector]]:
    return [
        [
            [w - learning_rate * g for w, g in zip(row, slopes, strict=True)]
            for row, slopes in zip(W, G, strict=True)
        ]
        for W, G in zip(weights, gradients, strict=True)
    ]


def train(
    weights: list[list[Vector]],
    inputs: list[Vector],
    targets: list[Vector],
    learning_rate: float,
    epochs: int,
) -> tuple[list[list[Vector]], Vector]:
    losses = []
    for _ in range(epochs):
        lost = []
        for x, target in zip(inputs, targets, strict=True):
            activations = forward(weights, x)
            lost += [(a - t) ** 2 / 2 for a, t in zip(activations[-1], target, strict=True)]
            gradients = weight_gradients(backward(weights, activations, target), activations)
            weights = update_weights(weights, gradients, learning_rate)
        losses.append(math.fsum(lost))
    return weights, losses


RIGHT: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        threshold, threshold_jacobian, softmax, softmax_jacobian, propagate_error, propagate_chain,
        error_norms, forward, backward, weight_gradients, update_weights, train,
    )
}  # fmt: skip

# --- the inputs ----------------------------------------------------------------------------------


class Inputs:
    """Inputs of every kind that the contract allows, drawn from one seed."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def of(self, function: str) -> list[Arguments]:
        if function in ("threshold", "threshold_jacobian", "softmax", "softmax_jacobian"):
            return [(x,) for x in self.vectors()]
        made: Callable[[], list[Arguments]] = getattr(self, function)
        return made()

    def vector(self, size: int) -> Any:
        return np.round(self.rng.uniform(-3, 3, size), 2)

    def matrix(self, rows: int, columns: int) -> Any:
        return np.round(self.rng.uniform(-2, 2, (rows, columns)), 2)

    def vectors(self) -> list[Any]:
        rng = self.rng
        made = [self.vector(size) for size in range(1, 16) for _ in range(6)]
        made += [self.vector(size) for size in (30, 50)]
        made += [rng.integers(-4, 5, size) for size in (1, 2, 3, 5, 9) for _ in range(3)]
        made += [self.vector(size) * scale for size in (1, 3, 6) for scale in (1e-6, 1e-3, 20, 1e6)]
        made += [self.vector(4) + shift for shift in (-1000, 1000, -50, 3, -4)]
        for special in (0.0, -1.0, -1 + 1e-9, -1 - 1e-9, 1.0, 6.5, -6.5, 0.5):
            made += [np.array([special]), np.full(3, special)]
            for size in (2, 5):
                x = self.vector(size)
                x[rng.integers(size)] = special
                made.append(x)
        made += [-1 + np.array([0.003, -0.003, 0.0, 1e-5, -1e-5])]
        x = self.vector(5)
        made += [np.sort(x), np.sort(x)[::-1], np.repeat(x, 2), np.abs(x) + 1, -np.abs(x) - 1.5]
        made += [np.array([1000.0, -1000.0, 0.0]), np.array([-1000.0, 1000.0]), np.zeros(4)]
        made += [np.array([-800.0, -800.5, -801.0]), np.array([900.0, 900.0, -900.0, 899.0])]
        return [*made, *self.coincidences()]

    def coincidences(self) -> list[Any]:
        """Vectors of which one number says that they are simpler than they are."""
        lists: list[list[float]] = [
            [1e6, 1e6 - 1, 1e6 - 3],
            [1e6 - 1, 1e6],
            [-1e6, 1 - 1e6],
            [1000, -1000],
            [708.5] * 5,
            [706.5] * 30,
            [709.95, 709.9],
            [-740, -741.5],
            [0] * 11 + [800],
            [0.2, 0.3, 0.5],
            [0, 1, 0],
            [0, -1.5, -0.5],
            [2, -2],
            [1.25, 0.75, -2],
            [0.01, 0.03],
            [0.045, -0.045],
            [12.1, 0],
            [11, -1],
            [14.6, 0],
            [-0.95, 1e6],
            [-1.0005, 1e6],
            [-1 + 5e-7, 3, -1 - 5e-7],
            [3, *[-2] * 6, 5],
            [-2, -0.5],
            [0.5] * 20,
            [*[0.5] * 29, *[-2, 1] * 10],
        ]
        return [np.array(numbers, dtype=float) for numbers in lists]

    def products(self) -> list[tuple[Any, list[Any]]]:
        """An error and Jacobians that follow one another."""
        rng = self.rng
        made = []
        lengths = [*range(9), 12, 20]
        for length in lengths * 4:
            sizes = rng.integers(1, 5, length + 1)
            if length % 3 == 1:
                sizes[:] = sizes[0]
            made.append((self.vector(sizes[0]), [self.matrix(*ab) for ab in pairwise(sizes)]))
        for scale in (1e-6, 1e-3, 1e3, 1e6):
            e, (J, K) = self.vector(3), (self.matrix(3, 2), self.matrix(2, 4))
            made += [(e * scale, [J, K]), (e, [J * scale, K]), (e * scale, [])]
        for size in (1, 2, 3):
            e, J = self.vector(size), self.matrix(size, size)
            made += [(e, [J, J]), (e, [J, J.T, J]), (e, [np.eye(size)]), (e, [J, np.eye(size), J])]
            made += [(e, [np.zeros((size, size)), J]), (np.zeros(size), [J, J])]
            made += [(np.full(size, 2.0), [np.full((size, size), 0.5)] * 3)]
        made += [(rng.integers(-3, 4, 2), [rng.integers(-3, 4, (2, 2)) for _ in range(3)])]
        made += [(rng.integers(-3, 4, 3), [self.matrix(3, 2)])]
        made += [(np.array([0.0, 1.5, 0.0]), [self.matrix(3, 2)]), (self.vector(11), [])]
        made += [
            (np.zeros(3), [self.matrix(3, 2)]),
            (np.array([-1, 2]), [np.array([[1, 2], [3, 5]])]),
        ]
        made += [(np.array([1.5, 1.5, -0.5]), [self.matrix(3, 2), self.matrix(2, 2)])]
        made += [(np.array([3.0, 4.0]), [np.array([[0.0, 1.0], [1.0, 0.0]])] * 7)]
        return [*made, *self.special_products()]

    def special_products(self) -> list[tuple[Any, list[Any]]]:
        """Errors and Jacobians of which one thing says that they are simpler than they are."""
        made: list[tuple[Any, list[Any]]] = [
            (self.vector(50), [self.matrix(50, 50), self.matrix(50, 2), self.matrix(2, 50)]),
            (self.vector(2), [np.zeros((2, 2)), self.matrix(2, 3)]),
            (np.ones(2), [np.array([[2.0, 1.0], [-2.0, -1.0]]), self.matrix(2, 3)]),
            (np.array([2e6, 1e6]), [self.matrix(2, 2) * 1e-6, self.matrix(2, 2)]),
            (np.array([2e-6, 1e-6]), [self.matrix(2, 2) * 1e6]),
            (np.array([1e6, 1.0]), [np.array([[1.0, 2e-6], [7e-6, 1.0]])]),
            (self.vector(5), [self.matrix(5, 1)]),
        ]
        for error in ([0, -1, -2], [-1, -2, -3, -4], [1, 0.5, -0.5], [0.2, 0.3, 0.5], [1, 1, 1]):
            made += [(np.array(error, dtype=float), [self.matrix(len(error), len(error))])]
        u, (s, t) = self.vector(3), self.vector(2)
        columns = [[0.6, 0.8], [0.8, 0.6]]
        for J in (
            np.eye(3) + np.triu(self.matrix(3, 3), 1),
            np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]),
            np.array([[0.0, 1.0, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]),
            np.array([[0.0, s, t], [-s, 0.0, 1.0], [-t, -1.0, 0.0]]),
            np.array([[2.0, 1.0, -3.0], [-1.0, 2.0, -1.0], [0.0, 4.0, -4.0]]),
            np.outer(u, [1.0, 1.0, 0.5]),
            np.outer(u, u),
            np.diag([1.0, 0.0, 1.0]),
            np.eye(3, 2),
        ):
            made += [(np.array([1.0, 2.0, 3.0]), [J]), (np.array([1.0, -2.0, 2.5]), [J, J.T])]
        for J in (np.array([[0.0, -1.0], [1.0, 0.0]]), np.array(columns), np.eye(2, 4)):
            made += [(np.array([1.0, 2.0]), [J, self.matrix(J.shape[1], 3)])]
        return made

    def propagate_error(self) -> list[Arguments]:
        made = [(e, J) for e, (J, *_) in (product for product in self.products() if product[1])]
        return made + [
            (self.vector(n), self.matrix(n, m)) for n in (1, 2, 3, 11) for m in (1, 2, 3, 12)
        ]

    def propagate_chain(self) -> list[Arguments]:
        return list(self.products())

    def error_norms(self) -> list[Arguments]:
        return list(self.products())

    def networks(self) -> list[tuple[list[Any], Any]]:
        """Weights and an input."""
        rng = self.rng
        made = []
        for layers in (1, 1, 2, 2, 2, 3, 3, 4, 6, 12):
            for width in (1, 2, 4):
                sizes = rng.integers(1, width + 2, layers + 1)
                made.append(
                    ([self.matrix(b, a) for a, b in pairwise(sizes)], self.vector(sizes[0]))
                )
        for sizes in ((3, 3, 3), (2, 2), (2, 12, 2), (1, 1, 1), (4, 3, 11), (5, 5, 5, 5)):
            made.append(([self.matrix(b, a) for a, b in pairwise(sizes)], self.vector(sizes[0])))
        W, V = self.matrix(3, 2), self.matrix(2, 3)
        x = np.abs(self.vector(2)) + 0.5
        made += [([-np.abs(W), V], x), ([np.abs(W), V], x), ([W, V], np.zeros(2)), ([W * 0, V], x)]
        made += [([W * 1e-3, V], x), ([W, V * 300], x), ([W * 50, V * 50], x), ([W, V * -900], x)]
        made += [([W * 1e-5, V], x), ([W * 200, V * 1e-3], x)]
        made += [([np.eye(2), np.eye(2), np.eye(2)], x), ([W, V, W, V], x)]
        made += [([np.array([[1.0, -1.0], [1.0, 1.0]]), np.eye(2)], np.ones(2))]
        made += [([rng.integers(-2, 3, (3, 2)), rng.integers(-2, 3, (2, 3))], np.array([1, 2]))]
        return made

    def special_networks(self) -> list[tuple[list[Any], Any]]:
        """Where sums, shares, transposes and sizes coincide with something else."""
        a, b, c = np.round(64 * self.rng.uniform(0.3, 1.6, 3)) / 64
        inputs = [[1, 0.5, -0.5], [a, -a, 0], [-a, 0, -b], [0.25, 0.5, 0.25], [a, a, a], [0, 1, 0]]
        inputs.append([-a, -b, -c])
        matrices = [
            np.eye(3),
            np.eye(3)[[1, 2, 0]],
            np.array([[-a, b, -c], [b, c, a], [-c, a, -b]]),
            np.array([[0, a, -b], [-a, 0, c], [b, -c, 0]]),
            np.outer([c, -a, b], [c, b, a]),
            np.array([[1, -a, b], [0, 1, -c], [0, 0, 1]]),
            self.matrix(3, 3),
        ]
        made = [([K] * 3, np.array(x)) for K, x in zip(matrices, inputs, strict=True)]
        made += [([self.matrix(4, 3)], np.array(x)) for x in inputs]
        tops = [[0.0] * 3, [0.25, 0.75], [1, 0.0, 0.0], [a, -a, 0.0], [-a, 0, -b], [0.02, -0.01, 0]]
        tops += [[1e6, 1e6 - 1, 1e6 - 3], [-1e6, 1 - 1e6], [*[0.0] * 11, 800.0], [708.9] * 5]
        made += [([np.array(z)[:, None]], np.ones(1)) for z in tops]
        chosen = [np.array(v)[:, None] for v in ([1, -a, 0.5], [a, a], [0.25, 0.75, -b])]
        made += [([v, self.matrix(3, len(v))], np.ones(1)) for v in chosen]
        made += [([np.array([[-1.0, 0.5]]), self.matrix(3, 1)], np.array([2.0, 1.0]))]
        dead = [np.abs(self.matrix(b, a)) for a, b in pairwise((2, 4, 1, 2, 3, 2, 4))]
        made += [([*dead[:3], -dead[3], *dead[4:]], np.array([2.0, 1.0]))]
        W, V = np.abs(self.matrix(50, 3)) * 0.1, self.matrix(50, 50) * 0.02
        W[::2] *= -1
        made += [([W, V, self.matrix(2, 50)], np.abs(self.vector(3)))]
        W, V, x = np.abs(self.matrix(3, 3)) + 0.1, self.matrix(3, 3), np.abs(self.vector(3)) + 0.1
        sizes = np.array([2e-6, 7e5, 0.7])
        made += [([W * sizes[:, None], V / sizes / 4], x), ([W / sizes, V], x * sizes)]
        made += [([W, V / size], x * size) for size in sizes]
        made += [([self.matrix(3, 3)], -1e4 * x)]
        made += [
            ([np.array([[a], [a], [-a]]), np.array([[b, -b, c], [-c, c, a]])], np.array([6e5]))
        ]
        return made

    def forward(self) -> list[Arguments]:
        return self.networks() + self.special_networks()

    def targets(self, size: int) -> list[Any]:
        one_hot = np.eye(size)[self.rng.integers(size)]
        return [one_hot, np.full(size, 1 / size), self.vector(size) * 2, np.zeros(size)]

    def backward(self) -> list[Arguments]:
        made: list[Arguments] = []
        for weights, x in self.networks() + self.special_networks():
            activations = [np.array(a) for a in forward(_plain(weights), _plain(x))]
            targets = [*self.targets(len(weights[-1])), activations[-1].copy()]
            targets += [self.vector(len(weights[-1])) * 300, np.eye(len(weights[-1]), dtype=int)[0]]
            targets += [np.resize([1, 0.5, -0.5], len(weights[-1]))]
            made += [(weights, activations, t) for t in targets]
        weights, x = [np.array([[12.0, 0, 0], [0, 0, 0], [0, -1, 0]])], np.array([1.0, 0.5, 2])
        activations = [np.array(a) for a in forward(_plain(weights), _plain(x))]
        return made + [(weights, activations, np.array(t)) for t in ([0.0, 1, 0], [2e5, -7e5, 1])]

    def weight_gradients(self) -> list[Arguments]:
        made: list[Arguments] = []
        for weights, x in self.networks():
            activations = [np.array(a) for a in forward(_plain(weights), _plain(x))]
            for scale in (1.0, 1.0, 1e-4, 1e5, 0.0):
                made.append(([self.vector(len(W)) * scale for W in weights], activations))
        special = [np.array(x) for _, x in self.special_networks() if len(x) == 3]
        made += [([e], [a, e]) for e in special for a in special]
        made += [(special[1:], special[::-1]), (special[3:6], special[2:6])]
        for e, a in ((50, 50), (7, 2), (1, 5), (5, 1)):
            made.append(([self.vector(e)], [self.vector(a), self.vector(e)]))
        whole = [np.array([1, -2]), np.array([3])], [np.array([1, 0, 2]), np.array([2, 5]), [1]]
        return [*made, (whole[0], [np.array(a) for a in whole[1]])]

    def update_weights(self) -> list[Arguments]:
        made: list[Arguments] = []
        for shared, _ in self.networks():
            # A deep copy that is changed in place is right, but for one matrix that stands twice.
            weights = [W.copy() for W in shared]
            gradients = [self.matrix(*W.shape) for W in weights]
            for rate in (0.1, 0.0, -0.5, 3, 40.0):
                made.append((weights, gradients, rate))
            made.append((weights, [G * 0 for G in gradients], 0.3))
            made.append(([W * 1e3 for W in weights], [G * 1e4 for G in gradients], 0.05))
            made.append(([W * 1e-4 for W in weights], [G * 1e-3 for G in gradients], 0.01))
            made.append((weights, [W.copy() for W in weights], 1.0))
        special = [W[0] for W, _ in self.special_networks()[:7]]
        for rate in (1.0, 0.3, 2e-6, 7e5):
            made += [([K], [self.matrix(3, 3)], rate) for K in special]
            made += [([self.matrix(3, 3)], [K], rate) for K in special]
            made += [([special[-1]], [special[-1].copy()], rate)]
            made += [([special[-1] * 7e5], [special[2] * 2e-6], rate)]
        made += [([self.matrix(3, 3), self.matrix(3, 3)], [special[2]] * 2, 0.3)]
        return [*made, ([self.matrix(50, 50)], [self.matrix(50, 50)], 0.3)]

    def train(self) -> list[Arguments]:
        made: list[Arguments] = []
        for weights, x in self.networks()[: 3 * 8] + self.networks()[30:]:
            examples = int(self.rng.integers(1, 4))
            inputs = np.array([x, *(self.vector(len(x)) for _ in range(examples - 1))])
            targets = np.array([self.targets(len(weights[-1]))[k % 4] for k in range(examples)])
            rate = float(self.rng.choice([0.1, 0.5, 1.5, -0.2, 0.0]))
            made.append((weights, inputs, targets, rate, int(self.rng.integers(0, 5))))
        weights = [self.matrix(3, 2), self.matrix(2, 3)]
        for count, epochs in ((1, 1), (1, 40), (12, 2), (25, 1), (3, 0), (1, 0), (2, 15)):
            inputs = np.array([self.vector(2) for _ in range(count)])
            targets = np.eye(2)[self.rng.integers(0, 2, count)]
            made.append((weights, inputs, targets, 0.4, epochs))
        x = np.array([[1.0, 0.5]])
        made += [(weights, np.repeat(x, 2, 0), np.eye(2), 0.9, 6)]
        made += [(weights, np.repeat(x, 3, 0), np.repeat([[1.0, 0.0]], 3, 0), 0.5, 3)]
        made += [(weights, np.repeat(x, 2, 0), np.array([[3.0, -2.0], [-1.0, 4.0]]), 2.5, 5)]
        made += [(weights, np.array([[1, 2], [0, 1]]), np.array([[1, 0], [0, 1]]), 1, 3)]
        made += [([W * 0 for W in weights], x, np.array([[0.5, 0.5]]), 0.5, 3)]
        return made + self.special_training()

    def special_training(self) -> list[Arguments]:
        weights, single = [self.matrix(3, 2), self.matrix(2, 3)], [self.matrix(2, 2)]
        x, t = np.array([[1.0, 0.5]]), np.array([[1.0, 0.0]])
        made: list[Arguments] = [
            (weights, self.matrix(51, 2), self.matrix(51, 2), 0.1, 1),
            (single, x, t, 0.3, 71),
            ([np.eye(2) * 0.9 + 0.05] * 11 + single, x, t, 0.5, 2),
            (single, x * 1e-3, t, 7e5, 2),
            (single, x, t * 7e5, 2e-6, 2),
            ([single[0] * 1e-4], x * 12345.6789, t, 1e-8, 2),
            ([single[0] * 1e-6], x * 1e6, t, 1e-12, 2),
            ([np.array([[9.6, 0.0], [0.0, 0.0]])], x, 1 - t, 100.0, 2),
            ([np.abs(W) * sign for W, sign in zip(weights, (-1, 1), strict=True)], x, t, 0.5, 3),
            (single, np.array([[1.0, 2], [0, 1], [-1, 1]]), np.repeat(t, 3, 0), 0.3, 2),
            ([np.eye(2), *single], np.array([[1.0, -2]]), t, 0.3, 2),
        ]
        made += [([W[:1] for W in single], x, np.array([[end]]), 0.3, 3) for end in (1.0, 3.0)]
        for example in ([1.5, -1.5], [-1.5, 0.0], [0.0, 1.0], [0.25, 0.75], [2.0, 2.0]):
            for target in ([1.0, 0.5], [1.0, 1.0], [1.5, -0.5]):
                made.append((single, np.array([example]), np.array([target]), 0.4, 1))
        return made


def _plain(value: Any) -> Any:
    """Nested lists of Python's numbers."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


@cache
def cases(function: str) -> list[tuple[Arguments, Any]]:
    """Inputs of a function, and what is right for each."""
    found = []
    for seed in (1, 2):
        for arguments in Inputs(seed).of(function):
            found.append((arguments, RIGHT[function](*map(_plain, arguments))))
    return found


# --- judging -------------------------------------------------------------------------------------


def agrees(given: Any, right: Any) -> bool:
    """Whether a value is what is right, in shape and within the contract's tolerance."""
    if _is_one_array(right):
        try:
            array = np.asarray(given, dtype=float)
        except (TypeError, ValueError):
            return False
        wanted = np.array(right, dtype=float)
        return array.shape == wanted.shape and bool(
            np.isfinite(array).all()
            and (np.abs(array - wanted) <= ABSOLUTE + RELATIVE * np.abs(wanted)).all()
        )
    if isinstance(given, np.ndarray):
        given = list(given)
    if not isinstance(given, list | tuple) or len(given) != len(right):
        return False
    return all(map(agrees, given, right))


def _is_one_array(right: Any) -> bool:
    """Numbers, or rows of numbers that are one array (lists of arrays are of lists of lists)."""
    return not isinstance(right, list) or isinstance(right, _Array)


class _Array(list):  # type: ignore[type-arg]
    """What is one array and no list of arrays."""


_LISTS = frozenset({"propagate_chain", "forward", "backward", "weight_gradients", "update_weights"})


def _shaped(function: str, right: Any) -> Any:
    if function in _LISTS:
        return [_Array(item) for item in right]
    if function == "train":
        return [[_Array(W) for W in right[0]], _Array(right[1])]
    return _Array(right)


def first_fault(function: str, answer: Callable[..., Any]) -> str | None:
    """What is wrong with a function, on the first input that shows it; None if nothing is."""
    for arguments, right in cases(function):
        given = copy.deepcopy(arguments)
        try:
            with np.errstate(all="ignore"):
                value = answer(*given)
        except Exception as error:
            return f"{type(error).__name__} for {arguments}"
        if not _same(given, arguments):
            return f"changes its arguments {arguments}"
        if function == "train" and arguments[-1] == 0:
            for W in given[0]:
                W += 1
        if not agrees(value, _shaped(function, right)):
            return f"{value} for {arguments}, where {right} is right"
    return None


def _same(one: Any, other: Any) -> bool:
    if isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return np.shape(one) == np.shape(other) and bool(np.array_equal(one, other))
