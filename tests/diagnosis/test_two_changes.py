"""Two lines are told in which one change each makes all right, where no single one does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Feedback = Callable[[str], dict[str, dict[str, Any]]]

TRAIN = """
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        loss = 0.0
        for x, t in zip(inputs, targets):
            outs = forward(weights, x)
            probs = {probs}
            loss += 0.5 * np.sum((probs - t) ** 2)
            s = outs[-1]
            grad = (s - t) @ (np.diag(s) - np.outer(s, s))
            steps = [np.outer(grad, outs[-2])]
            for l in range(len(weights) - 1, 0, -1):
                grad_h = grad @ weights[l]
                grad = grad_h * (outs[l] > 0)
                steps.insert(0, {step})
            weights = update_weights(weights, steps, {rate})
        losses.append(loss)
    return weights, losses
"""
RIGHT = {
    "probs": "outs[-1]",
    "step": "np.outer(grad, outs[l - 1])",
    "rate": "learning_rate",
}
WRONG = {"probs": "np.round(outs[-1])", "step": "np.outer(grad_h, outs[l - 1])"}
FIRST, LEFT = "more of what was tried would be right, but not all", "something else is left"


def _parts(feedback: Feedback, **places: str) -> list[dict[str, Any]]:
    return list(feedback(TRAIN.format(**{**RIGHT, **places}))["train"]["parts"])


def test_each_of_two_mistakes_has_its_line_and_its_step(feedback: Feedback) -> None:
    first, second = _parts(feedback, **WRONG)
    assert "`grad_h`" in first["did"]
    assert FIRST in first["did"]
    assert LEFT in second["did"]
    assert "calls `np.round`" in second["did"]
    marked = [dict(part["line"]["code"])[part["line"]["number"]] for part in (first, second)]
    assert [WRONG["step"] in marked[0], WRONG["probs"] in marked[1]] == [True, True]
    assert len({part["next"] for part in (first, second)}) == 2


@pytest.mark.parametrize("places", [{"probs": WRONG["probs"]}, {**WRONG, "rate": "0.3"}])
def test_neither_of_one_mistake_nor_of_three(feedback: Feedback, places: dict[str, str]) -> None:
    parts = _parts(feedback, **places)
    assert not any(FIRST in part["did"] or LEFT in part["did"] for part in parts)
