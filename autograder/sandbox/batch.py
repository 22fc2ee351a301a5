"""Calls of one function that are asked together, and what has come of them so far."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from ..source.changes.fitting import Quantities
from ..source.changes.forms import NONE
from . import wire
from .connection import RETRIES
from .messages import read_outcome
from .outcome import Outcome

# Answers to one call that are kept as they were read.
MOST_KEPT = 8


class Batch:
    """Calls of one function: encoded for the first submission that gets them, not for each.

    Parameters
    ----------
    file, function : str
    calls : sequence of tuple
        Arguments that the wire can carry, each copied for its call.
    overwritten : collection of int
        The calls whose arguments are overwritten before what was returned is looked at.
    kept : collection of int
        Those after which the function is called on other numbers before that.
    """

    def __init__(
        self,
        file: str,
        function: str,
        calls: Sequence[tuple[object, ...]],
        overwritten: Collection[int] = (),
        kept: Collection[int] = (),
    ) -> None:
        self.file = file
        self.function = function
        self.calls = calls
        self.overwritten = overwritten
        self.kept = kept
        self._frames: dict[int, bytes] = {}
        self._read: list[dict[tuple[int, int], tuple[object, Outcome]]] = [{} for _ in calls]

    def outcome(
        self, at: int, message: tuple[Any, ...], serial: int, first: int, *, keep: bool
    ) -> Outcome:
        """Read what came of a call; raises one of `MALFORMED`.

        Most answers are the same bytes as another submission's, and so the same message, which is
        kept with its outcome: as long as it is there no other has its place in memory. Not all are
        to be kept: what is large, or comes once, would only fill the memory.
        """
        kept = self._read[at] if first == 0 and keep else {}
        key = serial, id(message)
        if key not in kept:
            outcome = read_outcome(message, serial, at - first, self.calls[at])
            if len(kept) == MOST_KEPT:
                return outcome
            kept[key] = message, outcome
        return kept[key][1]

    def frame(self, serial: int, first: int) -> bytes:
        """Encode a request for the calls from the given one on."""
        kept = self._frames if first == 0 else {}
        if serial not in kept:
            calls = list(self.calls[first:])
            overwritten = [at - first for at in self.overwritten]
            kept_calls = [at - first for at in self.kept]
            module = module_of(self.file)
            request = ("call", serial, module, self.function, overwritten, kept_calls, calls)
            kept[serial] = wire.frame(request)
        return kept[serial]

    def of_changes(
        self,
        serial: int,
        numbers: Sequence[int],
        beside: int | None,
        quantities: Sequence[Quantities],
    ) -> bytes:
        """Encode a request for changes of the function on these calls."""
        right = [[list(q) for q in one] for one in quantities]
        asked = (list(numbers), NONE if beside is None else beside, right)
        given = (list(self.overwritten), list(self.kept), list(self.calls))
        request = ("try", serial, module_of(self.file), self.function, *asked, *given)
        return wire.frame(request)

    def of_trace(self, serial: int) -> bytes:
        """Encode a request to follow the first of these calls line by line."""
        of = serial, module_of(self.file), self.function
        return wire.frame(("trace", *of, [], [], list(self.calls[:1])))


class Asked:
    """A batch and what has come of it so far."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.outcomes: list[Outcome] = []
        self.retries = RETRIES

    @property
    def left(self) -> int:
        return len(self.batch.calls) - len(self.outcomes)

    def fill(self, outcome: Outcome) -> None:
        """Give the calls that are left an outcome."""
        self.outcomes += [outcome] * self.left


def module_of(file: str) -> str:
    """The name under which a file is imported."""
    return file.removesuffix(".py")
