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
from autograder.feedback import slip_words
from autograder.feedback.file_notes import file_notes
from autograder.feedback.naming import ordinal, value_names
from autograder.feedback.parts import LONGEST, Line, Parts, joined, quoted, whole, words
from autograder.feedback.two_answers import two_answers
from autograder.formulas import Reading, what_it_computes, where_it_departs
from autograder.marking.marks import Marking
from autograder.sandbox.crash_shapes import GIVE_NONE
from autograder.sandbox.outcome import Died, Missing, Raised, Returned, TimedOut
from autograder.sandbox.written import CHANGES

#: Numbers of an answer that are still read.
MOST_SHOWN = 100
#: Numbers of a list that is still read in a sentence; more are a table's.
MOST_IN_SENTENCE = 6

_START_THERE = "Start with that line, and try it again: the rest may follow from it."

#: What changes a list or an array in place and gives back None, and what keeps a result.
_GIVES_NONE = re.compile(r"\.(append|insert|extend|reverse|sort|fill_diagonal)\(")
_KEEPS = re.compile(r"(?:\breturn|(?<![=!<>+*/-])=)\Z")


def as_text(diagnosis: Diagnosis, items: list[Parts], notes: list[str]) -> str:
    """Join the parts, and what is said of the file, to one text."""
    # What to do next comes last.
    first = diagnosis.status in ("right", "missing")
    return " ".join([joined(items), *notes] if first else [*notes, joined(items)])


def about_file(diagnosis: Diagnosis, marking: Marking) -> list[str]:
    """What is said of the function's file as a whole, and how it was found."""
    found = marking.session.submission.notes.get(diagnosis.exercise.file, "")
    return [*file_notes(diagnosis.function, marking), *([found] if found else [])]


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
        items[0] = replace(items[0], notes=(_together(*diagnosis.part), *items[0].notes))
    quotes = diagnosis.status in ("wrong", "crashed") and config.level != "locate"
    if quotes and all(item.line is None for item in items):
        items[0] = replace(items[0], line=_short_function(diagnosis, marking))
    return items


def _together(place: int, together: int) -> str:
    return (
        f"What you return is {together} things together; the {ordinal(place)} of them is the one "
        f"that is asked for, and is looked at here. Return it alone."
    )


def _said(d: Diagnosis, marking: Marking, config: Config) -> list[Parts]:
    if d.status == "right":
        return [Parts(did="Right.")]
    if d.status == "missing":
        return [Parts(did=_missing(d, marking))]
    if d.status == "not attempted":
        return [Parts(did=f"`{d.function}` is still the stub: not attempted yet.")]
    if d.status == "right in itself":
        return [_right_in_itself(d, marking)]
    if other := _other_parameters(d, marking):
        return [other]
    if d.part and not (d.found or d.readings or d.observations or d.failure):
        return [Parts(did=f"The numbers of `{d.function}` are right.", section=d.exercise.section)]
    if d.found is not None:
        return _named(d, d.found, marking, config)
    if d.unsteady is not None:
        return [_unsteady(d, d.unsteady, marking, config.level)]
    if d.changed and not d.observations:
        return [_changed(d, marking)]
    if d.status == "crashed":
        return [_crashed(d, marking)]
    if d.readings and config.level != "locate":
        return [_read(d, marking, config)]
    return [_localised(d, marking, config)]


def _other_parameters(d: Diagnosis, marking: Marking) -> Parts | None:
    """That a function takes other arguments than it is called with, if it does."""
    function = d.exercise
    facts = marking.session.worker.facts(function.file)
    own, needed = facts.parameters.get(d.function), facts.needed.get(d.function, 0)
    wanted = function.parameters
    if own is None or (own[: len(wanted)] == wanted and needed <= len(wanted)):
        return None
    stub = f"the stub has ({', '.join(wanted)}), and so it is called"
    section = function.section
    if sorted(own) == sorted(wanted):
        did = f"`{d.function}` has its parameters in another order, ({', '.join(own)}); {stub}."
        return Parts(
            did=did, next="Put them back in that order, and try it again.", section=section
        )
    if len(own) < len(wanted) or needed > len(wanted):
        many = "few" if len(own) < len(wanted) else "many"
        did = f"`{d.function}` has too {many} parameters, ({', '.join(own)}); {stub}."
        return Parts(did=did, next="Take those of the stub, and try it again.", section=section)
    return None


def _names(names: tuple[str, ...]) -> str:
    return " and ".join(f"`{name}`" for name in names)


