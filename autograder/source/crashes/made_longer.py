"""That a line above makes one long vector, where shapes do not fit."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..phrases import Said, said
from ..trees import cut_short
from .crash import Crash, has

#: By what is called, what it does with what it gets; the shape of what comes out is known.
_MAKES_LONGER = {
    "tile": "copies_in_a_row",
    "repeat": "each_repeated",
    "concatenate": "one_after_another",
    "hstack": "one_after_another",
    "append": "one_after_another",
    "flatten": "all_in_a_row",
    "ravel": "all_in_a_row",
}


def made_longer(crash: Crash, others: int) -> Said | None:
    """Say of a vector on the line which call above has made it, and how.

    Parameters
    ----------
    crash : Crash
    others : int
        The largest size of what it meets: what is no longer than that was not made too long.
    """
    for name, shape in crash.shapes.items():
        if not isinstance(shape, tuple) or len(shape) != 1 or shape[0] <= others:
            continue
        made = [*_made(name, crash)] if has(name, crash.failed) else []
        match made:
            case [ast.Call(ast.Attribute(attr=called), keywords=[]) as call] if (
                called in _MAKES_LONGER
            ):
                how = said(f"crash.makes_{_MAKES_LONGER[called]}")
                code = cut_short(ast.unparse(call))
                return said("crash.made_longer", name=name, code=code, how=how)
    return None


def _made(name: str, crash: Crash) -> Iterator[ast.expr | None]:
    """What each line above gives a name; None where that cannot be read."""
    for text in crash.before:
        given = re.match(rf"\s*{re.escape(name)}\s*([-+*/@]?)=(?!=)(.*)", text)
        if not given:
            continue
        try:
            yield None if given[1] else ast.parse(given[2].strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            yield None
