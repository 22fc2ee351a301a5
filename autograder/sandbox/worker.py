"""The process that runs one submission: import its files, answer calls. Or reads those of many.

Messages, each a tuple in one frame (see ``wire``). From the grader, to one that reads:

("read", module, source as latin-1, [(module, [(function, [parameter])])])

To one that runs:

("setup", [(module, source as latin-1)], [(module, [(function, [parameter])])],
 [(module, why it must not be run again)], [(module, [line of a statement left out])],
 [function that gets a stand-in])
("call", serial, module, function, [call whose arguments are overwritten],
 [call after which there is another one on other numbers], [arguments, ...])
("try", serial, module, function, [number of a change], number of one beside each,
 [right values for a call], [call whose arguments are overwritten],
 [call after which there is another one on other numbers], [arguments, ...])
                                    without a number: all changes; beside each: -1 for none; with
                                    right values these are what is tried, in the places of the
                                    function's own
("trace", serial, module, function, [], [], [arguments])        one call, line by line
("answer", value) or ("refusal", reason)        to a stand-in's question

To the grader, in this order:

("confined",)                       nothing of a student's has been looked at yet
("facts", JSON)                     for each file to read
("begin", module), ("done", module, failure, odd)    for each file run, nested as imports are; odd:
                                    whether there is something to tell of how it was read
("at", module, line, nameless)      in between, before a statement that may take long or end the
                                    process; nameless: whether it gives nothing a name
("ready",)
("ask", function, arguments)                    by a stand-in, while anything of a student's runs
("returned" | "raised", serial, at, ...)        for each call, as it ends
("missing", serial, reason)                     instead, if there is nothing to call
("tried", serial, [[place of what a call returned] for each change], [returned], JSON)
                                    place: -1 if it returned nothing; JSON: what is said of each
                                    change that was asked for by number; no list at all: none was
                                    tried
("traced", serial, [(line, name, [(True, value) or (False, shape)], rounds, whether all alike)],
 [line not run], whether it returned, value)
                                    nothing but the serial where it could not be followed
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sys
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from ..source import source_facts
from . import calling, changing, tracing, wire
from .modules import Files
from .stand_ins import StandIns

#: Answers of stand-ins that are remembered.
MOST_REMEMBERED = 1000
NUMPY_ERRORS: dict[str, Any] = {**np.geterr()}


class Channel:
    """Frames over one file descriptor.

    The functions are bound here so that a student's patch of ``os`` cannot make an honest
    answer unreadable.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._buffer = bytearray()
        self._read, self._write = os.read, os.write
        self._waiting: deque[Any] = deque()
        self._known: dict[bytes, Any] | None = None

    def receive(self) -> Any:
        """Return the next message; raises EOFError when the grader has gone."""
        return self._waiting.popleft() if self._waiting else self._next()

    def remember(self) -> None:
        """From now on ask the same question just once: the changes of a function ask it often."""
        self._known = self._known or {}

    def ask(self, function: str, arguments: tuple[Any, ...]) -> Any:
        """Have the grader answer a call; raises ValueError where it refuses to."""
        if self._known is None:
            return self._asked(function, arguments)
        question = wire.dumps((function, arguments))
        if question not in self._known:
            if len(self._known) == MOST_REMEMBERED:
                self._known.clear()
            self._known[question] = self._asked(function, arguments)
        return self._known[question]

    def _asked(self, function: str, arguments: tuple[Any, ...]) -> Any:
        self.send("ask", function, arguments)
        while (message := self._next())[0] == "call":
            # It was sent before the question came.
            self._waiting.append(message)
        if message[0] == "refusal":
            raise ValueError(f"{function}: {message[1]}")
        return message[1]

    def _next(self) -> Any:
        return wire.loads(self._exactly(wire.body_length(self._exactly(4))))

    def _exactly(self, count: int) -> bytes:
        while len(self._buffer) < count:
            chunk = self._read(self._fd, 65536)
            if not chunk:
                raise EOFError
            self._buffer += chunk
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        return data

    def send(self, *message: Any) -> None:
        self.write(wire.frame(message))

    def write(self, frame: bytes) -> None:
        rest = memoryview(frame)
        while rest:
            rest = rest[self._write(self._fd, rest) :]


def serve(fd: int) -> None:
    """Answer until the grader closes the channel. The process must be confined already."""
    channel = Channel(fd)
    channel.send("confined")
    calling.silence()
    while (request := channel.receive())[0] == "read":
        _, name, text, contract = request
        functions = {module: dict(listed) for module, listed in contract}
        facts = source_facts.facts(text.encode("latin-1"), name, functions)
        channel.send("facts", json.dumps(facts))
    kind, sources, contract, blocked, left_out, stand_ins = request
    if kind != "setup":
        raise wire.WireError("no setup")
    sources = {name: text.encode("latin-1") for name, text in sources}
    _out_of_sight()
    files = _import_all(channel, sources, contract, dict(blocked), dict(left_out), stand_ins)
    files.tell_no_more()
    channel.send("ready")
    changes = changing.Changes(files)
    while True:
        _answer(channel, files, changes)


