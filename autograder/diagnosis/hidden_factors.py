"""Inputs whose sizes hide a factor that was read: one of 2 / n is 1 for two numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from autograder.assignment.rows import Row
from autograder.diagnosis.formula import MOST_STEPS
from autograder.formulas import Reading, Vocabulary
from autograder.formulas.frames import Frame, Sight
from autograder.formulas.search import Formula
from autograder.formulas.terms import ONE


def showing_factors(
    readings: Sequence[Reading], vocabulary: Vocabulary | None, rows: Iterable[Row]
) -> frozenset[int] | None:
    """The ids of the probes in which each factor of the formulas makes a difference.

    Parameters
    ----------
    readings : sequence of Reading
    vocabulary : Vocabulary or None
        The function's.
    rows : iterable of Row

    Returns
    -------
    frozenset of int or None
        None where the formulas have no factor that depends on the input.
    """
    factors = [
        (reading.step.name, part.formula)
        for reading in readings
        for part in reading.parts
        if part.formula and part.formula.factor != ONE
    ]
    if not factors or vocabulary is None:
        return None
    found = set[int]()
    for row in rows:
        if row.given is None or row.probe.steps > MOST_STEPS:
            continue
        with np.errstate(all="ignore"):
            sights = vocabulary.look(row.probe.arguments, row.given)
            if all(_shows(formula, step, sights) for step, formula in factors):
                found.add(id(row.probe))
    return frozenset(found)


def _shows(formula: Formula, step: str, sights: Sequence[Sight]) -> bool:
    own = [sight for sight in sights if sight.step == step]
    if not own:
        return False
    return not np.allclose(formula.constant * Frame(own).value(formula.factor), 1)
