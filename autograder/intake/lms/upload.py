"""From grades to what an instructor uploads: nobody mixed up, nobody lost."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from autograder.intake.atomic_files import draft_of, write_whole, writing
from autograder.intake.file_names import claim, display, split_ending
from autograder.intake.found_files import FoundFile
from autograder.intake.lms.base import (
    Grade,
    GradebookLms,
    Lms,
    LmsError,
    LmsSubmission,
    Match,
    Problem,
    Sheet,
    Written,
)
from autograder.intake.lms.comments import Comments, both, teachers_comment
from autograder.intake.lms.download import Download
from autograder.intake.lms.table import (
    read_table,
    safe_cell,
    write_table,
    written_points,
)
from autograder.intake.submission import HANDED_OUT

SHOWN = 10
"""So many files with unknown names are listed of one student, at most."""
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The same for every member, so that the same grades give the same bytes."""
ALSO_CALLED = "Practice 6"
"""What the notes call the exercises: a likely title of the item beside the assignment's own."""
NO_GRADEBOOK = (
    "No gradebook was given, so there are no grades for upload: export it from {lms} and run again "
    "with --gradebook FILE.{risk}"
)


@dataclass(frozen=True, kw_only=True)
class UploadOptions:
    """What an instructor says about the way back to the LMS.

    Attributes
    ----------
    opening : str
        What our own comments begin with.
    gradebook : Path or None
        The LMS's export; without it no grades are written for upload, only pages.
    column : str or None
        The grade item's title; by default the one that fits the download's or `title`.
    points : {"scaled", "raw"}
        Scaled to the item's maximum, or as graded.
    title : str
        The assignment's title, to find the item.
    groups : Path or None
        Canvas's CSV of groups, so that each member of a group gets a line.
    comments : {"below", "leave", "none"}
        Whether a summary is written below a teacher's comment, only where there is none, or never.
    """

    opening: str
    gradebook: Path | None = None
    column: str | None = None
    points: Literal["scaled", "raw"] = "scaled"
    title: str = ""
    groups: Path | None = None
    comments: Comments = "below"


@dataclass
class UploadReport:
    """What was written, and what was not.

    Attributes
    ----------
    lms : str
        The LMS's name.
    item : str
        The grade item; empty where no gradebook was given.
    maximum : float or None
        The item's maximum.
    grades : Path or None
        The file of grades to upload.
    feedback : Path or None
        The zip of pages to upload.
    written : list of (str, str)
        The gradebook's student and the points, line by line.
    problems : list of Problem
        Who or what is not in the upload, and why; also in ``unmatched.csv``.
    remarks : list of str
        What the instructor should know although nothing is missing.
    """

    lms: str
    item: str = ""
    maximum: float | None = None
    grades: Path | None = None
    feedback: Path | None = None
    written: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Graded:
    submission: LmsSubmission
    grade: Grade | None
    match: Match


def check_gradebook(download: Download, options: UploadOptions) -> None:
    """Raise the `LmsError` that :func:`write_upload` would, before a class is graded."""
    _open(download, options)


def write_upload(
    download: Download, grades: Sequence[Grade], out: Path, options: UploadOptions
) -> UploadReport:
    """Write ``OUT/upload/`` and ``OUT/unmatched.csv``.

    Parameters
    ----------
    download : Download
        The open download.
    grades : sequence of Grade
        One for each submission that was graded.
    out : Path
        The output folder.
    options : UploadOptions

    Returns
    -------
    UploadReport
        What was written and, line by line, who or what was not.

    Raises
    ------
    LmsError
        If the gradebook is not that LMS's or the item is not certain.
    """
    lms = download.module
    upload = out / "upload"
    report = UploadReport(lms.name)
    sheet = _open(download, options)
    graded = _matched(download, sheet, grades, options)
    report.problems += _problems(download, graded)
    _remove_earlier(upload)
    if isinstance(lms, GradebookLms):
        if sheet:
            _write_grades(lms, sheet, graded, options, upload, report)
        else:
            report.remarks.append(NO_GRADEBOOK.format(lms=lms.title, risk=lms.risk))
        if lms.takes_pages:
            _write_feedback(lms, sheet, graded, download.files, upload, report)
    else:
        _list_grades(lms, graded, upload, report)
    lines = "".join(f"{n}. {line}\n" for n, line in enumerate(lms.clicks, start=1))
    write_whole(upload / "README.txt", lines.encode("utf-8"))
    _write_problems(report.problems, out / "unmatched.csv")
    return report


