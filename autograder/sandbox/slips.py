"""What stands in a function's code that often goes wrong: told only of a wrong answer it can make.

This runs in the confined worker, as all that reads a student's source does.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeGuard

from .written import OF_TWO, THREE_ARGUMENTS

#: Kind, line, and the name that it is about.
Slip = tuple[str, int, str]

MOST_SLIPS = 8
_BY_NUMBER = re.compile(r"\[-?\d+\]")
_STORES = {"append", "insert"}
#: What takes differences between entries that stand beside each other.
_NEIGHBOURS = {"gradient", "diff", "ediff1d"}
_WORTH_A_LOOK = {"vectorize", "all", "any", "np.max", "np.min", *_NEIGHBOURS}
#: What of an entry says nothing of its numbers.
_SIZES = {"shape", "size", "ndim"}


@dataclass(frozen=True, eq=False)
class _Loop:
    """A loop around a statement: the names that it counts with, and all that is set within.

    Most loops are right, and of them nothing is asked.
    """

    node: ast.For | ast.While

    @cached_property
    def counts(self) -> frozenset[str]:
        return _names(self.node.target) if isinstance(self.node, ast.For) else frozenset()

    @cached_property
    def sets(self) -> frozenset[str]:
        return _set_in(self.node)


def slips(
    units: Sequence[ast.AST],
    parameters: Sequence[str],
    written: Sequence[str],
    others: Mapping[str, Sequence[str]],
) -> list[Slip]:
    """List the places in some code that are worth a look where it is wrong.

    Parameters
    ----------
    units : sequence of ast.AST
        The function and all that it reaches in its file.
    parameters : sequence of str
        The function's own.
    written : sequence of str
        What stands in the units: see `written.words`.
    others : mapping of str to sequence of str
        The functions that it may call, with their parameters.
    """
    try:
        return list(dict.fromkeys(_slips(units, parameters, written, others)))[:MOST_SLIPS]
    except RecursionError:
        # Nobody writes code so deep by hand.
        return []


def _slips(
    units: Sequence[ast.AST],
    parameters: Sequence[str],
    written: Sequence[str],
    others: Mapping[str, Sequence[str]],
) -> Iterator[Slip]:
    there = set(written)
    by_number = any(_BY_NUMBER.fullmatch(word) for word in there)
    indexed = frozenset(parameters) if by_number else frozenset[str]()
    called = {name: asked for name, asked in others.items() if name in there}
    for unit in units:
        if called:
            yield from _whole(unit, parameters, called)
        if "loop" in there and isinstance(unit, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _in_block(unit.body, (), indexed)
        if there & {THREE_ARGUMENTS, *_WORTH_A_LOOK}:
            yield from _calls(unit)
        if "/" in there:
            yield from _quotients(unit)
        if "loop" in there:
            yield from _comprehensions(unit)
            yield from _used_up(unit)
            yield from _undivided(unit)
            yield from _one_row(unit)
        if "random" in there:
            for node in ast.walk(unit):
                if isinstance(node, ast.Attribute) and node.attr == "random":
                    yield "random", node.lineno, ""


def _whole(
    unit: ast.AST, parameters: Sequence[str], called: Mapping[str, Sequence[str]]
) -> Iterator[Slip]:
    """A list of several things, handed as it came to a function that asks for one of them.

    By the contract's names: what is called by a plural holds several.
    """
    nodes = list(ast.walk(unit))
    several = {name for name in parameters if name.endswith("s")}
    several -= {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    several -= {ast.unparse(n.args[0]) for n in nodes if _is_range(n) and len(n.args) == 1}
    for node in nodes:
        name = _called(node)
        if name not in called or not isinstance(node, ast.Call):
            continue
        asked_for = called[name]
        given = [*zip(asked_for, node.args, strict=False)]
        given += [(keyword.arg or "", keyword.value) for keyword in node.keywords]
        for asked, value in given:
            if isinstance(value, ast.Attribute) and value.attr == "T":
                value = value.value
            if not isinstance(value, ast.Name) or asked.endswith("s"):
                continue
            if value.id in several and value.id not in asked_for:
                yield "whole", node.lineno, value.id


def _called(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
    return ""


def _is_range(node: ast.AST) -> TypeGuard[ast.Call]:
    return _called(node) == "range"


def _calls(unit: ast.AST) -> Iterator[Slip]:
    for node in ast.walk(unit):
        match node:
            case ast.Compare(
                ast.Call(ast.Attribute(attr="all" | "any" as name), []), comparators=[of]
            ):
                if isinstance(of, ast.Constant | ast.UnaryOp):
                    yield "one yes or no", node.lineno, name
            case ast.Call(
                ast.Attribute(ast.Name(id="np" | "numpy" as owner), "max" | "min" as name),
                [_, ast.Constant() | ast.UnaryOp()],
            ):
                yield "axis", node.lineno, f"{owner}.{name}"
            case ast.Call(func=ast.Attribute(ast.Name(id="np" | "numpy" as owner), attr=name)) if (
                name in _NEIGHBOURS
            ):
                yield "neighbours", node.lineno, f"{owner}.{name}"
            case ast.Call(func=ast.Attribute(attr="vectorize")):
                yield "vectorize", node.lineno, ""
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="np" | "numpy" as owner), attr=name),
                args=[_, _, _, *_],
            ) if name in OF_TWO:
                yield "third argument", node.lineno, f"{owner}.{name}"


def _quotients(unit: ast.AST) -> Iterator[Slip]:
    """What two calls differ by, divided by the step between them: ``(f(x + h) - f(x)) / h``."""
    added: set[str] = set()
    steps, own = _constants(unit), _parameters(unit)
    found: list[tuple[int, frozenset[str], str]] = []
    for node in ast.walk(unit):
        match node:
            case ast.BinOp(op=ast.Div(), left=ast.BinOp(op=ast.Sub()) as change, right=divisor):
                step = _names(divisor)
                if len(step) == 1 and not isinstance(divisor, ast.Call):
                    found.append((node.lineno, step, ast.unparse(change)))
                if moved := _moved_together(change, own, steps):
                    yield "all moved", node.lineno, moved
            case ast.BinOp(op=ast.Add() | ast.Sub(), right=ast.Name(id=name)):
                added.add(name)
            case ast.AugAssign(op=ast.Add() | ast.Sub(), value=ast.Name(id=name)):
                added.add(name)
            case ast.Assign(targets=[ast.Subscript()], value=ast.Name(id=name)):
                added.add(name)
    for line, step, told in found:
        if step <= added and "(" in told:
            yield "difference", line, min(step)


def _constants(unit: ast.AST) -> frozenset[str]:
    """The names that are given a number in some code."""
    return frozenset(
        name.id
        for node in ast.walk(unit)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for name in node.targets
        if isinstance(name, ast.Name)
    )


def _parameters(unit: ast.AST) -> frozenset[str]:
    if not isinstance(unit, ast.FunctionDef | ast.AsyncFunctionDef):
        return frozenset()
    return frozenset(argument.arg for argument in unit.args.args)


def _moved_together(
    change: ast.expr, parameters: frozenset[str], steps: frozenset[str]
) -> str | None:
    """The number that a call in a difference adds to a whole parameter."""
    for node in ast.walk(change):
        match node:
            case ast.Call(args=[ast.BinOp(ast.Name(id=all_of), ast.Add(), ast.Name(id=step))]):
                if all_of in parameters and step in steps:
                    return step
    return None


def _undivided(unit: ast.AST) -> Iterator[Slip]:
    """What two calls at two places differ by, ``f(x + d) - f(x - d)``, where nothing divides."""
    nodes = list(ast.walk(unit))
    if any(isinstance(node, ast.Div | ast.FloorDiv) for node in nodes):
        return
    for node in nodes:
        match node:
            case ast.BinOp(
                ast.Call(func=one, args=[ast.BinOp(ast.Name(id=x), ast.Add(), ast.Name(id=step))]),
                ast.Sub(),
                ast.Call(func=other, args=[ast.Name(id=y) | ast.BinOp(left=ast.Name(id=y))]),
            ) if x == y and ast.unparse(one) == ast.unparse(other):
                yield "undivided", node.lineno, step


def _one_row(unit: ast.AST) -> Iterator[Slip]:
    """A list of one row, many times the same: ``[[0] * n] * n``."""
    for node in ast.walk(unit):
        match node:
            case ast.BinOp(ast.List([ast.List() | ast.BinOp(left=ast.List())]), ast.Mult()):
                yield "one row", node.lineno, ""


def _comprehensions(unit: ast.AST) -> Iterator[Slip]:
    """Lists of entries that have nothing of what they are counted by."""
    for node in ast.walk(unit):
        match node:
            case ast.ListComp(elt=entry, generators=[ast.comprehension(target=ast.Name(id=name))]):
                if name not in _names(entry) and _has_entry(entry):
                    yield "not used", node.lineno, name
            case ast.comprehension(iter=ast.Subscript(slice=ast.Slice(lower=None, upper=end))):
                if isinstance(end, ast.UnaryOp) and ast.unparse(end) == "-1":
                    yield "but the last", node.iter.lineno, ""
            case ast.comprehension(iter=made) if _is_one_short(made):
                yield "but the last", made.lineno, ""


def _has_entry(value: ast.AST) -> bool:
    return any(isinstance(node, ast.Subscript) for node in ast.walk(value))


def _in_block(
    block: Sequence[ast.stmt], loops: tuple[_Loop, ...], parameters: frozenset[str]
) -> Iterator[Slip]:
    if loops:
        yield from _twice(block)
    for at, statement in enumerate(block):
        if isinstance(statement, ast.For | ast.While):
            loop = _Loop(statement)
            if isinstance(statement, ast.For):
                yield from _short(statement)
                yield from _only_renamed(statement)
                yield from _shrinks(statement)
                yield from _place_compared(statement)
                yield from _stored_too_often(statement)
            yield from _made_anew(statement, block[at + 1 :])
            yield from _guarded(statement)
            lists = parameters | _grown(statement) if parameters else parameters
            yield from _in_block(statement.body, (*loops, loop), lists)
            yield from _after(block[at + 1 :], loop)
        elif isinstance(statement, ast.If):
            # What is stored there is stored for one of a loop's values alone.
            around = () if _tells_apart(statement.test, loops) else loops
            yield from _in_block(statement.body, around, frozenset())
            yield from _in_block(statement.orelse, loops, frozenset())
        elif isinstance(statement, ast.Break | ast.Continue):
            yield type(statement).__name__.lower(), statement.lineno, ""
        elif isinstance(statement, ast.With | ast.Try):
            yield from _in_block(statement.body, loops, parameters)
        else:
            yield from _stored(statement, loops)
            if parameters and not isinstance(statement, ast.FunctionDef | ast.ClassDef):
                yield from _same_entry(statement, bool(loops), parameters)


def _twice(block: Sequence[ast.stmt]) -> Iterator[Slip]:
    """What goes on from its own result, and is done again in the same round."""
    seen: dict[str, int] = {}
    for statement in block:
        match statement:
            case ast.AugAssign(target=ast.Name(id=name)):
                goes_on = True
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                goes_on = name in _names(value)
            case _:
                continue
        if goes_on and seen.setdefault(ast.dump(statement), statement.lineno) < statement.lineno:
            yield "twice", statement.lineno, name


#: What can be gone through once only.
_ONCE = {"zip", "map", "filter", "enumerate", "reversed", "iter"}


def _used_up(unit: ast.AST) -> Iterator[Slip]:
    """A loop within another that goes through what is used up after the other's first round."""
    once = set()
    for node in ast.walk(unit):
        for target, value in _assigned(node):
            match target, value:
                case ast.Name(id=name), ast.Call(func=ast.Name(id=made)) if made in _ONCE:
                    once.add(name)
                case ast.Name(id=name), ast.GeneratorExp():
                    once.add(name)
    if not once:
        return
    for outer in ast.walk(unit):
        if not isinstance(outer, ast.For | ast.While):
            continue
        for inner in ast.walk(outer):
            match inner:
                case ast.For(iter=ast.Name(id=name)) if inner is not outer and name in once:
                    if name not in _set_in(outer):
                        yield "used up", inner.lineno, name


