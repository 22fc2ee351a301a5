"""The forms that small changes give a function; whoever calls them judges what they return."""

from __future__ import annotations

import ast
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import FrameType, FunctionType
from typing import Any

import numpy as np

from .phrases import Said, said
from .switched import BOUNDED, OUTER, PICK, Change, Switched

MOST_CHANGES, MOST_LINES, MOST_ROUNDS = 1000, 40, 2000
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
    "under_condition", "never", "gives", "in_place", "copied",
)  # fmt: skip
#: What is asked about anything that stands in a call of these.
ASKED_WITHIN = {"len": "size", "range": "range"}
#: Changes that leave something out, or ask something else of it than its value.
WITHOUT = {"call", "part", "slope", "compared", "function", "needed"}
RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


class CannotBeTried(Exception):
    """The function is not one that may be called some hundred times with changes in it."""


class TooLong(Exception):
    """A loop goes on and on."""


class Forms:
    """A function with all its changes, of which one at a time is made.

    Parameters
    ----------
    nodes : sequence of ast.FunctionDef
        The function, and those that it calls and that are changed too: see `helpers`.
    kinds : dict of str to (dict of str to str)
        For each of them: of which kind the values of its names are. See `kinds_in`.
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
        nodes: Sequence[ast.FunctionDef],
        kinds: Mapping[str, Mapping[str, str]],
        space: Mapping[str, Any],
        seconds: float,
    ) -> None:
        self.changes: list[Change] = []
        self._nodes = nodes
        self._ends = time.process_time() + seconds
        self._space = {**space, BOUNDED: bounded(self._ends), OUTER: outer, PICK: NONE}
        for node in nodes:
            try:
                called = node is not nodes[0]
                known = kinds.get(node.name, {})
                switched = Switched(node, known, len(self.changes), called=called)
                if len(self.changes) + len(switched.changes) > MOST_CHANGES:
                    raise CannotBeTried
                code = compile(switched.tree, "a change", "exec")
            except (RecursionError, SyntaxError, ValueError, TypeError):
                raise CannotBeTried from None
            self.changes += switched.changes
            exec(code, self._space)
        self._function: Callable[..., Any] = self._space[nodes[0].name]

    def form(self, number: int) -> Callable[..., Any]:
        """The function with one change; it is the last one asked for that is made."""
        self._space[PICK] = number
        return self._function

    def is_doubtful(self, change: Change) -> bool:
        """Whether another line may be the wrong one: one that makes a value, or is called."""
        return self._leaves_unread(change) or self._replaces_called(change)

    def _replaces_called(self, change: Change) -> bool:
        """Whether a change does without what a function gives that is changed itself as well."""
        called = {node.name for node in self._nodes[1:]}
        names = {part.id for part in ast.walk(change.node) if isinstance(part, ast.Name)}
        return change.kind in WITHOUT and bool(called & names)

    def _leaves_unread(self, change: Change) -> bool:
        """Whether nothing reads any more what a change puts another value in the place of."""
        if not isinstance(change.node, ast.Name):
            return False
        name = change.node.id
        within = next(node for node in self._nodes if _holds(node, change.line))
        uses = [n for n in ast.walk(within) if isinstance(n, ast.Name) and n.id == name]
        return sum(isinstance(use.ctx, ast.Load) for use in uses) == 1 < len(uses)

    @property
    def time_is_up(self) -> bool:
        return time.process_time() > self._ends


def _holds(node: ast.FunctionDef, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


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
    arguments = node.args
    if node.decorator_list or arguments.vararg or arguments.kwarg or arguments.kwonlyargs:
        return False
    if not all(isinstance(default, ast.Constant) for default in arguments.defaults):
        return False
    parts = list(ast.walk(node))
    if any(puts_into_itself(part) for part in parts):
        return False  # NumPy would make an array of that for ever
    return not any(
        isinstance(part, NOT_TRIED) or (isinstance(part, ast.Name) and part.id in EFFECTS)
        for part in parts
    )


def helpers(
    node: ast.FunctionDef, body: Iterable[ast.stmt], asked: Collection[str]
) -> list[ast.FunctionDef]:
    """Give the functions of a file that one of it calls, and what these call, if they can be tried.

    What others that are asked for use too is no place where this one alone goes wrong.

    Parameters
    ----------
    node : ast.FunctionDef
    body : iterable of ast.stmt
        The file's statements.
    asked : collection of str
        Functions that are looked at by themselves.
    """
    made = [one for one in map(defines, body) if one]
    others = [one for one in made if one.name in asked and one.name != node.name]
    shared = {part.id for one in others for part in ast.walk(one) if isinstance(part, ast.Name)}
    defined = {one.name: one for one in made if one.name not in {*asked, *shared}}
    found = [node]
    for one in found:
        called = {part.id for part in ast.walk(one) if isinstance(part, ast.Name)}
        new = (defined[name] for name in sorted(called & defined.keys()))
        found += [helper for helper in new if helper not in found and can_be_tried(helper)]
    return found[1:]


def defines(statement: ast.stmt) -> ast.FunctionDef | None:
    """Give the function that a statement defines, as if ``def`` did it; None if it defines none."""
    match statement:
        case ast.FunctionDef():
            return statement
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda(args=arguments, body=body)):
            returned = ast.copy_location(ast.Return(body), body)
            made = ast.FunctionDef(name, arguments, [returned], [])
            return ast.copy_location(made, statement)
    return None


def puts_into_itself(part: ast.AST) -> bool:
    match part:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name)), args=[*_, ast.Name(id=other)]):
            return name == other
    return False


def kinds_in(
    function: FunctionType, nodes: Sequence[ast.FunctionDef], call: Callable[[], object]
) -> dict[str, dict[str, str]]:
    """Find of which kind the values of a function's names are when something calls it.

    Parameters
    ----------
    function : function
    nodes : sequence of ast.FunctionDef
        It, and what it calls, whose names are looked at too.
    call : callable
    """
    functions = {one.name: function.__globals__.get(one.name) for one in nodes}
    functions[nodes[0].name] = function
    kinds: dict[str, dict[str, str]] = {name: {} for name in functions}
    codes = {one.__code__: n for n, one in functions.items() if isinstance(one, FunctionType)}

    def look(frame: FrameType, event: str, value: object) -> None:
        if event == "return" and frame.f_code in codes:
            found = kinds[codes[frame.f_code]]
            found.update((name, kind(value)) for name, value in frame.f_locals.items())

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


def conditions(change: Change) -> list[int]:
    """Give the lines of the conditions under which the line of a change stands."""
    heads = {node.lineno for node in change.around if isinstance(node, ast.If)}
    return sorted(heads - {change.line})


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
