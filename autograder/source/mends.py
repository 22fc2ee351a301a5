"""How a student's line is mended where a slip in it has one plain mend.

Only the text within lines is changed, so that all lines keep their numbers. What is mended so is
run by the sandbox alone, to see whether anything else is wrong: nobody is shown it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeGuard

from .slips.chance import DRAWS_ONE
from .slips.kept_sums import are_zeros, is_zero, used_in
from .slips.near_names import spelt_alike
from .trees import Slip, name_called, names_given, walk

#: Of a loop over `range` of a list, which stops.
RANGE_OF_A_LIST = "range of a list"
#: Of what lasts from call to call.
LASTING = "lasting"
_EMPTY = {"[]", "{}", "list()", "dict()", "set()"}
_SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return)
#: Of slips by which chance has a part in what comes out.
DRAWN, SHUFFLED = "random", "shuffled"
#: Longer pieces of code are no slip's mend.
LONGEST = 200
_MADE_LIKE = {"zeros_like", "ones_like", "empty_like", "full_like"}


class Edit(NamedTuple):
    """Some text of one line, and what stands there in its place.

    Attributes
    ----------
    line : int
    start, end : int
        Bytes of the line in UTF-8, as the nodes of ``ast`` count them.
    text : str
    """

    line: int
    start: int
    end: int
    text: str


class Mend(NamedTuple):
    """The mend of a slip.

    Attributes
    ----------
    kind : str
        Of the slip, or `RANGE_OF_A_LIST`.
    line : int
        That of the slip.
    edits : tuple of Edit
        From the last one in the file to the first.
    """

    kind: str
    line: int
    edits: tuple[Edit, ...]


def mends(units: Sequence[ast.AST], slips: Sequence[Slip]) -> Iterator[Mend]:
    """Give the mends of some slips, of loops that count through a list, and of what is drawn.

    Parameters
    ----------
    units : sequence of ast.AST
        The function and all that it reaches in its file.
    slips : sequence of Slip
        Those in them.
    """
    for slip in slips:
        mend = _MENDS.get(slip.kind)
        for unit in units if mend else ():
            edits = [*mend(unit, slip)] if mend else []
            if edits and all(len(one.text) <= LONGEST and "\n" not in one.text for one in edits):
                yield Mend(slip.kind, slip.line, tuple(sorted(edits, reverse=True)))
    for unit in units:
        yield from _ranges(unit)
        yield from _without_chance(unit)


def emptied(
    function: ast.AST, body: Sequence[ast.stmt], lasting: Sequence[tuple[str, int, str]]
) -> Iterator[Mend]:
    """Give the mends of what lasts from call to call: to be empty again when a call begins.

    Parameters
    ----------
    function : ast.AST
    body : sequence of ast.stmt
        The file.
    lasting : sequence of (str, int, str)
        What lasts: see `written.memories`.
    """
    if not isinstance(function, ast.FunctionDef) or _calls_itself(function):
        return
    names = {name for kind, _, name in lasting if kind in ("shared", "default")}
    own = [name for name in sorted(names) if _begins_empty(name, function, body)]
    first, *_ = function.body
    texts = [f"{name}.clear()" for name in own]
    match first:
        case ast.Expr(ast.Constant(str())):
            edit = _behind(first, "".join(f"; {text}" for text in texts))
        case _:
            edit = _before(first, "".join(f"{text}; " for text in texts))
    if {*own} == names and own and isinstance(first, _SIMPLE) and first.lineno > function.lineno:
        yield from (Mend(LASTING, line, (edit,)) for _, line, name in lasting if name in own)


def _calls_itself(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Name) and node.id == function.name for node in walk(function))


def _begins_empty(name: str, function: ast.FunctionDef, body: Sequence[ast.stmt]) -> bool:
    """Whether all that a file gives a name, or a function its parameter, is an empty list."""
    named = [*function.args.posonlyargs, *function.args.args]
    defaults = function.args.defaults
    pairs = zip(named[len(named) - len(defaults) :], defaults, strict=True)
    own = [ast.unparse(value) for one, value in pairs if one.arg == name]
    given = [
        ast.unparse(one.value)
        for one in body
        if isinstance(one, ast.Assign) and [*map(ast.unparse, one.targets)] == [name]
    ]
    values = own or given
    return len(values) == 1 and values[0] in _EMPTY


def mended(source: bytes, mend: Mend) -> bytes | None:
    """Give a file with a mend; None where its lines are not read as they stand there.

    Parameters
    ----------
    source : bytes
    mend : Mend
    """
    lines = source.split(b"\n")
    for line, start, end, text in mend.edits:
        if not 0 < line <= len(lines) or not 0 <= start <= end <= len(lines[line - 1]):
            return None
        old = lines[line - 1]
        lines[line - 1] = old[:start] + text.encode() + old[end:]
    return b"\n".join(lines)


def _instead(node: ast.expr | ast.stmt, text: str) -> Edit:
    return Edit(node.lineno, node.col_offset, node.end_col_offset or 0, text)


def _behind(node: ast.expr | ast.stmt, text: str, back: int = 0) -> Edit:
    at = (node.end_col_offset or 0) - back
    return Edit(node.end_lineno or node.lineno, at, at, text)


def _before(node: ast.expr | ast.stmt, text: str) -> Edit:
    return Edit(node.lineno, node.col_offset, node.col_offset, text)


def _set_back(unit: ast.AST, slip: Slip) -> Iterator[Edit]:
    """Begin a sum anew at the end of the round that has used it."""
    for loop in (one for one in _loops(unit)[::-1] if _holds(one, slip.line)):
        at = next(at for at, one in enumerate(loop.body) if _holds(one, slip.line))
        last = loop.body[-1]
        used = frozenset[str]().union(*map(used_in, loop.body[at + 1 :]))
        begun = _begun(unit, slip.name, loop)
        if begun and slip.name in used and _is_simple(last):
            yield _behind(last, f"; {ast.unparse(begun)}")
            return


def _begun(unit: ast.AST, name: str, loop: ast.stmt) -> ast.Assign | None:
    """The last line above a loop that begins a sum with 0."""
    found = None
    for node in walk(unit):
        match node:
            case ast.Assign([ast.Name(id=own)], value) if own == name and node.lineno < loop.lineno:
                found = node if is_zero(value) or are_zeros(value) else None
    return found


def _stored_by_the_loop(unit: ast.AST, slip: Slip) -> Iterator[Edit]:
    """Store in each round under the loop's own number; from the end where it is the last place."""
    loop = _counting(unit, slip)
    for node in walk(unit):
        match node:
            case ast.Assign([ast.Subscript(ast.Name(), index)]) if node.lineno == slip.line:
                if loop is not None and (sign := _FIXED.get(ast.unparse(index))) is not None:
                    yield _instead(index, f"{sign}{slip.name}")


