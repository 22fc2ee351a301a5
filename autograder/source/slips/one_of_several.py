"""One number that is made of several, and returned: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set

from ..trees import STORES, Slip, bound_in, in_rounds, names_given, names_in, walk

#: What makes one number of all that it is given.
_REDUCES = {"sum", "fsum", "mean", "average", "norm", "prod", "max", "min", "amax", "amin"}
#: What makes one number of one.
_OF_ONE = {"sqrt", "float", "float64", "abs", "item"}
#: What makes an array of a list of others.
_ARRAYS = {"array", "asarray", "stack", "vstack"}
#: Steps that are followed back from what is returned.
_MOST = 6


def one_of_several(unit: ast.AST) -> Iterator[Slip]:
    """List where a function makes the one number that it returns of what its loops have made.

    Parameters
    ----------
    unit : ast.AST
    """
    nodes = walk(unit)
    returned = [node for node in nodes if isinstance(node, ast.Return)]
    if not isinstance(unit, ast.FunctionDef) or returned != unit.body[-1:]:
        return
    loops = [node for node in nodes if isinstance(node, ast.For | ast.While)]
    filled = _filled(loops) | names_given(nodes, lambda value: isinstance(value, ast.ListComp))
    filled |= names_given(nodes, lambda value: _as_array(value) in filled)
    made = _followed(unit, returned[0].value)
    match made:
        case ast.Name(id=total):
            lines = [*_added(loops, total)]
            if lines and not any(total in names_given(walk(loop), _any) for loop in loops):
                yield Slip("added to one", lines[0], total)
        case ast.Call() if of := _read_whole(made, filled):
            yield Slip("one of several", made.lineno, of)


def _as_array(value: ast.expr) -> str:
    """The list of which an array is made; empty if none is."""
    match value:
        case ast.Call(func, [ast.Name(id=name), *_]) if _name(func) in _ARRAYS:
            return name
    return ""


def _any(_value: ast.expr) -> bool:
    return True


def _filled(loops: list[ast.For | ast.While]) -> set[str]:
    """The lists that get something in each round, and the arrays of which each sets a row."""
    found = set[str]()
    for around, node in ((loop, node) for loop in loops for node in in_rounds(loop)):
        match node:
            case ast.Call(ast.Attribute(ast.Name(id=name), how)) if how in STORES:
                found.add(name)
            case ast.Assign([ast.Subscript(ast.Name(id=name), ast.Name(id=at))]) | ast.Assign(
                [ast.Subscript(ast.Name(id=name), ast.Tuple([ast.Name(id=at), ast.Slice()]))]
            ) if isinstance(around, ast.For) and at in names_in(around.target):
                found.add(name)
    return found


def _followed(unit: ast.FunctionDef, value: ast.expr | None) -> ast.expr | None:
    """What the number that is returned is made of, past what makes one number of one."""
    given = {
        node.targets[0].id: node.value
        for node in unit.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for _ in range(_MOST):
        match value:
            case ast.Call(func, [inner], []) if _name(func) in _OF_ONE:
                value = inner
            case ast.BinOp(left, _, ast.Constant() | ast.Call(ast.Name("len"))):
                value = left
            case ast.Name(id=name) if _is_made_whole(unit, name) and name in given:
                value = given[name]
            case _:
                break
    return value


def _is_made_whole(unit: ast.FunctionDef, name: str) -> bool:
    """Whether one line alone gives a name its value."""
    stored = (node for node in walk(unit) if isinstance(node, ast.Name) and node.id == name)
    return sum(isinstance(node.ctx, ast.Store) for node in stored) == 1


def _read_whole(made: ast.Call, filled: Set[str]) -> str:
    """The list of which all is read in what makes one number; empty if that isn't seen."""
    match made:
        case ast.Call(ast.Attribute(inner, how), [], []) if how in _REDUCES:
            of: ast.expr = inner
        case ast.Call(func, [of], []) if _name(func) in _REDUCES:
            pass
        case _:
            return ""
    names = (names_in(of) - bound_in(of)) & filled
    parts = walk(of)
    picked = any(isinstance(part, ast.Subscript) or getattr(part, "ifs", None) for part in parts)
    return min(names) if len(names) == 1 and not picked else ""


def _added(loops: list[ast.For | ast.While], total: str) -> Iterator[int]:
    """The lines of the loops that add to a name."""
    for node in (node for loop in loops for node in in_rounds(loop)):
        match node:
            case ast.AugAssign(ast.Name(id=name), ast.Add()) if name == total:
                yield node.lineno


def _name(func: ast.expr) -> str:
    match func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
