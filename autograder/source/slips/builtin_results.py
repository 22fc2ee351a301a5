"""A function that Python knows by itself, returned in place of a result: see ``listing``."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence

from ..trees import Slip, bound_in, walk

_OWN = {name for name, one in vars(builtins).items() if callable(one) and name.islower()}


def returned_builtins(units: Sequence[ast.AST]) -> Iterator[Slip]:
    """List lines that return such a function by its name, alone or beside something else.

    Parameters
    ----------
    units : sequence of ast.AST
        All that a function reaches: none of it gives that name a value.
    """
    nodes = [node for unit in units for node in walk(unit)]
    given = {name for unit in units for name in bound_in(unit)}
    given |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    given |= {getattr(node, "name", "") for node in nodes}
    for node in nodes:
        if isinstance(node, ast.Return) and node.value:
            for one in getattr(node.value, "elts", [node.value]):
                if isinstance(one, ast.Name) and one.id in _OWN - given:
                    yield Slip("function returned", node.lineno, one.id)
