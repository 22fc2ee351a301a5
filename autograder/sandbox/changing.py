"""Try the small changes of a student's function, in the process that runs it.

What is right is not known here: the grader is told what each change returns.
"""

from __future__ import annotations

import ast
import contextlib
import json
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from types import FunctionType
from typing import Any, NamedTuple

from ..source.changes.filled import Filled
from ..source.changes.fitting import Quantities
from ..source.changes.forms import NONE, Forms, Outcomes, Watched, conditions, kinds_in, told
from ..source.changes.reached import Reached, can_be_tried, reached
from ..source.changes.rewritten import CannotBeTried
from . import calling, wire
from .calling import Call
from .modules import Files, file_path

#: Seconds of CPU time for all changes of one function; a slow machine has needed half of them.
LONGEST = 4.0
#: Calls in which what stands somewhere is compared with what is known.
COMPARED = 8
#: Calls in which it is looked which line writes over what another one wrote.
WATCHED = 3


class Changes:
    """The changes of a submission's functions.

    Parameters
    ----------
    files : Files
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._made: dict[tuple[str, bool], Forms | Filled | None] = {}

    def tried(
        self,
        serial: int,
        module: str,
        function: object,
        numbers: Sequence[int],
        beside: int,
        quantities: Sequence[Quantities],
        calls: Sequence[Call],
    ) -> bytes:
        """Call some forms of a function, or all; see ``worker`` for what is answered."""
        right = quantities or [()] * len(calls)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            forms = self._tried_of(module, function, calls[0].arguments, right[0])
            if forms is None:
                return _frame(serial)
            if isinstance(forms, Forms):
                forms.beside = beside if 0 <= beside < forms.count else NONE
            trials = [
                _Trial(call, wire.dumps(call.arguments), values)
                for call, values in zip(calls, right, strict=True)
            ]
            answers = _Answers()
            asked = list(numbers) or range(forms.count)
            rows = [[answers.place_of(forms, number, one) for one in trials] for number in asked]
            if isinstance(forms, Filled) and numbers:
                for one in trials[:COMPARED]:
                    once = partial(_called, arguments=one.call.arguments)
                    forms.compare(numbers, once, one.call.arguments, one.quantities)
        if forms.time_is_up:
            return _frame(serial)
        few = [partial(_called, arguments=one.arguments) for one in calls[:WATCHED]]
        watched = forms.watched(few) if numbers and isinstance(forms, Forms) else []
        outcomes = partial(_outcomes, trials[:WATCHED])
        listed = [_told(forms, number, watched, outcomes) for number in numbers]
        return _frame(serial, rows, answers.values, json.dumps(listed))

    def _tried_of(
        self, module: str, function: object, arguments: tuple[Any, ...], quantities: Quantities
    ) -> Forms | Filled | None:
        """A function with its changes, or with right values for its places, made once."""
        if not isinstance(function, FunctionType):
            return None
        of = f"{module}.{function.__name__}", bool(quantities)
        if of not in self._made:
            reach = self._reached(module, function)
            self._made[of] = _made(reach, function, arguments, quantities) if reach else None
        return self._made[of]

    def _reached(self, module: str, function: FunctionType) -> Reached | None:
        """A function with what it calls, if it can be tried."""
        node = self._node(module, function)
        if node is None or not can_be_tried(node):
            return None
        return reached(node, self._files.body(module), self._files.asked(module))

    def _node(self, module: str, function: FunctionType) -> ast.FunctionDef | None:
        """Where a function stands in its file; None if it is none that stands there by itself."""
        code = function.__code__
        if code.co_filename != file_path(module) or function.__closure__:
            return None
        for node in self._files.body(module):
            if isinstance(node, ast.FunctionDef) and node.lineno == code.co_firstlineno:
                return node if node.name == code.co_name else None
        return None


def _made(
    reach: Reached, function: FunctionType, arguments: tuple[Any, ...], quantities: Quantities
) -> Forms | Filled | None:
    """What is tried of a function; None where it can't be called so often."""
    once = partial(_called, arguments=arguments)
    with contextlib.suppress(CannotBeTried):
        if not quantities:
            kinds = kinds_in(function, reach.units, partial(once, function))
            return Forms(reach, kinds, function.__globals__, LONGEST)
        filled = Filled(reach, function.__globals__, LONGEST)
        filled.look(once, quantities)
        return filled
    return None


class _Trial(NamedTuple):
    """A call on which forms are tried.

    Attributes
    ----------
    call : Call
    encoded : bytes
        Its arguments, which a form has to leave alone.
    quantities : Quantities
        Right values of steps on the way; none where these are not what is tried.
    """

    call: Call
    encoded: bytes
    quantities: Quantities


class _Answers:
    """What was returned, each once: most changes do nothing, or stop."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[bytes, int] = {}

    def place_of(self, forms: Forms | Filled, number: int, trial: _Trial) -> int:
        """Where among them is what a form returns; `NONE` if it returns nothing that counts."""
        function = None if forms.time_is_up else _form(forms, number, trial)
        encoded = None if function is None else _returned(function, trial)
        if encoded is None:
            return NONE
        if encoded not in self._places:
            self._places[encoded] = len(self.values)
            # A later call may write into what was returned.
            self.values.append(wire.loads(encoded))
        return self._places[encoded]


def _form(forms: Forms | Filled, number: int, trial: _Trial) -> Callable[..., Any] | None:
    """A form of a function; None for a change that nobody is to be told of."""
    if isinstance(forms, Filled):
        return forms.form(number, trial.quantities)
    return None if forms.displaces_appended(number) else forms.form(number)


def _returned(function: Callable[..., Any], trial: _Trial) -> bytes | None:
    """What a call returns that leaves its arguments alone, as bytes."""
    try:
        value, after = calling.returned(function, trial.call)
        return wire.dumps(value) if wire.dumps(after) == trial.encoded else None
    except BaseException:
        return None


def _outcomes(trials: Sequence[_Trial], function: Callable[..., Any]) -> list[bytes | None]:
    """What some calls return, as bytes."""
    return [_returned(function, one) for one in trials]


def _called(function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Call a function for what is seen of it on the way."""
    with contextlib.suppress(BaseException):
        calling.returned(function, Call(arguments))


def _told(
    forms: Forms | Filled, number: int, watched: Watched, outcomes: Outcomes
) -> tuple[str, int, list[Any], bool, list[int], list[int]]:
    if isinstance(forms, Filled):
        line, filled = forms.told(number)
        return "filled", line, filled.as_json(), False, [], []
    edit = forms.edits[number]
    said = told(edit, "change.one_tried").as_json()
    doubtful = (
        forms.is_doubtful(edit)
        or forms.buries(number, watched)
        or forms.hides_a_line(number, outcomes)
    )
    return edit.kind, edit.line, said, doubtful, conditions(edit), forms.spares(edit)


def _frame(serial: int, *found: Any) -> bytes:
    try:
        return wire.frame(("tried", serial, *found))
    except wire.WireError:
        return wire.frame(("tried", serial))
