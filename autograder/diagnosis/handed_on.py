"""The line of a loop in which a function hands on one of its arguments in every round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from autograder.assignment.exercise import Exercise
from autograder.diagnosis.lines import source_lines, without_comments
from autograder.marking.session import Session

_LOOP = re.compile(r"\s*(?:for|while)\b")
#: A name that stands for another from then on, as it is or as an array.
_SAME = r"\s*(\w+)\s*=\s*(?:np\.\w+\(|numpy\.\w+\(|list\()?{name}\b(?:\.copy\(\))?[^@*+(]*$"
#: Where a name gets another value.
_ANEW = r"\s*{name}\s*(?:[-+*/@]?=(?!=)|,)|.*\bfor\b[^:]*\b{name}\b[^:]*\bin\b"
#: What is done in the first round alone: there an argument may well be meant.
_FIRST = re.compile(r".*\bif\b.*(?:==\s*[01]\b|\bnot\b|\bNone\b|<=?\s*[012]\b)")
_USED = r"(?<![\w.]){name}\b(?!\s*=(?!=)|\s*\.\s*(?:shape|size|dtype)\b)"


def line_handing_on(session: Session, exercise: Exercise, parameter: str) -> int | None:
    """The number of the one line of the function's loops in which an argument is used.

    Parameters
    ----------
    session : Session
    exercise : Exercise
    parameter : str
        By its name in the contract.

    Returns
    -------
    int or None
        None where no line does or several do, where another may be the one that is meant, or
        where the loops give its name another value.
    """
    facts = session.worker.facts(exercise.file)
    span = facts.lines.get(exercise.name)
    own = facts.parameters.get(exercise.name, exercise.parameters)
    at = exercise.parameters.index(parameter)
    if not span or at >= len(own):
        return None
    lines = source_lines(session.submission.files[exercise.file])[span[0] : span[1]]
    code = [(span[0] + 1 + n, text) for n, text in without_comments(lines)]
    within = list(_in_loops(code))
    names = {own[at]} | {
        same[1]
        for place in code
        if place not in within
        if (same := re.match(_SAME.format(name=re.escape(own[at])), place[1]))
    }
    below = [place for place in code if within and place[0] > within[-1][0]]
    if any(_matching(_USED, name, below) for name in names):
        return None
    if any(_FIRST.match(text) for _, text in within):
        return None
    kept = [name for name in names if not _matching(_ANEW, name, within)]
    hits = {number for name in kept for number in _matching(_USED, name, within)}
    return hits.pop() if len(hits) == 1 else None


def _in_loops(code: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines that stand in a loop, below its first."""
    margin: int | None = None
    for number, text in code:
        if not text.strip():
            continue
        indent = len(text) - len(text.lstrip())
        if margin is not None and indent > margin:
            yield number, text
            continue
        margin = indent if _LOOP.match(text) else None


def _matching(pattern: str, name: str, code: Sequence[tuple[int, str]]) -> set[int]:
    """The lines that match a pattern of a name; of one that gives a value, from its start."""
    made = re.compile(pattern.format(name=re.escape(name)))
    find = made.match if pattern is _ANEW else made.search
    return {number for number, text in code if find(text)}
