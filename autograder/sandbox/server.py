"""The fork server: a fresh Python with NumPy loaded that forks one confined worker at a time.

It is started by path (see ``boot``), never forked from the grader: a forked child keeps all of
its parent's memory, so this process must never have held tests, solutions or submissions.

Its control socket carries one JSON packet for each request and each reply:

{"do": "fork", "cpu": seconds} + a socket for the worker  ->  {"pid": ...}
{"do": "end", "pid": ..., "grace": seconds}
    ->  {"alive": had to be killed, "status": of waitpid, "cpu": seconds}
        {"status": None} if this server has no such worker
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import site
import socket
import sys
import sysconfig
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from . import confine, kernel, library, older_numpy, preload, wire, worker

# New objects until garbage is looked for; Python's own 700 suit a process that lives long.
RARELY = 50_000


def readable_paths() -> list[str]:
    """List what a worker may read: Python's library and NumPy, nothing installed beside them."""
    folders = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), *sys.path}
    found: list[str] = []
    for folder in map(Path, filter(None, folders)):
        if folder.is_file():
            found.append(str(folder))
        elif folder.is_dir():
            # site-packages lies inside the library's folder in most installations.
            found += [
                str(entry)
                for entry in folder.iterdir()
                if entry.name not in ("site-packages", "dist-packages")
            ]
    numpy_folder = Path(np.__path__[0])
    return [*found, str(numpy_folder), str(numpy_folder.with_name("numpy.libs"))]


def main(settings_text: str) -> None:
    """Serve until the grader closes the control socket.

    Parameters
    ----------
    settings_text : str
        JSON: ``control`` (a file descriptor), ``memory`` (bytes), ``cpu`` (seconds), ``slot``,
        ``without`` (layers), ``channel`` (None, or a worker's file descriptor: then this process
        becomes that worker instead of a server).
    """
    settings = json.loads(settings_text)
    confine.hide_memory()
    preload.load_what_homework_uses()
    readable = readable_paths()
    site.setquit()  # -S leaves out exit() and quit(), which a student may call
    os.chdir("/")
    os.environ.clear()
    os.environ["HOME"] = "/"  # an own user has none, and Path.home() would fail
    plan, missing = confine.choose(
        settings["memory"],
        settings["cpu"],
        settings["slot"],
        readable,
        frozenset(settings["without"]),
    )
    # What a submission reads, the next one could see by when it was read.
    try:
        kernel.keep_no_access_times()
    except OSError as error:
        missing["times"] = f"{error.strerror or error}. {confine.ADVICE['times']}"
    plan = _with_the_library(plan)
    preload.load_numpy_when_used()
    older_numpy.give_older_names()
    with socket.socket(fileno=settings["control"]) as control:
        control.send(json.dumps({"missing": missing}).encode())
        if settings["channel"] is not None:
            if sys.platform != "linux":
                _leave_with(os.getppid())
            become_worker(settings["channel"], plan, os.getppid())
        _prepare_to_fork()
        Server(control, plan).run()


def _with_the_library(plan: confine.Plan) -> confine.Plan:
    """Keep what a worker could not read later; what that takes is not of its own memory."""
    if confine.can_read(plan, json.__file__):
        return plan
    before = confine.address_space()
    library.keep()
    if plan.memory is None:
        return plan
    return replace(plan, memory=plan.memory + confine.address_space() - before)


def _prepare_to_fork() -> None:
    # What escapes a worker's process group is handed to this process, which ends it.
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    worker.rehearse()
    gc.collect()
    gc.freeze()
    # A worker is gone before much garbage has come together.
    gc.set_threshold(RARELY)


