"""Where a class is graded: in this process, in several that end with it, or on a cluster."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograder.cluster import cluster
from autograder.fingerprint import NotingConfig
from autograder.graded import Graded
from autograder.pool import RARELY, processes
from autograder.sandbox.confine import SLOTS
from autograder.submission import Submission

if TYPE_CHECKING:
    from autograder.grade import Grader

#: So many submissions are worth a second process, which takes a second to start.
WORTH_A_PROCESS = 40


@dataclass(frozen=True)
class Work:
    """What a process needs to set up its grader."""

    config: str
    seed: int
    require_tier: int


#: The grader of this process: it lives as long as the process or its executor does.
_graders: dict[Work, Grader] = {}


def grade_one(work: Work, submission: Submission) -> tuple[Graded, dict[str, str]]:
    """Grade a submission in this process; also returns the words used."""
    if work not in _graders:
        # Not by the process that hands out the work: it needs neither NumPy nor the catalogue.
        from autograder.grade import Grader

        _close()
        config = NotingConfig.model_validate_json(work.config)
        slot = os.getpid() % SLOTS
        grader = Grader(config, work.seed, require_tier=work.require_tier, slot=slot)
        _graders[work] = grader.__enter__()
        # What is there now stays to the end: no need to look through it for garbage again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(RARELY)
    grader = _graders[work]
    assert isinstance(grader.config, NotingConfig)
    grader.config.take_used()
    graded = grader.grade(submission)
    return graded, grader.config.take_used()


def _close() -> None:
    while _graders:
        _graders.popitem()[1].__exit__(None, None, None)


class _Here(Executor):
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


@contextmanager
def executor(jobs: int, submissions: int, dask: str | None) -> Iterator[Executor]:
    """Processes for a number of submissions, ended at once when the run is stopped.

    With the address of a Dask scheduler they are its cluster's, and stay.
    """
    if dask is not None:
        with cluster(dask) as there:
            yield there
    elif jobs == 1 or submissions < WORTH_A_PROCESS:
        with _Here() as here:
            yield here
    else:
        with processes(jobs) as pool:
            yield pool
