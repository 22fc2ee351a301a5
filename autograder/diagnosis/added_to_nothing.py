"""The line that adds up numbers which cancel each other, where a later one goes on with the 0."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.lines import source_lines
from autograder.diagnosis.right_values import FILLED
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Made, Trace
from autograder.source.phrases import said

#: That nothing but 0 comes back where something else should.
_ALL_ZERO = "seen.all_zero"
_ADDS_UP = re.compile(r"\bf?sum\(")
#: What is left of numbers that cancel each other, by rounding.
_ROUNDING = 1e-12


def with_sum_of_nothing(d: Diagnosis, marking: Marking) -> Diagnosis:
    """With the line of a sum that is 0 in place of a later one that makes something of that.

    A right value mends it there, too, but what is wrong is that it was added up.

    Parameters
    ----------
    d : Diagnosis
    marking : Marking
    """
    change, trace = d.change, d.trace
    if change is None or change.kind != FILLED or trace is None:
        return d
    quantity = dict(change.told.values).get("quantity")
    if quantity is None or not any(one.key == _ALL_ZERO for one in d.observations):
        return d
    lines = source_lines(marking.session.submission.files[d.exercise.file])
    names = {*re.findall(r"\w+", change.place)}
    made = _sum_of_nothing(trace, lines, names, before=change.line)
    if made is None:
        return d
    of = {"line": made.line, "name": made.name, "later": change.line, "quantity": quantity}
    return replace(d, change=replace(change, line=made.line, told=said("change.adds_to_0", **of)))


def _sum_of_nothing(trace: Trace, lines: list[str], names: set[str], before: int) -> Made | None:
    """What a line above another one makes of such numbers, and puts under one of some names."""
    found = [
        made
        for made in trace.made
        if made.line < before
        and made.name in names
        and _ADDS_UP.search(lines[made.line - 1].split("#", 1)[0])
        and made.values
        and all(_is_nothing(whole, value) for whole, value in made.values)
    ]
    return found[-1] if found else None


def _is_nothing(whole: bool, value: object) -> bool:
    """Whether a value holds nothing but 0, but for rounding."""
    if not whole or not isinstance(value, np.ndarray | float):
        return False
    return bool(np.size(value)) and bool(np.all(np.abs(np.asarray(value)) < _ROUNDING))
