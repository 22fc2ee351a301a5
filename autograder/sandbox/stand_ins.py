"""Right functions in the places of a student's: whoever calls one is answered by the grader.

The function object itself is given other code, so that each reference to it is reached: an alias, a
default argument, a partial, a table, a class attribute, a closure. What is no Python function is
replaced wherever something of the student's holds it.
"""

from __future__ import annotations

import gc
import inspect
import operator
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from . import wire

#: Answers a call of a function: its name and arguments in the contract's order.
Ask = Callable[[str, tuple[Any, ...]], Any]


def _template(*args: Any, **kwargs: Any) -> Any:
    answer: Any = "answer"
    return answer(args, kwargs)


class StandIns:
    """Puts stand-ins in the places of some functions of the contract.

    Parameters
    ----------
    names : sequence of str
        The functions.
    parameters : mapping of str to (sequence of str)
        The contract's parameters of every function.
    ask : callable
    """

    def __init__(
        self, names: Sequence[str], parameters: Mapping[str, Sequence[str]], ask: Ask
    ) -> None:
        self._names = names
        self._parameters = parameters
        self._ask = ask
        self._seen: dict[tuple[str, str], object] = {}

    def wanted(self, functions: Sequence[str]) -> list[str]:
        """Those of the functions that a stand-in is wanted for."""
        return [name for name in functions if name in self._names]

    def put_into(self, module: types.ModuleType, functions: Sequence[str]) -> None:
        """Put stand-ins in the places of what a module has under these names by now."""
        space = vars(module)
        for name in self.wanted(functions):
            found = space.get(name)
            if found is not None and found is not self._seen.get((module.__name__, name)):
                self._seen[module.__name__, name] = space[name] = self._in_place_of(found, name)

    def _in_place_of(self, found: object, name: str) -> object:
        """Make every reference to a function one to its stand-in, and return what stands there."""
        if isinstance(found, types.FunctionType):
            _give_code(found, self._answer(name, found))
            return found
        if isinstance(found, types.MethodType):
            bound = self._answer(name, found)
            _give_code(found.__func__, lambda args, kwargs: bound(args[1:], kwargs))
            return found
        stand_in = self.function(name, found)
        _replace(found, stand_in)
        return stand_in

    def function(self, name: str, like: object = None) -> types.FunctionType:
        """Make a stand-in that takes the arguments which `like` takes, or the contract's."""
        stand_in = types.FunctionType(_template.__code__, {})
        _give_code(stand_in, self._answer(name, like))
        return stand_in

    def _answer(self, name: str, like: object) -> Callable[[Any, Any], Any]:
        signature = _signature(like, self._parameters[name])

        def answer(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
            try:
                bound = signature.bind(*args, **kwargs)
            except TypeError:
                # It is called as the contract says, and not as it is defined.
                bound = _signature(None, self._parameters[name]).bind(*args, **kwargs)
            bound.apply_defaults()
            ordered = _in_order(bound, self._parameters[name])
            try:
                return wire.copy(self._ask(name, ordered))
            except ValueError:
                # The student's own function has its parameters in another order than its callers.
                if kwargs or len(args) != len(ordered) or all(map(operator.is_, args, ordered)):
                    raise
                return wire.copy(self._ask(name, args))

        return answer


def _give_code(function: Any, answer: Callable[[Any, Any], Any]) -> None:
    code = _template.__code__
    consts = tuple(answer if const == "answer" else const for const in code.co_consts)
    # A closure's new code must name as many free variables as its own.
    free = function.__code__.co_freevars
    function.__code__ = code.replace(co_consts=consts, co_freevars=free)
    function.__defaults__ = function.__kwdefaults__ = None


def _signature(function: object, parameters: Sequence[str]) -> inspect.Signature:
    """The parameters of a student's function; the contract's, where it has none of its own."""
    try:
        return inspect.signature(function, follow_wrapped=False)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        return inspect.Signature([inspect.Parameter(name, kind) for name in parameters])


def _in_order(bound: inspect.BoundArguments, parameters: Sequence[str]) -> tuple[Any, ...]:
    """What was given for the contract's parameters, by their names or else by their places."""
    named: dict[str, Any] = {}
    unnamed: list[Any] = []
    for name, value in bound.arguments.items():
        kind = bound.signature.parameters[name].kind
        if kind is inspect.Parameter.VAR_POSITIONAL:
            unnamed += value
        elif kind is inspect.Parameter.VAR_KEYWORD:
            named |= value
        elif name in parameters:
            named[name] = value
        else:
            unnamed.append(value)
    rest = iter(unnamed)
    found = [named[name] if name in named else next(rest, None) for name in parameters]
    return tuple(found)


def _replace(old: object, new: object) -> None:
    """Replace an object wherever something of the student's holds it, but for NumPy and Python."""
    others = {
        id(vars(module))
        for name, module in list(sys.modules.items())
        if isinstance(module, types.ModuleType)
        and name.partition(".")[0] in sys.stdlib_module_names | {"numpy", "_grader"}
    }
    for holder in gc.get_referrers(old):
        if id(holder) in others or isinstance(holder, types.FrameType):
            continue
        if isinstance(holder, dict):
            holder.update({key: new for key, value in holder.items() if value is old})
        elif isinstance(holder, list):
            holder[:] = [new if item is old else item for item in holder]
        elif isinstance(holder, types.CellType):
            holder.cell_contents = new
        elif isinstance(holder, partial):
            function = new if holder.func is old else holder.func
            args = tuple(new if item is old else item for item in holder.args)
            holder.__setstate__(  # type: ignore[attr-defined]
                (function, args, holder.keywords, vars(holder))
            )
        elif isinstance(holder, tuple):
            _replace_default(holder, old, new)


def _replace_default(defaults: tuple[Any, ...], old: object, new: object) -> None:
    for holder in gc.get_referrers(defaults):
        if isinstance(holder, types.FunctionType) and holder.__defaults__ is defaults:
            holder.__defaults__ = tuple(new if item is old else item for item in defaults)