def _assigned(node: ast.AST) -> list[tuple[ast.expr, ast.expr]]:
    """What an assignment stores, and where: several of either stand side by side."""
    match node:
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
            return list(zip(targets, values, strict=False))
        case ast.Assign(targets=[target], value=value):
            return [(target, value)]
    return []


def _short(loop: ast.For) -> Iterator[Slip]:
    """A loop that makes fewer rounds than a list has entries, or begins with the second."""
    match loop.iter:
        case made if _is_one_short(made):
            yield "but the last", loop.lineno, ""
        case ast.Call(func=ast.Name(id="range"), args=[ast.Constant(value=1), end]):
            yield "from the second", loop.lineno, ""
            match end:
                case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]):
                    yield "round short", loop.lineno, name
        case ast.Call(
            func=ast.Name(id="range"),
            args=[
                _,
                ast.Constant(value=0),
                ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1)),
            ],
        ):
            yield "down to one", loop.lineno, ""
        case ast.Call(
            func=ast.Name(id="range"),
            args=[
                ast.BinOp(
                    left=ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]),
                    op=ast.Sub(),
                    right=ast.Constant(value=int(fewer)),
                )
            ],
        ) if fewer > 1:
            yield "short range", loop.lineno, name


def _only_renamed(loop: ast.For) -> Iterator[Slip]:
    """A loop's own name that gets another value, of which nothing is made after that."""
    if not isinstance(loop.target, ast.Name) or isinstance(loop.iter, ast.Call):
        return
    name = loop.target.id
    nodes = [node for statement in loop.body for node in ast.walk(statement)]
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=own)]) | ast.AugAssign(target=ast.Name(id=own)):
                if own == name and not _read_after(nodes, name, node):
                    yield "loop variable", node.lineno, name


