"""Where a class is graded: in this process, in several that end with it, or on a cluster."""

from __future__ import annotations

import gc
import os
import pickle
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograder.assignment.assignment import load
from autograder.assignment.config import Config
from autograder.course.budget import GRADE_MB, GRADE_SECONDS, BudgetSpent, budget
from autograder.course.fingerprint import NotingConfig
from autograder.course.result import Graded
from autograder.course.workers.cluster import cluster
from autograder.course.workers.processes import RARELY, Processes, processes
from autograder.intake.submission import Submission
from autograder.sandbox.confine import SLOTS

if TYPE_CHECKING:
    from autograder.course.grader import Grader

#: So many submissions are worth a second process, which takes a second to start.
WORTH_A_PROCESS = 40


@dataclass(frozen=True)
class Work:
    """What a process needs to set up its grader."""

    assignment: str
    config: str
    seed: int
    require_tier: int


#: The grader of this process: it lives as long as the process or its executor does.
_graders: dict[Work, Grader] = {}


def grade_one(work: Work, submission: Submission) -> tuple[Graded, dict[str, str]]:
    """Grade a submission in this process; also returns the words used."""
    grader = _grader(work)
    assert isinstance(grader.config, NotingConfig)
    grader.config.take_used()
    try:
        with budget(GRADE_SECONDS, GRADE_MB):
            graded = grader.grade(submission)
    except BudgetSpent:
        _close()  # it was broken off at any point, so its state is not known
        raise
    return graded, grader.config.take_used()


def try_examples(work: Work) -> None:
    """Refuse examples that are no good before any process has begun to grade; see ConfigError."""
    try:
        _grader(work)
    finally:
        _close()


def _grader(work: Work) -> Grader:
    if work not in _graders:
        from autograder.course.grader import Grader

        _close()
        config = NotingConfig.model_validate_json(work.config)
        slot = os.getpid() % SLOTS
        assignment = load(work.assignment).of_term(config.asked, config.by_hand)
        grader = Grader(assignment, config, work.seed, require_tier=work.require_tier, slot=slot)
        _graders[work] = grader.__enter__()
        # What is there now stays to the end: no need to look through it for garbage again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(RARELY)
    return _graders[work]


def _close() -> None:
    while _graders:
        _graders.popitem()[1].__exit__(None, None, None)


class _InThisProcess(Executor):
    """Runs each task at once in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        _close()


class _SharedPredictions(Executor):
    """Processes that make their predictions together: each makes some, for all of them.

    Until all are there, a process makes for itself what it needs.

    Parameters
    ----------
    pool : Processes
    """

    def __init__(self, pool: Processes) -> None:
        self._pool = pool
        self._begun = False
        self._made: list[bytes] = []
        self._lock = threading.Lock()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if not self._begun:
            self._begun = True
            self._share(args[0])
        return self._pool.submit(fn, *args, **kwargs)

    def _share(self, work: Work) -> None:
        config = Config.model_validate_json(work.config)
        functions = list(config.points)

        def add(future: Future[bytes]) -> None:
            if future.exception() is not None:
                return
            with self._lock:
                self._made.append(future.result())
                complete = len(self._made) == len(functions)
            if complete:
                self._pool.everywhere(_take_tables, work, self._made)

        # Those that use others take longest.
        for function in reversed(functions):
            self._pool.submit(_tables, work, function).add_done_callback(add)


def _tables(work: Work, function: str) -> bytes:
    """The predictions for a function; pickled, as the process that hands them on needs no NumPy."""
    return pickle.dumps(_grader(work).predictions.tables(function))


def _take_tables(work: Work, made: list[bytes]) -> None:
    for tables in made:
        _grader(work).predictions.take(pickle.loads(tables))


@contextmanager
def executor(jobs: int, submissions: int, dask: str | None, where: str) -> Iterator[Executor]:
    """Processes for a number of submissions, ended at once when the run is stopped.

    With the address of a Dask scheduler they are its cluster's, and stay.
    """
    if dask is not None:
        with cluster(dask, where) as there:
            yield there
    elif jobs == 1 or submissions < WORTH_A_PROCESS:
        with _InThisProcess() as here:
            yield here
    else:
        with processes(jobs) as pool:
            yield _SharedPredictions(pool)
