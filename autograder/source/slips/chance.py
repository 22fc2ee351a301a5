"""Random numbers and orders of chance: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, walk

#: What puts things in an order of chance.
ORDERS = {"permutation", "shuffle", "permuted"}


def by_chance(unit: ast.AST) -> Iterator[Slip]:
    """Random numbers, and what puts things in an order of chance."""
    named = [node for node in walk(unit) if isinstance(node, ast.Attribute)]
    shuffled = {node.lineno for node in named if node.attr in ORDERS}
    # A seed alone draws nothing.
    seeded = {id(node.value) for node in named if node.attr == "seed"}
    for node in named:
        if node.attr in ORDERS:
            yield Slip("shuffled", node.lineno, "")
        elif node.attr == "random" and node.lineno not in shuffled and id(node) not in seeded:
            yield Slip("random", node.lineno, "")