def _missing(d: Diagnosis, marking: Marking) -> str:
    function = d.exercise
    assert isinstance(d.failure, Missing)
    if d.failure.reason == "file":
        if marking.session.submission.notes.get(function.file):
            return f"`{function.file}` could not be used."
        return f"The file `{function.file}` was not handed in. Hand it in under that name."
    if d.failure.reason == "function":
        return _missing_function(d.exercise)
    return f"`{d.function}` in `{function.file}` is not a function; define it with def."


def _missing_function(function: Exercise) -> str:
    return (
        f"`{function.file}` has no function `{function.name}`. Keep the name of the stub, with the "
        f"arguments ({', '.join(function.parameters)})."
    )


# --- a misconception has been found ------------------------------------------------------------


def _named(d: Diagnosis, found: Found, marking: Marking, config: Config) -> list[Parts]:
    level = config.level
    entries = [config.words(d.function, id) for id in found.ids]
    shown = _shown(d.example, level)
    written = marking.session.worker.facts(d.exercise.file).words.get(d.function, frozenset())
    if level == "locate":
        seen = shown or " ".join(d.observations[:2])
        return [Parts(did="Not right yet.", example=seen, section=entries[0].section)]
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
        did += f" (The same answer comes from: {'; or: '.join(titles)}.)"
    notes = []
    if found.partly:
        notes.append("Something else is not right yet either, such as a sign or one number.")
    if d.changed:
        notes.append(f"It also changes its argument {_names(d.changed)} in place{_copy(written)}")
    items[0] = replace(
        items[0],
        did=did,
        look=_look(d, marking),
        line=_line(d, marking, d.line),
        example=shown,
        notes=tuple(notes),
        carried=_in_place(d),
    )
    return items


def _copy(written: frozenset[str]) -> str:
    if written & {"copy", "list", "[:]"}:
        return ": a copy of a list alone still holds the same arrays."
    return ": use a copy."


def _fill(text: str, d: Diagnosis) -> str:
    return text.format(function=d.function).strip()


def _look(d: Diagnosis, marking: Marking) -> str:
    if d.line is None:
        return ""
    here = Raised("", "", d.exercise.file, d.line, d.function, {}, None)
    code = source_line(here, marking.session.submission.files)
    return f"Look at line {d.line}: `{code}`." if code else ""


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
    slip, own_step = _slip(d, marking)
    changed = _also_changed(d)
    told = ["Not right yet.", on_some(d, marking), slip]
    around = [*changed, _in_place(d), "See section of the notes."]
    formulas, step = _formulas_told(d.readings, LONGEST - words([*told, *around]), own_step)
    told += formulas
    besides = [_not_finite(d, marking)]
    if not d.readings[0].step.shape:
        besides += filter(says_kind, d.observations)
    for text in besides:
        if words([*told, text, step, *around]) <= LONGEST:
            told.append(text)
    shown = "" if _is_on_weights(d) else _shown(d.example, config.level)
    return Parts(
        did=" ".join(filter(None, told)),
        line=_failing_line(d, marking) or _slip_line(d, marking),
        example=shown if words([*told, shown, step, *around]) <= LONGEST else "",
        notes=changed,
        carried=_in_place(d),
        next=step,
        section=d.exercise.section,
    )


def _formulas_told(readings: Sequence[Reading], room: int, own_step: str) -> tuple[list[str], str]:
    """What is said of the formulas, the first in full and others as there is room; what to do."""
    first, *others = readings
    told = [what_it_computes(first), where_it_departs(first)]
    step = own_step or _find([first])
    for reading in others:
        if _formulas(reading) == _formulas(first):
            ways, both = [[f"The same goes for {reading.step.what}."]], step
        else:
            both = own_step or _find([first, reading])
            ways = [
                [what_it_computes(reading), where_it_departs(reading)],
                [what_it_computes(reading, explained=False)],
                [f"Nor is {reading.step.what} right."],
            ]
        for said in ways:
            if words([*told, *said, both]) <= room:
                told, step = [*told, *said], both
                break
    return told, step


def _not_finite(d: Diagnosis, marking: Marking) -> str:
    """That some answers are no numbers, of which a formula says nothing."""
    answers = [row.given for row in marking.rows(d.function) if not row.is_right and row.given]
    if all(np.isfinite(array).all() for given in answers for array in given):
        return ""
    return "Besides, for some inputs nan or inf comes back."


