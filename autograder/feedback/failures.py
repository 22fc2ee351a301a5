"""What is said where no numbers come back: an exception, a hang, None, another kind of value."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import NotAnAnswer, as_arrays
from autograder.diagnosis.crash import explain_exception
from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.lines import source_lines, without_comments
from autograder.diagnosis.which_inputs import just_with, shared_by
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Died, Raised, Returned, TimedOut
from autograder.source.crashes.shapes import GIVE_NONE
from autograder.source.phrases import Phrases, said

#: What changes a list or an array in place and gives back None, and what keeps a result.
_GIVES_NONE = re.compile(
    r"\.(append|insert|extend|reverse|sort|fill_diagonal|putmask|place|copyto|shuffle)\("
)
#: Slips that tell themselves what kind of thing comes back.
_FUNCTION_RETURNED = {"function returned", "made function returned"}
#: What NumPy and Python raise where shapes or counts do not fit.
_OF_SHAPES = ("ValueError", "IndexError")
_NUMPYS = ("fill_diagonal", "putmask", "place", "copyto")
#: What gives its values one by one, and holds none.
_ONE_BY_ONE = ("enumerate", "filter", "generator", "map", "zip")
_KEEPS = re.compile(r"(?:\breturn|(?<![=!<>+*/-])=)\Z")


def missing_function(function: Exercise, say: Phrases, how: str = "not_there") -> str:
    """That a function isn't there, and what to write."""
    arguments = say("text.without_arguments")
    if function.parameters:
        arguments = say("text.with_arguments", parameters=", ".join(function.parameters))
    return say(
        f"text.function_{how}", file=function.file, function=function.name, arguments=arguments
    )


