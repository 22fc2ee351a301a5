"""Find the line in which one small change makes a wrong function right.

The changes are made and called in the student's process; what they return is judged here, on inputs
that may be shown: no right answer, and no hidden input, gets there for this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from autograder.assignment.judging import Answer
from autograder.assignment.probe import Probe, numbers_in
from autograder.diagnosis.fresh import Fresh
from autograder.marking.marks import Marking, answer_of, fits
from autograder.sandbox.outcome import Change, Returned, Tried
from autograder.source.one_change import RANKS

#: With more changes than this that are right on the first inputs nothing is told by them.
MOST_LEFT = 40
#: Where a line is to be done once more elsewhere, another is at fault.
ANOTHER_LINE = "missing"
#: Inputs on which what is left after the first one is tried, before all others.
FEW = 3


@dataclass(frozen=True)
class _Input:
    """An input that may be shown, and whether an answer to it is right."""

    probe: Probe
    is_right: Callable[[Returned], bool]
    was_right: bool

    @property
    def cost(self) -> tuple[int, int]:
        return self.probe.steps, numbers_in(self.probe.arguments)


def mending_change(marking: Marking, function: str, fresh: Fresh) -> Change | None:
    """The likeliest change that makes all right, if those that do are all in one line.

    Parameters
    ----------
    marking : Marking
    function : str
        It has just been asked afresh.
    fresh : Fresh
        What it answered.
    """
    inputs = sorted(_inputs(marking, function, fresh), key=lambda one: (one.was_right, one.cost))
    if not inputs or inputs[0].was_right:
        return None
    left: Sequence[int] = ()
    changes: Sequence[Change] = ()
    for asked in (inputs[:1], inputs[1 : 1 + FEW], inputs[1 + FEW :]):
        if asked:
            tried = marking.try_changes(function, [one.probe for one in asked], left)
            mending = list(_mending(tried, asked)) if tried else []
            if not 0 < len(mending) <= MOST_LEFT or tried is None:
                return None
            changes = [tried.changes[at] for at in mending] if left else ()
            left = [left[at] for at in mending] if left else mending
    changes = [one for one in changes if not one.doubtful and one.kind != ANOTHER_LINE]
    if len({change.line for change in changes}) != 1:
        return None
    return min(changes, key=lambda change: RANKS[change.kind])


def _inputs(marking: Marking, function: str, fresh: Fresh) -> Iterator[_Input]:
    probes = marking.session.probes
    for row, probe in enumerate(probes[function]):
        if probe.public:
            judge = partial(marking.expected.is_right, function, row)
            yield _Input(probe, judge, marking.right[function][row])
    wrong = {id(row.probe) for row in fresh.rows if not row.is_right}
    right = marking.expected.of_fresh(function, 0)
    for probe, answer in zip(probes.fresh(function), right, strict=True):
        judge = partial(_is_right, marking, function, answer)
        yield _Input(probe, judge, id(probe) not in wrong)


def _is_right(marking: Marking, function: str, right: Answer, returned: Returned) -> bool:
    return fits(answer_of(marking.assignment, function, returned), right)


def _mending(tried: Tried, inputs: Sequence[_Input]) -> Iterable[int]:
    """The changes with which all answers are right, by their places."""
    known: dict[tuple[int, int], bool] = {}
    for at, row in enumerate(tried.places):
        for number, place in enumerate(row):
            if place is None:
                break
            if (number, place) not in known:
                known[number, place] = inputs[number].is_right(tried.returned[place])
            if not known[number, place]:
                break
        else:
            yield at
