"""A loop's name that is changed and never read again: of numbers that changes nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, in_rounds, names_in, walk


def loop_numbers(unit: ast.AST) -> Iterator[Slip]:
    """List what a line makes of a loop's own name, if nothing reads that afterwards.

    Of an array `-=` changes what the loop goes through: whether it is a number shows when it runs.

    Parameters
    ----------
    unit : ast.AST
    """
    nodes = walk(unit)
    for loop in nodes:
        if not isinstance(loop, ast.For):
            continue
        own = _values_of(loop)
        for node in in_rounds(loop):
            match node:
                case ast.AugAssign(ast.Name(id=name)) | ast.Assign([ast.Name(id=name)]):
                    if name in own and not _is_read(name, node, loop, nodes):
                        yield Slip("loop number", node.lineno, name)


def _values_of(loop: ast.For) -> frozenset[str]:
    """The names that a loop gives what it goes through, and none that it counts with."""
    match loop:
        case ast.For(ast.Tuple([_, *others]), ast.Call(ast.Name(id="enumerate"))):
            return frozenset[str]().union(*map(names_in, others))
        case ast.For(iter=ast.Call(ast.Name(id="range") | ast.Attribute(attr="nditer"))):
            return frozenset()  # What `nditer` gives are no numbers, but their places.
    return names_in(loop.target)


def _is_read(name: str, changed: ast.stmt, loop: ast.For, nodes: list[ast.AST]) -> bool:
    """Whether a name is read once it is changed, but for where another loop gives it a value."""
    around = [part for part in in_rounds(loop) if isinstance(part, ast.For | ast.While)]
    repeated = {id(part) for one in around if changed in walk(one) for part in walk(one)}
    others = [other for other in nodes if name in _given_by(other) and changed not in walk(other)]
    elsewhere = {id(part) for other in (*others, changed) for part in walk(other)}
    return any(
        isinstance(read, ast.Name)
        and read.id == name
        and isinstance(read.ctx, ast.Load)
        and id(read) not in elsewhere
        and (id(read) in repeated or read.lineno > (changed.end_lineno or changed.lineno))
        for read in nodes
    )


def _given_by(loop: ast.AST) -> frozenset[str]:
    """The names to which a loop, or what is written in brackets, gives values."""
    match loop:
        case ast.For(target=target):
            return names_in(target)
        case ast.ListComp(generators=given) | ast.GeneratorExp(generators=given):
            return frozenset[str]().union(*(names_in(one.target) for one in given))
    return frozenset()
