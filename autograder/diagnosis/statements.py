"""What every statement on a wrong answer passes before it is shown.

A statement is made of the inputs that were tried; it is shown only if the same is said once fresh
inputs are added that were drawn to contradict it. An example is shown only beside what it bears
out, and a sentence on the code only if what it speaks of stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from autograder.assignment.rows import Row
from autograder.sandbox.phrases import InARow, Said

#: Makes its statements of some rows; the same ones of other rows if they are true of both.
Observer = Callable[[list[Row]], Iterator[Said]]
#: A statement without its numbers.
Form = tuple[Any, ...]

_NUMBER = re.compile(r"[-+−]?\d[\d.]*(?:e[-+]?\d+)?|\b(?:nan|inf)\b")


def made_of_both(observer: Observer, rows: list[Row], fresh: Sequence[Row]) -> list[Said]:
    """The statements of an observer that fresh inputs leave standing."""
    made = list(observer(rows))
    if not made or not fresh:
        return made
    again = {form(one) for one in observer([*rows, *fresh])}
    return [one for one in made if form(one) in again]


def form(statement: Said) -> Form:
    """A statement without its numbers, which are those of the inputs that were tried."""
    return statement.key, *((name, _form_of(value)) for name, value in statement.values)


def _form_of(value: Any) -> Any:
    if isinstance(value, Said):
        return form(value)
    if isinstance(value, InARow):
        return tuple(map(_form_of, value.parts))
    return _NUMBER.sub("#", str(value))


def made_of(observers: Iterable[Observer], rows: list[Row]) -> set[Form]:
    """The forms of all that some observers say of some rows."""
    return {form(one) for observer in observers for one in observer(rows)}


# --- what is said of the student's code --------------------------------------------------------

#: What speaks of a loop that the student has; what only advises one does not.
_OF_A_LOOP = re.compile(
    r"\b(?:the|your|this|that|its|each|inside your|in your) loop\b|\beach round\b|\beach `range`",
    re.IGNORECASE,
)
_LOOK_FOR = re.compile(r"\b[Ll]ook for (?=[^.]*`)")
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z`(])")
_CODE = re.compile(r"`([^`]*)`")
_IN_CODE = re.compile(r"[^\W\d]\w*|[-+*/@]=|//|\[[^\[\]]*\]")
#: What stands for the student's own names, or is no telling one.
_TOO_COMMON = {"np", "numpy", "len", "error", "return", "range", "def"}


def said_of_code(text: str, words: frozenset[str]) -> str:
    """Leave out of a text the sentences on code that is not there.

    Parameters
    ----------
    text : str
    words : frozenset of str
        What stands in the function's code, by its syntax tree; empty where that is not known.
    """
    if not words:
        return text
    left = (_what_stands(sentence, words) for sentence in _SENTENCE.split(text))
    return " ".join(sentence for sentence in left if sentence)


def _what_stands(sentence: str, words: frozenset[str]) -> str:
    if "loop" not in words and _OF_A_LOOP.search(sentence):
        return ""
    advice = _LOOK_FOR.search(sentence)
    if advice is None:
        return sentence
    looked_for = sentence[advice.end() :]
    # It may also name what is no word of code, such as a division.
    if re.match(r"an? |something", looked_for) or re.search(r"\bor (?:for|an?|the)\b", looked_for):
        return sentence
    if any(_is_there(span, words) for span in _CODE.findall(looked_for)):
        return sentence
    before = re.sub(r",? and $", "", sentence[: advice.start()])
    before = re.sub(r", (?=[a-z][^,]*\Z)", " and ", before)
    return f"{before}." if before else ""


def _is_there(span: str, words: frozenset[str]) -> bool:
    telling = [word for word in _IN_CODE.findall(span) if word not in _TOO_COMMON]
    return not telling or any(word in words for word in telling)
