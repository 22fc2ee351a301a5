"""What often goes wrong with calls and with comparisons: see ``slips``."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from .loop_slips import Slip

#: Functions of NumPy's that leave what they get as it is: their result is all that they do.
_GIVES_ANEW = {
    "abs", "add", "append", "array", "asarray", "clip", "concatenate", "delete", "diag", "divide",
    "dot", "exp", "insert", "matmul", "maximum", "minimum", "multiply", "outer", "reshape",
    "round", "sqrt", "subtract", "transpose", "where",
}  # fmt: skip
#: What is compared in place of what went into it.
_BENDS = {"exp", "logistic", "sigmoid", "sign", "tanh"}
#: What makes a matrix of zeros and ones, or of one vector.
_FILLS = {"diag", "diagflat", "eye", "identity", "ones", "outer", "zeros"}
_ORDERS = (ast.Gt, ast.GtE, ast.Lt, ast.LtE)


def call_slips(unit: ast.AST, written: Collection[str], called: Collection[str]) -> Iterator[Slip]:
    """What often goes wrong with calls and comparisons.

    Parameters
    ----------
    unit : ast.AST
    written : collection of str
        What stands in it: see `written.words`.
    called : collection of str
        The functions of other exercises that it calls.
    """
    if called or _GIVES_ANEW.intersection(written):
        yield from _dropped(unit, called)
    if "index" in written and "loop" in written:
        yield from _first_places(unit)
    if _FILLS.intersection(written):
        yield from _compared_last(unit)
    bend = {*_BENDS, *called}
    if bend.intersection(written):
        yield from _bent_first(unit, bend)


def _dropped(unit: ast.AST, called: Collection[str]) -> Iterator[Slip]:
    """A call whose result is not kept, of what does nothing but give one."""
    for node in ast.walk(unit):
        match node:
            case ast.Expr(ast.Call(ast.Name(id=name))) if name in called:
                yield "dropped", node.lineno, name
            case ast.Expr(
                ast.Call(ast.Attribute(ast.Name(id="np" | "numpy" as owner), name)) as call
            ) if name in _GIVES_ANEW and not any(one.arg == "out" for one in call.keywords):
                if len(call.args) < 3 or name in {"insert", "where", "clip"}:
                    yield "dropped", node.lineno, f"{owner}.{name}"


def _first_places(unit: ast.AST) -> Iterator[Slip]:
    """The place of a value that is looked up by the value: that of the first one that is equal."""
    for node in ast.walk(unit):
        match node:
            case ast.Subscript(slice=ast.Call(ast.Attribute(attr="index"), [ast.Name(id=name)])):
                yield "first place", node.lineno, name
            case ast.Assign(value=ast.Call(ast.Attribute(attr="index"), [ast.Name(id=name)])):
                yield "first place", node.lineno, name


def _compared_last(unit: ast.AST) -> Iterator[Slip]:
    """A product that is compared as a whole, where one of its factors was meant."""
    for node in ast.walk(unit):
        match node:
            case (
                ast.Return(ast.Compare(ast.BinOp(left, ast.Mult(), right), [sign], [_]))
                | ast.Assign(value=ast.Compare(ast.BinOp(left, ast.Mult(), right), [sign], [_]))
            ) if isinstance(sign, _ORDERS) and any(map(_fills, (left, right))):
                yield "compared last", node.lineno, ""


def _fills(factor: ast.expr) -> bool:
    return isinstance(factor, ast.Call) and _name(factor.func) in _FILLS


def _bent_first(unit: ast.AST, bend: Collection[str]) -> Iterator[Slip]:
    """What is compared after a function has bent it."""
    for node in ast.walk(unit):
        match node:
            case ast.Compare(ast.Call(function, [_]), [sign], [_]):
                if isinstance(sign, _ORDERS) and _name(function) in bend:
                    yield "bent first", node.lineno, _name(function)


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))
