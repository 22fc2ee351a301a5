"""Which statements on a wrong function a fresh run of it contradicts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.assignment.prediction import predict
from autograder.assignment.recipe import Components
from autograder.diagnosis.diagnose import Diagnosis, diagnose
from autograder.diagnosis.formula import read_formulas
from autograder.diagnosis.fresh import ask_afresh
from autograder.diagnosis.localise import observe, says_how_many
from autograder.diagnosis.matching import Given
from autograder.diagnosis.search import Predictions
from autograder.diagnosis.statements import form
from autograder.formulas import Reading, what_it_computes
from autograder.marking.marks import Marking

_ALL_HAVE = re.compile(r"all that fail have (.+)\.$")

#: Draws other inputs than those that the statements were held against.
ANOTHER = 1


def refuted(marking: Marking, function: str, predictions: Predictions) -> list[str]:
    """Diagnose a function, and hold what is said of it against inputs that were never drawn.

    Parameters
    ----------
    marking : Marking
    function : str
    predictions : Predictions

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
        *_observations(marking, diagnosis),
        *_formulas(marking, diagnosis, predictions),
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


def _observations(marking: Marking, diagnosis: Diagnosis) -> list[str]:
    said = [text for text in diagnosis.observations if not says_how_many(text)]
    if not said:
        return []
    rows = [ask_afresh(marking, diagnosis.function, salt).rows for salt in (0, ANOTHER)]
    again = observe(marking, diagnosis.function, [*rows[0], *rows[1]])
    standing = {form(text) for text in again}
    shared = _shared(again)
    return [
        text
        for text in said
        # That they share more than was said does not contradict it.
        if form(text) not in standing and not (_shared([text]) and _shared([text]) <= shared)
    ]


def _shared(texts: Sequence[str]) -> set[str]:
    """What all inputs that fail are said to have."""
    found = (_ALL_HAVE.search(text) for text in texts)
    return {tag for match in found if match for tag in match[1].split(" and ")}


def _formulas(marking: Marking, diagnosis: Diagnosis, predictions: Predictions) -> list[str]:
    if not diagnosis.readings:
        return []
    again = read_formulas(marking, diagnosis.function, predictions.reader, ANOTHER)
    standing = {_told(reading) for reading in again}
    return [text for reading in diagnosis.readings if (text := _told(reading)) not in standing]


def _told(reading: Reading) -> str:
    return what_it_computes(reading)