REHEARSAL = """
import numpy as np
def shares(x):
    s = np.exp(x - np.max(x))
    return s / s.sum()
def jacobian(x):
    s = shares(np.asarray(x, dtype=float))
    J = np.zeros((len(x), len(x)))
    for i in range(len(x)):
        for j in range(len(x)):
            J[i, j] = s[i] * (1 - s[i]) if i == j else -s[i] * s[j]
    return np.where(x > 0, 1.0, 0.0) @ J + np.outer(s, s) @ np.diag(s) @ np.eye(len(x)).T @ x
def layers(weights, x):
    a = [x.copy()]
    for W in weights:
        a.append(np.maximum(W @ a[-1], 0))
    return a, [float(np.linalg.norm(v)) for v in a]
"""


def rehearse() -> None:
    """Do what each worker does, so that all that are forked later find it warmed up.

    Python and NumPy are slower the first times: they specialise what is run often, and fill caches.
    """
    source = REHEARSAL.encode()
    x = np.array([0.5, -1.0, 2.0])
    for _ in range(20):
        files = Files({"rehearsal": source}, {}, {}, {}, *(lambda *told: None,) * 3)
        files.load("rehearsal")
        functions = vars(files.modules["rehearsal"])
        for name, arguments in (("jacobian", (x,)), ("layers", ([np.eye(3), np.ones((2, 3))], x))):
            body = wire.frame(("call", 1, "rehearsal", name, [], [], [arguments] * 4))[4:]
            for at, given in enumerate(wire.loads(body)[-1]):
                outcome = calling.call(functions[name], calling.Call(given), files)
                wire.frame((outcome[0], 1, at, *outcome[1:]))
        del sys.modules["rehearsal"]
    _same_start()


def _import_all(
    channel: Channel,
    sources: dict[str, bytes],
    contract: list[tuple[str, list[tuple[str, list[str]]]]],
    blocked: dict[str, str],
    left_out: dict[str, list[int]],
    stand_ins: list[str],
) -> Files:
    def done(name: str, error: BaseException | None, odd: bool) -> None:
        failure = None if error is None else calling.describe(error, files)
        channel.send("done", name, failure, odd)

    functions = {module: dict(listed) for module, listed in contract}
    parameters = {name: of for listed in functions.values() for name, of in listed.items()}
    files = Files(
        sources,
        functions,
        blocked,
        left_out,
        lambda name: channel.send("begin", name),
        lambda name, line, nameless: channel.send("at", name, line, nameless),
        done,
        StandIns(stand_ins, parameters, channel.ask) if stand_ins else None,
    )
    sys.meta_path.insert(0, files)
    sys.argv = [""]
    _same_start()
    for name in functions:
        # What another file did to the standard streams, such as to wrap or close them.
        calling.silence()
        files.load(name)
    calling.silence()
    return files


def _out_of_sight() -> None:
    """Take this package out of what a student's code finds by name: nobody imports it any more."""
    for name in [name for name in sys.modules if name.partition(".")[0] == __package__]:
        del sys.modules[name]


def _same_start(
    seed: Callable[[int], None] = random.seed,
    seed_numpy: Callable[[int], None] = np.random.seed,
    set_errors: Callable[..., object] = np.seterr,
) -> None:
    """Make the outcome of a batch independent of what ran before it, in this worker or another.

    The defaults hold the real functions, whatever the student's code has put in their place.
    """
    seed(0)
    seed_numpy(0)
    set_errors(**NUMPY_ERRORS)


def _answer(channel: Channel, files: Files, changes: changing.Changes) -> None:
    kind, serial, module, name, *request = channel.receive()
    if kind not in ("call", "try", "trace"):
        raise wire.WireError("no call")
    function = files.function(module, name)
    if function is None or not callable(function):
        channel.send("missing", serial, "function" if function is None else "not callable")
        return
    _same_start()
    *about, overwritten, kept, arguments = request
    calls = calling.calls_of(overwritten, kept, arguments)
    if kind == "try":
        channel.remember()
        numbers, beside, right = about
        channel.write(changes.tried(serial, module, function, numbers, beside, right, calls))
        return
    if kind == "trace":
        channel.write(tracing.traced(serial, module, function, calls[0], files))
        return
    for at, asked in enumerate(calls):
        channel.write(_frame(calling.call(function, asked, files), serial, at))


def _frame(outcome: tuple[Any, ...], serial: int, at: int) -> bytes:
    kind, *details = outcome
    with contextlib.suppress(BaseException):
        return wire.frame((kind, serial, at, *details))
    # A value is too large, or raised SystemExit when it was asked for its numbers.
    first, *others = map(_sendable, details)
    with contextlib.suppress(wire.WireError):
        return wire.frame((kind, serial, at, first, *others))
    # It is too large for a frame with the arguments in it.
    return wire.frame((kind, serial, at, _huge(first), *others))


def _sendable(value: Any) -> Any:
    try:
        wire.dumps(value)
    except (wire.WireError, MemoryError):
        return _huge(value)
    except BaseException:
        return wire.Unsendable(wire.type_name(value))
    return value


def _huge(value: Any) -> wire.Unsendable:
    return wire.Unsendable("huge_" + wire.type_name(value))
