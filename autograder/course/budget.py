"""A budget of time and memory for the grader's own work on one submission.

What students choose is bounded where it is read. Should something cost more all the same, the
submission that it belongs to is given up, and not the class.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]

READ_SECONDS, READ_MB = 10.0, 1000
"""To find the files of one submission, archives included, or to write its pages: an ordinary one
takes milliseconds."""
GRADE_SECONDS, GRADE_MB = 30.0, 1500
"""To judge and explain its answers: an ordinary one takes a tenth of a second and a few MB."""
AGAIN = 0.5
"""Seconds until the next interrupt, in case the first one was caught on the way."""


class BudgetSpent(Exception):
    """The work on one submission was broken off; the message says at what limit."""


class _TimeIsUp(BaseException):
    """No `Exception`: what catches the errors of a submission lets it pass."""


@contextmanager
def budget(seconds: float, megabytes: int) -> Iterator[None]:
    """Break off what takes too much of this process.

    Counted are the seconds of processor time and the memory of this process alone, not of those
    that students' code runs in. In another thread than the main one there is no limit.

    Parameters
    ----------
    seconds : float
    megabytes : int
        More than the process has already.

    Raises
    ------
    BudgetSpent
    """
    if resource is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    memory = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGPROF, _interrupt)
    try:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (_most(megabytes, memory[0]), memory[1]))
        signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
        yield
    except _TimeIsUp:
        raise BudgetSpent(f"the grader's own work on it takes over {seconds:g} seconds") from None
    except MemoryError:
        raise BudgetSpent(f"the grader's own work on it takes over {megabytes} MB") from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        resource.setrlimit(resource.RLIMIT_AS, memory)


def _interrupt(number: int, frame: object) -> None:
    raise _TimeIsUp


def _most(megabytes: int, limit: int) -> int:
    """The address space that the process may have, its present one included."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + megabytes * 2**20
    return most if limit == resource.RLIM_INFINITY else min(most, limit)
