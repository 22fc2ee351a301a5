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
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.assignment.exercise import Call, Exercise
from autograder.assignment.judging import Answer, Floats, close, compare
from autograder.assignment.probe import Arguments, Probe
from autograder.assignment.rows import Row, finite, in_another_order, is_close
from autograder.diagnosis.relations import FEWEST, hand_relations, relations
from autograder.diagnosis.statements import Form, Observer, made_of, made_of_both
from autograder.diagnosis.unmoved import unmoved
from autograder.marking.marks import Marking, answer_of, right_answer
from autograder.source.phrases import InARow, Said, said

#: A shape that came of a hidden input is told only if it has no larger sizes and no more of them.
MOST_TOLD, MOST_AXES = 12, 2
#: What also makes entries of another length.
EXPLAINS_SHAPES = frozenset({"seen.all_the_same", "seen.all_are_the_last"})
#: A pattern over inputs is stated if chance makes it as seldom as this.
BY_CHANCE = 0.001


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
    for observer in _observers(exercise):
        if observer is _how_many and any(one.key in _ON_ITS_OWN for one in seen):
            continue
        counts = observer in (_inputs, _how_many)
        made = list(observer([*rows, *fresh])) if counts else made_of_both(observer, rows, fresh)
        seen += [one for one in made if one not in seen]
    if exercise.experiment is not None and not seen[1:] and _alike(rows):
        seen += exercise.experiment(_call(marking, function), _alike(rows))
    mostly_wrong = 2 * len(_alike(rows)) > len(rows)
    if exercise.parameters and not any(map(_tells_how, seen)) and mostly_wrong:
        seen += unmoved(exercise, _call(marking, function), _right(marking, function), _alike(rows))
    # What leads to a step of its own stands first, so that the step has its reason above it.
    leads = {*exercise.leads_to, *EXPLAINS_SHAPES}
    seen.sort(key=lambda one: 0 if counts_inputs(one) else 1 if one.key in leads else 2)
    return seen[:5]


def counts_inputs(observation: Said) -> bool:
    """Whether it says which inputs are right or how many, and nothing of what comes back."""
    return says_how_many(observation) or observation.key in _ON_ITS_OWN


def _tells_how(observation: Said) -> bool:
    """Whether it says more than which inputs are right."""
    return not counts_inputs(observation)


def properties_broken(exercise: Exercise, row: Row) -> set[Form]:
    """Which properties of a right answer one answer breaks, in the form of what is said of it."""
    with np.errstate(all="ignore"):
        return made_of(exercise.properties, [row])


def _observers(exercise: Exercise) -> list[Observer]:
    by_hand = not exercise.parameters
    related = hand_relations if by_hand else relations
    observers: list[Observer] = [
        _constant,
        _inputs,
        _how_many,
        *(() if by_hand else (_precision,)),
        lambda rows: _left_out([row for row in rows if _is_wrong(row)]),
        lambda rows: _kind(exercise, [row for row in rows if _is_wrong(row)]),
        lambda rows: _entries(exercise, rows),
        # What an exercise knows of its own numbers tells more than their sizes and signs do.
        *((exercise.one_slip,) if exercise.one_slip else ()),
        *(exercise.properties if by_hand else ()),
        lambda rows: related(alike) if (alike := _alike(rows)) else iter(()),
    ]
    if exercise.order:
        observers.append(lambda rows: _first_relations(exercise, rows))
    return observers if by_hand else [*observers, *exercise.properties]


def _is_wrong(row: Row) -> bool:
    return not row.is_right and row.given is not None


def _alike(rows: list[Row]) -> list[Row]:
    """The wrong answers that can be compared with the right ones entry by entry."""
    return [row for row in rows if _is_wrong(row) and row.has_right_shapes]


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


# --- which inputs ------------------------------------------------------------------------------


def _constant(rows: list[Row]) -> Iterator[Said]:
    """One and the same answer to inputs that ask for several."""
    given = [row.given for row in rows if row.given is not None]
    asked = [row.right for row in rows if row.given is not None]
    several = any(not _identical(one, asked[0]) for one in asked)
    if len(given) >= 3 and several and all(_identical(one, given[0]) for one in given):
        yield said("seen.same_answer")


def _identical(one: Answer, other: Answer) -> bool:
    return len(one) == len(other) and all(map(np.array_equal, one, other))


#: The statements on inputs that say how many are right.
_ON_ITS_OWN = frozenset({
    "seen.fails_exactly", "seen.fails_exactly_also", "seen.right_exactly", "seen.right_on_shared",
})  # fmt: skip


