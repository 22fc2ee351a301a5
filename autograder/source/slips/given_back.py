"""An argument that is written into and given back as the answer: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence

from ..trees import Slip, walk

#: What gives the same array once more.
_SAME = {"np.asarray", "np.asanyarray", "numpy.asarray", "numpy.asanyarray"}


def given_back(unit: ast.AST, parameters: Sequence[str]) -> Iterator[Slip]:
    """A parameter into whose entries the answer is written: it has no other shape than that has.

    Parameters
    ----------
    unit : ast.AST
    parameters : sequence of str
        The function's own.
    """
    nodes = walk(unit)
    names = _names_of(parameters, nodes)
    answers = [node.value for node in nodes if isinstance(node, ast.Return) and node.value]
    of = {names.get(one.id, "") if isinstance(one, ast.Name) else "" for one in answers}
    if len(of) != 1 or not (parameter := min(of)):
        return
    for node in nodes:
        match node:
            case ast.Subscript(ast.Name(id=name), ctx=ast.Store()) if names.get(name) == parameter:
                yield Slip("given back", node.lineno, parameter)
                return


def _names_of(parameters: Sequence[str], nodes: Collection[ast.AST]) -> Mapping[str, str]:
    """The names that stand for one parameter all along, with that."""
    names = {name: name for name in parameters}
    anew = [node.id for node in nodes if isinstance(node, ast.Name) and _is_stored(node)]
    for node in nodes:
        match node:
            case ast.Assign([ast.Name(id=name)], value) if of := names.get(_as_it_is(value)):
                if names.setdefault(name, of) == of:
                    anew.remove(name)
    return {name: of for name, of in names.items() if name not in anew}


def _is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _as_it_is(value: ast.expr) -> str:
    """The name of what a value is, where it is no copy."""
    match value:
        case ast.Name(id=name):
            return name
        case ast.Call(called, [ast.Name(id=name)], []) if ast.unparse(called) in _SAME:
            return name
    return ""
