"""What often goes wrong in loops, and in what is done within them: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..trees import STORES, Slip, changed_in, in_rounds, names_given, names_in, walk
from .rounds import counted_in_leaps, round_slips
from .sums import sum_slips

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
        return names_in(self.node.target) if isinstance(self.node, ast.For) else frozenset()

    @cached_property
    def sets(self) -> frozenset[str]:
        return changed_in(self.node)


def has_entry(value: ast.AST) -> bool:
    """Whether an entry of something is taken there."""
    return any(isinstance(node, ast.Subscript) for node in walk(value))


def in_block(
    block: Sequence[ast.stmt], loops: tuple[_Loop, ...], parameters: frozenset[str]
) -> Iterator[Slip]:
    """What often goes wrong in a block of statements and in the loops within it."""
    if loops:
        yield from _twice(block)
    for at, statement in enumerate(block):
        if isinstance(statement, ast.For | ast.While):
            loop = _Loop(statement)
            if isinstance(statement, ast.For):
                yield from round_slips(statement)
                yield from _only_renamed(statement)
                yield from _stored_too_often(statement)
                yield from _same_all_along(statement)
            else:
                yield from counted_in_leaps(statement)
            yield from _else_of(statement)
            yield from _made_anew(statement, block[at + 1 :])
            yield from sum_slips(block[:at], statement, loop.counts, block[at + 1 :])
            lists = parameters | _grown(statement) if parameters else parameters
            yield from in_block(statement.body, (*loops, loop), lists)
            if not loops:
                yield from _after(block[at + 1 :], loop)
        elif isinstance(statement, ast.If):
            # What is stored there is stored for one of a loop's values alone.
            around = () if _tells_apart(statement.test, loops) else loops
            yield from in_block(statement.body, around, frozenset())
            yield from in_block(statement.orelse, loops, frozenset())
        elif isinstance(statement, ast.Break | ast.Continue):
            leaves = isinstance(statement, ast.Break)
            if leaves and loops and _goes_on_for_ever(loops[-1].node):
                continue
            yield Slip("break" if leaves else "continue", statement.lineno, "")
        elif isinstance(statement, ast.Return) and loops:
            yield Slip("return", statement.lineno, "")
        elif isinstance(statement, ast.With | ast.Try):
            yield from in_block(statement.body, loops, parameters)
        else:
            yield from _stored(statement, loops)
            if parameters and not isinstance(statement, ast.FunctionDef | ast.ClassDef):
                yield from _same_entry(statement, bool(loops), parameters)


def _else_of(loop: ast.For | ast.While) -> Iterator[Slip]:
    """An ``else`` in the column of a loop that nothing leaves: it is done once, at the end."""
    nodes = in_rounds(loop)
    leaves = any(isinstance(node, ast.Break | ast.Return) for node in nodes)
    if loop.orelse and not leaves:
        yield Slip("else of a loop", loop.orelse[0].lineno, "")


def _twice(block: Sequence[ast.stmt]) -> Iterator[Slip]:
    """What goes on from its own result, and is done again in the same round."""
    seen: dict[str, int] = {}
    for statement in block:
        match statement:
            case ast.AugAssign(target=ast.Name(id=name)):
                goes_on = True
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                goes_on = name in names_in(value)
            case _:
                continue
        if goes_on and seen.setdefault(ast.dump(statement), statement.lineno) < statement.lineno:
            yield Slip("twice", statement.lineno, name)


def _only_renamed(loop: ast.For) -> Iterator[Slip]:
    """A loop's own name that gets another value, of which nothing is made after that."""
    match loop:
        case ast.For(ast.Name(id=name), iter=made) if not isinstance(made, ast.Call):
            own = {name}
        case ast.For(ast.Tuple([_, ast.Name(id=name)]), ast.Call(ast.Name(id="enumerate"))):
            own = {name}
        case ast.For(ast.Tuple(), ast.Call(ast.Name(id="zip"))):
            own = {*names_in(loop.target)}
        case _:
            return
    nodes = in_rounds(loop)
    for node in nodes:
        match node:
            # What `+=` does to an array is seen in the list, too.
            case ast.Assign(targets=[ast.Name(id=name)]):
                if name in own and not _read_after(nodes, name, node):
                    yield Slip("loop variable", node.lineno, name)


def _goes_on_for_ever(loop: ast.For | ast.While) -> bool:
    """Whether a loop ends by being left alone: ``while True``."""
    return isinstance(loop, ast.While) and isinstance(loop.test, ast.Constant)


def _stored_too_often(loop: ast.For) -> Iterator[Slip]:
    """A list that is stored in the very loop that appends to it."""
    filled = set[str]()
    anew = names_given(loop.body, lambda value: True)
    for statement in loop.body:
        filled |= {
            name
            for node in walk(statement)
            for name in _appended_to(node)
            if not isinstance(statement, ast.For | ast.While)
        }
    for statement in loop.body:
        match statement:
            case ast.Expr(ast.Call(func=ast.Attribute(attr="append"), args=[ast.Name(id=name)])):
                if name in filled - anew:
                    yield Slip("stored too often", statement.lineno, name)


