"""Slopes as what two calls differ by, divided by a step or not: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, name_called, names_in, parameters_of, walk


def quotients(unit: ast.AST, is_asked: bool) -> Iterator[Slip]:
    """What two calls differ by, divided by the step between them: ``(f(x + h) - f(x)) / h``.

    What a function gets that is not asked for itself may be one input.
    """
    added: set[str] = set()
    called: set[str] = set()
    steps, own = _constants(unit), parameters_of(unit)
    found: list[tuple[int, frozenset[str], ast.expr]] = []
    for node in walk(unit):
        match node:
            case ast.BinOp(op=ast.Div(), left=ast.BinOp(op=ast.Sub()) as change, right=divisor):
                step = names_in(divisor)
                if len(step) == 1 and not isinstance(divisor, ast.Call):
                    found.append((node.lineno, step, change))
                if is_asked and (moved := _moved_together(change, own, steps)):
                    yield Slip("all moved", node.lineno, moved)
            case ast.BinOp(op=ast.Add() | ast.Sub(), right=ast.Name(id=name)):
                added.add(name)
            case ast.BinOp(
                op=ast.Add() | ast.Sub(),
                right=ast.BinOp(ast.Name(id=name), ast.Mult(), _)
                | ast.BinOp(_, ast.Mult(), ast.Name(id=name)),
            ):
                added.add(name)
            case ast.Assign([ast.Name(id=name)], ast.Call()):
                called.add(name)
            case ast.AugAssign(op=ast.Add() | ast.Sub(), value=ast.Name(id=name)):
                added.add(name)
            case ast.Assign(targets=[ast.Subscript()], value=ast.Name(id=name)):
                added.add(name)
    for line, step, of in found:
        if step <= added and (called & names_in(of) or any(map(name_called, walk(of)))):
            yield Slip("difference", line, min(step))


def _constants(unit: ast.AST) -> frozenset[str]:
    """The names that are given a number in some code."""
    return frozenset(
        name.id
        for node in walk(unit)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for name in node.targets
        if isinstance(name, ast.Name)
    )


def _moved_together(
    change: ast.expr, parameters: frozenset[str], steps: frozenset[str]
) -> str | None:
    """The number that a call in a difference adds to a whole parameter."""
    for node in walk(change):
        match node:
            case ast.Call(args=[ast.BinOp(ast.Name(id=all_of), ast.Add(), ast.Name(id=step))]):
                if all_of in parameters and step in steps:
                    return step
    return None


def undivided(unit: ast.AST) -> Iterator[Slip]:
    """What two calls at two places differ by, ``f(x + d) - f(x - d)``, where nothing divides."""
    nodes = walk(unit)
    if any(isinstance(node, ast.Div | ast.FloorDiv) for node in nodes):
        return
    for node in nodes:
        match node:
            case ast.BinOp(
                ast.Call(func=one, args=[ast.BinOp(ast.Name(id=x), ast.Add(), ast.Name(id=step))]),
                ast.Sub(),
                ast.Call(func=other, args=[ast.Name(id=y) | ast.BinOp(left=ast.Name(id=y))]),
            ) if x == y and ast.unparse(one) == ast.unparse(other):
                yield Slip("undivided", node.lineno, step)
