"""What is told of wrong functions that no misconception reproduces."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.diagnosis.next_step import next_step
from autograder.feedback.failures import missing_function
from autograder.source.phrases import said
from tests.the_assignment import FUNCTIONS, SAY, below_imports

Feedback = Callable[[str], dict[str, dict[str, Any]]]

_UPDATE = "def update_weights(weights, gradients, learning_rate):\n    new = []\n"
_EACH = "    for W, G in zip(weights, gradients):\n"
_FORWARD = "def forward(weights, x):\n    a = [x]\n    for l, W in enumerate(weights, start=1):\n"
_TOLD = {
    "a table that is too large to be sent for large inputs": (
        "propagate_error",
        "def propagate_error(error, jacobian):\n    return np.outer(error, jacobian)\n",
        "Every entry times every entry",
    ),
    "shares between two bounds": (
        "softmax",
        "def softmax(x):\n    e = np.exp(x - np.max(x))\n"
        "    return np.clip(e / e.sum(), 0.01, 0.99)\n",
        "smaller than 0.01",
    ),
    "inputs cut off at some size": (
        "softmax",
        "def softmax(x):\n    e = np.exp(np.clip(x, -600, 600))\n    return e / e.sum()\n",
        "Large inputs are clipped",
    ),
    "inputs cut off above": (
        "softmax",
        "def softmax(x):\n    e = np.exp(np.minimum(x, 30) - np.max(np.minimum(x, 30)))\n"
        "    return e / e.sum()\n",
        "cut off above some number",
    ),
    "inputs raised after the shift": (
        "softmax",
        "def softmax(x):\n    e = np.exp(np.maximum(x - np.max(x), -10))\n    return e / e.sum()\n",
        "kept from lying too far below the largest",
    ),
    "numbers of half precision": (
        "threshold",
        "def threshold(x):\n    x = np.array(x).astype(np.float16)\n"
        "    return np.where(x > -1, x, np.float16(0))\n",
        "half precision",
    ),
    "a limit that is made of the vector": (
        "threshold",
        "def threshold(x):\n    return np.where(x > np.mean(x), x, 0)\n",
        "above the mean of all entries",
    ),
    "a sum of some exponentials": (
        "softmax",
        "def softmax(x):\n    e = np.exp(x - np.max(x))\n    return e / e[e > 0.1].sum()\n",
        "is not the sum of all exponentials",
    ),
    "a number added to the sum": (
        "softmax",
        "def softmax(x):\n    e = np.exp(x - np.max(x))\n    return e / (e.sum() + 1e-3)\n",
        "each time by 0.001",
    ),
    "all for the largest where exponentials would overflow": (
        "softmax",
        "def softmax(x):\n    if abs(x).max() > 700:\n        return np.eye(len(x))[np.argmax(x)]\n"
        "    e = np.exp(x)\n    return e / e.sum()\n",
        "the largest input gets 1 and all others 0",
    ),
    "a shift that is not enough for some": (
        "softmax",
        "def softmax(x):\n    e = np.exp(x - np.median(x))\n    return e / e.sum()\n",
        "helps some inputs, and others not",
    ),
    "the same share for all where exponentials would overflow": (
        "softmax",
        "def softmax(x):\n    if abs(x).max() > 700:\n        return np.ones(len(x)) / len(x)\n"
        "    e = np.exp(x)\n    return e / e.sum()\n",
        "all inputs the same share",
    ),
    "a shape that fits one size": (
        "softmax_jacobian",
        "def softmax_jacobian(x):\n    s = softmax(x)\n"
        "    return np.array([[-s[-1], s[-1]], [s[0], -s[0]]])\n",
        "whatever the size of the input",
    ),
    "gradients of a largest length": (
        "weight_gradients",
        "def weight_gradients(errors, activations):\n"
        "    G = [np.outer(e, a) for e, a in zip(errors, activations)]\n"
        "    return [g / max(1, np.linalg.norm(g)) for g in G]\n",
        "Where a matrix or a vector is longer than 1 (the root of the sum",
    ),
    "only steps of some size": (
        "update_weights",
        f"{_UPDATE}{_EACH}        new.append(W - learning_rate * G * (np.abs(G) >= 0.1))\n"
        "    return new\n",
        "all of them have small gradients",
    ),
    "steps of one size": (
        "update_weights",
        f"{_UPDATE}{_EACH}        size = np.std(G) + np.abs(G).max() + 1e-12\n"
        "        new.append(W - learning_rate * G / size)\n"
        "    return new\n",
        "same if all numbers of `gradients` are doubled",
    ),
    "softmax one layer early": (
        "forward",
        f"{_FORWARD}        z = W @ a[-1]\n"
        "        a.append(softmax(z) if l >= len(weights) - 1 else np.maximum(z, 0))\n"
        "    return a\n",
        "In the layer just below the top, your code computes `softmax(z)`",
    ),
    "no threshold in the first layer": (
        "forward",
        f"{_FORWARD}        z = W @ a[-1]\n        hidden = z if l == 1 else np.maximum(z, 0)\n"
        "        a.append(softmax(z) if l == len(weights) else hidden)\n    return a\n",
        "In the first layer, your code computes",
    ),
    "a residual that is added in a later layer": (
        "forward",
        f"{_FORWARD}        z = W @ a[-1]\n        hidden = np.maximum(z, 0)\n"
        "        if l > 1 and len(z) == len(a[-1]):\n            hidden = hidden + a[-1]\n"
        "        a.append(softmax(z) if l == len(weights) else hidden)\n    return a\n",
        "all of them that fail have",
    ),
    "rows of another length": (
        "update_weights",
        f"{_UPDATE}{_EACH}        new.append((W - learning_rate * G).reshape(W.shape[::-1]))\n"
        "    return new\n",
        "only where one row ends and the next begins is wrong",
    ),
    "each step from the first weights": (
        "train",
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    w = weights = [np.array(W, dtype=float) for W in weights]\n    losses = []\n"
        "    for _ in range(epochs):\n        loss = 0.0\n"
        "        for x, t in zip(inputs, targets):\n            a = forward(w, x)\n"
        "            loss += 0.5 * np.sum((a[-1] - t) ** 2)\n"
        "            g = weight_gradients(backward(w, a, t), a)\n"
        "            w = update_weights(weights, g, learning_rate)\n"
        "        losses.append(loss)\n    return w, losses\n",
        "So the step before is lost.",
    ),
    "a matrix that is stored as well": (
        "update_weights",
        f"{_UPDATE}{_EACH}        new.append(W - learning_rate * G)\n        new.append(W)\n"
        "    return new\n",
        "Print the list before and after line",
    ),
    "the best weights of all epochs": (
        "train",
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    w = best = [np.array(W, dtype=float) for W in weights]\n    losses = []\n"
        "    for _ in range(epochs):\n        loss = 0.0\n"
        "        for x, t in zip(inputs, targets):\n            a = forward(w, x)\n"
        "            loss += 0.5 * np.sum((a[-1] - t) ** 2)\n"
        "            g = weight_gradients(backward(w, a, t), a)\n"
        "            w = update_weights(w, g, learning_rate)\n"
        "        if not losses or loss < min(losses):\n            best = w\n"
        "        losses.append(loss)\n    return best, losses\n",
        "later updates are not in them",
    ),
    "the best weights of all updates": (
        "train",
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    W = best = [np.array(W, dtype=float) for W in weights]\n"
        "    losses, least = [], np.inf\n"
        "    for _ in range(epochs):\n        total = 0.0\n"
        "        for x, t in zip(inputs, targets):\n            a = forward(W, x)\n"
        "            total += 0.5 * np.sum((a[-1] - t) ** 2)\n"
        "            W = update_weights(W, weight_gradients(backward(W, a, t), a), learning_rate)\n"
        "            now = sum(np.sum((forward(W, x)[-1] - t) ** 2)"
        " for x, t in zip(inputs, targets))\n"
        "            best = W if now < least else best\n            least = min(now, least)\n"
        "        losses.append(total)\n    return best, losses\n",
        "later updates are not in them",
    ),
}


@pytest.mark.parametrize("case", _TOLD)
def test_it_is_told_how_the_answers_are_off(case: str, feedback: Feedback) -> None:
    function, source, told = _TOLD[case]
    assert told in feedback(source)[function]["text"]


_WRITTEN_INTO = """def propagate_error(error, jacobian):
    new = np.array(error, dtype=float)
    for j in range(jacobian.shape[1]):
        new[j] = np.sum({read} * jacobian[:, j])
    return new[:jacobian.shape[1]]
