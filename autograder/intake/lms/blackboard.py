r"""Blackboard Learn: a flat zip with a receipt for each attempt, and the grade centre's file.

Evidence. Download ("Assignment File Download"): the READMEs and parsers of half a dozen public
programs. ``Title_username_attempt_2026-11-02-21-14-09_file`` and, for each attempt, a receipt
``..._attempt_2026-11-02-21-14-09.txt`` that tells username, title and the files' own names. Titles
and usernames may both hold ``_``, so the receipt or the grade centre's usernames must settle where
one ends. A receipt's end holds what the student wrote: it may name the files of its own attempt
only. Feedback: no way to upload pages is known. Grades: Blackboard's "Working Offline": rows by
``Username``, columns by the id after ``|``; a title without one makes a new column. Programs that
write the file quote every cell; the file is CSV with a byte order mark or, as ``.xls``,
tab-separated UTF-16. A column downloaded alone, with comments, has ``Feedback to Learner`` and its
format (``SMART_TEXT`` or ``HTML``) beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
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
from autograder.intake.lms.matching import choose_column
from autograder.intake.lms.table import Table, number, safe_cell, write_table

MEMBER = re.compile(
    r"(?P<head>.+?)_attempt_(?P<stamp>\d{4}(?:-\d\d){5})(?:_(?P<orig>.+)|(?P<receipt>\.txt))"
)
OWNER = re.compile(r"\((?P<username>[^()]+)\)\s*$")
OWN_NAME, STORED_NAME = "Original filename: ", "Filename: "
ITEM = re.compile(r"(?P<title>.*?) \[Total Pts: (?P<points>[\d.,]+)[^\]]*\]\s*\|(?P<id>\d+)")
NAMES = ("Last Name", "First Name", "Username", "Student ID")
COMMENT, FORMAT = "Feedback to Learner", "Feedback Format"
RECEIPT_LIMIT = 200_000


@dataclass
class _Attempt:
    """The files of one head and stamp, and what their receipt says."""

    head: str
    stamp: str
    files: dict[str, FoundFile] = field(default_factory=dict)
    username: str = ""
    title: str = ""
    own_names: dict[str, str] = field(default_factory=dict)


class Blackboard(GradebookLms):
    """Blackboard Learn, Original course view."""

    name = "blackboard"
    title = "Blackboard"
    takes_pages = False
    shape = "like 'Title_username_attempt_2026-11-02-21-14-09_exercise.py'"
    clicks = (
        "Grade Center > Work Offline > Upload: choose blackboard-grades.csv, separator Auto.",
        "Check that the one column is ticked and is not marked as new, then Submit.",
        "Blackboard takes no zip of pages: the summary is in 'Feedback to Learner', if the export",
        "was one column with comments; the pages are in the folder 'feedback', to send on.",
        "unmatched.csv lists whom and what this upload leaves out: see to each by hand.",
    )

    def recognise(self, paths: Sequence[str]) -> int:
        return sum("/" not in path and bool(MEMBER.fullmatch(path)) for path in paths)

    def read(
        self, files: Sequence[FoundFile], gradebook: Table | None, asked: Sequence[str]
    ) -> Reading:
        attempts: dict[tuple[str, str], _Attempt] = {}
        leftovers = []
        for file in files:
            match = MEMBER.fullmatch(file.name)
            if match is None:
                leftovers.append(file.path)
                continue
            key = (match["head"], match["stamp"])
            attempt = attempts.setdefault(key, _Attempt(*key))
            if match["receipt"]:
                _read_receipt(attempt, file)
            else:
                attempt.files[file.name] = file
        usernames = _usernames(list(attempts.values()), gradebook)
        by_head: dict[str, list[_Attempt]] = defaultdict(list)
        for attempt in attempts.values():
            by_head[attempt.head].append(attempt)
        students = tell_apart(usernames.get(head, head) for head in by_head)
        submissions = [
            _newest(student, usernames.get(head, ""), tries)
            for student, (head, tries) in zip(students, by_head.items(), strict=True)
        ]
        title = next((a.title for a in attempts.values() if a.title), "")
        return Reading(submissions, leftovers, title)

    def open_gradebook(self, table: Table, column: str | None, titles: Sequence[str]) -> Sheet:
        names = [c for c in (table.find(title) for title in NAMES) if c is not None]
        if table.find("Username") is None:
            raise LmsError(
                f"{table.path} is not Blackboard's grade file: it has no column 'Username'. Take "
                "it from Grade Center > Work Offline > Download."
            )
        where = f"Blackboard's grade file {table.path}"
        item, found = choose_column(table.header, ITEM, column, titles, where)
        comments = [c for c in (table.find(COMMENT), table.find(FORMAT)) if c is not None]
        return Sheet(
            table=table,
            item=found["title"],
            column=item,
            maximum=number(found["points"]),
            students=tuple(range(len(table.rows))),
            kept=(*names, item, *(comments if len(comments) == 2 else ())),
            labels=tuple(names),
        )

    def match(self, submission: LmsSubmission, sheet: Sheet, groups: Table | None) -> Match:
        column = sheet.table.find("Username")
        assert column is not None
        cells = sheet.table.rows
        return match_of_one([i for i in sheet.students if cells[i][column] == submission.key])

    def ids(self, sheet: Sheet, row: int) -> Sequence[str]:
        columns = (sheet.table.find("Username"), sheet.table.find("Student ID"))
        return [sheet.table.rows[row][column] for column in columns if column is not None]

    def comment(self, sheet: Sheet, row: int) -> str | None:
        columns = _comment_columns(sheet)
        return sheet.table.rows[row][columns[0]] if columns else None

    def write_grades(self, sheet: Sheet, written: Mapping[int, Written], target: Path) -> None:
        table = sheet.table
        comments = _comment_columns(sheet)
        lines = [[table.header[column] for column in sheet.kept]]
        for row in sorted(written):
            cells = list(table.rows[row])
            cells[sheet.column] = written[row].points
            for title in ("Last Name", "First Name"):
                if (column := table.find(title)) is not None:
                    cells[column] = safe_cell(cells[column])
            text = written[row].comment
            if comments and text not in (None, cells[comments[0]]):
                place, form = comments
                cells[place], cells[form] = text or "", "HTML"
            lines.append([cells[column] for column in sheet.kept])
        write_table(
            target, lines, separator=table.separator, encoding=table.encoding, quote_all=True
        )


def _read_receipt(attempt: _Attempt, file: FoundFile) -> None:
    """Take username, title and the files' own names from a receipt.

    Only the head is Blackboard's alone: the comments below it are the student's, so the pairs of
    names are used for the files of this attempt only (see `_files`).
    """
    try:
        text = file.read(RECEIPT_LIMIT).decode("utf-8-sig", "replace").replace("\r\n", "\n")
    except NotReadable:
        return
    head, _, rest = text.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in reversed(head.split("\n")) if ": " in line)
    owner = OWNER.search(fields.get("Name", ""))
    if owner and attempt.head.endswith(f"_{owner['username']}"):
        attempt.username = owner["username"]
    attempt.title = fields.get("Assignment", "").strip()
    attempt.own_names = _own_names(rest)


def _own_names(listing: str) -> dict[str, str]:
    """Read the pairs of lines that tell what a stored file was called."""
    lines = [line.strip() for line in listing.split("\n") if line.strip()]
    return {
        stored.removeprefix(STORED_NAME): own.removeprefix(OWN_NAME)
        for own, stored in pairwise(lines)
        if own.startswith(OWN_NAME) and stored.startswith(STORED_NAME)
    }


def _usernames(attempts: Sequence[_Attempt], gradebook: Table | None) -> dict[str, str]:
    """Tell the username of each head: by its receipt, the usernames known, or the common title."""
    by_receipt = {a.head: a.username for a in attempts if a.username}
    titles = {head.removesuffix(f"_{username}") for head, username in by_receipt.items()}
    column = gradebook.find("Username") if gradebook else None
    known = {row[column] for row in gradebook.rows} if gradebook and column is not None else set()
    usernames = dict(by_receipt)
    for head in {attempt.head for attempt in attempts} - by_receipt.keys():
        by_title = {head.removeprefix(f"{t}_") for t in titles if head.startswith(f"{t}_")}
        by_list = {name for name in known if name and head.endswith(f"_{name}")}
        settled = by_title & by_list if by_title and by_list else by_title or by_list
        if len(settled) == 1:
            usernames[head] = settled.pop()
    return usernames


def _newest(student: str, username: str, attempts: Sequence[_Attempt]) -> LmsSubmission:
    newest = max(attempts, key=lambda attempt: attempt.stamp)
    return LmsSubmission(
        student=student,
        key=username,
        name=username,
        files=tuple(_files(newest)),
        when=newest.stamp,
        earlier=len(attempts) - 1,
        doubt=""
        if username
        else "no receipt or list of usernames tells where the title ends and the username begins",
    )


def _files(attempt: _Attempt) -> list[FoundFile]:
    """Give the files their own names back: from the receipt, else what stands after the stamp."""
    prefix = f"{attempt.head}_attempt_{attempt.stamp}_"
    return [
        file.renamed(attempt.own_names.get(name, name.removeprefix(prefix)).replace("/", "_"))
        for name, file in attempt.files.items()
    ]


def _comment_columns(sheet: Sheet) -> list[int]:
    """Find the comment and its format; none where the export has not both."""
    return [c for c in sheet.kept if sheet.table.header[c] in (COMMENT, FORMAT)]
