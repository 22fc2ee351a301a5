"""A slope that a class takes over from the one that it is built on, where that gives ones."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from ..trees import Slip, walk

#: How a method is named that gives slopes.
_SLOPE = re.compile(r"(?i).*(deriv|slope|grad|prime|jacob|diff|backward)")
#: What lets some inputs through and others not.
_BENDS = {"where", "maximum", "max", "clip", "heaviside"}


def inherited_ones(units: Sequence[ast.AST]) -> Iterator[Slip]:
    """List the lines that give ones for the slopes of a class with a threshold of its own.

    Parameters
    ----------
    units : sequence of ast.AST
        The function and all that it reaches in its file.
    """
    classes = {unit.name: unit for unit in units if isinstance(unit, ast.ClassDef)}
    if len(classes) < 2:
        return
    others = [node for unit in units if not isinstance(unit, ast.ClassDef) for node in walk(unit)]
    named = {node.id for node in others if isinstance(node, ast.Name)}
    called = {node.attr for node in others if isinstance(node, ast.Attribute)}
    for own in (one for one in classes.values() if one.name in named and _bends(one)):
        for base in own.bases:
            above = classes.get(base.id) if isinstance(base, ast.Name) else None
            for name, method in _methods(above).items():
                line = _gives_ones(method)
                if line and name in called - _methods(own).keys() and _SLOPE.match(name):
                    yield Slip("inherited ones", line, f"{own.name}.{name}")


def _methods(of: ast.ClassDef | None) -> dict[str, ast.FunctionDef]:
    body = of.body if of else []
    return {one.name: one for one in body if isinstance(one, ast.FunctionDef)}


def _bends(own: ast.ClassDef) -> bool:
    """Whether what a class does differs with its input."""
    return any(
        isinstance(node, ast.Compare) or (isinstance(node, ast.Attribute) and node.attr in _BENDS)
        for node in walk(own)
    )


def _gives_ones(method: ast.FunctionDef) -> int | None:
    """The line of the one ``return`` of a method, if that gives 1 or an array of ones."""
    returned = [node for node in walk(method) if isinstance(node, ast.Return)]
    match returned:
        case [ast.Return(ast.Constant(value=1)) as only]:
            return only.lineno
        case [ast.Return(ast.Call(ast.Attribute(attr="ones" | "ones_like"))) as only]:
            return only.lineno
    return None
