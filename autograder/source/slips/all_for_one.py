"""All of what a loop goes through, read in its rounds in the place of the round's own one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, bound_in, in_rounds, names_in, walk


def all_for_one(unit: ast.AST) -> Iterator[Slip]:
    """List where a loop's rounds read a whole list, and none of them the one that it has of it.

    Parameters
    ----------
    unit : ast.AST
    """
    nodes = walk(unit)
    for node in nodes:
        if isinstance(node, ast.For) and not node.orelse:
            for own, whole in _pairs(node):
                if own in _read_in(unit, but=whole) or whole in bound_in(node):
                    continue
                line = next(_reading_all(node, whole, names_in(node.target)), None)
                if line:
                    yield Slip("all for one", line, whole)


def _pairs(loop: ast.For) -> Iterator[tuple[str, str]]:
    """The names of what a round has, with the names of what it has it of; of several alone."""
    match loop:
        case ast.For(ast.Tuple(elts=targets), ast.Call(ast.Name(id="zip"), args=lists)):
            for target, given in zip(targets, lists, strict=False):
                match target, given:
                    case ast.Name(id=own), ast.Name(id=whole) if not own.startswith("_"):
                        yield own, whole


def _read_in(unit: ast.AST, *, but: str) -> set[str]:
    """The names that are read anywhere, as the round's own one may be after the loop."""
    names = (node for node in walk(unit) if isinstance(node, ast.Name) and node.id != but)
    return {name.id for name in names if isinstance(name.ctx, ast.Load)}


def _reading_all(loop: ast.For, whole: str, own: frozenset[str]) -> Iterator[int]:
    """The lines in which the rounds read all of a list: not an entry, a size, or to print it."""
    counted = {
        name
        for node in walk(loop)
        if isinstance(node, ast.AugAssign)
        for name in names_in(node.target)
    }
    nodes = in_rounds(loop)
    spared = set[int]()
    for node in nodes:
        match node:
            case ast.Subscript(value=of) | ast.Attribute(value=of):
                spared.add(id(of))
            case ast.Call(ast.Name(id="len" | "print" | "range" | "zip" | "enumerate")):
                spared |= {id(part) for part in walk(node)}
            case ast.Call(args=args) if any(names_in(arg) & (own | counted) for arg in args):
                # Handed over with the number of the round.
                spared |= {id(arg) for arg in args if not isinstance(arg, ast.Call)}
    for node in nodes:
        if isinstance(node, ast.Name) and node.id == whole and id(node) not in spared:
            yield node.lineno
