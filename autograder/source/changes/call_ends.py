"""A call whose bracket closes elsewhere: one that takes in too much, or too little."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..phrases import Said, said
from ..trees import WIDEST, cut_short

#: A change that closes the bracket of a call in another place.
CALL_ENDS = "call_ends"
#: What only counts, and takes no numbers that something is calculated with.
_COUNTS = {"len", "range", "enumerate", "zip", "print", "isinstance"}
#: How tightly operations bind, and how they are written.
_BINDS: dict[type[ast.operator], tuple[int, str]] = {
    ast.Add: (1, "+"), ast.Sub: (1, "-"), ast.Mult: (2, "*"), ast.Div: (2, "/"),
    ast.FloorDiv: (2, "//"), ast.Mod: (2, "%"), ast.MatMult: (2, "@"), ast.Pow: (4, "**"),
}  # fmt: skip
#: How tightly a minus binds, and what is no operation.
_MINUS, _CLOSED = 3, 5


class _Operand(NamedTuple):
    """What stands between two operations, as it is written; `before` it signs and an operation."""

    before: str
    node: ast.expr

    @property
    def text(self) -> str:
        text = ast.unparse(self.node)
        return self.before + (f"({text})" if _binding(self.node) < _CLOSED else text)


def ended_elsewhere(value: ast.expr, around: Sequence[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    """Yield a calculation with the bracket of one of its calls closed earlier or later.

    Parameters
    ----------
    value : ast.expr
    around : sequence of ast.AST
        What it stands in, from the outermost inwards.
    """
    if around and isinstance(around[-1], ast.BinOp | ast.UnaryOp):
        apart = [one.node for one in _operands(around[-1]) if isinstance(one.node, ast.BinOp)]
        if value not in apart:
            return  # Of the whole of it all brackets are moved.
    operands = _operands(value)
    for at, one in enumerate(operands):
        if not (isinstance(one.node, ast.Call) and _may_end_elsewhere(one.node)):
            continue
        before, after = _written(operands[:at]), operands[at + 1 :]
        *first, last = one.node.args
        opened = one.before + ast.unparse(one.node.func) + "("
        opened += "".join(f"{ast.unparse(argument)}, " for argument in first)
        for held, freed in _cuts(_operands(last)):
            yield from _read(f"{before}{opened}{_written(held)}){_written([*freed, *after])}")
        inside = ast.unparse(last)
        for taken in range(1, len(after) + 1):
            more, left = _written(after[:taken]), _written(after[taken:])
            yield from _read(f"{before}{opened}{inside}{more}){left}")


def ends_told(node: ast.AST, other: ast.AST) -> Said | None:
    """Give what is asked of a call whose bracket closes elsewhere; None where it isn't the same.

    Parameters
    ----------
    node, other : ast.AST
        What stands there, and what stands there with the change.
    """
    now, then = ast.unparse(node), ast.unparse(other)
    at = next((i for i, pair in enumerate(zip(now, then, strict=False)) if len({*pair}) > 1), 0)
    early, longer = (now[at : at + 1] == ")"), (then if now[at : at + 1] == ")" else now)
    shorter = now if early else then
    end = _closing(longer, _opening(shorter, at))
    between = longer[at:end]
    if shorter != f"{longer[:at]}){between}{longer[end + 1 :]}" or not between:
        return None
    name = longer[: _opening(shorter, at)]
    function = ast.unparse(_function_at(node, name) or node)
    key = "change.ends_early" if early else "change.ends_late"
    part = between.strip()
    # Of a long one the sign tells enough.
    code = part if len(part) <= WIDEST else cut_short(part)
    return said(key, function=function, code=code)


def _opening(text: str, at: int) -> int:
    """Where the bracket opens that is closed at a place; -1 if none is."""
    depth = 0
    for i in range(at, -1, -1):
        depth += (text[i : i + 1] == ")") - (text[i : i + 1] == "(")
        if not depth:
            return i if i < at else -1
    return -1


def _closing(text: str, at: int) -> int:
    """Where the bracket closes that is opened at a place; the end of the text if none is."""
    depth = 0
    for i in range(max(at, 0), len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if not depth:
            return i
    return len(text)


def _function_at(node: ast.AST, name: str) -> ast.expr | None:
    """The longest function whose call begins at the end of some code."""
    calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    named = [one for one in calls if name.endswith(ast.unparse(one))]
    return max(named, key=lambda one: len(ast.unparse(one)), default=None)


def _may_end_elsewhere(call: ast.Call) -> bool:
    is_plain = bool(call.args) and not call.keywords
    return is_plain and ast.unparse(call.func) not in _COUNTS


def _cuts(operands: list[_Operand]) -> Iterator[tuple[list[_Operand], list[_Operand]]]:
    yield from ((operands[:at], operands[at:]) for at in range(1, len(operands)))


def _written(operands: Sequence[_Operand]) -> str:
    return "".join(one.text for one in operands)


def _read(text: str) -> Iterator[tuple[str, ast.expr]]:
    try:
        yield CALL_ENDS, ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        return


def _operands(node: ast.expr, before: str = "") -> list[_Operand]:
    """What a calculation is made of, in the order in which it is written."""
    match node:
        case ast.BinOp(left, op, right):
            binds, sign = _BINDS.get(type(op), (0, ""))
            if not binds:
                return [_Operand(before, node)]
            is_power = isinstance(op, ast.Pow)
            whole = _binding(left) >= binds + is_power
            first = _operands(left, before) if whole else [_Operand(before, left)]
            between = f" {sign} "
            if _binding(right) > binds or (is_power and _binding(right) >= _MINUS):
                return [*first, *_operands(right, between)]
            return [*first, _Operand(between, right)]
        case ast.UnaryOp(ast.USub(), value) if _binding(value) >= _MINUS:
            return _operands(value, f"{before}-")
    return [_Operand(before, node)]


def _binding(node: ast.expr) -> int:
    match node:
        case ast.BinOp(op=op):
            return _BINDS.get(type(op), (0, ""))[0]
        case ast.UnaryOp():
            return _MINUS
        case ast.IfExp() | ast.Compare() | ast.BoolOp() | ast.Lambda() | ast.NamedExpr():
            return 0
    return _CLOSED
