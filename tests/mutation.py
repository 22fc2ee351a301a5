"""Small faults sown in a Python source, one at a time, as a student's slip would make them."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Change = tuple[str, Callable[[], None]]

_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Add, ast.Div),
    ast.Div: (ast.Mult, ast.Sub),
    ast.MatMult: (ast.Mult, ast.Add),
    ast.Pow: (ast.Mult, ast.Add),
}
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE, ast.Eq, ast.NotEq),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Eq: (ast.NotEq, ast.GtE, ast.LtE),
    ast.NotEq: (ast.Eq,),
}
_CALLS: dict[str, tuple[str, ...]] = {
    "max": ("min", "sum", "mean"),
    "sum": ("max", "mean", "prod"),
    "exp": ("exp2", "abs", "log1p"),
    "diag": ("sum", "array"),
    "outer": ("inner", "add"),
    "norm": ("sum", "max"),
    "where": ("select",),
    "reversed": ("list",),
    "zip": ("enumerate",),
}
_SWAPPED = frozenset({"where", "outer", "insert", "zip", "propagate_error"})


@dataclass(frozen=True)
class Mutant:
    """A source with one fault in it.

    Attributes
    ----------
    function : str
        The function in which the fault stands.
    was, became : str
        The changed statement (its first line), before and after.
    source : str
    """

    function: str
    was: str
    became: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.function}: {self.was}  ->  {self.became}"


def mutants(source: str) -> Iterator[Mutant]:
    """Every fault that can be sown in the functions of a source, each in a copy of its own.

    Docstrings, annotations and mere conversions (``dtype``, ``asarray``) are left alone: without
    them the functions give the same numbers for the arrays that the contract speaks of.
    """
    seen = {ast.unparse(_parse(source))}
    for place, (_, _, node) in enumerate(_places(_parse(source))):
        for number in range(sum(1 for _ in _changes(node))):
            mutant = _mutant(source, place, number)
            if mutant.source not in seen:
                seen.add(mutant.source)
                yield mutant


def _mutant(source: str, place: int, number: int) -> Mutant:
    """The fault of this number at this place."""
    tree = _parse(source)
    function, statement, node = list(_places(tree))[place]
    was = _first_line(statement)
    what, change = list(_changes(node))[number]
    change()
    became = what if isinstance(node, ast.stmt) else _first_line(statement)
    return Mutant(function, was, became, ast.unparse(ast.fix_missing_locations(tree)))


def _parse(source: str) -> ast.Module:
    """The tree without docstrings and annotations, which no fault can stand in."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in node.args.args:
                argument.annotation = None
            if ast.get_docstring(node) is not None:
                del node.body[0]
    return tree


def _places(tree: ast.Module) -> Iterator[tuple[str, ast.stmt, ast.AST]]:
    """All nodes inside functions, with the function and the innermost statement around them."""
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            yield function.name, function, function
            for statement in function.body:
                yield from _inside(function.name, statement, statement)


def _inside(
    function: str, statement: ast.stmt, node: ast.AST
) -> Iterator[tuple[str, ast.stmt, ast.AST]]:
    here = node if isinstance(node, ast.stmt) else statement
    yield function, here, node
    for child in ast.iter_child_nodes(node):
        yield from _inside(function, here, child)


def _first_line(statement: ast.stmt) -> str:
    return " ".join(ast.unparse(statement).split("\n", 1)[0].split())


# --- what can be changed at one node -----------------------------------------------------------


def _changes(node: ast.AST) -> Iterator[Change]:
    for kind, maker in _MAKERS:
        if isinstance(node, kind):
            yield from maker(node)


def _set(node: ast.AST, field: str, value: object) -> Callable[[], None]:
    return lambda: setattr(node, field, value)


def _turn_into(node: ast.AST, other: ast.AST) -> Callable[[], None]:
    """Put another expression in a node's place."""

    def change() -> None:
        node.__class__ = other.__class__
        node.__dict__.clear()
        node.__dict__.update(other.__dict__)

    return change


def _binary(node: ast.BinOp) -> Iterator[Change]:
    for other in _OPERATORS.get(type(node.op), ()):
        yield "operator", _set(node, "op", other())
    if not isinstance(node.op, ast.Add | ast.Mult):
        swapped = ast.BinOp(copy.deepcopy(node.right), node.op, copy.deepcopy(node.left))
        yield "operands swapped", _turn_into(node, swapped)
    if not isinstance(node.op, ast.MatMult | ast.Add):
        yield "right operand dropped", _turn_into(node, copy.deepcopy(node.left))
    if not isinstance(node.left, ast.Constant):
        negated = ast.BinOp(ast.UnaryOp(ast.USub(), node.left), node.op, node.right)
        yield "left operand negated", _turn_into(node, copy.deepcopy(negated))


def _compare(node: ast.Compare) -> Iterator[Change]:
    for other in _COMPARISONS.get(type(node.ops[0]), ()):
        yield "comparison", _set(node, "ops", [other()])


def _constant(node: ast.Constant) -> Iterator[Change]:
    if isinstance(node.value, bool) or not isinstance(node.value, int | float):
        return
    for value in (node.value + 1, node.value - 1, node.value / 2):
        whole = isinstance(node.value, int) and value == int(value)
        yield "constant", _set(node, "value", int(value) if whole else float(value))


