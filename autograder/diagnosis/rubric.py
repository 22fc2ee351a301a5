"""What a misconception keeps of a function's points, where it alone explains every answer."""

from __future__ import annotations

from autograder.assignment.config import Config
from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.matching import Given
from autograder.diagnosis.search import Predictions
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import NotAsked


def kept_share(
    diagnosis: Diagnosis, marking: Marking, predictions: Predictions, config: Config
) -> float:
    """The share that the rubric leaves a function; 0 where it says nothing.

    Where several misconceptions explain the answers and nothing tells them apart, it is the least
    of theirs.

    Parameters
    ----------
    diagnosis : Diagnosis
    marking : Marking
    predictions : Predictions
    config : Config
        The rubric.
    """
    found = diagnosis.found
    if found is None or found.partly or diagnosis.changed:
        return 0.0
    fits = (found.ids, *found.others)
    if any(
        len(ids) > 1 or not _explains_all(ids[0], diagnosis, marking, predictions) for ids in fits
    ):
        return 0.0
    return min(config.share(diagnosis.exercise, id) for (id,) in fits)


def _explains_all(
    id: str, diagnosis: Diagnosis, marking: Marking, predictions: Predictions
) -> bool:
    """Whether every answer is the predicted one; the search lets a loop pass that doesn't stop."""
    return all(
        isinstance(outcome, NotAsked)
        or Given.of(outcome).is_predicted_by(predictions.at(diagnosis.function, (id,), row))
        for row, outcome in enumerate(marking.outcomes[diagnosis.function])
    )
