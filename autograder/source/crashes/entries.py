"""That entries of two lists meet, by indices that differ."""

from __future__ import annotations

import ast
import re

from ..phrases import Said, said
from .crash import Crash, parts

#: What hands its one argument on, or makes an array of it.
_HANDS_ON = {"array", "asarray", "copy", "float"}


def entries_met(crash: Crash, meet: Said | str) -> Said | None:
    """Tell which entries of two lists are added or subtracted, where their indices differ.

    Parameters
    ----------
    crash : Crash
    meet : Said or str
        Which shapes meet; empty if that is told otherwise.
    """
    for part in parts(crash.failed):
        match part:
            case ast.BinOp(left, ast.Add() | ast.Sub(), right):
                pass
            case ast.AugAssign(left, ast.Add() | ast.Sub(), right):
                pass
            case _:
                continue
        one, other = _entry(left, crash), _entry(right, crash)
        if one and other and one[0] != other[0] and _counts_otherwise(one[1], other[1]):
            (name, index), (of, at) = one, other
            pair = {"one": f"{name}[{index}]", "other": f"{of}[{at}]", "name": name, "of": of}
            return said("crash.entries_met", **pair, meet=meet)
    return None


def _entry(side: ast.expr, crash: Crash) -> tuple[str, str] | None:
    """The list and the index of an entry, also of one times a number; None for anything else."""
    match side:
        case ast.Subscript(ast.Name(name), index) if _is_one_place(index):
            return name, ast.unparse(index)
        case ast.UnaryOp(operand=inner):
            return _entry(inner, crash)
        case ast.Call(ast.Attribute(attr=called), [inner]) if called in _HANDS_ON:
            return _entry(inner, crash)
        case ast.BinOp(left, ast.Mult() | ast.Div(), right):
            if _is_number(left, crash):
                return _entry(right, crash)
            return _entry(left, crash) if _is_number(right, crash) else None
    return None


def _counts_otherwise(index: str, other: str) -> bool:
    """Whether two indices differ, and count by the same name or by none."""
    names = [{*re.findall(r"[A-Za-z_]\w*", one)} for one in (index, other)]
    return index != other and (bool(names[0] & names[1]) or not any(names))


def _is_one_place(index: ast.expr) -> bool:
    """Whether an index is calculated of names and whole numbers alone."""
    return all(
        isinstance(part, ast.Name | ast.BinOp | ast.UnaryOp | ast.operator | ast.unaryop | ast.Load)
        or (isinstance(part, ast.Constant) and isinstance(part.value, int))
        for part in ast.walk(index)
    )


def _is_number(side: ast.expr, crash: Crash) -> bool:
    return isinstance(side, ast.Constant) or crash.shapes.get(ast.unparse(side)) == ()
