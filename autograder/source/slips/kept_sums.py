"""Sums that begin with 0 once, and are gone on with after they have been used: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from ..trees import Slip, names_given, names_in, walk

#: What makes an array of zeros.
_ZEROS = {"zeros", "zeros_like"}
#: What of a list or an array puts other values into it.
_EMPTIES = {"fill", "clear"}


def kept_sums(before: Sequence[ast.stmt], loop: ast.For | ast.While) -> Iterator[Slip]:
    """A sum that a loop within this one, or one within that, goes on with after it was used.

    Parameters
    ----------
    before : sequence of ast.stmt
        What stands before the loop in the same block.
    loop : ast.For or ast.While
    """
    zero = names_given(before, is_zero)
    several = names_given(before, are_zeros)
    if not zero | several:
        return
    told = set[str]()
    for outer in walk(loop):
        if not isinstance(outer, ast.For | ast.While):
            continue
        for at, inner in enumerate(outer.body):
            used = frozenset[str]().union(*map(used_in, outer.body[at + 1 :]))
            counters = zero & used & _divisors(outer.body[at + 1 :])
            for node, name in _added_in(inner, zero, several, used, counters):
                if name not in told and not is_set(name, walk(loop)):
                    told.add(name)
                    kind = "not set back twice" if _adds_itself(node) else "not set back"
                    yield Slip(kind, node.lineno, name)


def begun_elsewhere(before: Sequence[ast.stmt], loop: ast.For | ast.While) -> Iterator[Slip]:
    """A sum that begins with something else than 0, and with the last round's in all later ones.

    Parameters
    ----------
    before : sequence of ast.stmt
        What stands before the loop in the same block.
    loop : ast.For or ast.While
    """
    numbers = names_given(before, _is_another_number)
    for at, inner in enumerate(loop.body if numbers else ()):
        if not isinstance(inner, ast.For):
            continue
        others = [node for one in loop.body if one is not inner for node in walk(one)]
        stored = {name for one in loop.body[at + 1 :] for name in _stored_by(one)}
        for node in walk(inner):
            match node:
                case ast.AugAssign(ast.Name(id=name), ast.Add(), value):
                    kept = name in numbers & stored and not isinstance(value, ast.Constant)
                    if kept and not _is_given(name, [*others, *walk(inner)]):
                        yield Slip("begun elsewhere", node.lineno, name)


def _is_another_number(value: ast.expr) -> bool:
    """Whether it is a number other than 0, or calculated with one."""
    match value:
        case ast.Constant(value=int() | float()):
            return not is_zero(value)
        case ast.BinOp(left=left, right=right):
            return any(map(_is_another_number, (left, right)))
    return False


def _stored_by(statement: ast.stmt) -> Iterator[str]:
    """What a statement puts into a list as it is."""
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(attr="append"), [ast.Name(id=name)])):
            yield name


def _is_given(name: str, nodes: Sequence[ast.AST]) -> bool:
    """Whether some code gives a name a value that is not made of its old one."""
    for node in nodes:
        match node:
            case ast.Assign(targets=targets, value=value) if name not in names_in(value):
                if any(name in names_in(target) for target in targets):
                    return True
            case ast.AnnAssign(target=target) | ast.NamedExpr(target=target):
                if name in names_in(target):
                    return True
            case ast.For(target=target) | ast.comprehension(target=target):
                if name in names_in(target):
                    return True
    return False


def is_zero(value: ast.expr) -> bool:
    """Whether it is the number 0."""
    return isinstance(value, ast.Constant) and value.value == 0 and value.value is not False


def are_zeros(value: ast.expr) -> bool:
    """Whether it is a list or an array of nothing but 0."""
    match value:
        case ast.List(elts=[*items]):
            return bool(items) and all(is_zero(one) or are_zeros(one) for one in items)
        case ast.ListComp(elt=item):
            return is_zero(item) or are_zeros(item)
        case ast.BinOp(ast.List() as one, ast.Mult(), _):
            return are_zeros(one)
        case ast.BinOp(left, ast.Mult(), right):
            return is_zero(left) or is_zero(right)
        case ast.Call(ast.Attribute(attr=made) | ast.Name(id=made)):
            return made in _ZEROS
    return False


def _added_in(
    inner: ast.stmt,
    zero: set[str],
    several: set[str],
    used: frozenset[str],
    counters: set[str],
) -> Iterator[tuple[ast.stmt, str]]:
    """Where a part of a loop adds to one of some names, which is used after that."""
    is_loop = isinstance(inner, ast.For | ast.While)
    nodes = walk(inner) if is_loop else [inner]
    counted = frozenset[str]().union(*(names_in(n.target) for n in nodes if isinstance(n, ast.For)))
    for node in (one for one in nodes if isinstance(one, ast.stmt)):
        if _added_side_by_side(node) in several & used:
            yield node, _added_side_by_side(node)
        match sum_of(node) if is_loop else None:
            case (ast.Name(id=name), ast.Constant()) if name in counters:
                yield node, name
            case (_, ast.Constant()):
                continue  # What counts on by a number may be meant to.
            case (ast.Name(id=name), _) if name in (zero | several) & used:
                yield node, name
            case (ast.Subscript(ast.Name(id=name), index), value) if name in several:
                # Where the loop around picks the entry, each of its rounds has one of its own.
                own = names_in(index) <= counted and not is_square(value)
                if own and name in used | _used_beside(inner, node):
                    yield node, name


def _divisors(statements: Sequence[ast.stmt]) -> frozenset[str]:
    """The names by which something is divided."""
    found = set[str]()
    for node in (part for one in statements for part in walk(one)):
        match node:
            case ast.BinOp(op=ast.Div(), right=ast.Name(id=name)):
                found.add(name)
            case ast.AugAssign(op=ast.Div(), value=ast.Name(id=name)):
                found.add(name)
    return frozenset(found)


def sum_of(node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    """What something is added to, and what that is."""
    match node:
        case ast.AugAssign(place, ast.Add(), value):
            return place, value
        case ast.Assign([place], ast.BinOp(left, ast.Add(), right)):
            name = ast.unparse(place)
            if name in (ast.unparse(left), ast.unparse(right)):
                return place, right if name == ast.unparse(left) else left
    return None


def _adds_itself(node: ast.stmt) -> bool:
    """Whether ``+=`` adds to something what that is already, or what it is times another."""
    match node:
        case ast.AugAssign(place, ast.Add(), value):
            name = ast.unparse(place)
            return any(name in map(ast.unparse, _factors(one)) for one in _summands(value))
    return False


def _summands(value: ast.expr) -> Iterator[ast.expr]:
    match value:
        case ast.BinOp(left, ast.Add(), right):
            yield from _summands(left)
            yield from _summands(right)
        case _:
            yield value


def _factors(value: ast.expr) -> Iterator[ast.expr]:
    match value:
        case ast.BinOp(left, ast.Mult(), right):
            yield from _factors(left)
            yield from _factors(right)
        case _:
            yield value


def _added_side_by_side(node: ast.AST) -> str:
    """The list to whose entries others are added, as in ``[s + g for s, g in zip(S, G)]``."""
    match node:
        case ast.Assign(
            [ast.Name(id=name)],
            ast.ListComp(
                ast.BinOp(left, ast.Add(), right),
                [ast.comprehension(ast.Tuple(names), ast.Call(ast.Name(id="zip"), lists))],
            ),
        ):
            sides = {ast.unparse(left), ast.unparse(right)}
            pairs = zip(names, lists, strict=False)
            if any(ast.unparse(of) == name and ast.unparse(one) in sides for one, of in pairs):
                return name
    return ""


def is_square(value: ast.expr) -> bool:
    """Whether it is a power, which rates are divided by that become smaller and smaller."""
    match value:
        case ast.BinOp(op=ast.Pow()):
            return True
        case ast.Call(ast.Attribute(attr="square")):
            return True
        case ast.BinOp(left, ast.Mult(), right):
            return ast.unparse(left) == ast.unparse(right)
    return False


def _used_beside(inner: ast.stmt, added: ast.AST) -> frozenset[str]:
    """The names in what stands beside a sum in the same loop."""
    beside = [node for node in walk(inner) if isinstance(node, ast.Assign | ast.AugAssign)]
    return frozenset[str]().union(*(names_in(node) for node in beside if node is not added))


def used_in(node: ast.AST) -> frozenset[str]:
    """The names that stand in some code, but for what is only printed."""
    match node:
        case ast.Call(func=ast.Name(id="print")):
            return frozenset()
        case ast.Name(id=name):
            return frozenset((name,))
    return frozenset[str]().union(*map(used_in, ast.iter_child_nodes(node)))


def is_set(name: str, nodes: Sequence[ast.AST], adds: Collection[str] = ()) -> bool:
    """Whether code gives a name, or an entry of it, a value that is no sum with the old one.

    Parameters
    ----------
    name : str
    nodes : sequence of ast.AST
    adds : collection of str
        The functions of which it is known that they only add to what they are given.
    """
    for node in nodes:
        match node:
            case ast.Assign(targets=targets):
                is_sum = sum_of(node) or _added_side_by_side(node)
                if not is_sum and any(name in _places_of(target) for target in targets):
                    return True
            case ast.AugAssign(target=target, op=op):
                if not isinstance(op, ast.Add) and name in _places_of(target):
                    return True
            case ast.Call(ast.Attribute(ast.Name(id=of), attr=how)):
                if of == name and how in _EMPTIES:
                    return True
            case ast.Expr(ast.Call(args=given)):
                # It may be set to 0 by a function of its own.
                handed = any(isinstance(one, ast.Name) and one.id == name for one in given)
                if handed and not _is_told_or_stored(node.value, adds):
                    return True
            case ast.For(target=target):
                if name in names_in(target):
                    return True
    return False


def _is_told_or_stored(call: ast.expr, adds: Collection[str]) -> bool:
    """Whether a call only prints, stores, or adds."""
    match call:
        case ast.Call(ast.Name(id=name)) if name in adds:
            return True
        case ast.Call(ast.Name(id="print") | ast.Attribute(attr="append" | "insert")):
            return True
    return False


def _places_of(target: ast.expr) -> frozenset[str]:
    """The names that an assignment gives a value, or to entries of which it does."""
    if isinstance(target, ast.Tuple | ast.List):
        return frozenset[str]().union(*map(_places_of, target.elts))
    while isinstance(target, ast.Subscript | ast.Starred):
        target = target.value
    return names_in(target)
