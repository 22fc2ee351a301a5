"""Loops that write into what they still read."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from ..phrases import Said, said
from ..trees import cut_short, in_rounds, names_in, walk

_LOOPS = (ast.For, ast.While)


def written_over(loop: ast.For) -> Iterator[tuple[str, ast.stmt]]:
    """The names that a loop writes into by place and reads elsewhere, with where it writes."""
    nodes = in_rounds(loop)
    stores = {
        target.value.id: node
        for node in reversed(nodes)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name)
    }
    read = {node.id for node in _reads(nodes)}
    given = {node.id for node in nodes if isinstance(node, ast.Name) and _stores(node)}
    for name, store in stores.items():
        if name in read and name not in given:
            yield name, store


def not_as_it_was(loop: ast.For) -> Iterator[tuple[str, ast.stmt]]:
    """The names that a loop makes of what they held, by a product or a call, with where it does.

    Its rounds read what the one before made; what is added up is meant to be read so.
    """
    nodes = in_rounds(loop)
    inner = {id(one) for node in nodes if isinstance(node, _LOOPS) for one in walk(node)}
    stores = [one.id for one in (*nodes, *walk(loop.target)) if _is_stored(one)]
    for node in nodes:
        name = _made_of_itself(node) if id(node) not in inner else ""
        if name and isinstance(node, ast.stmt) and stores.count(name) == 1:
            yield name, node


def _made_of_itself(node: ast.AST) -> str:
    """The name to which a line gives what it makes of that; empty where it adds up."""
    match node:
        case ast.Assign([ast.Name(id=name)], value) if name in names_in(value):
            adds = isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add | ast.Sub)
            return "" if adds else name
        case ast.AugAssign(ast.Name(id=name), op) if not isinstance(op, ast.Add | ast.Sub):
            return name
    return ""


def _is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and _stores(node)


def kept_as_it_was(name: str, old: str) -> tuple[ast.Assign, ast.Assign]:
    """The line that keeps what a name holds under another, and the one that gives it back."""
    return _array_of(name, old), _array_of(old, name)


def _array_of(name: str, into: str) -> ast.Assign:
    value = ast.Call(ast.parse("np.copy", mode="eval").body, [ast.Name(name, ast.Load())], [])
    return ast.Assign([ast.Name(into, ast.Store())], value)


def copied(name: str, old: str) -> ast.Assign:
    """The line that keeps what there is under a name, under another one."""
    copy = ast.Call(ast.Attribute(ast.Name(name, ast.Load()), "copy", ast.Load()), [], [])
    return ast.Assign([ast.Name(old, ast.Store())], copy)


def over_told(key: str, loop: ast.For, store: ast.Assign | ast.AugAssign) -> Said | None:
    """What is said where all is right with what a name held before a loop.

    Parameters
    ----------
    key : str
        Of the sentence.
    loop : ast.For
    store : ast.Assign or ast.AugAssign
        Where the loop writes into what has the name, or gives it what is made of itself.

    Returns
    -------
    Said or None
        None where one cannot tell which line reads it, and when.
    """
    if name := _made_of_itself(store):
        question = said("change.written_over_there")
        return said(key, line=store.lineno, loop=loop.lineno, name=name, question=question)
    match store:
        case ast.Assign([ast.Subscript(ast.Name(id=name), index)]):
            below, later = _read_after(loop, store, name, ast.unparse(index))
        case _:
            return None
    if not (below or later):
        return None
    question = _read_told(below, later, store, loop)
    return said(key, line=store.lineno, loop=loop.lineno, name=name, question=question)


def _read_told(
    below: Sequence[int], later: Sequence[int], store: ast.Assign, loop: ast.For
) -> Said:
    """Which lines read what was written over, and when."""
    if below and later:
        return said("change.written_over_afterwards", lines=", ".join(map(str, (*below, *later))))
    line = (*below, *later)[0]
    if line == store.lineno:
        return said("change.written_over_there")
    inside = [node for node in in_rounds(loop) if isinstance(node, ast.stmt)]
    around = [one for one in inside if one.lineno <= line <= (one.end_lineno or line)]
    text = ast.unparse(max(around, key=lambda one: one.lineno)).partition("\n")[0]
    how = "below" if below else "later"
    return said(f"change.written_over_{how}", line=line, code=cut_short(text))


def _read_after(
    loop: ast.For, store: ast.Assign, name: str, index: str
) -> tuple[list[int], list[int]]:
    """The lines that read what was written: below it in the same round, or else in a later one."""
    nodes = in_rounds(loop)
    at = {id(n.value): ast.unparse(n.slice) for n in nodes if isinstance(n, ast.Subscript)}
    counted = not names_in(store.targets[0]).isdisjoint(names_in(loop.target))
    below, later = set[int](), set[int]()
    for read in _reads(nodes):
        if read.id != name:
            continue
        is_own = at.get(id(read)) == index
        if _is_below(loop.body, store, read) and (is_own or id(read) not in at):
            below.add(read.lineno)
        elif not (is_own and counted):  # its own entry it reads before that is written over
            later.add(read.lineno)
    return sorted(below), sorted(later - below)


def _is_below(body: Sequence[ast.stmt], store: ast.stmt, read: ast.Name) -> bool:
    """Whether what reads stands behind a statement, and is reached after it in the same round."""
    places = [next((i for i, s in enumerate(body) if n in walk(s)), None) for n in (store, read)]
    written, reads = places
    if written is None or reads is None:
        return False
    blocks = (getattr(body[written], part, None) or [] for part in ("body", "orelse", "finalbody"))
    if written == reads:
        return any(_is_below(block, store, read) for block in blocks)
    return written < reads


def _reads(nodes: Sequence[ast.AST]) -> list[ast.Name]:
    """The names whose entries are read, but for those of which an entry is written."""
    into = {id(node.value) for node in nodes if isinstance(node, ast.Subscript) and _stores(node)}
    # How large it is stays as it was, whatever is written into it.
    into |= {id(of) for node in nodes if (of := _measured(node))}
    names = [node for node in nodes if isinstance(node, ast.Name) and id(node) not in into]
    return [node for node in names if isinstance(node.ctx, ast.Load)]


def _measured(node: ast.AST) -> ast.expr | None:
    """What is asked for its size alone."""
    match node:
        case ast.Call(ast.Name("len") | ast.Attribute(attr="shape" | "ndim" | "size"), [of]):
            return of
        case ast.Attribute(of, "shape" | "ndim" | "size"):
            return of
    return None


def _stores(node: ast.Name | ast.Subscript) -> bool:
    return isinstance(node.ctx, ast.Store | ast.Del)