def _same_all_along(loop: ast.For) -> Iterator[Slip]:
    """What is compared with a number in each round, though nothing in the loop changes it."""
    changed, counted = changed_in(loop), names_in(loop.target)
    for statement in loop.body:
        nodes = [] if isinstance(statement, ast.For | ast.While) else walk(statement)
        entries = [
            n.value for n in nodes if isinstance(n, ast.Subscript) and names_in(n.slice) & counted
        ]
        # What leaves the loop is done once.
        left_with = [node for node in nodes if isinstance(node, ast.Return)]
        others = {id(part) for other in (*entries, *left_with) for part in walk(other)}
        for node in nodes:
            match node:
                case ast.Compare(ast.Name(id=name), [ast.Gt() | ast.GtE()], [ast.Constant()]):
                    if name not in changed and id(node) not in others:
                        yield Slip("same all along", node.lineno, name)


def _appended_to(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Attribute(ast.Name(id=name), attr="append")):
            yield name


def _made_anew(loop: ast.For | ast.While, after: Sequence[ast.stmt]) -> Iterator[Slip]:
    """A list or array that is made in every round, filled there, and used behind the loop alone."""
    later = frozenset[str]().union(*map(names_in, after))
    for statement in loop.body:
        match statement:
            case ast.Assign([ast.Name(id=name)], ast.List(elts=[]) | ast.Call() as made):
                empty = isinstance(made, ast.List) or _made_of_zeros(made)
                if empty and name in later and name in _filled(loop) - _handed_on(loop):
                    yield Slip("made anew", statement.lineno, name)


def _handed_on(loop: ast.For | ast.While) -> frozenset[str]:
    """The names of what a loop keeps in another way, by another name, in a list, or in a call."""
    found = set[str]()
    for node in walk(loop):
        match node:
            case ast.Assign(targets=[place], value=value) | ast.AugAssign(place, value=value):
                found |= names_in(value) - {base(place)}
            case ast.Call(func=ast.Attribute(attr=how), args=given) if how in STORES:
                found |= frozenset[str]().union(*map(names_in, given))
            case ast.Call(func=ast.Name(id=of), args=given) if of not in {"len", "print"}:
                found |= {one.id for one in given if isinstance(one, ast.Name)}
    return frozenset(found)


def _made_of_zeros(made: ast.Call) -> bool:
    how = getattr(made.func, "attr", getattr(made.func, "id", ""))
    return how in {"zeros", "zeros_like", "empty", "ones", "eye", "identity", "list"}


def _filled(loop: ast.For | ast.While) -> frozenset[str]:
    """The names whose entries a loop sets, or to which it appends."""
    found = set[str]()
    for node in walk(loop):
        match node:
            case ast.Subscript(ctx=ast.Store()):
                found.add(base(node))
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


def _grown(loop: ast.For | ast.While) -> frozenset[str]:
    """The lists that get longer at their end: what stands first in them stays there."""
    how = {"append": set[str](), "insert": set[str]()}
    for node in walk(loop):
        match node:
            case ast.Call(func=ast.Attribute(ast.Name(id=name), attr="append" | "insert" as added)):
                how[added].add(name)
    return frozenset(how["append"] - how["insert"])


def _after(block: Sequence[ast.stmt], loop: _Loop) -> Iterator[Slip]:
    """What is stored just behind a loop, of what the loop computes and stores nowhere."""
    for statement in block[:2]:
        match statement:
            case ast.Expr(ast.Call(func=ast.Attribute(ast.Name(id=name), attr=how), args=given)):
                if how not in STORES or name in loop.sets:
                    continue
                if frozenset().union(*map(names_in, given)) & loop.sets:
                    yield Slip("after the loop", statement.lineno, name)


def _stored(statement: ast.stmt, loops: Sequence[_Loop]) -> Iterator[Slip]:
    """Entries that are stored under fewer indices than the loops around count."""
    if loops:
        yield from _changed_meanwhile(statement)
    if len(loops) == 1:
        yield from _one_place(statement, loops[0])
    if len(loops) < 2:
        return
    match statement:
        case ast.Assign(targets=[ast.Subscript() as place], value=value):
            kind = "overwritten"
        case ast.AugAssign(target=ast.Subscript() as place, op=ast.Add() | ast.Sub(), value=value):
            kind = "added up"
        case _:
            return
    name, used = base(place), names_in(value)
    under = names_in(place) - {name}
    counted = frozenset[str]().union(*(loop.counts for loop in loops))
    for loop in loops:
        unused = (loop.counts & under) - used
        made = used & (loop.sets - counted - {name})
        if len(loop.counts) == 1 and unused and has_entry(value) and not made:
            yield Slip("not used", statement.lineno, min(unused))
    if ast.unparse(place) in ast.unparse(value):
        kind = "added up"
    for loop in loops:
        lost = loop.counts & used
        if kind == "added up":
            lost = frozenset(name for name in lost if not _is_summed(name, value))
        # What is carried from round to round may be in what is stored.
        if any(f"{name} =" in loop.sets for name in used - counted):
            continue
        if lost and not under & (loop.counts | loop.sets) and f"{name} =" not in loop.sets:
            yield Slip(kind, statement.lineno, min(lost))


