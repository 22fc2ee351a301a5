"""Inputs on which formulas can be told apart: numbers of no special kind, in many sizes."""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import Any

import numpy as np

from autograder.formulas.frames import Numbers
from autograder.notes6.networks import forward_pass

Arguments = tuple[Any, ...]
Random = np.random.Generator

_NETWORKS = (
    *((3, 2), (2, 4), (3, 3), (2, 3, 2), (3, 4, 3), (2, 3, 4, 2), (3, 3, 3), (2, 2, 2)),
    *((3, 5, 2), (2, 3, 3), (3, 3, 4, 2), (2, 3, 3, 2), (4, 4, 4)),
)
#: What goes wrong on the way down only below the highest hidden layer shows in these alone.
_DEEP = ((3, 4, 3, 2), (2, 4, 4, 3))
#: What people compare with, and the lengths of vectors with as many entries as stretches between.
_COMPARED = (-4, -3, -2, -1.3, -1, -0.7, -0.3, 0, 0.1, 0.3, 0.7, 1, 1.3, 2, 3, 4)
_VECTORS = (4, 6, 3, 5, 5, 4, 3)
_PRODUCTS = ((3, 3), (2, 3), (2, 2), (4, 3), (4, 4), (3, 2), (2, 2), (2, 4), (3, 4), (3, 3))
_CHAINS = ((2, 2, 2, 2), (3, 2, 4), (2, 3), (3, 3, 3), (2, 2, 2), (4, 3, 2, 3), (3, 3, 3), (4, 4))
#: Sizes, examples and epochs of trainings.
_TRAININGS = (
    ((3, 2), 1, 1),
    ((2, 4), 1, 1),
    ((2, 3, 3), 1, 1),
    ((3, 4, 2), 1, 1),
    ((4, 3), 1, 1),
    ((2, 4, 3, 2), 1, 1),
    ((2, 3, 2), 3, 1),
    ((3, 4), 2, 1),
    ((2, 3, 3), 4, 1),
    ((2, 3), 1, 3),
    ((3, 3, 2), 1, 2),
    ((2, 3, 4), 3, 2),
    # Without a hidden layer there is none that can be all off.
    ((4, 3), 2, 3),
    ((3, 2), 3, 2),
)
#: Trainings of one step and of the same with a second one, in pairs of pairs: fresh inputs are
#: every second one of these.
_SECOND_STEPS = (
    (((2, 3), 2, 1), ((3, 3, 2), 1, 2)),
    (((3, 2), 1, 2), ((2, 2, 3), 2, 1)),
)


def _numbers(rng: Random, *shape: int) -> Numbers:
    """Numbers of both signs, none of them near 0 or 1."""
    sizes = rng.uniform(0.15, 0.9, shape) + rng.integers(0, 3, shape) * 0.93
    found: Numbers = (sizes * rng.choice([-1.0, 1.0], shape)).round(3)
    return found


def vectors(rng: Random) -> list[Arguments]:
    """Vectors with an entry in each stretch between two numbers that people compare with.

    All of them are among every second vector already.
    """
    stretches = list(pairwise(_COMPARED))
    of_length = {}
    for lengths in (_VECTORS[::2], _VECTORS[1::2]):
        x = np.array([rng.uniform(low + 0.02, high - 0.02) for low, high in stretches])
        while True:
            parts = np.split(rng.permutation(x).round(3), np.cumsum(lengths)[:-1])
            # Of each sort one stands first, and one last, for who treats these apart.
            ends = [{*np.digitize([part[at] for part in parts], [-1, 0])} for at in (0, -1)]
            if all(len(sorts) == 3 for sorts in ends):
                break
        of_length[lengths] = [(part,) for part in parts]
    even, odd = of_length.values()
    mixed = [vector for pair in zip_longest(even, odd) for vector in pair if vector is not None]
    # And some whose entries are all small, or all on one side.
    bases = ([0.2, -0.4, 0.7], [-1.3, -2.4, -3.4], [0.3, 0.8], [-1.6, -2.8], [2.6, 0.6, 1.4, 3.4])
    special = [rng.permutation(base) * rng.uniform(0.85, 1.15, len(base)) for base in bases]
    return [*mixed, *((x.round(3),) for x in special)]


