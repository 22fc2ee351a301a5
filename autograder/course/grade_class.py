"""A whole class: each submission graded once, its results written whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    wait,
)
from dataclasses import dataclass, field
from heapq import heappop, heappush
from pathlib import Path
from typing import Any, Protocol

from autograder.assignment.assignment import Assignment
from autograder.assignment.config import Config
from autograder.assignment.yaml_files import ConfigError
from autograder.course.adjustments import NAME as ADJUSTMENTS
from autograder.course.budget import READ_MB, READ_SECONDS, BudgetSpent, budget
from autograder.course.fingerprint import fingerprint
from autograder.course.options import RunOptions
from autograder.course.output import Output
from autograder.course.result import Graded
from autograder.course.workers.cluster import AHEAD, ClusterError
from autograder.course.workers.executors import Work, executor, grade_one, try_examples
from autograder.course.workers.processes import ProcessLost, processes
from autograder.feedback.record import Record
from autograder.feedback.report import class_report
from autograder.feedback.review import review_page
from autograder.intake.atomic_files import OutputNotWritable
from autograder.intake.submission import Submission, UnreadableSubmission
from autograder.sandbox.errors import TierTooLow

#: Submissions on their way to each process at once.
AT_ONCE = 4
#: Bytes of submissions that are read and wait for others that may hang.
MOST_HELD = 24_000_000
#: What grading a submission will give: its result, and the words that it was told in.
_Answer = Future[tuple[Graded, dict[str, str]]]
#: Most code that never ends is written with one of these.
_ENDLESS = re.compile(rb"^[ \t]*while\b.*:|\bsleep\(", re.MULTILINE)


class FoundSubmission(Protocol):
    """A submission that has been found and not been read yet."""

    @property
    def student(self) -> str: ...

    def read(self, assignment: Assignment) -> Submission: ...


@dataclass
class ClassResult:
    """What a run did.

    Attributes
    ----------
    rows : list of dict
        The rows of ``grades.csv``, sorted by student.
    unreadable, failed : dict of str to str
        By student: why nothing could be graded, for a reason of the submission's or the grader's.
    empty : dict of str to str
        By student: what was found where none of the functions asked for was. It is graded, with 0.
    unexplained : dict of str to str
        By student: which functions have their marks and no explanation, and what failed.
    reused : int
        Submissions that an earlier run had graded already, from the same bytes.
    seed : int
    tier : int
        The lowest tier of any submission.
    """

    seed: int
    rows: list[dict[str, Any]] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    empty: dict[str, str] = field(default_factory=dict)
    unexplained: dict[str, str] = field(default_factory=dict)
    reused: int = 0
    tier: int | None = None

    def add(self, student: str, feedback: Record, questions: Sequence[str]) -> None:
        """Take down one student's grade."""
        self.rows.append(_row(student, feedback, questions))
        if all(entry["status"] == "missing" for entry in feedback["functions"]):
            self.empty[student] = feedback["functions"][0]["text"]
        if failed := [
            f"{entry['function']} ({entry['unexplained']})"
            for entry in feedback["functions"]
            if "unexplained" in entry
        ]:
            self.unexplained[student] = ", ".join(failed)
        tier = feedback["tier"]
        self.tier = tier if self.tier is None else min(self.tier, tier)

    def close(self) -> None:
        """Give those without a grade their rows too, and sort all."""
        self.rows += [{"student": s, "status": "unreadable"} for s in self.unreadable]
        self.rows += [{"student": s, "status": "not graded"} for s in self.failed]
        self.rows.sort(key=lambda row: row["student"])

    @property
    def ungraded(self) -> dict[str, str]:
        """By student: why there is no grade."""
        return self.unreadable | self.failed

    @property
    def graded(self) -> list[str]:
        """The students who have a grade."""
        return [row["student"] for row in self.rows if row["student"] not in self.ungraded]


