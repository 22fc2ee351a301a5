"""A conversation with a forged worker ends in outcomes, in its time, whatever is said and when."""

from __future__ import annotations

import json
import socket
import struct
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import SimpleNamespace
from unittest import mock

import numpy as np

from autograder.assignment.judging import NotAnAnswer, as_arrays
from autograder.sandbox import client, connection, wire
from autograder.sandbox.batch import Batch
from autograder.sandbox.client import Limits, Worker
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.messages import MAX_NUMBER
from autograder.sandbox.outcome import (
    MAX_MESSAGE,
    Died,
    FileFacts,
    Missing,
    Outcome,
    Raised,
    Returned,
    TimedOut,
)
from autograder.sandbox.processes import End
from autograder.sandbox.reader import Reader
from tests.the_assignment import FUNCTIONS, NOTES6, sandbox_of, stand_ins_of

from .wire import PLAIN, WORDS, grown, parts

FILES = {
    "practice_6_1.py": b"import numpy as np\n"
    b"def softmax(x):\n    return np.exp(x) / np.exp(x).sum()\n",
    "practice_6_2.py": b"from practice_6_1 import softmax\ndef propagate_error(error, jacobian):\n"
    b"    return error @ jacobian.T\ndef practice_6_2():\n    return [13, 16\n",
    "helper.py": b"",
}  # fmt: skip
CALLS: list[tuple[str, str, list[tuple[object, ...]]]] = [
    ("practice_6_1.py", "softmax", [(np.array([0.0, 1.0]),), (np.array([[2.0]]),)]),
    ("practice_6_1.py", "threshold", [(np.zeros(2),)]),
    ("practice_6_2.py", "propagate_error", [(np.zeros(2), np.zeros((2, 3)))]),
    ("practice_6_1.py", "softmax", [(np.array([3.0]),)] * 3),
]
AT_ONCE = 3
STOOD_IN = ("softmax", "threshold")
LIMITS = Limits(call_seconds=2.0, import_seconds=5.0, submission_seconds=20.0)
MOST_WORKERS = 30

# What a forger says: each step is one of these, then two bytes of length and so many bytes.
FRAME, PROGRAM, BYTES, PAUSE, HANG, END, FLOOD = range(7)
ENDS = (
    End(True, None, None, 0.0),
    End(False, None, 0, 0.0),
    End(False, None, wire.OUT_OF_MEMORY, 0.0),
    End(False, 9, None, 0.0),
    End(False, 11, None, 0.0),
    End(False, 24, None, 99.0),
    None,
)
NO_FACTS = json.dumps(
    {
        "unread": [],
        "remarks": [],
        "renamed": {},
        "uses": {},
        "lines": {},
        "stub": [],
        "parameters": {},
        "needed": {},
        "recursive": [],
        "returns": {},
        "swallows": {},
    }
)
MESSAGE_WORDS = [
    *WORDS, "facts", "begin", "done", "ready", "returned", "raised", "missing", "confined", "ask",
    "practice_6_1", "practice_6_2", "helper", "softmax", "function", "not callable", "ValueError",
    NO_FACTS, NO_FACTS.replace("{}", '{"softmax": [1, 2]}'), "m" * 600, "\x1b[2J\u202e", 4, 6,
    2**31, "practice_6_1.py",
]  # fmt: skip
TOKENS = [bytes([kind, size, 0]) for kind in range(7) for size in (0, 1, 8)]


def step(kind: int, content: bytes = b"") -> bytes:
    """One step of a forger, as `check` reads it."""
    return struct.pack("<BH", kind, len(content)) + content


