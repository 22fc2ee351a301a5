"""Whether a prediction is what the student's function really did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autograder.assignment.prediction import Prediction, canonical, equal
from autograder.marking.session import too_many_numbers
from autograder.sandbox.outcome import Outcome, Raised, Returned
from autograder.sandbox.wire import Unsendable

#: Shapes that do not fit end in one of these; in which depends on how the same thing is written.
SHAPE_ERRORS = {"ValueError", "IndexError"}


def _alike(one: str, other: str) -> bool:
    return one == other or {one, other} <= SHAPE_ERRORS


def _is_huge(value: Any) -> bool:
    """Whether a value is too large to be compared, or was too large to be sent."""
    if isinstance(value, Unsendable):
        return value.type_name.startswith("huge_")
    return too_many_numbers(value)


#: Stands for a value that is too large to be compared; only such a one can be predicted for it.
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
        # To read a million lists takes a second.
        return cls(outcome, TOO_MANY if _is_huge(outcome.value) else canonical(outcome.value))

    def is_predicted_by(self, prediction: Prediction) -> bool:
        if prediction.raises is not None:
            return isinstance(self.outcome, Raised) and _alike(self.outcome.type, prediction.raises)
        if self.value is TOO_MANY:
            return too_many_numbers(prediction.value)
        return isinstance(self.outcome, Returned) and equal(self.value, prediction.value)
