"""What often goes wrong with single values, and with what an array is made of: see ``listing``."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from ..trees import Slip, names_given, names_in, walk
from .loops import base

#: What each comparison asks of two numbers.
COMPARED: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
#: What is made of a number, where a place that is counted by ``range`` is none that is meant.
_OF_A_NUMBER = {"exp", "exp2", "expm1", "sqrt", "abs", "fabs", "square", "log", "tanh"}
#: What tells how many entries something has.
_LENGTHS = {"len", "shape", "size"}
#: What makes a row, or a number, of a table with one row.
_FLAT = {"ravel", "flatten", "reshape", "squeeze", "sum", "mean", "item"}
_ROUNDS = {"round", "rint", "floor", "ceil", "trunc", "int", "around", "fix"}
_MATRICES = {"matrix", "mat", "asmatrix"}
#: What makes places that are still to be filled.
_EMPTY = {"zeros", "zeros_like", "empty", "empty_like"}
#: What makes a matrix, whatever it gets.
_MAKE_MATRICES = {"outer", "diag", "diagflat", "eye", "identity"}
_PUT_BESIDE = {"append", "insert", "concatenate", "hstack"}
_ONES = {"1", "1.0", "[1]", "[1.0]", "np.ones(1)", "(1,)"}
_NOTHING_YET = {"[]", "np.array([])", "np.zeros(0)", "np.empty(0)", "list()"}
#: What can make a row or a column of a vector.
_MAKE_TABLES = {"reshape", "newaxis", "[:, None]", "[None, :]", *_MATRICES}


def value_slips(unit: ast.AST, written: frozenset[str]) -> Iterator[Slip]:
    """What often goes wrong with single values.

    Parameters
    ----------
    unit : ast.AST
    written : frozenset of str
        What stands in it: see `written.words`.
    """
    if any(word.startswith("[...:") for word in written):
        yield from _slices_of_one(unit)
    if "loop" in written or "[...]" in written:
        yield from _picked(unit)
    if written & {"range", "enumerate"} and "loop" in written:
        yield from _places_as_values(unit)
    if written & {"set", "unique", "frozenset"}:
        yield from _sets(unit)
    if written & {"sort", "sorted"}:
        yield from _sorted(unit)
    if written & _ROUNDS:
        yield from _rounded_first(unit)
    if written & _MATRICES:
        yield from _matrices(unit)
    if written & _PUT_BESIDE:
        yield from _ones_added(unit)
    if "diag" in written and written & _MAKE_TABLES:
        yield from _diagonals_read(unit)
    if "diag" in written and written & _MAKE_MATRICES:
        yield from _diagonals_taken(unit)
    yield from _missing_commas(unit)
    yield from _keyed(unit)
    if isinstance(unit, ast.FunctionDef | ast.AsyncFunctionDef):
        values = dict[str, str]()
        for block in _blocks(unit.body, values):
            yield from _set_and_asked_again(block)
            yield from _second_names(block)
            for statement in block:
                yield from _compared(statement, values)
                yield from _equals_minus(statement, unit)
        if "loop" in written:
            yield from _values_in_choices(unit)
            for node in walk(unit):
                if isinstance(node, ast.IfExp):
                    yield from _told_by_itself(node.test, values)


def _blocks(block: Sequence[ast.stmt], values: dict[str, str]) -> Iterator[Sequence[ast.stmt]]:
    """A block and all within it; the names that loops give to values, with what these are of."""
    yield block
    for statement in block:
        match statement:
            case ast.For(ast.Name(id=value), ast.Name(id=all_of)):
                values[value] = all_of
            case ast.For(
                ast.Tuple([_, ast.Name(id=value)]),
                ast.Call(ast.Name(id="enumerate"), [ast.Name(id=all_of)]),
            ):
                values[value] = all_of
        for inner in (getattr(statement, "body", None), getattr(statement, "orelse", None)):
            if inner:
                yield from _blocks(inner, values)


def _compared(statement: ast.stmt, values: Mapping[str, str]) -> Iterator[Slip]:
    """What is compared and not stored, and values that are compared for their places."""
    match statement:
        case ast.Expr(ast.Compare(ast.Name() | ast.Subscript() as place, [ast.Eq()])):
            yield Slip("only compared", statement.lineno, base(place))
        case ast.If(ast.Compare(ast.Name(id=one), [ast.Eq() | ast.NotEq()], [ast.Name(id=other)])):
            if one != other and one in values and values[one] == values.get(other):
                yield Slip("values compared", statement.lineno, values[one])
        case ast.If(
            ast.Compare(
                ast.Subscript(ast.Name(id=one), ast.Name(id=i)),
                [ast.Eq() | ast.NotEq()],
                [ast.Subscript(ast.Name(id=other), ast.Name(id=j))],
            )
        ):
            if one == other and i != j:
                yield Slip("values compared", statement.lineno, one)
        case ast.If(test):
            yield from _told_by_itself(test, values)
        case ast.Assign(value=value) | ast.Return(value=ast.expr() as value):
            yield from _compared_in_a_table(value)


def _told_by_itself(test: ast.expr, values: Mapping[str, str]) -> Iterator[Slip]:
    """An item of a list that is told from the others by what it is: ``W is weights[-1]``."""
    for node in walk(test):
        match node:
            case ast.Compare(
                ast.Name(id=one),
                [ast.Is() | ast.IsNot() | ast.Eq() | ast.NotEq()],
                [ast.Subscript(ast.Name(id=of))],
            ):
                pass
            case ast.Call(args=[ast.Name(id=one), ast.Subscript(ast.Name(id=of)), *_]):
                pass
            case _:
                continue
        if values.get(one) == of:
            yield Slip("told by itself", node.lineno, of)


def _compared_in_a_table(value: ast.expr) -> Iterator[Slip]:
    """All values of a vector compared with all: ``x[:, None] == x[None, :]``."""
    for node in walk(value):
        match node:
            case ast.Compare(
                ast.Subscript(ast.Name(id=one), ast.Tuple() as first),
                [ast.Eq() | ast.NotEq()],
                [ast.Subscript(ast.Name(id=other), ast.Tuple() as second)],
            ) if one == other and ast.unparse(first) != ast.unparse(second):
                yield Slip("values compared", node.lineno, one)


def _values_in_choices(unit: ast.AST) -> Iterator[Slip]:
    """Values that are compared for their places in ``... if a == b else ...``."""
    nodes = walk(unit)
    choices = [node for node in nodes if isinstance(node, ast.IfExp)]
    if not choices:
        return
    loops = [node for node in nodes if isinstance(node, ast.For | ast.comprehension)]
    values = {
        loop.target.id: loop.iter.id
        for loop in loops
        if isinstance(loop.target, ast.Name) and isinstance(loop.iter, ast.Name)
    }
    for node in choices:
        match node:
            case ast.IfExp(ast.Compare(ast.Name(id=one), [ast.Eq()], [ast.Name(id=other)])):
                if one != other and one in values and values[one] == values.get(other):
                    yield Slip("values compared", node.lineno, values[one])


def _name(call: ast.expr) -> str:
    """The name of what is called, without whose it is."""
    return getattr(call, "attr", getattr(call, "id", ""))


def _places_as_values(unit: ast.AST) -> Iterator[Slip]:
    """A place, counted by ``range``, that is computed with as if it were what stands there."""
    for node in walk(unit):
        match node:
            case ast.For(ast.Name(id=name), ast.Call(ast.Name(id="range")) as made):
                if _counts_places(made, name, node, unit):
                    yield from _of_place(node, name)
            case ast.For(
                ast.Tuple([ast.Name(id=name), ast.Name()]),
                ast.Call(ast.Name(id="enumerate"), [_], []),
            ):
                yield from _of_place(node, name)
            case (
                ast.ListComp(generators=[ast.comprehension() as one])
                | ast.GeneratorExp(generators=[ast.comprehension() as one])
            ):
                match one:
                    case ast.comprehension(
                        ast.Name(id=name), ast.Call(ast.Name(id="range")) as made
                    ) if _counts_places(made, name, node, unit):
                        yield from _of_place(node, name)


def _counts_places(made: ast.Call, name: str, loop: ast.AST, unit: ast.AST) -> bool:
    """Whether a ``range`` counts places from 0: so many as something has, or used as indices."""
    match made.args:
        case [end] | [ast.Constant(value=0), end]:
            pass
        case _:
            return False
    counted = names_given(walk(unit), _is_length)
    if isinstance(end, ast.Constant) or _is_length(end) or names_in(end) & counted:
        return True
    indices = (node.slice for node in walk(loop) if isinstance(node, ast.Subscript))
    return any(name in names_in(index) for index in indices)


def _is_length(value: ast.expr) -> bool:
    """Whether it tells how many entries something has."""
    names = (node for node in walk(value) if isinstance(node, ast.Name | ast.Attribute))
    return any(_name(node) in _LENGTHS for node in names)


def _of_place(loop: ast.AST, name: str) -> Iterator[Slip]:
    for node in walk(loop):
        match node:
            case ast.Compare(ast.Name(id=own), [_], [ast.UnaryOp(ast.USub(), ast.Constant())]) if (
                own == name
            ):
                yield Slip("place compared", node.lineno, name)
            case ast.Assign([ast.Subscript(slice=ast.Name(id=own))], ast.Name(id=stored)) if (
                own == stored == name
            ):
                yield Slip("place taken", node.lineno, name)
            case ast.Call(args=[ast.Name(id=own)]) if (
                own == name and _name(node.func) in _OF_A_NUMBER
            ):
                yield Slip("place taken", node.lineno, name)


def _sets(unit: ast.AST) -> Iterator[Slip]:
    """Entries that go through a set: each value once, and in another order."""
    for node in walk(unit):
        match node:
            case ast.Call(args=[ast.Name(id=name)]) if _name(node.func) in {
                "set",
                "frozenset",
                "unique",
            }:
                yield Slip("set", node.lineno, name)


def _keyed(unit: ast.AST) -> Iterator[Slip]:
    """What is kept in a dictionary under a key that no count is in: equal ones have one place."""
    nodes = walk(unit)
    if not any(isinstance(node, ast.DictComp) or _is_empty_dictionary(node) for node in nodes):
        return
    dictionaries = names_given(nodes, _is_empty_dictionary)
    counts = {
        name
        for node in nodes
        if isinstance(node, ast.For | ast.comprehension) and _counts(node.iter)
        for name in names_in(node.target)
    }
    for node in nodes:
        match node:
            case ast.Assign([ast.Name(id=name)], ast.DictComp(key=key)):
                pass
            case ast.Assign([ast.Subscript(ast.Name(id=name), key)]) if name in dictionaries:
                pass
            case _:
                continue
        if not names_in(key) & counts:
            yield Slip("keyed", node.lineno, name)


def _counts(values: ast.expr) -> bool:
    return isinstance(values, ast.Call) and _name(values.func) in {"range", "enumerate"}


def _is_empty_dictionary(node: ast.AST) -> bool:
    """Whether it makes a dictionary in which nothing is yet."""
    match node:
        case ast.Dict(keys=[]) | ast.Call(func=ast.Name(id="dict"), args=[], keywords=[]):
            return True
    return False


def _missing_commas(unit: ast.AST) -> Iterator[Slip]:
    """Two numbers of a list, the second with a sign that stands close to it alone: `[11 -11]`."""
    for node in walk(unit):
        for entry in node.elts if isinstance(node, ast.List) else ():
            match entry:
                case ast.BinOp(left, ast.Sub() | ast.Add(), ast.Constant() as right):
                    between = right.col_offset - (left.end_col_offset or 0)
                    if between == len(" -") and right.lineno == left.lineno:
                        yield Slip("missing comma", entry.lineno, "")


def _sorted(unit: ast.AST) -> Iterator[Slip]:
    """What is put in order by size, so that it leaves the places that it belongs to."""
    for node in walk(unit):
        match node:
            case ast.Call(ast.Attribute(ast.Name(id="np" | "numpy"), "sort"), [ast.Name(id=name)]):
                yield Slip("sorted", node.lineno, name)
            case ast.Call(ast.Attribute(ast.Name(id=name), "sort")) if name not in {"np", "numpy"}:
                yield Slip("sorted", node.lineno, name)
            case ast.Call(ast.Name(id="sorted"), [ast.Name(id=name), *_]):
                if name not in _dicts(unit):  # whose keys may well be places
                    yield Slip("sorted", node.lineno, name)
                elif _has_made_names(name, unit):
                    yield Slip("sorted by letters", node.lineno, name)


def _has_made_names(name: str, unit: ast.AST) -> bool:
    """Whether something is stored in a dict under names that are made with a number in them."""
    return any(
        isinstance(key, ast.JoinedStr)
        or (isinstance(key, ast.BinOp) and isinstance(key.left, ast.Constant))
        for node in walk(unit)
        if isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
        for key in [node.slice]
    )


def _dicts(unit: ast.AST) -> set[str]:
    """The names that are given a dict."""
    return {
        ast.unparse(node.targets[0])
        for node in walk(unit)
        if isinstance(node, ast.Assign)
        and (isinstance(node.value, ast.Dict | ast.DictComp) or _called_dict(node.value))
    }


def _called_dict(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and _name(value.func) in ("dict", "defaultdict")


def _rounded_first(unit: ast.AST) -> Iterator[Slip]:
    """What is rounded before it is compared."""
    for node in walk(unit):
        match node:
            case ast.Compare(ast.Call(args=[_]) as call) if _name(call.func) in _ROUNDS:
                yield Slip("rounded first", node.lineno, _name(call.func))


def _matrices(unit: ast.AST) -> Iterator[Slip]:
    for node in walk(unit):
        match node:
            case ast.Call(ast.Attribute(ast.Name(id="np" | "numpy" as owner), name)) if (
                name in _MATRICES
            ):
                yield Slip("matrix type", node.lineno, f"{owner}.{name}")


def _equals_minus(statement: ast.stmt, unit: ast.AST) -> Iterator[Slip]:
    """``=-`` where ``-=`` was meant: a minus right behind the sign, and a blank before the sign.

    What holds nothing yet has nothing that could be taken away from.
    """
    match statement:
        case ast.Assign([ast.Name() | ast.Subscript() as target], first):
            while isinstance(first, ast.BinOp):
                first = first.left
            if not isinstance(first, ast.UnaryOp) or not isinstance(first.op, ast.USub):
                return
            apart = first.col_offset - (target.end_col_offset or 0)
            if target.end_lineno != first.lineno or apart != len(" ="):
                return
            if any(_gives_values(node, base(target)) for node in walk(unit) if node != statement):
                yield Slip("equals minus", statement.lineno, base(target))


def _gives_values(node: ast.AST, name: str) -> bool:
    """Whether a line gives a name a value other than places that are still to be filled."""
    match node:
        case ast.Assign([ast.Name(id=own)], value) if own == name:
            return not isinstance(value, ast.Call) or _name(value.func) not in _EMPTY
        case ast.arg(arg=own) | ast.For(target=ast.Name(id=own)):
            return own == name
    return False


def _slices_of_one(unit: ast.AST) -> Iterator[Slip]:
    """A slice of a single row, ``inputs[k:k + 1]``: that is a table, and not the row."""
    nodes = walk(unit)
    rows = {id(part) for node in nodes for part in _taken_out_of(node)}
    flat = {part.id for node in nodes for part in _taken_out_of(node) if isinstance(part, ast.Name)}
    for node in nodes:
        match node:
            case ast.Assign([ast.Name(id=kept)], value) if kept in flat:
                rows.add(id(value))
            case ast.Subscript() if id(node) in rows:
                continue
            case ast.Subscript(ast.Name(id=name), ast.Slice(ast.Name(id=start), end, None)):
                if end is not None and ast.unparse(end) in (f"{start} + 1", f"1 + {start}"):
                    yield Slip("slice of one", node.lineno, name)


def _taken_out_of(node: ast.AST) -> list[ast.expr]:
    """What a row is taken out of: by an index, by going through it, or by making it flat."""
    match node:
        case ast.Call(ast.Attribute(value, attr)) if attr in _FLAT:
            return [value, *node.args[:1]]  # `row.ravel()`, `np.ravel(row)`
        case ast.Call(ast.Name(id="zip" | "enumerate" | "list")):
            return node.args
        case ast.For(iter=value) | ast.comprehension(iter=value):
            return [value]
        case ast.Subscript(value, ast.Constant() | ast.Tuple()):
            return [value]
    return []


def _picked(unit: ast.AST) -> Iterator[Slip]:
    """The entries that fulfil a condition, kept where all are needed: ``z[z > 0]``."""
    for node in walk(unit):
        match node:
            case ast.Call(ast.Attribute(attr="append" | "insert"), [*_, value]):
                pass
            case ast.Return(value) | ast.Assign([ast.Name()], value):
                pass
            case _:
                continue
        match value:
            case ast.Subscript(ast.Name(id=name), ast.Compare(ast.Name(id=own), [_], [_])):
                if own == name:
                    yield Slip("picked", value.lineno, name)


def _ones_added(unit: ast.AST) -> Iterator[Slip]:
    """A 1 that is put beside the numbers of a vector, as for a bias."""
    nodes = walk(unit)
    grown = names_given(nodes, lambda value: ast.unparse(value) in _NOTHING_YET)
    for node in nodes:
        match node:
            case ast.Call(ast.Attribute(attr="append"), [of, one]):
                pass
            case ast.Call(ast.Attribute(attr="insert"), [of, _, one]):
                pass
            case ast.Call(
                ast.Attribute(attr="concatenate" | "hstack"),
                [ast.List([of, one]) | ast.Tuple([of, one]), *_],
            ):
                pass
            case _:
                continue
        if base(of) and base(of) not in grown and ast.unparse(one) in _ONES:
            yield Slip("one added", node.lineno, base(of))


def _diagonals_read(unit: ast.AST) -> Iterator[Slip]:
    """The diagonal of what was made a row or a column: that is read there, and none is made."""
    for call, name, made in _diagonals(unit):
        if made is not None and name and _is_a_table(made):
            yield Slip("diagonal read", call.lineno, name)


def _diagonals_taken(unit: ast.AST) -> Iterator[Slip]:
    """The diagonal of what is a matrix already: all the rest of it is lost there."""
    for call, name, made in _diagonals(unit):
        if made is not None and _makes_a_matrix(made):
            yield Slip("diagonal taken", call.lineno, name)


def _diagonals(unit: ast.AST) -> Iterator[tuple[ast.Call, str, ast.expr | None]]:
    """The calls of ``diag``, with the name that each gets and what that was made last before it."""
    nodes = walk(unit)
    for node in nodes:
        match node:
            case ast.Call(ast.Attribute(attr="diag"), [ast.Name(id=name)]):
                made = [
                    (other.lineno, other.value)
                    for other in nodes
                    if isinstance(other, ast.Assign) and other.lineno < node.lineno
                    for target in other.targets
                    if isinstance(target, ast.Name) and target.id == name
                ]
                yield node, name, max(made, key=lambda one: one[0])[1] if made else None
            case ast.Call(ast.Attribute(attr="diag"), [given]):
                yield node, "", given


def _makes_a_matrix(value: ast.expr) -> bool:
    match value:
        case ast.BinOp(left, ast.Add() | ast.Sub() | ast.Mult(), right):
            return _makes_a_matrix(left) or _makes_a_matrix(right)
        case ast.UnaryOp(operand=operand):
            return _makes_a_matrix(operand)
        case ast.Call(func, [*_]):
            return _name(func) in _MAKE_MATRICES
    return False


def _is_a_table(value: ast.expr) -> bool:
    """Whether it is made a row, a column or an ``np.matrix`` there."""
    match value:
        case ast.Call(ast.Attribute(attr="reshape"), [_, _] | [ast.Tuple([_, _])]):
            return True
        case ast.Call(ast.Attribute(attr=name)) if name in _MATRICES:
            return True
        case ast.Subscript(slice=ast.Tuple([_, _] as axes)):
            return any(_is_new_axis(axis) for axis in axes)
    return False


def _is_new_axis(axis: ast.expr) -> bool:
    return (isinstance(axis, ast.Constant) and axis.value is None) or _name(axis) == "newaxis"


def _second_names(block: Sequence[ast.stmt]) -> Iterator[Slip]:
    """A second name for one array, which is filled while the first one is still read."""
    for at, statement in enumerate(block):
        match statement:
            case ast.Assign([ast.Name(id=new)], ast.Name(id=old)):
                loops = [node for node in block[at + 1 :] if isinstance(node, ast.For)]
                nodes = [node for loop in loops for part in loop.body for node in walk(part)]
                if any(_is_filled(node, new) for node in nodes) and any(
                    isinstance(node, ast.Name) and node.id == old for node in nodes
                ):
                    yield Slip("second name", statement.lineno, old)


def _is_filled(node: ast.AST, name: str) -> bool:
    return (
        isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and base(node) == name
    )


def _set_and_asked_again(block: Sequence[ast.stmt]) -> Iterator[Slip]:
    """A value that is set to a number by one condition, and then meets the next one as that."""
    found = [(set_by, node) for node in block if (set_by := _set_by(node))]
    for ((_, _, stored), first), ((_, test, _), second) in pairwise(found):
        if _place(first) != _place(second) or not _place(first):
            continue
        if holds(test, stored):
            name = _place(second).partition("[")[0]
            yield Slip("asked again", getattr(second, "lineno", 0), name)


def _set_by(node: ast.AST) -> tuple[str, ast.Compare, float] | None:
    """The place that a condition on itself sets to a number: ``x[x > 0] = 1``, or with ``if``."""
    match node:
        case ast.Assign(
            [ast.Subscript(ast.Name(id=name), ast.Compare(ast.Name(id=own), [_], [_]) as test)],
            value,
        ) if own == name:
            found = number(value)
            return None if found is None else (name, test, found)
        case ast.If(ast.Compare(left, [_], [_]) as test, [ast.Assign([target], value)], []) if (
            ast.unparse(left) == ast.unparse(target)
        ):
            found = number(value)
            return None if found is None else (ast.unparse(target), test, found)
    return None


def _place(node: ast.AST) -> str:
    found = _set_by(node)
    return found[0] if found else ""


def holds(test: ast.Compare, value: float) -> bool:
    """Whether a comparison with a number holds for a value on its left."""
    bound, compared = number(test.comparators[0]), COMPARED.get(type(test.ops[0]))
    return bound is not None and compared is not None and compared(value, bound)


def number(value: ast.expr) -> float | None:
    """The number that stands there, if it is one."""
    match value:
        case ast.Constant(value=bool()):
            return None
        case ast.Constant(value=int(found) | float(found)):
            return float(found)
        case ast.UnaryOp(ast.USub(), ast.Constant(value=int(found) | float(found))):
            return -float(found)
    return None
