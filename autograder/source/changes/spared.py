"""The lines that nothing needs any more where some code is left out."""

from __future__ import annotations

import ast
import copy
from collections.abc import Sequence

from ..trees import names_in

#: Changes that leave something out.
LEAVE_OUT = {"part", "needed"}


def spared_lines(function: ast.FunctionDef, node: ast.AST, others: Sequence[ast.AST]) -> list[int]:
    """Give the lines that make a value for nothing but what a change leaves out.

    Parameters
    ----------
    function : ast.FunctionDef
    node : ast.expr or ast.stmt
        What stands there now.
    others : sequence of (ast.expr or ast.stmt)
        What stands there with the change: one, or several statements.
    """
    at = next(at for at, one in enumerate(ast.walk(function)) if one is node)
    changed = copy.deepcopy(function)
    _Put(next(one for i, one in enumerate(ast.walk(changed)) if i == at), others).visit(changed)
    lines = _lines_needed(function) - _lines_needed(changed)
    return sorted(lines - {getattr(node, "lineno", 0)})


class _Put(ast.NodeTransformer):
    """Put something in the place of a node."""

    def __init__(self, node: ast.AST, others: Sequence[ast.AST]) -> None:
        self._node, self._others = node, others

    def visit(self, node: ast.AST) -> object:
        if node is not self._node:
            return super().visit(node)
        return self._others[0] if isinstance(node, ast.expr) else list(self._others)


def _lines_needed(function: ast.FunctionDef) -> set[int]:
    """The lines that give a name a value of which something is made that is given back."""
    makers: list[tuple[str, frozenset[str], int]] = []
    needed: set[str] = set()
    waiting: list[ast.AST] = [*function.body]
    for node in waiting:
        match node:
            case ast.Assign([ast.Name(id=name)]) | ast.AugAssign(ast.Name(id=name)):
                makers.append((name, names_in(node.value), node.lineno))
            case ast.Name(id=name, ctx=ast.Load()):
                needed.add(name)
            case _:
                waiting += ast.iter_child_nodes(node)
    found: set[int] = set()
    while new := {line for name, _, line in makers if name in needed} - found:
        found |= new
        needed.update(*(reads for _, reads, line in makers if line in found))
    return found
