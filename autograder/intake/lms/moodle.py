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
  grades, and those changed since the export unless a box is ticked; a date in another language than
  English cannot be read, which counts as changed. A comment column, if present, replaces the
  comment. From 4.0 on the export holds text without markup (``format_text`` in
  ``lib/table/classes/base_export_format.php`` at ``189be87``).
- groups' names: ``format_string`` in ``downloader.php`` at ``b1b5f26`` makes ``&amp;`` of ``&``,
  which ``clean_filename`` makes ``amp;``; the worksheet has ``&`` again.
- an assignment without points: ``gradingtable.php`` at ``0ade5cc`` has no column of the maximum,
  older ones leave it blank; a grade above 0 is skipped as too large.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
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
from autograder.intake.lms.matching import choose_item, members_of, share_a_word
from autograder.intake.lms.moodle_words import LANGUAGES, words_of
from autograder.intake.lms.table import Table, number, safe_cell, write_table

MEMBER = re.compile(
    r"(?:^|/)(?P<name>[^/_]*)(?:_(?P<pid>\d+))?_(?P<sub>assignsubmission|assignfeedback)"
    r"_(?P<plugin>[a-z0-9]+)(?:_?/|_)(?P<orig>.+)$"
)
STRIPPED = re.compile(r"[\x00-\x1f\x7f&<>\"`|':\\/]")
IDENTIFIER = re.compile(r"\D*(?P<pid>\d+)\s*")
DATE = re.compile(r"-|(?=.*\d{4}).*\d[:.]\d\d.*")


