"""A list of which the first entry and the last are taken, as if there were always two."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..trees import Slip, names_in, walk

#: What stands inside of these is looked at, and nothing is done with it but for its size.
_SIZES = {"shape", "size", "ndim", "dtype"}
_AT_TIMES = (ast.For, ast.While, ast.If, ast.IfExp, ast.ListComp, ast.GeneratorExp, ast.Try)


def first_and_last(unit: ast.AST, parameters: Sequence[str]) -> Iterator[Slip]:
    """List the lines that take the first entry of an argument, where another takes the last.

    Both do so however many there are: of a list with a single entry it is the same one. The second
    of two such places is that of the last entry.

    Parameters
    ----------
    unit : ast.AST
    parameters : sequence of str
    """
    body = unit.body if isinstance(unit, ast.FunctionDef) else []
    always = [one for one in body if not any(isinstance(part, _AT_TIMES) for part in walk(one))]
    for name in parameters:
        if any(_is_given(name, one) for one in body):
            continue
        taken = [(one, entry) for one in always for entry in _entries(name, one)]
        ends = [(one, entry) for one, entry in taken if _from_the_end(entry.slice, name, body) == 1]
        for one, entry in taken:
            last = next((end.lineno for at, end in ends if at is not one), 0)
            if ast.unparse(entry.slice) == "0" and last:
                yield Slip("first and last", entry.lineno, name)
                yield Slip("first and last", last, name)
                break


def _is_given(name: str, statement: ast.stmt) -> bool:
    """Whether a statement gives a name another value."""
    stored = (ast.Store, ast.Del)
    return any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, stored)
        for node in walk(statement)
    )


def _entries(name: str, statement: ast.stmt) -> Iterator[ast.Subscript]:
    """The entries of a list that a statement calculates with."""
    sized = {
        id(part)
        for node in walk(statement)
        if (isinstance(node, ast.Attribute) and node.attr in _SIZES)
        or (isinstance(node, ast.Call) and ast.unparse(node.func) in ("len", "np.shape"))
        for part in walk(node)
    }
    for node in walk(statement):
        match node:
            case ast.Subscript(ast.Name(id=of), ctx=ast.Load()) if of == name:
                if id(node) not in sized:
                    yield node


def _from_the_end(index: ast.expr, name: str, body: Sequence[ast.stmt]) -> int | None:
    """How far a place is from behind the last one, where that is known: 1 for the last."""
    match index:
        case ast.UnaryOp(ast.USub(), ast.Constant(int(number))):
            return number
    beyond = _beyond_length(index, name, body)
    return None if beyond is None else -beyond


def _beyond_length(value: ast.expr, name: str, body: Sequence[ast.stmt]) -> int | None:
    """What is added to a list's length, also under another name that is given once."""
    match value:
        case ast.Call(ast.Name("len"), [ast.Name(id=of)]) if of == name:
            return 0
        case ast.BinOp(left, ast.Add() | ast.Sub() as op, ast.Constant(int(number))):
            rest = _beyond_length(left, name, body)
            added = number if isinstance(op, ast.Add) else -number
            return None if rest is None else rest + added
        case ast.Name(id=other) if other != name:
            given = [
                one
                for one in body
                if isinstance(one, ast.Assign) and [*map(ast.unparse, one.targets)] == [other]
            ]
            times = sum(_is_given(other, one) for one in body)
            if len(given) == times == 1 and other not in names_in(given[0].value):
                return _beyond_length(given[0].value, name, body)
    return None
