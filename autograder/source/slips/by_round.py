"""What goes by the number of a round, or is scaled in each: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..trees import Slip, name_called, names_in, walk


def scaled_arguments(unit: ast.AST, parameters: Sequence[str]) -> Iterator[Slip]:
    """An argument, by whatever name, that is multiplied or divided by a number within a loop.

    What the loop gives another value as well is meant to change.
    """
    own = {*parameters}
    for node in walk(unit):
        match node:
            case ast.Assign([ast.Name(id=name)], ast.Name(id=of)) if of in parameters:
                own.add(name)
    for loop in walk(unit):
        if not isinstance(loop, ast.For | ast.While):
            continue
        scaled = list[tuple[int, str]]()
        for node in walk(loop):
            match node:
                case ast.AugAssign(ast.Name(id=name), ast.Mult() | ast.Div(), ast.Constant()):
                    pass
                case ast.Assign(
                    [ast.Name(id=name)],
                    ast.BinOp(ast.Name(id=of), ast.Mult() | ast.Div(), ast.Constant()),
                ) if of == name:
                    pass
                case _:
                    continue
            scaled.append((node.lineno, name))
        nodes = [node for node in walk(loop) if isinstance(node, ast.Name)]
        stored = [node.id for node in nodes if isinstance(node.ctx, ast.Store)]
        for line, name in scaled:
            if name in own and stored.count(name) == [of for _, of in scaled].count(name):
                yield Slip("argument scaled", line, name)


def by_round(unit: ast.AST, parameters: Sequence[str]) -> Iterator[Slip]:
    """What is calculated with the number of the round, of which a parameter says how many."""
    for loop in walk(unit):
        match loop:
            case ast.For(ast.Name(id=name), ast.Call(ast.Name(id="range"), [*_, end])) if names_in(
                end
            ) and names_in(end) <= {*parameters}:
                yield from (
                    Slip("of the round", line, name)
                    for statement in loop.body
                    for line in _calculates_with(name, statement)
                )


def _calculates_with(name: str, node: ast.AST) -> Iterator[int]:
    """The lines that calculate with a name, or hand it to a function; not those of its places."""
    match node:
        case ast.Subscript(value=value):
            yield from _calculates_with(name, value)
            return
        case ast.If(body=body, orelse=[]) if all(map(_only_prints, body)):
            return
        case ast.Call(func=ast.Name(id="print" | "range" | "str" | "len")) | ast.JoinedStr():
            return
        case ast.Call(args=args) if any(_is_name(arg, name) for arg in args):
            yield node.lineno
        case ast.BinOp(left=left, right=right) if _is_name(left, name) or _is_name(right, name):
            yield node.lineno
    for child in ast.iter_child_nodes(node):
        yield from _calculates_with(name, child)


def _only_prints(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and name_called(statement.value) == "print"


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
