"""What often goes wrong where numbers are added up in loops: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..trees import STORES, WHOLE, Slip, bound_in, names_given, names_in, walk
from .kept_sums import begun_elsewhere, is_zero, kept_sums


def sum_slips(
    before: Sequence[ast.stmt],
    loop: ast.For | ast.While,
    counts: frozenset[str],
    after: Sequence[ast.stmt],
) -> Iterator[Slip]:
    """What begins with 0 before a loop, and isn't a sum of its rounds then, or is one of too many.

    Parameters
    ----------
    before, after : sequence of ast.stmt
        What stands in the same block.
    loop : ast.For or ast.While
    counts : frozenset of str
        The names that it counts with.
    """
    yield from _made_too_seldom(before, loop)
    yield from kept_sums(before, loop)
    yield from begun_elsewhere(before, loop)
    zero = names_given(before, is_zero)
    if zero:
        yield from _not_added_up(zero, loop, counts, after)
        yield from _counts_on(zero, loop)


def _made_too_seldom(before: Sequence[ast.stmt], loop: ast.For | ast.While) -> Iterator[Slip]:
    """What is written into in a loop, stored in each round, and made before or at times."""
    made = names_given(before, lambda value: isinstance(value, ast.List | ast.Call))
    anew = frozenset[str]().union(*map(bound_in, loop.body))
    for name, line in _stored_in(loop).items():
        if not any(_writes_into(name, one) for one in loop.body):
            continue
        if name in made - anew:
            filled = _filled_whole(name, loop)
            yield Slip("filled again", filled, name) if filled else Slip("made once", line, name)
        elif name in anew and all(_at_times(one) for one in loop.body if name in bound_in(one)):
            yield Slip("made seldom", line, name)


def _filled_whole(name: str, loop: ast.For | ast.While) -> int | None:
    """The line in a loop that gives what a name stands for all its numbers, if it is the first.

    A copy may be stored instead, but what is made before the loop keeps its size for all rounds.
    """
    first = next((one for one in loop.body if _writes_into(name, one)), None)
    match first:
        case ast.Assign([ast.Subscript(ast.Name(of), all_of)], value) if of == name:
            is_made = not isinstance(value, ast.Constant | ast.Name)
            return first.lineno if is_made and ast.unparse(all_of) in WHOLE else None
    return None


def _stored_in(loop: ast.For | ast.While) -> dict[str, int]:
    """The names that a loop puts into a list, and where."""
    return {
        call.args[-1].id: call.lineno
        for statement in loop.body
        for call in walk(statement)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr in STORES and call.args and isinstance(call.args[-1], ast.Name)
    }


def _at_times(statement: ast.stmt) -> bool:
    """Whether a statement is an ``if`` without another branch: some rounds pass it by."""
    return isinstance(statement, ast.If) and not statement.orelse


def _writes_into(name: str, statement: ast.stmt) -> bool:
    """Whether something is put into what a name stands for; into a list, in a loop of its own."""
    in_loop = isinstance(statement, ast.For | ast.While)
    for node in walk(statement):
        match node:
            case ast.Call(ast.Attribute(ast.Name(id=of), "append" | "insert" | "extend")):
                if of == name and in_loop:
                    return True
            case ast.Subscript(ctx=ast.Store()):
                value: ast.expr = node
                while isinstance(value, ast.Subscript):
                    value = value.value
                if isinstance(value, ast.Name) and value.id == name:
                    return True
    return False


def _not_added_up(
    zero: set[str], loop: ast.For | ast.While, counts: frozenset[str], after: Sequence[ast.stmt]
) -> Iterator[Slip]:
    """What gets another value in each round, of which the last one is used."""
    later = frozenset[str]().union(*map(names_in, after))
    read = {
        node.id
        for node in walk(loop)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    for statement in loop.body:
        match statement:
            case ast.Assign([ast.Name(id=name)], value) if counts & names_in(value):
                if name in zero & later and name not in read:
                    yield Slip("not added up", statement.lineno, name)


def _counts_on(zero: set[str], loop: ast.For | ast.While) -> Iterator[Slip]:
    """The counter of a ``while`` within this loop that no round of this one sets back."""
    for inner in loop.body:
        if not (isinstance(inner, ast.While) and isinstance(inner.test, ast.Compare)):
            continue
        set_in, set_beside = (
            frozenset[str]().union(*map(bound_in, block))
            for block in (inner.body, [one for one in loop.body if one is not inner])
        )
        for name in sorted(zero & names_in(inner.test.left) & set_in - set_beside):
            yield Slip("counter goes on", inner.lineno, name)
