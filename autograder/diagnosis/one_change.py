"""Find the line in which one small change makes a wrong function right, or half of it.

The changes are made and called in the student's process; what they return is judged here, on inputs
that may be shown: no hidden input gets there for this. Right values do, where no change of the code
mends and they are tried in its places: the marks are decided by then, and nothing that this process
says afterwards counts for any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from autograder.assignment.judging import Answer
from autograder.assignment.prediction import Prediction
from autograder.assignment.probe import Probe, has_one_entry, has_whole_numbers, numbers_in
from autograder.diagnosis.fresh import Fresh
from autograder.diagnosis.matching import Given
from autograder.diagnosis.search import Predictions
from autograder.marking.marks import Marking, answer_of, fits
from autograder.sandbox.outcome import Change, Outcome, Returned, Tried
from autograder.source.fitting import NOTHING
from autograder.source.one_change import NONE, RANKS
from autograder.source.phrases import Said, said

#: With more changes than this that are right on the first inputs nothing is told by them.
MOST_LEFT = 40
#: Right values mend more of them on inputs with few numbers.
MOST_FILLED = 200
#: So many wrong inputs are tried to find what makes any of them right.
MOST_TRIED = 8
#: Where a line is to be done once more elsewhere, another is at fault.
ANOTHER_LINE = "missing"
#: Where only another value mends, the one that stands there is told, whoever makes it.
ANOTHER_NAME = "name"
#: Changes of a calculation: none is wrong that is right for all decimals.
OF_A_CALCULATION = {"operation", "product", "sign", "order", "brackets", "number", "part"}
#: What is asked where one array is stored, and changed later.
OF_ONE_ARRAY = {"in_place", "copied"}
#: What is one array under two names: a copy mends whatever is done to it under either.
TWO_NAMES = "two_names"
#: What is written over while it is still read: with other values read instead it is right as well.
WRITTEN_OVER = "written_over"
#: A condition that takes a 0 for no says why, where to leave out what it is of mends as well.
OF_A_ZERO = "truth"
#: Where only a right value mends, not the code that makes it is known but what it is to be.
FILLED = "filled"
#: Of inputs that were right so many are enough, and twice as many that were wrong.
FEW_RIGHT = 10
#: With more steps than this a training has too many of them to be sent.
FEW_STEPS = 8
#: Quantities that are 0 throughout.
ZEROS = "zeros"
#: Inputs on which what is left after the first one is tried, before all others.
FEW = 3
_NUMBER = re.compile(r"[\d.]+(e-?\d+)?")
#: Calls changes of one function, all or some, on some inputs.
Try = Callable[[Sequence[Probe], Sequence[int]], Tried | None]


@dataclass(frozen=True)
class _Input:
    """An input that may be shown, and whether an answer to it is what a change has to bring."""

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
    return _change_to(marking, function, _inputs(marking, function, fresh))


def right_value_missed(marking: Marking, function: str, fresh: Fresh) -> Change | None:
    """The place in which a right value mends all: something else stands there.

    Parameters
    ----------
    marking : Marking
    function : str
        It has just been asked afresh.
    fresh : Fresh
        What it answered.
    """
    quantities = marking.assignment.exercises[function].quantities
    if quantities is None:
        return None
    few = (one for one in _inputs(marking, function, fresh) if one.probe.steps <= FEW_STEPS)
    inputs = sorted(few, key=_says_little)
    if _wrong_for_whole_numbers_alone(inputs):
        return None  # Right values are decimals: in many a place they mend it.
    wrong, right = ([one for one in inputs if one.was_right == was] for was in (False, True))
    inputs = [*wrong[: 2 * FEW_RIGHT], *right[:FEW_RIGHT]]
    if not inputs:
        return None
    filled = partial(marking.try_changes, function, filled=True)
    changes = _all_mending(inputs, filled, MOST_FILLED)
    names = list(quantities(*inputs[0].probe.arguments))
    places = [_Filled(one, **dict(one.told.values)) for one in changes]
    idle = {one.number for one in places if one.quantity == NOTHING}
    places = [one for one in places if one.quantity != NOTHING]
    places = [one for one in places if one.number not in idle or ZEROS in names[one.quantity]]
    places = [one for one in places if not names[one.quantity].startswith("others.")]
    first = _at_fault(places, [name.startswith("results.") for name in names])
    if first is None:
        return None
    quantity = said(names[first.quantity])
    quantity = said("change.entry_of", what=quantity) if first.one_by_one else quantity
    told = {"line": first.change.line, "place": first.place, "quantity": quantity}
    if first.instead in (NONE, first.quantity):
        return replace(first.change, told=said("change.filled", **told))
    own = said(names[first.instead])
    return replace(first.change, told=said("change.filled_by_other", **told, own=own))


def _says_little(one: _Input) -> tuple[int, bool, int]:
    steps, numbers = one.cost
    return steps, has_one_entry(one.probe.arguments), numbers


@dataclass(frozen=True)
class _Filled:
    """A place with a right value in it, by numbers; see ``source.filled``."""

    change: Change
    place: Said
    number: int
    quantity: int
    instead: int
    given: bool
    computed: bool
    unit: int
    called: int
    argument: int
    one_by_one: bool


def _at_fault(filled: Sequence[_Filled], is_result: Sequence[bool]) -> _Filled | None:
    """The place that is to be looked at: the one that goes wrong first stands first."""
    known = [one for one in filled if one.instead not in (NONE, one.quantity)]
    mistaken = [one for one in known if not (one.given or one.computed)]
    if mistaken:  # what is known and not meant there goes before what is made of it
        return mistaken[0]
    made = [
        one for one in filled if not is_result[one.quantity] or one.computed or one.instead != NONE
    ]
    if not made:
        return None
    # What it is given is right: another place is looked at first.
    first = min(made, key=lambda one: one.given)
    if is_result[first.quantity] and first.unit:
        on_the_way = [one for one in made if not is_result[one.quantity]]
        first = on_the_way[0] if on_the_way else _in_helper_or_its_call(made, is_result)
    same = [one for one in made if one.number == first.number]
    return min(same, key=lambda one: is_result[one.quantity])


def _in_helper_or_its_call(made: Sequence[_Filled], is_result: Sequence[bool]) -> _Filled:
    """The last place of a helper, if that gets what is right; else where it is called."""
    last = next((one for one in made[::-1] if one.unit == 0), made[-1])
    of_right = last.argument != NONE and not is_result[last.argument]
    inside = [one for one in made if one.unit == last.called] if of_right else []
    return (inside or [last])[-1]


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
    inputs = sorted(_inputs(marking, function, fresh), key=lambda one: (one.was_right, one.cost))
    few = [one for one in inputs if not one.was_right][:MOST_TRIED]
    tried = marking.try_changes(function, [one.probe for one in few]) if few else None
    left = [*_right_somewhere(tried, few)] if tried else []
    if not 0 < len(left) <= MOST_LEFT:
        return frozenset()
    tried = marking.try_changes(function, [one.probe for one in inputs], left)
    found = frozenset[int]()
    for change, row in zip(tried.changes, tried.places, strict=True) if tried else ():
        if change.line == line and _leaves_out_added(change, name) and tried:
            right = [
                place is not None and one.is_right(tried.returned[place])
                for one, place in zip(inputs, row, strict=True)
            ]
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


def _right_somewhere(tried: Tried, inputs: Sequence[_Input]) -> Iterator[int]:
    """The changes with which any of some answers is right, by their places."""
    for at, row in enumerate(tried.places):
        pairs = zip(inputs, row, strict=True)
        if any(place is not None and one.is_right(tried.returned[place]) for one, place in pairs):
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
        change = _change_to(marking, function, _with(left, marking, function, fresh, predictions))
        if change is not None:
            found[id] = change.line
    return found


def _change_to(marking: Marking, function: str, inputs: Iterable[_Input]) -> Change | None:
    """The likeliest change that brings what it has to, if those that do are all in one line."""
    inputs = list(inputs)
    inputs = sorted(inputs, key=lambda one: (one.was_right, one.cost))
    changes = _all_mending(inputs, partial(marking.try_changes, function))
    if _wrong_for_whole_numbers_alone(inputs):
        # It brings the same numbers, but as decimals.
        changes = [one for one in changes if one.kind not in OF_A_CALCULATION]
    changes = [one for one in changes if one.kind != ANOTHER_LINE]
    changes = [one for one in changes if not one.doubtful] or [
        one for one in changes if one.kind == ANOTHER_NAME
    ]
    changes = _plainest(changes)
    if len({change.line for change in changes}) != 1:
        return None
    likeliest = min(changes, key=lambda change: RANKS[change.kind])
    if likeliest.kind != "part":
        return likeliest
    # Where more can be left out, or all of the line, it isn't a part of that alone.
    whole = [one for one in changes if one.kind == "needed"]
    parts = [one for one in changes if one.kind == "part"]
    return whole[0] if whole else max(parts, key=lambda one: len(one.place))


def _wrong_for_whole_numbers_alone(inputs: Sequence[_Input]) -> bool:
    """Whether all that is wrong is of arrays without room for decimals, and all others right."""
    whole = [any(map(has_whole_numbers, one.probe.arguments)) for one in inputs]
    return any(whole) and all(
        one.was_right or is_whole for one, is_whole in zip(inputs, whole, strict=True)
    )


def _all_mending(
    inputs: Sequence[_Input], try_changes: Try, most: int = MOST_LEFT
) -> Sequence[Change]:
    """The changes that bring what they have to, in the order in which they are tried."""
    left: Sequence[int] = ()
    changes: Sequence[Change] = ()
    if not inputs or inputs[0].was_right:
        return changes
    for asked in (inputs[:1], inputs[1 : 1 + FEW], inputs[1 + FEW :]):
        if asked:
            tried = try_changes([one.probe for one in asked], left)
            mending = list(_mending(tried, asked)) if tried else []
            if not 0 < len(mending) <= most or tried is None:
                return ()
            changes = [tried.changes[at] for at in mending] if left else ()
            left = [left[at] for at in mending] if left else mending
    return changes


def _plainest(changes: Sequence[Change]) -> Sequence[Change]:
    """The changes without those that mend by going round the place that another is about."""
    if over := [one for one in changes if one.kind == WRITTEN_OVER]:
        return over
    if tildes := [one for one in changes if one.kind == "tilde"]:
        # Where it is `not` that is meant, arrays in the place of numbers mend it, too.
        return tildes
    # A condition that is never so spares what stands below it, and so that is what to look at.
    never = {one.line for one in changes if one.kind == "never"}
    instead = {"never", OF_A_ZERO}
    changes = [one for one in changes if one.line not in never or one.kind in instead]
    heads = frozenset[int]().union(*(one.heads for one in changes))
    changes = [one for one in changes if one.line not in heads]
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
    # Another result of a whole function goes round the line in it that is at fault.
    changes = [one for one in changes if one.kind != "gives"] or changes
    # A minus more undoes what is turned round elsewhere.
    return [one for one in changes if one.kind != "negated"] or changes


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


def _with(
    id: str, marking: Marking, function: str, fresh: Fresh, predictions: Predictions
) -> Iterator[_Input]:
    """The inputs that may be shown, with what a holder of one misconception alone returns."""
    probes, drawn = marking.session.probes[function], marking.session.probes.fresh(function)
    known = enumerate(zip(probes, marking.outcomes[function], strict=True))
    asked = [(row, probe, outcome) for row, (probe, outcome) in known if probe.public]
    asked += [(len(probes) + at, drawn[at], outcome) for at, outcome in fresh.outcomes]
    for row, probe, outcome in asked:
        prediction = predictions.at(function, (id,), row)
        if prediction.raises is None:
            is_left = partial(_is_predicted, prediction)
            yield _Input(probe, is_left, is_left(outcome))


def _is_predicted(prediction: Prediction, outcome: Outcome) -> bool:
    return Given.of(outcome).is_predicted_by(prediction)


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