def _find(readings: Sequence[Reading]) -> str:
    """What to do about formulas: about each of two that differ."""
    made = [reading.step.what for reading in readings]
    if re.search(r"returns|makes a (?:vector|single number)", readings[0].step.shape):
        return (
            "Count the numbers that are asked for, and say what each of them stands for: which of "
            "them does this formula make?"
        )
    if len(made) == 1:
        return f"Find the line that makes {made[0]}, and say what each part of it stands for."
    return f"Find the lines that make {' and '.join(made)}, and say what each part stands for."


def _slip(d: Diagnosis, marking: Marking) -> tuple[str, str]:
    """What is said of a place in the code that can have made the answers, and what to do next."""
    if d.slip is None:
        return "", ""
    kind, line, name = d.slip
    here = Raised("", "", d.exercise.file, line, d.function, {}, None)
    code = source_line(here, marking.session.submission.files)
    if isinstance(d.failure, Raised) and d.failure.line == line:
        code = None
    return slip_words.in_words(kind, line, name, code or "")


def _slip_line(d: Diagnosis, marking: Marking) -> Line | None:
    return _line(d, marking, d.slip[1]) if d.slip else None


def _also_changed(d: Diagnosis) -> tuple[str, ...]:
    return (f"It also changes its argument {_names(d.changed)} in place.",) if d.changed else ()


def _formulas(reading: Reading) -> list[str]:
    return [str(part.formula.whole) if part.formula else "" for part in reading.parts]


def _is_on_weights(d: Diagnosis) -> bool:
    """Whether it is about arrays of which an example shows nothing, as it shows numbers alone."""
    return bool(d.exercise.parts) and not any(r.step.in_example for r in d.readings)


# --- it answers one input in two ways ------------------------------------------------------------


def _unsteady(d: Diagnosis, unsteady: Unsteady, marking: Marking, level: Level) -> Parts:
    here = Raised("", "", d.exercise.file, unsteady.line, d.function, {}, None)
    code = source_line(here, marking.session.submission.files) if unsteady.line else None
    answers = [
        _shown(Example(d.exercise, unsteady.probe, outcome, []), "explain")
        for outcome in (unsteady.first, unsteady.second)
    ]
    return Parts(
        did=two_answers(d.function, unsteady, code or "", answers, why=level != "locate"),
        line=_line(d, marking, unsteady.line),
        carried=_in_place(d),
        section=d.exercise.section,
    )


# --- nothing has been found --------------------------------------------------------------------


def _changed(d: Diagnosis, marking: Marking) -> Parts:
    names = _names(d.changed)
    did = (
        f"The values are right, but `{d.function}` changes its argument {names} in place, so "
        f"whoever called it loses the original: one case is lost for that."
    )
    if changing := _changing_calls(d, marking):
        return Parts(
            did=did,
            why=f"`{changing}` changes the list that it is called on, which is the caller's.",
            next="Take its entries by their index, or make a list of your own first.",
        )
    return Parts(
        did=did,
        why="`a -= b`, `a[i] = ...` and `a *= b` overwrite the array that was passed in.",
        next="Work on a copy, or write `a = a - b`, which makes a new array.",
    )


def _changing_calls(d: Diagnosis, marking: Marking) -> str:
    """The call, such as ``x.pop``, that changes an argument of the function itself, if one does."""
    facts = marking.session.worker.facts(d.exercise.file)
    own = facts.parameters.get(d.function, d.exercise.parameters)
    written = facts.words.get(d.function, frozenset())
    places = [d.exercise.parameters.index(name) for name in d.changed]
    calls = [f"{own[at]}.{how}" for at in places if at < len(own) for how in sorted(CHANGES)]
    return next((call for call in calls if call in written), "")


def _crashed(d: Diagnosis, marking: Marking) -> Parts:
    return Parts(
        did=_failure_text(d, marking),
        line=_failing_line(d, marking),
        carried=_in_place(d),
        section=d.exercise.section,
    )


def _right_in_itself(d: Diagnosis, marking: Marking) -> Parts:
    """What is said of a function that only its components keep from being right."""
    states, advice = zip(*(_state_and_advice(name, marking) for name in d.components), strict=True)
    one, them = ("a right one", "its place") if len(states) == 1 else ("right ones", "their places")
    return Parts(
        did=f"Full marks: `{d.function}` is right in itself.",
        carried=(
            f"What it still returns wrongly comes from what it calls: {' and '.join(states)}. It "
            f"was tried with {one} in {them}, and every answer was right."
        ),
        next=f"Leave it as it is; {' and '.join(dict.fromkeys(advice))}.",
        section=marking.assignment.exercises[d.components[0]].section,
    )


