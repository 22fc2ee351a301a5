"""The inputs on which changes of a function's code are tried, and which changes bring all right.

The changes are made and called in the student's process; what they return is judged here, on inputs
that may be shown: no hidden input gets there for this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from autograder.assignment.judging import Answer
from autograder.assignment.prediction import Prediction
from autograder.assignment.probe import Probe, has_whole_numbers, numbers_in
from autograder.diagnosis.fresh import Fresh
from autograder.diagnosis.matching import Given
from autograder.diagnosis.search import Predictions
from autograder.marking.marks import Marking, answer_of, fits
from autograder.sandbox.outcome import Change, Outcome, Returned, Tried

#: With more changes than this that are right on the first inputs nothing is told by them.
MOST_LEFT = 40
#: Inputs on which what is left after the first one is tried, before all others.
FEW = 3
#: Calls changes of one function, all or some, on some inputs.
Try = Callable[[Sequence[Probe], Sequence[int]], Tried | None]


@dataclass(frozen=True)
class Input:
    """An input that may be shown, and whether an answer to it is what a change has to bring."""

    probe: Probe
    is_right: Callable[[Returned], bool]
    was_right: bool

    @property
    def cost(self) -> tuple[int, int]:
        return self.probe.steps, numbers_in(self.probe.arguments)


def trial_inputs(marking: Marking, function: str, fresh: Fresh) -> Iterator[Input]:
    """Give the inputs of a function that may be shown, and those drawn afresh.

    Parameters
    ----------
    marking : Marking
    function : str
        It has just been asked afresh.
    fresh : Fresh
        What it answered.
    """
    probes = marking.session.probes
    for row, probe in enumerate(probes[function]):
        if probe.public:
            judge = partial(marking.expected.is_right, function, row)
            yield Input(probe, judge, marking.right[function][row])
    wrong = {id(row.probe) for row in fresh.rows if not row.is_right}
    right = marking.expected.of_fresh(function, 0)
    for probe, answer in zip(probes.fresh(function), right, strict=True):
        judge = partial(_is_right, marking, function, answer)
        yield Input(probe, judge, id(probe) not in wrong)


def inputs_with_one_left(
    id: str, marking: Marking, function: str, fresh: Fresh, predictions: Predictions
) -> Iterator[Input]:
    """Give the same inputs, with what a holder of one misconception alone returns as right.

    Parameters
    ----------
    id : str
        The misconception.
    marking : Marking
    function : str
        It has just been asked afresh.
    fresh : Fresh
        What it answered.
    predictions : Predictions
    """
    probes, drawn = marking.session.probes[function], marking.session.probes.fresh(function)
    known = enumerate(zip(probes, marking.outcomes[function], strict=True))
    asked = [(row, probe, outcome) for row, (probe, outcome) in known if probe.public]
    asked += [(len(probes) + at, drawn[at], outcome) for at, outcome in fresh.outcomes]
    for row, probe, outcome in asked:
        prediction = predictions.at(function, (id,), row)
        if prediction.raises is None:
            is_left = partial(_is_predicted, prediction)
            yield Input(probe, is_left, is_left(outcome))


def _is_predicted(prediction: Prediction, outcome: Outcome) -> bool:
    return Given.of(outcome).is_predicted_by(prediction)


def wrong_for_whole_numbers_alone(inputs: Sequence[Input]) -> bool:
    """Tell whether what is wrong is of arrays without room for decimals, and nothing else."""
    whole = [any(map(has_whole_numbers, one.probe.arguments)) for one in inputs]
    return any(whole) and all(
        one.was_right or is_whole for one, is_whole in zip(inputs, whole, strict=True)
    )


def all_mending(
    inputs: Sequence[Input],
    try_changes: Try,
    most: int = MOST_LEFT,
    among: Sequence[int] = (),
) -> Mapping[int, Change]:
    """Give the changes that bring what they have to, by number, in the order of trying.

    Parameters
    ----------
    inputs : sequence of Input
        The first of them is the one that says most.
    try_changes : callable
        Calls the changes.
    most : int
        With more of them that are right on the first inputs none is told.
    among : sequence of int
        Those that are tried; without, all that there are.
    """
    left = among
    changes: Mapping[int, Change] = {}
    if not inputs or inputs[0].was_right:
        return changes
    # What a change is, is told of those that are asked for again: of an answer by hand, on that.
    again = () if inputs[0].probe.arguments else inputs[:1]
    for asked in (inputs[:1], inputs[1 : 1 + FEW] or again, inputs[1 + FEW :]):
        if asked:
            tried = try_changes([one.probe for one in asked], left)
            mending = list(_mending(tried, asked)) if tried else []
            if not 0 < len(mending) <= most or tried is None:
                return {}
            changes = {left[at]: tried.changes[at] for at in mending} if left else {}
            left = [left[at] for at in mending] if left else mending
    return changes


def _is_right(marking: Marking, function: str, right: Answer, returned: Returned) -> bool:
    return fits(answer_of(marking.assignment, function, returned), right)


def _mending(tried: Tried, inputs: Sequence[Input]) -> Iterable[int]:
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


def which_are_right(
    tried: Tried, places: Sequence[int | None], inputs: Sequence[Input]
) -> list[bool]:
    """Tell which inputs are right with one of the changes that were tried.

    Parameters
    ----------
    tried : Tried
    places : sequence of (int or None)
        What it returned, by input: its row of ``tried.places``.
    inputs : sequence of Input
    """
    pairs = zip(inputs, places, strict=True)
    return [at is not None and one.is_right(tried.returned[at]) for one, at in pairs]
