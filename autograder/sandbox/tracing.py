"""Call a student's function once and note what its lines make, in the process that runs it."""

from __future__ import annotations

import ast
import contextlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from types import CodeType, FrameType
from typing import Any, NamedTuple

import numpy as np

from . import calling, wire
from .calling import Call
from .messages import RETURNED
from .modules import Files, file_path

#: Steps that are followed: a call that is shown has far fewer.
MOST_STEPS = 20_000
#: Of a line that runs often so many rounds are noted.
MOST_ROUNDS = 3
#: Bytes of a value that is noted; of a larger one its shape is.
MOST_BYTES = 1000
#: Places of which something is noted.
MOST_PLACES = 100
#: Entries of an array that hides some; of a larger one nobody reads each.
MOST_HIDING = 6
#: Statements that do something by themselves; of others no line tells whether they are run.
_THAT_DO = ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return
#: What stands in the place of an entry that is hidden.
_HIDDEN = wire.Unsendable(wire.type_name(np.ma.masked))


class Statement(NamedTuple):
    """A statement, or the head of one that holds others.

    Attributes
    ----------
    first, last : int
        Its lines.
    given : tuple of ast.expr
        What it gives a value, or changes.
    inside : int
        Of a loop the line on which a round begins: only then its names have values. 0 of others.
    returns : bool
    """

    first: int
    last: int
    given: tuple[ast.expr, ...]
    inside: int
    returns: bool


def traced(serial: int, module: str, function: Any, call: Call, files: Files) -> bytes:
    """Call a function, and tell what its lines make; see ``worker`` for what is answered."""
    watch = _Watch(files.body(module), file_path(module), getattr(function, "__code__", None))
    before = sys.gettrace()
    value, came_back = None, False
    with contextlib.suppress(BaseException):
        sys.settrace(watch)
        try:
            value, _ = calling.returned(function, call)
            came_back = True
        finally:
            sys.settrace(before)
    try:
        made = [
            (*place, [wire.loads(one) for one in noted], rounds, place not in watch.differ)
            for place, (noted, rounds) in watch.made.items()
        ]
        told = (made, sorted(watch.missed()), came_back, value)
        return wire.frame(("traced", serial, *(() if watch.is_over else told)))
    except BaseException:
        return wire.frame(("traced", serial))


class _Watch:
    """Follows the frames of a student's file.

    Parameters
    ----------
    body : sequence of ast.stmt
        The file's statements.
    path : str
        Where its code says that it comes from.
    asked : CodeType or None
        Of the function that is called: what it is given is told elsewhere.

    Attributes
    ----------
    made : dict
        By line and name what came there first, encoded, and how often anything did.
    differ : set
        The lines and names where not the same came each time, or where that isn't known.
    is_over : bool
        Whether it was too much to be followed to the end.
    """

    def __init__(self, body: Sequence[ast.stmt], path: str, asked: CodeType | None) -> None:
        self.made: dict[tuple[int, str], tuple[list[bytes], int]] = {}
        self.differ: set[tuple[int, str]] = set()
        self._begun: set[int] = set()
        self._entered: set[int] = set()
        self.is_over = False
        self._path = path
        self._asked = asked
        self._steps = 0
        self._body = body
        self._on_line = {
            line: one
            for one in map(_statement, _statements(body))
            for line in range(one.first, one.last + 1)
        }

    def __call__(self, frame: FrameType, event: str, _: Any) -> Any:
        """Follow a frame that is entered, if it is one of the file's functions."""
        code = frame.f_code
        if code.co_filename != self._path or (code.co_name[:1] == "<" and not _is_lambda(code)):
            return None
        self._entered.add(code.co_firstlineno)
        if code is not self._asked:
            for name in code.co_varnames[: code.co_argcount]:
                if name == "self":
                    continue
                self.keep(code.co_firstlineno, name, frame.f_locals[name])
        return _Followed(self, frame).step

    def begun(self, line: int) -> Statement | None:
        """The statement on a line, which begins now or goes on."""
        one = self._on_line.get(line)
        if one:
            self._begun.add(one.first)
        return one

    def missed(self) -> Iterator[int]:
        """The lines of statements that were not begun, of the functions that were entered."""
        for function in _statements(self._body):
            if isinstance(function, ast.FunctionDef) and function.lineno in self._entered:
                for node in _statements(function.body):
                    if isinstance(node, _THAT_DO) and node.lineno not in self._begun:
                        yield node.lineno

    def goes_on(self) -> bool:
        """Count a step, and tell whether there may be another."""
        self._steps += 1
        self.is_over = self.is_over or self._steps > MOST_STEPS
        return not self.is_over

    def settle(self, one: Statement, frame: FrameType) -> None:
        """Note what a statement that has run has made."""
        for given in one.given:
            with contextlib.suppress(BaseException):
                self.keep(one.first, ast.unparse(given), _read(given, frame.f_locals))

    def keep(self, line: int, name: str, value: Any) -> None:
        """Note a value: a later step may write into it."""
        noted, rounds = self.made.get((line, name), ([], 0))
        if not rounds and len(self.made) >= MOST_PLACES:
            return
        if rounds < MOST_ROUNDS or (line, name) not in self.differ:
            alike = False
            with contextlib.suppress(BaseException):
                new = _encoded(value)
                noted += [new] if rounds < MOST_ROUNDS else []
                alike = new == noted[0] and wire.loads(new)[0]
            if not alike:
                self.differ.add((line, name))
        self.made[line, name] = noted, rounds + 1


