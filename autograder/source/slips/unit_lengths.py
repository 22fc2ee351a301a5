"""A vector divided by its own length, where that length may be meant: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from ..trees import Slip, names_given, walk

#: What keeps a length from being 0.
_AT_LEAST = {"max", "maximum"}


def unit_lengths(unit: ast.AST) -> Iterator[Slip]:
    """List lines that divide a vector by its length.

    Parameters
    ----------
    unit : ast.AST
    """
    nodes = walk(unit)
    for node in nodes:
        match node:
            case (
                ast.BinOp(ast.Name(id=of), ast.Div(), by)
                | ast.AugAssign(ast.Name(id=of), ast.Div(), by)
                | ast.Call(ast.Attribute(attr="divide"), [ast.Name(id=of), by])
            ) if _is_length(by, of, _lengths(nodes, of)):
                yield Slip("unit length", node.lineno, of)


def _lengths(nodes: Sequence[ast.AST], of: str) -> set[str]:
    """The names that hold the length of a vector, and nothing else."""
    given = names_given(nodes, lambda value: _is_length(value, of, ()))
    return given - names_given(nodes, lambda value: not _is_length(value, of, ()))


def _is_length(value: ast.expr, of: str, lengths: Collection[str]) -> bool:
    """Whether it is the length of a vector, or that with a number that keeps it from being 0."""
    match value:
        case ast.Name(id=name):
            return name in lengths
        case ast.Call(ast.Attribute(attr="norm"), [vector], []):
            return ast.unparse(vector) == of
        case ast.Call(func, [inner], []) if _name(func) == "sqrt":
            return _is_sum_of_squares(inner, of)
        case ast.BinOp(inner, ast.Pow(), ast.Constant(0.5)):
            return _is_sum_of_squares(inner, of)
        case ast.BinOp(inner, ast.Add(), ast.Constant()):
            return _is_length(inner, of, lengths)
        case ast.Call(func, args) if _name(func) in _AT_LEAST:
            several = getattr(args[0], "elts", args) if args else []
            others = [one for one in several if not isinstance(one, ast.Constant)]
            return len(others) == 1 and _is_length(others[0], of, lengths)
    return False


def _is_sum_of_squares(value: ast.expr, of: str) -> bool:
    """Whether it adds up the squares of all numbers of a vector."""
    squares = {f"{of} ** 2", f"{of} * {of}", f"np.square({of})"}
    match value:
        case ast.BinOp(left, ast.MatMult(), right):
            return ast.unparse(left) == ast.unparse(right) == of
        case ast.Call(func, [left, right]) if _name(func) in {"dot", "inner", "vdot"}:
            return ast.unparse(left) == ast.unparse(right) == of
        case ast.Call(func, [inner], []) if _name(func) == "sum":
            return ast.unparse(inner) in squares
        case ast.Call(ast.Attribute(inner, "sum"), [], []):
            return ast.unparse(inner) in squares
    return False


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))
