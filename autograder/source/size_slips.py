"""What numbers that are too large, or so small that they seem not to count, make of answers.

See ``slips``.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from .trees import Slip, walk

#: What gives the same numbers, or products of them: they may be of any size.
_AS_LARGE = {
    "array", "asarray", "atleast_1d", "copy", "astype", "float", "float64", "list", "ravel",
    "flatten", "reshape", "squeeze", "dot", "matmul", "zip", "enumerate",
}  # fmt: skip


def size_slips(unit: ast.AST, written: Collection[str]) -> Iterator[Slip]:
    """What numbers of another size than expected do.

    Parameters
    ----------
    unit : ast.AST
    written : collection of str
        What stands in it: see `written.words`.
    """
    if "exp" in written:
        yield from _exponentials(unit)


def _exponentials(unit: ast.AST) -> Iterator[Slip]:
    """Exponentials of numbers as they are: nothing brings these near 0 first."""
    if not isinstance(unit, ast.FunctionDef):
        return
    nodes = walk(unit)
    as_given = _as_given(unit, nodes)
    for node in nodes:
        match node:
            case ast.Call(args=[given, *_]) if _name(node.func) == "exp":
                if _is_as_large(given, as_given):
                    yield "overflow", node.lineno, ""


def _as_given(unit: ast.FunctionDef, nodes: Sequence[ast.AST]) -> set[str]:
    """The names that hold nothing but what came in, its entries, or products of it."""
    as_given = {argument.arg for argument in unit.args.args}
    made = [made for node in nodes for made in _made(node)]
    as_given |= {name for name, _ in made}
    # A name is none of them if one line gives it something else.
    while others := {
        name
        for name, value in made
        if name in as_given and not (value and _is_as_large(value, as_given))
    }:
        as_given -= others
    return as_given


def _made(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """The names that get a value, with that; None where it is calculated from the name itself."""
    match node:
        case ast.Assign(targets, value):
            for target in targets:
                for part in walk(target):
                    if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                        yield part.id, value
        case ast.AugAssign(ast.Name(id=name)):
            yield name, None
        case ast.For(target, values) | ast.comprehension(target, values):
            for part in walk(target):
                if isinstance(part, ast.Name):
                    yield part.id, values


def _is_as_large(value: ast.expr, as_given: Collection[str]) -> bool:
    match value:
        case ast.Name(id=name):
            return name in as_given
        case ast.Subscript(of):
            return _is_as_large(of, as_given)
        case ast.BinOp(left, ast.MatMult(), right):
            return _is_as_large(left, as_given) and _is_as_large(right, as_given)
        case ast.Call(ast.Attribute(ast.Name(id="np" | "numpy")), args):
            found = _name(value.func) in _AS_LARGE and bool(args)
            return found and _is_as_large(args[0], as_given)
        case ast.Call(ast.Attribute(of, name), _):
            return name in _AS_LARGE and _is_as_large(of, as_given)
        case ast.Call(ast.Name(id=name), [first, *_]):
            return name in _AS_LARGE and _is_as_large(first, as_given)
    return False


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))
