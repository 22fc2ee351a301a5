"""Why an ``assert`` of two equal things does not hold: sizes that differ, or decimals."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator

from ..phrases import Said, said
from ..trees import walk
from .crash import Crash, parts
from .shapes import LARGEST_SHOWN, Shape

_SIZES = {"shape", "size", "ndim"}
#: What compares decimals as they are to be compared.
_CLOSE = re.compile(r"\b(?:isclose|allclose|approx|assert_\w+)\b")
_CALCULATES = (ast.Div, ast.Mult, ast.MatMult, ast.Pow)
_GIVE_DECIMALS = {
    "average", "dot", "exp", "float", "inner", "linspace", "log", "mean", "norm", "sqrt", "sum",
    "tanh",
}  # fmt: skip


def assert_cause(crash: Crash) -> Said | None:
    """Say what two sides of an ``assert`` are that should be equal.

    Parameters
    ----------
    crash : Crash

    Returns
    -------
    Said or None
        None where it is not known what they are.
    """
    pairs = list(_compared(crash))
    if any(_is_size(side, crash) for pair in pairs for side in pair):
        for left, right in pairs:
            has, gets = _size(left, crash), _size(right, crash)
            if _may_be_shown(has) and _may_be_shown(gets) and has != gets:
                sides = {"left": ast.unparse(left), "right": ast.unparse(right)}
                return said("crash.asserts_other_sizes", **sides, has=str(has), gets=str(gets))
        return said("crash.asserts_sizes") if _asks_nothing_else(crash) else None
    if any(_is_calculated(side, crash) for pair in pairs for side in pair):
        return said("crash.asserts_equal")
    return None


def _asks_nothing_else(crash: Crash) -> bool:
    """Whether it is one comparison of two."""
    asserted = [part.test for part in parts(crash.line) if isinstance(part, ast.Assert)]
    return [len(test.ops) for test in asserted if isinstance(test, ast.Compare)] == [1]


def _compared(crash: Crash) -> Iterator[tuple[ast.expr, ast.expr]]:
    """The pairs of which an ``assert`` asks whether they are equal."""
    if not crash.line.startswith("assert") or _CLOSE.search(crash.line):
        return
    for part in parts(crash.line):
        if isinstance(part, ast.Compare):
            sides = [part.left, *part.comparators]
            for at, sign in enumerate(part.ops):
                if isinstance(sign, ast.Eq):
                    yield sides[at], sides[at + 1]


def _is_size(side: ast.expr, crash: Crash) -> bool:
    """Whether it is a length, a shape or a number of axes, or a name of one."""
    if isinstance(side, ast.Name):
        made = _made(side.id, crash)
        return made is not None and _is_size(made, crash)
    match side:
        case ast.Call(func=ast.Name(id="len")) | ast.Call(func=ast.Attribute(attr="shape")):
            return True
        case ast.Attribute(attr=attr) | ast.Subscript(value=ast.Attribute(attr=attr)):
            return attr in _SIZES
    return False


def _made(name: str, crash: Crash) -> ast.expr | None:
    """What a name was last given, as far as the lines before tell."""
    for before in reversed(crash.before):
        if re.match(rf"\s*{re.escape(name)}\s*=(?!=)", before):
            for part in parts(before):
                if isinstance(part, ast.Assign) and not isinstance(part.value, ast.Name):
                    return part.value
            return None
    return None


def _size(side: ast.expr, crash: Crash) -> int | Shape | None:
    """The size or shape that a side has, by the shapes at the crash; None if it isn't known."""
    match side:
        case ast.Constant(value=int(number)):
            return number
        case ast.Tuple(elts=elements):
            sizes = [_size(one, crash) for one in elements]
            numbers = tuple(size for size in sizes if isinstance(size, int))
            return numbers if len(numbers) == len(sizes) else None
        case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]):
            shape = _shape(name, crash)
            return shape[0] if shape else None
        case ast.Attribute(value=ast.Name(id=name), attr=attr) if attr in _SIZES:
            shape = _shape(name, crash)
            if shape is None or attr == "shape":
                return shape
            return math.prod(shape) if attr == "size" else len(shape)
        case ast.Subscript(value=ast.Attribute(attr="shape") as of, slice=ast.Constant(int(at))):
            whole = _size(of, crash)
            return whole[at] if isinstance(whole, tuple) and at < len(whole) else None
    return None


def _shape(name: str, crash: Crash) -> Shape | None:
    shape = crash.shapes.get(name)
    return shape if isinstance(shape, tuple) else None


def _may_be_shown(size: int | Shape | None) -> bool:
    sizes = size if isinstance(size, tuple) else (size,)
    return all(one is not None and 0 <= one <= LARGEST_SHOWN for one in sizes)


def _is_calculated(side: ast.expr, crash: Crash) -> bool:
    """Whether it is calculated of what may have decimals."""
    if isinstance(side, ast.Name):
        made = _made(side.id, crash)
        return made is not None and _is_calculated(made, crash)
    if any(_is_size(node, crash) for node in walk(side) if isinstance(node, ast.Call)):
        return False
    for node in walk(side):
        match node:
            case ast.Constant(value=float()):
                return True
            case ast.BinOp(op=op) if isinstance(op, _CALCULATES):
                return True
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                if name in _GIVE_DECIMALS:
                    return True
    return False