def _is_summed(name: str, value: ast.expr) -> bool:
    """Whether an index picks an entry on both sides of a product, as where rows meet a vector."""
    return any(
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Mult)
        and all(name in _picked_by(side) for side in (node.left, node.right))
        for node in walk(value)
    )


def _picked_by(node: ast.AST) -> set[str]:
    """The names in all indices."""
    return {n for one in walk(node) if isinstance(one, ast.Subscript) for n in names_in(one.slice)}


def _changed_meanwhile(statement: ast.stmt) -> Iterator[Slip]:
    """An entry that is changed by a sum of all of them, which so changes from round to round."""
    match statement:
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))], value=value):
            pass
        case ast.AugAssign(target=ast.Subscript(value=ast.Name(id=name)), value=value):
            pass
        case _:
            return
    for node in walk(value):
        match node:
            case ast.Call(args=[of]) if _reduces(node.func) and _is_whole(of, name):
                yield Slip("changed meanwhile", statement.lineno, name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=own))) if own == name:
                if _reduces(node.func):
                    yield Slip("changed meanwhile", statement.lineno, name)


def _is_whole(value: ast.expr, name: str) -> bool:
    """Whether it is an array, or what a function makes of all of it."""
    match value:
        case ast.Call(args=[of]):
            return _is_whole(of, name)
        case ast.BinOp(left=left, right=right):
            return _is_whole(left, name) or _is_whole(right, name)
        case ast.Name(id=own):
            return own == name
    return False


def _reduces(function: ast.expr) -> bool:
    name = getattr(function, "id", getattr(function, "attr", ""))
    return name in {"sum", "max", "min", "mean", "norm", "std"}


def base(place: ast.expr) -> str:
    """The name of what an entry, or an entry of an entry, belongs to."""
    while isinstance(place, ast.Subscript):
        place = place.value
    return place.id if isinstance(place, ast.Name) else ""


def _same_entry(statement: ast.stmt, in_loop: bool, parameters: frozenset[str]) -> Iterator[Slip]:
    """An entry of a parameter by a fixed number, in every round of a loop."""
    inner: list[ast.AST] = [statement] if in_loop else []
    if not in_loop:
        comprehensions = (ast.ListComp, ast.GeneratorExp)
        inner = [node.elt for node in walk(statement) if isinstance(node, comprehensions)]
    for root in inner:
        nodes = walk(root)
        if any(isinstance(node, ast.IfExp) for node in nodes):
            continue
        sizes = {id(n.value) for n in nodes if isinstance(n, ast.Attribute) and n.attr in _SIZES}
        for node in nodes:
            if id(node) in sizes:
                continue
            match node:
                case ast.Subscript(value=ast.Name(id=name), slice=index, ctx=ast.Load()):
                    if name in parameters and _is_number(index):
                        yield Slip("same entry", node.lineno, name)


def _is_number(index: ast.expr) -> bool:
    # The last one, [-1], is often what is meant.
    return isinstance(index, ast.Constant) and isinstance(index.value, int)


def _one_place(statement: ast.stmt, loop: _Loop) -> Iterator[Slip]:
    """A place by a fixed number, into which each round of a loop stores something of its own."""
    match statement:
        case ast.Assign([ast.Subscript(ast.Name(id=name), slice=index)], value):
            made = (loop.counts | loop.sets) & names_in(value)
            is_fixed = ast.unparse(index) in ("-1", "0")
            anew = f"{name} =" in loop.sets
            if anew or not (made and loop.counts and is_fixed):
                return
            if name not in names_in(value) | _stored_at_an_end(loop.node):
                yield Slip("overwritten", statement.lineno, min(loop.counts))


def _stored_at_an_end(loop: ast.For | ast.While) -> frozenset[str]:
    """The lists that a loop makes longer."""
    return frozenset(
        name.id
        for node in walk(loop)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in STORES and isinstance(name := node.func.value, ast.Name)
    )


def _tells_apart(test: ast.expr, loops: Sequence[_Loop]) -> bool:
    """Whether a condition holds for one of a loop's values alone, as ``i == j`` does."""
    counted = frozenset[str]().union(*(loop.counts for loop in loops))
    equal = isinstance(test, ast.Compare) and any(isinstance(op, ast.Eq) for op in test.ops)
    return equal and bool(names_in(test) & counted)
