"""Find the line in which one small change makes a wrong function right, or half of it.

The changes are made and called in the student's process; what they return is judged here, on inputs
that may be shown: no hidden input gets there for this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from autograder.assignment.probe import largest_number
from autograder.assignment.rows import finite
from autograder.diagnosis.after_change import is_turned_alone
from autograder.diagnosis.entry_twice import entry_twice
from autograder.diagnosis.fresh import Fresh
from autograder.diagnosis.search import Predictions
from autograder.diagnosis.trials import (
    MOST_LEFT,
    Input,
    all_mending,
    inputs_with_one_left,
    trial_inputs,
    which_are_right,
    wrong_for_whole_numbers_alone,
)
from autograder.diagnosis.turned_order import what_turns
from autograder.diagnosis.worked_out import lines_of
from autograder.marking.marks import Marking, answer_of
from autograder.sandbox.outcome import Change, Tried
from autograder.source.changes.alternatives import NEAR_NAME
from autograder.source.changes.call_ends import CALL_ENDS
from autograder.source.changes.carried_on import CARRIED_ON
from autograder.source.changes.flat_columns import FLAT_COLUMN
from autograder.source.changes.forms import NAME_OF_TWO, RANKS
from autograder.source.changes.index_twice import INDEX_TWICE
from autograder.source.changes.unread import UNREAD
from autograder.source.changes.which_round import WHICH_ROUND
from autograder.source.phrases import Said, said

#: So many wrong inputs are tried to find what makes any of them right.
MOST_TRIED = 8
#: Where a line is to be done once more elsewhere, another is at fault.
ANOTHER_LINE = "missing"
#: Where only another value mends, the one that stands there is told, whoever makes it.
ANOTHER_NAME = "name"
#: Changes of a calculation: none is wrong that is right for all decimals.
OF_A_CALCULATION = {
    "operation",
    "product",
    "sign",
    "order",
    "brackets",
    CALL_ENDS,
    "number",
    "part",
    "conditional",
}
#: Changes that one answer, worked by hand, is enough for: what leaves out a step, or adds one,
#: brings it by chance, too.
OF_ONE_ANSWER = {
    "near_name", "name", "number", "sign", "operation", "index", "indices", "product", "turned",
    "comparison",
}  # fmt: skip
#: What is said where an answer by hand becomes right in several ways, all in one line.
IN_LINE = "change.one_in_line"
#: What is asked where one array is stored, and changed later.
OF_ONE_ARRAY = {"in_place", "copied"}
#: What is one array under two names: a copy mends whatever is done to it under either.
TWO_NAMES = "two_names"
#: What is written over while it is still read: with other values read instead it is right as well.
WRITTEN_OVER = "written_over"
#: What looks like another thing that is meant: around `~` arrays in the place of numbers mend it,
#: too, and what goes into `reshape` or comes out of it may be turned as well. What nobody reads
#: tells most, after it a name that is spelt much like another, a counter in both places, and a
#: column beside a vector, which anything that takes the column away mends. What earlier rounds have
#: added is left out, too, where nothing is added to it.
TAKEN_FOR_ANOTHER = (
    UNREAD, NEAR_NAME, INDEX_TWICE, FLAT_COLUMN, "tilde", "reshaped", CARRIED_ON,
)  # fmt: skip
#: What only another branch than the one that is taken mends.
OF_A_BRANCH = {"never", "branches"}
#: A condition that takes a 0 for no says why, where to leave out what it is of mends as well.
OF_A_ZERO = "truth"
#: What chooses by a condition.
CHOOSES = "where("
#: What gets too large for the computer, and up to which numbers it does not.
EXPONENTIAL, SMALL = "exp", 100.0
_NUMBER = re.compile(r"[\d.]+(e-?\d+)?")


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
    return _change_to(marking, function, trial_inputs(marking, function, fresh))


def change_but_for_large(marking: Marking, function: str, fresh: Fresh) -> Change | None:
    """The likeliest change with which nothing is wrong but that ``exp`` gets too large.

    With it all is right for small numbers; of large ones, most that are wrong give inf or nan.

    Parameters
    ----------
    marking : Marking
    function : str
        It has just been asked afresh.
    fresh : Fresh
        What it answered.
    """
    file = marking.assignment.exercises[function].file
    if EXPONENTIAL not in marking.session.worker.facts(file).words.get(function, ()):
        return None
    inputs = [*trial_inputs(marking, function, fresh)]
    small = [one for one in inputs if largest_number(one.probe.arguments) <= SMALL]
    large = [one for one in inputs if largest_number(one.probe.arguments) > SMALL]
    mending = changes_mending(marking, function, small) if large else {}
    change = likeliest([*mending.values()], small)
    number = next((at for at, one in mending.items() if one is change), None)
    if change is None or number is None or change.told.key != "change.one_tried":
        return None
    tried = marking.try_changes(function, [one.probe for one in large], [number])
    for row in tried.places if tried else ():
        right = which_are_right(tried, row, large) if tried else []
        wrong = [at for at, is_right in zip(row, right, strict=True) if not is_right]
        none = [at for at in wrong if tried and _gives_none(marking, function, tried, at)]
        if none and 2 * len(none) >= len(wrong):  # The others are 0 where a sum gets too large.
            told = replace(change.told, key="change.one_but_for_large")
            return replace(change, told=told)
    return None


def _gives_none(marking: Marking, function: str, tried: Tried, at: int | None) -> bool:
    """Whether what comes back is as it should be, but for inf or nan among it."""
    answer = None if at is None else answer_of(marking.assignment, function, tried.returned[at])
    return answer is not None and not finite(answer)


def right_without(
    marking: Marking, function: str, line: int, name: str, fresh: Fresh
) -> frozenset[int]:
    """The wrong inputs, by their ids, that are right where what one line adds is left out.

    None of them if that makes an input wrong that was right.

    Parameters
    ----------
    marking : Marking
    function : str
        It has just been asked afresh.
    line : int
    name : str
        What the line adds, if it is no number.
    fresh : Fresh
        What it answered.
    """
    inputs = sorted(
        trial_inputs(marking, function, fresh), key=lambda one: (one.was_right, one.cost)
    )
    few = [one for one in inputs if not one.was_right][:MOST_TRIED]
    tried = marking.try_changes(function, [one.probe for one in few]) if few else None
    left = [*_right_somewhere(tried, few)] if tried else []
    if not 0 < len(left) <= MOST_LEFT:
        return frozenset()
    tried = marking.try_changes(function, [one.probe for one in inputs], left)
    found = frozenset[int]()
    for change, row in zip(tried.changes, tried.places, strict=True) if tried else ():
        if change.line == line and _leaves_out_added(change, name) and tried:
            right = which_are_right(tried, row, inputs)
            if all(now for one, now in zip(inputs, right, strict=True) if one.was_right):
                new = [one for one, now in zip(inputs, right, strict=True) if now > one.was_right]
                found |= {id(one.probe) for one in new}
    return found


def _leaves_out_added(change: Change, name: str) -> bool:
    """Whether a change leaves out a number that is added, or one of that name."""
    does = dict(change.told.values).get("does")
    if not isinstance(does, Said) or does.key != "change.does_added":
        return False
    what = str(dict(does.values)["what"])
    return what == name or _NUMBER.fullmatch(what) is not None


def _right_somewhere(tried: Tried, inputs: Sequence[Input]) -> Iterator[int]:
    """The changes with which any of some answers is right, by their places."""
    for at, row in enumerate(tried.places):
        if any(which_are_right(tried, row, inputs)):
            yield at


def lines_of_pair(
    marking: Marking, function: str, fresh: Fresh, ids: tuple[str, str], predictions: Predictions
) -> dict[str, int]:
    """The line of each of two misconceptions: with one change in it the other alone is left.

    Parameters
    ----------
    marking : Marking
    function : str
        It has just been asked afresh.
    fresh : Fresh
    ids : (str, str)
        The two that reproduce what it answers.
    predictions : Predictions
    """
    found = {}
    for id, left in (ids, ids[::-1]):
        inputs = inputs_with_one_left(left, marking, function, fresh, predictions)
        change = _change_to(marking, function, inputs)
        if change is not None:
            found[id] = change.line
    return found


def _change_to(marking: Marking, function: str, inputs: Iterable[Input]) -> Change | None:
    """The likeliest change that brings what it has to, if those that do are all in one line."""
    inputs = list(inputs)
    changes = [*changes_mending(marking, function, inputs).values()]
    best = likeliest(changes, inputs)
    if best and best.told.key == IN_LINE:
        lines = lines_of(marking.session, marking.assignment.exercises[function])
        there = [one for one in changes if one.line == best.line and not one.doubtful]
        return entry_twice(there, lines) or best
    return best


def changes_mending(
    marking: Marking, function: str, inputs: Iterable[Input], beside: int | None = None
) -> Mapping[int, Change]:
    """Give the changes that bring what they have to, by number.

    Parameters
    ----------
    marking : Marking
    function : str
        It has just been asked afresh.
    inputs : iterable of Input
    beside : int, optional
        The number of a change that is made beside each.
    """
    inputs = sorted(inputs, key=lambda one: (one.was_right, one.cost))
    return all_mending(inputs, partial(marking.try_changes, function, beside=beside))


def likeliest(changes: Sequence[Change], inputs: Sequence[Input]) -> Change | None:
    """The likeliest of the changes that bring what they have to, if they are all in one line."""
    by_hand = _are_by_hand(inputs)
    if by_hand:
        changes = [one for one in changes if one.kind in OF_ONE_ANSWER and not one.doubtful]
    if wrong_for_whole_numbers_alone(inputs):
        # It brings the same numbers, but as decimals.
        changes = [one for one in changes if one.kind not in OF_A_CALCULATION]
    changes = [one for one in changes if one.kind != ANOTHER_LINE]
    changes = [one for one in changes if not one.doubtful] or [
        one for one in changes if one.kind == ANOTHER_NAME
    ]
    changes = _plainest(changes)
    if len({change.line for change in changes}) != 1:
        return None
    best = min(changes, key=lambda change: RANKS[change.kind])
    if by_hand and len({change.place for change in changes}) > 1:
        # Of one answer it shows in which line it is wrong, not by what.
        return replace(best, told=said(IN_LINE, line=best.line))
    if best.kind == ANOTHER_NAME:
        return _of_any_name(best, changes)
    if best.kind != "part":
        return best
    # Where more can be left out, or all of the line, it isn't a part of that alone.
    whole = [one for one in changes if one.kind == "needed"]
    parts = [one for one in changes if one.kind == "part"]
    return whole[0] if whole else max(parts, key=lambda one: len(one.place))


def _of_any_name(best: Change, changes: Sequence[Change]) -> Change:
    """The change of a name without the other one where more than one is right in its place."""
    told = dict(best.told.values)
    there = {one.told for one in changes if (one.kind, one.place) == (best.kind, best.place)}
    question = told.get("question")
    if len(there) == 1 or not isinstance(question, Said) or question.key != NAME_OF_TWO:
        return best
    return replace(best, told=said(best.told.key, **{**told, "question": said("change.name")}))


def _are_by_hand(inputs: Sequence[Input]) -> bool:
    return not any(one.probe.arguments for one in inputs)


def _plainest(changes: Sequence[Change]) -> Sequence[Change]:
    """The changes without those that mend by going round the place that another is about."""
    # A condition on the round mends much that is wrong with what a loop counts or goes through.
    changes = [one for one in changes if one.kind != WHICH_ROUND] or changes
    if over := [one for one in changes if one.kind == WRITTEN_OVER]:
        return over
    for kind in TAKEN_FOR_ANOTHER:
        if such := [one for one in changes if one.kind == kind]:
            return such
    changes = what_turns(changes)
    # A condition that is never so spares what stands below it, and so that is what to look at.
    never = {one.line for one in changes if one.kind == "never"}
    instead = {"never", OF_A_ZERO}
    changes = [one for one in changes if one.line not in never or one.kind in instead]
    heads = frozenset[int]().union(*(one.heads for one in changes))
    changes = [one for one in changes if one.line not in heads]
    if any(one.kind == "comparison" for one in changes):
        # Its condition in the place of what another line chooses gives that line new work.
        changes = [one for one in changes if not (one.kind == "call" and CHOOSES in one.place)]
    # What is made for one term alone does no harm where that term is left out.
    spared = frozenset[int]().union(*(one.spared for one in changes))
    changes = [one for one in changes if one.line not in spared] or changes
    named_twice = [one for one in changes if one.kind == TWO_NAMES]
    changes = [one for one in changes if one.kind != TWO_NAMES]
    if named_twice and not (changes and {one.kind for one in changes} <= OF_ONE_ARRAY):
        return named_twice
    if {one.kind for one in changes} <= OF_ONE_ARRAY:
        # To write elsewhere mends it, and so does to keep a copy.
        changes = [one for one in changes if one.kind == "in_place"] or changes
    if any(one.kind == "needed" for one in changes):
        # What comes before a line that nobody needs is spared that line.
        changes = [one for one in changes if one.kind != "order_of_lines"]
    # With a 0 or a 1 it does nothing, and so it is left out.
    out = {one.line for one in changes if one.leaves_out}
    changes = [one for one in changes if one.kind != "number" or one.line not in out]
    # What is turned once too often is mended by turning it again as well.
    turned = [one for one in changes if is_turned_alone(one)]
    if any(one.place.endswith(".T") for one in turned):
        changes = [one for one in changes if one not in turned or one.place.endswith(".T")]
    # Another result of a whole function goes round the line in it that is at fault.
    changes = [one for one in changes if one.kind != "gives"] or changes
    # A minus more undoes what is turned round elsewhere.
    return [one for one in changes if one.kind != "negated"] or changes
