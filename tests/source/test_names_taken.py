"""That a function's name was given to something else is told with the line that did so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from autograder.source.crashes.taken import names_taken

Feedback = Callable[[str], dict[str, dict[str, Any]]]

UPDATES = (
    "            grads = weight_gradients(backward(W, acts, t), acts)\n"
    "            W = update_weights(W, grads, learning_rate)\n"
)
#: By case: a function, what stands in the line that takes the name, and the name's own.
TAKEN = {
    "its own name for the loss": (
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    W, losses = [np.array(w, float) for w in weights], []\n"
        "    for _ in range(epochs):\n"
        "        forward = 0\n"
        "        for x, t in zip(inputs, targets):\n"
        "            acts = forward(W, x)\n"
        f"{UPDATES}"
        "        losses.append(forward)\n"
        "    return W, losses\n",
        "(`forward = 0`) gives the name `forward` to something else",
        "the function of line",
    ),
    "a loop's count": (
        "def softmax_jacobian(x):\n    J = np.zeros((len(x), len(x)))\n"
        "    for softmax in range(len(x)):\n        J[softmax] = softmax(x)\n    return J\n",
        "(`for softmax in range(len(x)):`) gives the name `softmax`",
        "the function of line",
    ),
    "one of Python's own": (
        "def error_norms(error, jacobians):\n    sum, norms = 0, []\n"
        "    for J in [None, *jacobians]:\n        error = error if J is None else error @ J\n"
        "        norms.append(np.sqrt(sum(v**2 for v in error)))\n    return np.array(norms)\n",
        "(`sum, norms = 0, []`) gives the name `sum`",
        "Python's own function `sum`",
    ),
    "NumPy's": (
        "def threshold(x):\n    np = x.copy()\n    return np.where(np > -1, np, 0)\n",
        "(`np = x.copy()`) gives the name `np`",
        "what line",
    ),
    "a name that is called above": (
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    W, losses = [np.array(w, float) for w in weights], []\n"
        "    for _ in range(epochs):\n"
        "        for x, t in zip(inputs, targets):\n"
        "            acts = forward(W, x)\n"
        "            forward = acts[-1]\n"
        f"{UPDATES}"
        "        losses.append(0.0)\n"
        "    return W, losses\n",
        "(`forward = acts[-1]`) makes `forward` a name of this function's own",
        "the function of line",
    ),
}


@pytest.mark.parametrize("case", TAKEN)
def test_the_line_that_takes_a_functions_name_is_told(case: str, feedback: Feedback) -> None:
    source, line, what = TAKEN[case]
    (name,) = (word for word in source.split("(")[:1])
    (item,) = feedback(source)[name.removeprefix("def ")]["parts"]
    assert item["title"] == "A function's name, given to something else"
    assert line in item["did"]
    assert f"it no longer stands for {what}" in item["did"]


def test_an_array_that_is_called_has_taken_no_name(feedback: Feedback) -> None:
    source = (
        "def weight_gradients(errors, activations):\n"
        "    return [np.outer(errors(l), activations[l]) for l in range(len(errors))]\n"
    )
    (item,) = feedback(source)["weight_gradients"]["parts"]
    assert item["title"] == "Called, and no function"
    assert "gives the name" not in item["did"]


def test_a_sum_without_a_first_value_has_taken_no_name(feedback: Feedback) -> None:
    source = (
        "def softmax(x):\n    for v in x:\n        sum += np.exp(v)\n    return np.exp(x) / sum\n"
    )
    (item,) = feedback(source)["softmax"]["parts"]
    assert item["title"] == "Used before it has a value"


FILE = """import numpy as np
from math import exp as e, sqrt


def soft(x): return x


def f(x,
      soft):
    def inner(x):
        sqrt = 2
    a, e = x
    max: int = len = 3
    sum == 3
    return 1


len = 3
"""


def test_the_names_that_are_taken_are_found_by_line() -> None:
    found = names_taken(FILE.splitlines(), 15)
    assert {name: (one.line, one.of) for name, one in found.items()} == {
        "soft": (8, 5),
        "e": (12, 2),
        "max": (13, 0),
        "len": (13, 0),
    }


def test_of_what_is_imported_by_no_name_nothing_is_python_s() -> None:
    lines = ["from numpy import *", "def f(x):", "    sum = 0", "    return sum(x)"]
    assert names_taken(lines, 4) == {}
