"""What is worked out of an argument and read by no line: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..changes.unread import unread_in
from ..trees import Slip, walk


def worked_out_in_vain(unit: ast.AST, parameters: Sequence[str]) -> Iterator[Slip]:
    """A value that no line reads, of an argument that goes into nothing else.

    Parameters
    ----------
    unit : ast.AST
    parameters : sequence of str
        The function's own.
    """
    # What gives nothing back has worked out all in vain.
    if not (isinstance(unit, ast.FunctionDef) and any(map(_gives_back, walk(unit)))):
        return
    unread = unread_in(unit)
    read = _read(walk(unit)) if unread else []
    for node in walk(unit) if unread else ():
        match node:
            case ast.Assign([ast.Name(id=name)], value) if unread.get(name) == node.lineno:
                used = [one for one in _read(walk(value)) if one in parameters and one != name]
                if any(used.count(one) == read.count(one) for one in used):
                    yield Slip("worked out in vain", node.lineno, name)


def _gives_back(node: ast.AST) -> bool:
    return isinstance(node, ast.Return) and node.value is not None


def _read(nodes: Sequence[ast.AST]) -> list[str]:
    """The names that some code reads, as often as it does."""
    names = (node for node in nodes if isinstance(node, ast.Name))
    return [node.id for node in names if isinstance(node.ctx, ast.Load)]
