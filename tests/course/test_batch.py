"""A class is graded once, whole, and the same with any number of processes."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment.config import Config
from autograder.course import grade_class as batch
from autograder.course.compare import compare, records
from autograder.course.output import Output
from autograder.course.workers import executors
from autograder.feedback import page
from autograder.intake.atomic_files import OutputNotWritable
from autograder.intake.plain_folders import PlainSubmission
from tests.class_runs import (
    CONFIG,
    QUICK,
    SAMPLE_CLASS,
    SEED,
    already_graded,
    contents,
    grade,
    make_class,
    records_of,
    run,
)
from tests.the_assignment import find_submissions, grade_class


@pytest.fixture
def students(tmp_path: Path) -> Path:
    return make_class(tmp_path / "class")


# --- the same bytes ----------------------------------------------------------------------------


def test_any_number_of_processes_and_a_second_run_give_the_same_bytes(
    students: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade(students, tmp_path / "one")
    first = contents(tmp_path / "one")
    monkeypatch.setattr(executors, "WORTH_A_PROCESS", 2)
    grade(students, tmp_path / "two", jobs=2)
    assert contents(tmp_path / "two") == first
    assert grade(students, tmp_path / "one").reused == len(QUICK)
    assert contents(tmp_path / "one") == first


def test_the_seed_of_a_run_is_kept_for_the_next(students: Path, tmp_path: Path) -> None:
    first = grade(students, tmp_path / "out", seed=None)
    second = grade(students, tmp_path / "out", seed=None)
    assert second.seed == first.seed
    assert second.reused == len(QUICK)
    assert grade(students, tmp_path / "out", seed=first.seed + 1).reused == 0


@pytest.mark.parametrize("most_held", [batch.MOST_HELD, 0], ids=["held", "no room to hold"])
def test_what_may_hang_is_begun_before_what_cannot(
    students: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_held: int
) -> None:
    begun: list[str] = []

    class Noting(executors._InThisProcess):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            begun.append(args[1].student)
            return super().submit(fn, *args, **kwargs)

    with (students / QUICK[-1] / "practice_6_1.py").open("a", encoding="utf-8") as file:
        file.write("\n\ndef spin():\n    while True:\n        pass\n")
    monkeypatch.setattr(batch, "executor", lambda *anything: Noting())
    monkeypatch.setattr(batch, "MOST_HELD", most_held)
    monkeypatch.setattr(batch, "AT_ONCE", 2)
    result = grade(students, tmp_path / "out")
    names = sorted(folder.name for folder in students.iterdir())
    assert [row["student"] for row in result.rows] == names
    assert begun == ([*names[:2], names[-1], *names[2:-1]] if most_held else names)


# --- the class ------------------------------------------------------------------------------------


def test_names_of_all_kinds_are_kept_apart(students: Path, tmp_path: Path) -> None:
    odd = ["Zoë O'Neil", "名前", "a\u202eb", "x" * 200, "-rf", "CON", "a;b", "=1+1"]
    for name in odd:
        shutil.copytree(SAMPLE_CLASS / "11-untouched", students / name)
    result = grade(students, tmp_path / "out")
    assert len(records_of(tmp_path / "out")) == len(QUICK) + len(odd)
    assert len({row["student"] for row in result.rows}) == len(QUICK) + len(odd)
    with (tmp_path / "out" / "grades.csv").open(encoding="utf-8", newline="") as table:
        assert len(list(csv.DictReader(table))) == len(QUICK) + len(odd)


@pytest.mark.parametrize("name", ["=1+cmd|' C calc'!A0", "+1+1", "-1+1", "@SUM(A1)"])
def test_a_name_is_no_formula_in_the_table_and_found_all_the_same(
    name: str, tmp_path: Path
) -> None:
    for sample, student in (("11-untouched", name), ("01-all-right", "ann")):
        shutil.copytree(SAMPLE_CLASS / sample, tmp_path / "class" / student)
    grade(tmp_path / "class", tmp_path / "out")
    with (tmp_path / "out" / "grades.csv").open(encoding="utf-8", newline="") as table:
        assert {row["student"] for row in csv.DictReader(table)} == {f"'{name}", "ann"}
    assert set(records(tmp_path / "out")) == {name, "ann"}
    assert grade(tmp_path / "class", tmp_path / "out").reused == 2
    now = records(tmp_path / "out")
    assert list(compare(now, now)) == ["2 of 2 have the same score."]


def test_a_page_that_cannot_be_drawn_costs_that_submission_alone(
    students: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = page.render

    def failing(feedback: dict[str, Any], *more: Any) -> str:
        if feedback["student"] == "05-signs":
            raise OverflowError("cannot convert float infinity to integer")
        return render(feedback, *more)

    already_graded(tmp_path / "out")
    with (students / "05-signs" / "practice_6_2.py").open("a") as file:
        file.write("# handed in again\n")
    monkeypatch.setattr(page, "render", failing)
    for out in ("out", "fresh"):
        result = grade(students, tmp_path / out)
        why = "the grader failed: cannot convert float infinity to integer"
        assert result.failed == {"05-signs": why}
        others = [row for row in result.rows if "total" in row]
        assert [row["student"] for row in others] == [n for n in QUICK if n != "05-signs"]
        (lost,) = [row for row in result.rows if "total" not in row]
        assert lost == {"student": "05-signs", "status": "not graded"}
        assert not [path for path in contents(tmp_path / out) if "05-signs" in path]
        assert (tmp_path / out / "report.html").exists()


def test_a_disk_that_takes_nothing_more_ends_the_run(
    students: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Output, path: Path, text: str) -> None:
        if path.suffix == ".html":
            raise OutputNotWritable(f"{path}: cannot be written (No space left on device)")
        write(self, path, text)

    write = Output.write
    monkeypatch.setattr(Output, "write", full)
    with pytest.raises(OutputNotWritable):
        grade(students, tmp_path / "out")


def test_exit_statuses(students: Path, tmp_path: Path) -> None:
    assert run(students / "11-untouched", tmp_path / "a").returncode == 0
    (students / "broken.zip").write_bytes(b"PK\x03\x04")
    one_lost = run(students, tmp_path / "b")
    assert one_lost.returncode == 1
    assert "broken" in one_lost.stderr
    assert len(records_of(tmp_path / "b")) == len(QUICK)
    (tmp_path / "empty").mkdir()
    assert run(tmp_path / "empty", tmp_path / "c").returncode == 2
    assert run(students, tmp_path / "d", "--seed", "many").returncode == 2


# --- re-grades ---------------------------------------------------------------------------------


def with_words(config: Config, id: str, **changed: str) -> Config:
    words = config.misconceptions[id].model_copy(update=changed)
    return config.model_copy(update={"misconceptions": {**config.misconceptions, id: words}})


def test_a_changed_hand_in_is_graded_again_and_no_other(students: Path, tmp_path: Path) -> None:
    before = already_graded(tmp_path / "out")
    with (students / "02-half-filled" / "practice_6_2.py").open("a") as file:
        file.write("# a remark\n")
    assert grade(students, tmp_path / "out").reused == len(QUICK) - 1
    changed = {p for p, data in contents(tmp_path / "out").items() if before[p] != data}
    # The student reads that nothing moved since the last attempt; the results are the same.
    assert changed == {f"feedback/02-half-filled.{kind}" for kind in ("html", "json", "txt")}


def test_changed_words_concern_those_who_read_them(students: Path, tmp_path: Path) -> None:
    already_graded(tmp_path / "out")
    readers = [
        (name, f"{function['function']}.{id}")
        for name, record in records(tmp_path / "out").items()
        for function in record["functions"]
        for id in function["diagnosis"]
        if f"{function['function']}.{id}" in CONFIG.misconceptions
    ]
    _, id = readers[0]
    concerned = {name for name, own in readers if own == id}
    config = with_words(CONFIG, id, why="Quite other words.")
    result = grade(students, tmp_path / "out", config=config)
    assert result.reused == len(QUICK) - len(concerned)
    now = records(tmp_path / "out")
    assert all("Quite other words." in json.dumps(now[name]) for name in concerned)
    grade(students, tmp_path / "fresh", config=config)
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_changed_points_concern_all(students: Path, tmp_path: Path) -> None:
    already_graded(tmp_path / "out")
    config = CONFIG.model_copy(update={"points": {**CONFIG.points, "softmax": 50.0}})
    assert grade(students, tmp_path / "out", config=config).reused == 0


def test_what_was_graded_below_the_tier_demanded_is_graded_again(
    students: Path, tmp_path: Path
) -> None:
    tier = grade(students, tmp_path / "out").tier
    if not tier:
        pytest.skip("this machine offers no tier above 0")
    path = tmp_path / "out" / "feedback" / "01-all-right.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**record, "tier": 0}), encoding="utf-8")
    assert grade(students, tmp_path / "out").tier == 0
    sources: list[PlainSubmission] = find_submissions([students])
    again = grade_class(sources, tmp_path / "out", CONFIG, seed=SEED, require_tier=tier)
    assert (again.reused, again.tier) == (len(QUICK) - 1, tier)


def test_compare_says_whose_score_changed_by_how_much_and_why(
    students: Path, tmp_path: Path
) -> None:
    already_graded(tmp_path / "old")
    shutil.copy(SAMPLE_CLASS / "01-all-right" / "backprop.py", students / "08-one-file-missing")
    shutil.rmtree(students / "11-untouched")
    shutil.copytree(SAMPLE_CLASS / "01-all-right", students / "new")
    said = run(students, tmp_path / "out", "--compare", str(tmp_path / "old")).stdout
    assert "08-one-file-missing: 55 of 100 -> 100 of 100 (+45); because the hand-in changed" in said
    assert "forward 0 (missing) -> 8 (right)" in said
    assert "11-untouched: 0 of 100 -> not graded now" in said
    assert "new: not graded before -> 100 of 100" in said
    assert "3 of 6 have the same score." in said


def test_compare_names_the_words_only_where_those_of_a_mistake_changed() -> None:
    def record(score: float, **fingerprint: object) -> dict[str, object]:
        return {
            "score": score,
            "max_score": 5,
            "tier": 3,
            "functions": [],
            "fingerprint": {"submission": "a", "words": {"softmax no-shift": "x"}, **fingerprint},
        }

    old = {"ann": record(1)}
    other = record(2, submission="b", words={"softmax no-shift": "x", "softmax sign": "y"})
    (line, _) = compare(old, {"ann": other})
    assert line == "ann: 1 of 5 -> 2 of 5 (+1); because the hand-in changed"
    (line, _) = compare(old, {"ann": record(2, words={"softmax no-shift": "z"})})
    assert line.endswith("because the words changed")


def test_compare_names_the_config_where_that_changed(students: Path, tmp_path: Path) -> None:
    already_graded(tmp_path / "old")
    config = CONFIG.model_copy(update={"points": {**CONFIG.points, "softmax": 50.0}})
    grade(students, tmp_path / "new", config=config)
    lines = list(compare(records(tmp_path / "old"), records(tmp_path / "new")))
    assert "01-all-right: 100 of 100 -> 145 of 145 (+45); because points, limits" in lines[0]
    assert lines[-1] == "0 of 5 have the same score."
