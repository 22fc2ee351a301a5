"""One slip in products that are worked by hand: a sign, a factor from another place, one left out.

Each entry of the result is a sum of two products. Every way in which one of these can go wrong is
worked out; one is told only if it makes all wrong entries, and no other does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.assignment.judging import Floats, close
from autograder.assignment.rows import Row

#: From the error, the Jacobian, and a row and a column of it to what stands for their product.
Product = Callable[[Floats, Floats, int, int], Any]

#: What happened to one of the products; ``{product}`` is "its first product".
_SLIPS: dict[str, Product] = {
    "{product} has the other sign": lambda e, J, i, j: -e[i] * J[i, j],
    "{product} is left out": lambda e, J, i, j: 0,
    "the two numbers of {product} are added, not multiplied": lambda e, J, i, j: e[i] + J[i, j],
    "{product} takes the Jacobian's entry from the other row": (
        lambda e, J, i, j: e[i] * J[1 - i, j]
    ),
    "{product} takes the Jacobian's entry from the other column": (
        lambda e, J, i, j: e[i] * J[i, 1 - j]
    ),
    "{product} takes the other entry of the error": lambda e, J, i, j: e[1 - i] * J[i, j],
    "{product} multiplies the Jacobian's entry by itself, without the error": (
        lambda e, J, i, j: J[i, j] ** 2
    ),
    "{product} multiplies the error by itself, without the Jacobian": lambda e, J, i, j: e[i] ** 2,
    "{product} is the Jacobian's entry alone, without the error": lambda e, J, i, j: J[i, j],
    "{product} is the error alone, without the Jacobian": lambda e, J, i, j: e[i],
}
_PLACES = ("first", "second")
#: The results that the notes print for another Jacobian: as it is, and as misprinted.
_OF_THE_NOTES = ([13, 16], [13, 20])


def one_slip(rows: list[Row], error: Floats, jacobians: Sequence[Floats]) -> Iterator[str]:
    """The slip that the first wrong step shows, with the entries that it makes."""
    for row in rows:
        if row.is_right or row.given is None or not row.has_right_shapes:
            continue
        for e, J, given in zip([error, *row.given], jacobians, row.given, strict=False):
            if not close(given, e @ J).all():
                which = "" if len(row.given) == 1 else " of the first error"
                which = which.replace("first", "second") if e is row.given[0] else which
                yield from _of_step(np.asarray(e, float), np.asarray(J, float), given, which)
                return


def _of_step(e: Floats, J: Floats, given: Floats, which: str) -> Iterator[str]:
    if any(np.array_equal(given, printed) for printed in _OF_THE_NOTES):
        yield (
            "These are the numbers of the worked example in the notes. Here the error goes through "
            "another Jacobian."
        )
        return
    wrong = [int(at) for at in np.flatnonzero(~close(given, e @ J))]
    told = [
        (said, i)
        for said, product in _SLIPS.items()
        for i in (0, 1)
        if all(close(given[j], _sum(e, J, i, j, product)).all() for j in wrong)
    ]
    if len(told) != 1:
        return
    said, i = told[0]
    both = f"Both entries{which} come"
    entries = both if len(wrong) == 2 else f"Your {_PLACES[wrong[0]]} entry{which} comes"
    yield f"{entries} out if {said.format(product=f'the {_PLACES[i]} product')}."


def _sum(e: Floats, J: Floats, i: int, j: int, product: Product) -> Floats:
    other = 1 - i
    return np.asarray(product(e, J, i, j) + e[other] * J[other, j], dtype=float)
