"""What is written into an array that was made just for that, and that nothing keeps."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from ..trees import Slip, names_given

#: Methods and functions that give a new array or list whatever they get.
_MAKES_ANEW = {"array", "astype", "copy", "flatten", "list", "sorted", "tolist"}


def written_to_copies(nodes: Sequence[ast.AST]) -> Iterator[Slip]:
    """Places of what is picked out by a condition, or made on the spot, that get a value.

    Parameters
    ----------
    nodes : sequence of ast.AST
        A function's.
    """
    masks = names_given(nodes, is_mask)
    for node in nodes:
        match node:
            case (
                ast.Assign(targets=[ast.Subscript(value=into)])
                | ast.AugAssign(target=ast.Subscript(value=into))
            ) if _is_new(into, masks) and (name := _copied(into)):
                yield Slip("written to a copy", node.lineno, name)


def _is_new(value: ast.expr, masks: Collection[str]) -> bool:
    """Whether an expression makes an array or a list that nothing else holds."""
    match value:
        case ast.Subscript(slice=ast.Name(id=name)):
            return name in masks
        case ast.Subscript(slice=picked):
            return is_mask(picked)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in _MAKES_ANEW
    return False


def _copied(value: ast.expr) -> str:
    """The name of what a new array is made of; empty if it has none."""
    match value:
        case ast.Name(id=name):
            return name
        case ast.Call(func=ast.Attribute(value=of)) if ast.unparse(of) not in ("np", "numpy"):
            return _copied(of)
        case ast.Call(args=[of, *_]) | ast.Subscript(value=of):
            return _copied(of)
    return ""


def is_mask(value: ast.expr) -> bool:
    """Tell whether a value is a yes or no for each entry, as far as the code shows that."""
    match value:
        case ast.Compare(
            ops=[ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE() | ast.Eq() | ast.NotEq()]
        ):
            return True
        case ast.UnaryOp(op=ast.Invert(), operand=of):
            return is_mask(of)
    return False
