"""What every LMS module speaks: submissions read, grades written, and the errors of both."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from autograder.assignment.assignment import Assignment
from autograder.intake.file_names import display
from autograder.intake.found_files import FoundFile
from autograder.intake.lms.table import LmsError, Table
from autograder.intake.submission import Submission, read_files

__all__ = [
    "Grade",
    "GradebookLms",
    "Lms",
    "LmsError",
    "LmsSubmission",
    "Match",
    "Problem",
    "Reading",
    "Sheet",
    "Written",
    "match_of_one",
]


@dataclass(frozen=True)
class LmsSubmission:
    """One student's (or group's) submission in a download; its files are not read yet.

    Attributes
    ----------
    student : str
        The name to keep results under, different from all others of the download.
    key : str
        The LMS's own identity: user id, participant number, username, ...
    name : str
        The name as the download gives it: a student's, a group's, or empty.
    files : tuple of FoundFile
        The files of the attempt that counts, under the names that the student gave them.
    address : str
        What the LMS must find again in the name of a feedback file; empty where it takes none.
    when : str
        The time of the attempt, such that a later one sorts higher; empty where not known.
    earlier : int
        How many earlier attempts were left aside.
    late : bool
        Whether the download marks it as late.
    doubt : str
        Why it is not certain whose it is, or which attempt is the newest; no grade is written then.
    members : tuple of (str, str, str)
        Name, id and address of each member of a group, where the download tells them.
    """

    student: str
    key: str
    name: str
    files: tuple[FoundFile, ...]
    address: str = ""
    when: str = ""
    earlier: int = 0
    late: bool = False
    doubt: str = ""
    members: tuple[tuple[str, str, str], ...] = ()

    def read(self, assignment: Assignment) -> Submission:
        """Read the files; raises `UnreadableSubmission` as :func:`read_files` does."""
        return read_files(self.student, self.files, assignment)


@dataclass(frozen=True)
class Problem:
    """One line of ``unmatched.csv``: what was left out of the upload, and why."""

    kind: str
    who: str
    detail: str


@dataclass(frozen=True)
class Reading:
    """What a module made of a download.

    Attributes
    ----------
    submissions : list of LmsSubmission
        One for each student or group.
    leftovers : list of str
        Paths that belong to nobody.
    item : str
        The assignment's title, where the download tells it.
    """

    submissions: list[LmsSubmission]
    leftovers: list[str] = field(default_factory=list)
    item: str = ""


@dataclass(frozen=True)
class Grade:
    """One submission's result, as the upload needs it.

    Attributes
    ----------
    student : str
        `LmsSubmission.student`.
    score, max_score : float
        Points as graded.
    feedback_html : bytes, str or Path
        The student's page, or the file that holds it.
    summary : str
        A few sentences of plain text, for where the LMS takes no page.
    lacks_files : bool
        Whether a file that was asked for was not found.
    """

    student: str
    score: float
    max_score: float
    feedback_html: bytes | str | Path
    summary: str
    lacks_files: bool = True

    def page(self) -> bytes:
        if isinstance(self.feedback_html, Path):
            return self.feedback_html.read_bytes()
        html = self.feedback_html
        return html.encode("utf-8") if isinstance(html, str) else html


@dataclass(frozen=True)
class Sheet:
    """A gradebook export, understood.

    Attributes
    ----------
    table : Table
        The export.
    item : str
        The grade item's title.
    column : int
        The item's column.
    maximum : float or None
        The item's maximum; None where the export does not tell it.
    students : tuple of int
        The rows that are students.
    kept : tuple of int
        The columns that the importer needs, in their order.
    labels : tuple of int
        The columns that tell the instructor who a row is.
    remark : str
        What the instructor should know before the upload.
    """

    table: Table
    item: str
    column: int
    maximum: float | None
    students: tuple[int, ...]
    kept: tuple[int, ...]
    labels: tuple[int, ...]
    remark: str = ""


@dataclass(frozen=True)
class Match:
    """Which rows of the gradebook a submission's grade goes to.

    Attributes
    ----------
    rows : tuple of int
        The student's row, or those of a group's members; empty where there is none.
    doubt : str
        Why nothing may be written although something was found.
    remark : str
        What the instructor should know although all is well.
    maybe : tuple of int
        Where there is a doubt, the rows that may be meant.
    """

    rows: tuple[int, ...] = ()
    doubt: str = ""
    remark: str = ""
    maybe: tuple[int, ...] = ()


def match_of_one(rows: Sequence[int]) -> Match:
    """Match a single student: several rows that fit leave a doubt."""
    if len(rows) > 1:
        doubt = f"{len(rows)} rows of the gradebook may be this student's"
        return Match(doubt=doubt, maybe=tuple(rows))
    return Match(tuple(rows))


@dataclass(frozen=True)
class Written:
    """One line of the upload.

    Attributes
    ----------
    submission : LmsSubmission
        Whose grade.
    grade : Grade
        The result.
    points : str
        The points as written.
    comment : str or None
        What the comment is to be, as HTML; None to leave it alone.
    """

    submission: LmsSubmission
    grade: Grade
    points: str
    comment: str | None = None


class Lms(ABC):
    """One LMS: what its download looks like, and where its users click."""

    name: ClassVar[str]
    """As given by ``--lms`` and used in file names."""
    title: ClassVar[str]
    """As its users call it."""
    shape: ClassVar[str]
    """What its download looks like, completing "3 of 4 names are ..."."""
    clicks: ClassVar[tuple[str, ...]]
    """Where to click to upload, in order: the lines of ``README.txt``."""

    @abstractmethod
    def recognise(self, paths: Sequence[str]) -> int:
        """Count the paths that have the form of this LMS's download."""

    @abstractmethod
    def read(
        self, files: Sequence[FoundFile], gradebook: Table | None, asked: Sequence[str]
    ) -> Reading:
        """Find the submissions among a download's files.

        Parameters
        ----------
        files : sequence of FoundFile
            The download's files, with their paths in it.
        gradebook : Table, optional
            The export, which settles names that may be read in two ways.
        asked : sequence of str
            The names of the files that the assignment asks for.
        """

    def list_grades(self, graded: Sequence[Written]) -> list[list[str]]:
        """Give a table of everyone's points, for an LMS that imports none; none by default."""
        return []


