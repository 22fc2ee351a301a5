"""What an answer by hand has in it, beside the numbers that come back."""

from __future__ import annotations

import re

from autograder.assignment.exercise import Exercise
from autograder.diagnosis.lines import source_lines, without_comments
from autograder.marking.session import Session

#: A call that makes more than an array of what is written, a calculation, or an entry that is set.
_WORKS = re.compile(
    r"\b(?!(?:as)?array\b|list\b|tuple\b|float\b|int\b)\w+\(|[@*]|[\w\])] ?[-+/] ?[\w(]|\] ?= ?[^=]"
)
#: A sum or a difference of two numbers, and nothing more.
_VALUE = r"(-?\d+(?:\.\d+)?|\(-\d+(?:\.\d+)?\))"
_SUM = re.compile(rf"(?:(?<=[=\[(,])|^) *{_VALUE} *([-+]) *{_VALUE} *(?=[\]),]|$)")


def is_worked_out(session: Session, exercise: Exercise) -> bool:
    """Tell whether code works an answer by hand out, so that there are lines to look at.

    Parameters
    ----------
    session : Session
    exercise : Exercise
    """
    return any(map(works, lines_of(session, exercise).values()))


def works(text: str) -> bool:
    """Tell whether a line of an answer by hand does more than to hold what is written.

    Parameters
    ----------
    text : str
        Without comments.
    """
    return _WORKS.search(text) is not None


def sums_written(session: Session, exercise: Exercise) -> tuple[tuple[float, float], ...]:
    """Give the sums of two numbers that stand in the code of an answer by hand.

    Parameters
    ----------
    session : Session
    exercise : Exercise
    """
    found = [pair for text in lines_of(session, exercise).values() for pair in _SUM.findall(text)]
    return tuple(
        (_number(first), _number(second) * (-1 if sign == "-" else 1))
        for first, sign, second in found
    )


def lines_of(session: Session, exercise: Exercise) -> dict[int, str]:
    """Give the lines of a function by number, below its first one and without comments.

    Parameters
    ----------
    session : Session
    exercise : Exercise
    """
    source = session.submission.files.get(exercise.file)
    span = session.worker.facts(exercise.file).lines.get(exercise.name)
    if source is None or not span:
        return {}
    body = source_lines(source)[span[0] : span[1]]
    return {span[0] + 1 + n: text for n, text in without_comments(body)}


def _number(text: str) -> float:
    return float(re.sub(r"[()\s]", "", text))
