"""A counter of a loop that has ended, in place of a loop's own: see ``listing``.

Nothing in the loop depends on its round, then.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..trees import Slip, names_in, parameters_of, walk

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp)
_NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass(frozen=True)
class _Round:
    """What is done in each round of a loop, or for each value of a comprehension.

    Attributes
    ----------
    counter : str
    made : ast.expr
        What it goes through.
    done : sequence of ast.AST
    line : int
    """

    counter: str
    made: ast.expr
    done: Sequence[ast.AST]
    line: int

    def nodes(self) -> list[ast.AST]:
        return [node for part in self.done for node in walk(part)]


def left_over(unit: ast.AST) -> Iterator[Slip]:
    """List the lines of loops whose own counter nothing reads, and that read an earlier one's.

    Parameters
    ----------
    unit : ast.AST
    """
    nodes = walk(unit)
    if any(isinstance(node, _NESTED) for node in nodes[1:]):
        return
    ended = _counters(nodes, parameters_of(unit))
    for one in _rounds(nodes) if ended else ():
        inside = one.nodes()
        if one.counter in _names(inside) or one.counter.startswith("_"):
            continue
        for node in inside:
            match node:
                case ast.Subscript(value, slice=ast.Name(id=name)) if name in ended:
                    if _is_left_over(ended[name], one, value) and not _sets(inside, name):
                        yield Slip("left over", node.lineno, name)


def _names(nodes: Sequence[ast.AST]) -> frozenset[str]:
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name))


def _sets(nodes: Sequence[ast.AST], name: str) -> bool:
    """Whether some code gives a name a value of its own, in a comprehension or otherwise."""
    return any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
        for node in nodes
    )


def _counters(nodes: Sequence[ast.AST], parameters: frozenset[str]) -> dict[str, list[ast.For]]:
    """The names that only loops set which run to their end, with these loops."""
    found: dict[str, list[ast.For]] = {}
    own = {id(part) for node in nodes if isinstance(node, _COMPREHENSIONS) for part in walk(node)}
    for node in nodes:
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            found.setdefault(node.target.id, []).append(node)
    for name, loops in [*found.items()]:
        stored = [
            node
            for node in nodes
            if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
            if id(node) not in own
        ]
        # Where a loop is left, its counter says at which place.
        is_left = any(isinstance(node, ast.Break) for loop in loops for node in walk(loop))
        if is_left or name in parameters or len(stored) > len(loops):
            del found[name]
    return found


def _rounds(nodes: Sequence[ast.AST]) -> Iterator[_Round]:
    for node in nodes:
        match node:
            case ast.For(ast.Name(id=counter), made, body):
                yield _Round(counter, made, body, node.lineno)
            case ast.ListComp(element, [ast.comprehension(ast.Name(id=counter), made, ifs)]) | (
                ast.GeneratorExp(element, [ast.comprehension(ast.Name(id=counter), made, ifs)])
            ):
                yield _Round(counter, made, [element, *ifs], node.lineno)


def _is_left_over(loops: Sequence[ast.For], one: _Round, value: ast.expr) -> bool:
    """Whether the loops that set a counter have ended, and one counted what this one counts."""
    around = [loop for loop in loops if loop.lineno <= one.line <= (loop.end_lineno or loop.lineno)]
    before = [loop for loop in loops if (loop.end_lineno or loop.lineno) < one.line]
    counted = names_in(one.made) - {"range", "len", "reversed", "enumerate"}
    alike = any(names_in(loop.iter) == names_in(one.made) for loop in before)
    return bool(before) and not around and (alike or bool(names_in(value) & counted))
