"""What is said of a pattern in wrong answers is so, and leads to a step that follows from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Feedback = Callable[[str], dict[str, dict[str, Any]]]

BACKWARD = """def backward(weights, activations, target):
    a = activations[-1]
    e = {top}
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * {slope}
        errors.insert(0, e)
    return errors
"""
TOP, SLOPE = "(a - target) @ (np.diag(a) - np.outer(a, a))", "(activations[l] > 0)"

LEAKY = """def forward(weights, x):
    activations = [x]
    for W in weights:
        z = W @ activations[-1]
        activations.append(np.where(z > 0, z, 0.01 * z))
    return [*activations[:-1], softmax({top})]
"""

#: Each update goes by half of the gradients before it.
STALE = """def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    kept = [0 * W for W in weights]
    losses = []
    for epoch in range(epochs):
        loss = 0.0
        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            loss += 0.5 * np.sum((a[-1] - t) ** 2)
            G = weight_gradients(backward(weights, a, t), a)
            weights = update_weights(weights, [0.5 * one for one in kept], learning_rate)
            kept = [0.3 * old + 0.7 * new for old, new in zip(kept, G)]
        losses.append(loss)
    return weights, losses
"""
#: The function, its code, what is said, and what the next step begins with.
SEEN = {
    "a shift that is never below 0": (
        "softmax",
        "def softmax(x):\n    e = np.exp(x - max(0.0, np.max(x)))\n"
        "    return e / (e.sum() or 1.0)\n",
        "It goes wrong only where all inputs lie far below 0.",
        "Print what goes into `exp`",
    ),
    "infinities patched": (
        "softmax",
        "def softmax(x):\n    e = np.exp(x)\n"
        "    return np.nan_to_num(e / (e.sum() + 1e-300), nan=0.25)\n",
        "It goes wrong only where the largest input lies far from 0.",
        "Print what goes into `exp`",
    ),
    "neurons off that are on": (
        "backward",
        BACKWARD.format(top=TOP, slope="(activations[l] > 0.4)"),
        "Neurons that are on, but weakly, get no error",
        "Follow a hidden neuron with a small activation",
    ),
    "a rate that falls from layer to layer": (
        "update_weights",
        "def update_weights(weights, gradients, learning_rate):\n    new = []\n"
        "    for W, G in zip(weights, gradients):\n        learning_rate *= 0.8\n"
        "        new.append(W - learning_rate * G)\n    return new\n",
        "that differs from matrix to matrix: 0.8, 0.64.",
        "Print `learning_rate` in each round",
    ),
    "one layer of several": (
        "weight_gradients",
        "def weight_gradients(errors, activations):\n"
        "    found = [np.outer(e, a) for e, a in zip(errors, activations)]\n"
        "    found[1:2] = [G * 3 for G in found[1:2]]\n    return found\n",
        "Only the 2nd entry of the list is wrong; the others are right.",
        "Print in a small call what",
    ),
    "a Jacobian added up before it is multiplied": (
        "backward",
        BACKWARD.format(
            top="(a - target) * (np.diag(a) - np.outer(a, a)).sum(axis=0)",
            slope="(activations[l] > 0)",
        ),
        "numbers that cancel each other are added up",
        "Print each step that leads to the error at the top: which is the first",
    ),
    "an error at the top that is never set": (
        "backward",
        BACKWARD.format(top="(a - target) * (a - a)", slope="(activations[l] > 0)"),
        "The error at the top is 0 in each call, whatever",
        "Print each step that leads to the error at the top: which is the first that gives only 0?",
    ),
    "a first update that is lost": (
        "train",
        STALE,
        "After one example in one epoch your weights are still those that came in",
        "Train one epoch on one example, and print at the line that gives the weights their new",
    ),
    "a factor that all shares of an answer have in common": (
        "softmax",
        "def softmax(x):\n    x = np.asarray(x, dtype=float)\n"
        "    return np.exp(x - np.log(np.exp(x - x.max()).sum()))\n",
        "the right numbers times a factor: the exponential of the largest input",
        "Take [0, −2] and [3, 1]",
    ),
    "numbers beyond the range": (
        "softmax",
        "def softmax(x):\n    x = np.asarray(x, dtype=float)\n"
        "    return np.exp(x - np.log(np.exp(x - x.max()).sum()))\n",
        "all of them have an entry above 700",
        "Take [0, −2] and [3, 1]",
    ),
    "the same wrong threshold before softmax": (
        "forward",
        LEAKY.format(top="activations[-1]"),
        "For the activation of the top layer your code computes `softmax(z, shrunk below 0)`",
        "Take a hidden neuron with z = −0.5",
    ),
    "a second step that is wrong by itself, and can't be read": (
        "forward",
        LEAKY.format(top="np.sin(activations[-1])"),
        "Nor is the activation of the top layer right.",
        "Take a hidden neuron with z = −0.5",
    ),
    "decimals lost": (
        "threshold",
        "def threshold(x):\n    cut = np.arange(len(x)) % 2\n"
        "    return np.where(cut, np.trunc(x), x) * (x > -1)\n",
        "The wrong entries have lost their decimals",
        "Print the `dtype`",
    ),
}


@pytest.mark.parametrize("case", SEEN)
def test_a_pattern_is_told_with_its_step(case: str, feedback: Feedback) -> None:
    function, source, said, step = SEEN[case]
    entry = feedback(source)[function]
    assert entry["diagnosis"] == []
    assert said in entry["text"]
    assert entry["parts"][0]["next"].startswith(step)


def test_two_wrong_steps_are_told_with_a_step_for_each(feedback: Feedback) -> None:
    source = BACKWARD.format(top="(target - a) * a", slope="activations[l] * (1 - activations[l])")
    entry = feedback(source)["backward"]
    assert "`a · (t − a)`" in entry["text"]
    top, hidden = (part["next"] for part in entry["parts"])
    assert top.startswith("Take a single layer with the target")
    assert hidden.startswith("Take a hidden neuron whose activation is 2")


def test_of_two_misconceptions_the_one_that_shows_everywhere_comes_first(
    feedback: Feedback,
) -> None:
    source = (
        "def softmax_jacobian(x):\n    s = np.exp(x) / np.exp(x).sum()\n    return s * (1 - s)\n"
    )
    found = feedback(source)["softmax_jacobian"]["diagnosis"]
    assert found == ["vector-in-place-of-matrix", "no-shift"]


def test_of_two_misconceptions_the_order_of_the_list_comes_first(feedback: Feedback) -> None:
    source = (
        "def weight_gradients(errors, activations):\n"
        "    return [np.outer(a, e) for e, a in zip(errors, activations)][::-1]\n"
    )
    found = feedback(source)["weight_gradients"]["diagnosis"]
    assert found[0] == "list-reversed"
    assert len(found) == 2


def test_of_what_mostly_stops_nothing_else_is_told(feedback: Feedback) -> None:
    source = "def threshold(x):\n    return x if x > -1 else 0\n"
    text = feedback(source)["threshold"]["text"]
    assert "needs one yes or no" in text
    assert "brackets" not in text
    assert "inputs that were tried" not in text
