"""One loop's counter at a place where another loop's is meant; see also `forms`.

It may stand in both places of a matrix, where the other loop's is never used.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..phrases import Said, said
from ..trees import WIDEST, bound_in, cut_short, names_in

#: A change that puts the other loop's counter in one of the two places.
INDEX_TWICE = "index_twice"
#: Lines that hold no others.
_SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return)


def counters_unused(value: ast.expr, around: Sequence[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    """Yield the counters of the loops around an index that is taken twice, if its line has none.

    Parameters
    ----------
    value : ast.expr
    around : sequence of ast.AST
        What it stands in, from the outermost inwards.
    """
    if not isinstance(value, ast.Name) or _taken_at(value, around) is None:
        return
    line = _line_of(around)
    loops = [one.target for one in around if isinstance(one, ast.For)]
    counters = [one.id for one in loops if isinstance(one, ast.Name)]
    if value.id not in counters or line is None:
        return
    for name in counters:
        if name not in names_in(line):
            yield INDEX_TWICE, ast.Name(name, ast.Load())


def twice_told(key: str, node: ast.AST, other: ast.AST, around: Sequence[ast.AST]) -> Said:
    """Give what is said of an index that is taken twice.

    Parameters
    ----------
    key : str
    node, other : ast.AST
        The name that stands there, and the one that is never used.
    around : sequence of ast.AST
        What it stands in, from the outermost inwards.
    """
    of = _taken_at(node, around)
    text = cut_short(ast.unparse(of or node))
    name, left_out = ast.unparse(node), ast.unparse(other)
    loops = [one for one in around if isinstance(one, ast.For)]
    loop = next(one.lineno for one in loops if ast.unparse(one.target) == left_out)
    place = said("change.place", place=text)
    values = {"name": name, "other": left_out, "loop": loop}
    return said(key, line=getattr(node, "lineno", 0), place=place, **values)


def index_of_two(node: ast.AST, other: ast.AST, around: Sequence[ast.AST]) -> Said | None:
    """Give what is asked of one loop's counter as an index, where another loop's mends all.

    Parameters
    ----------
    node, other : ast.AST
        What stands there, and what mends.
    around : sequence of ast.AST
        What it stands in, from the outermost inwards.

    Returns
    -------
    Said or None
        None where they are not the names of two loops around it.
    """
    match node, other, around[-1:]:
        case ast.Name(name), ast.Name(instead), [ast.Subscript(value=of)]:
            loops = [_loop_of(one, around) for one in (name, instead)]
            text = ast.unparse(of)
            if None in loops or loops[0] == loops[1] or len(text) > WIDEST:
                return None
            lines = {"loop": loops[0], "others": loops[1]}
            return said("change.index_of_two", name=name, other=instead, of=text, **lines)
    return None


def _loop_of(name: str, around: Sequence[ast.AST]) -> int | None:
    """The line of the innermost loop around something that gives a name its values."""
    loops = [one for one in around if isinstance(one, ast.For) and name in bound_in(one.target)]
    return loops[-1].lineno if loops else None


def _line_of(around: Sequence[ast.AST]) -> ast.stmt | None:
    """The statement that something stands in, if no other stands in that."""
    line = next((one for one in reversed(around) if isinstance(one, ast.stmt)), None)
    return line if isinstance(line, _SIMPLE) else None


def _taken_at(node: ast.AST, around: Sequence[ast.AST]) -> ast.Subscript | None:
    """What is taken by a name in both of its brackets: ``x[h][h]`` or ``x[h, h]``."""
    match [*around[-2:], node]:
        case [_, ast.Subscript(ast.Subscript(slice=ast.Name(one))) as of, ast.Name(two)]:
            return of if of.slice is node and one == two else None
    match [*around[-2:], node]:
        case [ast.Subscript(slice=ast.Name(two)) as of, ast.Subscript() as inner, ast.Name(one)]:
            is_index = inner.slice is node and of.value is inner
            return of if is_index and one == two else None
        case [ast.Subscript() as of, ast.Tuple([ast.Name(one), ast.Name(two)]), ast.Name()]:
            return of if one == two else None
    return None
