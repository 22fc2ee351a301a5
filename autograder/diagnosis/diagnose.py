"""Put together what is known of one function: its status, its misconception, what was observed."""

from __future__ import annotations

from dataclasses import replace

from autograder.assignment.exercise import Exercise
from autograder.diagnosis.added_to_nothing import with_sum_of_nothing
from autograder.diagnosis.diagnosis import Diagnosis, Left, Status
from autograder.diagnosis.failure import tells_all
from autograder.diagnosis.lines import quotable, source_lines
from autograder.diagnosis.mended import Mended, with_left
from autograder.diagnosis.next_step import next_step
from autograder.diagnosis.overflowing import with_overflow
from autograder.diagnosis.returned_together import asked_for
from autograder.diagnosis.rules import gather_clues
from autograder.diagnosis.search import Predictions
from autograder.diagnosis.shown_example import with_example, with_spoilt
from autograder.diagnosis.traced_example import with_trace
from autograder.diagnosis.written_into import comes_of_writing
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Change, Missing, Raised
from autograder.source.quoted import as_written_in


def diagnose(marking: Marking, function: str, predictions: Predictions) -> Diagnosis:
    """Diagnose one function.

    Parameters
    ----------
    marking : Marking
    function : str
    predictions : Predictions
        The predictions of the run, shared by all submissions.
    """
    session = marking.session
    exercise = marking.assignment.exercises[function]
    outcomes = marking.outcomes[function]
    components = marking.components(function)
    if isinstance(outcomes[0], Missing):
        return Diagnosis(exercise, "missing", failure=outcomes[0])
    cases = [marking.case(function, name) for name in session.probes.rows(function)]
    if all(case.right for case in cases):
        status: Status = "right in itself" if any(case.in_itself for case in cases) else "right"
        return Diagnosis(exercise, status, components=components)
    if session.not_attempted(function):
        return Diagnosis(exercise, "not attempted")
    if part := asked_for(marking, function):
        which = (part.place, part.together)
        if all(part.right[function]):
            return Diagnosis(exercise, "wrong", components=components, part=which)
        return replace(_of_wrong(part, function, predictions), part=which)
    return _of_wrong(marking, function, predictions)


def _of_wrong(marking: Marking, function: str, predictions: Predictions) -> Diagnosis:
    """Diagnose a function that is there, and wrong, and what is left once that is mended."""
    d = _as_it_stands(marking, function, predictions)
    mended = Mended.of(d, marking)
    return with_left(d, mended, _as_it_stands(mended, function, predictions)) if mended else d


def _as_it_stands(marking: Marking, function: str, predictions: Predictions) -> Diagnosis:
    """Diagnose a function that is there, and wrong, as if nothing else were."""
    exercise = marking.assignment.exercises[function]
    components = marking.components(function)
    changed = marking.changed_arguments(function)
    if changed and all(marking.right[function]):
        return Diagnosis(
            exercise, "wrong", changed=changed, change_says_all=True, components=components
        )
    clues = gather_clues(marking, function, predictions)
    failure, fresh = clues.failure, clues.fresh
    d = Diagnosis(
        exercise,
        "wrong" if clues.returned else "crashed",
        found=clues.found,
        observations=clues.observations,
        failure=failure,
        changed=changed,
        change_says_all=bool(changed) and comes_of_writing(marking, function, clues.found),
        components=components,
        lines=clues.lines,
        readings=clues.readings,
        exceptions=clues.exceptions,
        unsteady=fresh.unsteady,
        next_step=next_step(exercise, clues.observations),
        slip=clues.slip,
        failure_says_all=isinstance(failure, Raised) and tells_all(failure, marking, function),
        change=_as_written(clues.change, exercise, marking),
        marked=clues.marked,
    )
    if clues.second:
        second = _as_written(clues.second, exercise, marking)
        d = replace(d, left=Left(Diagnosis(exercise, "wrong", change=second), marking))
    d = with_example(d, marking, predictions, fresh)
    if d.slip and clues.spoilt:
        d = with_spoilt(d, clues.spoilt, marking, fresh)
    return with_overflow(with_sum_of_nothing(with_trace(d, marking), marking), marking)


def _as_written(change: Change | None, exercise: Exercise, marking: Marking) -> Change | None:
    """A change whose place is told as it stands in the student's line."""
    if change is None:
        return None
    source = marking.session.submission.files.get(exercise.file, b"")
    lines = [quotable(line) for line in source_lines(source)]
    return replace(change, told=as_written_in(change.told, lines, change.line))
