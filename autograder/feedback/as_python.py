"""Calls as Python: lines that can be pasted into a file or a prompt of one's own."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.assignment.probe import Probe, numbers_in
from autograder.diagnosis.example import Example
from autograder.sandbox.outcome import Raised, Returned, clean
from autograder.source.phrases import Phrases

#: What tells a number from all others.
ALL_DIGITS = 17
#: Fewer numbers of an input are told in a sentence; more than the other nobody pastes.
FEWEST_PASTED, MOST_PASTED = 7, 60


def lines_to_run(
    example: Example | None, say: Phrases, *, stops: bool, imported: bool, told: bool
) -> tuple[str, ...]:
    """The call that an example shows, with a line for each argument, below what it needs.

    Parameters
    ----------
    example : Example or None
    say : Phrases
    stops : bool
        Whether it is told that the function stops, so that it must be said if this call does not.
    imported : bool
        Whether the function can be imported by its own name from the file that is asked for.
    told : bool
        Whether a sentence tells the input.

    Returns
    -------
    tuple of str
        Empty where the numbers are so few that a sentence tells them, or too many.
    """
    if example is None:
        return ()
    names, arguments = example.exercise.parameters, example.probe.arguments
    # No sentence tells the input at which it stops, and no table that of too many or few numbers.
    fewest = FEWEST_PASTED if _is_told(example, told) else 1
    if not fewest <= numbers_in(arguments) <= MOST_PASTED:
        return ()
    given = [
        line
        for name, value in zip(names, arguments, strict=True)
        for line in _assigned(name, value)
    ]
    comes = ""
    if isinstance(example.outcome, Raised):
        # Beside what cannot be imported, it is another error that is met.
        ends = f"  # {say('text.call_stops', error=example.outcome.type)}"
        comes = ends if imported else ""
    elif stops:
        comes = f"  # {say('text.call_does_not_stop')}"
    function = example.exercise.name
    needed = ["import numpy as np"] if any("np." in line for line in given) else []
    if imported:
        needed.append(f"from {example.exercise.file.removesuffix('.py')} import {function}")
    return (*needed, *given, f"print({function}({', '.join(names)})){comes}")


def _is_told(example: Example, in_sentence: bool) -> bool:
    """Whether a sentence or the head of a table tells the input."""
    if not isinstance(example.outcome, Returned):
        return False
    is_table = example.exercise.picture == "jacobian" and bool(example.right)
    return example.given is None or example.has_right_shapes if is_table else in_sentence


def _assigned(name: str, value: Any) -> list[str]:
    """An argument as lines of Python; an array that stands in a list twice is made once."""
    items = value if isinstance(value, list) else []
    twice = {id(item): item for item in items if sum(item is other for other in items) > 1}
    arrays = {key: item for key, item in twice.items() if isinstance(item, np.ndarray)}
    names = {key: f"same_{number}" for number, key in enumerate(arrays, 1)}
    if not names:
        return [f"{name} = {literal(value)}"]
    made = [f"{names[key]} = {literal(item)}" for key, item in arrays.items()]
    return [*made, f"{name} = [{', '.join(names.get(id(i)) or literal(i) for i in items)}]"]


def call(probe: Probe) -> str:
    """The call of a probe as Python."""
    return f"{probe.function}({', '.join(map(literal, probe.arguments))})"


def literal(value: Any, digits: int = ALL_DIGITS) -> str:
    """A value as Python, its numbers to so many digits; of what is no such, its type."""
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            return f"<array of {clean(array.dtype.name)}>"
        usual = array.size and array.dtype.name in ("float64", "int64", "bool")
        form = "" if usual else f", dtype={array.dtype.name!r}"
        return f"np.array({literal(array.tolist(), digits)}{form})"
    if isinstance(value, list | tuple):
        inside = ", ".join(literal(item, digits) for item in value)
        if isinstance(value, list):
            return f"[{inside}]"
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, float):
        return repr(float(f"{value:.{digits}g}")) if np.isfinite(value) else f"float('{value}')"
    if value is None or isinstance(value, int):
        return repr(value)
    return clean(repr(value)) if isinstance(value, str) else f"<{type(value).__name__}>"
