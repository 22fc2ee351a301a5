"""The call behind the shown numbers gives them again, pasted into Python."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.assignment.probe import Probe
from autograder.diagnosis.example import Example
from autograder.feedback.as_python import lines_to_run
from autograder.sandbox.outcome import Returned
from tests.the_assignment import FUNCTIONS, SAY

ONE, OTHER = np.arange(4.0).reshape(2, 2), np.array([[0.1, 0.2], [0.3, 0.4]])


@pytest.mark.parametrize(
    "weights",
    [[ONE, OTHER], [ONE, ONE], [OTHER, ONE, OTHER, ONE], [ONE, ONE.copy()]],
    ids=["two", "one twice", "two in turn", "equal, but two"],
)
def test_a_pasted_call_has_the_same_arguments_and_the_same_objects(weights: list[Any]) -> None:
    x = np.array([0.1, -2.0])
    example = Example(FUNCTIONS["forward"], Probe("forward", (weights, x)), Returned(x, ()), [])
    printed: list[Any] = []
    space: dict[str, Any] = {"np": np, "forward": lambda *given: given, "print": printed.append}
    exec("\n".join(lines_to_run(example, SAY, stops=False, imported=False, told=True)), space)
    ((given_weights, given_x),) = printed
    assert np.array_equal(given_x, x)
    assert all(map(np.array_equal, given_weights, weights))
    assert [[a is b for a in given_weights] for b in given_weights] == [
        [a is b for a in weights] for b in weights
    ]


def test_a_call_of_few_numbers_is_there_to_paste_where_no_sentence_tells_it() -> None:
    x = np.array([0.1, -2.0])
    example = Example(FUNCTIONS["softmax"], Probe("softmax", (x,)), Returned(x * 2, ()), [x])
    lines = [
        lines_to_run(example, SAY, stops=False, imported=True, told=told) for told in (True, False)
    ]
    assert lines[0] == ()
    assert "x = np.array([0.1, -2.0])" in lines[1]
