"""Misconceptions of ``propagate_chain`` and of Practice 6.3: an error through several Jacobians."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import accumulate
from typing import Any

import numpy as np

from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    ROUNDINGS,
    add_list_faults,
    declare,
    each,
    finish,
    unit,
)
from autograder.assignment.recipe import Recipe, Step, same
from autograder.notes6.misconceptions.practice_6_2 import (
    NOT_IN_A_CHAIN,
    PRODUCT_STEPS,
    declare_hand_products,
    declare_products,
)
from autograder.notes6.probes import HAND_ERROR, HAND_JACOBIAN, HAND_SECOND_JACOBIAN

#: One error through one Jacobian, as far as the way along the chain is concerned.
Through = Callable[[Any, Any], Any]

# --- the way along the chain -------------------------------------------------------------------
# A walk takes the error through the Jacobians and gives all errors that it meets, of which the
# first is the error before any Jacobian.


def _chained(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    return list(accumulate(jacobians, through, initial=e))


def _then(change: Callable[[Any], Any]) -> Step:
    """A walk that changes the error after each Jacobian before it takes it further."""

    def walk(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
        return _chained(lambda e, J: change(through(e, J)), e, jacobians)

    return walk


def _by_products(multiply: Callable[[Any, Any], Any]) -> Step:
    """A walk that first makes one matrix of the Jacobians so far, then takes the error through."""

    def walk(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
        return [e, *(through(e, product) for product in accumulate(jacobians, multiply))]

    return walk


def _each_from_the_original(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    return [e, *(through(e, J) for J in jacobians)]


def _always(place: int) -> Step:
    def walk(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
        return _chained(through, e, [jacobians[place] for _ in jacobians])

    return walk


def _first_jacobian_twice(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    return _chained(through, e, [jacobians[0], *jacobians])


def _transposed_later(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    first = _chained(through, e, jacobians[:1])
    return [*first[:-1], *_chained(lambda e, J: J @ e, first[-1], jacobians[1:])]


def _transposed_first(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    first = _chained(lambda e, J: J @ e, e, jacobians[:1])
    return [*first[:-1], *_chained(through, first[-1], jacobians[1:])]


def _products_times_error(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    return [e, *(product @ e for product in accumulate(jacobians, np.matmul))]


def _error_left_out(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    return [e, *accumulate(jacobians, np.matmul)]


def _one_array(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    array = np.array(e)
    for J in jacobians:
        array[...] = through(array, J)
    return [array for _ in range(len(jacobians) + 1)]


#: The steps of a way along the chain; the product's steps go with them.
WALK_STEPS: dict[str, Step] = {"order": same, "walk": _chained}

_WALKS: dict[str, dict[str, Step]] = {
    "last-jacobian-first": {"order": lambda jacobians: jacobians[::-1]},
    "first-jacobian-skipped": {"order": lambda jacobians: jacobians[1:]},
    "stopped-after-the-first-jacobian": {"order": lambda jacobians: jacobians[:1]},
    "first-jacobian-only-by-index": {"order": lambda jacobians: [jacobians[0]]},
    "each-from-the-original-error": {"walk": _each_from_the_original},
    "product-built-on-the-left": {"walk": _by_products(lambda product, J: J @ product)},
    "jacobians-multiplied-element-wise": {"walk": _by_products(np.multiply)},
    "jacobians-added-up": {"walk": _by_products(np.add)},
    "products-of-jacobians-times-error": {"walk": _products_times_error},
    "error-left-out": {"walk": _error_left_out},
    "jacobians-themselves": {"walk": lambda through, e, jacobians: [e, *jacobians]},
    "first-jacobian-always": {"walk": _always(0)},
    "last-jacobian-always": {"walk": _always(-1)},
    "first-jacobian-twice": {"walk": _first_jacobian_twice},
    "along-rows-from-the-second-step": {"walk": _transposed_later},
    "along-rows-in-the-first-step": {"walk": _transposed_first},
    "normalised-at-each-step": {"walk": _then(unit)},
    "sign-turned-at-each-step": {"walk": _then(np.negative)},
    "negative-errors-dropped-at-each-step": {"walk": _then(lambda e: np.maximum(e, 0))},
    "one-array-changed-in-place": {"walk": _one_array},
}


def declare_walks(recipe: Recipe, without: Collection[str] = ()) -> None:
    """What goes wrong along the chain in a recipe that has the ``WALK_STEPS``."""
    declare(recipe, _WALKS, without)


def walk(s: Any, product: Through, error: Any, jacobians: Any) -> list[Any]:
    """All errors along the chain, the one before the first Jacobian included."""

    def through(e: Any, J: Any) -> Any:
        return product(s.error(e), s.jacobian(J))

    found: list[Any] = s.walk(
        through, np.asarray(error), s.order([np.asarray(J) for J in jacobians])
    )
    return found


# --- propagate_chain ---------------------------------------------------------------------------


def _propagate_chain(s: Any, c: Any, error: Any, jacobians: Any) -> Any:
    return finish(s, s.collect(walk(s, s.product, error, jacobians)))


def _after_the_first(errors: list[Any]) -> list[Any]:
    return errors[1:]


propagate_chain = Recipe(
    "propagate_chain",
    _propagate_chain,
    **PRODUCT_STEPS,
    **WALK_STEPS,
    collect=_after_the_first,
    **OUTPUT_STEPS,
)
declare_products(propagate_chain, without=NOT_IN_A_CHAIN)
# To scale each error at once or in the end is the same.
declare_walks(propagate_chain, without=("normalised-at-each-step",))
add_list_faults(propagate_chain, without=("flattened",))
propagate_chain.add("initial-error-first", collect=same)
propagate_chain.add("stored-before-the-jacobian", collect=lambda errors: errors[:-1])
propagate_chain.add("cumulative-sums", collect=lambda errors: list(accumulate(errors[1:])))
propagate_chain.add("final-error-alone", collect=lambda errors: errors[-1])
propagate_chain.add("list-of-final-error", collect=lambda errors: errors[-1:])
# A function that comes to no return gives None.
propagate_chain.add("return-inside-the-loop", collect=lambda errors: errors[1:2] or None)
propagate_chain.add(
    "first-error-returned-in-the-loop",
    collect=lambda errors: errors[1] if len(errors) > 1 else None,
)
propagate_chain.add("list-left-empty", collect=lambda errors: [])
propagate_chain.add("each-summed-to-a-number", shape=each(np.sum))
propagate_chain.add("norms-instead-of-errors", shape=each(np.linalg.norm))


# --- worked by hand ----------------------------------------------------------------------------


def _practice_6_3(s: Any, c: Any) -> Any:
    def through(e: Any, J: Any) -> Any:
        return s.product(s.error(e), s.jacobian(J))

    J1, J2 = s.order([HAND_JACOBIAN, HAND_SECOND_JACOBIAN])
    one = s.slip(through(HAND_ERROR, J1))
    two = s.second_slip(s.second(through, HAND_ERROR, one, J1, J2))
    return finish(s, s.collect([HAND_ERROR, one, two]))


practice_6_3 = Recipe(
    "practice_6_3",
    _practice_6_3,
    **PRODUCT_STEPS,
    order=same,
    slip=same,
    second=lambda through, e, one, J1, J2: through(one, J2),
    second_slip=same,
    collect=_after_the_first,
    **OUTPUT_STEPS,
)
declare_hand_products(practice_6_3)
add_list_faults(
    practice_6_3,
    without=(
        *ROUNDINGS,
        "absolute-values",
        "divided-by-length",
        "flattened",
        "list-reversed",
        "first-missing",
        "last-missing",
        "first-of-list-only",
        "stacked-into-one-array",
    ),
)
practice_6_3.add("last-jacobian-first", order=lambda jacobians: jacobians[::-1])
practice_6_3.add("first-sign-turned", slip=lambda row: row * [-1, 1])
practice_6_3.add("first-entry-left-at-0", slip=lambda row: row * [0, 1])
practice_6_3.add("each-from-the-original-error", second=lambda t, e, one, J1, J2: t(e, J2))
practice_6_3.add("first-jacobian-always", second=lambda t, e, one, J1, J2: t(one, J1))
practice_6_3.add("initial-error-added-on", second=lambda t, e, one, J1, J2: e + t(one, J2))
practice_6_3.add("second-jacobian-itself", second=lambda t, e, one, J1, J2: J2)
practice_6_3.add("second-jacobian-summed", second=lambda t, e, one, J1, J2: J2.sum(axis=0))
practice_6_3.add("second-jacobian-added-on", second=lambda t, e, one, J1, J2: one + J2.sum(axis=0))
practice_6_3.add("second-step-times-initial-error", second=lambda t, e, one, J1, J2: e * one)
practice_6_3.add("products-of-jacobians-first", second=lambda t, e, one, J1, J2: J1 @ J2)
practice_6_3.add("second-step-is-0", second_slip=lambda row: 0 * row)
practice_6_3.add("second-step-a-number", second_slip=np.sum)
practice_6_3.add("minus-lost-in-the-second-step", second_slip=np.abs)
practice_6_3.add("sign-turned-in-the-second-step", second_slip=lambda row: row * [-1, 1])
practice_6_3.add("second-entry-0-in-the-second-step", second_slip=lambda row: row * [1, 0])
practice_6_3.add("first-entry-0-in-the-second-step", second_slip=lambda row: row * [0, 1])
practice_6_3.add("initial-error-first", collect=same)
practice_6_3.add("cumulative-sums", collect=lambda errors: list(accumulate(errors[1:])))
practice_6_3.add("minus-lost-in-the-first-error-only", collect=lambda es: [np.abs(es[1]), es[2]])
practice_6_3.add("sign-turned-in-the-first-error-only", collect=lambda es: [-es[1], es[2]])
practice_6_3.add("sum-of-both-errors", collect=lambda errors: errors[1] + errors[2])
