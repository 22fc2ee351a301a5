"""Whether an answer by hand has more in it than the numbers that come back."""

from __future__ import annotations

import re

from autograder.assignment.exercise import Exercise
from autograder.diagnosis.lines import source_lines, without_comments
from autograder.marking.session import Session

#: A call that makes more than an array of what is written, a calculation, or an entry that is set.
_WORKS = re.compile(
    r"\b(?!(?:as)?array\b|list\b|tuple\b|float\b|int\b)\w+\(|[@*]|[\w\])] ?[-+/] ?[\w(]|\] ?= ?[^=]"
)


def is_worked_out(session: Session, exercise: Exercise) -> bool:
    """Tell whether code works an answer by hand out, so that there are lines to look at.

    Parameters
    ----------
    session : Session
    exercise : Exercise
    """
    source = session.submission.files.get(exercise.file)
    span = session.worker.facts(exercise.file).lines.get(exercise.name)
    if source is None or not span:
        return False
    lines = source_lines(source)[span[0] : span[1]]
    return any(_WORKS.search(text) for _, text in without_comments(lines))
