"""What the answers of a function show, by the kinds of slip in its code that can have made them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.assignment.judging import Answer, close
from autograder.assignment.probe import has_whole_numbers
from autograder.assignment.rows import Row, finite, in_another_order, is_close

Rows = Sequence[Row]
#: So many wrong answers at least must bear a trace that could come by chance.
_FEWEST = 3
#: So far from 1 a length may be by rounding.
_NEAR = 1e-6


def _wrong(rows: Rows) -> list[Row]:
    return [row for row in rows if not row.is_right]


def any_answers(_rows: Rows) -> bool:
    """Whatever comes back: the code alone shows it."""
    return True


def without_numbers(rows: Rows) -> bool:
    """Whether nothing comes back that can be judged where it isn't right."""
    return not any(row.given for row in _wrong(rows))


def unit_vectors(rows: Rows) -> bool:
    """Whether rows of length 1 come back, each in the place of a number.

    They may be shorter where something keeps from dividing by 0.
    """
    pairs = [(row.given[0], row.right[0]) for row in _wrong(rows) if row.given and row.right]
    if len(pairs) < _FEWEST or any(g.ndim != 2 or g.shape[:1] != r.shape for g, r in pairs):
        return False
    lengths = np.concatenate([np.linalg.norm(given, axis=1) for given, _ in pairs])
    return bool((lengths < 1 + _NEAR).all() and (lengths > 1 - _NEAR).mean() > 0.5)


def mostly_wrong(rows: Rows) -> bool:
    """Whether most answers are wrong."""
    return 2 * len(_wrong(rows)) > len(rows)


def of_one_shape(rows: Rows) -> bool:
    """Whether all arrays that come back have one shape, where several are asked for."""
    given = {row.given[0].shape for row in rows if row.given and len(row.given) == 1}
    asked = {row.right[0].shape for row in rows if len(row.right) == 1}
    return len(given) == 1 and len(asked) >= _FEWEST


def of_another_length(rows: Rows) -> bool:
    """Whether a list comes back with more entries, or fewer, than is asked for."""
    return any(row.given is not None and len(row.given) != len(row.right) for row in rows)


def too_few(rows: Rows) -> bool:
    """Whether a list has fewer entries than is asked for, or fewer numbers at its end."""
    return any(
        row.given is not None
        and (len(row.given) < len(row.right) or _shorter(row.given[-1:], row.right[-1:]))
        for row in rows
    )


def one_more(rows: Rows) -> bool:
    """Whether all lists that come back are wrong, and have one entry more than is asked for."""
    pairs = [(row.given, row.right) for row in rows if row.given is not None]
    return bool(pairs) and all(len(given) == len(right) + 1 for given, right in pairs)


def unfinished(rows: Rows) -> bool:
    """Whether too little comes back, or what is wrong was left at 0."""
    wrong = [row for row in _wrong(rows) if row.given is not None and row.has_right_shapes]
    return too_few(rows) or (
        len(wrong) >= _FEWEST
        and not any(
            np.any(g[mask])
            for row in wrong
            for g, mask in zip(row.given or (), row.wrong(), strict=True)
        )
    )


def fewer_numbers(rows: Rows) -> bool:
    """Whether there are fewer numbers than are asked for, or rows of several lengths."""
    return any(
        row.given is None or sum(map(np.size, row.given)) < sum(map(np.size, row.right))
        for row in rows
    )


def in_more_brackets(rows: Rows) -> bool:
    """Whether what comes back has more axes than what is asked for."""
    pairs = [(row.given, row.right) for row in _wrong(rows) if row.given]
    return any(given[0].ndim > right[0].ndim for given, right in pairs if right)


def a_table_for_a_row(rows: Rows) -> bool:
    """Whether each wrong answer has a table of several rows and columns where one row belongs."""
    wrong = [row for row in _wrong(rows) if row.given]
    several = [row for row in wrong if any(right.size > 1 for right in row.right)]
    return len(several) >= _FEWEST and all(
        any(
            g.ndim == 2 and r.ndim == 1 and 1 not in g.shape
            for g, r in zip(row.given or (), row.right, strict=False)
        )
        for row in several
        if all(right.size > 1 for right in row.right)
    )


