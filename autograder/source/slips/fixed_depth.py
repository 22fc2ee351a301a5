"""Numbers that fix how many entries of a list are gone through: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from ..trees import Slip, names_in, walk


def whole_numbers(units: Sequence[ast.AST]) -> dict[str, int]:
    """The names that are given a whole number and nothing else, with the line of that."""
    lines: dict[str, list[int]] = {}
    others = set[str]()
    for node in (part for unit in units for part in walk(unit)):
        match node:
            case ast.Assign([ast.Name(id=name)], ast.Constant(int(number))) if number > 0:
                lines.setdefault(name, []).append(node.lineno)
            case ast.Assign(targets=targets):
                others |= {one.id for one in targets if isinstance(one, ast.Name)}
            case ast.AugAssign(target=ast.Name(id=name)) | ast.arg(arg=name):
                others.add(name)
    return {name: at[0] for name, at in lines.items() if len(at) == 1 and name not in others}


def fixed_depth(
    unit: ast.AST, parameters: Sequence[str], numbers: Mapping[str, int]
) -> Iterator[Slip]:
    """What goes through a fixed number of entries of a list, however many there are.

    Parameters
    ----------
    unit : ast.AST
    parameters : sequence of str
        Those of the function that is asked for.
    numbers : mapping of str to int
        See `whole_numbers`.
    """
    lists = [name for name in parameters if name.endswith("s")]
    if not lists:
        return
    last: dict[str, tuple[int, int]] = {}
    for node in walk(unit):
        match node:
            case ast.Call(ast.Name(id="range"), args) if args:
                used = names_in(node) - {"range"}
                if used and used <= numbers.keys():
                    yield Slip("fixed depth", numbers[min(used)], lists[0])
                elif all(map(_is_number, args)):
                    yield Slip("fixed depth", node.lineno, lists[0])
            case ast.Assign([ast.Tuple(elts=names)], ast.Name(id=of)) if of in lists:
                if not any(isinstance(one, ast.Starred) for one in names):
                    yield Slip("fixed depth", node.lineno, of)
            case ast.Subscript(ast.Name(id=of), ast.Constant(int(place))) if of in lists:
                last[of] = max(last.get(of, (0, 0)), (place, node.lineno))
    for of, (place, line) in last.items():
        if place > 0:
            yield Slip("fixed depth", line, of)


def _is_number(value: ast.expr) -> bool:
    if isinstance(value, ast.UnaryOp):
        value = value.operand
    return isinstance(value, ast.Constant) and isinstance(value.value, int)
