"""A sum that a loop adds to itself, in place of what each round has for it: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, bound_in, names_given, names_in, walk
from .kept_sums import is_zero


def doubled(unit: ast.AST) -> Iterator[Slip]:
    """List where a loop adds a name that begins with 0 to itself.

    Parameters
    ----------
    unit : ast.AST
    """
    nodes = walk(unit)
    zero = names_given(nodes, is_zero)
    for loop in nodes if zero else ():
        if not isinstance(loop, ast.For | ast.While):
            continue
        anew = set[str]()
        for statement in loop.body:
            name = _added_to_itself(statement)
            if name in zero:
                kind = "doubled anew" if name in anew else "added to itself"
                yield Slip(kind, statement.lineno, name)
            given = names_given([statement], lambda value: True)
            fresh = {one for one in given if one not in _read_by(statement)}
            anew = (anew - bound_in(statement)) | fresh


def _read_by(statement: ast.stmt) -> frozenset[str]:
    """The names of which an assignment makes its value."""
    return names_in(statement.value) if isinstance(statement, ast.Assign) else frozenset()


def _added_to_itself(statement: ast.stmt) -> str:
    """The name that a statement adds to itself; empty if it is no such one."""
    match statement:
        case ast.AugAssign(ast.Name(id=name), ast.Add(), ast.Name(id=added)):
            return name if added == name else ""
        case ast.Assign([ast.Name(id=name)], ast.BinOp(ast.Name(id=one), ast.Add(), other)):
            return name if one == name and ast.unparse(other) == name else ""
    return ""
