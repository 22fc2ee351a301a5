"""The trusted side of the sandbox: open a submission, call its functions, get plain outcomes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar

from ..source.changes.fitting import Quantities
from . import wire
from .batch import Asked, Batch, module_of
from .connection import RETRIES, Connection, Lost, Received, connect
from .errors import Refused, SandboxError, TierTooLow
from .messages import (
    MALFORMED,
    Start,
    read_question,
    read_trace,
    read_tried,
)
from .outcome import (
    Died,
    FileFacts,
    ImportFailure,
    Missing,
    Outcome,
    Raised,
    TimedOut,
    Trace,
    Tried,
)
from .processes import (
    START_SECONDS,
    ForkServer,
    Settings,
    Spawner,
    Tier,
    start_launcher,
)
from .reader import Contract, Reader

# After so many calls of one function that hang, die or fill the memory its others are not tried.
MAX_FAILURES = 2
# Calls of stand-ins by one submission. Who takes a Jacobian apart entry by entry makes hundreds.
MAX_QUESTIONS = 20_000
# Once so many functions have been given up, one is enough: what hangs throughout would else hold
# up a class for as long as a submission may take.
MANY_GIVEN_UP = 3
# Statements beside a submission's functions that are left out as they hang or end the process; each
# costs a start, and the first kind the time that a file may take.
MOST_LEFT_OUT = 8
# Bytes of source of one submission: as text they take up to twice as many, and a frame holds 16 MB.
MAX_SOURCES = 7 * 2**20
# Bytes of calls that are sent before the first is answered: they fit into a socket's buffer, so
# that a worker that waits to write does not keep the grader from reading.
MAX_AHEAD = 100_000
# Seconds that are waited for a file's next statement even where its time is up.
MOMENT = 0.001
# Seconds for all changes of a function on some inputs. Most take a hundredth: what a busy machine
# needs may not decide what a student reads.
TRY_SECONDS = 8.0
# With more answers than this to come it is worth to let some gather.
FEW = 8
_Told = TypeVar("_Told")


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes
    ----------
    call_seconds, import_seconds : float
        Wall-clock time of one call, and of one file's import.
    submission_seconds : float
        Wall-clock and CPU time of the whole submission, restarts included.
    memory_mb : int
        Address space beyond what Python and NumPy take.
    source_kb : int
        The size of one file.
    """

    call_seconds: float = 2.0
    import_seconds: float = 5.0
    submission_seconds: float = 60.0
    memory_mb: int = 512
    source_kb: int = 1024


@dataclass
class TimeLeft:
    """What is left of a submission's time, and what has come, whichever of its workers it is."""

    seconds: float
    received: Received = field(default_factory=Received)


def detect(without: frozenset[str] = frozenset()) -> Tier:
    """Try each layer of confinement on this machine."""
    with Sandbox(Limits(), [], without=without) as sandbox:
        return sandbox.confinement


def most_failures(given_up: int) -> int:
    """After how many such calls a function is given up, if so many have been already."""
    return 1 if given_up >= MANY_GIVEN_UP else MAX_FAILURES


