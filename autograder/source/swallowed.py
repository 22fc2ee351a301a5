"""An ``except`` that hides an error, so that a function comes to its end without a result."""

from __future__ import annotations

import ast

from .pieces import leaves
from .renamed import FunctionNode
from .trees import walk


def swallows(function: FunctionNode) -> int:
    """Give the line of the ``except`` from which alone nothing can come back.

    Parameters
    ----------
    function : FunctionNode

    Returns
    -------
    int
        0 if there is no such one, or something else may give back None as well.
    """
    for at, statement in enumerate(function.body):
        if not isinstance(statement, ast.Try) or not leaves(statement.orelse or statement.body):
            continue
        hiding = [handler for handler in statement.handlers if not _ends_well(handler)]
        tried = [*function.body[:at], *statement.body, *statement.orelse]
        returned = [node for part in tried for node in walk(part) if isinstance(node, ast.Return)]
        behind = [*function.body[at + 1 :], *statement.finalbody]
        goes_on = any(isinstance(n, ast.Return | ast.Raise) for part in behind for n in walk(part))
        if len(hiding) == 1 and all(map(gives_something, returned)) and not goes_on:
            return hiding[0].lineno
    return 0


def gives_something(node: ast.Return) -> bool:
    """Tell whether something stands behind a ``return``."""
    is_none = isinstance(node.value, ast.Constant) and node.value.value is None
    return node.value is not None and not is_none


def _ends_well(handler: ast.ExceptHandler) -> bool:
    """Whether it gives something back, or an error on, at some place."""
    return any(
        isinstance(node, ast.Raise) or (isinstance(node, ast.Return) and gives_something(node))
        for node in walk(handler)
    )
