"""A class is graded once, whole, and the same whatever happens on the way."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder import batch, executors
from autograder import config as configs
from autograder.batch import ClassResult, grade_class
from autograder.compare import compare, records
from autograder.config import Config
from autograder.output import Output, OutputInUse, OutputNotWritable, OutputOfAnotherRun
from autograder.submission import PlainSource, find_submissions

SAMPLE_CLASS = Path(__file__).parent / "sample_class"
QUICK = ("01-all-right", "02-half-filled", "05-signs", "08-one-file-missing", "11-untouched")
SEED = 6
CONFIG = configs.load()
# Nothing here takes a tenth of this; it only keeps a hang from lasting for ever.
SECONDS = 300


@pytest.fixture
def students(tmp_path: Path) -> Path:
    """A class of five, each graded in a moment."""
    folder = tmp_path / "class"
    for name in QUICK:
        shutil.copytree(SAMPLE_CLASS / name, folder / name)
    return folder


def grade(
    students: Path, out: Path, *, seed: int | None = SEED, jobs: int = 1, config: Config = CONFIG
) -> ClassResult:
    return grade_class(find_submissions([students]), out, config, seed=seed, jobs=jobs)


def contents(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def command(students: Path, out: Path, *more: str) -> list[str]:
    arguments = ["grade", str(students), "-o", str(out), "--seed", str(SEED), *more]
    return [sys.executable, "-m", "autograder.cli", *arguments]


def run(students: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(students, out, *more), capture_output=True, text=True, timeout=SECONDS
    )


def records_of(out: Path) -> set[str]:
    return {path.name for path in (out / "feedback").glob("*.json")}


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


# --- killed runs -------------------------------------------------------------------------------


def test_a_killed_run_goes_on_where_it_stood(students: Path, tmp_path: Path) -> None:
    started = time.monotonic()
    assert run(students, tmp_path / "undisturbed").returncode == 0
    took = time.monotonic() - started
    rng = random.Random(1)
    for number in range(2):
        out = tmp_path / f"killed-{number}"
        process = subprocess.Popen(command(students, out), stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.2, 1) * took)
        process.kill()
        process.wait(SECONDS)
        done = {p: p.stat().st_mtime_ns for p in out.glob("feedback/*.json")}
        assert run(students, out).returncode == 0
        assert {p: p.stat().st_mtime_ns for p in done} == done
        assert contents(out) == contents(tmp_path / "undisturbed")


def test_what_was_being_written_when_a_run_was_killed_is_removed(
    students: Path, tmp_path: Path
) -> None:
    grade(students, tmp_path / "out")
    whole = contents(tmp_path / "out")
    for path in ("feedback/.01-all-right.json.part", "results/.x.json.part", ".grades.csv.part"):
        (tmp_path / "out" / path).write_text("half")
    (tmp_path / "out" / "feedback" / "02-half-filled.json").write_text('{"student": "02-h')
    (tmp_path / "out" / "feedback" / "05-signs.txt").unlink()
    assert grade(students, tmp_path / "out").reused == len(QUICK) - 2
    assert contents(tmp_path / "out") == whole


def test_ctrl_c_stops_at_once_and_loses_nothing(students: Path, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE_CLASS / "06-never-ends", students / "99-never-ends")
    out = tmp_path / "out"
    process = subprocess.Popen(command(students, out), stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + SECONDS
    while len(records_of(out)) < len(QUICK) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert "Stopped" in said
    assert "Traceback" not in said
    assert records_of(out) == {f"{name}.json" for name in QUICK}
    assert not list(out.rglob("*.part"))


def kill_this_process(work: Any, submission: Any) -> Any:
    """In place of ``grade_one``: one submission kills whatever process grades it."""
    if submission.student == "02-half-filled":
        os.kill(os.getpid(), signal.SIGKILL)
    return executors.grade_one(work, submission)


def test_a_submission_that_kills_its_process_loses_no_other(
    students: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade(students, tmp_path / "undisturbed")
    monkeypatch.setattr(executors, "WORTH_A_PROCESS", 2)
    monkeypatch.setattr(batch, "grade_one", kill_this_process)
    result = grade(students, tmp_path / "out", jobs=2)
    assert set(result.failed) == {"02-half-filled"}
    assert [row["status"] for row in result.rows].count("not graded") == 1
    expected = contents(tmp_path / "undisturbed")
    others = {path for path in expected if "/" in path and "02-half-filled" not in path}
    assert {path: contents(tmp_path / "out")[path] for path in others} == {
        path: expected[path] for path in others
    }


def fail(work: Any, submission: Any) -> Any:
    raise RuntimeError("a fault of the grader's")


def test_a_fault_of_the_grader_is_told_and_costs_one_submission(
    students: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (students / "01-all-right" / "backprop.py").write_text("")
    grade(students, tmp_path / "out")
    (students / "01-all-right" / "backprop.py").write_text("#")
    monkeypatch.setattr(batch, "grade_one", fail)
    result = grade(students, tmp_path / "out")
    assert result.failed == {"01-all-right": "the grader failed: a fault of the grader's"}
    assert result.reused == len(QUICK) - 1
    assert "01-all-right.json" not in records_of(tmp_path / "out")


def test_the_processes_end_with_a_run_that_is_killed(students: Path, tmp_path: Path) -> None:
    for number in range(executors.WORTH_A_PROCESS):
        shutil.copytree(SAMPLE_CLASS / "06-never-ends", students / f"hangs-{number}")
    process = subprocess.Popen(
        command(students, tmp_path / "out", "-j", "2"), stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + SECONDS
    while not records_of(tmp_path / "out") and time.monotonic() < deadline:
        time.sleep(0.01)
    family = descendants(process.pid)
    assert len(family) >= 4
    process.kill()
    process.wait(SECONDS)
    while alive(family) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not alive(family)


def _stat(pid: int) -> list[str]:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def descendants(pid: int) -> dict[int, str]:
    """Process ids and start times of all that a process has started."""
    found: dict[int, str] = {}
    numbers = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    parents = {number: stat for number in numbers if (stat := _stat(number))}
    todo = [pid]
    while todo:
        parent = todo.pop()
        for number, stat in parents.items():
            if int(stat[1]) == parent and number not in found:
                found[number] = stat[19]
                todo.append(number)
    return found


def alive(family: dict[int, str]) -> list[int]:
    return [
        pid
        for pid, started in family.items()
        if (stat := _stat(pid)) and stat[19] == started and stat[0] != "Z"
    ]


# --- the output folder -------------------------------------------------------------------------


def test_a_second_run_into_the_same_folder_refuses(students: Path, tmp_path: Path) -> None:
    with Output(tmp_path / "out").held(), pytest.raises(OutputInUse, match="another run"):
        grade(students, tmp_path / "out")
    with Output(tmp_path / "out").held():
        second = run(students, tmp_path / "out")
    assert second.returncode == 2
    assert "another run is writing there" in second.stderr
    assert grade(students, tmp_path / "out").failed == {}


def test_a_folder_with_something_else_in_place_of_the_record_is_refused(
    students: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.json").write_text("[]")
    with pytest.raises(OutputOfAnotherRun, match=r"run\.json is not the record of a run"):
        grade(students, tmp_path / "out")


def test_an_output_folder_that_cannot_be_made_is_told(students: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputNotWritable, match="cannot be written"):
        grade(students, tmp_path / "file" / "out")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes where it likes")
def test_a_read_only_output_folder_is_told(students: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(OutputNotWritable, match="cannot be written"):
        grade(students, tmp_path / "out")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that has room for less than one page."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting a disk needs root")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    students: Path, small_disk: Path, tmp_path: Path
) -> None:
    stopped = run(students, small_disk / "out")
    assert stopped.returncode == 2
    assert "No space left on device" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert not list(small_disk.rglob("*.part"))
    grade(students, tmp_path / "out")
    whole = contents(tmp_path / "out")
    there = contents(small_disk / "out")
    assert "run.json" in there
    assert {path: whole[path] for path in there} == there
    subprocess.run(["mount", "-o", "remount,size=100m", str(small_disk)], check=True)
    assert run(students, small_disk / "out").returncode == 0
    assert contents(small_disk / "out") == whole


# --- inputs ------------------------------------------------------------------------------------


def test_an_input_that_vanishes_costs_itself_alone(students: Path, tmp_path: Path) -> None:
    grade(students, tmp_path / "out")
    sources = find_submissions([students])
    shutil.rmtree(students / "05-signs")
    result = grade_class(sources, tmp_path / "out", CONFIG, seed=SEED)
    assert list(result.unreadable) == ["05-signs"]
    assert result.reused == len(QUICK) - 1
    assert not [path for path in contents(tmp_path / "out") if "05-signs" in path]


def test_names_of_all_kinds_are_kept_apart(students: Path, tmp_path: Path) -> None:
    odd = ["Zoë O'Neil", "名前", "a\u202eb", "x" * 200, "-rf", "CON", "a;b", "=1+1"]
    for name in odd:
        shutil.copytree(SAMPLE_CLASS / "11-untouched", students / name)
    result = grade(students, tmp_path / "out")
    assert len(records_of(tmp_path / "out")) == len(QUICK) + len(odd)
    assert len({row["student"] for row in result.rows}) == len(QUICK) + len(odd)
    with (tmp_path / "out" / "grades.csv").open(encoding="utf-8", newline="") as table:
        assert len(list(csv.DictReader(table))) == len(QUICK) + len(odd)


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
    grade(students, tmp_path / "out")
    before = contents(tmp_path / "out")
    with (students / "02-half-filled" / "practice_6_2.py").open("a") as file:
        file.write("# a remark\n")
    assert grade(students, tmp_path / "out").reused == len(QUICK) - 1
    changed = {p for p, data in contents(tmp_path / "out").items() if before[p] != data}
    assert changed == {"feedback/02-half-filled.json"}


def test_changed_words_concern_those_who_read_them(students: Path, tmp_path: Path) -> None:
    grade(students, tmp_path / "out")
    readers = [
        (name, id)
        for name, record in records(tmp_path / "out").items()
        for function in record["functions"]
        for id in function["diagnosis"]
        if id in CONFIG.misconceptions
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
    grade(students, tmp_path / "out")
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
    sources: list[PlainSource] = find_submissions([students])
    again = grade_class(sources, tmp_path / "out", CONFIG, seed=SEED, require_tier=tier)
    assert (again.reused, again.tier) == (len(QUICK) - 1, tier)


def test_compare_says_whose_score_changed_by_how_much_and_why(
    students: Path, tmp_path: Path
) -> None:
    grade(students, tmp_path / "old")
    shutil.copy(SAMPLE_CLASS / "01-all-right" / "backprop.py", students / "08-one-file-missing")
    shutil.rmtree(students / "11-untouched")
    shutil.copytree(SAMPLE_CLASS / "01-all-right", students / "new")
    said = run(students, tmp_path / "out", "--compare", str(tmp_path / "old")).stdout
    assert "08-one-file-missing: 55 of 100 -> 100 of 100 (+45); because the hand-in changed" in said
    assert "forward 0 (missing) -> 8 (right)" in said
    assert "11-untouched: 0 of 100 -> not graded now" in said
    assert "new: not graded before -> 100 of 100" in said
    assert "3 of 6 have the same score." in said


def test_compare_names_the_config_where_that_changed(students: Path, tmp_path: Path) -> None:
    grade(students, tmp_path / "old")
    config = CONFIG.model_copy(update={"points": {**CONFIG.points, "softmax": 50.0}})
    grade(students, tmp_path / "new", config=config)
    lines = list(compare(records(tmp_path / "old"), records(tmp_path / "new")))
    assert "01-all-right: 100 of 100 -> 145 of 145 (+45); because points, limits" in lines[0]
    assert lines[-1] == "0 of 5 have the same score."