"""


@pytest.mark.parametrize(("read", "told"), [("new", True), ("error", False)])
def test_a_vector_that_is_written_into_while_it_is_read_is_asked_for_itself(
    read: str, told: bool, feedback: Feedback
) -> None:
    text = feedback(_WRITTEN_INTO.format(read=read))["propagate_error"]["text"]
    assert (
        "Print `new` at the start of each round: should it still be what it was" in text
    ) == told


def test_an_exception_is_told_only_of_what_can_raise_it(feedback: Feedback) -> None:
    for source in (
        "def softmax(x):\n    e = np.exp(x)\n    return np.nan_to_num(e / e.sum(), nan=1.0)\n",
        "def softmax_jacobian(x):\n    s = np.exp(x) / np.exp(x).sum()\n"
        "    return np.nan_to_num(np.diag(s) - np.outer(s, s))\n",
    ):
        told = feedback(source)[source[4:].partition("(")[0]]["text"]
        assert "Overflow for large inputs" in told
        assert "What your code puts in" in told
        assert "OverflowError" not in told


def test_of_what_stops_a_misconception_is_told_only_where_its_line_is(
    feedback: Feedback,
) -> None:
    source = (
        f"{_FORWARD}        z = W @ a[l - 1]\n        top = l == len(weights)\n"
        "        h = softmax(z) if top else {}\n    {}a.append(h)\n    return a\n"
    )
    for hidden, indent, is_told in (
        ("np.max(z, 0)", "    ", True),
        ("np.maximum(z, 0)", "", False),
    ):
        text = feedback(source.format(hidden, indent))["forward"]["text"]
        assert ("takes the largest z" in text) is is_told
        assert "stops with" in text


def test_a_formula_that_right_answers_refute_is_not_stated(feedback: Feedback) -> None:
    # Gradients of a length below 1 take the right step.
    source = (
        f"{_UPDATE}{_EACH}        n = max(1, np.linalg.norm(G))\n"
        "        new.append(W - learning_rate * G / n)\n    return new\n"
    )
    assert "your code computes" not in feedback(source)["update_weights"]["text"]


def test_a_formula_that_fails_right_at_an_edge_is_said_to_have_exceptions(
    feedback: Feedback,
) -> None:
    exceptions = SAY("text.formula_has_exceptions_at", value="-1")
    source = "def threshold(x):\n    return np.where(x {} -1, x, np.exp(x) - 1)\n"
    for sign, told in ((">", False), (">=", True)):
        text = feedback(source.format(sign))["threshold"]["text"]
        assert "your code computes" in text
        assert (exceptions in text) is told


def test_a_value_that_the_code_asks_for_by_itself_is_named(feedback: Feedback) -> None:
    apart = "This holds unless a value of the input is exactly 0"
    at_0 = (
        "def threshold_jacobian(x):\n    slopes = np.ones(len(x))\n"
        "    slopes[np.asarray(x) == 0] = 0\n    return np.diag(slopes)\n"
    )
    text = feedback(at_0)["threshold_jacobian"]["text"]
    assert apart in text
    assert "Something else for an input of 0" in text
    assert "Which line makes the difference" in text
    below = at_0.replace("np.asarray(x) == 0", "np.asarray(x) < -300")
    assert apart not in feedback(below)["threshold_jacobian"]["text"]
    square = (
        "def threshold(x):\n    x = np.asarray(x, dtype=float)\n    y = x ** 2\n"
        "    y[x == 0] = 5\n    return y\n"
    )
    assert apart in feedback(square)["threshold"]["text"]


def test_a_mistake_is_named_beside_an_exception_that_has_another_reason(
    feedback: Feedback,
) -> None:
    source = (
        "def propagate_chain(error, jacobians):\n    total = jacobians[0]\n"
        "    out = [error @ total]\n    for J in jacobians[1:]:\n        total = total * J\n"
        "        out.append(error @ total)\n    return out\n"
    )
    text = feedback(source)["propagate_chain"]["text"]
    assert "element by element" in text
    assert "`jacobians`, which is empty" in text


def test_an_answer_that_moves_as_it_should_is_not_said_to_stay(feedback: Feedback) -> None:
    source = (
        f"{_UPDATE}{_EACH}        new.append(W - learning_rate * np.sin(G * 1.37) * W)\n"
        "    return new\n"
    )
    assert "stays the same" not in feedback(source)["update_weights"]["text"]


def test_old_weights_are_named_whether_they_were_copied_or_not(feedback: Feedback) -> None:
    source = (
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    start = {}\n"
        "    w, losses = [np.array(W, dtype=float) for W in weights], []\n"
        "    for _ in range(epochs):\n"
        "        loss = 0.0\n"
        "        for x, t in zip(inputs, targets):\n"
        "            a = forward(w, x)\n"
        "            loss += 0.5 * np.sum((a[-1] - t) ** 2)\n"
        "            w = update_weights(w, weight_gradients(backward(w, a, t), a), learning_rate)\n"
        "        losses.append(loss)\n"
        "    return start, losses\n"
    )
    for start in ("weights", "[W.copy() for W in weights]"):
        assert "The old weights are returned" in feedback(source.format(start))["train"]["text"]


def test_what_comes_of_a_changed_argument_is_told_as_that_alone(feedback: Feedback) -> None:
    source = (
        "def update_weights(weights, gradients, learning_rate):\n"
        "    new = weights.copy()\n"
        "    for W, G in zip(new, gradients):\n"
        "        W -= learning_rate * G\n"
        "    return new\n"
    )
    entry = feedback(source)["update_weights"]
    (item,) = entry["parts"]
    assert "changes its argument `weights` in place" in item["did"]
    assert "it fails with arrays of whole numbers" in item["why"]
    assert "Stops with an error" not in entry["text"]


def test_none_beside_a_formula_is_told_with_the_inputs_that_it_comes_with(
    feedback: Feedback,
) -> None:
    source = (
        "def backward(weights, activations, target):\n"
        "    errors = [(activations[-1] - target)]\n"
        "    for k in range(len(weights) - 1, 0, -1):\n"
        "        errors.insert(0, errors[0] @ weights[k] * (activations[k] > 0))\n"
        "        if k == 1:\n"
        "            return errors\n"
    )
    (item,) = feedback(source)["backward"]["parts"]
    assert "With a single layer it returns None" in item["did"]
    assert item["next"].startswith("First let every call return")


@pytest.mark.parametrize(
    ("start", "end", "missing"),
    [
        ("[]", "", "the norm of the error itself is left out"),
        ("[np.linalg.norm(error) / N]", "[:-1]", "the error after the last Jacobian is left out"),
    ],
)
def test_a_list_of_norms_that_is_one_too_short_is_read_all_the_same(
    start: str, end: str, missing: str, feedback: Feedback
) -> None:
    source = (
        f"def error_norms(error, jacobians):\n    N = len(error)\n    norms = {start}\n"
        "    for J in jacobians:\n        error = error @ J\n"
        f"        norms.append(np.linalg.norm(error) / N)\n    return np.array(norms{end})\n"
    )
    (item,) = feedback(source)["error_norms"]["parts"]
    assert missing in item["did"]
    assert "`‖e_k‖ / n_first`" in item["did"]


def test_a_gradient_that_is_cut_to_a_length_is_no_mixture(feedback: Feedback) -> None:
    source = (
        "def update_weights(weights, gradients, learning_rate):\n"
        "    size = np.sqrt(sum(np.sum(G ** 2) for G in gradients))\n"
        "    scale = 1 / max(1, size)\n"
        "    return [W - learning_rate * scale * G for W, G in zip(weights, gradients)]\n"
    )
    text = feedback(source)["update_weights"]["text"]
    assert "up to the length 1, all of them together" in text
    assert "times the old ones" not in text


def test_all_examples_forward_before_the_first_update_is_read(feedback: Feedback) -> None:
    source = (
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    weights, losses = [np.array(W, dtype=float) for W in weights], []\n"
        "    for _ in range(epochs):\n"
        "        went = [forward(weights, x) for x in inputs]\n"
        "        parts = [np.sum((a[-1] - t) ** 2) / 2 for a, t in zip(went, targets)]\n"
        "        losses.append(sum(parts))\n"
        "        for a, t in zip(went, targets):\n"
        "            G = weight_gradients(backward(weights, a, t), a)\n"
        "            weights = update_weights(weights, G, learning_rate)\n"
        "    return weights, losses\n"
    )
    assert (
        "goes forward through the weights from its beginning" in feedback(source)["train"]["text"]
    )


def test_each_of_two_mistakes_is_told_as_it_is_by_itself(feedback: Feedback) -> None:
    source = (
        "def backward(weights, activations, target):\n"
        "    a = activations[-1]\n"
        "    errors = [(target - a) * a * (1 - a)]\n"
        "    for k in range(len(weights) - 1, 0, -1):\n"
        "        errors.insert(0, errors[0] @ weights[k] * (activations[k] > 0))\n"
        "    return errors\n"
    )
    items = feedback(source)["backward"]["parts"]
    assert len(items) == 2
    lead = "Two things are wrong in line "
    starts = (lead, "The second: ")
    assert all(item["did"].startswith(start) for item, start in zip(items, starts, strict=True))


def test_a_list_in_another_order_is_told_as_that(feedback: Feedback) -> None:
    source = (
        "def weight_gradients(errors, activations):\n"
        "    found = [np.outer(e, a) for e, a in zip(errors, activations)]\n"
        "    return found[-1:] + found[:-1]\n"
    )
    (item,) = feedback(source)["weight_gradients"]["parts"]
    assert "is in it, but in another order" in item["did"]
    assert "which line makes that order" in item["next"]


def test_layers_that_get_no_step_are_told_as_that(feedback: Feedback) -> None:
    source = (
        "def update_weights(weights, gradients, learning_rate):\n"
        "    new = [np.array(W, dtype=float) for W in weights]\n"
        "    for k in range(len(new) // 2):\n"
        "        new[k] = new[k] - learning_rate * gradients[k]\n"
        "    return new\n"
    )
    (item,) = feedback(source)["update_weights"]["parts"]
    assert "have got no step at all" in item["did"]
    # With a single matrix it is the first one that gets none.
    assert "up to entry 0" not in item["did"]
    assert "factor" not in item["did"]


@pytest.mark.parametrize(
    "step",
    ["learning_rate * (1 / G)", "-learning_rate / G", "learning_rate / np.where(G == 0, 1e-8, G)"],
)
def test_a_step_that_is_divided_by_the_gradient_is_told_as_that(
    step: str, feedback: Feedback
) -> None:
    (item,) = feedback(f"{_UPDATE}{_EACH}        new.append(W - {step})\n    return new\n")[
        "update_weights"
    ]["parts"]
    assert item["title"] == "Divided by the gradient"
    assert "η / G_ij`" in item["did"]


def test_steps_of_positive_gradients_alone_are_no_quotient(feedback: Feedback) -> None:
    step = "learning_rate * G * (G > 0)"
    (item,) = feedback(f"{_UPDATE}{_EACH}        new.append(W - {step})\n    return new\n")[
        "update_weights"
    ]["parts"]
    assert item["title"] == "Negative gradients left out"


_LENGTHS = (
    "def error_norms(error, jacobians):\n    e = np.array(error, dtype=float)\n"
    "    lengths = [{of_one}]\n    for J in jacobians:\n        e = e @ J\n"
    "        lengths.append({of_one})\n    return np.array(lengths)\n"
)


@pytest.mark.parametrize(
    ("of_one", "told"),
    [
        ("np.linalg.norm(e[:3])", "first three entries"),
        ("np.sqrt(np.linalg.norm(e[:3]))", "the root is taken, though it is a length already"),
        ("np.sum(e[:2] ** 2)", "The root of the sum of squares is not taken"),
        ("np.sqrt(sum(v * v for v in e[1:]))", "without its first entry"),
    ],
)
def test_a_length_of_some_of_the_entries_is_read(
    of_one: str, told: str, feedback: Feedback
) -> None:
    text = feedback(_LENGTHS.format(of_one=of_one))["error_norms"]["text"]
    assert "not all entries count" in text
    assert told in text


@pytest.mark.parametrize("of_one", ["np.sqrt(np.linalg.norm(e))", "np.linalg.norm(e - e.mean())"])
def test_a_length_of_all_entries_is_none_of_some(of_one: str, feedback: Feedback) -> None:
    text = feedback(_LENGTHS.format(of_one=of_one))["error_norms"]["text"]
    assert "not all entries count" not in text


def test_a_mean_in_the_softmaxs_jacobian_is_read(feedback: Feedback) -> None:
    source = (
        "def backward(weights, activations, target):\n"
        "    a = activations[-1]\n    d = a - target\n"
        "    errors = [a * (d - np.mean(a * d))]\n"
        "    for k in range(len(weights) - 1, 0, -1):\n"
        "        errors.insert(0, errors[0] @ weights[k] * (activations[k] > 0))\n"
        "    return errors\n"
    )
    text = feedback(source)["backward"]["text"]
    assert "here it is divided by their number" in text
    assert "are all right" not in text


def test_the_shapes_that_are_told_are_those_of_the_call_that_is_shown(feedback: Feedback) -> None:
    source = (
        "def forward(weights, x):\n    named, out = {}, [np.array(x, dtype=float)]\n"
        "    for k, W in enumerate(weights):\n        named['W' + str(k)] = W\n"
        "    for k in range(len(weights) - 1):\n"
        "        out.append(np.maximum(np.dot(named['W' + str(0)], out[-1]), 0))\n"
        "    return [*out, softmax(np.dot(weights[-1], out[-1]))]\n"
    )
    (item,) = feedback(source)["forward"]["parts"]
    sizes = re.search(
        r"the last size of its left side \((\d+)\) must equal "
        r"the first size of its right side \((\d+)\)",
        item["did"],
    )
    assert sizes
    space: dict[str, Any] = {"np": np}
    exec(below_imports(item["call"][:-1]), space)
    assert space["weights"][0].shape == (int(sizes[2]), int(sizes[1]))
    # What stands in quotes on the line is no name of an array.
    assert "`W` has shape" not in item["did"]


def test_moving_all_inputs_at_once_is_told_only_where_that_shows(feedback: Feedback) -> None:
    source = (
        "def threshold_jacobian(x):\n    h = 0.001\n"
        "    slopes = (threshold(x + h) - threshold(x)) / h\n    return np.diag(slopes)\n"
    )
    text = feedback(source)["threshold_jacobian"]["text"]
    assert "moved at once" not in text
    assert "measures a slope over a step" in text


def test_what_one_step_computes_is_told_though_anothers_formula_is_refuted(
    feedback: Feedback,
) -> None:
    # The mean over all numbers is half the sum of one example of two outputs, and of no others.
    source = (
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    weights, losses = [np.array(W, dtype=float) for W in weights], []\n"
        "    for _ in range(epochs):\n"
        "        went = [forward(weights, x) for x in inputs]\n"
        "        out = np.array([a[-1] for a in went])\n"
        "        losses.append(float(((out - np.asarray(targets)) ** 2).mean()))\n"
        "        of_each = [weight_gradients(backward(weights, a, t), a)\n"
        "                   for a, t in zip(went, targets)]\n"
        "        gradients = [np.mean(one, axis=0) for one in zip(*of_each)]\n"
        "        weights = update_weights(weights, gradients, learning_rate)\n"
        "    return weights, losses\n"
    )
    step, loss = feedback(source)["train"]["parts"]
    assert "one step for a whole epoch, with the mean of all its" in step["did"]
    assert "For the loss of an epoch of one example" in loss["did"]


def test_a_last_weight_that_is_a_bias_is_read(feedback: Feedback) -> None:
    source = (
        "def forward(weights, x):\n    out = [np.array(x, dtype=float)]\n"
        "    for k, W in enumerate(weights):\n"
        "        z = [row[-1] + sum(w * a for w, a in zip(row[:-1], out[-1])) for row in W]\n"
        "        last = k == len(weights) - 1\n"
        "        out.append(softmax(np.array(z)) if last else np.maximum(z, 0.0))\n"
        "    return out\n"
    )
    text = feedback(source)["forward"]["text"]
    assert "as a bias is, and what comes in last is not used" in text


def test_only_what_comes_back_of_nan_and_inf_is_told(feedback: Feedback) -> None:
    source = (
        "def softmax(x):\n    m = np.max(x)\n    return np.exp(x - np.log(np.sum(np.exp(x - m))))\n"
    )
    text = feedback(source)["softmax"]["text"]
    assert "inf (infinity) comes back" in text
    assert "nan" not in text


def test_inf_is_not_told_beside_a_change_that_ends_it(feedback: Feedback) -> None:
    source = (
        "def softmax(x):\n    out = np.zeros(len(x))\n    for i in range(len(x)):\n"
        "        out[i] = 1 / 1 + np.sum(np.exp(np.delete(x, i) - x[i]))\n    return out\n"
    )
    text = feedback(source)["softmax"]["text"]
    assert "With one change in line " in text
    assert "inf (infinity)" not in text


def test_it_is_told_at_which_inputs_it_stops(feedback: Feedback) -> None:
    source = (
        "def propagate_chain(error, jacobians):\n"
        "    {first}\n"
        "    return [error @ J for J in jacobians]\n"
    )
    text = feedback(source.format(first="pass"))["propagate_chain"]["text"]
    assert re.search("stops with `ValueError`.*: all of them have a Jacobian that is not sq", text)
    # By chance, and not by the sizes alone.
    picky = "n = 1 if np.sum(error) > 0.3 else int('a')"
    text = feedback(source.format(first=picky))["propagate_chain"]["text"]
    assert "all of them have" not in text


@pytest.mark.parametrize(
    ("product", "which"),
    [
        ("np.dot(jacobian, error)", ": of those that were tried, on all but those with a square"),
        ("error @ jacobian[:2]", ""),
    ],
)
def test_of_a_stop_it_is_told_which_inputs_alone_are_spared(
    product: str, which: str, feedback: Feedback
) -> None:
    source = f"def propagate_error(error, jacobian):\n    return {product}\n"
    text = feedback(source)["propagate_error"]["text"]
    assert ("on all but those with" in text) == bool(which)
    assert which in text


def test_what_is_seen_first_stands_above_it(feedback: Feedback) -> None:
    source = (
        "def update_weights(weights, gradients, learning_rate):\n"
        "    step = lambda W, G: W - learning_rate * G\n"
        "    return [step(W, G) for W in weights for G in gradients]\n"
    )
    (item,) = feedback(source)["update_weights"]["parts"]
    assert item["title"] == "Too many entries"
    assert item["did"].startswith("The list is too long")


def test_steps_that_are_wrong_for_different_reasons_are_two_things(feedback: Feedback) -> None:
    source = (
        "def forward(weights, x):\n    a = [np.array(x, dtype=float)]\n    for W in weights:\n"
        "        z = W @ a[-1]\n        a.append(np.where(z > 0, z, 0.01 * z))\n"
        "    a[-1] = softmax(a[-1])\n    return a\n"
    )
    hidden, top = feedback(source)["forward"]["parts"]
    assert hidden["title"] == "Something gets through below 0"
    assert "for the activation of a hidden layer" in hidden["did"]
    assert top["title"] == "A threshold before softmax"
    assert "For the activation of the top layer" in top["did"]


def test_steps_that_are_wrong_for_one_reason_are_one_thing(feedback: Feedback) -> None:
    source = (
        "def forward(weights, x):\n    a = [np.array(x, dtype=float)]\n"
        "    for l, W in enumerate(weights):\n        z = W[:, :-1] @ a[-1][:-1] + W[:, -1]\n"
        "        a.append(softmax(z) if l == len(weights) - 1 else np.maximum(z, 0))\n"
        "    return a\n"
    )
    (item,) = feedback(source)["forward"]["parts"]
    assert "The same goes for the activation of the top layer." in item["did"]
    assert item["title"] == "The last weight as a bias"


@pytest.mark.parametrize(
    ("step", "factor", "again"),
    [
        ("len(error) * (error @ J)", "the number of the Jacobian's rows", True),
        ("error @ J * J.shape[1]", "the number of the Jacobian's columns", True),
        ("error @ J * (J.shape[1] if not errors else 1)", "the Jacobian's columns", False),
    ],
)
def test_a_factor_that_comes_in_at_each_step_is_told_of_the_step(
    feedback: Feedback, step: str, factor: str, *, again: bool
) -> None:
    source = (
        "def propagate_chain(error, jacobians):\n    errors = []\n    for J in jacobians:\n"
        f"        error = {step}\n        errors.append(error)\n    return errors\n"
    )
    (item,) = feedback(source)["propagate_chain"]["parts"]
    assert "the right numbers times a factor: " in item["did"]
    assert factor in item["did"]
    assert ("same goes for each step through a later Jacobian" in item["did"]) is again


@pytest.mark.parametrize(
    ("function", "line", "does"),
    [
        ("threshold", "np.where(np.asarray(x) > -1 - 1e-6, x, 0)", "it subtracts `1e-6`"),
        ("threshold", "np.where(np.asarray(x) + 1e-6 > -1, x, 0)", "it adds `1e-6`"),
        ("threshold", "np.where(np.asarray(x) > -1.000001, x, 0)", ""),
    ],
)
def test_what_is_done_too_much_goes_before_what_comes_of_it(
    feedback: Feedback, function: str, line: str, does: str
) -> None:
    (item,) = feedback(f"def {function}(x):\n    return {line}\n")[function]["parts"]
    first = re.match(r"Line \d+ does one thing too many: ([^.]*)\.", item["did"])
    assert (first[1] if first else "") == does
    assert item["title"].startswith("Something too many in line") is bool(does)
    assert "-1 or values very close to it come out wrong" in item["did"]


def test_beside_a_cause_no_other_is_guessed(feedback: Feedback) -> None:
    source = (
        "def forward(weights, x):\n    a = x\n    found = [a]\n"
        "    for l in range(len(weights)):\n        z = np.dot(weights[l], a)\n"
        "        a = softmax(z) if l == len(weights) - 1 else np.max(z, 0)\n"
        "        found.append(a)\n    return found\n"
    )
    (item, *_) = feedback(source)["forward"]["parts"]
    assert item["title"] == "The second argument is an axis"
    assert "a single number" in item["did"]
    assert "two vectors" not in item["did"]


def test_where_an_index_may_be_one_off_that_is_said_first(feedback: Feedback) -> None:
    source = "def practice_6_1():\n    J = np.eye(5)\n    J[2, 2] = 0\n    return J\n"
    (item,) = feedback(source)["practice_6_1"]["parts"]
    assert item["why"].startswith("Python counts places from 0")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "    found = [error]\n"
            "    for J in jacobians:\n        found.append(found[-1] @ J)\n    return found[:-1]\n",
            "it is the last that is left out",
        ),
        (
            "    found = []\n    for J in jacobians:\n        found.append(error)\n"
            "        error = error @ J\n    return found\n",
            "each round stores the error that comes in",
        ),
    ],
)
def test_how_the_last_error_was_lost_is_told_by_the_code(
    code: str, told: str, feedback: Feedback
) -> None:
    source = f"def propagate_chain(error, jacobians):\n{code}"
    (item,) = feedback(source)["propagate_chain"]["parts"]
    assert told in item["did"]


def test_a_list_that_fits_from_its_end_is_told_as_turned_round(feedback: Feedback) -> None:
    source = (
        "def weight_gradients(errors, activations):\n    found = []\n"
        "    for l in reversed(range(len(errors))):\n"
        "        found.append(np.outer(3 * errors[l], activations[l] / 5))\n"
        "    return found\n"
    )
    (item,) = feedback(source)["weight_gradients"]["parts"]
    assert item["title"] == "The list looks turned round"
    assert "In which order do they come out" in item["next"]


def test_the_line_that_gives_none_is_marked(feedback: Feedback) -> None:
    source = (
        "def threshold_jacobian(x):\n"
        "    slopes = np.where(np.asarray(x) > -1, 1.0, 0.0)\n"
        "    return np.fill_diagonal(np.zeros((len(x), len(x))), slopes)\n"
    )
    (item,) = feedback(source)["threshold_jacobian"]["parts"]
    line = item["line"]
    assert f"`np.fill_diagonal` (line {line['number']})" in item["did"]
    assert "np.fill_diagonal" in dict(line["code"])[line["number"]]


def test_a_sum_of_inputs_for_one_of_exponentials_is_told_as_that(feedback: Feedback) -> None:
    source = "def softmax(x):\n    x = x - np.max(x)\n    return np.exp(x) / np.sum(x)\n"
    (item,) = feedback(source)["softmax"]["parts"]
    assert "The inputs less the largest of them are added up there" in item["did"]
    assert "The inputs themselves" not in item["did"]
    right = "def softmax(x):\n    e = np.exp(x - np.max(x))\n    return e / e.sum() / 2\n"
    (item,) = feedback(right)["softmax"]["parts"]
    assert "The inputs themselves" not in item["did"]


def test_a_function_without_arguments_is_asked_for_as_that() -> None:
    by_hand = missing_function(FUNCTIONS["practice_6_2"], SAY)
    assert by_hand.endswith("the name of the stub, without arguments.")
    other = missing_function(FUNCTIONS["propagate_error"], SAY, "not_found")
    assert other.endswith("with the arguments (error, jacobian).")


@pytest.mark.parametrize(
    ("made", "product", "is_said"),
    [("s", "np.dot(s, s.T)", False), ("s.reshape(-1, 1)", "np.dot(s.T, s)", True)],
)
def test_a_row_and_a_column_are_spoken_of_where_there_are_such(
    made: str, product: str, is_said: bool, feedback: Feedback
) -> None:
    source = (
        "def softmax_jacobian(x):\n    s = softmax(x)\n    d = np.diag(s)\n"
        f"    s = {made}\n    return d - {product}\n"
    )
    text = feedback(source)["softmax_jacobian"]["text"]
    assert "stays as it is when it is transposed" in text
    assert ("Of a row and a column" in text) is is_said


_BUFFERS = (
    "def propagate_chain(error, jacobians):\n    kept, out = dict(), []\n    for J in jacobians:\n"
    "        row = kept.setdefault(J.shape[1], np.zeros(J.shape[1]))\n"
    "        row[:] = error @ J\n        out.append(row)\n        error = row.copy()\n"
    "    return out\n"
)
_AT_TIMES = (
    "def propagate_chain(error, jacobians):\n    row, out = np.zeros(0), []\n"
    "    for J in jacobians:\n        error = {factor}error @ J\n"
    "        if {when}:\n            row = np.zeros(len(error))\n"
    "        row[:] = error\n        out.append(row)\n    return out\n"
)


def test_entries_that_are_later_ones_are_told_as_that(feedback: Feedback) -> None:
    (item,) = feedback(_BUFFERS)["propagate_chain"]["parts"]
    assert "the same numbers as a later one" in item["did"]
    assert "does one change that you had stored before" in item["next"]


def test_an_array_that_is_made_in_some_rounds_is_told_where_it_shows(feedback: Feedback) -> None:
    when = "len(row) != len(error)"
    (item,) = feedback(_AT_TIMES.format(factor="", when=when))["propagate_chain"]["parts"]
    assert item["title"] == "One array, stored more than once"
    assert "out.append(row)" in dict(item["line"]["code"])[item["line"]["number"]]
    (item,) = feedback(_AT_TIMES.format(factor="2 * ", when="True"))["propagate_chain"]["parts"]
    assert "in some rounds only" not in item["did"]


def test_layers_are_spoken_of_where_each_is_made_from_the_one_above() -> None:
    steps = {
        name: next_step(FUNCTIONS[name], [said("seen.top_right")])
        for name in ("backward", "propagate_chain", "weight_gradients")
    }
    told = {name: SAY.fill(step) for name, step in steps.items() if step}
    assert "one layer further down" in told["backward"]
    assert "layer" not in told["propagate_chain"]
    assert "layer" not in told["weight_gradients"]


def test_what_comes_back_names_it_though_it_is_seldom_wrong(feedback: Feedback) -> None:
    source = "def softmax(x):\n    e = np.exp(np.clip(x, -200, 200))\n    return e / e.sum()\n"
    (item,) = feedback(source)["softmax"]["parts"]
    assert item["title"] == "Inputs cut off at some size"
    assert "the same pair of shares" in item["next"]


_GROWING = (
    "def propagate_chain(error, jacobians):\n    out = [np.zeros(0)]\n    for J in jacobians:\n"
    "        error = error @ J\n        out.append(np.append({first}, {second}))\n"
    "    return out[1:]\n"
)


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("out[-1]", "error", "begins with all that is in the entry before"),
        ("error", "out[-1]", "ends with all that is in the entry before"),
        ("error", "0.5", ""),
    ],
)
def test_an_entry_that_holds_the_one_before_it_is_told_as_that(
    first: str, second: str, how: str, feedback: Feedback
) -> None:
    text = feedback(_GROWING.format(first=first, second=second))["propagate_chain"]["text"]
    assert how in text
    assert ("The entry before is taken along" in text) is bool(how)


@pytest.mark.parametrize(
    ("made", "is_said"),
    [
        ("softmax.reshape(-1, 1)", True),
        ("1.0 * softmax", True),
        ("(softmax - x).reshape(-1, 1)", True),
        ("softmax(x).reshaped(-1, 1)", False),
        ("softmax(x) - 'x'", False),
    ],
)
def test_a_function_that_is_not_called_is_told_by_its_name(
    made: str, is_said: bool, feedback: Feedback
) -> None:
    source = f"def softmax_jacobian(x):\n    s = {made}\n    return np.diag(s) - s @ s.T\n"
    (item,) = feedback(source)["softmax_jacobian"]["parts"]
    assert ("`softmax` without parentheses" in item["did"]) is is_said
    assert ("`type(softmax)`" in item["next"]) is is_said


def test_a_size_that_is_taken_of_another_shape_is_asked_about_as_that(feedback: Feedback) -> None:
    source = (
        "def threshold_jacobian(x):\n    v = np.asarray(x, dtype=float)[:, None]\n"
        "    J = np.zeros((len(v), v.shape[1]))\n"
        "    for i in range(J.shape[0]):\n        for j in range(J.shape[1]):\n"
        "            J[i, j] = 1.0 if i == j and v[i, 0] > -1 else 0.0\n    return J\n"
    )
    (item,) = feedback(source)["threshold_jacobian"]["parts"]
    assert "(4, 1); it should have shape (4, 4)" in item["did"]
    assert "`v.shape[1]`: whose length" in item["did"]
    assert item["next"].startswith("Print all of `v.shape` in line")


@pytest.mark.parametrize(
    ("made", "taken", "marked"),
    [
        ("np.ravel(jacobian)", "J[j * n + i]", "J[j * n + i]"),
        ("[one for row in jacobian for one in row]", "J[i + n * j]", "J[i + n * j]"),
        ("np.reshape(jacobian, (m, n))", "J[j, i]", "np.reshape"),
    ],
)
def test_reshaping_is_told_only_of_code_that_reshapes(
    made: str, taken: str, marked: str, feedback: Feedback
) -> None:
    source = (
        f"def propagate_error(error, jacobian):\n    n, m = np.shape(jacobian)\n    J = {made}\n"
        f"    new = np.zeros(m)\n    for j in range(m):\n        for i in range(n):\n"
        f"            new[j] += error[i] * {taken}\n    return new\n"
    )
    (item,) = feedback(source)["propagate_error"]["parts"]
    assert item["title"] == "Numbers from other places of the Jacobian"
    assert ("reshape" in item["did"] + item["why"].lower() + item["next"]) is ("reshape" in made)
    assert marked in dict(item["line"]["code"])[item["line"]["number"]]


_INTO_EACH = (
    "def forward(weights, x):\n    below = np.asarray(x, dtype=float)\n    made = [below]\n"
    "    for l, W in enumerate(weights[:-1]):\n        made.append({hidden})\n"
    "    return [*made, softmax(weights[-1] @ {top})]\n"
)


@pytest.mark.parametrize(
    ("hidden", "top", "is_marked"),
    [
        ("np.maximum(W @ below, 0)", "made[-1]", True),
        ("np.maximum(W @ below if l == 0 else\n            W @ made[0], 0)", "made[-1]", False),
        ("np.maximum(W @ (x if l == 0 else made[-1]), 0)", "below", False),
    ],
)
def test_the_line_that_hands_the_input_on_is_marked(
    hidden: str, top: str, is_marked: bool, feedback: Feedback
) -> None:
    item = feedback(_INTO_EACH.format(hidden=hidden, top=top))["forward"]["parts"][0]
    shown = dict(item["line"]["code"]).get(item["line"]["number"], "") if item["line"] else ""
    assert ("W @ below" in shown) is is_marked
    if is_marked:
        assert item["did"].startswith("For the activation of a hidden layer your code computes")
        assert "it stops with `ValueError` in line" in item["did"]


@pytest.mark.parametrize(("spared", "told"), [(2, "The last two entries"), (1, "The last entry")])
def test_how_much_of_a_list_is_right_from_its_end_is_told(
    spared: int, told: str, feedback: Feedback
) -> None:
    source = (
        "def backward(weights, activations, target):\n    a = activations[-1]\n"
        "    errors = [(a - target) @ (np.diag(a) - np.outer(a, a))]\n"
        "    for l in range(len(weights) - 1, 0, -1):\n"
        "        e = (errors[0] @ weights[l]) * (activations[l] > 0)\n"
        f"        if len(errors) >= {spared}:\n"
        "            e = np.sort(np.tanh(e * 1.7)) + np.cos(e).sum()\n"
        "        errors.insert(0, e)\n    return errors\n"
    )
    assert f"{told} of the list" in feedback(source)["backward"]["text"]


TRAIN_BY_A_WHILE = """\
def train(weights, inputs, targets, learning_rate, epochs):
    weights, losses, done = [np.array(W, dtype=float) for W in weights], [], 0
    while done < epochs:
        total = 0.0
        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            total += 0.5 * np.sum((a[-1] - t) ** 2)
            gradients = weight_gradients(backward(weights, a, t), a)
            weights = update_weights(weights, gradients, learning_rate)
        losses.append(total)
        done += 1
        {last}
    return weights, losses
