"""What too much of a line is, and the line itself, where several lines could be changed."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from autograder.course.grader import Grader
from autograder.intake.submission import Submission
from autograder.source.changes.spared import spared_lines
from tests.conftest import solutions_for

Feedback = Callable[[str], dict[str, dict[str, Any]]]

UPDATE = """
def update_weights(weights, gradients, learning_rate):
    new = []
    for W, G in zip(weights, gradients):
        {above}
        new.append({made})
    return new
"""
TRAIN = """
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        loss = 0.0
        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            loss += 0.5 * np.sum((a[-1] - t) ** 2)
            e = backward(weights, a, t)
            weights = update_weights(weights, weight_gradients(e, a), learning_rate)
        loss /= {by}
        losses.append(loss)
    return weights, losses
"""
FORWARD = """
def forward(weights, x):
    sizes = [len(x)] + [len(W) for W in weights]
    last = len(sizes) - 1
    a = [x]
    for l, W in enumerate(weights):
        z = W @ a[-1]
        a.append(softmax(z) if l == last else np.maximum(z, 0))
    return a
"""
CLIPPED = """
def cut(x, low=0.0, high=np.inf, at=0.0):
    x = np.asarray(x, dtype=float) * (np.asarray(x) > at)
    return np.clip(x, low, high)


def threshold(x):
    return cut(x, at=-1.0)
"""


def line_of(entry: dict[str, Any]) -> str:
    line = entry["parts"][0]["line"]
    return str(dict(line["code"])[line["number"]]).strip()


@pytest.mark.parametrize(
    ("above", "made"),
    [
        ("part = 0.1 * learning_rate", "W - learning_rate * G - part * G"),
        ("last = 0.1 * G", "W - learning_rate * (G + last)"),
    ],
)
def test_what_is_made_for_a_term_alone_is_not_blamed_for_it(
    feedback: Feedback, above: str, made: str
) -> None:
    entry = feedback(UPDATE.format(above=above, made=made))["update_weights"]
    assert line_of(entry) == f"new.append({made})"
    assert "does one thing too many" in entry["text"]


def test_what_something_else_needs_too_is_not_spared() -> None:
    source = UPDATE.format(above="part = 0.1 * G", made="W - learning_rate * part - part")
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    call = next(one for one in ast.walk(function) if ast.unparse(one) == made_of(source))
    assert isinstance(call, ast.BinOp)
    assert spared_lines(function, call, [call.left]) == []


def made_of(source: str) -> str:
    return source.partition("append(")[2].partition(")")[0]


@pytest.mark.parametrize("by", ["len(inputs) + 1", "len(inputs) + 3"])
def test_a_line_that_can_be_left_out_is_too_much_as_a_whole(feedback: Feedback, by: str) -> None:
    entry = feedback(TRAIN.format(by=by))["train"]
    assert line_of(entry) == f"loss /= {by}"
    assert f"does one thing too many: it divides by `{by}`." in entry["text"]
    assert "In each matrix or vector" not in entry["text"]


def test_a_list_that_is_only_counted_is_not_blamed_for_its_length(feedback: Feedback) -> None:
    entry = feedback(FORWARD)["forward"]
    assert line_of(entry) == "last = len(sizes) - 1"
    assert "Look at `1` in `len(sizes) - 1`: is that the right number?" in entry["text"]


def test_a_helper_with_an_infinite_default_is_looked_into(grader: Grader) -> None:
    files = solutions_for("threshold")
    files["practice_6_1.py"] += CLIPPED.encode()
    graded = grader.grade(Submission("student", files)).feedback
    entry = next(one for one in graded["functions"] if one["function"] == "threshold")
    assert line_of(entry) == "return np.clip(x, low, high)"
    assert "Look at `np.clip(x, low, high)`" in entry["text"]
