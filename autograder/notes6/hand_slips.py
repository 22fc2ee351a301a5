"""One slip in products that are worked by hand: a sign, a factor from another place, one left out.

Each entry of the result is a sum of two products. Every way in which one of these can go wrong is
worked out; one is told only if it makes all wrong entries, and no other does. Of several that do,
the sums tell which it is that are written in the code: ``3 + 6`` has another second product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.assignment.judging import Floats, close
from autograder.assignment.rows import Row, Sums
from autograder.source.phrases import Said, said

#: From the error, the Jacobian, and a row and a column of it to what stands for their product.
Product = Callable[[Floats, Floats, int, int], Any]

#: What happened to one of the products, by the word for it: ``shared.slip_NAME``.
_SLIPS: dict[str, Product] = {
    "other_sign": lambda e, J, i, j: -e[i] * J[i, j],
    "left_out": lambda e, J, i, j: 0,
    "added": lambda e, J, i, j: e[i] + J[i, j],
    "other_row": (lambda e, J, i, j: e[i] * J[1 - i, j]),
    "other_column": (lambda e, J, i, j: e[i] * J[i, 1 - j]),
    "other_error": lambda e, J, i, j: e[1 - i] * J[i, j],
    "jacobian_squared": (lambda e, J, i, j: J[i, j] ** 2),
    "error_squared": lambda e, J, i, j: e[i] ** 2,
    "without_error": lambda e, J, i, j: J[i, j],
    "without_jacobian": lambda e, J, i, j: e[i],
}
_PLACES = ("first", "second")


def left_to_right(e: Any, J: Any) -> Any:
    """The sums of two products with each operation in the order in which it is written."""
    return (e[0] * J[0] + e[1]) * J[1]


#: What happened to a whole step, by the word for it: ``shared.slip_NAME``.
_OF_A_STEP: dict[str, Callable[[Floats, Floats], Any]] = {
    "errors_exchanged": lambda e, J: e[::-1] @ J,
    "without_errors": lambda e, J: J.sum(axis=0),
    "summed_apart": lambda e, J: e.sum() * J.sum(axis=0),
    "multiplied": lambda e, J: (e[:, None] * J).prod(axis=0),
    "from_left_to_right": left_to_right,
    "error_added": lambda e, J: e + e @ J,
    "taken_off": lambda e, J: e - e @ J,
}
#: The results that the notes print for another Jacobian: as it is, and as misprinted.
_OF_THE_NOTES = ([13, 16], [13, 20])


def one_slip(
    rows: list[Row], error: Floats, jacobians: Sequence[Floats], sums: Sums
) -> Iterator[Said]:
    """The slip that the first wrong step shows, with the entries that it makes."""
    for row in rows:
        if row.is_right or row.given is None or not row.has_right_shapes:
            continue
        for e, J, given in zip([error, *row.given], jacobians, row.given, strict=False):
            if not close(given, e @ J).all():
                step = "second" if e is row.given[0] else "first"
                which = said(f"shared.of_the_{step}_error") if len(row.given) > 1 else ""
                step_of = np.asarray(e, float), np.asarray(J, float), given
                yield from _of_step(*step_of, which, sums)
                return


def step_alone(error: Floats, jacobian: Floats, given: Floats) -> Iterator[Said]:
    """What makes a first step as a whole, where the next one is right given that."""
    e, J = np.asarray(error, float), np.asarray(jacobian, float)
    slips = [slip for slip, made in _OF_A_STEP.items() if close(given, made(e, J)).all()]
    if len(slips) == 1:
        which = said("shared.of_the_first_error")
        entries = said("shared.slip_both_entries", which=which)
        yield said("shared.slip", entries=entries, slip=said(f"shared.slip_{slips[0]}"))


def _of_step(e: Floats, J: Floats, given: Floats, which: Said | str, sums: Sums) -> Iterator[Said]:
    if any(np.array_equal(given, printed) for printed in _OF_THE_NOTES):
        yield said("shared.slip_of_the_notes")
        return
    wrong = [int(at) for at in np.flatnonzero(~close(given, e @ J))]
    told = _making(e, J, given, wrong)
    if len(told) > 1:
        told = [one for one in told if all(_is_written(e, J, *one, j, sums) for j in wrong)]
    # Two of one product, which the code shows, are as many ways to come to the same number.
    if len(told) == 1 or (len(told) == 2 and told[0][1] == told[1][1]):
        yield _told(told, "both" if len(wrong) == 2 else _PLACES[wrong[0]], which)
    elif len(wrong) == 2:
        # The same slip, in each entry with another of its products.
        apart = [_making(e, J, given, [j]) for j in wrong]
        alike = [{slip for slip, _ in slips} for slips in apart]
        if all(len(slips) == 1 for slips in apart) and alike[0] == alike[1]:
            for j, slips in zip(wrong, apart, strict=True):
                yield _told(slips, _PLACES[j], which)


def _making(e: Floats, J: Floats, given: Floats, wrong: list[int]) -> list[tuple[str, int]]:
    """The slips, each with its product, that make all of some wrong entries."""
    return [
        (slip, i)
        for slip, product in _SLIPS.items()
        for i in (0, 1)
        if all(close(given[j], _sum(e, J, i, j, product)).all() for j in wrong)
    ]


def _is_written(e: Floats, J: Floats, slip: str, i: int, j: int, sums: Sums) -> bool:
    """Whether the code has the sum that a slip in one product makes."""
    products = [e[k] * J[k, j] for k in (0, 1)]
    products[i] = _SLIPS[slip](e, J, i, j)
    return any(bool(close(np.array(pair), np.array(products)).all()) for pair in sums)


def _told(slips: Sequence[tuple[str, int]], entries: str, which: Said | str) -> Said:
    """One slip that makes some entries, or two that both do."""
    first, *others = (
        said(f"shared.slip_{slip}", product=said(f"shared.product_{_PLACES[i]}"))
        for slip, i in slips
    )
    slip = said("shared.slip_or", one=first, other=others[0]) if others else first
    made = said(f"shared.slip_{entries}_entries", which=which)
    return said("shared.slip", entries=made, slip=slip)


def _sum(e: Floats, J: Floats, i: int, j: int, product: Product) -> Floats:
    other = 1 - i
    return np.asarray(product(e, J, i, j) + e[other] * J[other, j], dtype=float)
