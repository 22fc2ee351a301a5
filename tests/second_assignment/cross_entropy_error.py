"""`cross_entropy_error`: the slope of −Σ t log a, which is −t / a."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.assignment.allowed import fit, vector
from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import Floats
from autograder.assignment.output_faults import OUTPUT_STEPS, finish
from autograder.assignment.probe import Probe, Random
from autograder.assignment.recipe import Recipe
from autograder.source.phrases import said


def _error(s: Any, c: Any, activation: Any, target: Any) -> Any:
    return finish(s, s.quotient(np.asarray(activation), np.asarray(target)))


recipe = Recipe("cross_entropy_error", _error, quotient=lambda a, t: -t / a, **OUTPUT_STEPS)
recipe.add("error-of-squares", quotient=lambda a, t: a - t)
recipe.add("upside-down", quotient=lambda a, t: -a / t)
recipe.add("logarithm-kept", quotient=lambda a, t: -t * np.log(a))
recipe.add("wrong-sign", sign=np.negative)


def _inputs(random: Random) -> Iterator[Probe]:
    name = "cross_entropy_error"
    shown = np.array([0.25, 0.5]), np.array([1.0, 0.5])
    yield Probe(name, shown, case="an example", public=True)
    for _ in range(3):
        yield Probe(name, _drawn(random), case="further inputs")


def _drawn(random: Random) -> tuple[Floats, Floats]:
    a, t = (
        np.array(base) * random.uniform(0.97, 1.03, 3)
        for base in ([0.6, 0.3, 0.1], [0.2, 0.7, 0.4])
    )
    return a, t


def _allowed(activation: object, target: object) -> tuple[Floats, Floats]:
    a, t = vector(activation), vector(target)
    fit(len(a), len(t), said("refusal.activation_and_target"))
    return a, t


exercise = Exercise(
    name="cross_entropy_error",
    question="logistic",
    parameters=("activation", "target"),
    returns="array",
    section="2.3",
    inputs=_inputs,
    ordinary=_drawn,
    allowed=_allowed,
    recipe=recipe,
    picture="vector",
)
