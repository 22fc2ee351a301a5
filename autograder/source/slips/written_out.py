"""A result that is written out entry by entry, and so has one shape: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..trees import Slip, names_in, walk

_ARRAYS = {"array", "asarray"}


def written_out(function: ast.AST) -> Iterator[Slip]:
    """List the line that writes out what a function returns, with how many entries that has.

    Parameters
    ----------
    function : ast.AST
    """
    nodes = walk(function)
    returned = [node.value for node in nodes if isinstance(node, ast.Return) and node.value]
    if len(returned) == 1:
        # What has a name may be made an array of where it is returned.
        value = _given_once(_without_array(returned[0]), nodes)
        if count := _entries(_without_array(value)):
            yield Slip("written out", value.lineno, str(count))


def _given_once(value: ast.expr, nodes: Sequence[ast.AST]) -> ast.expr:
    """What a name is given, if one line alone gives it something; anything else as it is."""
    if not isinstance(value, ast.Name):
        return value
    stored = [one for one in nodes if isinstance(one, ast.Name) and one.id == value.id]
    stored = [one for one in stored if isinstance(one.ctx, ast.Store)]
    for node in nodes:
        match node:
            case ast.Assign([ast.Name(id=name)], given) if name == value.id and len(stored) == 1:
                return given
    return value


def _without_array(value: ast.expr) -> ast.expr:
    match value:
        case ast.Call(ast.Attribute(ast.Name(id="np" | "numpy"), name), [inner]):
            return inner if name in _ARRAYS else value
    return value


def _entries(value: ast.expr) -> int:
    """How many entries a matrix, or a vector of values, has that is written down; 0 for others."""
    if not isinstance(value, ast.List) or len(value.elts) < 2:
        return 0
    if any(isinstance(part, ast.Starred) for part in walk(value)):
        return 0
    rows = [one for one in value.elts if isinstance(one, ast.List)]
    if rows:
        is_even = len(rows) == len(value.elts) and len({len(row.elts) for row in rows}) == 1
        return len(rows) if is_even else 0
    # Numbers alone are places for what comes later, or a result that no input has a part in.
    return len(value.elts) if names_in(value) else 0
