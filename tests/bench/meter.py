"""Run a command and write down what it, and all that it started, took. Linux only.

It is a process of its own, so that everything below it is the command's: what outlives the
process that started it is handed to this one and counted too. ``python -I meter.py REPORT
COMMAND...`` writes REPORT as JSON.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
#: Seconds between two looks at the memory, at least; looking may take 2 % of one core at most.
INTERVAL = 0.1
LOOKING_SHARE = 0.02
#: Seconds that what the command left behind has to end by itself.
PATIENCE = 10.0


class Watch(threading.Thread):
    """Looks at the command again and again until it is told to stop.

    Attributes
    ----------
    totals : list of float
        The memory of all processes together at each look, in MB.
    """

    def __init__(self, leader: int) -> None:
        super().__init__(daemon=True)
        self.totals: list[float] = []
        self.stopped = threading.Event()
        self._leader = leader
        #: CPU seconds of the command's first process alone, at the last look.
        self.leader_cpu = 0.0

    def run(self) -> None:
        pause = 0.0
        while not self.stopped.wait(pause):
            started = time.thread_time()
            self.totals.append(sum(map(memory, descendants(os.getpid()))))
            with contextlib.suppress(OSError):
                self.leader_cpu = _own_cpu(self._leader)
            pause = max(INTERVAL, (time.thread_time() - started) / LOOKING_SHARE)


def descendants(ancestor: int) -> list[int]:
    """The processes below a process."""
    children = defaultdict(list)
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            children[int(_stat(int(folder.name))[1])].append(int(folder.name))
    found = []
    left = [ancestor]
    while left:
        below = children[left.pop()]
        found += below
        left += below
    return found


def memory(pid: int) -> float:
    """The memory of a process in MB; a page that n processes share counts 1/n for each.

    That of a process which may not be looked at is all of what it holds.
    """
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except PermissionError:
        with contextlib.suppress(OSError):
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            return pages * resource.getpagesize() / 2**20
    except OSError:
        pass
    return 0.0


def _stat(pid: int) -> list[str]:
    # The second field, the name in brackets, may hold anything.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _own_cpu(pid: int) -> float:
    return sum(map(int, _stat(pid)[11:13])) / os.sysconf("SC_CLK_TCK")


def _wait_for_the_rest() -> None:
    """Reap what the command left behind, so that its CPU time counts."""
    deadline = time.monotonic() + PATIENCE
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                if time.monotonic() > deadline:
                    for left in descendants(os.getpid()):
                        with contextlib.suppress(ProcessLookupError):
                            os.kill(left, signal.SIGKILL)
                time.sleep(0.01)


def main(report: str, command: list[str]) -> int:
    """Run the command; returns its exit status."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    started = time.monotonic()
    process = subprocess.Popen(command)
    watch = Watch(process.pid)
    watch.start()
    status = process.wait()
    wall = time.monotonic() - started
    watch.stopped.set()
    watch.join()
    _wait_for_the_rest()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    measured = {
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": wall,
        "largest": usage.ru_maxrss / 1024,
        "totals": watch.totals,
        "leader_cpu": watch.leader_cpu,
    }
    Path(report).write_text(json.dumps(measured))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