def _state_and_advice(function: str, marking: Marking) -> tuple[str, str]:
    """What is the matter with a function, for whoever reads of another that calls it."""
    outcome = marking.session.outcomes[function][0]
    file = marking.assignment.exercises[function].file
    own = f"your own `{function}`"
    if isinstance(outcome, Missing):
        if outcome.reason == "file":
            return f"{own} was not handed in (`{file}`)", f"hand in `{file}`"
        return f"{own} was not found in `{file}`", f"write `{function}`"
    if isinstance(outcome, Raised) and outcome == marking.session.broken_file(file):
        return f"{own} stands where `{file}` cannot be read", f"mend `{file}`"
    if marking.session.not_attempted(function):
        return f"{own} is not written yet", f"write `{function}`"
    return f"{own} is not right yet", f"mend `{function}`"


def _in_place(d: Diagnosis) -> str:
    """That a function was judged with right components, so that what is said is about it alone."""
    if not d.components:
        return ""
    one, place = ("a right", "yours") if len(d.components) == 1 else ("right", "your own")
    return f"(It was tried with {one} {_names(d.components)} in place of {place}.)"


def _failure_text(d: Diagnosis, marking: Marking) -> str:
    session = marking.session
    failure = d.failure
    if failure is not None and failure == session.broken_file(d.exercise.file):
        return _broken_file(d, marking)
    if isinstance(failure, Raised) and (left := _stub_line_left(d, failure, marking)):
        return left
    if isinstance(failure, Raised):
        text = explain_exception(failure, session.submission.files, marking.assignment.exercises)
        if failure.function and failure.function != d.function and failure.file:
            text = f"`{d.function}` ends in an error. {text}"
        return text
    if isinstance(failure, TimedOut | Died) and _calls_itself(d.function, marking):
        return (
            f"`{d.function}` calls itself, and does not come to an end. Ask for which input it "
            f"should answer without calling itself, and whether each call comes closer to that."
        )
    if isinstance(failure, TimedOut):
        return (
            f"`{d.function}` had not finished after {failure.seconds:g} seconds, where a moment "
            f"is enough. Does a loop ever end? Look at what should stop each while."
        )
    if isinstance(failure, Died):
        return f"`{d.function}` ended the whole program ({failure.reason}) instead of returning."
    return f"`{d.function}` did not return anything that can be judged."


def _calls_itself(function: str, marking: Marking) -> bool:
    file = marking.assignment.exercises[function].file
    return function in marking.session.worker.facts(file).recursive


def _stub_line_left(d: Diagnosis, failure: Raised, marking: Marking) -> str:
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
    mend = f"Take out line {line}"
    if made and code:
        mend = (
            f"Your line {code[-1][0]} has the result: return `{made[1]}`, and take out line {line}"
        )
    return (
        f"The stub's `raise NotImplementedError` still stands below your work, and stops it there. "
        f"{mend}."
    )


def _broken_file(d: Diagnosis, marking: Marking) -> str:
    file = d.exercise.file
    facts, broken = marking.session.worker.facts(file), marking.session.broken_file(file)
    problem = facts.syntax_error
    if isinstance(broken, TimedOut | Died) or (
        problem and problem.kind in ("nesting", "null byte")
    ):
        return f"`{d.function}` could not be tried."
    if problem and d.function in facts.lost:
        return (
            f"`{d.function}` stands in what cannot be read of `{file}`. Run the file once before "
            f"you hand it in."
        )
    if d.function in facts.lines:
        return f"The definition of `{d.function}` in `{file}` stops before it is made."
    return _missing_function(d.exercise)


def _localised(d: Diagnosis, marking: Marking, config: Config) -> Parts:
    kind = "" if _stops_at_none(d) else wrong_kind(d, marking)
    some = "" if kind and _met_none(d) else on_some(d, marking)
    step = ""
    slip = ""
    if config.level != "locate" and not kind:
        slip, then = _slip(d, marking)
        step = then or d.next_step or config.next_steps[d.function]
    changed, carried = _also_changed(d), _in_place(d)
    seen, example = [kind], ""
    if not kind:
        around = [some, slip, carried, *changed, step, "See section of the notes."]
        seen, example = _seen(d, config, LONGEST - words(around))
        if some and step and not slip and not any(map(says_kind, seen)):
            step = _START_THERE
    return Parts(
        did=" ".join(filter(None, [some, *seen, slip])),
        line=_failing_line(d, marking) if some else _slip_line(d, marking) if slip else None,
        example=example,
        notes=changed,
        carried=carried,
        next=step,
        section=d.exercise.section,
    )


