"""How wrong answers are related to the right ones: factors, limits, other orders, sums so far."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.assignment.judging import ABSOLUTE, Floats
from autograder.assignment.rows import Row, factor_in_words, finite, public
from autograder.source.phrases import Said, said

#: A pattern is stated of so many at least.
FEWEST = 3
#: So small a part of what is right is what is left of 0 by rounding.
_ROUNDING = 1e-9
#: What is off by more than that share and by more than this is off by more than its last digits.
_LAST_DIGITS = 1e-12


def relations(rows: list[Row]) -> Iterator[Said]:
    """Say how the numbers of wrong answers are off."""
    # What is no number says nothing of how the others are off; nor do a few others beside it.
    count = len(rows)
    rows = [row for row in rows if finite(row.given or [])]
    if 2 * len(rows) < count:
        return
    given, right = _wrong_values(rows)
    if len(given) < 2 or not np.isfinite(given).all():
        return
    ratio = given / right
    # What may be told: the same of the public inputs alone.
    shown, asked = _wrong_values(public(rows))
    if all(map(_is_zero_but_for_rounding, rows)):
        yield from _zeros(rows, right)
    elif np.array_equal(given, np.trunc(right)):
        yield said("seen.lost_decimals")
    elif np.array_equal(given, np.rint(given)) and _is_next_whole_number(given, right):
        yield said("seen.whole_numbers")
    elif np.allclose(given, -right, rtol=1e-5):
        yield said("seen.opposite_sign")
    elif _is_one_factor(ratio):
        if len(shown):
            factor = factor_in_words((shown / asked)[0])
            yield said("seen.same_factor_told", factor=factor)
        else:
            yield said("seen.same_factor")
    elif right.any() and np.ptp(given - right) < 1e-6 * max(1.0, np.abs(right).max()):
        if len(shown):
            amount = f"{(shown - asked)[0]:+.4g}"
            yield said("seen.same_amount_told", amount=amount)
        else:
            yield said("seen.same_amount")
    elif np.allclose(np.abs(given), np.abs(right), rtol=1e-5):
        yield said("seen.some_signs")
    elif (limit := _limit(rows)) is not None:
        reached = [v for v in np.abs(shown) if np.isclose(v, limit, rtol=1e-6)]
        if reached:
            yield said("seen.limit_told", limit=f"{reached[0]:.4g}")
        else:
            yield said("seen.limit")
    elif (bounds := _bounds(given, right)) is not None and _kept_within(rows, bounds):
        yield _of_bounds(bounds, _bounds(shown, asked) if len(shown) else None)
    elif _factor_by_item(rows) is None and (how := _how_close(given, right)):
        yield said(f"seen.close{how}")
    elif all(map(_added_up_so_far, rows)):
        yield said("seen.running_sum")
    elif all(_permuted(row) for row in rows):
        yield said("seen.wrong_places")
    elif (length := _longest(rows)) is not None:
        yield _of_length("seen.length_cut", length, public(rows))
    elif (length := _longest(joined := [*map(_joined, rows)])) is not None:
        yield _of_length("seen.lengths_cut_together", length, public(joined))
    elif _factor_by_item(rows) is not None:
        key = "seen.factor_by_item"
        if all(map(_has_one_factor, rows)):
            key = "seen.factor_by_call"
        by_item = _factor_by_item(public(rows))
        if by_item is None:
            yield said(key)
        else:
            yield said(f"{key}_told", factor=factor_in_words(by_item))
    elif np.all(right == 0):
        yield said("seen.not_zero")


def _how_close(given: Floats, right: Floats) -> str:
    """Whether all numbers are near the right ones: ``_rounded``, or nearer; empty if not."""
    if np.allclose(given, right, atol=0.06, rtol=0.02) and np.allclose(
        given, np.round(given, 4), rtol=0, atol=1e-9
    ):
        return "_rounded"
    return "_by_little" if np.allclose(given, right, atol=1e-3, rtol=1e-3) else ""


def passes_by_tolerance(rows: list[Row]) -> bool:
    """Tell whether wrong numbers are near the right ones, and some that pass are not exact either.

    Where it goes wrong may be among those that pass.

    Parameters
    ----------
    rows : list of Row
        Wrong answers in the right shapes.
    """
    given, right = _wrong_values(rows)
    if not np.isfinite(given).all() or not _how_close(given, right):
        return False
    return any(
        bool((~wrong & (np.abs(one - asked) > _ROUNDING * np.abs(asked) + _LAST_DIGITS)).any())
        for row in rows
        for one, asked, wrong in zip(row.given or (), row.right, row.wrong(), strict=True)
    )


def _is_next_whole_number(given: Floats, right: Floats) -> bool:
    """Whether numbers are the whole ones just above or below what has decimals."""
    has_decimals = np.abs(right - np.rint(right)) > 1e-3
    return bool(has_decimals.mean() > 0.9 and (np.abs(given - right) < 1).all())


def _added_up_so_far(row: Row) -> bool:
    """Whether each entry of a vector has all those before it added to it."""
    return all(
        right.ndim == 1 and np.allclose(given, np.cumsum(right), rtol=1e-6)
        for given, right in zip(row.given or (), row.right, strict=True)
    )


def _is_one_factor(ratio: Floats) -> bool:
    """Whether all numbers are off by the same factor, and by one that says something."""
    same = bool(np.isfinite(ratio).all() and np.ptp(ratio) < 1e-5 * abs(ratio[0]))
    return same and abs(ratio[0] - 1) > 1e-3


def hand_relations(rows: list[Row]) -> Iterator[Said]:
    """The same for answers worked by hand: a factor or a difference would tell the right one."""
    given, right = _wrong_values(rows)
    if np.allclose(np.abs(given), np.abs(right), rtol=1e-5):
        yield said("seen.some_signs")
    elif all(_permuted(row) for row in rows):
        yield said("seen.wrong_places")
    elif np.all(given == 0):
        yield said("seen.all_zero")
    elif np.all(right == 0):
        yield said("seen.not_zero")
    elif np.array_equal(np.sign(given), np.sign(right)) and _are_vectors(rows):
        # What is made of products and sums is a vector here.
        yield said("seen.signs_right")


def _are_vectors(rows: list[Row]) -> bool:
    return all(array.ndim == 1 for row in rows for array in row.right)


def _zeros(rows: list[Row], lost: Floats) -> Iterator[Said]:
    """Entries that come back as 0: the small ones alone, or whichever."""
    kept = [
        # What is 0 and right, but for rounding, was not kept either; an array that is right
        # throughout, such as an input that is handed on, says nothing of the others.
        np.abs(r[~mask & (g != 0)]).ravel()
        for row in rows
        for g, r, mask in zip(row.given or [], row.right, row.wrong(), strict=True)
        if r.ndim and mask.any()
    ]
    kept_sizes = np.concatenate([*kept, np.zeros(0)])
    if len(kept_sizes) and np.abs(lost).max() < kept_sizes.min():
        _, shown = _wrong_values(public(rows))
        if len(shown):
            yield said("seen.small_told", size=f"{np.abs(shown).max():.2g}")
        else:
            yield said("seen.small")
    else:
        yield said("seen.all_zero")


def _is_zero_but_for_rounding(row: Row) -> bool:
    """Whether the wrong entries are, beside the size of the right ones of the same answer."""
    given, right = _wrong_values([row])
    return bool(np.abs(given).max(initial=0) <= _ROUNDING * np.abs(right).max(initial=0))


def _wrong_values(rows: list[Row]) -> tuple[Floats, Floats]:
    """All entries that are wrong, and what they should be."""
    given, right = [np.zeros(0)], [np.zeros(0)]
    for row in rows:
        assert row.given is not None
        for g, r, mask in zip(row.given, row.right, row.wrong(), strict=True):
            given.append(np.atleast_1d(g)[np.atleast_1d(mask)])
            right.append(np.atleast_1d(r)[np.atleast_1d(mask)])
    return np.concatenate(given), np.concatenate(right)


def _factor_by_item(rows: list[Row]) -> float | None:
    """A factor of one item, if all entries of each item share one."""
    factors = []
    for row in rows:
        for g, r in zip(row.given or [], row.right, strict=True):
            if g.size < 2 or not np.any(r):
                continue
            factor = float(np.vdot(g, r) / np.vdot(r, r))
            if factor == 0 or not np.allclose(g, factor * r, rtol=1e-4, atol=1e-9):
                return None
            factors.append(factor)
    wrong = [f for f in factors if abs(f - 1) > 1e-4]
    return wrong[0] if wrong else None


def _limit(rows: list[Row]) -> float | None:
    """The bound that the answers come out right but for being cut to, if there is one."""
    values = np.concatenate([np.abs(g).ravel() for row in rows for g in (row.given or [])])
    limit = float(values.max())
    given, _ = _wrong_values(rows)
    at_limit = np.isclose(np.abs(given), limit, rtol=1e-6)
    if limit < ABSOLUTE or at_limit.sum() < 3 or at_limit.mean() <= 0.3:
        return None
    cut = all(
        np.allclose(g, np.clip(r, -limit, limit), rtol=1e-4)
        for row in rows
        for g, r in zip(row.given or [], row.right, strict=True)
    )
    return limit if cut else None


def _bounds(given: Floats, right: Floats) -> tuple[float | None, float | None] | None:
    """What low entries are raised to, and high ones brought down to, if nothing else is wrong."""
    low, high = given[given > right], given[given < right]
    if max(len(low), len(high)) < FEWEST or not len(low):
        return None
    if not all(np.allclose(ends, ends[:1], rtol=1e-6) for ends in (low, high)):
        return None
    # Where all that is raised is one and the same number, another threshold is as likely.
    if np.ptp(right[given > right]) < 1e-6:
        return None
    return float(low[0]), float(high[0]) if len(high) else None


def _kept_within(rows: list[Row], bounds: tuple[float | None, float | None]) -> bool:
    """Whether all answers are the right ones but for being kept within the bounds."""
    masks = [mask for row in rows for mask in row.wrong()]
    return not all(np.all(mask) for mask in masks) and all(
        np.allclose(g, np.clip(r, *bounds), rtol=1e-4)
        for row in rows
        for g, r in zip(row.given or [], row.right, strict=True)
    )


def _of_bounds(
    bounds: tuple[float | None, float | None], shown: tuple[float | None, float | None] | None
) -> Said:
    if shown is None or shown[0] is None:
        return said("seen.floor")
    if bounds[1] is None or shown[1] is None:
        return said("seen.floor_told", low=f"{shown[0]:.4g}")
    return said("seen.floor_and_limit_told", low=f"{shown[0]:.4g}", high=f"{shown[1]:.4g}")


def _longest(rows: list[Row], fewest: int = FEWEST) -> float | None:
    """The length that longer matrices and vectors are brought to, if they are right but for it."""
    lengths, kept = [], [0.0]
    for row in rows:
        for g, r, mask in zip(row.given or [], row.right, row.wrong(), strict=True):
            length = float(np.linalg.norm(r))
            if not np.any(mask):
                kept.append(length)
                continue
            own = float(np.linalg.norm(g))
            if own >= length or not np.allclose(g * length, r * own, rtol=1e-4, atol=1e-7 * length):
                return None
            lengths.append(own)
    if len(lengths) < fewest or not np.allclose(lengths, lengths[0], rtol=1e-4):
        return None
    return lengths[0] if max(kept) <= lengths[0] * (1 + 1e-6) else None


def _of_length(key: str, length: float, shown: list[Row]) -> Said:
    if _longest(shown, fewest=1) is None:
        return said(key)
    return said(f"{key}_told", length=f"{length:.4g}")


def _joined(row: Row) -> Row:
    """The same answer with all its entries in one vector."""
    given, right = (
        np.concatenate([np.ravel(array) for array in arrays])
        for arrays in (row.given or [np.zeros(0)], row.right or [np.zeros(0)])
    )
    return Row(row.probe, [right], [given], row.is_right)


def _has_one_factor(row: Row) -> bool:
    """Whether all matrices, vectors and numbers that are wrong in an answer share one factor."""
    wrong = [
        (np.ravel(given), np.ravel(right))
        for given, right, mask in zip(row.given or [], row.right, row.wrong(), strict=True)
        if np.any(mask)
    ]
    given, right = (np.concatenate(arrays) for arrays in zip(*wrong, strict=True))
    factor = float(np.vdot(given, right) / np.vdot(right, right))
    return bool(np.allclose(given, factor * right, rtol=1e-4, atol=1e-9))


def _permuted(row: Row) -> bool:
    assert row.given is not None
    return all(
        np.allclose(np.sort(g.ravel()), np.sort(r.ravel()), rtol=1e-5)
        for g, r in zip(row.given, row.right, strict=True)
    )
