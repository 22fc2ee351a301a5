"""`sigmoid`: 1 / (1 + exp(−x)), entry by entry."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.assignment.allowed import vector
from autograder.assignment.exercise import Exercise
from autograder.assignment.output_faults import OUTPUT_STEPS, declare, finish
from autograder.assignment.probe import Arguments, Probe, Random
from autograder.assignment.recipe import Recipe


def _sigmoid(s: Any, c: Any, x: Any) -> Any:
    return finish(s, 1 / (s.one + s.exponential(np.asarray(x, dtype=float))))


recipe = Recipe("sigmoid", _sigmoid, one=1, exponential=lambda x: np.exp(-x), **OUTPUT_STEPS)
recipe.add("minus-missing", exponential=np.exp)
recipe.add("one-missing", one=0)
recipe.add("powers-of-2", exponential=lambda x: np.exp2(-x))
declare(
    recipe,
    {
        "wrong-sign": {"sign": np.negative},
        "twice-too-large": {"scale": lambda a: 2 * np.asarray(a)},
    },
)


def probes(name: str, random: Random) -> Iterator[Probe]:
    """Vectors on both sides of 0, and far from it."""
    yield Probe(name, (np.array([0.0, 1.0, -2.0]),), case="an example", public=True)
    for size in (1, 3, 5):
        yield Probe(name, (_drawn(random, size),), case="further inputs")
    yield Probe(name, (_drawn(random, 4) * 20,), frozenset({"large values"}), "large values")


def ordinary(random: Random) -> Arguments:
    return (_drawn(random, 4),)


def _drawn(random: Random, size: int) -> Any:
    return np.resize([0.7, -1.4, 2.3, -0.4, 1.1], size) * random.uniform(0.95, 1.05, size)


exercise = Exercise(
    name="sigmoid",
    question="logistic",
    parameters=("x",),
    returns="array",
    section="2.1",
    inputs=lambda random: probes("sigmoid", random),
    ordinary=ordinary,
    allowed=lambda x: (vector(x),),
    recipe=recipe,
    picture="vector",
)
