"""Processes of this machine that tasks run in; one that is lost costs the task it has in hand.

The standard library's ``ProcessPoolExecutor`` loses all tasks when one process dies, and up to
Python 3.11 can wait for ever where that happens while another one is started.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

#: More than a process takes to end that has nothing to do.
END_SECONDS = 10.0

_spawn = multiprocessing.get_context("spawn")


class ProcessLost(BrokenExecutor):
    """The process that a task ran in is gone, and nothing came of the task."""


@contextmanager
def processes(jobs: int) -> Iterator[Executor]:
    """A number of fresh processes, ended at once when what is done with them is broken off."""
    pool = _Processes(jobs)
    try:
        yield pool
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.shutdown()


class _Processes(Executor):
    """As many threads as processes: each hands a task to one that is idle, and waits for it."""

    def __init__(self, jobs: int) -> None:
        self._threads = ThreadPoolExecutor(jobs)
        self._idle: queue.SimpleQueue[_Process] = queue.SimpleQueue()
        self._all = [_Process() for _ in range(jobs)]
        for process in self._all:
            self._idle.put(process)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._threads.submit(self._run, fn, args, kwargs)

    def _run(self, fn: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        process = self._idle.get()
        try:
            return process.run(fn, args, kwargs)
        finally:
            self._idle.put(process)

    def stop(self) -> None:
        """Take no more from the queue, and end what runs."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._all:
            process.stop()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        for process in self._all:
            process.end()


class _Process:
    """A process that runs one task after another; a new one takes its place when it is lost."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped = False
        self._running: tuple[multiprocessing.process.BaseProcess, Connection] | None = None

    def run(self, fn: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Run a task; raises what it raises, or ProcessLost."""
        try:
            channel = self._channel()
            channel.send((fn, args, kwargs))
            returned, value = channel.recv()
        except (EOFError, OSError) as error:
            self.end(0.0)
            raise ProcessLost("its process was ended from outside, or ended by itself") from error
        if returned:
            return value
        raise value

    def _channel(self) -> Connection:
        with self._lock:
            if self._stopped:
                raise EOFError
            if self._running is None:
                ours, theirs = _spawn.Pipe()
                with theirs:
                    process = _spawn.Process(target=_serve, args=(theirs,), daemon=True)
                    process.start()
                self._running = process, ours
            return self._running[1]

    def stop(self) -> None:
        """End the process at once, whatever it does, for good; what waits for it gets to know."""
        with self._lock:
            self._stopped = True
            if self._running is not None:
                self._running[0].kill()

    def end(self, seconds: float = END_SECONDS) -> None:
        """Let the process end by itself, for so long; then end it."""
        with self._lock:
            if self._running is None:
                return
            process, channel = self._running
            self._running = None
        channel.close()
        process.join(seconds)
        process.kill()
        process.join()
        process.close()


def _serve(channel: Connection) -> None:
    """In the process: run tasks until no more can come."""
    # Ctrl-C is left to the first process, and with it this one ends however it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            fn, args, kwargs = channel.recv()
        except EOFError:
            return
        try:
            answer = True, fn(*args, **kwargs)
        except Exception as error:
            answer = False, error
        channel.send(answer)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
