"""The one line by which a misconception shows is marked where no change of a line mends it."""

from __future__ import annotations

import pytest

from autograder.course.grader import Grader
from tests.diagnosis.test_right_values import entry_of, marked
from tests.the_assignment import FUNCTIONS

BACKWARD = """
def backward(weights, activations, target):
    top = activations[-1]
    error = {top}
    errors = [error]
    for W, a in zip(weights[:0:-1], activations[-2::-1]):
        error = np.dot(error, W)
{slope}        errors.insert(0, error)
    return errors
"""
RIGHT_TOP = "(top - target) @ (np.diag(top) - np.outer(top, top))"
FORWARD = """
def forward(weights, x):
    listed = [x]
    for W in weights:
        z = W @ listed[-1]
        listed.append({hidden})
    listed[-1] = softmax(z)
    return listed
"""
TRAIN = """
def train(weights, inputs, targets, learning_rate, epochs):
    losses = []
    {first}:
        {second}:
            a = forward(weights, x)
            {loss}
            G = weight_gradients(backward(weights, a, t), a)
            weights = update_weights(weights, G, learning_rate)
        losses.append(loss)
    return weights, losses
"""
EACH_EPOCH, EACH_EXAMPLE = "for _ in range(epochs)", "for x, t in zip(inputs, targets)"
LOSS = "loss = 0.5 * np.sum((a[-1] - t) ** 2)"
NORMS = """
def error_norms(error, jacobians):
    {begins}
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array({norms})
"""
#: The function, its code and the line that is marked.
SHOWN = {
    "a bound that has a name": (
        "threshold",
        "LEAST = -1\n\n\ndef threshold(x):\n    y = np.asarray(x)\n    y[y < LEAST] = 0\n"
        "    return y\n",
        "y[y < LEAST] = 0",
    ),
    "a sum in a branch": (
        "threshold",
        "def threshold(x):\n    x = np.array(x)\n    if x.ndim == 1:\n"
        "        return np.dot(x > -1, x)\n    return x * (x > -1)\n",
        "return np.dot(x > -1, x)",
    ),
    "no slope": ("backward", BACKWARD.format(top=RIGHT_TOP, slope=""), "np.dot(error, W)"),
    "no threshold": ("forward", FORWARD.format(hidden="z"), "z = W @ listed[-1]"),
    "an argument that is left out": (
        "weight_gradients",
        "def weight_gradients(errors, activations):\n    made = {}\n"
        "    for l, e in enumerate(errors):\n        made[l] = np.array(e)\n"
        "    return list(made.values())\n",
        "made[l] = np.array(e)",
    ),
    "the last loss": (
        "train",
        TRAIN.format(first=EACH_EPOCH, second=EACH_EXAMPLE, loss=LOSS),
        LOSS,
    ),
    "one of several losses": (
        "train",
        "def train(weights, inputs, targets, learning_rate, epochs):\n    totals = []\n"
        "    for _ in range(epochs):\n        losses, told = {}, {}\n"
        "        for k, (x, t) in enumerate(zip(inputs, targets)):\n"
        "            a = forward(weights, x)\n"
        "            losses[k] = 0.5 * np.sum((a[-1] - t) ** 2)\n"
        "            G = weight_gradients(backward(weights, a, t), a)\n"
        "            weights = update_weights(weights, G, learning_rate)\n"
        "        told['T'] = losses[k].item()\n        totals.append(told['T'])\n"
        "    return weights, totals\n",
        "told['T'] = losses[k].item()",
    ),
    "an empty list": ("error_norms", NORMS.format(begins="norms = []", norms="norms"), "= []"),
}


@pytest.mark.parametrize("case", SHOWN)
def test_the_line_is_marked(case: str, grader: Grader) -> None:
    function, source, line = SHOWN[case]
    assert line in marked(entry_of(grader, function, source))


#: What makes the same answers, and is at fault in another line.
INNOCENT = {
    "a slope that is 1": (
        "backward",
        "def slope(a):\n    return np.ones_like(a)\n\n"
        + BACKWARD.format(top=RIGHT_TOP, slope="        error = error * slope(a)\n"),
        "np.dot(error, W)",
    ),
    "a threshold that does nothing": (
        "forward",
        "def relu(z):\n    return z\n\n" + FORWARD.format(hidden="relu(z)"),
        "z = W @ listed[-1]",
    ),
    "losses that are kept": (
        "train",
        TRAIN.format(
            first=EACH_EPOCH,
            second=f"kept = {{}}\n        {EACH_EXAMPLE}",
            loss="kept[0] = loss = 0.5 * np.sum((a[-1] - t) ** 2)",
        ),
        "for x, t in",
    ),
    "the first left out at the end": (
        "error_norms",
        NORMS.format(begins="norms = [np.linalg.norm(error)]", norms="norms[1:]"),
        "norms = [",
    ),
}


@pytest.mark.parametrize("case", INNOCENT)
def test_no_innocent_line_is_marked(case: str, grader: Grader) -> None:
    function, source, line = INNOCENT[case]
    assert line not in marked(entry_of(grader, function, source))


def test_each_pattern_belongs_to_a_misconception() -> None:
    for exercise in FUNCTIONS.values():
        assert set(exercise.shown_by) <= set(exercise.recipe.misconceptions)
