"""A column that meets a vector entry by entry, where it may be meant to lie flat as well."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import numpy as np

#: A change that lays a column flat beside a vector.
FLAT_COLUMN = "flat_column"
#: What lays it flat.
FLAT = "_checks_flat"
_ENTRY_BY_ENTRY = (ast.Add, ast.Sub, ast.Mult, ast.Div)


def flat_columns(node: ast.BinOp) -> Iterator[tuple[str, ast.expr]]:
    """Yield the same calculation with a column laid flat where the other side is a vector.

    Parameters
    ----------
    node : ast.BinOp
    """
    left, right = node.left, node.right
    numbers = [one for one in (left, right) if isinstance(one, ast.Constant)]
    if isinstance(node.op, _ENTRY_BY_ENTRY) and not numbers:
        yield FLAT_COLUMN, ast.BinOp(_laid_flat(left, right), node.op, _laid_flat(right, left))


def _laid_flat(side: ast.expr, other: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(FLAT, ast.Load()), [side, other], [])


def flat(side: Any, other: Any) -> Any:
    """Give a column flat where the other side is a vector of as many numbers; else as it is.

    Parameters
    ----------
    side, other : object
    """
    if isinstance(side, np.ndarray) and side.shape == (*np.shape(other), 1) and side.ndim == 2:
        return side.ravel()
    return side
