"""The lines on which a function, or a helper of its file, writes into what it was called with.

It follows names, not values: what it lists is told only of a function that does change its
arguments.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .renamed import FunctionNode, positional
from .slips.outputs import place_of_result
from .trees import walk

#: By their class, which is empty of what is no method, and their name.
_Helpers = dict[tuple[str, str], FunctionNode]
#: Kind ("sign", "item" of a copied list, "entry" or "call"), line, and the function's parameter
#: that is reached.
Write = tuple[str, int, str]

MOST_WRITES = 4
#: Helpers that call helpers, one below the other.
MOST_DEEP = 4
#: Methods that change what stands before the dot, and functions that change their first argument.
_METHODS = {
    *("append", "clear", "extend", "fill", "insert", "pop", "remove", "resize", "reverse"),
    *("setflags", "sort"),
}
_FUNCTIONS = {"copyto", "fill_diagonal", "place", "put", "putmask", "shuffle"}
#: What gives the same array once more, or one that looks into it.
_SAME = {
    *("asanyarray", "asarray", "atleast_1d", "atleast_2d", "flip", "ravel", "reshape", "reversed"),
    *("squeeze", "swapaxes", "transpose", "view"),
}
#: What gives a list of its own, of the same entries.
_SHALLOW = {"list", "tuple"}


@dataclass(frozen=True)
class _Given:
    """What a name stands for.

    Attributes
    ----------
    parameter : str
        The argument that it is, or is a part of.
    own_list : bool
        Whether it is a list of the student's own with the argument's entries.
    in_own_list : bool
        Whether it is an entry of such a list, or a part of one.
    """

    parameter: str
    own_list: bool = False
    in_own_list: bool = False


def writes(function: ast.AST, units: Sequence[ast.AST]) -> list[Write]:
    """List where a function changes its arguments.

    Parameters
    ----------
    function : ast.AST
        Its definition.
    units : sequence of ast.AST
        All that it reaches in its file.
    """
    if not isinstance(function, FunctionNode):
        return []
    helpers: _Helpers = {("", unit.name): unit for unit in units if isinstance(unit, FunctionNode)}
    helpers |= {
        (unit.name, method.name): method
        for unit in units
        if isinstance(unit, ast.ClassDef)
        for method in unit.body
        if isinstance(method, FunctionNode) and not method.decorator_list
    }
    given = {name: _Given(name) for name in positional(function)}
    return sorted(set(_writes(function, given, helpers, 0)), key=lambda one: one[1])[:MOST_WRITES]


def _writes(
    function: FunctionNode,
    given: Mapping[str, _Given],
    helpers: _Helpers,
    depth: int,
) -> Iterator[Write]:
    names = _names(function, given)
    for node in walk(function):
        for kind, target in _written(node):
            found = _given(target, names)
            if found and not found.own_list:
                how = "item" if found.in_own_list else kind
                yield how, getattr(node, "lineno", 0), found.parameter
        helper, parameters = _called(node, helpers)
        if helper and isinstance(node, ast.Call):
            handed = zip(parameters, node.args, strict=False)
            inner = {own: known for own, arg in handed if (known := _given(arg, names))}
            if inner and helper is not function and depth < MOST_DEEP:
                yield from _writes(helper, inner, helpers, depth + 1)


def _called(node: ast.AST, helpers: _Helpers) -> tuple[FunctionNode | None, list[str]]:
    """The function or the method that is called, with the parameters to which things are handed.

    Of methods of one name it is the one of the class that is named there, if any is.
    """
    match node:
        case ast.Call(func=ast.Name(id=name)) if ("", name) in helpers:
            return helpers["", name], positional(helpers["", name])
        case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id=of)), attr=name)) if (
            of,
            name,
        ) in helpers:
            return helpers[of, name], positional(helpers[of, name])[1:]
        case ast.Call(func=ast.Attribute(value=owner, attr=name)) if not _is_numpy(owner):
            methods = [one for (of, own), one in helpers.items() if of and own == name]
            if len(methods) == 1:
                return methods[0], positional(methods[0])[1:]
    return None, []


def _written(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """What a piece of code writes into, and how."""
    match node:
        case ast.AugAssign(target=ast.Name() | ast.Subscript() as target):
            yield "sign", target
        case ast.Assign(targets=targets):
            for whole in targets:
                items = whole.elts if isinstance(whole, ast.Tuple | ast.List) else [whole]
                yield from (("entry", i.value) for i in items if isinstance(i, ast.Subscript))
        case ast.Delete(targets=targets):
            yield from (("entry", t.value) for t in targets if isinstance(t, ast.Subscript))
        case ast.Call(func=ast.Attribute(value=of, attr=how)):
            if how in _METHODS:
                yield "call", of
            if how in _FUNCTIONS and node.args:
                yield "call", node.args[0]
            yield from (("call", k.value) for k in node.keywords if k.arg == "out")
            if taken := place_of_result(node):
                yield "call", taken[1]


def _names(function: FunctionNode, given: Mapping[str, _Given]) -> dict[str, _Given]:
    """The names that stand for arguments all along; one that is made anew anywhere is none."""
    names = dict(given)
    for _ in range(2):  # Once more for what is named after a name that comes later.
        anew: set[str] = set()
        for node in walk(function):
            for name, value in _named(node):
                found = _given(value, names) if value is not None else None
                if found is None:
                    anew.add(name)
                else:
                    names.setdefault(name, found)
        names = {name: found for name, found in names.items() if name not in anew}
    return names


def _named(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """The names that a piece of code gives, and what to; None: to something that it makes."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.Assign(targets=targets):
            stored = (n for t in targets if not isinstance(t, ast.Subscript) for n in walk(t))
            yield from (
                (n.id, None)
                for n in stored
                if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
            )
        case ast.For(target=target, iter=of) | ast.comprehension(target=target, iter=of):
            yield from _in_turn(target, of)


