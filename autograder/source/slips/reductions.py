"""What ``reduce`` begins with: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, names_given, names_in, walk

#: What gives whole numbers one after the other.
_COUNTS = {"range", "np.arange", "numpy.arange"}


def begins_with_an_index(unit: ast.AST) -> Iterator[Slip]:
    """Calls of ``reduce`` without a start, over numbers by which entries are taken.

    The first of these numbers then stands where the value belongs that is carried along.
    """
    nodes = walk(unit)
    counts = names_given(nodes, _is_count) - names_given(nodes, lambda one: not _is_count(one))
    for node in nodes:
        match node:
            case ast.Call(func, [ast.Lambda() as step, through], []) if _is_reduce(func):
                is_counted = _is_count(through) or ast.unparse(through) in counts
                if is_counted and (name := _carried(step)):
                    yield Slip("reduce start", node.lineno, name)


def _is_reduce(func: ast.expr) -> bool:
    return ast.unparse(func) in ("reduce", "functools.reduce")


def _is_count(value: ast.expr) -> bool:
    match value:
        case ast.Call(ast.Name("list" | "tuple"), [inner], []):
            return _is_count(inner)
        case ast.Call(func):
            return ast.unparse(func) in _COUNTS
    return False


def _carried(step: ast.Lambda) -> str:
    """The name of what is carried along, where the other one is but an index; empty if not so."""
    names = [argument.arg for argument in step.args.args]
    if len(names) != 2:
        return ""
    carried, counted = names
    taken = [node.slice for node in walk(step.body) if isinstance(node, ast.Subscript)]
    by = frozenset[str]().union(*map(names_in, taken))
    return carried if counted in by and carried not in by and carried in names_in(step.body) else ""
