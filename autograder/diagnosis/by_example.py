"""Misconceptions that are named by example: a file runs confined and predicts what holders return.

Where the last steps of a recipe are what another misconception replaces (sign, factor, digits,
shape), that one is predicted on top of the example, as it is with a recipe's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import Returns, as_arrays
from autograder.assignment.output_faults import OUTPUT_STEPS, finish
from autograder.assignment.prediction import Prediction, canonical
from autograder.assignment.recipe import Recipe
from autograder.diagnosis.matching import TOO_MANY, Given
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Outcome, Raised, Returned

#: What is done to a result at the very end, in this order.
LAST_STEPS = ("layout", *OUTPUT_STEPS)


@dataclass(frozen=True)
class Example:
    """What a function that shows a mistake does.

    Attributes
    ----------
    id : str
    exercise : Exercise
    outcomes : sequence of Outcome
        On the run's probes of the function, then on the fresh ones.
    further : sequence of sequence of Outcome
        On those that are tried where several misconceptions fit, by their salt.
    """

    id: str
    exercise: Exercise
    outcomes: Sequence[Outcome]
    further: Sequence[Sequence[Outcome]]

    @classmethod
    def of(cls, id: str, function: str, marking: Marking, further: int) -> Example:
        """Ask a file's function, judged as a student's is, on all that the run may ask."""
        exercise = marking.assignment.exercises[function]
        probes = [marking.session.probes.more(function, 4, salt) for salt in range(further)]
        asked = [marking.call(function, [p.arguments for p in some]) for some in probes if some]
        fresh = marking.call(
            function, [p.arguments for p in marking.session.probes.fresh(function)]
        )
        return cls(id, exercise, [*marking.outcomes[function], *fresh], asked)

    def combinations(self) -> Iterator[tuple[str, ...]]:
        """The example alone, and with each misconception that changes only its result."""
        yield (self.id,)
        if self.exercise.returns == "arrays and numbers":
            return
        for other in self.exercise.recipe.misconceptions.values():
            if other.steps.keys() <= {*LAST_STEPS}:
                yield (self.id, other.id)

    def predict(self, ids: tuple[str, ...], row: int) -> Prediction:
        """What holders of ``ids`` return on one of the run's probes."""
        return self._prediction(ids, self.outcomes[row])

    def predict_further(self, ids: tuple[str, ...], salt: int, at: int) -> Prediction:
        """What they return on one of the further ones."""
        return self._prediction(ids, self.further[salt][at])

    def _prediction(self, ids: tuple[str, ...], outcome: Outcome) -> Prediction:
        if not isinstance(outcome, Returned):
            # A hang or the end of the program is never what another's exception is.
            how = outcome.type if isinstance(outcome, Raised) else type(outcome).__name__
            return Prediction(None, raises=how)
        given = Given.of(outcome)
        if given.value is TOO_MANY:
            return Prediction(None, raises=TOO_MANY)
        if len(ids) == 1:
            return Prediction(given.value)
        try:
            value = _changed(outcome.value, ids[1], self.exercise)
        except Exception as error:
            # As with a recipe's own: whatever NumPy raises is what holders get.
            return Prediction(None, raises=type(error).__name__)
        return Prediction(canonical(value))


def _changed(value: Any, id: str, exercise: Exercise) -> Any:
    recipe: Recipe = exercise.recipe
    last = {name: step for name, step in recipe.steps.items() if name in LAST_STEPS}
    steps = SimpleNamespace(**last | recipe.misconceptions[id].steps)
    result = _result(value, exercise.returns)
    with np.errstate(all="ignore"):
        if hasattr(steps, "layout"):
            result = steps.layout(result)
        return finish(steps, result)


def _result(value: Any, returns: Returns) -> Any:
    arrays = as_arrays(value, returns)
    return arrays[0] if returns == "array" else arrays
