"""What a right function answers in the place of a student's: by the reference, if it may be asked.

The arguments come from the student's code, so each is held against what the exercise allows before
the reference sees it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.assignment.assignment import Assignment


def right_value(assignment: Assignment, function: str, arguments: tuple[Any, ...]) -> object:
    """What the reference returns.

    Parameters
    ----------
    assignment : Assignment
    function : str
    arguments : tuple
        What a student's code called it with.

    Raises
    ------
    Refused
        If the exercise doesn't allow them; the message says what was given and what is wanted.
    """
    checked = assignment.known[function].allowed(*arguments)
    with np.errstate(all="ignore"):
        return assignment.reference[function](*checked)
