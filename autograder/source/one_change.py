"""The forms that small changes give a function; whoever calls them judges what they return."""

from __future__ import annotations

import ast
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import FrameType, FunctionType
from typing import Any

import numpy as np

from .phrases import Said, said
from .switched import BOUNDED, OUTER, PICK, Change, Switched

MOST_CHANGES, MOST_LINES, MOST_ROUNDS = 600, 40, 2000
LARGEST = 10_000
SHORT, WIDEST = 4, 44
#: The number of no change.
NONE = -1
#: What code would use that has an effect outside of itself: it isn't called a hundred times.
EFFECTS = {"open", "input", "exec", "eval", "compile", "exit", "quit", "breakpoint"}
NOT_TRIED = (ast.While, ast.Global, ast.Nonlocal, ast.Yield, ast.With)
#: What a change can be about; the likeliest and plainest are tried first.
KINDS = (
    "one_row", "comparison", "sign", "order", "negated", "product", "arguments", "turned",
    "index",
    "indices", "call", "part", "brackets", "slope", "whole_row", "function", "name",
    "one_of_all", "whole", "operation", "number", "compared", "keyword", "range", "size", "slice",
    "backwards", "branches", "anew", "end", "fixed", "kept", "anew_each_round", "once",
    "indented", "order_of_lines", "after_the_loop", "missing", "start", "needed",
)  # fmt: skip
#: What is asked about anything that stands in a call of these.
ASKED_WITHIN = {"len": "size", "range": "range"}
RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


class CannotBeTried(Exception):
    """The function is not one that may be called some hundred times with changes in it."""


class TooLong(Exception):
    """A loop goes on and on."""


class Forms:
    """A function with all its changes, of which one at a time is made.

    Parameters
    ----------
    node : ast.FunctionDef
    kinds : dict of str to str
        Of which kind the values of its names are: see `kinds_in`.
    space : dict
        The names that its code reads.
    seconds : float
        CPU time after which its loops end.

    Attributes
    ----------
    changes : list of Change
        The number of each is its place here.

    Raises
    ------
    CannotBeTried
    """

    def __init__(
        self,
        node: ast.FunctionDef,
        kinds: Mapping[str, str],
        space: Mapping[str, Any],
        seconds: float,
    ) -> None:
        try:
            switched = Switched(node, kinds)
            if len(switched.changes) > MOST_CHANGES:
                raise CannotBeTried
            code = compile(switched.tree, "a change", "exec")
        except (RecursionError, SyntaxError, ValueError, TypeError):
            raise CannotBeTried from None
        self.changes = switched.changes
        self._node = node
        self._ends = time.process_time() + seconds
        self._space = {**space, BOUNDED: bounded(self._ends), OUTER: outer, PICK: NONE}
        exec(code, self._space)
        self._function: Callable[..., Any] = self._space[node.name]

    def form(self, number: int) -> Callable[..., Any]:
        """The function with one change; it is the last one asked for that is made."""
        self._space[PICK] = number
        return self._function

    def leaves_unread(self, change: Change) -> bool:
        """Whether nothing reads any more what a change puts another value in the place of."""
        if not isinstance(change.node, ast.Name):
            return False
        name = change.node.id
        uses = [n for n in ast.walk(self._node) if isinstance(n, ast.Name) and n.id == name]
        return sum(isinstance(use.ctx, ast.Load) for use in uses) == 1 < len(uses)

    @property
    def time_is_up(self) -> bool:
        return time.process_time() > self._ends


def bounded(ends: float) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Give what goes through values, but not for ever."""

    def go(values: Iterable[Any]) -> Iterator[Any]:
        for number, value in enumerate(values):
            if number > MOST_ROUNDS or time.process_time() > ends:
                raise TooLong
            yield value

    return go


def outer(a: Any, b: Any) -> Any:
    """Give np.outer, if that isn't too large: what is made of it again and again grows so."""
    if np.size(a) * np.size(b) > LARGEST:
        raise TooLong
    return np.outer(a, b)


def can_be_tried(node: ast.FunctionDef) -> bool:
    """Tell whether a function may be called some hundred times with changes in it."""
    lines = (node.end_lineno or 0) - (node.body[0].end_lineno or 0)
    if not node.args.args or lines > MOST_LINES:
        return False
    if node.decorator_list or node.args.defaults or node.args.vararg or node.args.kwarg:
        return False
    parts = list(ast.walk(node))
    if any(puts_into_itself(part) for part in parts):
        return False  # NumPy would make an array of that for ever
    return not any(
        isinstance(part, NOT_TRIED) or (isinstance(part, ast.Name) and part.id in EFFECTS)
        for part in parts
    )


def puts_into_itself(part: ast.AST) -> bool:
    match part:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name)), args=[*_, ast.Name(id=other)]):
            return name == other
    return False


def kinds_in(function: FunctionType, call: Callable[[], object]) -> dict[str, str]:
    """Find of which kind the values of a function's names are when something calls it."""
    kinds: dict[str, str] = {}

    def look(frame: FrameType, event: str, value: object) -> None:
        if event == "return" and frame.f_code is function.__code__:
            kinds.update((name, kind(value)) for name, value in frame.f_locals.items())

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        call()
    finally:
        sys.setprofile(before)
    return kinds


def kind(value: object) -> str:
    return "list" if isinstance(value, (list, tuple)) else "numbers"


def rank(change: Change) -> tuple[int, int]:
    """Give what sorts the likeliest change first."""
    return RANKS[change.kind], change.line


def told(change: Change, key: str) -> Said:
    """Give what is said of a change: the line, the place in it, and what is asked of that."""
    text = ast.unparse(change.node).partition("\n")[0]
    text = text if len(text) <= WIDEST else f"{text[:WIDEST]} ..."
    at = max((i for i, one in enumerate(change.around) if isinstance(one, ast.stmt)), default=0)
    whole, *around = [ast.unparse(one).partition("\n")[0] for one in change.around[at:]] or [text]
    wider = [one for one in around[::-1] if len(text) < len(one) <= WIDEST if whole.count(one) == 1]
    unclear = len(text) < SHORT or whole.count(text) != 1
    place: Said = said("change.place", place=text)
    if unclear and wider:
        place = said("change.place_in", place=text, around=wider[0])
    within = around[-1].partition("(")[0] if around else ""
    of_a_slice = any(isinstance(one, ast.Slice) for one in change.around)
    kind = "slice" if of_a_slice else ASKED_WITHIN.get(within, change.kind)
    if kind == "turned" and not isinstance(change.node, ast.BinOp):
        kind = "turned_alone"
    kind = "size" if kind == "range" and change.kind == "name" else kind
    return said(key, line=change.line, place=place, question=said(f"change.{kind}"))
