r"""Moodle's assignment: folders by participant number, the grading worksheet, and a feedback zip.

Evidence, all in ``moodle/moodle``:

- download: ``mod/assign/classes/downloader.php`` at ``da54552``.
  ``Full name_number_assignsubmission_plugin/path``, before 4.1 with ``_`` after the plugin, and
  without folders ``..._plugin_file``. ``_`` in a name becomes a space, ``& < > " ` | ' : \ /`` go.
  Teams: the group's name and number, or ``Default group`` without one. Latest attempt only.
- feedback: ``mod/assign/feedback/file/importziplib.php`` at ``0203d8f``. Of each part of the path,
  split at ``_`` into five at the most, the second must be a participant's number and the third and
  fourth a plugin; the name is not looked at. So a group's number would be read as a student's:
  every member gets a folder of his own.
- worksheet: ``mod/assign/gradingtable.php`` at ``003699d``, and in ``mod/assign/feedback/offline``
  ``importgradeslib.php`` at ``452e36f`` and ``806e2d4``, ``locallib.php`` at ``0497556``. It needs
  the columns *Identifier*, *Grade* and *Last modified (grade)* in the uploader's language; what
  follows "Participant " (in it) is the number. Skipped are blank, unchanged, locked and too large
  grades, and those changed since the export unless a box is ticked. A comment column, if present,
  replaces the comment.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.intake.file_names import tell_apart
from autograder.intake.found_files import FoundFile
from autograder.intake.lms.base import (
    GradebookLms,
    LmsError,
    LmsSubmission,
    Match,
    Reading,
    Sheet,
    Written,
    match_of_one,
)
from autograder.intake.lms.comments import comment
from autograder.intake.lms.matching import choose_item, members_of, share_a_word
from autograder.intake.lms.table import Table, number, safe_cell, write_table

MEMBER = re.compile(
    r"(?:^|/)(?P<name>[^/_]*)(?:_(?P<pid>\d+))?_(?P<sub>assignsubmission|assignfeedback)"
    r"_(?P<plugin>[a-z0-9]+)(?:_?/|_)(?P<orig>.+)$"
)
STRIPPED = re.compile(r"[\x00-\x1f\x7f&<>\"`|':\\/]")
IDENTIFIER = re.compile(r"\D*(?P<pid>\d+)\s*")


class Moodle(GradebookLms):
    """Moodle, activity "Assignment"."""

    name = "moodle"
    title = "Moodle"
    shape = "like 'Full name_410021_assignsubmission_file/exercise.py'"
    risk = (
        " Do not upload the pages if students handed in as groups: without the worksheet, a "
        "group's number cannot be told from a student's."
    )
    clicks = (
        "The assignment > Submissions > Actions > Upload grading worksheet: moodle-grades.csv.",
        "Tick 'Update records that have been modified more recently than in the spreadsheet'.",
        "Check the changes that are listed, then Confirm.",
        "Then Actions > Upload multiple feedback files in a zip: choose moodle-feedback.zip.",
        "unmatched.csv lists whom and what this upload leaves out: see to each by hand.",
    )

    def recognise(self, paths: Sequence[str]) -> int:
        return sum(bool(MEMBER.search(path)) for path in paths)

    def read(
        self, files: Sequence[FoundFile], gradebook: Table | None, asked: Sequence[str]
    ) -> Reading:
        owned: dict[tuple[str, str], list[FoundFile]] = defaultdict(list)
        leftovers = []
        matches = members_of(MEMBER, [file.path for file in files])
        for file, match in zip(files, matches, strict=True):
            if match is None:
                leftovers.append(file.path)
            elif match["sub"] == "assignsubmission":
                owned[match["name"], match["pid"] or ""].append(file.renamed(match["orig"]))
        students = tell_apart("_".join(filter(None, key)) for key in owned)
        submissions = [
            LmsSubmission(
                student=student,
                key=pid,
                name=name,
                files=tuple(files),
                address=f"{name}_{pid}_assignsubmission_file" if pid else "",
            )
            for student, ((name, pid), files) in zip(students, owned.items(), strict=True)
        ]
        return Reading(submissions, leftovers)

    def open_gradebook(self, table: Table, column: str | None, titles: Sequence[str]) -> Sheet:
        if not table.rows or not all(IDENTIFIER.fullmatch(row[0]) for row in table.rows):
            raise LmsError(
                f"{table.path} is not Moodle's grading worksheet: its first column does not hold "
                "'Participant' and a number in every line. Take it from Submissions > Actions > "
                "Download grading worksheet."
            )
        grade = _grade_column(table, column)
        top = _maximum_column(table, grade)
        return Sheet(
            table=table,
            item=table.header[grade],
            column=grade,
            maximum=number(table.rows[0][top]) if top is not None else None,
            students=tuple(range(len(table.rows))),
            kept=_kept(table, grade),
            labels=(0, 1) if len(table.header) > 1 else (0,),
        )

    def match(self, submission: LmsSubmission, sheet: Sheet, groups: Table | None) -> Match:
        rows = [i for i in sheet.students if _number(sheet, i) == submission.key]
        name = cleaned(submission.name)
        team = _team(sheet, name)
        agrees = [i for i in rows if _is_name_of(name, sheet.table, i)]
        if team and agrees:
            return Match(doubt="both a student and a group may be meant")
        if team:
            return Match(tuple(team))
        if rows and not agrees:
            return Match(doubt=f"the worksheet has this number for {self.label(sheet, rows[0])}")
        return match_of_one(rows)

    def refusal(self, sheet: Sheet, row: int, points: float) -> str:
        changeable = sheet.table.find("Grade can be changed")
        if changeable is not None and sheet.table.rows[row][changeable].strip() == "No":
            return "the grade is locked in Moodle"
        if sheet.maximum is not None and points > sheet.maximum:
            return f"Moodle does not take more than {sheet.maximum:g} points"
        return ""

    def ids(self, sheet: Sheet, row: int) -> Sequence[str]:
        return [sheet.table.rows[row][0]]

    def write_grades(self, sheet: Sheet, written: Mapping[int, Written], target: Path) -> None:
        table = sheet.table
        comments = table.find("Feedback comments")
        lines = [[table.header[column] for column in sheet.kept]]
        for index in sorted(written):
            row = table.rows[index]
            # All of a translated worksheet goes back, the students' own texts too.
            cells = [row[0], *map(safe_cell, row[1:])]
            cells[sheet.column] = written[index].points
            if comments is not None:
                cells[comments] = comment(row[comments], written[index].grade.summary)
            lines.append([cells[column] for column in sheet.kept])
        write_table(target, lines)  # older versions take commas and UTF-8 only

    def feedback_paths(
        self, submission: LmsSubmission, rows: Sequence[int], sheet: Sheet | None
    ) -> Sequence[str]:
        if sheet is None:
            return [f"{submission.address}/feedback.html"] if submission.address else []
        if [_number(sheet, row) for row in rows] == [submission.key]:
            return [f"{submission.address}/feedback.html"]
        # A group's number must not be sent: each member has one of his own.
        return [
            f"{cleaned(_full_name(sheet.table, row))}_{_number(sheet, row)}"
            "_assignsubmission_file/feedback.html"
            for row in rows
        ]


def cleaned(name: str) -> str:
    """Write a name as Moodle does in paths: ``str_replace`` of ``_``, then ``clean_filename``."""
    return STRIPPED.sub("", unicodedata.normalize("NFC", name).replace("_", " ")).strip()


def participant(identifier: str) -> str:
    """Give the number of "Participant 410021", in whatever language."""
    match = IDENTIFIER.fullmatch(identifier)
    return match["pid"] if match else ""


def _number(sheet: Sheet, row: int) -> str:
    return participant(sheet.table.rows[row][0])


def _full_name(table: Table, row: int) -> str:
    """Give a row's name, which stands second in whatever language."""
    column = table.find("Full name") or 1
    return table.rows[row][column] if column < len(table.header) else ""


