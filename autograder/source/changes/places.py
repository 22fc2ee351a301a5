"""The places of a function's code: the expressions whose values count."""

from __future__ import annotations

import ast
from collections.abc import Collection
from typing import Any

from .switched import bare, with_an_end

#: What each place calls with its number and its value; what that gives stands there instead.
HOLD = "_checks_hold"
#: What only gives a value another form.
TAKEN_OVER = {
    "array", "asarray", "asanyarray", "copy", "diag", "diagflat", "flatten", "float", "list",
    "ravel", "reshape", "squeeze", "stack", "tolist", "tuple", "vstack",
}  # fmt: skip
COMPUTED = (
    ast.BinOp, ast.UnaryOp, ast.Call, ast.Compare, ast.BoolOp, ast.IfExp, ast.List, ast.ListComp,
)  # fmt: skip


class Places:
    """Wraps each expression of a function whose value counts.

    Parameters
    ----------
    places : list of list of ast.expr
        They are noted here, the same code in one statement as one; the number of each is its place.
    names : collection of str
        The function's own.
    """

    def __init__(self, places: list[list[ast.expr]], names: Collection[str]) -> None:
        self._places, self._names = places, names
        self._in_statement: dict[str, int] = {}

    def function(self, node: ast.FunctionDef) -> ast.stmt:
        body = [self._part(one) for one in node.body]
        made = ast.FunctionDef(node.name, bare(node.args), body, [])
        return ast.fix_missing_locations(ast.copy_location(made, node))

    def _part(self, node: Any) -> Any:
        if not isinstance(node, ast.AST) or isinstance(node, (ast.JoinedStr, ast.Lambda)):
            return node
        if isinstance(node, ast.stmt):
            self._in_statement = {}
        made = self._rebuilt(node)
        if isinstance(node, ast.expr) and self._counts(node):
            return self._place(node, made)
        return made

    def _place(self, node: ast.expr, made: Any) -> ast.expr:
        place = self._in_statement.setdefault(ast.unparse(node), len(self._places))
        if place == len(self._places):
            self._places.append([])
        self._places[place].append(node)
        return ast.Call(ast.Name(HOLD, ast.Load()), [ast.Constant(place), made], [])

    def _rebuilt(self, node: ast.AST) -> Any:
        made: Any = ast.copy_location(type(node)(), node)
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                setattr(made, name, [self._part(one) for one in value])
            elif isinstance(node, ast.Assign) and isinstance(value, ast.Constant):
                setattr(made, name, self._place(value, value))
            elif name == "func" or _is_of_size(node):  # what is called is no place
                setattr(made, name, self._rebuilt(value) if isinstance(value, ast.AST) else value)
            else:
                setattr(made, name, self._part(value))
        return with_an_end(made)

    def _counts(self, node: ast.expr) -> bool:
        """Whether an expression stands for a value of the function's."""
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                return name in self._names
            case ast.Attribute(value=ast.Name(id="np" | "numpy" | "math")):
                return False
            case ast.Subscript(slice=ast.Slice()):
                return isinstance(node.ctx, ast.Load)
            case ast.Subscript(ctx=ast.Load()) | ast.Attribute(ctx=ast.Load()):
                return True
            case ast.Constant(value=value):
                return type(value) is float
            case ast.List(elts=[]) | ast.Call(func=ast.Name("list"), args=[]):
                return False  # what is put into it makes it what it is
        return isinstance(node, COMPUTED)


def _is_of_size(node: ast.AST) -> bool:
    """Whether nothing but the size or the type of a value is asked for."""
    return isinstance(node, ast.Attribute) and node.attr in {"shape", "size", "ndim", "dtype"}


def is_computed(node: ast.expr) -> bool:
    """Tell whether a value is made there, and not only read or given another form."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in TAKEN_OVER:
            return False
    return isinstance(node, COMPUTED)