def _remove_earlier(upload: Path) -> None:
    """Remove what an earlier run wrote: nobody shall upload it in place of this one's."""
    for stale in [*upload.glob("*-grades.csv"), *upload.glob("*-feedback.zip")]:
        with writing(stale):
            stale.unlink()


def _write_problems(problems: Iterable[Problem], target: Path) -> None:
    rows = [["problem", "student", "detail"]]
    rows += [[safe_cell(cell) for cell in (p.kind, p.who, p.detail)] for p in problems]
    write_table(target, rows)


def _unknown_names(submission: LmsSubmission, asked: Sequence[str]) -> list[str]:
    """Name the files that may be a missing exercise's; what is in a zip is not looked at."""
    names = [file.name for file in submission.files if file.refusal is None]
    claims = {name: claim(name, asked) for name in names}
    claimed = {found.file for found in claims.values() if found}
    if claimed.issuperset(asked) or any(split_ending(name)[1] == ".zip" for name in names):
        return []
    return [name for name in names if claims[name] is None and name not in HANDED_OUT]


def _open(download: Download, options: UploadOptions) -> Sheet | None:
    """Read the gradebook and find the item in it; None where no gradebook was given."""
    if options.gradebook is None:
        return None
    lms = download.module
    if not isinstance(lms, GradebookLms):
        raise LmsError(
            f"--gradebook has no use here: the download was read as {lms.title}, which takes no "
            "grades back. If it is from an LMS, name it with --lms."
        )
    titles = (download.item, options.title, f"{options.title} {ALSO_CALLED}")
    sheet = lms.open_gradebook(read_table(options.gradebook), options.column, titles)
    if options.points == "scaled" and not sheet.maximum:
        raise LmsError(
            f"{options.gradebook} does not tell the maximum of '{sheet.item}', so grades cannot be "
            f"scaled to it. Set the item's points in {lms.title} and export again, or use "
            "--points raw."
        )
    return sheet


def _matched(
    download: Download, sheet: Sheet | None, grades: Sequence[Grade], options: UploadOptions
) -> list[_Graded]:
    """Bring together each submission, its grade, and the gradebook's rows that it belongs to."""
    lms = download.module
    groups = read_table(options.groups) if options.groups else None
    by_student = {grade.student: grade for grade in grades}
    graded = []
    for submission in download.submissions:
        match = Match(doubt=submission.doubt)
        if sheet and isinstance(lms, GradebookLms) and not submission.doubt:
            match = lms.match(submission, sheet, groups)
        graded.append(_Graded(submission, by_student.get(submission.student), match))
    return graded


def _problems(download: Download, graded: Iterable[_Graded]) -> list[Problem]:
    problems = [Problem("file of nobody", "", path) for path in download.leftovers]
    for entry in graded:
        if entry.match.doubt:
            problems.append(Problem("doubtful", entry.submission.student, entry.match.doubt))
        if entry.grade is None:
            detail = "the submission could not be graded"
            problems.append(Problem("not graded", entry.submission.student, detail))
        problems += [
            Problem("file with an unknown name", entry.submission.student, name)
            for name in _unknown_names(entry.submission, download.asked)[:SHOWN]
            if entry.grade is None or entry.grade.lacks_files
        ]
    return problems


def _write_grades(
    lms: GradebookLms,
    sheet: Sheet,
    graded: Sequence[_Graded],
    options: UploadOptions,
    upload: Path,
    report: UploadReport,
) -> None:
    """Write the file that the LMS's importer takes, and report the rows that get no grade."""
    report.item, report.maximum = sheet.item, sheet.maximum
    written: dict[int, Written] = {}
    claims = _claims(graded, report)
    for row, entry in claims.items():
        if entry.grade is None:
            continue
        value = _points(entry.grade, sheet.maximum, options)
        if refusal := lms.refusal(sheet, row, value) or _unsafe(lms.ids(sheet, row)):
            report.problems.append(Problem("not written", lms.label(sheet, row), refusal))
        else:
            text = _comment(lms, sheet, row, entry.grade.summary, options, report)
            written[row] = Written(entry.submission, entry.grade, written_points(value), text)
    claimed = {row for entry in graded for row in (*entry.match.rows, *entry.match.maybe)}
    for row in sheet.students:
        if row not in claimed:
            label = lms.label(sheet, row)
            report.problems.append(Problem("row without a submission", label, "no grade written"))
    report.grades = upload / f"{lms.name}-grades.csv"
    lms.write_grades(sheet, written, report.grades)
    report.written = [(lms.label(sheet, row), written[row].points) for row in sorted(written)]
    report.remarks += [sheet.remark] if sheet.remark else []
    report.remarks += [
        f"{e.submission.student}: {e.match.remark}" for e in graded if e.match.remark
    ]


