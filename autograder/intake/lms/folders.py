"""Plain folders: a sub-folder, a zip or a single file for each student; no LMS to write for.

Evidence: none needed; it is what instructors make by hand, and what any other LMS's download can be
brought to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.assignment import Assignment
from autograder.intake.file_names import tell_apart
from autograder.intake.found_files import FoundFile
from autograder.intake.lms.base import Lms, LmsSubmission, Reading
from autograder.intake.lms.table import Table
from autograder.intake.plain_folders import (
    RUN_RECORD,
    PlainSource,
    find_submissions,
    is_hand_in,
    is_submission,
    student_of,
)
from autograder.intake.submission import Submission


@dataclass(frozen=True)
class FolderSubmission(LmsSubmission):
    """A student's folder or files on disk."""

    source: PlainSource | None = None

    def read(self, assignment: Assignment) -> Submission:
        return self.source.read(assignment) if self.source else super().read(assignment)


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
        if is_submission((file.path for file in files if file.depth == 0), asked):
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
                leftovers.append(file.path)
        kept = {top: mine for top, mine in owned.items() if all(f.path != RUN_RECORD for f in mine)}
        students = tell_apart(kept)
        return Reading(
            [_submission(s, mine) for s, mine in zip(students, kept.values(), strict=True)],
            leftovers,
        )


def read_folder(path: Path, asked: Sequence[str]) -> list[LmsSubmission]:
    """Find the students in a folder on disk, those with an empty folder too."""
    return [
        FolderSubmission(s.student, s.student, s.student, files=(), source=s)
        for s in find_submissions([path], asked)
    ]


def _submission(student: str, files: Sequence[FoundFile]) -> LmsSubmission:
    return LmsSubmission(student, student, student, tuple(files))


def _unwrapped(files: Sequence[FoundFile], asked: Sequence[str]) -> Sequence[FoundFile]:
    """Leave out the one folder that all students' folders are in, if there is one."""
    tops: Mapping[str, None] = dict.fromkeys(file.path.partition("/")[0] for file in files)
    if len(tops) != 1 or any(file.depth == 0 for file in files):
        return files
    inner = [file.renamed(file.path.partition("/")[2]) for file in files]
    second = {file.path.partition("/")[0] for file in inner if file.depth or is_hand_in(file.path)}
    alone = is_submission((file.path for file in inner if file.depth == 0), asked)
    return inner if len(second) > 1 and not alone else files