class Forger:
    """A worker, its launcher and its socket in one, which does what a script says.

    The script goes on over all workers of the submission. Each of them is confined before it sees
    anything of the student's, so what it says first is not for the student to forge.
    """

    def __init__(self, script: bytes) -> None:
        self._script = script
        self._said = bytearray()
        self._hangs = False
        self._wait = 0.0
        self._end: End | None = ENDS[0]
        self.now = 0.0
        self.launched = 0
        self.running: set[int] = set()

    # The launcher.

    def launch(self, channel: Forger, cpu: int) -> int:
        self.launched += 1
        self.running.add(-self.launched)
        self._said[:] = wire.frame(("confined",))
        self._hangs = False
        return -self.launched  # a process that is on no machine

    def end(self, pid: int, grace: float) -> End | None:
        self.running.remove(pid)
        return self._end

    # The socket.

    def settimeout(self, seconds: float) -> None:
        self._wait = seconds

    def sendall(self, message: bytes) -> None:
        while message:
            length = wire.body_length(message[:4])
            wire.loads(message[4 : 4 + length])
            message = message[4 + length :]
        self._speak()

    def recv(self, count: int, flags: int = 0) -> bytes:
        if not self._said and (self._hangs or flags):
            self.now += self._wait
            raise TimeoutError
        chunk = bytes(self._said[:count])
        if not flags:
            del self._said[:count]
        return chunk

    def close(self) -> None:
        pass

    # The clock.

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    # The script.

    def _speak(self) -> None:
        """Say all until the next pause; nothing more, at the script's end, is the worker's end."""
        while self._script:
            kind, size = struct.unpack("<BH", self._script[:3].ljust(3, b"\0"))
            content, self._script = self._script[3 : 3 + size], self._script[3 + size :]
            match kind % 7:
                case 0:
                    self._said += struct.pack("<I", len(content)) + content
                case 1:
                    body = grown(content, MESSAGE_WORDS)
                    self._said += struct.pack("<I", len(body)) + body
                case 2:
                    self._said += content
                case 3:
                    return
                case 4:
                    self._hangs = True
                    return
                case 5:
                    self._end = ENDS[size % len(ENDS)]
                    return
                case 6:
                    self._said += struct.pack("<I", wire.MAX_BODY) + bytes(2**18)


@contextmanager
def in_place_of_a_worker(forger: Forger) -> Iterator[None]:
    """Give the trusted side the forger for a socket, and a clock that it moves."""
    sockets = SimpleNamespace(
        socketpair=lambda: (forger, forger), MSG_PEEK=socket.MSG_PEEK, socket=socket.socket
    )
    clock = SimpleNamespace(monotonic=lambda: forger.now, sleep=forger.sleep)
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(connection, "socket", sockets))
        stack.enter_context(mock.patch.object(connection, "time", clock))
        stack.enter_context(mock.patch.object(client, "time", clock))
        # With as few calls as here it would not let answers gather.
        stack.enter_context(mock.patch.object(client, "FEW", 2))
        # The limit, made small, so that it can be passed often.
        stack.enter_context(mock.patch.object(connection, "MAX_RECEIVED", 2**20))
        yield


def check(data: bytes) -> None:
    """Hold conversations by the script; see what the grader makes of them."""
    forger = Forger(data)
    with in_place_of_a_worker(forger):
        reader = Reader(forger, NOTES6.contract, LIMITS.import_seconds)  # type: ignore[arg-type]
        with suppress(SandboxError):
            check_facts(reader.read("practice_6_1", FILES["practice_6_1.py"]))
        reader.close()
    assert not forger.running
    for stand_ins in (None, stand_ins_of(STOOD_IN)):
        forger = Forger(data)
        with in_place_of_a_worker(forger):
            try:
                with Worker(  # type: ignore[arg-type]
                    forger, reader, LIMITS, NOTES6.contract, FILES, stand_ins
                ) as worker:
                    check_conversation(worker)
            except SandboxError:
                # A worker that breaks off before it has touched any file: none is to blame.
                pass
        assert stand_ins is None or stand_ins.asked <= set(STOOD_IN)
        assert not forger.running
        assert forger.launched <= MOST_WORKERS
        assert forger.now <= LIMITS.submission_seconds + 0.01


def check_conversation(worker: Worker) -> None:
    """What is made of the files and of the calls is of its form."""
    check_start(worker)
    for (_, function, calls), outcomes in zip(CALLS, ask(worker), strict=True):
        assert len(outcomes) == len(calls)
        for outcome in outcomes:
            check_outcome(outcome, function)
    check_start(worker)


def ask(worker: Worker) -> list[list[Outcome]]:
    """Some functions at once, then one after another."""
    first = worker.call_all(Batch(*call) for call in CALLS[:AT_ONCE])
    return first + [worker.call(*call) for call in CALLS[AT_ONCE:]]


def check_start(worker: Worker) -> None:
    """What is said of the files is about those that were sent, and of its form."""
    assert {"practice_6_1.py", "practice_6_2.py"} <= set(worker.imports) <= set(FILES)
    for failure in worker.imports.values():
        if failure is not None:
            check_outcome(failure, "softmax")


