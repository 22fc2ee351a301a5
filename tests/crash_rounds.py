"""Kill the grader and its processes at random moments, again and again, and see what is left.

``python -m tests.crash_rounds --rounds 300 --seed 1`` grades a small class undisturbed. In each
round it grades the class into a fresh folder, kills one kind of process once or several times,
and starts the same command again. A run that ends before anything was killed is checked like the
others and does not count as a round. It prints what became of the rounds and ends with status 1 if
any of them

- left a file that is not byte for byte that of the undisturbed run,
- lost a submission without naming it,
- graded a finished submission again,
- left a process, or
- ended, with its second command, otherwise than the undisturbed run.

Everything random comes from the seed, but the processor decides what exactly a moment hits.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from pathlib import Path

from autograder.sandbox.kernel import PR_SET_CHILD_SUBREAPER, prctl
from tests.class_runs import SAMPLE_CLASS, SECONDS, SEED, contents
from tests.the_assignment import DEFAULT

#: The second process would not be started for a class as small as this.
COMMAND = (
    "from autograder import cli; from autograder.course.workers import executors; "
    "executors.WORTH_A_PROCESS = 2; cli.main()",
    "grade",
)
TARGETS = ("grader", "pool process", "fork server", "worker")
NOT_KILLED = "ended before the kill"
HANGS = "def propagate_error(error, jacobian):\n    while True:\n        pass\n"
DIES = "import os\n\n\ndef propagate_error(error, jacobian):\n    os._exit(1)\n"
# Enough on the busiest machine: a process that has to end is gone in one or two.
LEAVE_SECONDS = 30

Contents = dict[str, bytes]
Done = dict[Path, tuple[int, int]]


@dataclass(frozen=True)
class Moment:
    """When to kill: so many submissions are done, and some seconds more have passed."""

    done: int
    seconds: float


@dataclass(frozen=True)
class Plan:
    """What happens to a run."""

    jobs: int
    target: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Class:
    """A class and what grading it undisturbed gives."""

    folder: Path
    config: Path
    size: int
    expected: Contents


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it and those before it that were killed had finished."""

    status: int
    said: str
    kills: int = 0
    done: Done = field(default_factory=dict)


# --- the class ---------------------------------------------------------------------------------


def make_class(folder: Path, size: int) -> None:
    """Submissions that are quick to grade: right ones and wrong ones, one that hangs, some die."""
    kinds = cycle(("01-all-right", "05-signs", "dies", "11-untouched", "02-half-filled"))
    for number, kind in enumerate(
        [*islice(kinds, size // 2), "hangs", *islice(kinds, size)][:size]
    ):
        student = folder / f"{number:02}-{kind}"
        if (SAMPLE_CLASS / kind).is_dir():
            shutil.copytree(SAMPLE_CLASS / kind, student)
        else:
            student.mkdir()
            (student / "practice_6_2.py").write_text(HANGS if kind == "hangs" else DIES)


def make_config(path: Path) -> None:
    """The package's own, but that a call hangs after a shorter time."""
    text, found = re.subn(r"(?m)^( +call_seconds:) \S+", r"\1 0.5", DEFAULT.read_text("utf-8"))
    assert found == 1
    path.write_text(text, encoding="utf-8")


def finished(out: Path) -> Done:
    """The files of the submissions that are done; a file that is written anew is another one."""
    return {
        path: ((status := path.stat()).st_ino, status.st_mtime_ns)
        for record in out.glob("feedback/*.json")
        for path in (
            record,
            record.with_suffix(".txt"),
            record.with_suffix(".html"),
            out / "results" / record.name,
        )
    }


# --- processes ---------------------------------------------------------------------------------


def children(pid: int) -> list[int]:
    """The processes that a process has started, or been left with."""
    found: list[int] = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, tasks.read_text().split())
    return found


def family(pid: int) -> Iterator[tuple[int, str]]:
    """A grader and the processes below it, each with what it is."""
    level = [(pid, "grader")]
    while level:
        parent, kind = level.pop()
        yield parent, kind
        level += [(child, _kind(child, kind)) for child in children(parent)]


def _kind(pid: int, parent: str) -> str:
    if parent == "fork server":
        return "worker"
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return "gone"
    if b"boot.py" in command:
        return "fork server"
    return "pool process" if b"spawn_main" in command else "other"


def left_behind() -> list[int]:
    """Processes of a run that has ended: they become this one's children, which waits a while."""
    deadline = time.monotonic() + LEAVE_SECONDS
    while True:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        left = children(os.getpid())
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.01)


