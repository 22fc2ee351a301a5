"""Start and end worker processes, from the trusted side."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .confine import LAYERS, SLOTS, check_system, hide_memory
from .errors import CannotConfine, SandboxError

START_SECONDS = 60.0
STARTS = 3
REPLY_SECONDS = 20.0
GRACE_SECONDS = 0.5

# The server's environment. One thread for linear algebra, or a worker would count
# as many processes; a fixed hash seed, so that a student's set of names has the same order in
# each run.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "LC_ALL": "C.UTF-8",
}
# Where some installations of Python find themselves.
KEPT = ("LD_LIBRARY_PATH", "PYTHONHOME")


@dataclass(frozen=True)
class Tier:
    """How well this machine confines a worker.

    Attributes
    ----------
    number : int
        0: another process with limits; 1: and an own user id; 2: and no file, network or
        process of any other (Landlock and seccomp), without an own user id; 3: all.
    layers : mapping of str to bool
        Which of ``confine.LAYERS`` are in force.
    reasons : mapping of str to str
        For each layer that is not, why; "files" is among them where other files can be read, and
        "times" where reading one may leave its time.
    """

    number: int
    layers: Mapping[str, bool]
    reasons: Mapping[str, str]

    @classmethod
    def of(cls, missing: Mapping[str, str]) -> Tier:
        """Derive the tier from the layers that are missing."""
        layers = {layer: layer not in missing for layer in LAYERS}
        confined = layers["landlock"] and layers["seccomp"]
        return cls(2 * confined + layers["user"], layers, dict(missing))

    def left_open(self) -> list[str]:
        """Say what student code can do that it must not, in whole sentences."""
        said = []
        if "files" in self.reasons:
            whose = "all users" if self.layers["user"] else "the grader's user"
            said.append(
                f"Student code can read every file that {whose} may read; if that holds for the "
                "solutions, copying them scores."
            )
        if not self.layers["seccomp"]:
            said.append("Student code can use the network, and so send away what it is asked.")
        return said


@dataclass(frozen=True)
class End:
    """How a worker ended: by which signal or with which status, unless it had to be killed."""

    alive: bool
    signal: int | None
    status: int | None
    cpu: float


@dataclass(frozen=True)
class Settings:
    """What a server is started with; see ``server.main``."""

    memory: int
    cpu: int
    slot: int
    without: frozenset[str]

    def __post_init__(self) -> None:
        unknown = self.without - {*LAYERS, "fork"}
        if unknown or not 0 <= self.slot < SLOTS:
            raise ValueError(f"no such layers or slot: {sorted(unknown)}, {self.slot}")


def _start(settings: Settings, control: int, channel: int | None) -> subprocess.Popen[bytes]:
    text = json.dumps(
        {
            "memory": settings.memory,
            "cpu": settings.cpu,
            "slot": settings.slot,
            "without": sorted(settings.without),
            "control": control,
            "channel": channel,
        }
    )
    # Not -I, which would ignore PYTHONHASHSEED: the environment is ours, and -P keeps the script's
    # own folder off the path.
    return subprocess.Popen(
        [
            sys.executable,
            *("-P", "-s", "-S", "-B"),
            str(Path(__file__).with_name("boot.py")),
            np.__path__[0],
            text,
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=ENVIRONMENT | {name: os.environ[name] for name in KEPT if name in os.environ},
        cwd="/",
        pass_fds=[control] if channel is None else [control, channel],
        start_new_session=True,
    )


def _receive(control: socket.socket, seconds: float) -> dict[str, Any]:
    control.settimeout(seconds)
    packet = control.recv(65536)
    if not packet:
        raise ConnectionError("the server has ended")
    reply: dict[str, Any] = json.loads(packet)
    return reply


class ForkServer:
    """Workers forked from a process that has NumPy loaded: milliseconds each.

    Parameters
    ----------
    settings : Settings

    Raises
    ------
    SandboxError
        If the server does not start.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self.tier = self._start()

    def _start(self) -> Tier:
        """Start the server; again if it ends while it starts, as one that is killed does."""
        for _ in range(STARTS):
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self._process = _start(self._settings, theirs.fileno(), None)
            self._control = ours
            try:
                return Tier.of(_receive(ours, START_SECONDS)["missing"])
            except ConnectionError:
                self.close()
            except OSError as error:
                self.close()
                raise SandboxError("the fork server did not start") from error
        raise SandboxError(f"the fork server ended {STARTS} times while it started")

    def _restart(self) -> None:
        self.close()
        tier = self._start()
        if tier.reasons.keys() != self.tier.reasons.keys():
            self.close()
            raise SandboxError(f"the confinement has changed from {self.tier} to {tier}")

    def _ask(self, request: dict[str, Any], fds: list[int]) -> dict[str, Any]:
        if self._process is None:
            raise ConnectionError("the server has been closed")
        try:
            self._control.settimeout(REPLY_SECONDS)
            socket.send_fds(self._control, [json.dumps(request).encode()], fds)
            return _receive(self._control, REPLY_SECONDS)
        except BaseException:
            # Whatever interrupted this, a reply that comes later would be taken for another's.
            self.close()
            raise

    def launch(self, channel: socket.socket, cpu: int) -> int:
        """Start a worker that speaks over `channel`; returns its process id.

        Raises
        ------
        ConnectionError
            If the server has died: it has been replaced. Try again with another channel, as a
            worker that the first one forked may have spoken over this one.
        SandboxError
            If no other starts.
        """
        try:
            pid: int = self._ask({"do": "fork", "cpu": cpu}, [channel.fileno()])["pid"]
        except OSError as error:
            self._restart()
            raise ConnectionError("the fork server had died") from error
        return pid

    def end(self, pid: int, grace: float) -> End | None:
        """End a worker with all that it started; None if the server has died, and it thereby."""
        try:
            reply = self._ask({"do": "end", "pid": pid, "grace": grace}, [])
        except OSError:
            return None
        if reply["status"] is None:
            return None
        return _end(reply["alive"], os.waitstatus_to_exitcode(reply["status"]), reply["cpu"])

    def close(self) -> None:
        """End the server and, through it, its workers."""
        if self._process is None:
            return
        # A process that the grader forked may hold the socket too: closing it is not enough.
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self._control.close()
        try:
            self._process.wait(REPLY_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


class Spawner:
    """One fresh Python for each worker, where forking after NumPy has loaded is not safe (macOS).

    Parameters
    ----------
    settings : Settings
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        ours, theirs = socket.socketpair()
        with ours, theirs:
            pid = self.launch(theirs, settings.cpu)
        self.end(pid, 0.0)

    def launch(self, channel: socket.socket, cpu: int) -> int:
        """Start a worker that speaks over `channel`; returns its process id."""
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                process = _start(self._settings, theirs.fileno(), channel.fileno())
            self._processes[process.pid] = process
            try:
                self.tier = Tier.of(_receive(ours, START_SECONDS)["missing"])
            except OSError as error:
                self.end(process.pid, 0.0)
                raise SandboxError("a worker did not start") from error
        return process.pid

    def end(self, pid: int, grace: float) -> End:
        """End a worker with its process group."""
        process = self._processes.pop(pid)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(grace)
        alive = process.poll() is None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        return _end(alive, process.wait(), 0.0)

    def close(self) -> None:
        """End every worker."""
        for pid in list(self._processes):
            self.end(pid, 0.0)


def _end(alive: bool, code: int, cpu: float) -> End:
    return End(
        alive,
        signal=-code if code < 0 and not alive else None,
        status=code if code >= 0 and not alive else None,
        cpu=cpu,
    )


def start_launcher(settings: Settings) -> ForkServer | Spawner:
    """Choose how workers are started on this system, and keep this process's memory private.

    Raises
    ------
    CannotConfine
        If none can be started.
    """
    check_system()
    hide_memory()
    spawned = sys.platform != "linux" or "fork" in settings.without
    try:
        return Spawner(settings) if spawned else ForkServer(settings)
    except (SandboxError, OSError) as error:
        raise CannotConfine(str(error)) from error
