"""Processes of this machine that tasks run in; one that is lost costs the task it has in hand.

The standard library's ``ProcessPoolExecutor`` loses all tasks when one process dies, and up to
Python 3.11 can wait for ever where that happens while another one is started.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

#: More than a process takes to end that has nothing to do.
END_SECONDS = 10.0
#: Tasks that a process has been given: the one that it runs, and the next.
AHEAD = 2
#: Bytes of a task that fit into a pipe while nobody reads it.
SHORT = 50_000
#: New objects until garbage is looked for: hardly any is made that is not gone at once.
RARELY = 20_000

_spawn = multiprocessing.get_context("spawn")


class ProcessLost(BrokenExecutor):
    """The process that a task ran in is gone, and nothing came of the task."""


@contextmanager
def processes(jobs: int) -> Iterator[Processes]:
    """A number of fresh processes, ended at once when what is done with them is broken off."""
    pool = Processes(jobs)
    try:
        yield pool
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.shutdown()


def _call(
    fn: Callable[..., object], args: tuple[Any, ...], kwargs: dict[str, Any], *, answered: bool
) -> bytes:
    """Pickle a call, and whether the process is to send back what came of it."""
    # Multiprocessing's own pickler is for sockets and locks; there are none here, and it is slower.
    return pickle.dumps((answered, fn, args, kwargs))


@dataclass(frozen=True)
class _Task:
    """A call on its way to a process, and the future that waits for what comes of it."""

    call: bytes
    future: Future[Any]


class Processes(Executor):
    """Processes that share one queue of tasks."""

    def __init__(self, jobs: int) -> None:
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._everywhere: list[bytes] = []
        self._all = [_Process(self._tasks, self._everywhere, jobs, cpu) for cpu in _own_cpus(jobs)]

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        task = _Task(_call(fn, args, kwargs, answered=True), Future())
        self._tasks.put(task)
        return task.future

    def everywhere(self, fn: Callable[..., object], /, *args: Any) -> None:
        """Call a function in each process before its next tasks, also in those that start later.

        What it returns is dropped; a process in which it raises is lost.
        """
        self._everywhere.append(_call(fn, args, {}, answered=False))

    def stop(self) -> None:
        """End what runs; all that has not come to an end is lost."""
        for process in self._all:
            process.stop()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        for _ in self._all:
            self._tasks.put(None)
        for process in self._all:
            process.join()


class _Process:
    """A process that runs one task after another; a new one takes its place when it is lost.

    Its next task is sent while one runs, so that it need not wait for it.

    Parameters
    ----------
    tasks : queue.SimpleQueue
        Where it takes its tasks from; None: no more will come.
    everywhere : list of bytes
        Calls to make before further tasks; it grows.
    processes : int
        How many processes take their tasks from there.
    cpu : int or None
        The processor to keep to.
    """

    def __init__(
        self,
        tasks: queue.SimpleQueue[_Task | None],
        everywhere: list[bytes],
        processes: int,
        cpu: int | None,
    ) -> None:
        self._tasks = tasks
        self._everywhere = everywhere
        self._processes = processes
        self._cpu = cpu
        self._taken: deque[_Task] = deque()
        self._sent = 0
        self._told = 0
        self._no_more = False
        self._lock = threading.Lock()
        self._stopped = False
        self._running: tuple[multiprocessing.process.BaseProcess, Connection] | None = None
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        while self._take():
            error: Exception | None = None
            value = None
            try:
                returned, answer = self._next_answer()
                value, error = (answer, None) if returned else (None, answer)
            except (EOFError, OSError) as lost:
                self._end(0.0)
                error = ProcessLost("its process was ended from outside, or ended by itself")
                error.__cause__ = lost
            except Exception as unreadable:
                error = unreadable
            future = self._taken.popleft().future
            if error is None:
                future.set_result(value)
            else:
                future.set_exception(error)
        self._end()

    def _take(self) -> bool:
        """Take a task, and the next one if enough are left for others; False if none will come."""
        while len(self._taken) < AHEAD and not self._no_more:
            if self._taken and self._tasks.qsize() <= self._processes:
                break
            try:
                task = self._tasks.get(block=not self._taken)
            except queue.Empty:
                break
            if task is None:
                self._no_more = True
            elif task.future.set_running_or_notify_cancel():
                self._taken.append(task)
        return bool(self._taken)

    def _next_answer(self) -> tuple[bool, Any]:
        channel = self._channel()
        for task in list(self._taken)[self._sent :]:
            to_tell = self._everywhere[self._told :]
            # To send something long can block until the process reads it; the process may block
            # until its answer is read: each would wait for the other.
            if self._sent and (to_tell or len(task.call) > SHORT):
                break
            for call in [*to_tell, task.call]:
                channel.send_bytes(call)
            self._told += len(to_tell)
            self._sent += 1
        # The first of them is answered now, or lost.
        self._sent -= 1
        answer: tuple[bool, Any] = channel.recv()
        return answer

    def _channel(self) -> Connection:
        with self._lock:
            if self._stopped:
                raise EOFError
            if self._running is None:
                ours, theirs = _spawn.Pipe()
                with theirs:
                    process = _spawn.Process(target=_serve, args=(theirs, self._cpu), daemon=True)
                    process.start()
                self._running = process, ours
            return self._running[1]

    def stop(self) -> None:
        """End the process at once, whatever it does, for good; what waits for it gets to know."""
        with self._lock:
            self._stopped = True
            if self._running is not None:
                self._running[0].kill()

    def join(self) -> None:
        """Wait for the last task."""
        self._thread.join()

    def _end(self, seconds: float = END_SECONDS) -> None:
        """Let the process end by itself, for so long; then end it."""
        with self._lock:
            if self._running is None:
                return
            process, channel = self._running
            self._running = None
            self._sent = self._told = 0
        channel.close()
        process.join(seconds)
        process.kill()
        process.join()
        process.close()


def _own_cpus(jobs: int) -> list[int | None]:
    """A processor for each job, if there are as many; else the system's choice.

    What a job starts takes turns with it, and is woken sooner on the same processor, with what they
    share still in its cache: a class takes an eighth less time. With more processors than jobs,
    two runs at once might crowd on the same ones.
    """
    usable = cpus()
    return [*usable] if len(usable) == jobs else [None] * jobs


def cpus() -> list[int]:
    """The processors that this process may use; none where the system does not tell."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def _serve(channel: Connection, cpu: int | None) -> None:
    """In the process: run tasks until no more can come."""
    if cpu is not None:
        os.sched_setaffinity(0, {cpu})
    # The first process handles Ctrl-C; this one ends when that one does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # To import what the first task needs makes much that stays, and next to no garbage.
    gc.set_threshold(RARELY)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            answered, fn, args, kwargs = channel.recv()
        except EOFError:
            # Without clearing up, which would take a second.
            os._exit(0)
        if not answered:
            fn(*args, **kwargs)
            continue
        try:
            answer = True, fn(*args, **kwargs)
        except Exception as error:
            answer = False, error
        channel.send_bytes(pickle.dumps(answer))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
