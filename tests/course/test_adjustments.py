"""Points changed by hand reach everybody, survive the next run, and are applied once."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autograder.course.adjustments import AdjustmentsError, find, read
from autograder.course.compare import compare, records
from autograder.course.grade_class import ClassResult
from autograder.course.hand_back import summary
from tests.class_runs import CONFIG, QUICK, already_graded, contents, make_class, run
from tests.the_assignment import SAY, find_submissions, grade_class

HEAD = "student,function,points,comment\n"
SIGNS = "05-signs"


@pytest.fixture
def students(tmp_path: Path) -> Path:
    return make_class(tmp_path / "class")


def written(folder: Path, text: str) -> Path:
    path = folder / "adjustments.csv"
    path.write_text(text, encoding="utf-8")
    return path


def grade(students: Path, out: Path, text: str = "") -> ClassResult:
    changed = {}
    if text:
        path = written(students.parent, text)
        changed = {"adjustments": read(path, set(QUICK), CONFIG.points)}
    return grade_class(find_submissions([students]), out, CONFIG, seed=6, **changed)


def record(out: Path, student: str = SIGNS) -> dict[str, Any]:
    found = json.loads((out / "feedback" / f"{student}.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_a_change_is_in_all_that_is_handed_back(students: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    already_graded(out)
    before = record(out)["score"]
    text = f'{HEAD}{SIGNS},softmax_jacobian,+2,"well <b>argued</b>, ann"\n{SIGNS},total,-1,late\n'
    grade(students, out, text)
    now = record(out)
    entry = next(f for f in now["functions"] if f["function"] == "softmax_jacobian")
    assert entry["score"] == 7
    assert entry["adjusted"] == {
        "points": "+2",
        "before": 5,
        "comment": "well <b>argued</b>, ann",
    }
    assert now["score"] == before + 1
    page = (out / "feedback" / f"{SIGNS}.html").read_text(encoding="utf-8")
    assert "from 5 to 7 points: well &lt;b&gt;argued&lt;/b&gt;, ann" in page
    assert "points: late" in page
    text = (out / "feedback" / f"{SIGNS}.txt").read_text(encoding="utf-8")
    assert "Changed by hand from 5 to 7 points: well <b>argued</b>, ann" in text
    results = json.loads((out / "results" / f"{SIGNS}.json").read_text(encoding="utf-8"))
    assert results["score"] == now["score"]
    test = next(t for t in results["tests"] if t["name"] == "softmax_jacobian")
    assert test["score"] == 7
    assert "argued" in test["output"]
    with (out / "grades.csv").open(encoding="utf-8", newline="") as table:
        row = next(row for row in csv.DictReader(table) if row["student"] == SIGNS)
    assert float(row["total"]) == now["score"]
    assert row["status"] == "graded; changed by hand"
    assert "from 5 to 7" in summary(now, "page.html", SAY)
    assert summary(now, "", SAY).endswith(" points: late.")
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    (changed,) = [g for g in report["by_hand"] if g["reason"] == "changed"]
    assert [s["name"] for s in changed["students"]] == [SIGNS]


def test_nothing_is_applied_twice_and_what_is_taken_back_is_gone(
    students: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    plain = already_graded(out)
    text = f"{HEAD}{SIGNS},softmax_jacobian,+2,\n{SIGNS},total,50,\n"
    grade(students, out, text)
    changed = contents(out)
    assert changed != plain
    assert grade(students, out, text).reused == len(QUICK)
    assert contents(out) == changed
    assert grade(students, out, HEAD).reused == len(QUICK)
    assert {**contents(out), "adjustments.csv": b""} == {**plain, "adjustments.csv": b""}


def test_a_fresh_run_and_a_second_one_come_to_the_same(students: Path, tmp_path: Path) -> None:
    text = f"{HEAD}{SIGNS},softmax_jacobian,9,\n"
    grade(students, tmp_path / "one", text)
    already_graded(tmp_path / "two")
    grade(students, tmp_path / "two", text)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_points_stay_between_none_and_all(students: Path, tmp_path: Path) -> None:
    text = f"{HEAD}{SIGNS},softmax_jacobian,+20,\n{SIGNS},total,-500,\n"
    grade(students, tmp_path / "out", text)
    now = record(tmp_path / "out")
    assert next(f["score"] for f in now["functions"] if f["function"] == "softmax_jacobian") == 10
    assert now["score"] == 0


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("x\n05-sings,total,1,\n", "line 3: there is no student '05-sings'; did you mean"),
        ("05-signs,sofmax,1,\n", "line 2: there is no function 'sofmax'; did you mean 'softmax'"),
        ("05-signs,total,much,\n", "line 2: 'much' is no number"),
        ("05-signs,softmax,6,\n", "line 2: 6 points are more than there are, 5"),
        ("05-signs,softmax,+1,\n05-signs,softmax,1,\n", "line 3: .* stands in line 2 too"),
        ('05-signs,softmax,+1,"a\nb"\nnobody,total,1,\n', "line 4: there is no student"),
    ],
)
def test_what_there_is_not_is_an_error_with_its_line(lines: str, said: str, tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + lines.replace("x\n", "05-signs,total,1,\n", 1))
    with pytest.raises(AdjustmentsError, match=said):
        read(path, set(QUICK), CONFIG.points)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfStudent;Function or total;Points;Comment\r\n05-signs;softmax;'+1,5;ja\r\n",
        "student\tfunction\tpoints\n05-signs\tsoftmax\t+1.5\n".encode("utf-16"),
    ],
    ids=["Excel with semicolons", "UTF-16 with tabs"],
)
def test_what_a_spreadsheet_makes_of_it_is_read(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "adjustments.csv"
    path.write_bytes(data)
    own = read(path, set(QUICK), CONFIG.points).by_student["05-signs"]["softmax"]
    assert (own.points, own.added) == (1.5, True)


def test_a_name_that_a_spreadsheet_would_run_is_found_in_both_forms(tmp_path: Path) -> None:
    for name in ("=1+1", "'=1+1"):
        path = written(tmp_path, f"{HEAD}{name},total,1,\n")
        assert set(read(path, {"=1+1"}, CONFIG.points).by_student) == {"=1+1"}


def test_the_command_takes_the_file_beside_the_class_and_keeps_it(
    students: Path, tmp_path: Path
) -> None:
    path = written(tmp_path, f"{HEAD}{SIGNS},total,12,agreed\n")
    done = run(students, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert f"Adjustments: {path}" in done.stderr
    path.unlink()
    old = records(tmp_path / "out")
    # A re-grade that is not given the file must not overwrite what was agreed on.
    done = run(students, tmp_path / "out")
    assert f"Adjustments: {tmp_path / 'out' / 'adjustments.csv'}" in done.stderr
    assert record(tmp_path / "out")["score"] == 12
    assert list(compare(old, records(tmp_path / "out"))) == ["5 of 5 have the same score."]
    written(tmp_path, f"{HEAD}nobody,total,12,\n")
    done = run(students, tmp_path / "out")
    assert done.returncode == 2
    assert "line 2: there is no student 'nobody'" in done.stderr


def test_a_students_own_file_is_not_taken_for_the_instructors(tmp_path: Path) -> None:
    written(tmp_path, HEAD)
    assert find([tmp_path / "practice_6_1.py"], tmp_path / "out") is None
    assert find([tmp_path / "class"], tmp_path / "out") == tmp_path / "adjustments.csv"


def test_a_comparison_draws_the_inputs_of_the_old_run_and_says_what_was_changed_by_hand(
    students: Path, tmp_path: Path
) -> None:
    already_graded(tmp_path / "old")
    written(tmp_path, f"{HEAD}{SIGNS},total,12,agreed\n")
    old = ["--compare", str(tmp_path / "old")]
    command = ["grade", str(students), "-o", str(tmp_path / "new"), *old]
    done = subprocess.run(
        [sys.executable, "-m", "autograder.cli", *command],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert "with seed 6," in done.stdout
    assert f"{SIGNS}: " in done.stdout
    assert "because points were changed by hand" in done.stdout
    assert "4 of 5 have the same score." in done.stdout