def _unsafe(ids: Iterable[str]) -> str:
    """Refuse a line if a spreadsheet would run one of its ids, which must stay as they are."""
    running = [display(cell) for cell in ids if safe_cell(cell) != cell]
    return f"a spreadsheet would run '{running[0]}': enter the grade by hand" if running else ""


def _comment(
    lms: GradebookLms,
    sheet: Sheet,
    row: int,
    summary: str,
    options: UploadOptions,
    report: UploadReport,
) -> str | None:
    """Write the comment of a row: what a teacher wrote stays in it."""
    cell = lms.comment(sheet, row)
    if cell is None or options.comments == "none":
        return None
    teachers = teachers_comment(cell, options.opening)
    if teachers and options.comments == "leave":
        detail = "a teacher's comment is there: it stays, without the summary"
        report.problems.append(Problem("no comment written", lms.label(sheet, row), detail))
        return teachers
    return both(teachers, summary, options.opening)


def _claims(graded: Sequence[_Graded], report: UploadReport) -> dict[int, _Graded]:
    """Give each row the one submission that it belongs to, and report those that have none."""
    claims: dict[int, list[_Graded]] = defaultdict(list)
    for entry in graded:
        who = entry.submission.student
        if not entry.match.rows and not entry.match.doubt:
            detail = "no row of the gradebook is this student's"
            report.problems.append(Problem("submission without a row", who, detail))
        for row in entry.match.rows:
            claims[row].append(entry)
    settled = {}
    for row, entries in claims.items():
        if len(entries) == 1:
            settled[row] = entries[0]
            continue
        for entry in entries:
            detail = "several submissions belong to one row: none was written"
            report.problems.append(Problem("doubtful", entry.submission.student, detail))
    return settled


def _points(grade: Grade, maximum: float | None, options: UploadOptions) -> float:
    if options.points == "raw" or not maximum:
        return grade.score
    return grade.score / grade.max_score * maximum if grade.max_score else 0.0


def _write_feedback(
    lms: GradebookLms,
    sheet: Sheet | None,
    graded: Sequence[_Graded],
    files: Sequence[FoundFile],
    upload: Path,
    report: UploadReport,
) -> None:
    """Write the zip of pages, one page in memory at a time."""
    pages: dict[str, Grade] = {}
    for entry in graded:
        if entry.grade is None or entry.submission.doubt:
            continue
        paths = lms.feedback_paths(entry.submission, entry.match.rows, sheet)
        pages |= dict.fromkeys(paths, entry.grade)
        if not paths:
            detail = f"{lms.title} has no place for it by zip: give the page by hand"
            report.problems.append(Problem("no page uploaded", entry.submission.student, detail))
    if not pages:
        return
    report.feedback = upload / f"{lms.name}-feedback.zip"
    with writing(upload):
        upload.mkdir(parents=True, exist_ok=True)
    with draft_of(report.feedback) as draft, zipfile.ZipFile(draft, "w") as archive:
        for path, data in lms.feedback_extras(files).items():
            _add(archive, path, data)
        for path, grade in pages.items():
            _add(archive, path, grade.page())


def _add(archive: zipfile.ZipFile, path: str, data: bytes) -> None:
    member = zipfile.ZipInfo(path, ZIP_TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    archive.writestr(member, data)


def _list_grades(lms: Lms, graded: Sequence[_Graded], upload: Path, report: UploadReport) -> None:
    entries = [
        Written(entry.submission, entry.grade, written_points(entry.grade.score))
        for entry in graded
        if entry.grade
    ]
    lines = lms.list_grades(entries)
    if lines:
        report.grades = upload / f"{lms.name}-grades.csv"
        write_table(report.grades, lines)