"""


@pytest.mark.parametrize(
    ("last", "has", "has_not"),
    [
        ("done += 1000", "`done += 1000`", "end a loop early"),
        ("break", "`break`", "go up by"),
        ("epochs = 0", "Why does no second one begin?", "end a loop early"),
    ],
)
def test_what_ends_training_early_is_told_by_the_code(
    last: str, has: str, has_not: str, feedback: Feedback
) -> None:
    (item,) = feedback(TRAIN_BY_A_WHILE.format(last=last))["train"]["parts"]
    text = f"{item['did']} {item['next']}"
    assert has in text
    assert has_not not in text


@pytest.mark.parametrize("share", ["np.exp(shifted / 0.99)", "2.72 ** shifted"])
def test_where_e_is_another_number_no_e_of_its_own_is_asked_for(
    share: str, feedback: Feedback
) -> None:
    source = (
        "def softmax(x):\n    shifted = np.array(x) - np.max(x)\n"
        f"    powers = {share}\n    return powers / powers.sum()\n"
    )
    text = feedback(source)["softmax"]["text"]
    assert "divide your second share by the first one" in text
    assert "your e" not in text


def test_ones_in_a_vector_stand_on_no_diagonal(feedback: Feedback) -> None:
    source = "def softmax_jacobian(x):\n    return np.ones(len(x))\n"
    text = " ".join(str(part["did"]) for part in feedback(source)["softmax_jacobian"]["parts"])
    assert "the effect of an input on its own output is 1" in text
    assert "diagonal" not in text


@pytest.mark.parametrize(
    ("layer", "is_told"), [("squeeze(z)", True), ("squeeze(z, 1)", False), ("ravel(z) * 2", False)]
)
def test_a_squeeze_is_told_where_a_single_neuron_loses_its_axis(
    layer: str, is_told: bool, feedback: Feedback
) -> None:
    source = (
        "def forward(weights, x):\n    out = [np.asarray(x, dtype=float)]\n"
        "    for k, W in enumerate(weights):\n        z = W @ out[-1].reshape(-1, 1)\n"
        f"        z = np.{layer}\n        is_top = k == len(weights) - 1\n"
        "        out.append(softmax(z) if is_top else np.maximum(z, 0))\n    return out\n\n"
        "def softmax(x):\n    e = np.exp(x - np.max(x))\n    return e / np.sum(e)\n"
    )
    assert ("takes away each axis of length 1" in feedback(source)["forward"]["text"]) == is_told


@pytest.mark.parametrize(
    ("made", "part", "before"),
    [
        ("np.array(error, dtype=float)", "new[i]", "don't stop but give"),
        ("np.zeros(len(error) + 1)", "error[i]", "doesn't stop but gives"),
    ],
)
def test_a_shape_is_told_of_one_call_where_others_are_wrong_in_the_right_shape(
    feedback: Feedback, made: str, part: str, before: str
) -> None:
    source = (
        f"def propagate_error(error, jacobian):\n    new = {made}\n"
        f"    for i, row in enumerate(jacobian):\n        part = {part}\n"
        "        for j, slope in enumerate(row):\n            new[j] += part * slope\n"
        "    return new\n"
    )
    text = feedback(source)["propagate_error"]["text"]
    assert f"{before} a wrong answer: What you return is too long" in text


@pytest.mark.parametrize(
    ("function", "rule", "told"),
    [
        (
            "threshold",
            "1.0 if v > 0.5 else 0.0",
            "Where a value of `x` is above 0.5, your code gives `1` for it; for all others it "
            "gives `0`. Not as in the notes: the border and what a value that passes becomes.",
        ),
        (
            "threshold",
            "v - 2 if v >= 0.25 else 0.1 * v",
            "is 0.25 or more, your code gives the value minus 2 for it; for all others it gives "
            "0.1 times the value. Not as in the notes: the border and what comes out on each side",
        ),
        (
            "threshold_jacobian",
            "v if v > 0.5 else 0.0",
            "is above 0.5, your code puts the value itself on the diagonal; for all others it puts "
            "`0` there.",
        ),
    ],
)
def test_what_comes_out_on_the_two_sides_of_a_border_is_told(
    function: str, rule: str, told: str, feedback: Feedback
) -> None:
    made = "np.diag" if function == "threshold_jacobian" else "np.array"
    source = f"def {function}(x):\n    return {made}([{rule} for v in x])\n"
    text = feedback(source)[function]["text"]
    assert told in text
    assert "Write down by hand what should come out" in text


@pytest.mark.parametrize(
    "rule",
    [
        "1.0 if v > np.mean(x) else 0.0",
        "1.0 if 0.5 < v < 2 else 0.0",
        "1.0 if v > 0.5 and len(x) != 5 else 0.0",
        "np.sin(v) if v > 0.5 else 0.0",
    ],
)
def test_no_border_is_told_where_the_two_sides_are_no_rule(rule: str, feedback: Feedback) -> None:
    source = f"def threshold(x):\n    return np.array([{rule} for v in x])\n"
    assert "your code gives" not in feedback(source)["threshold"]["text"]


@pytest.mark.parametrize(
    ("rectified", "near"),
    [
        ("np.maximum(z, 0.001)", True),
        ("np.where(z > 0, z, 0.001)", False),
        ("np.where(z > 0, z, 0.3)", False),
    ],
)
def test_what_is_right_elsewhere_is_told_to_be_so_close_to_the_border_only_if_it_is(
    feedback: Feedback, rectified: str, near: bool
) -> None:
    source = (
        "def forward(weights, x):\n    a = [x]\n    for W in weights[:-1]:\n"
        f"        z = W @ a[-1]\n        a.append({rectified})\n"
        "    z = weights[-1] @ a[-1]\n    e = np.exp(z - z.max())\n    return [*a, e / e.sum()]\n"
    )
    text = feedback(source)["forward"]["text"]
    assert "this step comes out right" in text
    assert ("close to that border" in text) == near


@pytest.mark.parametrize(
    ("returned", "title"),
    [
        ("np.sqrt(np.sum(table ** 2, axis=0))", "One number for each place, not for each error"),
        ("[sum(v * v for v in column) for column in table.T]", "for each place, and no root"),
        ("np.sqrt(np.sum(table, axis=1))", ""),
    ],
)
def test_numbers_taken_together_across_the_errors_are_told_as_that(
    returned: str, title: str, feedback: Feedback
) -> None:
    source = (
        "def error_norms(error, jacobians):\n    errors = [np.array(error)]\n"
        "    for J in jacobians:\n        errors.append(errors[-1] @ J)\n"
        "    table = np.zeros((len(errors), max(map(len, errors))))\n"
        "    for row, e in zip(table, errors):\n        row[:len(e)] = e\n"
        f"    return {returned}\n"
    )
    text = feedback(source)["error_norms"]["text"]
    assert title in text
    assert ("one number for each place" in " ".join(text.split())) is bool(title)


def test_that_a_list_is_right_up_to_its_first_entry_is_told_in_plain_words(
    feedback: Feedback,
) -> None:
    source = (
        "def propagate_chain(error, jacobians):\n    errors = []\n"
        "    for k, J in enumerate(jacobians):\n        error = error @ J\n"
        "        if k > 0:\n            error = np.sin(error) + k\n"
        "        errors.append(error)\n    return errors\n"
    )
    text = feedback(source)["propagate_chain"]["text"]
    assert "The first entry of the list is always right; what goes wrong comes later." in text


def test_a_value_that_is_no_output_is_not_called_one(feedback: Feedback) -> None:
    source = (
        "def threshold_jacobian(x):\n    return np.diag([1.0 if v > -1 else 0.3 * v for v in x])\n"
    )
    (item,) = feedback(source)["threshold_jacobian"]["parts"]
    assert item["title"] == "Values where slopes belong"
    assert "the output;" not in item["did"]


DIFFERENCES = """
def backward(weights, activations, target):
    a = activations[-1]
    errors = [{difference}]
    for k in range(len(weights) - 1, 0, -1):
        errors.insert(0, np.dot(weights[k].T, errors[0]))
    return errors
