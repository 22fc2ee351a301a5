"""Reasons for an exception where values are taken apart into names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from textwrap import shorten

from ..phrases import Said, said
from .crash import Crash, parts
from .shapes import LARGEST_SHOWN

#: Letters of a piece of a line that is quoted.
_LONGEST = 40
_COUNTS = re.compile(r"not enough values to unpack \(expected (\d{1,2}), got (\d{1,2})\)")


def unpacks(crash: Crash) -> Said:
    """Say why as many names as there are do not take the values apart.

    Parameters
    ----------
    crash : Crash
        Of which the message says so.
    """
    loop = re.search(r"\bfor (\w+(?:, *\w+)+) in (range\(.*?\)+)(?=[:\])]|$)", crash.line)
    if loop:
        return said("crash.numbers_are_no_pairs", names=loop[1], of=loop[2])
    line = re.match(r"([*\w.]+(?:, *[*\w.]+)+),? *= *(\w+)$", crash.line)
    if line and ("too many" in crash.message or "not enough" in crash.message):
        names = line[1].split(",")
        single = sum("*" not in name for name in names)
        how = "fewer" if "not enough" in crash.message else "more"
        if single < len(names):
            how = "starred"
        return said(f"crash.takes_apart_{how}", of=line[2], names=single)
    loops = [*_loops(crash)]
    if told := next(filter(None, (_of_loop(*loop) for loop in loops)), None):
        return told
    counts = _COUNTS.search(crash.message)
    if counts and 1 < int(counts[1]) <= LARGEST_SHOWN:
        key = "parts_and_names" if loops else "values_and_names"
        values = said("crash.values", count=int(counts[2]))
        return said(f"crash.{key}", names=int(counts[1]), values=values)
    return said("crash.unpacks_pairs" if loops else "crash.unpacks")


def _loops(crash: Crash) -> Iterator[tuple[ast.expr, ast.expr]]:
    """The names of each loop on the line that has several, and what it goes through."""
    for part in parts(crash.line):
        if isinstance(part, ast.For | ast.comprehension) and isinstance(part.target, ast.Tuple):
            yield part.target, part.iter


def _of_loop(names: ast.expr, through: ast.expr) -> Said | None:
    """How many values ``enumerate`` or ``zip`` gives, where a loop has another count of names."""
    if not isinstance(names, ast.Tuple) or any(isinstance(n, ast.Starred) for n in names.elts):
        return None
    match through:
        case ast.Call(ast.Name("enumerate"), [of]) if len(names.elts) != 2:
            return said("crash.enumerate_gives_two", names=len(names.elts), of=_quoted(of))
        case ast.Call(ast.Name("enumerate"), [of]):
            return _of_loop(names.elts[1], of)
        case ast.Call(ast.Name("zip"), lists) if not any(isinstance(n, ast.Starred) for n in lists):
            if len(lists) != len(names.elts):
                values = said("crash.values", count=len(lists))
                many = len(names.elts)
                return said("crash.zip_gives", zip=_quoted(through), values=values, names=many)
            pairs = zip(names.elts, lists, strict=True)
            return next(filter(None, (_of_loop(*pair) for pair in pairs)), None)
    return None


def _quoted(part: ast.expr) -> str:
    return shorten(ast.unparse(part), _LONGEST, placeholder=" ...")
