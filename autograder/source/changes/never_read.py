"""Entries of a parameter whose numbers no line reads, in the place of what is calculated with."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..phrases import Said, said
from ..slips.calls import only_counted
from ..trees import WIDEST, name_called, walk

#: A change that puts such an entry in the place of something else.
NEVER_READ = "never_read"
_PRODUCTS = {"dot", "matmul", "outer", "multiply", "inner", "einsum", "tensordot", "vdot"}


def never_read_in(function: ast.FunctionDef) -> list[str]:
    """The parameters of a function of which it reads no more than how many entries they have.

    Parameters
    ----------
    function : ast.FunctionDef
    """
    names = [argument.arg for argument in function.args.args]
    found = only_counted(function, walk(function), names)
    return [one.name for one in found if one.kind == "only counted"]


def entries_never_read(
    value: ast.expr, around: Sequence[ast.AST], names: Sequence[str]
) -> Iterator[tuple[str, ast.expr]]:
    """Yield what could stand in the place of one side of a product in a loop that counts.

    Parameters
    ----------
    value : ast.expr
    around : sequence of ast.AST
        What it stands in, from the outermost inwards.
    names : sequence of str
        The parameters of which nothing is read: see `never_read_in`.
    """
    is_side = isinstance(value, ast.Name | ast.Subscript | ast.Call) and _is_a_side(value, around)
    for name in names if is_side else ():
        for counter in _counters(around):
            index = ast.Name(counter, ast.Load())
            places = [ast.BinOp(index, op, ast.Constant(1)) for op in (ast.Add(), ast.Sub())]
            for place in (index, *places):
                of = ast.Name(name, ast.Load())
                yield NEVER_READ, ast.Subscript(of, place, ast.Load())


def _is_a_side(value: ast.expr, around: Sequence[ast.AST]) -> bool:
    """Whether something is multiplied, as it is or turned."""
    inside: ast.AST = value
    for one in reversed(around):
        match one:
            case ast.Attribute(attr="T"):
                inside = one
            case ast.Call(ast.Attribute(attr="transpose")) if one.func is inside:
                inside = one
            case ast.Attribute(attr="transpose"):
                inside = one
            case ast.BinOp(op=ast.MatMult() | ast.Mult()):
                return True
            case ast.Attribute(attr="dot"):
                return True
            case ast.Call(args=given):
                return name_called(one) in _PRODUCTS and any(inside is each for each in given)
            case _:
                return False
    return False


def _counters(around: Sequence[ast.AST]) -> list[str]:
    """The names that the loops around count with, as far as they stand first in what is set."""
    found = []
    for one in around:
        match one:
            case ast.For(ast.Name(id=name)) | ast.For(ast.Tuple([ast.Name(id=name), *_])):
                found.append(name)
    return found


def never_read_told(key: str, node: ast.AST, other: ast.AST) -> Said | None:
    """What is said of a side of a product where all is right with such an entry in its place.

    Parameters
    ----------
    key : str
        Of the sentence.
    node, other : ast.AST
        What stands there, and what stands there with the change.
    """
    code = ast.unparse(node)
    match other:
        case ast.Subscript(ast.Name(id=name)) if len(code) <= WIDEST:
            return said(key, line=getattr(node, "lineno", 0), code=code, name=name)
    return None
