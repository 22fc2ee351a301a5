"""What is said of a student's file as a whole: once, and not again under each of its functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from autograder.assignment.exercise import Exercise
from autograder.diagnosis.crash import explain_exception, source_line
from autograder.diagnosis.lines import quotable
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Died, Raised, SyntaxProblem, TimedOut
from autograder.sandbox.syntax_causes import cause


def file_notes(function: str, marking: Marking) -> list[str]:
    """What is told of a function's file in its text.

    Each note stands under the function that it is about, if it is about one; else under the first
    of the file that is not right, or under the first.
    """
    file = marking.assignment.exercises[function].file
    return [text for about, text in _notes(file, marking) if about == function]


def _notes(file: str, marking: Marking) -> Iterator[tuple[str, str]]:
    """How a file was read, and what in it cannot be read or stops; by function."""
    session = marking.session
    functions = [exercise.name for exercise in marking.assignment.of_file(file)]
    first_wrong = next((name for name in functions if marking.is_wrong(name)), None)
    stopped = session.broken_file(file)
    # To read a file for what it tells takes its time, and most are right and plain.
    plain = file not in session.worker.odd and stopped is None and first_wrong is None
    if file not in session.submission.files or plain:
        return
    facts, first = session.worker.facts(file), first_wrong or functions[0]
    if facts.syntax_error is not None:
        about = next((name for name in functions if name in facts.lost), first)
        yield about, syntax_error(file, facts.syntax_error)
    elif isinstance(stopped, Raised):
        yield first, _stopped(stopped, session.submission.files, marking.assignment.known)
    elif isinstance(stopped, TimedOut | Died):
        yield first, _ended(file, stopped)
    for line, text in facts.remarks:
        inside = [n for n, (start, end) in facts.lines.items() if start <= line <= end]
        yield (inside[0] if inside else first), text
    for name, own in facts.renamed.items():
        yield name, f"Your `{own}` was taken for `{name}`. Please name it so."


def syntax_error(file: str, problem: SyntaxProblem) -> str:
    """Which line cannot be read, why, and what Python says of it."""
    if problem.kind == "nesting":
        return f"`{file}` is nested too deeply to be read. Split it into smaller steps."
    if problem.kind == "null byte":
        return f"`{file}` is no text file. Save it as plain text (UTF-8)."
    where = f"Line {problem.line}" if problem.line else "A line"
    where += f", column {problem.column}," if problem.column else ""
    where += f" of `{file}`"
    line = quotable(problem.text.strip())
    quoted = f" (`{line}`)" if 0 < len(line) <= 80 else ""
    why = f": {problem.cause}" if problem.cause else ""
    end = "" if why.endswith("?") else "."
    message = problem.message.replace("`", "'")
    return (
        f"{where}{quoted} cannot be read{why}{end} (Python says: {message}.) "
        f"What it stands in was left out, the rest was graded."
    )


#: Where the reason helps; that a line asks for keys to be pressed, say, costs nothing here.
_REASON_HELPS = ("ModuleNotFoundError", "ImportError", "NameError", "AttributeError", "SyntaxError")


def _stopped(
    raised: Raised, sources: Mapping[str, bytes], exercises: Mapping[str, Exercise]
) -> str:
    line = source_line(raised, sources)
    quoted = f" (`{line}`)" if line else ""
    where = f"line {raised.line} of `{raised.file}`" if raised.line else "a line"
    rest = "It was left out, and the rest was graded."
    if raised.type == "SyntaxError":
        why = cause(raised.message, line or "")
        told = f": {why}" if why else ""
        return f"L{where[1:]}{quoted} cannot be read{told}. {rest}"
    if raised.type in _REASON_HELPS:
        text = explain_exception(raised, sources, exercises)
        return f"Outside of the functions, {text[0].lower()}{text[1:]} {rest}"
    return f"Outside of the functions, {where}{quoted} stops with {raised.type}. {rest}"


def _ended(file: str, ended: TimedOut | Died) -> str:
    if isinstance(ended, TimedOut):
        return (
            f"Importing `{file}` took too long (over {ended.seconds:g} seconds). Code outside the "
            f"functions runs at import: does a loop there never end, or wait for input?"
        )
    return f"`{file}` ends the program while it is imported, so none of its functions can run."