def _inputs(rows: list[Row]) -> Iterator[Said]:
    """What the failing inputs share that the passing ones lack, where that can be no chance."""
    wrong = [row for row in rows if not row.is_right]
    right = [row for row in rows if row.is_right]
    if len(rows) < 3 or not right:
        return
    if only := just_with(wrong, rows):
        if len(only) > 1:
            yield said("seen.fails_exactly_also", tag=said(only[0]), also=_in_a_row(only[1:]))
        else:
            yield said("seen.fails_exactly", tag=said(only[0]))
        return
    if spared := just_with(right, rows):
        yield said("seen.right_exactly", tags=_in_a_row(spared))
        return
    if shared := shared_by(wrong, rows):
        tags_shared = _in_a_row(shared[:2])
        yield said("seen.right_on_shared", count=len(right), all=len(rows), tags=tags_shared)
        return


def shared_by(having: Sequence[Row], rows: Sequence[Row]) -> list[str]:
    """What all of some rows have, where that can be no chance; others may have it too."""
    tags = sorted({tag for row in having for tag in row.probe.tags})
    return [tag for tag in tags if _is_no_chance(tag, having, rows)]


def just_with(having: Sequence[Row], rows: Sequence[Row]) -> list[str]:
    """What all of some rows have, and none of the others."""
    return [tag for tag in shared_by(having, rows) if _count(tag, rows) == len(having)]


def _in_a_row(tags: list[str], between: str = "and") -> InARow:
    return InARow(tuple(map(said, tags)), between)


def _how_many(rows: list[Row]) -> Iterator[Said]:
    right = sum(row.is_right for row in rows)
    if len(rows) < 3:
        return
    if not right:
        yield said("seen.right_on_none")
    else:
        yield said("seen.right_on", count=right, all=len(rows))


_RESHAPED = tuple(f"seen.only_reshaped_{which}" for which in ("too_many", "too_few", "elsewhere"))
#: The observations on the shape or length of what comes back.
_KINDS = frozenset({
    "seen.wrong_shape", "seen.wrong_shape_number", "seen.wrong_shape_table", *_RESHAPED,
    "seen.never_set", "seen.too_short", "seen.too_long", "seen.rows_for_numbers",
})  # fmt: skip


def says_kind(observation: Said) -> bool:
    """Whether an observation is on the shape or length of what comes back."""
    return observation.key in _KINDS


def says_how_many(observation: Said) -> bool:
    """Whether an observation is no more than a count of the inputs that were tried."""
    return observation.key in ("seen.right_on_none", "seen.right_on")


