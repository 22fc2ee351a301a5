"""The student's own line is named where it alone shows the cause, and not otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from autograder.diagnosis.lines import LOOKS
from autograder.misconceptions import RECIPES

Feedback = Callable[[str], dict[str, dict[str, Any]]]


def test_each_look_belongs_to_a_misconception() -> None:
    assert set(LOOKS) <= {id for recipe in RECIPES.values() for id in recipe.misconceptions}


@pytest.mark.parametrize(
    ("function", "source", "line"),
    [
        (
            "threshold",
            "def threshold(x):\n    x = np.asarray(x)\n    return np.where(x > 0, x, 0.0)\n",
            "return np.where(x > 0, x, 0.0)",
        ),
        (
            "propagate_error",
            "def propagate_error(error, jacobian):\n"
            '    """The error @ the Jacobian."""\n'
            "    J = np.asarray(jacobian)\n"
            "    return J @ error  # e @ J\n",
            "return J @ error  # e @ J",
        ),
        (
            "softmax",
            "def softmax(x):\n    e = np.exp(x)\n    return e / e.sum()\n",
            "e = np.exp(x)",
        ),
    ],
)
def test_the_line_is_quoted(function: str, source: str, line: str, feedback: Feedback) -> None:
    assert f"`{line}`" in feedback(source)[function]["text"]


def test_of_two_lines_that_could_be_the_cause_none_is_named(feedback: Feedback) -> None:
    source = (
        "def threshold(x):\n    x = np.asarray(x)\n    low = x <= 0\n"
        "    return np.where(x > 0, x, 0.0) * ~low\n"
    )
    text = feedback(source)["threshold"]["text"]
    assert "Look at line" not in text
    assert "-1" in text or "−1" in text
