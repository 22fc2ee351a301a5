"""An answer by hand with one slip in it is told which, if only one makes its numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Feedback = Callable[[str], dict[str, dict[str, Any]]]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("[1*3 + 2*4, 1*(-4) + 2*(-4)]", "the first product takes the Jacobian's entry from the"),
        ("[9, -9]", "from the other row, or isn't worked out right"),
        ("[1*3 + 2*4, (1 + -3) + 2*(-4)]", "the two numbers of the first product are added"),
        ("[1*3 + 4*4, 1*(-3) + (-4)*(-4)]", "Both entries come out if the second product multip"),
        ("[3 + 6, -11]", "the second product are added, not multiplied, or if the second product"),
        ("[13, 20]", "worked example in the notes"),
        ("[13, 16]", "worked example in the notes"),
    ],
)
def test_the_slip_is_told(answer: str, said: str, feedback: Feedback) -> None:
    entry = feedback(f"def practice_6_2():\n    return {answer}\n")["practice_6_2"]
    assert entry["diagnosis"] == []
    assert said in entry["text"]


def test_what_is_worked_from_left_to_right_has_a_name(feedback: Feedback) -> None:
    entry = feedback("def practice_6_2():\n    return [20, 4]\n")["practice_6_2"]
    assert entry["diagnosis"] == ["worked-from-left-to-right"]


def test_right_errors_in_the_columns_are_no_wrong_signs(feedback: Feedback) -> None:
    source = "def practice_6_3():\n    return np.transpose([[11, -11], [11, -11]])\n"
    entry = feedback(source)["practice_6_3"]
    assert entry["diagnosis"] == ["errors-in-the-columns"]


def test_a_slip_in_the_second_step_is_worked_from_the_own_first(feedback: Feedback) -> None:
    source = "def practice_6_3():\n    return [[11, -11], [12, -11]]\n"
    text = feedback(source)["practice_6_3"]["text"]
    assert "Your first entry of the second error comes out if the two numbers of the" in text


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("[10, -10]", "if the two entries of the error change places"),
        ("[7, -7]", "if the columns are added up without the error"),
        ("[12, -9]", "if the error that goes in is added to the one"),
        ("[21, -21]", "if the sum of both errors is multiplied"),
        ("[20, 4]", "if a sum of two products is worked strictly from left to right"),
        ("[24, 24]", "if the two products of a column are multiplied"),
        ("[-10, 13]", "if what comes out is subtracted from the error"),
    ],
)
def test_a_second_step_that_follows_from_a_wrong_first_is_no_mistake(
    first: str, said: str, feedback: Feedback
) -> None:
    source = f"def practice_6_3():\n    return [{first}, {first}]\n"
    entry = feedback(source)["practice_6_3"]
    assert entry["diagnosis"] == []
    assert f"Both entries of the first error come out {said}" in entry["text"]
    assert "Your second error is right given your first" in entry["text"]


def test_two_mistakes_in_the_first_step_are_told(feedback: Feedback) -> None:
    # Along the rows, and without the minus signs; the second step is right.
    entry = feedback("def practice_6_3():\n    return [[9, 12], [9, 12]]\n")["practice_6_3"]
    assert entry["diagnosis"] == ["jacobian-times-error", "magnitudes-of-jacobian"]


def test_of_a_bare_number_no_two_mistakes_are_told(feedback: Feedback) -> None:
    entry = feedback("def practice_6_3():\n    return 0\n")["practice_6_3"]
    assert entry["diagnosis"] == []
    assert "returns a single number" in entry["text"]


@pytest.mark.parametrize(
    "answer", ["[11, -99]", "[8, -99]", "[10, -11]", "[9, -11]", "[6 + 3, -11]"]
)
def test_what_no_slip_or_more_than_one_makes_is_not_told(answer: str, feedback: Feedback) -> None:
    entry = feedback(f"def practice_6_2():\n    return {answer}\n")["practice_6_2"]
    assert "out if" not in entry["text"]


@pytest.mark.parametrize("answer", ["[11, -12]", "[11, -10]", "[19, 13]"])
def test_the_right_numbers_are_not_told(answer: str, feedback: Feedback) -> None:
    text = feedback(f"def practice_6_2():\n    return {answer}\n")["practice_6_2"]["text"]
    assert "-11" not in text
    assert "−11" not in text
