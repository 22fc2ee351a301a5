"""A call that does something else than is meant is told before what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from autograder.course.grader import Grader
from autograder.intake.submission import Submission
from tests.conftest import solutions_for

Feedback = Callable[[str], dict[str, dict[str, Any]]]

BACKWARD = """
def backward(weights, activations, target):
    a = activations[-1]
    errors = [{top}]
    for W, h in zip(weights[:0:-1], activations[-2:0:-1]):
        slope = np.where(h > 0, 1.0, 0.0)
        errors.insert(0, {down})
    return errors
"""
TOP = "(a - target) @ (np.diag(a) - np.outer(a, a))"
OF_THREE = "np.{}(W.T, errors[0], slope)"
FORWARD = """
import numpy


def rectified(z):
    return {rectified}


def forward(weights, x):
    a = [x]
    for W in weights[:-1]:
        a.append(rectified(W @ a[-1]))
    return [*a, softmax(weights[-1] @ a[-1])]
"""
BY_ENTRY = "np.array([{}.max(v, 0) for v in z])"


@pytest.mark.parametrize("product", ["matmul", "dot"])
def test_a_third_argument_that_is_lost_is_told_before_what_comes_of_it(
    feedback: Feedback, product: str
) -> None:
    entry = feedback(BACKWARD.format(top=TOP, down=OF_THREE.format(product)))["backward"]
    assert entry["parts"][0]["title"] == "The third argument is written over"
    assert entry["text"].index("a third argument") < entry["text"].index("lets the whole error")
    assert "just before this line and just after it" in entry["parts"][0]["next"]


def test_a_third_argument_that_is_not_all_that_is_wrong_has_no_title(feedback: Feedback) -> None:
    source = BACKWARD.format(top="a * (a - target)", down=OF_THREE.format("matmul"))
    titles = [part["title"] for part in feedback(source)["backward"]["parts"]]
    assert "The third argument is written over" not in titles


def test_a_place_for_the_result_that_is_meant_as_one_is_not_told(feedback: Feedback) -> None:
    source = BACKWARD.format(top=TOP, down=OF_THREE.format("matmul"))
    source = source.replace("np.where(h > 0, 1.0, 0.0)", "np.zeros(len(h))")
    entry = feedback(source)["backward"]
    assert entry["parts"][0]["title"] == "The hidden slopes are 1 everywhere"
    assert "third argument" not in entry["text"]


OF_TWO = "def threshold(x):\n    x = np.array(x, dtype=float)\n    return np.maximum(x, -1.0{})\n"


@pytest.mark.parametrize("third", [", 0.0 * x", ", x - x"])
def test_a_third_thing_to_compare_is_told_before_what_comes_of_it(
    third: str, feedback: Feedback
) -> None:
    (item,) = feedback(OF_TWO.format(third))["threshold"]["parts"]
    assert item["title"] == "Two are worked with, and not the third"
    assert "`np.maximum` works with its first two arguments alone" in item["did"]
    assert "Low entries come out as −1" in item["did"]


@pytest.mark.parametrize("third", ["", ", x"])
def test_where_nothing_else_is_compared_nothing_is_lost(third: str, feedback: Feedback) -> None:
    (item,) = feedback(OF_TWO.format(third))["threshold"]["parts"]
    assert item["title"] == "Low values clipped at −1"
    assert "first two arguments" not in item["did"]


def of_forward(grader: Grader, source: str) -> dict[str, Any]:
    files = solutions_for("forward")
    files["backprop.py"] += source.encode()
    graded = grader.grade(Submission("student", files)).feedback
    found: dict[str, Any] = next(f for f in graded["functions"] if f["function"] == "forward")
    return found


@pytest.mark.parametrize("owner", ["np", "numpy"])
def test_an_axis_for_a_number_to_compare_with_is_told(grader: Grader, owner: str) -> None:
    entry = of_forward(grader, FORWARD.format(rectified=BY_ENTRY.format(owner)))
    assert entry["parts"][0]["title"] == "The second argument is an axis"
    assert f"`{owner}.max` takes its second argument for the number of an axis" in entry["text"]
    assert "as if the rectified linear threshold were missing" in entry["text"]


def test_a_maximum_along_an_axis_that_is_not_at_fault_is_not_told(grader: Grader) -> None:
    entry = of_forward(grader, FORWARD.format(rectified="z + 0 * np.max(z, 0)"))
    assert entry["parts"][0]["title"] == "Hidden layers have no threshold"
    assert "axis" not in entry["text"]


def test_one_number_for_a_whole_layer_is_told_as_that(grader: Grader) -> None:
    entry = of_forward(grader, FORWARD.format(rectified="np.max(z, 0)"))
    assert entry["parts"][0]["title"] == "One number for a whole hidden layer"


DIAGONAL = """
import numpy as np


def threshold_jacobian(x):
    values = {values}
    J = np.eye(len(values))
    for i, v in enumerate(values):
        {condition}
            J[i, i] = 0
    return J
"""


@pytest.mark.parametrize(
    ("values", "condition"),
    [
        ("np.asarray(x, dtype=float).tolist()", "if ~(v > -1):"),
        ("[float(v) for v in x]", "while J[i, i] and ~(v > -1):"),
        ("np.asarray(x, dtype=float)", "if ~bool(v > -1):"),
    ],
)
def test_a_tilde_before_a_yes_or_no_of_pythons_is_told(
    feedback: Feedback, values: str, condition: str
) -> None:
    entry = feedback(DIAGONAL.format(values=values, condition=condition))["threshold_jacobian"]
    assert entry["parts"][0]["title"] == "`~` is not `not`"
    assert "takes both for true" in entry["text"]
    line = entry["parts"][0]["line"]
    assert dict(line["code"])[line["number"]].strip() == condition


@pytest.mark.parametrize("bound", ["-1", "1"])
def test_a_tilde_before_a_yes_or_no_of_numpys_is_never_told(feedback: Feedback, bound: str) -> None:
    source = DIAGONAL.format(values="np.asarray(x, dtype=float)", condition=f"if ~(v > {bound}):")
    entry = feedback(source)["threshold_jacobian"]
    assert "`~True`" not in entry["text"]
    assert "~" not in " ".join(part["title"] for part in entry["parts"])
