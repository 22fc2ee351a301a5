"""Several names that one line gives one value, ``a = b = ...``: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from ..renamed import FunctionNode, positional
from ..trees import STORES, Slip, names_given, walk
from .copies import is_mask
from .loops import base

#: What tells no more of an array than how large it is.
_ONLY_SIZE = {"len", "shape", "size", "zeros_like", "ones_like", "empty_like"}
#: What makes a new list or array, which can be written into.
_MAKES = {"zeros", "ones", "empty", "full", "eye", "copy", "array", "list", "deepcopy",
          "zeros_like", "ones_like", "empty_like", "full_like"}  # fmt: skip


def chained_slips(unit: ast.AST) -> Iterator[Slip]:
    """List lines with several ``=`` in which one of the left sides gets what is not meant for it.

    Parameters
    ----------
    unit : ast.AST
    """
    nodes = walk(unit)
    lines = [node for node in nodes if isinstance(node, ast.Assign) and node.targets[1:]]
    if not lines:
        return
    masks = names_given(nodes, is_mask)
    asked = positional(unit) if isinstance(unit, FunctionNode) else []
    by_size = {id(sized) for node in nodes if (sized := _asked_for_size(node))}
    others = [node for node in nodes if id(node) not in by_size]
    for line in lines:
        names = [one.id for one in line.targets if isinstance(one, ast.Name)]
        once = [name for name in names if _lines(nodes, name, ast.Store) == [line.lineno]]
        read = [name for name in once if any(_lines(nodes, name, ast.Load, below=line.lineno))]
        if _fills_picked(line, masks):
            yield from (Slip("value of a place", line.lineno, name) for name in read[:1])
        for name in read:
            above = [at for at in _lines(others, name, ast.Load) if at <= line.lineno]
            if name in asked and not above:
                yield Slip("argument given away", line.lineno, name)
        filled = [name for name in once if any(_fills(node, name) for node in nodes)]
        if len(filled) > 1 and _is_made_there(line.value):
            yield Slip("one for both", line.lineno, filled[0])


def _lines(
    nodes: Sequence[ast.AST], name: str, how: type[ast.expr_context], below: int = 0
) -> list[int]:
    """The lines below another in which a name is read, or given a value."""
    found = (node for node in nodes if isinstance(node, ast.Name) and node.id == name)
    return sorted(n.lineno for n in found if isinstance(n.ctx, how) and n.lineno > below)


def _fills_picked(line: ast.Assign, masks: Collection[str]) -> bool:
    """Whether one of the left sides is what a condition picks out of an array."""
    picked = [one.slice for one in line.targets if isinstance(one, ast.Subscript)]
    return any(is_mask(at) or (isinstance(at, ast.Name) and at.id in masks) for at in picked)


def _asked_for_size(node: ast.AST) -> ast.expr | None:
    """What is asked how large it is, and no more, by a piece of code."""
    match node:
        case ast.Call(ast.Name(id=how) | ast.Attribute(attr=how), [of, *_]) if how in _ONLY_SIZE:
            return of
        case ast.Attribute(of, how) if how in _ONLY_SIZE:
            return of
    return None


def _fills(node: ast.AST, name: str) -> bool:
    """Whether something is put into what a name stands for."""
    match node:
        case ast.Subscript(ctx=ast.Store()):
            return base(node) == name
        case ast.Call(ast.Attribute(ast.Name(id=of), how)):
            return of == name and how in STORES
    return False


def _is_made_there(value: ast.expr) -> bool:
    match value:
        case ast.List() | ast.ListComp() | ast.BinOp(left=ast.List()):
            return True
        case ast.Call(ast.Name(id=how) | ast.Attribute(attr=how)):
            return how in _MAKES
    return False
