"""A matrix out of a list that meets something entry by entry, where nothing is added up."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..trees import Slip, names_in, walk

#: What adds up what a product makes, or is a product of matrices itself.
_ADDS = {"sum", "fsum", "cumsum", "einsum", "reduce"}


def matrix_by_entries(unit: ast.AST, lists: Sequence[str]) -> Iterator[Slip]:
    """List products with ``*`` with an entry of a list that came in.

    Parameters
    ----------
    unit : ast.AST
    lists : sequence of str
        The parameters that may hold matrices, which only shows when it runs.
    """
    nodes = walk(unit)
    if any(getattr(node, "attr", getattr(node, "id", "")) in _ADDS for node in nodes):
        return
    met = {id(part) for node in nodes if _adds_up(node) for part in walk(node)}
    out_of = {name: of for node in nodes for name, of in _gone_through(node) if of in lists}
    for node in nodes:
        match node:
            case ast.BinOp(left, ast.Mult(), right):
                of = [_whose(side, lists, out_of) for side in (left, right)]
                other = left if of[1] else right
                if bool(of[0]) != bool(of[1]) and _may_be_vector(other) and id(node) not in met:
                    yield Slip("matrix by entries", node.lineno, of[0] or of[1])


def _gone_through(loop: ast.AST) -> Iterator[tuple[str, str]]:
    """The names of a loop, each with the one name that stands in what it goes through."""
    match loop:
        case ast.For(ast.Tuple(targets), ast.Call(ast.Name(id="zip"), lists)):
            pairs = list(zip(targets, lists, strict=False))
        case ast.For(target, made):
            pairs = [(target, made)]
        case _:
            return
    for target, made in pairs:
        of = names_in(made) - {"reversed", "list", "len"}
        if isinstance(target, ast.Name) and len(of) == 1:
            yield target.id, min(of)


def _whose(side: ast.expr, lists: Sequence[str], out_of: dict[str, str]) -> str:
    """The list of which a side of a product is a whole entry; empty if it is of none."""
    match side:
        case ast.Subscript(ast.Name(id=name), place) if name in lists:
            return "" if isinstance(place, ast.Slice | ast.Tuple) else name
        case ast.Name(id=name):
            return out_of.get(name, "")
        case ast.Attribute(value, "T"):
            return _whose(value, lists, out_of)
    return ""


def _may_be_vector(side: ast.expr) -> bool:
    match side:
        case ast.Subscript(slice=place):
            return not isinstance(place, ast.Tuple)
    return isinstance(side, ast.Name)


def _adds_up(node: ast.AST) -> bool:
    """Whether what stands there is added up: in a product of matrices, or to what is there."""
    match node:
        case ast.AugAssign(op=ast.Add()) | ast.BinOp(op=ast.Add()):
            return True
        case ast.BinOp(op=ast.MatMult()) | ast.Call(ast.Attribute(attr="dot" | "matmul")):
            return True
    return False
