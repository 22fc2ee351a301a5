"""Random numbers and orders of chance: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..trees import Slip, in_rounds, name_called, names_given, names_in, walk

#: What puts things in an order of chance.
ORDERS = {"permutation", "shuffle", "permuted"}
#: What draws a single whole number, unless it is told how many.
DRAWS_ONE = {"randint", "randrange", "integers", "choice"}


def by_chance(unit: ast.AST) -> Iterator[Slip]:
    """Random numbers, and what puts things in an order of chance."""
    named = [node for node in walk(unit) if isinstance(node, ast.Attribute)]
    shuffled = {node.lineno for node in named if node.attr in ORDERS}
    # A seed alone draws nothing.
    seeded = {id(node.value) for node in named if node.attr == "seed"}
    for node in named:
        if node.attr in ORDERS:
            yield Slip("shuffled", node.lineno, "")
        elif node.attr == "random" and node.lineno not in shuffled and id(node) not in seeded:
            yield Slip("random", node.lineno, "")


def one_at_random(unit: ast.AST, parameters: Sequence[str]) -> Iterator[Slip]:
    """List where each round of a loop reads one of several things alone, at a place of chance.

    Parameters
    ----------
    unit : ast.AST
    parameters : sequence of str
        The function's own. Of one the loop is told how many rounds to make.
    """
    nodes = walk(unit)
    given = {*parameters} | names_given(nodes, lambda value: _hands_on(value, parameters))
    for loop in nodes:
        match loop:
            case ast.For(iter=ast.Call(ast.Name(id="range"), [ast.Name(id=rounds)])) if (
                rounds in parameters
            ):
                for statement in loop.body:
                    match statement:
                        case ast.Assign([ast.Name(id=at)], value) if _draws_one(value):
                            alone = _read_at_alone(at, loop, statement, given)
                            yield from (Slip("one at random", statement.lineno, of) for of in alone)


def _hands_on(value: ast.expr, parameters: Sequence[str]) -> bool:
    """Whether it is an argument, as it is or as an array."""
    match value:
        case ast.Call(args=[ast.Name(id=name), *_]) | ast.Name(id=name):
            return name in parameters
    return False


def _draws_one(value: ast.expr) -> bool:
    """Whether one whole number is drawn there, and no array of them."""
    match value:
        case ast.Call(args=[_], keywords=[]):
            return name_called(value) in DRAWS_ONE
        case ast.Call(args=[_, _], keywords=[]):
            return name_called(value) in DRAWS_ONE - {"choice"}
    return False


def _read_at_alone(at: str, loop: ast.For, draw: ast.stmt, given: set[str]) -> list[str]:
    """The first of what a loop reads at a place, if it reads nothing of it otherwise."""
    nodes = in_rounds(loop)
    picked = {
        id(node.value): node.value.id
        for node in nodes
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and isinstance(node.slice, ast.Name)
        and node.slice.id == at
    }
    of = {*picked.values()} & given
    counted = {id(node) for node in walk(draw)}
    others = [
        node
        for node in nodes
        if isinstance(node, ast.Name) and node.id in of
        if id(node) not in picked and id(node) not in counted
    ]
    drawn_of = names_in(draw) & of
    return sorted(drawn_of or of)[:1] if of and not others else []
