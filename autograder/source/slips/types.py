"""What decides that numbers are whole ones, where decimals come later: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from ..trees import Slip, names_given, walk

#: What makes an array of numbers that stand there, and of places.
_OF_ENTRIES, _OF_SIZES = {"array", "asarray"}, {"zeros", "ones", "empty", "eye", "identity", "full"}
#: What makes an array of the type of what it gets.
_OF_ALIKE = {"array", "copy", "empty_like", "full_like", "ones_like", "zeros_like"}
#: What a call is told that says nothing of the type.
_KEEP_TYPE = {"copy", "order"}
#: What Python's module `copy` has.
_COPIES = {"copy", "deepcopy"}
_WHOLE_TYPES = {"int", "np.int64", "np.int32", "np.int_", "numpy.int64", "'int'", "'int64'", "'i'"}
#: Types of numbers with three or four digits.
HALF = {"float16", "half"}
#: What gives a whole number.
_COUNT = {"len", "int", "bool", "size", "argmax", "argmin"}


def type_slips(unit: ast.AST, written: Collection[str]) -> Iterator[Slip]:
    """What decides the type of an array, or takes axes of it away.

    Parameters
    ----------
    unit : ast.AST
    written : collection of str
        What stands in it: see `written.words`.
    """
    if "vectorize" in written:
        yield from _vectorized(unit)
    if "squeeze" in written:
        yield from _squeezed(unit)
    yield from _whole_places(walk(unit))
    yield from _places_alike(walk(unit))


def halves(unit: ast.AST) -> Iterator[Slip]:
    """Types of numbers with so few digits that answers are no longer near.

    Parameters
    ----------
    unit : ast.AST
    """
    for node in walk(unit):
        if isinstance(node, ast.Attribute) and node.attr in HALF:
            yield Slip("half", node.lineno, node.attr)


def _vectorized(unit: ast.AST) -> Iterator[Slip]:
    """What takes the type of all results from the first, unless that is given."""
    for node in walk(unit):
        match node:
            case ast.Call(keywords=keywords) if _name(node.func) == "vectorize":
                if not (node.args[1:] or any(one.arg == "otypes" for one in keywords)):
                    yield Slip("vectorize", node.lineno, "")
            case ast.FunctionDef(decorator_list=around):
                for one in around:
                    if _name(one) == "vectorize":
                        yield Slip("vectorize", one.lineno, "")


def _whole_places(nodes: Sequence[ast.AST]) -> Iterator[Slip]:
    """An array of whole numbers, into which others are written: ``np.full(n, 0)``."""
    for line, name in _filled(nodes):
        if _makes_whole(line.value):
            yield Slip("whole places", line.lineno, name)


def _places_alike(nodes: Sequence[ast.AST]) -> Iterator[Slip]:
    """An array of the type of what came in, into which others are written."""
    decide = names_given(nodes, lambda value: not _keeps_type(value))
    for line, name in _filled(nodes):
        of = _made_alike(line.value)
        if isinstance(of, ast.Name | ast.Subscript) and _of(of) not in {"", *decide}:
            yield Slip("places alike", line.lineno, name)


def _made_alike(value: ast.expr) -> ast.expr | None:
    """What a new array has the type of, where a call or a slice makes one of another."""
    match value:
        case ast.Call(ast.Attribute(ast.Name(id="np" | "numpy"), how), [of, *_], keywords):
            tells_type = any(one.arg not in _KEEP_TYPE for one in keywords)
            return of if how in _OF_ALIKE and not tells_type else None
        case ast.Call(ast.Attribute(of, "copy" | "flatten" | "ravel"), [], []):
            return of
        case ast.Call(ast.Attribute(ast.Name("copy"), how) | ast.Name(how), [of], []):
            return of if how in _COPIES else None
        case ast.Subscript(of, ast.Slice(None, None, None)):
            return of
    return None


def _keeps_type(value: ast.expr) -> bool:
    """Whether it has the type of what it is made of, which no keyword says."""
    match value:
        case ast.Name() | ast.Subscript() | ast.Call(ast.Attribute(attr="copy"), [], []):
            return True
        case ast.Call(ast.Attribute(ast.Name(id="np" | "numpy"), how), [_], []):
            return how in {"asarray", *_OF_ALIKE}
    return False


def _filled(nodes: Sequence[ast.AST]) -> Iterator[tuple[ast.Assign, str]]:
    """The lines that make an array into which others than whole numbers are written."""
    made: dict[str, list[ast.Assign]] = {}
    filled = set[str]()
    for node in nodes:
        match node:
            case ast.Assign([ast.Name(id=name)]):
                made.setdefault(name, []).append(node)
            case ast.Assign([ast.Subscript() as place], value) | ast.AugAssign(
                ast.Subscript() as place, _, value
            ) if not _is_whole(value):
                if name := _of(place):
                    filled.add(name)
    for name, lines in made.items():
        # What gets another value later may be of another type there.
        if name in filled and len(lines) == 1:
            yield lines[0], name


def _of(place: ast.expr) -> str:
    """The name of the array that a place is in."""
    while isinstance(place, ast.Subscript):
        place = place.value
    return place.id if isinstance(place, ast.Name) else ""


def _makes_whole(value: ast.expr) -> bool:
    """Whether a call makes an array of whole numbers, whatever else is known."""
    if not isinstance(value, ast.Call):
        return False
    types = [one.value for one in value.keywords if one.arg == "dtype"]
    match value:
        case ast.Call(ast.Attribute(attr="astype"), [given]):
            return _is_whole_type(given)
        case ast.Call(ast.Attribute(ast.Name(id="np" | "numpy"), name), [first, *others]):
            if types:
                return name in _OF_SIZES | _OF_ENTRIES and _is_whole_type(types[0])
            if name == "full" and len(others) == 1:
                return _is_whole(others[0])
            if name in _OF_ENTRIES and not others:
                return _holds_whole(first)
            if name == "arange" and not others:
                return _is_whole(first)
            return name in {"zeros", "ones", "empty"} and any(map(_is_whole_type, others))
    return False


def _is_whole_type(given: ast.expr) -> bool:
    return ast.unparse(given) in _WHOLE_TYPES


def _holds_whole(value: ast.expr) -> bool:
    """Whether a list that is written down holds whole numbers alone."""
    match value:
        case ast.List([_, *_] as entries) | ast.Tuple([_, *_] as entries):
            return all(map(_holds_whole, entries))
        case ast.BinOp(ast.List() as entries, ast.Mult(), _):
            return _holds_whole(entries)
        case ast.ListComp(entry):
            return _holds_whole(entry)
        case ast.Constant(value=int()) | ast.UnaryOp(ast.USub(), ast.Constant(value=int())):
            return True
    return False


def _is_whole(value: ast.expr) -> bool:
    """Whether it gives a whole number, or yes or no, for all that can be seen."""
    match value:
        case ast.Constant(value=int()) | ast.Compare() | ast.BoolOp():
            return True
        case ast.UnaryOp(operand=operand):
            return _is_whole(operand)
        case ast.IfExp(body=one, orelse=other):
            return _is_whole(one) and _is_whole(other)
        case ast.BinOp(left, ast.Add() | ast.Sub() | ast.Mult() | ast.FloorDiv(), right):
            return _is_whole(left) and _is_whole(right)
        case ast.Call():
            return _name(value.func) in _COUNT
        case ast.Attribute(attr="size") | ast.Subscript(ast.Attribute(attr="shape")):
            return True
    return False


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def _squeezed(unit: ast.AST) -> Iterator[Slip]:
    """A ``squeeze`` that is not told which axis of length 1 to take away, so that it takes all."""
    for node in walk(unit):
        match node:
            case ast.Call(ast.Attribute(of, "squeeze"), args=given, keywords=[]):
                # Of a module's function the first argument is the array itself.
                if len(given) == (ast.unparse(of) in ("np", "numpy")):
                    yield Slip("squeezed", node.lineno, "")