# --- a round -----------------------------------------------------------------------------------


def grade(students: Class, out: Path, jobs: int) -> subprocess.Popen[str]:
    """Start the command."""
    arguments = [str(students.folder), "-o", str(out), "--seed", str(SEED), "-j", str(jobs)]
    command = [sys.executable, "-c", *COMMAND, *arguments, "--config", str(students.config)]
    with (students.folder.parent / "said.txt").open("w") as said:
        return subprocess.Popen(command, stdout=said, stderr=said, text=True)


def ended(students: Class, process: subprocess.Popen[str]) -> Ended:
    process.wait(SECONDS)
    return Ended(process.returncode, (students.folder.parent / "said.txt").read_text())


def disturbed(students: Class, out: Path, plan: Plan, rng: random.Random) -> Ended:
    """Run the command and kill as planned; after its own end it is started for the next moment."""
    process = grade(students, out, plan.jobs)
    kills = 0
    done: Done = {}
    for moment in plan.moments:
        if process.poll() is not None and plan.target == "grader":
            done = finished(out) | done
            process = grade(students, out, plan.jobs)
        while process.poll() is None and len(list(out.glob("feedback/*.json"))) < moment.done:
            time.sleep(0.005)
        time.sleep(moment.seconds)
        kills += kill(process, plan.target, rng)
    last = ended(students, process)
    return replace(last, kills=kills, done=finished(out) | done)


def kill(process: subprocess.Popen[str], target: str, rng: random.Random) -> bool:
    """Kill a process of a kind as soon as there is one; False if the run ends before."""
    while process.poll() is None:
        if found := [pid for pid, kind in family(process.pid) if kind == target]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(rng.choice(found), signal.SIGKILL)
                if target == "grader":
                    process.wait()
                return True
        time.sleep(0.002)
    return False


