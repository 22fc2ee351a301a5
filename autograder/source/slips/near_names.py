"""A name that gets values which no line reads, where one that is spelt much like it is read."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Collection, Iterator, Sequence
from functools import partial

from ..trees import STORES, Slip, names_in, walk

#: Of shorter names many are alike.
SHORTEST, NEARLY = 4, 0.8


def near_names(unit: ast.AST) -> Iterator[Slip]:
    """Lines that read a name from before, where values were put under one much like it.

    Parameters
    ----------
    unit : ast.AST
    """
    if not isinstance(unit, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    nodes = walk(unit)
    elsewhere = {name for one in nodes if isinstance(one, ast.Global | ast.Nonlocal)
                 for name in one.names}  # fmt: skip
    loops = [one for one in nodes if isinstance(one, ast.For | ast.While)]
    filled = _filled(nodes)
    given, read = _lines(nodes, ast.Store, filled), _lines(nodes, ast.Load, filled)
    parameters = {one.arg: list[int]() for one in nodes if isinstance(one, ast.arg)}
    for name, made_of in _assigned(nodes).items():
        if name in read or name in elsewhere or len(name) < SHORTEST:
            continue
        if not made_of and len(given[name]) == 1:
            continue  # No more than a beginning.
        known = [one for one in (parameters | given) if one in read]
        other = max(known, key=partial(_alike, name), default="")
        if _alike(name, other) < NEARLY:
            continue
        # What is made of another thing often has a longer name by it.
        if _is_longer(name, other) and (other in made_of or other in parameters):
            continue
        stale = _read_instead(read[other], given[name][-1], given.get(other, []), loops)
        yield from (Slip("near name", line, name) for line in stale[:1])


def spelt_alike(name: str, other: str) -> bool:
    """Whether one of two names can be a slip for the other, by no more than how they are spelt.

    Parameters
    ----------
    name, other : str
    """
    long_enough = min(len(name), len(other)) >= SHORTEST
    return long_enough and _alike(name, other) >= NEARLY and not _is_longer(name, other)


def _assigned(nodes: Sequence[ast.AST]) -> dict[str, frozenset[str]]:
    """The names to which ``=`` gives a value, each by itself, with the names that it is made of."""
    found: dict[str, frozenset[str]] = {}
    for node in nodes:
        match node:
            case ast.Assign([ast.Name(id=name)], value) | ast.AnnAssign(
                ast.Name(id=name), value=ast.expr() as value
            ):
                found[name] = found.get(name, frozenset()) | names_in(value) - {"np", "numpy"}
    return found


def _is_longer(name: str, other: str) -> bool:
    """Whether one of two names stands within the other, which has more than a letter besides."""
    one, two = sorted((name.lower().replace("_", ""), other.lower().replace("_", "")), key=len)
    return one in two and len(two) > len(one) + 1


def _filled(nodes: Sequence[ast.AST]) -> set[int]:
    """Where a name stands only for something to be put into it, by id."""
    found = set[int]()
    for node in nodes:
        match node:
            case ast.Expr(ast.Call(ast.Attribute(ast.Name() as into, how))) if how in STORES:
                found.add(id(into))
            case ast.Subscript(ast.Name() as into, ctx=ast.Store()):
                found.add(id(into))
    return found


def _lines(
    nodes: Sequence[ast.AST], how: type[ast.expr_context], filled: Collection[int]
) -> dict[str, list[int]]:
    """The lines that read each name, or that give it something."""
    found: dict[str, list[int]] = {}
    for node in nodes:
        if isinstance(node, ast.Name):
            context = ast.Store if id(node) in filled else type(node.ctx)
            if context is how:
                found.setdefault(node.id, []).append(node.lineno)
    return {name: sorted(lines) for name, lines in found.items()}


def _alike(name: str, other: str) -> float:
    """How much like another name one is, that differs by a few letters, and not by numbers alone.

    1 where one stands within the other.
    """
    one, two = (text.lower().replace("_", "") for text in (name, other))
    letters, of_other = one.strip("0123456789"), two.strip("0123456789")
    if name == other or len(other) < SHORTEST or (letters == of_other and one != two):
        return 0.0
    within = 1.0 if one in two or two in one else 0.0
    return max(within, difflib.SequenceMatcher(None, one, two).ratio())


def _read_instead(
    read: Sequence[int], line: int, given: Sequence[int], loops: Sequence[ast.For | ast.While]
) -> list[int]:
    """The lines in which a name is read after another got its values, and that has the old ones."""
    around = [one for one in loops if one.lineno < line <= (one.end_lineno or one.lineno)]
    first = min((one.lineno for one in around), default=line)
    if any(at >= first for at in given):
        return []  # It gets values of its own there.
    return [at for at in read if at > line] or [at for at in read if first < at < line]
