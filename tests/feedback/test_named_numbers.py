"""Where answers are off by a factor, the name that the code has for it is told."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.course.grader import Grader
from autograder.intake.submission import Submission
from tests.conftest import solutions_for
from tests.the_assignment import FUNCTIONS


def part_of(grader: Grader, function: str, source: str) -> dict[str, Any]:
    """What is said of a function that is defined again, with what stands beside it."""
    files = solutions_for(function, source=source)
    files[FUNCTIONS[function].file] += f"\n\n{source}".encode()
    graded = grader.grade(Submission("student", files)).feedback
    entry = next(f for f in graded["functions"] if f["function"] == function)
    (part,) = entry["parts"]
    return dict(part)


#: A step that is made of another number than the learning rate, and that number's name.
STEPS = {
    "a name of the file": (
        "MOMENTUM = 1e-6\n\n\n"
        "def update_weights(weights, gradients, learning_rate):\n"
        "    new, changes = [], [np.zeros(np.shape(W)) for W in weights]\n"
        "    for W, G, dW in zip(weights, gradients, changes):\n"
        "        dW = MOMENTUM * np.array(G) + learning_rate * dW\n"
        "        new.append(np.array(W) - dW)\n"
        "    return new\n",
        "`MOMENTUM` is 1e-6 (",
        "MOMENTUM * np.array(G)",
    ),
    "an attribute": (
        "class Net:\n"
        "    def __init__(self):\n"
        "        self.rate = 0.01\n"
        "        self.beta = 0.9\n\n"
        "    def step(self, W, G, rate, v=0):\n"
        "        v = rate * v + self.beta * np.array(G)\n"
        "        return np.array(W) - v\n\n\n"
        "def update_weights(weights, gradients, learning_rate):\n"
        "    net = Net()\n"
        "    return [net.step(W, G, learning_rate) for W, G in zip(weights, gradients)]\n",
        "`self.beta` is 0.9 (",
        "",
    ),
}


@pytest.mark.parametrize("case", STEPS)
def test_the_name_of_a_factor_is_told_and_no_order_of_what_is_looped_through(
    case: str, grader: Grader
) -> None:
    source, said, line = STEPS[case]
    part = part_of(grader, "update_weights", source)
    assert said in part["did"]
    assert "in which order" not in part["did"]
    assert line in dict(part["line"]["code"])[part["line"]["number"]]


def test_an_order_that_is_wrong_in_a_loop_is_told(grader: Grader) -> None:
    source = (
        "def update_weights(weights, gradients, learning_rate):\n"
        "    return [W - learning_rate * np.array(G) for G, W in zip(weights, gradients)]\n"
    )
    part = part_of(grader, "update_weights", source)
    assert "Look at `zip(weights, gradients)`: in which order" in part["did"]


#: Numbers that happen to stand in the code, too.
BESIDE = {
    "not used": "SIZE = 0.25\n\n\ndef weight_gradients(errors, activations):\n"
    "    return [np.outer(e, a) / 4.0 for e, a in zip(errors, activations)]\n",
    "of many uses": "def weight_gradients(errors, activations, p=2):\n"
    "    return [np.outer(e, a) / 2 ** (p - 1) for e, a in zip(errors, activations)]\n",
    "set twice": "def weight_gradients(errors, activations):\n"
    "    k = 0.7\n    k = 0.25\n    k = 0.3\n    k = k - 0.05\n"
    "    return [k * np.outer(e, a) for e, a in zip(errors, activations)]\n",
}


@pytest.mark.parametrize("case", BESIDE)
def test_a_number_that_need_not_be_the_factor_is_not_told(case: str, grader: Grader) -> None:
    part = part_of(grader, "weight_gradients", BESIDE[case])
    assert "In your code `" not in part["did"]
