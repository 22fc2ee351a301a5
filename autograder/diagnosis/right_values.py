"""Find the place of a wrong function in which a right value of one of the notes' steps mends all.

It is tried where no change of the code mends (see `one_change`). Right values get into the
student's process for this: the marks are decided by then, and nothing that it says afterwards
counts for any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from typing import Any

import numpy as np

from autograder.assignment.probe import has_one_entry
from autograder.diagnosis.fresh import Fresh
from autograder.diagnosis.lines import source_lines
from autograder.diagnosis.trials import (
    Input,
    all_mending,
    trial_inputs,
    wrong_for_whole_numbers_alone,
)
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Change
from autograder.source.changes.fitting import NOTHING, Quantities
from autograder.source.changes.forms import NONE
from autograder.source.phrases import Said, said

#: Where only a right value mends, not the code that makes it is known but what it is to be.
FILLED = "filled"
#: What is said of an argument that is handed over and never read.
LOST = "change.lost"
#: What is said where a function of the student's own is to give a number of the task.
BY_OWN_CALL = "change.filled_by_own_call"
#: What is said of another place where one of these is to stand.
OF_THE_TASK = "change.filled_of_the_task"
#: So many fillings may be right on the first inputs, which have few numbers.
MOST_FILLED = 200
#: Of inputs that were right so many are enough, and twice as many that were wrong.
FEW_RIGHT = 10
#: With more steps than this a training has too many of them to be sent.
FEW_STEPS = 8
#: The call of a function, no method, with one thing alone.
_GETS_ONE = re.compile(r"\w+\([^(),]*\)")
#: Quantities that are 0 throughout.
ZEROS = "zeros"


@dataclass(frozen=True)
class _Filled:
    """A place with a right value in it; quantities and places by numbers, see ``source.filled``.

    Attributes
    ----------
    filling : int
    change : Change
    place : Said
        Its code.
    number : int
        Of the place.
    quantity : int
        What it was filled with.
    instead : int
        The quantity that stands there; `NONE` if it is none.
    given : bool
        Whether an argument stands there as it was given.
    computed : bool
        Whether the value is made there, and not only read.
    unit : int
        The function in which it stands: 0 is the one that was asked, the others are called.
    called : int
        The function that is called there with quantities alone; `NONE` if none is.
    argument : int
        The last of these quantities.
    one_by_one : bool
        Whether an entry at a time stands there.
    own_call : bool
        Whether a function or a method of the student's own gives it.
    factor : Said
        The code of the part by which all of it is off as a factor; empty if it is not.
    lost : Said
        What is handed over there and never read.
    room : bool
        Whether it makes zeros into which later lines put something.
    """

    filling: int
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
    own_call: bool
    factor: Said
    lost: Said
    room: bool

    @property
    def is_another(self) -> bool:
        """Whether a known quantity stands there that doesn't belong there."""
        return self.instead not in (NONE, self.quantity)

    @property
    def code(self) -> str:
        return str(dict(self.place.values)["place"])

    @property
    def is_handed_an_entry(self) -> bool:
        """Whether a helper reads an entry there: what that is to be is decided where it is called.

        The other entries, of which the right one may be made, have no name in the helper.
        """
        return self.unit != 0 and self.one_by_one and not self.computed

    def is_in(self, other: _Filled) -> bool:
        """Whether its code is a part of that of another place."""
        same_line = self.change.line == other.change.line
        return same_line and self.code != other.code and self.code in other.code

    def calls_helper(self, known: Collection[str]) -> bool:
        """Whether a function or a method of the student's own gives it, that is not asked for."""
        return self.own_call and self.code.partition("(")[0] not in known


