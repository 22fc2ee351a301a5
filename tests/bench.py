"""Measure ``autograder grade`` beside other ways to grade the same submissions.

``python -m tests.bench`` runs interleaved rounds and writes ``docs/bench.md``. What is compared is
CPU time, with that of all processes that were started, as a ratio within each round: the clock on
the wall says more about what else the machine did.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import pickle
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import numpy as np

from autograder.build import build
from autograder.config import load
from autograder.contract import FILES, FUNCTIONS
from autograder.filenames import safe_name
from autograder.marking import Expected
from autograder.probes import Probes
from autograder.reference import SOLUTIONS
from autograder.sandbox.client import Limits, Sandbox

CORPUS = Path(__file__).parent / "corpus"
REPORT = Path(__file__).parent.parent / "docs" / "bench.md"
SEED = 6
#: Of 20 submissions so many are right; the others hold one case of the corpus each.
RIGHT_OF_20 = 12

PLAIN_TEST = """\
import importlib, pickle
import numpy as np
import pytest

with open("calls.pickle", "rb") as file:
    CALLS = pickle.load(file)

def arrays(value):
    if isinstance(value, (list, tuple)):
        return [a for item in value for a in arrays(item)]
    return [np.asarray(value)]

@pytest.mark.parametrize("name", CALLS)
def test_function(name):
    module, calls = CALLS[name]
    function = getattr(importlib.import_module(module), name)
    for arguments, right in calls:
        for given, wanted in zip(arrays(function(*arguments)), right, strict=True):
            np.testing.assert_allclose(given, wanted, rtol=1e-5, atol=1e-7)
