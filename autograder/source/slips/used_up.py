"""What can be gone through once only, and is gone through again: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..trees import Slip, bound_in, walk

#: What makes something that can be gone through once only.
MAKE_ONCE = {"zip", "map", "filter", "enumerate", "reversed", "iter"}
#: What goes through all that it is given.
_THROUGH = {"list", "tuple", "sum", "sorted", "max", "min", "set", "fsum"}
_COMPREHENSIONS = (ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp)
_BRANCHES = (ast.If, ast.IfExp, ast.Lambda, ast.Try, ast.FunctionDef, ast.ClassDef)

#: What is known of names up to a line: (line, name, what makes it; empty where it may stay).
_Given = list[tuple[int, str, str]]


def handed_once(units: Sequence[ast.AST]) -> dict[str, dict[str, str]]:
    """The parameters that a call gives what can be gone through once only, by function."""
    asked = {u.name: [a.arg for a in u.args.args] for u in units if isinstance(u, ast.FunctionDef)}
    found: dict[str, dict[str, str]] = {}
    for unit in units:
        given = _given(unit, {})
        for node in walk(unit):
            match node:
                case ast.Call(ast.Name(id=function)) if function in asked:
                    names = asked[function]
                case ast.Call(ast.Attribute(attr=function)) if function in asked:
                    names = [name for name in asked[function] if name != "self"]
                case _:
                    continue
            pairs = [*zip(names, node.args, strict=False)]
            pairs += [(k.arg, k.value) for k in node.keywords if k.arg in names]
            for name, value in pairs:
                made = made_by(value)
                if isinstance(value, ast.Name):
                    made = _before(given, value.lineno).get(value.id, "")
                if made:
                    found.setdefault(function, {})[name] = made
    return found


def used_up(unit: ast.AST, handed: Mapping[str, str]) -> Iterator[Slip]:
    """What goes again through what is used up after the first time.

    Parameters
    ----------
    unit : ast.AST
    handed : mapping of str to str
        The unit's own parameters that can be gone through once only, by what makes them.
    """
    given = _given(unit, handed)
    if not any(made for _, _, made in given):
        return
    for node in walk(unit):
        if isinstance(node, ast.For | ast.While):
            yield from _in_rounds(node, node.body, given)
        elif isinstance(node, _COMPREHENSIONS):
            first, *others = node.generators
            parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
            yield from _in_rounds(node, [*parts, *others, *first.ifs], given)
    for node in walk(unit):
        for block in (getattr(node, "body", None), getattr(node, "orelse", None)):
            if isinstance(block, list):
                yield from _one_after_another(block, given)


def each_function(units: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The units, with a class's methods in its place."""
    for unit in units:
        methods = [node for node in getattr(unit, "body", ()) if isinstance(node, ast.FunctionDef)]
        yield from methods if isinstance(unit, ast.ClassDef) else [unit]


def _in_rounds(around: ast.AST, parts: Sequence[ast.AST], given: _Given) -> Iterator[Slip]:
    """What is gone through in each round of a loop, and made before it."""
    if isinstance(parts[-1], ast.Return | ast.Break):
        return
    made = _before(given, getattr(around, "lineno", 0))
    own = bound_in(around)
    for part in parts:
        for line, name in _gone_through(part):
            if made.get(name) and name not in own:
                yield Slip("zip used up" if made[name] == "zip" else "used up", line, name)


def _one_after_another(block: Sequence[ast.AST], given: _Given) -> Iterator[Slip]:
    """What a later statement of a block goes through once more."""
    gone = set[str]()
    for statement in block:
        if not isinstance(statement, ast.stmt):
            return
        made = _before(given, statement.lineno)
        # What one branch goes through may be whole for what stands behind it.
        through = [] if isinstance(statement, ast.If) else [*_gone_through(statement)]
        reached = {name: line for line, name in reversed(through)}
        for name in gone & reached.keys():
            yield Slip("empty by then", reached[name], name)
        gone = {name for name in gone | reached.keys() if made.get(name)}
        gone -= bound_in(statement)


def _gone_through(root: ast.AST) -> Iterator[tuple[int, str]]:
    """Where code goes through all of what a name stands for, whichever way it takes."""
    waiting = [root]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, _BRANCHES) and not _is_usual(node):
            continue
        match node:
            case ast.For(iter=source, body=body):
                leaves = any(isinstance(part, ast.Break) for one in body for part in walk(one))
                yield from () if leaves else _of_source(source)
            case ast.comprehension(iter=source):
                yield from _of_source(source)
            case ast.Call(ast.Name(id=how) | ast.Attribute(attr=how), [ast.Name(id=name)]):
                if how in _THROUGH:
                    yield node.lineno, name
        waiting += ast.iter_child_nodes(node)


def _is_usual(node: ast.AST) -> bool:
    """Whether a branch is taken in most rounds: none for one value alone."""
    return isinstance(node, ast.If) and not any(
        isinstance(part, ast.Eq | ast.Is | ast.NotIn) for part in walk(node.test)
    )


def _of_source(source: ast.expr) -> Iterator[tuple[int, str]]:
    """What a loop goes through: a name, or its items with their numbers."""
    match source:
        case ast.Name(id=name) | ast.Call(ast.Name(id="enumerate"), [ast.Name(id=name)]):
            yield source.lineno, name


def _given(unit: ast.AST, handed: Mapping[str, str]) -> _Given:
    """All names that get a value, with what makes it where that can be gone through once."""
    makers: dict[int, str] = {}
    for node in walk(unit):
        match node:
            case ast.Assign([ast.Tuple(elts=targets)], ast.Tuple(elts=values)):
                makers |= {id(t): made_by(v) for t, v in zip(targets, values, strict=False)}
            case ast.Assign(targets, value):
                makers |= {id(target): made_by(value) for target in targets}
    found = [(getattr(unit, "lineno", 0), name, made) for name, made in handed.items()]
    found += [
        (node.lineno, node.id, makers.get(id(node), ""))
        for node in walk(unit)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    return sorted(found)


def made_by(value: ast.expr) -> str:
    """Tell what makes something that can be gone through once only; empty where nothing does."""
    match value:
        case ast.Call(func=ast.Name(id=made)) if made in MAKE_ONCE:
            return made
        case ast.GeneratorExp():
            return "generator"
    return ""


def _before(given: _Given, line: int) -> dict[str, str]:
    """What makes each name's value, by what stands above a line."""
    return {name: made for at, name, made in given if at < line}