def right_value_missed(
    marking: Marking, function: str, fresh: Fresh, *, made: bool = False
) -> Change | None:
    """Give the place in which a right value mends all: something else stands there.

    Parameters
    ----------
    marking : Marking
    function : str
        It has just been asked afresh.
    fresh : Fresh
        What it answered.
    made : bool
        Whether it has to be one in which a value is made: what only hands one on is right itself.
    """
    exercise = marking.assignment.exercises[function]
    quantities = exercise.quantities
    few = _few_steps(marking, function, fresh)
    inputs = _telling(few)
    if quantities is None or not inputs:
        return None
    fill = partial(marking.try_changes, function, filled=True)
    names = list(quantities(*inputs[0].probe.arguments))
    mending = all_mending(inputs, fill, MOST_FILLED)
    places = [_Filled(at, one, **dict(one.told.values)) for at, one in mending.items()]
    places = _mended_by_what_is_right(places, names)
    by_hand = not inputs[0].probe.arguments
    if by_hand:
        # Of an answer by hand these are the task's own numbers: where they come in, one looks.
        # A line that makes another one of them is right itself.
        places = [one for one in places if one.computed and not (one.unit or one.is_another)]
    own = source_lines(marking.session.submission.files[exercise.file])
    places = [one for one in places if not _only_takes(one, places)]
    places = [one for one in places if not one.is_handed_an_entry]
    # Zeros that are room for what comes are right: what is put into them is not.
    places = [one for one in places if not one.room]
    is_result = [name.startswith("results.") for name in names]  # and no step on the way to one
    steps = [list(quantities(*one.probe.arguments).values()) for one in inputs]
    while first := _at_fault(places, is_result, partial(_may_decide, steps)):
        if made and not _is_made_at(first, places, own, marking.assignment.known):
            return None
        # Of few inputs more can be right than of all.
        if all_mending(few, fill, among=(first.filling,)):
            return _told(first, names, by_hand=by_hand)
        places.remove(first)
    return None


def _telling(few: Sequence[Input]) -> Sequence[Input]:
    """Some of these inputs, those that were wrong first; none where no value helps."""
    if wrong_for_whole_numbers_alone(few):
        return []  # Right values are decimals: in many a place they mend it.
    wrong, right = ([one for one in few if one.was_right == was] for was in (False, True))
    return [*wrong[: 2 * FEW_RIGHT], *right[:FEW_RIGHT]]


def _few_steps(marking: Marking, function: str, fresh: Fresh) -> Sequence[Input]:
    """The inputs whose steps can be sent, wrong ones first, and of these the smallest."""
    few = [one for one in trial_inputs(marking, function, fresh) if one.probe.steps <= FEW_STEPS]
    return sorted(few, key=lambda one: (one.was_right, *_says_little(one)))


def _says_little(one: Input) -> tuple[int, bool, int]:
    steps, numbers = one.cost
    return steps, has_one_entry(one.probe.arguments), numbers


def _mended_by_what_is_right(places: Sequence[_Filled], names: Sequence[str]) -> list[_Filled]:
    """The places but those that any number mends, and what is known under no name of the notes."""
    idle = {one.number for one in places if one.quantity == NOTHING}
    return [
        one
        for one in places
        if one.quantity != NOTHING
        and (one.number not in idle or ZEROS in names[one.quantity])
        and not names[one.quantity].startswith("others.")
    ]


def _is_made_at(
    place: _Filled, places: Sequence[_Filled], lines: Sequence[str], known: Collection[str]
) -> bool:
    """Whether a value is made in a place, or the wrong one is taken there for what is made of it.

    What a helper gives is made in that, and what is made of a name that should hold something else
    where that is set.
    """
    if place.computed:
        inside = [one for one in places if not (one.computed or one.is_another)]
        names = [one.code for one in inside if one.is_in(place) and one.code.isidentifier()]
        return not (place.calls_helper(known) or any(_is_set(one, place, lines) for one in names))
    around = [one for one in places if one.computed and not one.calls_helper(known)]
    if not place.is_another or place.given:
        return False
    return any(place.is_in(one) for one in around) or _is_stored_too_soon(place, places, lines)


def _is_stored_too_soon(place: _Filled, places: Sequence[_Filled], lines: Sequence[str]) -> bool:
    """Whether a line stores a name as it is, of which later lines make what is to be stored.

    What the name holds is right by itself then: nothing mends where it is made.
    """
    if place.unit or any(one.computed and one.change.line != place.change.line for one in places):
        return False
    if not (place.code.isidentifier() and place.change.line <= len(lines)):
        return False
    stores = re.compile(rf".*(?:\] ?= ?|\.append\(|\.insert\(\w+, ?){place.code}\)?\s*(?:#.*)?$")
    below = takewhile(lambda line: not line[:1].strip(), lines[place.change.line :])
    read = re.compile(rf".*=.*(?<![\w.]){place.code}\b")
    return bool(stores.match(lines[place.change.line - 1])) and any(map(read.match, below))


