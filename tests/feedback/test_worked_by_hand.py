"""Of an answer by hand the line is marked that makes its wrong numbers of written ones alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder.feedback.parts import Line
from autograder.feedback.worked_by_hand import line_of_wrong_numbers
from tests.the_assignment import FUNCTIONS

FIRST = [np.array([-3.0, -4.0])] * 2
BOTH_RIGHT = [np.array([11.0, -11.0])] * 2
ROWS = np.diag([1.0, 0, 1, 1, 1])
BLOCKED = np.diag([1.0, 0, 0, 1, 1])
#: By case: the function, its lines, what they make, what comes back, what is right, and the line.
WORKED: dict[str, tuple[str, list[str], dict[int, Any], list[Any], list[Any], int | None]] = {
    "the first error": (
        "practice_6_3",
        ["f = [1*3 + 2*(-3), 1*4 + 2*(-4)]", "g = [f[0]*1 + f[1]*0, f[1]]"],
        {1: [-3, -4], 2: [-3, -4]},
        FIRST,
        BOTH_RIGHT,
        1,
    ),
    "one sum": (
        "practice_6_3",
        ["a = 3 + 6", "b = -3 + -8", "return [a, b], [a, b]"],
        {1: 9, 2: -11},
        [np.array([9.0, -11.0])] * 2,
        BOTH_RIGHT,
        1,
    ),
    "a row that is right elsewhere": (
        "practice_6_1",
        [f"row{k} = {list(map(int, row))}" for k, row in enumerate(BLOCKED)],
        {},
        [BLOCKED],
        [ROWS],
        3,
    ),
    "a row of a matrix that is written down": (
        "practice_6_1",
        ["return np.array(["] + [f"    {list(map(int, row))},  # row" for row in BLOCKED] + ["])"],
        {},
        [BLOCKED],
        [ROWS],
        4,
    ),
    "rows that are changed below": (
        "practice_6_1",
        [f"J.append({list(map(int, row))})" for row in ROWS] + ["J[2][2] = 0"],
        {},
        [BLOCKED],
        [ROWS],
        None,
    ),
    "a second step from the beginning": (
        "practice_6_3",
        ["one = [11, -11]", "two = [1 * 1 + 2 * 0, 1 * 0 + 2 * 1]", "return [one, two]"],
        {2: [1, 2]},
        [BOTH_RIGHT[0], np.array([1.0, 2.0])],
        BOTH_RIGHT,
        2,
    ),
    "a number that is made of others": (
        "practice_6_3",
        ["a = 3 * x", "return [a, 11], [a, 11]"],
        {1: 9},
        [np.array([9.0, -11.0])] * 2,
        BOTH_RIGHT,
        None,
    ),
    "the task's own error": (
        "practice_6_3",
        ["e = np.array([1, 2])", "return [e, f]"],
        {1: np.array([1, 2])},
        [np.array([1.0, 2.0]), np.array([11.0, -11.0])],
        BOTH_RIGHT,
        None,
    ),
    "a product, of which a sum is to come": (
        "practice_6_3",
        ["a = 1 * 3", "b = -3", "return [a, b], [a, b]"],
        {1: 3},
        [np.array([3.0, -3.0])] * 2,
        BOTH_RIGHT,
        None,
    ),
}


@pytest.mark.parametrize("case", WORKED)
def test_the_line_with_the_wrong_numbers_is_found(case: str) -> None:
    function, code, made, given, right, line = WORKED[case]
    followed = [
        SimpleNamespace(line=at, name=code[at - 1].split(" ")[0], values=((True, value),))
        for at, value in made.items()
    ]
    d: Any = SimpleNamespace(
        exercise=FUNCTIONS[function],
        example=SimpleNamespace(given=given, right=right, has_right_shapes=True),
        trace=SimpleNamespace(made=followed),
    )
    assert line_of_wrong_numbers(d, Line(None, tuple(enumerate(code, 1)))) == line