def play(
    students: Class, out: Path, plan: Plan, rng: random.Random
) -> tuple[Ended, str, list[str]]:
    """Play a round; returns how it went, its outcome and what is wrong with it."""
    first = disturbed(students, out, plan, rng)
    outcome, faults = judge(students, out, plan, first)
    # At once: nothing of the first may hold the folder, or write into it, after its end.
    second = ended(students, grade(students, out, plan.jobs))
    faults += [f"left processes: {left}" for left in [left_behind()] if left]
    if second.status != 0 or contents(out) != students.expected:
        faults.append(f"second command: status {second.status}, {differences(students, out)}")
    reused = re.search(r"\((\d+) of them by an earlier run\)", second.said)
    if (int(reused[1]) if reused else 0) != (complete := len(first.done) // 4):
        faults.append(f"{complete} were finished, the command says {reused and reused[1]}")
    if again := [path.name for path, was in first.done.items() if finished(out).get(path) != was]:
        faults.append(f"written again: {again}")
    if faults:
        faults += [f"first command: status {first.status}", first.said, second.said]
    return first, outcome, faults


def judge(students: Class, out: Path, plan: Plan, first: Ended) -> tuple[str, list[str]]:
    """Say what the disturbed run came to, and what is wrong with that."""
    there = contents(out)
    drafts = [path for path in there if path.endswith(".part")]
    wrong = [
        path
        for path in there
        if path not in drafts and "/" in path and there[path] != students.expected.get(path)
    ]
    faults = [f"not as undisturbed: {wrong}"] if wrong else []
    if first.status == -signal.SIGKILL and plan.target == "grader":
        return "went on by a second command", faults
    faults += [f"drafts left: {drafts}"] if drafts else []
    lost = set(re.findall(r"^Not graded: (.+?): ", first.said, re.MULTILINE))
    every = {Path(path).stem for path in students.expected if path.startswith("results/")}
    missing = every - {Path(path).stem for path in there if path.startswith("feedback/")}
    if lost != missing or first.status != (1 if lost else 0):
        faults.append(f"named {sorted(lost)}, missing {sorted(missing)}")
    if lost:
        return "named what it lost", faults
    if there != students.expected:
        faults.append(differences(students, out))
    return ("same bytes at once" if first.kills else NOT_KILLED), faults


def differences(students: Class, out: Path) -> str:
    """Name the files that are not as in the undisturbed run."""
    there = contents(out)
    names = sorted(there.keys() | students.expected.keys())
    return f"differs: {[n for n in names if there.get(n) != students.expected.get(n)]}"


def planned(rng: random.Random, target: str, size: int) -> Plan:
    """Draw what happens in a round."""
    jobs = 2 if target == "pool process" else rng.choice((1, 1, 2))
    # Any moment from the start of Python to the class report.
    kills = rng.choice((1, 1, 2, 3))
    done = sorted(rng.randint(0, size) for _ in range(kills))
    return Plan(jobs, target, tuple(Moment(d, rng.uniform(0, 0.3 if d else 2.0)) for d in done))


# --- all rounds --------------------------------------------------------------------------------


def play_all(rounds: int, seed: int, folder: Path) -> int:
    """Play the rounds and print the table; returns how many had a fault."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    rng = random.Random(seed)
    # For a few rounds one class will do, in which there is each kind of submission.
    classes = {size: undisturbed(folder, size) for size in ((6,) if rounds < 20 else (12, 24))}
    outcomes: dict[str, Counter[str]] = {target: Counter() for target in TARGETS}
    faulty = 0
    number = 0
    while number < rounds:
        size = rng.choice(list(classes))
        plan = planned(rng, TARGETS[number % len(TARGETS)], size)
        out = folder / "out"
        first, outcome, faults = play(classes[size], out, plan, random.Random(f"{seed} {number}"))
        outcomes[plan.target] += Counter({outcome: 1, "kills": first.kills})
        if faults:
            faulty += 1
            outcomes[plan.target]["FAULTY"] += 1
            print(f"Round {number}, {plan}:", *faults, sep="\n  ", flush=True)
            shutil.copytree(out, folder / f"faulty-{number}", dirs_exist_ok=True)
        shutil.rmtree(out)
        number += bool(first.kills)
        if first.kills and (number % 20 == 0 or number == rounds):
            print_table(outcomes)
    return faulty


def undisturbed(folder: Path, size: int) -> Class:
    """Make a class and grade it."""
    students = folder / f"class-of-{size}"
    students.mkdir()
    make_class(students, size)
    make_config(folder / "grading.yaml")
    new = Class(students, folder / "grading.yaml", size, {})
    out = folder / f"undisturbed-{size}"
    whole = ended(new, grade(new, out, 1))
    assert whole.status == 0, whole.said
    return Class(students, new.config, size, contents(out))


def print_table(outcomes: dict[str, Counter[str]]) -> None:
    columns = sorted({outcome for counts in outcomes.values() for outcome in counts} - {"kills"})
    print("\n", "killed", "kills", "rounds", *columns, "", sep=" | ")
    print("", *["---"] * (len(columns) + 3), "", sep=" | ")
    for target, counts in outcomes.items():
        rounds = counts.total() - counts["FAULTY"] - counts["kills"] - counts[NOT_KILLED]
        print(
            "",
            target,
            counts["kills"],
            rounds,
            *(counts[c] for c in columns),
            "",
            sep=" | ",
            flush=True,
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="crash-rounds-"))
    faulty = play_all(arguments.rounds, arguments.seed, folder)
    if faulty:
        print(f"{faulty} of {arguments.rounds} rounds were faulty; what they left is in {folder}")
        return 1
    shutil.rmtree(folder)
    print(f"{arguments.rounds} rounds, seed {arguments.seed}: none was faulty")
    return 0


if __name__ == "__main__":
    sys.exit(main())
