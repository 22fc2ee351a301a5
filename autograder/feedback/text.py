"""The words for one diagnosis, at the level that the config asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.assignment.config import Config, Level
from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import NotAnAnswer, as_arrays, close
from autograder.diagnosis.crash import explain_exception, source_line
from autograder.diagnosis.diagnose import Diagnosis
from autograder.diagnosis.example import Example
from autograder.diagnosis.fresh import Unsteady
from autograder.diagnosis.lines import source_lines
from autograder.diagnosis.localise import says_kind
from autograder.diagnosis.search import Found
from autograder.diagnosis.statements import said_of_code
from autograder.feedback.file_notes import file_notes
from autograder.feedback.naming import ordinal, value_names
from autograder.feedback.parts import LONGEST, Line, Parts, joined, quoted, whole, words
from autograder.feedback.two_answers import two_answers
from autograder.formulas import Reading, what_it_computes, where_it_departs
from autograder.marking.marks import Marking
from autograder.sandbox.crash_shapes import GIVE_NONE
from autograder.sandbox.outcome import Died, Missing, Raised, Returned, TimedOut
from autograder.sandbox.phrases import Phrases, Said
from autograder.sandbox.written import CHANGES

#: Numbers of an answer that are still read.
MOST_SHOWN = 100
#: Numbers of a list that is still read in a sentence; more are a table's.
MOST_IN_SENTENCE = 6

#: What changes a list or an array in place and gives back None, and what keeps a result.
_GIVES_NONE = re.compile(r"\.(append|insert|extend|reverse|sort|fill_diagonal)\(")
_KEEPS = re.compile(r"(?:\breturn|(?<![=!<>+*/-])=)\Z")


def as_text(diagnosis: Diagnosis, items: list[Parts], notes: list[str], say: Phrases) -> str:
    """Join the parts, and what is said of the file, to one text."""
    # What to do next comes last.
    first = diagnosis.status in ("right", "missing")
    text = joined(items, say)
    return " ".join([text, *notes] if first else [*notes, text])


def about_file(diagnosis: Diagnosis, marking: Marking, say: Phrases) -> list[str]:
    """What is said of the function's file as a whole, and how it was found."""
    found = say.fill(*marking.session.submission.notes.get(diagnosis.exercise.file, ()))
    return [*file_notes(diagnosis.function, marking, say), *([found] if found else [])]


def in_parts(diagnosis: Diagnosis, marking: Marking, config: Config) -> list[Parts]:
    """What is said of one function: an item for each mistake.

    Parameters
    ----------
    diagnosis : Diagnosis
    marking : Marking
        For the student's files and the notes on how they were found.
    config : Config
        The words and the level.
    """
    items = _said(diagnosis, marking, config)
    if diagnosis.part and config.level != "locate":
        items[0] = replace(
            items[0], notes=(_together(*diagnosis.part, config.say), *items[0].notes)
        )
    quotes = diagnosis.status in ("wrong", "crashed") and config.level != "locate"
    if quotes and all(item.line is None for item in items):
        items[0] = replace(items[0], line=_short_function(diagnosis, marking))
    return items


def _together(place: int, together: int, say: Phrases) -> str:
    return say("text.several_together", count=together, nth=ordinal(place, say))


def _said(d: Diagnosis, marking: Marking, config: Config) -> list[Parts]:
    say = config.say
    if d.status == "right":
        return [Parts(did=say("text.right"))]
    if d.status == "missing":
        return [Parts(did=_missing(d, marking, say))]
    if d.status == "not attempted":
        return [Parts(did=say("text.still_the_stub", function=d.function))]
    if d.status == "right in itself":
        return [_right_in_itself(d, marking, say)]
    if other := _other_parameters(d, marking, say):
        return [other]
    if d.part and not (d.found or d.readings or d.observations or d.failure):
        did = say("text.numbers_are_right", function=d.function)
        return [Parts(did=did, section=d.exercise.section)]
    if d.found is not None:
        return _named(d, d.found, marking, config)
    if d.unsteady is not None:
        return [_unsteady(d, d.unsteady, marking, config.level, say)]
    if d.changed and not d.observations:
        return [_changed(d, marking, say)]
    if d.status == "crashed":
        return [_crashed(d, marking, config.say)]
    if d.readings and config.level != "locate":
        return [_read(d, marking, config)]
    return [_localised(d, marking, config)]


