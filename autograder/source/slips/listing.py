"""What stands in a function's code that often goes wrong: told only of a wrong answer it can make.

This runs in the confined worker, as all that reads a student's source does.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

from ..trees import Slip, bound_in, names_given, names_in, walk
from ..written import TAKES_RESULT
from .all_for_one import all_for_one
from .begun_anew import begun_anew
from .builtin_results import returned_builtins
from .calls import call_slips
from .chained import chained_slips
from .columns import MAKES_COLUMNS, column_slips
from .counted_again import counted_again
from .done_again import done_again
from .doubled import doubled
from .fixed_depth import fixed_depth, whole_numbers
from .from_outside import read_from_outside
from .given_back import given_back
from .inherited import inherited_ones
from .kept_at_times import kept_at_times
from .kept_buffers import adding, kept_buffers
from .left_in import left_in
from .loop_numbers import loop_numbers
from .loops import has_entry, in_block
from .matrix_by_entries import matrix_by_entries
from .minus_zero import minus_zero
from .near_names import near_names
from .not_each_round import not_each_round
from .one_already import one_already
from .one_by_one import one_by_one
from .one_of_several import one_of_several
from .outputs import written_over
from .reductions import begins_with_an_index
from .rounds import is_one_short
from .sizes import given_less, size_slips, small_numbers
from .types import type_slips
from .unit_lengths import unit_lengths
from .updated_again import updated_again
from .used_up import MAKE_ONCE, each_function, handed_once, used_up
from .values import value_slips
from .written_out import written_out

MOST_SLIPS = 8
_BY_NUMBER = re.compile(r"\[-?\d+\]")
#: What takes differences between entries that stand beside each other.
_NEIGHBOURS = {"gradient", "diff", "ediff1d"}
#: What puts things in an order of chance.
ORDERS = {"permutation", "shuffle", "permuted"}
_YES_OR_NO = {"True", "False"}
#: Types of numbers with three or four digits.
_HALF = {"float16", "half"}
_WORTH_A_LOOK = {"all", "any", "np.max", "np.min", "numpy.max", "numpy.min", *_NEIGHBOURS}


def slips(
    units: Sequence[ast.AST],
    parameters: Sequence[str],
    written: Sequence[str],
    others: Mapping[str, Sequence[str]],
    asked: Sequence[str] = (),
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
    asked : sequence of str
        The names that its parameters have where it is asked for; none if they are its own.
    """
    # A vector may go by a plural, too: `inputs` for what is asked for as `x`.
    named = asked if len(asked) == len(parameters) else parameters
    several = [own for own, name in zip(parameters, named, strict=True) if name.endswith("s")]
    try:
        return list(dict.fromkeys(_slips(units, parameters, several, written, others)))[:MOST_SLIPS]
    except RecursionError:
        # Nobody writes code so deep by hand.
        return []