def near_minus_1(rng: Random) -> list[Arguments]:
    """Vectors with entries just above −1 and just below."""
    steps = np.array([-0.05, -0.01, -0.002, -0.0003, 0.0003, 0.002, 0.01, 0.05])
    return [(rng.permutation(steps * rng.uniform(0.8, 1.2)) - 1,)]


def products(rng: Random) -> list[Arguments]:
    return [(_numbers(rng, i), _numbers(rng, i, j)) for i, j in _PRODUCTS]


def chains(rng: Random) -> list[Arguments]:
    return [
        (_numbers(rng, sizes[0]), [_numbers(rng, i, j) for i, j in pairwise(sizes)])
        for sizes in _CHAINS
    ]


def _network(rng: Random, sizes: tuple[int, ...]) -> tuple[list[Numbers], Numbers]:
    """Weights and an input with neurons both on and off, none of them near 0."""
    while True:
        # Hidden sums on both sides of what people compare with: -1, 0 and 1.
        size = float(rng.choice([0.25, 0.5, 0.9]))
        weights = [_numbers(rng, j, i) * size for i, j in pairwise(sizes)]
        activations = forward_pass(weights, x := _numbers(rng, sizes[0]))
        hidden = [W @ a for W, a in zip(weights[:-1], activations, strict=False)]
        mixed = all((z > 0).any() and np.abs(z).min() > 0.02 for z in hidden)
        if mixed and activations[-1].min() > 0.02 and activations[-1].max() < 0.9:
            return weights, x


def _target(rng: Random, size: int) -> Numbers:
    found: Numbers = rng.uniform(0.1, 1.3, size).round(3)
    return found


def forwards(rng: Random) -> list[Arguments]:
    return [_network(rng, sizes) for sizes in _NETWORKS]


def forwards_near_0(rng: Random) -> list[Arguments]:
    """Networks whose first sums are near 0, on both sides of it."""
    found = []
    for size in (0.02, 0.004, 0.0005):
        (first, *others), x = _network(rng, (3, 4, 3))
        found.append(([first * size, *others], x))
    return found


def backwards(rng: Random) -> list[Arguments]:
    return [
        (weights, forward_pass(weights, x), _target(rng, len(weights[-1])))
        for weights, x in [*forwards(rng), *(_network(rng, sizes) for sizes in _DEEP)]
    ]


def gradients(rng: Random) -> list[Arguments]:
    return [
        ([_numbers(rng, len(W)) for W in weights], forward_pass(weights, x))
        for weights, x in forwards(rng)
    ]


def _rate(rng: Random) -> float:
    return round(float(rng.uniform(0.15, 0.9)), 3)


def updates(rng: Random) -> list[Arguments]:
    return [
        (weights, [_numbers(rng, *W.shape) for W in weights], _rate(rng))
        for weights, _ in forwards(rng)[:6]
    ]


def trainings(rng: Random) -> list[Arguments]:
    found = [_training(rng, *one) for one in _TRAININGS]
    for pair in _SECOND_STEPS:
        of_two_steps = [_training(rng, *one, alike=True) for one in pair]
        found += [(W, x[:1], t[:1], rate, 1) for W, x, t, rate, _ in of_two_steps]
        found += of_two_steps
    return found


def _training(
    rng: Random, sizes: tuple[int, ...], examples: int, epochs: int, *, alike: bool = False
) -> Arguments:
    weights, x = _network(rng, sizes)
    more = _numbers(rng, examples - 1, sizes[0])
    if alike:
        # So that neurons which the first example turns on are not all off for another one.
        more = 2 * x * rng.uniform(0.6, 1.5, (examples - 1, sizes[0])).round(3)
    # So small that no share comes near to 0, where a small number that is added to it shows.
    weights = [W * 0.6 for W in weights]
    targets = np.array([_target(rng, sizes[-1]) for _ in range(examples)])
    return weights, np.array([x, *more * 0.5]), targets, _rate(rng) / 2, epochs
