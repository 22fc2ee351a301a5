"""Of steps along the gradient the line that takes them is marked, not the one that gathers them."""

from __future__ import annotations

import pytest

from autograder.course.grader import Grader
from tests.diagnosis.test_right_values import entry_of, marked

GATHERS = """
def train(weights, inputs, targets, learning_rate, epochs):
    learnrate = learning_rate
    W = [np.array(w, dtype=float) for w in weights]
    losses = []
    for _ in range(epochs):
        {begun} = [np.zeros(w.shape) for w in W]
        loss = 0
        for x, t in zip(inputs, targets):
            a = forward(W, x)
            loss += 0.5 * np.sum((a[-1] - t) ** 2)
            G = weight_gradients(backward(W, a, t), a)
            for l in range(len(W)):
                {gathers}
        for l in range(len(W)):
            {step}
        losses.append(loss)
    return W, losses
"""
#: The name of the sums, the line that makes them and the one that takes the step.
STEPS = {
    "the rate before": (
        "del_w",
        "del_w[l] += G[l]",
        "W[l] = W[l] + learnrate * del_w[l] / len(inputs)",
    ),
    "the rate behind": ("sums", "sums[l] = sums[l] + G[l]", "W[l] += sums[l] * learning_rate"),
    "all layers in one list": (
        "grads",
        "grads[l] += G[l]",
        "W = [w + g * learnrate for w, g in zip(W, grads)] if l == 0 else W",
    ),
}


@pytest.mark.parametrize("case", STEPS)
def test_the_line_that_takes_the_step_is_marked(case: str, grader: Grader) -> None:
    begun, gathers, step = STEPS[case]
    entry = entry_of(grader, "train", GATHERS.format(begun=begun, gathers=gathers, step=step))
    assert "uphill" in entry["diagnosis"]
    part = next(one for one in entry["parts"] if "uphill" in one["title"])
    assert dict(part["line"]["code"])[part["line"]["number"]].strip() == step


#: No line with the rate adds: what gathers is none that takes the step.
ELSEWHERE = "W[l] = W[l] - learning_rate * -del_w[l]"


def test_what_gathers_gradients_is_not_marked(grader: Grader) -> None:
    source = GATHERS.format(begun="del_w", gathers="del_w[l] += G[l]", step=ELSEWHERE)
    entry = entry_of(grader, "train", source)
    assert "uphill" in entry["diagnosis"]
    for part in entry["parts"]:
        assert not part["line"] or "del_w[l] += G[l]" not in marked({"parts": [part]})