class GradebookLms(Lms):
    """An LMS that exports a gradebook and takes it back with grades."""

    takes_pages: ClassVar[bool] = True
    """Whether it imports a zip of feedback pages."""
    page_name: ClassVar[str] = ""
    """What a student who reads our comment finds the page as; empty where neither is sent."""
    risk: ClassVar[str] = ""
    """What may go wrong with the pages without a gradebook: a sentence after a space."""

    @abstractmethod
    def open_gradebook(self, table: Table, column: str | None, titles: Sequence[str]) -> Sheet:
        """Find the students, the item and its maximum in a gradebook export.

        Parameters
        ----------
        table : Table
            The export.
        column : str, optional
            The item's title as the instructor gave it.
        titles : sequence of str
            Titles that the item may have if `column` is not given.

        Raises
        ------
        LmsError
            If it is not such an export or the item is not certain.
        """

    @abstractmethod
    def match(self, submission: LmsSubmission, sheet: Sheet, groups: Table | None) -> Match:
        """Find the rows of a submission that leaves no doubt whose it is, by the LMS's own key."""

    def refusal(self, sheet: Sheet, row: int, points: float) -> str:
        """Tell why the importer would not take a grade for this row, or must not be given one."""
        return ""

    @abstractmethod
    def ids(self, sheet: Sheet, row: int) -> Sequence[str]:
        """Give the cells by which the importer finds a row: they are written to the letter."""

    def comment(self, sheet: Sheet, row: int) -> str | None:
        """Give the comment that stands in a row; None where none can be sent."""
        return None

    def label(self, sheet: Sheet, row: int) -> str:
        """Name a row for the instructor."""
        cells = (sheet.table.rows[row][column] for column in sheet.labels)
        return display(", ".join(cell.strip() for cell in cells if cell.strip()))

    @abstractmethod
    def write_grades(self, sheet: Sheet, written: Mapping[int, Written], target: Path) -> None:
        """Write the file that the LMS's importer takes: one line for each row in `written`."""

    def feedback_paths(
        self, submission: LmsSubmission, rows: Sequence[int], sheet: Sheet | None
    ) -> Sequence[str]:
        """Name the members of the feedback zip that carry this submission's page.

        `rows` are those that the submission matched; empty where there is no gradebook.
        """
        return ()

    def feedback_extras(self, files: Sequence[FoundFile]) -> Mapping[str, bytes]:
        """Give further members that the feedback zip must have."""
        return {}
