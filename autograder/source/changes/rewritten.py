"""A function whose code is written anew, to be called many times with something else in it."""

from __future__ import annotations

import ast
import itertools
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from .reached import Reached, Unit
from .switched import BOUNDED, GOES_ON

#: Calls a function once, with what it is called with.
Call = Callable[[Callable[..., Any]], object]
MOST_ROUNDS = 2000
#: What goes through as many rounds as several loops, one within the other; so many rounds more are
#: left for that in all calls together, lest their time be up.
MOST_FURTHER = 400_000
_SEVERAL_LOOPS = (itertools.product, np.ndenumerate, np.ndindex)


class CannotBeTried(Exception):
    """The function is not one that may be called some hundred times with changes in it."""


class TooLong(Exception):
    """A loop goes on and on."""


class Rewritten(ABC):
    """A function whose code is written anew, so that something in it can be chosen for each call.

    What can be chosen is numbered; each kind gives the function with it in its own ``form``.

    Parameters
    ----------
    reach : Reached
        The function, and what it calls and is written anew, too.
    space : dict
        The names that its code reads.
    seconds : float
        CPU time after which its loops end.
    """

    def __init__(self, reach: Reached, space: Mapping[str, Any], seconds: float) -> None:
        self._units = reach.units
        self._ends = time.process_time() + seconds
        self._rounds = 0
        self._function: Callable[..., Any]
        own = {BOUNDED: bounded(self._ends), GOES_ON: self._goes_on}
        self._space = {"np": np, **space, **own}

    def _make(self, reach: Reached, rewrite: Callable[[Unit], ast.stmt], called: str) -> None:
        """Run the code that is written anew; raises ``CannotBeTried`` where that can't be."""
        try:
            made = {unit: rewrite(unit) for unit in reach.units}
            body = [one for unit, one in made.items() if unit.of is None]
            body += [with_methods(one, made) for one in reach.anew]
            exec(compile(ast.Module(body, []), called, "exec"), self._space)
        except CannotBeTried:
            raise
        except Exception:  # the file's own classes are made once more
            raise CannotBeTried from None
        self._function = self._space[reach.units[0].name]

    @property
    @abstractmethod
    def count(self) -> int:
        """How much there is to choose from."""

    def _goes_on(self) -> bool:
        """Whether one more round of a ``while`` may be, of all that a call goes through."""
        self._rounds += 1
        if self._rounds > MOST_ROUNDS or self.time_is_up:
            raise TooLong
        return True

    @property
    def time_is_up(self) -> bool:
        return time.process_time() > self._ends


def with_methods(statement: ast.stmt, switched: Mapping[Unit, ast.stmt]) -> ast.stmt:
    """Give a class with all changes in its methods; any other statement as it is."""
    if not isinstance(statement, ast.ClassDef):
        return statement
    methods: dict[ast.stmt, ast.stmt] = {}
    for unit, made in switched.items():
        if unit.of is statement and isinstance(made, ast.FunctionDef):
            made.decorator_list = unit.node.decorator_list
            methods[unit.node] = made
    body = [methods.get(one, one) for one in statement.body]
    fields = {**dict(ast.iter_fields(statement)), "body": body}
    return ast.copy_location(ast.ClassDef(**fields), statement)


def bounded(ends: float) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Give what goes through values, but not for ever."""
    further = MOST_FURTHER

    def go(values: Iterable[Any]) -> Iterator[Any]:
        nonlocal further
        has_further = isinstance(values, _SEVERAL_LOOPS)
        for number, value in enumerate(values):
            if number > MOST_ROUNDS:
                further -= has_further
                if not has_further or further < 0:
                    raise TooLong
            if time.process_time() > ends:
                raise TooLong
            yield value

    return go
