"""That a line takes a single number for several: its length, an entry of it, a way through it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..phrases import Said, said
from .crash import Crash, Listed, parts

_OF_LENGTH = re.compile(r"has no len\(\)|len\(\) of unsized")
_OF_ENTRY = re.compile(r"not subscriptable|invalid index to scalar|array is 0-dimensional")
_OF_WAY = re.compile(r"not iterable|iteration over a 0-d")
#: What goes through all of what it gets.
_THROUGH = ("sum", "max", "min", "sorted", "list", "tuple", "enumerate")


def number_for_several(crash: Crash, text: str) -> Said | None:
    """Say what is done with a number, and whether the number or that is in question.

    Parameters
    ----------
    crash : Crash
    text : str
        Its message in small letters.
    """
    found = {
        (kind, number): (ast.unparse(node), does)
        for part in parts(crash.line)
        for kind, node, number, does in _done(part, text)
        if crash.shapes.get(number) == ()
    }
    if len(found) != 1:
        return _length_of_an_entry(crash, text)
    ((kind, number), (code, does)), *_ = found.items()
    what = said(f"crash.number_for_{kind}", code=code, number=number)
    if number in crash.numbers:
        hint = said("crash.number_by_the_task", number=number, does=does)
        return said("crash.and_hint", what=what, hint=hint)
    if kind == "length":
        hint = said("crash.should_it_be_one", number=number, does=does)
        return said("crash.and_hint", what=what, hint=hint)
    return None


def _length_of_an_entry(crash: Crash, text: str) -> Said | None:
    """That the length of an entry of a vector is asked for, as if it were a row of a table."""
    for part in parts(crash.expression) if _OF_LENGTH.search(text) else ():
        match part:
            case ast.Call(ast.Name("len"), [ast.Subscript(ast.Name(name), index)]):
                shape = crash.shapes.get(name)
                one = not isinstance(index, ast.Slice | ast.Tuple)
                if one and isinstance(shape, tuple) and len(shape) == 1:
                    is_list = isinstance(shape, Listed)
                    kind = said("crash.a_list_of_numbers" if is_list else "crash.a_vector_here")
                    code = ast.unparse(part)
                    return said("crash.length_of_an_entry", code=code, name=name, kind=kind)
    return None


def _done(part: ast.AST, text: str) -> Iterator[tuple[str, ast.expr, str, str]]:
    """What a part of a line does with a number that the message can be about, and by what."""
    match part:
        case ast.Call(ast.Name("len"), [number]) if _OF_LENGTH.search(text):
            yield "length", part, ast.unparse(number), "len"
        case ast.Subscript(value=number, ctx=ast.Load()) if _OF_ENTRY.search(text):
            yield "entry", part, ast.unparse(number), "[...]"
        case ast.Call(ast.Name(name), [number, *_]) if _OF_WAY.search(text) and name in _THROUGH:
            yield "way", part, ast.unparse(number), name