def shaped_as_an_argument(rows: Rows) -> bool:
    """Whether all that comes back has the shape of one of the arguments, where another is right."""
    given = [row for row in rows if row.given and len(row.given) == 1]
    wrong = [row for row in given if not row.has_right_shapes]
    return len(wrong) >= _FEWEST and any(
        all(_is_shaped_as(row, at) for row in given) for at in range(len(wrong[0].probe.arguments))
    )


def _is_shaped_as(row: Row, at: int) -> bool:
    argument = row.probe.arguments[at]
    return isinstance(argument, np.ndarray) and (row.given or [])[0].shape == argument.shape


def in_other_places(rows: Rows) -> bool:
    """Whether numbers are missing, or stand in other places than they should."""
    return any(
        (g.ndim == r.ndim == 1 and g.size < r.size)
        or (g.shape == r.shape and bool(close(np.sort(g, axis=None), np.sort(r, axis=None)).all()))
        for row in _wrong(rows)
        for g, r in zip(row.given or (), row.right, strict=False)
    )


def lists_in_another_order(rows: Rows) -> bool:
    """Whether lists hold all that they should, in another order."""
    return any(map(in_another_order, _wrong(rows)))


def _shorter(given: Answer, right: Answer) -> bool:
    return any(np.size(g) < np.size(r) for g, r in zip(given, right, strict=False))


def stops_or_shorter(rows: Rows) -> bool:
    """Whether something stops, or has fewer numbers than it should."""
    return any(
        row.given is None or _shorter(row.given, row.right) for row in rows if not row.is_right
    )


def flatter(rows: Rows) -> bool:
    """Whether what comes back has fewer axes than what is asked for."""
    pairs = [(row.given, row.right) for row in _wrong(rows) if row.given]
    return any(
        g.ndim < r.ndim for given, right in pairs for g, r in zip(given, right, strict=False)
    )


def number_for_array(rows: Rows) -> bool:
    """Whether each wrong answer is one number where an array of numbers is asked for."""
    pairs = [(row.given, row.right) for row in _wrong(rows) if row.given is not None]
    return len(pairs) >= _FEWEST and all(
        len(given) == len(right) == 1 and given[0].ndim == 0 < right[0].ndim
        for given, right in pairs
    )


def in_the_right_shapes(rows: Rows) -> bool:
    """Whether something comes back each time, and as many numbers as should."""
    return all(row.given is not None and row.has_right_shapes for row in rows if not row.is_right)


def only_of_several(rows: Rows) -> bool:
    """Whether what is wrong is a list with several entries each time."""
    wrong = _wrong(rows)
    short = [row for row in rows if row.is_right and len(row.right) == 1]
    return bool(short) and all(len(row.right) > 1 for row in wrong)


def cut_to_whole_numbers(rows: Rows) -> bool:
    """Whether what is wrong is what is right without its decimals.

    In lists what is wrong first says so, where what comes after it is worked out from that.
    """
    wrong = [row for row in _wrong(rows) if row.has_right_shapes and row.given is not None]
    arrays = [_wrong_numbers(row) for row in wrong]
    if all(_is_cut(one) for of_row in arrays for one in of_row):
        return bool(wrong)
    return len(wrong) >= _FEWEST and all(_is_cut(of_row[0]) for of_row in arrays if of_row)


def _wrong_numbers(row: Row) -> list[tuple[NDArray[Any], NDArray[Any]]]:
    """The wrong numbers of each array that has some, beside the right ones."""
    return [
        (g[mask], r[mask])
        for g, r, mask in zip(row.given or (), row.right, row.wrong(), strict=True)
        if mask.ndim and mask.any()
    ]


def _is_cut(numbers: tuple[NDArray[Any], NDArray[Any]]) -> bool:
    given, right = numbers
    return bool((given == np.trunc(right)).all())


