"""Values that a function works out and that no line of it reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from ..phrases import Said, said
from ..trees import STORES, cut_short, names_in, walk

#: A change that puts such a value in the place of another.
UNREAD = "unread"
_NESTED = (ast.FunctionDef, ast.Lambda, ast.ClassDef, ast.Global, ast.Nonlocal)


def unread_in(function: ast.FunctionDef) -> Mapping[str, int]:
    """The names whose values nothing reads but their own update, with the last line that sets each.

    One that only gets what it begins with is none: something has to be worked out for it.
    """
    nodes = walk(function)
    if any(isinstance(node, _NESTED) for node in nodes[1:]):
        return {}
    read = [n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    own, made = dict[str, int](), dict[str, int]()
    for node in nodes:
        name, value = _given(node)
        if not isinstance(node, ast.stmt) or value is None:
            continue
        own[name] = own.get(name, 0) + [*map(_name_of, walk(value))].count(name)
        if _works_out(value):
            made[name] = max(node.lineno, made.get(name, 0))
    return {n: line for n, line in made.items() if n.strip("_") and read.count(n) == own[n]}


def unread_parameter(function: ast.FunctionDef, given: int) -> str:
    """The first of so many parameters that a function never reads; empty if it reads them all.

    Parameters
    ----------
    function : ast.FunctionDef
    given : int
        How many are handed over, from the first one on.
    """
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    read = names_in(function)
    return next((name for name in names[:given] if name not in read and name.strip("_")), "")


def _name_of(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _given(node: ast.AST) -> tuple[str, ast.expr | None]:
    """The one name that a line gives a value, and that value."""
    match node:
        case ast.Assign([ast.Name(id=name)], value) | ast.AugAssign(ast.Name(id=name), _, value):
            return name, value
    return "", None


def _works_out(value: ast.expr) -> bool:
    """Whether something is calculated there, and no mere size."""
    calculated = any(isinstance(node, ast.BinOp | ast.Call) for node in walk(value))
    calls = [ast.unparse(node.func) for node in walk(value) if isinstance(node, ast.Call)]
    return calculated and bool(names_in(value)) and not {*calls} & {"len", "range"}


def read_instead(node: ast.stmt, unread: Mapping[str, int]) -> Iterator[ast.stmt]:
    """The statement that puts a value which no line reads in the place of its own, below that."""
    for name, line in unread.items():
        if line >= node.lineno:
            continue
        at = {"lineno": line, "end_lineno": line, "col_offset": 0, "end_col_offset": 0}
        value = ast.Name(name, ast.Load(), **at)
        match node:
            case ast.Assign([target], _) if _name_of(target) != name:
                yield ast.Assign([target], value)
            case ast.Expr(ast.Call(ast.Attribute(attr=how) as into, [*before, _])) if how in STORES:
                yield ast.Expr(ast.Call(into, [*before, value], []))
            case ast.Return(ast.expr()):
                yield ast.Return(value)


def unread_told(key: str, node: ast.AST, other: ast.AST) -> Said | None:
    """What is said where all is right with a value that no line reads in the place of another.

    Parameters
    ----------
    key : str
        Of the sentence.
    node : ast.stmt
        What stands there.
    other : ast.stmt
        What stands there with the change, as `read_instead` gives it.
    """
    match node, other:
        case [ast.Assign(value=old), ast.Assign(value=ast.Name() as new)]:
            pass
        case [ast.Return(value=ast.expr() as old), ast.Return(value=ast.Name() as new)]:
            pass
        case [
            ast.Expr(ast.Call(args=[*_, old])),
            ast.Expr(ast.Call(args=[*_, ast.Name() as new])),
        ]:
            pass
        case _:
            return None
    code = cut_short(ast.unparse(old).partition("\n")[0])
    return said(key, line=old.lineno, made=new.lineno, name=new.id, code=code)
