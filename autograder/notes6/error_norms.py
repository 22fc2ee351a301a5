"""`error_norms`: how long the error is along a chain of Jacobians (6.5)."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import numpy as np

from autograder.assignment.exercise import Exercise
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    add_array_faults,
    finish,
)
from autograder.assignment.recipe import Recipe, Step, same
from autograder.notes6 import ideas
from autograder.notes6.chains import (
    WALK_STEPS,
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

#: How lines look that take numbers together along the first axis.
_FIRST_AXIS = r"\baxis\s*=\s*(0|-2)\b|\.sum\(0\)"


def _error_norms(s: Any, c: Any, error: Any, jacobians: Any) -> Any:
    errors = walk(s, s.product, error, jacobians)
    return finish(s, _gathered(s.collect([s.norm(e) for e in errors])))


def _lengthened(size: Step) -> Step:
    """A walk in which each Jacobian only makes the error longer, by a size of its own."""

    def walk(through: Any, e: Any, jacobians: list[Any]) -> list[Any]:
        return list(accumulate(jacobians, lambda e, J: e * size(J), initial=e))

    return walk


def _gathered(values: Any) -> Any:
    """Numbers become a vector; what is no number (an error for its norm) stays in a list."""
    if values is None or any(np.ndim(value) for value in values):
        return values
    return np.array(values)


def _across(errors: list[Any]) -> Any:
    """The sums of squares of all first entries, of all second ones, and so on."""
    table = np.zeros((len(errors), max(map(len, errors))))
    for row, error in zip(table, errors, strict=True):
        row[: len(error)] = error
    return np.sum(table**2, axis=0)


recipe = Recipe(
    "error_norms",
    _error_norms,
    **PRODUCT_STEPS,
    **WALK_STEPS,
    norm=np.linalg.norm,
    collect=same,
    **OUTPUT_STEPS,
)

_NORMS: dict[str, Step] = {
    "root-missing": lambda e: np.sum(e**2),
    "half-of-the-squares": lambda e: np.sum(e**2) / 2,
    "mean-of-the-squares": lambda e: np.mean(e**2),
    "root-mean-square": lambda e: np.sqrt(np.mean(e**2)),
    "root-without-squares": lambda e: np.sqrt(np.sum(e)),
    "root-of-the-magnitudes": lambda e: np.sqrt(np.sum(np.abs(e))),
    "root-and-square-exchanged": lambda e: np.sum(np.sqrt(np.abs(e))) ** 2,
    "sum-of-magnitudes": lambda e: np.sum(np.abs(e)),
    "mean-of-magnitudes": lambda e: np.mean(np.abs(e)),
    "largest-magnitude": lambda e: np.max(np.abs(e)),
    "largest-entry": np.max,
    "sum-of-entries": np.sum,
    "magnitude-of-the-sum": lambda e: np.abs(np.sum(e)),
    "mean-of-entries": np.mean,
    "standard-deviation": np.std,
    "number-of-entries": len,
    "logarithm-of-norm": lambda e: np.log(np.linalg.norm(e)),
    "errors-instead-of-norms": same,
    "magnitudes-instead-of-norms": np.abs,
    "squares-instead-of-norms": np.square,
}

_COLLECTIONS: dict[str, Step] = {
    "first-missing": lambda norms: norms[1:],
    "last-missing": lambda norms: norms[:-1],
    "list-of-last-only": lambda norms: norms[-1:],
    "initial-norm-only": lambda norms: norms[:1],
    "list-left-empty": lambda norms: [],
    "list-reversed": lambda norms: norms[::-1],
    "first-left-at-0": lambda norms: [0.0, *norms[1:]],
    "last-left-at-0": lambda norms: [*norms[1:], 0.0],
    "initial-norm-twice": lambda norms: [norms[0], *norms],
    # A function that comes to no return gives None.
    "return-inside-the-loop": lambda norms: norms[:2] if len(norms) > 1 else None,
    "relative-to-the-first": lambda norms: norms / norms[0],
    "relative-to-the-largest": lambda norms: norms / np.max(norms),
    "ratios-of-neighbours": lambda norms: np.divide(norms[1:], norms[:-1]),
    "differences-of-neighbours": np.diff,
    "cumulative-sums": lambda norms: list(accumulate(norms)),
    "cumulative-products": lambda norms: list(accumulate(norms, np.multiply)),
}

declare_products(recipe, without=NOT_IN_A_CHAIN)
declare_walks(recipe, without=("sign-turned-at-each-step", "one-list-changed-in-place"))
# A norm has no sign, and its square is a norm without its root.
add_array_faults(recipe, without=("absolute-values", "negative-entries-set-to-0", "squared"))
# As if an error were made longer by a Jacobian in whatever direction it lies.
recipe.add("multiplied-by-norms-of-jacobians", walk=_lengthened(np.linalg.norm))
recipe.add("multiplied-by-largest-stretches", walk=_lengthened(lambda J: np.linalg.norm(J, 2)))
for _id, _norm in _NORMS.items():
    recipe.add(_id, norm=_norm)
for _id, _collect in _COLLECTIONS.items():
    recipe.add(_id, collect=_collect)
recipe.add("norms-across-the-errors", norm=same, collect=lambda e: np.sqrt(_across(e)))
recipe.add("squares-across-the-errors", norm=same, collect=_across)


exercise = Exercise(
    name="error_norms",
    question="backprop",
    parameters=("error", "jacobians"),
    returns="array",
    section="6.5",
    inputs=lambda rng: chain_inputs("error_norms", rng),
    ordinary=ordinary,
    allowed=allowed,
    recipe=recipe,
    vocabulary=VOCABULARIES["error_norms"],
    quantities=QUANTITIES["error_norms"],
    shown_by=SHOWN_BY["error_norms"],
    looks_above=LOOKS_ABOVE,
    looks={
        **LOOKS,
        "norms-across-the-errors": _FIRST_AXIS,
        "squares-across-the-errors": _FIRST_AXIS,
        "sum-of-magnitudes": r"abs\b|\bord\s*=\s*1\b|norm\([^()]*,\s*1\s*\)|\+=.*sqrt\(",
    },
    families={
        "transposition": (
            "jacobian-times-error",
            "rows-times-error-by-index",
            "rows-times-error-by-zip",
        ),
        "order": ("last-jacobian-first",),
        "length": ("initial-norm-twice",),
    },
    picture="norms",
    shown_when_right=ideas.over_depth,
)
