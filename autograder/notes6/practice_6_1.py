"""Practice 6.1, by hand: the Jacobian of the threshold at a vector of numbers (6.2)."""

from __future__ import annotations

from typing import Any

from autograder.assignment.exercise import Exercise
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    add_array_faults,
    declare,
)
from autograder.assignment.probe import worked_by_hand
from autograder.assignment.recipe import Recipe
from autograder.notes6 import hand
from autograder.notes6.threshold import LOOKS
from autograder.notes6.threshold_jacobian import JACOBIAN_STEPS, JACOBIANS, NOT_OF_SLOPES, jacobian

#: At the vector of the practice these are right, or the same as another that is declared.
_SAME_BY_HAND = (
    "exactly-minus-1-let-through",
    "only-between-minus-1-and-1",
    "slope-0-at-0",
    "wiggled-across-the-edge",
    "branches-exchanged",
    "sizes-above-1-let-through",
    "threshold-at-0-included",
    "threshold-at-plus-1",
    "threshold-at-plus-1-included",
    "one-blocks-all",
    "one-lets-all-through",
)


def _practice_6_1(s: Any, c: Any) -> Any:
    return jacobian(s, hand.X)


recipe = Recipe("practice_6_1", _practice_6_1, **JACOBIAN_STEPS, **OUTPUT_STEPS)
declare(recipe, JACOBIANS, without=_SAME_BY_HAND)
add_array_faults(recipe, without=(*NOT_OF_SLOPES, "normalised-to-length-one"))
recipe.add("other-negative-input-blocked", above=lambda x: x != x[2])


exercise = Exercise(
    name="practice_6_1",
    question="practice_6_1",
    returns="array",
    section="6.2",
    inputs=worked_by_hand("practice_6_1"),
    recipe=recipe,
    looks=LOOKS,
    by_hand={"x": hand.X},
    picture="jacobian",
    kinks=(-1.0,),
)