def _in_turn(target: ast.expr, of: ast.expr) -> Iterator[tuple[str, ast.expr | None]]:
    """The names of a loop, with what each goes through."""
    match target, of:
        case ast.Name(id=name), ast.Call(func=ast.Name(id="range")):
            yield name, None
        case ast.Name(id=name), _:
            yield name, ast.Subscript(of, ast.Constant(0))
        case ast.Tuple(elts=[ast.Name(id=count), inner]), ast.Call(
            func=ast.Name(id="enumerate"), args=[through, *_]
        ):
            yield count, None
            yield from _in_turn(inner, through)
        case ast.Tuple(elts=items), ast.Call(func=ast.Name(id="zip"), args=through):
            for item, one in zip(items, through, strict=False):
                yield from _in_turn(item, one)
        case ast.Tuple(elts=items), _:
            yield from ((item.id, None) for item in items if isinstance(item, ast.Name))


def _given(value: ast.expr, names: Mapping[str, _Given]) -> _Given | None:
    """The argument that an expression is, or is a part of."""
    match value:
        case ast.Name(id=name):
            return names.get(name)
        case ast.Subscript(value=of, slice=index):
            found = _given(of, names)
            # A slice of a list is a list, one of an array looks into it.
            copied = isinstance(index, ast.Slice) and _is_list(of, found)
            return _own_list(found) if copied else found and _entry(found)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="copy"), attr="copy"), args=[of]):
            return _own_list(_given(of, names))
        case ast.Call(func=ast.Attribute(value=of, attr="copy"), args=[]):
            found = _given(of, names)
            # The copy of an array has nothing in common with it.
            return _own_list(found) if _is_list(of, found) else None
        case ast.ListComp(elt=entry):
            return _own_list(_given(entry, names))
        case ast.Attribute(value=of, attr="T" | "flat"):
            return _given(of, names)
        case ast.Call(func=ast.Name(id=name), args=[of, *_]) if name in _SHALLOW:
            return _own_list(_given(of, names))
        case ast.Call(func=ast.Attribute(value=of, attr=name)) if name in _SAME and not _is_numpy(
            of
        ):
            return _given(of, names)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[of, *_]) if (
            name in _SAME
        ):
            return _given(of, names)
    return None


def _is_list(value: ast.expr, found: _Given | None) -> bool:
    """Whether it is a whole argument that holds several, by the contract's names."""
    is_whole = found and isinstance(value, ast.Name) and value.id == found.parameter
    return bool(is_whole) and value.id.endswith("s")  # type: ignore[attr-defined]


def _is_numpy(owner: ast.expr) -> bool:
    return isinstance(owner, ast.Name) and owner.id in ("np", "numpy")


def _entry(found: _Given) -> _Given:
    return _Given(found.parameter, in_own_list=found.own_list or found.in_own_list)


def _own_list(found: _Given | None) -> _Given | None:
    return found and _Given(found.parameter, own_list=True)
