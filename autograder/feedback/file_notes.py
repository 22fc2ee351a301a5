"""What is said of a student's file as a whole: once, and not again under each of its functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from autograder.assignment.assignment import Assignment
from autograder.diagnosis.crash import explain_exception, source_line
from autograder.diagnosis.lines import quotable, source_lines
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Died, Raised, SyntaxProblem, TimedOut
from autograder.source.near_imports import taken_for
from autograder.source.phrases import Phrases, Said
from autograder.source.syntax_causes import cause


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
    for problem in facts.unread:
        costs = [name for name in functions if name in problem.functions]
        yield (costs or [first])[0], unread(file, problem, costs, say)
    if isinstance(stopped, Raised) and not facts.unread:
        sources = session.submission.files
        left = _left_out(file, stopped, marking)
        yield first, _stopped(stopped, sources, marking.assignment, left, say)
    elif isinstance(stopped, TimedOut | Died):
        yield first, _ended(file, stopped, say)
    for line, ended in left_out.items():
        yield first, _ended_at(file, line, ended, session.submission.files, say)
    for line, remark in facts.remarks:
        inside = [(start, n) for n, (start, end) in facts.lines.items() if start <= line <= end]
        yield (max(inside)[1] if inside else first), say.fill(remark)
    for name, own in facts.renamed.items():
        yield name, say("file.taken_for", own=own, function=name)


def unread(file: str, problem: SyntaxProblem, costs: Sequence[str], say: Phrases) -> str:
    """Which line cannot be read, why, what Python says of it, and what it costs."""
    if problem.kind == "null byte":
        return say("file.no_text", file=file)
    where = say("file.line", line=problem.line, file=file)
    if not problem.line:
        where = say("file.a_line", file=file)
    elif problem.column:
        where = say("file.line_and_column", line=problem.line, column=problem.column, file=file)
    left = say("file.left_line")
    if costs:
        names = say.listed([f"`{name}`" for name in costs])
        left = say("file.left_functions", functions=names, count=len(costs))
    if problem.kind == "nesting":
        return say("file.nested", where=where, left=left)
    line = problem.text.strip()
    return say(
        "file.unread",
        where=where,
        # Backquotes mark code in a text, so a line with one cannot be quoted as it is.
        quoted=f" (`{quotable(line)}`)" if 0 < len(line) <= 80 and "`" not in line else "",
        why=_after_a_colon(problem.cause, say),
        message=problem.message.replace("`", "'"),
        left=left,
    )


def _after_a_colon(why: Said | None, say: Phrases) -> str:
    """A reason as it goes on in a sentence; the end of that where there is none."""
    return f": {say.fill(why)}" if why else "."


_OF_IMPORTS = ("ModuleNotFoundError", "ImportError", "AttributeError")
#: Where the reason helps; that a line asks for keys to be pressed, say, costs nothing here.
_REASON_HELPS = ("ModuleNotFoundError", "ImportError", "NameError", "AttributeError", "SyntaxError")


def _left_out(file: str, stopped: Raised, marking: Marking) -> str:
    """What was left out of a line that stops: all of it, or what stands round a definition."""
    session, line = marking.session, stopped.line or 0
    for name, (first, last) in session.worker.facts(file).lines.items():
        if stopped.file == file and first <= line <= last:
            if stopped in session.outcomes[name]:
                break
            shown = source_lines(session.submission.files[file])[line - 1 : line]
            decorated = any(text.lstrip().startswith("@") for text in shown)
            return "file.left_decorator" if decorated else "file.left_types"
    return "file.left_rest"


def _stopped(
    raised: Raised,
    sources: Mapping[str, bytes],
    assignment: Assignment,
    left: str,
    say: Phrases,
) -> str:
    line = source_line(raised, sources)
    quoted = f" (`{line}`)" if line else ""
    place = {"line": raised.line, "file": raised.file}
    if raised.type == "SyntaxError":
        where = say("file.line", **place) if raised.line else say("file.a_line", file=raised.file)
        why = _after_a_colon(cause(raised.message, line or ""), say)
        return say("file.stopped_unread", where=where, quoted=quoted, why=why)
    contract = {module: dict(functions) for module, functions in assignment.contract}
    if raised.type in _OF_IMPORTS and (module := taken_for(line or "", contract)):
        taken = "NumPy" if module == "numpy" else f"`{module}.py`"
        return say("file.import_taken_for", **place, quoted=quoted, type=raised.type, taken=taken)
    if raised.type in _REASON_HELPS and left != "file.left_types":
        text = explain_exception(raised, sources, assignment.known, say)
        return say("file.outside", why=f"{text[0].lower()}{text[1:]}", left=say(left))
    where = say("file.inside_line", **place) if raised.line else say("file.inside_a_line")
    return say("file.outside_stops", where=where, quoted=quoted, type=raised.type, left=say(left))


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
