"""Entries of a list that hold the one before them besides their own numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from autograder.assignment.judging import Floats
from autograder.assignment.rows import Row
from autograder.diagnosis.relations import FEWEST
from autograder.source.phrases import Said, said


def taken_along(wrong: Sequence[Row]) -> Iterator[Said]:
    """That each vector of a list which is too long begins, or ends, with the one before it."""
    pairs = [pair for row in wrong for pair in _too_long(row)]
    if sum(any(_too_long(row)) for row in wrong) < FEWEST:
        return
    if any(len(before) >= len(entry) for before, entry in pairs):
        return  # Entries that are the same are told as that.
    if all(_equal(entry[: len(before)], before) for before, entry in pairs):
        yield said("seen.begins_with_the_one_before")
    elif all(_equal(entry[-len(before) :], before) for before, entry in pairs):
        yield said("seen.ends_with_the_one_before")


def _too_long(row: Row) -> list[tuple[Floats, Floats]]:
    """The vectors of a list that are longer than they should be, each behind the one before it."""
    given, right = row.given or [], row.right
    if len(given) != len(right):
        return []
    return [
        (given[at - 1], given[at])
        for at in range(1, len(given))
        if given[at].ndim == given[at - 1].ndim == right[at].ndim == 1
        and len(given[at]) > len(right[at])
    ]


def _equal(one: Floats, before: Floats) -> bool:
    return before.size > 0 and np.array_equal(one, before, equal_nan=True)