def _slips(
    units: Sequence[ast.AST],
    parameters: Sequence[str],
    several: Sequence[str],
    written: Sequence[str],
    others: Mapping[str, Sequence[str]],
) -> Iterator[Slip]:
    there = set(written)
    by_number = any(_BY_NUMBER.fullmatch(word) for word in there)
    indexed = frozenset(parameters) if by_number else frozenset[str]()
    called = {name: asked for name, asked in others.items() if name in there}
    small, less = small_numbers(units), given_less(units)
    numbers = whole_numbers(units)
    adds = adding(units) if "loop" in there else {}
    once = handed_once([*each_function(units)]) if there & MAKE_ONCE else {}
    yield from returned_builtins(units)
    yield from read_from_outside(units)
    yield from inherited_ones(units)
    if parameters:
        yield from written_out(units[0])
    for unit in units:
        if called:
            hidden = set[str]() if unit is units[0] else _parameters(unit)
            yield from _whole(unit, {*several} - hidden, called)
            yield from _swapped(unit, called)
        if "loop" in there and isinstance(unit, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from in_block(unit.body, (), indexed)
        if there & _WORTH_A_LOOK:
            yield from _calls(unit)
        if TAKES_RESULT in there:
            yield from written_over(unit)
        if "loop" in there:
            yield from _taken_apart(unit, parameters)
        yield from value_slips(unit, frozenset(there))
        yield from call_slips(unit, there, called, parameters)
        yield from type_slips(unit, there)
        yield from size_slips(unit, there, small, less)
        yield from _tildes(unit)
        yield from chained_slips(unit)
        yield from near_names(unit)
        if there & MAKES_COLUMNS:
            yield from column_slips(unit)
        if there & {"/", "/=", "divide"}:
            yield from unit_lengths(unit)
        if "/" in there:
            yield from _quotients(unit, unit is units[0])
        if "loop" in there:
            yield from _comprehensions(unit)
            yield from all_for_one(unit)
            yield from counted_again(unit)
            yield from doubled(unit)
            yield from kept_at_times(unit)
            yield from not_each_round(unit, parameters)
            yield from kept_buffers(unit, adds)
            yield from left_in(unit)
            yield from loop_numbers(unit)
            yield from minus_zero(unit)
            if unit is units[0]:
                yield from matrix_by_entries(unit, parameters)
            yield from one_already(unit, parameters)
            yield from updated_again(unit)
            yield from done_again(unit)
            if unit is units[0]:
                yield from one_of_several(unit)
            yield from begun_anew(unit, _parameters(unit))
            yield from _undivided(unit)
            yield from _scaled(unit, parameters)
            yield from _of_the_round(unit, parameters)
        if there & MAKE_ONCE or "loop" in there:
            yield from one_by_one(unit, returned=unit is units[0])
            for one in each_function([unit]):
                yield from used_up(one, once.get(getattr(one, "name", ""), {}))
        if by_number or "loop" in there:
            yield from _one_row(unit)
        if "reduce" in there:
            yield from begins_with_an_index(unit)
        yield from fixed_depth(unit, parameters, numbers)
        if unit is units[0]:
            yield from given_back(unit, parameters)
        if there & _HALF:
            for node in walk(unit):
                if isinstance(node, ast.Attribute) and node.attr in _HALF:
                    yield Slip("half", node.lineno, node.attr)
        if "random" in there:
            yield from _by_chance(unit)


def _by_chance(unit: ast.AST) -> Iterator[Slip]:
    """Random numbers, and what puts things in an order of chance."""
    named = [node for node in walk(unit) if isinstance(node, ast.Attribute)]
    shuffled = {node.lineno for node in named if node.attr in ORDERS}
    # A seed alone draws nothing.
    seeded = {id(node.value) for node in named if node.attr == "seed"}
    for node in named:
        if node.attr in ORDERS:
            yield Slip("shuffled", node.lineno, "")
        elif node.attr == "random" and node.lineno not in shuffled and id(node) not in seeded:
            yield Slip("random", node.lineno, "")


def _tildes(unit: ast.AST) -> Iterator[Slip]:
    """``~`` in a condition, which is right of what NumPy compares, and of nothing of Python's."""
    for node in walk(unit):
        conditions = list[ast.expr]()
        match node:
            case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
                conditions = [test]
            case ast.BoolOp(values=values):
                conditions = values
            case ast.comprehension(ifs=ifs):
                conditions = ifs
            case ast.Assign([ast.Name()], value):
                conditions = [value]
            case ast.Return(value=ast.expr() as value):
                conditions = [value]
        for test in conditions:
            if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Invert):
                yield Slip("tilde", test.lineno, "")


def _whole(unit: ast.AST, several: set[str], called: Mapping[str, Sequence[str]]) -> Iterator[Slip]:
    """A list of several things, handed as it came to a function that asks for one of them.

    By the contract's names: what is called by a plural there holds several.
    """
    nodes = walk(unit)
    names = [node for node in nodes if isinstance(node, ast.Name)]
    several = several - {name.id for name in names if isinstance(name.ctx, ast.Store)}
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
                yield Slip("whole", node.lineno, value.id)


def _swapped(unit: ast.AST, called: Mapping[str, Sequence[str]]) -> Iterator[Slip]:
    """An argument by the name of another parameter, whose place something else has."""
    for node in walk(unit):
        name = _called(node)
        if name not in called or not isinstance(node, ast.Call) or node.keywords:
            continue
        asked, given = called[name], [*map(ast.unparse, node.args)]
        for at, value in enumerate(given[: len(asked)]):
            place = asked.index(value) if value in asked else at
            if place != at and place < len(given) and given[place] != value:
                yield Slip("swapped", node.lineno, value)