"""


@dataclass(frozen=True)
class Cost:
    """What grading some submissions took: seconds each, and the largest process in MB."""

    cpu: float
    wall: float
    memory: float


def make_class(folder: Path, count: int) -> list[Path]:
    """12 of 20 are right; 8 are right but for the files of one case of the corpus."""
    wrong = cycle(sorted(path for path in (CORPUS / "wrong").iterdir() if path.is_dir()))
    made = []
    for number in range(count):
        student = folder / f"s{number:05}"
        student.mkdir(parents=True)
        # The wrong ones are spread, so that the first few submissions are a fair sample too.
        is_right = number * RIGHT_OF_20 % 20 < RIGHT_OF_20
        sources = [SOLUTIONS] if is_right else [SOLUTIONS, next(wrong)]
        for source in sources:
            for name in FILES:
                if (source / name).exists():
                    shutil.copy(source / name, student / name)
        made.append(student)
    return made


def run(command: list[str], folder: Path, count: int) -> Cost:
    """Run a command and all that it starts; a failure of the command itself is let pass."""
    started = time.monotonic()
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env={**os.environ, "AUTOGRADER_SEED": str(SEED)},
            stdout=said,
            stderr=said,
        )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    wall = time.monotonic() - started
    return Cost((usage.ru_utime + usage.ru_stime) / count, wall / count, usage.ru_maxrss / 1024)


class Bench:
    """The submissions and the ways to grade them.

    Parameters
    ----------
    folder : Path
        Scratch.
    count, few : int
        Submissions for ``autograder grade`` and the floor, and for a process per submission.
    """

    def __init__(self, folder: Path, count: int, few: int) -> None:
        self.folder = folder
        self.students = make_class(folder / "class", count)
        self.few = self.students[:few]
        for _ in build(folder / "dist", load(), None):
            pass
        expected = Expected(Probes(SEED))
        calls = {
            name: (
                function.file.removesuffix(".py"),
                [
                    (probe.arguments, right)
                    for probe, right in zip(
                        expected.probes[name], expected.answers[name], strict=True
                    )
                ],
            )
            for name, function in FUNCTIONS.items()
        }
        self.calls = pickle.dumps(calls)

    def ways(self) -> dict[str, Callable[[], Cost]]:
        """The ways by the name that the table gives them."""
        return {
            "`autograder grade -j 1`": lambda: self.grade(1),
            "`autograder grade -j 2`": lambda: self.grade(2),
            "the floor: the same calls, no marks": self.floor,
            "a plain pytest process each": self.plain_pytest,
            "`otter run` each": self.otter_run,
        }

    def grade(self, jobs: int) -> Cost:
        out = self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        arguments = ["grade", str(self.folder / "class"), "-o", str(out), "--seed", str(SEED)]
        command = ["-m", "autograder.cli", *arguments, "-j", str(jobs)]
        return run(command, self.folder, len(self.students))

    def floor(self) -> Cost:
        command = ["-m", "tests.bench", "--floor", str(self.folder / "class")]
        return run(["-c", _in_checkout(command)], self.folder, len(self.students))

    def plain_pytest(self) -> Cost:
        return _mean(self._plain_pytest(student) for student in self.few)

    def _plain_pytest(self, student: Path) -> Cost:
        folder = self._fresh("plain")
        shutil.copytree(student, folder, dirs_exist_ok=True)
        (folder / "calls.pickle").write_bytes(self.calls)
        (folder / "test_plain.py").write_text(PLAIN_TEST)
        return run(["-m", "pytest", "-q", "-p", "no:cacheprovider"], folder, 1)

    def otter_run(self) -> Cost:
        return _mean(self._otter_run(student) for student in self.few)

    def _otter_run(self, student: Path) -> Cost:
        folder = self._fresh("otter")
        with zipfile.ZipFile(folder / "submission.zip", "w") as archive:
            for path in sorted(student.glob("*.py")):
                archive.write(path, path.name)
        zipped = str(self.folder / "dist" / "autograder.zip")
        cost = run(["-m", "otter", "run", "-a", zipped, "submission.zip"], folder, 1)
        ours = self.folder / "out" / "results" / f"{safe_name(student.name)}.json"
        if _score(folder / "results.json") != _score(ours):
            raise SystemExit(f"{student.name}: otter run and autograder grade differ")
        return cost

    def _fresh(self, name: str) -> Path:
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder


def _in_checkout(command: list[str]) -> str:
    """Code that runs a module of the checkout, from whatever folder."""
    root = str(Path(__file__).parent.parent)
    return (
        f"import sys, runpy; sys.path.insert(0, {root!r}); sys.argv = {command[1:]!r}; "
        f"runpy.run_module({command[1]!r}, run_name='__main__')"
    )


def _score(results: Path) -> float:
    return float(sum(test["score"] for test in json.loads(results.read_text())["tests"]))


def _mean(costs: Iterator[Cost]) -> Cost:
    all_ = list(costs)
    return Cost(
        statistics.mean(c.cpu for c in all_),
        statistics.mean(c.wall for c in all_),
        max(c.memory for c in all_),
    )


def floor(folder: Path) -> None:
    """Import each submission in a worker and take the same number of answers, unread."""
    probes = Probes(SEED)
    with Sandbox(Limits()) as sandbox:
        for student in sorted(folder.iterdir()):
            files = {path.name: path.read_bytes() for path in student.glob("*.py")}
            with sandbox.open(files) as worker:
                for name, function in FUNCTIONS.items():
                    worker.call(function.file, name, [p.arguments for p in probes[name]])


def table(rounds: list[dict[str, Cost]], count: int, few: int) -> Iterator[str]:
    """The rounds as a page: medians, and the smallest and largest of what varies."""
    base = next(iter(rounds[0]))
    yield "# What a submission costs\n"
    yield (
        f"Written by `make bench`: {len(rounds)} interleaved rounds, {count} submissions "
        f"({few} for the ways that start processes for each), of which 60 % are right and 40 % "
        f"hold a wrong file of the corpus, none that hangs. {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, NumPy "
        f"{np.__version__}. Start-up is included. CPU time is that of all processes together; the "
        "ratios are of CPU time within a round, so that other work on the machine falls on all "
        "alike. `otter run` and `autograder grade` gave every submission that both graded the "
        "same score.\n"
    )
    yield "| way | CPU each, ms | times the first (range) | wall, ms | largest process, MB |"
    yield "| --- | --- | --- | --- | --- |"
    for name in rounds[0]:
        cpu = [1e3 * r[name].cpu for r in rounds]
        ratios = [r[name].cpu / r[base].cpu for r in rounds]
        wall = statistics.median(1e3 * r[name].wall for r in rounds)
        memory = max(r[name].memory for r in rounds)
        yield (
            f"| {name} | {statistics.median(cpu):.0f} ({min(cpu):.0f} to {max(cpu):.0f}) | "
            f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}) | "
            f"{wall:.0f} | {memory:.0f} |"
        )
    nbgrader = "installed, not measured" if _has("nbgrader") else "not installed, not measured"
    yield f"| `nbgrader autograde` | {nbgrader} | | | |"


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--few", type=int, default=2)
    parser.add_argument("--floor", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.floor is not None:
        floor(options.floor)
        return
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(Path(scratch), options.count, options.few)
        rounds = []
        for number in range(1, options.rounds + 1):
            rounds.append({name: way() for name, way in bench.ways().items()})
            print(f"round {number} of {options.rounds}", file=sys.stderr)
            # After each round, so that a run that is stopped leaves what it has measured.
            page = "\n".join(table(rounds, options.count, options.few)) + "\n"
            REPORT.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
