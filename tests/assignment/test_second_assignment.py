"""Another assignment, in a folder of its own, is graded by the same engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autograder.assignment.assignment import AssignmentError, load
from autograder.cli import main
from tests.conftest import ROOT
from tests.unused_words import unused_words

FOLDER = ROOT / "tests" / "second_assignment"
SOLUTION = (FOLDER / "solutions" / "logistic.py").read_text(encoding="utf-8")
STUDENTS = {
    "ann": SOLUTION,
    "bob": (FOLDER / "stubs" / "logistic.py").read_text(encoding="utf-8"),
    "cem": SOLUTION.replace("np.exp(-np", "np.exp(np").replace("s * (1 - s)", "s"),
    "dot": SOLUTION.replace("np.diag(s * (1 - s))", "-np.tile(s * (1 - s), (len(s), 1))").replace(
        "-np.asarray(target) / ", "np.asarray(activation) - np.asarray(target) + 0 * "
    ),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("second")
    for name, source in STUDENTS.items():
        (here / "class" / name).mkdir(parents=True)
        (here / "class" / name / "logistic.py").write_text(source, encoding="utf-8")
    arguments = ["grade", here / "class", "-o", here / "out", "--seed", 3, "--assignment", FOLDER]
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    out: Path = here / "out"
    return out


def record(out: Path, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((out / "feedback" / f"{name}.json").read_text("utf-8"))
    return read


def test_its_solution_scores_everything_and_its_stubs_nothing(graded: Path) -> None:
    assert record(graded, "ann")["score"] == record(graded, "ann")["max_score"] == 10
    assert record(graded, "bob")["score"] == 0


def test_its_misconceptions_are_named_and_composed(graded: Path) -> None:
    named = {f["function"]: f["diagnosis"] for f in record(graded, "cem")["functions"]}
    assert named["sigmoid"] == ["minus-missing"]
    assert named["sigmoid_jacobian"] == ["one-minus-missing"]
    text = record(graded, "cem")["functions"][1]["text"]
    assert "tried with a right `sigmoid`" in text
    named = {f["function"]: f["diagnosis"] for f in record(graded, "dot")["functions"]}
    # A single entry does not show the first of them; the sign is wrong on every input.
    assert named["sigmoid_jacobian"] == ["wrong-sign", "slopes-fill-every-row"]
    assert named["cross_entropy_error"] == ["error-of-squares"]


def test_its_pages_are_drawn(graded: Path) -> None:
    page = (graded / "feedback" / "dot.html").read_text(encoding="utf-8")
    assert "sigmoid_jacobian" in page
    assert "<table" in page
    assert "The opposite sign" in (graded / "report.html").read_text(encoding="utf-8")


def test_all_its_words_are_used() -> None:
    assert list(unused_words(load(str(FOLDER)))) == []


def test_a_folder_that_is_no_assignment_is_refused(tmp_path: Path) -> None:
    for where, says in ((tmp_path, "holds no __init__.py"), ("nowhere", "no such assignment")):
        with pytest.raises(AssignmentError, match=says):
            load(str(where))
