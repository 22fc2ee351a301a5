"""The ways to grade a class that are measured beside each other."""

from __future__ import annotations

import copy
import json
import pickle
import shutil
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.intake.file_names import safe_name
from tests.the_assignment import FUNCTIONS, REFERENCE, build, load_config, probes_of

from .classes import make_class
from .cost import SEED, BenchFailed, Cost, Measured, added, run
from .course import NBGRADER, Course

FLOOR = Path(__file__).with_name("floor.py")

ONE_JOB = "`autograder grade -j 1`"
TWO_JOBS = "`autograder grade -j 2`"
BARE = "the floor: the same calls in a fork"
CONFINED = "the same calls in the sandbox"
PYTEST = "a pytest process each"
OTTER = "`otter run` each"
NBGRADER_WAY = "`nbgrader autograde`"

#: Compares as the marks do, roughly; ``pytest`` and nbgrader get the same.
CHECK = """
with open("calls.pickle", "rb") as file:
    CALLS = pickle.load(file)

def compare(given, right):
    if isinstance(right, (list, tuple)):
        for pair in zip(given, right, strict=True):
            compare(*pair)
    else:
        np.testing.assert_allclose(np.asarray(given), right, rtol=1e-5, atol=1e-7)

def check(function, calls):
    for arguments, right in calls:
        compare(function(*arguments), right)
"""
PYTEST_FILE = f"""\
import importlib, pickle
import numpy as np
import pytest
{CHECK}
MODULES = { ({name: function.question for name, function in FUNCTIONS.items()})!r}

@pytest.mark.parametrize("name", CALLS)
def test_function(name):
    check(getattr(importlib.import_module(MODULES[name]), name), CALLS[name])
"""


