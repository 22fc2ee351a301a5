"""What is asked of all entries at once, or of neighbours, where each is meant: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..trees import Slip, name_called, walk

#: What takes differences between entries that stand beside each other.
_NEIGHBOURS = {"gradient", "diff", "ediff1d"}
_YES_OR_NO = {"True", "False"}
#: Where one of these stands it is worth a look.
OF_ALL = {"all", "any", "np.max", "np.min", "numpy.max", "numpy.min", *_NEIGHBOURS}


def asked_of_all(unit: ast.AST) -> Iterator[Slip]:
    printed = {
        id(part) for node in walk(unit) if name_called(node) == "print" for part in walk(node)
    }
    taken_off = _taken_off(unit)
    for node in walk(unit):
        match node:
            case ast.Compare(
                ast.Call(ast.Attribute(attr="all" | "any" as name), []), comparators=[of]
            ):
                if isinstance(of, ast.Constant | ast.UnaryOp) and ast.unparse(of) not in _YES_OR_NO:
                    yield Slip("one yes or no", node.lineno, name)
            case ast.If(
                ast.Call(ast.Attribute(attr="all" | "any" as name)) as asked, [ast.Return()]
            ):
                if any(isinstance(part, ast.Compare) for part in walk(asked)):
                    yield Slip("one for all", node.lineno, name)
            case ast.Call(
                ast.Attribute(ast.Name(id="np" | "numpy" as owner), "max" | "min" as name),
                [_, ast.Constant() | ast.UnaryOp()],
            ) if ast.unparse(node) not in taken_off:
                yield Slip("axis", node.lineno, f"{owner}.{name}")
                yield Slip("axis of one", node.lineno, f"{owner}.{name}")
            case ast.Call(func=ast.Attribute(ast.Name(id="np" | "numpy" as owner), attr=name)) if (
                name in _NEIGHBOURS and id(node) not in printed
            ):
                yield Slip("neighbours", node.lineno, f"{owner}.{name}")


def _taken_off(unit: ast.AST) -> frozenset[str]:
    """What something is made less by, or divided by, where the largest of all may be meant."""
    nodes = walk(unit)
    found = {
        ast.unparse(node.right)
        for node in nodes
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div)
    }
    for node in nodes:
        match node:
            case ast.Assign([ast.Name(id=name)], value) if name in found:
                found.add(ast.unparse(value))
    return frozenset(found)
