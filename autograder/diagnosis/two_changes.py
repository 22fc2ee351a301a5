"""Find two lines in which one small change each makes a wrong function right.

The first is looked for among the changes that make more entries right, and none wrong; the second
among all of them, with the first one made. What they return is judged here, on inputs that may be
shown: no hidden input gets there for this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from autograder.assignment.judging import Answer, close
from autograder.assignment.probe import numbers_in
from autograder.assignment.rows import Row
from autograder.diagnosis.fresh import Fresh
from autograder.diagnosis.one_change import changes_mending, likeliest
from autograder.diagnosis.trials import trial_inputs, wrong_for_whole_numbers_alone
from autograder.marking.marks import Marking, answer_of
from autograder.sandbox.outcome import Change, Returned, Tried
from autograder.source.changes.forms import RANKS

#: Wrong answers by which the first of two changes is looked for.
FEW = 3
#: Changes that make more right and are looked at, and those beside which another is looked for.
MOST_BETTER, MOST_FIRST = 40, 4
#: So large a part of what is wrong is right with one of two mistakes mended.
SOME = 0.1
#: How the first of two changes is told, by how it would be told if it made all right.
_TOLD = {
    "change.one_tried": "change.one_of_two",
    "change.one_too_many": "change.one_of_two_too_many",
    "change.one_tried_near_name": "change.one_of_two_near_name",
}


class Pair(NamedTuple):
    """Two changes that together make all right.

    Attributes
    ----------
    first, second : Change
        The first makes more right by itself.
    """

    first: Change
    second: Change


def two_changes(marking: Marking, function: str, fresh: Fresh) -> Pair | None:
    """The likeliest two changes, in two lines or places, that together make all right.

    Parameters
    ----------
    marking : Marking
    function : str
        It has just been asked afresh.
    fresh : Fresh
        What it answered.
    """
    inputs = [*trial_inputs(marking, function, fresh)]
    pairs: list[Pair] = []
    if wrong_for_whole_numbers_alone(inputs):
        return None
    for number, first in _better(marking, function, fresh):
        mending = changes_mending(marking, function, inputs, beside=number)
        second = likeliest([*mending.values()], inputs)
        if second and not second.doubtful and second.told != first.told:
            pairs.append(Pair(first, second))
    pair = min(pairs, key=_rank, default=None)
    if pair is None:
        return None
    first = pair.first
    return Pair(replace(first, told=replace(first.told, key=_TOLD[first.told.key])), pair.second)


def _rank(pair: Pair) -> int:
    return RANKS[pair.first.kind] + RANKS[pair.second.kind]


def _better(marking: Marking, function: str, fresh: Fresh) -> Iterator[tuple[int, Change]]:
    """The changes with which more entries are right and none is wrong that was right, by number."""
    rows = [*(row for row in marking.rows(function) if row.probe.public), *fresh.rows]
    wrong = sorted((row for row in rows if not row.is_right), key=_cost)[:FEW]
    probes = [row.probe for row in wrong]
    tried = marking.try_changes(function, probes) if wrong else None
    gains = _gains(marking, function, tried, wrong) if tried else {}
    best = sorted(gains, key=lambda number: -gains[number])[:MOST_BETTER]
    listed = marking.try_changes(function, probes, best) if best else None
    pairs = [*zip(best, listed.changes, strict=True)] if listed else []
    seen = set[tuple[int, float]]()
    for number, change in sorted(pairs, key=lambda one: (-gains[one[0]], RANKS[one[1].kind])):
        # One place may be mended in several ways.
        alike = change.line, gains[number]
        is_told = change.told.key in _TOLD and not change.doubtful
        if is_told and alike not in seen and len(seen) < MOST_FIRST:
            seen.add(alike)
            yield number, change


def _gains(marking: Marking, function: str, tried: Tried, wrong: Sequence[Row]) -> dict[int, float]:
    """How much more is right with each change, of those that make nothing wrong, by number."""

    @cache
    def once(row: int, place: int | None) -> float:
        returned = None if place is None else tried.returned[place]
        return _gained(marking, function, wrong[row], returned)

    gains = {}
    for number, places in enumerate(tried.places):
        gained = [once(row, place) for row, place in enumerate(places)]
        if min(gained) >= 0 and max(gained) >= SOME:
            gains[number] = sum(gained)
    return gains


def _cost(row: Row) -> tuple[int, int]:
    return row.probe.steps, numbers_in(row.probe.arguments)


def _gained(marking: Marking, function: str, row: Row, returned: Returned | None) -> float:
    """The part of what was wrong in an answer that is right now; -1 if anything got wrong."""
    if returned is None:
        return -1.0 if row.given else 0.0  # It stopped there before as well.
    now = _which_are_right(answer_of(marking.assignment, function, returned), row.right)
    was = _which_are_right(row.given, row.right)
    if (was & ~now).any():
        return -1.0
    return float((now & ~was).sum() / max((~was).sum(), 1))


def _which_are_right(given: Answer | None, right: Answer) -> NDArray[np.bool_]:
    """Entry by entry, of all arrays; none of those of another shape is."""
    is_whole = given is not None and len(given) == len(right)
    pairs = zip(given if given and is_whole else [None] * len(right), right, strict=True)
    return np.concatenate(
        [
            np.zeros(0, bool),  # For no Jacobian at all a list of none is asked for.
            *(
                close(g, r).ravel()
                if g is not None and g.shape == r.shape
                else np.zeros(r.size, bool)
                for g, r in pairs
            ),
        ]
    )