def _is_name_of(name: str, table: Table, row: int) -> bool:
    """Tell whether a folder's name may be the row's; blind marking has "Participant" only."""
    blind = table.rows[row][0].removesuffix(participant(table.rows[row][0]))
    full = _full_name(table, row)
    return name in {cleaned(blind), cleaned(full)} or share_a_word(full, name)


def _team(sheet: Sheet, name: str) -> list[int]:
    """Find the members of a group: in its column, or in any where the titles are translated."""
    table = sheet.table
    titled = table.find("Group")
    columns = [titled] if titled is not None else []
    if table.find("Identifier") is None:
        columns = list(range(2, len(table.header)))
    for column in columns:
        if rows := [i for i in sheet.students if cleaned(table.rows[i][column]) == name]:
            return rows
    return []


def _grade_column(table: Table, column: str | None) -> int:
    """Find the grades: by the title, or in other languages as the column before the maximum."""
    if column is not None:
        return choose_item(dict(enumerate(table.header)), column, (), f"the worksheet {table.path}")
    if table.find("Scale") is not None:
        raise LmsError(
            f"The worksheet {table.path} is of an assignment with a scale. Set its grade type to "
            "Point in Moodle, or enter the grades by hand."
        )
    titled = table.find("Grade")
    if titled is not None:
        return titled
    before_maximum = [i - 1 for i in range(2, len(table.header)) if _is_maximum(table, i)]
    fitting = [i for i in before_maximum if all(_may_be_grade(row[i]) for row in table.rows)]
    if len(fitting) == 1:
        return fitting[0]
    return choose_item(dict(enumerate(table.header)), None, (), f"the worksheet {table.path}")


def _maximum_column(table: Table, grade: int) -> int | None:
    titled = table.find("Maximum grade")  # "Maximum Grade" in older versions
    if titled is not None:
        return titled
    beside = grade + 1
    return beside if beside < len(table.header) and _is_maximum(table, beside) else None


def _is_maximum(table: Table, column: int) -> bool:
    values = {row[column].strip() for row in table.rows}
    return len(values) == 1 and (number(values.pop()) or 0) > 0


def _may_be_grade(cell: str) -> bool:
    return cell.strip() in {"", "-"} or number(cell) is not None


def _kept(table: Table, grade: int) -> tuple[int, ...]:
    """Keep what the importer reads; all of a worksheet whose titles are not understood."""
    modified = table.find("Last modified (grade)")
    if modified is None:
        return tuple(range(len(table.header)))
    others = (table.find("Full name"), table.find("Feedback comments"))
    return tuple(sorted({0, grade, modified, *(c for c in others if c is not None)}))
