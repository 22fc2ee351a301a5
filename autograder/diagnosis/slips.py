"""Which of the places in a student's code can have made the wrong answers that came back."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from autograder.diagnosis.slip_kinds import KINDS
from autograder.diagnosis.traces import OF_INF, Rows
from autograder.marking.marks import Marking
from autograder.source.trees import Slip


def telling_slip(
    marking: Marking, function: str, fresh: Rows, but: Collection[str] = ()
) -> Slip | None:
    """The place, of those that `source.slips` lists, whose trace the answers bear.

    Parameters
    ----------
    marking : Marking
    function : str
    fresh : sequence of Row
        Answers to inputs that give no marks.
    but : collection of str
        Kinds that are none here.
    """
    exercise = marking.assignment.exercises[function]
    listed = marking.session.worker.facts(exercise.file).slips.get(function, ())
    # Of several of one kind the first is told.
    by_kind = {slip.kind: slip for slip in reversed(listed)}
    worth = [
        kind
        for kind, about in KINDS.items()
        if kind in by_kind and kind not in but and (exercise.parameters or about.by_hand)
    ]
    if not worth:
        return None
    rows = [*marking.rows(function), *fresh]
    return next((by_kind[kind] for kind in worth if KINDS[kind].trace(rows)), None)


def right_on_large(marking: Marking, function: str) -> str:
    """Another function of the file that takes exp of the same inputs, and rightly; else empty."""
    exercises = marking.assignment.exercises
    exercise = exercises[function]
    words = marking.session.worker.facts(exercise.file).words
    for name, other in exercises.items():
        alike = other.file == exercise.file and other.parameters == exercise.parameters
        if name == function or not (alike and "exp" in words.get(name, ())):
            continue
        inputs = [row.probe.arguments[0] for row in marking.rows(name) if row.is_right]
        large = [one for one in inputs if isinstance(one, np.ndarray) and one.max() > OF_INF]
        if large and all(marking.right[name]):
            return name
    return ""