def _leave_with(parent: int) -> None:
    """End this process when its parent has, where the kernel cannot be asked to do it (macOS).

    Not where it can: the filter and Landlock bind the thread that takes them on and those that it
    starts, so a thread from before would be a way out.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def become_worker(fd: int, plan: confine.Plan, parent: int) -> None:
    """Confine this process and let it serve a submission; never returns."""
    status = 1
    try:
        with contextlib.suppress(PermissionError):
            os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        _close_all_but({fd} | ({plan.ruleset} if plan.ruleset is not None else set()))
        confine.confine(plan, parent)
        worker.serve(fd)
    except EOFError:
        status = 0
    except MemoryError:
        status = wire.OUT_OF_MEMORY
    finally:
        os._exit(status)


def _close_all_but(kept: set[int]) -> None:
    lowest = 3
    for fd in [*sorted(kept), os.sysconf("SC_OPEN_MAX")]:
        # os.closerange(n, n) closes nothing or, for n = 0, everything.
        if lowest < fd:
            os.closerange(lowest, fd)
        lowest = fd + 1


class Server:
    """Forks workers and ends them.

    Parameters
    ----------
    control : socket.socket
    plan : confine.Plan
    """

    def __init__(self, control: socket.socket, plan: confine.Plan) -> None:
        self.control = control
        self.plan = plan
        self.workers: set[int] = set()

    def run(self) -> None:
        """Serve until the grader goes, and leave nothing behind."""
        grader = os.getppid()
        try:
            # The end of the socket is one sign that the grader has gone, but a process that it
            # forked may hold the socket open; a new parent is the other.
            while os.getppid() == grader:
                if select.select([self.control], [], [], 1.0)[0] and not self.serve_one():
                    break
        except ConnectionError:
            pass  # it went in the middle of a request
        finally:
            for pid in list(self.workers):
                self.end(pid, 0.0)

    def serve_one(self) -> bool:
        """Answer one request; False at the end of the socket."""
        packet, fds, _, _ = socket.recv_fds(self.control, 4096, 1)
        if not packet:
            return False
        request = json.loads(packet)
        if request["do"] == "fork":
            reply: dict[str, Any] = {"pid": self.fork(fds[0], request["cpu"])}
        else:
            reply = self.end(request["pid"], request["grace"])
        self.control.send(json.dumps(reply).encode())
        return True

    def fork(self, channel: int, cpu: int) -> int:
        """Start a worker on a channel."""
        server = os.getpid()
        pid = os.fork()
        if pid == 0:
            become_worker(channel, replace(self.plan, cpu=cpu), server)
        os.close(channel)
        self.workers.add(pid)
        return pid

    def end(self, pid: int, grace: float) -> dict[str, Any]:
        """Kill a worker with all that it started.

        Parameters
        ----------
        pid : int
        grace : float
            Seconds to let it end by itself, for when it seems to have done so.

        Returns
        -------
        dict
            The reply to the grader.
        """
        if pid not in self.workers:
            return {"status": None}
        self.workers.discard(pid)
        alive = not _has_ended(pid, grace)
        for kill in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                kill(pid, signal.SIGKILL)
        _, status, usage = os.wait4(pid, 0)
        if self.plan.filter is None:
            self._end_strays()
        return {"alive": alive, "status": status, "cpu": usage.ru_utime + usage.ru_stime}

    def _end_strays(self) -> None:
        """Without the filter a worker can start processes that leave its group."""
        while strays := [pid for pid in _children() if pid not in self.workers]:
            for pid in strays:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            for pid in strays:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, 0)


def _has_ended(pid: int, grace: float) -> bool:
    """Wait for a child's end without reaping it, so that its number stays its own."""
    deadline = time.monotonic() + grace
    options = os.WEXITED | os.WNOHANG | os.WNOWAIT
    while os.waitid(os.P_PID, pid, options) is None:
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.001)
    return True


def _children() -> list[int]:
    own = str(os.getpid())
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            # The second field, the name in brackets, may hold anything.
            if (folder / "stat").read_text().rpartition(")")[2].split()[1] == own:
                found.append(int(folder.name))
    return found
