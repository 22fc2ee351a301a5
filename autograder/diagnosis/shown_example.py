"""The example that a diagnosis shows, and what is told as it is of that."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from autograder.assignment.rows import Row
from autograder.diagnosis.checked_statements import form
from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.example import (
    Example,
    can_be_followed,
    choose_example,
    choose_stop,
)
from autograder.diagnosis.fresh import Fresh
from autograder.diagnosis.hidden_factors import showing_factors
from autograder.diagnosis.search import Predictions, count_shown, goes_on
from autograder.diagnosis.shapes import kind_of, says_kind
from autograder.diagnosis.slip_kinds import KINDS
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Raised, Returned
from autograder.source.phrases import Said, said

#: What is raised where a loop in which a name gets its value has no round: no name tells of it.
_OF_NO_VALUE = ("UnboundLocalError", "NameError")
#: What an ``assert`` of the student's own raises.
_ASSERTED = "AssertionError"


def with_example(
    d: Diagnosis, marking: Marking, predictions: Predictions, fresh: Fresh
) -> Diagnosis:
    """With an example, and what is told as it is of that.

    Parameters
    ----------
    d : Diagnosis
    marking : Marking
    predictions : Predictions
    fresh : Fresh
        What it answers to inputs that were drawn.
    """
    d = replace(d, example=_example(d, marking, predictions, fresh))
    if isinstance(d.failure, Raised) and d.example and d.failure.is_like(d.example.outcome):
        # What is told of shapes is of the call that is shown.
        d = replace(d, failure=d.example.outcome)
    return replace(d, observations=_of_example(d, marking))


def with_spoilt(d: Diagnosis, spoilt: frozenset[int], marking: Marking, fresh: Fresh) -> Diagnosis:
    """With an example of what is right without a place, and one of what is wrong all the same.

    Parameters
    ----------
    d : Diagnosis
    spoilt : frozenset of int
        The ids of the inputs that are right without it.
    marking : Marking
    fresh : Fresh
    """
    rows = [*marking.rows(d.function), *fresh.rows]
    others = frozenset(id(row.probe) for row in rows) - spoilt
    shows = choose_example(marking, d.function, (), fresh, among=spoilt)
    besides = choose_example(marking, d.function, (), fresh, among=others)
    tried = [*(row for row in marking.rows(d.function) if row.probe.public), *fresh.rows]
    all_right = all(row.is_right or id(row.probe) in spoilt for row in tried)
    return replace(d, example=shows or d.example, besides=besides, spoils_all=all_right)


def _of_example(d: Diagnosis, marking: Marking) -> list[Said]:
    """What was observed; where the example is of a wrong shape, that one is told."""
    example = d.example
    if example is None or not isinstance(example.outcome, Returned):
        return d.observations
    row = Row(example.probe, example.right, example.given, is_right=False)
    wrong = [one for one in marking.rows(d.function) if not one.is_right and one.given]
    own = kind_of(d.exercise, row, [row, *wrong])
    return [_of_that_call(one, own) if own else one for one in d.observations]


def _of_that_call(told: Said, own: Said) -> Said:
    """A statement on a shape as it is of one call; of that call alone where it says more there."""
    if told.key != own.key or dict(told.values).get("place") != dict(own.values).get("place"):
        return told
    if form(told) == form(own):
        return own
    values = dict(own.values) | {"of_input": said("seen.in_the_call_shown")}
    return Said(own.key, tuple(values.items()))


def _example(
    d: Diagnosis, marking: Marking, predictions: Predictions, fresh: Fresh
) -> Example | None:
    """An answer that shows what is told, or an input at which the function stops."""
    if d.unsteady or (d.slip and KINDS[d.slip.kind].by_chance):
        # What came back depends on the calls before: nobody would get it again.
        return None
    counts = None
    ids = d.found.ids if d.found else ()
    if len(ids) > 1 or (ids and goes_on(ids, marking, d.function, predictions)):
        counts = partial(count_shown, ids, predictions, d.function)
    # Beside the reason of an exception there is room for little else.
    said = d.observations[: 1 if isinstance(d.failure, Raised) else 4]
    if d.readings and not d.readings[0].step.shape:
        said = [one for one in said if not says_kind(one)]
    rows = [*marking.rows(d.function), *fresh.rows]
    among = showing_factors(d.readings, d.exercise.vocabulary, rows)
    if among is None and d.slip and KINDS[d.slip.kind].in_rounds:
        among = frozenset(id(row.probe) for row in rows if row.probe.steps > 1)
        said = [one for one in said if not says_kind(one)]
    example = choose_example(marking, d.function, said, fresh, counts, among)
    if among is not None and (example is None or not can_be_followed(example)):
        example = choose_example(marking, d.function, said, fresh, counts)
    if not isinstance(d.failure, Raised):
        return example
    told_otherwise = d.found or d.readings or (d.slip and not KINDS[d.slip.kind].by_call)
    drawn = example is not None and not example.probe.public
    # No shape that another call gives shows the two sizes that an assert compares.
    seen = [] if d.failure.type == _ASSERTED else d.observations
    of_kind = _of_another_kind(example, seen) and not d.failure_says_all
    untold = d.found is not None and d.failure.type in _OF_NO_VALUE
    if (d.found and drawn and not untold) or not (told_otherwise or of_kind):
        # What is told is the exception, so that the input is one that shows it.
        return choose_stop(marking, d.function, d.failure, fresh) or example
    return example


def _of_another_kind(example: Example | None, observations: list[Said]) -> bool:
    """Whether what comes back, where anything does, is of another kind than what is asked for."""
    if any(map(says_kind, observations[:1])):
        return True
    if example is None or not isinstance(example.outcome, Returned):
        return False
    return example.given is None
