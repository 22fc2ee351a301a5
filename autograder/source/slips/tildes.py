"""A ``~`` that is taken for ``not``: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, walk


def tildes(unit: ast.AST) -> Iterator[Slip]:
    """``~`` in a condition, which is right of what NumPy compares, and of nothing of Python's."""
    for node in walk(unit):
        conditions = list[ast.expr]()
        match node:
            case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
                conditions = [test]
            case ast.BoolOp(values=values):
                conditions = values
            case ast.comprehension(ifs=ifs):
                conditions = ifs
            case ast.Assign([ast.Name()], value):
                conditions = [value]
            case ast.Return(value=ast.expr() as value):
                conditions = [value]
        for test in conditions:
            if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Invert):
                yield Slip("tilde", test.lineno, "")
