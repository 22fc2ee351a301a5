"""Steps inside a loop that take nothing from it, and so are taken once more in each round."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, bound_in, names_in, walk
from .loops import base

#: Functions that change nothing of what they are given.
_PLAIN = {"abs", "enumerate", "float", "len", "max", "min", "range", "reversed", "sum", "zip"}


def done_again(unit: ast.AST) -> Iterator[Slip]:
    """List statements in an inner loop that take a step, and nothing from what that goes through.

    Parameters
    ----------
    unit : ast.AST
    """
    for outer in walk(unit):
        if not isinstance(outer, ast.For | ast.While):
            continue
        for loop in outer.body:
            if isinstance(loop, ast.For):
                yield from _steps_apart(loop)


def _steps_apart(loop: ast.For) -> Iterator[Slip]:
    """The steps that a loop's rounds don't make, beside what they do make."""
    if any(isinstance(node, ast.Continue | ast.Break | ast.Return) for node in walk(loop)):
        return
    own = _of_the_round(loop)
    apart = [one for one in loop.body if not _read(one) & own]
    used = [name for one in loop.body if one not in apart for name in _read(one)]
    targets = [node for node in walk(loop.target) if isinstance(node, ast.Name)]
    counted = next((node.id for node in targets if node.id in used), "")
    steps = [one for one in apart if any(_is_step(node) for node in walk(one))]
    if counted and steps:  # else it only counts how often all is done
        yield Slip("done again", steps[0].lineno, counted)


def _of_the_round(loop: ast.For) -> frozenset[str]:
    """The names whose values come of what a loop goes through."""
    own = bound_in(loop.target)
    while True:
        more = own.union(*(_made(one) for one in loop.body if _read(one) & own))
        if more == own:
            return own
        own = more


def _made(statement: ast.stmt) -> frozenset[str]:
    """The names that a statement gives a value, or another entry, or may change by a call."""
    if isinstance(statement, ast.AugAssign) and _is_step(statement):
        return bound_in(statement)  # What it steps in is no value of the round's.
    found = set(bound_in(statement))
    for node in walk(statement):
        match node:
            case ast.Subscript(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()):
                found |= names_in(node)
            case ast.Call(func=ast.Attribute(ast.Name("np" | "numpy"))):
                continue
            case ast.Call(func=ast.Name(name)) if name in _PLAIN:
                continue
            case ast.Call():
                found |= names_in(node)
    return frozenset(found)


def _read(statement: ast.stmt) -> frozenset[str]:
    """The names in a statement that it does not make itself before."""
    whole = isinstance(statement, ast.Assign)
    made = [node for node in walk(statement) if isinstance(getattr(node, "ctx", None), ast.Store)]
    stored = {node.id for node in made if isinstance(node, ast.Name)} if whole else set[str]()
    value = names_in(statement.value) if isinstance(statement, ast.Assign) else frozenset[str]()
    return names_in(statement) - stored | value


def _is_step(node: ast.AST) -> bool:
    """Whether a multiple of something is taken off what is kept."""
    match node:
        case ast.AugAssign(op=ast.Sub(), value=ast.BinOp(op=ast.Mult())):
            return True
        case ast.Assign([target], ast.BinOp(before, ast.Sub(), ast.BinOp(op=ast.Mult()))):
            return bool(base(target)) and ast.unparse(target) == ast.unparse(before)
    return False
