"""`softmax`: each input's share of the whole, by its exponential (6.2)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import close
from autograder.assignment.output_faults import (
    BUFFER,
    OUTPUT_STEPS,
    WRONG_SIGN,
    add_array_faults,
    declare,
    finish,
    whole_number_buffer,
)
from autograder.assignment.probe import Probe, Random
from autograder.assignment.recipe import Recipe, Step, same
from autograder.assignment.rows import Row, finite
from autograder.notes6 import draws, hand
from autograder.notes6.draws import moved
from autograder.notes6.exponentials import (
    LEADS_TO,
    added_to_sum,
    cut_off,
    far_from_0,
    raised,
    some_far_from_0,
    winner_alone,
)
from autograder.notes6.formulas import VOCABULARIES
from autograder.notes6.quantities import QUANTITIES
from autograder.notes6.shown_by import SHOWN_BY
from autograder.notes6.vectors import (
    FIFTY,
    VECTOR_SHAPES,
    Faults,
    allowed,
    ordinary,
    sigmoid,
    stable_softmax,
    vector_inputs,
    vector_probe,
)
from autograder.source.phrases import Said, said


def _without_maximum(x: Any) -> Any:
    return x - np.max(x)


def plain_exp(y: Any) -> Any:
    """``math.exp`` number by number, in plain Python from beginning to end.

    Raises
    ------
    OverflowError
        Where NumPy would return infinity.
    ZeroDivisionError
        If all are 0: their sum will divide, and plain Python knows no nan there.
    """
    exps = [math.exp(value) for value in y]
    if not any(exps):
        raise ZeroDivisionError("float division by zero")
    return np.array(exps)


#: What is taken off the inputs before the exponential.
_SHIFTS: Faults = {
    "no-shift": {"shift": same},
    "no-shift-with-math-exp": {"shift": same, "exponent": plain_exp},
    "no-shift-under-a-logarithm": {
        "shift": lambda x: x - np.log(np.sum(np.exp(x))),
        "total": lambda e, y, x: 1,
    },
    "smallest-subtracted": {"shift": lambda x: x - np.min(x)},
    "mean-subtracted": {"shift": lambda x: x - np.mean(x)},
    "sum-subtracted": {"shift": lambda x: x - np.sum(x)},
    "first-subtracted": {"shift": lambda x: x - x[0]},
    "largest-or-0-subtracted": {"shift": lambda x: x - max(0.0, np.max(x))},
    "largest-size-subtracted": {"shift": lambda x: x - np.max(np.abs(x))},
    "largest-added": {"shift": lambda x: x + np.max(x)},
    "divided-by-largest-first": {"shift": lambda x: x / np.max(x)},
    "divided-by-largest-size-first": {"shift": lambda x: x / max(1.0, np.max(np.abs(x)))},
    "divided-by-sum-first": {"shift": lambda x: x / np.sum(x)},
    "standardised-first": {"shift": lambda x: (x - np.mean(x)) / np.std(x)},
    "large-inputs-clipped": {"shift": lambda x: np.clip(x, -500, 500)},
    "large-inputs-clipped-at-20": {"shift": lambda x: np.clip(x, -20, 20)},
    "magnitudes-of-inputs": {"shift": lambda x: np.abs(x) - np.max(np.abs(x))},
}

#: What is computed in place of the exponential of each input.
_EXPONENTS: Faults = {
    "no-exponential": {"shift": same, "exponent": same},
    "no-exponential-after-shift": {"exponent": same},
    "squares-in-place-of-exponentials": {"shift": same, "exponent": np.square},
    "sizes-in-place-of-exponentials": {"shift": same, "exponent": np.abs},
    "positive-parts-in-place-of-exponentials": {
        "shift": same,
        "exponent": lambda y: np.maximum(y, 0),
    },
    "inputs-negated": {"shift": lambda x: np.min(x) - x},
    "inputs-negated-after-shift": {"exponent": lambda y: np.exp(-y)},
    "powers-of-2": {"exponent": np.exp2},
    "powers-of-10": {"exponent": lambda y: 10.0**y},
    "inputs-doubled": {"exponent": lambda y: np.exp(2 * y)},
    "inputs-halved": {"exponent": lambda y: np.exp(y / 2)},
    "inputs-divided-by-root-of-length": {"exponent": lambda y: np.exp(y / math.sqrt(len(y)))},
    "sigmoids-normalised": {"shift": same, "exponent": sigmoid},
}

#: What the exponentials are divided by.
_TOTALS: Faults = {
    "not-normalised": {"total": lambda e, y, x: 1},
    "divided-by-largest": {"shift": same, "total": lambda e, y, x: np.max(e)},
    "exponentials-divided-by-length": {"total": lambda e, y, x: len(e)},
    "divided-by-mean": {"total": lambda e, y, x: np.mean(e)},
    "divided-by-sum-of-inputs": {"total": lambda e, y, x: np.sum(x)},
    "divided-by-euclidean-length": {"total": lambda e, y, x: np.linalg.norm(e)},
    "divided-by-exponential-of-sum": {"total": lambda e, y, x: np.exp(np.sum(y))},
    "divided-by-sum-of-others": {"total": lambda e, y, x: np.sum(e) - e},
    # Whoever adds them up by themselves sees that a lone competitor has none, and divides by 1.
    "divided-by-sum-of-others-if-any": {
        "total": lambda e, y, x: np.sum(e) - e if len(e) > 1 else 1
    },
    "each-divided-by-itself": {"total": lambda e, y, x: e},
    "each-shifted-and-divided-by-itself": {"shift": np.zeros_like, "total": lambda e, y, x: e},
    "divided-by-sum-so-far": {"total": lambda e, y, x: np.cumsum(e)},
    "divided-by-sum-of-the-rest": {"total": lambda e, y, x: np.cumsum(e[::-1])[::-1]},
    "inputs-over-sum-of-exponentials": {
        "shift": same,
        "exponent": same,
        "total": lambda e, y, x: np.sum(np.exp(x)),
    },
    "inputs-over-sum-of-shifted-exponentials": {
        "shift": same,
        "exponent": same,
        "total": lambda e, y, x: np.sum(np.exp(x - np.max(x))),
    },
    "divided-by-squared-sum": {"total": lambda e, y, x: np.sum(e) ** 2},
    "divided-by-sum-of-unshifted": {"total": lambda e, y, x: np.sum(np.exp(x))},
    "only-the-sum-shifted": {"shift": same, "total": lambda e, y, x: np.sum(np.exp(x - np.max(x)))},
    "sum-starts-at-1": {"total": lambda e, y, x: 1 + np.sum(e)},
    "sum-misses-last": {"total": lambda e, y, x: np.sum(e[:-1])},
    "sum-misses-first": {"total": lambda e, y, x: np.sum(e[1:])},
}


def _one_hot(x: Any) -> Any:
    return (np.arange(len(x)) == np.argmax(x)) * 1.0


def log_softmax(x: Any) -> Any:
    y = x - np.max(x)
    return y - np.log(np.sum(np.exp(y)))


def _stretched(x: Any) -> Any:
    return (x - np.min(x)) / (np.max(x) - np.min(x))


def _whole(function: Step) -> dict[str, Step]:
    """The steps of a student who computes another function altogether."""
    return {**_STEPS, "other": lambda probabilities, x: function(x)}


def _whole_number_exponentials(shares: Any, x: Any) -> Any:
    """What comes of an integer array made by ``zeros_like(x)`` that holds the exponentials."""
    if np.asarray(x).dtype.kind not in "iub":
        return shares
    e = np.trunc(np.exp(_without_maximum(np.asarray(x, dtype=float))))
    return e / np.sum(e)


_STEPS: dict[str, Step] = {
    "shift": _without_maximum,
    "exponent": np.exp,
    "total": lambda e, y, x: np.sum(e),
    "other": lambda probabilities, x: probabilities,
}

_OTHER_FUNCTIONS: Faults = {
    "sigmoid-in-place-of-softmax": _whole(sigmoid),
    "one-for-the-largest": _whole(_one_hot),
    "one-for-each-largest": _whole(lambda x: (x == np.max(x)) * 1.0),
    "position-of-the-largest": _whole(np.argmax),
    "log-softmax": _whole(log_softmax),
    "no-shift-and-nan-set-to-0": _whole(lambda x: np.nan_to_num(np.exp(x) / np.sum(np.exp(x)))),
    "stretched-from-0-to-1": _whole(_stretched),
    "inputs-sorted-first": _whole(lambda x: stable_softmax(np.sort(x))),
    "sorted-from-the-largest": _whole(lambda x: stable_softmax(np.sort(x)[::-1])),
    "softmax-twice": _whole(lambda x: stable_softmax(stable_softmax(x))),
}


def _softmax(s: Any, c: Any, x: Any) -> Any:
    inputs = np.asarray(x, dtype=float)
    y = s.shift(inputs)
    e = s.exponent(y)
    return finish(s, s.keep(s.other(e / s.total(e, y, inputs), inputs), x))


recipe = Recipe("softmax", _softmax, **_STEPS, keep=lambda p, x: p, **OUTPUT_STEPS)
declare(recipe, _SHIFTS | _EXPONENTS | _TOTALS | _OTHER_FUNCTIONS | VECTOR_SHAPES)
recipe.add("whole-number-buffer", keep=whole_number_buffer)
recipe.add("exponentials-cut-to-whole-numbers", keep=_whole_number_exponentials)
# Probabilities are not negative; the unit vector is the exponentials by their Euclidean length.
add_array_faults(
    recipe, without=("absolute-values", "negative-entries-set-to-0", "normalised-to-length-one")
)


# --- what it is tried on ------------------------------------------------------------------------


def beyond_exp(name: str, rng: Random) -> Iterator[Probe]:
    """What is special to an exponential."""
    # In single precision these are the same numbers.
    large, huge = float(rng.integers(1000, 1500)), float(rng.integers(30_000, 40_000))
    most, apart = float(rng.integers(900_000, 990_000)), float(rng.integers(360, 370))
    # The sum of the exponentials is beyond the range, and none of them alone.
    together = 706 - rng.integers(1, 100, 50) / 1024
    # The largest come after many others, and are hardly beyond the range.
    late = np.append(moved(rng, FIFTY[:46]) - 20, [709.9375, 0.5, 709.25, -2.5])
    for x in (
        -large + np.array([0.0, -1.5, 0.75]),
        np.array([-large - 400, -large, -large - 8, -large + 2, 1.25, 0.5]),
        np.array([large + 900, -large, large + 899, 0.5, -large, -large]),
        np.array([huge, huge - 1.5, -huge, huge - 0.5]),
        np.array([most, most - 1.25]),
        -most + np.array([0.0, 1.25, -0.5]),
        # So far apart that their exponentials have no quotient; and they add up to 0.
        np.array([-apart, apart]),
        np.array([apart, -apart]),
        together,
        late,
        # Numbers as small as these have few digits.
        -742 + rng.integers(0, 64, 3) / 64 + np.array([0.0, 1.0, 2.0]),
        # The largest come twice, and do not stand first.
        np.array([0.5, large, large, -2.5]),
        np.array([3, int(large), int(large) - 1]),
        # What needs no shift yet, and what an unshifted sum is lost in.
        moved(rng, [-30.3]) + np.array([0.0, 0.94]),
        np.array([40.3, 39.4, 0.2]) + moved(rng, [0.7]),
        np.array([401.0, 400.125, 0.875]) + rng.integers(0, 16) / 64,
        moved(rng, [0.7, -12.4, 1.4, -9.3, -6.6]),
        draws.nearly_one(rng, [0.7, 1.4, 9.3, -0.3]),
        draws.nearly_one(rng, [10.7, 0.15]),
        draws.nearly_one(rng, [14.6, 0.15]),
        moved(rng, [1.4e-3, -3.4e-3, 2.4e-3, -0.7e-3]),
        moved(rng, [9.3e-3, -7e-3, 2.4e-3]),
        moved(rng, [0.046, -0.046]),
    ):
        yield vector_probe(name, x, "large and small values")
    # What could be shares already, and nothing at all.
    shares = moved(rng, [0.15, 0.34, 0.62])
    for x in (shares / shares.sum(), np.array([0.0, 1.0, 0.0]), np.zeros(3)):
        yield vector_probe(name, x, "zeros and equal entries")


# --- what can be observed -----------------------------------------------------------------------


def _share_of_1(rows: list[Row]) -> Iterator[Said]:
    """Whether the shares add up to 1."""
    given = [row.given[0] for row in rows if row.given and not row.is_right]
    off = [abs(g.sum() - 1) > 1e-5 for g in given if g.ndim == 1 and np.isfinite(g).all()]
    # Of a few that overflow it says nothing of what is wrong with the others.
    if any(off) and not list(raised(rows)):
        yield said("softmax.share_1")


def _multiplied_inputs(rows: list[Row]) -> Iterator[Said]:
    """Whether the shares are right for inputs that were multiplied first, or all alike."""
    factors, shown, alike = [], [], []
    for row in rows:
        if row.is_right or not row.given or not row.has_right_shapes:
            continue
        x, shares = np.asarray(row.probe.arguments[0], dtype=float), row.given[0]
        apart = x - x.mean()
        if not (shares > 0).all() or not apart.any():
            continue  # no logarithm, or nothing that a factor would change
        logs = np.log(shares)
        factor = float(apart @ logs / (apart @ apart))
        if abs(shares.sum() - 1) > 1e-5 or not np.allclose(
            logs - logs.mean(), factor * apart, atol=1e-4
        ):
            return
        factors.append(factor)
        shown += [factor] if row.probe.public else []
        alike.append(np.ptp(shares) < _ROUNDED * shares.max())
    if len(factors) < _FEWEST:
        return
    if all(alike):
        yield said("softmax.all_alike")
    elif any(alike):
        return
    elif shown:
        yield said("softmax.multiplied_told", factor=f"{shown[0]:.3g}")
    else:
        yield said("softmax.multiplied")


def _proportions(rows: list[Row]) -> Iterator[Said]:
    """Whether shares are right beside one another, and only what divides them all is not."""
    factors = []
    for row in rows:
        if row.is_right or not row.given or not row.has_right_shapes or not finite(row.given):
            continue
        given, right = row.given[0], row.right[0]
        if right.size < 2 or not given.any():
            continue
        factors.append(float(given.sum()))
        if not close(given, factors[-1] * right).all():
            return
    if len(factors) >= _FEWEST and np.ptp(factors) > 1e-3 * max(map(abs, factors)):
        yield said("softmax.proportions_right")


def _only_the_largest(rows: list[Row]) -> Iterator[Said]:
    """Whether in each wrong answer only the largest input's share is wrong, wherever it stands."""
    places = set[int]()
    wrong = [row for row in rows if not row.is_right and row.given and row.has_right_shapes]
    for row in wrong:
        x, mask = np.asarray(row.probe.arguments[0], dtype=float), row.wrong()[0]
        if not mask[x == x.max()].any() or mask[x < x.max()].any():
            return
        places.add(int(np.argmax(x)))
    if len(wrong) >= _FEWEST and len(places) > 1:
        yield said("softmax.only_largest")


