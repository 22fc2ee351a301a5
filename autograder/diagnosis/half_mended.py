"""Of two mistakes the one in a line that is known: with it mended more is right, but not all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

from autograder.assignment.rows import finite
from autograder.diagnosis.fresh import Fresh
from autograder.diagnosis.relations import FEWEST
from autograder.diagnosis.trials import Input, trial_inputs, which_are_right
from autograder.marking.marks import Marking, answer_of
from autograder.sandbox.outcome import Change, Returned
from autograder.source.changes.forms import RANKS

#: So large a part of what was wrong is right with one of two mistakes mended.
SOME = 0.25


def half_mended(marking: Marking, function: str, fresh: Fresh, line: int) -> Change | None:
    """The likeliest thing that a line does too much, if without it some of what is wrong is right.

    What was right stays so, and something stays wrong.

    Parameters
    ----------
    marking : Marking
    function : str
        It has just been asked afresh.
    fresh : Fresh
        What it answered.
    line : int
    """
    inputs = sorted(trial_inputs(marking, function, fresh), key=lambda one: one.cost)
    numbers = _leaving_out(marking, function, inputs, line)
    tried = marking.try_changes(function, [one.probe for one in inputs], numbers)
    if not numbers or tried is None:
        return None
    numbers_come = [_gives_numbers(marking, function, one) for one in tried.returned]
    halves = [
        change
        for change, places in zip(tried.changes, tried.places, strict=True)
        if all(at is not None and numbers_come[at] for at in places)
        and _is_half(which_are_right(tried, places, inputs), places, inputs)
    ]
    likeliest = min(halves, key=lambda change: RANKS[change.kind], default=None)
    if likeliest is None:
        return None
    return replace(likeliest, told=replace(likeliest.told, key="change.one_of_two_too_many"))


def _leaving_out(
    marking: Marking, function: str, inputs: Sequence[Input], line: int
) -> Sequence[int]:
    """The changes, by number, that leave out one thing that a line does."""
    few = [one.probe for one in inputs[:1]]
    tried = marking.try_changes(function, few)
    numbers = range(len(tried.places)) if tried else range(0)
    listed = marking.try_changes(function, few, numbers) if numbers else None
    pairs = zip(numbers, listed.changes, strict=True) if listed else ()
    return [at for at, change in pairs if change.line == line and change.leaves_out]


def _gives_numbers(marking: Marking, function: str, returned: Returned) -> bool:
    """Whether numbers come back, and no nan: what keeps these away is not too much."""
    answer = answer_of(marking.assignment, function, returned)
    return answer is not None and finite(answer)


def _is_half(right: Sequence[bool], places: Sequence[int | None], inputs: Sequence[Input]) -> bool:
    """Whether some of what was wrong is right now, and not all, and nothing else is wrong.

    One and the same answer to several inputs, such as 0, may be right by chance; and on a few
    inputs of a special kind, such as a vector of one entry, something quite different may be.
    """
    before = [one.was_right for one in inputs]
    better = [now > was for now, was in zip(right, before, strict=True)]
    return (
        len({*compress(places, better)}) >= FEWEST
        and sum(better) >= SOME * (len(before) - sum(before))
        and not all(right)
        and all(compress(right, before))
    )
