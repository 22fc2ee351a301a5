"""Gradients that are right but for the places in the lists that they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from autograder.assignment.judging import Answer, Floats, close
from autograder.assignment.rows import Row
from autograder.source.phrases import Said, said

#: So many answers with several matrices at least must show it.
FEWEST = 3
#: How far an index is off, by how it is written.
_ERRORS = {"l": 0, "l − 1": -1, "l + 1": 1}
_ACTIVATIONS = {"l": 0, "l − 1": -1, "l + 1": 1, "l + 2": 2}


def other_pairs(rows: list[Row]) -> Iterator[Said]:
    """Say which error and which activation each matrix is made of, if they are others."""
    told = [row for row in rows if row.given and len(row.right) > 1]
    if len(told) < FEWEST:
        return
    for (error, k), (activation, m), first in product(
        _ERRORS.items(), _ACTIVATIONS.items(), (0, 1)
    ):
        if all(_made_of(row, k, m, first) for row in told):
            values = {"error": error, "activation": activation}
            key = "weight_gradients.other_pairs_from_1" if first else "weight_gradients.other_pairs"
            yield said(key, **values)
            return


def _made_of(row: Row, k: int, m: int, first: int) -> bool:
    errors, activations = row.probe.arguments
    given: Answer = row.given or []
    if (k, m, first) == (0, 0, 0) or len(given) > len(errors) - first:
        return False
    for l, found in enumerate(given, start=first):
        # Below 0 Python takes the end of the list.
        if l + k >= len(errors) or l + m >= len(activations):
            return False
        if not _is(found, np.outer(errors[l + k], activations[l + m])):
            return False
    return True


def _is(found: Floats, asked: Floats) -> bool:
    return found.shape == asked.shape and bool(close(found, asked).all())
