r"""Brightspace (D2L): a folder for each submission, named by student and time, and grades by item.

Evidence. No text of D2L's describes the download; the form is read from public programs: the
regular expression that several use for ``271360-460250 - Noor Abbas - Nov 2, 2026 914 PM``, one
site with the day first and the org id in the name, one with the folder's name put before each
file's. Sources disagree about the two numbers: they are an opaque key here. Several submissions
are several folders, of which programs take the newest by the name; here the numbers must agree
too, as two students may have one name. For feedback, one
university's script puts files into the folders and zips them under the original names with the
original ``index.html``. Grades: D2L's "Importing grades" (knowledge base, article 3538): a line
has ``OrgDefinedId`` and/or ``Username``, the item's column under its exported title (any other
creates a new item), and ``End-of-Line Indicator`` with ``#``; others are better left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.intake.file_names import tell_apart
from autograder.intake.found_files import FoundFile, NotReadable
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
from autograder.intake.lms.matching import choose_column, members_of, words
from autograder.intake.lms.table import Table, number, write_table

MEMBER = re.compile(
    r"(?:^|/)(?P<folder>(?P<key>\d+-\d+) - (?P<who>[^/]+?)\s*-\s"
    r"(?P<date>(?:[^\W\d]+\.? \d{1,2}, \d{4}|\d{1,2}\.? [^\W\d]+\.? \d{4}) \d{3,4}(?: [AP]M)?))"
    r"(?:/| - )(?P<orig>.+)$"
)
DATE = re.compile(
    r"(?:(?P<month1>[^\W\d]+)\.? (?P<day1>\d+),|(?P<day2>\d+)\.? (?P<month2>[^\W\d]+)\.?)"
    r" (?P<year>\d{4}) (?P<hour>\d{1,2})(?P<minute>\d\d)(?: (?P<half>[AP])M)?"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ITEM = re.compile(r"(?P<title>.+) Points Grade(?: <(?P<details>.*)>)?", re.DOTALL)
MAXIMUM = re.compile(r"MaxPoints:(?P<points>[\d.,]+)")
END = "End-of-Line Indicator"
INDEX = "index.html"
INDEX_LIMIT = 20_000_000
ID_DIGITS = 4
"""A shorter number in a name is no org id ("Ana Lopez 2")."""


class Brightspace(GradebookLms):
    """D2L Brightspace."""

    name = "brightspace"
    title = "Brightspace"
    shape = "like '271360-460250 - Full name - Nov 2, 2026 914 PM/exercise.py'"
    clicks = (
        "Grades > Enter Grades > Import: choose brightspace-grades.csv.",
        "Check in the preview that no new item is to be created, then Import.",
        "Assignments > the assignment > Add Feedback Files: choose brightspace-feedback.zip.",
        "Look at one student's evaluation: is the page there? Then publish the feedback.",
        "unmatched.csv lists whom and what this upload leaves out: see to each by hand.",
    )

    def recognise(self, paths: Sequence[str]) -> int:
        return sum(bool(MEMBER.search(path)) for path in paths)

    def read(
        self, files: Sequence[FoundFile], gradebook: Table | None, asked: Sequence[str]
    ) -> Reading:
        attempts: dict[tuple[str, str], dict[str, list[FoundFile]]] = defaultdict(dict)
        leftovers = []
        matches = members_of(MEMBER, [file.path for file in files])
        for file, match in zip(files, matches, strict=True):
            if match:
                folders = attempts[match["key"], match["who"]]
                folders.setdefault(match["folder"], []).append(file.renamed(match["orig"]))
            elif file.name != INDEX:
                leftovers.append(file.path)
        students = tell_apart(who for _, who in attempts)
        submissions = [
            _newest(student, who, key, folders)
            for student, ((key, who), folders) in zip(students, attempts.items(), strict=True)
        ]
        return Reading(submissions, leftovers)

    def open_gradebook(self, table: Table, column: str | None, titles: Sequence[str]) -> Sheet:
        ids = [c for c in (table.find("OrgDefinedId"), table.find("Username")) if c is not None]
        if not ids or table.find(END) is None:
            raise LmsError(
                f"{table.path} is not Brightspace's grades export: it needs the columns "
                f"'OrgDefinedId' or 'Username' and '{END}'. Take it from Grades > Enter Grades > "
                "Export, with key field Both, points grade, and last and first name."
            )
        where = f"Brightspace's grades export {table.path}"
        item, found = choose_column(table.header, ITEM, column, titles, where)
        names = (table.find("Last Name"), table.find("First Name"))
        top = MAXIMUM.search(table.header[item])
        return Sheet(
            table=table,
            item=found["title"],
            column=item,
            maximum=number(top["points"]) if top else None,
            students=tuple(range(len(table.rows))),
            kept=(*ids, item),
            labels=tuple(c for c in (*names, *ids) if c is not None),
        )

    def match(self, submission: LmsSubmission, sheet: Sheet, groups: Table | None) -> Match:
        by_id = [i for i in sheet.students if _ids(sheet, i) & _long_numbers(submission.name)]
        by_name = [
            i for i in sheet.students if _full_name(sheet.table, i) == words(submission.name)
        ]
        if by_id and by_name and by_id != by_name:
            doubt = "the number and the name belong to different rows"
            return Match(doubt=doubt, maybe=(*by_id, *by_name))
        if not sheet.table.find("Last Name") and not by_id:
            return Match(doubt="the export has no names to match by: export it with both names")
        return match_of_one(by_id or by_name)

    def ids(self, sheet: Sheet, row: int) -> Sequence[str]:
        return [sheet.table.rows[row][column] for column in sheet.kept[:-1]]

    def write_grades(self, sheet: Sheet, written: Mapping[int, Written], target: Path) -> None:
        lines = [[*(sheet.table.header[column] for column in sheet.kept), END]]
        for row in sorted(written):
            lines.append([*self.ids(sheet, row), written[row].points, "#"])
        write_table(target, lines)

    def feedback_paths(
        self, submission: LmsSubmission, rows: Sequence[int], sheet: Sheet | None
    ) -> Sequence[str]:
        return [f"{submission.address}/feedback.html"]

    def feedback_extras(self, files: Sequence[FoundFile]) -> Mapping[str, bytes]:
        for file in sorted(files, key=lambda file: file.depth):
            if file.name == INDEX and not MEMBER.search(file.path):
                try:
                    return {INDEX: file.read(INDEX_LIMIT)}
                except NotReadable:
                    return {}
        return {}


def _newest(
    student: str, who: str, key: str, folders: Mapping[str, Sequence[FoundFile]]
) -> LmsSubmission:
    times = {folder: _time(folder) for folder in folders}
    newest = max(times, key=lambda folder: times[folder])
    tied = [folder for folder in times if times[folder] == times[newest]]
    doubt = ""
    if len(folders) > 1 and ("" in times.values() or len(tied) > 1):
        doubt = "which of the submissions is the newest cannot be told by the dates"
    return LmsSubmission(
        student=student,
        key=key,
        name=who,
        files=tuple(folders[newest]),
        address=newest,
        when=times[newest],
        earlier=len(folders) - 1,
        doubt=doubt,
    )


def _time(folder: str) -> str:
    """Write a folder's time such that later ones sort higher; empty for other languages' months."""
    match = MEMBER.search(f"{folder}/x")
    parts = DATE.fullmatch(match["date"]) if match else None
    month = (parts["month1"] or parts["month2"])[:3].lower() if parts else ""
    if parts is None or month not in MONTHS:
        return ""
    hour = int(parts["hour"])
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"] == "P" else 0)
    day = int(parts["day1"] or parts["day2"])
    return f"{parts['year']}-{MONTHS.index(month) + 1:02}-{day:02} {hour:02}:{parts['minute']}"


def _ids(sheet: Sheet, row: int) -> set[str]:
    """Give a row's ids without the ``#`` that the export puts before them."""
    cells = (sheet.table.rows[row][column] for column in sheet.kept[:-1])
    return {cell.strip().removeprefix("#").casefold() for cell in cells} - {""}


def _long_numbers(who: str) -> set[str]:
    return {
        word.casefold()
        for word in re.findall(r"[^\W_]+", who)
        if sum(map(str.isdigit, word)) >= ID_DIGITS
    }


def _full_name(table: Table, row: int) -> tuple[str, ...]:
    columns = (table.find("First Name"), table.find("Last Name"))
    return words(" ".join(table.rows[row][c] for c in columns if c is not None))