"""


def test_a_column_that_makes_a_table_is_told_with_its_line(feedback: Feedback) -> None:
    entry = feedback(DIFFERENCES.format(difference="a - np.reshape(target, (-1, 1))"))["backward"]
    (item,) = entry["parts"]
    assert item["title"] == "A column on one side alone"
    # Of several tables that is told which the others are made of.
    assert "Entry [0]" not in item["did"]
    assert "np.reshape(target, (-1, 1))" in dict(item["line"]["code"])[item["line"]["number"]]


def test_a_column_that_is_made_a_row_again_is_not_told(feedback: Feedback) -> None:
    source = DIFFERENCES.format(difference="(a[:, None] - target[:, None]).ravel()")
    assert "column" not in " ".join(p["title"] for p in feedback(source)["backward"]["parts"])


ENTRIES = """
def error_norms(error, jacobians):
    e = np.array(error, dtype=float)
    found = [{of}]
    for J in jacobians:
        e = e @ J
        found.append({of})
    return np.array(found)
"""


@pytest.mark.parametrize("of", ["np.sqrt(e)", "np.tanh(e)"])
def test_a_row_for_each_number_is_told_before_where_rows_of_other_lengths_stop(
    of: str, feedback: Feedback
) -> None:
    (item,) = feedback(ENTRIES.format(of=of))["error_norms"]["parts"]
    assert item["title"] == "Rows in place of numbers"
    assert "Each of its entries is a row of numbers, where one number is asked for" in item["did"]
    assert "On some inputs it stops with `ValueError`" in item["did"]
    assert item["line"].get("number") is None  # The line that stops is innocent.
    assert "which line should make one number of it?" in item["next"]


def test_a_list_whose_entries_are_numbers_has_no_rows(feedback: Feedback) -> None:
    entry = feedback(ENTRIES.format(of="np.tanh(e).sum()"))["error_norms"]
    assert "row of numbers" not in entry["text"]


def test_a_square_is_not_told_as_a_row_for_each_number(feedback: Feedback) -> None:
    source = "def threshold(x):\n    return np.outer(x, np.tanh(x))\n"
    assert "Each of its entries is a row" not in feedback(source)["threshold"]["text"]


def test_zeros_of_another_shape_are_told_as_zeros(feedback: Feedback) -> None:
    source = "def propagate_error(error, jacobian):\n    return {} * np.outer(error, jacobian[0])\n"
    (item,) = feedback(source.format("0"))["propagate_error"]["parts"]
    assert item["title"] == "Nothing but zeros"
    assert "Every number that comes back is 0." in item["did"]
    assert "which is the first that is all 0" in item["next"]
    assert "that comes back is 0" not in feedback(source.format("1"))["propagate_error"]["text"]


#: By a product in the place of the outer one: whether something in it is transposed.
TRANSPOSED = {
    "e * a.T": True,
    "np.transpose(e) * a": True,
    "np.dot(e, a.T)": True,
    "e * a": False,
    "np.dot(e, a)": False,
}


@pytest.mark.parametrize("product", TRANSPOSED)
def test_that_a_vector_cannot_be_transposed_is_said_to_who_tried(
    product: str, feedback: Feedback
) -> None:
    source = (
        "def weight_gradients(errors, activations):\n"
        f"    return [{product} for e, a in zip(errors, activations)]\n"
    )
    (item,) = feedback(source)["weight_gradients"]["parts"]
    by = "`transpose`" if "transpose" in product else "`.T`"
    assert (f"{by} leaves it as it is" in item["did"]) == TRANSPOSED[product]
    assert item["did"].count("single axis") == TRANSPOSED[product]


def test_what_shows_in_no_number_by_itself_is_said_to_have_no_part_in_those_shown(
    feedback: Feedback,
) -> None:
    both = SAY("text.both_in_numbers")
    overflows = "def softmax(x):\n    e = np.exp(x)\n    return e / np.sum({of})\n"
    entry = feedback(overflows.format(of="x"))["softmax"]
    assert len(entry["parts"]) == 2
    # exp overflows for larger inputs than those of the numbers that are shown.
    assert [item["of_numbers"] for item in entry["parts"]] == ["", ""]
    jacobian = "def softmax_jacobian(x):\n    return softmax(x) - np.eye(len(x))\n"
    entry = feedback(jacobian)["softmax_jacobian"]
    assert len(entry["parts"]) == 2
    assert [item["of_numbers"] for item in entry["parts"]] == [both, ""]


def test_what_comes_back_in_place_of_an_empty_list_is_told_once(feedback: Feedback) -> None:
    source = (
        "def propagate_chain(error, jacobians):\n"
        "    if len(jacobians) == 0:\n        return [np.array(error)]\n"
        "    out = []\n    for J in jacobians:\n        error = error @ J\n"
        "        out.append(error)\n    return out\n"
    )
    text = feedback(source)["propagate_chain"]["text"]
    assert "should be empty, there is one entry in it" in text
    assert "All that is asked for is there" not in text


_SHUFFLED = """
def train(weights, inputs, targets, learning_rate, epochs):
    W, losses = [np.array(w, dtype=float) for w in weights], []
    for epoch in range(epochs):
        loss = 0.0
        for n in np.random.permutation(len(inputs)):
            a = forward(W, inputs[n])
            loss += {half} * np.sum((a[-1] - targets[n]) ** 2)
            G = weight_gradients(backward(W, a, targets[n]), a)
            W = update_weights(W, G, learning_rate)
        losses.append(loss)
    return W, losses