def _shrinks(loop: ast.For) -> Iterator[Slip]:
    """A list that entries are taken out of while the loop goes through it."""
    if not isinstance(loop.iter, ast.Name):
        return
    for node in ast.walk(loop):
        match node:
            case ast.Call(func=ast.Attribute(ast.Name(id=name), attr="remove" | "pop")) if (
                name == loop.iter.id
            ):
                yield "shrinks", node.lineno, name


def _place_compared(loop: ast.For) -> Iterator[Slip]:
    """A place, counted by ``range``, that is compared with a number below 0."""
    if not (isinstance(loop.target, ast.Name) and isinstance(loop.iter, ast.Call)):
        return
    if ast.unparse(loop.iter.func) != "range":
        return
    for node in ast.walk(loop):
        match node:
            case ast.Compare(ast.Name(id=name), [_], [ast.UnaryOp(ast.USub(), ast.Constant())]):
                if name == loop.target.id:
                    yield "place compared", node.lineno, name


def _stored_too_often(loop: ast.For) -> Iterator[Slip]:
    """A list that is stored in the very loop that appends to it."""
    filled = set[str]()
    for statement in loop.body:
        filled |= {
            name
            for node in ast.walk(statement)
            for name in _appended_to(node)
            if not isinstance(statement, ast.For | ast.While)
        }
    for statement in loop.body:
        match statement:
            case ast.Expr(ast.Call(func=ast.Attribute(attr="append"), args=[ast.Name(id=name)])):
                if name in filled:
                    yield "stored too often", statement.lineno, name


