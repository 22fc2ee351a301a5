"""Whether an argument that a place in the code is about holds matrices."""

from __future__ import annotations

import numpy as np

from autograder.marking.marks import Marking
from autograder.source.trees import Slip


def holds_matrices(marking: Marking, function: str, slip: Slip) -> bool:
    """Whether all that comes in under a name are lists of matrices.

    Parameters
    ----------
    marking : Marking
    function : str
    slip : Slip
        Its name is one of the function's parameters.
    """
    exercise = marking.assignment.exercises[function]
    facts = marking.session.worker.facts(exercise.file)
    own = list(facts.parameters.get(function, exercise.parameters))
    if slip.name not in own[: len(exercise.parameters)]:
        return False
    given = [row.probe.arguments[own.index(slip.name)] for row in marking.rows(function)]
    return all(
        isinstance(one, list | tuple) and all(np.ndim(entry) == 2 for entry in one) for one in given
    )
