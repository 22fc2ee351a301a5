"""Whether a prediction is what the student's function really did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autograder.assignment.prediction import Prediction, canonical, equal
from autograder.marking.session import too_many_numbers
from autograder.sandbox.outcome import Outcome, Raised, Returned

#: Shapes that do not fit end in one of these; in which depends on how the same thing is written.
_SHAPE_ERRORS = {"ValueError", "IndexError"}


def _alike(one: str, other: str) -> bool:
    return one == other or {one, other} <= _SHAPE_ERRORS


#: Stands for a value that is too large to be compared; equal to none.
TOO_MANY = "too many numbers"


@dataclass(frozen=True)
class Given:
    """What the student's function did on one probe, ready to be compared."""

    outcome: Outcome
    value: Any

    @classmethod
    def of(cls, outcome: Outcome) -> Given:
        if not isinstance(outcome, Returned):
            return cls(outcome, None)
        # No misconception predicts so many numbers, and to read a million lists takes a second.
        huge = too_many_numbers(outcome.value)
        return cls(outcome, TOO_MANY if huge else canonical(outcome.value))

    def is_predicted_by(self, prediction: Prediction) -> bool:
        if prediction.raises is not None:
            return isinstance(self.outcome, Raised) and _alike(self.outcome.type, prediction.raises)
        return isinstance(self.outcome, Returned) and equal(self.value, prediction.value)
