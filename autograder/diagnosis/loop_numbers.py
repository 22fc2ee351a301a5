"""Whether what a loop goes through are numbers: of arrays its name may be a second one."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.assignment.probe import numbers_in
from autograder.marking.marks import Marking
from autograder.source.trees import Slip

#: So many small inputs are followed at most.
_FEW = 3


def is_number(marking: Marking, function: str, slip: Slip) -> bool:
    """Whether the name that a line changes is seen to hold a number there, and nothing else.

    Parameters
    ----------
    marking : Marking
    function : str
    slip : Slip
        The line, and the name.
    """
    public = [row.probe for row in marking.rows(function) if row.probe.public and not row.is_right]
    public.sort(key=lambda probe: numbers_in(probe.arguments))
    for probe in public[:_FEW]:
        trace = marking.trace(function, probe)
        values = [
            value
            for made in (trace.made if trace else ())
            if (made.line, made.name) == (slip.line, slip.name)
            for value in made.values
        ]
        if values:
            return all(known and _is_scalar(value) for known, value in values)
    return False


def _is_scalar(value: Any) -> bool:
    is_array = isinstance(value, np.ndarray)
    return value.ndim == 0 if is_array else isinstance(value, int | float)
