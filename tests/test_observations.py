"""What is observed of an answer that no misconception reproduces is true of that answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import solutions

from autograder.grade import Grader
from autograder.submission import Submission

Feedback = Callable[[str], dict[str, dict[str, Any]]]

#: By what is to be seen: the function, its code, what the text says, what it must not say.
SEEN = {
    "a constant answer is not taken for one that is cut to a limit": (
        "propagate_error",
        "def propagate_error(error, jacobian):\n    return np.array([13.0, 16.0])\n",
        "same answer to every input",
        "larger than",
    ),
    "a cut answer is": (
        "propagate_error",
        "def propagate_error(error, jacobian):\n    return np.clip(error @ jacobian, -2.5, 2.5)\n",
        "No entry is ever larger than 2.5",
        "same answer",
    ),
    "a slip by hand is not measured, which would tell the right answer": (
        "practice_6_2",
        "def practice_6_2():\n    return [12, -12]\n",
        "The signs are right, the sizes are not",
        "factor",
    ),
    "a second step that follows from a wrong first one is said to": (
        "practice_6_3",
        "def practice_6_3():\n    return [[12, -12], [12, -12]]\n",
        "second error is right given your first",
        "factor",
    ),
    "a second step that follows from nothing is not": (
        "practice_6_3",
        "def practice_6_3():\n    return [[12, -12], [1, 2]]\n",
        "does not follow from your first",
        "right given",
    ),
    "weights that shrink a little are not said to be rounded": (
        "update_weights",
        "def update_weights(weights, gradients, learning_rate):\n"
        "    return [W - learning_rate * (G + 0.01 * W) for W, G in zip(weights, gradients)]\n",
        "old weights are multiplied by a factor",
        "rounding",
    ),
    "a step of another size is measured": (
        "update_weights",
        "def update_weights(weights, gradients, learning_rate):\n"
        "    return [W - learning_rate / 100 * G for W, G in zip(weights, gradients)]\n",
        "off by the factor 0.01",
        "multiplied by a factor",
    ),
    "right numbers in too many brackets are right numbers": (
        "softmax_jacobian",
        "def softmax_jacobian(x):\n    s = softmax(x)\n    return [np.diag(s) - np.outer(s, s)]\n",
        "Its numbers are right",
        "sums to 0",
    ),
    "a number for a vector of one entry is not always right": (
        "threshold",
        "def threshold(x):\n    return x if np.all(x > -1) else 0\n",
        "has shape ()",
        "Its numbers are right",
    ),
    "shares of inputs on another scale": (
        "softmax",
        "def softmax(x):\n"
        "    e = np.exp((x - np.max(x)) / (1 + np.std(x)))\n"
        "    return e / e.sum()\n",
        "multiplied first",
        "share 1 among them",
    ),
    "one input value alone is no range": (
        "threshold_jacobian",
        "def threshold_jacobian(x):\n"
        "    return np.diag(np.where(x > -1, 1.0, np.where(x == -1, 0.3, 0.0)))\n",
        "only -1 comes out wrong",
        "between",
    ),
    "entries that play no part": (
        "propagate_error",
        "def propagate_error(error, jacobian):\n"
        "    result = np.zeros(jacobian.shape[1])\n"
        "    for k in range(min(jacobian.shape)):\n"
        "        result[k] = error[k] * jacobian[k, k]\n"
        "    return result\n",
        "no notice of the Jacobian's entries [0, 1], [1, 0]",
        "same answer",
    ),
    "examples in an order of their own": (
        "train",
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    weights, losses, rng = [W.copy() for W in weights], [], np.random.default_rng(4)\n"
        "    for _ in range(epochs):\n"
        "        total = 0\n"
        "        for i in rng.permutation(len(inputs)):\n"
        "            a = forward(weights, inputs[i])\n"
        "            total += 0.5 * np.sum((a[-1] - targets[i]) ** 2)\n"
        "            gradients = weight_gradients(backward(weights, a, targets[i]), a)\n"
        "            weights = update_weights(weights, gradients, learning_rate)\n"
        "        losses.append(total)\n"
        "    return weights, losses\n",
        "Is there a shuffle?",
        "list of losses is too",
    ),
    "weights alone are not shown as losses": (
        "train",
        "def train(weights, inputs, targets, learning_rate, epochs):\n    return list(weights)\n",
        "losses",
        "gives the losses",
    ),
    "lists that are calculated with": (
        "update_weights",
        "def update_weights(weights, gradients, learning_rate):\n"
        "    return weights - learning_rate * gradients\n",
        "calculates with a whole list",
        "None",
    ),
}


@pytest.mark.parametrize("case", SEEN)
def test_it_says_what_is_so_and_nothing_else(case: str, feedback: Feedback) -> None:
    function, source, said, unsaid = SEEN[case]
    text = feedback(source)[function]["text"]
    assert said in text
    assert unsaid not in text


def graded(grader: Grader, files: dict[str, bytes]) -> dict[str, str]:
    record = grader.grade(Submission("student", files)).feedback
    return {entry["function"]: entry["text"] for entry in record["functions"]}


def test_a_file_that_is_imported_and_was_not_handed_in_is_asked_for(grader: Grader) -> None:
    files = {"backprop.py": solutions()["backprop.py"]}
    text = graded(grader, files)["forward"]
    assert "`practice_6_1.py`, which was not handed in" in text
    assert "not installed" not in text


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("```python\n", "the ``` round a copied piece of code"),
        (">>> propagate_error([1], [[1]])\n", "the >>> of a copied example"),
        ("print(\N{LEFT DOUBLE QUOTATION MARK}done\N{RIGHT DOUBLE QUOTATION MARK})\n", "curly"),
    ],
)
def test_what_came_with_a_copied_text_is_named(pasted: str, said: str, grader: Grader) -> None:
    file = "practice_6_2.py"
    text = graded(grader, {file: solutions()[file] + pasted.encode()})["propagate_error"]
    assert said in text


IN_PLACE = """def update_weights(weights, gradients, learning_rate):
    new = [{start} for W in weights]
    for W, G in zip(new, gradients):
        W -= learning_rate * G
    return new
"""


@pytest.mark.parametrize("start", ["W", "W.copy()"])
def test_a_step_in_place_on_whole_numbers_is_named(start: str, feedback: Feedback) -> None:
    entry = feedback(IN_PLACE.format(start=start))["update_weights"]
    assert "changed-in-place" in entry["diagnosis"]
    assert ("changes its argument `weights`" in entry["text"]) == (start == "W")
