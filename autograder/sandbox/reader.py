"""Read students' files without running them, in a confined process that is kept for many."""

from __future__ import annotations

from collections.abc import Sequence

from . import wire
from .connection import RETRIES, Connection, Lost, connect
from .messages import MALFORMED, read_facts
from .outcome import FileFacts
from .processes import ForkServer, Spawner

#: For each module that students write: its functions, each with the names of its parameters.
Contract = Sequence[tuple[str, Sequence[tuple[str, Sequence[str]]]]]

# A process reads so many files, and none after one that tells as much as no ordinary file does:
# what it is allowed to send and to compute is counted over its life.
MOST_FILES = 100
ORDINARY = 20_000


class Reader:
    """The process that reads files, started when it is first needed.

    It never runs what it reads, so one student's file has no say in what it tells of another's.

    Parameters
    ----------
    launcher : ForkServer or Spawner
    contract : Contract
    seconds : float
        Of wall-clock time for one file.
    """

    def __init__(self, launcher: ForkServer | Spawner, contract: Contract, seconds: float) -> None:
        self._launcher = launcher
        self._contract = contract
        self._seconds = seconds
        self._connection: Connection | None = None
        self._left = 0

    def read(self, module: str, source: bytes) -> FileFacts:
        """Read a file; of one that cannot be read in its time and memory there is nothing to tell.

        Raises
        ------
        SandboxError
            If no process can be started.
        """
        request = wire.frame(("read", module, source.decode("latin-1"), self._contract))
        for _ in range(1 + RETRIES):
            try:
                return self._ask(request)
            except Lost as lost:
                self._connection = None
                if not lost.retry:
                    break
        return FileFacts()

    def _ask(self, request: bytes) -> FileFacts:
        if self._connection is None or self._left == 0:
            self.close()
            cpu = round(MOST_FILES * (self._seconds + 1))
            self._connection = connect(self._launcher, cpu)
            self._left = MOST_FILES
        self._left -= 1
        self._connection.send(request, self._seconds)
        message = self._connection.receive(self._seconds)
        try:
            facts = read_facts(message)
        except MALFORMED:
            raise self._connection.violated() from None
        if len(message[1]) > ORDINARY:
            self._left = 0
        return facts

    def close(self) -> None:
        """End the process."""
        if self._connection is not None:
            self._connection.end(0.0)
            self._connection = None