def mostly_in_the_last(rows: Rows) -> bool:
    """Whether of what comes back the last of several arrays alone is wrong, most times."""
    lists = [row for row in _wrong(rows) if row.given and len(row.given) == len(row.right) > 1]
    before = [
        all(map(is_close, (row.given or [])[:-1], row.right[:-1]))  # The last may have any length.
        for row in lists
    ]
    return 2 * sum(before) > len(_wrong(rows))


def whole_for_others(rows: Rows) -> bool:
    """Whether whole numbers alone come back, where others are asked for."""
    wrong = [row for row in _wrong(rows) if row.has_right_shapes and row.given is not None]
    return len(wrong) >= _FEWEST and all(
        bool((g == np.round(g)).all() and (r != np.round(r))[mask].all())
        for row in wrong
        for g, r, mask in zip(row.given or (), row.right, row.wrong(), strict=True)
        if mask.ndim and mask.any()
    )


def of_whole_numbers_alone(rows: Rows) -> bool:
    """Whether what is wrong was made of arrays without room for decimals, and others are right."""
    wrong, right = _wrong(rows), [row for row in rows if row.is_right]
    return (
        bool(wrong)
        and len(right) >= _FEWEST
        and in_the_right_shapes(wrong)
        and all(any(map(has_whole_numbers, row.probe.arguments)) for row in wrong)
    )


def some_numbers(rows: Rows) -> bool:
    """Whether wrong numbers come back that can be compared."""
    return any(row.has_right_shapes and finite(row.given or []) for row in _wrong(rows))


#: Exponentials of what is above are inf, and their products before that.
OF_INF, OF_PRODUCTS = 710, 350


def like_another_entry(rows: Rows) -> bool:
    """Whether entries of lists are, number for number, others that should differ from them."""
    return sum(map(_repeats_another, _wrong(rows))) >= _FEWEST


def _repeats_another(row: Row) -> bool:
    given, right = row.given or [], row.right
    return len(given) == len(right) and any(
        np.any(given[i]) and np.array_equal(given[i], given[j]) and not is_close(right[i], right[j])
        for i, j in combinations(range(len(right)), 2)
    )


def overflows(rows: Rows) -> bool:
    """Whether what is no number comes back for inputs far from 0, and for those alone."""
    wrong = [row for row in _wrong(rows) if row.given is not None]
    without = [row for row in wrong if not finite(row.given or [])]
    if len(without) < _FEWEST or not any(row.is_right for row in rows):
        return False
    inputs = [row.probe.arguments[0] for row in rows]
    if not all(isinstance(one, np.ndarray) and one.ndim == 1 for one in inputs):
        return len(without) == len(wrong)
    too_large = [row for row in rows if row.probe.arguments[0].max() > OF_INF]
    return all(np.abs(row.probe.arguments[0]).max() > OF_PRODUCTS for row in wrong) and all(
        row.given is not None and not finite(row.given) for row in too_large
    )


def _first_alone(rows: Rows) -> bool:
    """Whether only what stands first is wrong: an entry, a row, a column or an array of several."""
    return _at_one_end(rows, 0)


def without_the_first(rows: Rows) -> bool:
    """Whether what stands first is wrong alone, or missing each time."""
    short = [row for row in _wrong(rows) if row.given and len(row.given) == len(row.right) == 1]
    return _first_alone(rows) or (
        len(short) >= _FEWEST
        and all(
            given.ndim and len(given) + 1 == len(right)
            for row in short
            for given, right in zip(row.given or (), row.right, strict=True)
        )
    )


def _wrong_places(rows: Rows) -> list[NDArray[Any]]:
    """Which entries of each array are wrong, of those in which any is."""
    return [
        np.atleast_1d(mask)
        for row in _wrong(rows)
        if row.has_right_shapes
        for mask in row.wrong()
        if np.any(mask)
    ]


def changed_on_the_way(rows: Rows) -> bool:
    """Whether what stands first is mostly right, and much of what comes after it wrong."""
    masks = _wrong_places(rows)
    first_wrong = [bool(np.any(mask[0])) for mask in masks]
    return len(masks) >= _FEWEST and sum(first_wrong) < 0.2 * len(masks)


