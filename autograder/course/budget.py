"""A budget of time and memory for the grader's own work on one submission.

What students choose is bounded where it is read. Should something cost more all the same, the
submission that it belongs to is given up, and not the class.
"""

from __future__ import annotations

import ctypes
import signal
import threading
import time
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
    that students' code runs in.

    Parameters
    ----------
    seconds : float
    megabytes : int
        More than the process has already.

    Raises
    ------
    BudgetSpent
    """
    if resource is None:
        yield
        return
    memory = resource.getrlimit(resource.RLIMIT_AS)
    in_main = threading.current_thread() is threading.main_thread()
    try:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (_most(megabytes, memory[0]), memory[1]))
        with _by_signal(seconds) if in_main else _by_watching(seconds):
            yield
    except _TimeIsUp:
        raise BudgetSpent(f"the grader's own work on it takes over {seconds:g} seconds") from None
    except MemoryError:
        raise BudgetSpent(f"the grader's own work on it takes over {megabytes} MB") from None
    finally:
        resource.setrlimit(resource.RLIMIT_AS, memory)


@contextmanager
def _by_signal(seconds: float) -> Iterator[None]:
    before = signal.signal(signal.SIGPROF, _interrupt)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _by_watching(seconds: float) -> Iterator[None]:
    """Interrupt this thread from another one: signals reach the main thread alone."""
    here = threading.get_ident()
    clock = time.pthread_getcpuclockid(here)
    end = time.clock_gettime(clock) + seconds
    over, turn = threading.Event(), threading.Lock()

    def watch() -> None:
        while not over.wait(AGAIN):
            with turn:
                if not over.is_set() and time.clock_gettime(clock) > end:
                    _raise_in(here, _TimeIsUp)

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        over.set()
        with turn:
            # One that has not got through yet must not come later.
            _raise_in(here, None)


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    raised = None if kind is None else ctypes.py_object(kind)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


def _interrupt(number: int, frame: object) -> None:
    raise _TimeIsUp


def _most(megabytes: int, limit: int) -> int:
    """The address space that the process may have, its present one included."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + megabytes * 2**20
    return most if limit == resource.RLIM_INFINITY else min(most, limit)