def _other_parameters(d: Diagnosis, marking: Marking, say: Phrases) -> Parts | None:
    """That a function takes other arguments than it is called with, if it does."""
    function = d.exercise
    facts = marking.session.worker.facts(function.file)
    own, needed = facts.parameters.get(d.function), facts.needed.get(d.function, 0)
    wanted = function.parameters
    if own is None or (own[: len(wanted)] == wanted and needed <= len(wanted)):
        return None
    stub = say("text.stub_has", parameters=", ".join(wanted))
    values = {"function": d.function, "parameters": ", ".join(own), "stub": stub}
    key = ""
    if sorted(own) == sorted(wanted):
        key, step = "text.parameters_in_another_order", "text.parameters_in_another_order_next"
    elif len(own) < len(wanted):
        key, step = "text.too_few_parameters", "text.other_parameters_next"
    elif needed > len(wanted):
        key, step = "text.too_many_parameters", "text.other_parameters_next"
    if not key:
        return None
    return Parts(did=say(key, **values), next=say(step), section=function.section)


def _names(names: tuple[str, ...], say: Phrases) -> str:
    return say("lists.and").join(f"`{name}`" for name in names)


def _missing(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    function = d.exercise
    assert isinstance(d.failure, Missing)
    if d.failure.reason == "file":
        if marking.session.submission.notes.get(function.file):
            return say("text.file_not_used", file=function.file)
        return say("text.file_not_handed_in", file=function.file)
    if d.failure.reason == "function":
        return _missing_function(d.exercise, say)
    return say("text.no_function", function=d.function, file=function.file)


def _missing_function(function: Exercise, say: Phrases) -> str:
    return say(
        "text.function_not_there",
        file=function.file,
        function=function.name,
        parameters=", ".join(function.parameters),
    )


# --- a misconception has been found ------------------------------------------------------------


def _named(d: Diagnosis, found: Found, marking: Marking, config: Config) -> list[Parts]:
    say = config.say
    level = config.level
    entries = [config.words(d.function, id) for id in found.ids]
    shown = _shown(d.example, level, say)
    written = marking.session.worker.facts(d.exercise.file).words.get(d.function, frozenset())
    if level == "locate":
        seen = shown or say.fill(*d.observations[:2])
        return [Parts(did=say("text.not_right_yet"), example=seen, section=entries[0].section)]
    items = [
        Parts(
            title=entry.title,
            did=said_of_code(_fill(entry.did, d), written),
            why=said_of_code(_fill(entry.why, d), written),
            next=said_of_code(_fill(entry.next, d), written) or config.next_steps[d.function],
            section=entry.section,
        )
        for entry in entries
    ]
    did = items[0].did
    if found.others and len(found.others) <= 2:
        titles = [config.words(d.function, ids[0]).title for ids in found.others]
        others = say("text.or_others").join(titles)
        did += say("text.others", others=others)
    notes = []
    if found.partly:
        notes.append(say("text.something_else"))
    if d.changed:
        notes.append(_also_changes(d, written, say))
    items[0] = replace(
        items[0],
        did=did,
        look=_look(d, marking, say),
        line=_line(d, marking, d.line),
        example=shown,
        notes=tuple(notes),
        carried=_in_place(d, say),
    )
    return items


def _also_changes(d: Diagnosis, written: frozenset[str], say: Phrases) -> str:
    if written & {"copy", "list", "[:]"}:
        return say("text.also_changes_items", names=_names(d.changed, say))
    return say("text.also_changes_use_a_copy", names=_names(d.changed, say))


def _fill(text: str, d: Diagnosis) -> str:
    return text.format(function=d.function).strip()


def _look(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    if d.line is None:
        return ""
    here = Raised("", "", d.exercise.file, d.line, d.function, {}, None)
    code = source_line(here, marking.session.submission.files)
    return say("text.look_at_line", line=d.line, code=code) if code else ""


def _line(d: Diagnosis, marking: Marking, number: int | None) -> Line | None:
    file = d.exercise.file
    if number is None or file not in marking.session.submission.files:
        return None
    facts = marking.session.worker.facts(file)
    inside = [span for span in facts.lines.values() if span[0] <= number <= span[1]]
    span = inside[0] if inside else None
    return quoted(marking.session.submission.files, file, number, span)


def _short_function(d: Diagnosis, marking: Marking) -> Line | None:
    """The whole function where it is short: whoever looks for the place looks here."""
    file = d.exercise.file
    if file not in marking.session.submission.files:
        return None
    span = marking.session.worker.facts(file).lines.get(d.function)
    return whole(marking.session.submission.files, file, span)


def _failing_line(d: Diagnosis, marking: Marking) -> Line | None:
    """The line where it stops, if that is in the function's own file and can be read."""
    failure = d.failure
    if not isinstance(failure, Raised) or failure.file != d.exercise.file:
        return None
    return _line(d, marking, failure.line)


# --- a formula has been read -------------------------------------------------------------------


def _read(d: Diagnosis, marking: Marking, config: Config) -> Parts:
    """What the student's code computes, and where that departs from the notes."""
    say = config.say
    slip, own_step = _slip(d, marking, say)
    changed = _also_changed(d, say)
    told = [say("text.not_right_yet"), on_some(d, marking, say), slip]
    around = [*changed, _in_place(d, say), say("labels.see_section", section="")]
    room = LONGEST - words([*told, *around])
    formulas, step = _formulas_told(d.readings, room, own_step, say)
    told += formulas
    besides = [_not_finite(d, marking, say)]
    if not d.readings[0].step.shape:
        besides += map(say.fill, filter(says_kind, d.observations))
    for text in besides:
        if words([*told, text, step, *around]) <= LONGEST:
            told.append(text)
    shown = "" if _is_on_weights(d) else _shown(d.example, config.level, say)
    return Parts(
        did=" ".join(filter(None, told)),
        line=_failing_line(d, marking) or _slip_line(d, marking),
        example=shown if words([*told, shown, step, *around]) <= LONGEST else "",
        notes=changed,
        carried=_in_place(d, say),
        next=step,
        section=d.exercise.section,
    )


def _formulas_told(
    readings: Sequence[Reading], room: int, own_step: str, say: Phrases
) -> tuple[list[str], str]:
    """What is said of the formulas, the first in full and others as there is room; what to do."""
    first, *others = readings
    told = [what_it_computes(first, say), where_it_departs(first, say)]
    step = own_step or _find([first], say)
    for reading in others:
        what = reading.step.what
        if _formulas(reading) == _formulas(first):
            ways, both = [[say("text.same_formula", what=what)]], step
        else:
            both = own_step or _find([first, reading], say)
            ways = [
                [what_it_computes(reading, say), where_it_departs(reading, say)],
                [what_it_computes(reading, say, explained=False)],
                [say("text.nor_is_right", what=what)],
            ]
        for way in ways:
            if words([*told, *way, both]) <= room:
                told, step = [*told, *way], both
                break
    return told, step


def _not_finite(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """That some answers are no numbers, of which a formula says nothing."""
    answers = [row.given for row in marking.rows(d.function) if not row.is_right and row.given]
    if all(np.isfinite(array).all() for given in answers for array in given):
        return ""
    return say("text.besides_nan_or_inf")


def _find(readings: Sequence[Reading], say: Phrases) -> str:
    """What to do about formulas: about each of two that differ."""
    made = [reading.step.what for reading in readings]
    if re.search(r"returns|makes a (?:vector|single number)", readings[0].step.shape):
        return say("text.formula_of_another_shape_next")
    return say("text.formula_next", count=len(made), made=say("lists.and").join(made))


def _slip(d: Diagnosis, marking: Marking, say: Phrases) -> tuple[str, str]:
    """What is said of a place in the code that can have made the answers, and what to do next."""
    if d.slip is None:
        return "", ""
    kind, line, name = d.slip
    here = Raised("", "", d.exercise.file, line, d.function, {}, None)
    code = source_line(here, marking.session.submission.files)
    if isinstance(d.failure, Raised) and d.failure.line == line:
        code = None
    at = say("slip.line_quoted", line=line, code=code) if code else say("slip.line", line=line)
    return say(f"slip.{kind}", at=at, name=name), say(f"slip.{kind}_next", name=name)


def _slip_line(d: Diagnosis, marking: Marking) -> Line | None:
    return _line(d, marking, d.slip[1]) if d.slip else None


def _also_changed(d: Diagnosis, say: Phrases) -> tuple[str, ...]:
    return (say("text.also_changes", names=_names(d.changed, say)),) if d.changed else ()


def _formulas(reading: Reading) -> list[str]:
    return [str(part.formula.whole) if part.formula else "" for part in reading.parts]


def _is_on_weights(d: Diagnosis) -> bool:
    """Whether it is about arrays of which an example shows nothing, as it shows numbers alone."""
    return bool(d.exercise.parts) and not any(r.step.in_example for r in d.readings)


# --- it answers one input in two ways ------------------------------------------------------------


def _unsteady(
    d: Diagnosis, unsteady: Unsteady, marking: Marking, level: Level, say: Phrases
) -> Parts:
    here = Raised("", "", d.exercise.file, unsteady.line, d.function, {}, None)
    code = source_line(here, marking.session.submission.files) if unsteady.line else None
    outcomes = (unsteady.first, unsteady.second)
    first, second = (Example(d.exercise, unsteady.probe, outcome, []) for outcome in outcomes)
    shown, other = _shown(first, "explain", say), _shown(second, "explain", say)
    again = _answer(second, say) if shown and other and shown != other else ""
    return Parts(
        did=two_answers(
            d.function, unsteady, code or "", (shown, again), say, why=level != "locate"
        ),
        line=_line(d, marking, unsteady.line),
        carried=_in_place(d, say),
        section=d.exercise.section,
    )


# --- nothing has been found --------------------------------------------------------------------


def _changed(d: Diagnosis, marking: Marking, say: Phrases) -> Parts:
    names = _names(d.changed, say)
    did = say("text.changes_argument", function=d.function, names=names)
    if changing := _changing_calls(d, marking):
        return Parts(
            did=did,
            why=say("text.changes_by_call", changing=changing),
            next=say("text.changes_by_call_next"),
        )
    return Parts(
        did=did,
        why=say("text.changes_in_place"),
        next=say("text.changes_in_place_next"),
    )


def _changing_calls(d: Diagnosis, marking: Marking) -> str:
    """The call, such as ``x.pop``, that changes an argument of the function itself, if one does."""
    facts = marking.session.worker.facts(d.exercise.file)
    own = facts.parameters.get(d.function, d.exercise.parameters)
    written = facts.words.get(d.function, frozenset())
    places = [d.exercise.parameters.index(name) for name in d.changed]
    calls = [f"{own[at]}.{how}" for at in places if at < len(own) for how in sorted(CHANGES)]
    return next((call for call in calls if call in written), "")


def _crashed(d: Diagnosis, marking: Marking, say: Phrases) -> Parts:
    return Parts(
        did=_failure_text(d, marking, say),
        line=_failing_line(d, marking),
        carried=_in_place(d, say),
        section=d.exercise.section,
    )


def _right_in_itself(d: Diagnosis, marking: Marking, say: Phrases) -> Parts:
    """What is said of a function that only its components keep from being right."""
    states, advice = zip(
        *(_state_and_advice(name, marking, say) for name in d.components), strict=True
    )
    advised = say("lists.and").join(dict.fromkeys(advice))
    stated = say("lists.and").join(states)
    return Parts(
        did=say("text.right_in_itself", function=d.function),
        carried=(say("text.tried_with_right_ones", count=len(states), states=stated)),
        next=say("text.right_in_itself_next", advised=advised),
        section=marking.assignment.known[d.components[0]].section,
    )


def _state_and_advice(function: str, marking: Marking, say: Phrases) -> tuple[str, str]:
    """What is the matter with a function, for whoever reads of another that calls it."""
    outcome = marking.session.outcomes[function][0]
    file = marking.assignment.known[function].file
    if function in marking.assignment.given:
        return (
            say("text.ready_made_changed", function=function),
            say("text.take_ready_made", function=function, file=file),
        )
    own = say("text.your_own", function=function)
    if isinstance(outcome, Missing):
        if outcome.reason == "file":
            return say("text.was_not_handed_in", own=own, file=file), say("text.hand_in", file=file)
        return say("text.was_not_found", own=own, file=file), say("text.write", function=function)
    if isinstance(outcome, Raised) and outcome == marking.session.broken_file(file):
        return say("text.stands_in_unread", own=own, file=file), say("text.mend_file", file=file)
    if marking.session.not_attempted(function):
        return say("text.is_not_written_yet", own=own), say("text.write", function=function)
    return say("text.is_not_right_yet", own=own), say("text.mend", function=function)


def _in_place(d: Diagnosis, say: Phrases) -> str:
    """That a function was judged with right components, so that what is said is about it alone."""
    if not d.components:
        return ""
    return say("text.in_place", count=len(d.components), names=_names(d.components, say))


def _failure_text(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    session = marking.session
    failure = d.failure
    if failure is not None and failure == session.broken_file(d.exercise.file):
        return _broken_file(d, marking, say)
    if isinstance(failure, Raised) and (left := _stub_line_left(d, failure, marking, say)):
        return left
    if isinstance(failure, Raised):
        text = explain_exception(failure, session.submission.files, marking.assignment.known, say)
        if failure.function and failure.function != d.function and failure.file:
            text = say("text.ends_in_an_error", function=d.function, text=text)
        return text
    if isinstance(failure, TimedOut | Died) and _calls_itself(d.function, marking):
        return say("text.calls_itself", function=d.function)
    if isinstance(failure, TimedOut):
        return say("text.not_finished", function=d.function, seconds=f"{failure.seconds:g}")
    if isinstance(failure, Died):
        reason = say(f"ended.{failure.reason}")
        return say("text.ended_the_program", function=d.function, reason=reason)
    return say("text.returned_nothing_to_judge", function=d.function)


def _calls_itself(function: str, marking: Marking) -> bool:
    file = marking.assignment.exercises[function].file
    return function in marking.session.worker.facts(file).recursive


def _stub_line_left(d: Diagnosis, failure: Raised, marking: Marking, say: Phrases) -> str:
    """That the stub's last line still stands below the student's work, if it does."""
    file, line = d.exercise.file, failure.line
    facts = marking.session.worker.facts(file)
    if failure.type != "NotImplementedError" or failure.file != file or line is None:
        return ""
    first, last = facts.lines.get(d.function, (0, 0))
    if not first < line <= last:
        return ""
    above = source_lines(marking.session.submission.files[file])[first : line - 1]
    code = [(first + n, text) for n, text in enumerate(above, 1) if text.strip()]
    made = re.match(r"\s+(\w+)\s*=[^=]", code[-1][1]) if code else None
    mend = say("text.take_out_line", line=line)
    if made and code:
        mend = say("text.return_result", last=code[-1][0], name=made[1], line=line)
    return say("text.stub_line_left", mend=mend)


def _broken_file(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    file = d.exercise.file
    facts, broken = marking.session.worker.facts(file), marking.session.broken_file(file)
    problem = facts.syntax_error
    if isinstance(broken, TimedOut | Died) or (
        problem and problem.kind in ("nesting", "null byte")
    ):
        return say("text.not_tried", function=d.function)
    if problem and d.function in facts.lost:
        return say("text.lost_in_unread", function=d.function, file=file)
    if d.function in facts.lines:
        return say("text.definition_stops", function=d.function, file=file)
    return _missing_function(d.exercise, say)


def _localised(d: Diagnosis, marking: Marking, config: Config) -> Parts:
    say = config.say
    kind = "" if _stops_at_none(d) else wrong_kind(d, marking, say)
    some = "" if kind and _met_none(d) else on_some(d, marking, say)
    step = ""
    slip = ""
    if config.level != "locate" and not kind:
        slip, then = _slip(d, marking, say)
        step = then or (say.fill(d.next_step) if d.next_step else config.next_steps[d.function])
    changed, carried = _also_changed(d, say), _in_place(d, say)
    told, example = [kind], ""
    if not kind:
        around = [some, slip, carried, *changed, step, say("labels.see_section", section="")]
        seen, example = _seen(d, config, LONGEST - words(around))
        told = [_before_seen(d, seen, example, say), say.fill(*seen)]
        if some and step and not slip and not any(map(says_kind, seen)):
            step = say("text.start_with_that_line")
    return Parts(
        did=" ".join(filter(None, [some, *told, slip])),
        line=_failing_line(d, marking) if some else _slip_line(d, marking) if slip else None,
        example=example,
        notes=changed,
        carried=carried,
        next=step,
        section=d.exercise.section,
    )


def _seen(d: Diagnosis, config: Config, room: int) -> tuple[list[Said], str]:
    """What was observed, as far as there is room: a long text is not read at all."""
    say = config.say
    start = say("text.what_can_be_seen")
    seen: list[Said] = []
    for one in () if d.failure_says_all else d.observations[:4]:
        if words([start, say.fill(*seen, one)]) <= room or not (seen or d.failure):
            seen.append(one)
    example = _shown(d.example, config.level, say)
    if words([start, say.fill(*seen), example]) > room and (seen or d.failure):
        example = ""
    return seen, example


def _before_seen(d: Diagnosis, seen: list[Said], example: str, say: Phrases) -> str:
    """What stands before that."""
    if isinstance(d.failure, Raised):
        return say("text.where_it_returns") if any(map(says_kind, seen[:1])) else ""
    if d.observations and (seen or example):
        return say("text.what_can_be_seen")
    return "" if d.failure else say("text.not_right_yet")


def _stops_at_none(d: Diagnosis) -> bool:
    """Whether it stops at a None within what it otherwise returns, which says all."""
    given = d.example.outcome if d.example else None
    about_none = isinstance(d.failure, Raised) and "NoneType" in d.failure.message
    return about_none and isinstance(given, Returned) and given.value is not None


def _met_none(d: Diagnosis) -> bool:
    """Whether None comes back here, and stops the function where it is gone on with."""
    given = d.example.outcome if d.example else None
    return (
        isinstance(d.failure, Raised)
        and "NoneType" in d.failure.message
        and isinstance(given, Returned)
        and given.value is None
    )


def on_some(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """How the function fails where it does not return, unless a wrong answer can be shown."""
    failed = isinstance(d.failure, Raised) or (
        d.example is None and isinstance(d.failure, TimedOut | Died)
    )
    if not failed:
        return ""
    text = _failure_text(d, marking, say)
    failing = f"{text[0].lower()}{text[1:]}"
    return say("text.on_some_inputs", failing=failing)


def wrong_kind(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """What came back, where it is not an array of numbers at all."""
    if d.example is None or not isinstance(d.example.outcome, Returned):
        return ""
    value, function = d.example.outcome.value, d.exercise
    try:
        as_arrays(value, function.returns)
    except NotAnAnswer:
        wanted = {
            "array": say("text.wanted_array"),
            "arrays": say("text.wanted_arrays"),
            "arrays and numbers": say("text.wanted_pair", parts=", ".join(function.parts)),
        }[function.returns]
        if value is None:
            why = _why_none(d, marking, say)
            return say("text.returns_none", function=d.function, why=why, wanted=wanted)
        kind = _kind(value, say)
        return say("text.returns_another_kind", function=d.function, kind=kind, wanted=wanted)
    return ""


def _why_none(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """Where None comes from, by what the function's own code has of a ``return``."""
    file = d.exercise.file
    facts = marking.session.worker.facts(file)
    returns = facts.returns.get(d.function)
    first, last = facts.lines.get(d.function, (1, 0))
    kept = _keeps_none(marking.session.submission.files[file], first, last)
    if returns in ("sometimes", "always") and kept:
        name, line = kept
        return say("text.none_kept", name=name, line=line)
    if returns == "always":
        give_none = say.fill(GIVE_NONE)
        return say("text.none_after_return", give_none=give_none)
    if returns == "sometimes":
        return say("text.none_at_times")
    return say("text.none_always")


def _keeps_none(source: bytes, first: int, last: int) -> tuple[str, int] | None:
    """Name what changes its argument in place, and the line that keeps what it gives back."""
    lines = source_lines(source)
    for number, line in enumerate(lines[first - 1 : last], first):
        code = line.split("#", 1)[0]
        for found in _GIVES_NONE.finditer(code):
            owner, name = _kept_owner(code[: found.start()]), found[1]
            if owner and owner not in ("np", "numpy"):
                return name, number
            if owner and name == "fill_diagonal":
                return "np.fill_diagonal", number
    return None


def _kept_owner(before: str) -> str:
    """What a call's result is kept of, by what stands before its dot: nothing if it is not kept."""
    start = len(before)
    while start and (before[start - 1].isalnum() or before[start - 1] in "_.[]"):
        start -= 1
    return before[start:] if _KEEPS.search(before[:start].rstrip()) else ""


def _kind(value: Any, say: Phrases) -> str:
    name = getattr(value, "type_name", None)
    if name is not None:
        return say("text.kind_named", kind=name)
    if isinstance(value, str):
        return say("text.kind_text")
    if isinstance(value, bool | int | float):
        return say("text.kind_number")
    if isinstance(value, list | tuple) and any(isinstance(item, str) for item in value):
        return say("text.kind_with_texts", kind=type(value).__name__)
    if isinstance(value, list | tuple) and value and all(type(item) is list for item in value):
        return say("text.kind_of_lists", kind=type(value).__name__, count=len(value))
    if isinstance(value, list | tuple):
        return say("text.kind_of_things", kind=type(value).__name__, count=len(value))
    return (
        say("text.kind_number")
        if np.ndim(value) == 0
        else say("text.kind_array", shape=np.shape(value))
    )


# --- the student's own numbers -----------------------------------------------------------------


def _shown(example: Example | None, level: Level, say: Phrases) -> str:
    """A wrong answer on an input that may be shown; its right value at level reveal alone."""
    if example is None or not isinstance(example.outcome, Returned):
        return ""
    function = example.exercise
    try:
        given = as_arrays(example.outcome.value, function.returns)
    except NotAnAnswer:
        return ""
    if sum(array.size for array in given) > MOST_SHOWN:
        return ""
    call = _call(example, say)
    entry = _one_entry(given, example, say) or _one_weight(given, example, say)
    if entry and level != "reveal":
        return say("text.has", call=call, entry=entry)
    text = say("text.gives", call=call, answer=_arrays(given, function, say))
    if sum(array.size for array in given) > MOST_IN_SENTENCE and function.parts == ():
        wrong = _one_in_list(given, example, say) if function.returns == "arrays" else ""
        text = say("text.has", call=call, entry=wrong) if wrong and level != "reveal" else ""
    if len(text) > 240:
        text = ""
    if level == "reveal":
        right = _arrays([np.asarray(r) for r in example.right], function, say)
        text += say("text.right_is", right=right)
    return text.strip()


def _answer(example: Example, say: Phrases) -> str:
    """What came back, where no single entry of it is told."""
    assert isinstance(example.outcome, Returned)
    given = as_arrays(example.outcome.value, example.exercise.returns)
    if _one_entry(given, example, say) or _one_weight(given, example, say):
        return ""
    return _arrays(given, example.exercise, say)


def _one_entry(given: list[Any], example: Example, say: Phrases) -> str:
    """Of a large matrix: its most wrong entry, the whole would be hard to read."""
    if len(given) != 1 or len(example.right) != 1:
        return ""
    right = np.asarray(example.right[0])
    if given[0].shape != right.shape or right.size <= 4:
        return ""
    with np.errstate(all="ignore"):
        off = np.nan_to_num(np.abs(given[0] - right), nan=np.inf)
    if right.ndim == 1 and right.size > MOST_IN_SENTENCE:
        at = int(off.argmax())
        return say("text.nth_entry", value=number_list(given[0][at]), nth=ordinal(at, say))
    if right.ndim != 2:
        return ""
    i, j = divmod(int(off.argmax()), right.shape[1])
    x = _first_input(example)
    if example.exercise.picture != "jacobian" or right.shape != (len(x), len(x)):
        value = number_list(given[0][i, j])
        return say("text.row_and_column", value=value, row=ordinal(i, say), column=ordinal(j, say))
    names = value_names(x, say)
    if not example.probe.arguments:
        # Its entries are 0 or 1: to name a wrong one would be to tell the answer.
        return say("text.mistake_in_row", output=names[i], nth=ordinal(i, say))
    value = number_list(given[0][i, j])
    return say("text.value_at", value=value, output=names[i], input=names[j])


def _first_input(example: Example) -> Any:
    """The first input of an example, of a hand-worked one that of its task."""
    named = example.exercise.by_hand
    return next(iter(named.values())) if named else example.probe.arguments[0]


def _one_in_list(given: list[Any], example: Example, say: Phrases) -> str:
    """Of a long list of arrays: its most wrong entry."""
    right = [np.asarray(array) for array in example.right]
    if [g.shape for g in given] != [r.shape for r in right]:
        return ""
    with np.errstate(all="ignore"):
        off = [np.nan_to_num(np.abs(g - r), nan=np.inf) for g, r in zip(given, right, strict=True)]
    k = max(range(len(off)), key=lambda at: off[at].max(initial=0))
    at = tuple(int(i) for i in np.unravel_index(int(off[k].argmax()), off[k].shape))
    place = ", ".join(map(str, at))
    return say("text.entry_of_array", value=number_list(given[k][at]), place=place, number=k)


def _one_weight(given: list[Any], example: Example, say: Phrases) -> str:
    """Where the list of numbers of a pair is right: the most wrong entry of its arrays."""
    right = [np.asarray(array) for array in example.right]
    if not example.exercise.parts or [g.shape for g in given] != [r.shape for r in right]:
        return ""
    if not right or not close(given[-1], right[-1]).all():
        return ""
    with np.errstate(all="ignore"):
        off = [np.nan_to_num(np.abs(g - r), nan=np.inf) for g, r in zip(given, right, strict=True)]
    k = max(range(len(off) - 1), key=lambda at: off[at].max(initial=0), default=-1)
    if k < 0 or close(given[k], right[k]).all():
        return ""
    at = tuple(int(i) for i in np.unravel_index(int(off[k].argmax()), off[k].shape))
    arrays, numbers = example.exercise.parts
    place = ", ".join(map(str, at))
    told = {"numbers": numbers, "arrays": arrays, "place": place, "number": k}
    return say("text.right_but_one_weight", **told, value=number_list(given[k][at]))


def _call(example: Example, say: Phrases) -> str:
    function = example.exercise
    if not function.parameters:
        return say("text.call_by_hand", function=function.name)
    pairs = zip(function.parameters, example.probe.arguments, strict=True)
    given = ", ".join(f"{name} = {_value(value, say)}" for name, value in pairs)
    first = example.probe.arguments[0]
    is_network = isinstance(first, list) and sum(map(np.size, first)) > MOST_IN_SENTENCE
    if is_network or len(given) > 90:
        given = _in_short(example, say)
    return say("text.call", given=given, function=function.name)


def _in_short(example: Example, say: Phrases) -> str:
    """The input of a network in words: its numbers would fill the page."""
    first = example.probe.arguments[0]
    if not isinstance(first, list):
        return say("text.one_of_the_inputs")
    last = example.probe.arguments[1]
    layers = first if np.ndim(first[0]) == 2 else last
    sizes = [np.shape(layers[0])[-1], *(np.shape(layer)[0] for layer in layers)]
    listed = say.listing(list(map(str, sizes)))
    return say("text.network", listed=listed)


def _value(value: Any, say: Phrases) -> str:
    if isinstance(value, list):
        if sum(map(np.size, value)) > MOST_IN_SENTENCE:
            return say("text.list_of_arrays", count=len(value))
        return f"[{', '.join(_value(v, say) for v in value)}]"
    if isinstance(value, np.ndarray):
        return number_list(value) if value.size <= MOST_IN_SENTENCE else _in_words(value, say)
    return f"{value:g}"


def _in_words(value: Any, say: Phrases) -> str:
    if value.ndim == 1:
        return say("text.vector_of", count=value.size)
    return say("text.matrix_of", rows=value.shape[0], columns=value.shape[1])


def number_list(array: Any) -> str:
    """An array as nested lists with at most four significant digits."""
    array = np.asarray(array)
    if array.ndim == 0:
        return f"{float(array) + 0.0:.4g}"  # 0 for -0, which would only puzzle
    return f"[{', '.join(number_list(item) for item in array)}]"


def _arrays(arrays: list[Any], function: Exercise, say: Phrases) -> str:
    if function.returns == "array":
        return number_list(arrays[0])
    if function.returns == "arrays":
        return f"[{', '.join(number_list(a) for a in arrays)}]"
    if not arrays:
        return say("text.nothing")
    if np.ndim(arrays[-1]) != 1:
        return say("text.no_list_of", numbers=function.parts[1])
    return say("text.the_numbers", numbers=function.parts[1], values=number_list(arrays[-1]))
