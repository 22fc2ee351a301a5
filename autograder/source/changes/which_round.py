"""Conditions in a loop that could hold in its first or its last round, or in all but that one."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from typing import Any

from ..phrases import Said, said
from ..trees import WIDEST

#: A change that puts such a condition in the place of another.
WHICH_ROUND = "which_round"
#: The names of `Rounds.through` and of `Rounds.are_at` in the code with all changes.
THROUGH, IS_AT = "_checks_through", "_checks_is_at"
FIRST, LAST = "first", "last"
#: What comes behind the last of what a loop goes through.
_OVER = object()


class Rounds:
    """Which round each loop is in, of those that are asked for it."""

    def __init__(self) -> None:
        self._at: dict[str, frozenset[str]] = {}

    @property
    def space(self) -> Mapping[str, Any]:
        """What code with all changes reads."""
        return {THROUGH: self.through, IS_AT: self.is_at}

    def through(self, values: Iterable[Any], loop: str, asked: bool) -> Iterable[Any]:
        """Give what a loop goes through; where its rounds are asked for, they are noted.

        Parameters
        ----------
        values : iterable
        loop : str
            Tells the loop from others.
        asked : bool
            To know its last round it has to be looked ahead, which may change what comes.
        """
        return self._noted(values, loop) if asked else values

    def _noted(self, values: Iterable[Any], loop: str) -> Iterator[Any]:
        ends = {FIRST}
        for now, following in pairwise(chain(values, [_OVER])):
            if following is _OVER:
                ends.add(LAST)
            self._at[loop] = frozenset(ends)
            yield now
            ends = set()

    def is_at(self, loop: str, end: str) -> bool:
        """Whether a loop is in its first or its last round."""
        return end in self._at.get(loop, ())


def gone_through(made: ast.expr, loop: str, asked: ast.expr) -> ast.expr:
    """The code of what a loop goes through, for its rounds to be known where that is asked."""
    return ast.Call(ast.Name(THROUGH, ast.Load()), [made, ast.Constant(loop), asked], [])


def by_round(loop: str) -> Iterator[ast.expr]:
    """Yield the conditions that hold in one of a loop's outermost rounds, or in all but that."""
    for end in (LAST, FIRST):
        at = ast.Call(ast.Name(IS_AT, ast.Load()), [ast.Constant(loop), ast.Constant(end)], [])
        yield at
        yield ast.UnaryOp(ast.Not(), at)


def which_round_told(key: str, node: ast.AST) -> Said | None:
    """What is said of a condition with another one in whose place all is right.

    Parameters
    ----------
    key : str
        Of the sentence.
    node : ast.expr
        The condition.

    Returns
    -------
    Said or None
        None where it is too long to be quoted.
    """
    condition = ast.unparse(node)
    if len(condition) > WIDEST:
        return None
    return said(key, line=getattr(node, "lineno", 0), condition=condition)


def condition_told(of: Said) -> str:
    """The condition that is quoted in what `which_round_told` gives; empty in anything else.

    Parameters
    ----------
    of : Said
    """
    return str(dict(of.values).get("condition", ""))
