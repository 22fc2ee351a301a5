"""Otter's test files, their summary replaced by what the student reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from otter.run.run_autograder.autograder_config import AutograderConfig
from otter.test_files import GradingResults, TestFile
from otter.test_files.exception_test import ExceptionTestFile

from autograder.assignment.config import Config, GradescopeConfig, Level, Show
from autograder.feedback.layout import outputs
from autograder.feedback.markdown import as_markdown
from autograder.feedback.overview import headline, moved_words, to_mend
from autograder.feedback.record import Record
from autograder.source.phrases import Phrases


def otter_settings(config: GradescopeConfig) -> dict[str, bool]:
    """Otter's settings: one entry a function, no second box for public tests, no print-outs.

    Entries show at once where all cases are public (ours are) and ``show_all_public`` is set;
    without it, ``show_hidden`` shows them after publishing.
    """
    return {
        "show_hidden": True,
        "force_public_test_summary": False,
        "show_all_public": config.show == "at once",
        "show_stdout": False,
    }


@cache
def otter_config(show: Show) -> AutograderConfig:
    """Otter's own config with these settings, made once: to make it takes longer than to use it."""
    return AutograderConfig(otter_settings(GradescopeConfig(show=show)))


def level_now(config: Config, metadata: dict[str, Any], now: datetime) -> Level:
    """The level for this attempt on Gradescope.

    Parameters
    ----------
    config : Config
    metadata : dict
        Gradescope's ``submission_metadata.json``: earlier attempts and the due date.
    now : datetime
        With its time zone.

    Returns
    -------
    {"locate", "explain", "reveal"}
        Never "reveal" before the due date has passed, or where there is none.
    """
    levels = config.gradescope.levels or [config.level]
    attempts = len(metadata.get("previous_submissions") or [])
    level = levels[min(attempts, len(levels) - 1)]
    if level == "reveal" and metadata and not _is_past_due(metadata, now):
        return "explain"
    return level


def _is_past_due(metadata: dict[str, Any], now: datetime) -> bool:
    assignment = metadata.get("assignment") or {}
    due = str(assignment.get("late_due_date") or assignment.get("due_date") or "")
    try:
        return datetime.fromisoformat(due) < now
    except (TypeError, ValueError):  # none, or one without a time zone
        return False


def formatted(results: dict[str, Any], labels: Collection[str]) -> dict[str, Any]:
    """Let Gradescope set the texts as Markdown, and the labels in them bold."""
    tests = [
        {**test, "output": as_markdown(test["output"], labels)} if "output" in test else test
        for test in results["tests"]
    ]
    return {**results, "tests": tests, "test_output_format": "md"}


class ExplainedTestFile(ExceptionTestFile):  # type: ignore[misc]
    """A test file whose summary is our explanation.

    Otter's own summary of a failed case quotes the line of the test and NumPy's assert text.
    """

    text: str

    def summary(self, public_only: bool = False) -> str:
        return self.text


def explain_tests(files: list[TestFile], texts: Mapping[str, str]) -> None:
    """Give each test file what is said of its function."""
    for file in files:
        file.__class__ = ExplainedTestFile
        file.text = texts[file.name]


def in_order(results: GradingResults, functions: Iterable[str]) -> None:
    """Put the entries in the order of the exercises; Otter's is that of the file names."""
    results.results = {n: results.results[n] for n in functions if n in results.results}


def gradescope_results(files: list[TestFile], record: Record, config: Config) -> dict[str, Any]:
    """Gradescope's results, as Otter writes them, with what the student reads in them.

    Parameters
    ----------
    files : list of otter.test_files.TestFile
        With their scores; they get their texts.
    record : Record
    config : Config
    """
    explain_tests(files, outputs(record, config.say))
    results = GradingResults(files)
    results.set_output(heading(record, config.gradescope.show, config.say))
    settings = otter_config(config.gradescope.show)
    converted: dict[str, Any] = results.to_gradescope_dict(settings)
    return converted


def heading(feedback: Record, show: Show, say: Phrases) -> str:
    """What stands above all entries: it shows at once, so nothing is told that waits.

    What an instructor needs to repeat the run is no matter for students.
    """
    below = say("gradescope.below")
    if show != "at once":
        return below
    names = say.listing([mend.function for mend in to_mend(feedback, say)])
    first = f"{headline(feedback, say)}: {names}." if names else f"{headline(feedback, say)}."
    moved = moved_words(feedback.get("since"), say).replace("`", "")
    return " ".join(filter(None, (first, moved, below)))


def earlier_attempt(metadata: dict[str, Any]) -> dict[str, bool]:
    """By function, whether it was right in the last attempt that Gradescope tells of."""
    try:
        tests = metadata["previous_submissions"][-1]["results"]["tests"]
        return {t["name"]: float(t["score"]) >= float(t["max_score"]) for t in tests}
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return {}
