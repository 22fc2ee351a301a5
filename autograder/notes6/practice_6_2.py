"""Practice 6.2, by hand: an error through one Jacobian (6.3)."""

from __future__ import annotations

from typing import Any

from autograder.assignment.exercise import Exercise
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    ROUNDINGS,
    add_array_faults,
    finish,
)
from autograder.assignment.probe import worked_by_hand
from autograder.assignment.recipe import Recipe, same
from autograder.notes6 import hand
from autograder.notes6.hand_slips import one_slip
from autograder.notes6.products import LOOKS, PRODUCT_STEPS, declare_hand_products


def _practice_6_2(s: Any, c: Any) -> Any:
    e, J = hand.ERROR, hand.JACOBIAN
    return finish(s, s.slip(s.product(s.error(e), s.jacobian(J))))


recipe = Recipe("practice_6_2", _practice_6_2, **PRODUCT_STEPS, slip=same, **OUTPUT_STEPS)
declare_hand_products(recipe)
add_array_faults(recipe, without=(*ROUNDINGS, "absolute-values", "divided-by-length"))
recipe.add("first-sign-turned", slip=lambda row: row * [-1, 1])
recipe.add("first-entry-left-at-0", slip=lambda row: row * [0, 1])

exercise = Exercise(
    name="practice_6_2",
    question="practice_6_2",
    returns="array",
    section="6.3",
    inputs=worked_by_hand("practice_6_2"),
    recipe=recipe,
    one_slip=one_slip,
    looks=LOOKS,
    by_hand={"error": hand.ERROR, "jacobian": hand.JACOBIAN},
    families={
        "sign": ("first-sign-turned",),
        "transposition": ("jacobian-times-error",),
    },
    picture="step",
)