def _appended_to(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Attribute(ast.Name(id=name), attr="append")):
            yield name


def _made_anew(loop: ast.For | ast.While, after: Sequence[ast.stmt]) -> Iterator[Slip]:
    """A list or array that is made in every round, filled there, and used behind the loop."""
    later = frozenset[str]().union(*map(_names, after))
    for statement in loop.body:
        match statement:
            case ast.Assign([ast.Name(id=name)], ast.List(elts=[]) | ast.Call() as made):
                empty = isinstance(made, ast.List) or _made_of_zeros(made)
                if empty and name in later and name in _filled(loop):
                    yield "made anew", statement.lineno, name


def _made_of_zeros(made: ast.Call) -> bool:
    how = getattr(made.func, "attr", getattr(made.func, "id", ""))
    return how in {"zeros", "zeros_like", "empty", "ones", "eye", "identity", "list"}


def _filled(loop: ast.For | ast.While) -> frozenset[str]:
    """The names whose entries a loop sets, or to which it appends."""
    found = set[str]()
    for node in ast.walk(loop):
        match node:
            case ast.Subscript(ctx=ast.Store()):
                found.add(_base(node))
            case ast.Call(func=ast.Attribute(ast.Name(id=name), attr="append")):
                found.add(name)
    return frozenset(found)


