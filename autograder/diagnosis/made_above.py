"""The line that makes what another one only hands on: that is where it goes wrong, if it does."""

from __future__ import annotations

import re

from autograder.assignment.exercise import Exercise
from autograder.diagnosis.lines import source_lines, without_comments
from autograder.marking.session import Session
from autograder.sandbox.outcome import Change

#: A name that is put into a list, given back or kept, as it is.
_HANDS_ON = r"(?:\breturn |\.append\(|\.insert\([^,]*, ?|\] ?= ?){name}\)?\s*$"
#: Where it gets a value, also of a loop; and what says that it is made there.
_GIVEN = (
    r"\s*{name}\s*[-+*/@]?=(?!=)|.*\bfor\b[^:]*\b{name}\b[^:]*\bin\b|"
    r".*[,(]\s*{name}\s*[,)].*(?<![=!<>])=(?!=)"
)
_MADE = r"\s*{name}\s*=(?!=).*[@*(]"


def line_made_above(session: Session, exercise: Exercise, change: Change) -> int | None:
    """The number of the one line that makes what is to be turned where it is only handed on.

    Parameters
    ----------
    session : Session
    exercise : Exercise
    change : Change
        What mends it.

    Returns
    -------
    int or None
        None where the change is of something else, or no single line makes it.
    """
    span = session.worker.facts(exercise.file).lines.get(exercise.name)
    name = change.place
    if change.kind != "turned" or not name.isidentifier() or not span:
        return None
    lines = source_lines(session.submission.files[exercise.file])[span[0] : span[1]]
    code = [(span[0] + 1 + n, text) for n, text in without_comments(lines)]
    hands_on = re.compile(_HANDS_ON.format(name=name))
    if not any(at == change.line and hands_on.search(text) for at, text in code):
        return None
    given = [(at, text) for at, text in code if re.match(_GIVEN.format(name=name), text)]
    match given:
        case [(at, text)] if at < change.line and re.match(_MADE.format(name=name), text):
            return at
    return None
