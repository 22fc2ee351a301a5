"""What a piece of code does that a change leaves out, in words."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ..phrases import Said, said
from ..trees import WIDEST

#: By the operation, what it does with what stands on its right; with its left, where that is alike.
_DOES = {ast.Mult: "times", ast.Div: "divided", ast.Add: "added", ast.Sub: "taken",
         ast.MatMult: "product"}  # fmt: skip
_EITHER_SIDE = (ast.Mult, ast.Add, ast.MatMult)
#: What leaves the numbers as they are.
_KEEPS = {"reshape", "ravel", "squeeze", "atleast_1d", "atleast_2d", "transpose", "array",
          "asarray", "list", "tuple", "float", "copy", "flip", "reversed"}  # fmt: skip

#: What keeps nothing of an array but its shape.
_KEEPS_SHAPE = {"ones_like", "zeros_like"}


def taken_out(
    node: ast.expr | ast.stmt, other: ast.AST | None, around: Sequence[ast.AST] = ()
) -> Said | None:
    """Tell what some code does that is left out where another stands in its place.

    Parameters
    ----------
    node : ast.expr or ast.stmt
    other : ast.AST or None
        A part of it that is left, or a ``pass``.
    around : sequence of ast.AST
        What the code is in, from the outermost inwards.

    Returns
    -------
    Said or None
        None where more is left out than one thing, or something else stands there.
    """
    inside: ast.AST = node
    for one in reversed(around):
        if base := _raised_to(one, inside):
            # What is done to an exponent is not done to what is raised to it.
            return _power_taken_out(base, inside, other) if inside is node else None
        inside = one
    match node:
        case ast.BinOp(left, op, right) if other is left:
            return _done(left, op, right)
        case ast.BinOp(left, op, right) if other is right and isinstance(op, _EITHER_SIDE):
            return _done(right, op, left)
        case ast.AugAssign(target, op, value) if isinstance(other, ast.Pass):
            return _done(target, op, value)
        case ast.Call(function, [argument, *rest], named) if other is argument:
            if not all(map(_is_number, [*rest, *(one.value for one in named)])):
                return None
            name = ast.unparse(function)
            module, _, called = name.rpartition(".")
            if called in _KEEPS_SHAPE:
                return _quoted("alike", ast.unparse(argument), by=name)
            # What is called of a list puts something into it.
            is_plain = called not in _KEEPS and module.partition(".")[0] in ("", "np", "numpy")
            return _quoted("called", name) if is_plain else None
    return None


def _raised_to(power: ast.AST, exponent: ast.AST) -> ast.expr | None:
    """What some code raises to a power, if that is the exponent."""
    match power:
        case ast.BinOp(base, ast.Pow(), one) if one is exponent:
            return base
        case ast.Call(ast.Attribute(attr="power" | "float_power") | ast.Name("pow"), [base, one]):
            return base if one is exponent else None
    return None


def _power_taken_out(base: ast.expr, exponent: ast.AST, other: ast.AST | None) -> Said | None:
    """That something is raised to a power, where a 1 for the exponent leaves it as it is."""
    if not (isinstance(other, ast.Constant) and other.value == 1):
        return None
    text = ast.unparse(exponent)
    return _quoted("raised_to", ast.unparse(base), by=text) if len(text) <= WIDEST else None


def _done(to: ast.expr, op: ast.operator, by: ast.expr) -> Said | None:
    """What an operation does to what is left."""
    text = ast.unparse(to)
    if isinstance(op, ast.Mult) and text == ast.unparse(by):
        return _quoted("squared", text)
    if isinstance(op, ast.Pow):
        return _quoted("squared" if ast.unparse(by) in ("2", "2.0") else "raised", text)
    does = _DOES.get(type(op))
    return _quoted(does, ast.unparse(by)) if does else None


def _is_number(node: ast.expr) -> bool:
    """Whether it is a number that is written down."""
    value = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(value, ast.Constant) and isinstance(value.value, (int, float))


def _quoted(does: str, what: str, **others: str) -> Said | None:
    return said(f"change.does_{does}", what=what, **others) if len(what) <= WIDEST else None
