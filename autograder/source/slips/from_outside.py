"""What is calculated with by a name from outside, and not by the argument: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..trees import Slip, bound_in, walk
from .used_up import each_function

#: What tells nothing of the numbers in an array.
_COUNTS = {"len", "shape", "size", "ndim"}


def read_from_outside(units: Sequence[ast.AST]) -> Iterator[Slip]:
    """List lines that read numbers from outside in a function which leaves an argument alone.

    Parameters
    ----------
    units : sequence of ast.AST
        All that a function reaches.
    """
    outside = {
        target.id
        for unit in units
        if isinstance(unit, ast.Assign) and _is_written_down(unit.value)
        for target in unit.targets
        if isinstance(target, ast.Name)
    }
    outside -= _changed(units) if outside else set()
    for function in each_function(units) if outside else ():
        if isinstance(function, ast.FunctionDef) and _leaves_one_alone(function):
            own = bound_in(function) | {one.arg for one in function.args.args}
            read = [
                node
                for node in walk(function)
                if isinstance(node, ast.Name) and node.id in outside - own
            ]
            if read:
                first = min(read, key=lambda node: node.lineno)
                yield Slip("read from outside", first.lineno, first.id)


def _changed(units: Sequence[ast.AST]) -> set[str]:
    """The names that some code changes within, or gives a value from inside of a function."""
    changed = set[str]()
    for node in (node for unit in units for node in walk(unit)):
        match node:
            case ast.Subscript(ast.Name(id=name), ctx=ast.Store()):
                changed.add(name)
            case ast.AugAssign(ast.Name(id=name)) | ast.Call(ast.Attribute(ast.Name(id=name))):
                changed.add(name)
            case ast.Global(names):
                changed.update(names)
    return changed


def _is_written_down(value: ast.expr) -> bool:
    """Whether it is a list of numbers that stand there, or an array of one."""
    match value:
        case ast.Call(ast.Attribute(attr="array" | "asarray"), [inner, *_]):
            return _is_written_down(inner)
        case ast.List([_, *_] as entries):
            return all(map(_is_written_number, entries)) or all(map(_is_written_down, entries))
    return False


def _is_written_number(value: ast.expr) -> bool:
    if isinstance(value, ast.UnaryOp):
        value = value.operand
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float)


def _leaves_one_alone(function: ast.FunctionDef) -> bool:
    """Whether of an argument no more is used than how many entries it has."""
    nodes = walk(function)
    counted = {id(part) for node in nodes for part in _counted(node)}
    used = {node.id for node in nodes if isinstance(node, ast.Name) and id(node) not in counted}
    return any(one.arg not in used | {"self"} for one in function.args.args)


def _counted(node: ast.AST) -> list[ast.AST]:
    """The names of which some code asks the size."""
    match node:
        case ast.Call(ast.Name(id=name) | ast.Attribute(attr=name), [of]) if name in _COUNTS:
            return walk(of)
        case ast.Attribute(of, name) if name in _COUNTS:
            return walk(of)
    return []
