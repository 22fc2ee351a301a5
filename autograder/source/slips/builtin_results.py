"""A function that is returned in place of a result: see ``listing``."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence

from ..trees import Slip, bound_in, walk

_OWN = {name for name, one in vars(builtins).items() if callable(one) and name.islower()}


def returned_builtins(units: Sequence[ast.AST]) -> Iterator[Slip]:
    """List lines that return such a function by its name, alone or beside something else.

    Parameters
    ----------
    units : sequence of ast.AST
        All that a function reaches: none of it gives that name a value.
    """
    nodes = [node for unit in units for node in walk(unit)]
    given = {name for unit in units for name in bound_in(unit)}
    given |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    given |= {getattr(node, "name", "") for node in nodes}
    for node in nodes:
        if isinstance(node, ast.Return) and node.value:
            for one in getattr(node.value, "elts", [node.value]):
                if isinstance(one, ast.Name) and one.id in _OWN - given:
                    yield Slip("function returned", node.lineno, one.id)


def returned_functions(unit: ast.AST) -> Iterator[Slip]:
    """List lines that return a function which is made there, with what that still waits for.

    Parameters
    ----------
    unit : ast.AST
        The function that is asked for: what a helper gives may be called.
    """
    if not isinstance(unit, ast.FunctionDef) or unit.decorator_list:
        return
    made = {node.name: node for node in unit.body if isinstance(node, ast.FunctionDef)}
    for node in _own_nodes(unit):
        match node:
            case ast.Return(ast.Lambda(args)):
                pass
            case ast.Return(ast.Name(name)) if name in made and not made[name].decorator_list:
                args = made[name].args
            case _:
                continue
        if args.args and not args.defaults:
            yield Slip("made function returned", node.lineno, args.args[0].arg)


def _own_nodes(unit: ast.FunctionDef) -> Iterator[ast.AST]:
    """What stands in a function, but for the functions in it."""
    waiting: list[ast.AST] = [*unit.body]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)
