"""A class in plain folders: a sub-folder, a zip or a single file for each student."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.assignment.assignment import Assignment
from autograder.intake.file_names import (
    CONTAINED,
    COPIED,
    claim,
    display,
    split_ending,
    tell_apart,
)
from autograder.intake.found_files import file_on_disk, is_junk
from autograder.intake.submission import (
    ARCHIVES,
    OTHER_KINDS,
    WHOLE_PATH,
    Submission,
    UnreadableSubmission,
    read_files,
    read_submission,
)

LONE_FILES = ARCHIVES | OTHER_KINDS.keys() | {".py", ".zip", ".py.txt"}
"""Endings by which a file beside the students' folders is itself a student's hand-in."""
RUN_RECORD = "run.json"
"""What marks a folder as the output of an earlier run."""


@dataclass(frozen=True)
class PlainSource:
    """One student's files on disk, not read yet.

    Attributes
    ----------
    student : str
        The student's name, different from all others of the class.
    paths : tuple of Path
        The folder, zip or files.
    """

    student: str
    paths: tuple[Path, ...]

    def read(self, assignment: Assignment) -> Submission:
        """Read them; raises `UnreadableSubmission` as :func:`read_submission` does."""
        if len(self.paths) == 1:
            return read_submission(self.paths[0], assignment, self.student)
        return read_files(self.student, [file_on_disk(path) for path in self.paths], assignment)


def find_submissions(paths: Iterable[Path], asked: Sequence[str]) -> list[PlainSource]:
    """Find the students in folders: a sub-folder, a zip or a single file is one of them.

    A path that is a file, or a folder that directly holds one of the files ``asked`` for, is one
    student.
    Files named ``smith_backprop.py`` side by side belong to ``smith``. Output folders of earlier
    runs and what no student made are skipped.

    Raises
    ------
    UnreadableSubmission
        If a path does not exist.
    """
    sources: list[PlainSource] = []
    for path in paths:
        if not path.exists():
            raise UnreadableSubmission(f"There is no '{display(str(path), WHOLE_PATH)}'.")
        place = path.resolve()  # a link that the instructor names is followed, none below it
        sources += _students_in(place, asked) if place.is_dir() else [_lone(place, asked)]
    names = tell_apart(source.student for source in sources)
    return [replace(source, student=name) for source, name in zip(sources, names, strict=True)]


def _lone(path: Path, asked: Sequence[str]) -> PlainSource:
    return PlainSource(student_of(path.name, asked), (path,))


def _students_in(folder: Path, asked: Sequence[str]) -> Iterator[PlainSource]:
    entries = {entry.name: entry.is_dir(follow_symlinks=False) for entry in os.scandir(folder)}
    if is_submission((name for name, is_folder in entries.items() if not is_folder), asked):
        yield PlainSource(folder.name, (folder,))
        return
    students: dict[str, list[Path]] = defaultdict(list)
    for name in sorted(entries):
        path = folder / name
        if entries[name]:
            if not is_junk(f"{name}/x") and not (path / RUN_RECORD).exists():
                yield PlainSource(name, (path,))
        elif is_hand_in(name) or (path.is_symlink() and path.is_dir()):
            students[student_of(name, asked)].append(path)
    for student, files in students.items():
        yield PlainSource(student, tuple(files))


def is_submission(names: Iterable[str], asked: Sequence[str]) -> bool:
    """Tell whether files of these names, side by side, are one student's."""
    claims = (claim(name, asked) for name in names)
    return any(found is not None and found.distance <= COPIED for found in claims)


def is_hand_in(name: str) -> bool:
    """Tell whether a file of this name, beside the students' folders, is a student's hand-in."""
    return not is_junk(name) and split_ending(name)[1] in LONE_FILES


def student_of(name: str, asked: Sequence[str]) -> str:
    """Give a student's name by a single file's: what stands before the exercise's, or all of it."""
    stem, _ = split_ending(name)
    found = claim(name, asked)
    if found and found.distance == CONTAINED:
        words = r"[\W_]*".join(re.escape(w) for w in found.file.removesuffix(".py").split("_"))
        before = re.split(words, stem, maxsplit=1, flags=re.IGNORECASE)[0].strip(" _-.")
        return before or stem
    return stem
