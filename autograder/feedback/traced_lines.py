"""What the student's own lines make of the input that is shown, beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.feedback.own_numbers import MOST_IN_SENTENCE, number_list
from autograder.feedback.parts import LEFT_OUT, Line
from autograder.sandbox.outcome import Made, Trace
from autograder.sandbox.wire import Unsendable
from autograder.source.crashes.crash import Listed
from autograder.source.phrases import Phrases

#: Letters that stand beside a line.
LONGEST = 72
#: Lines of which it is told.
MOST_LINES = 12
#: An entry that a masked array hides, as NumPy prints it.
MASKED = "--"
#: Spaces, that it is an array, and a decimal point behind which there is nothing.
_WITHOUT_MEANING = re.compile(
    r"\b(?:np|numpy)\.(?:as)?array\(|, *dtype *= *\w+|[\s()]|(?<=\d)\.0*(?!\d)"
)
#: A number that is a text.
_NUMBER = re.compile(r"[-+.\deE]{1,20}")


def with_values(
    line: Line, trace: Trace, say: Phrases, first: int = 0, quoted: Collection[str] = ()
) -> Line:
    """Some lines with what they make, or that they are not run.

    Parameters
    ----------
    line : Line
    trace : Trace
        Of the input that is shown.
    say : Phrases
    first : int, optional
        Where nothing is marked, the line that goes before others if there are too many.
    quoted : collection of str, optional
        The words that the student's file has in quotes: no other text is shown but a number.
    """
    shown = [(number, code) for number, code in line.code if code.strip() != LEFT_OUT]
    told = [(number, code, _of_line(number, trace, say, quoted)) for number, code in shown]
    made = [(number, text) for number, code, text in told if text and not _says(code, text)]
    if len(made) > MOST_LINES:
        at = line.number or first or made[0][0]
        near = sorted(made, key=lambda one: (abs(one[0] - at), one[0] > at))[:MOST_LINES]
        made = [one for one in made if one in near]
    return replace(line, made=tuple(made))


def _says(code: str, told: str) -> bool:
    """Whether a line says itself what it makes."""
    return _plain(code.split("#")[0]) == _plain(told.replace("returns ", "return ", 1))


def _plain(text: str) -> str:
    """Some code, or a value, without what says nothing of the numbers in it."""
    return _WITHOUT_MEANING.sub("", text)


def _of_line(number: int, trace: Trace, say: Phrases, quoted: Collection[str]) -> str:
    if number in trace.missed:
        # Where it stops, nothing below is run.
        return say("traced.not_run") if trace.outcome else ""
    shown = [made for made in trace.made if made.line == number and not _counts(made)]
    texts = [_one(made, say, quoted) for made in shown]
    while texts and len(say("traced.and").join(texts)) > LONGEST:
        texts.pop()
    return say("traced.and").join(filter(None, texts))


def _counts(made: Made) -> bool:
    """Whether it counts the rounds of a loop, as most do."""
    values = [value for _, value in made.values if type(value) is int]
    return len(values) == len(made.values) > 1 and values == list(range(len(values)))


def _one(made: Made, say: Phrases, quoted: Collection[str]) -> str:
    """What came of one name, in the first rounds as far as there is room."""
    texts = [
        repr(value)
        if isinstance(value, str) and whole and value in quoted
        else _value(whole, value, say)
        for whole, value in made.values
    ]
    if len(set(texts)) == 1:  # The same in few digits, or of one shape.
        texts = texts[:1]
    key = "traced.gives" if made.name else "traced.returns"
    if made.alike and made.rounds > 1:
        told = say("traced.each_time", told=say(key, name=made.name, values=texts[0]))
        return told if len(told) <= LONGEST else ""
    while texts:
        more = say("traced.more") if len(texts) < made.rounds else ""
        told = say(key, name=made.name, values=say("traced.then").join(texts) + more)
        if len(told) <= LONGEST:
            return told
        texts.pop()
    return ""


def _value(whole: bool, value: Any, say: Phrases) -> str:
    """A value as it is read at a glance."""
    if not whole:
        return _of_shape(value, say)
    match value:
        case np.ndarray() if value.size > MOST_IN_SENTENCE or value.ndim > 2:
            return _of_shape(value.shape, say)
        case bool() | np.bool_() | None:
            return str(value)
        case np.ndarray() if value.dtype == bool:
            return str(value.tolist())
        case int() | float() | np.ndarray():
            return number_list(value)
        case str() if _NUMBER.fullmatch(value):
            return repr(value)
        case list() | tuple():
            return _of_list(value, say)
        case Unsendable(type_name="MaskedConstant"):
            return MASKED
        case Unsendable(type_name=kind):
            return say("traced.kind", kind=kind)
    return say("traced.kind", kind=type(value).__name__)


def _of_list(items: Sequence[Any], say: Phrases) -> str:
    """A list or a tuple, or of a long one its length and its last item, which came last."""
    is_list = isinstance(items, list)
    marks = "[{}]" if is_list else "({})"
    if _numbers(items) <= MOST_IN_SENTENCE:
        return marks.format(", ".join(_value(True, item, say) for item in items))
    last = _value(True, items[-1], say)
    return say("traced.list" if is_list else "traced.tuple", count=len(items), last=last)


def _numbers(items: Sequence[Any]) -> int:
    return sum(_numbers(one) if isinstance(one, list | tuple) else np.size(one) for one in items)


def _of_shape(shape: Any, say: Phrases) -> str:
    if isinstance(shape, str):
        return say("traced.kind", kind=shape)
    if isinstance(shape, Listed):
        return say("traced.listed", kind=shape.kind, count=shape[0])
    return say("traced.shape", shape=str(tuple(shape)))
