"""Call one function of a student's and describe what came of it, in values that can be sent."""

from __future__ import annotations

import builtins
import math
import os
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any

import numpy as np

from . import source_facts, wire
from .modules import FOLDER, Files

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


def copy(value: Any) -> Any:
    """Copy an argument deeply."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (list, tuple)):
        return type(value)(map(copy, value))
    return value


def same(one: Any, other: Any) -> bool:
    """Tell whether an argument still holds the same numbers in the same shapes."""
    if isinstance(other, np.ndarray):
        if not isinstance(one, np.ndarray) or one.shape != other.shape:
            return False
        # The quick way first; -0.0 and 0.0, or 1 and 1.0, are the same numbers too.
        if one.dtype == other.dtype and one.tobytes() == other.tobytes():
            return True
        return bool(np.array_equal(one, other, equal_nan=True))
    if isinstance(other, (list, tuple)):
        return type(one) is type(other) and len(one) == len(other) and all(map(same, one, other))
    if isinstance(other, float) and math.isnan(other):
        return isinstance(one, float) and math.isnan(one)
    return bool(one == other)


def _still_same(one: Any, other: Any) -> bool:
    try:
        return same(one, other)
    except Exception:
        # A list into which the student put an object that cannot be compared has changed.
        return False


def call(function: Callable[..., Any], arguments: tuple[Any, ...], files: Files) -> tuple[Any, ...]:
    """Call a function.

    Returns
    -------
    tuple
        ("returned", value, [positions of changed arguments]) or ("raised", type, message, file,
        line, function, [(name, shape)], name).
    """
    given = tuple(copy(argument) for argument in arguments)
    try:
        value = function(*given)
    except BaseException as error:
        return describe(error, files)
    changed = [
        at
        for at, (after, before) in enumerate(zip(given, arguments, strict=True))
        if not _still_same(after, before)
    ]
    return ("returned", value, changed)


@contextmanager
def disguised(names: Collection[str], files: Files) -> Iterator[None]:
    """Have functions of the student's return other numbers, wherever their code calls them.

    What another function then returns tells whether it really goes by what these say.
    """
    spaces = [vars(module) for module in files.modules.values()]
    replaced: list[tuple[dict[str, Any], str, Any]] = []
    for name in names:
        originals = {id(space[name]): space[name] for space in spaces if callable(space.get(name))}
        for original in originals.values():
            stand_in = _returning_other_numbers(original)
            for space in spaces:
                for key in [key for key, value in space.items() if value is original]:
                    space[key] = stand_in
                    replaced.append((space, key, original))
    try:
        yield
    finally:
        for space, key, original in reversed(replaced):
            space[key] = original


def _returning_other_numbers(function: Callable[..., Any]) -> Callable[..., Any]:
    def stand_in(*arguments: Any, **named: Any) -> Any:
        return _other_numbers(function(*arguments, **named))

    return stand_in


def _other_numbers(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(map(_other_numbers, value))
    if isinstance(value, (np.ndarray, np.number, int, float)):
        return np.multiply(value, 0.75) + 0.5
    return value


def describe(error: BaseException, files: Files) -> tuple[Any, ...]:
    """Describe an exception; nothing that it does to hide or to lie stops this."""
    try:
        place = _place(error, files)
    except BaseException:
        place = (None, None, None, [])
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
    """Find the innermost frame in the student's own files: file, line, function, shapes."""
    found: tuple[TracebackType, str] | None = None
    for traceback in _tracebacks(error.__traceback__):
        module = _module(traceback.tb_frame)
        if module in files.sources and module not in TRUSTED_MODULES:
            found = traceback, module
    if isinstance(error, SyntaxError) and (module := _module_of_path(error.filename)):
        return (f"{module}.py", error.lineno, None, [])
    if found is None:
        return (None, None, None, [])
    traceback, module = found
    frame = traceback.tb_frame
    first, last = _line_range(traceback)
    names = source_facts.names_on_lines(files.text(module).split("\n")[first - 1 : last])
    shapes = [
        (name, _shape(frame.f_locals[name]))
        for name in names
        if name in frame.f_locals and _is_data(frame.f_locals[name])
    ]
    return (f"{module}.py", traceback.tb_lineno, _function(frame), shapes[:MAX_NAMES])


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
    # "softmax.<locals>.<listcomp>" is softmax to who wrote it.
    names = [name for name in frame.f_code.co_qualname.split(".") if not name.startswith("<")]
    return wire.safe_name(".".join(names)) if names else None


def _line_range(traceback: TracebackType) -> tuple[int, int]:
    """The lines of the expression that failed, which may be more than the one reported."""
    positions = list(traceback.tb_frame.f_code.co_positions())
    first, last, _, _ = positions[traceback.tb_lasti // 2]
    first = min(first or traceback.tb_lineno, traceback.tb_lineno)
    return first, min(last or first, first + MAX_LINES)


def _is_data(value: object) -> bool:
    return (
        isinstance(
            value, (np.ndarray, np.generic, bool, int, float, complex, list, tuple, str, dict, set)
        )
        or value is None
    )


def _shape(value: Any) -> list[int] | str:
    if isinstance(value, (np.ndarray, np.generic)):
        return [int(size) for size in np.shape(value)]
    if isinstance(value, (bool, int, float)):
        return []
    if isinstance(value, (list, tuple)) and len(value) <= 1000:
        if all(type(item) in (bool, int, float) for item in value):
            return [len(value)]
        if all(type(item) is list and len(item) == len(value[0]) for item in value):
            return [len(value), len(value[0])]
    return wire.type_name(value)


def silence() -> None:
    """Give the student's code standard streams that take and give nothing.

    Descriptors 0 and 1 must lead to /dev/null.
    """
    # Text that has no bytes (half a surrogate pair) must not stop a student's print().
    sys.stdout = sys.stderr = os.fdopen(1, "w", encoding="utf-8", errors="replace", closefd=False)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
