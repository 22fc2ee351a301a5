"""Loops that write into what they still read."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import walk


def written_over(loop: ast.For) -> Iterator[tuple[str, ast.stmt]]:
    """The names that a loop writes into by place and reads elsewhere, with where it writes."""
    nodes = [node for statement in loop.body for node in walk(statement)]
    stores = {
        target.value.id: node
        for node in reversed(nodes)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name)
    }
    into = {id(node.value) for node in nodes if isinstance(node, ast.Subscript) and _stores(node)}
    read = {
        node.id
        for node in nodes
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in into
    }
    given = {node.id for node in nodes if isinstance(node, ast.Name) and _stores(node)}
    for name, store in stores.items():
        if name in read and name not in given:
            yield name, store


def copied(name: str, old: str) -> ast.Assign:
    """The line that keeps what there is under a name, under another one."""
    copy = ast.Call(ast.Attribute(ast.Name(name, ast.Load()), "copy", ast.Load()), [], [])
    return ast.Assign([ast.Name(old, ast.Store())], copy)


def _stores(node: ast.Name | ast.Subscript) -> bool:
    return isinstance(node.ctx, ast.Store | ast.Del)