#: So many answers at least must show what could come by chance.
_FEWEST = 3
#: Shares that differ by no larger part of them are the same, but for rounding.
_ROUNDED = 1e-13

#: How lines look that cause these; ``softmax_jacobian`` has the same.
LOOKS = {"no-shift": r"\bexp\(", "whole-number-buffer": BUFFER, "wrong-sign": WRONG_SIGN}

exercise = Exercise(
    name="softmax",
    question="practice_6_1",
    parameters=("x",),
    returns="array",
    section="6.2",
    inputs=lambda rng: vector_inputs("softmax", rng, hand.X, None, beyond_exp),
    ordinary=ordinary,
    allowed=allowed,
    recipe=recipe,
    vocabulary=VOCABULARIES["softmax"],
    quantities=QUANTITIES["softmax"],
    shown_by=SHOWN_BY["softmax"],
    properties=(
        cut_off,
        winner_alone,
        far_from_0,
        some_far_from_0,
        added_to_sum,
        raised,
        _proportions,
        _only_the_largest,
        _share_of_1,
        _multiplied_inputs,
    ),
    leads_to=LEADS_TO
    | {
        "softmax.proportions_right": "softmax.proportions_right_next",
        "softmax.only_largest": "softmax.only_largest_next",
        "softmax.all_alike": "softmax.all_alike_next",
        "softmax.multiplied": "softmax.multiplied_next",
        "softmax.multiplied_told": "softmax.multiplied_next",
    },
    looks=LOOKS | {"exponentials-cut-to-whole-numbers": BUFFER},
    families={
        "sign": (
            "inputs-negated",
            "inputs-negated-after-shift",
        ),
        "brackets": ("divided-by-exponential-of-sum",),
    },
    picture="vector",
)
