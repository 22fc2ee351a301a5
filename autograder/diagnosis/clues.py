"""What can explain a wrong function, as far as it is known on the way to a diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.assignment.exercise import Exercise
from autograder.diagnosis.fresh import Fresh
from autograder.diagnosis.search import Found, Predictions
from autograder.formulas import Reading
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Change, Outcome, Returned
from autograder.source.phrases import Said
from autograder.source.trees import Slip


@dataclass
class Clues:
    """What was found of one function: `rules` add to it, and take out what is explained otherwise.

    Attributes
    ----------
    marking : Marking
    function : str
    predictions : Predictions
    fresh : Fresh
        What it answers to inputs that give no marks.
    slip : Slip or None
        A place in the code that can have made the answers.
    spoilt : frozenset of int
        The ids of the inputs that are right without what stands there.
    found : Found or None
        The misconceptions that reproduce every answer.
    change : Change or None
        A small change, or a right value in a place, that makes all right.
    second : Change or None
        One that has to be made beside it.
    observations : list of Said
    failure : Outcome or None
    readings : tuple of Reading
        The formulas that its wrong steps compute.
    exceptions : Said or None
        That some wrong answers are not what the formulas say.
    lines : dict of str to int
        By misconception: the student's own line that shows it.
    marked : int or None
        The line of an answer by hand that makes wrong numbers of right ones.
    """

    marking: Marking
    function: str
    predictions: Predictions
    fresh: Fresh = field(default_factory=Fresh)
    slip: Slip | None = None
    spoilt: frozenset[int] = frozenset()
    found: Found | None = None
    change: Change | None = None
    second: Change | None = None
    observations: list[Said] = field(default_factory=list)
    failure: Outcome | None = None
    readings: tuple[Reading, ...] = ()
    exceptions: Said | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    marked: int | None = None

    @property
    def exercise(self) -> Exercise:
        return self.marking.assignment.exercises[self.function]

    @property
    def returned(self) -> bool:
        """Whether anything came back."""
        outcomes = self.marking.outcomes[self.function]
        return any(isinstance(outcome, Returned) for outcome in outcomes)

    @property
    def is_steady(self) -> bool:
        """Whether it answered no input in two ways."""
        return self.fresh.unsteady is None

    @property
    def slip_says_all(self) -> bool:
        """Whether the code tells why an answer by hand is wrong, which many things can make so."""
        return self.slip is not None and not self.exercise.parameters

    @property
    def found_two(self) -> bool:
        """Whether what reproduces the answers is two misconceptions together."""
        return self.found is not None and len(self.found.ids) > 1

    @property
    def lacks_place(self) -> bool:
        """Whether no line is known, and what was found, if anything was, is one thing."""
        return self.is_steady and not (self.lines or self.found_two)
