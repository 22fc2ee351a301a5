"""`propagate_chain`: an error through several Jacobians, and all errors on the way (6.3)."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import numpy as np

from autograder.assignment.exercise import Exercise
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    add_list_faults,
    each,
    finish,
)
from autograder.assignment.recipe import Recipe, same
from autograder.notes6.chains import (
    WALK_STEPS,
    after_the_first,
    allowed,
    chain_inputs,
    declare_walks,
    ordinary,
    walk,
)
from autograder.notes6.formulas import VOCABULARIES
from autograder.notes6.products import (
    LOOKS,
    LOOKS_ABOVE,
    NOT_IN_A_CHAIN,
    PRODUCT_STEPS,
    declare_products,
)
from autograder.notes6.quantities import QUANTITIES
from autograder.notes6.shown_by import SHOWN_BY


def _propagate_chain(s: Any, c: Any, error: Any, jacobians: Any) -> Any:
    return finish(s, s.collect(walk(s, s.product, error, jacobians)))


recipe = Recipe(
    "propagate_chain",
    _propagate_chain,
    **PRODUCT_STEPS,
    **WALK_STEPS,
    collect=after_the_first,
    **OUTPUT_STEPS,
)
declare_products(recipe, without=NOT_IN_A_CHAIN)
# To scale each error at once or in the end is the same.
declare_walks(recipe, without=("normalised-at-each-step",))
add_list_faults(recipe, without=("flattened",))
recipe.add("initial-error-first", collect=same)
recipe.add("stored-before-the-jacobian", collect=lambda errors: errors[:-1])
recipe.add("cumulative-sums", collect=lambda errors: list(accumulate(errors[1:])))
recipe.add("final-error-alone", collect=lambda errors: errors[-1])
recipe.add("list-of-final-error", collect=lambda errors: errors[-1:])
# A function that comes to no return gives None.
recipe.add("return-inside-the-loop", collect=lambda errors: errors[1:2] or None)
recipe.add(
    "first-error-returned-in-the-loop",
    collect=lambda errors: errors[1] if len(errors) > 1 else None,
)
recipe.add("list-left-empty", collect=lambda errors: [])
recipe.add("each-summed-to-a-number", shape=each(np.sum))
recipe.add("norms-instead-of-errors", shape=each(np.linalg.norm))


exercise = Exercise(
    name="propagate_chain",
    question="practice_6_3",
    parameters=("error", "jacobians"),
    returns="arrays",
    section="6.3",
    inputs=lambda rng: chain_inputs("propagate_chain", rng),
    ordinary=ordinary,
    allowed=allowed,
    recipe=recipe,
    vocabulary=VOCABULARIES["propagate_chain"],
    quantities=QUANTITIES["propagate_chain"],
    shown_by=SHOWN_BY["propagate_chain"],
    order="forwards",
    looks=LOOKS,
    looks_above=LOOKS_ABOVE,
    families={
        "transposition": (
            "jacobian-times-error",
            "rows-times-error-by-index",
            "rows-times-error-by-zip",
        ),
        "order": ("last-jacobian-first",),
        "length": ("initial-error-first",),
    },
    picture="chain",
)
