"""Otter's test files, their summary replaced by what the student reads."""

from __future__ import annotations

from typing import Any

from otter.test_files import GradingResults, TestFile
from otter.test_files.exception_test import ExceptionTestFile

from autograder.contract import FUNCTIONS

#: Otter's settings under which each entry shows at once, without a second box for public tests.
GRADESCOPE = {
    "show_hidden": True,
    "force_public_test_summary": False,
    "show_all_public": True,
    "show_stdout": False,
}


class ExplainedTestFile(ExceptionTestFile):  # type: ignore[misc]
    """A test file whose summary is our explanation.

    Otter's own summary of a failed case quotes the line of the test and NumPy's assert text.
    """

    text: str

    def summary(self, public_only: bool = False) -> str:
        return self.text


def explain_tests(files: list[TestFile], feedback: dict[str, Any]) -> None:
    """Give each test file the text of its function."""
    texts = {entry["function"]: entry["text"] for entry in feedback["functions"]}
    for file in files:
        file.__class__ = ExplainedTestFile
        file.text = texts[file.name]


def in_order(results: GradingResults) -> None:
    """Put the entries in the order of the exercises; Otter's is that of the file names."""
    results.results = {n: results.results[n] for n in FUNCTIONS if n in results.results}


def run_line(feedback: dict[str, Any]) -> str:
    """What an instructor needs to repeat the run exactly."""
    return (
        f"Each exercise is explained below. (Run with seed {feedback['seed']}, confinement tier "
        f"{feedback['tier']}.)"
    )
