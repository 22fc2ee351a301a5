"""What an exercise is made of: all that the engine knows of one function that students write."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from autograder.assignment.judging import Answer, Returns
from autograder.assignment.output_faults import FAMILIES
from autograder.assignment.probe import Arguments, Probe, Random
from autograder.assignment.recipe import Recipe
from autograder.assignment.rows import Row, Sums
from autograder.formulas.step import Vocabulary
from autograder.source.phrases import Said

#: The kinds of picture that a page can draw of an answer; see ``feedback.figures``.
Picture = Literal[
    "vector",
    "jacobian",
    "step",
    "chain",
    "activations",
    "errors",
    "weights",
    "training",
    "norms",
]
#: What answers by hand are worked from, by the names that stand for it in a config.
Numbers = Mapping[str, np.ndarray[Any, np.dtype[Any]]]
#: What the student's function answers to further inputs; None where it is no answer.
Call = Callable[[list[Arguments]], list[Answer | None]]


#: The right functions by name.
Reference = Mapping[str, Callable[..., object]]
#: A picture of an idea: ``curves`` or a ``grid``, measured out in ``feedback``.
Shown = dict[str, Any]


def written(numbers: Any) -> str:
    """Numbers as the notes write them: ``[[3, -3], [4, -4]]``."""
    if isinstance(numbers, list | tuple) or np.ndim(numbers):
        return f"[{', '.join(map(written, numbers))}]"
    return f"{numbers:.15g}"


def no_arguments() -> tuple[()]:
    """What an answer by hand allows for arguments."""
    return ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Exercise:
    """One function of an assignment.

    Attributes
    ----------
    name : str
        The function's name, unique over all files.
    question : str
        The exercise, which is also the file's name without ``.py``.
    parameters : tuple of str
        The names of its parameters, in order; empty for an answer worked by hand.
    returns : {"array", "arrays", "arrays and numbers"}
        What it returns: one array, a sequence of arrays, or a pair of these and a list of numbers.
    parts : tuple of str
        The keys of what the two of such a pair are called.
    section : str
        The section of the notes that it comes from.
    inputs : callable
        ``inputs(random)`` yields all probes, the same ones from the same random numbers.
    ordinary : callable, optional
        ``ordinary(random)`` draws the arguments of one more probe with nothing special about it.
    allowed : callable
        ``allowed(*arguments)`` gives the arguments as the reference takes them; raises ``Refused``
        if the function need not take such.
    alone : collection of int, optional
        The places of the arguments that can be others while the rest stays; by default all.
    recipe : Recipe
        The right steps, and the misconceptions that replace them.
    first_row : int
        The probe that all misconceptions are held against first: a cheap one that tells most.
    order : {"", "forwards", "backwards"}
        Where the items of the answer are made one from the other: from which end.
    vocabulary : Vocabulary, optional
        The steps that it takes, and the terms in which a formula of each can be told.
    quantities : callable, optional
        ``quantities(*arguments)`` gives what the notes compute on the way, by the keys of what it
        is called: one array, or one for each layer from the first up.
    properties : tuple of callable
        Each takes all rows and yields what a right answer has and these have not.
    one_slip : callable, optional
        Of an answer by hand: yields the one slip that makes it, from all rows and the sums of two
        numbers that stand in its code.
    of_change : tuple of str
        The misconceptions that are nothing of their own where the function changes its arguments.
    leads_to : mapping of str to str
        By observation of the exercise's own: what to do next, both by their keys among the words.
    experiment : callable, optional
        ``experiment(call, wrong rows)`` yields what further calls show.
    follows : mapping of str to callable
        By test case: whether it is right given the student's own answer to the others.
    looks : mapping of str to str, or to several
        By misconception: a pattern of the line that causes it, as people type it. Of several the
        first that any line fits.
    looks_above : mapping of str to str
        By misconception: a pattern of several lines, the one that causes it as the group ``told``,
        which goes before the line that `looks` finds.
    shown_by : mapping of str to str, or to several
        By misconception, or by the key of what a formula departs in: a pattern of the one line
        that shows it, where none is known to mend. Of several the first that just one line fits.
    at_call : collection of str
        The misconceptions that are at fault where a helper is called, and not in it.
    named_as_given : str
        How the parameter is named, as a pattern, of a helper that is at fault itself then.
    hands_on : mapping of str to str
        By the key of what a formula departs in: the argument that stands where something else
        belongs.
    families : mapping of str to collection of str
        The misconceptions of its own that are slips of one form, by family; see
        ``output_faults.FAMILIES`` for those that any function can have.
    too_far : str
        The key of what to think of where a list ends one item too early.
    not_there : mapping of str to str
        By a pattern of names: the key of what is said of one that is asked for and is not there.
    by_hand : mapping of str to object
        The numbers that an answer by hand is worked from.
    by_code : str
        The function that gives the answer by hand for these, in their order.
    has_to_show : tuple of str
        The misconceptions that the numbers by hand must tell apart, and from the right answer.
    asks : str
        The sentence of its docstring that holds these numbers.
    picture : str
        The kind of its picture.
    letter : str
        What each matrix of the answer is called in the picture.
    kinks : tuple of float
        Inputs at which a nudge shows nothing, as the function jumps or bends there.
    shown_when_right : callable, optional
        ``shown_when_right(reference)`` gives pictures of what a right function shows.
    """

    name: str
    question: str
    parameters: tuple[str, ...] = ()
    returns: Returns
    parts: tuple[str, ...] = ()
    section: str
    inputs: Callable[[Random], Iterator[Probe]]
    ordinary: Callable[[Random], Arguments] | None = None
    allowed: Callable[..., Sequence[Any]] = no_arguments
    alone: Collection[int] | None = None
    recipe: Recipe
    first_row: int = 0
    order: Literal["", "forwards", "backwards"] = ""
    vocabulary: Vocabulary | None = None
    quantities: Callable[..., Mapping[str, Sequence[Any]]] | None = None
    properties: tuple[Callable[[list[Row]], Iterator[Said]], ...] = ()
    one_slip: Callable[[list[Row], Sums], Iterator[Said]] | None = None
    of_change: tuple[str, ...] = ()
    leads_to: Mapping[str, str] = field(default_factory=dict)
    experiment: Callable[[Call, list[Row]], Iterator[Said]] | None = None
    follows: Mapping[str, Callable[[Answer], bool]] = field(default_factory=dict)
    looks: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    looks_above: Mapping[str, str] = field(default_factory=dict)
    shown_by: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    at_call: Collection[str] = ()
    named_as_given: str = ""
    hands_on: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, Collection[str]] = field(default_factory=dict)
    too_far: str = ""
    not_there: Mapping[str, str] = field(default_factory=dict)
    by_hand: Mapping[str, Any] = field(default_factory=dict)
    by_code: str = ""
    has_to_show: tuple[str, ...] = ()
    asks: str = ""
    picture: Picture
    letter: str = "W"
    kinks: tuple[float, ...] = ()
    shown_when_right: Callable[[Reference], list[Shown]] | None = None

    @property
    def file(self) -> str:
        return f"{self.question}.py"

    def family(self, id: str) -> str | None:
        """The family of slips that a misconception belongs to, if it does to any.

        What answers nothing (a constant, zeros, a copy of the input) is in none.
        """
        both = (self.families, FAMILIES)
        return next((f for listed in both for f, ids in listed.items() if id in ids), None)
