"""A fault in what is said of a function costs the student nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autograder.course.grader import Grader
from autograder.diagnosis import Diagnosis
from autograder.feedback import function_record as telling
from autograder.feedback.page import render
from autograder.otter.plugin import mark
from tests.class_runs import grade, make_class, records_of
from tests.conftest import UNEXPLAINED, with_function
from tests.the_assignment import NOTES6, load_config

WRONG = "def threshold(x):\n    return x * 2\n\ndef softmax(x):\n    return x\n"


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is said of `softmax` and `error_norms`, it fails."""
    said = telling.in_parts

    def in_parts(diagnosis: Diagnosis, *others: Any) -> Any:
        if diagnosis.function in ("softmax", "error_norms"):
            raise KeyError("0.25, a hidden number")
        return said(diagnosis, *others)

    monkeypatch.setattr(telling, "in_parts", in_parts)
    monkeypatch.setattr(Grader, "_unexplained", UNEXPLAINED)


def test_marks_and_what_is_said_of_other_functions_stay(
    grader: Grader, request: pytest.FixtureRequest
) -> None:
    before = grader.grade(with_function(WRONG))
    request.getfixturevalue("fault")
    after = grader.grade(with_function(WRONG))
    assert after.feedback["score"] == before.feedback["score"]
    for old, new in zip(before.feedback["functions"], after.feedback["functions"], strict=True):
        if new["function"] not in ("softmax", "error_norms"):
            assert new == old
            continue
        assert (new["score"], new["cases"]) == (old["score"], old["cases"])
        assert new["unexplained"].startswith("KeyError in test_unexplained.py, line ")
        assert "0.25" not in str(new)
    softmax = next(e for e in after.feedback["functions"] if e["function"] == "softmax")
    assert "your points are not changed" in softmax["text"]
    assert grader.config.next_steps["softmax"] in softmax["text"]
    assert "could not be told" in render(after.feedback, grader.config.say)
    old_tests = {test["name"]: test["score"] for test in before.gradescope["tests"]}
    assert {test["name"]: test["score"] for test in after.gradescope["tests"]} == old_tests


@pytest.mark.usefixtures("fault")
def test_the_command_names_the_student_and_the_place(tmp_path: Path) -> None:
    students = make_class(tmp_path / "class", "05-signs")
    result = grade(students, tmp_path / "out")
    assert result.unexplained.keys() == {"05-signs"}
    assert "error_norms (KeyError in " in result.unexplained["05-signs"]
    assert not result.ungraded
    assert "05-signs.json" in records_of(tmp_path / "out")


@pytest.mark.usefixtures("fault")
def test_on_gradescope_all_marks_stand(tmp_path: Path) -> None:
    (tmp_path / "student").mkdir()
    for name, source in with_function(WRONG).files.items():
        (tmp_path / "student" / name).write_bytes(source)
    record = mark(tmp_path, NOTES6, load_config(), 0, {}, 6)
    assert all(record["cases"]["forward"].values())
    assert not all(record["cases"]["softmax"].values())
    assert "could not be told" in record["outputs"]["softmax"]
