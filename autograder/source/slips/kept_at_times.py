"""What a function returns that its loops set in some of their rounds only: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, bound_in, names_in, walk


def kept_at_times(unit: ast.AST) -> Iterator[Slip]:
    """A name that is returned, and in a loop gets what another one is then only under an ``if``."""
    nodes = walk(unit)
    if not any(isinstance(node, ast.If) for node in nodes):
        return
    returned = frozenset[str]().union(*(_handed_back(node) for node in nodes))
    for loop in nodes:
        if not isinstance(loop, ast.For | ast.While):
            continue
        inside = walk(loop)
        at_times = [node for node in inside if isinstance(node, ast.If) and not node.orelse]
        kept = [pair for choice in at_times for pair in _keeps(choice)]
        for name, statement in kept:
            set_in = sum(
                isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
                for node in inside
            )
            others = frozenset[str]().union(*map(bound_in, _beside(loop, at_times)))
            if name in returned and set_in == 1 and names_in(statement.value) & others - {name}:
                yield Slip("kept at times", statement.lineno, name)


def _handed_back(node: ast.AST) -> frozenset[str]:
    """The names that a ``return`` hands back as they are."""
    match node:
        case ast.Return(ast.Tuple(elts=parts)):
            return frozenset(part.id for part in parts if isinstance(part, ast.Name))
        case ast.Return(ast.Name(id=name)):
            return frozenset({name})
    return frozenset()


def _keeps(choice: ast.If) -> Iterator[tuple[str, ast.Assign]]:
    """What an ``if`` that compares keeps of something, as it is or as a copy."""
    if not isinstance(choice.test, ast.Compare | ast.BoolOp):
        return
    for statement in choice.body:
        match statement:
            case ast.Assign([ast.Name(id=name)], ast.Name() | ast.Call() | ast.ListComp() as value):
                # What goes on from itself keeps nothing: no later round makes another.
                of = names_in(value)
                if name not in of and not names_in(choice.test) & {name, *of}:
                    yield name, statement


def _beside(loop: ast.For | ast.While, choices: list[ast.If]) -> Iterator[ast.stmt]:
    """The statements of a loop, and of those within it, that are no such choices."""
    chosen = {id(statement) for choice in choices for statement in choice.body}
    for node in walk(loop):
        if isinstance(node, ast.Assign | ast.AugAssign) and id(node) not in chosen:
            yield node
