"""Read a worker's messages into outcomes.

Everything here may have been forged by the student's code. Each function checks what it reads and
raises one of `MALFORMED` for what is not of the form that ``worker`` describes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from . import wire
from .outcome import FileFacts, ImportFailure, Missing, Outcome, Raised, Returned, clean

MALFORMED = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)
MAX_NAMES = 12
MAX_NAME = 100
MAX_NUMBER = 10**9


class Start:
    """What a worker tells while it imports a submission.

    Parameters
    ----------
    modules : sequence of str
        The modules that it was given. Only they can be blamed, each at most once.

    Attributes
    ----------
    imports : dict of str to (Raised or None)
    ready : bool
        Whether it is done.
    """

    def __init__(self, modules: Sequence[str]) -> None:
        self._not_run = set(modules)
        self._running: list[str] = []
        self._last_run: str | None = None
        self.imports: dict[str, ImportFailure | None] = {}
        self.ready = False

    @property
    def culprit(self) -> str | None:
        """The module to blame if the worker hangs or dies now; None if none was touched."""
        return self._running[-1] if self._running else self._last_run

    def take(self, message: tuple[Any, ...]) -> None:
        """Take the next message; raises one of `MALFORMED`."""
        match message:
            case ("begin", str(module)) if module in self._not_run:
                self._not_run.remove(module)
                self._running.append(module)
            case ("done", str(module), failure) if self._running[-1:] == [module]:
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


def read_outcome(message: tuple[Any, ...], serial: int, at: int) -> Outcome:
    """Read the answer to one call.

    Parameters
    ----------
    message : tuple
    serial, at : int
        Of the batch and of the call in it; an answer to another is none.

    Raises
    ------
    MALFORMED
    """
    match message:
        case ("returned", s, a, value, mutated) if _is_place(s, a, serial, at):
            if type(mutated) is not list:
                raise TypeError("not a list of positions")
            return Returned(value, tuple(map(_number, mutated)))
        case ("raised", s, a, *details) if _is_place(s, a, serial, at):
            return _raised("raised", *details)
        case ("missing", int(s), "function" | "not callable" as reason) if s == serial:
            return Missing(reason)
    raise ValueError("not an answer to this call")


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
    shapes: list[tuple[str, list[int] | str]],
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


def _shape(value: list[int] | str) -> tuple[int, ...] | str:
    if isinstance(value, str):
        return wire.safe_name(value)
    return tuple(map(_number, value))
