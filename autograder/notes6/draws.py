"""Hidden numbers: fixed ones, each moved a little, so that the draw never decides a mark.

Every input has a *skeleton* that is the same in each run: its signs, its sizes, which entries are
equal and where each stands against every threshold. A seed moves the numbers by a few hundredths.
So the same mistake fails on the same inputs whatever the seed, and no number is met twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.assignment.probe import FewDigits, Random

Array = NDArray[Any]

#: Moved, none of these comes near a number that people write: 0.1, 0.5, 1, 2, 5.
SIZES = np.array([0.7, 1.4, 0.034, 2.4, 0.34, 3.4, 0.62, 0.15])
#: So much is left of the summands of each entry of a product, at least.
CLEARLY = 0.3

# What is special about numbers wherever they stand.
WHOLE = "tags.whole_numbers"
LARGE = "tags.very_large_values"
TINY = "tags.very_small_values"
EQUAL = "tags.equal_entries"


def moved(rng: Random, base: object, by: float = 0.03) -> Array:
    """The numbers of ``base``, each multiplied by one close to 1; zeros stay zeros."""
    numbers = np.asarray(base, dtype=float)
    found: Array = numbers * rng.uniform(1 - by, 1 + by, numbers.shape)
    return rounded(found) if isinstance(rng, FewDigits) else found


def rounded(numbers: Array) -> Array:
    """The numbers to four digits each, as they are shown, but for very large and small ones."""
    sizes = np.abs(numbers)
    ordinary = (sizes > 1e-12) & (sizes < 1e12)
    powers = 10.0 ** (3 - np.floor(np.log10(np.where(ordinary, sizes, 1))))
    return np.where(ordinary, np.round(numbers * powers) / powers, numbers)


def moved_together(rng: Random, base: Any) -> Array:
    """As ``moved``, but equal numbers stay equal."""
    numbers = np.asarray(base, dtype=float)
    values, places = np.unique(numbers, return_inverse=True)
    together: Array = moved(rng, values)[places].reshape(numbers.shape)
    return together


def exact(rng: Random, base: object) -> Array:
    """As ``moved``, but in 64ths: what such numbers add up to is exact, a sum of 0 too."""
    found: Array = np.round(moved(rng, base) * 64) / 64
    return found


def nearly_one(rng: Random, base: Sequence[float]) -> Array:
    """A vector with a share of nearly 1, whose slope single precision can tell."""
    while True:
        x = moved(rng, base)
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
    return moved(rng, skeleton(rows, columns, salt, tuple(sizes)))


def vector(rng: Random, size: int, salt: int = 0) -> Array:
    """A vector with entries of all sizes and both signs."""
    row: Array = matrix(rng, 1, size, salt)[0]
    return row


@cache
def skeleton(rows: int, columns: int, salt: int, sizes: tuple[float, ...]) -> Array:
    """The fixed matrix that the drawn ones come from."""
    fixed = np.random.default_rng([rows, columns, salt])
    count = rows * columns
    found = fixed.permutation(np.resize(fixed.permutation(sizes), count))
    signs = fixed.permutation(np.resize([-1.0, 1.0], count))
    skeleton: Array = (found * signs).reshape(rows, columns)
    return skeleton


def whole(rng: Random, rows: int, columns: int, salt: int = 0) -> Array:
    """A matrix of whole numbers from 2 to 7; a seed makes large ones larger by 1."""
    base = skeleton(rows, columns, salt, (2.0, 3.0, 4.0, 6.0)).astype(int)
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
    error, salts = skeleton(1, sizes[0], salt, tuple(SIZES))[0], []
    for number, (rows, columns) in enumerate(pairwise(sizes)):
        clear: dict[int, float] = {}
        for n in range(salt + 100 * number, salt + 100 * number + 100):
            clear[n] = _clearness(error, skeleton(rows, columns, n, tuple(SIZES)))
            if clear[n] > CLEARLY:
                break
        best = max(clear, key=clear.__getitem__)
        salts.append(best)
        error = error @ skeleton(rows, columns, best, tuple(SIZES))
    return tuple(salts)


def _clearness(error: Array, jacobian: Array) -> float:
    """The smallest part that is left of an entry's summands when they are added up."""
    return float((np.abs(error @ jacobian) / (np.abs(error) @ np.abs(jacobian))).min())
