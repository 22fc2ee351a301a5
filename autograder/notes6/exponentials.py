"""What can be seen of wrong shares: overflow, and what people do against it (6.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from autograder.assignment.judging import Floats, close
from autograder.assignment.rows import Row, public
from autograder.notes6.formulas.shares import jacobian_of_shares, softmax
from autograder.source.phrases import Said, said

#: Beyond these the sum of fifty exponentials is inf (one is from 709.8), or they lose their digits
#: (they are 0 below -745).
_TOO_LARGE, _TOO_SMALL = 705, -708
#: At what people cut inputs off.
_CUTS = (
    *(1, 2, 3, 5, 10, 15, 20, 30, 50, 60, 70, 80, 85, 88, 100, 150, 200, 250, 255, 300),
    *(400, 500, 600, 700, 709, 710, 745, 1000),
)
#: So many answers at least must show what could come by chance.
_FEWEST = 3

LEADS_TO = {
    "softmax.far_below_0": "softmax.far_from_0_next",
    "softmax.far_from_0": "softmax.far_from_0_next",
    "softmax.some_far_from_0": "softmax.some_far_from_0_next",
    "softmax.cut_off": "softmax.cut_off_next",
    "softmax.cut_off_above": "softmax.cut_off_next",
    "softmax.cut_off_below": "softmax.cut_off_next",
    "softmax.cut_off_after_shift": "softmax.cut_off_after_shift_next",
    "softmax.nearer_to_equal": "softmax.nearer_to_equal_next",
    "softmax.all_raised": "softmax.nearer_to_equal_next",
    "softmax.winner_alone": "softmax.cut_off_next",
    "softmax.added_to_sum": "softmax.added_to_sum_next",
    "softmax.added_to_sum_told": "softmax.added_to_sum_next",
}


#: What is nearer than this may be rounded.
_APART = 1e-4
#: Exponentials of what is no larger are numbers, and so are their sums.
_ORDINARY = 600


def _input(row: Row) -> Floats:
    return np.asarray(row.probe.arguments[0], dtype=float)


def _wrong(rows: list[Row]) -> list[tuple[Floats, Floats]]:
    """The inputs and answers of those that are wrong, and as many numbers as are asked for."""
    return [
        (_input(row), row.given[0])
        for row in rows
        if not row.is_right and row.given and row.has_right_shapes
    ]


def far_from_0(rows: list[Row]) -> Iterator[Said]:
    """Whether it goes wrong only where exponentials of the inputs as they are leave the range."""
    largest = {
        right: [float(np.max(_input(row))) for row in rows if row.is_right is right]
        for right in (True, False)
    }
    wrong, right = largest[False], largest[True]
    if not wrong or not right or any(_TOO_SMALL <= x <= _TOO_LARGE for x in wrong):
        return
    if all(x < _TOO_SMALL for x in wrong) and max(right) > _TOO_LARGE:
        yield said("softmax.far_below_0")
    elif all(_TOO_SMALL <= x <= _TOO_LARGE for x in right):
        yield said("softmax.far_from_0")


def some_far_from_0(rows: list[Row]) -> Iterator[Said]:
    """Whether exponentials leave the range for some inputs far from 0, and for others do not."""
    wrong = _wrong(rows)
    overflows = any(not np.isfinite(given).all() for _, given in wrong)
    far = all(np.abs(x).max() > _TOO_LARGE for x, _ in wrong)
    near = [row for row in rows if row.is_right and np.abs(_input(row)).max() > _TOO_LARGE]
    if overflows and far and near and not list(far_from_0(rows)):
        yield said("softmax.some_far_from_0")


def cut_off(rows: list[Row]) -> Iterator[Said]:
    """Whether the shares are those of inputs that were cut off at some size."""
    finite = [row for row in rows if row.given and np.isfinite(row.given[0]).all()]
    wrong = _wrong(finite)
    if len(wrong) < _FEWEST:
        return
    answers = [*wrong, *((_input(row), row.right[0]) for row in finite if row.is_right)]
    for where, cut in _WAYS_TO_CUT.items():
        for limit in _CUTS:
            made = ((_shares(cut(x, limit), given), given) for x, given in answers)
            if all(close(given, shares).all() for shares, given in made):
                yield said(f"softmax.cut_off{where}")
                return


#: How inputs are cut off, by what is said of it: at both ends, at one, or after the shift.
_WAYS_TO_CUT: dict[str, Callable[[Floats, float], Floats]] = {
    "": lambda x, limit: np.clip(x, -limit, limit),
    "_above": lambda x, limit: np.minimum(x, limit),
    "_below": lambda x, limit: np.maximum(x, -limit),
    "_after_shift": lambda x, limit: np.maximum(x - x.max(), -limit),
}


def _shares(x: Floats, given: Floats) -> Floats:
    """Shares, or their Jacobian, whichever is given."""
    return softmax(x) if given.ndim == 1 else jacobian_of_shares(softmax(x))


def winner_alone(rows: list[Row]) -> Iterator[Said]:
    """Whether, where it is wrong, the largest input gets all of the whole."""
    wrong = _wrong(rows)
    if len(wrong) >= _FEWEST and all(
        np.array_equal(given, np.arange(x.size) == np.argmax(x)) for x, given in wrong
    ):
        yield said("softmax.winner_alone")


def raised(rows: list[Row]) -> Iterator[Said]:
    """Whether something is added to each share, or to each exponential before it is divided."""
    slopes, sums = [], []
    for x, given in _wrong(rows):
        shares = softmax(x)
        apart = shares - shares.mean()
        if x.size < _FEWEST or np.abs(apart).max() < _APART or np.abs(x).max() > _ORDINARY:
            continue
        slopes.append(float(apart @ given / (apart @ apart)))
        sums.append(float(given.sum()))
        if not close(given, slopes[-1] * apart + given.mean()).all():
            return
    if len(slopes) < _FEWEST:
        return
    if np.allclose(sums, 1) and min(slopes) > -_APART and max(slopes) < 1 - _APART / 100:
        yield said("softmax.nearer_to_equal")
    elif np.allclose(slopes, 1) and min(sums) > 1 + _APART:
        yield said("softmax.all_raised")


def added_to_sum(rows: list[Row]) -> Iterator[Said]:
    """Whether all shares are too small since something is added to what divides them."""
    for shifted in (True, False):
        added = _added(rows, shifted)
        if len(added) < _FEWEST or max(added) > min(added) * 1.001 or min(added) <= 0:
            continue
        if shown := _added(public(rows), shifted):
            yield said("softmax.added_to_sum_told", amount=f"{shown[0]:.3g}")
        else:
            yield said("softmax.added_to_sum")
        return


def _added(rows: list[Row], shifted: bool) -> list[float]:
    """What was added to the sum of exponentials in each wrong answer, if that is all."""
    found: list[float] = []
    for x, given in _wrong(rows):
        with np.errstate(all="ignore"):
            total = float(np.exp(x - x.max() if shifted else x).sum())
            part = given.sum()
            added = float(total / part - total)
        if not np.isfinite(added) or total == 0:
            continue
        if not close(given, part * softmax(x)).all():
            return []
        found.append(added)
    return found
