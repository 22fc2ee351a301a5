"""Entries of a list that one line writes and another writes over, as seen in a call."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from ..trees import walk


def may_be_buried(function: ast.FunctionDef) -> bool:
    """Tell whether several lines of a function write entries of one list or array."""
    into = Counter(
        node.value.id
        for node in walk(function)
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)
        if isinstance(node.value, ast.Name)
    )
    return any(times > 1 for times in into.values())


@dataclass
class Written:
    """How many entries the lines of some code wrote into its lists, and how many did not stay.

    Attributes
    ----------
    entries : Counter of int
        By line.
    buried : Counter of int
        Those among them that another line wrote over.
    """

    entries: Counter[int] = field(default_factory=Counter)
    buried: Counter[int] = field(default_factory=Counter)

    def buries(self, before: Written) -> bool:
        """Whether no entry that a line wrote stays, where all of them stayed before."""
        return any(
            0 < times == self.buried[line] and before.entries[line] and not before.buried[line]
            for line, times in self.entries.items()
        )


def written(call: Callable[[], object], file: str) -> Written:
    """Give what is written into lists while something is called.

    Parameters
    ----------
    call : callable
    file : str
        The name under which the code was compiled that is looked at.
    """
    found = Written()

    def enter(frame: FrameType, event: str, value: object) -> Callable[..., Any] | None:
        return _Lists(found).look if frame.f_code.co_filename == file else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        call()
    finally:
        sys.settrace(before)
    return found


class _Lists:
    """The lists of one call of a function, each as it was a line before."""

    def __init__(self, found: Written) -> None:
        self._found = found
        self._line = 0
        self._known: dict[str, tuple[list[Any], list[Any]]] = {}
        self._by: dict[str, dict[int, int]] = {}

    def look(self, frame: FrameType, event: str, value: object) -> Callable[..., Any]:
        if event in ("line", "return"):
            for name, one in frame.f_locals.items():
                if isinstance(one, list):
                    self._compare(name, one)
            self._line = frame.f_lineno
        return self.look

    def _compare(self, name: str, now: list[Any]) -> None:
        """Count what the line before wrote into a list; one that grows is another one."""
        same, old = self._known.get(name, (None, []))
        self._known[name] = now, [*now]
        if same is not now or len(old) != len(now):
            self._by[name] = {}
            return
        by = self._by[name]
        for at, (was, entry) in enumerate(zip(old, now, strict=True)):
            if was is not entry:
                self._found.entries[self._line] += 1
                if by.get(at, self._line) != self._line:
                    self._found.buried[by[at]] += 1
                by[at] = self._line
