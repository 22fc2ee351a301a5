"""Of an answer by hand the line is marked by which it goes wrong, and none that is right."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.assignment.rows import Row
from autograder.course.grader import Grader
from autograder.notes6 import hand
from autograder.notes6.threshold import above
from tests.diagnosis.test_right_values import entry_of, marked
from tests.the_assignment import FUNCTIONS

#: By what is at fault: the function, its lines, what stands in the one that is marked, and what is
#: said.
WORKED = {
    "the matrix by columns": (
        "practice_6_2",
        "jac = np.column_stack(([3, -3], [4, -4]))\nreturn np.array([1, 2]) @ jac",
        "jac = np.column_stack",
        "rows of the matrix of the task are the columns of `jac`",
    ),
    "the product, beside a turned matrix": (
        "practice_6_2",
        "J = np.array([[3, -3], [4, -4]])\nJt = J.T\nJt.shape\nreturn J @ np.array([1, 2])",
        "return J @",
        "Your numbers come from going along the rows",
    ),
    "the products of written numbers": (
        "practice_6_3",
        "first = [3 * 1 + -3 * 2,\n         4 * 1 + -4 * 2]\nsecond = [first[0], first[1]]\n"
        "return [first, second]",
        "first = [",
        "Your numbers come from going along the rows",
    ),
    "a product of what is right, in the result": (
        "practice_6_3",
        "e = np.array([1, 2])\nJ1 = np.array([[3, -3], [4, -4]])\nJ2 = np.eye(2)\n"
        "return [e @ J1, e @ J2]",
        "return [e @ J1",
        "not the one that came out of the first step",
    ),
    "what is handed on": (
        "practice_6_1",
        "slopes = np.array([0.3, 0, -0.2, 0.4, 0.9])\nreturn np.diag(slopes)",
        "",
        "the input's own value",
    ),
    "the outputs on the diagonal": (
        "practice_6_1",
        "output = np.array([0.3, 0, -0.2, 0.4, 0.9])\nones = np.eye(5)\nreturn ones * output",
        "return ones * output",
        "the input's own value",
    ),
    "an entry twice": (
        "practice_6_2",
        "e = [1, 2]\nJ = [[3, -3], [4, -4]]\nfirst = e[0] * J[0][0] + e[1] * J[1][0]\n"
        "second = e[0] * J[0][1] + e[1] * J[1][0]\nreturn [first, second]",
        "second = ",
        "takes `J[1][0]`, and line",
    ),
    "a name twice": (
        "practice_6_2",
        "a, b, c, d = 3, -3, 4, -4\nfirst = 1 * a + 2 * c\nsecond = 1 * b + 2 * c\n"
        "return [first, second]",
        "second = ",
        "while no line reads `d`",
    ),
    "two numbers": (
        "practice_6_1",
        "x = np.array([0.3, -1.8, -0.2, 0.4, 0.9])\nslopes = np.ones(5)\n"
        "slopes[x < 0] = 0.03\nreturn np.diag(slopes)",
        "slopes[x < 0] = 0.03",
        "There are two mistakes.",
    ),
    "two lines": (
        "practice_6_1",
        "x = np.array([0.3, -1.8, -0.2, 0.4, 0.9])\nJ = np.eye(5)\nfor i in range(5):\n"
        "    if x[i] < 0:\n        J[i, i] = 0.2\nreturn J",
        "",
        "There are two mistakes.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WORKED)
def test_the_line_is_marked_that_goes_wrong(case: str, grader: Grader) -> None:
    function, body, line, told = WORKED[case]
    lines = "".join(f"    {text}\n" for text in body.split("\n"))
    entry = entry_of(grader, function, f"import numpy as np\n\n\ndef {function}():\n{lines}")
    assert told in entry["text"]
    assert marked(entry).strip().startswith(line) if line else marked(entry) == ""


@pytest.mark.parametrize(
    ("below", "blocked", "is_told"),
    [(0.03, 0.03, True), (-1, -1, False), (0.03, 0.5, False), (0.03, 0, False)],
)
def test_a_cut_at_0_and_a_slope_are_told_of_equal_slopes(
    below: float, blocked: float, is_told: bool
) -> None:
    # Those of a sign are -1, which is no slope of what is blocked.
    exercise, x = FUNCTIONS["practice_6_1"], hand.X
    J = np.diag(np.where(above(x), np.where(x < 0, below, 1), blocked))
    row = Row(
        next(iter(exercise.inputs(np.random.default_rng(0)))), [np.diag(1.0 * above(x))], [J], False
    )
    (slopes,) = exercise.properties
    assert ("practice_6_1.cut_at_0_and_leak" in {one.key for one in slopes([row])}) is is_told