def first_never_set(rows: Rows) -> bool:
    """Whether what stands first in a list of several alone is always 0 where it is wrong."""
    lists = [
        row.given
        for row in _wrong(rows)
        if row.given
        and len(row.given) == len(row.right) > 1
        and not is_close(row.given[0], row.right[0])
    ]
    others = any(np.any(one) for given in lists for one in given[1:])
    return len(lists) >= _FEWEST and others and not any(np.any(given[0]) for given in lists)


def last_alone(rows: Rows) -> bool:
    """Whether only what stands last is wrong: an entry, a row, a column or an array of several."""
    return _at_one_end(rows, -1)


def _at_one_end(rows: Rows, end: int) -> bool:
    wrong = [row for row in _wrong(rows) if row.given is not None]
    if len(wrong) < _FEWEST or not all(row.has_right_shapes for row in wrong):
        return False
    masks = [np.atleast_2d(mask) for row in wrong for mask in row.wrong() if np.any(mask)]
    lines = [[np.atleast_1d(mask.any(axis=axis)) for mask in masks] for axis in (0, 1)]
    return any(
        any(line.size > 1 for line in of_axis)
        and all(line[end] and line.sum() == 1 for line in of_axis)
        for of_axis in lines
    )


def all_along_alike(rows: Rows) -> bool:
    """Whether what is wrong has the same number all along its rows, or all along its columns."""
    wrong = [row for row in _wrong(rows) if row.given is not None]
    arrays = [
        given
        for row in wrong
        for given, right in zip(row.given or (), row.right, strict=False)
        if given.ndim and given.size and not is_close(given, right)
    ]
    return len(wrong) >= _FEWEST and any(
        all(given.ndim and np.ptp(given, axis=axis).max() < 1e-9 for given in arrays)
        and any(given.shape[axis] > 1 for given in arrays)
        for axis in (0, -1)
    )


def beside_the_diagonal(rows: Rows) -> bool:
    """Whether a matrix is wrong beside its diagonal, or of another shape."""
    pairs = [
        (given, right)
        for row in _wrong(rows)
        for given, right in zip(row.given or (), row.right, strict=False)
    ]
    return any(
        given.shape != right.shape
        or (
            given.ndim == 2
            and bool((~close(given, right) & ~np.eye(*given.shape, dtype=np.bool_)).any())
        )
        for given, right in pairs
    )


def sometimes(rows: Rows) -> bool:
    """Whether several answers are right, and several wrong."""
    wrong = len(_wrong(rows))
    return min(wrong, len(rows) - wrong) >= _FEWEST


def number_for_one_entry(rows: Rows) -> bool:
    """Whether each wrong answer has a number without an axis in the place of a single entry."""
    wrong = _wrong(rows)
    return len(wrong) >= _FEWEST and all(
        any(
            g.ndim == 0 and r.shape == (1,)
            for g, r in zip(row.given or (), row.right, strict=False)
        )
        for row in wrong
    )


def sometimes_in_shape(rows: Rows) -> bool:
    """Whether several answers are right, and the others wrong in their numbers alone."""
    return sometimes(rows) and in_the_right_shapes(rows)


def mostly_near(rows: Rows) -> bool:
    """Whether most of what comes back is right, or nearly so."""
    near = [
        np.isclose(g, r, rtol=0.1, atol=0.05).ravel()
        for row in rows
        if row.has_right_shapes
        for g, r in zip(row.given or (), row.right, strict=True)
    ]
    return bool(near) and bool(np.concatenate(near).mean() > 0.6)


def zeros_and_ones(rows: Rows) -> bool:
    """Whether what is wrong holds nothing but 0 and 1, as the answers of a comparison do."""
    wrong = [row for row in _wrong(rows) if row.given]
    return bool(wrong) and all(np.isin(g, (0, 1)).all() for row in wrong for g in row.given or ())


def equal_entries_alone(rows: Rows) -> bool:
    """Whether what is wrong has a vector with equal entries each time."""
    wrong, right = _wrong(rows), [row for row in rows if row.is_right]
    return bool(wrong) and all(map(_has_equals, wrong)) and not all(map(_has_equals, right))


