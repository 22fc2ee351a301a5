"""One worker process as the trusted side sees it: messages with deadlines, and its end."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from . import wire
from .errors import SandboxError
from .outcome import Died, Raised, TimedOut
from .processes import GRACE_SECONDS, START_SECONDS, End, ForkServer, Spawner

# How often it is tried again what ended by a signal from outside: it may have come from a
# machine short of memory, and a student who brings it about can be sent away soon.
RETRIES = 3

# How far a deadline moves for a worker that wants to run and is not let.
PATIENCE = 4
# After a longer wait than this the worker's CPU time is worth looking up.
SLOW = 0.1
# Time in which a worker gives some dozens of ordinary answers.
GATHER_SECONDS = 0.002
# Bytes from one submission, whichever of its workers sends them: each answer may be large, all of
# them must not fill the grader's memory. Headers become many times their size.
MAX_RECEIVED = 32 * 2**20
MAX_HEADERS = 4 * 2**20
# Most answers are right, and so the same bytes as another submission's: they are read once.
KEPT_BODIES, KEPT_BYTES, KEPT_HEADER = 4096, 8192, 1024
_read_once = lru_cache(KEPT_BODIES)(wire.loads)
CRASHES = {
    getattr(signal, name)
    for name in ("SIGSEGV", "SIGBUS", "SIGILL", "SIGABRT", "SIGFPE")
    if hasattr(signal, name)
}


class Lost(Exception):
    """The worker is no more; its process has been ended.

    Attributes
    ----------
    outcome : TimedOut, Died or Raised
        Raised where a call has filled the memory, and the next ones are made in a fresh process.
    retry : bool
        Whether the cause may lie outside of the submission: a signal that nobody here sent may
        come from the kernel, out of memory, or from a person.
    """

    def __init__(self, outcome: TimedOut | Died | Raised, retry: bool = False) -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.retry = retry


@dataclass
class Received:
    """What the workers of one submission have sent so far, in bytes.

    Attributes
    ----------
    bytes, headers : int
        In all, and of headers alone.
    """

    bytes: int = 0
    headers: int = 0

    @property
    def too_much(self) -> bool:
        return self.bytes > MAX_RECEIVED or self.headers > MAX_HEADERS


class Connection:
    """A new worker and the channel to it.

    Parameters
    ----------
    launcher : ForkServer or Spawner
    cpu : int
        Seconds of CPU time that it may use.
    received : Received
        What is counted against the limits of all that it sends.

    Attributes
    ----------
    taken_again : bool
        Whether the last message is kept, for others that are the same bytes.
    """

    def __init__(self, launcher: ForkServer | Spawner, cpu: int, received: Received) -> None:
        self._launcher = launcher
        self.taken_again = False
        self._cpu = cpu
        self._buffer = bytearray()
        self._bodies: deque[bytes] = deque()
        self._received = received
        self._socket, theirs = socket.socketpair()
        try:
            self._pid = launcher.launch(theirs, cpu)
        except BaseException:
            self._socket.close()
            raise
        finally:
            theirs.close()
        self._cpu_before = 0.0

    def send(self, message: bytes, seconds: float) -> None:
        """Send a frame to a worker that has nothing left to say.

        Raises
        ------
        Lost
            If it has said more than it was asked, does not listen in time, or is gone.
        """
        if self._bodies or self._buffer or self._pending():
            raise self._lost(Died("protocol"))
        self._socket.settimeout(seconds)
        try:
            self._socket.sendall(message)
        except TimeoutError:
            raise self._lost(TimedOut(seconds)) from None
        except OSError:
            raise self._post_mortem() from None

    def _pending(self) -> bool:
        self._socket.settimeout(0)
        try:
            return bool(self._socket.recv(1, socket.MSG_PEEK))
        except OSError:
            return False

    def receive(self, seconds: float) -> tuple[Any, ...]:
        """Return the next message.

        Raises
        ------
        Lost
            If none comes in time, what comes is none, or the worker is gone.
        """
        deadline: Deadline | None = None
        try:
            while not self._bodies and not self._split():
                deadline = deadline or Deadline(seconds, self._pid, self._cpu_before)
                self._read(deadline)
        except wire.WireError:
            raise self.violated() from None
        except TimeoutError:
            raise self._lost(TimedOut(seconds)) from None
        except (EOFError, OSError):
            raise self._post_mortem() from None
        if deadline is not None and deadline.elapsed() > SLOW:
            self._cpu_before = _cpu_seconds(self._pid)
        return self.take()

    @property
    def has_message(self) -> bool:
        """Whether the next message is there already."""
        return bool(self._bodies)

    def take(self) -> tuple[Any, ...]:
        """Return the next of the messages that are there; raises Lost if it is none."""
        body = self._bodies.popleft()
        header = min(wire.header_length(body), len(body))
        self._received.headers += header
        self.taken_again = len(body) <= KEPT_BYTES and header <= KEPT_HEADER
        try:
            if self._received.too_much:
                raise wire.WireError("more than all answers to a submission take")
            message = _read_once(body) if self.taken_again else wire.loads(body)
        except wire.WireError:
            raise self.violated() from None
        if not isinstance(message, tuple) or not message:
            raise self.violated()
        return message

    def _split(self) -> bool:
        """Take the frames that are there out of the buffer; False if there is no whole one.

        Raises WireError if the first is none. If a later one is, those before it still count.
        """
        at = 0
        while len(self._buffer) >= (start := at + wire.PREFIX):
            try:
                end = start + wire.body_length(self._buffer, at)
            except wire.WireError:
                if at == 0:
                    raise
                break
            if len(self._buffer) < end:
                break
            self._bodies.append(bytes(self._buffer[start:end]))
            at = end
        del self._buffer[:at]
        return at > 0

    def _read(self, deadline: Deadline) -> None:
        """Wait for more bytes; raises TimeoutError, EOFError or WireError."""
        while True:
            self._socket.settimeout(deadline.left())
            try:
                chunk = self._socket.recv(65536)
                break
            except TimeoutError:
                if not deadline.extend():
                    raise
        if not chunk:
            raise EOFError
        self._buffer += chunk
        self._received.bytes += len(chunk)
        if self._received.too_much:
            raise wire.WireError("more than all answers to a submission take")

    def let_answers_gather(self) -> None:
        """Pause if nothing is there: to wake up for each answer costs more than to read it."""
        if not self._bodies and not self._buffer:
            time.sleep(GATHER_SECONDS)

    def violated(self) -> Lost:
        """End the worker for a message that is no answer to what it was asked."""
        return self._lost(Died("protocol"))

    def filled(self, outcome: Raised) -> Lost:
        """End the worker as one whose memory a call has filled, which takes seconds each time."""
        return self._lost(outcome)

    def too_slow(self, seconds: float) -> Lost:
        """End the worker as one that has not finished after so many seconds."""
        return self._lost(TimedOut(seconds))

    def _lost(self, outcome: TimedOut | Died | Raised) -> Lost:
        self.end(0.0)
        return Lost(outcome)

    def _post_mortem(self) -> Lost:
        """Say why a worker went that closed its channel."""
        end = self.end(GRACE_SECONDS)
        if end is None:
            return Lost(Died("killed"), retry=True)
        if end.alive:
            return Lost(Died("protocol"))
        if end.signal is None:
            return Lost(Died("memory" if end.status == wire.OUT_OF_MEMORY else "exit"))
        if end.signal == signal.SIGXCPU or end.cpu >= self._cpu:
            return Lost(TimedOut(self._cpu))
        if end.signal in CRASHES:
            return Lost(Died("crash"))
        return Lost(Died("memory" if end.signal == signal.SIGKILL else "killed"), retry=True)

    def end(self, grace: float) -> End | None:
        """Kill the worker, with all that it started, and close the channel."""
        try:
            return self._launcher.end(self._pid, grace)
        finally:
            self._socket.close()


def connect(
    launcher: ForkServer | Spawner, cpu: int, received: Received | None = None
) -> Connection:
    """Start a process that is confined and has seen nothing of a student's yet.

    Raises
    ------
    SandboxError
        If none gets that far.
    """
    received = received or Received()
    for _ in range(1 + RETRIES):
        with contextlib.suppress(Lost, ConnectionError):
            connection = Connection(launcher, cpu, received)
            if connection.receive(START_SECONDS) == ("confined",):
                return connection
    raise SandboxError("a worker did not start")


class Deadline:
    """A time limit by the wall clock that a busy machine does not shorten.

    A worker that sleeps or waits is late when its time is over. One that is ready to run but has
    had less than half of that time on a processor gets more, up to `PATIENCE` times as much.
    """

    def __init__(self, seconds: float, pid: int, cpu_before: float) -> None:
        self._seconds = seconds
        self._pid = pid
        self._cpu_before = cpu_before
        self._started = time.monotonic()
        self._end = self._started + seconds

    def left(self) -> float:
        """Seconds until the limit; never 0, which a socket takes for "do not wait"."""
        return max(self._end - time.monotonic(), 1e-6)

    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    def extend(self) -> bool:
        """Move the limit if the worker was kept from running; False if the time is over."""
        now = time.monotonic()
        if now < self._end:
            return True
        used = _cpu_seconds(self._pid) - self._cpu_before
        starved = _is_running(self._pid) and used < self._seconds / 2
        if not starved or self.elapsed() >= PATIENCE * self._seconds:
            return False
        self._end = now + self._seconds / 2
        return True


def _stat(pid: int) -> list[str]:
    with contextlib.suppress(OSError):
        # The second field, the name in brackets, may hold anything.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return []


def _cpu_seconds(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _is_running(pid: int) -> bool:
    """Tell whether a process runs, or would if it were let, or waits for a disk."""
    return _stat(pid)[:1] in (["R"], ["D"])
