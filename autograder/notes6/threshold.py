"""`threshold`: what does not exceed −1 is blocked, the rest passes unchanged (6.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.assignment.exercise import Exercise
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    WRONG_SIGN,
    add_array_faults,
    declare,
    finish,
)
from autograder.assignment.probe import Probe, Random
from autograder.assignment.recipe import Recipe, Step, same
from autograder.assignment.rows import Row, public
from autograder.notes6 import draws, hand
from autograder.notes6.draws import Array, moved
from autograder.notes6.formulas import VOCABULARIES
from autograder.notes6.in_pieces import in_pieces
from autograder.notes6.quantities import QUANTITIES
from autograder.notes6.shown_by import SHOWN_BY
from autograder.notes6.vectors import (
    FIFTY,
    VECTOR_SHAPES,
    Faults,
    allowed,
    by_input_value,
    ordinary,
    sigmoid,
    stable_softmax,
    vector_inputs,
    vector_probe,
)
from autograder.source.phrases import Said, said


def above(x: Any) -> Any:
    return x > -1


def nothing(x: Any) -> Any:
    return np.zeros(x.shape)


def chosen(x: Any, values: Any, mask: Any) -> Any:
    return values


def choose(s: Any, x: Any) -> Any:
    mask = s.above(x)
    return s.chosen(x, np.where(mask, s.high(x), s.low(x)), mask)


def whole(function: Step) -> dict[str, Step]:
    """The steps of a student who computes another function, with no condition at all."""
    return {
        "above": above,
        "high": same,
        "low": nothing,
        "chosen": lambda x, values, mask: function(x),
    }


def _kept(x: Any, values: Any, mask: Any) -> Any:
    """What is blocked holds what was let through last before it; 0 where nothing was."""
    last = np.maximum.accumulate(np.where(mask, np.arange(1, x.size + 1), 0))
    return np.append(0.0, x)[last]


def _sorted_down(values: Any) -> Any:
    return np.sort(values)[::-1]


#: Other conditions in place of ``x > -1``.
CONDITIONS: Faults = {
    "threshold-at-0": {"above": lambda x: x > 0},
    "threshold-at-plus-1": {"above": lambda x: x > 1},
    "threshold-at-plus-1-included": {"above": lambda x: x >= 1},
    "exactly-minus-1-let-through": {"above": lambda x: x >= -1},
    "condition-reversed": {"above": lambda x: x < -1},
    "branches-exchanged": {"above": lambda x: x <= -1},
    "sizes-above-1-let-through": {"above": lambda x: np.abs(x) > 1},
    "only-between-minus-1-and-1": {"above": lambda x: np.abs(x) < 1},
    "only-from-minus-1-to-1": {"above": lambda x: np.abs(x) <= 1},
    "one-blocks-all": {"above": lambda x: np.full(x.shape, np.all(x > -1))},
    "one-lets-all-through": {"above": lambda x: np.full(x.shape, np.any(x > -1))},
}

_VALUES: Faults = {
    "ones-in-place-of-values": {"high": np.ones_like},
    "distance-from-threshold": {"high": lambda x: x + 1},
    "values-capped-at-1": {"high": lambda x: np.minimum(x, 1)},
    "blocked-set-to-minus-1": {"low": lambda x: -np.ones_like(x)},
    "threshold-and-zero-exchanged": {
        "above": lambda x: x > 0,
        "low": lambda x: -np.ones_like(x),
    },
    "blocked-set-to-1": {"low": np.ones_like},
    "blocked-set-to-nan": {"low": lambda x: np.full(x.shape, np.nan)},
    "blocked-sign-turned": {"low": np.negative},
    "nothing-blocked": {"low": same},
    "leak-of-a-hundredth": {"low": lambda x: 0.01 * x},
    "leak-of-a-tenth": {"low": lambda x: 0.1 * x},
    "blocked-left-out": {"chosen": lambda x, values, mask: values[mask]},
    "blocked-moved-to-the-end": {
        "chosen": lambda x, values, mask: np.append(values[mask], values[~mask])
    },
    "blocked-keep-the-value-before": {"chosen": _kept},
    "inputs-sorted-first": whole(lambda x: np.where(np.sort(x) > -1, np.sort(x), 0)),
    "sorted-from-the-largest": whole(lambda x: _sorted_down(np.where(x > -1, x, 0))),
    "only-the-first-entry-treated": {
        "chosen": lambda x, values, mask: np.append(values[:1], x[1:])
    },
    "positions-in-place-of-values": {"chosen": lambda x, values, mask: np.flatnonzero(mask)},
    "sigmoid-in-place-of-threshold": whole(sigmoid),
    "tanh-in-place-of-threshold": whole(np.tanh),
    "softmax-in-place-of-threshold": whole(stable_softmax),
}


def _threshold(s: Any, c: Any, x: Any) -> Any:
    return finish(s, choose(s, np.asarray(x, dtype=float)))


recipe = Recipe(
    "threshold",
    _threshold,
    above=above,
    high=same,
    low=nothing,
    chosen=chosen,
    **OUTPUT_STEPS,
)
declare(recipe, CONDITIONS | _VALUES | VECTOR_SHAPES)
add_array_faults(
    recipe,
    without=(
        # That is what comes of a threshold at 0.
        "negative-entries-set-to-0",
        # The inputs have hardly more decimals, and come out as they are.
        "rounded-to-3-decimals",
        "rounded-to-4-decimals",
    ),
)


# --- what it is tried on ------------------------------------------------------------------------

#: An entry right at the edge and one near it.
AT_THE_EDGE = [0.5, -1.0, -2.0, -0.75]
#: The numbers closest to -1, on both sides, that single precision has.
NEIGHBOURS = np.array([-1 + 2**-24, -1 - 2**-23])


def around_the_edge(name: str, rng: Random) -> Iterator[Probe]:
    """What is special to a threshold at −1."""
    exact = moved(rng, [0.34, -1.0, -1.4, 1.4, -1.0, -0.34, 0.7])
    exact[[1, 4]] = -1
    yield vector_probe(name, exact, "at the threshold")
    near = -1 + moved(rng, [0.03, -0.03, 3e-6, -3e-6, 1.4])
    for x in (near, np.append(NEIGHBOURS, moved(rng, [9.3e5]))):
        yield vector_probe(name, x, "at the threshold")
    # They add up to 0, but aren't all 0.
    one, other = draws.exact(rng, [1.4, 0.7])
    yield vector_probe(name, [one, other, -(one + other)], "zeros and equal entries")
    for base in (
        [-1.4, -2.4, -3.4],
        [-1.4, 0.7, -2.4, -3.4],
        [0.7, 1.4, -0.3],
        [-0.43, -0.15],
        [0.0, 0.0],
        [-2.4, -0.34],
        # Several that are blocked in a row, and more than ten that pass.
        [0.7, -1.4, -2.4, -1.6, -3.4, -1.3, -2.4, -1.4, -0.34, 1.4],
        np.abs(FIFTY[:24]),
    ):
        yield vector_probe(name, moved(rng, base), "all, none or one above")
    yield vector_probe(name, [-1.0], "at the threshold")
    yield vector_probe(name, moved(rng, [-0.43]), "one entry, or many")
    yield vector_probe(name, [-1, 3, -2, 200 + int(rng.integers(0, 9))], "whole numbers")
    for x in (
        moved(rng, [1400.0, -1400.0, 7e5, -7e5, 3.4e4, -150.0]),
        moved(rng, [1.4e-6, -1.4e-6, 3.4e-4, -2.4e-3]),
    ):
        yield vector_probe(name, x, "large and small values")


#: So many vectors at least must hold entries of both kinds.
_FEWEST_MIXED = 5
#: What people compare the entries with in place of −1, by the words for it.
_LIMITS: dict[str, Callable[[Array], float]] = {
    "mean": np.mean,
    "median": np.median,
    "sum": np.sum,
    "largest": np.max,
    "smallest": np.min,
    "first": lambda x: x[0],
    "last": lambda x: x[-1],
    "spread": np.std,
    "half_of_largest": lambda x: np.max(x) / 2,
    "middle": lambda x: (np.max(x) + np.min(x)) / 2,
}


def compared_with_others(rows: list[Row]) -> Iterator[Said]:
    """Whether an entry passes if it lies above what is made of all of them, such as the mean."""
    seen = list(_passing(rows))
    if sum(0 < passes.mean() < 1 for _, passes in seen) < _FEWEST_MIXED:
        return
    for name, limit in _LIMITS.items():
        for above in (np.greater, np.greater_equal):
            if all(np.array_equal(passes, above(x, limit(x))) for x, passes in seen):
                yield said("shared.compared_with", limit=said(f"shared.limit_{name}"))
                return


def threshold_elsewhere(rows: list[Row]) -> Iterator[Said]:
    """Whether all that lies above some other number passes, and all below it is blocked."""
    if not all(map(_lets_through, rows)):
        return
    blocked, passing = _on_both_sides(rows)
    if not blocked or not passing or max(blocked) >= min(passing):
        return
    if max(blocked) <= -1 < min(passing):
        return
    low, high = _on_both_sides(public(rows))
    if low and high and max(low) < min(high):
        yield said("shared.threshold_between", low=f"{max(low):.3g}", high=f"{min(high):.3g}")


def _lets_through(row: Row) -> bool:
    """Whether an answer holds values as they are, or slopes of 1, and 0 else."""
    if row.given is None or not row.has_right_shapes:
        return True
    (given,) = row.given
    if given.ndim == 2:
        return bool(np.isin(np.diagonal(given), (0, 1)).all())
    return bool(((given == 0) | (given == row.probe.arguments[0])).all())


def _on_both_sides(rows: list[Row]) -> tuple[list[float], list[float]]:
    """The input values that were blocked, and those that were let through."""
    seen = list(_passing(rows))
    blocked = [float(value) for x, passes in seen for value in x[~passes]]
    return blocked, [float(value) for x, passes in seen for value in x[passes]]


def _passing(rows: list[Row]) -> Iterator[tuple[Array, Array]]:
    """Vectors, and which entries were let through, or have a slope; none where 0 may be either."""
    for row in rows:
        x = np.asarray(row.probe.arguments[0], dtype=float)
        if row.given is None or not row.has_right_shapes or not x.all() or x.size < 2:
            continue
        given = row.given[0]
        yield x, (np.diagonal(given) if given.ndim == 2 else given) != 0


LEADS_TO = {
    "shared.in_pieces": "shared.in_pieces_next",
    "shared.in_pieces_other": "shared.in_pieces_next",
    "shared.compared_with": "shared.compared_with_next",
    "shared.only_value": "shared.only_value_next",
    "shared.threshold_between": "shared.threshold_between_next",
}

#: How lines look that cause these; ``threshold_jacobian`` has the same.
LOOKS = {
    "threshold-at-0": r"[<>]=?\s*0(\.0*)?(?![\d.])",
    "threshold-at-0-included": r"[<>]=?\s*0(\.0*)?(?![\d.])",
    "threshold-at-plus-1": r"[<>]=?\s*1(\.0*)?(?![\d.])",
    "exactly-minus-1-let-through": r">=\s*-\s*1|<\s*-\s*1",
    "condition-reversed": r"<=?\s*-\s*1",
    "leak-of-a-hundredth": r"(?<![\d.])(0?\.01(?!\d)|1e-0?2\b)",
    "wrong-sign": WRONG_SIGN,
}

exercise = Exercise(
    name="threshold",
    question="practice_6_1",
    parameters=("x",),
    returns="array",
    section="6.2",
    inputs=lambda rng: vector_inputs("threshold", rng, hand.X, AT_THE_EDGE, around_the_edge),
    ordinary=ordinary,
    allowed=allowed,
    recipe=recipe,
    vocabulary=VOCABULARIES["threshold"],
    quantities=QUANTITIES["threshold"],
    shown_by=SHOWN_BY["threshold"],
    properties=(threshold_elsewhere, compared_with_others, by_input_value),
    experiment=in_pieces((1, 0)),
    leads_to=LEADS_TO,
    looks=LOOKS,
    families={
        "sign": ("threshold-at-plus-1",),
    },
    picture="vector",
)
