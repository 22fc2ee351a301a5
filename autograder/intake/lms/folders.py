"""Plain folders: a sub-folder, a zip or a single file for each student; no LMS to write for.

Evidence: none needed; it is what instructors make by hand, and what any other LMS's download can be
brought to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.assignment import Assignment
from autograder.assignment.general import own_words
from autograder.intake.class_folder import class_in, one_or_many, passed_over, why_passed_over
from autograder.intake.file_names import tell_apart
from autograder.intake.found_files import FoundFile, without_wrapper
from autograder.intake.lms.base import Lms, LmsError, LmsSubmission, Reading
from autograder.intake.lms.table import Table
from autograder.intake.plain_folders import (
    NO_HAND_IN,
    PlainSubmission,
    exercise_among,
    find_class,
    is_hand_in,
    student_of,
)
from autograder.intake.submission import Submission


@dataclass(frozen=True)
class FolderSubmission(LmsSubmission):
    """A student's folder or files on disk."""

    plain: PlainSubmission | None = None

    def read(self, assignment: Assignment) -> Submission:
        return self.plain.read(assignment) if self.plain else super().read(assignment)


class Folders(Lms):
    """A folder, or a zip of one, with one entry for each student; or one student's own files."""

    name = "folders"
    title = "plain folders"
    shape = "in a folder, or a file, of a student's"
    clicks = ("There is no LMS to upload to: grades.csv has the grades, feedback/ the pages.",)

    def recognise(self, paths: Sequence[str]) -> int:
        return sum("/" in path or is_hand_in(path) for path in paths)

    def read(
        self, files: Sequence[FoundFile], gradebook: Table | None, asked: Sequence[str]
    ) -> Reading:
        files = _unwrapped(files, asked)
        if stray := exercise_among((file.path for file in files if file.depth == 0), asked):
            _refuse_if_class(files, stray, asked)
            return Reading([LmsSubmission("student", "", "", tuple(files))])
        owned: dict[str, list[FoundFile]] = defaultdict(list)
        leftovers = []
        for file in files:
            top, _, rest = file.path.partition("/")
            if rest:
                owned[top].append(file.renamed(rest))
            elif is_hand_in(top):
                owned[student_of(top, asked)].append(file)
            else:
                leftovers += passed_over({top: NO_HAND_IN})
        reasons = {top: why_passed_over(top, mine, asked) for top, mine in owned.items()}
        kept = {top: mine for top, mine in owned.items() if not reasons[top]}
        leftovers += passed_over({top: why for top, why in reasons.items() if why})
        students = tell_apart(kept)
        return Reading(
            [_submission(s, mine) for s, mine in zip(students, kept.values(), strict=True)],
            leftovers,
        )


def read_folder(path: Path, asked: Sequence[str]) -> Reading:
    """Find the students in a folder on disk, those with an empty folder too."""
    found = find_class([path], asked)
    students: list[LmsSubmission] = [
        FolderSubmission(s.student, s.student, s.student, files=(), plain=s)
        for s in found.submissions
    ]
    return Reading(students, found.passed_over)


def _submission(student: str, files: Sequence[FoundFile]) -> LmsSubmission:
    return LmsSubmission(student, student, student, tuple(files))


def _unwrapped(files: Sequence[FoundFile], asked: Sequence[str]) -> Sequence[FoundFile]:
    """Leave out the one folder that all students' folders are in, if there is one."""
    inner = without_wrapper(files)
    if inner is files:
        return files
    second = {file.path.partition("/")[0] for file in inner if file.depth or is_hand_in(file.path)}
    alone = exercise_among((file.path for file in inner if file.depth == 0), asked)
    if alone:
        _refuse_if_class(inner, alone, asked, wrapped=True)
    return inner if len(second) > 1 and not alone else files


def _refuse_if_class(
    files: Sequence[FoundFile], stray: str, asked: Sequence[str], *, wrapped: bool = False
) -> None:
    if students := class_in(files, asked, wrapped=wrapped):
        raise LmsError(own_words().fill(one_or_many("The zip", stray, students)))
