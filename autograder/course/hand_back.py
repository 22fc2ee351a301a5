"""Hand a graded class back to the LMS that it came from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.course.output import Output
from autograder.feedback.adjusted_points import told
from autograder.feedback.layout import points
from autograder.feedback.overview import to_mend
from autograder.feedback.record import Record
from autograder.intake.file_names import safe_name
from autograder.intake.lms import Download, Grade, UploadOptions, UploadReport, write_upload
from autograder.intake.lms.base import GradebookLms
from autograder.source.phrases import Phrases


def hand_back(
    download: Download,
    students: Iterable[str],
    out: Path,
    options: UploadOptions,
    say: Phrases,
) -> tuple[UploadReport, list[str]]:
    """Write ``OUT/upload/`` from the graded students' records.

    Returns
    -------
    UploadReport
    list of str
        What to tell the instructor, line by line.

    Raises
    ------
    LmsError
        If the gradebook does not fit the download.
    OutputInUse, OutputNotWritable
    """
    module = download.module
    page_name = module.page_name if isinstance(module, GradebookLms) else ""
    with Output(out, say).held():
        grades = [_grade(student, out, page_name, say) for student in students]
        report = write_upload(download, grades, out, options)
    return report, list(_lines(report, out))


def _grade(student: str, out: Path, page_name: str, say: Phrases) -> Grade:
    record = out / "feedback" / f"{safe_name(student)}.json"
    feedback: Record = json.loads(record.read_text(encoding="utf-8"))
    page = record.with_suffix(".html")
    told = summary(feedback, page_name, say)
    missing = any(entry["status"] == "missing" for entry in feedback["functions"])
    return Grade(student, feedback["score"], feedback["max_score"], page, told, missing)


def summary(feedback: Record, page_name: str, say: Phrases) -> str:
    """The score, the names of the mistakes, and where the rest of it is told.

    Parameters
    ----------
    feedback : Record
    page_name : str
        What the student finds the page as; empty where the LMS hands on none.
    say : Phrases
    """
    by_status: dict[str, list[str]] = {}
    for entry in feedback["functions"]:
        by_status.setdefault(entry["status"], []).append(entry["function"])
    score, most = points(feedback["score"]), points(feedback["max_score"])
    parts = [say("comment.points", score=score, most=most)]
    if mends := to_mend(feedback, say):
        named = "; ".join(f"{m.function} ({say('lists.and').join(m.titles)})" for m in mends)
        parts.append(f"{say('overview.to_mend', count=len(mends))}: {named}.")
    for status in ("missing", "not attempted", "right in itself"):
        if names := by_status.get(status):
            parts.append(say(f"comment.{status}", names=say.listing(names)))
    for entry in feedback["functions"]:
        if note := told(entry, say):
            parts.append(f"{entry['function']}: {note}")
    if note := told(feedback, say):
        parts.append(note)
    if len(parts) > 1 and page_name:
        parts.append(say("comment.page", page=page_name))
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)


def _lines(report: UploadReport, out: Path) -> Iterator[str]:
    if report.item:
        yield f"For upload: {len(report.written)} grades for '{report.item}' of {report.maximum:g}."
    for path in (report.grades, report.feedback):
        if path:
            yield f"  {path}"
    yield f"  Where to click: {out / 'upload' / 'README.txt'}"
    yield from report.remarks
    if report.problems:
        yield f"Not in the upload ({out / 'unmatched.csv'}):"
        width = max(len(problem.kind) for problem in report.problems)
        for problem in report.problems:
            yield f"  {problem.kind:{width}}  {problem.who}: {problem.detail}"