def _seen(d: Diagnosis, config: Config, room: int) -> tuple[list[str], str]:
    """What was observed, as far as there is room: a long text is not read at all."""
    start = "Not right yet. What can be seen:"
    seen: list[str] = []
    for part in () if d.failure_says_all else d.observations[:4]:
        if words([start, *seen, part]) <= room or not (seen or d.failure):
            seen.append(part)
    example = _shown(d.example, config.level)
    if words([start, *seen, example]) > room and (seen or d.failure):
        example = ""
    found = bool(seen or (d.observations and example))
    if isinstance(d.failure, Raised):
        start = "Where it does return:" if any(map(says_kind, seen[:1])) else ""
    return [start if found else "" if d.failure else "Not right yet.", *seen], example


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


def on_some(d: Diagnosis, marking: Marking) -> str:
    """How the function fails where it does not return, unless a wrong answer can be shown."""
    failed = isinstance(d.failure, Raised) or (
        d.example is None and isinstance(d.failure, TimedOut | Died)
    )
    if not failed:
        return ""
    text = _failure_text(d, marking)
    return f"On some inputs {text[0].lower()}{text[1:]}"


def wrong_kind(d: Diagnosis, marking: Marking) -> str:
    """What came back, where it is not an array of numbers at all."""
    if d.example is None or not isinstance(d.example.outcome, Returned):
        return ""
    value, function = d.example.outcome.value, d.exercise
    try:
        as_arrays(value, function.returns)
    except NotAnAnswer:
        wanted = {
            "array": "an array of numbers",
            "arrays": "a list of arrays",
            "arrays and numbers": f"the pair ({', '.join(function.parts)})",
        }[function.returns]
        if value is None:
            return f"`{d.function}` returns None: {_why_none(d, marking)} Return {wanted}."
        return (
            f"`{d.function}` returns {_kind(value)}; return {wanted}. Print what you return, and "
            f"say what each part of it is."
        )
    return ""


def _why_none(d: Diagnosis, marking: Marking) -> str:
    """Where None comes from, by what the function's own code has of a ``return``."""
    file = d.exercise.file
    facts = marking.session.worker.facts(file)
    returns = facts.returns.get(d.function)
    first, last = facts.lines.get(d.function, (1, 0))
    kept = _keeps_none(marking.session.submission.files[file], first, last)
    if returns in ("sometimes", "always") and kept:
        name, line = kept
        return (
            f"`{name}` (line {line}) changes something in place and gives back None. So do not "
            f"assign or return what it gives: let it do its work on a line of its own, and go on "
            f"with what it changed."
        )
    if returns == "always":
        return (
            f"what stands after its `return` is None. Which line made that? {GIVE_NONE} change "
            f"something in place and give back None, and so does a function without a `return`."
        )
    if returns == "sometimes":
        return (
            "it comes to its end without a `return`, or what stands after `return` is None. Is "
            "the `return` under an `if`, or in a loop?"
        )
    return (
        "nothing comes back. Is there a `return` at its end? Printing a result does not return it."
    )


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


def _kind(value: Any) -> str:
    name = getattr(value, "type_name", None)
    if name is not None:
        return f"a {name}"
    if isinstance(value, str):
        return "text (a str), not numbers"
    if isinstance(value, bool | int | float):
        return "a single number"
    if isinstance(value, list | tuple) and any(isinstance(item, str) for item in value):
        return f"a {type(value).__name__} with texts in it: what stands in quotes is no number"
    if isinstance(value, list | tuple) and value and all(type(item) is list for item in value):
        return f"a {type(value).__name__} of {len(value)} lists"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {len(value)} things that are not all arrays of numbers"
    return "a single number" if np.ndim(value) == 0 else f"an array of shape {np.shape(value)}"


# --- the student's own numbers -----------------------------------------------------------------


def _shown(example: Example | None, level: Level) -> str:
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
    call = _call(example)
    entry = _one_entry(given, example) or _one_weight(given, example)
    if entry and level != "reveal":
        return f"{call} has {entry}."
    text = f"{call} gives {_arrays(given, function)}."
    if sum(array.size for array in given) > MOST_IN_SENTENCE and function.parts == ():
        wrong = _one_in_list(given, example) if function.returns == "arrays" else ""
        text = f"{call} has {wrong}." if wrong and level != "reveal" else ""
    if len(text) > 240:
        text = ""
    if level == "reveal":
        right = [np.asarray(r) for r in example.right]
        text += f" Right is {_arrays(right, function)}."
    return text.strip()


