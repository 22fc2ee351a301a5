"""Which statements on a wrong function a fresh run of it contradicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.assignment.prediction import predict
from autograder.assignment.recipe import Components
from autograder.diagnosis.checked_statements import form
from autograder.diagnosis.diagnose import diagnose
from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.formula import read_formulas
from autograder.diagnosis.fresh import ask_afresh
from autograder.diagnosis.localise import observe
from autograder.diagnosis.matching import Given
from autograder.diagnosis.search import Predictions
from autograder.diagnosis.shapes import says_kind
from autograder.diagnosis.which_inputs import says_how_many
from autograder.formulas import what_it_computes
from autograder.marking.marks import Marking
from autograder.source.phrases import Phrases, Said

#: Draws other inputs than those that the statements were held against.
ANOTHER = 1


def refuted(marking: Marking, function: str, predictions: Predictions, say: Phrases) -> list[str]:
    """Diagnose a function, and hold what is said of it against inputs that were never drawn.

    Parameters
    ----------
    marking : Marking
    function : str
    predictions : Predictions
    say : Phrases

    Returns
    -------
    list of str
        The misconceptions, formulas and observations that do not hold there.
    """
    diagnosis = diagnose(marking, function, predictions)
    if diagnosis.unsteady is not None or not marking.assignment.exercises[function].parameters:
        return []
    return [
        *_misconceptions(marking, diagnosis),
        *map(say.fill, _observations(marking, diagnosis)),
        *_formulas(marking, diagnosis, predictions, say),
    ]


def _misconceptions(marking: Marking, diagnosis: Diagnosis) -> list[str]:
    found, function = diagnosis.found, diagnosis.function
    if found is None or found.partly:
        return []
    reference = Components(marking.assignment.reference)
    drawn = marking.session.probes.fresh(function, ANOTHER)
    for at, outcome in ask_afresh(marking, function, ANOTHER).outcomes:
        prediction = predict(diagnosis.exercise.recipe, found.ids, reference, drawn[at])
        # A loop gets a value where the same thing in NumPy raises.
        if prediction.raises is None and not Given.of(outcome).is_predicted_by(prediction):
            return [" + ".join(found.ids)]
    return []


def _observations(marking: Marking, diagnosis: Diagnosis) -> list[Said]:
    said = [one for one in diagnosis.observations if not says_how_many(one)]
    if not said:
        return []
    rows = [ask_afresh(marking, diagnosis.function, salt).rows for salt in (0, ANOTHER)]
    again = observe(marking, diagnosis.function, [*rows[0], *rows[1]])
    standing = {_form(one) for one in again}
    shared = _shared(again)
    return [
        one
        for one in said
        # That they share more than was said does not contradict it.
        if _form(one) not in standing and not (_shared([one]) and _shared([one]) <= shared)
    ]


def _form(observation: Said) -> Any:
    """What has to stand: of a shape that it is wrong in that place, as numbers are of one call."""
    if says_kind(observation):
        return observation.key, dict(observation.values).get("place")
    return form(observation)


def _shared(observations: Sequence[Said]) -> set[Any]:
    """What all inputs that fail are said to have."""
    shared = [dict(o.values)["tags"] for o in observations if o.key == "seen.right_on_shared"]
    return {tag for tags in shared for tag in tags.parts}


def _formulas(
    marking: Marking, diagnosis: Diagnosis, predictions: Predictions, say: Phrases
) -> list[str]:
    if not diagnosis.readings:
        return []
    again = read_formulas(marking, diagnosis.function, predictions.reader, ANOTHER)
    standing = {what_it_computes(reading, say) for reading in again}
    told = [what_it_computes(reading, say) for reading in diagnosis.readings]
    return [text for text in told if text not in standing]