#: By the number that stands there, what stands before the loop's own.
_FIXED = {"-1": "-", "0": ""}


def _counting(unit: ast.AST, slip: Slip) -> ast.For | None:
    """The innermost loop around a slip, if it counts by the name that the slip is about."""
    loop = next((one for one in _loops(unit)[::-1] if _holds(one, slip.line)), None)
    match loop:
        case ast.For(ast.Name(id=name), ast.Call(ast.Name("range"))) if name == slip.name:
            return loop
        case ast.For(ast.Tuple([ast.Name(id=name), _]), ast.Call(ast.Name("enumerate"))):
            return loop if name == slip.name else None
    return None


def _read_by_the_loop(unit: ast.AST, slip: Slip) -> Iterator[Edit]:
    """Take in each round the entry of the loop's own number, not the same one each time."""
    loop = next((one for one in _loops(unit)[::-1] if _holds(one, slip.line)), None)
    match loop:
        case ast.For(ast.Name(id=counter), ast.Call(ast.Name("range"))):
            pass
        case ast.For(ast.Tuple([ast.Name(id=counter), _]), ast.Call(ast.Name("enumerate"))):
            pass
        case _:
            return
    for node in walk(loop):
        match node:
            case ast.Subscript(ast.Name(id=name), ast.Constant() as index, ctx=ast.Load()):
                if node.lineno == slip.line and name == slip.name:
                    yield _instead(index, counter)


def _not_ended(unit: ast.AST, slip: Slip) -> Iterator[Edit]:
    """Go on with a ``for`` that a ``break`` ends; a ``while`` would perhaps go on for ever."""
    loop = next((one for one in _loops(unit)[::-1] if _holds(one, slip.line)), None)
    if isinstance(loop, ast.For):
        ends = (one for one in walk(loop) if isinstance(one, ast.Break))
        yield from (_instead(one, "pass") for one in ends if one.lineno == slip.line)


def _added_up(unit: ast.AST, slip: Slip) -> Iterator[Edit]:
    """Add to what a name holds what a line gives it."""
    for node in walk(unit):
        match node:
            case ast.Assign([ast.Name(id=name)], value) if node.lineno == slip.line:
                if name == slip.name:
                    yield _before(value, f"{name} + (")
                    yield _behind(value, ")")