def _is_no_chance(tag: str, having: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Whether all of some rows have what is special, too many for that to be chance."""
    marked = _count(tag, rows)
    if min(len(having), marked) < FEWEST or _count(tag, having) < len(having):
        return False
    chance = 1.0
    for at in range(len(having)):
        chance *= (marked - at) / (len(rows) - at)
    return chance < BY_CHANCE


def _count(tag: str, rows: Sequence[Row]) -> int:
    return sum(tag in row.probe.tags for row in rows)


# --- the kind of thing returned ----------------------------------------------------------------


def _kind(exercise: Exercise, wrong: list[Row]) -> Iterator[Said]:
    """Length and shape, where they are wrong; on a public input if it shows there."""
    if wrong and all(map(in_another_order, wrong)):
        yield said("seen.items_in_another_order")
        return
    # Of hidden ones the shortest shows it best, if it isn't an empty list.
    for row in sorted(wrong, key=lambda row: 0 if row.probe.public else len(row.right) or 99):
        if found := kind_of(exercise, row, wrong):
            yield found
            if _always_one_shape(wrong):
                yield said("seen.always_one_shape")
            return
    without = [row for row in wrong if row.given and not finite(row.given)]
    if without:
        # Where few are, something else is the matter with most.
        key = "seen.nan_or_inf" if 2 * len(without) > len(wrong) else "seen.nan_or_inf_besides"
        yield said(key, what=_no_numbers(without))


#: What is without its first or last row or column.
_WITHOUT: dict[str, tuple[slice, ...]] = {
    "last_column": (slice(None), slice(-1)),
    "first_column": (slice(None), slice(1, None)),
    "last_row": (slice(-1),),
    "first_row": (slice(1, None),),
}


def _left_out(wrong: list[Row]) -> Iterator[Said]:
    """That matrices are right but for a row or a column that is missing, or comes on top."""
    for edge, without in _WITHOUT.items():
        for key, lacks in (("lacks", True), ("gains", False)):
            if len(wrong) >= FEWEST and all(_is_but_for(row, without, lacks) for row in wrong):
                yield said(f"seen.{key}_{edge}")


def _is_but_for(row: Row, without: tuple[slice, ...], lacks: bool) -> bool:
    """Whether what comes back is right but for an edge, of one array at least."""
    if row.given is None or len(row.given) != len(row.right):
        return False
    differ = [
        (given, right)
        for given, right in zip(row.given, row.right, strict=True)
        if not is_close(given, right)
    ]
    pairs = (pair if lacks else pair[::-1] for pair in differ)
    return bool(differ) and all(
        larger.ndim == 2 and is_close(smaller, larger[without]) for smaller, larger in pairs
    )


def no_numbers_with(rows: Sequence[Row], having: Sequence[Row]) -> Said:
    """That nan or inf comes back, and what the inputs have for which it does, if that is known."""
    tags, what = shared_by(having, rows), _no_numbers(having)
    if not tags:
        return said("seen.nan_or_inf_besides", what=what)
    return said("seen.nan_or_inf_with", what=what, tag=said(tags[0]))


def _no_numbers(rows: Sequence[Row]) -> Said:
    """Which of nan and inf come back."""
    arrays = [array for row in rows for array in row.given or ()]
    if not any(np.isinf(array).any() for array in arrays):
        return said("seen.nan")
    return said("seen.nan_and_inf" if any(np.isnan(a).any() for a in arrays) else "seen.inf")


def kind_of(exercise: Exercise, row: Row, wrong: list[Row]) -> Said | None:
    """What is said of the length or the shape of one of the wrong answers, if it is wrong."""
    difference = compare(row.given, row.right) if row.given is not None else None
    if difference is None:
        return None
    if difference.fault == "length":
        assert row.given is not None
        # The second of a pair stands behind its arrays, and is none of them.
        beside = 1 if exercise.parts else 0
        parts = said(exercise.parts[0]) if exercise.parts else ""
        place = said("seen.list_of", parts=parts) if parts else said("seen.the_list")
        given, right = (len(side) - beside for side in (row.given, row.right))
        return _wrong_length(exercise, place, row, given, right)
    if difference.fault == "shape":
        return _wrong_shape(exercise, row, difference.item, wrong)
    return None


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


def _always_one_shape(wrong: list[Row]) -> bool:
    """Whether arrays of several sizes are asked for, and all that come back have one shape."""
    single = [row for row in wrong if row.given and len(row.given) == len(row.right) == 1]
    given = {np.shape(array) for row in single for array in row.given or ()}
    return len(given) == 1 and given != {()} and len({row.right[0].shape for row in single}) >= 3


def _wrong_shape(exercise: Exercise, row: Row, item: int, wrong: list[Row]) -> Said:
    assert row.given is not None
    given, right = row.given[item], row.right[item]
    alone = len(row.right) == 1 and exercise.returns == "array"
    place = said("seen.returned") if alone else said("seen.entry_of_list", index=item)
    if exercise.parts and item == len(row.right) - 1:
        place = said("seen.list_of", parts=said(exercise.parts[1]))
    if given.ndim == right.ndim == 1:
        return _wrong_length(exercise, place, row, len(given), len(right))
    of_shape = [_only_reshaped(row) for row in wrong if not row.has_right_shapes]
    only_reshaped = all(of_shape) and len(of_shape) >= (2 if row.probe.arguments else 1)
    has, asked = said("seen.another_shape"), said("seen.than_it_should")
    if _may_tell(row, given.shape):
        has = said("seen.shape", shape=_shape(given))
    if _may_tell(row, right.shape):
        asked = said("seen.should_have", shape=_shape(right))
    of_input = _of_input(exercise, place, row)
    values = {"place": place, "has": has, "asked": asked, "of_input": of_input}
    if only_reshaped:
        axes = given.ndim - right.ndim
        which = "too_many" if axes > 0 else "too_few" if axes < 0 else "elsewhere"
        return said(f"seen.only_reshaped_{which}", **values)
    if given.ndim == 0 and given == 0 and len(row.right) > 1 and not exercise.parts:
        return said("seen.never_set", **values)
    if given.ndim == 0:
        return said("seen.wrong_shape_number", **values)
    if exercise.parts and right.ndim == 1 and given.ndim == 2 and len(given) == len(right):
        return said("seen.rows_for_numbers", **values)
    if right.ndim == 1 and given.ndim == 2 and 1 not in given.shape:
        return said("seen.wrong_shape_table", **values)
    return said("seen.wrong_shape", **values)


def _wrong_length(exercise: Exercise, place: Said, row: Row, given: int, right: int) -> Said:
    fewer, told = given < right, _may_tell(row, (right,))
    if _may_tell(row, (given,)):
        has = said("seen.entries", count=given) if given else said("seen.no_entries")
        asked = said("seen.more_are" if fewer else "seen.fewer_are")
        if told:
            asked = said("seen.are", count=right) if right else said("seen.none_is")
        what = said("seen.has_where_asked", has=has, asked=asked)
    elif told and right:
        what = said("seen.fewer_than" if fewer else "seen.more_than", count=right)
    else:
        what = said("seen.fewer_than_asked" if fewer else "seen.more_than_asked")
    key = "seen.too_short" if fewer else "seen.too_long"
    return said(key, place=place, what=what, of_input=_of_input(exercise, place, row))


def _may_tell(row: Row, shape: tuple[int, ...]) -> bool:
    """Whether a shape says nothing of a hidden input but what is known of it anyway."""
    if row.probe.public:
        return True
    if len(shape) > MOST_AXES or any(size > MOST_TOLD for size in shape):
        return False
    return set(shape) <= _likely_sizes(row)


def _likely_sizes(row: Row) -> set[int]:
    """The sizes that a mistake comes to: those of the call, those near them, and their products.

    A product is the size of a flattened matrix.
    """
    sizes = {0, 1, len(row.right)}
    for value in (*row.probe.arguments, *row.right):
        if isinstance(value, int):
            sizes.add(value)  # Such as how many rounds there are to be.
        items = value if isinstance(value, list) else [value]
        sizes |= {len(items)}.union(*(np.shape(item) for item in items))
    products = {a * b for a, b in combinations_with_replacement(sizes, 2)}
    return products | {size + step for size in sizes for step in (-1, 0, 1)}


def _only_reshaped(row: Row) -> bool:
    """Whether all numbers are right, in their order, whatever the shapes."""
    return (
        row.given is not None
        and [g.size for g in row.given] == [r.size for r in row.right]
        and all(
            close(g.ravel(), r.ravel()).all() for g, r in zip(row.given, row.right, strict=True)
        )
    )


def _shape(array: Floats) -> Said | str:
    return said("picture.no_shape") if array.ndim == 0 else str(array.shape)


def _of_input(exercise: Exercise, place: Said, row: Row) -> Said | str:
    """The sizes of what it was called with; those of lists say nothing of one entry's size."""
    shapes = []
    without_lists = exercise.parts or place.key == "seen.entry_of_list"
    for name, value in zip(exercise.parameters, row.probe.arguments, strict=True):
        if isinstance(value, np.ndarray) and _may_tell(row, value.shape):
            shapes.append(said("seen.of_shape", name=name, shape=str(value.shape)))
        elif isinstance(value, list) and not without_lists and _may_tell(row, (len(value),)):
            shapes.append(said("seen.of_list", name=name, count=len(value)))
    return said("seen.for_input", shapes=InARow(tuple(shapes))) if shapes else ""


# --- which entries -----------------------------------------------------------------------------


def _entries(exercise: Exercise, rows: list[Row]) -> Iterator[Said]:
    """Which entries are wrong; of answers of several shapes only that they repeat."""
    alike, wrong = _alike(rows), [row for row in rows if _is_wrong(row)]
    if not alike or all(map(in_another_order, alike)):
        return  # Which places are wrong follows from it.
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
    elif all(w[-1] and not any(w[:-1]) for w in several):
        yield said("seen.only_last_item")
    elif all(w[0] and not any(w[1:]) for w in several):
        yield said("seen.only_first_item")
    elif first_right and (only := _only_entry(several)) and _shows_only(rows, wrong, only):
        yield said("seen.only_item", index=only)
    elif top_right:
        yield said("seen.top_right")
    elif first_right:
        first = min(w.index(True) for w in several)
        shown = any(
            row.probe.public and w.index(True) == first for row, w in zip(rows, wrong, strict=True)
        )
        last = first - 1 if shown else 0
        if last or not all(map(_begins_with_argument, rows)):
            yield said("seen.right_up_to", index=last)


def _hold_one_array(rows: list[Row]) -> bool:
    """Whether all that is in each list is the same, and not for being 0."""
    lists = [row.given for row in rows if row.given]
    return all(np.array_equal(one, given[-1]) for given in lists for one in given) and any(
        given[-1].any() for given in lists
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


# --- how the wrong entries relate to the right ones --------------------------------------------
