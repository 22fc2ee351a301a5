"""Put together what is known of one function: its status, its misconception, what was observed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from autograder.diagnosis.diagnosis import Diagnosis, Status
from autograder.diagnosis.failure import failure_told, tells_all
from autograder.diagnosis.formula import exceptions, read_formulas
from autograder.diagnosis.fresh import Fresh, ask_afresh
from autograder.diagnosis.lines import telling_line
from autograder.diagnosis.localise import EXPLAINS_SHAPES, observe
from autograder.diagnosis.next_step import next_step
from autograder.diagnosis.one_change import lines_of_pair, mending_change, right_without
from autograder.diagnosis.part import asked_for
from autograder.diagnosis.right_values import FILLED, right_value_missed
from autograder.diagnosis.search import Found, Predictions, search
from autograder.diagnosis.shapes import says_kind
from autograder.diagnosis.shown_example import with_example, with_spoilt
from autograder.diagnosis.slip_kinds import KINDS
from autograder.diagnosis.slips import telling_slip
from autograder.diagnosis.written_into import comes_of_writing, fails_on_copies_alone
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Change, Missing, Raised, Returned
from autograder.source.trees import Slip


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
    """Diagnose a function that is there, and wrong."""
    exercise = marking.assignment.exercises[function]
    outcomes, components = marking.outcomes[function], marking.components(function)
    returned = any(isinstance(outcome, Returned) for outcome in outcomes)
    changed = marking.changed_arguments(function)
    if changed and all(marking.right[function]):
        return Diagnosis(
            exercise, "wrong", changed=changed, change_says_all=True, components=components
        )
    fresh = ask_afresh(marking, function) if returned and exercise.parameters else Fresh()
    steady = fresh.unsteady is None
    slip, spoilt = _slip(marking, function, fresh) if steady else (None, frozenset[int]())
    # One answer by hand may come about in many ways; what the code shows says all.
    says_all = slip is not None and not exercise.parameters
    searched = returned and steady and not says_all
    found = _found(marking, function, predictions, fresh) if searched else None
    change = None
    if found and len(found.ids) > 1:
        # Where one change mends all, two mistakes are one that shows in two ways.
        change = mending_change(marking, function, fresh)
        found = None if change else found
    if found and slip and not KINDS[slip.kind].tells_cause:
        # "Nothing is blocked" says what comes out, a name that gets another value why.
        slip = None
    observed = steady and not (found or says_all)
    observations = observe(marking, function, fresh.rows) if observed else []
    failure = failure_told(marking, function, fresh)
    if isinstance(failure, Raised):
        # Beside a line that stops, what comes back elsewhere tells more than where it does.
        observations.sort(key=lambda text: not says_kind(text))
    # What is put in an order of chance comes in a plain one at times: no formula is its own.
    by_chance = slip is not None and KINDS[slip.kind].by_chance
    reads = returned and steady and found is None and not by_chance
    # Each entry comes of what was done after it: no formula of the one before it is its own.
    reads = reads and not any(one.key in EXPLAINS_SHAPES for one in observations)
    reads = reads and not (slip and KINDS[slip.kind].says_all)
    readings = read_formulas(marking, function, predictions.reader) if reads else ()
    lines = _lines_of(found, marking, function, fresh, predictions) if found else {}
    if slip and lines and slip.line not in lines.values():
        slip = None
    looked_for = steady and not (lines or (found and len(found.ids) > 1))
    if looked_for:
        change = change or mending_change(marking, function, fresh)
    if slip and (found or KINDS[slip.kind].needs_change) and not _bears_out(change, slip):
        slip = None
    if looked_for:
        slip, change = _mended(slip, change)
    if looked_for and not (slip or change):
        change = right_value_missed(marking, function, fresh)
        if found and change:  # What it is has a name; where it stands is all that is to be added.
            lines, change = {found.ids[0]: change.line}, None
    apart = exceptions(readings, marking, function)
    if change and apart and change.kind != FILLED:
        # The line explains all that the formula does not hold for.
        readings, apart = (), None
    d = Diagnosis(
        exercise,
        "wrong" if returned else "crashed",
        found=found,
        observations=observations,
        failure=failure,
        changed=changed,
        change_says_all=bool(changed) and comes_of_writing(marking, function, found),
        components=components,
        lines=lines,
        readings=readings,
        exceptions=apart,
        unsteady=fresh.unsteady,
        next_step=next_step(exercise, observations),
        slip=slip,
        failure_says_all=isinstance(failure, Raised) and tells_all(failure, marking, function),
        change=change,
    )
    d = with_example(d, marking, predictions, fresh)
    return with_spoilt(d, spoilt, marking, fresh) if d.slip and spoilt else d


def _slip(marking: Marking, function: str, fresh: Fresh) -> tuple[Slip | None, frozenset[int]]:
    """A place that can have made the answers; the ids of inputs that are right without it."""
    slip = telling_slip(marking, function, fresh.rows)
    if slip is None or not KINDS[slip.kind].spoils:
        return slip, frozenset()
    spoilt = right_without(marking, function, slip.line, slip.name, fresh)
    rows = [*marking.rows(function), *fresh.rows]
    wrong = sum(not row.is_right for row in rows)
    # Where much is wrong for another reason, that is what to tell.
    if spoilt and 2 * (wrong - len(spoilt)) < len(rows):
        return slip, spoilt
    return telling_slip(marking, function, fresh.rows, but=slip.kind), frozenset()


def _found(marking: Marking, function: str, predictions: Predictions, fresh: Fresh) -> Found | None:
    """The misconceptions that reproduce the answers, unless a plainer reason is there."""
    exercise = marking.assignment.exercises[function]
    found = search(marking, function, predictions, fresh)
    if found and len(found.ids) > 1 and exercise.one_slip:
        # One plain reason goes before two.
        return None if any(exercise.one_slip(marking.rows(function))) else found
    if found and marking.changed_arguments(function) and fails_on_copies_alone(marking, function):
        # What is given back is what it was given since it works on that.
        return None
    return found


def _lines_of(
    found: Found, marking: Marking, function: str, fresh: Fresh, predictions: Predictions
) -> Mapping[str, int]:
    """The student's own lines that show what was found, by misconception."""
    exercise = marking.assignment.exercises[function]
    telling = {id: telling_line(marking.session, exercise, id) for id in found.ids}
    lines = {id: line for id, line in telling.items() if line}
    match found.ids:
        case (one, other) if len(lines) < 2:
            return lines_of_pair(marking, function, fresh, (one, other), predictions) | lines
    return lines


def _bears_out(change: Change | None, slip: Slip) -> bool:
    """Whether a change that makes all right is about a slip, where that has to be one of a kind."""
    kind = KINDS[slip.kind].borne_out_by
    return not kind or (change is not None and change.kind == kind)


def _mended(slip: Slip | None, change: Change | None) -> tuple[Slip | None, Change | None]:
    """A place that can have made the answers, or else the change that makes all right.

    What mends all in another line, about something else, shows that the place was none. Where one
    decides what becomes of numbers, what is calculated with these elsewhere may mend it too.
    """
    if slip and KINDS[slip.kind].at_source:
        return slip, None
    if slip is None or change is None:
        return (None if slip and KINDS[slip.kind].needs_change else slip), change
    lines = {change.line, *change.heads}
    return (slip, None) if slip.line in lines or change.is_about(slip.name) else (None, change)