def _taken_apart(unit: ast.AST, parameters: Sequence[str]) -> Iterator[Slip]:
    """A loop with two names over what came in, of which nothing makes pairs."""
    as_given = {*parameters} - bound_in(unit)
    for node in walk(unit):
        match node:
            case ast.For(ast.Tuple([_, _]), ast.Name(id=name)) if name in as_given:
                yield Slip("taken apart", node.lineno, name)


def _called(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
    return ""


def _is_range(node: ast.AST) -> TypeGuard[ast.Call]:
    return _called(node) == "range"


def _calls(unit: ast.AST) -> Iterator[Slip]:
    printed = {id(part) for node in walk(unit) if _called(node) == "print" for part in walk(node)}
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


def _quotients(unit: ast.AST, is_asked: bool) -> Iterator[Slip]:
    """What two calls differ by, divided by the step between them: ``(f(x + h) - f(x)) / h``.

    What a function gets that is not asked for itself may be one input.
    """
    added: set[str] = set()
    called: set[str] = set()
    steps, own = _constants(unit), _parameters(unit)
    found: list[tuple[int, frozenset[str], ast.expr]] = []
    for node in walk(unit):
        match node:
            case ast.BinOp(op=ast.Div(), left=ast.BinOp(op=ast.Sub()) as change, right=divisor):
                step = names_in(divisor)
                if len(step) == 1 and not isinstance(divisor, ast.Call):
                    found.append((node.lineno, step, change))
                if is_asked and (moved := _moved_together(change, own, steps)):
                    yield Slip("all moved", node.lineno, moved)
            case ast.BinOp(op=ast.Add() | ast.Sub(), right=ast.Name(id=name)):
                added.add(name)
            case ast.BinOp(
                op=ast.Add() | ast.Sub(),
                right=ast.BinOp(ast.Name(id=name), ast.Mult(), _)
                | ast.BinOp(_, ast.Mult(), ast.Name(id=name)),
            ):
                added.add(name)
            case ast.Assign([ast.Name(id=name)], ast.Call()):
                called.add(name)
            case ast.AugAssign(op=ast.Add() | ast.Sub(), value=ast.Name(id=name)):
                added.add(name)
            case ast.Assign(targets=[ast.Subscript()], value=ast.Name(id=name)):
                added.add(name)
    for line, step, of in found:
        if step <= added and (called & names_in(of) or any(map(_called, walk(of)))):
            yield Slip("difference", line, min(step))


def _constants(unit: ast.AST) -> frozenset[str]:
    """The names that are given a number in some code."""
    return frozenset(
        name.id
        for node in walk(unit)
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
    for node in walk(change):
        match node:
            case ast.Call(args=[ast.BinOp(ast.Name(id=all_of), ast.Add(), ast.Name(id=step))]):
                if all_of in parameters and step in steps:
                    return step
    return None


def _undivided(unit: ast.AST) -> Iterator[Slip]:
    """What two calls at two places differ by, ``f(x + d) - f(x - d)``, where nothing divides."""
    nodes = walk(unit)
    if any(isinstance(node, ast.Div | ast.FloorDiv) for node in nodes):
        return
    for node in nodes:
        match node:
            case ast.BinOp(
                ast.Call(func=one, args=[ast.BinOp(ast.Name(id=x), ast.Add(), ast.Name(id=step))]),
                ast.Sub(),
                ast.Call(func=other, args=[ast.Name(id=y) | ast.BinOp(left=ast.Name(id=y))]),
            ) if x == y and ast.unparse(one) == ast.unparse(other):
                yield Slip("undivided", node.lineno, step)


def _scaled(unit: ast.AST, parameters: Sequence[str]) -> Iterator[Slip]:
    """An argument, by whatever name, that is multiplied or divided by a number within a loop.

    What the loop gives another value as well is meant to change.
    """
    own = {*parameters}
    for node in walk(unit):
        match node:
            case ast.Assign([ast.Name(id=name)], ast.Name(id=of)) if of in parameters:
                own.add(name)
    for loop in walk(unit):
        if not isinstance(loop, ast.For | ast.While):
            continue
        scaled = list[tuple[int, str]]()
        for node in walk(loop):
            match node:
                case ast.AugAssign(ast.Name(id=name), ast.Mult() | ast.Div(), ast.Constant()):
                    pass
                case ast.Assign(
                    [ast.Name(id=name)],
                    ast.BinOp(ast.Name(id=of), ast.Mult() | ast.Div(), ast.Constant()),
                ) if of == name:
                    pass
                case _:
                    continue
            scaled.append((node.lineno, name))
        nodes = [node for node in walk(loop) if isinstance(node, ast.Name)]
        stored = [node.id for node in nodes if isinstance(node.ctx, ast.Store)]
        for line, name in scaled:
            if name in own and stored.count(name) == [of for _, of in scaled].count(name):
                yield Slip("argument scaled", line, name)


def _of_the_round(unit: ast.AST, parameters: Sequence[str]) -> Iterator[Slip]:
    """What is calculated with the number of the round, of which a parameter says how many."""
    for loop in walk(unit):
        match loop:
            case ast.For(ast.Name(id=name), ast.Call(ast.Name(id="range"), [*_, end])) if names_in(
                end
            ) and names_in(end) <= {*parameters}:
                yield from (
                    Slip("of the round", line, name)
                    for statement in loop.body
                    for line in _calculates_with(name, statement)
                )


def _calculates_with(name: str, node: ast.AST) -> Iterator[int]:
    """The lines that calculate with a name, or hand it to a function; not those of its places."""
    match node:
        case ast.Subscript(value=value):
            yield from _calculates_with(name, value)
            return
        case ast.If(body=body, orelse=[]) if all(map(_only_prints, body)):
            return
        case ast.Call(func=ast.Name(id="print" | "range" | "str" | "len")) | ast.JoinedStr():
            return
        case ast.Call(args=args) if any(_is_name(arg, name) for arg in args):
            yield node.lineno
        case ast.BinOp(left=left, right=right) if _is_name(left, name) or _is_name(right, name):
            yield node.lineno
    for child in ast.iter_child_nodes(node):
        yield from _calculates_with(name, child)


def _only_prints(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and _called(statement.value) == "print"


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _one_row(unit: ast.AST) -> Iterator[Slip]:
    """A list of one row, many times the same: ``[[0] * n] * n``, ``[row] * n``."""
    nodes = walk(unit)
    if not any(map(_fills_a_row, nodes)):
        return
    copied = {id(arg) for node in nodes if isinstance(node, ast.Call) for arg in node.args}
    lists = names_given(nodes, _is_a_list)
    for node in nodes:
        if id(node) in copied:
            continue  # as np.array does
        match node:
            case ast.BinOp(ast.List([ast.List() | ast.BinOp(left=ast.List())]), ast.Mult()):
                yield Slip("one row", node.lineno, "")
            case ast.BinOp(ast.List([ast.Name(id=name)]), ast.Mult()) if name in lists:
                yield Slip("one row", node.lineno, "")


def _fills_a_row(node: ast.AST) -> bool:
    """Whether a value gets a place in a row of a list: ``rows[i][j] = ...``."""
    match node:
        case ast.Subscript(ast.Subscript(), ctx=ast.Store()):
            return True
        case ast.Call(ast.Attribute(ast.Subscript(), "append" | "insert" | "extend")):
            return True
    return False


def _is_a_list(value: ast.expr) -> bool:
    if isinstance(value, ast.BinOp):
        value = value.left
    return isinstance(value, ast.List | ast.ListComp)


def _comprehensions(unit: ast.AST) -> Iterator[Slip]:
    """Lists of entries that have nothing of what they are counted by."""
    for node in walk(unit):
        match node:
            case ast.ListComp(elt=entry, generators=[ast.comprehension(target=ast.Name(id=name))]):
                if name not in names_in(entry) and has_entry(entry):
                    yield Slip("not used", node.lineno, name)
            case ast.comprehension(iter=ast.Subscript(slice=ast.Slice(lower=None, upper=end))):
                if isinstance(end, ast.UnaryOp) and ast.unparse(end) == "-1":
                    yield Slip("but the last", node.iter.lineno, "")
            case ast.comprehension(iter=ast.Call(ast.Name(id="range"), [ast.Constant(value=1), _])):
                yield Slip("from the second", node.iter.lineno, "")
            case ast.comprehension(iter=made) if is_one_short(made):
                yield Slip("but the last", made.lineno, "")
