"""A table that gets other rows and columns by ``reshape``, where it may be meant to be turned."""

from __future__ import annotations

import ast
from collections.abc import Sequence

_RESHAPES = ("reshape", "resize")
#: What makes one row of a table, as is often done before that is put into a shape.
_IN_A_ROW = ("ravel", "flatten")


def turned_instead(node: ast.Call) -> ast.expr | None:
    """Give what turns the table that a call of ``reshape`` puts into another one; None for no such.

    It stops for a vector, in which there is nothing to turn.
    """
    match node:
        case ast.Call(ast.Attribute(ast.Name(id="np" | "numpy"), attr), [table, shape]):
            sizes: Sequence[ast.expr] = [shape]
        case ast.Call(ast.Attribute(table, attr), [*sizes]):
            pass
        case _:
            return None
    if attr not in _RESHAPES or not _has_rows_and_columns(sizes):
        return None
    match table:
        case ast.Call(ast.Attribute(of, in_a_row), []) if in_a_row in _IN_A_ROW:
            table = of
    return _turned(table)


def name_turned_instead(node: ast.stmt) -> ast.stmt | None:
    """Give the same for a table that gets another shape under its own name, as by ``.shape =``."""
    match node:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name(id=name), "resize"), [*sizes])):
            pass
        case ast.Assign([ast.Attribute(ast.Name(id=name), "shape")], shape):
            sizes = [shape]
        case _:
            return None
    if not _has_rows_and_columns(sizes):
        return None
    return ast.Assign([ast.Name(name, ast.Store())], _turned(ast.Name(name, ast.Load())))


def _turned(table: ast.expr) -> ast.expr:
    axes: list[ast.expr] = [ast.Constant(0), ast.Constant(1)]
    return ast.Call(ast.Attribute(table, "swapaxes", ast.Load()), axes, [])


def _has_rows_and_columns(sizes: Sequence[ast.expr]) -> bool:
    """Whether there is a number of rows and one of columns, neither of them 1 for certain."""
    match sizes:
        case [ast.Tuple(each) | ast.List(each)]:
            pass
        case [ast.Constant() | ast.UnaryOp()]:
            return False
        case [_]:
            return True
        case each:
            pass
    ones = [one for one in each if isinstance(one, ast.Constant) and one.value == 1]
    return len(each) == 2 and not ones