class Bench:
    """Submissions, and the ways to grade them.

    Parameters
    ----------
    folder : Path
        Scratch.
    count, small : int
        The largest and the smallest class; the ways that take a class in one go are measured
        with two sizes, which tells the start-up apart. The slower ones get half the largest.
    few : int
        Submissions in a round for the ways that start processes for each: in each round others.

    Attributes
    ----------
    compared : set of str
        The submissions whose scores by ``otter run`` and ``autograder grade`` were equal.
    """

    def __init__(self, folder: Path, count: int, small: int, few: int) -> None:
        self.folder = folder
        self.few = few
        self.students = make_class(folder / f"class-{count}", count)
        self.count, self.half, self.small = count, max(small, count // 2), small
        for size in {self.half, small} - {count}:
            make_class(folder / f"class-{size}", size)
        self.compared: set[str] = set()
        self._calls = pickle.dumps(_calls())
        self._course: Course | None = None

    def ways(self) -> dict[str, Callable[[int], Measured]]:
        """The ways by the name that the table gives them; each takes the round's number."""
        ways: dict[str, Callable[[int], Measured]] = {
            TWO_JOBS: lambda _: self._classes(self.count, lambda size: self.grade(size, 2)),
            ONE_JOB: lambda _: self._classes(self.half, lambda size: self.grade(size, 1)),
            BARE: lambda _: self._classes(self.half, self.floor),
            CONFINED: lambda _: self._classes(
                self.half, lambda size: self.floor(size, "--confined")
            ),
            PYTEST: lambda number: self._each(number, self._pytest),
            OTTER: lambda number: self._each(number, self._otter_run),
        }
        if NBGRADER.exists():
            ways[NBGRADER_WAY] = self._nbgrader
        return ways

    def grade(self, size: int, jobs: int) -> Cost:
        """Grade the class of a size."""
        return grade(self.folder / f"class-{size}", self._out(size, jobs), jobs, self.folder)

    def floor(self, size: int, *how: str) -> Cost:
        """Take the answers of the class of a size, and nothing else."""
        submissions = self.folder / f"class-{size}"
        return run([sys.executable, "-I", FLOOR, *how, submissions], self.folder, size)

    def _classes(self, size: int, way: Callable[[int], Cost]) -> Measured:
        few = way(self.small) if self.small != size else None
        return Measured(few=few, many=way(size))

    def _each(self, number: int, way: Callable[[Path], Cost]) -> Measured:
        return Measured(added(map(way, self._some(number))))

    def _some(self, number: int) -> list[Path]:
        first = number * self.few % len(self.students)
        return self.students[first : first + self.few]

    def _pytest(self, student: Path) -> Cost:
        folder = self._fresh("pytest")
        shutil.copytree(student, folder, dirs_exist_ok=True)
        (folder / "calls.pickle").write_bytes(self._calls)
        (folder / "test_notes6.py").write_text(PYTEST_FILE)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        # The first of the class is the reference: if it fails, the tests are at fault.
        return run(command, folder, good=(0,) if student == self.students[0] else (0, 1))

    def _otter_run(self, student: Path) -> Cost:
        folder = self._fresh("otter")
        zipped = self.folder / "dist" / "autograder.zip"
        if not zipped.exists():
            for _ in build(zipped.parent, load_config(), None):
                pass
        with zipfile.ZipFile(folder / "submission.zip", "w") as archive:
            for path in sorted(student.glob("*.py")):
                archive.write(path, path.name)
        cost = run([sys.executable, "-m", "otter", "run", "-a", zipped, "submission.zip"], folder)
        ours = self._out(self.count, 2) / "results" / f"{safe_name(student.name)}.json"
        if ours.exists():
            self.compare(student.name, folder / "results.json", ours)
        return cost

    def compare(self, student: str, theirs: Path, ours: Path) -> None:
        """Hold two results of a submission equal, test by test."""
        if scores(theirs) != scores(ours):
            raise BenchFailed(f"{student}: otter run and autograder grade give different scores")
        self.compared.add(student)

    def _nbgrader(self, number: int) -> Measured:
        if self._course is None:
            self._course = Course(self.folder / "course", self._calls, CHECK)
        some = self._some(number)
        one = self._course.autograde(some[:1])
        if some[0] == self.students[0] and self._course.failed(some[0].name):
            raise BenchFailed("nbgrader's notebook fails the reference")
        return Measured(few=one, many=self._course.autograde(some))

    def _out(self, size: int, jobs: int) -> Path:
        return self.folder / f"out-{size}-{jobs}"

    def _fresh(self, name: str) -> Path:
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder


def grade(submissions: Path, out: Path, jobs: int, folder: Path) -> Cost:
    """Grade a folder of submissions as its user does, from nothing; all must be graded."""
    if out.exists():
        # Not removed: a file system is slow to make files where many have just gone.
        out.rename(out.with_name(f"{out.name}-before-{time.monotonic_ns()}"))
    count = sum(1 for _ in submissions.iterdir())
    autograder = Path(sys.executable).with_name("autograder")
    arguments = ["-o", str(out), "--seed", str(SEED), "-j", str(jobs)]
    cost = run([autograder, "grade", submissions, *arguments], folder, count)
    graded = sum(1 for _ in (out / "feedback").glob("*.html"))
    if graded != count:
        raise BenchFailed(f"{graded} of {count} submissions have a page")
    return cost


def scores(results: Path) -> dict[str, float]:
    """The scores in a file of Gradescope's format, by test."""
    tests = json.loads(results.read_text(encoding="utf-8"))["tests"]
    return {test["name"]: test.get("score", 0.0) for test in tests}


def _calls() -> dict[str, list[tuple[Any, Any]]]:
    """The calls of each function that give marks, with the right answers."""
    probes, reference = probes_of(SEED), REFERENCE
    return {
        name: [
            (probe.arguments, reference[name](*copy.deepcopy(probe.arguments)))
            for probe in probes[name]
            if probe.case is not None
        ]
        for name in FUNCTIONS
    }
