"""Names that the functions of a file call, and that a line beside them gives to something else.

``shares = shares(x)`` or ``sum = 0`` below the functions is right while the file runs; afterwards
each call of that name in a function fails. Here such a line gets a name of its own.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

from .phrases import Said, said
from .renamed import FunctionNode, bound

#: Statements that give names to what functions call.
_GIVES = FunctionNode | ast.ClassDef | ast.Import | ast.ImportFrom
_SCOPES = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip
#: No student can write a name that ends in this.
_OWN = " beside the functions"
_BUILTINS = frozenset(dir(builtins))


def set_apart(body: Sequence[ast.stmt]) -> tuple[list[ast.stmt], list[tuple[int, Said]]]:
    """Have the lines beside the functions leave the names alone that the functions call.

    Parameters
    ----------
    body : sequence of ast.stmt
        Changed in place.

    Returns
    -------
    tuple
        The statements, and by line what is to be said of them.
    """
    taken = _taken(body)
    if not taken:
        return list(body), []
    remarks = []
    for name, at in taken.items():
        if _is_no_function(body[at], body):
            line = body[at].lineno
            remarks.append((line, said("remark.overwrites", name=name, line=line)))
    apart: list[ast.stmt] = []
    for at, statement in enumerate(body):
        names = {name for name, first in taken.items() if first <= at}
        renamed = _Renaming(names, taken, at).visit(statement) if _is_beside(statement) else None
        apart.append(renamed or statement)
    return apart, remarks


def put_back(space: dict[str, Any]) -> None:
    """Give a name after all to what can stand in a function's place, such as a wrapped one."""
    for own in [name for name in space if name.endswith(_OWN)]:
        value = space.pop(own)
        if callable(value) or isinstance(value, ModuleType):
            space[own.removesuffix(_OWN)] = value


def wrapped_in(statement: ast.stmt) -> str:
    """The name that a statement, set apart, gives to a function put into another one; else empty.

    Such as ``f = np.vectorize(f)``, which is what `put_back` lets functions call.
    """
    match statement:
        case ast.Assign([ast.Name(id=own)], ast.Call(args=[ast.Name(id=name), *_])):
            return name if own == name + _OWN else ""
    return ""


def is_guarded(statement: ast.stmt) -> bool:
    """Whether it is only what a program runs, below ``if __name__ == "__main__"``."""
    match statement:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__")), orelse=[]):
            return True
    return False


def _is_beside(statement: ast.stmt) -> bool:
    return not (isinstance(statement, _GIVES) or is_guarded(statement))


def _taken(body: Sequence[ast.stmt]) -> dict[str, int]:
    """The names that are taken from the functions, each to the place of the first statement."""
    given: set[str] = set()
    first: dict[str, int] = {}
    for at, statement in enumerate(body):
        if isinstance(statement, FunctionNode | ast.ClassDef):
            first.pop(statement.name, None)
        if isinstance(statement, _GIVES):
            given.update(bound(statement))
        elif _is_beside(statement):
            for name in _taken_by(statement):
                if name in given or name in _BUILTINS:
                    first.setdefault(name, at)
    if not first:
        return {}
    functions = [statement for statement in body if isinstance(statement, FunctionNode)]
    called, used = _uses(functions)
    needed = called | {function.name for function in functions}
    return {name: at for name, at in first.items() if name in needed and name not in used}


def _taken_by(node: ast.AST) -> Iterator[str]:
    """The names that a statement gives to something else, or deletes, in its module."""
    # A sum of thousands is nested deeper than functions can be.
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, _SCOPES):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            yield node.id
        waiting += ast.iter_child_nodes(node)


def _uses(functions: Sequence[FunctionNode]) -> tuple[set[str], set[str]]:
    """The names from outside that functions call or look into, and those that they use else."""
    called: set[str] = set()
    used: set[str] = set()
    for function in functions:
        nodes = list(ast.walk(function))
        heads = {
            id(node.func if isinstance(node, ast.Call) else node.value)
            for node in nodes
            if isinstance(node, ast.Call | ast.Attribute)
        }
        own = {node.arg for node in nodes if isinstance(node, ast.arg)}
        names = [node for node in nodes if isinstance(node, ast.Name)]
        own |= {node.id for node in names if isinstance(node.ctx, ast.Store)}
        for node in names:
            if node.id not in own:
                (called if id(node) in heads else used).add(node.id)
    return called, used


def _is_no_function(statement: ast.stmt, body: Sequence[ast.stmt]) -> bool:
    """Whether what a statement gives a name to is certainly nothing that can be called."""
    if isinstance(statement, ast.For | ast.AugAssign | ast.Delete):
        return True
    value = getattr(statement, "value", None)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        own = {function.name for function in body if isinstance(function, FunctionNode)}
        return value.func.id in own
    return isinstance(value, ast.Constant | ast.List | ast.Tuple | ast.BinOp | ast.UnaryOp)


class _Renaming(ast.NodeTransformer):
    """Gives names in one statement beside the functions to names of its own.

    Parameters
    ----------
    names : set of str
    first : dict of str to int
        Where each is bound first: before that it is still the function.
    at : int
        The place of the statement.
    """

    def __init__(self, names: set[str], first: dict[str, int], at: int) -> None:
        self._names = names
        self._still = {name for name in names if first[name] == at}

    def visit_Name(self, node: ast.Name) -> ast.Name:
        is_function = isinstance(node.ctx, ast.Load) and node.id in self._still
        if node.id in self._names and not is_function:
            return ast.copy_location(ast.Name(node.id + _OWN, node.ctx), node)
        return node

    def visit_Delete(self, node: ast.Delete) -> ast.stmt:
        left = [t for t in node.targets if not (isinstance(t, ast.Name) and t.id in self._names)]
        return ast.copy_location(ast.Delete(left) if left else ast.Pass(), node)
