"""What a function returns that its loops change only where a count allows it: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence

from ..trees import Slip, changed_in, names_given, names_in, walk


def not_each_round(unit: ast.AST, parameters: Sequence[str]) -> Iterator[Slip]:
    """What is made of a parameter and returned, and not changed in each round of a loop.

    Parameters
    ----------
    unit : ast.AST
    parameters : sequence of str
        The function's own.
    """
    nodes = walk(unit)
    made = names_given(nodes, lambda value: bool(names_in(value) & {*parameters}))
    returned = _returned(nodes) & {*parameters, *made}
    named = _named(nodes)
    for loop in nodes if returned else ():
        if not isinstance(loop, ast.For | ast.While):
            continue
        changed = sorted(returned & changed_in(loop))
        choices = [node for node in walk(loop) if isinstance(node, ast.If) if changed]
        for choice in (one for one in choices if _asks_a_count(one.test, loop)):
            alone = [name for name in changed if _alone(choice, name, loop)]
            yield from (Slip("at some counts", choice.lineno, name) for name in alone[:1])
        if changed and isinstance(loop, ast.For) and (size := _size_of_group(loop.iter, named)):
            yield Slip("whole groups", loop.lineno, size)


def _returned(nodes: Collection[ast.AST]) -> frozenset[str]:
    """The names of which what is returned is made."""
    values = [node.value for node in nodes if isinstance(node, ast.Return) and node.value]
    return frozenset[str]().union(*map(names_in, values))


def _alone(choice: ast.If, name: str, loop: ast.stmt) -> bool:
    """Whether a loop changes something under a condition, and nowhere else."""
    inside = {id(node) for statement in choice.body for node in walk(statement)}
    changing = [id(node) for node in walk(loop) if _changes(node, name)]
    return bool(changing) and not choice.orelse and inside.issuperset(changing)


def _changes(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Name(id=own, ctx=ast.Store()):
            return own == name
        case ast.Subscript(value=ast.Name(id=own), ctx=ast.Store()):
            return own == name
    return False


def _asks_a_count(test: ast.expr, loop: ast.stmt) -> bool:
    """Whether a condition waits until something has come several times."""
    match test:
        case ast.Compare(ast.BinOp(op=ast.Mod(), right=times), [ast.Eq()], [_]):
            pass
        case ast.UnaryOp(ast.Not(), ast.BinOp(op=ast.Mod(), right=times)):
            pass
        case ast.Compare(count, [ast.Eq() | ast.Gt() | ast.GtE()], [times]):
            if not _is_a_count(count, loop):
                return False
        case _:
            return False
    return _several(times)


def _several(times: ast.expr) -> bool:
    """Whether it may be more than 1."""
    match times:
        case ast.Constant(value=int(number)):
            return number > 1
    return isinstance(times, ast.Name)


def _is_a_count(value: ast.expr, loop: ast.stmt) -> bool:
    """Whether it is a length, or goes up by a number in the rounds of a loop."""
    match value:
        case ast.Call(ast.Name(id="len"), [_]):
            return True
        case ast.Name(id=name):
            return any(
                isinstance(node, ast.AugAssign)
                and isinstance(node.op, ast.Add)
                and isinstance(node.value, ast.Constant)
                and _changes(node.target, name)
                for node in walk(loop)
            )
    return False


def _size_of_group(made: ast.expr, named: Mapping[str, ast.expr]) -> str:
    """By what a loop's number of rounds is divided, where what is left over gets none."""
    match made:
        case ast.Call(ast.Name(id="range"), [ast.Name(id=name)]) if name in named:
            rounds = named[name]
        case ast.Call(ast.Name(id="range"), [rounds]):
            pass
        case _:
            return ""
    match rounds:
        case ast.BinOp(op=ast.FloorDiv(), right=size) if _several(size):
            return ast.unparse(size)
    return ""


def _named(nodes: Collection[ast.AST]) -> dict[str, ast.expr]:
    """What each name is set to."""
    return {
        name.id: node.value
        for node in nodes
        if isinstance(node, ast.Assign)
        for name in node.targets
        if isinstance(name, ast.Name)
    }
