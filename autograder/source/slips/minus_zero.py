"""Places counted from the end with a minus, by a count that begins with 0: −0 is 0."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, in_rounds, names_in, walk


def minus_zero(unit: ast.AST) -> Iterator[Slip]:
    """List entries such as ``items[-i]`` in a loop that counts from 0.

    Parameters
    ----------
    unit : ast.AST
    """
    for node in walk(unit):
        match node:
            case ast.For(target=target, iter=made):
                yield from _taken(_from_0(target, made), in_rounds(node))
            case ast.ListComp(elt, [ast.comprehension(target, made, [])]):
                yield from _taken(_from_0(target, made), walk(elt))
            case ast.GeneratorExp(elt, [ast.comprehension(target, made, [])]):
                yield from _taken(_from_0(target, made), walk(elt))


def _from_0(target: ast.expr, made: ast.expr) -> str:
    """The name of what is counted from 0, one by one; empty if there is none."""
    match target, made:
        case ast.Name(id=name), ast.Call(ast.Name(id="range"), [_] | [ast.Constant(value=0), _]):
            return name
        case ast.Tuple([ast.Name(id=name), _]), ast.Call(ast.Name(id="enumerate"), [_], []):
            return name
    return ""


def _taken(name: str, nodes: list[ast.AST]) -> Iterator[Slip]:
    """The places that are a count with a minus, where no condition asks for that count."""
    conditions = (ast.If, ast.IfExp, ast.While)
    asked = any(isinstance(one, conditions) and name in names_in(one.test) for one in nodes)
    given = any(
        isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Store)
        for one in nodes
    )
    if not name or asked or given:
        return
    taken = [one for one in nodes if isinstance(one, ast.Subscript) and _is_minus(one.slice, name)]
    # What is read and set at the same place, or added up, may be done in any order.
    if any(isinstance(one.ctx, ast.Store) for one in taken):
        return
    summed = {id(part) for one in nodes if isinstance(one, ast.AugAssign) for part in walk(one)}
    yield from (Slip("minus zero", one.lineno, name) for one in taken if id(one) not in summed)


def _is_minus(place: ast.expr, name: str) -> bool:
    match place:
        case ast.UnaryOp(ast.USub(), ast.Name(id=own)):
            return own == name
    return False
