"""The test cases that a function fails, with the calls and the right answers: for the instructor.

It tells hidden inputs, so nothing of it is for students.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from autograder.assignment.probe import UNCHANGED_ARGUMENTS
from autograder.diagnosis.crash import refused
from autograder.feedback.as_python import call, literal
from autograder.marking.marks import Marking
from autograder.marking.session import too_many_numbers
from autograder.sandbox.outcome import Died, Missing, Outcome, Raised, Returned, TimedOut, clean
from autograder.source.phrases import Phrases

#: Of answers, which are there to be read; calls are told exactly.
ANSWER_DIGITS = 6


def failed_cases(marking: Marking, function: str, say: Phrases) -> Iterator[str]:
    """Tell each case of a function that fails, by the first of its calls that does.

    Parameters
    ----------
    marking : Marking
    function : str
    say : Phrases

    Yields
    ------
    str
        Line by line. The calls can be pasted below ``import numpy as np``.
    """
    probes, right = marking.session.probes[function], marking.right[function]
    if components := marking.components(function):
        yield f"{function} was tried with right ones in place of {', '.join(components)}."
    for case, rows in marking.session.probes.rows(function).items():
        if marking.case(function, case).right:
            continue
        wrong = [row for row in rows if not right[row]]
        yield f"{function}: {case}"
        if case == UNCHANGED_ARGUMENTS:
            yield from _arguments(marking, function, wrong)
            continue
        row = wrong[0]
        if probes[row].part is not None:
            yield f"  (item {probes[row].part} of the list)"
        yield f"  {call(probes[row])}"
        yield f"  came back: {_outcome(_in_words(marking.outcomes[function][row], marking, say))}"
        yield f"  is right:  {literal(_whole(marking, function, row), ANSWER_DIGITS)}"
        if len(wrong) > 1:
            yield f"  and {len(wrong) - 1} more of its {len(rows)} calls"


def _arguments(marking: Marking, function: str, wrong: Sequence[int]) -> Iterator[str]:
    if changed := marking.changed_arguments(function):
        yield f"  changes {', '.join(changed)}, in place"
    elif wrong:
        yield "  counts where every call above is right"


def _whole(marking: Marking, function: str, row: int) -> Any:
    """What the reference returns."""
    return marking.assignment.reference[function](*marking.session.probes[function][row].arguments)


def _in_words(outcome: Outcome, marking: Marking, say: Phrases) -> Outcome:
    """What a right function refuses crosses as a key and fields: an outcome with its words."""
    if not isinstance(outcome, Raised):
        return outcome
    if (refusal := refused(outcome, marking.assignment.known, say)) is None:
        return outcome
    function, what = refusal
    return replace(outcome, message=f"{function}: {say.fill(what)}")


def _outcome(outcome: Outcome) -> str:
    if isinstance(outcome, Returned):
        if too_many_numbers(outcome.value):
            return "more numbers than any answer has"
        return literal(outcome.value, ANSWER_DIGITS)
    if isinstance(outcome, Raised):
        return clean(f"{outcome.type}: {outcome.message}").replace("\n", " ")
    if isinstance(outcome, TimedOut):
        return f"nothing in {outcome.seconds:g} seconds"
    if isinstance(outcome, Died):
        return f"nothing: the process ended ({outcome.reason})"
    return f"nothing: no {outcome.reason}" if isinstance(outcome, Missing) else "not asked"