class Moodle(GradebookLms):
    """Moodle, activity "Assignment"."""

    name = "moodle"
    title = "Moodle"
    page_name = "feedback.html"
    shape = "like 'Full name_410021_assignsubmission_file/exercise.py'"
    risk = (
        " Do not upload the pages if students handed in as groups: without the worksheet, a "
        "group's number cannot be told from a student's."
    )
    clicks = (
        "The assignment > Submissions > Actions > Upload grading worksheet: moodle-grades.csv.",
        "If some of the students had a grade or a comment before, tick 'Update records that have "
        "been modified more recently than in the spreadsheet'. That replaces what a teacher wrote "
        "after the worksheet was downloaded: in that case download it anew and run again.",
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
        late = _late(gradebook)
        students = tell_apart("_".join(filter(None, key)) for key in owned)
        submissions = [
            LmsSubmission(
                student=student,
                key=pid,
                name=name,
                files=tuple(files),
                address=f"{name}_{pid}_assignsubmission_file" if pid else "",
                late=pid in late or cleaned(name) in late,
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
        _refuse_scale(table)
        grade = _grade_column(table, column)
        top = _maximum_column(table, grade)
        maximum = number(table.rows[0][top]) if top is not None else None
        if words_of(table) and not maximum:
            raise LmsError(
                f"The assignment of the worksheet {table.path} gives no points, so Moodle takes no "
                "grades for it. Set its grade type to Point and a maximum in Moodle and download "
                "the worksheet again; or leave out --gradebook and upload the pages only."
            )
        return Sheet(
            table=table,
            item=table.header[grade],
            column=grade,
            maximum=maximum,
            students=tuple(range(len(table.rows))),
            kept=_kept(table, grade),
            labels=(0, 1) if len(table.header) > 1 else (0,),
        )

    def match(self, submission: LmsSubmission, sheet: Sheet, groups: Table | None) -> Match:
        rows = [i for i in sheet.students if _number(sheet, i) == submission.key]
        name = cleaned(submission.name)
        teams = _teams(sheet, name)
        agrees = [i for i in rows if _is_name_of(name, sheet.table, i)]
        if teams and agrees:
            return Match(doubt="both a student and a group may be meant")
        if len(teams) > 1:
            return Match(doubt=f"{len(teams)} groups of the worksheet may be meant")
        if rows and not agrees and not teams:
            doubt = f"the worksheet has this number for {self.label(sheet, rows[0])}"
            return Match(doubt=doubt, maybe=tuple(rows))
        match = match_of_one(rows)
        for members in teams.values():
            match = Match(tuple(members))
        return replace(match, remark=_draft_remark(sheet.table, match.rows))

    def refusal(self, sheet: Sheet, row: int, points: float) -> str:
        if _says(sheet.table, row, "changeable", "no"):
            return "the grade is locked in Moodle"
        if sheet.maximum is not None and points > sheet.maximum:
            return f"Moodle does not take more than {sheet.maximum:g} points"
        return ""

    def ids(self, sheet: Sheet, row: int) -> Sequence[str]:
        return [sheet.table.rows[row][0]]

    def comment(self, sheet: Sheet, row: int) -> str | None:
        column = _comments_column(sheet.table, sheet.column)
        return sheet.table.rows[row][column] if column is not None else None

    def write_grades(self, sheet: Sheet, written: Mapping[int, Written], target: Path) -> None:
        table = sheet.table
        comments = _comments_column(table, sheet.column)
        name = _column(table, "name")
        kept = sheet.kept
        if all(line.comment is None for line in written.values()):
            kept = tuple(c for c in kept if c != comments)  # whatever stands in it is imported
        lines = [[table.header[column] for column in kept]]
        for index in sorted(written):
            row = table.rows[index]
            # Where the language is not known all columns go back, with what students wrote in them.
            cells = [row[0], *map(safe_cell, row[1:])]
            cells[sheet.column] = written[index].points
            if comments is not None:
                cells[comments] = written[index].comment or ""
            if name is not None:
                cells[name] = safe_cell(cells[name])
            lines.append([cells[column] for column in kept])
        write_table(target, lines)  # older versions take commas and UTF-8 only

    def feedback_paths(
        self, submission: LmsSubmission, rows: Sequence[int], sheet: Sheet | None
    ) -> Sequence[str]:
        if sheet is None:
            return [f"{submission.address}/{self.page_name}"] if submission.address else []
        if [_number(sheet, row) for row in rows] == [submission.key]:
            return [f"{submission.address}/{self.page_name}"]
        # A group's number must not be sent: each member has one of his own.
        return [
            f"{cleaned(_full_name(sheet.table, row))}_{_number(sheet, row)}"
            f"_assignsubmission_file/{self.page_name}"
            for row in rows
        ]


def cleaned(name: str) -> str:
    """Write a name as Moodle does in paths: ``str_replace`` of ``_``, then ``clean_filename``."""
    return STRIPPED.sub("", unicodedata.normalize("NFC", name).replace("_", " ")).strip()


def participant(identifier: str) -> str:
    """Give the number of "Participant 410021", in whatever language."""
    match = IDENTIFIER.fullmatch(identifier)
    return match["pid"] if match else ""


def _column(table: Table, role: str) -> int | None:
    """Find a column by Moodle's words for it, in whatever language."""
    words = words_of(table)
    return words.column(table, role) if words else None


def _says(table: Table, row: int, role: str, words: str) -> bool:
    """Tell whether a row's cell in a role's column begins with such words, in its language."""
    language, column = words_of(table), _column(table, role)
    if language is None or column is None:
        return False
    return language.begins(table.rows[row][column], words)


def _number(sheet: Sheet, row: int) -> str:
    return participant(sheet.table.rows[row][0])


def _full_name(table: Table, row: int) -> str:
    """Give a row's name, which stands second in whatever language."""
    column = _column(table, "name") or 1
    return table.rows[row][column] if column < len(table.header) else ""


def _is_name_of(name: str, table: Table, row: int) -> bool:
    """Tell whether a folder's name may be the row's; blind marking has "Participant" only."""
    blind = table.rows[row][0].removesuffix(participant(table.rows[row][0]))
    full = _full_name(table, row)
    return name in {cleaned(blind), cleaned(full)} or share_a_word(full, name)


def _teams(sheet: Sheet, name: str) -> dict[str, list[int]]:
    """Find the groups that a folder may be of: their members' rows, by the group's own name.

    They are in their column, or in any where the titles are not understood.
    """
    table = sheet.table
    titled = _column(table, "team")
    columns = [titled] if titled is not None else []
    if words_of(table) is None:
        columns = list(range(2, len(table.header)))
    for column in columns:
        teams: dict[str, list[int]] = defaultdict(list)
        for row in sheet.students:
            if name in _folder_names(table.rows[row][column]):
                teams[table.rows[row][column]].append(row)
        if teams:
            return teams
    return {}


def _folder_names(team: str) -> set[str]:
    """Write a group's name as the versions do: as it is, or after ``format_string``."""
    plain = html.unescape(team)
    return {cleaned(way) for way in (team, plain, html.escape(plain, quote=False))}


def _late(table: Table | None) -> set[str]:
    """Give the numbers of those who were late by the worksheet, and the names of their groups."""
    words, status = (words_of(table), _column(table, "status")) if table else (None, None)
    if table is None or words is None or status is None:
        return set()
    rows = [row for row in table.rows if words.tells_late(row[status])]
    team = _column(table, "team")
    teams = {name for row in rows for name in _folder_names(row[team])} if team is not None else ()
    return ({participant(row[0]) for row in rows} | set(teams)) - {""}


def _draft_remark(table: Table, rows: Sequence[int]) -> str:
    if any(_says(table, row, "status", "draft") for row in rows):
        return "a draft that was never submitted in Moodle; it is graded like all others"
    return ""


def _refuse_scale(table: Table) -> None:
    """Refuse a worksheet with the values of a scale: in their column, one a line."""
    titles = [title for words in LANGUAGES for title in words.scale.split("|")]
    columns = [{cell.strip() for cell in cells} for cells in zip(*table.rows, strict=True)]
    # With a single row, such a cell may be a teacher's comment.
    several = len(table.rows) > 1
    listed = several and any(len(cells) == 1 and "\n" in cells.pop() for cells in columns)
    if table.find(*titles) is not None or (words_of(table) is None and listed):
        raise LmsError(
            f"The worksheet {table.path} is of an assignment with a scale. Set its grade type to "
            "Point in Moodle and download it again, or enter the grades by hand."
        )


def _grade_column(table: Table, column: str | None) -> int:
    """Find the grades: by the title, or in other languages as the column before the maximum."""
    if column is not None:
        return choose_item(dict(enumerate(table.header)), column, (), f"the worksheet {table.path}")
    titled = _column(table, "grade")
    if titled is not None:
        return titled
    before_maximum = [i - 1 for i in range(2, len(table.header)) if _is_maximum(table, i)]
    fitting = [i for i in before_maximum if all(_may_be_grade(row[i]) for row in table.rows)]
    if len(fitting) == 1:
        return fitting[0]
    return choose_item(dict(enumerate(table.header)), None, (), f"the worksheet {table.path}")


def _maximum_column(table: Table, grade: int) -> int | None:
    titled = _column(table, "maximum")
    if titled is not None:
        return titled
    beside = grade + 1
    return beside if beside < len(table.header) and _is_maximum(table, beside) else None


def _is_maximum(table: Table, column: int) -> bool:
    values = {row[column].strip() for row in table.rows}
    return len(values) == 1 and (number(values.pop()) or 0) > 0


def _may_be_grade(cell: str) -> bool:
    return cell.strip() in {"", "-"} or number(cell) is not None


def _comments_column(table: Table, grade: int) -> int | None:
    """Find the comments: by the title, or as the one column behind the grade's date."""
    titled = _column(table, "comments")
    if titled is not None:
        return titled
    modified, last = _modified_column(table, grade), len(table.header) - 1
    return last if modified is not None and modified + 1 == last else None


def _modified_column(table: Table, grade: int) -> int | None:
    """Find the grade's date: by the title, or as the last column that holds dates only."""
    titled = _column(table, "modified")
    if titled is not None:
        return titled
    dates = [
        column
        for column in range(grade + 1, len(table.header))
        if all(DATE.fullmatch(row[column].strip()) for row in table.rows)
    ]
    return dates[-1] if dates else None


def _kept(table: Table, grade: int) -> tuple[int, ...]:
    """Keep what the importer reads; all of a worksheet whose titles are not understood."""
    modified = _column(table, "modified")
    if modified is None:
        return tuple(range(len(table.header)))
    others = (_column(table, "name"), _comments_column(table, grade))
    return tuple(sorted({0, grade, modified, *(c for c in others if c is not None)}))
