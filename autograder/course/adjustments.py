"""``adjustments.csv``: points that an instructor changes by hand, after grading and at each run.

A record keeps what the grader gave beside what was made of it, so nothing is applied twice.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from autograder.course.result import Graded
from autograder.feedback.adjusted_points import told
from autograder.feedback.layout import output
from autograder.feedback.record import Adjusted, FunctionRecord, Record
from autograder.intake.file_names import display
from autograder.intake.lms.table import number, safe_cell
from autograder.source.phrases import Phrases

NAME = "adjustments.csv"
TOTAL = "total"
_COLUMNS = {
    "student": ("student",),
    "function": ("function", "function or total"),
    "points": ("points",),
    "comment": ("comment",),
}
_Entry = TypeVar("_Entry", FunctionRecord, Record)


class AdjustmentsError(Exception):
    """The adjustments cannot be applied; the message tells each line and what is wrong there."""

    for_people = True


@dataclass(frozen=True)
class Adjustment:
    """One line: what becomes of the points of a function, or of the total.

    Attributes
    ----------
    points : float
        To add, or to set.
    added : bool
        Whether they are added.
    comment : str
        What the student reads.
    """

    points: float
    added: bool
    comment: str

    def of(self, score: float, most: float) -> float:
        """The points after it: none below 0, none above the most there are."""
        changed = score + self.points if self.added else self.points
        return round(min(max(changed, 0), most), 5)

    def __str__(self) -> str:
        return f"{self.points:+g}" if self.added else f"{self.points:g}"


@dataclass(frozen=True)
class Adjustments:
    """All lines of a file.

    Attributes
    ----------
    text : str
        The file's.
    by_student : dict
        By student and function (or ``total``).
    """

    text: str
    by_student: Mapping[str, Mapping[str, Adjustment]]

    def apply(self, graded: Graded, say: Phrases) -> Graded:
        """Give a result with its own adjustments, and with none but these."""
        feedback = self._applied(unadjusted(graded.feedback))
        if feedback == graded.feedback:
            return graded
        return Graded(feedback, _results(graded.gradescope, feedback, say))

    def _applied(self, feedback: Record) -> Record:
        own = self.by_student.get(feedback["student"])
        if not own:
            return feedback
        functions = [_changed(f, own.get(f["function"])) for f in feedback["functions"]]
        total = round(sum(f["score"] for f in functions), 5)
        changed: Record = {**feedback, "functions": functions, "score": total}
        return _changed(changed, own.get(TOTAL))


NO_ADJUSTMENTS = Adjustments("", {})


def _changed(entry: _Entry, adjustment: Adjustment | None) -> _Entry:
    if adjustment is None:
        return entry
    before = entry["score"]
    made: Adjusted = {"points": str(adjustment), "before": before, "comment": adjustment.comment}
    return {**entry, "score": adjustment.of(before, entry["max_score"]), "adjusted": made}


def unadjusted(feedback: Record) -> Record:
    """The record as the grader gave it."""
    functions = [_before(entry) for entry in feedback["functions"]]
    total = round(sum(f["score"] for f in functions), 5)
    return {**_before(feedback), "functions": functions, "score": total}


def _before(entry: _Entry) -> _Entry:
    if "adjusted" not in entry:
        return entry
    before = entry.copy()
    before["score"] = before.pop("adjusted")["before"]
    return before


def _results(gradescope: dict[str, Any], feedback: Record, say: Phrases) -> dict[str, Any]:
    """Gradescope's results with what the record says now."""
    entries = {entry["function"]: entry for entry in feedback["functions"]}
    tests = []
    for test in gradescope["tests"]:
        entry = entries[test["name"]]
        text = "\n\n".join(part for part in (output(entry, say), told(entry, say)) if part)
        tests.append({**test, "score": entry["score"], "output": text})
    results = {key: value for key, value in gradescope.items() if key != "score"}
    results["tests"] = tests
    heading = gradescope.get("output", "").partition("\n\n")[0]
    if note := told(feedback, say):
        return {**results, "output": f"{heading}\n\n{note}", "score": feedback["score"]}
    return {**results, "output": heading}


# --- reading -----------------------------------------------------------------------------------


def find(classes: Sequence[Path], out: Path) -> Path | None:
    """The file beside a class's folder or zip, else the one that an earlier run has kept."""
    beside = [path.resolve().parent / NAME for path in classes if path.suffix != ".py"]
    return next((path for path in [*beside, out / NAME] if path.is_file()), None)


def read(path: Path, students: Collection[str], points: Mapping[str, float]) -> Adjustments:
    """Read and check adjustments.

    Parameters
    ----------
    path : Path
    students : collection of str
        All of the class.
    points : mapping of str to float
        The most by function.

    Raises
    ------
    AdjustmentsError
        If it is no such table, or names a student or function that there is not, or one twice.
    """
    text = _text(path)
    found: dict[str, dict[str, Adjustment]] = {}
    lines: dict[tuple[str, str], int] = {}
    problems = []
    names = {safe_cell(student): student for student in students} | {s: s for s in students}
    most = {**points, TOTAL: sum(points.values())}
    for line, row in _rows(text, path):
        try:
            student = _known(row["student"], names, "student")
            function = _known(row["function"], {key: key for key in most}, "function")
            adjustment = _adjustment(row, most[function])
            first = lines.setdefault((student, function), line)
            if first != line:
                raise AdjustmentsError(f"'{function}' of this student stands in line {first} too")
        except AdjustmentsError as error:
            problems.append(f"{path}, line {line}: {error}")
            continue
        found.setdefault(student, {})[function] = adjustment
    if problems:
        raise AdjustmentsError("\n".join(problems))
    return Adjustments(text, found)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AdjustmentsError(f"{path} cannot be read ({error.strerror})") from None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the line that it begins in."""
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    titles = [title.strip().casefold() for title in next(reader, [])]
    places = {
        key: next((titles.index(name) for name in names if name in titles), None)
        for key, names in _COLUMNS.items()
    }
    missing = [key for key, place in places.items() if place is None and key != "comment"]
    if missing:
        raise AdjustmentsError(
            f"{path}, line 1: the columns are student, function, points and comment; "
            f"there is no {' and no '.join(missing)}"
        )
    line = reader.line_num + 1
    for row in reader:
        if any(cell.strip() for cell in row):
            yield (
                line,
                {
                    key: row[place].strip() if place is not None and place < len(row) else ""
                    for key, place in places.items()
                },
            )
        line = reader.line_num + 1


def _known(text: str, names: Mapping[str, str], what: str) -> str:
    if text in names:
        return names[text]
    near = get_close_matches(text, names, 1)
    hint = f"; did you mean '{display(near[0])}'?" if near else ""
    raise AdjustmentsError(f"there is no {what} '{display(text)}'{hint}")


def _adjustment(row: Mapping[str, str], most: float) -> Adjustment:
    # The quote keeps a spreadsheet from making 2, which would be set, of +2.
    text = row["points"].removeprefix("'").replace("\N{MINUS SIGN}", "-")
    added = text.startswith(("+", "-"))
    points = number(text)
    if points is None:
        raise AdjustmentsError(f"'{display(text)}' is no number of points such as 7, +2 or -1")
    if not added and points > most:
        raise AdjustmentsError(f"{points:g} points are more than there are, {most:g}")
    return Adjustment(points, added, " ".join(row["comment"].split()))
