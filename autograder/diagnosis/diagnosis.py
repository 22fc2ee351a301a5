"""What is known of one function of a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from autograder.assignment.exercise import Exercise
from autograder.diagnosis.example import Example
from autograder.diagnosis.fresh import Unsteady
from autograder.diagnosis.right_values import FILLED
from autograder.diagnosis.search import Found
from autograder.formulas import Reading
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Change, Outcome, Raised, Trace
from autograder.source.changes.alternatives import NEAR_NAME
from autograder.source.changes.index_twice import INDEX_TWICE
from autograder.source.changes.unread import UNREAD
from autograder.source.phrases import Said
from autograder.source.trees import Slip

Status = Literal["right", "wrong", "crashed", "missing", "not attempted", "right in itself"]


@dataclass(frozen=True)
class Diagnosis:
    """What is known of one function of a submission.

    Attributes
    ----------
    exercise : Exercise
    status : str
    found : Found or None
        The misconceptions that reproduce every answer.
    readings : tuple of Reading
        The formulas that its wrong steps compute, where no misconception reproduces the answers.
    observations : list of Said
        What was observed, where nothing reproduces the answers.
    failure : Outcome or None
        The exception, hang or death to explain.
    example : Example or None
        A wrong answer whose numbers may be shown.
    changed : tuple of str
        The arguments that the function changes.
    change_says_all : bool
        Whether all that is wrong comes of that.
    components : tuple of str
        The student's own functions that are not right, in whose places it was given right ones.
    lines : dict of str to int
        By misconception: the student's own line that shows it, if just one does.
    unsteady : Unsteady or None
        That it answers one input in two ways, if it does.
    next_step : Said or None
        What to do next, by what was observed, where any of it says.
    slip : Slip or None
        What stands in the code and can make such answers: see `source.slips`.
    part : (int, int) or None
        Which of how many things that are returned together all this is about.
    exceptions : Said or None
        That some wrong answers are not what the formulas say.
    failure_says_all : bool
        Whether what else was observed tells nothing beside the failure.
    change : Change or None
        A small change that makes all right, where all that do are in one line, and where no line
        is known otherwise.
    besides : Example or None
        A wrong answer that has nothing to do with the place in the code, where there is one.
    spoils_all : bool
        Whether all that was tried without what stands at the place in the code was right.
    trace : Trace or None
        What the function's lines make of the example, where no name says what they do.
    left : Left or None
        What else is wrong, with the place in the code mended or the line on which it stops.
    marked : int or None
        The line of an answer by hand that makes wrong numbers of right ones, where no other is
        known.
    """

    exercise: Exercise
    status: Status
    found: Found | None = None
    observations: list[Said] = field(default_factory=list)
    failure: Outcome | None = None
    example: Example | None = None
    changed: tuple[str, ...] = ()
    change_says_all: bool = False
    components: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()
    unsteady: Unsteady | None = None
    next_step: Said | None = None
    slip: Slip | None = None
    part: tuple[int, int] | None = None
    exceptions: Said | None = None
    failure_says_all: bool = False
    change: Change | None = None
    besides: Example | None = None
    spoils_all: bool = False
    trace: Trace | None = None
    left: Left | None = None
    marked: int | None = None

    @property
    def function(self) -> str:
        return self.exercise.name

    @property
    def mended_elsewhere(self) -> bool:
        """Whether a small change mends all in another line than the one on which it stops.

        It does too where it has that line read what another one makes, or the name that is meant,
        or tells which index takes the place of another.
        """
        if self.change is None or self.change.kind == FILLED:
            return False
        if self.change.kind in (UNREAD, NEAR_NAME, INDEX_TWICE) and isinstance(
            self.failure, Raised
        ):
            return True
        return isinstance(self.failure, Raised) and self.change.line != self.failure.line


@dataclass(frozen=True)
class Left:
    """What is wrong with a function once something else in it is mended.

    Attributes
    ----------
    diagnosis : Diagnosis
        Of the mended function.
    marking : Marking
        Its own, in which the function is the mended one.
    """

    diagnosis: Diagnosis
    marking: Marking