def _is_set(name: str, place: _Filled, lines: Sequence[str]) -> bool:
    """Whether another line than that of a place sets a name."""
    sets = re.compile(rf"\s*{name}\s*=(?!=)")
    return any(sets.match(line) for at, line in enumerate(lines, 1) if at != place.change.line)


def _only_takes(place: _Filled, places: Sequence[_Filled]) -> bool:
    """Whether what is to stand in a place is made in another line, which goes wrong before it.

    A right step on the way that is made there is none.
    """
    if not place.is_another or place.given or place.computed:
        return False
    before = places[: places.index(place)]
    return any(
        one.computed
        and one.instead == NONE
        and one.quantity == place.quantity
        and one.change.line != place.change.line
        for one in before
    )


def _may_decide(steps: Sequence[Quantities], what: int, of: int) -> bool:
    """Whether one quantity may be worked out of another alone, entry by entry.

    It can't where entries above 0 give 0 in some places and not in others: something else decides.
    """
    for backwards in (1, -1):  # their first layers belong together, or their last ones
        both = [(one[what][::backwards], one[of][::backwards]) for one in steps]
        arrays = [pair for one in both for pair in zip(*one, strict=False)]
        if arrays and all(map(_are_of_one_shape, arrays)):
            is_0 = np.concatenate([made[given > 0] == 0 for given, made in arrays])
            if is_0.any() and not is_0.all():
                return False
    return True


def _are_of_one_shape(pair: tuple[Any, Any]) -> bool:
    given, made = pair
    are_arrays = isinstance(given, np.ndarray) and isinstance(made, np.ndarray)
    return are_arrays and given.shape == made.shape


def _at_fault(
    filled: Sequence[_Filled], is_result: Sequence[bool], may_decide: Callable[[int, int], bool]
) -> _Filled | None:
    """The place that is to be looked at: the one that goes wrong first stands first."""
    known = [one for one in filled if one.is_another]
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
        helper = _in_helper_or_its_call(made, is_result, may_decide)
        first = on_the_way[0] if on_the_way else helper
    same = [one for one in made if one.number == first.number]
    return min(same, key=lambda one: is_result[one.quantity])


def _in_helper_or_its_call(
    made: Sequence[_Filled], is_result: Sequence[bool], may_decide: Callable[[int, int], bool]
) -> _Filled:
    """The last place of a helper, if that gets what is right; else where it is called."""
    last = next((one for one in made[::-1] if one.unit == 0), made[-1])
    of_right = last.argument != NONE and not is_result[last.argument]
    if of_right and _GETS_ONE.fullmatch(last.code):
        # Of what it gets alone no helper makes what hangs on something else, too.
        of_right = may_decide(last.argument, last.quantity)
    inside = [one for one in made if one.unit == last.called] if of_right else []
    return (inside or [last])[-1]


def _told(fault: _Filled, names: Sequence[str], *, by_hand: bool) -> Change:
    """What is said of a place: what is to stand there, and what does if that is known."""
    quantity = said(names[fault.quantity])
    quantity = said("change.entry_of", what=quantity) if fault.one_by_one else quantity
    told = {"line": fault.change.line, "place": fault.place, "quantity": quantity}
    if dict(fault.factor.values)["place"] and not fault.is_another:
        told = {**told, "factor": fault.factor}
        return replace(fault.change, told=said("change.filled_by_factor", **told))
    if fault.lost.key == LOST:
        return replace(fault.change, told=said("change.filled_by_lost", **told, lost=fault.lost))
    if names[fault.quantity].startswith("ways."):
        return replace(fault.change, told=said("change.one_way", **told))
    if not fault.is_another:
        of_task = BY_OWN_CALL if fault.own_call else OF_THE_TASK
        key = of_task if by_hand else "change.filled"
        return replace(fault.change, told=said(key, **told))
    own = said(names[fault.instead])
    return replace(fault.change, told=said("change.filled_by_other", **told, own=own))
