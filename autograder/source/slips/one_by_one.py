"""What gives its values one by one, where a list or an array is needed: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from ..renamed import FunctionNode
from ..trees import Slip, walk
from .used_up import made_by

#: Functions of NumPy's that go through what they are given.
_GO_THROUGH = {"fromiter"}
#: Those that older releases let go through a ``(... for ...)``.
_WENT_THROUGH = {"sum", "prod", "any", "all"}
#: How such values are written about.
_GENERATOR, _WRITTEN = "generator", "(... for ...)"


def one_by_one(unit: ast.AST, *, returned: bool) -> Iterator[Slip]:
    """List the lines that use or return what `map` and the like make, as if it were an array.

    Parameters
    ----------
    unit : ast.AST
    returned : bool
        Whether what it gives back has to be one.
    """
    nodes = walk(unit)
    # Own functions of these names make what they like.
    own = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    made = _names(nodes)
    inner = {
        id(node) for other in nodes[1:] if isinstance(other, FunctionNode) for node in walk(other)
    }
    found = [
        (used.lineno, isinstance(node, ast.Return), maker)
        for node in nodes
        for used in _used(node, returned=returned and id(node) not in inner)
        if (maker := made.get(used.id, "") if isinstance(used, ast.Name) else made_by(used))
        if maker not in own and not (maker == _GENERATOR and _once_went_through(node))
    ]
    for line, is_returned, maker in sorted(found)[:1]:
        kind = "returned one by one" if is_returned else "one by one"
        yield Slip(kind, line, _WRITTEN if maker == _GENERATOR else maker)


def _names(nodes: Sequence[ast.AST]) -> Mapping[str, str]:
    """The names that get a value once, which is made so, with what makes it."""
    stored = [n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    stored += [node.arg for node in nodes if isinstance(node, ast.arg)]
    return {
        name: made_by(node.value)
        for node in nodes
        if isinstance(node, ast.Assign)
        for name in (one.id for one in node.targets if isinstance(one, ast.Name))
        if stored.count(name) == 1
    }


def _used(node: ast.AST, *, returned: bool) -> Sequence[ast.expr]:
    """What is used as a list or an array by a piece of code."""
    match node:
        case ast.BinOp(left, _, right) if not isinstance(node.op, ast.Mod):
            return [left, right]
        case ast.Compare(left, [ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE()], [right]):
            return [left, right]
        case ast.Subscript(value):
            return [value]
        case ast.Call(ast.Name("len"), [given]):
            return [given]
        case ast.Call(ast.Attribute(ast.Name("np" | "numpy"), name), [given, *_]):
            return [] if name in _GO_THROUGH else [given]
        case ast.Return(ast.Tuple(elts=values)) if returned:
            return values
        case ast.Return(ast.expr() as value) if returned:
            return [value]
    return []


def _once_went_through(node: ast.AST) -> bool:
    match node:
        case ast.Call(ast.Attribute(attr=name)):
            return name in _WENT_THROUGH
    return False
