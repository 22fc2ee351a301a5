"""Explain an exception from its type, the student's own line and the shapes of that call.

The exception's own text is never shown: on a hidden case it could hold the hidden input. What is
shown is the type, words of ours, small sizes, and what stands in the student's own source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from numpy.random import default_rng

from autograder.assignment.exercise import Exercise
from autograder.diagnosis.after_stop import after_stop, name_of_stop
from autograder.diagnosis.lines import quotable, source_lines, without_comments
from autograder.sandbox.outcome import Raised, read_said
from autograder.source.crashes.crash import Crash, OwnClass, numpy_named, to_come
from autograder.source.crashes.own_classes import own_class
from autograder.source.crashes.reasons import (
    reason,
    says_no_more_than_how,
    shapes_told,
    without_guess,
)
from autograder.source.crashes.shapes import lines_before
from autograder.source.crashes.taken import names_outside, names_taken
from autograder.source.names_set import named_in_brackets, names_set
from autograder.source.phrases import Phrases, Said, said
from autograder.source.quoted import as_written, words_in_quotes

#: A line may be too long to be quoted, and yet tell what is at fault on it.
LONGEST_QUOTED, LONGEST_READ = 100, 300
#: The message of a right function, in the place of a student's, that refuses its arguments.
_REFUSED = re.compile(r"(\w+): (\[[\w\[\]{}\"()?,.: ]+\])")

#: The message of what stands in the place of a function that could not be imported.
_ABSENT = re.compile(
    r"(?P<name>\w+): (?P<file>\w+\.py) "
    r"(?:was not handed in|(?P<function>has no such function)"
    r"|stopped with (?P<stopped>\w+) before it"
    r"|could not be imported: it (?P<how>took too long|is too large|ended the whole program))"
)


def refused(
    raised: Raised, exercises: Mapping[str, Exercise], say: Phrases
) -> tuple[str, Said] | None:
    """The right function that is called with what it does not take, and what, if that stops it."""
    found = _REFUSED.fullmatch(raised.message) if raised.type == "ValueError" else None
    if not found or found[1] not in exercises:
        return None
    try:
        what = read_said(json.loads(found[2]), "refusal")
    except (TypeError, ValueError, AttributeError, RecursionError):
        return None  # the student's own message
    return (found[1], what) if say.can_fill(what) else None


def _absent(raised: Raised) -> tuple[str, Said] | None:
    """The function that is not there because its file could not be imported, and why."""
    found = _ABSENT.fullmatch(raised.message) if raised.type == "ImportError" else None
    if not found:
        return None
    file = found["file"]
    if found["stopped"]:
        return found["name"], said("absent.stopped", file=file, type=found["stopped"])
    how = found["how"].replace(" ", "_") if found["how"] else ""
    key = how or ("function" if found["function"] else "file")
    return found["name"], said(f"absent.{key}", file=file)


def explain_exception(
    raised: Raised,
    sources: Mapping[str, bytes],
    exercises: Mapping[str, Exercise],
    say: Phrases,
    *,
    with_guess: bool = True,
) -> str:
    """A few sentences on what went wrong and where, without the exception's own text.

    Parameters
    ----------
    raised : Raised
    sources : mapping of str to bytes
        The student's files.
    exercises : mapping of str to Exercise
        The functions of the assignment.
    say : Phrases
    with_guess : bool
        Whether to say where it may come from.
    """
    line = source_line(raised, sources)
    quoted = f" (`{line}`)" if line else ""
    where = say("crash.at_no_line")
    if raised.line and raised.file:
        where = say("crash.at_line", line=raised.line, file=raised.file)
    at = {"where": where, "quoted": quoted}
    if refusal := refused(raised, exercises, say):
        function, what = refusal
        return say("crash.refused", **at, function=function, what=what)
    if absent := _absent(raised):
        function, why = absent
        return say("crash.absent", **at, type=raised.type, function=function, why=why)
    crash = _crash(raised, sources, exercises)
    why = as_written(reason(crash), crash.line)
    why = why if with_guess else without_guess(why)
    # Without its guess a reason may end in the space before it.
    stops = say("crash.stops", **at, type=raised.type, why=why).rstrip()
    told = shapes_told(crash)
    return f"{stops} {say.fill(told)}" if told else stops


def step_after(
    raised: Raised,
    sources: Mapping[str, bytes],
    exercises: Mapping[str, Exercise],
    observations: Sequence[Said],
) -> Said | None:
    """What to do about an exception, by the reason that `explain_exception` tells."""
    why = reason_told(raised, sources, exercises)
    return after_stop(why, observations) if why else None


def name_of(
    raised: Raised, sources: Mapping[str, bytes], exercises: Mapping[str, Exercise]
) -> Said:
    """What an exception is called above its explanation."""
    why = reason_told(raised, sources, exercises)
    return name_of_stop(why) if why else said("titles.crashed")


def reason_told(
    raised: Raised, sources: Mapping[str, bytes], exercises: Mapping[str, Exercise]
) -> Said | None:
    """The reason that is told of an exception, if it comes of the line on which it stops.

    Parameters
    ----------
    raised : Raised
    sources : mapping of str to bytes
        The student's files.
    exercises : mapping of str to Exercise
        The functions of the assignment.
    """
    told_otherwise = raised.type == "NotImplementedError" or _REFUSED.fullmatch(raised.message)
    if not _lines(raised, sources) or told_otherwise or _absent(raised):
        return None
    crash = _crash(raised, sources, exercises)
    return as_written(reason(crash), crash.line)


def tells_why(
    raised: Raised, sources: Mapping[str, bytes], exercises: Mapping[str, Exercise]
) -> bool:
    """Whether the reason of an exception says where it comes from, not only what does not fit."""
    if not _lines(raised, sources):
        return False
    return not says_no_more_than_how(reason(_crash(raised, sources, exercises)))


def _crash(
    raised: Raised, sources: Mapping[str, bytes], exercises: Mapping[str, Exercise]
) -> Crash:
    lines = _lines(raised, sources)
    line = quotable(lines[-1].strip()) if lines else ""
    failed = lines[-1][slice(*raised.columns)] if lines and raised.columns else ""
    before = lines_before(lines, len(lines)) if lines else []
    # A line of a helper belongs to no one exercise: all of its file may be meant.
    own = exercises.get(raised.function or "")
    meant = [own] if own else [e for e in exercises.values() if e.file == raised.file]
    return Crash(
        type=raised.type,
        message=raised.message,
        line=line if len(line) <= LONGEST_READ else "",
        expression=quotable(failed) if len(line) <= LONGEST_READ else "",
        before=before,
        file=raised.file,
        function=raised.function,
        shapes=raised.shapes,
        name=raised.name,
        known=names_set(before),
        in_brackets=named_in_brackets(before),
        numpy_as=numpy_named(lines),
        to_come=to_come(raised.name, lines),
        numbers=_numbers_given(own, before),
        by_hand=own is not None and not own.parameters,
        too_far=next((e.too_far for e in meant if e.too_far), ""),
        not_there=_not_there(raised.name, meant),
        calls_itself=_calls_itself(raised, sources),
        elsewhere={n: e.file for n, e in exercises.items() if e.file != raised.file},
        when_run=_set_when_run(raised, sources) if raised.type == "NameError" else (),
        taken=names_taken(source_lines(sources[raised.file or ""]), len(lines)) if lines else {},
        outside=names_outside(source_lines(sources[raised.file or ""])) if lines else {},
        own_class=_own_class(raised, sources),
        quoted=words_in_quotes(source_lines(sources.get(raised.file or "", b""))),
    )


def _numbers_given(own: Exercise | None, before: Sequence[str]) -> tuple[str, ...]:
    """The parameters that are numbers in each call, and that no line above gives anything else."""
    if own is None or own.ordinary is None:
        return ()
    head = len([*takewhile(lambda text: not text.rstrip().endswith(":"), before)]) + 1
    named = zip(names_set([" ".join(before[:head])]), own.ordinary(default_rng(0)), strict=False)
    set_anew = names_set(before[head:])
    return tuple(n for n, of in named if isinstance(of, int | float) and n not in set_anew)


def _own_class(raised: Raised, sources: Mapping[str, bytes]) -> OwnClass | None:
    if raised.type != "AttributeError":
        return None
    return own_class(raised.message, source_lines(sources.get(raised.file or "", b"")))


def _set_when_run(raised: Raised, sources: Mapping[str, bytes]) -> tuple[str, ...]:
    """The names that the file gives values to under ``if __name__ == "__main__":``."""
    lines = source_lines(sources.get(raised.file or "", b""))
    starts = (at for at, line in enumerate(lines, 1) if re.match(r"if\s+__name__\b", line))
    return tuple(
        name
        for start in starts
        for name in names_set(
            [*takewhile(lambda text: not text.strip() or text[0].isspace(), lines[start:])]
        )
    )


def _not_there(name: str | None, meant: Sequence[Exercise]) -> str:
    """What is said of a name that no task of these has anything for; empty if one may have."""
    for exercise in meant:
        for pattern, key in exercise.not_there.items():
            if name and re.fullmatch(pattern, name):
                return key
    return ""


def _calls_itself(raised: Raised, sources: Mapping[str, bytes]) -> bool:
    """Whether the function of an exception stands in its own lines once more."""
    lines, name = _lines(raised, sources), raised.function
    if not lines or not name:
        return False
    start = len(lines) - 1 - len(lines_before(lines, len(lines)))
    below = source_lines(sources[raised.file or ""])[start + 1 :]
    body = list(takewhile(lambda text: not text.strip() or text[0].isspace(), below))
    call = rf"(?<![\w.]){re.escape(name)}\("
    return any(re.search(call, text) for _, text in without_comments(body))


def source_line(raised: Raised, sources: Mapping[str, bytes]) -> str | None:
    """The student's line, if it is theirs and short enough to be quoted."""
    lines = _lines(raised, sources)
    if not lines:
        return None
    text = quotable(lines[-1].strip())
    return text if 0 < len(text) <= LONGEST_QUOTED else None


def _lines(raised: Raised, sources: Mapping[str, bytes]) -> list[str]:
    """The student's file up to the line of the exception; empty if it is not in the file."""
    source = sources.get(raised.file or "")
    if source is None or not raised.line:
        return []
    lines = source_lines(source)
    return lines[: raised.line] if 0 < raised.line <= len(lines) else []
