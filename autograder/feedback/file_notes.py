"""What is said of a student's file as a whole: once, and not again under each of its functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from autograder.assignment.exercise import Exercise
from autograder.diagnosis.crash import explain_exception, source_line
from autograder.diagnosis.lines import quotable
from autograder.marking.marks import Marking
from autograder.sandbox.near_imports import taken_for
from autograder.sandbox.outcome import Died, Raised, SyntaxProblem, TimedOut
from autograder.sandbox.phrases import Phrases, Said
from autograder.sandbox.syntax_causes import cause


def file_notes(function: str, marking: Marking, say: Phrases) -> list[str]:
    """What is told of a function's file in its text.

    Each note stands under the function that it is about, if it is about one; else under the first
    of the file that is not right, or under the first.
    """
    file = marking.assignment.exercises[function].file
    return [text for about, text in _notes(file, marking, say) if about == function]


def _notes(file: str, marking: Marking, say: Phrases) -> Iterator[tuple[str, str]]:
    """How a file was read, and what in it cannot be read or stops; by function."""
    session = marking.session
    functions = [exercise.name for exercise in marking.assignment.of_file(file)]
    first_wrong = next((name for name in functions if marking.is_wrong(name)), None)
    stopped = session.broken_file(file)
    # To read a file for what it tells takes its time, and most are right and plain.
    left_out = session.worker.left_out.get(file.removesuffix(".py"), {})
    is_odd = file in session.worker.odd or stopped is not None or left_out
    plain = not is_odd and first_wrong is None
    if file not in session.submission.files or plain:
        return
    facts, first = session.worker.facts(file), first_wrong or functions[0]
    if facts.syntax_error is not None:
        about = next((name for name in functions if name in facts.lost), first)
        yield about, syntax_error(file, facts.syntax_error, say)
    elif isinstance(stopped, Raised):
        sources = session.submission.files
        yield first, _stopped(stopped, sources, marking.assignment.known, say)
    elif isinstance(stopped, TimedOut | Died):
        yield first, _ended(file, stopped, say)
    for line, ended in left_out.items():
        yield first, _ended_at(file, line, ended, session.submission.files, say)
    for line, remark in facts.remarks:
        inside = [n for n, (start, end) in facts.lines.items() if start <= line <= end]
        yield (inside[0] if inside else first), say.fill(remark)
    for name, own in facts.renamed.items():
        yield name, say("file.taken_for", own=own, function=name)


def syntax_error(file: str, problem: SyntaxProblem, say: Phrases) -> str:
    """Which line cannot be read, why, and what Python says of it."""
    if problem.kind == "nesting":
        return say("file.nested", file=file)
    if problem.kind == "null byte":
        return say("file.no_text", file=file)
    if problem.line and problem.column:
        where = say("file.line_and_column", line=problem.line, column=problem.column, file=file)
    else:
        at = problem.line
        where = say("file.line", line=at, file=file) if at else say("file.a_line", file=file)
    line = quotable(problem.text.strip())
    return say(
        "file.unread",
        where=where,
        quoted=f" (`{line}`)" if 0 < len(line) <= 80 else "",
        why=_after_a_colon(problem.cause, say),
        message=problem.message.replace("`", "'"),
    )


def _after_a_colon(why: Said | None, say: Phrases) -> str:
    """A reason as it goes on in a sentence; the end of that where there is none."""
    return f": {say.fill(why)}" if why else "."


_OF_IMPORTS = ("ModuleNotFoundError", "ImportError", "AttributeError")
#: Where the reason helps; that a line asks for keys to be pressed, say, costs nothing here.
_REASON_HELPS = ("ModuleNotFoundError", "ImportError", "NameError", "AttributeError", "SyntaxError")


def _stopped(
    raised: Raised, sources: Mapping[str, bytes], exercises: Mapping[str, Exercise], say: Phrases
) -> str:
    line = source_line(raised, sources)
    quoted = f" (`{line}`)" if line else ""
    place = {"line": raised.line, "file": raised.file}
    if raised.type == "SyntaxError":
        where = say("file.line", **place) if raised.line else say("file.a_line", file=raised.file)
        why = _after_a_colon(cause(raised.message, line or ""), say)
        return say("file.stopped_unread", where=where, quoted=quoted, why=why)
    if raised.type in _OF_IMPORTS and (module := taken_for(line or "", _contract(exercises))):
        taken = "NumPy" if module == "numpy" else f"`{module}.py`"
        return say("file.import_taken_for", **place, quoted=quoted, type=raised.type, taken=taken)
    if raised.type in _REASON_HELPS:
        text = explain_exception(raised, sources, exercises, say)
        return say("file.outside", why=f"{text[0].lower()}{text[1:]}")
    where = say("file.inside_line", **place) if raised.line else say("file.inside_a_line")
    return say("file.outside_stops", where=where, quoted=quoted, type=raised.type)


def _contract(exercises: Mapping[str, Exercise]) -> dict[str, dict[str, tuple[str, ...]]]:
    """The functions of each file, with their parameters."""
    files: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, exercise in exercises.items():
        files.setdefault(exercise.file.removesuffix(".py"), {})[name] = exercise.parameters
    return files


def _ended_at(
    file: str, line: int, ended: TimedOut | Died, sources: Mapping[str, bytes], say: Phrases
) -> str:
    code = source_line(Raised("", "", file, line), sources)
    place = {"file": file, "line": line, "quoted": f" (`{code}`)" if code else ""}
    if isinstance(ended, TimedOut):
        return say("file.line_too_long", seconds=f"{ended.seconds:g}", **place)
    return say("file.line_ends", **place)


def _ended(file: str, ended: TimedOut | Died, say: Phrases) -> str:
    if isinstance(ended, TimedOut):
        return say("file.too_long", file=file, seconds=f"{ended.seconds:g}")
    return say("file.ends", file=file)
