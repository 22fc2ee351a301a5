"""Zeros that are only room for what later lines put into them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..slips.kept_sums import are_zeros
from ..slips.loops import base
from ..trees import names_in, walk


def is_room(place: ast.expr, function: ast.AST) -> bool:
    """Tell whether a place makes the zeros into which later lines put what they are room for.

    Parameters
    ----------
    place : ast.expr
    function : ast.AST
        In which it stands.
    """
    nodes = walk(function)
    for node in nodes:
        match node:
            case ast.Assign([ast.Name(id=name)], value) if any(one is place for one in walk(value)):
                names = {name, *_names_of_entries(name, nodes)}
                filled = any(of in names for of in _filled_below(node, nodes))
                return filled and are_zeros(value)
    return False


def _names_of_entries(name: str, nodes: Sequence[ast.AST]) -> Iterator[str]:
    """The names that the entries of a list have: what is put into those is put into the list."""
    for node in nodes:
        match node:
            case ast.Assign([ast.Name(id=of)], ast.Subscript() as entry) if base(entry) == name:
                yield of
            case ast.For(target, made) if name in names_in(made):
                yield from names_in(target)


def _filled_below(made: ast.stmt, nodes: Sequence[ast.AST]) -> Iterator[str]:
    """The names whose entries are set below a statement."""
    for node in nodes:
        match node:
            case ast.Subscript(ctx=ast.Store()) if node.lineno > (made.end_lineno or made.lineno):
                yield base(node)
