"""What numbers that are too large, or so small that they seem not to count, make of answers.

See ``slips``.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from ..trees import Slip, names_given, names_in, walk

#: What is spoilt by a small number that is added to what it is of.
_OF_SMALL = {"log", "log2", "log10", "sqrt"}
#: No number above is a small one.
_SMALL = 0.01
#: What gives the same numbers, or products of them: they may be of any size.
_AS_LARGE = {
    "array", "asarray", "atleast_1d", "copy", "astype", "float", "float64", "list", "ravel",
    "flatten", "reshape", "squeeze", "dot", "matmul", "zip", "enumerate",
}  # fmt: skip


def size_slips(
    unit: ast.AST, written: Collection[str], small: Collection[str], less: Collection[str]
) -> Iterator[Slip]:
    """What numbers of another size than expected do.

    Parameters
    ----------
    unit : ast.AST
    written : collection of str
        What stands in it: see `written.words`.
    small : collection of str
        The names that hold a small number: see `small_numbers`.
    less : collection of str
        The functions that get what something was taken off: see `given_less`.
    """
    if "exp" in written and getattr(unit, "name", "") not in less:
        yield from _exponentials(unit)
    if isinstance(unit, ast.FunctionDef):
        yield from _small_added(walk(unit), small)


def small_numbers(units: Iterable[ast.AST]) -> set[str]:
    """The names that some code gives a small number, and no other value."""
    small, others = set[str](), set[str]()
    for node in (node for unit in units for node in walk(unit)):
        match node:
            case ast.Assign([ast.Name(id=name)], value) | ast.AnnAssign(ast.Name(id=name), value):
                (small if value and _small(value, ()) else others).add(name)
            case ast.arguments(args=args, defaults=[_, *_] as defaults):
                for argument, value in zip(args[-len(defaults) :], defaults, strict=True):
                    (small if _small(value, ()) else others).add(argument.arg)
    return small - others


def given_less(units: Iterable[ast.AST]) -> set[str]:
    """The functions that some code hands what something was taken off, or a name of that."""
    nodes = [node for unit in units for node in walk(unit)]
    names = names_given(nodes, _takes_off)
    return {
        node.func.id
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        for given in node.args
        if _takes_off(given) or names_in(given) & names
    }


def _takes_off(value: ast.expr) -> bool:
    return any(isinstance(part, ast.Sub) for part in walk(value))


def _small_added(nodes: Sequence[ast.AST], small: Collection[str]) -> Iterator[Slip]:
    """A small number that is added to what divides, or to what a logarithm or a root is of."""
    within = {id(part) for node in nodes for one in _divisors(node) for part in walk(one)}
    named = {part.id for node in nodes for one in _divisors(node) for part in _names(one)}
    for node in nodes:
        match node:
            case ast.Assign([ast.Name(id=name)], value) if name in named:
                within |= {id(part) for part in walk(value)}
            case ast.AugAssign(ast.Name(id=name), ast.Add(), value) if name in named:
                if added := _small(value, small):
                    yield Slip("small added", node.lineno, added)
    for node in nodes:
        match node:
            case ast.BinOp(left, ast.Add(), right) if id(node) in within:
                if added := _small(right, small) or _small(left, small):
                    yield Slip("small added", node.lineno, added)


def _divisors(node: ast.AST) -> Iterator[ast.expr]:
    """What something is divided by, or what a logarithm or a root is taken of."""
    match node:
        case ast.BinOp(op=ast.Div(), right=divisor):
            yield divisor
        case ast.AugAssign(op=ast.Div(), value=divisor):
            yield divisor
        case ast.Call(args=[given, *_]) if _name(node.func) in _OF_SMALL:
            yield given


def _names(node: ast.AST) -> Iterator[ast.Name]:
    return (part for part in walk(node) if isinstance(part, ast.Name))


def _small(value: ast.expr, names: Collection[str]) -> str:
    """A small number, as it may be told; empty if it is none."""
    match value:
        case ast.Constant(value=float(number)) if 0 < number <= _SMALL:
            return format(Decimal(repr(number)), "f")
        case ast.Name(id=name) if name in names:
            return name
    return ""


def _exponentials(unit: ast.AST) -> Iterator[Slip]:
    """Exponentials of numbers as they are: nothing brings these near 0 first."""
    if not isinstance(unit, ast.FunctionDef):
        return
    nodes = walk(unit)
    as_given = _as_given(unit, nodes)
    for node in nodes:
        match node:
            case ast.Call(args=[given, *_]) if _name(node.func) == "exp":
                if _is_as_large(given, as_given):
                    yield Slip("overflow", node.lineno, "")


def _as_given(unit: ast.FunctionDef, nodes: Sequence[ast.AST]) -> set[str]:
    """The names that hold nothing but what came in, its entries, or products of it."""
    as_given = {argument.arg for argument in unit.args.args}
    made = [made for node in nodes for made in _made(node)]
    as_given |= {name for name, _ in made}
    # A name is none of them if one line gives it something else.
    while others := {
        name
        for name, value in made
        if name in as_given and not (value and _is_as_large(value, as_given))
    }:
        as_given -= others
    return as_given


def _made(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """The names that get a value, with that; None where it is calculated from the name itself."""
    match node:
        case ast.Assign(targets, value):
            for target in targets:
                for part in walk(target):
                    if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                        yield part.id, value
        case ast.AugAssign(ast.Name(id=name)):
            yield name, None
        case ast.For(target, values) | ast.comprehension(target, values):
            for part in walk(target):
                if isinstance(part, ast.Name):
                    yield part.id, values


def _is_as_large(value: ast.expr, as_given: Collection[str]) -> bool:
    match value:
        case ast.Name(id=name):
            return name in as_given
        case ast.Subscript(of):
            return _is_as_large(of, as_given)
        case ast.BinOp(left, ast.MatMult(), right):
            return _is_as_large(left, as_given) and _is_as_large(right, as_given)
        case ast.Call(ast.Attribute(ast.Name(id="np" | "numpy")), args):
            found = _name(value.func) in _AS_LARGE and bool(args)
            return found and _is_as_large(args[0], as_given)
        case ast.Call(ast.Attribute(of, name), _):
            return name in _AS_LARGE and _is_as_large(of, as_given)
        case ast.Call(ast.Name(id=name), [first, *_]):
            return name in _AS_LARGE and _is_as_large(first, as_given)
    return False


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))
