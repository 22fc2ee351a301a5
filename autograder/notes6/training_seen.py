"""What can be seen of a training's answers by how many examples and epochs there are (6.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.assignment.judging import Answer, Floats, compare
from autograder.assignment.probe import Arguments
from autograder.assignment.rows import Row
from autograder.source.phrases import Said, said

#: A pattern is stated of so many at least.
_FEWEST = 3
#: So far below 0 no rounding brings a sum of squares.
_BELOW = -1e-6

Right = Callable[[Arguments], Answer]
LEADS_TO = {
    f"train.{seen}": f"train.{seen}_next"
    for seen in (
        "loss_below_0", "weights_with_several_examples", "losses_with_several_examples",
        "weights_with_several_epochs", "losses_with_several_epochs",
    )
}  # fmt: skip


def loss_below_0(rows: list[Row]) -> Iterator[Said]:
    """Losses that no sum of squares can be."""
    below = [row for row in rows if row.given and np.any(row.given[-1] < _BELOW)]
    if len(below) >= _FEWEST:
        yield said("train.loss_below_0")


def wrong_with_several(rows: list[Row]) -> Iterator[Said]:
    """Whether all is right with one example, or else with one epoch, and not with several."""
    rows = [row for row in rows if row.given and _examples(row) and _epochs(row)]
    wrong = [row for row in rows if not row.is_right]
    if len(wrong) < _FEWEST or not all(row.has_right_shapes for row in wrong):
        return
    of = "weights" if any(map(_has_wrong_weights, wrong)) else "losses"
    for count, what in ((_examples, "examples"), (_epochs, "epochs")):
        several = [row for row in rows if count(row) > 1]
        # Where all of several are wrong, and none else, their tag is told.
        told = what == "epochs" and len(several) == len(wrong)
        single = len(rows) - len(several) >= _FEWEST
        if single and not told and all(count(row) > 1 for row in wrong):
            yield said(f"train.{of}_with_several_{what}")
            return


def of_one_moment(right: Right) -> Callable[[list[Row]], Iterator[Said]]:
    """Make what says that the first loss is one of weights which no example of it has changed."""

    def seen(rows: list[Row]) -> Iterator[Said]:
        wrong = [row for row in rows if not row.is_right and row.given and row.has_right_shapes]
        several = [row for row in wrong if _examples(row) > 1 and _epochs(row) > 0]
        pairs = [(row.given[-1][:1], row) for row in several if row.given]
        other = [row for first, row in pairs if compare([first], [row.right[-1][:1]])]
        if len(other) >= _FEWEST and all(
            compare([first], [_of_first_weights(row, right)]) is None for first, row in pairs
        ):
            yield said("train.losses_of_one_moment")

    return seen


def _of_first_weights(row: Row, right: Right) -> Floats:
    """The first epoch's loss, had no example changed the weights."""
    weights, inputs, targets, *_ = row.probe.arguments
    losses = [
        right((weights, inputs[at : at + 1], targets[at : at + 1], 0.0, 1))[-1]
        for at in range(len(inputs))
    ]
    together: Floats = np.sum(losses, axis=0)
    return together


def _has_wrong_weights(row: Row) -> bool:
    return bool(any(mask.any() for mask in row.wrong()[:-1]))


def _examples(row: Row) -> int:
    return len(row.probe.arguments[1])


def _epochs(row: Row) -> int:
    epochs: Any = row.probe.arguments[4]
    return int(epochs)
