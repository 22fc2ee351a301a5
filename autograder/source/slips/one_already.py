"""A list that has an entry before a loop which adds one for each of something."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from functools import partial

from ..trees import STORES, Slip, bound_in, names_given, walk

#: What a loop goes through that has as many entries as something does.
_AS_MANY = (
    "{0}", "{0}[::-1]", "reversed({0})", "enumerate({0})", "range(len({0}))",
    "reversed(range(len({0})))", "range(len({0}))[::-1]", "range(len({0}) - 1, -1, -1)",
    "range(0, len({0}))", "range(1, len({0}) + 1)", "range(len({0}), 0, -1)",
)  # fmt: skip
_LEAVES = (ast.Break, ast.Continue, ast.Return)


def one_already(unit: ast.AST, parameters: Sequence[str]) -> Iterator[Slip]:
    """List the loops through all of an argument that add to what has one entry already.

    Parameters
    ----------
    unit : ast.AST
    parameters : sequence of str
    """
    if not isinstance(unit, ast.FunctionDef):
        return
    for at, loop in enumerate(unit.body):
        if not isinstance(loop, ast.For) or loop.orelse:
            continue
        before, after = unit.body[:at], unit.body[at + 1 :]
        for name in sorted(names_given(before, _has_one)):
            if not _goes_through_all(loop, before, parameters) or not _grows(name, loop):
                continue
            if not any(_is_changed(name, one) for one in [*before, *after]):
                yield Slip("one already", loop.lineno, name)


def _has_one(value: ast.expr) -> bool:
    match value:
        case ast.List([entry]):
            return not isinstance(entry, ast.Starred)
    return False


def _goes_through_all(
    loop: ast.For, before: Sequence[ast.stmt], parameters: Collection[str]
) -> bool:
    """Whether it has a round for each entry of an argument, by its length's name too."""
    through = ast.unparse(loop.iter)
    for name in parameters:
        sizes = names_given(before, partial(_is_written, f"len({name})"))
        forms = [form.format(name) for form in _AS_MANY]
        forms += [form.replace(f"len({name})", size) for form in forms for size in sizes]
        if through in forms:
            return True
    return False


def _is_written(text: str, value: ast.expr) -> bool:
    return ast.unparse(value) == text


def _grows(name: str, loop: ast.For) -> bool:
    """Whether each round puts one entry into a list, whatever comes."""
    adds = [one for one in loop.body if _adds_to(name, one)]
    nodes = [node for one in loop.body for node in walk(one)]
    called = [node for node in nodes if _calls_of(name, node)]
    leaves = any(isinstance(node, _LEAVES) for node in nodes)
    given = frozenset[str]().union(*(bound_in(one) for one in loop.body if one not in adds))
    return len(adds) == len(called) == 1 and not leaves and name not in given


def _adds_to(name: str, statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and _calls_of(name, statement.value) in STORES


def _calls_of(name: str, node: ast.AST) -> str:
    """The method of a list that is called; empty if none is."""
    match node:
        case ast.Call(ast.Attribute(ast.Name(id=of), how)) if of == name:
            return how
    return ""


def _is_changed(name: str, statement: ast.stmt) -> bool:
    """Whether what a list holds is anything else beside a loop: of its order it may be."""
    for node in walk(statement):
        match node:
            case ast.Call() if _calls_of(name, node) not in ("", "reverse", "copy"):
                return True
            case ast.Subscript(ast.Name(id=of), place) if of == name:
                if ast.unparse(place) != "::-1":
                    return True
    return isinstance(statement, ast.AugAssign | ast.Delete) and name in bound_in(statement)
