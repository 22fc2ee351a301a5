"""What each round of an inner loop makes anew, read only when all are over: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..trees import Slip, bound_in, name_called, names_in, walk
from .used_up import each_function

_LOOPS = (ast.For, ast.While)
_BLOCKS = ("body", "orelse", "finalbody")
#: What changes nothing but what it gives: of other calls each round may do something that lasts.
_GIVES_ALONE = {
    "abs", "array", "asarray", "dot", "exp", "float", "int", "len", "log", "matmul", "maximum",
    "max", "mean", "min", "minimum", "multiply", "norm", "outer", "range", "sqrt", "square", "sum",
    "where", "zeros", "zeros_like", "copy",
}  # fmt: skip


def last_round_alone(units: Sequence[ast.AST]) -> Iterator[Slip]:
    """List the lines that read what an inner loop sets anew in each round, and does nothing with.

    Parameters
    ----------
    units : sequence of ast.AST
        The function that is asked for, and after it what it reaches.
    """
    for function in _carried_out(units):
        for around in walk(function):
            if isinstance(around, _LOOPS):
                for node in walk(around):
                    yield from _in_block(node)


def _carried_out(units: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """The units, and of a class the methods whose names some reached code takes."""
    taken = {node.attr for unit in units for node in walk(unit) if isinstance(node, ast.Attribute)}
    own = {id(unit) for unit in units}
    for one in each_function(units):
        name = getattr(one, "name", "")
        if id(one) in own or name in taken or name.startswith("__"):
            yield one


def _in_block(node: ast.AST) -> Iterator[Slip]:
    """What stands below the loops of a block, in the same round of the loop around them."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
        return
    for name in _BLOCKS:
        block = getattr(node, name, None)
        # Of a lambda or a conditional it is no list.
        block = block if isinstance(block, list) else []
        for at, loop in enumerate(block):
            if isinstance(loop, ast.For) and not loop.orelse:
                yield from _read_below(_set_anew(loop), block[at + 1 :])


def _set_anew(loop: ast.For) -> frozenset[str]:
    """What a loop sets by its round alone, where it does no more than that."""
    counters = names_in(loop.target)
    set_in = bound_in(loop)
    made, used = set[str](), set[str]()
    for statement in loop.body:
        match statement:
            case ast.Assign([ast.Name(id=name)], value) if _gives_alone(value):
                read = names_in(value)
            case _:
                return frozenset()
        # What goes on from an earlier round keeps something of it; what is set twice is replaced.
        carries_on = (read & set_in) - made - counters
        if carries_on or name in made | counters or not read & (counters | made):
            return frozenset()
        made.add(name)
        used |= read
    return frozenset(made - used)


def _gives_alone(value: ast.expr) -> bool:
    """Whether all that comes of an expression is its value."""
    calls = [node for node in walk(value) if isinstance(node, ast.Call)]
    lasting = any(isinstance(node, ast.NamedExpr | ast.Await) for node in walk(value))
    return not lasting and all(name_called(call) in _GIVES_ALONE for call in calls)


def _read_below(made: frozenset[str], below: Sequence[ast.stmt]) -> Iterator[Slip]:
    """The first line that reads any of what a loop has made; none where that is set anew before."""
    for statement in below if made else ():
        parts = walk(statement)
        names = [part for part in parts if isinstance(part, ast.Name) and part.id in made]
        read = [part for part in names if isinstance(part.ctx, ast.Load)]
        if read and isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr | ast.Return):
            yield Slip("last round alone", statement.lineno, read[0].id)
        if names:
            return