class Sandbox:
    """Confined workers, one submission each.

    Making one hides this process's memory from other processes of the same user (no debugger can
    attach, no core is dumped).

    Parameters
    ----------
    limits : Limits
    contract : Contract
        The modules that are imported, and what they should define.
    slot : int
        Tells sandboxes that run at the same time apart: each has its own user id.
    require_tier : int
        The lowest tier to work at.
    without : frozenset of str
        Layers to leave out ("limits", "user", "landlock", "seccomp"), or "fork" to start a fresh
        Python for each worker.

    Raises
    ------
    TierTooLow
    CannotConfine
        If no worker can be started at all.
    """

    def __init__(
        self,
        limits: Limits,
        contract: Contract,
        *,
        slot: int = 0,
        require_tier: int = 0,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self.limits = limits
        self._contract = contract
        settings = Settings(
            memory=limits.memory_mb * 2**20,
            cpu=_whole_seconds(limits.submission_seconds),
            slot=slot,
            without=without,
        )
        self._launcher = start_launcher(settings)
        self.confinement = self._launcher.tier
        self.tier = self.confinement.number
        self._reader = Reader(self._launcher, contract, limits.import_seconds)
        if self.tier < require_tier:
            self.close()
            reasons = "; ".join(f"{k}: {v}" for k, v in self.confinement.reasons.items())
            raise TierTooLow(f"tier {self.tier} is all there is, not {require_tier} ({reasons})")

    def open(
        self,
        files: Mapping[str, bytes],
        stand_ins: RightFunctions | None = None,
        before: Worker | None = None,
    ) -> Worker:
        """Import a submission.

        Parameters
        ----------
        files : mapping of str to bytes
            Source by file name. Those of the contract are imported; others when these import
            them. What no import statement can name is left out.
        stand_ins : RightFunctions, optional
            What takes the places of some of the submission's functions.
        before : Worker, optional
            The submission's first one: what is left of its time is shared, and a file whose import
            it ended at is not run again.
        """
        return Worker(
            self._launcher, self._reader, self.limits, self._contract, files, stand_ins, before
        )

    def close(self) -> None:
        """End everything."""
        self._reader.close()
        self._launcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _whole_seconds(seconds: float) -> int:
    return max(1, round(seconds + 0.5))


class RightFunctions:
    """Right functions in the places of a submission's own.

    Parameters
    ----------
    parameters : mapping of str to int
        The functions, and how many parameters each takes.
    answer : callable
        ``answer(function, arguments)``, what the right one returns; raises Refused.

    Attributes
    ----------
    asked : set of str
        Those that the submission has called.
    """

    def __init__(
        self, parameters: Mapping[str, int], answer: Callable[[str, tuple[Any, ...]], object]
    ) -> None:
        self.parameters = parameters
        self.asked: set[str] = set()
        self._answer = answer

    def reply(self, function: str, arguments: tuple[Any, ...]) -> bytes:
        """Answer a question."""
        self.asked.add(function)
        try:
            return wire.frame(("answer", self._answer(function, arguments)))
        except (Refused, wire.WireError) as refused:
            return wire.frame(("refusal", str(refused)))


class Worker:
    """One submission in a confined process, which is replaced when it hangs or dies.

    Attributes
    ----------
    imports : dict of str to (Raised, TimedOut, Died or None)
        By file name, of each file that was imported; None: without trouble.
    ended_at : dict of str to (TimedOut or Died)
        By module: what its import ended in, where it is not run again.
    left_out : dict of str to (dict of int to (TimedOut or Died))
        By module and line: the statements that took too long or ended the process.
    slow : set of (str, int)
        The statements, by module and line, that are not run a second time.
    odd : set of str
        The files of which there is something to tell: how they were read.
    time : TimeLeft
    """

    def __init__(
        self,
        launcher: ForkServer | Spawner,
        reader: Reader,
        limits: Limits,
        contract: Contract,
        files: Mapping[str, bytes],
        stand_ins: RightFunctions | None = None,
        before: Worker | None = None,
    ) -> None:
        self._contract = contract
        self.imports: dict[str, ImportFailure | None] = {}
        self.odd: set[str] = set()
        self._launcher = launcher
        self._reader = reader
        self._limits = limits
        self._sources: dict[str, bytes] = {}
        self._facts: dict[str, FileFacts] = {}
        self._blocked: dict[str, str] = {}
        self.ended_at: dict[str, TimedOut | Died] = {}
        self.left_out: dict[str, dict[int, TimedOut | Died]] = {}
        self.slow: set[tuple[str, int]] = set()
        self._failures: dict[tuple[str, str], list[TimedOut | Died | Raised]] = {}
        self._stand_ins = stand_ins
        self._questions = 0
        self.time: TimeLeft = before.time if before else TimeLeft(limits.submission_seconds)
        self._serial = 0
        self._connection: Connection | None = None
        self._admit(files)
        if before:
            self.left_out, self.slow = before.left_out, before.slow
            for module, ended in before.ended_at.items():
                self._block(module, ended)
        self._readable = {
            name: self._sources[name] for name, _ in contract if name in self._sources
        }
        with contextlib.suppress(Lost):
            self._connect()
        for module in (name for name, _ in contract if name in self._sources):
            # What the submission's time, or what it may send, did not suffice for.
            self.imports.setdefault(f"{module}.py", self._used_up())

    # --- starting -----------------------------------------------------------------------------

    def _admit(self, files: Mapping[str, bytes]) -> None:
        """Take the files that can be imported and are not too large, the contract's first."""
        room = MAX_SOURCES
        wanted = {name for name, _ in self._contract}
        for file in sorted(files, key=lambda file: module_of(file) not in wanted):
            module, source = module_of(file), files[file]
            if not file.endswith(".py") or not module.isidentifier():
                continue
            if len(source) > min(room, self._limits.source_kb * 1024):
                self._block(module, Died("size"))
            else:
                self._sources[module] = source
                room -= len(source)

    def _connect(self) -> Connection:
        """Return a connection to a process in which every file is imported that can be.

        A statement beside the functions that hangs or kills the process is left out, and a file of
        which none can be blamed: all else is imported again in a process that does without it.

        Raises
        ------
        Lost
            If the submission's time is used up.
        SandboxError
            If no process gets as far as the submission.
        """
        retries = RETRIES
        while self._connection is None:
            if self.time.seconds <= 0 or self.time.received.too_much:
                raise Lost(self._used_up())
            cpu = _whole_seconds(self.time.seconds)
            connection = connect(self._launcher, cpu, self.time.received)
            start = Start(list(self._sources))
            try:
                self._start(connection, start)
                self._connection = connection
            except Lost as lost:
                if lost.retry and retries:
                    retries -= 1
                elif start.culprit is not None and not isinstance(lost.outcome, Raised):
                    self._do_without(*start.culprit, lost.outcome)
                else:
                    raise SandboxError(f"a worker did not start: {lost.outcome}") from lost
            finally:
                self.odd |= start.odd
                self.slow |= start.slow
                for file, failure in start.imports.items():
                    self.imports[file] = self.imports.get(file) or failure
        return self._connection

    def _used_up(self) -> TimedOut | Died:
        """What comes of what a submission has no time for, or has sent too much for."""
        if self.time.received.too_much:
            return Died("protocol")
        return TimedOut(self._limits.submission_seconds)

    def _start(self, connection: Connection, start: Start) -> None:
        sources = [(name, source.decode("latin-1")) for name, source in self._sources.items()]
        blocked = list(self._blocked.items())
        left_out = [(name, self._not_run(name)) for name in self._sources]
        stand_ins = list(self._stand_ins.parameters) if self._stand_ins else []
        setup = ("setup", sources, self._contract, blocked, left_out, stand_ins)
        connection.send(wire.frame(setup), START_SECONDS)
        while not start.ready:
            began = time.monotonic()
            seconds = max(self._limits.import_seconds - start.spent, MOMENT)
            try:
                message = self._receive(connection, seconds)
            except Lost as lost:
                if isinstance(lost.outcome, TimedOut) and lost.outcome.seconds == seconds:
                    raise Lost(TimedOut(self._limits.import_seconds)) from None
                raise
            start.wait(time.monotonic() - began)
            try:
                start.take(message)
            except MALFORMED:
                raise connection.violated() from None

    def _not_run(self, module: str) -> list[int]:
        """The lines of a module's statements that are left out."""
        slow = (line for name, line in self.slow if name == module)
        return sorted({*self.left_out.get(module, ()), *slow})

    def _do_without(self, module: str, line: int | None, outcome: TimedOut | Died) -> None:
        left_out = self.left_out.setdefault(module, {})
        in_all = sum(map(len, self.left_out.values()))
        if line is None or line in left_out or in_all == MOST_LEFT_OUT:
            self._block(module, outcome)
        else:
            left_out[line] = outcome

    def _block(self, module: str, outcome: TimedOut | Died) -> None:
        if isinstance(outcome, TimedOut):
            how = "took too long"
        else:
            how = "is too large" if outcome.reason == "size" else "ended the whole program"
        self.ended_at[module] = outcome
        self._blocked[module] = f"{module}.py could not be imported: it {how}"
        self._sources.pop(module, None)
        self.imports[f"{module}.py"] = outcome

    def _receive(
        self, connection: Connection, seconds: float, many: bool = False
    ) -> tuple[Any, ...]:
        """Receive a message that is no question, on the submission's time."""
        while True:
            message = self._receive_any(connection, seconds, many)
            if message[0] != "ask" or self._stand_ins is None:
                return message
            self._questions += 1
            if self._questions > MAX_QUESTIONS:
                raise connection.too_slow(self._limits.call_seconds)
            try:
                function, arguments = read_question(message, self._stand_ins.parameters)
            except MALFORMED:
                raise connection.violated() from None
            connection.send(self._stand_ins.reply(function, arguments), seconds)

    def _receive_any(
        self, connection: Connection, seconds: float, many: bool = False
    ) -> tuple[Any, ...]:
        """Receive a message, one of many or of few."""
        if connection.has_message:
            return connection.take()
        started = time.monotonic()
        last = self.time.seconds < seconds
        try:
            if many:
                connection.let_answers_gather()
            return connection.receive(max(self.time.seconds, 0.001) if last else seconds)
        except Lost as lost:
            if last and isinstance(lost.outcome, TimedOut):
                raise Lost(TimedOut(self._limits.submission_seconds)) from None
            raise
        finally:
            self.time.seconds -= time.monotonic() - started

    # --- reading ------------------------------------------------------------------------------

    def facts(self, file: str) -> FileFacts:
        """Tell what a file of the contract is like, without running it.

        It is read when this is first asked, which for a right submission is never. Of a file that
        was not handed in, or cannot be read in what is left of the submission's time, there is
        nothing to tell.
        """
        if file not in self._facts:
            source = self._readable.get(module_of(file))
            started = time.monotonic()
            self._facts[file] = (
                FileFacts()
                if source is None or self.time.seconds <= 0
                else self._reader.read(module_of(file), source)
            )
            self.time.seconds -= time.monotonic() - started
        return self._facts[file]

    # --- calling ------------------------------------------------------------------------------

    def call(
        self,
        file: str,
        function: str,
        calls: Sequence[tuple[object, ...]],
    ) -> list[Outcome]:
        """Call one function once for each tuple of arguments; see `Batch` and `call_all`."""
        return self.call_all([Batch(file, function, calls)])[0]

    def call_all(self, batches: Iterable[Batch]) -> list[list[Outcome]]:
        """Call functions, each once for each tuple of arguments.

        A call that hangs, kills the worker or fills its memory has that as its outcome, and the
        calls after it are answered by a new worker; after two such calls of one function the rest
        are taken to fail the same way, after one where three functions have come to that.

        Parameters
        ----------
        batches : iterable of Batch
            Answered in order.

        Returns
        -------
        list of list of Outcome
            For each batch, one for each call, in order.
        """
        asked = [Asked(batch) for batch in batches]
        while left := [one for one in asked if not self._settled(one)]:
            try:
                connection = self._connect()
                # A file that could be imported before may not be any more.
                self._run(connection, [one for one in left if not self._settled(one)])
            except Lost as lost:
                self._connection = None
                lost_in = next(one for one in left if one.left)
                if lost.retry and lost_in.retries:
                    lost_in.retries -= 1
                    continue
                self._failures_of(lost_in.batch).append(lost.outcome)
                lost_in.outcomes.append(lost.outcome)
        return [one.outcomes for one in asked]

    def _settled(self, asked: Asked) -> bool:
        """Tell whether each call has its outcome, after giving it to those that cannot be made."""
        batch = asked.batch
        failure = self.imports.get(batch.file)
        if isinstance(failure, TimedOut | Died):
            asked.fill(failure)
        elif module_of(batch.file) not in self._sources:
            asked.fill(Missing("file"))
        elif (failures := self._failures_of(batch)) and len(failures) >= self._most_failures():
            asked.fill(failures[-1])
        return not asked.left

    def _failures_of(self, batch: Batch) -> list[TimedOut | Died | Raised]:
        return self._failures.setdefault((batch.file, batch.function), [])

    def _most_failures(self) -> int:
        if self._stand_ins:
            # It is the function's own: nothing else that may hang is left in place.
            return 1
        return most_failures(
            sum(len(failures) >= MAX_FAILURES for failures in self._failures.values())
        )

    def _run(self, connection: Connection, asked: list[Asked]) -> None:
        """Have the calls answered that have no outcome yet, or the first of them; raises Lost."""
        sent: list[tuple[int, Asked]] = []
        frames = b""
        for one in asked:
            self._serial += 1
            frame = one.batch.frame(self._serial, len(one.outcomes))
            if sent and len(frames) + len(frame) > MAX_AHEAD:
                break
            frames += frame
            sent.append((self._serial, one))
        connection.send(frames, self._limits.call_seconds)
        coming = sum(one.left for _, one in sent)
        for serial, one in sent:
            first = len(one.outcomes)
            for _ in range(one.left):
                # Who asks waits for the reply, so there is nothing to gather.
                many = coming > FEW and self._stand_ins is None
                message = self._receive(connection, self._limits.call_seconds, many)
                try:
                    outcome = one.batch.outcome(
                        len(one.outcomes), message, serial, first, keep=connection.taken_again
                    )
                except MALFORMED:
                    raise connection.violated() from None
                if isinstance(outcome, Missing):
                    coming -= one.left
                    # It would have been defined after what stopped the file.
                    one.fill(self.imports.get(one.batch.file) or outcome)
                    break
                if isinstance(outcome, Raised) and outcome.type == "MemoryError":
                    raise connection.filled(outcome)
                coming -= 1
                one.outcomes.append(outcome)

    def try_changes(
        self,
        batch: Batch,
        numbers: Sequence[int] = (),
        quantities: Sequence[Quantities] = (),
        beside: int | None = None,
    ) -> Tried | None:
        """Call forms of a function that a small change each gives it.

        A form that hangs or ends the process costs the process, and what would have been told.

        Parameters
        ----------
        batch : Batch
            The inputs.
        numbers : sequence of int
            The changes; without, all that there are.
        quantities : sequence, optional
            By input, right values to be put in the places of the function's own, in place of
            other changes.
        beside : int, optional
            A change that is made beside each.

        Returns
        -------
        Tried or None
            None where none was tried.
        """
        self._serial += 1
        request = batch.of_changes(self._serial, numbers, beside, quantities)
        read = partial(read_tried, serial=self._serial, calls=len(batch.calls), numbers=numbers)
        return self._tell(request, read)

    def trace(self, batch: Batch) -> Trace | None:
        """Follow a call line by line; None where that could not be done.

        Parameters
        ----------
        batch : Batch
            With that call alone.
        """
        with contextlib.suppress(Lost):
            self._connect()
        self._serial += 1
        return self._tell(batch.of_trace(self._serial), partial(read_trace, serial=self._serial))

    def _tell(self, request: bytes, read: Callable[[tuple[Any, ...]], _Told]) -> _Told | None:
        """Ask for what gives no marks; what hangs or ends the process costs that process alone."""
        connection = self._connection
        if connection is None or self.time.seconds <= 0:
            return None
        whole, seconds = self.time, min(self.time.seconds, TRY_SECONDS)
        self.time = TimeLeft(seconds, whole.received)
        try:
            connection.send(request, seconds)
            message = self._receive(connection, seconds)
            try:
                return read(message)
            except MALFORMED:
                raise connection.violated() from None
        except Lost:
            self._connection = None
            return None
        finally:
            whole.seconds -= seconds - self.time.seconds
            self.time = whole

    # --- ending -------------------------------------------------------------------------------

    def close(self) -> None:
        """End the process."""
        if self._connection is not None:
            self._connection.end(0.0)
            self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
