"""One input on which a function is tried.

A probe is either *public* (printed in the notes or made up for explanations, so its numbers may
be shown to a student) or hidden (drawn from the seed, never shown). A probe with a ``case``
counts towards the marks; one without serves the diagnosis alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Arguments = tuple[Any, ...]
Random = np.random.Generator


class FewDigits(np.random.Generator):
    """Draws for inputs that may be shown: who copies one into a file reads short numbers."""


UNCHANGED_ARGUMENTS = "leaves its arguments alone"


def numbers_in(value: Any) -> int:
    """How many numbers some arguments hold together."""
    if isinstance(value, list | tuple):
        return sum(map(numbers_in, value))
    return int(np.size(value))


def largest_number(value: Any) -> float:
    """The largest number that some arguments hold, whatever its sign."""
    if isinstance(value, list | tuple):
        return max(map(largest_number, value), default=0.0)
    return float(np.abs(value).max(initial=0))


def has_whole_numbers(value: Any) -> bool:
    """Whether arrays in an argument have no room for decimals."""
    if isinstance(value, list):
        return any(map(has_whole_numbers, value))
    return isinstance(value, np.ndarray) and value.dtype.kind in "iu"


def has_one_entry(arguments: Any) -> bool:
    """Whether an argument is one number or one array, or an array has one entry along an axis.

    Much comes out right there that isn't.
    """
    return any(
        len(value) == 1 or any(1 in np.shape(one) for one in value)
        if isinstance(value, list)
        else np.size(value) == 1
        for value in arguments
        if isinstance(value, list | np.ndarray)
    )


#: Ends the key of a tag that is told together with what it means.
EXPLAINED = "_explained"


@dataclass(frozen=True, eq=False)
class Probe:
    """One call of one function.

    Attributes
    ----------
    function : str
        The function that is called.
    arguments : tuple
        What it is called with; nobody may change them.
    tags : frozenset of str
        What is special about the input: keys of words that fit after "an input with ...". Where
        such a key ends in ``EXPLAINED``, the key without it has the same in fewer words.
    case : str or None
        The graded test case that it belongs to.
    public : bool
        Whether its numbers may be shown to students.
    part : int or None
        The one item of the returned list that the case judges; None judges all.
    copied : bool
        Whether what is returned must be new: none of the arguments, nor a view of one.
    kept : bool
        Whether the function is called once more, on other numbers, before what it returned is
        looked at: an array that it goes on using shows that.
    steps : int
        How often the call does what a cheap one does once.
    """

    function: str
    arguments: Arguments
    tags: frozenset[str] = field(default_factory=frozenset)
    case: str | None = None
    public: bool = False
    part: int | None = None
    copied: bool = False
    steps: int = 1
    kept: bool = False


def worked_by_hand(function: str) -> Callable[[Random], Iterator[Probe]]:
    """The one probe of an answer by hand, which asks for nothing."""
    return lambda random: iter([Probe(function, (), case="worked by hand", public=True)])
