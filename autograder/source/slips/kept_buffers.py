"""Arrays that are kept for the next round, and added to with what is in them: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from ..trees import Slip, names_given, names_in, walk
from .kept_sums import are_zeros, is_set, is_square, sum_of, used_in
from .loops import base

#: By function: the places of the arrays that it adds to, with the line that does.
_Adds = Mapping[str, Mapping[int, int]]


def adding(units: Sequence[ast.AST]) -> dict[str, dict[int, int]]:
    """The functions that add to arrays which they are given, and never set these to 0."""
    found: dict[str, dict[int, int]] = {}
    for unit in units:
        if not isinstance(unit, ast.FunctionDef):
            continue
        nodes = walk(unit)
        for at, name in enumerate(one.arg for one in unit.args.args):
            lines = [
                node.lineno
                for node in nodes
                if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add)
                if base(node.target) == name and not is_square(node.value)
            ]
            if lines and not is_set(name, nodes):
                found.setdefault(unit.name, {})[at] = lines[0]
    return found


def kept_buffers(unit: ast.AST, adds: _Adds) -> Iterator[Slip]:
    """What is added to an array from an earlier round of a loop, and then used.

    Parameters
    ----------
    unit : ast.AST
    adds : mapping of str to mapping of int to int
        See `adding`.
    """
    for loop in walk(unit):
        if not isinstance(loop, ast.For | ast.While):
            continue
        makes = _made_at_times(loop)
        above = [node for node in walk(unit) if getattr(node, "lineno", loop.lineno) < loop.lineno]
        kept = {of: of for of in names_given(above, are_zeros)} if adds else {}
        kept |= {name: of for of in makes for name in (of, *_other_names(of, loop))}
        if not kept:
            continue
        making = {id(part) for made in makes.values() for node in made for part in walk(node)}
        nodes = [node for node in walk(loop) if id(node) not in making]
        for at, statement in enumerate(loop.body):
            used = frozenset[str]().union(*map(used_in, loop.body[at + 1 :]))
            for line, name, by_call in _added(statement, adds):
                of = kept.get(name)
                if of is None or not {name, of} & used or not (by_call or of in makes):
                    continue
                if not any(is_set(one, nodes, adds) for one in {name, of}):
                    yield Slip("kept and added to", line, of)


def _made_at_times(loop: ast.For | ast.While) -> dict[str, list[ast.AST]]:
    """What holds arrays that a loop makes where there is none yet, and the nodes that make them."""
    found: dict[str, list[ast.AST]] = {}
    for node in walk(loop):
        for made in walk(node) if isinstance(node, ast.If) else [node]:
            match made:
                case ast.Assign([ast.Subscript(ast.Name(id=name), slice=key)], value) if isinstance(
                    node, ast.If
                ) and name in names_in(node.test):
                    pass
                case ast.Call(ast.Attribute(ast.Name(id=name), "setdefault"), [key, value]):
                    pass
                case _:
                    continue
            if are_zeros(value) and not _is_of_round(key, loop):
                found.setdefault(name, []).append(made)
    return {name: [*made, *_naming(name, loop)] for name, made in found.items()}


def _is_of_round(key: ast.expr, loop: ast.For | ast.While) -> bool:
    """Whether each round of a loop has a key of its own."""
    own = names_in(loop.target) if isinstance(loop, ast.For) else frozenset[str]()
    parts = (ast.Attribute, ast.Subscript, ast.Call)
    return bool(own & names_in(key)) and not any(isinstance(part, parts) for part in walk(key))


def _naming(of: str, loop: ast.stmt) -> list[ast.AST]:
    """Where a loop gives an entry of something a name of its own."""
    found = list[ast.AST]()
    for node in walk(loop):
        match node:
            case ast.Assign([ast.Name()], ast.Subscript(ast.Name(id=name))) if name == of:
                found.append(node)
            case ast.Assign(
                [ast.Name()], ast.Call(ast.Attribute(ast.Name(id=name), "setdefault" | "get"))
            ) if name == of:
                found.append(node)
    return found


def _other_names(of: str, loop: ast.stmt) -> list[str]:
    return [*names_given(_naming(of, loop), lambda value: True)]


def _added(statement: ast.stmt, adds: _Adds) -> Iterator[tuple[int, str, bool]]:
    """Where something is added, to what, and whether a function that is called does it."""
    for node in walk(statement):
        match sum_of(node):
            case (place, value) if not is_square(value) and not isinstance(value, ast.Constant):
                yield getattr(node, "lineno", 0), base(place), False
        match node:
            case ast.Call(ast.Name(id=name), args) if name in adds:
                yield from (
                    (adds[name][at], base(args[at]), True) for at in adds[name] if at < len(args)
                )