def _has_equals(row: Row) -> bool:
    arrays = (one for one in row.probe.arguments if isinstance(one, np.ndarray))
    return any(one.ndim == 1 and np.unique(one).size < one.size for one in arrays)


def of_equals_alone(rows: Rows) -> bool:
    """Whether what is wrong has something twice each time: a number, a matrix, an example."""
    wrong = _wrong(rows)
    return bool(wrong) and all(_has_equals(row) or _has_equal_items(row) for row in wrong)


def _has_equal_items(row: Row) -> bool:
    # Of a vector `_has_equals` knows it at less cost.
    lists = (one for one in row.probe.arguments if isinstance(one, (list, tuple)) or _is_table(one))
    return any(
        np.array_equal(one, other) for items in lists for one, other in combinations(items, 2)
    )


def _is_table(one: object) -> bool:
    return isinstance(one, np.ndarray) and one.ndim > 1


def of_one_depth(rows: Rows) -> bool:
    """Whether it is right just where a list that comes in has one certain length."""
    lengths: dict[bool, list[int]] = {True: [], False: []}
    for row in rows:
        first = next((one for one in row.probe.arguments if isinstance(one, list)), [])
        lengths[row.is_right].append(len(first))
    right, wrong = lengths[True], {*lengths[False]}
    return len(right) >= _FEWEST and len({*right}) == 1 and not wrong & {*right} and len(wrong) > 1


def of_single_entries(rows: Rows) -> bool:
    """Whether just lists of a single entry make it go wrong, those that stop it among them."""
    wrong = [row for row in rows if not row.is_right]
    right = [row for row in rows if row.is_right]
    several = [row for row in right if not _has_single_entry(row)]
    return bool(wrong) and len(several) >= _FEWEST and all(map(_has_single_entry, wrong))


def _has_single_entry(row: Row) -> bool:
    first = next((one for one in row.probe.arguments if isinstance(one, list)), [])
    return len(first) == 1


def square_alone(rows: Rows) -> bool:
    """Whether what is wrong has a matrix that is not square, and what is right has none."""
    wrong = _wrong(rows)
    right = [row for row in rows if row.is_right]
    return (
        min(len(wrong), len(right)) >= _FEWEST
        and all(map(_has_oblong, wrong))
        and not any(map(_has_oblong, right))
    )


def _has_oblong(row: Row) -> bool:
    arrays = [np.asarray(one) for one in row.right]
    return any(array.ndim == 2 and array.shape[0] != array.shape[1] for array in arrays)


def unmoved_by_one_step(rows: Rows) -> bool:
    """Whether the list that comes in first comes back as it was, where one step is to change it."""
    single = [row for row in _wrong(rows) if row.probe.steps == 1 and row.has_right_shapes]
    return len(single) > 1 and all(map(_is_unmoved, single))


def _is_unmoved(row: Row) -> bool:
    came = row.probe.arguments[0]
    return isinstance(came, list) and all(
        np.array_equal(given, one) for given, one in zip(row.given or (), came, strict=False)
    )


def stands_still(rows: Rows) -> bool:
    """Whether the last array repeats the number before, as where a round changes nothing."""
    return sum(map(_repeats_a_number, _wrong(rows))) >= _FEWEST


def _repeats_a_number(row: Row) -> bool:
    if not row.given or not row.has_right_shapes or row.right[-1].ndim != 1:
        return False
    given, right = row.given[-1], row.right[-1]
    return bool(((given[1:] == given[:-1]) & ~close(right[1:], right[:-1])).any())


def unmoved_at_times(rows: Rows) -> bool:
    """Whether a single step changes nothing, or one round of several."""
    return unmoved_by_one_step(rows) or stands_still(rows)


def moved_wrongly_by_one_step(rows: Rows) -> bool:
    """Whether most of what one step makes has another number than it should, and did change."""
    single = [row for row in rows if row.probe.steps == 1 and row.has_right_shapes]
    return 2 * len(_wrong(single)) > len(single) > 1 and not unmoved_by_one_step(rows)