def _read_after(nodes: Sequence[ast.AST], name: str, statement: ast.stmt) -> bool:
    return any(
        isinstance(node, ast.Name)
        and node.id == name
        and isinstance(node.ctx, ast.Load)
        and node.lineno > (statement.end_lineno or statement.lineno)
        for node in nodes
    )


def _is_one_short(made: ast.expr) -> bool:
    """Whether it is ``range(... - 1)``."""
    match made:
        case ast.Call(
            func=ast.Name(id="range"),
            args=[ast.BinOp(op=ast.Sub(), right=ast.Constant(value=1))],
        ):
            return True
    return False


def _guarded(loop: ast.For | ast.While) -> Iterator[Slip]:
    """What is made anew in a round only if numbers of that round are large or small enough."""
    for statement in loop.body:
        match statement:
            case ast.If(test=ast.Compare(ops=[ast.Gt() | ast.GtE() | ast.Lt() | ast.LtE()]) as test,
                        body=[*body], orelse=[]):  # fmt: skip
                names = _names(test)
                made = _set_in(loop)
                if isinstance(loop, ast.For):
                    made -= _names(loop.target)
                if names and names <= made and any(isinstance(one, ast.Assign) for one in body):
                    yield "guarded", statement.lineno, ""


def _grown(loop: ast.For | ast.While) -> frozenset[str]:
    """The lists that get longer at their end: what stands first in them stays there."""
    how = {"append": set[str](), "insert": set[str]()}
    for node in ast.walk(loop):
        match node:
            case ast.Call(func=ast.Attribute(ast.Name(id=name), attr="append" | "insert" as added)):
                how[added].add(name)
    return frozenset(how["append"] - how["insert"])


def _after(block: Sequence[ast.stmt], loop: _Loop) -> Iterator[Slip]:
    """What is stored just behind a loop, of what the loop computes and stores nowhere."""
    for statement in block[:2]:
        match statement:
            case ast.Expr(ast.Call(func=ast.Attribute(ast.Name(id=name), attr=how), args=given)):
                if how not in _STORES or name in loop.sets:
                    continue
                if frozenset().union(*map(_names, given)) & loop.sets:
                    yield "after the loop", statement.lineno, name


