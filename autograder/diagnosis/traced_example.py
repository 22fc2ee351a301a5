"""The example that a diagnosis shows, followed line by line."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from autograder.assignment.probe import numbers_in
from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.worked_out import is_worked_out
from autograder.marking.marks import Marking
from autograder.sandbox.messages import same
from autograder.sandbox.outcome import Returned, Trace

#: With more numbers than these an input is not followed by hand.
MOST_NUMBERS = 60


def with_trace(d: Diagnosis, marking: Marking) -> Diagnosis:
    """With what the lines make of the example, where no name with its line says what they do.

    Parameters
    ----------
    d : Diagnosis
    marking : Marking
    """
    named = d.found is not None and bool(d.lines)
    if named or d.example is None:
        return d
    if not d.exercise.parameters and not is_worked_out(marking.session, d.exercise):
        return d
    if numbers_in(d.example.probe.arguments) > MOST_NUMBERS:
        return d
    trace = marking.trace(d.function, d.example.probe)
    return replace(d, trace=trace) if trace and _is_of(trace, d) else d


def _is_of(trace: Trace, d: Diagnosis) -> bool:
    """Whether what was followed came to what the example shows."""
    shown = d.example.outcome if d.example else None
    if trace.outcome is None or not isinstance(shown, Returned):
        return trace.outcome is None and not isinstance(shown, Returned)
    one, other = trace.outcome.value, shown.value
    return same(one, other) or (not isinstance(other, np.ndarray | list | tuple) and one == other)
