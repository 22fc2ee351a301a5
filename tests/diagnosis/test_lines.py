"""The student's own line is named where it alone shows the cause, and not otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from autograder.course.grader import Grader
from autograder.diagnosis.lines import telling_line
from autograder.intake.submission import Submission
from tests.conftest import solutions
from tests.the_assignment import FUNCTIONS

Feedback = Callable[[str], dict[str, dict[str, Any]]]


def test_each_look_belongs_to_a_misconception() -> None:
    looks = {id for exercise in FUNCTIONS.values() for id in exercise.looks}
    assert looks <= {id for e in FUNCTIONS.values() for id in e.recipe.misconceptions}


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
        (
            "threshold",
            "def threshold(x):\n    x = np.asarray(x)\n    low = 0.01 * x\n"
            "    return np.where(x > -1, x, low)\n",
            "low = 0.01 * x",
        ),
        (
            "update_weights",
            "def update_weights(weights, gradients, learning_rate):\n    new = []\n"
            "    for G in gradients:\n        step = -learning_rate * np.asarray(G)\n"
            "        new.append(step)\n    return new\n",
            "step = -learning_rate * np.asarray(G)",
        ),
        (
            "error_norms",
            "def error_norms(error, jacobians):\n    norms, errors = [], [np.asarray(error)]\n"
            "    for J in jacobians:\n        errors.append(errors[-1] @ np.asarray(J))\n"
            "    for e in errors:\n        total = 0.0\n        for one in e:\n"
            "            total += np.sqrt(one * one)\n        norms.append(total)\n"
            "    return norms\n",
            "total += np.sqrt(one * one)",
        ),
        (
            "propagate_error",
            "def propagate_error(error, jacobian):\n    row = np.array([error])\n"
            "    return row @ jacobian\n",
            "row = np.array([error])",
        ),
        (
            "propagate_error",
            "def propagate_error(error, jacobian):\n    row = np.asarray(error)[None, :]\n"
            "    out = np.matmul(row, jacobian)\n    return out\n",
            "row = np.asarray(error)[None, :]",
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


def test_a_rate_in_two_lines_names_none_of_them(feedback: Feedback) -> None:
    source = (
        "def update_weights(weights, gradients, learning_rate):\n    new = []\n"
        "    for G in gradients[:1]:\n        new.append(-learning_rate * np.asarray(G))\n"
        "    for G in gradients[1:]:\n        new.append(-learning_rate * np.asarray(G))\n"
        "    return new\n"
    )
    assert "Look at line" not in feedback(source)["update_weights"]["text"]


FILE = "practice_6_1.py"
RELU = "\n\ndef threshold(x):\n    return np.where(x > 0, x, 0.0)\n"


def line_of(source: bytes, grader: Grader) -> int | None:
    """The line that is named of a threshold at 0."""
    with grader.open(Submission("student", {FILE: source})) as session:
        return telling_line(session, FUNCTIONS["threshold"], "threshold-at-0")


@pytest.mark.parametrize("end", ["\f", "\v", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_lines_are_counted_as_python_counts_them(end: str, grader: Grader) -> None:
    text = f"# one{end} and still one\n" + solutions()[FILE].decode() + RELU
    assert line_of(text.encode(), grader) == text.count("\n")


@pytest.mark.parametrize("change", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_line_ends(change: str, grader: Grader) -> None:
    text = solutions()[FILE].decode() + RELU
    assert line_of(text.replace("\n", change).encode(), grader) == text.count("\n")


def test_a_file_that_is_not_written_in_utf_8_is_read_as_python_reads_it(grader: Grader) -> None:
    text = "# -*- coding: cp1252 -*-\n# na\xefve\n" + solutions()[FILE].decode() + RELU
    assert line_of(text.encode("cp1252"), grader) == text.count("\n")


def test_an_endless_line_is_not_looked_through(grader: Grader) -> None:
    """It would take the square of its length."""
    told = solutions()[FILE] + RELU.encode()
    endless = told.rstrip() + b" + 0" * 50 + b"\n"
    assert line_of(told, grader) == told.count(b"\n")
    assert line_of(endless, grader) is None
