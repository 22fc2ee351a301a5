"""What can be observed of a wrong answer that no misconception reproduces.

Everything here is stated as an observation, never as a cause: which inputs fail and what they
share, which entries are wrong and how, and which property of the right answer is broken.

A function may hide an input that it is tried on in what it returns: in a shape, a length, a factor.
So an observation is made on all inputs, but the numbers in it are those of the public ones; where
only hidden inputs show it, it is put in words. Shapes and lengths are told of hidden inputs too if
they are ones that a mistake comes to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.assignment.exercise import Call, Exercise
from autograder.assignment.judging import Answer
from autograder.assignment.probe import Arguments, Probe
from autograder.assignment.rows import Row, Sums, in_another_order, is_close
from autograder.diagnosis.checked_statements import Form, Observer, made_of, made_of_both
from autograder.diagnosis.entries_added_on import taken_along
from autograder.diagnosis.ignored_arguments import unmoved
from autograder.diagnosis.relations import FEWEST, hand_relations, passes_by_tolerance, relations
from autograder.diagnosis.shapes import (
    item_left_out,
    kind,
    left_out,
    nothing_but_zeros,
    turned_round,
)
from autograder.diagnosis.which_inputs import SAYS_WHICH, counts_inputs, how_many, which_inputs
from autograder.diagnosis.worked_out import sums_written
from autograder.marking.marks import Marking, answer_of, right_answer
from autograder.source.phrases import Said, said

#: What also makes entries of another length.
EXPLAINS_SHAPES = frozenset({
    "seen.all_the_same", "seen.all_are_the_last", "seen.wrong_are_later_ones",
    "seen.begins_with_the_one_before", "seen.ends_with_the_one_before",
})  # fmt: skip
#: What an experiment tells more of.
_SAYS_LITTLE = "seen.only_diagonal"


def observe(marking: Marking, function: str, fresh: Sequence[Row] = ()) -> list[Said]:
    """Observations on a wrong function, the most telling first; at most five.

    Parameters
    ----------
    marking : Marking
    function : str
    fresh : sequence of Row
        Inputs on which what is observed must hold too.
    """
    # Students' numbers may be of any size, and nan.
    with np.errstate(all="ignore"):
        return _observe(marking, function, fresh)


def _observe(marking: Marking, function: str, fresh: Sequence[Row]) -> list[Said]:
    exercise = marking.assignment.exercises[function]
    rows = marking.rows(function)
    seen: list[Said] = []
    sums = sums_written(marking.session, exercise) if exercise.one_slip else ()
    for observer in _observers(exercise, sums):
        if observer is how_many and any(one.key in SAYS_WHICH for one in seen):
            continue
        counts = observer in (which_inputs, how_many)
        made = list(observer([*rows, *fresh])) if counts else made_of_both(observer, rows, fresh)
        seen += [one for one in made if one not in seen]
    others = [one for one in seen if one.key != _SAYS_LITTLE]
    if exercise.experiment is not None and not others[1:] and _alike(rows):
        shown = list(exercise.experiment(_call(marking, function), _alike(rows)))
        seen = [*others, *shown] if shown else seen
    mostly_wrong = 2 * len(_alike(rows)) > len(rows)
    if exercise.parameters and not any(map(_tells_how, seen)) and mostly_wrong:
        seen += unmoved(exercise, _call(marking, function), _right(marking, function), _alike(rows))
    # What leads to a step of its own stands first, so that the step has its reason above it.
    leads = {*exercise.leads_to, *EXPLAINS_SHAPES}
    seen.sort(key=lambda one: 0 if counts_inputs(one) else 1 if one.key in leads else 2)
    return seen[:5]


def _tells_how(observation: Said) -> bool:
    """Whether it says more than which inputs are right."""
    return not counts_inputs(observation)


def properties_broken(exercise: Exercise, row: Row) -> set[Form]:
    """Which properties of a right answer one answer breaks, in the form of what is said of it."""
    with np.errstate(all="ignore"):
        return made_of(exercise.properties, [row])


def _observers(exercise: Exercise, sums: Sums) -> list[Observer]:
    one_slip = exercise.one_slip
    by_hand, is_list = not exercise.parameters, exercise.returns == "arrays"
    related = hand_relations if by_hand else relations
    observers: list[Observer] = [
        _constant,
        which_inputs,
        how_many,
        *(() if by_hand else (_precision,)),
        lambda rows: turned_round(_wrong(rows)),
        lambda rows: left_out(_wrong(rows)),
        lambda rows: item_left_out(_wrong(rows)) if is_list else iter(()),
        lambda rows: taken_along(_wrong(rows)) if is_list else iter(()),
        lambda rows: iter(()) if by_hand else nothing_but_zeros(_wrong(rows)),
        lambda rows: kind(exercise, _wrong(rows)),
        lambda rows: _entries(exercise, rows),
        # What an exercise knows of its own numbers tells more than their sizes and signs do.
        *((lambda rows: one_slip(rows, sums),) if one_slip else ()),
        *(exercise.properties if by_hand else ()),
        lambda rows: related(alike) if (alike := _alike(rows)) else iter(()),
    ]
    if exercise.order:
        observers.append(lambda rows: _first_relations(exercise, rows))
    return observers if by_hand else [*observers, *exercise.properties]


def _wrong(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row.is_right and row.given is not None]


def _alike(rows: list[Row]) -> list[Row]:
    """The wrong answers that can be compared with the right ones entry by entry."""
    return [row for row in _wrong(rows) if row.has_right_shapes]


def _first_relations(exercise: Exercise, rows: list[Row]) -> Iterator[Said]:
    """The relations at the first wrong step alone: what comes later follows from it."""
    alike = _alike(rows)
    if not alike:
        return
    of_all = set(relations(alike))
    for one in relations([_first_wrong(row, last=exercise.order == "backwards") for row in alike]):
        if one not in of_all:
            yield said("seen.where_first", what=one)


def _call(marking: Marking, function: str) -> Call:
    def call(calls: list[Arguments]) -> list[Answer | None]:
        outcomes = marking.call(function, calls)
        return [answer_of(marking.assignment, function, outcome) for outcome in outcomes]

    return call


def _right(marking: Marking, function: str) -> Callable[[Arguments], Answer]:
    return lambda arguments: right_answer(marking.assignment, Probe(function, arguments))


def _first_wrong(row: Row, *, last: bool) -> Row:
    """The row with the item alone at which the steps first go wrong (``last``: from the end)."""
    assert row.given is not None
    wrong = [i for i, mask in enumerate(row.wrong()) if mask.any()]
    item = wrong[-1] if last else wrong[0]
    return Row(row.probe, [row.right[item]], [row.given[item]], row.is_right)


def _constant(rows: list[Row]) -> Iterator[Said]:
    """One and the same answer to inputs that ask for several."""
    given = [row.given for row in rows if row.given is not None]
    asked = [row.right for row in rows if row.given is not None]
    several = any(not _identical(one, asked[0]) for one in asked)
    if len(given) >= 3 and several and all(_identical(one, given[0]) for one in given):
        yield said("seen.same_answer")


def _identical(one: Answer, other: Answer) -> bool:
    return len(one) == len(other) and all(map(np.array_equal, one, other))


#: So large a part of the entries has to be near the right ones.
MOSTLY = 0.7
#: Types of few digits, what each is called, and how far off numbers get in it, as part of them.
_PRECISIONS = (
    (np.float16, "seen.digits_of_half", 0.02),
    (np.float32, "seen.digits_of_single", 1e-4),
)


def _precision(rows: list[Row]) -> Iterator[Said]:
    """That all numbers which come back are near the right ones, and have the digits of a type."""
    alike = _alike(rows)
    arrays = [
        (given.ravel()[is_one], right.ravel()[is_one])
        for row in alike
        for given, right in zip(row.given or (), row.right, strict=True)
        for is_one in [np.isfinite(given).ravel()]
    ]
    if len(alike) < FEWEST or not arrays:
        return
    given, right = (np.concatenate(side) for side in zip(*arrays, strict=True))
    for type_, key, apart in _PRECISIONS:
        lost = given[right.astype(type_) != right]
        if len(np.unique(lost)) >= FEWEST and np.array_equal(given.astype(type_), given):
            # Of an exponential of a large number, or right at a limit, more than digits is lost.
            if np.isclose(given, right, rtol=apart, atol=apart * 1e-2).mean() > MOSTLY:
                yield said(key)
            return


def _entries(exercise: Exercise, rows: list[Row]) -> Iterator[Said]:
    """Which entries are wrong; of answers of several shapes only that they repeat."""
    alike, wrong = _alike(rows), _wrong(rows)
    if not alike or all(map(in_another_order, alike)):
        return  # Which places are wrong follows from it.
    if passes_by_tolerance(alike):
        return  # What counts as right may be where it goes wrong.
    comparable = len(alike) == len(wrong)
    if exercise.returns != "array":
        yield from _items(exercise, alike, comparable=comparable)
    if not comparable:
        return
    matrices = [m for row in alike for m in row.wrong() if m.ndim == 2 and m.any() and m.size > 1]
    if matrices:
        yield from _matrix_entries(matrices)
    elif exercise.returns == "array":
        yield from _vector_entries(alike)


def _items(exercise: Exercise, rows: list[Row], *, comparable: bool) -> Iterator[Said]:
    """Which entries of the returned list are wrong."""
    wrong = [[bool(m.any()) for m in row.wrong()] for row in rows]
    if exercise.parts:
        arrays = any(any(w[:-1]) for w in wrong)
        numbers = any(w[-1] for w in wrong)
        if arrays != numbers:
            kept, lost = exercise.parts[::-1] if arrays else exercise.parts
            yield said("seen.one_of_pair", right=said(kept), wrong=said(lost))
            return
    several = [w for w in wrong if len(w) > 1]
    if not several:
        return
    # Of a list with a single entry that is wrong it isn't so that the first or the last is right.
    first_right = not any(w[0] for w in wrong)
    top_right = not any(w[-1] for w in wrong)
    if exercise.parameters and _hold_one_array(rows) and any(w[0] for w in several):
        last_right = comparable and not any(w[-1] for w in several)
        yield said("seen.all_are_the_last" if last_right else "seen.all_the_same")
    elif not comparable:
        return
    elif exercise.parameters and len(several) >= FEWEST and all(map(_are_later_ones, rows, wrong)):
        yield said("seen.wrong_are_later_ones")
    elif all(w[-1] and not any(w[:-1]) for w in several):
        yield said("seen.only_last_item")
    elif all(w[0] and not any(w[1:]) for w in several):
        yield said("seen.only_first_item")
    elif first_right and (only := _only_entry(several)) and _shows_only(rows, wrong, only):
        yield said("seen.only_item", nth=said("places.nth", count=only + 1))
    elif top_right:
        two = all(len(w) > 2 and not any(w[-2:]) for w in several if any(w))
        yield said("seen.last_two_right" if two else "seen.top_right")
    elif first_right:
        first = min(w.index(True) for w in several)
        shown = any(
            row.probe.public and w.index(True) == first for row, w in zip(rows, wrong, strict=True)
        )
        last = first - 1 if shown else 0
        if last or not all(map(_begins_with_argument, rows)):
            some = said("seen.right_up_to_several", count=last + 1)
            yield some if last else said("seen.right_up_to")


def _hold_one_array(rows: list[Row]) -> bool:
    """Whether all that is in each list is the same, and not for being 0."""
    lists = [row.given for row in rows if row.given]
    return all(np.array_equal(one, given[-1]) for given in lists for one in given) and any(
        given[-1].any() for given in lists
    )


def _are_later_ones(row: Row, wrong: list[bool]) -> bool:
    """Whether each wrong entry of a list is a later one, number for number, and should not be."""
    given, right = row.given or [], row.right
    return not wrong[-1] and all(
        any(
            np.array_equal(given[at], given[later], equal_nan=True)
            and not is_close(right[at], right[later])
            for later in range(at + 1, len(given))
        )
        for at, is_wrong in enumerate(wrong)
        if is_wrong
    )


def _begins_with_argument(row: Row) -> bool:
    """Whether the first of what is asked for is what came in."""
    arrays = [one for one in row.probe.arguments if isinstance(one, np.ndarray)]
    return any(np.array_equal(row.right[0], one) for one in arrays)


def _only_entry(several: list[list[bool]]) -> int:
    """The one entry, not the first, that is wrong in each list; 0 if there is none."""
    places = {w.index(True) for w in several if sum(w) == 1}
    alone = len(places) == 1 and all(sum(w) == 1 for w in several)
    return places.pop() if alone and any(not w[-1] for w in several) else 0


def _shows_only(rows: list[Row], wrong: list[list[bool]], place: int) -> bool:
    """Whether a public input shows that entry."""
    return any(
        row.probe.public and len(w) > place and w[place] for row, w in zip(rows, wrong, strict=True)
    )


def _matrix_entries(masks: list[NDArray[Any]]) -> Iterator[Said]:
    square = [m for m in masks if m.shape[0] == m.shape[1]]
    if len(square) == len(masks):
        on = any(np.diagonal(m).any() for m in square)
        off = any((m & ~np.eye(len(m), dtype=bool)).any() for m in square)
        if on and not off:
            yield said("seen.only_diagonal")
            return
        if off and not on:
            upper = any(np.triu(m, 1).any() for m in square)
            lower = any(np.tril(m, -1).any() for m in square)
            where = "off" if upper and lower else "above" if upper else "below"
            yield said(f"seen.diagonal_right_{where}")
            return
    elif where := _one_side(masks):
        yield said(f"seen.diagonal_right_{where}")
        return
    for axis, word in ((1, "row"), (0, "column")):
        lines = [np.atleast_1d(m.any(axis=axis)) for m in masks]
        several = [len(line) > 1 for line in lines]
        # A matrix of a single line is wrong in the first one and in the last.
        if sum(several) > 1 and all(line.sum() == 1 for line in lines):
            if all(line[-1] for line in lines):
                yield said(f"seen.last_{word}")
            elif all(line[0] for line in lines):
                yield said(f"seen.first_{word}")
            else:
                yield said(f"seen.one_{word}")
            return


def _one_side(masks: list[NDArray[Any]]) -> str:
    """On which side of the diagonal all wrong entries lie, if most of them could lie elsewhere."""
    several = [m for m in masks if min(m.shape) > 1]
    if len(several) < FEWEST:
        return ""
    if not any(np.tril(m).any() for m in masks):
        return "above"
    return "" if any(np.triu(m).any() for m in masks) else "below"


def _vector_entries(rows: list[Row]) -> Iterator[Said]:
    masks = [m for row in rows for m in row.wrong() if m.ndim == 1 and len(m) > 1]
    if not masks or all(m.all() for m in masks):
        return
    if all(m[-1] and not m[:-1].any() for m in masks):
        yield said("seen.only_last_entry")
    elif all(m[0] and not m[1:].any() for m in masks):
        yield said("seen.only_first_entry")
    elif all(not m[0] for m in masks):
        yield said("seen.first_entry_right")
