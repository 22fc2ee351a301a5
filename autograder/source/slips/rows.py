"""Rows that are one and the same, and lists of entries counted by nothing: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, names_given, names_in, walk
from .loops import has_entry
from .rounds import is_one_short


def one_row(unit: ast.AST) -> Iterator[Slip]:
    """A list of one row, many times the same: ``[[0] * n] * n``, ``[row] * n``."""
    nodes = walk(unit)
    if not any(map(_fills_a_row, nodes)):
        return
    copied = {id(arg) for node in nodes if isinstance(node, ast.Call) for arg in node.args}
    lists = names_given(nodes, _is_a_list)
    for node in nodes:
        if id(node) in copied:
            continue  # as np.array does
        match node:
            case ast.BinOp(ast.List([ast.List() | ast.BinOp(left=ast.List())]), ast.Mult()):
                yield Slip("one row", node.lineno, "")
            case ast.BinOp(ast.List([ast.Name(id=name)]), ast.Mult()) if name in lists:
                yield Slip("one row", node.lineno, "")


def _fills_a_row(node: ast.AST) -> bool:
    """Whether a value gets a place in a row of a list: ``rows[i][j] = ...``."""
    match node:
        case ast.Subscript(ast.Subscript(), ctx=ast.Store()):
            return True
        case ast.Call(ast.Attribute(ast.Subscript(), "append" | "insert" | "extend")):
            return True
    return False


def _is_a_list(value: ast.expr) -> bool:
    if isinstance(value, ast.BinOp):
        value = value.left
    return isinstance(value, ast.List | ast.ListComp)


def comprehensions(unit: ast.AST) -> Iterator[Slip]:
    """Lists of entries that have nothing of what they are counted by."""
    for node in walk(unit):
        match node:
            case ast.ListComp(elt=entry, generators=[ast.comprehension(target=ast.Name(id=name))]):
                if name not in names_in(entry) and has_entry(entry):
                    yield Slip("not used", node.lineno, name)
            case ast.comprehension(iter=ast.Subscript(slice=ast.Slice(lower=None, upper=end))):
                if isinstance(end, ast.UnaryOp) and ast.unparse(end) == "-1":
                    yield Slip("but the last", node.iter.lineno, "")
            case ast.comprehension(iter=ast.Call(ast.Name(id="range"), [ast.Constant(value=1), _])):
                yield Slip("from the second", node.iter.lineno, "")
            case ast.comprehension(iter=made) if is_one_short(made):
                yield Slip("but the last", made.lineno, "")
