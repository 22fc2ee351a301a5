"""What is said of a student's file as a whole: once, and not again under each of its functions."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.contract import FUNCTIONS
from autograder.diagnosis.crash import explain_exception, source_line
from autograder.marking import Marking
from autograder.sandbox.outcome import Died, FileFacts, Raised, SyntaxProblem, TimedOut
from autograder.sandbox.syntax_causes import cause


def told_at(file: str, marking: Marking) -> str:
    """The function under which the notes on a file stand: the first that is not right, if any."""
    functions = [name for name, function in FUNCTIONS.items() if function.file == file]
    return next((name for name in functions if marking.is_wrong(name)), functions[0])


def file_notes(file: str, marking: Marking) -> list[str]:
    """How a file was found and read, and what in it cannot be read or stops."""
    session = marking.session
    functions = [name for name, function in FUNCTIONS.items() if function.file == file]
    nothing_odd = file not in session.worker.odd and session.broken_file(file) is None
    # To read a file for what it tells takes its time, and most are right and plain.
    if file not in session.submission.files or (
        nothing_odd and not any(map(marking.is_wrong, functions))
    ):
        return []
    facts, stopped = session.worker.facts(file), session.broken_file(file)
    notes = []
    if facts.syntax_error is not None:
        notes.append(syntax_error(file, facts.syntax_error))
    elif isinstance(stopped, Raised):
        notes.append(_stopped(stopped, session.submission.files))
    elif isinstance(stopped, TimedOut | Died):
        notes.append(_ended(file, stopped))
    return [*notes, *facts.remarks, *_renamed(facts)]


def syntax_error(file: str, problem: SyntaxProblem) -> str:
    """Which line cannot be read, why, and what Python says of it."""
    if problem.kind == "nesting":
        return f"`{file}` is nested too deeply to be read. Split it into smaller steps."
    if problem.kind == "null byte":
        return f"`{file}` is no text file. Save it as plain text (UTF-8)."
    where = f"Line {problem.line} of `{file}`" if problem.line else f"A line of `{file}`"
    line = "".join(c for c in problem.text.strip() if c.isprintable()).replace("`", "'")
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


def _stopped(raised: Raised, sources: Mapping[str, bytes]) -> str:
    line = source_line(raised, sources)
    quoted = f" (`{line}`)" if line else ""
    where = f"line {raised.line} of `{raised.file}`" if raised.line else "a line"
    rest = "It was left out, and the rest was graded."
    if raised.type == "SyntaxError":
        why = cause(raised.message, line or "")
        told = f": {why}" if why else ""
        return f"L{where[1:]}{quoted} cannot be read{told}. {rest}"
    if raised.type in _REASON_HELPS:
        text = explain_exception(raised, sources)
        return f"Outside of the functions, {text[0].lower()}{text[1:]} {rest}"
    return f"Outside of the functions, {where}{quoted} stops with {raised.type}. {rest}"


def _ended(file: str, ended: TimedOut | Died) -> str:
    if isinstance(ended, TimedOut):
        return (
            f"Importing `{file}` took too long (over {ended.seconds:g} seconds). Code outside the "
            f"functions runs at import: does a loop there never end, or wait for input?"
        )
    return f"`{file}` ends the program while it is imported, so none of its functions can run."


def _renamed(facts: FileFacts) -> list[str]:
    return [
        f"Your `{own}` was taken for `{function}`. Please name it so."
        for function, own in facts.renamed.items()
    ]
