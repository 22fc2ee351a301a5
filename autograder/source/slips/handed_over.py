"""What is handed to a function that asks for something else: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

from ..trees import Slip, bound_in, name_called, walk


def whole_lists(
    unit: ast.AST, several: set[str], called: Mapping[str, Sequence[str]]
) -> Iterator[Slip]:
    """A list of several things, handed as it came to a function that asks for one of them.

    By the contract's names: what is called by a plural there holds several.
    """
    nodes = walk(unit)
    names = [node for node in nodes if isinstance(node, ast.Name)]
    several = several - {name.id for name in names if isinstance(name.ctx, ast.Store)}
    several -= {ast.unparse(n.args[0]) for n in nodes if _is_range(n) and len(n.args) == 1}
    for node in nodes:
        name = name_called(node)
        if name not in called or not isinstance(node, ast.Call):
            continue
        asked_for = called[name]
        given = [*zip(asked_for, node.args, strict=False)]
        given += [(keyword.arg or "", keyword.value) for keyword in node.keywords]
        for asked, value in given:
            if isinstance(value, ast.Attribute) and value.attr == "T":
                value = value.value
            if not isinstance(value, ast.Name) or asked.endswith("s"):
                continue
            if value.id in several and value.id not in asked_for:
                yield Slip("whole", node.lineno, value.id)


def _is_range(node: ast.AST) -> TypeGuard[ast.Call]:
    return name_called(node) == "range"


def swapped(unit: ast.AST, called: Mapping[str, Sequence[str]]) -> Iterator[Slip]:
    """An argument by the name of another parameter, whose place something else has."""
    for node in walk(unit):
        name = name_called(node)
        if name not in called or not isinstance(node, ast.Call) or node.keywords:
            continue
        asked, given = called[name], [*map(ast.unparse, node.args)]
        for at, value in enumerate(given[: len(asked)]):
            place = asked.index(value) if value in asked else at
            if place != at and place < len(given) and given[place] != value:
                yield Slip("swapped", node.lineno, value)


def taken_apart(unit: ast.AST, parameters: Sequence[str]) -> Iterator[Slip]:
    """A loop with two names over what came in, of which nothing makes pairs."""
    as_given = {*parameters} - bound_in(unit)
    for node in walk(unit):
        match node:
            case ast.For(ast.Tuple([_, _]), ast.Name(id=name)) if name in as_given:
                yield Slip("taken apart", node.lineno, name)