def _stored(statement: ast.stmt, loops: Sequence[_Loop]) -> Iterator[Slip]:
    """Entries that are stored under fewer indices than the loops around count."""
    if loops:
        yield from _changed_meanwhile(statement)
    if len(loops) < 2:
        return
    match statement:
        case ast.Assign(targets=[ast.Subscript() as place], value=value):
            kind = "overwritten"
        case ast.AugAssign(target=ast.Subscript() as place, op=ast.Add() | ast.Sub(), value=value):
            kind = "added up"
        case _:
            return
    name, used = _base(place), _names(value)
    under = _names(place) - {name}
    counted = frozenset[str]().union(*(loop.counts for loop in loops))
    for loop in loops:
        unused = (loop.counts & under) - used
        made = used & (loop.sets - counted - {name})
        if len(loop.counts) == 1 and unused and _has_entry(value) and not made:
            yield "not used", statement.lineno, min(unused)
    if ast.unparse(place) in ast.unparse(value):
        kind = "added up"
    for loop in loops:
        lost = loop.counts & used
        # What is carried from round to round may be in what is stored.
        if any(f"{name} =" in loop.sets for name in used - counted):
            continue
        if lost and not under & (loop.counts | loop.sets) and f"{name} =" not in loop.sets:
            yield kind, statement.lineno, min(lost)


def _changed_meanwhile(statement: ast.stmt) -> Iterator[Slip]:
    """An entry that is changed by a sum of all of them, which so changes from round to round."""
    match statement:
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))], value=value):
            pass
        case ast.AugAssign(target=ast.Subscript(value=ast.Name(id=name)), value=value):
            pass
        case _:
            return
    for node in ast.walk(value):
        match node:
            case ast.Call(args=[ast.Name(id=own)]) if own == name and _reduces(node.func):
                yield "changed meanwhile", statement.lineno, name
            case ast.Call(func=ast.Attribute(value=ast.Name(id=own))) if own == name:
                if _reduces(node.func):
                    yield "changed meanwhile", statement.lineno, name


def _reduces(function: ast.expr) -> bool:
    name = getattr(function, "id", getattr(function, "attr", ""))
    return name in {"sum", "max", "min", "mean", "norm", "std"}


def _base(place: ast.expr) -> str:
    """The name of what an entry, or an entry of an entry, belongs to."""
    while isinstance(place, ast.Subscript):
        place = place.value
    return place.id if isinstance(place, ast.Name) else ""


def _same_entry(statement: ast.stmt, in_loop: bool, parameters: frozenset[str]) -> Iterator[Slip]:
    """An entry of a parameter by a fixed number, in every round of a loop."""
    inner: list[ast.AST] = [statement] if in_loop else []
    if not in_loop:
        comprehensions = (ast.ListComp, ast.GeneratorExp)
        inner = [node.elt for node in ast.walk(statement) if isinstance(node, comprehensions)]
    for root in inner:
        nodes = list(ast.walk(root))
        if any(isinstance(node, ast.IfExp) for node in nodes):
            continue
        sizes = {id(n.value) for n in nodes if isinstance(n, ast.Attribute) and n.attr in _SIZES}
        for node in nodes:
            if id(node) in sizes:
                continue
            match node:
                case ast.Subscript(value=ast.Name(id=name), slice=index, ctx=ast.Load()):
                    if name in parameters and _is_number(index):
                        yield "same entry", node.lineno, name


def _is_number(index: ast.expr) -> bool:
    # The last one, [-1], is often what is meant.
    return isinstance(index, ast.Constant) and isinstance(index.value, int)


def _tells_apart(test: ast.expr, loops: Sequence[_Loop]) -> bool:
    """Whether a condition holds for one of a loop's values alone, as ``i == j`` does."""
    counted = frozenset[str]().union(*(loop.counts for loop in loops))
    equal = isinstance(test, ast.Compare) and any(isinstance(op, ast.Eq) for op in test.ops)
    return equal and bool(_names(test) & counted)


def _names(node: ast.AST) -> frozenset[str]:
    return frozenset(part.id for part in ast.walk(node) if isinstance(part, ast.Name))


def _set_in(loop: ast.stmt) -> frozenset[str]:
    """What a loop changes; with `` =`` behind it, what it makes anew."""
    found = set[str]()
    for node in ast.walk(loop):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                found |= {name, f"{name} ="}
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                found.add(name)
            case ast.Call(func=ast.Attribute(ast.Name(id=name), attr=how)) if how in _STORES:
                found.add(name)
    return frozenset(found)
