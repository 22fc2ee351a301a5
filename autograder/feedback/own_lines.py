"""The student's own lines that a text speaks of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.diagnosis.crash import name_of, source_line
from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.lines import source_lines, span_around
from autograder.diagnosis.right_values import BY_OWN_CALL
from autograder.diagnosis.slip_kinds import KINDS
from autograder.diagnosis.slips import right_on_large
from autograder.feedback.asides import changed_arguments
from autograder.feedback.parts import Line, quoted, whole
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Raised
from autograder.source.phrases import Phrases
from autograder.source.trees import Slip

#: Kinds of places that come by two: what is told is about both lines.
OF_TWO_LINES = {"first and last"}


def code_at(d: Diagnosis, line: int, marking: Marking) -> str | None:
    """A line of the function's file; None if it cannot be quoted."""
    here = Raised("", "", d.exercise.file, line, d.function)
    return source_line(here, marking.session.submission.files)


def look(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """Point to the line that shows the cause of one misconception, if just one does."""
    line = d.lines.get(d.found.ids[0], d.marked) if d.found else None
    if line is None:
        return ""
    code = code_at(d, line, marking)
    return say("text.look_at_line", line=line, code=code) if code else ""


def quote(d: Diagnosis, marking: Marking, number: int | None) -> Line | None:
    """A line of the function's file, with those around it."""
    file = d.exercise.file
    if number is None or file not in marking.session.submission.files:
        return None
    facts = marking.session.worker.facts(file)
    files = marking.session.submission.files
    inside = [span for span in facts.lines.values() if span[0] <= number <= span[1]]
    if inside:
        return quoted(files, file, number, inside[0])
    return quoted(files, file, number, span_around(source_lines(files[file]), number), named=True)


def short_function(d: Diagnosis, marking: Marking) -> Line | None:
    """The whole function, with its helpers, where it is short: there one looks for the place."""
    file = d.exercise.file
    if file not in marking.session.submission.files:
        return None
    spans = marking.session.worker.facts(file).lines
    files, known = marking.session.submission.files, marking.assignment.known
    lines = source_lines(files[file])
    inside = {at for first, last in spans.values() for at in range(first, last + 1)}
    around = (span_around(lines, at) for at in _lines_of_numbers(d) if at not in inside)
    run = list(filter(None, dict.fromkeys(around)))
    comments = not d.exercise.parameters
    return whole(files, file, spans.get(d.function), known, comments=comments, run=run)


def _lines_of_numbers(d: Diagnosis) -> list[int]:
    """The lines that made arrays or numbers of the input that is shown, the last one first."""
    made = d.trace.made if d.trace else ()
    return [one.line for one in made if any(_is_of_numbers(*value) for value in one.values)][::-1]


def _is_of_numbers(whole: bool, value: Any) -> bool:
    """Whether it is a number or an array, of which there may be the shape alone."""
    return isinstance(value, int | float | np.ndarray if whole else tuple)


def failing_line(d: Diagnosis, marking: Marking) -> Line | None:
    """The line where it stops, if that is in the function's own file and can be read."""
    failure = d.failure
    if not isinstance(failure, Raised) or failure.file != d.exercise.file:
        return None
    return quote(d, marking, failure.line)


def slip_told(d: Diagnosis, marking: Marking, say: Phrases) -> tuple[str, str]:
    """What is said of a place in the code that can have made the answers, and what to do next."""
    if d.slip is None:
        return "", ""
    kind, line, name = d.slip
    if kind == "one by one" and _stops_for_it(d, marking):
        return "", ""
    code = code_at(d, line, marking)
    if isinstance(d.failure, Raised) and d.failure.line == line:
        code = None
    at = say("slip.line_quoted", line=line, code=code) if code else say("slip.line", line=line)
    if kind in OF_TWO_LINES and code and (second := _other_line(d.slip, d, marking)):
        at = say("slip.line_with_another", line=line, code=code, other=second)
    name = _with_value(d, name, marking) if KINDS[kind].spoils else name
    in_all = "_in_all" if KINDS[kind].spoils and d.spoils_all else ""
    told = say(f"slip.{kind}{in_all}", at=at, name=name)
    if kind == "overflow" and (other := right_on_large(marking, d.function)):
        besides = say("slip.overflow_but_not_in", other=other)
        return f"{told} {besides}", say("slip.overflow_but_not_in_next", other=other)
    if kind == "shuffled" and _wrong_in_one_step(d, marking):
        told = f"{told} {say('slip.wrong_in_one_step')}"
    return told, say(f"slip.{kind}_next", name=name)


def unused_besides(d: Diagnosis, say: Phrases) -> str:
    """What is said of an argument that is not used beside a name without a value; empty if none."""
    stops = isinstance(d.failure, Raised) and d.failure.type == "NameError"
    key = f"slip.{d.slip.kind}_besides" if d.slip and stops else ""
    return say(key, name=d.slip.name, function=d.function) if d.slip and key in say else ""


def _other_line(slip: Slip, d: Diagnosis, marking: Marking) -> int:
    """The line of the second of two places that are told as one; 0 if it isn't known."""
    listed = marking.session.worker.facts(d.exercise.file).slips.get(d.function, ())
    alike = (one for one in listed if (one.kind, one.name) == (slip.kind, slip.name))
    return next((one.line for one in alike if one.line != slip.line), 0)


def _wrong_in_one_step(d: Diagnosis, marking: Marking) -> bool:
    """Whether something comes back wrong where there are no several steps, as elsewhere."""
    rows = marking.rows(d.function)
    in_one = [row for row in rows if row.probe.steps == 1 and row.given is not None]
    several = any(row.probe.steps > 1 for row in rows)
    return several and any(not row.is_right for row in in_one)


def _stops_for_it(d: Diagnosis, marking: Marking) -> bool:
    """Whether why it stops, on the line of a place, says the same as that."""
    failure, slip = d.failure, d.slip
    if slip is None or not isinstance(failure, Raised) or failure.line != slip.line:
        return False
    title = name_of(failure, marking.session.submission.files, marking.assignment.known)
    return title.key == "stop_titles.stops_at_one_by_one"


def _with_value(d: Diagnosis, name: str, marking: Marking) -> str:
    """A name with the number that a line gives it; a number as it is."""
    if not name.isidentifier():
        return name
    lines = source_lines(marking.session.submission.files[d.exercise.file])
    given = (re.search(rf"(?<![\w.]){name}(?:: *float)? *= *([-+.\de]+)", line) for line in lines)
    value = next((found[1] for found in given if found), "")
    return f"`{name}` ({value})" if value else f"`{name}`"


def slip_line(d: Diagnosis, marking: Marking) -> Line | None:
    """The line of a place in the code that can have made the answers.

    Of what is said of a function's first line the cause stands below it, as it does of what another
    line lacks: all of it is shown where it is short, and no line is at fault by itself.
    """
    if d.slip is None:
        return None
    line = d.slip.line
    heads = (code_at(d, line, marking) or "").lstrip().startswith("def ")
    elsewhere = heads or KINDS[d.slip.kind].of_all_lines
    all_lines = short_function(d, marking) if elsewhere else None
    if all_lines is None:
        quoted_line = quote(d, marking, line)
        return replace(quoted_line, number=None) if elsewhere and quoted_line else quoted_line
    rounds = _of_fixed_rounds(d.slip.name, all_lines) if heads else None
    return replace(all_lines, number=all_lines.number or rounds)


def _of_fixed_rounds(name: str, lines: Line) -> int | None:
    """The one loop that counts an argument's name, as ``epoch``, up to a fixed number."""
    one = re.escape(name.removesuffix("s"))
    loop = re.compile(rf"\s*for {one}s?(?:_\w+)? in range\([\d, ]+\)")
    found = [number for number, code in lines.code if loop.match(code)]
    return found[0] if len(found) == 1 else None


def change_line(d: Diagnosis, marking: Marking) -> Line | None:
    """The line in which one small change is known to make all right.

    Of a call of the student's own function all of it is shown: that is where it goes wrong.
    """
    if d.change and d.change.told.key == BY_OWN_CALL:
        return short_function(d, marking)
    return quote(d, marking, d.change.line) if d.change else None


def writes_into(d: Diagnosis, marking: Marking) -> list[Slip]:
    """The places in the code that write into the arguments that a function changes."""
    writes = marking.session.worker.facts(d.exercise.file).writes.get(d.function, ())
    changed = changed_arguments(d, marking)
    return [place for place in writes if place.name in changed]


def write_told(d: Diagnosis, places: list[Slip], marking: Marking, say: Phrases) -> str:
    """Which line it is that writes into an argument, of this function or of a helper."""
    if not places:
        return ""
    line = places[0].line
    first, last = marking.session.worker.facts(d.exercise.file).lines[d.function]
    code = code_at(d, line, marking)
    at = say("slip.line_quoted", line=line, code=code) if code else say("slip.line", line=line)
    others = sorted({other for kind, other, _ in places if kind == "entry"} - {line})
    if code and others:
        at = say("slip.line_and_another", line=line, code=code, other=others[0])
    key = "writes_here" if first <= line <= last else "writes_in_helper"
    return say(f"text.{key}", at=at, function=d.function)
