"""The same class as a course of nbgrader's: notebooks, and their gradebook."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.the_assignment import FILES, FUNCTIONS, NOTES6, SOLUTIONS

from .cost import BenchFailed, Cost, run

#: The environment that ``make bench`` makes, as nbgrader is none of the project's dependencies.
NBGRADER = Path(__file__).parents[2] / ".venv-nbgrader" / "bin" / "nbgrader"
ASSIGNMENT = "hw"
NOTEBOOK = "notes6.ipynb"

#: In a notebook all exercises are one module: an import among them finds the cells above.
FIRST_CELL = """\
import pickle, sys
import numpy as np
for name in ("practice_6_1", "practice_6_2", "practice_6_3", "backprop"):
    sys.modules[name] = sys.modules["__main__"]
"""


class Course:
    """A course folder with its assignment generated.

    Parameters
    ----------
    folder : Path
        Made.
    calls : bytes
        A pickle of the calls and the right answers by function.
    check : str
        Source of ``check(function, calls)``, which raises where an answer is wrong.
    """

    def __init__(self, folder: Path, calls: bytes, check: str) -> None:
        self.folder = folder
        self._check = check
        source = folder / "source" / ASSIGNMENT
        source.mkdir(parents=True)
        (folder / "nbgrader_config.py").write_text(
            "c = get_config()\nc.CourseDirectory.course_id = 'notes6'\n"
        )
        (source / "calls.pickle").write_bytes(calls)
        (source / "wiggle.py").write_bytes(NOTES6.importable["wiggle.py"])
        (source / NOTEBOOK).write_text(self._notebook(SOLUTIONS))
        self._run("generate_assignment", 0)

    def autograde(self, students: Iterable[Path]) -> Cost:
        """Autograde submissions that are folders of .py files, with none graded before."""
        for name in ("submitted", "autograded"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        names = []
        for student in students:
            handed_in = self.folder / "submitted" / student.name / ASSIGNMENT
            handed_in.mkdir(parents=True)
            (handed_in / NOTEBOOK).write_text(self._notebook(student))
            names.append(student.name)
        cost = self._run("autograde", len(names))
        for name in names:
            if not self._graded(name).exists():
                raise BenchFailed(f"nbgrader has not graded {name}")
        return cost

    def failed(self, student: str) -> int:
        """How many tests a submission failed in the last run."""
        cells = json.loads(self._graded(student).read_text())["cells"]
        return sum(
            any(output["output_type"] == "error" for output in cell.get("outputs", ()))
            for cell in cells
            if cell["metadata"].get("nbgrader", {}).get("grade")
        )

    def _run(self, command: str, count: int) -> Cost:
        # nbgrader calls programs of its environment by their bare names.
        return run([NBGRADER, command, ASSIGNMENT], self.folder, count, path=NBGRADER.parent)

    def _graded(self, student: str) -> Path:
        return self.folder / "autograded" / student / ASSIGNMENT / NOTEBOOK

    def _notebook(self, student: Path) -> str:
        """Each file as a solution cell, with a test cell for each of its functions below."""
        cells = [_cell("first", FIRST_CELL + self._check, locked=True)]
        for file in FILES:
            path = student / file
            text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
            cells.append(_cell(file.removesuffix(".py"), text, solution=True))
            cells += [
                _cell(f"test-{name}", f"check({name}, CALLS[{name!r}])", grade=True, locked=True)
                for name, function in FUNCTIONS.items()
                if function.file == file
            ]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
        return json.dumps(
            {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        )


def _cell(
    name: str, source: str, *, grade: bool = False, solution: bool = False, locked: bool = False
) -> dict[str, Any]:
    about: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": name,
        "grade": grade,
        "solution": solution,
        "locked": locked,
        "task": False,
    }
    if grade:
        about["points"] = 1
    return {
        "cell_type": "code",
        "id": name.replace("_", "-"),
        "metadata": {"nbgrader": about},
        "source": source,
        "execution_count": None,
        "outputs": [],
    }
