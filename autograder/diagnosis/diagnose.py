"""Put together what is known of one function: its status, its misconception, what was observed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from autograder.assignment.exercise import Exercise
from autograder.assignment.probe import Probe, has_whole_numbers
from autograder.assignment.rows import Row
from autograder.diagnosis.crash import tells_why
from autograder.diagnosis.example import Example, choose_example, choose_stop, shown
from autograder.diagnosis.formula import exceptions, read_formulas
from autograder.diagnosis.fresh import Fresh, Unsteady, ask_afresh
from autograder.diagnosis.lines import telling_line
from autograder.diagnosis.localise import EXPLAINS_SHAPES, observe
from autograder.diagnosis.next_step import next_step
from autograder.diagnosis.one_change import lines_of_pair, mending_change, right_without
from autograder.diagnosis.part import asked_for
from autograder.diagnosis.right_values import FILLED, right_value_missed
from autograder.diagnosis.search import Found, Predictions, count_shown, goes_on, search
from autograder.diagnosis.shapes import kind_of, says_kind
from autograder.diagnosis.slip_kinds import KINDS
from autograder.diagnosis.slips import telling_slip
from autograder.diagnosis.statements import form
from autograder.formulas import Reading
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import (
    Change,
    Died,
    Missing,
    Outcome,
    Raised,
    Returned,
    TimedOut,
)
from autograder.source.phrases import Said, said
from autograder.source.trees import Slip

_ABOUT_SHAPES = re.compile(r"shape|mismatch|dimension|broadcast|aligned")

#: What NumPy says where decimals are to be written into an array of whole numbers.
_REFUSES = re.compile(r"cast\b.*\bufunc")

Status = Literal["right", "wrong", "crashed", "missing", "not attempted", "right in itself"]


@dataclass(frozen=True)
class Diagnosis:
    """What is known of one function of a submission.

    Attributes
    ----------
    exercise : Exercise
    status : str
    found : Found or None
        The misconceptions that reproduce every answer.
    readings : tuple of Reading
        The formulas that its wrong steps compute, where no misconception reproduces the answers.
    observations : list of Said
        What was observed, where nothing reproduces the answers.
    failure : Outcome or None
        The exception, hang or death to explain.
    example : Example or None
        A wrong answer whose numbers may be shown.
    changed : tuple of str
        The arguments that the function changes.
    change_says_all : bool
        Whether all that is wrong comes of that.
    components : tuple of str
        The student's own functions that are not right, in whose places it was given right ones.
    lines : dict of str to int
        By misconception: the student's own line that shows it, if just one does.
    unsteady : Unsteady or None
        That it answers one input in two ways, if it does.
    next_step : Said or None
        What to do next, by what was observed, where any of it says.
    slip : Slip or None
        What stands in the code and can make such answers: see `source.slips`.
    part : (int, int) or None
        Which of how many things that are returned together all this is about.
    exceptions : Said or None
        That some wrong answers are not what the formulas say.
    failure_says_all : bool
        Whether what else was observed tells nothing beside the failure.
    change : Change or None
        A small change that makes all right, where all that do are in one line, and where no line
        is known otherwise.
    besides : Example or None
        A wrong answer that has nothing to do with the place in the code, where there is one.
    spoils_all : bool
        Whether all that was tried without what stands at the place in the code was right.
    """

    exercise: Exercise
    status: Status
    found: Found | None = None
    observations: list[Said] = field(default_factory=list)
    failure: Outcome | None = None
    example: Example | None = None
    changed: tuple[str, ...] = ()
    change_says_all: bool = False
    components: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()
    unsteady: Unsteady | None = None
    next_step: Said | None = None
    slip: Slip | None = None
    part: tuple[int, int] | None = None
    exceptions: Said | None = None
    failure_says_all: bool = False
    change: Change | None = None
    besides: Example | None = None
    spoils_all: bool = False

    @property
    def function(self) -> str:
        return self.exercise.name

    @property
    def mended_elsewhere(self) -> bool:
        """Whether a small change mends all in another line than the one on which it stops."""
        if self.change is None or self.change.kind == FILLED:
            return False
        return isinstance(self.failure, Raised) and self.change.line != self.failure.line


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
    session = marking.session
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
    failure = _with_numbers(_failure(session.probes[function], outcomes), marking, function, fresh)
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
        change_says_all=bool(changed) and _comes_of_change(marking, function, found),
        components=components,
        lines=lines,
        readings=readings,
        exceptions=apart,
        unsteady=fresh.unsteady,
        next_step=next_step(exercise, observations),
        slip=slip,
        failure_says_all=isinstance(failure, Raised) and _says_all(failure, marking, function),
        change=change,
    )
    d = _with_example(d, marking, predictions, fresh)
    return _with_spoilt(d, spoilt, marking, fresh) if d.slip and spoilt else d


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


def _with_spoilt(d: Diagnosis, spoilt: frozenset[int], marking: Marking, fresh: Fresh) -> Diagnosis:
    """With an example of what is right without a place, and one of what is wrong all the same."""
    rows = [*marking.rows(d.function), *fresh.rows]
    others = frozenset(id(row.probe) for row in rows) - spoilt
    shows = choose_example(marking, d.function, (), fresh, among=spoilt)
    besides = choose_example(marking, d.function, (), fresh, among=others)
    tried = [*(row for row in marking.rows(d.function) if row.probe.public), *fresh.rows]
    all_right = all(row.is_right or id(row.probe) in spoilt for row in tried)
    return replace(d, example=shows or d.example, besides=besides, spoils_all=all_right)


def _found(marking: Marking, function: str, predictions: Predictions, fresh: Fresh) -> Found | None:
    """The misconceptions that reproduce the answers, unless a plainer reason is there."""
    exercise = marking.assignment.exercises[function]
    found = search(marking, function, predictions, fresh)
    if found and len(found.ids) > 1 and exercise.one_slip:
        # One plain reason goes before two.
        return None if any(exercise.one_slip(marking.rows(function))) else found
    if found and marking.changed_arguments(function) and _fails_on_copies_alone(marking, function):
        # What is given back is what it was given since it works on that.
        return None
    return found


def _with_example(
    d: Diagnosis, marking: Marking, predictions: Predictions, fresh: Fresh
) -> Diagnosis:
    """With an example, and what is told as it is of that."""
    d = replace(d, example=_example(d, marking, predictions, fresh))
    if isinstance(d.failure, Raised) and d.example and d.failure.is_like(d.example.outcome):
        # What is told of shapes is of the call that is shown.
        d = replace(d, failure=d.example.outcome)
    return replace(d, observations=_of_example(d, marking))


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


def _of_example(d: Diagnosis, marking: Marking) -> list[Said]:
    """What was observed; where the example is of a wrong shape, that one is told."""
    example = d.example
    if example is None or not isinstance(example.outcome, Returned):
        return d.observations
    row = Row(example.probe, example.right, example.given, is_right=False)
    wrong = [one for one in marking.rows(d.function) if not one.is_right and one.given]
    own = kind_of(d.exercise, row, [row, *wrong])
    return [_of_that_call(one, own) if own else one for one in d.observations]


def _of_that_call(told: Said, own: Said) -> Said:
    """A statement on a shape as it is of one call; of that call alone where it says more there."""
    if told.key != own.key or dict(told.values).get("place") != dict(own.values).get("place"):
        return told
    if form(told) == form(own):
        return own
    values = dict(own.values) | {"of_input": said("seen.in_the_call_shown")}
    return Said(own.key, tuple(values.items()))


def _example(
    d: Diagnosis, marking: Marking, predictions: Predictions, fresh: Fresh
) -> Example | None:
    """An answer that shows what is told, or an input at which the function stops."""
    if d.unsteady or (d.slip and KINDS[d.slip.kind].by_chance):
        # What came back depends on the calls before: nobody would get it again.
        return None
    counts = None
    ids = d.found.ids if d.found else ()
    if len(ids) > 1 or (ids and goes_on(ids, marking, d.function, predictions)):
        counts = partial(count_shown, ids, predictions, d.function)
    # Beside the reason of an exception there is room for little else.
    said = d.observations[: 1 if isinstance(d.failure, Raised) else 4]
    if d.readings and not d.readings[0].step.shape:
        said = [one for one in said if not says_kind(one)]
    example = choose_example(marking, d.function, said, fresh, counts)
    if not isinstance(d.failure, Raised):
        return example
    told_otherwise = d.found or d.readings or (d.slip and not KINDS[d.slip.kind].by_call)
    drawn = example is not None and not example.probe.public
    of_kind = _of_another_kind(example, d.observations) and not d.failure_says_all
    if (d.found and drawn) or not (told_otherwise or of_kind):
        # What is told is the exception, so that the input is one that shows it.
        return choose_stop(marking, d.function, d.failure, fresh) or example
    return example


def _fails_on_copies_alone(marking: Marking, function: str) -> bool:
    """Whether all wrong values came back where they must be new ones."""
    rows = zip(marking.rows(function), marking.outcomes[function], strict=True)
    wrong = [row for row, outcome in rows if isinstance(outcome, Returned) and not row.is_right]
    return bool(wrong) and all(row.probe.copied for row in wrong)


def _comes_of_change(marking: Marking, function: str, found: Found | None) -> bool:
    """Whether what is wrong is wrong since arguments are written into, and for nothing else.

    An array of whole numbers refuses what is to be written into it, or cuts it.
    """
    exercise = marking.assignment.exercises[function]
    if found:
        return set(found.ids) <= {*exercise.of_change}
    places = [exercise.parameters.index(name) for name in marking.changed_arguments(function)]
    rows = zip(marking.rows(function), marking.outcomes[function], strict=True)
    return all(row.is_right or _is_by_change(row, outcome, places) for row, outcome in rows)


def _is_by_change(row: Row, outcome: Outcome, places: Sequence[int]) -> bool:
    """Whether one answer is wrong, or none, since some of the arguments are written into."""
    if isinstance(outcome, Raised):
        return bool(_REFUSES.search(outcome.message))
    return row.probe.copied or any(has_whole_numbers(row.probe.arguments[at]) for at in places)


def _of_another_kind(example: Example | None, observations: list[Said]) -> bool:
    """Whether what comes back, where anything does, is of another kind than what is asked for."""
    if any(map(says_kind, observations[:1])):
        return True
    if example is None or not isinstance(example.outcome, Returned):
        return False
    return example.given is None


def _failure(probes: list[Probe], outcomes: list[Outcome]) -> Outcome | None:
    """The failure that explains most: an exception before a hang, a hang before a death.

    Of several exceptions one on an input that may be shown; of those the one at the earliest line:
    later ones may only follow from it.
    """
    raised = [
        (not probe.public, outcome.line or 0, at, outcome)
        for at, (probe, outcome) in enumerate(zip(probes, outcomes, strict=True))
        if isinstance(outcome, Raised) and not _came_before(outcome, outcomes[:at])
    ]
    if raised:
        hidden, _, _, exception = min(raised)
        return _without_numbers(exception) if hidden else exception
    ends = [outcome for outcome in outcomes if isinstance(outcome, TimedOut | Died)]
    return min(ends, key=lambda end: isinstance(end, Died), default=None)


def _came_before(raised: Raised, earlier: Sequence[Outcome]) -> bool:
    """Whether a name without a value was told of an earlier call already.

    Of a function that was called often, Python 3.11 names the line before.
    """
    return raised.type == "UnboundLocalError" and any(
        isinstance(one, Raised) and one.message == raised.message for one in earlier
    )


def _says_all(failure: Raised, marking: Marking, function: str) -> bool:
    """Whether it stops at None, or mostly: then the answers that it gives tell nothing.

    Of shapes that do not fit, what comes back elsewhere tells more, unless the reason for that is
    known.
    """
    if "NoneType" in failure.message:
        return True
    outcomes = marking.outcomes[function]
    stopped = sum(isinstance(outcome, Raised) for outcome in outcomes)
    if 2 * stopped <= len(outcomes):
        return False
    files, known = marking.session.submission.files, marking.assignment.known
    return not _ABOUT_SHAPES.search(failure.message) or tells_why(failure, files, known)


def stops_by_shapes(d: Diagnosis) -> bool:
    """Whether it stops where shapes do not fit."""
    failure = d.failure
    if not isinstance(failure, Raised) or failure.type != "ValueError":
        return False
    return bool(_ABOUT_SHAPES.search(failure.message))


def _with_numbers(
    failure: Outcome | None, marking: Marking, function: str, fresh: Fresh
) -> Outcome | None:
    """The same exception on an input that was drawn for this, whose shapes may be told."""
    if not isinstance(failure, Raised) or failure.shapes:
        return failure
    drawn = shown(marking, function, fresh)
    return next((outcome for _, outcome in drawn if failure.is_like(outcome)), failure)


def _without_numbers(raised: Raised) -> Raised:
    """Leave out what a student's code can put a hidden input's numbers into."""
    return replace(raised, shapes={}, message=re.sub(r"\d+", "?", raised.message))
