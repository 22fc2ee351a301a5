"""`sigmoid_jacobian`: s (1 − s) on the diagonal, 0 elsewhere."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.assignment.allowed import vector
from autograder.assignment.exercise import Exercise
from autograder.assignment.output_faults import OUTPUT_STEPS, finish
from autograder.assignment.recipe import Recipe
from autograder.assignment.rows import Row
from autograder.source.phrases import Said, said

from .sigmoid import ordinary, probes


def _jacobian(s: Any, c: Any, x: Any) -> Any:
    return finish(s, s.matrix(s.slope(np.asarray(c.sigmoid(x)))))


recipe = Recipe(
    "sigmoid_jacobian", _jacobian, slope=lambda s: s * (1 - s), matrix=np.diag, **OUTPUT_STEPS
)
recipe.add("one-minus-missing", slope=lambda s: s)
recipe.add("one-minus-square", slope=lambda s: 1 - s * s)
recipe.add("vector-in-place-of-matrix", matrix=lambda slopes: slopes)
recipe.add("slopes-fill-every-row", matrix=lambda slopes: np.tile(slopes, (len(slopes), 1)))
recipe.add("wrong-sign", sign=np.negative)


def _nobody_competes(rows: list[Row]) -> Iterator[Said]:
    given = [row.given[0] for row in rows if row.given and row.has_right_shapes]
    if any(np.any(J - np.diag(np.diagonal(J))) for J in given):
        yield said("sigmoid_jacobian.nobody_competes")


exercise = Exercise(
    name="sigmoid_jacobian",
    question="logistic",
    parameters=("x",),
    returns="array",
    section="2.2",
    inputs=lambda random: probes("sigmoid_jacobian", random),
    ordinary=ordinary,
    allowed=lambda x: (vector(x),),
    recipe=recipe,
    properties=(_nobody_competes,),
    picture="jacobian",
)
