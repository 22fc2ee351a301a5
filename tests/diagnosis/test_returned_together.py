"""Of several things that are returned together the one that is asked for is explained."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Feedback = Callable[[str], dict[str, dict[str, Any]]]

TOGETHER = "2 things together; the {} of them is the one that is asked for"


def test_a_mistake_in_the_part_that_is_asked_for_is_named(feedback: Feedback) -> None:
    source = (
        "def update_weights(weights, gradients, learning_rate):\n"
        "    steps = [learning_rate * g for g in gradients]\n"
        "    return [w + s for w, s in zip(weights, steps)], steps\n"
    )
    entry = feedback(source)["update_weights"]
    assert entry["diagnosis"] == ["uphill"]
    assert TOGETHER.format("1st") in entry["text"]
    assert entry["score"] == 0


def test_the_part_may_stand_second_and_be_right(feedback: Feedback) -> None:
    source = (
        "def softmax(x):\n    e = np.exp(np.asarray(x) - np.max(x))\n"
        "    return len(x), e / e.sum()\n"
    )
    entry = feedback(source)["softmax"]
    assert "The numbers of `softmax` are right." in entry["text"]
    assert TOGETHER.format("2nd") in entry["text"]
    assert entry["status"] == "wrong"
    assert entry["score"] == 0


def test_a_tuple_of_arrays_that_is_asked_for_is_no_such_thing(feedback: Feedback) -> None:
    source = (
        "def propagate_chain(error, jacobians):\n    out = []\n    for J in jacobians:\n"
        "        error = -(error @ J)\n        out.append(error)\n    return tuple(out)\n"
    )
    assert "together" not in feedback(source)["propagate_chain"]["text"]
