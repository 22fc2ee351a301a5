"""Conditions on what was set just before, so that they hold for all of it or for none.

See ``listing``. What a name can hold is worked out from how it was set: of comparisons with numbers
that is exact.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..trees import Slip, changed_in, name_called, names_in, walk
from .values import COMPARED, number

_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
}  # fmt: skip
_LARGER, _SMALLER = {"maximum", "max", "fmax"}, {"minimum", "min", "fmin"}
#: What makes numbers of yes and no.
_AS_NUMBERS = {"array", "asarray", "float", "int", "diag"}
Test = Callable[[float], bool]


@dataclass(frozen=True)
class _Question:
    """A comparison of a name with a number."""

    name: str
    bound: float
    compared: Callable[[float, float], bool]

    def holds(self, value: float) -> bool:
        return self.compared(value, self.bound)


@dataclass(frozen=True)
class _Left:
    """What a name can hold once it is set: numbers of a kind, and some that are put there.

    Attributes
    ----------
    name : str
    keeps : callable
        Whether a number can be among them that stood there before.
    put : tuple of float
    bounds : tuple of float
        Where the answers of `keeps` can change.
    """

    name: str
    keeps: Test
    put: tuple[float, ...]
    bounds: tuple[float, ...]

    def answers(self, question: _Question) -> set[bool]:
        """What a question can be answered with."""
        ends = sorted({*self.bounds, *self.put, question.bound})
        tried = [ends[0] - 1, *ends, *((a + b) / 2 for a, b in pairwise(ends)), ends[-1] + 1]
        return {question.holds(value) for value in tried if value in self.put or self.keeps(value)}


def decided(unit: ast.AST) -> Iterator[Slip]:
    """List conditions that hold for all, or for none, of what a line above them has set.

    Parameters
    ----------
    unit : ast.AST
    """
    for node in walk(unit):
        for field in ("body", "orelse"):
            found = getattr(node, field, None)
            block: list[ast.stmt] = found if isinstance(found, list) else []
            for at, statement in enumerate(block):
                left = _left_by(statement)
                if left is not None:
                    yield from _asked_below(left, statement, block[at + 1 :])


def _asked_below(left: _Left, setting: ast.stmt, below: Sequence[ast.stmt]) -> Iterator[Slip]:
    """The conditions on a name that are asked until it may hold something else."""
    for statement in below:
        changes = left.name in changed_in(statement)
        if isinstance(statement, ast.For | ast.While | ast.With | ast.Try) and changes:
            return
        # Of two choices that overwrite each other it is told which numbers come into both.
        if not (_chooses(setting) and _chooses(statement)):
            nodes = walk(statement)
            if isinstance(statement, ast.If) and changes:
                nodes = [statement, *walk(statement.test)]
            for question, line, answer in _telling(nodes):
                if question.name == left.name and left.answers(question) == {answer}:
                    kind = "holds for all" if answer else "holds for none"
                    yield Slip(kind, line, left.name)
        if changes or _may_change(statement, left.name):
            return


def _may_change(statement: ast.stmt, name: str) -> bool:
    """Whether something may happen to an array by a call, or under another name from now on."""
    match statement:
        case ast.Expr():
            return name in names_in(statement) and name_called(statement.value) != "print"
        case ast.Assign(value=ast.Name(id=other)):
            return name == other
    return False


def _chooses(statement: ast.stmt) -> bool:
    """Whether a statement overwrites what fulfils a condition, and leaves all else."""
    match statement:
        case ast.If(body=[ast.Assign()], orelse=[]) | ast.Assign(
            [ast.Subscript(slice=ast.Compare())]
        ):
            return True
    return False


def _question(node: ast.expr) -> _Question | None:
    """What a comparison asks of a name, if it is one with a number."""
    match node:
        case ast.Compare(ast.Name(id=name), [op], [other]):
            how = type(op)
        case ast.Compare(other, [op], [ast.Name(id=name)]):
            how = _FLIPPED.get(type(op), ast.In)
        case _:
            return None
    bound = number(other)
    if bound is None or how not in COMPARED:
        return None
    return _Question(name, bound, COMPARED[how])


def _left_by(statement: ast.stmt) -> _Left | None:
    """What a name can hold once a statement is done; None where that isn't known."""
    match statement:
        case ast.Assign([ast.Name(id=name)], ast.Call(args=[test, one, other]) as call) if (
            name_called(call) == "where"
        ):
            return _left_by_choice(name, test, one, other)
        case ast.Assign([ast.Name(id=name)], ast.Call(args=[one, other]) as call):
            return _left_by_limit(name, name_called(call), one, other)
        case ast.Assign([ast.Subscript(ast.Name(id=name) as kept, slice=test)], value):
            return _left_by_choice(name, test, value, kept)
        case ast.If(ast.Compare() as test, [ast.Assign([ast.Name(id=name) as kept], value)], []):
            return _left_by_choice(name, test, value, kept)
    return None


