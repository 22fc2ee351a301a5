"""Where numbers get too large on the way, of code that is right as long as they do not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.right_values import FILLED
from autograder.diagnosis.traces import overflows
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Trace
from autograder.source.phrases import said

#: The kind of a change that is about numbers that get too large.
OVERFLOWS = "overflows"


def with_overflow(d: Diagnosis, marking: Marking) -> Diagnosis:
    """With the line that is the first to give inf or nan in the place of a value that is right.

    Parameters
    ----------
    d : Diagnosis
        With what its lines make of the example.
    marking : Marking
    """
    line = _first_without_end(d.trace) if d.trace else 0
    if not line or d.change is None or d.change.kind != FILLED or d.readings:
        return d
    rows = marking.rows(d.function)
    is_vector = all(isinstance(row.probe.arguments[0], np.ndarray) for row in rows)
    returns = all(row.given is not None for row in rows)
    if not (is_vector and returns and overflows(rows)):
        return d
    told = said("change.overflows", line=line)
    return replace(d, change=replace(d.change, kind=OVERFLOWS, line=line, told=told))


def _first_without_end(trace: Trace) -> int:
    """The line that is the first to make what is no finite number; 0 where none is known."""
    for made in trace.made:
        if any(not _is_finite(value) for whole, value in made.values if whole):
            return made.line
        if not all(whole for whole, _ in made.values):
            return 0  # What is too large to be noted may hold some already.
    return 0


def _is_finite(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_is_finite, value))
    if not isinstance(value, float | np.ndarray) or np.asarray(value).dtype.kind != "f":
        return True
    return bool(np.isfinite(value).all())
