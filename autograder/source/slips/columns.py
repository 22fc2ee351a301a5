"""A column that meets a vector entry by entry, which makes a whole table: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, names_given, walk

#: The words of what can make a column.
MAKES_COLUMNS = {"reshape", "newaxis", "expand_dims", "[:, None]", "[:, ...]"}
_ENTRY_BY_ENTRY = (ast.Add, ast.Sub, ast.Mult, ast.Div)
#: What stands for an axis of length 1.
_NEW_AXIS = {"None", "np.newaxis", "numpy.newaxis"}


def column_slips(unit: ast.AST) -> Iterator[Slip]:
    """List lines that calculate entry by entry with a column on one side alone.

    Parameters
    ----------
    unit : ast.AST
    """
    nodes = walk(unit)
    columns = names_given(nodes, _makes_column) - names_given(nodes, _makes_something_else)
    for node in nodes:
        match node:
            case ast.BinOp(left, op, right) if isinstance(op, _ENTRY_BY_ENTRY):
                sides = [_is_column(side, columns) for side in (left, right)]
                other = left if sides[1] else right
                if sum(sides) == 1 and _may_be_vector(other):
                    yield Slip("column met", node.lineno, "")


def _makes_something_else(value: ast.expr) -> bool:
    return not _makes_column(value)


def _is_column(side: ast.expr, columns: set[str]) -> bool:
    return _makes_column(side) or (isinstance(side, ast.Name) and side.id in columns)


def _makes_column(value: ast.expr) -> bool:
    """Whether it makes one number a row of something, for all that can be seen."""
    match value:
        case ast.Call(ast.Attribute(attr="reshape"), args=given):
            sizes = given[-1].elts if given and isinstance(given[-1], ast.Tuple) else given[-2:]
            return len(sizes) == 2 and ast.unparse(sizes[1]) == "1"
        case ast.Subscript(slice=ast.Tuple([ast.Slice(None, None, None), last])):
            return ast.unparse(last) in _NEW_AXIS
        case ast.Call(ast.Attribute(attr="expand_dims"), [_, axis]):
            return ast.unparse(axis) in ("1", "-1")
    return False


def _may_be_vector(side: ast.expr) -> bool:
    """Whether it is neither a number that stands there nor made into a row or a matrix there."""
    match side:
        case ast.UnaryOp(operand=operand):
            return _may_be_vector(operand)
        case ast.Subscript(slice=ast.Tuple()):
            return False
    return not isinstance(side, ast.Constant | ast.BinOp | ast.Call)
