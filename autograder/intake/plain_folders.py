"""A class in plain folders: a sub-folder, a zip or a single file for each student."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.assignment.assignment import Assignment
from autograder.intake.class_folder import (
    RUN_RECORD,
    class_alone,
    class_in,
    is_class,
    one_or_many,
    passed_over,
    why_passed_over,
    words_before,
)
from autograder.intake.file_names import (
    CONTAINED,
    COPIED,
    claim,
    display,
    split_ending,
    tell_apart,
)
from autograder.intake.found_files import (
    NotReadable,
    file_on_disk,
    files_in_folder,
    files_in_zip,
    is_junk,
    is_system_junk,
    open_student_zip,
    without_wrapper,
)
from autograder.intake.submission import (
    ARCHIVES,
    OTHER_KINDS,
    WHOLE_PATH,
    Submission,
    UnreadableSubmission,
    read_files,
    read_submission,
)
from autograder.source.phrases import said

LONE_FILES = ARCHIVES | OTHER_KINDS.keys() | {".py", ".zip", ".py.txt"}
"""Endings by which a file beside the students' folders is itself a student's hand-in."""
NO_HAND_IN = "neither a folder nor a file that can be a student's"


@dataclass(frozen=True)
class PlainSubmission:
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


@dataclass(frozen=True)
class PlainClass:
    """What was found in folders.

    Attributes
    ----------
    submissions : list of PlainSubmission
        One for each student.
    passed_over : list of str
        What is no student's, each with the reason.
    """

    submissions: list[PlainSubmission]
    passed_over: list[str]


def find_class(paths: Iterable[Path], asked: Sequence[str]) -> PlainClass:
    """Find the students in folders: a sub-folder, a zip or a single file is one of them.

    A path that is a file, or a folder that directly holds one of the files ``asked`` for, is one
    student.
    Files named ``smith_exercise.py`` side by side belong to ``smith``. Output folders of earlier
    runs and what no student made are passed over, and listed.

    Raises
    ------
    UnreadableSubmission
        If a path does not exist, or may be one student's as well as a class's.
    """
    submissions: list[PlainSubmission] = []
    others: dict[str, str] = {}
    for path in paths:
        if not path.exists():
            shown = f"'{display(str(path), WHOLE_PATH)}'"
            raise UnreadableSubmission(said("found.no_such", found=shown))
        place = path.resolve()  # a link that the instructor names is followed, none below it
        submissions += (
            _students_in(place, asked, others) if place.is_dir() else [_lone(place, asked)]
        )
    names = tell_apart(found.student for found in submissions)
    named = [replace(found, student=name) for found, name in zip(submissions, names, strict=True)]
    return PlainClass(named, passed_over(others))


def refuse_class(path: Path, asked: Sequence[str]) -> None:
    """Refuse the folder or zip of a class where one student's is expected.

    Raises
    ------
    UnreadableSubmission
    """
    students: list[str] = []
    if path.is_dir():
        students = class_alone(files_in_folder(path), asked)
    elif split_ending(path.name)[1] == ".zip":
        # What cannot be read is told where it is read.
        with suppress(NotReadable), open_student_zip(path) as archive:
            students = class_alone(without_wrapper(list(files_in_zip(archive))), asked)
    if students:
        raise UnreadableSubmission(is_class(f"'{display(str(path), WHOLE_PATH)}'", students))


def _lone(path: Path, asked: Sequence[str]) -> PlainSubmission:
    refuse_class(path, asked)
    return PlainSubmission(student_of(path.name, asked), (path,))


def _students_in(
    folder: Path, asked: Sequence[str], others: dict[str, str]
) -> Iterator[PlainSubmission]:
    """Find the students in a folder; what is nobody's is added to `others`, with the reason."""
    entries = {entry.name: entry.is_dir(follow_symlinks=False) for entry in os.scandir(folder)}
    if stray := exercise_among(
        (name for name, is_folder in entries.items() if not is_folder), asked
    ):
        if students := class_in(files_in_folder(folder), asked):
            shown = display(str(folder), WHOLE_PATH)
            raise UnreadableSubmission(one_or_many(shown, stray, students))
        yield PlainSubmission(folder.name, (folder,))
        return
    students_files: dict[str, list[Path]] = defaultdict(list)
    for name in sorted(entries):
        path = folder / name
        if is_system_junk(f"{name}/x") or is_system_junk(name):
            continue
        if entries[name]:
            suspect = is_junk(f"{name}/x") or _is_output(path)
            if suspect and (why := why_passed_over(name, files_in_folder(path), asked)):
                others[name] = why
            else:
                yield PlainSubmission(name, (path,))
        elif is_hand_in(name) or (path.is_symlink() and path.is_dir()):
            students_files[student_of(name, asked)].append(path)
        else:
            others[name] = NO_HAND_IN
    for student, files in students_files.items():
        yield PlainSubmission(student, tuple(files))


def _is_output(folder: Path) -> bool:
    """Whether a run wrote there; what may not be looked into is told where it is read."""
    try:
        return (folder / RUN_RECORD).exists()
    except PermissionError:
        return False


def exercise_among(names: Iterable[str], asked: Sequence[str]) -> str:
    """Give the first of these names, side by side, that makes them one student's; else nothing."""
    for name in names:
        found = claim(name, asked)
        if found is not None and found.distance <= COPIED:
            return name
    return ""


def is_hand_in(name: str) -> bool:
    """Tell whether a file of this name, beside the students' folders, is a student's hand-in."""
    return not is_junk(name) and split_ending(name)[1] in LONE_FILES


def student_of(name: str, asked: Sequence[str]) -> str:
    """Give a student's name by a single file's: what stands before the exercise's, or all of it."""
    stem, _ = split_ending(name)
    found = claim(name, asked)
    if found and found.distance == CONTAINED:
        return words_before(name, found.file) or stem
    return stem
