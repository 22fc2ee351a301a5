"""`propagate_error`: an error through one Jacobian, e @ J (6.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.assignment.exercise import Call, Exercise
from autograder.assignment.judging import Floats, compare
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    add_array_faults,
    finish,
    first_filled,
)
from autograder.assignment.probe import Arguments, Probe, Random
from autograder.assignment.recipe import Recipe
from autograder.assignment.rows import Row
from autograder.notes6 import draws
from autograder.notes6.draws import Array, moved, moved_together
from autograder.notes6.formulas import VOCABULARIES
from autograder.notes6.products import (
    LOOKS,
    LOOKS_ABOVE,
    PRODUCT_STEPS,
    allowed,
    declare_products,
    jacobian_tags,
    special_jacobians,
)
from autograder.notes6.quantities import QUANTITIES
from autograder.notes6.shown_by import SHOWN_BY
from autograder.source.phrases import Said, said

_SQUARE = "tags.a_square_Jacobian"
_WIDE = "tags.a_wide_Jacobian_explained"
_TALL = "tags.a_tall_Jacobian_explained"
_ROW = "tags.a_Jacobian_of_one_row"
_COLUMN = "tags.a_Jacobian_of_one_column"

# Test cases.
_SQUARES, _OTHERS = "square Jacobians", "Jacobians that are not square"
_SINGLE = "a single row or column"


def _probe(error: object, jacobian: object, case: str | None = None, public: bool = False) -> Probe:
    e, J = np.asarray(error), np.asarray(jacobian)
    rows, columns = J.shape
    tags = {_SQUARE if rows == columns else _WIDE if rows < columns else _TALL}
    tags |= {tag for tag, size in ((_ROW, rows), (_COLUMN, columns)) if size == 1}
    return Probe("propagate_error", (e, J), frozenset(tags | jacobian_tags(e, [J])), case, public)


def _inputs(rng: Random) -> Iterator[Probe]:
    def drawn(rows: int, columns: int, case: str | None = None) -> Probe:
        return _probe(*draws.product(rng, rows, columns), case)

    yield _probe([2.0, -1.0], [[0.5, 3.0], [4.0, 1.5]], public=True)
    for error, J in (
        ([1.0, -2.0], [[0.5, 2.0, -1.0], [3.0, 1.5, 0.25]]),
        ([1.0, -2.0, 0.5], [[0.5, 2.0], [3.0, 1.5], [-1.0, 4.0]]),
        ([2, -1], [[3, 1], [-2, 5]]),
        ([0.5], [[2.0, -3.0, 4.0]]),
    ):
        yield _probe(error, J, public=True)
    notes = [[3.0, 4.0], [5.0, 6.0]]
    yield _probe([1.0, 2.0], notes, "the example of the notes", public=True)
    for size in (2, 4):
        yield drawn(size, size, _SQUARES)
    for rows, columns in ((2, 4), (5, 3), (11, 12)):
        yield drawn(rows, columns, _OTHERS)
    for rows, columns in ((3, 2), (3, 3)):
        yield _probe(draws.whole(rng, 1, rows)[0], draws.whole(rng, rows, columns), "whole numbers")
    yield _probe(draws.whole(rng, 1, 3)[0], draws.matrix(rng, 3, 4), "whole numbers")
    yield _probe(draws.vector(rng, 3), draws.whole(rng, 3, 2), "whole numbers")
    for rows, columns in ((1, 3), (3, 1), (1, 1)):
        yield drawn(rows, columns, _SINGLE)
    yield _probe(moved(rng, [0.7, 1.4, 0.0, 0.0, 2.4]), draws.matrix(rng, 5, 1), _SINGLE)
    # Nothing cancels, so that single precision can tell it.
    for rows, columns in ((50, 50), (50, 2), (2, 50)):
        many = np.abs(draws.vector(rng, rows)), np.abs(draws.matrix(rng, rows, columns))
        yield _probe(*many, _SQUARES if rows == columns else _OTHERS)
    for factors in (*_with_zeros(rng), *_coincidences(rng)):
        yield _probe(*factors, "zeros, identities and equal entries")
    for factors in _sized(rng):
        yield _probe(*factors, "large and small values")
    yield drawn(3, 3)


def _with_zeros(rng: Random) -> Iterator[tuple[Array, Array]]:
    yield np.zeros(3), draws.matrix(rng, 3, 2)
    yield moved(rng, [0.0, 1.4, 0.0, -0.7]), draws.matrix(rng, 4, 3)
    yield draws.vector(rng, 3), np.eye(3)
    yield draws.vector(rng, 2), np.zeros((2, 3))
    yield draws.vector(rng, 2), np.diag(moved(rng, [2.4, 0.7]))
    yield moved(rng, [0.0, 2.4]), draws.matrix(rng, 2, 2)
    empty = draws.matrix(rng, 3, 3, 1) * [[0.0], [1.0], [1.0]] * [1.0, 0.0, 1.0]
    yield draws.vector(rng, 3), empty


def _coincidences(rng: Random) -> Iterator[tuple[Array, Array]]:
    """Errors and Jacobians of which one thing makes believe that they are simpler than they are."""
    equal_rows = moved_together(rng, [[0.7, 1.4, 0.7], [0.7, 1.4, 0.7], [1.4, 0.0, -0.7]])
    yield draws.vector(rng, 3), equal_rows
    yield draws.vector(rng, 3), np.full((3, 2), moved(rng, [0.7]))
    yield moved_together(rng, [0.7, 0.7, 1.4]), np.abs(draws.matrix(rng, 3, 3))
    # It adds up to 0.
    yield moved(rng, [1.4]) * [1.0, -1.0], draws.matrix(rng, 2, 3)
    shares = moved(rng, [0.15, 0.62, 0.34])
    for error in (
        # All entries are equal.
        np.ones(2),
        moved(rng, [0.7]) * np.ones(3),
        # None is positive, or 0 is the largest.
        moved(rng, [-1.4, -0.7, -2.4, -0.34]),
        moved(rng, [0.0, -1.4, -0.7]),
        # They add up to 1.
        np.array([1.0, 0.5, -0.5]),
        shares / shares.sum(),
    ):
        yield error, draws.matrix(rng, len(error), len(error), 38)
    a, b, c = moved(rng, [0.7, -1.4, 2.4])
    below, crossed = [[0.0, 0.0, 0.0], [a, 0.0, 0.0], [b, c, 0.0]], [[0.0, a], [b, 0.0]]
    for J in (*special_jacobians(rng), np.array(below), np.array(crossed), -np.eye(3)):
        yield moved(rng, [0.7, 1.4, 2.4])[: len(J)], J


def _sized(rng: Random) -> Iterator[tuple[Array, Array]]:
    yield draws.vector(rng, 3) * 1e3, draws.matrix(rng, 3, 3) * 1e3
    yield draws.vector(rng, 3) * 1e-5, draws.matrix(rng, 3, 4)
    yield draws.vector(rng, 3) * 1e4, draws.matrix(rng, 3, 2) * 1e-4
    for error_size, size in ((5e5, 1e6), (2.5e5, 2.5e-7), (2.5e-7, 2.5e5)):
        error, J = draws.product(rng, 3, 3)
        yield error * error_size, J * size
    # Of one entry there is no more than what small ones make beside the diagonal.
    almost = np.eye(2) + moved(rng, [[0.0, 2.4e-6], [7e-6, 0.0]])
    yield moved(rng, [7e5, 0.7]), almost
    # Large errors meet small entries, and small errors large ones.
    error, J = draws.product(rng, 4, 3)
    uneven = np.array([2e5, 1.0, 1e-5, 4e-6])
    yield error * uneven, J / uneven[:, None]


def _ordinary(rng: Random) -> Arguments:
    rows, columns = (int(n) for n in rng.integers(2, 5, 2))
    return draws.product(rng, rows, columns)


def _propagate_error(s: Any, c: Any, error: Any, jacobian: Any) -> Any:
    e, J = np.asarray(error), np.asarray(jacobian)
    return finish(s, s.product(s.error(e), s.jacobian(J)))


recipe = Recipe("propagate_error", _propagate_error, **PRODUCT_STEPS, **OUTPUT_STEPS)
declare_products(recipe)
add_array_faults(recipe)
recipe.add("normalised-to-sum-one", scale=lambda a: a / np.sum(a))
recipe.add("normalised-to-sizes-of-one", scale=lambda a: a / np.sum(np.abs(a)))
recipe.add("entries-reversed", shape=lambda a: a[::-1])
recipe.add("last-entry-missing", shape=lambda a: a[:-1])
recipe.add("only-the-first-entry-filled", shape=first_filled)
recipe.add("list-of-first-entry", shape=lambda a: a[:1])


def _unnoticed(call: Call, wrong: list[Row]) -> Iterator[Said]:
    """The entries of a Jacobian that can be changed without anything moving."""
    shown = next((row for row in wrong if row.probe.public), None)
    if shown is None or shown.given is None:
        return
    error, jacobian = shown.probe.arguments
    places = [place for place in np.ndindex(jacobian.shape) if error[place[0]] != 0]
    answers = call([(error, _wiggled(jacobian, place)) for place in places])
    still = [
        f"[{i}, {j}]"
        for (i, j), answer in zip(places, answers, strict=True)
        if answer is not None and compare(answer, shown.given) is None
    ]
    if still:
        yield said("propagate_error.unnoticed", entries=", ".join(still))


def _wiggled(matrix: Floats, place: tuple[int, ...]) -> Floats:
    wiggled = np.array(matrix, dtype=float)
    wiggled[place] += 1
    return wiggled


exercise = Exercise(
    name="propagate_error",
    question="practice_6_2",
    parameters=("error", "jacobian"),
    returns="array",
    section="6.3",
    inputs=_inputs,
    ordinary=_ordinary,
    allowed=allowed,
    recipe=recipe,
    vocabulary=VOCABULARIES["propagate_error"],
    quantities=QUANTITIES["propagate_error"],
    shown_by=SHOWN_BY["propagate_error"],
    experiment=_unnoticed,
    looks=LOOKS,
    looks_above=LOOKS_ABOVE,
    families={
        "transposition": (
            "jacobian-times-error",
            "rows-times-error-by-index",
            "rows-times-error-by-zip",
        ),
    },
    picture="step",
)