def _unary(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.USub | ast.Not):
        yield "sign dropped", _turn_into(node, copy.deepcopy(node.operand))


def _call(node: ast.Call) -> Iterator[Change]:
    name = _called(node)
    for other in _CALLS.get(name, ()):
        if isinstance(node.func, ast.Attribute):
            yield "function", _set(node.func, "attr", other)
        elif isinstance(node.func, ast.Name):
            yield "function", _set(node.func, "id", other)
    if name in _SWAPPED:
        for first in range(len(node.args) - 1):
            arguments = list(node.args)
            arguments[first : first + 2] = reversed(arguments[first : first + 2])
            yield "arguments swapped", _set(node, "args", arguments)
    if name == "range":
        for index, argument in enumerate(node.args):
            for operator in (ast.Add(), ast.Sub()):
                moved = ast.BinOp(copy.deepcopy(argument), operator, ast.Constant(1))
                arguments = list(node.args)
                arguments[index] = moved
                yield "range moved", _set(node, "args", arguments)
    if name == "array" and isinstance(node.args[0], ast.Name):
        yield "no copy", _set(node.func, "attr", "asarray")
    if name == "enumerate":
        yield "counted from 0", _set(node, "keywords", [])
    if len(node.args) == 1 and name in {"exp", "softmax", "_rectify", "diag"}:
        yield "call dropped", _turn_into(node, copy.deepcopy(node.args[0]))


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _subscript(node: ast.Subscript) -> Iterator[Change]:
    if not isinstance(node.ctx, ast.Load):
        return
    for operator in (ast.Add(), ast.Sub()):
        index = copy.deepcopy(node.slice)
        yield "index moved", _set(node, "slice", ast.BinOp(index, operator, ast.Constant(1)))


def _choice(node: ast.IfExp) -> Iterator[Change]:
    for name in ("body", "orelse"):
        yield "one branch alone", _turn_into(node, copy.deepcopy(getattr(node, name)))
    swapped = ast.IfExp(node.test, node.orelse, node.body)
    yield "branches swapped", _turn_into(node, copy.deepcopy(swapped))


def _list(node: ast.List) -> Iterator[Change]:
    if isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        yield "turned round", _set(node, "elts", node.elts[::-1])
        yield "last one dropped", _set(node, "elts", node.elts[:-1])
        yield "first one dropped", _set(node, "elts", node.elts[1:])
    elif isinstance(node.ctx, ast.Load) and node.elts:
        yield "emptied", _set(node, "elts", [])


def _loop(node: ast.For | ast.comprehension) -> Iterator[Change]:
    listed = ast.Call(ast.Name("list", ast.Load()), [copy.deepcopy(node.iter)], [])
    for start, stop, step in ((None, None, -1), (None, -1, None), (1, None, None)):
        parts = [None if n is None else ast.Constant(n) for n in (start, stop, step)]
        part = ast.Subscript(listed, ast.Slice(*parts), ast.Load())
        yield f"loop over {_first_line(ast.Expr(part))}", _set(node, "iter", part)


def _body(node: ast.For | ast.FunctionDef) -> Iterator[Change]:
    for index in range(len(node.body)):
        short = [*node.body[:index], *node.body[index + 1 :]] or [ast.Pass()]
        yield f"without {_first_line(node.body[index])}", _set(node, "body", short)
        if isinstance(node.body[index], ast.Assign | ast.AugAssign | ast.Expr) and index:
            moved = list(node.body)
            moved[index - 1 : index + 1] = moved[index - 1 : index + 1][::-1]
            yield f"earlier: {_first_line(node.body[index])}", _set(node, "body", moved)


def _augmented(node: ast.AugAssign) -> Iterator[Change]:
    for other in _OPERATORS.get(type(node.op), ()):
        yield f"{type(other()).__name__} in place", _set(node, "op", other())
    plain = ast.Assign([node.target], node.value)
    yield "plain assignment", _turn_into(node, plain)


def _return(node: ast.Return) -> Iterator[Change]:
    if isinstance(node.value, ast.Tuple):
        yield "turned round", _set(node.value, "elts", node.value.elts[::-1])
        yield "first alone", _set(node, "value", node.value.elts[0])
    elif isinstance(node.value, ast.Name | ast.List | ast.ListComp):
        last = ast.Slice(None, None, ast.Constant(-1))
        yield "turned round", _set(node, "value", ast.Subscript(node.value, last, ast.Load()))
    yield "nothing returned", _set(node, "value", None)


_MAKERS: tuple[tuple[type[ast.AST], Callable[..., Iterator[Change]]], ...] = (
    (ast.BinOp, _binary),
    (ast.Compare, _compare),
    (ast.Constant, _constant),
    (ast.UnaryOp, _unary),
    (ast.Call, _call),
    (ast.Subscript, _subscript),
    (ast.IfExp, _choice),
    (ast.List, _list),
    (ast.For, _loop),
    (ast.comprehension, _loop),
    (ast.For, _body),
    (ast.FunctionDef, _body),
    (ast.AugAssign, _augmented),
    (ast.Return, _return),
)
