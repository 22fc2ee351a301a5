"""Arguments of NumPy's functions that are the place of the result, and taken for one thing more.

It needs Python's own library alone: see ``reading``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .trees import Slip, names_given, walk

#: Products of two arrays, which take a third argument for the place of the result.
PRODUCTS = {"dot", "matmul", "outer"}
#: The same of what is done entry by entry, which may well be done in place.
OF_TWO = {
    *PRODUCTS, "multiply", "add", "subtract", "divide", "true_divide", "maximum", "minimum",
    "power", "greater", "less",
}  # fmt: skip
#: What makes an array that is there to be written into.
_MADE_FOR_IT = {"empty", "zeros", "empty_like", "zeros_like", "ones_like"}


def third_arguments(unit: ast.AST) -> Iterator[Slip]:
    """List calls whose result is used, with a third argument that was not made to be written into.

    Parameters
    ----------
    unit : ast.AST
    """
    nodes = walk(unit)
    made = names_given(nodes, _is_made_for_it)
    alone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="np" | "numpy" as owner), attr=name),
                args=[first, second, third, *_],
            ) if name in OF_TWO and id(node) not in alone:
                into = ast.unparse(third)
                in_place = {ast.unparse(first), ast.unparse(second)} - made
                if into in made or (name not in PRODUCTS and into in in_place):
                    continue
                yield "third argument", node.lineno, f"{owner}.{name}"


def _is_made_for_it(value: ast.expr) -> bool:
    match value:
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in _MADE_FOR_IT
    return False
