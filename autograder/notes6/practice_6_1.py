"""Practice 6.1, by hand: the Jacobian of the threshold at a vector of numbers (6.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.assignment.by_hand import keep_what_shows
from autograder.assignment.exercise import Exercise, Numbers, written
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    add_array_faults,
    declare,
)
from autograder.assignment.probe import worked_by_hand
from autograder.assignment.recipe import Recipe
from autograder.assignment.rows import Row
from autograder.notes6.draws import Array
from autograder.notes6.shown_by import SHOWN_BY
from autograder.notes6.threshold import LOOKS, above
from autograder.notes6.threshold_jacobian import JACOBIAN_STEPS, JACOBIANS, NOT_OF_SLOPES, jacobian
from autograder.source.phrases import Said, said

#: At the notes' own vector these are right, or the same as another that is declared.
_BY_OTHER_NUMBERS = (
    "only-between-minus-1-and-1",
    "only-from-minus-1-to-1",
    "sizes-above-1-let-through",
    "threshold-at-plus-1",
)
#: At any five numbers that do for the practice.
_SAME_BY_HAND = (
    *_BY_OTHER_NUMBERS,
    "exactly-minus-1-let-through",
    "slope-0-at-0",
    "slope-half-at-minus-1",
    "outputs-divided-by-inputs",
    "wiggled-across-the-edge",
    "branches-exchanged",
    "threshold-at-0-included",
    "threshold-at-plus-1-included",
    "one-blocks-all",
    "one-lets-all-through",
)

#: What the numbers are there to show.
_HAS_TO_SHOW = (
    "threshold-at-0",
    "condition-reversed",
    "values-in-place-of-slopes",
    "inputs-in-place-of-slopes",
    "slope-1-everywhere",
    "other-negative-input-blocked",
    "zeros-and-ones-exchanged",
    "ones-everywhere",
    "ones-off-the-diagonal",
    "slopes-fill-every-row",
    "slopes-fill-every-column",
    "outer-product-of-slopes",
    "softmax-formula-with-slopes",
    "all-entries-left-at-0",
    "blocked-left-out",
    "wrong-sign",
)

#: What is said of two mistakes: a cut at 0, and a slope where nothing moves.
_TWO = "practice_6_1.cut_at_0_and_leak"


def _blocked_last(J: Array) -> Array:
    moves = J.any(axis=1)
    return np.concatenate([J[moves], J[~moves]])


def _recipe(x: Array) -> Recipe:
    def compute(s: Any, c: Any) -> Any:
        return jacobian(s, x)

    recipe = Recipe("practice_6_1", compute, **JACOBIAN_STEPS, **OUTPUT_STEPS)
    declare(recipe, JACOBIANS, without=_SAME_BY_HAND)
    add_array_faults(recipe, without=(*NOT_OF_SLOPES, "normalised-to-length-one"))
    recipe.add("other-negative-input-blocked", above=lambda x: (x <= -1) | (x >= 0))
    recipe.add("blocked-row-last", layout=_blocked_last)
    declare(recipe, {id: JACOBIANS[id] for id in _BY_OTHER_NUMBERS})
    keep_what_shows(recipe, _HAS_TO_SHOW)
    return recipe


def _slopes(rows: list[Row], x: Array) -> Iterator[Said]:
    """What the slopes on the diagonal show, of a matrix that has nothing beside them."""
    for row in rows:
        if row.is_right or row.given is None or not row.has_right_shapes:
            continue
        (J,) = row.given
        slopes = np.diagonal(J)
        if np.any(J - np.diag(slopes)):
            return
        if leak := _leak_below_0(slopes, x):
            yield said(_TWO, slope=f"{leak:g}")
            return
        passing = slopes[above(x)]
        if np.any(slopes[~above(x)]):
            yield said("practice_6_1.blocked")
        if not passing.all():
            yield said("practice_6_1.passes")
        elif np.ptp(passing):
            yield said("practice_6_1.same_slopes")
        elif passing[0] != 1:
            yield said("practice_6_1.which_slope")


def _leak_below_0(slopes: Array, x: Array) -> float:
    """The slope that all inputs below 0 have, where those above have 1; 0 where it isn't so."""
    below, blocked = slopes[x < 0], ~above(x)
    both_kinds = blocked.any() and bool((above(x) & (x < 0)).any())
    if not both_kinds or np.ptp(below) or below[0] in (-1, 0, 1) or (slopes[x > 0] != 1).any():
        return 0.0
    return float(below[0])


def _has_ones_alone(row: Row) -> bool:
    """Whether its numbers are no others than 0 and 1, which say of each input whether it passes."""
    return all(np.isin(array, (0, 1)).all() for array in row.given or ())


def exercise(numbers: Numbers) -> Exercise:
    """The exercise, at a vector."""
    x = numbers["x"]
    return Exercise(
        name="practice_6_1",
        question="practice_6_1",
        returns="array",
        section="6.2",
        inputs=worked_by_hand("practice_6_1"),
        recipe=_recipe(x),
        one_slip=lambda rows, _: _slopes([row for row in rows if _has_ones_alone(row)], x),
        properties=(lambda rows: _slopes(rows, x),),
        looks=LOOKS,
        shown_by=SHOWN_BY["practice_6_1"],
        leads_to={_TWO: "practice_6_1.cut_at_0_and_leak_next"},
        by_hand={"x": x},
        quantities=lambda: {"of_the_task.inputs": [x.astype(float)]},
        by_code="threshold_jacobian",
        has_to_show=_HAS_TO_SHOW,
        asks=f"Give the Jacobian of `threshold` at {written(x)}, worked by hand.",
        picture="jacobian",
        kinks=(-1.0,),
    )