"""


@pytest.mark.parametrize(("half", "asks"), [("0.5", False), ("0.7", True)])
def test_beside_an_order_of_chance_it_is_told_that_one_step_is_wrong_too(
    half: str, asks: bool, feedback: Feedback
) -> None:
    text = feedback(_SHUFFLED.format(half=half))["train"]["text"]
    assert "makes a random order" in text
    assert ("no more than one step to be done, it is not right either" in text) == asks


@pytest.mark.parametrize(("what", "one"), [("wrong_shape_number", True), ("wrong_shape", False)])
def test_one_number_in_place_of_several_is_asked_where_it_is_made(what: str, one: bool) -> None:
    step = next_step(FUNCTIONS["error_norms"], [said(f"seen.{what}")])
    assert step
    assert ("makes a single number" in SAY.fill(step)) is one


BELOW = """
def backward(weights, activations, target):
    a = activations[-1]
    error = a * (a - target - (a - target) @ a)
    errors = [error]
    for l in range(len(weights) - 2, -1, -1):
        slopes = np.where(activations[{of}] > 0, 1.0, 0.0){rest}
        error = (weights[l + 1].T @ error) * slopes
        errors.insert(0, error)
    return errors
"""


@pytest.mark.parametrize(
    ("of", "rest", "some"), [("l", "", True), ("l + 1", ".reshape(98, 97)", False)]
)
def test_where_some_such_inputs_do_not_stop_it_that_is_said(
    of: str, rest: str, some: bool, feedback: Feedback
) -> None:
    text = str(feedback(BELOW.format(of=of, rest=rest))["backward"])
    assert ("not every such input stops it" in text) is some


ONE_ARRAY = """
def update_weights(weights, gradients, learning_rate):
    {begins}
    return [{new}[l] - learning_rate * gradients[l] for l in range(len(weights))]
