"""Gradescope's export: every submitter of a submission is known and listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.intake.lms import LmsError
from autograder.intake.lms.table import read_table
from tests.lms import classroom
from tests.the_assignment import NOTES6, open_download

METADATA = """\
---
submission_410000001:
  :submitters:
  - :name: Nora Abel
    :sid: T1001
    :email: nora@uni.example
  :created_at: 2026-11-02 21:14:09.000000000 Z
  :score: 4.0
  :status: processed
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    :tests: []
submission_410000002:
  :submitters:
  - :name: "=Zoe Pratt"
    :sid:
    :email: zoe@uni.example
  - :name: Ben Moss
    :sid: T1003
    :email: ben@uni.example
submission_410000003:
  :submitters:
  - :name: Ann Empty
    :sid: T1004
    :email: ann@uni.example
"""
PREFIX = "assignment_9046601_export"


def export(target: Path, metadata: str = METADATA) -> Path:
    target.write_bytes(
        classroom.zipped(
            {
                f"{PREFIX}/submission_metadata.yml": metadata.encode(),
                f"{PREFIX}/submission_410000001/backprop.py": b"nora\n",
                f"{PREFIX}/submission_410000001/submission_metadata.yml": b"a decoy",
                f"{PREFIX}/submission_410000002/week_6/practice_6_1.py": b"group\n",
                f"{PREFIX}/submission_410000002/submission_410000001/backprop.py": b"zoe\n",
                f"{PREFIX}/submission_410000009/backprop.py": b"unknown\n",
            }
        )
    )
    return target


def test_submissions_are_found_with_all_their_submitters(tmp_path: Path) -> None:
    with open_download(export(tmp_path / "x.zip")) as download:
        assert download.lms == "gradescope"
        found = {s.key: s for s in download.submissions}
        files = {key: dict(s.read(NOTES6).files) for key, s in found.items()}
    assert files["410000001"] == {"backprop.py": b"nora\n"}
    assert files["410000002"] == {"practice_6_1.py": b"group\n", "backprop.py": b"zoe\n"}
    assert files["410000003"] == {}
    assert found["410000002"].name == "=Zoe Pratt, Ben Moss"
    assert found["410000009"].doubt


def test_each_member_is_credited_in_the_list(tmp_path: Path) -> None:
    report, pages = classroom.round_trip(export(tmp_path / "x.zip"), None, tmp_path / "out")
    assert report.grades
    assert pages == {}
    table = read_table(report.grades)
    lines = {row[2]: row for row in table.rows}
    assert set(lines) == {f"{name}@uni.example" for name in ("nora", "zoe", "ben", "ann")}
    assert lines["zoe@uni.example"][4:] == lines["ben@uni.example"][4:]
    assert lines["zoe@uni.example"][0] == "'=Zoe Pratt"
    readme = (tmp_path / "out/upload/README.txt").read_text(encoding="utf-8")
    assert "dist/autograder.zip" in readme


def test_a_gradebook_has_no_use_and_broken_metadata_is_told(tmp_path: Path) -> None:
    with pytest.raises(LmsError, match="--gradebook has no use"):
        classroom.round_trip(
            export(tmp_path / "x.zip"), classroom.HERE / "canvas-gradebook.csv", tmp_path / "out"
        )
    with pytest.raises(LmsError, match=r"submission_metadata\.yml cannot be read"):
        open_download(export(tmp_path / "y.zip", "a: [1, 2"))
