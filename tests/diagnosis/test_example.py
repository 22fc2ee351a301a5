"""Which of the inputs that may be shown is shown: one that can be followed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.the_assignment import below_imports

Feedback = Callable[[str], dict[str, dict[str, Any]]]


def arguments(entry: dict[str, Any]) -> dict[str, Any]:
    """What the call below a text is made with."""
    space: dict[str, Any] = {"np": np}
    exec(below_imports(entry["parts"][0]["call"][:-1]), space)
    return space


def test_no_example_comes_again_and_none_is_all_zero_where_others_show_the_mistake(
    feedback: Feedback,
) -> None:
    source = (
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    Ws, losses = [np.array(W, dtype=float) for W in weights], []\n"
        "    for _ in range(epochs):\n        went = [forward(Ws, x) for x in inputs]\n"
        "        off = [a[-1] - t for a, t in zip(went, targets)]\n"
        "        losses.append(0.5 * np.sum(np.square(off)))\n"
        "        for a, t in zip(went, targets):\n"
        "            G = weight_gradients(backward(Ws, a, t), a)\n"
        "            Ws = update_weights(Ws, G, learning_rate)\n"
        "    return Ws, losses\n"
    )
    given = arguments(feedback(source)["train"])
    assert len(np.unique(given["inputs"], axis=0)) == len(given["inputs"]) > 1
    assert given["inputs"].any(axis=1).all()


def test_where_it_stops_in_deep_networks_the_one_shown_has_the_fewest_layers(
    feedback: Feedback,
) -> None:
    source = (
        "def forward(weights, x):\n"
        "    out = [np.asarray(x)]\n"
        "    for k in range(len(weights) - 1):\n"
        "        out.append(np.maximum(weights[min(k, 1) * 0] @ out[-1], 0))\n"
        "    return [*out, softmax(weights[-1] @ out[-1])]\n"
    )
    entry = feedback(source)["forward"]
    assert entry["parts"][0]["call"][-1].endswith("# ends in ValueError")
    weights = arguments(entry)["weights"]
    assert len(weights) == 3
    assert sum(map(np.size, weights)) <= 30


@pytest.mark.parametrize(
    ("factor", "outputs"), [("2 / len(target)", 3), ("len(target) / 2", 3), ("2", 2)]
)
def test_a_factor_that_is_1_for_some_sizes_is_shown_where_it_is_not(
    factor: str, outputs: int, feedback: Feedback
) -> None:
    source = (
        "def backward(weights, activations, target):\n"
        "    a = activations[-1]\n"
        f"    errors = [{factor} * (a - target) @ (np.diag(a) - np.outer(a, a))]\n"
        # With a mistake beside it, as by itself the factor has a name.
        "    for W in weights[:0:-1]:\n        errors.insert(0, errors[0] @ W)\n"
        "    return errors\n"
    )
    given = arguments(feedback(source)["backward"])
    assert len(given["target"]) == outputs


@pytest.mark.parametrize(
    "loss", ["loss = 0.5 * off @ off", "loss = 0\n            loss += off @ off / 2"]
)
def test_where_a_name_has_no_value_beside_what_is_told_the_example_does_not_stop(
    loss: str, feedback: Feedback
) -> None:
    source = (
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    Ws, losses = [np.array(W, dtype=float) for W in weights], []\n"
        "    for epoch in range(epochs):\n"
        "        for x, t in zip(inputs[:-1], targets[:-1]):\n"
        "            a = forward(Ws, x)\n            off = a[-1] - t\n"
        f"            {loss}\n"
        "            G = weight_gradients(backward(Ws, a, t), a)\n"
        "            Ws = update_weights(Ws, G, learning_rate)\n"
        "        losses.append(loss)\n    return Ws, losses\n"
    )
    entry = feedback(source)["train"]
    assert entry["diagnosis"] == ["last-example-missing", "loss-of-last-example-only"]
    assert len(arguments(entry)["inputs"]) > 1


ASSERTS = (
    "def propagate_error(error, jacobian):\n    made = {begin}\n"
    "    for i in range(len(error)):\n        w = jacobian[i]\n"
    "        assert len(error) == len(w)\n"
    "        made[i] = sum(a * b for a, b in zip(error, w))\n"
    "    {end}\n"
)


@pytest.mark.parametrize("begin", ["[0, 0, 0]", "np.zeros(4)"])
def test_two_sizes_that_an_assert_compares_are_those_of_the_call_shown(
    begin: str, feedback: Feedback
) -> None:
    entry = feedback(ASSERTS.format(begin=begin, end="return made"))["propagate_error"]
    part, given = entry["parts"][0], arguments(entry)
    assert f"`len(error)` is {len(given['error'])}, and `len(w)` is" in part["did"]
    assert len(given["error"]) != given["jacobian"].shape[1]
    assert "inputs of several sizes" in part["next"]


def test_where_nothing_comes_back_beside_an_assert_that_is_still_told(feedback: Feedback) -> None:
    text = feedback(ASSERTS.format(begin="[0, 0, 0]", end="print(made)"))["propagate_error"]["text"]
    assert "returns None" in text or "gives back nothing" in text


def test_what_is_stored_in_each_round_is_shown_in_an_example_of_several(
    feedback: Feedback,
) -> None:
    source = (
        "def propagate_chain(error, jacobians):\n    out = []\n"
        "    made = np.zeros(len(error))\n    for J in jacobians:\n"
        "        error = np.dot(error, J)\n        for j in range(len(error)):\n"
        "            made[j] = error[j]\n        out.append(made)\n    return out\n"
    )
    entry = feedback(source)["propagate_chain"]
    assert entry["parts"][0]["title"] == "Made once, and stored again and again"
    assert len(arguments(entry)["jacobians"]) > 1