def _one_entry(given: list[Any], example: Example) -> str:
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
        return f"{number_list(given[0][at])} as its {ordinal(at)} entry"
    if right.ndim != 2:
        return ""
    i, j = divmod(int(off.argmax()), right.shape[1])
    x = _first_input(example)
    if example.exercise.picture != "jacobian" or right.shape != (len(x), len(x)):
        return f"{number_list(given[0][i, j])} in the {ordinal(i)} row, {ordinal(j)} column"
    names = value_names(x)
    if not example.probe.arguments:
        # Its entries are 0 or 1: to name a wrong one would be to tell the answer.
        return f"a mistake in the row of the output for {names[i]} (its {ordinal(i)} row)"
    where = f"in the row of the output for {names[i]}, under the input {names[j]}"
    return f"{number_list(given[0][i, j])} {where}"


def _first_input(example: Example) -> Any:
    """The first input of an example, of a hand-worked one that of its task."""
    named = example.exercise.by_hand
    return next(iter(named.values())) if named else example.probe.arguments[0]


def _one_in_list(given: list[Any], example: Example) -> str:
    """Of a long list of arrays: its most wrong entry."""
    right = [np.asarray(array) for array in example.right]
    if [g.shape for g in given] != [r.shape for r in right]:
        return ""
    with np.errstate(all="ignore"):
        off = [np.nan_to_num(np.abs(g - r), nan=np.inf) for g, r in zip(given, right, strict=True)]
    k = max(range(len(off)), key=lambda at: off[at].max(initial=0))
    at = tuple(int(i) for i in np.unravel_index(int(off[k].argmax()), off[k].shape))
    place = ", ".join(map(str, at))
    return f"{number_list(given[k][at])} as entry [{place}] of array {k} in its list"


def _one_weight(given: list[Any], example: Example) -> str:
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
    return (
        f"the right {numbers}, but {number_list(given[k][at])} as entry [{place}] of matrix {k} of "
        f"the {arrays}"
    )


def _call(example: Example) -> str:
    function = example.exercise
    if not function.parameters:
        return f"Your `{function.name}()`"
    pairs = zip(function.parameters, example.probe.arguments, strict=True)
    given = ", ".join(f"{name} = {_value(value)}" for name, value in pairs)
    first = example.probe.arguments[0]
    is_network = isinstance(first, list) and sum(map(np.size, first)) > MOST_IN_SENTENCE
    if is_network or len(given) > 90:
        return f"For {_in_short(example)} your `{function.name}`"
    return f"For {given} your `{function.name}`"


def _in_short(example: Example) -> str:
    """The input of a network in words: its numbers would fill the page."""
    first = example.probe.arguments[0]
    if not isinstance(first, list):
        return "one of the inputs"
    last = example.probe.arguments[1]
    layers = first if np.ndim(first[0]) == 2 else last
    sizes = [np.shape(layers[0])[-1], *(np.shape(layer)[0] for layer in layers)]
    return f"a network with {', '.join(map(str, sizes))} neurons in its layers"


def _value(value: Any) -> str:
    if isinstance(value, list):
        if sum(map(np.size, value)) > MOST_IN_SENTENCE:
            return f"a list of {len(value)} arrays"
        return f"[{', '.join(_value(v) for v in value)}]"
    if isinstance(value, np.ndarray):
        return number_list(value) if value.size <= MOST_IN_SENTENCE else _in_words(value)
    return f"{value:g}"


def _in_words(value: Any) -> str:
    if value.ndim == 1:
        return f"a vector of {value.size} numbers"
    return f"a matrix of {value.shape[0]} rows and {value.shape[1]} columns"


def number_list(array: Any) -> str:
    """An array as nested lists with at most four significant digits."""
    array = np.asarray(array)
    if array.ndim == 0:
        return f"{float(array) + 0.0:.4g}"  # 0 for -0, which would only puzzle
    return f"[{', '.join(number_list(item) for item in array)}]"


def _arrays(arrays: list[Any], function: Exercise) -> str:
    if function.returns == "array":
        return number_list(arrays[0])
    if function.returns == "arrays":
        return f"[{', '.join(number_list(a) for a in arrays)}]"
    if not arrays:
        return "nothing"
    if np.ndim(arrays[-1]) != 1:
        return f"something that does not end in a list of {function.parts[1]}"
    return f"the {function.parts[1]} {number_list(arrays[-1])}"