class _Followed:
    """One call of a function: a statement has made what it makes when the next one begins."""

    def __init__(self, watch: _Watch, frame: FrameType) -> None:
        self._watch = watch
        self._at: Statement | None = None
        self._is_lambda = _is_lambda(frame.f_code)

    def step(self, frame: FrameType, event: str, value: Any) -> Any:
        """Take an event of the frame."""
        if not self._watch.goes_on():
            return None
        if event == "line":
            self._line(frame)
        elif event == "exception":
            self._at = None
        elif event == "return":
            self._return(frame, value)
        return self.step

    def _line(self, frame: FrameType) -> None:
        following = self._watch.begun(frame.f_lineno)
        if following is self._at and following and following.first != following.last:
            return  # It goes on, on another of its lines.
        self._settle(frame, frame.f_lineno)
        self._at = following

    def _return(self, frame: FrameType, value: Any) -> None:
        at = self._at
        if at is None:
            return
        if at.returns or self._is_lambda:
            self._watch.keep(at.first, RETURNED, value)
        else:
            self._settle(frame, 0)

    def _settle(self, frame: FrameType, line: int) -> None:
        at = self._at
        if at and at.inside in (0, line):
            self._watch.settle(at, frame)


def _is_lambda(code: CodeType) -> bool:
    return code.co_name == "<lambda>"


def _encoded(value: Any) -> bytes:
    """A value as it is now; of a large one its shape, or the name of its kind."""
    data = wire.dumps((True, _with_hidden(value)))
    return data if len(data) <= MOST_BYTES else wire.dumps((False, calling.shape(value)))


def _with_hidden(value: Any) -> Any:
    """A value in which entries that ``np.ma`` hides are told as that, not by what they hide."""
    if type(value) in (list, tuple):
        return type(value)(map(_shown, value))
    return _shown(value)


def _shown(value: Any) -> Any:
    if value is np.ma.masked:
        return _HIDDEN
    if type(value) is not np.ma.MaskedArray or value.size > MOST_HIDING or value.dtype == object:
        return value
    return _hidden_for_none(value.tolist())


def _hidden_for_none(entry: Any) -> Any:
    """Nested lists of numbers with what is hidden, which NumPy gives as None."""
    if isinstance(entry, list):
        return [_hidden_for_none(one) for one in entry]
    return _HIDDEN if entry is None else entry


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """All statements, those inside of others after these."""
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.stmt):
                yield node


def _statement(node: ast.stmt) -> Statement:
    begins = node.body[0].lineno if isinstance(node, ast.For) else 0
    given = tuple(_given_values(node))
    return Statement(node.lineno, _last_line(node), given, begins, isinstance(node, ast.Return))


def _last_line(node: ast.stmt) -> int:
    """The last line of a statement, or of the head of one that holds others."""
    inside: Sequence[ast.stmt] = getattr(node, "body", ())
    last = inside[0].lineno - 1 if inside else node.end_lineno or node.lineno
    return max(node.lineno, last)


def _given_values(node: ast.stmt) -> Iterator[ast.expr]:
    """What a statement gives values, or into whose values it writes."""
    match node:
        case ast.Assign(targets=targets):
            for target in targets:
                yield from _parts(target)
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target) | ast.For(target=target):
            yield from _parts(target)
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() as changed))):
            yield changed


def _parts(target: ast.expr) -> Iterator[ast.expr]:
    match target:
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _parts(part)
        case ast.Subscript(value=ast.Name() as whole, slice=index):
            yield target if _is_plain(index) else whole
        case ast.Name():
            yield target


def _is_plain(index: ast.expr) -> bool:
    """Whether an index is made of names and numbers alone, so that it can be read again."""
    plain = ast.Name, ast.Constant, ast.Tuple, ast.BinOp, ast.UnaryOp
    also = ast.operator, ast.unaryop, ast.expr_context
    return all(isinstance(part, (*plain, *also)) for part in ast.walk(index))


def _read(given: ast.expr, names: Mapping[str, Any]) -> Any:
    """The value of what was given one."""
    if isinstance(given, ast.Name):
        return names[given.id]
    return eval(ast.unparse(given), {}, dict(names))
