"""What two loops over the same things change, one after the other: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, bound_in, walk
from .loops import base


def updated_again(unit: ast.AST) -> Iterator[Slip]:
    """What a loop goes on changing for each of the things for which one before it has done so."""
    for outer in walk(unit):
        if not isinstance(outer, ast.For | ast.While):
            continue
        before = set[tuple[str, str]]()
        for statement in outer.body:
            # What is made anew between two loops is another thing in the second one.
            made = bound_in(statement)
            if not isinstance(statement, ast.For):
                before = {(over, name) for over, name in before if name not in made}
                continue
            over = ast.unparse(statement.iter)
            changed = _changed(statement)
            for name, line in changed.items():
                if (over, name) in before:
                    yield Slip("updated again", line, name)
            before |= {(over, name) for name in changed}


def _changed(loop: ast.For) -> dict[str, int]:
    """What each round of a loop makes from what it was before, by a call or by taking off."""
    found: dict[str, int] = {}
    for statement in loop.body:
        match statement:
            case ast.Assign([target], ast.Call(args=args)):
                given = {one.id for one in args if isinstance(one, ast.Name)}
                for name in sorted(given & bound_in(target)):
                    found.setdefault(name, statement.lineno)
            case ast.AugAssign(op=ast.Sub()) | ast.For():
                for node in walk(statement):
                    match node:
                        case ast.AugAssign(ast.Subscript() as place, ast.Sub()):
                            found.setdefault(base(place), node.lineno)
    return found
