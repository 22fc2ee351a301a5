"""What the tests of whole classes share: a small class, the command, and what it leaves."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from autograder.assignment.config import Config
from autograder.course.grade_class import ClassResult
from tests.the_assignment import find_submissions, grade_class, load_config

SAMPLE_CLASS = Path(__file__).parent / "sample_class"
QUICK = ("01-all-right", "02-half-filled", "05-signs", "08-one-file-missing", "11-untouched")
SEED = 6
CONFIG = load_config()
# Nothing here takes a tenth of this; it only keeps a hang from lasting for ever.
SECONDS = 300


def make_class(folder: Path, *names: str) -> Path:
    """Copy students of the sample class, by default five that are graded in a moment."""
    for name in names or QUICK:
        shutil.copytree(SAMPLE_CLASS / name, folder / name)
    return folder


def grade(
    students: Path, out: Path, *, seed: int | None = SEED, jobs: int = 1, config: Config = CONFIG
) -> ClassResult:
    return grade_class(find_submissions([students]), out, config, seed=seed, jobs=jobs)


@cache
def undisturbed(*names: str) -> Mapping[str, bytes]:
    """The files of a run over a class of `make_class`, which is graded once for all tests."""
    with TemporaryDirectory() as folder:
        grade(make_class(Path(folder) / "class", *names), Path(folder) / "out")
        return MappingProxyType(contents(Path(folder) / "out"))


def already_graded(out: Path, *names: str) -> Mapping[str, bytes]:
    """Have a folder hold what an undisturbed run leaves there."""
    for path, data in undisturbed(*names).items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    return undisturbed(*names)


def contents(out: Path) -> dict[str, bytes]:
    """All files of an output folder."""
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
