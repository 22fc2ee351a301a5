"""Whatever ends or disturbs a run: nothing is half-written, it is told, and the run goes on."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest

from autograder.course import grade_class as batch
from autograder.course.grade_class import ClassResult
from autograder.course.output import (
    Output,
    OutputAmongInputs,
    OutputInUse,
    OutputNotWritable,
    OutputOfAnotherRun,
    refuse_among,
)
from autograder.course.workers import executors
from autograder.intake.atomic_files import draft_of, write_whole
from tests.class_runs import (
    CONFIG,
    QUICK,
    SAMPLE_CLASS,
    SECONDS,
    SEED,
    already_graded,
    command,
    contents,
    grade,
    make_class,
    records_of,
    run,
    undisturbed,
)
from tests.conftest import ROOT, with_ctrl_c
from tests.crash_rounds import TARGETS
from tests.the_assignment import SAY, find_submissions, grade_class


@pytest.fixture
def students(tmp_path: Path) -> Path:
    return make_class(tmp_path / "class")


PAIR = ("01-all-right", "11-untouched")


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """A class of two."""
    return make_class(tmp_path / "class", *PAIR)


def grade_telling(students: Path, out: Path, tell: Callable[[int], object]) -> ClassResult:
    """Grade, and do something after each submission, given how many are done."""
    sources = find_submissions([students])
    return grade_class(sources, out, CONFIG, seed=SEED, progress=lambda done, total: tell(done))


# --- killed processes --------------------------------------------------------------------------


def test_killed_at_random_moments_a_class_ends_with_the_same_bytes() -> None:
    arguments = ["--rounds", str(len(TARGETS)), "--seed", "3"]
    rounds = subprocess.run(
        [sys.executable, "-m", "tests.crash_rounds", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert rounds.returncode == 0, rounds.stdout + rounds.stderr
    # As many rounds as kinds of process; how often one was killed in a round is up to the moment.
    assert dict(
        re.findall(r"^ \| ([a-z ]+) \| [1-3] \| (\d+) \| ", rounds.stdout, re.M)
    ) == dict.fromkeys(TARGETS, "1")


def test_what_was_being_written_when_a_run_was_killed_is_removed(
    students: Path, tmp_path: Path
) -> None:
    whole = already_graded(tmp_path / "out")
    for path in ("feedback/.01-all-right.json.part", "results/.x.json.part", ".grades.csv.part"):
        (tmp_path / "out" / path).write_text("half")
    (tmp_path / "out" / "feedback" / "02-half-filled.json").write_text('{"student": "02-h')
    (tmp_path / "out" / "feedback" / "05-signs.txt").unlink()
    assert grade(students, tmp_path / "out").reused == len(QUICK) - 2
    assert contents(tmp_path / "out") == whole


def test_a_record_does_not_vouch_for_what_a_later_run_left_half_done(
    pair: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    before = already_graded(out, *PAIR)
    write = Output.write
    other = {**CONFIG.points, "train": CONFIG.points["train"] + 1}

    def interrupted(output: Output, path: Path, text: str) -> None:
        if path.suffix == ".html":
            raise KeyboardInterrupt
        write(output, path, text)

    with monkeypatch.context() as patched:
        patched.setattr(Output, "write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            grade(pair, out, config=CONFIG.model_copy(update={"points": other}))
    assert contents(out)["results/01-all-right.json"] != before["results/01-all-right.json"]
    grade(pair, out)
    assert contents(out) == before


def test_ctrl_c_stops_at_once_and_loses_nothing(students: Path, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE_CLASS / "06-never-ends", students / "99-never-ends")
    out = tmp_path / "out"
    process = subprocess.Popen(
        command(students, out), stderr=subprocess.PIPE, text=True, preexec_fn=with_ctrl_c
    )
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
    expected = undisturbed()
    monkeypatch.setattr(executors, "WORTH_A_PROCESS", 2)
    monkeypatch.setattr(batch, "grade_one", kill_this_process)
    result = grade(students, tmp_path / "out", jobs=2)
    assert set(result.failed) == {"02-half-filled"}
    assert [row["status"] for row in result.rows].count("not graded") == 1
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


# --- two runs ----------------------------------------------------------------------------------


def test_a_second_run_into_the_same_folder_refuses_and_the_first_goes_on(
    pair: Path, tmp_path: Path
) -> None:
    out, link = tmp_path / "out", tmp_path / "link"
    link.symlink_to(out)
    seconds = []
    grade_telling(pair, out, lambda done: seconds.append(run(pair, link)))
    assert [second.returncode for second in seconds] == [2, 2]
    assert all("another run is writing there" in second.stderr for second in seconds)
    assert contents(out) == undisturbed(*PAIR)


def test_the_lock_of_a_run_that_was_killed_holds_nobody_up(tmp_path: Path) -> None:
    hold = (
        "with Output(Path(sys.argv[1]), Phrases({})).held():\n"
        "    print('held', flush=True); time.sleep(1000)\n"
    )
    modules = (
        "import sys, time; from pathlib import Path\n"
        "from autograder.course.output import Output\n"
        "from autograder.source.phrases import Phrases\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", modules + hold, str(tmp_path / "out")], stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(OutputInUse), Output(tmp_path / "out", SAY).held():
        pass
    holder.kill()
    holder.communicate()
    with Output(tmp_path / "out", SAY).held():
        pass


# --- the clock ---------------------------------------------------------------------------------


def test_a_clock_that_jumps_changes_nothing(
    pair: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pair / "hangs").mkdir()
    (pair / "hangs" / "practice_6_2.py").write_text(
        "def propagate_error(error, jacobian):\n    while True:\n        pass\n"
    )
    limits = CONFIG.limits.model_copy(update={"call_seconds": 0.5})
    config = CONFIG.model_copy(update={"limits": limits})
    grade(pair, tmp_path / "steady", config=config)
    now, jumps = time.time(), cycle((0, 5 * 3600, -7 * 3600, 90 * 86400, -20_000 * 86400))
    monkeypatch.setattr(time, "time", lambda: now + next(jumps))
    monkeypatch.setattr(time, "time_ns", lambda: int((now + next(jumps)) * 1e9))
    grade(pair, tmp_path / "jumping", config=config)
    assert contents(tmp_path / "jumping") == contents(tmp_path / "steady")
    for path in [*pair.rglob("*"), *(tmp_path / "steady").rglob("*")]:
        moment = now + next(jumps)
        os.utime(path, (moment, moment))
    assert grade(pair, tmp_path / "steady", config=config).reused == 3
    assert contents(tmp_path / "jumping") == contents(tmp_path / "steady")


def test_only_due_dates_are_read_from_the_clock_on_the_wall() -> None:
    wall = re.compile(
        r"\btime\.(time|time_ns|localtime|gmtime|ctime|strftime)\b"
        r"|\b(from time import|datetime\.(now|today|utcnow)|date\.today)\b"
    )
    readers = [
        path.name
        for path in (ROOT / "autograder").rglob("*.py")
        if wall.search(path.read_text(encoding="utf-8"))
    ]
    assert readers == ["plugin.py"]


# --- the disk ----------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """A small disk of its own at ``tmp_path/disk``; call it with options to mount it anew."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True
        )

    if shutil.which("mount") is None or mount("size=64k").returncode:
        pytest.skip("mounting a disk needs root; the other tests of full disks simulate one")

    def remount(options: str) -> None:
        assert mount(f"remount,{options}").returncode == 0

    yield remount
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    students: Path, disk: Callable[[str], None], tmp_path: Path
) -> None:
    out = tmp_path / "disk" / "out"
    stopped = run(students, out)
    assert stopped.returncode == 2
    assert "No space left on device" in stopped.stderr
    assert str(out) in stopped.stderr
    assert "start the same command again" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert not list(out.rglob("*.part"))
    whole, there = already_graded(tmp_path / "out"), contents(out)
    assert "run.json" in there
    assert {path: whole[path] for path in there} == there
    disk("size=100m")
    assert run(students, out).returncode == 0
    assert contents(out) == whole


