"""What several tests of the student's hour begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.student_folder import Student
from tests.the_assignment import FILES


@pytest.fixture
def student(tmp_path: Path) -> Student:
    """A student's folder in which everything is solved."""
    folder = Student(tmp_path / "student")
    folder.solve(*FILES)
    return folder
