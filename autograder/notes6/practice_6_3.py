"""Practice 6.3, by hand: an error through two Jacobians, one after the other (6.3)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import numpy as np

from autograder.assignment.by_hand import keep_what_shows
from autograder.assignment.exercise import Exercise, Numbers, written
from autograder.assignment.judging import Answer, close, compare
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    ROUNDINGS,
    add_list_faults,
    finish,
)
from autograder.assignment.probe import Probe, Random
from autograder.assignment.recipe import Recipe, Step, same
from autograder.assignment.rows import Row, Sums, finite
from autograder.notes6.chains import after_the_first
from autograder.notes6.draws import Array
from autograder.notes6.hand_slips import one_slip, step_alone
from autograder.notes6.products import (
    HAND_PRODUCTS_TO_SHOW,
    LOOKS,
    PRODUCT_STEPS,
    declare_hand_products,
)
from autograder.notes6.shown_by import SHOWN_BY
from autograder.source.phrases import Said, said

#: What the numbers are there to show.
_HAS_TO_SHOW = (
    *HAND_PRODUCTS_TO_SHOW,
    "last-jacobian-first",
    "each-from-the-original-error",
    "first-jacobian-always",
    "initial-error-added-on",
    "second-jacobian-summed",
    "second-step-is-0",
    "cumulative-sums",
)


def _recipe(error: Array, jacobians: list[Array]) -> Recipe:
    def compute(s: Any, c: Any) -> Any:
        def through(e: Any, J: Any) -> Any:
            return s.product(s.error(e), s.jacobian(J))

        J1, J2 = s.order(jacobians)
        one = s.slip(through(error, J1))
        two = s.second_slip(s.second(through, error, one, J1, J2))
        errors = s.collect([error, one, two])
        if not of_second.items() <= vars(s).items():
            _refuse_what_follows(errors, right, jacobians[1])
        return finish(s, errors)

    right = error @ jacobians[0]
    of_second: dict[str, Step] = {
        "second": lambda through, e, one, J1, J2: through(one, J2),
        "second_slip": same,
        "collect": after_the_first,
    }
    recipe = Recipe(
        "practice_6_3",
        compute,
        **PRODUCT_STEPS,
        order=same,
        slip=same,
        **of_second,
        **OUTPUT_STEPS,
    )
    declare_hand_products(recipe)
    add_list_faults(
        recipe,
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
    recipe.add("last-jacobian-first", order=lambda jacobians: jacobians[::-1])
    recipe.add("first-sign-turned", slip=lambda row: row * [-1, 1])
    recipe.add("first-entry-left-at-0", slip=lambda row: row * [0, 1])
    recipe.add("each-from-the-original-error", second=lambda t, e, one, J1, J2: t(e, J2))
    recipe.add("first-jacobian-always", second=lambda t, e, one, J1, J2: t(one, J1))
    recipe.add("initial-error-added-on", second=lambda t, e, one, J1, J2: e + t(one, J2))
    recipe.add("second-step-unsummed", second=lambda t, e, one, J1, J2: one[:, None] * J2)
    recipe.add("second-jacobian-itself", second=lambda t, e, one, J1, J2: J2)
    recipe.add("second-jacobian-added-to-each-row", second=lambda t, e, one, J1, J2: one + J2)
    recipe.add("second-jacobian-summed", second=lambda t, e, one, J1, J2: J2.sum(axis=0))
    recipe.add("second-jacobian-added-on", second=lambda t, e, one, J1, J2: one + J2.sum(axis=0))
    recipe.add("second-step-times-initial-error", second=lambda t, e, one, J1, J2: e * one)
    recipe.add("products-of-jacobians-first", second=lambda t, e, one, J1, J2: J1 @ J2)
    recipe.add("jacobians-entry-by-entry-first", second=lambda t, e, one, J1, J2: t(e, J1 * J2))
    recipe.add("second-step-is-0", second_slip=lambda row: 0 * row)
    recipe.add("second-step-a-number", second_slip=np.sum)
    recipe.add("minus-lost-in-the-second-step", second_slip=np.abs)
    recipe.add("sign-turned-in-the-second-step", second_slip=lambda row: row * [-1, 1])
    recipe.add("second-entry-0-in-the-second-step", second_slip=lambda row: row * [1, 0])
    recipe.add("first-entry-0-in-the-second-step", second_slip=lambda row: row * [0, 1])
    recipe.add("initial-error-first", collect=same)
    recipe.add("errors-in-the-columns", collect=lambda errors: list(np.transpose(errors[1:])))
    recipe.add("cumulative-sums", collect=lambda errors: list(accumulate(errors[1:])))
    recipe.add("minus-lost-in-the-first-error-only", collect=lambda es: [np.abs(es[1]), es[2]])
    recipe.add("sign-turned-in-the-first-error-only", collect=lambda es: [-es[1], es[2]])
    recipe.add("sum-of-both-errors", collect=lambda errors: errors[1] + errors[2])
    keep_what_shows(recipe, _HAS_TO_SHOW)
    return recipe


def _refuse_what_follows(errors: Any, right: Array, jacobian: Array) -> None:
    """Refuse a mistake of the second step whose result is right, given a first one that is not."""
    if not isinstance(errors, list) or [np.shape(e) for e in errors] != [(2,), (2,)]:
        return
    first, second = errors
    if close(second, first @ jacobian).all() and not close(first, right).all():
        raise ValueError("the second step is right given the first")


def _inputs(rng: Random) -> Iterator[Probe]:
    yield Probe("practice_6_3", (), case="the first step", public=True, part=0)
    yield Probe("practice_6_3", (), case="the second step", public=True, part=1)


def _follows(given: Answer, error: Array, jacobian: Array) -> bool:
    """Whether the second step is right given a first step that says something."""
    if [g.shape for g in given] != [(2,), (2,)]:
        return False
    first, second = given
    if len(set(first)) == 1 or np.array_equal(first, error) or not finite([first]):
        return False
    return compare([second], [first @ jacobian]) is None


def _plain_reason(
    rows: list[Row], error: Array, jacobians: list[Array], sums: Sums
) -> Iterator[Said]:
    """One slip in a product, or in the first step as a whole where the second follows from it."""
    slips = [*one_slip(rows, error, jacobians, sums)]
    yield from slips
    for row in rows if not slips else ():
        if row.is_right or not row.given or not row.has_right_shapes:
            continue
        first, second = row.given
        if close(second, first @ jacobians[1]).all() and not close(first, row.right[0]).all():
            yield from step_alone(error, jacobians[0], first)
            return


def _second_step(rows: list[Row], jacobian: Array) -> Iterator[Said]:
    """Whether the second error is right given the first."""
    for row in rows:
        if row.is_right or not row.given or not row.has_right_shapes:
            continue
        first, second = row.given
        if close(first, row.right[0]).all():
            continue
        if close(second, first @ jacobian).all():
            yield said("practice_6_3.second_right")
            return
        if not close(second, row.right[1]).all():
            yield said("practice_6_3.neither_right")
            return


def exercise(numbers: Numbers) -> Exercise:
    """The exercise, for an error and two Jacobians; the first step is that of practice 6.2."""
    error, first, second = (numbers[key] for key in ("error", "jacobian", "second_jacobian"))
    return Exercise(
        name="practice_6_3",
        question="practice_6_3",
        returns="arrays",
        section="6.3",
        inputs=_inputs,
        recipe=_recipe(error, [first, second]),
        one_slip=lambda rows, sums: _plain_reason(rows, error, [first, second], sums),
        leads_to={"shared.slip": "step.of_products"},
        properties=(lambda rows: _second_step(rows, second),),
        follows={"the second step": lambda given: _follows(given, error, second)},
        looks=LOOKS,
        shown_by=SHOWN_BY["practice_6_3"],
        by_hand={"error": error, "jacobians": [first, second]},
        quantities=lambda: {
            "of_the_task.error": [error.astype(float)],
            "of_the_task.first_matrix": [first.astype(float)],
            "of_the_task.second_matrix": [second.astype(float)],
        },
        by_code="propagate_chain",
        has_to_show=_HAS_TO_SHOW,
        asks=(
            f"Propagate {written(error)} through {written(first)}, then through {written(second)}, "
            "by hand."
        ),
        families={
            "sign": (
                "first-sign-turned",
                "minus-lost-in-the-second-step",
                "sign-turned-in-the-second-step",
                "minus-lost-in-the-first-error-only",
                "sign-turned-in-the-first-error-only",
            ),
            "transposition": ("jacobian-times-error",),
            "order": ("last-jacobian-first",),
            "length": ("initial-error-first",),
        },
        picture="chain",
    )
