"""Misconceptions of ``propagate_error`` and of Practice 6.2: an error through one Jacobian."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.misconceptions.outputs import (
    OUTPUT_STEPS,
    add_array_faults,
    finish,
    whole_number_buffer,
)
from autograder.misconceptions.recipe import Recipe
from autograder.probes import HAND_ERROR, HAND_JACOBIAN


def _propagate_error(s: Any, c: Any, error: Any, jacobian: Any) -> Any:
    e, J = np.asarray(error), np.asarray(jacobian)
    return finish(s, s.keep(s.product(s.error(e), s.jacobian(J)), e, J))


def declare_products(recipe: Recipe) -> None:
    """What takes the place of ``e @ J`` where one error meets one Jacobian."""
    recipe.add("jacobian-times-error", product=lambda e, J: J @ e)
    recipe.add("element-wise-along-columns", product=lambda e, J: (e * J).sum(axis=0))
    recipe.add("element-wise-unsummed", product=lambda e, J: e * J)
    recipe.add("rows-scaled-unsummed", product=lambda e, J: e[:, None] * J)
    recipe.add("rows-scaled-summed-along-rows", product=lambda e, J: (e[:, None] * J).sum(axis=1))
    recipe.add("error-and-columns-summed-apart", product=lambda e, J: e.sum() * J.sum(axis=0))
    recipe.add("column-sums-without-error", product=lambda e, J: J.sum(axis=0) + 0 * e[0])
    recipe.add("row-sums-without-error", product=lambda e, J: J.sum(axis=1) + 0 * e[0])
    recipe.add("diagonal-of-jacobian-only", product=lambda e, J: e * np.diagonal(J))
    recipe.add("jacobian-inverted", product=lambda e, J: e @ np.linalg.inv(J))
    recipe.add("jacobian-solved", product=lambda e, J: np.linalg.solve(J, e))
    recipe.add("error-unchanged", product=lambda e, J: e)
    recipe.add("averaged-over-outputs", product=lambda e, J: e @ J / len(e))
    recipe.add("largest-contribution-only", product=lambda e, J: (e[:, None] * J).max(axis=0))
    recipe.add("added-instead-of-multiplied", product=lambda e, J: (e[:, None] + J).sum(axis=0))
    recipe.add("first-row-only", product=lambda e, J: e[0] * J[0])
    recipe.add("last-row-only", product=lambda e, J: e[-1] * J[-1])
    recipe.add("magnitudes-of-jacobian", jacobian=np.abs)
    recipe.add("magnitudes-of-error", error=np.abs)
    recipe.add("squared-error", error=np.square)


propagate_error = Recipe(
    "propagate_error",
    _propagate_error,
    error=lambda e: e,
    jacobian=lambda J: J,
    product=lambda e, J: e @ J,
    keep=lambda result, *_: result,
    **OUTPUT_STEPS,
)
declare_products(propagate_error)
add_array_faults(propagate_error)
propagate_error.add("whole-number-buffer", keep=whole_number_buffer)
propagate_error.way(lambda c, e, J: c.propagate_chain(e, [J])[0])


def _practice_6_2(s: Any, c: Any) -> Any:
    e, J = HAND_ERROR, HAND_JACOBIAN
    return finish(s, s.slip(s.product(s.error(e), s.jacobian(J))))


practice_6_2 = Recipe(
    "practice_6_2",
    _practice_6_2,
    error=lambda e: e,
    jacobian=lambda J: J,
    product=lambda e, J: e @ J,
    slip=lambda row: row,
    **OUTPUT_STEPS,
)
declare_products(practice_6_2)
add_array_faults(practice_6_2)
practice_6_2.way(lambda c: c.propagate_error(HAND_ERROR, HAND_JACOBIAN))
practice_6_2.way(lambda c: c.propagate_chain(HAND_ERROR, [HAND_JACOBIAN])[0])