def _spelt_otherwise(unit: ast.AST, slip: Slip) -> Iterator[Edit]:
    """Read the name that gets the values."""
    for node in walk(unit):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) if node.lineno == slip.line:
                if name != slip.name and spelt_alike(name, slip.name):
                    yield _instead(node, slip.name)


def _copied(unit: ast.AST, slip: Slip) -> Iterator[Edit]:
    """Store a copy of what is made once."""
    for node in walk(unit):
        match node:
            case ast.Call(ast.Attribute(attr="append"), [ast.Name(id=name) as stored]):
                if node.lineno == slip.line and name == slip.name:
                    yield _behind(stored, ".copy()")


def _given_anew(unit: ast.AST, slip: Slip) -> Iterator[Edit]:
    """Give a name what a line writes into the array that it stands for."""
    for node in walk(unit):
        match node:
            case ast.Assign([ast.Subscript(ast.Name(id=name)) as into]):
                if node.lineno == slip.line and name == slip.name:
                    yield _instead(into, name)


def _with_decimals(unit: ast.AST, slip: Slip) -> Iterator[Edit]:
    """Make room for decimals in an array that is made like another one."""
    for node in walk(unit):
        match node:
            case ast.Call(ast.Attribute(attr=made), keywords=[]) if made in _MADE_LIKE:
                if node.lineno == slip.line:
                    yield _behind(node, ", dtype=float", 1)


def _without_chance(unit: ast.AST) -> Iterator[Mend]:
    """Take in each round the number that the loop counts, not one by chance; leave all in order."""
    for loop in _loops(unit):
        match loop:
            case ast.For(ast.Name(id=counter), ast.Call(ast.Name("range"), [_])):
                for one in filter(_draws_one, loop.body):
                    yield Mend(DRAWN, one.lineno, (_instead(one.value, counter),))
    for node in walk(unit):
        match node:
            case ast.Expr(ast.Call(ast.Attribute(attr="shuffle"))):
                yield Mend(SHUFFLED, node.lineno, (_instead(node, "pass"),))
            case ast.Call(
                ast.Attribute(ast.Attribute(ast.Name(id=numpy), "random"), "permutation") as drawn
            ):
                yield Mend(SHUFFLED, drawn.lineno, (_instead(drawn, f"{numpy}.arange"),))


def _draws_one(statement: ast.stmt) -> TypeGuard[ast.Assign]:
    """Whether a line draws a single whole number."""
    match statement:
        case ast.Assign([ast.Name()], ast.Call(args=[_] | [_, _], keywords=[]) as drawn):
            return name_called(drawn) in DRAWS_ONE - {"choice"}
    return False


def _ranges(unit: ast.AST) -> Iterator[Mend]:
    """Count by its length through the list that ``range`` is given; with it where two come."""
    nodes = walk(unit)
    numbers = names_given(nodes, _is_number)
    for node in nodes:
        match node:
            case ast.For(target, iter=ast.Call(ast.Name("range") as of, [ast.Name() as through])):
                pass
            case ast.comprehension(
                target, ast.Call(ast.Name("range") as of, [ast.Name() as through])
            ):
                pass
            case _:
                continue
        if through.id in numbers:
            continue
        edits = [_behind(through, ")"), _before(through, "len(")]
        if isinstance(target, ast.Tuple):
            edits = [_instead(of, "enumerate")]
        yield Mend(RANGE_OF_A_LIST, of.lineno, tuple(edits))


def _is_number(value: ast.expr) -> bool:
    """Whether it can be nothing but a number, such as a length."""
    match value:
        case ast.Constant() | ast.BinOp() | ast.Subscript(ast.Attribute(attr="shape")):
            return True
        case ast.Call(ast.Name(id=name)):
            return name in ("len", "int", "max", "min")
    return False


def _loops(unit: ast.AST) -> list[ast.For | ast.While]:
    """The loops, each after those around it."""
    return [one for one in walk(unit) if isinstance(one, ast.For | ast.While)]


def _holds(node: ast.stmt, line: int) -> bool:
    first = node.body[0].lineno if isinstance(node, ast.For | ast.While) else node.lineno
    return first <= line <= (node.end_lineno or node.lineno)


def _is_simple(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign | ast.AugAssign | ast.Expr)


#: By the kind of a slip, how it is mended.
_MENDS: dict[str, Callable[[ast.AST, Slip], Iterator[Edit]]] = {
    "not set back": _set_back,
    "not set back twice": _set_back,
    "overwritten": _stored_by_the_loop,
    "same entry": _read_by_the_loop,
    "break": _not_ended,
    "not added up": _added_up,
    "near name": _spelt_otherwise,
    "made once": _copied,
    "filled again": _given_anew,
    "whole places": _with_decimals,
}