def _left_by_choice(name: str, test: ast.expr, one: ast.expr, other: ast.expr) -> _Left | None:
    """What is left where some numbers are kept, as a condition on them says, or all replaced."""
    question, numbers = _question(test), (number(one), number(other))
    if question is None:
        return None
    put = tuple(value for value in numbers if value is not None)
    kept = [side for side, value in zip((one, other), numbers, strict=True) if value is None]
    if not put or any(not (isinstance(k, ast.Name) and k.id == question.name) for k in kept):
        return None
    wanted = numbers[0] is None  # Those are kept for which it holds.

    def keeps(value: float) -> bool:
        return bool(kept) and question.holds(value) is wanted

    return _Left(name, keeps, put, (question.bound,))


def _left_by_limit(name: str, how: str, one: ast.expr, other: ast.expr) -> _Left | None:
    """What is left of numbers that are raised to a limit, or brought down to one."""
    limit = number(other) if number(one) is None else number(one)
    if limit is None or how not in _LARGER | _SMALLER:
        return None
    largest, smallest = (limit, -math.inf) if how in _SMALLER else (math.inf, limit)
    return _Left(name, lambda value: smallest <= value <= largest, (limit,), (limit,))


def _telling(nodes: Sequence[ast.AST]) -> Iterator[tuple[_Question, int, bool]]:
    """The questions of some code, each with its line and an answer by which one number is left.

    Where an answer only keeps what stands there it does no harm.
    """
    for node in nodes:
        for test, chosen in _choices(node):
            question = _question(test)
            for answer, found in zip((True, False), chosen, strict=True):
                if question is not None and found:
                    yield question, test.lineno, answer


def _choices(node: ast.AST) -> Iterator[tuple[ast.expr, tuple[bool, bool]]]:
    """The conditions of a node, each with whether yes, and whether no, makes one number of all."""
    match node:
        case ast.Call(args=[test, one, other]) if name_called(node) == "where":
            yield test, (number(one) is not None, number(other) is not None)
        case ast.IfExp(test, one, other):
            yield test, (number(one) is not None, number(other) is not None)
        case ast.If(test, body, orelse):
            yield test, (_gives_a_number(body), _gives_a_number(orelse))
        case ast.Assign([ast.Subscript(slice=test)], value):
            yield test, (number(value) is not None, False)
        case ast.Call(ast.Attribute(test, "astype")):
            yield test, (True, True)
        case ast.Call(args=[test, *_]) if name_called(node) in _AS_NUMBERS:
            yield test, (True, True)
        case ast.BinOp(test, ast.Mult(), ast.Constant()) | ast.BinOp(
            ast.Constant(), ast.Mult(), test
        ):
            yield test, (True, True)
        case ast.Return(ast.Compare() as test):
            yield test, (True, True)


def _gives_a_number(block: Sequence[ast.stmt]) -> bool:
    match block:
        case [ast.Assign(value=value)] | [ast.Return(ast.expr() as value)]:
            return number(value) is not None
    return False
