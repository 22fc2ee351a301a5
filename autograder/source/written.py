"""What stands in the code of one function: the words of it, and what can make its calls differ.

This runs in the confined worker, as all that reads a student's source does.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from .slips.outputs import has_place
from .trees import walk

#: What is told of one function: longer code than this is no student's, and longer names neither.
MOST_WORDS, LONGEST_WORD, MOST_PLACES = 300, 40, 5

LOOPS = (ast.For, ast.While, ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp)
MADE_ONCE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.Call)
TELLING = {
    *LOOPS,
    ast.Call,
    ast.Global,
    ast.Attribute,
    ast.keyword,
    ast.AugAssign,
    ast.BinOp,
    ast.Break,
    ast.Compare,
    ast.Subscript,
}
#: Stands for a call that may be handed a place for its result.
TAKES_RESULT = "f(a, out)"
#: What no more stands below.
LEAVES = {"ctx", "op"}
CHANGES = {"append", "extend", "insert", "pop", "update", "setdefault", "add", "clear", "reverse"}
_IN_PLACE = {ast.Add: "+=", ast.Sub: "-=", ast.Mult: "*=", ast.Div: "/=", ast.MatMult: "@="}


def words(units: Iterable[ast.AST]) -> list[str]:
    """List what stands in some code: names, calls, kinds of loop, ``+=``, indices such as ``[0]``.

    A loop of any kind counts as "loop" too, and ``np.array(weights)`` as "array(weights)"; a
    ``return`` that a loop can come to is a "return in a loop".
    """
    found = dict.fromkeys(word for unit in units for word in _in(unit))
    return [word for word in found if len(word) <= LONGEST_WORD][:MOST_WORDS]


def _in(unit: ast.AST) -> Iterator[str]:
    """Look at each node by its type: most files are right, and nothing of this is asked of them."""
    waiting = [unit]
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind is ast.Name:
            yield node.id  # type: ignore[attr-defined]
            continue
        if isinstance(node, ast.Call) and has_place(node):
            yield TAKES_RESULT
        if kind in TELLING:
            yield from _of(node)
        for field in node._fields:
            value = getattr(node, field, None)
            if type(value) is list:
                waiting += [item for item in value if isinstance(item, ast.AST)]
            elif field not in LEAVES and isinstance(value, ast.AST):
                waiting.append(value)


def _of(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            yield name
            yield f"{owner}.{name}"
        case ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
            yield name
        case ast.Call(func=ast.Name(id=name)):
            yield f"{name}("
        case ast.Call(func=ast.Attribute(attr=name), args=[ast.Name(id=given), *_]):
            yield f"{name}({given})"
        case ast.While():
            yield "while"
        case ast.Global():
            yield "global"
        case ast.Break():
            yield "break"
        case ast.For():
            yield "for"
        case ast.AugAssign(op=op) if type(op) in _IN_PLACE:
            yield _IN_PLACE[type(op)]
        case ast.Compare(ops=[ast.GtE()]):
            yield ">="
        case ast.Compare(ops=[ast.Lt()], comparators=[ast.Constant(value=0)]):
            yield "< 0"
        case ast.BinOp(op=ast.FloorDiv()):
            yield "//"
        case ast.BinOp(op=ast.Div()):
            yield "/"
        case ast.BinOp(op=ast.Pow()):
            yield "**"
        case ast.BinOp(op=ast.Sub()):
            yield "-"
        case ast.Subscript(slice=ast.Slice(lower, upper, step)):
            end = "" if step is None else f":{_number(step)}"
            yield f"[{_number(lower)}:{_number(upper)}{end}]"
        case ast.Subscript(slice=index):
            yield f"[{_number(index)}]"
        case _:
            pass
    if isinstance(node, LOOPS):
        yield "loop"
    loop = node if isinstance(node, ast.For | ast.While) else ast.Pass()
    if any(isinstance(inner, ast.Return) for inner in walk(loop)):
        yield "return in a loop"


def _number(index: ast.expr | None) -> str:
    match index:
        case ast.Tuple(elts=[_, _] as places):
            return ", ".join(map(_number, places))
        case ast.Slice(lower=None, upper=None, step=None):
            return ":"
        case None:
            return ""
        case ast.Constant(value=None):
            return "None"
        case ast.Constant(value=int(value)):
            return str(value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value))):
            return str(-value)
    return "..."


def memories(
    function: ast.AST,
    units: Sequence[ast.AST],
    body: Sequence[ast.stmt],
    written: Sequence[str],
) -> list[tuple[str, int, str]]:
    """List what can make a second call differ from the first.

    Parameters
    ----------
    function : ast.AST
        The function's own definition.
    units : sequence of ast.AST
        All that it reaches in its file, itself too.
    body : sequence of ast.stmt
        The file.
    written : sequence of str
        What stands in the units: see `words`.

    Returns
    -------
    list of (str, int, str)
        Kind ("default", "global", "shared" or "random"), line and name of each.
    """
    found = [*_defaults(function)]
    shared = _made_once(body)
    for unit in units:
        if isinstance(unit, ast.FunctionDef | ast.AsyncFunctionDef):
            if unit is not function:
                found += _defaults(unit)
            if shared or "global" in written:
                found += _changed(unit, shared)
        if {"random", "default_rng"} & set(written):
            found += _random(unit)
    return list(dict.fromkeys(found))[:MOST_PLACES]


def _defaults(function: ast.AST) -> Iterator[tuple[str, int, str]]:
    """Arguments whose default is made once, when the function is defined, and changed by it."""
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    args = function.args
    named = [*args.posonlyargs, *args.args]
    pairs = [
        *zip(named[len(named) - len(args.defaults) :], args.defaults, strict=True),
        *zip(args.kwonlyargs, args.kw_defaults, strict=True),
    ]
    made_once = [(one.arg, default) for one, default in pairs if isinstance(default, MADE_ONCE)]
    if not made_once:
        return
    changed = {name for node in walk(function) for name in _changes(node)}
    for name, default in made_once:
        if name in changed:
            yield "default", default.lineno, name


def _made_once(body: Sequence[ast.stmt]) -> set[str]:
    return {
        target.id
        for statement in body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, MADE_ONCE)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def _changed(function: ast.AST, shared: set[str]) -> Iterator[tuple[str, int, str]]:
    nodes = walk(function)
    declared = {name for node in nodes if isinstance(node, ast.Global) for name in node.names}
    bound = {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    } | {node.arg for node in nodes if isinstance(node, ast.arg)}
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in declared:
            yield "global", node.lineno, node.id
        for name in _changes(node):
            if name in shared and name not in bound - declared:
                yield "shared", getattr(node, "lineno", 0), name


def _changes(node: ast.AST) -> Iterator[str]:
    """Name what a piece of code changes without giving it another name."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=how)) if how in CHANGES:
            yield name
        case ast.AugAssign(target=ast.Name(id=name)):
            yield name
        case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
            yield name


def _random(unit: ast.AST) -> Iterator[tuple[str, int, str]]:
    for node in walk(unit):
        if isinstance(node, ast.Call):
            chain = _chain(node.func)
            if "random" in chain or chain[-1:] == ["default_rng"]:
                yield "random", node.lineno, ".".join(chain)


def _chain(node: ast.expr) -> list[str]:
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.insert(0, node.attr)
        node = node.value
    return [node.id, *names] if isinstance(node, ast.Name) else names
