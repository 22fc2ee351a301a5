"""Trainings on other examples than those given: scaled, shifted or cut before they are met."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from autograder.assignment.judging import Answer, Floats, compare
from autograder.assignment.probe import Arguments
from autograder.assignment.rows import Row
from autograder.source.phrases import Said, said

#: So many rows are tried at most, of no more than so many steps.
MOST_ROWS, MOST_STEPS = 5, 12
_EPSILON = 1e-8

_Way = Callable[[Floats], Floats]


def _rows(by: _Way) -> _Way:
    """The same done to each example by itself."""
    return lambda X: np.array([by(x) for x in X])


def _columns(by: _Way) -> _Way:
    return lambda X: np.array([by(x) for x in X.T]).T


def _standard(v: Floats) -> Floats:
    # With one example nothing is left but 0, whatever small number keeps it from a division by 0.
    spread: Floats = (v - v.mean()) / (v.std() + _EPSILON)
    return spread


def _winner(v: Floats) -> Floats:
    winner: Floats = (np.arange(len(v)) == v.argmax()).astype(float)
    return winner


#: What people do to inputs first, each to all numbers, to each column and to each example.
_BENT: dict[str, _Way] = {
    "standard": _standard,
    "centred": lambda v: v - v.mean(),
    "from_0_to_1": lambda v: (v - v.min()) / (np.ptp(v) + _EPSILON),
    "over_largest": lambda v: v / v.max(),
    "over_largest_size": lambda v: v / np.abs(v).max(),
    "over_length": lambda v: v / np.linalg.norm(v),
    "over_sum": lambda v: v / v.sum(),
}
_EACH: dict[str, Callable[[_Way], _Way]] = {
    "all": lambda by: by,
    "column": _columns,
    "example": _rows,
}
_INPUTS: list[tuple[Said, _Way]] = [
    *(
        (said(f"prepared.{way}", each=said(f"prepared.each_{each}")), over(by))
        for way, by in _BENT.items()
        for each, over in _EACH.items()
    ),
    *((said("prepared.over_number", number=n), lambda X, n=n: X / n) for n in (255, 100, 10)),
    (said("prepared.sizes"), np.abs),
    (said("prepared.above_0"), lambda X: (X > 0).astype(float)),
    (said("prepared.cut_at_0"), lambda X: np.maximum(X, 0)),
    (said("prepared.whole"), np.trunc),
    (said("prepared.turned"), lambda X: X[:, ::-1]),
]
_TARGETS: list[tuple[Said, _Way]] = [
    (said("prepared.winner"), _rows(_winner)),
    (said("prepared.cut_to_0_and_1"), lambda T: np.clip(T, 0, 1)),
    (said("prepared.rounded"), np.round),
    (said("prepared.over_sum", each=said("prepared.each_example")), _rows(lambda t: t / t.sum())),
    (said("prepared.turned"), lambda T: T[:, ::-1]),
    (said("prepared.one_minus"), lambda T: 1 - T),
    *(
        (
            said("prepared.smoothed", rest=1 - share, share=share),
            lambda T, share=share: T * (1 - share) + share / T.shape[1],
        )
        for share in (0.1, 0.2, 0.05)
    ),
    *(
        (
            said("prepared.kept_within", low=low, high=1 - low),
            lambda T, low=low: T * (1 - 2 * low) + low,
        )
        for low in (0.01, 0.1)
    ),
    *(
        (
            said("prepared.kept_within", low=low, high=1 - low),
            lambda T, low=low: np.clip(T, low, 1 - low),
        )
        for low in (0.01, 0.1)
    ),
]


def of_preprocessed(train: Callable[[Arguments], Answer]) -> Callable[[list[Row]], Iterator[Said]]:
    """An observer of answers that are right for examples to which something was done first.

    Parameters
    ----------
    train : callable
        The right answer to some arguments.
    """

    def observer(rows: list[Row]) -> Iterator[Said]:
        tried = _tried(rows)
        if len(tried) < 2:
            return
        for key, at, ways in (
            ("train.other_inputs", 1, _INPUTS),
            ("train.other_targets", 2, _TARGETS),
        ):
            for way, by in ways:
                if _fits_all(train, tried, at, by):
                    yield said(key, way=way)
                    return

    return observer


def _tried(rows: list[Row]) -> list[Row]:
    """Some wrong answers, those of the fewest steps first, and one of several examples."""
    short = [
        row
        for row in rows
        if not row.is_right and row.given and row.has_right_shapes and 0 < _steps(row) <= MOST_STEPS
    ]
    short.sort(key=_steps)
    several = [row for row in short if len(row.probe.arguments[1]) > 1]
    single = [row for row in short if len(row.probe.arguments[1]) == 1]
    return [*single[: MOST_ROWS - 2], *several[:2]] if several else []


def _steps(row: Row) -> int:
    return len(row.probe.arguments[1]) * int(row.probe.arguments[4])


def _fits_all(train: Callable[[Arguments], Answer], rows: list[Row], at: int, by: _Way) -> bool:
    """Whether that was done in all rows; where it leaves no numbers nothing can be told."""
    told = 0
    for row in rows:
        arguments = row.probe.arguments
        prepared = by(np.asarray(arguments[at], dtype=float))
        if not np.isfinite(prepared).all():
            continue
        if compare(row.given or [], train((*arguments[:at], prepared, *arguments[at + 1 :]))):
            return False
        told += 1
    return told > 1
