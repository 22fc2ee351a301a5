"""Which name of the student's code stands for a number that was read out of the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import isclose

import numpy as np

from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.lines import helpers, source_lines, without_comments
from autograder.formulas import Reading
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Change
from autograder.source.phrases import Phrases

_NUMBER = r"[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
#: A line that gives a name a number.
_GIVEN = re.compile(rf"\s*((?:self\.)?[A-Za-z_]\w*)\s*(?::\s*\w+\s*)?=\s*({_NUMBER})\s*(?:#.*)?$")
#: A parameter that stands for a number where it is called without.
_DEFAULT = re.compile(rf"[(,]\s*([A-Za-z_]\w*)\s*(?::\s*\w+\s*)?=\s*({_NUMBER})\s*(?=[,)])")
#: So near is a number to another that was read out of answers.
NEAR = 1e-6
#: Numbers that stand in much code for other reasons.
OF_MANY_USES = (0, 1, 2, 3, 1 / 2, 1 / 3)


def named_number(reading: Reading, d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """The one name that a factor has in the code, with its line; empty where there is none."""
    source = marking.session.submission.files.get(d.exercise.file)
    formula = reading.parts[0].formula
    span = marking.session.worker.facts(d.exercise.file).lines.get(d.function)
    if d.change and d.change.leaves_out:
        return ""  # It is told as what is too much.
    if not reading.times_right or formula is None or source is None or span is None:
        return ""
    lines = source_lines(source)
    used = _used(lines, [span, *helpers(lines, span, marking.assignment.known)])
    given = [one for one in _numbers_given(lines) if one[0] in used]
    such = [one for one in given if _is_factor(float(one[1]), formula.constant)]
    if len(such) != 1 or [name for name, _, _ in given].count(such[0][0]) != 1:
        return ""
    name, value, line = such[0]
    return say("formula.has_a_name", name=name, value=value, line=line)


def place_told(change: Change, reading: Reading, say: Phrases) -> str:
    """What is said of a change that mends all; of a number too many, no calculation that does.

    Parameters
    ----------
    change : Change
    reading : Reading
    say : Phrases
    """
    if number := factor_written(change, reading):
        place = change.place
        return say("text.factor_written", line=change.line, place=place, number=number)
    return say.fill(change.told)


def factor_written(change: Change, reading: Reading) -> str:
    """The number by which all is too large or too small, if it stands where a calculation mends.

    Parameters
    ----------
    change : Change
    reading : Reading
    """
    formula = reading.parts[0].formula
    if change.kind != "operation" or not (reading.times_right and formula):
        return ""
    if formula.factor.symbols() or abs(formula.constant) == 1:
        return ""
    sizes = {abs(formula.constant), 1 / abs(formula.constant)}
    written = re.findall(r"(?<![\w.])\d+(?:\.\d*)?(?![\w.])", change.place)
    return next((one for one in written if any(isclose(float(one), size) for size in sizes)), "")


def _used(lines: list[str], spans: Sequence[tuple[int, int]]) -> set[str]:
    """The names that stand in some stretches of a file."""
    stretches = (without_comments(lines[first - 1 : last]) for first, last in spans)
    code = "\n".join(text for stretch in stretches for _, text in stretch)
    return {*re.findall(r"(?:\bself\.)?\b[A-Za-z_]\w*", code)}


def _numbers_given(lines: list[str]) -> Iterator[tuple[str, str, int]]:
    """Each name that a line gives a number, with that and the line's number."""
    for at, text in without_comments(lines):
        found = [_GIVEN.match(text)]
        if text.lstrip().startswith("def "):
            found = [*_DEFAULT.finditer(text)]
        yield from ((one[1], one[2], at + 1) for one in found if one)


def _is_factor(value: float, constant: float) -> bool:
    """Whether what all is multiplied by is a number, or 1 divided by that."""
    size, wanted = abs(value), abs(constant)
    if not size or any(np.isclose(size, OF_MANY_USES)):
        return False
    return min(abs(size / wanted - 1), abs(size * wanted - 1)) < NEAR
