"""A loop within another that takes the same name, which the outer one's rounds need after it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..trees import Slip, names_in, walk

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def counted_again(unit: ast.AST) -> Iterator[Slip]:
    """List loops after which the name of the loop around them is read, and holds their own.

    Parameters
    ----------
    unit : ast.AST
    """
    for node in walk(unit):
        if isinstance(node, ast.For):
            for name in sorted(names_in(node.target)):
                for inner in _taking(name, node.body, ()):
                    yield Slip("counted again", inner.lineno, name)


def _taking(name: str, block: Sequence[ast.stmt], behind: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The loops in a block that give a name to something else, which is read behind them."""
    for at, statement in enumerate(block):
        if isinstance(statement, _SCOPES):
            continue
        later = [*block[at + 1 :], *behind]
        if isinstance(statement, ast.For) and name in names_in(statement.target):
            if _is_read(name, later):
                yield statement
            continue
        for inner in _blocks(statement):
            yield from _taking(name, inner, later)


def _blocks(statement: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        yield getattr(statement, field, ())
    for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield part.body


def _is_read(name: str, statements: Sequence[ast.stmt]) -> bool:
    """Whether a name is read before it certainly has another value."""
    for statement in statements:
        match statement:
            case ast.For(target, made):
                if name in names_in(target):
                    return _reads(name, made)
            case ast.Assign([ast.Name(id=own)], value) if own == name:
                return _reads(name, value)
        if _reads(name, statement):
            return True
    return False


def _reads(name: str, code: ast.AST) -> bool:
    """Whether a name is read there that is not the own one of a comprehension or a function."""
    own = set[int]()
    for node in walk(code):
        match node:
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                if any(name in names_in(part.target) for part in node.generators):
                    own |= {id(part) for part in walk(node)}
            case ast.Lambda() | ast.FunctionDef():
                own |= {id(part) for part in walk(node)}
    return any(
        isinstance(node, ast.Name)
        and node.id == name
        and isinstance(node.ctx, ast.Load)
        and id(node) not in own
        for node in walk(code)
    )
