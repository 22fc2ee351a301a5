"""All that check.py says is said by words that a course can replace."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from autograder.otter.build import handout
from tests.marked_words import letters, marked_config
from tests.student_folder import TRIES, Student
from tests.the_assignment import FILES, NOTES6

WORDS = "checking/words.json"
#: A student's own names in what follows.
OWN = {"propagateError", "scipy_", "yaml", "sofmax"}


@cache
def marked_handout() -> dict[str, bytes]:
    return handout(NOTES6, marked_config().say)


@pytest.fixture
def student(tmp_path: Path) -> Student:
    folder = Student(tmp_path / "student")
    (folder.folder / WORDS).write_bytes(marked_handout()[WORDS])
    folder.solve(*FILES)
    return folder


def unmarked(output: str) -> set[str]:
    """The words outside the marks, but for the student's own lines and Python's own messages."""
    own = r"(?m)^( *»?) *\S+\.py«, line »\d+:(?:  .*|\n .*)$"
    text = " ".join(re.sub(own, r"\1", output).split())
    return letters(re.sub(r"\b\w+Error: [^«»]*", "", text))


@pytest.mark.parametrize("attempt", TRIES[::27], ids=lambda attempt: attempt["name"])
def test_a_first_try_is_told_in_the_courses_words(
    student: Student, attempt: dict[str, Any]
) -> None:
    student.replace(attempt["function"], attempt["body"])
    output = student.check(attempt["function"])[1]
    assert "«" in output
    assert unmarked(output) == set()


BROKEN = {
    "unwritten": ("practice_6_2.py", None),
    "unreadable": ("practice_6_2.py", "def propagate_error(error, jacobian)\n    return 1\n"),
    "stops": ("practice_6_2.py", "import scipy_, yaml\n1 / 0\n"),
    "other parameters": (
        "practice_6_2.py",
        "def propagate_error(jacobian, error):\n    return 1\n",
    ),
    "few parameters": ("practice_6_2.py", "def propagate_error(jacobian):\n    return 1\n"),
    "renamed": ("practice_6_2.py", "def propagateError(error, jacobian):\n    print(1)\n"),
    "not text": ("practice_6_2.py", "\0"),
}


@pytest.mark.parametrize(("file", "source"), BROKEN.values(), ids=BROKEN)
def test_a_file_is_told_of_in_the_courses_words(
    student: Student, file: str, source: str | None
) -> None:
    if source is None:
        source = marked_handout()[file].decode()
    student.write(file, source)
    for arguments in ((file,), ("--zip",), ("--why", "propagate_error")):
        output = student.check(*arguments)[1]
        assert "«" in output
        assert unmarked(output) <= OWN, arguments


WRONG = {
    "softmax_jacobian": "s = softmax(x)\nreturn np.diag(s)",
    "threshold_jacobian": "return np.eye(len(x))",
    "propagate_error": "return jacobian @ error",
    "backward": "return [np.ones(W.shape[0]) for W in weights]",
    "train": "return [W + 1 for W in weights], [0.0] * epochs",
}


@pytest.mark.parametrize("function", WRONG)
def test_an_experiment_is_told_in_the_courses_words(student: Student, function: str) -> None:
    right = student.check("--why", function)[1]
    student.replace(function, WRONG[function])
    wrong = student.check("--why", function)[1]
    assert right != wrong
    assert unmarked(right) | unmarked(wrong) == set()


@pytest.mark.parametrize("arguments", [(), ("--zip",), ("--why", "list"), ("sofmax",)])
def test_the_command_speaks_in_the_courses_words(
    student: Student, arguments: tuple[str, ...]
) -> None:
    output = student.check(*arguments)[1]
    assert "«" in output
    assert unmarked(output) <= OWN