def check_facts(facts: FileFacts) -> None:
    """What is said of a file is of its form."""
    texts = [*facts.uses, *facts.lines, *facts.stub]
    assert all(type(text) is str for text in texts)
    assert all(type(n) is int for lines in facts.lines.values() for n in lines)
    if facts.syntax_error is not None:
        assert is_clean(facts.syntax_error.message)
        assert is_clean(facts.syntax_error.text)


def check_outcome(outcome: Outcome, function: str) -> None:
    """An outcome is one of the five, holds what it says that it holds, and can be judged."""
    assert isinstance(outcome, Returned | Raised | TimedOut | Died | Missing)
    if isinstance(outcome, Returned):
        assert all(type(part) in PLAIN for part in parts(outcome.value))
        assert all(0 <= at <= MAX_NUMBER for at in outcome.mutated)
        with suppress(NotAnAnswer):
            as_arrays(outcome.value, FUNCTIONS[function].returns)
    if isinstance(outcome, Raised):
        names = [outcome.type, outcome.file, outcome.function, outcome.name, *outcome.shapes]
        assert all(name is None or (len(name) <= 100 and is_clean(name)) for name in names)
        assert is_clean(outcome.message)
        assert len(outcome.message) <= MAX_MESSAGE
        assert outcome.line is None or 0 <= outcome.line <= MAX_NUMBER


def is_clean(text: str) -> bool:
    """Tell whether a text holds nothing that a terminal or a page would obey."""
    return not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n" for c in text)


# --- seeds ------------------------------------------------------------------------------------


def seeds() -> list[bytes]:
    """A real worker's conversation, and what may go wrong with one."""
    honest = recorded()
    begun = b"".join(step(FRAME, frame) for frame in honest[0])
    rest = [step(PAUSE)] + [
        piece for turn in honest[1:] for piece in (*(step(FRAME, f) for f in turn), step(PAUSE))
    ]
    forged = [
        "\x1b[2J",
        "m" * 600 + "\ud800",
        "<f>",
        10**9,
        "../f",
        [("n" * 600, [1])],
        [9, 4],
        "n\n",
    ]
    return [
        begun + b"".join(rest),
        begun + b"".join(rest).replace(step(PAUSE), b""),
        begun[: len(begun) // 2],
        *(begun[: len(begun) // 2] + bytes([END, k, 0]) + bytes(k) + begun for k in range(7)),
        begun + step(PAUSE) + step(HANG) + b"".join(rest),
        step(HANG) * 9,
        begun + step(PAUSE) + step(FLOOD) * 5,
        begun + step(PAUSE) + step(FRAME, wire.dumps(("returned", 2, 0, 1, (np.zeros(2),)))),
        begun + step(PAUSE) + step(FRAME, wire.dumps(("raised", 1, 0, *forged)))
        + step(FRAME, wire.dumps(("returned", 1, 1, [forged], (0, 7)))),
        *(begun + step(PAUSE) + step(FRAME, wire.dumps(("ask", *asked))) * 3 for asked in ASKED),
        step(BYTES, b"\xff\xff\xff\xff") + begun,
        begun + step(PAUSE) + step(PROGRAM, bytes(range(60))),
    ]  # fmt: skip


ASKED: list[tuple[object, ...]] = [
    ("softmax", (np.zeros(2),)),
    ("softmax", ()),
    ("threshold", ("x", [], None)),
    ("practice_6_1", ()),
    (["softmax"], 7),
    (),
]


def recorded() -> list[list[bytes]]:
    """The bodies of all frames of a real worker, by what they were said in answer to."""
    turns: list[list[bytes]] = []
    send, loads = connection.Connection.send, wire.loads

    def sending(self: connection.Connection, message: bytes, seconds: float) -> None:
        turns.append([])
        send(self, message, seconds)

    def reading(body: bytes) -> object:
        turns[-1:] and turns[-1].append(body)
        return loads(body)

    stand_ins = stand_ins_of(STOOD_IN)
    with sandbox_of(LIMITS) as sandbox, ExitStack() as stack:
        stack.enter_context(mock.patch.object(connection.Connection, "send", sending))
        stack.enter_context(mock.patch.object(wire, "loads", reading))
        with sandbox.open(FILES, stand_ins) as worker:
            ask(worker)
    return turns