def grade_class(
    submissions: Sequence[FoundSubmission],
    out: Path,
    assignment: Assignment,
    config: Config,
    options: RunOptions,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ClassResult:
    """Grade all submissions into a folder.

    Parameters
    ----------
    submissions : sequence of FoundSubmission
    out : Path
        Made if it does not exist. What an earlier run with the same seed graded from the same
        bytes, config and tests is kept.
    assignment : Assignment
    config : Config
    options : RunOptions
    progress : callable
        Called with the number done and the number of all.

    Raises
    ------
    OutputInUse, OutputOfAnotherRun, OutputNotWritable
    TierTooLow
    ClusterError
    ConfigError
        If a misconception is named by an example that is no good.
    """
    output = Output(out, config.say, options.before)
    with output.held():
        result = ClassResult(output.seed(options.seed))
        work = Work(assignment.where, config.model_dump_json(), result.seed, options.require_tier)
        if config.examples and options.dask is None:
            try_examples(work)
        run = _Run(output, assignment, config, options, work, result)
        if options.adjustments.text:
            output.write(out / ADJUSTMENTS, options.adjustments.text)
        for done, (student, graded) in enumerate(run.grade(submissions), start=1):
            if graded is None:
                output.remove(student)
            else:
                result.add(student, graded.feedback, assignment.questions)
            progress(done, len(submissions))
        result.close()
        run.write_overviews({s.student for s in submissions if getattr(s, "late", False)})
    return result


# --- one submission after another --------------------------------------------------------------


@dataclass(frozen=True)
class _Task:
    """A submission on its way, and what decides its result."""

    submission: Submission
    student: str
    key: dict[str, Any]


@dataclass(frozen=True)
class _Run:
    """One run over a class."""

    output: Output
    assignment: Assignment
    config: Config
    options: RunOptions
    work: Work
    result: ClassResult

    def grade(self, submissions: Sequence[FoundSubmission]) -> Iterator[tuple[str, Graded | None]]:
        """Grade what is not graded yet, never with the whole of a large class in memory."""
        jobs, dask = self.options.jobs, self.options.dask
        lost: list[_Task] = []
        with executor(jobs, len(submissions), dask, self.work.assignment) as pool:
            yield from self._grade(submissions, pool, AHEAD if dask else AT_ONCE * jobs, lost)
        for task in lost:
            yield task.student, self._alone(task)

    def _grade(
        self, submissions: Sequence[FoundSubmission], pool: Executor, ahead: int, lost: list[_Task]
    ) -> Iterator[tuple[str, Graded | None]]:
        """Grade in a pool; collects what was lost with its process."""
        waiting: dict[_Answer, _Task] = {}
        for found, task in self._read_all(submissions, ahead):
            while len(waiting) >= ahead:
                yield from self._finished(waiting, lost)
            if task is None:
                yield found.student, None
            elif (kept := self.output.kept(task.student, task.key, self.config)) and (
                kept.feedback["tier"] >= self.options.require_tier
            ):
                self.result.reused += 1
                yield found.student, self._adjust_again(task, kept)
            else:
                future = pool.submit(grade_one, self.work, task.submission)
                waiting[future] = task
                if future.done():
                    # Graded in this process: written before the next one is begun.
                    yield from self._finished(waiting, lost)
        while waiting:
            yield from self._finished(waiting, lost)

    def _read_all(
        self, submissions: Sequence[FoundSubmission], at_once: int
    ) -> Iterator[tuple[FoundSubmission, _Task | None]]:
        """Read all, and give those first that may never end: begun last, the run waits for them.

        The first few are given as they come, so that every process has something to begin with.
        """
        held: list[tuple[int, int, tuple[FoundSubmission, _Task]]] = []
        size = 0
        for number, found in enumerate(submissions):
            task = self._read(found)
            if task is None or number < at_once:
                yield found, task
                continue
            heappush(held, (-_endless(task.submission), number, (found, task)))
            size += _size(task.submission)
            while size > MOST_HELD:
                read = heappop(held)[-1]
                size -= _size(read[1].submission)
                yield read
        while held:
            yield heappop(held)[-1]

    def _read(self, found: FoundSubmission) -> _Task | None:
        try:
            with budget(READ_SECONDS, READ_MB):
                submission = found.read(self.assignment)
                key = fingerprint(submission, self.assignment, self.config, self.work.seed)
        except UnreadableSubmission as error:
            self.result.unreadable[found.student] = self.config.say.fill(*error.said)
            return None
        except (OSError, BudgetSpent) as error:
            self.result.unreadable[found.student] = str(error)
            return None
        return _Task(submission, found.student, key)

    def _finished(
        self, waiting: dict[_Answer, _Task], lost: list[_Task]
    ) -> Iterator[tuple[str, Graded | None]]:
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            task = waiting.pop(future)
            if isinstance(future.exception(), ProcessLost):
                lost.append(task)
            else:
                yield task.student, self._take(task, future)

    def _adjust_again(self, task: _Task, kept: Graded) -> Graded:
        """Apply today's adjustments to what an earlier run has graded and perhaps adjusted."""
        adjusted = self.options.adjustments.apply(kept, self.config.say)
        if adjusted is not kept:
            self.output.keep(task.student, adjusted.feedback, adjusted.gradescope)
        return adjusted

    def _alone(self, task: _Task) -> Graded | None:
        """Grade a submission in a process of its own: if that dies too, it alone is lost."""
        with processes(1) as pool:
            return self._take(task, pool.submit(grade_one, self.work, task.submission))

    def _take(self, task: _Task, future: _Answer) -> Graded | None:
        """Write a result; a grader that fails on one submission must not lose the others.

        Its pages are drawn here too, as they hold numbers that the student chose.
        """
        try:
            graded, words = future.result()
            feedback: Record = {**graded.feedback, "fingerprint": {**task.key, "words": words}}
            graded = self.options.adjustments.apply(
                Graded(feedback, graded.gradescope), self.config.say
            )
            with budget(READ_SECONDS, READ_MB):
                self.output.keep(task.student, graded.feedback, graded.gradescope)
        except (TierTooLow, ConfigError, ClusterError, CancelledError, OutputNotWritable):
            # It is not this submission that is at fault: the others would fail in the same way.
            raise
        except Exception as error:
            why = str(error) or type(error).__name__
            self.result.failed[task.student] = f"the grader failed: {why}"
            return None
        return graded

    def write_overviews(self, late: Collection[str]) -> None:
        """Write what is about the whole class; late are the students who handed in late."""
        out, rows = self.output.path, self.result.rows
        self.output.write_table(grades_header(self.assignment), rows)
        overviews = class_report(
            out,
            rows,
            self.assignment,
            self.config,
            anonymous=self.options.anonymous,
            before=self.output.earlier,
            late=late,
        )
        overviews["review.html"] = review_page(out, rows, self.assignment, self.config)
        for name, text in overviews.items():
            self.output.write(out / name, text)


def _endless(submission: Submission) -> int:
    """How often there is something in it that can go on for ever."""
    return sum(len(_ENDLESS.findall(source)) for source in submission.files.values())


def _size(submission: Submission) -> int:
    return sum(map(len, submission.files.values()))


# --- the table ---------------------------------------------------------------------------------


def grades_header(assignment: Assignment) -> list[str]:
    """The columns of ``grades.csv``."""
    return ["student", *assignment.questions, "total", "max", "status"]


def _row(student: str, feedback: Record, questions: Sequence[str]) -> dict[str, Any]:
    row: dict[str, Any] = {"student": student}
    for question in questions:
        file = f"{question}.py"
        scores = [f["score"] for f in feedback["functions"] if f["file"] == file]
        row[question] = round(sum(scores), 5)
    row["total"], row["max"] = feedback["score"], feedback["max_score"]
    row["status"] = _status(feedback)
    return row


def _status(feedback: Record) -> str:
    missing = {f["file"] for f in feedback["functions"] if f["status"] == "missing"}
    status = f"graded; missing: {', '.join(sorted(missing))}" if missing else "graded"
    by_hand = any("adjusted" in entry for entry in (feedback, *feedback["functions"]))
    return f"{status}; changed by hand" if by_hand else status
