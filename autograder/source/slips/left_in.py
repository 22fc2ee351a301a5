"""Arrays that are made once, and in which each round marks a place that none makes 0 again."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, bound_in, changed_in, names_given, names_in, walk
from .kept_sums import are_zeros

#: What uses an array, of all that can be asked of one.
_USES = {"copy", "T", "dot", "sum", "astype"}


def left_in(unit: ast.AST) -> Iterator[Slip]:
    """List where a round of a loop puts a number beside what earlier rounds put into an array.

    Parameters
    ----------
    unit : ast.AST
    """
    for loop in walk(unit):
        if not isinstance(loop, ast.For):
            continue
        above = [node for node in walk(unit) if getattr(node, "lineno", loop.lineno) < loop.lineno]
        for name in sorted(names_given(above, are_zeros) - bound_in(loop)):
            line = _marks_a_place(loop, name)
            if line and _is_used(loop, name, line):
                yield Slip("left in", line, name)


def _marks_a_place(loop: ast.For, name: str) -> int:
    """The line that puts one and the same number into a place of the round; 0 where more is put."""
    changed, line = changed_in(loop), 0
    for node in walk(loop):
        match node:
            case ast.For() if node is not loop and name in changed_in(node):
                return 0
            case ast.Subscript(ast.Name(id=of), place, ast.Store()) if of == name:
                if line or not names_in(place) & changed:
                    return 0
                line = node.lineno
            case ast.Call(func=ast.Attribute(ast.Name(id=of), attr="fill")) if of == name:
                return 0
    puts = [
        node.value
        for node in walk(loop)
        if isinstance(node, ast.Assign) and node.lineno == line and len(node.targets) == 1
    ]
    return line if len(puts) == 1 and _is_same_number(puts[0], changed) else 0


def _is_same_number(value: ast.expr, changed: frozenset[str]) -> bool:
    match value:
        case ast.Constant(value=number):
            return bool(number)
        case ast.Name(id=name):
            return name not in changed
    return False


def _is_used(loop: ast.For, name: str, line: int) -> bool:
    """Whether all of an array goes into something further down in the round."""
    nodes = walk(loop)
    spared = set[int]()
    for node in nodes:
        match node:
            case ast.Attribute(value=of, attr=attr) if attr not in _USES:
                spared.add(id(of))
            case ast.Subscript(value=of):
                spared.add(id(of))
            case ast.Call(ast.Name(id="len" | "print"), args=args):
                spared |= {id(arg) for arg in args}
    return any(
        isinstance(node, ast.Name)
        and node.id == name
        and node.lineno > line
        and id(node) not in spared
        for node in nodes
    )