"""


@pytest.mark.parametrize(
    ("begins", "new", "takes"),
    [
        ("new = np.array(weights)", "new", False),
        ("shape = np.shape(weights[0])", "np.reshape(weights, (-1, *shape))", True),
    ],
)
def test_a_matrix_of_anothers_shape_is_spoken_of_where_no_list_is_made_an_array(
    begins: str, new: str, takes: bool, feedback: Feedback
) -> None:
    item = feedback(ONE_ARRAY.format(begins=begins, new=new))["update_weights"]["parts"][0]
    assert item["title"] == "Right only for layers of one size"
    assert ("the shape of one does not fit another" in item["why"]) is takes
    assert ("another's shape" in item["next"]) is takes


IN_BRANCHES = """
def softmax_jacobian(x):
    s = softmax(x)
    sums = np.zeros(len(s))
    for i in range(len(s)):
        for j in range(len(s)):
            if i != j:
                {first}
            else:
                {second}
    return sums
"""


def test_of_a_sum_in_two_branches_both_are_shown_and_neither_said_to_take_all(
    feedback: Feedback,
) -> None:
    branches = {"first": "sums[i] -= s[j] * s[i]", "second": "sums[i] += s[i] * (1 - s[i])"}
    item = feedback(IN_BRANCHES.format(**branches))["softmax_jacobian"]["parts"][0]
    shown = [text.strip() for _, text in item["line"]["code"]]
    assert item["title"] == "All added up in one place"
    assert "every `j`" not in item["did"]
    assert set(branches.values()) <= set(shown)


@pytest.mark.parametrize(
    ("product", "stops_first"),
    [
        ("np.matmul(jacobian.T, np.asarray(error).reshape(1, -1))", True),
        ("np.transpose(jacobian) @ np.atleast_2d(error)", True),
        ("np.asarray(error).reshape(1, -1) @ jacobian", False),
        ("jacobian @ np.asarray(error).reshape(-1, 1)", False),
    ],
)
def test_what_comes_back_of_an_axis_of_one_alone_is_not_told_for_a_stop(
    product: str, stops_first: bool, feedback: Feedback
) -> None:
    source = f"def propagate_error(error, jacobian):\n    return {product}\n"
    item = feedback(source)["propagate_error"]["parts"][0]
    assert (item["title"] == "Shapes that do not fit") is stops_first
    assert ("axis of length 1 too many" in item["did"]) <= (not stops_first)
    assert any("ends in ValueError" in line for line in item["call"]) >= stops_first


@pytest.mark.parametrize("function", ["propagate_error", "weight_gradients"])
def test_a_shape_is_asked_for_in_a_way_that_lists_stand_too(function: str) -> None:
    step = next_step(FUNCTIONS[function], [said("seen.wrong_shape")])
    assert step
    assert "Print `np.shape(...)` of" in SAY.fill(step)


OF_EXPONENTIALS = """
def softmax_jacobian(x):
    x = np.asarray(x, dtype=float)
    J = np.exp(x[{lower}] - x[{higher}])
    np.fill_diagonal(J, {diagonal})
    return J
