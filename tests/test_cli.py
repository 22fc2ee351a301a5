"""The command as its users meet it: messages, exit statuses, the LMS round trip."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from autograder.cli import main
from tests.conftest import ROOT, solutions
from tests.the_assignment import DEFAULT

SAMPLE = ROOT / "tests" / "sample_class"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def changed_config(tmp_path: Path, old: str, new: str) -> Path:
    text = DEFAULT.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "grading.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_an_example_in_its_help(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert re.search(rf"Examples?:\n +autograder {command} ", result.output)


def test_explain_prints_the_feedback_of_loose_files(tmp_path: Path) -> None:
    for name, source in solutions().items():
        (tmp_path / name).write_bytes(source)
    (tmp_path / "practice_6_2.py").write_text(
        "import numpy as np\n\n\ndef propagate_error(error, jacobian):\n"
        "    return np.asarray(jacobian) @ error\n\n\ndef practice_6_2():\n    return [11, -11]\n"
    )
    result = run("explain", *sorted(tmp_path.glob("*.py")))
    assert result.exit_code == 0
    assert "propagate_error: wrong" in result.output
    said = " ".join(result.output.split())
    assert "> 5 | return np.asarray(jacobian) @ error" in said  # the student's own line


def test_a_class_is_not_explained_as_one_student() -> None:
    result = run("explain", SAMPLE)
    assert result.exit_code == 2
    assert "looks like a class" in result.output
    assert "'04-softmax-diagonal-only'" in result.output


def test_explain_as_json_is_the_documented_record() -> None:
    result = run("explain", SAMPLE / "05-signs", "--json", "--seed", 6)
    record = json.loads(result.stdout)
    assert len(record["functions"]) == 15
    keys = {"function", "file", "status", "score", "max_score", "diagnosis", "text", "parts"}
    assert all(keys <= entry.keys() for entry in record["functions"])
    assert record["score"] == pytest.approx(sum(f["score"] for f in record["functions"]))


def test_a_level_of_the_config_changes_what_is_said(tmp_path: Path) -> None:
    texts = {}
    for level in ("locate", "explain", "reveal"):
        folder = tmp_path / level
        folder.mkdir()
        config = changed_config(folder, "level: explain", f"level: {level}")
        result = run("explain", SAMPLE / "05-signs", "--config", config, "--json")
        functions = json.loads(result.stdout)["functions"]
        parts = next(f["parts"] for f in functions if f["status"] == "wrong")
        texts[level] = json.dumps(parts)
    assert len(set(texts.values())) == 3
    assert "Right is" in texts["reveal"]
    assert "Right is" not in texts["explain"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  threshold: 5", "  treshold: 5", "treshold"),
        ("level: explain", "level: shout", "level"),
        ("  memory_mb: 1024", "  memory: 1024", "memory"),
        ("  softmax: 5", "  softmax: -5", "softmax"),
        ("title:", "title: [", "line"),
        ("  softmax: 5", f"  softmax: {'9' * 100_000}", "no number"),
        ("  softmax: 5", f"  softmax: 0x{'f' * 100_000}", "softmax"),
        ("  softmax: 5", "  softmax: .inf", "finite number"),
        ("  softmax: 5", "  softmax: .nan", "softmax"),
        ("  softmax: 5", "  softmax: 1.0e+400", "finite number"),
        ("  softmax: 5", "  softmax: 1.0e+300", "less than or equal"),
        ("  softmax: 5", "  softmax: yes", "valid number"),
        ("  softmax: 5", "  softmax: 2001-99-99", "no number"),
        ("  softmax: 5", f"  softmax: {'[' * 5000}", "nesting"),
        ("  memory_mb: 1024", f"  memory_mb: {'9' * 5000}", "no number"),
        ("  memory_mb: 1024", f"  memory_mb: {'9' * 30}", "memory_mb"),
        ("  call_seconds: 2 ", "  call_seconds: .inf ", "call_seconds"),
        *(
            (
                "  levels: []",
                f"  levels: []\nmisconceptions:\n  wrong-sign:\n    next: '{words}'",
                "only placeholder",
            )
            for words in (
                "{function:>1000000000}",
                "{function!r:>9}",
                "{function:{function}}",
                "{function.__class__}",
                "{0}",
                "{",
            )
        ),
    ],
)
def test_a_mistake_in_the_config_is_named_with_its_line(
    old: str, new: str, says: str, tmp_path: Path
) -> None:
    config = changed_config(tmp_path, old, new)
    result = run("doctor", "--config", config)
    assert result.exit_code == 2
    assert says in result.output
    assert re.search(r"line \d+", result.output)
    assert "Traceback" not in result.output


def test_grading_nothing_is_a_wrong_call(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("grade", empty, "-o", tmp_path / "out").exit_code == 2
    assert not (tmp_path / "out" / "grades.csv").exists()


@pytest.mark.parametrize("closed", ["bob", "bob/backprop.py"])
def test_who_may_not_be_read_is_listed_and_the_others_are_graded(
    tmp_path: Path, closed: str
) -> None:
    students = tmp_path / "class"
    for name in ("ann", "bob", "cem"):
        (students / name).mkdir(parents=True)
        (students / name / "backprop.py").write_text("x = 1\n")
    (students / closed).chmod(0)
    if os.access(students / closed, os.R_OK):
        pytest.skip("root may read everything")
    try:
        result = run("grade", students, "-o", tmp_path / "out")
    finally:
        (students / closed).chmod(0o700)
    assert result.exit_code == 1
    assert f"Not graded: bob: '{students / closed}' may not be read" in result.stderr
    with (tmp_path / "out" / "grades.csv").open(encoding="utf-8", newline="") as table:
        status = {row["student"]: row["status"] for row in csv.DictReader(table)}
    assert status["bob"] == "unreadable"
    assert status["ann"].startswith("graded")
    assert status["cem"].startswith("graded")


@pytest.mark.parametrize(
    "options", [("--column", "P6"), ("--points", "raw"), ("--comments", "none")]
)
def test_what_only_a_gradebook_uses_is_not_passed_over_without_one(
    tmp_path: Path, options: tuple[str, str]
) -> None:
    result = run("grade", SAMPLE, "-o", tmp_path / "out", *options)
    assert result.exit_code == 2
    assert f"{options[0]}: only together with --gradebook" in result.output


def test_one_file_is_sent_to_explain(tmp_path: Path) -> None:
    result = run("grade", SAMPLE / "05-signs" / "backprop.py", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "autograder explain" in result.output


def test_pages_of_another_class_in_the_same_folder_are_told(tmp_path: Path) -> None:
    for name in ("ann", "bob"):
        (tmp_path / name / name).mkdir(parents=True)
        (tmp_path / name / name / "backprop.py").write_text("x = 1\n")
    assert "earlier run" not in run("grade", tmp_path / "ann", "-o", tmp_path / "out").stderr
    told = run("grade", tmp_path / "bob", "-o", tmp_path / "out").stderr
    assert "1 who are not in this class: ann." in told


def test_what_is_passed_over_is_said(tmp_path: Path) -> None:
    students = tmp_path / "class"
    for name in ("ann", "bob"):
        (students / name).mkdir(parents=True)
        (students / name / "notes.txt").write_text("nothing yet")
    (students / "old").mkdir()
    (students / "old" / "run.json").write_text("{}")
    (students / "seats.csv").write_text("ann,1")
    result = run("grade", students, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "3 of 4 names" in result.stderr
    assert "Not so: 'seats.csv'" in result.stderr
    assert re.findall(r"^Passed over: ([^:]+):", result.stderr, re.M) == ["old", "seats.csv"]
    stray = students / "Backprop (1).txt"
    stray.write_text("x = 1")
    (students / "ann" / "backprop.py").write_text("x = 1")
    result = run("grade", students, "-o", tmp_path / "other")
    assert result.exit_code == 2
    assert "'Backprop (1).txt'" in result.output
    assert not (tmp_path / "other").exists()


def test_a_teachers_comment_in_moodle_is_treated_as_asked_for(tmp_path: Path) -> None:
    download, book, out = tmp_path / "p6.zip", tmp_path / "worksheet.csv", tmp_path / "out"
    with zipfile.ZipFile(download, "w") as archive:
        for path in (SAMPLE / "05-signs").glob("*.py"):
            archive.write(path, f"Ada May_77_assignsubmission_file/{path.name}")
    book.write_text(
        "Identifier,Full name,Status,Grade,Maximum grade,Last modified (grade),Feedback comments\n"
        "Participant 77,Ada May,Draft (not submitted),,20.00,-,Well begun.\n",
        encoding="utf-8",
    )

    def comment(*options: str) -> tuple[str | None, str]:
        result = run("grade", download, "--gradebook", book, "-o", out, *options)
        assert result.exit_code == 0
        assert "a draft that was never submitted" in result.stdout
        text = (out / "upload" / "moodle-grades.csv").read_text(encoding="utf-8")
        (row,) = csv.DictReader(text.splitlines())
        return row.get("Feedback comments"), result.stdout

    written, _ = comment()
    assert written
    assert re.fullmatch(
        r"Well begun\. <p>Automatic feedback: \S+ of 100 points\..* \[autograder \w{6}\]</p>",
        written,
    )
    assert "The page feedback.html" in written
    with zipfile.ZipFile(out / "upload" / "moodle-feedback.zip") as pages:
        assert pages.namelist() == ["Ada May_77_assignsubmission_file/feedback.html"]
    kept, told = comment("--comments", "leave")
    assert kept == "Well begun."
    assert "a teacher's comment is there" in told
    assert comment("--comments", "none")[0] is None


def test_from_canvas_and_back(tmp_path: Path) -> None:
    download, export = tmp_path / "submissions.zip", tmp_path / "export.csv"
    with zipfile.ZipFile(download, "w") as archive:
        for aid, (name, source) in enumerate(solutions().items(), start=9001):
            archive.writestr(f"abelnora_60211_{aid}_{name}", source)
        archive.writestr(
            "novakjan_LATE_60212_9009_practice_6_2-1.py", solutions()["practice_6_2.py"]
        )
    export.write_text(
        "Student,ID,SIS Login ID,Section,Notes 6: Backpropagation (88011)\n"
        "    Points Possible,,,,20.00\n"
        '"Abel, Nora",60211,nabel,A,\n"Novak, Jan",60212,jnovak,A,\n"Roe, Sam",60213,sroe,A,\n',
        encoding="utf-8",
    )
    out = tmp_path / "out"
    result = run(
        "grade", download, "--gradebook", export, "--column", "Notes 6: Backpropagation", "-o", out
    )
    assert result.exit_code == 0, result.output
    with (out / "upload" / "canvas-grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["ID"]: row for row in csv.DictReader(file)}
    column = "Notes 6: Backpropagation (88011)"
    assert float(rows["60211"][column]) == 20
    assert 0 < float(rows["60212"][column]) < 20
    assert "60213" not in rows
    assert "Roe" in (out / "unmatched.csv").read_text(encoding="utf-8")
    with zipfile.ZipFile(out / "upload" / "canvas-feedback.zip") as archive:
        assert len(archive.namelist()) == 2


def test_hand_ins_in_which_nothing_can_be_graded_are_listed_with_what_they_hold(
    tmp_path: Path,
) -> None:
    students = {"ann": solutions(), "bob": {"homework.docx": b"PK"}}
    for student, files in students.items():
        (tmp_path / "class" / student).mkdir(parents=True)
        for name, data in files.items():
            (tmp_path / "class" / student / name).write_bytes(data)
    result = run("grade", tmp_path / "class", "-o", tmp_path / "out", "--seed", 6)
    assert result.exit_code == 0
    (listed,) = [line for line in result.output.splitlines() if "Nothing to grade" in line]
    assert "bob" in listed
    assert "'homework.docx'" in listed


def test_doctor_says_which_python_and_numpy_grade() -> None:
    result = run("doctor")
    ours = ".".join(map(str, sys.version_info[:3]))
    assert f"graded by: Python {ours}, NumPy {np.__version__}" in result.output
