"""Practice 6.2, by hand: an error through one Jacobian (6.3)."""

from __future__ import annotations

from typing import Any

from autograder.assignment.by_hand import keep_what_shows
from autograder.assignment.exercise import Exercise, Numbers, written
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    ROUNDINGS,
    add_array_faults,
    finish,
)
from autograder.assignment.probe import worked_by_hand
from autograder.assignment.recipe import Recipe, same
from autograder.notes6.draws import Array
from autograder.notes6.hand_slips import one_slip
from autograder.notes6.products import (
    HAND_PRODUCTS_TO_SHOW,
    LOOKS,
    PRODUCT_STEPS,
    declare_hand_products,
)
from autograder.notes6.shown_by import SHOWN_BY


def _recipe(error: Array, jacobian: Array) -> Recipe:
    def compute(s: Any, c: Any) -> Any:
        return finish(s, s.slip(s.product(s.error(error), s.jacobian(jacobian))))

    recipe = Recipe("practice_6_2", compute, **PRODUCT_STEPS, slip=same, **OUTPUT_STEPS)
    declare_hand_products(recipe)
    add_array_faults(recipe, without=(*ROUNDINGS, "absolute-values", "divided-by-length"))
    recipe.add("first-sign-turned", slip=lambda row: row * [-1, 1])
    recipe.add("first-entry-left-at-0", slip=lambda row: row * [0, 1])
    keep_what_shows(recipe, HAND_PRODUCTS_TO_SHOW)
    return recipe


def exercise(numbers: Numbers) -> Exercise:
    """The exercise, for an error and a Jacobian."""
    error, jacobian = numbers["error"], numbers["jacobian"]
    return Exercise(
        name="practice_6_2",
        question="practice_6_2",
        returns="array",
        section="6.3",
        inputs=worked_by_hand("practice_6_2"),
        recipe=_recipe(error, jacobian),
        one_slip=lambda rows, sums: one_slip(rows, error, [jacobian], sums),
        leads_to={"shared.slip": "step.of_products"},
        looks=LOOKS,
        shown_by=SHOWN_BY["practice_6_2"],
        by_hand={"error": error, "jacobian": jacobian},
        quantities=lambda: {
            "of_the_task.error": [error.astype(float)],
            "of_the_task.matrix": [jacobian.astype(float)],
        },
        by_code="propagate_error",
        has_to_show=HAND_PRODUCTS_TO_SHOW,
        asks=f"Propagate the error {written(error)} through {written(jacobian)}, worked by hand.",
        families={
            "sign": ("first-sign-turned",),
            "transposition": ("jacobian-times-error",),
        },
        picture="step",
    )
