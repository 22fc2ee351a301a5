"""The nodes of a student's code, listed once for all that look through them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import NamedTuple

#: What puts something into a list.
STORES = {"append", "insert"}
#: What stands in the brackets where all of an array gets new values.
WHOLE = {":", "...", "(:, :)", ":, :"}
#: Longer lists are made anew for who asks: nobody types so much, and all together they fill memory.
LONGEST, MOST_KEPT = 3000, 400
#: The longest piece of code that is quoted.
WIDEST = 44
#: Stands for what is left out of a piece of code.
_LEFT_OUT = " ..."
_kept: dict[ast.AST, list[ast.AST]] = {}


class Slip(NamedTuple):
    """A place in a student's code that often goes wrong.

    Attributes
    ----------
    kind : str
    line : int
    name : str
        What it is about; empty if that has no name.
    """

    kind: str
    line: int
    name: str


def walk(root: ast.AST) -> list[ast.AST]:
    """List a node and all below it, in the order of ``ast.walk``, which takes far longer.

    The list is kept for the next who asks: it is not to be changed, and neither is the tree.
    """
    if root in _kept:
        return _kept[root]
    found = [root]
    for node in found:
        for name in node._fields:
            value = getattr(node, name, None)
            if type(value) is list:
                found += [item for item in value if isinstance(item, ast.AST)]
            elif isinstance(value, ast.AST):
                found.append(value)
    if len(found) <= LONGEST:
        if len(_kept) == MOST_KEPT:
            _kept.clear()
        _kept[root] = found
    return found


def names_in(node: ast.AST) -> frozenset[str]:
    """The names that stand in some code."""
    return frozenset(part.id for part in walk(node) if isinstance(part, ast.Name))


def bound_in(node: ast.AST) -> frozenset[str]:
    """The names to which some code gives a value of their own."""
    stored = (p for p in walk(node) if isinstance(p, ast.Name) and isinstance(p.ctx, ast.Store))
    return frozenset(part.id for part in stored)


def names_given(nodes: Iterable[ast.AST], is_meant: Callable[[ast.expr], bool]) -> set[str]:
    """The names to which ``=`` gives a value of some kind."""
    return {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and is_meant(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def changed_in(loop: ast.stmt) -> frozenset[str]:
    """What a loop changes; with `` =`` behind it, what it makes anew."""
    found = set[str]()
    for node in walk(loop):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                found |= {name, f"{name} ="}
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                found.add(name)
            case ast.Call(func=ast.Attribute(ast.Name(id=name), attr=how)) if how in STORES:
                found.add(name)
    return frozenset(found)


def in_rounds(loop: ast.For | ast.While) -> list[ast.AST]:
    """List the nodes of what a loop does in its rounds."""
    return [node for statement in loop.body for node in walk(statement)]


def cut_short(code: str, widest: int = WIDEST) -> str:
    """Cut a piece of code that is too long at the end of a name, a bracket or an operator.

    Parameters
    ----------
    code : str
    widest : int
        A few letters more may stay: the dots would need as many.
    """
    if len(code) <= widest + len(_LEFT_OUT):
        return code
    ends = [at for at in range(1, widest + 1) if code[at] == " " or code[at - 1] in "([{)]},"]
    return f"{code[: max(ends, default=widest)].rstrip()}{_LEFT_OUT}"


def name_called(node: ast.AST) -> str:
    """Give the name of the function or method that a node calls; empty if it calls none."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
    return ""


def parameters_of(unit: ast.AST) -> frozenset[str]:
    """Give the names of a function's parameters; none for anything else."""
    if not isinstance(unit, ast.FunctionDef | ast.AsyncFunctionDef):
        return frozenset()
    return frozenset(argument.arg for argument in unit.args.args)


def indent_of(text: str) -> int:
    """Give how far in a line stands."""
    return len(text) - len(text.lstrip())
