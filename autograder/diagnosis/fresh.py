"""Ask a wrong function once more: does it still say the same, and what does it say to new inputs?

A process that has answered nothing yet is asked, inputs near public ones first, then these: a
function that keeps something from call to call, or draws random numbers, answers otherwise there,
the second time, or once it has been called on other numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from autograder.assignment.neighbours import all_neighbours
from autograder.assignment.prediction import equal
from autograder.assignment.probe import Probe
from autograder.assignment.rows import Row
from autograder.diagnosis.matching import Given
from autograder.marking.marks import Marking, answer_of, fits
from autograder.sandbox.outcome import Died, NotAsked, Outcome, Raised, Returned, TimedOut

#: So many public inputs are asked twice: one call may change nothing that the next one shows.
ASKED_TWICE = 3
#: What lasts from call to call, so that the calls before have a part in an answer.
LASTING = {"default", "global", "shared"}


@dataclass(frozen=True)
class Unsteady:
    """That a function answered one public input in two ways.

    Attributes
    ----------
    why : {"random", "default", "global", "shared", "unknown"}
        What in its code can make that, by its syntax tree.
    line : int or None
    name : str
        What is drawn from, or keeps something.
    probe : Probe
    first, second : Outcome
        The two answers.
    overwritten : bool
        Whether the second is what the first became when the function was called on other numbers.
    after_others : bool
        Whether that comes of calls on other inputs: called on one input at once again it answers
        alike.
    """

    why: Literal["random", "default", "global", "shared", "unknown"]
    line: int | None
    name: str
    probe: Probe
    first: Outcome
    second: Outcome
    overwritten: bool = False
    after_others: bool = False


@dataclass(frozen=True)
class Fresh:
    """What a wrong function does on inputs that it has not met, which give no marks.

    Attributes
    ----------
    outcomes : list of (int, Outcome)
        By where the input stands among those drawn: see `Probes.fresh`.
    rows : list of Row
        The same beside what is right.
    unsteady : Unsteady or None
    """

    outcomes: list[tuple[int, Outcome]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    unsteady: Unsteady | None = None


def ask_afresh(marking: Marking, function: str, salt: int = 0) -> Fresh:
    """Ask a wrong function in a fresh process; not one that hangs, which would cost its time.

    Parameters
    ----------
    marking : Marking
    function : str
    salt : int
        Decides the inputs that are drawn.
    """
    outcomes = marking.outcomes[function]
    if any(isinstance(outcome, TimedOut | Died | NotAsked) for outcome in outcomes):
        return Fresh()
    probes = marking.session.probes
    public = [
        (probe, outcome)
        for probe, outcome in zip(probes[function], outcomes, strict=True)
        if probe.public and probe.arguments
    ][:ASKED_TWICE]
    drawn = probes.fresh(function, salt)
    shown = [probe for probe, _ in public]
    alone = marking.assignment.known[function].alone
    near = [other for probe in shown for other in all_neighbours(probe, alone)]
    kept = [replace(probe, kept=True) for probe in shown]
    twice = [probe for probe in shown for _ in range(2)]
    given = marking.afresh(function, [*near, *twice, *shown, *kept, *drawn])[len(near) :]
    answered: list[tuple[int, Outcome]] = [
        (at, outcome)
        for at, outcome in enumerate(given[4 * len(shown) :])
        if isinstance(outcome, Returned | Raised)
    ]
    return Fresh(
        answered,
        _rows(marking, function, salt, answered),
        _unsteady(marking, function, public, given),
    )


def _rows(
    marking: Marking, function: str, salt: int, answered: Sequence[tuple[int, Outcome]]
) -> list[Row]:
    drawn = marking.session.probes.fresh(function, salt)
    right = marking.expected.of_fresh(function, salt)
    given = [answer_of(marking.assignment, function, outcome) for _, outcome in answered]
    return [
        Row(drawn[at], right[at], answer, fits(answer, right[at]))
        for (at, _), answer in zip(answered, given, strict=True)
    ]


def _unsteady(
    marking: Marking,
    function: str,
    public: Sequence[tuple[Probe, Outcome]],
    given: Sequence[Outcome],
) -> Unsteady | None:
    count = len(public)
    later, kept_so = (given[at * count : (at + 1) * count] for at in (2, 3))
    times = (given[0 : 2 * count : 2], given[1 : 2 * count : 2], later, kept_so)
    for (probe, before), one, at_once, other, kept in zip(public, *times, strict=True):
        why, line, name = _memory(marking, function)
        pairs = ((one, at_once), (one, other), (before, one), (one, kept))
        for earlier, again in pairs:
            if _differ(earlier, again):
                # What chance makes differs without being written into, and without other calls.
                overwritten = again is kept and why != "random"
                after = again is not at_once and again is not kept and why in LASTING
                return Unsteady(why, line, name, probe, earlier, again, overwritten, after)
    return None


def _differ(one: Outcome, other: Outcome) -> bool:
    """Whether two answers to one input differ; what ended for want of time says nothing."""
    if not (isinstance(one, Returned | Raised) and isinstance(other, Returned | Raised)):
        return False
    first, second = Given.of(one), Given.of(other)
    if isinstance(one, Raised) or isinstance(other, Raised):
        return type(one) is not type(other)
    return type(first.value) is not type(second.value) or not _same(first.value, second.value)


def _same(one: object, other: object) -> bool:
    # What holds no numbers is never equal; it is no sign of chance either.
    return equal(one, other) or not equal(one, one)


def _memory(
    marking: Marking, function: str
) -> tuple[Literal["random", "default", "global", "shared", "unknown"], int | None, str]:
    file = marking.assignment.exercises[function].file
    for kind, line, name in marking.session.worker.facts(file).memories.get(function, ()):
        match kind:
            case "random" | "default" | "global" | "shared":
                return kind, line, name
    return "unknown", None, ""
