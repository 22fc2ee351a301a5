"""The grader's own work on one submission has its limits, and going past them costs that one."""

from __future__ import annotations

import re
import resource
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment.assignment import Assignment
from autograder.course import grade_class as batch
from autograder.course.budget import AGAIN, BudgetSpent, budget
from autograder.course.grader import Grader
from autograder.course.workers import executors
from autograder.feedback import page
from autograder.intake.plain_folders import PlainSubmission
from autograder.intake.submission import Submission
from autograder.source.phrases import Phrases
from tests.class_runs import QUICK, grade, make_class


def without_end() -> None:
    while True:
        try:
            re.match(r"(a|a)*b", "a" * 25)
        except Exception:
            continue


def without_bounds() -> None:
    held = []
    while True:
        held.append(bytearray(10_000_000))


def here(work: Callable[[], None]) -> None:
    work()


def in_a_thread(work: Callable[[], None]) -> None:
    """As a worker of Dask does it."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()


@pytest.mark.parametrize("place", [here, in_a_thread])
@pytest.mark.parametrize("work", [without_end, without_bounds])
def test_what_takes_too_much_is_broken_off(work: Any, place: Any) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGPROF)
    started = time.process_time()

    def too_much() -> None:
        with pytest.raises(BudgetSpent, match="grader's own work"), budget(0.3, 200):
            work()
        # Nothing of it comes later.
        later = time.process_time() + AGAIN + 0.1
        while time.process_time() < later:
            sum(range(1000))

    place(too_much)
    assert time.process_time() - started < 5
    assert before == (resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGPROF))
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_what_takes_little_is_left_alone_in_any_thread() -> None:
    done = []

    def work() -> None:
        with budget(5, 500):
            done.append(sum(range(1000)))

    work()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [499500] * 2


def test_a_submission_that_takes_too_long_to_read_is_reported_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = PlainSubmission.read

    def slow(source: PlainSubmission, assignment: Assignment) -> Submission:
        if source.student == "05-signs":
            without_end()
        return read(source, assignment)

    monkeypatch.setattr(PlainSubmission, "read", slow)
    monkeypatch.setattr(batch, "READ_SECONDS", 0.5)
    result = grade(make_class(tmp_path / "class"), tmp_path / "out")
    assert list(result.unreadable) == ["05-signs"]
    assert "over 0.5 seconds" in result.unreadable["05-signs"]
    assert len([row for row in result.rows if "total" in row]) == len(QUICK) - 1


@pytest.mark.parametrize("where", ["to grade", "to draw"])
def test_a_submission_that_takes_too_long_is_reported_alone(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Grader.grade, page.render

    def slow_grade(grader: Grader, submission: Submission) -> Any:
        if submission.student == "05-signs" and where == "to grade":
            without_bounds()
        return one(grader, submission)

    def slow_render(feedback: dict[str, Any], say: Phrases) -> str:
        if feedback["student"] == "05-signs" and where == "to draw":
            without_end()
        return other(feedback, say)

    monkeypatch.setattr(Grader, "grade", slow_grade)
    monkeypatch.setattr(page, "render", slow_render)
    monkeypatch.setattr(executors, "GRADE_MB", 300)
    monkeypatch.setattr(batch, "READ_SECONDS", 1.0)
    result = grade(make_class(tmp_path / "class"), tmp_path / "out")
    assert list(result.failed) == ["05-signs"]
    assert "the grader's own work" in result.failed["05-signs"]
    assert len([row for row in result.rows if "total" in row]) == len(QUICK) - 1
