"""What each round adds to and no line sets back, so that it comes into later rounds again."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from ..phrases import Said, said
from ..trees import WIDEST, bound_in, walk
from .reached import Unit

#: A change that leaves such a sum out where another line takes it in.
CARRIED_ON = "carried_on"
_LOOPS = (ast.For, ast.While)
#: What leaves something of what is in a sum.
_LEAVE_SOME = (ast.Add, ast.Sub, ast.Mult, ast.Div)
#: What of a list or an array sets it back.
_SET_BACK = {"fill", "clear", "pop"}


def carried_on(units: Sequence[Unit]) -> Mapping[str, Mapping[str, int]]:
    """The sums that go on from round to round, each with the line that adds to it, by unit.

    Parameters
    ----------
    units : sequence of Unit
        A function, and after it what it calls.
    """
    found = {unit.name: dict(_named(unit.node)) for unit in units}
    for unit in units if _made_once(units) else ():
        if unit.of:
            found[unit.name] |= _attributes(unit.of)
    return found


def taken_in(node: ast.AST, left: ast.AST, sums: Mapping[str, int]) -> str:
    """The sum that some code adds to something else, or takes from it, as it is or times another.

    Parameters
    ----------
    node : ast.expr or ast.stmt
    left : ast.AST
        What of it is left where that is left out.
    sums : mapping of str to int
        See `carried_on`: a line that adds to a sum takes none in.
    """
    match node:
        case ast.BinOp(one, ast.Add() | ast.Sub(), other) if left is one:
            out = other
        case ast.BinOp(other, ast.Add(), one) if left is one:
            out = other
        case ast.AugAssign(op=ast.Add() | ast.Sub(), value=out) if isinstance(left, ast.Pass):
            pass
        case _:
            return ""
    parts = [out.left, out.right] if isinstance(out, ast.BinOp) else []
    for part in [out, *(parts if isinstance(getattr(out, "op", None), ast.Mult) else ())]:
        name = ast.unparse(part)
        line = getattr(node, "lineno", 0)
        if len(name) <= WIDEST and sums.get(name, line) != line:
            return name
    return ""


def carried_on_told(key: str, node: ast.AST, left: ast.AST, sums: Mapping[str, int]) -> Said:
    """What is said where all is right without such a sum.

    Parameters
    ----------
    key : str
        Of the sentence.
    node, left, sums
        As in `taken_in`.
    """
    name = taken_in(node, left, sums)
    return said(key, line=getattr(node, "lineno", 0), made=sums.get(name, 0), name=name)


def _named(function: ast.FunctionDef) -> Iterator[tuple[str, int]]:
    """The sums under a name that is given a value before a loop, and in it is added to alone."""
    for loop in _outermost_loops(function.body):
        above = [one for one in function.body if one.lineno < loop.lineno]
        begun = frozenset[str]().union(*map(bound_in, above))
        within = walk(loop)
        for node, target in _adding(within):
            base = target
            while isinstance(base, ast.Subscript):
                base = base.value
            begins = isinstance(base, ast.Name) and base.id in begun
            if begins and not _sets(within, ast.unparse(base)):
                yield ast.unparse(target), node.lineno


def _attributes(of: ast.ClassDef) -> Iterator[tuple[str, int]]:
    """The sums that a class keeps in attributes which its ``__init__`` alone sets."""
    methods = [one for one in of.body if isinstance(one, ast.FunctionDef)]
    within = [node for one in methods if one.name != "__init__" for node in walk(one)]
    for node, target in _adding(within):
        base = target.value if isinstance(target, ast.Subscript) else target
        is_own = isinstance(base, ast.Attribute) and isinstance(base.value, ast.Name)
        if is_own and not _sets(within, ast.unparse(base)):
            yield ast.unparse(target), node.lineno


def _adding(nodes: Sequence[ast.AST]) -> Iterator[tuple[ast.AugAssign, ast.expr]]:
    """The lines that add something else than a plain number to what there is."""
    for node in nodes:
        match node:
            case ast.AugAssign(target, ast.Add() | ast.Sub(), value):
                if not isinstance(value, ast.Constant):
                    yield node, target


def _sets(nodes: Sequence[ast.AST], name: str) -> bool:
    """Whether some code gives a name, or an entry of it, more than a sum or a part of its own."""
    grow = {
        id(node.target)
        for node in nodes
        if isinstance(node, ast.AugAssign) and isinstance(node.op, _LEAVE_SOME)
    }
    for node in nodes:
        match node:
            case ast.Call(ast.Attribute(of, how)) if how in _SET_BACK and _is_of(of, name):
                return True
            case ast.Name(ctx=ctx) | ast.Attribute(ctx=ctx) | ast.Subscript(ctx=ctx):
                is_set = isinstance(ctx, ast.Store) and id(node) not in grow
                if is_set and _is_of(node, name):
                    return True
    return False


def _is_of(node: ast.expr, name: str) -> bool:
    while isinstance(node, ast.Subscript):
        node = node.value
    return ast.unparse(node) == name


def _outermost_loops(body: Sequence[ast.stmt]) -> Iterator[ast.For | ast.While]:
    for one in body:
        if isinstance(one, _LOOPS):
            yield one


def _made_once(units: Sequence[Unit]) -> bool:
    """Whether values of the units' classes are made before what is done in rounds begins."""
    classes = {unit.of.name for unit in units if unit.of}
    for at, unit in enumerate(units):
        if unit.of and unit.node.name == "__init__":
            continue
        loops = [one for one in walk(unit.node) if isinstance(one, _LOOPS)]
        for part in [unit.node] if at else loops:
            called = (one.func for one in walk(part) if isinstance(one, ast.Call))
            if any(isinstance(one, ast.Name) and one.id in classes for one in called):
                return False
    return True