def failure_text(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    session = marking.session
    failure = d.failure
    if failure is not None and failure == session.broken_file(d.exercise.file):
        return _broken_file(d, marking, say)
    if isinstance(failure, Raised) and (left := _stub_line_left(d, failure, marking, say)):
        return left
    if isinstance(failure, Raised):
        files, known = session.submission.files, marking.assignment.known
        guess = not d.mended_elsewhere
        text = explain_exception(failure, files, known, say, with_guess=guess)
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
    code = [(first + 1 + n, text) for n, text in without_comments(above) if text.strip()]
    if not code:
        return say("text.stub_line_above", line=line)
    made = re.match(r"\s+(\w+)\s*=[^=]", code[-1][1])
    mend = say("text.take_out_line", line=line)
    if made:
        mend = say("text.return_result", last=code[-1][0], name=made[1], line=line)
    return say("text.stub_line_left", mend=mend)


def _broken_file(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    file = d.exercise.file
    facts, broken = marking.session.worker.facts(file), marking.session.broken_file(file)
    nothing_read = facts.syntax_error is not None and facts.syntax_error.kind == "null byte"
    if isinstance(broken, TimedOut | Died) or nothing_read:
        return say("text.not_tried", function=d.function)
    problem = next((p for p in facts.unread if d.function in p.functions), None)
    if problem and problem.line:
        return say("text.lost_in_unread", function=d.function, file=file, line=problem.line)
    if d.function in facts.lines:
        return say("text.definition_stops", function=d.function, file=file)
    return missing_function(d.exercise, say)


def stops_at_none(d: Diagnosis) -> bool:
    """Whether it stops at a None within what it otherwise returns, which says all."""
    given = d.example.outcome if d.example else None
    about_none = isinstance(d.failure, Raised) and "NoneType" in d.failure.message
    return about_none and isinstance(given, Returned) and given.value is not None


def met_none(d: Diagnosis) -> bool:
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
    if isinstance(d.failure, Raised) and _is_too_many(d, d.failure):
        at = say("text.stops_in_line", line=d.failure.line)
        return say("text.stops_on_some", error=d.failure.type, at=at, which="")
    text = failure_text(d, marking, say)
    failing = f"{text[0].lower()}{text[1:]}"
    often = "most" if fails_mostly(d, marking) else "some"
    return say(f"text.on_{often}_inputs", failing=failing)


def fails_mostly(d: Diagnosis, marking: Marking) -> bool:
    """Whether it stops on most inputs, and each time in the same way."""
    outcomes = marking.outcomes[d.function]
    alike = sum(map(d.failure.is_like, outcomes)) if isinstance(d.failure, Raised) else 0
    return 2 * alike > len(outcomes)


def _is_too_many(d: Diagnosis, failure: Raised) -> bool:
    """Whether it stops in a line that has no place there: no one is to be told how to keep that."""
    if d.change is None or not d.change.leaves_out or d.change.kind != "needed":
        return False
    return (failure.file, failure.line) == (d.exercise.file, d.change.line)


def stops_elsewhere(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """That shapes or counts do not fit on some inputs, which the student has met."""
    failure = d.failure
    if not isinstance(failure, Raised) or failure.type not in _OF_SHAPES:
        return ""
    often, line = _stops_at(d, failure, marking)
    at = say("text.stops_in_line", line=line) if line is not None else ""
    which = _at_which(d, marking, say)
    return say(f"text.stops_on_{often}", error=failure.type, at=at, which=which)


def _at_which(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """What all inputs have at which it stops, and fewest others, or else just those without."""
    rows = marking.rows(d.function)
    outcomes = [*zip(rows, marking.outcomes[d.function], strict=True)]
    stops = [row for row, outcome in outcomes if isinstance(outcome, Raised)]
    if tags := shared_by(stops, rows):
        having, tag = min((sum(tag in row.probe.tags for row in rows), tag) for tag in tags)
        key = "text.stops_all_with_more" if having > len(stops) else "text.stops_all_with"
        return say(key, tag=say(tag))
    goes_on = [row for row, outcome in outcomes if not isinstance(outcome, Raised)]
    spared = just_with(goes_on, rows)
    return say("text.stops_all_but", tag=say(spared[0])) if spared else ""


def stopping_line(d: Diagnosis, marking: Marking) -> int | None:
    """The one line of the function's file at which it stops on most inputs, if that is told."""
    if not isinstance(d.failure, Raised) or d.failure.type not in _OF_SHAPES:
        return None
    often, line = _stops_at(d, d.failure, marking)
    return line if often == "most" else None


def _stops_at(d: Diagnosis, failure: Raised, marking: Marking) -> tuple[str, int | None]:
    """On how many inputs it stops, and at which line if it is always the same."""
    outcomes = marking.outcomes[d.function]
    stops = [one for one in outcomes if isinstance(one, Raised)]
    often = "most" if 2 * len(stops) > len(outcomes) else "some"
    is_one = len({(one.file, one.line) for one in stops}) == 1
    return often, failure.line if is_one and failure.file == d.exercise.file else None


def wrong_kind(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """What came back, where it is not an array of numbers at all."""
    if d.example is None or not isinstance(d.example.outcome, Returned):
        return ""
    value, function = d.example.outcome.value, d.exercise
    try:
        as_arrays(value, function.returns)
    except NotAnAnswer:
        parts = say.listing([say(part) for part in function.parts])
        wanted = {
            "array": say("text.wanted_array"),
            "arrays": say("text.wanted_arrays"),
            "arrays and numbers": say("text.wanted_pair", parts=parts),
        }[function.returns]
        if value is None:
            why = _why_none(d, marking, say)
            return say("text.returns_none", function=d.function, why=why, wanted=wanted)
        empty = [at for at, item in enumerate(value) if item is None] if _is_list(value) else []
        if empty:
            return say("text.returns_entry_none", function=d.function, place=empty[0])
        if d.slip and d.slip.kind in _FUNCTION_RETURNED:
            return say("text.has_to_return", function=d.function, wanted=wanted)
        kind = _kind(value, say)
        if getattr(value, "type_name", None) in _ONE_BY_ONE:
            return say("text.returns_one_by_one", function=d.function, kind=kind, wanted=wanted)
        return say("text.returns_another_kind", function=d.function, kind=kind, wanted=wanted)
    return ""


def mostly_none(d: Diagnosis, marking: Marking) -> bool:
    """Whether None is all that ever comes back, and comes back oftener than it stops."""
    outcomes = marking.outcomes[d.function]
    values = [outcome.value for outcome in outcomes if isinstance(outcome, Returned)]
    return 2 * len(values) > len(outcomes) and all(value is None for value in values)


def after_none(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """What to do next where None comes back, by what its code has of a ``return``."""
    facts = marking.session.worker.facts(d.exercise.file)
    if hiding := facts.swallows.get(d.function):
        return say("text.none_after_except_next", line=hiding)
    returns = facts.returns.get(d.function)
    how = returns if returns in ("always", "sometimes") else "never"
    return say(f"text.none_{how}_next", function=d.function)


def none_besides(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """That None comes back for some inputs, or within the list, where for others numbers do."""
    rows, outcomes = marking.rows(d.function), marking.outcomes[d.function]
    given = [
        (row, outcome.value)
        for row, outcome in zip(rows, outcomes, strict=True)
        if isinstance(outcome, Returned)
    ]
    nothing = [row for row, value in given if value is None]
    if nothing:
        tag = said(next(iter(just_with(nothing, rows)), "text.some_inputs"))
        return say("text.none_besides", tag=tag, why=_why_none(d, marking, say))
    if any(_is_list(value) and any(item is None for item in value) for _, value in given):
        return say("text.none_within_besides")
    return ""


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _why_none(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """Where None comes from, by what the function's own code has of a ``return``."""
    facts = marking.session.worker.facts(d.exercise.file)
    returns = facts.returns.get(d.function)
    if kept := _none_kept(d, marking):
        name, line = kept
        return say("text.none_kept", name=name, line=line)
    if hiding := facts.swallows.get(d.function):
        return say("text.none_after_except", line=hiding)
    if returns == "always":
        give_none = say.fill(GIVE_NONE)
        return say("text.none_after_return", give_none=give_none)
    if returns == "sometimes":
        return say("text.none_at_times")
    prints = "print" in facts.words.get(d.function, ())
    return say("text.none_always_printed" if prints else "text.none_always")


def _none_kept(d: Diagnosis, marking: Marking) -> tuple[str, int] | None:
    """What gives the function a None to return, and its line, if that is known."""
    file = d.exercise.file
    facts = marking.session.worker.facts(file)
    if facts.returns.get(d.function) not in ("sometimes", "always"):
        return None
    first, last = facts.lines.get(d.function, (1, 0))
    return keeps_none(marking.session.submission.files[file], first, last)


def line_of_none(d: Diagnosis, marking: Marking) -> int | None:
    """The line that is told where nothing comes back, if one is."""
    given = d.example.outcome if d.example else None
    returns_none = isinstance(given, Returned) and given.value is None
    kept = _none_kept(d, marking) if returns_none else None
    return kept[1] if kept else None


def keeps_none(source: bytes, first: int, last: int) -> tuple[str, int] | None:
    """Name what changes its argument in place, and the line that keeps what it gives back."""
    lines = source_lines(source)
    for number, line in enumerate(lines[first - 1 : last], first):
        code = line.split("#", 1)[0]
        for found in _GIVES_NONE.finditer(code):
            owner, name = _kept_owner(code[: found.start()]), found[1]
            if owner and owner not in ("np", "numpy"):
                return name, number
            if owner and name in _NUMPYS:
                return f"np.{name}", number
    return None


def _kept_owner(before: str) -> str:
    """What a call's result is kept of, by what stands before its dot: nothing if it is not kept."""
    start = len(before)
    while start and (before[start - 1].isalnum() or before[start - 1] in "_.[]"):
        start -= 1
    return before[start:] if _KEEPS.search(before[:start].rstrip()) else ""


def _is_uneven(value: Any) -> bool:
    """Whether something is a list of rows that are not equally long."""
    rows = _is_list(value) and all(map(_is_list, value))
    return rows and len(set(map(len, value))) > 1


def _kind(value: Any, say: Phrases) -> str:
    name = getattr(value, "type_name", None)
    if name == "ndarray_of_object":
        return say("text.kind_array_of_objects")
    if name is not None:
        return say("text.kind_named", kind=name)
    if isinstance(value, str):
        return say("text.kind_text")
    if isinstance(value, bool | int | float):
        return say("text.kind_number")
    if _is_list(value) and any(isinstance(item, str) for item in value):
        return say("text.kind_with_texts", kind=type(value).__name__)
    if _is_list(value) and any(map(_is_uneven, value)):
        return say("text.kind_of_uneven_lists", kind=type(value).__name__, count=len(value))
    if _is_list(value) and value and all(type(item) is list for item in value):
        return say("text.kind_of_lists", kind=type(value).__name__, count=len(value))
    if _is_list(value) and {list, np.ndarray} <= {type(item) for item in value}:
        return say("text.kind_with_a_list", kind=type(value).__name__)
    if _is_list(value) and value and all(type(item) is tuple for item in value):
        return say("text.kind_of_groups", kind=type(value).__name__)
    if _is_list(value):
        return say("text.kind_of_things", kind=type(value).__name__, count=len(value))
    return (
        say("text.kind_number")
        if np.ndim(value) == 0
        else say("text.kind_array", shape=np.shape(value))
    )
