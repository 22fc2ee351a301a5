"""Read a worker's messages into outcomes.

Everything here may have been forged by the student's code. Each function checks what it reads and
raises one of `MALFORMED` for what is not of the form that ``worker`` describes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..source.changes.forms import RANKS
from ..source.crashes.crash import Listed
from ..source.phrases import Said
from . import wire
from .outcome import (
    Change,
    FileFacts,
    ImportFailure,
    Made,
    Missing,
    Outcome,
    Raised,
    Returned,
    Trace,
    Tried,
    clean,
    read_said,
)

MALFORMED = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)
MAX_NAMES = 12
MAX_NAME = 100
MAX_NUMBER = 10**9
#: A name, or an entry of what has one.
_PLACE = re.compile(r"[^\W\d]\w{0,40}(\[[\w\-+*/%, ().]{1,40}\])?")
#: Stands for what a `return` gives back, where a name would.
RETURNED = "return"


#: Seconds after which a statement that gives nothing a name is not run a second time.
SLOW_STATEMENT = 0.5


class Start:
    """What a worker tells while it imports a submission.

    Parameters
    ----------
    modules : sequence of str
        The modules that it was given. Only they can be blamed, each at most once.

    Attributes
    ----------
    imports : dict of str to (Raised or None)
    slow : set of (str, int)
        The statements, by module and line, that took long and give nothing a name.
    odd : set of str
        The files of which there is something to tell, as its facts do.
    ready : bool
        Whether it is done.
    """

    def __init__(self, modules: Sequence[str]) -> None:
        self._not_run = set(modules)
        self._running: list[str] = []
        self._last_run: str | None = None
        self._at: dict[str, tuple[int, bool]] = {}
        self._spent: dict[str | None, float] = {}
        self._spent_at: dict[tuple[str, int], float] = {}
        self.imports: dict[str, ImportFailure | None] = {}
        self.odd: set[str] = set()
        self.slow: set[tuple[str, int]] = set()
        self.ready = False

    @property
    def culprit(self) -> tuple[str, int | None] | None:
        """What to blame if the worker hangs or dies now; None if no file was touched.

        It is a module and the line of a statement, where one may take long or end the process.
        """
        module = self._running[-1] if self._running else self._last_run
        if module is None:
            return None
        return module, self._at[module][0] if module in self._at else None

    @property
    def spent(self) -> float:
        """Seconds that the module that runs now has taken, without those that it imports."""
        return self._spent.get(self._running[-1] if self._running else None, 0.0)

    def wait(self, seconds: float) -> None:
        """Note how long the next message was waited for."""
        module = self._running[-1] if self._running else None
        self._spent[module] = self._spent.get(module, 0.0) + seconds
        if module is None or module not in self._at:
            return
        line, nameless = self._at[module]
        place = module, line
        self._spent_at[place] = self._spent_at.get(place, 0.0) + seconds
        if nameless and self._spent_at[place] > SLOW_STATEMENT:
            self.slow.add(place)

    def take(self, message: tuple[Any, ...]) -> None:
        """Take the next message; raises one of `MALFORMED`."""
        match message:
            case ("begin", str(module)) if module in self._not_run:
                self._not_run.remove(module)
                self._running.append(module)
            case ("at", str(module), int(line), bool(nameless)) if self._running[-1:] == [module]:
                self._at[module] = _number(line), nameless
            case ("done", str(module), failure, bool(odd)) if self._running[-1:] == [module]:
                if odd:
                    self.odd.add(f"{module}.py")
                self._last_run = self._running.pop()
                self.imports[f"{module}.py"] = None if failure is None else _raised(*failure)
            case ("ready",) if not self._running:
                self.ready = True
            case _:
                raise ValueError("not a message of a worker that starts")


def read_facts(message: tuple[Any, ...]) -> FileFacts:
    """Read what was read of a file; raises one of `MALFORMED`."""
    match message:
        case ("facts", str(text)):
            return FileFacts.from_json(json.loads(text))
    raise ValueError("not the facts of a file")


def read_outcome(
    message: tuple[Any, ...], serial: int, at: int, arguments: tuple[Any, ...]
) -> Outcome:
    """Read the answer to one call.

    Parameters
    ----------
    message : tuple
    serial, at : int
        Of the batch and of the call in it; an answer to another is none.
    arguments : tuple
        What the function was called with.

    Raises
    ------
    MALFORMED
    """
    match message:
        case ("returned", s, a, value, after) if _is_place(s, a, serial, at):
            return Returned(value, _changed(after, arguments))
        case ("raised", s, a, *details) if _is_place(s, a, serial, at):
            return _raised("raised", *details)
        case ("missing", int(s), "function" | "not callable" as reason) if s == serial:
            return Missing(reason)
    raise ValueError("not an answer to this call")


def read_tried(
    message: tuple[Any, ...], serial: int, calls: int, numbers: Sequence[int]
) -> Tried | None:
    """Read what came of changes; None where none was tried.

    Parameters
    ----------
    message : tuple
    serial : int
    calls : int
        How often each was called.
    numbers : sequence of int
        Those that were asked for; empty for all.

    Raises
    ------
    MALFORMED
    """
    match message:
        case ("missing" | "tried", s, *_) if s != serial:
            pass
        case ("missing", _, _) | ("tried", _):
            return None
        case ("tried", _, list(rows), list(values), str(text)):
            known = {-1: None, **{place: place for place in range(len(values))}}
            places = [[known[place] for place in row] for row in rows]
            changes = [_change(*change) for change in json.loads(text)]
            whole = len(rows) == (len(numbers) or len(rows)) and len(changes) == len(numbers)
            if whole and all(len(row) == calls for row in rows):
                return Tried([Returned(value) for value in values], places, changes)
    raise ValueError("not what came of changes")


def read_trace(message: tuple[Any, ...], serial: int) -> Trace | None:
    """Read what came of a call that was followed; None where it could not be.

    Parameters
    ----------
    message : tuple
    serial : int

    Raises
    ------
    MALFORMED
    """
    match message:
        case ("missing" | "traced", s, *_) if s != serial:
            pass
        case ("missing", _, _) | ("traced", _):
            return None
        case ("traced", _, list(made), list(missed), bool(came_back), value):
            outcome = Returned(value) if came_back else None
            lines = frozenset(map(_number, missed))
            return Trace(tuple(_made(*one) for one in made), lines, outcome)
    raise ValueError("not what came of a call that was followed")


def _made(line: int, name: str, values: list[Any], rounds: int, alike: bool) -> Made:
    if not _PLACE.fullmatch(name) or len(values) > _number(rounds):
        raise ValueError("not what a line makes")
    noted = [(True, value) if whole else (False, _shape(value)) for whole, value in values]
    name = "" if name == RETURNED else name
    return Made(_number(line), name, tuple(noted), rounds, alike=bool(alike and noted))


def _change(
    kind: str, line: int, told: Any, doubtful: bool, heads: list[int], spared: list[int]
) -> Change:
    change = read_said(told, "change")
    for _, value in change.values:
        if isinstance(value, Said) and any(len(str(text)) > MAX_NAME for _, text in value.values):
            raise ValueError("longer than what stands in a line")
    if kind not in RANKS or not isinstance(doubtful, bool):
        raise ValueError("no change")
    lines, others = (frozenset(map(_number, numbers)) for numbers in (heads, spared))
    return Change(kind, _number(line), change, doubtful, lines, others)


def _changed(after: Any, before: tuple[Any, ...]) -> tuple[int, ...]:
    """Which arguments hold other numbers, or the same in another shape, after the call."""
    if not isinstance(after, tuple) or len(after) != len(before):
        return tuple(range(len(before)))
    return tuple(
        at
        for at, (one, other) in enumerate(zip(after, before, strict=True))
        if not same(one, other)
    )


def same(one: Any, other: Any) -> bool:
    """Tell whether a value still holds the same numbers in the same shapes as another."""
    if isinstance(other, np.ndarray):
        if not isinstance(one, np.ndarray) or one.shape != other.shape:
            return False
        # The quick way first; -0.0 and 0.0, or 1 and 1.0, are the same numbers too.
        if one.dtype == other.dtype and one.tobytes() == other.tobytes():
            return True
        return bool(np.array_equal(one, other, equal_nan=True))
    if isinstance(other, list | tuple):
        return type(one) is type(other) and len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool | int | float) and (one == other or (one != one and other != other))


def read_question(
    message: tuple[Any, ...], stand_ins: Mapping[str, int]
) -> tuple[str, tuple[Any, ...]]:
    """Read which call a stand-in asks for.

    Parameters
    ----------
    message : tuple
    stand_ins : mapping of str to int
        The functions that have one, and how many parameters they take.

    Raises
    ------
    MALFORMED
    """
    match message:
        case ("ask", str(function), tuple(arguments)) if len(arguments) == stand_ins[function]:
            return function, arguments
    raise ValueError("not a question")


def _is_place(given_serial: object, given_at: object, serial: int, at: int) -> bool:
    # Patterns such as int(s) take thrice as long, and this is asked for each answer.
    return (
        type(given_serial) is int
        and type(given_at) is int
        and given_serial == serial
        and given_at == at
    )


def _raised(
    tag: str,
    kind: str,
    message: str,
    file: str | None,
    line: int | None,
    function: str | None,
    shapes: list[tuple[str, list[int] | tuple[str, list[int]] | str]],
    columns: list[int] | None,
    name: str | None,
) -> Raised:
    if tag != "raised" or len(shapes) > MAX_NAMES:
        raise ValueError("not an exception")
    return Raised(
        type=_identifier(kind) or "",
        message=clean(_text(message)),
        file=_identifier(file),
        line=None if line is None else _number(line),
        function=_identifier(function),
        shapes={_text(of): _shape(shape) for of, shape in shapes if _is_name(of)},
        columns=None if columns is None else _columns(*columns),
        name=_identifier(name),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _identifier(value: str | None) -> str | None:
    return None if value is None else wire.safe_name(_text(value))


def _is_name(value: object) -> bool:
    """Tell whether a text can be a name in a line that is short enough to be quoted."""
    text = _text(value)
    return len(text) <= MAX_NAME and text.isidentifier()


def _number(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= MAX_NUMBER:
        raise ValueError("not a small number")
    return value


def _columns(first: int, last: int) -> tuple[int, int]:
    return _number(first), _number(last)


def _shape(value: list[int] | tuple[str, list[int]] | str) -> tuple[int, ...] | str:
    if isinstance(value, str):
        return wire.safe_name(value)
    if isinstance(value, tuple):
        kind, sizes = value
        return Listed(map(_number, sizes), wire.safe_name(_text(kind)))
    return tuple(map(_number, value))
