"""Generators that are begun anew in each round of a loop: each round gets the first thing."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set

from ..trees import Slip, bound_in, names_in, walk


def begun_anew(unit: ast.AST, parameters: Set[str]) -> Iterator[Slip]:
    """List the calls of ``next`` on what the same line makes, out of what the function is given.

    Parameters
    ----------
    unit : ast.AST
    parameters : set of str
        The unit's own.
    """
    for loop in walk(unit):
        if not isinstance(loop, ast.For | ast.While):
            continue
        given = parameters - bound_in(loop)
        for node in (node for statement in loop.body for node in walk(statement)):
            match node:
                case ast.Call(ast.Name("next"), [ast.Call(ast.Name() as function) as made, *_]):
                    if names_in(made) - {function.id} <= given:
                        yield Slip("begun anew", node.lineno, function.id)