"""


@pytest.mark.parametrize("lower", [":, None", "None, :"])
@pytest.mark.parametrize(
    ("diagonal", "told", "never"),
    [
        ("np.exp(-x) + 1", "`1 + exp(−x_i)` on the diagonal", True),
        ("np.exp(x)", "`exp(x_i)` on the diagonal", True),
        ("1 + 1 / np.exp(x)", "`1 + exp(−x_i)` on the diagonal", False),
        ("softmax(x)", "`s_i` on the diagonal", False),
        ("np.exp(x) / sum(np.exp(x))", "`s_i` on the diagonal", False),
        ("np.divide(np.exp(x), np.exp(x).sum())", "`s_i` on the diagonal", False),
    ],
)
def test_a_formula_of_exponentials_has_no_shares_in_it_that_the_code_does_not_make(
    lower: str, diagonal: str, told: str, never: bool, feedback: Feedback
) -> None:
    higher = next(way for way in (":, None", "None, :") if way != lower)
    source = OF_EXPONENTIALS.format(lower=lower, higher=higher, diagonal=diagonal)
    (item, *_) = feedback(source)["softmax_jacobian"]["parts"]
    one, other = ("i", "j") if lower == ":, None" else ("j", "i")
    assert told in item["did"]
    assert (f"`exp(x_{one} − x_{other})` off the diagonal" in item["did"]) is never
    assert (item["title"] == "Softmax is never computed") is never
    assert "igmoid" not in item["did"]


@pytest.mark.parametrize(
    ("shifted", "divided", "told"),
    [
        ("x - np.max(x)", "np.exp(z) / np.sum(z)", "`exp(x − max(x)) / sum(x − max(x))`"),
        ("np.subtract(x, max(x))", "np.exp(z) / z.sum()", "`exp(x − max(x)) / sum(x − max(x))`"),
        ("np.exp(x)", "z / max(z) / np.sum(x)", "`exp(x) / (max(exp(x)) · sum(x))`"),
    ],
)
def test_a_shift_is_told_as_it_is_written(
    shifted: str, divided: str, told: str, feedback: Feedback
) -> None:
    source = f"def softmax(x):\n    z = {shifted}\n    return {divided}\n"
    assert told in feedback(source)["softmax"]["parts"][0]["did"]
