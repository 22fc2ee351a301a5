"""A step of an exercise's function, and the terms in which it can be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from autograder.formulas.frames import Frame, Numbers, Sight
from autograder.formulas.terms import Term, symbol

#: Stands for no region in particular.
EVERYWHERE = "everywhere"
#: What the regions of a matrix's diagonal begin with.
ON = "where.on_the_diagonal"
Arguments = tuple[Any, ...]
#: From the arguments of a call and the arrays that came back to looks at each step.
Look = Callable[[Arguments, Sequence[Numbers]], list[Sight]]
Call = tuple[Arguments, Sequence[Numbers]]


@dataclass(frozen=True)
class Remark:
    """What is to be said of a formula that has some of these, and none of those.

    Attributes
    ----------
    words : str
        The key of a sentence on what that departs from in the notes.
    has, lacks : tuple of str
        Symbols, operations, or terms as they are written.
    whole : tuple of str
        What the whole formula is, but for a constant; empty for anything.
    where : str
        The region that it is about; empty for any.
    holds : callable or None
        Whether what it says is so of the numbers that came back.
    of_form : callable or None
        Whether it may be said of a formula of this form, as it is shown.
    of_factor : bool
        Whether it is about the right result with a constant or a factor, and about that alone.
    of_a_part : bool
        Whether it is about a part of the formula, beside which others can depart, too.
    """

    words: str
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    where: str = ""
    holds: Callable[[Frame], bool] | None = None
    of_form: Callable[[Term], bool] | None = None
    of_factor: bool = False
    of_a_part: bool = False


@dataclass(frozen=True)
class Step:
    """One step: what it is called, and what it may be made of. Its words are told by their keys.

    Attributes
    ----------
    name : str
        The name that its sights bear.
    what : str
        What is computed, in words that fit after "as" and before "your code computes".
    right : Term or None
        What it should be; never shown. None where the shape is wrong already.
    finished : tuple of Term
        The symbols, and the notes' own terms, which count as one symbol each.
    one_place : tuple of str
        Operations of one place that may belong to it.
    partitions : tuple of tuples of str
        Regions that together are all entries, the coarsest first; each may have its own formula.
        A region's name is the key of its words.
    meanings : tuple of str
        The areas of the words that tell by its name what a symbol stands for, the nearest first.
    shape : str
        What is the matter with the shape, in a sentence; empty if it is right.
    shape_first : bool
        Whether the shape is to be mended before anything else: the numbers are of another kind.
    follows : bool
        Whether it says nothing where a step before it is wrong.
    remarks : tuple of Remark
        What a formula departs in, the most telling first.
    before : str
        What to say of the steps before it, where they are right.
    of_last : bool
        Whether it is about the last of several arrays, and ``before`` about all others.
    unless : tuple of str
        Steps each of which says all of it, if it could be read.
    in_example : bool
        Whether an example of what the function gives shows what it came to.
    from_own : str
        What is computed, in words, where it is compared with what is right after the student's own
        numbers before it: it says nothing of what that comes to in all.
    goes_on_in : str
        A step whose looks a formula of this one has to hold for, too, if any does.
    what_alone : str
        What is computed, in words, where no formula holds for those as well.
    """

    name: str
    what: str
    right: Term | None
    finished: tuple[Term, ...]
    one_place: tuple[str, ...]
    partitions: tuple[tuple[str, ...], ...] = ()
    meanings: tuple[str, ...] = ()
    shape: str = ""
    shape_first: bool = False
    follows: bool = False
    remarks: tuple[Remark, ...] = ()
    before: str = ""
    of_last: bool = False
    unless: tuple[str, ...] = ()
    in_example: bool = True
    from_own: str = ""
    goes_on_in: str = ""
    what_alone: str = ""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All steps of one function, in the order in which it takes them, and how to look at them."""

    steps: tuple[Step, ...]
    look: Look
    inputs: Callable[[np.random.Generator], Sequence[Arguments]]
    """Calls on which its formulas can be told apart."""
    look_on: Callable[[Call, Call], list[Sight]] | None = None
    """Looks at what a call does beyond an earlier one of the inputs that it goes on from."""
    edges: tuple[float, ...] = ()
    """Numbers of an input right at which a formula need not hold that holds on both sides."""
    rest: Callable[[Call, Call], Arguments | None] | None = None
    """What is left to do of a call after an earlier one of the inputs, where that leaves some."""
    of_one: frozenset[str] = frozenset()
    """The steps that are read from calls of one thing, which leave nothing to do."""
    of_several: frozenset[str] = frozenset()
    """The steps that say what becomes of the rest."""
    apart: tuple[tuple[str, str], ...] = ()
    """Regions that divide a list in two: of one alone a shape may be wrong."""
    otherwise: tuple[tuple[Callable[[Collection[str]], bool], Step], ...] = ()
    """Steps in the place of those of their names, for code of whose words something holds."""
    near_edges: Callable[[np.random.Generator], Sequence[Arguments]] | None = None
    """Calls with numbers near those at which regions end: does what is right there hold on?"""

    def as_written(self, words: Collection[str]) -> Vocabulary:
        """The same in the terms that some code can have written, by the words of it."""
        named = {step.name: step for holds, step in self.otherwise if holds(words)}
        return replace(self, steps=tuple(named.get(step.name, step) for step in self.steps))

    def onward(self, calls: Sequence[Call]) -> list[Sight]:
        """The looks at what some of the calls do beyond others."""
        if self.look_on is None:
            return []
        pairs = combinations(calls, 2)
        return [sight for before, after in pairs for sight in self.look_on(before, after)]


def is_no_share(frame: Frame) -> bool:
    """Whether some numbers are no shares: below 0 or above 1."""
    return bool((frame.given < 0).any() or (frame.given > 1).any())


def adds_up_to_something_else(frame: Frame) -> bool:
    """Whether a vector's numbers never add up to 1."""
    sums = frame.operations["sum"](frame.given[None])
    return bool((np.abs(sums - 1) > 1e-3).all())


def symbols(names: str) -> tuple[Term, ...]:
    """Symbols by their names, divided by commas that stand in no brackets."""
    return tuple(symbol(name) for name in re.split(r",\s+(?![^(]*\))", names.strip()))


def without_brackets(given: Numbers, size: int) -> Numbers:
    """A vector of ``size`` out of a matrix of one row or column; else what is given."""
    if given.shape in ((1, size), (size, 1)):
        return given.reshape(size)
    return given
