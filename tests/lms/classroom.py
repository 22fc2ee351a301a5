"""Downloads and gradebooks to test with, built from listings of names."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.intake.lms import Download, Grade, UploadOptions, UploadReport, write_upload
from tests.the_assignment import open_download

HERE = Path(__file__).parent


def listing(name: str) -> list[str]:
    """Read a listing of zip members."""
    return (HERE / f"{name}.members.txt").read_text(encoding="utf-8").splitlines()


def content(member: str) -> bytes:
    """Give each member a content of its own; a zip holds two exercises."""
    if member.endswith(".zip"):
        return zipped({"practice_6_1.py": b"# in a zip\n", "backprop.py": b"# in a zip\n"})
    return f"# {member}\n".encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def build(target: Path, members: Iterable[str], give: Callable[[str], bytes] = content) -> Path:
    """Build a download."""
    target.write_bytes(zipped({member: give(member) for member in members}))
    return target


def save_csv(target: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    target.write_bytes(text.getvalue().encode(encoding))
    return target


def grades_for(
    download: Download, points: Callable[[int], float] = lambda n: 40 - n
) -> list[Grade]:
    """Grade every submission: 40, 39, 38 ... of 40."""
    return [
        Grade(s.student, points(n), 40, f"<p>{s.student}</p>", f"{points(n):g} of 40.")
        for n, s in enumerate(download.submissions)
    ]


def round_trip(
    archive: Path, gradebook: Path | None, out: Path, **said: Any
) -> tuple[UploadReport, dict[str, bytes]]:
    """Open, grade and write; the report, and the members of the feedback zip."""
    title = "Notes 6: Backpropagation in Multi-layer Neural Networks"
    options = UploadOptions(gradebook=gradebook, **{"title": title, **said})
    with open_download(archive, None, gradebook) as download:
        report = write_upload(download, grades_for(download), out, options)
    return report, members(report.feedback) if report.feedback else {}


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def problems(report: UploadReport) -> set[tuple[str, str]]:
    return {(problem.kind, problem.who) for problem in report.problems}
