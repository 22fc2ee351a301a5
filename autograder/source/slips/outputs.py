"""Arguments of NumPy's functions that are the place of the result, and taken for one thing more."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from ..trees import Slip, names_given, walk

#: Products of two arrays, which take a third argument for the place of the result.
PRODUCTS = {"dot", "matmul", "outer"}
#: The same of what is done entry by entry, which may well be done in place.
OF_TWO = {
    *PRODUCTS, "multiply", "add", "subtract", "divide", "true_divide", "maximum", "minimum",
    "power", "greater", "less",
}  # fmt: skip
#: What is done to each entry of one array, and takes a second argument for the place of the result.
OF_ONE = {
    "abs", "absolute", "exp", "exp2", "expm1", "fabs", "log", "log10", "log1p", "log2", "negative",
    "reciprocal", "sign", "sqrt", "square", "tanh",
}  # fmt: skip
#: What makes an array that is there to be written into.
_MADE_FOR_IT = {"empty", "zeros", "empty_like", "zeros_like", "ones_like"}


def has_place(call: ast.Call) -> bool:
    """Tell whether an argument of a call may be the place of the result."""
    name = getattr(call.func, "attr", "")
    return (name in OF_TWO and len(call.args) > 2) or (name in OF_ONE and len(call.args) > 1)


def place_of_result(node: ast.AST) -> tuple[str, ast.expr] | None:
    """Give the function of NumPy's that a call is of, and its argument that takes the result.

    Parameters
    ----------
    node : ast.AST

    Returns
    -------
    (str, ast.expr) or None
        None where no argument does.
    """
    match node:
        case ast.Call(func=ast.Attribute(ast.Name(id="np" | "numpy"), name)) if has_place(node):
            return name, node.args[2 if name in OF_TWO else 1]
    return None


def written_over(unit: ast.AST) -> Iterator[Slip]:
    """List calls whose result is used, and goes into an argument that was not made for it.

    Parameters
    ----------
    unit : ast.AST
    """
    nodes = walk(unit)
    made = names_given(nodes, _is_made_for_it)
    calculated = _read_once(nodes, names_given(nodes, _is_calculated))
    alone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        found = place_of_result(node)
        if found is None or not isinstance(node, ast.Call) or id(node) in alone:
            continue
        name, place = found
        into, first = ast.unparse(place), node.args[: 2 if name in OF_TWO else 1]
        in_place = {*map(ast.unparse, first)} - made
        if into in made or (name not in PRODUCTS and into in in_place):
            continue
        kind = "third argument" if name in OF_TWO else "second argument"
        lost = _is_calculated(place) or into in calculated
        if kind == "third argument" and name not in PRODUCTS and lost:
            kind = "third lost"
        yield Slip(kind, node.lineno, ast.unparse(node.func))


def _is_made_for_it(value: ast.expr) -> bool:
    match value:
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in _MADE_FOR_IT
    return False


def _is_calculated(value: ast.expr) -> bool:
    return isinstance(value, ast.BinOp | ast.UnaryOp)


def _read_once(nodes: Sequence[ast.AST], names: Collection[str]) -> set[str]:
    """Those of some names that stand in one place only, but for what they are given."""
    read = [node.id for node in nodes if isinstance(node, ast.Name) and node.id in names]
    return {name for name in names if read.count(name) == 2}
