"""Call one function of a student's and describe what came of it, in values that can be sent."""

from __future__ import annotations

import builtins
import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from types import FrameType, FunctionType, TracebackType
from typing import Any, NamedTuple

import numpy as np

from ..source import source_facts
from ..source.crashes.crash import columns_of_failure, place_of_failure
from . import wire
from .modules import FOLDER, Files
from .older_numpy import may_be_of_newer

MAX_MESSAGE = 500
MAX_NAMES = 12
MAX_LINES = 5
TRUSTED_MODULES = frozenset({"wiggle"})

# Collected before any code of a student's could add to them.
_EXCEPTIONS: dict[type, str] = {
    kind: kind.__name__
    for namespace in (builtins, np.exceptions, np.linalg)
    for kind in vars(namespace).values()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}


class Call(NamedTuple):
    """One call of a function, and what is done before its answer is looked at.

    Attributes
    ----------
    arguments : tuple
    overwritten : bool
        Whether to overwrite the arguments afterwards: then a value that is no copy shows it.
    kept : bool
        Whether to call it on other numbers afterwards: then a value that it goes on using shows it.
    """

    arguments: tuple[Any, ...]
    overwritten: bool = False
    kept: bool = False


def calls_of(
    overwritten: Sequence[int], kept: Sequence[int], arguments: Sequence[tuple[Any, ...]]
) -> list[Call]:
    """Give the calls of a request, which ``worker`` describes."""
    return [Call(given, at in overwritten, at in kept) for at, given in enumerate(arguments)]


def call(function: Callable[..., Any], asked: Call, files: Files) -> tuple[Any, ...]:
    """Call a function.

    Parameters
    ----------
    function : callable
    asked : Call
    files : Files

    Returns
    -------
    tuple
        ("returned", value, arguments as they are then) or ("raised", type, message, file, line,
        function, [(name, shape)], columns, name). Whether an argument has changed is not for this
        process to say, in which the student's code runs.
    """
    try:
        value, given = returned(function, asked)
    except BaseException as error:
        if may_be_of_newer(error) and files.do_as_older_numpy():
            again = call(function, asked, files)
            if again[0] == "returned":
                return again
        return describe(error, files)
    return ("returned", value, given)


def returned(function: Callable[..., Any], asked: Call) -> tuple[Any, tuple[Any, ...]]:
    """What a function returns, and its arguments as they are then."""
    given = tuple(map(wire.copy, asked.arguments))
    value = function(*given)
    if asked.kept:
        _call_on_others(function, asked.arguments)
    if asked.overwritten:
        left, given = given, tuple(map(wire.copy, given))
        _change(left, lambda array: array + 1)
    return value, given


def _call_on_others(function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Call a function on numbers of the same shapes; what comes of it is of no interest."""
    others = tuple(map(wire.copy, arguments))
    # Shares stay the same where all grow by one amount.
    _change(others, lambda array: array * 0.5 + 1)
    with contextlib.suppress(Exception):
        function(*others)


def _change(value: Any, how: Callable[[Any], Any]) -> None:
    """Put other numbers into each array."""
    if isinstance(value, np.ndarray) and value.flags.writeable:
        value[...] = how(value)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _change(item, how)


def describe(error: BaseException, files: Files) -> tuple[Any, ...]:
    """Describe an exception; nothing that it does to hide or to lie stops this."""
    try:
        place = _place(error, files)
    except BaseException:
        place = (None, None, None, [], None)
    return ("raised", _type_name(error), _message(error), *place, _name(error))


def _type_name(error: BaseException) -> str:
    for kind in type.mro(type(error)):
        if kind in _EXCEPTIONS:
            return _EXCEPTIONS[kind]
    return "BaseException"


def _message(error: BaseException) -> str:
    try:
        text = str(error.msg if isinstance(error, SyntaxError) else error)
    except BaseException:
        return ""
    return str.__str__(text)[:MAX_MESSAGE]


def _name(error: BaseException) -> str | None:
    if not isinstance(error, (NameError, AttributeError, ImportError)):
        return None
    try:
        name = error.name
    except BaseException:
        return None
    return wire.safe_name(name) if type(name) is str else None


def _place(error: BaseException, files: Files) -> tuple[Any, ...]:
    """Find the innermost frame in the student's files: file, line, function, shapes, columns."""
    found: tuple[TracebackType, str] | None = None
    for traceback in _tracebacks(error.__traceback__):
        module = _module(traceback.tb_frame)
        if module in files.sources and module not in TRUSTED_MODULES:
            found = traceback, module
    if isinstance(error, SyntaxError) and (module := _module_of_path(error.filename)):
        return (f"{module}.py", error.lineno, None, [], None)
    if found is None:
        return (None, None, None, [], None)
    traceback, module = found
    frame = traceback.tb_frame
    lines = files.text(module).split("\n")
    first, last = _line_range(traceback)
    names = source_facts.names_on_lines(lines[first - 1 : last])
    shapes = [
        (name, shape(frame.f_locals[name]))
        for name in names
        if name in frame.f_locals and _is_data(frame.f_locals[name])
    ]
    columns = columns_of_failure(traceback, lines[traceback.tb_lineno - 1])
    return (f"{module}.py", traceback.tb_lineno, _function(frame), shapes[:MAX_NAMES], columns)


def _tracebacks(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _module(frame: FrameType) -> str:
    return _module_of_path(frame.f_code.co_filename)


def _module_of_path(path: object) -> str:
    if isinstance(path, str) and path.startswith(FOLDER) and path.endswith(".py"):
        return path.removeprefix(FOLDER).removesuffix(".py")
    return ""


def _function(frame: FrameType) -> str | None:
    """Name a frame's function; None at the top level of a file."""
    # "f.<locals>.<listcomp>" is f to who wrote it.
    names = [name for name in frame.f_code.co_qualname.split(".") if not name.startswith("<")]
    return wire.safe_name(".".join(names)) if names else None


def _line_range(traceback: TracebackType) -> tuple[int, int]:
    """The lines of the expression that failed, which may be more than the one reported."""
    first, last, _, _ = place_of_failure(traceback)
    first = min(first or traceback.tb_lineno, traceback.tb_lineno)
    return first, min(last or first, first + MAX_LINES)


def _is_data(value: object) -> bool:
    return (
        isinstance(
            value,
            (
                np.ndarray,
                np.generic,
                bool,
                int,
                float,
                complex,
                list,
                tuple,
                str,
                dict,
                set,
                FunctionType,
            ),
        )
        or value is None
    )


def shape(value: Any) -> list[int] | tuple[str, list[int]] | str:
    """The shape of a value that has one, that of a list by its kind, else the name of its kind."""
    if isinstance(value, (np.ndarray, np.generic)):
        return [int(size) for size in np.shape(value)]
    if isinstance(value, (bool, int, float)):
        return []
    if isinstance(value, (list, tuple)) and len(value) <= 1000:
        if all(type(item) in (bool, int, float) for item in value):
            return wire.type_name(value), [len(value)]
        if all(type(item) is list and len(item) == len(value[0]) for item in value):
            return wire.type_name(value), [len(value), len(value[0])]
    return wire.type_name(value)


def silence() -> None:
    """Give the student's code standard streams that take and give nothing.

    Descriptors 0 and 1 must lead to /dev/null.
    """
    # Text that has no bytes (half a surrogate pair) must not stop a student's print().
    sys.stdout = sys.stderr = os.fdopen(1, "w", encoding="utf-8", errors="replace", closefd=False)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