def test_whichever_write_the_disk_is_too_full_for_the_next_run_goes_on(
    pair: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, out = undisturbed(*PAIR), tmp_path / "out"
    write_bytes = Path.write_bytes
    for last in count():
        room = iter(range(last))

        def write(path: Path, data: Any, room: Iterator[int] = room) -> int:
            if out in path.parents and next(room, None) is None:
                write_bytes(path, data[: len(data) // 2])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return write_bytes(path, data)

        monkeypatch.setattr(Path, "write_bytes", write)
        try:
            grade(pair, out)
            break
        except OutputNotWritable as error:
            told = str(error)
        assert re.search(rf"^{out}.*: cannot be written \(No space left", told)
        there = contents(out)
        assert {path: whole[path] for path in there} == there
    # The record of the run, two students' files (once: they are kept), the tables and the report.
    assert last >= 6
    assert contents(out) == whole


@pytest.fixture
def close(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[Path], None]:
    """Makes a folder read-only, for root as well."""
    if os.geteuid() == 0:
        remount = request.getfixturevalue("disk")
        remount("size=100m")
        return lambda folder: remount("ro")

    def chmod(folder: Path) -> None:
        for path in (folder, *folder.rglob("*")):
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~0o222)
            request.addfinalizer(lambda path=path: path.chmod(0o700))

    (tmp_path / "disk").mkdir()
    return chmod


def test_a_read_only_output_folder_is_told_and_stays_as_it_is(
    pair: Path, close: Callable[[Path], None], tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    before = already_graded(disk / "out", *PAIR)
    close(disk)
    for out in (disk / "out", disk / "new"):
        refused = run(pair, out)
        assert refused.returncode == 2
        assert re.search(rf"{out}: cannot be written \((Read-only|Permission)", refused.stderr)
        assert "Traceback" not in refused.stderr
    assert contents(disk / "out") == before
    assert not (disk / "new").exists()


def test_a_file_that_cannot_be_finished_stays_as_it_was(tmp_path: Path) -> None:
    write_whole(tmp_path / "new" / "file", b"before")

    def half() -> None:
        with draft_of(tmp_path / "new" / "file") as draft:
            draft.write_bytes(b"ha")
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    with pytest.raises(OutputNotWritable, match=r"new/file: cannot be written \(Input/output"):
        half()
    assert contents(tmp_path) == {"new/file": b"before"}


# --- the output folder -------------------------------------------------------------------------


def test_a_folder_with_something_else_in_place_of_the_record_is_refused(
    students: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.json").write_text("[]")
    with pytest.raises(OutputOfAnotherRun, match=r"run\.json is not the record of a run"):
        grade(students, tmp_path / "out")
    (tmp_path / "out" / "run.json").unlink()
    (tmp_path / "out" / "run.json").mkdir()
    with pytest.raises(OutputOfAnotherRun, match=r"run\.json cannot be read"):
        grade(students, tmp_path / "out")


def test_a_file_where_a_folder_should_be_is_told(pair: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputNotWritable, match=r"out: cannot be written \(Not a directory"):
        grade(pair, tmp_path / "file" / "out")
    as_out = run(pair, tmp_path / "file")
    assert as_out.returncode == 2
    assert "is a file" in as_out.stderr
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "feedback").write_text("mine")
    with pytest.raises(OutputNotWritable, match=r"feedback: cannot be written \(File exists"):
        grade(pair, tmp_path / "out")
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("where", ["", "out", "11-untouched/out", "../link/out"])
def test_an_output_folder_among_the_submissions_is_refused(
    pair: Path, tmp_path: Path, where: str
) -> None:
    (tmp_path / "link").symlink_to(pair)
    before = contents(pair)
    with pytest.raises(OutputAmongInputs, match="where the submissions are"):
        refuse_among([pair], pair / where)
    if where == "out":
        refused = run(pair, pair / where)
        assert refused.returncode == 2
        assert "Choose a folder beside it" in refused.stderr
    assert contents(pair) == before
    assert not (pair / "out").exists()
    refuse_among([pair], tmp_path / "out")


@pytest.mark.parametrize("made_anew", [False, True])
def test_an_output_folder_that_goes_while_it_is_written_to_ends_the_run(
    pair: Path, tmp_path: Path, made_anew: bool
) -> None:
    out = tmp_path / "out"

    def remove(done: int) -> None:
        shutil.rmtree(out)
        if made_anew:  # as another run would
            with Output(out, SAY).held():
                Output(out, SAY).seed(7)

    with pytest.raises(OutputNotWritable, match="somebody removed this folder"):
        grade_telling(pair, out, remove)
    assert out.exists() == made_anew
    assert not records_of(out)
    grade(pair, out)
    assert contents(out) == undisturbed(*PAIR)


# --- inputs ------------------------------------------------------------------------------------


def test_an_input_that_vanishes_costs_itself_alone(students: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(students / "zipped.zip", "w") as archive:
        archive.write(SAMPLE_CLASS / "05-signs" / "practice_6_1.py", "practice_6_1.py")
    grade(students, tmp_path / "out")
    whole = contents(tmp_path / "out")
    sources = find_submissions([students])
    moved = ("05-signs", "zipped.zip")
    for name in moved:
        (students / name).rename(tmp_path / name)
    result = grade_class(sources, tmp_path / "out", CONFIG, seed=SEED)
    assert set(result.unreadable) == {"05-signs", "zipped"}
    assert all("No such file" in why for why in result.unreadable.values())
    assert result.reused == len(QUICK) - 1
    assert not [p for p in contents(tmp_path / "out") if "05-signs" in p or "zipped" in p]
    for name in moved:
        (tmp_path / name).rename(students / name)
    assert grade(students, tmp_path / "out").reused == len(QUICK) - 1
    assert contents(tmp_path / "out") == whole


def test_a_file_that_vanishes_while_its_folder_is_read_costs_no_marks(
    pair: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = pair / "01-all-right" / "practice_6_3.py"
    open_file = os.open

    def vanishing(path: Any, *arguments: Any, **options: Any) -> int:
        if str(path).endswith("01-all-right/practice_6_1.py"):
            gone.unlink()
        return open_file(path, *arguments, **options)

    monkeypatch.setattr(os, "open", vanishing)
    result = grade(pair, tmp_path / "out")
    assert set(result.unreadable) == {"01-all-right"}
    assert str(gone) in result.unreadable["01-all-right"]
    assert "Put it back" in result.unreadable["01-all-right"]
    assert records_of(tmp_path / "out") == {"11-untouched.json"}
