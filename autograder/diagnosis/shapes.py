"""What is wrong with the length or shape of what a function returns, or that it is no number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement

import numpy as np

from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import Floats, close, compare
from autograder.assignment.rows import Row, finite, in_another_order, is_close
from autograder.diagnosis.relations import FEWEST
from autograder.diagnosis.which_inputs import shared_by
from autograder.source.phrases import InARow, Said, said

#: A shape that came of a hidden input is told only if it has no larger sizes and no more of them.
MOST_TOLD, MOST_AXES = 12, 2
_RESHAPED = tuple(
    f"seen.only_reshaped_{which}" for which in ("too_many", "too_few", "elsewhere", "rows")
)
#: What is without its first or last row or column.
_WITHOUT: dict[str, tuple[slice, ...]] = {
    "last_column": (slice(None), slice(-1)),
    "first_column": (slice(None), slice(1, None)),
    "last_row": (slice(-1),),
    "first_row": (slice(1, None),),
}
#: The observations on a row or a column that is missing, or comes on top.
EDGES = frozenset(f"seen.{which}_{edge}" for which in ("lacks", "gains") for edge in _WITHOUT)
#: What is a list without its first or last entry.
_WITHOUT_ONE = {"last": slice(-1), "first": slice(1, None)}
_ITEMS = frozenset({
    "seen.lacks_last_item", "seen.lacks_first_item", "seen.gains_last_item",
    "seen.gains_first_item", "seen.gains_last_item_twice", "seen.gains_only_item",
})  # fmt: skip
#: What is told of numbers that are of another shape, or of all.
_OF_ALL = frozenset({
    "seen.nothing_but_zeros",
    "seen.always_one_shape", "seen.items_in_another_order", "seen.list_turned_round",
    "seen.same_answer",
    *EDGES, *_ITEMS,
    "seen.nan_or_inf", "seen.nan_or_inf_besides", "seen.all_the_same", "seen.all_are_the_last",
})  # fmt: skip
#: The observations on the shape or length of what comes back.
_KINDS = frozenset({
    "seen.wrong_shape", "seen.wrong_shape_number", "seen.wrong_shape_table",
    "seen.wrong_shape_square", *_RESHAPED, "seen.never_set", "seen.too_short", "seen.too_long",
    "seen.rows_for_numbers", "seen.number_for_list",
})  # fmt: skip


def says_kind(observation: Said) -> bool:
    """Whether an observation is on the shape or length of what comes back."""
    return observation.key in _KINDS


def is_of_shape(observation: Said) -> bool:
    """Whether an observation is on answers that are of another shape, or on all."""
    return says_kind(observation) or observation.key in _OF_ALL


def kind(exercise: Exercise, wrong: list[Row]) -> Iterator[Said]:
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


def nothing_but_zeros(wrong: list[Row]) -> Iterator[Said]:
    """That all arrays hold zeros alone, where not even their shapes are right."""
    arrays = [array for row in wrong for array in row.given or ()]
    is_off = not any(row.has_right_shapes for row in wrong)
    asked = sum(any(array.any() for array in row.right) for row in wrong)
    are_zeros = bool(arrays) and all(array.ndim and not array.any() for array in arrays)
    if is_off and asked >= FEWEST and are_zeros:
        yield said("seen.nothing_but_zeros")


def turned_round(wrong: list[Row]) -> Iterator[Said]:
    """That the arrays of a list have the right shapes once it is read from its end."""
    off = [row for row in wrong if not row.has_right_shapes]
    if len(off) >= FEWEST and all(map(_fits_turned_round, off)):
        yield said("seen.list_turned_round")


def _fits_turned_round(row: Row) -> bool:
    given = [array.shape for array in row.given or ()]
    return len(given) > 1 and given[::-1] == [array.shape for array in row.right]


def left_out(wrong: list[Row]) -> Iterator[Said]:
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


def item_left_out(wrong: list[Row]) -> Iterator[Said]:
    """That lists are right but for a first or last entry that is missing, or comes on top."""
    pairs = [(list(row.given), list(row.right)) for row in wrong if row.given is not None]
    if len(pairs) < FEWEST:
        return
    if all(len(given) == 1 and not right for given, right in pairs):
        yield said("seen.gains_only_item")
        return
    for end, without in _WITHOUT_ONE.items():
        if all(_are_alike(given[without], right) for given, right in pairs):
            repeats = [_are_alike(given[-1:], given[-2:-1]) for given, _ in pairs if given[1:]]
            twice = end == "last" and repeats and all(repeats)
            yield said(f"seen.gains_{end}_item{'_twice' if twice else ''}")
        elif all(_are_alike(given, right[without]) for given, right in pairs):
            yield said(f"seen.lacks_{end}_item")


def _are_alike(items: list[Floats], others: list[Floats]) -> bool:
    return len(items) == len(others) and all(map(is_close, items, others))


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
    if all((array[~np.isfinite(array)] == -np.inf).all() for array in arrays):
        return said("seen.minus_inf")
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
        return _wrong_shape(exercise, row, _made_first(exercise, row, difference.item), wrong)
    return None


def _made_first(exercise: Exercise, row: Row, item: int) -> int:
    """The entry of another shape that comes first, or last where entries are made backwards."""
    if exercise.order != "backwards":
        return item
    pairs = enumerate(zip(row.given or (), row.right, strict=True))
    return max((at for at, (given, right) in pairs if given.shape != right.shape), default=item)


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
        if not all(_of_as_long_rows(row) for row in wrong if not row.has_right_shapes):
            which = "rows"
        return said(f"seen.only_reshaped_{which}", **values)
    if given.ndim == 0 and given == 0 and len(row.right) > 1 and not exercise.parts:
        return said("seen.never_set", **values)
    if given.ndim == 0 and right.ndim == 1 and place.key == "seen.list_of":
        parts = said(exercise.parts[1])
        return said("seen.number_for_list", parts=parts, asked=asked, of_input=of_input)
    if given.ndim == 0:
        return said("seen.wrong_shape_number", **values)
    in_rows = right.ndim == 1 and given.ndim == 2 and len(given) == len(right)
    if in_rows and (exercise.parts or (alone and 1 not in given.shape and _all_in_rows(wrong))):
        return said("seen.rows_for_numbers", **values)
    if right.ndim == 1 and given.shape == 2 * right.shape and right.size > 1:
        return said("seen.wrong_shape_square", **values)
    if right.ndim == 1 and given.ndim == 2 and 1 not in given.shape:
        return said("seen.wrong_shape_table", **values)
    return said("seen.wrong_shape", **values)


def _all_in_rows(wrong: list[Row]) -> bool:
    """Whether the tables that come back have a row for each number asked for, and no squares."""
    pairs = [(row.given[0], len(row.right[0])) for row in wrong if row.given]
    tables = [(given.shape, asked) for given, asked in pairs if given.ndim == 2]
    is_other = any(shape[1] not in (1, asked) for shape, asked in tables)
    return is_other and all(shape[0] == asked for shape, asked in tables)


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


def _of_as_long_rows(row: Row) -> bool:
    """Whether shapes differ in axes of length 1 alone, so that no row ends at another place."""
    given, right = (
        [[size for size in array.shape if size > 1] for array in side]
        for side in (row.given or (), row.right)
    )
    return given == right


def _shape(array: Floats) -> Said | str:
    return said("picture.no_shape") if array.ndim == 0 else str(array.shape)


def _of_input(exercise: Exercise, place: Said, row: Row) -> Said | str:
    """The sizes of what it was called with; those of lists say nothing of one entry's size."""
    shapes = _counted(exercise, row) if place.key == "seen.list_of" else []
    if shapes:  # They tell its length, whatever is in the other arguments.
        return said("seen.for_input", shapes=InARow(tuple(shapes)))
    without_lists = exercise.parts or place.key == "seen.entry_of_list"
    for name, value in zip(exercise.parameters, row.probe.arguments, strict=True):
        if isinstance(value, np.ndarray) and _may_tell(row, value.shape):
            shapes.append(said("seen.of_shape", name=name, shape=str(value.shape)))
        elif isinstance(value, list) and not without_lists and _may_tell(row, (len(value),)):
            shapes.append(said("seen.of_list", name=name, count=len(value)))
    return said("seen.for_input", shapes=InARow(tuple(shapes))) if shapes else ""


def _counted(exercise: Exercise, row: Row) -> list[Said]:
    """The argument that says how many numbers the last part of the answer has."""
    counts = {
        name: value
        for name, value in zip(exercise.parameters, row.probe.arguments, strict=True)
        if isinstance(value, int) and value == len(row.right[-1]) and _may_tell(row, (value,))
    }
    return [said("seen.of_number", name=name, count=value) for name, value in counts.items()]
