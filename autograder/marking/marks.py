"""Which test cases of a submission are right: every mark is the function's own.

A function is judged as it stands. One that isn't right so, and leans on functions before it that
aren't, is judged again with right ones in their place; what is right then earns its marks too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.assignment.assignment import Assignment
from autograder.assignment.exercise import Shown
from autograder.assignment.judging import Answer, NotAnAnswer, Returns, as_arrays, compare
from autograder.assignment.probe import UNCHANGED_ARGUMENTS, Arguments, Probe
from autograder.assignment.probes import Probes
from autograder.assignment.rows import Row
from autograder.marking.session import Again, Session
from autograder.sandbox.outcome import Missing, NotAsked, Outcome, Raised, Returned, Trace, Tried

#: So many right answers to one probe are remembered; they differ by rounding only.
MOST_KNOWN = 8
NOTHING_LEFT_OUT: Mapping[str, Collection[str]] = {}


class Expected:
    """The right answers to all probes of a run, computed once.

    Parameters
    ----------
    probes : Probes
    left_out : mapping of str to collection of str
        By function: the cases that count for nobody.
    """

    def __init__(
        self, probes: Probes, left_out: Mapping[str, Collection[str]] = NOTHING_LEFT_OUT
    ) -> None:
        self.probes = probes
        self.left_out = left_out
        self.assignment = probes.assignment
        self.answers: dict[str, list[Answer]] = {
            name: [right_answer(self.assignment, probe) for probe in probes[name]]
            for name in self.assignment.known
        }
        self._fresh: dict[tuple[str, int], list[Answer]] = {}
        self._shown: dict[str, list[Shown]] = {}
        # By the id of the object, which is kept with it: else another object could get the same id.
        self._known: dict[str, list[dict[int, object]]] = {
            name: [{} for _ in probes[name]] for name in self.assignment.known
        }

    def of_fresh(self, function: str, salt: int) -> list[Answer]:
        """The right answers to the fresh inputs of a function: see ``Probes.fresh``."""
        if (function, salt) not in self._fresh:
            drawn = self.probes.fresh(function, salt)
            answers = [right_answer(self.assignment, probe) for probe in drawn]
            self._fresh[function, salt] = answers
        return self._fresh[function, salt]

    def shown(self, function: str) -> list[Shown]:
        """The pictures of what a right function shows."""
        if function not in self._shown:
            show = self.assignment.exercises[function].shown_when_right
            self._shown[function] = show(self.assignment.reference) if show else []
        return self._shown[function]

    def by_doing_nothing(self, function: str) -> set[str]:
        """The cases that a function passes by giving back zeros, or what it was called with."""
        return {UNCHANGED_ARGUMENTS} | {
            case
            for case, rows in self.probes.rows(function).items()
            if all(
                _is_nothing(self.probes[function][row], self.answers[function][row]) for row in rows
            )
        }

    def is_right(self, function: str, row: int, outcome: Outcome) -> bool:
        """Whether an outcome is right.

        The sandbox gives the same object for the same bytes, so a value that was found right is
        recognised by its identity.
        """
        if not isinstance(outcome, Returned):
            return False
        known = self._known[function][row]
        if id(outcome.value) in known:
            return True
        right = self._is_right(outcome, self.answers[function][row], self.probes[function][row])
        if right and len(known) < MOST_KNOWN:
            known[id(outcome.value)] = outcome.value
        return right

    def _is_right(self, outcome: Outcome, right: Answer, probe: Probe) -> bool:
        given = answer_of(self.assignment, probe.function, outcome)
        if given is None:
            return False
        if probe.part is None:
            return compare(given, right) is None
        if len(given) != len(right):
            return False
        return compare([given[probe.part]], [right[probe.part]]) is None


def _is_nothing(probe: Probe, right: Answer) -> bool:
    """Whether a right answer has nothing in it but zeros and copies of arguments."""
    items = [i for a in probe.arguments for i in (a if isinstance(a, list) else [a])]
    return all(
        not np.any(array) or any(np.array_equal(array, item) for item in items) for array in right
    )


def _things_beside(value: Any, right: Answer, returns: Returns) -> int:
    """How many things come back together where one of them is nested as deep as what is right.

    0 where there are none.
    """
    if returns == "arrays and numbers" or not (right and isinstance(value, list | tuple)):
        return 0
    depth = right[0].ndim + (returns == "arrays")
    return len(value) if any(_depth(one) >= depth for one in value) else 0


def _depth(value: Any) -> int:
    """How many lists, tuples and axes of arrays are one within the other, by the first of each."""
    if isinstance(value, list | tuple):
        return 1 + (_depth(value[0]) if value else 0)
    return int(np.ndim(value)) if isinstance(value, np.ndarray) else 0


def fits(given: Answer | None, right: Answer) -> bool:
    """Whether the whole of an answer is right."""
    return given is not None and compare(given, right) is None


def right_answer(assignment: Assignment, probe: Probe) -> Answer:
    """What the reference solution returns."""
    value = assignment.reference[probe.function](*probe.arguments)
    return as_arrays(value, assignment.known[probe.function].returns)


def answer_of(assignment: Assignment, function: str, outcome: Outcome) -> Answer | None:
    """The arrays that a call came to; None where it came to none."""
    if not isinstance(outcome, Returned):
        return None
    try:
        return as_arrays(outcome.value, assignment.known[function].returns)
    except NotAnAnswer:
        return None


@dataclass(frozen=True)
class CaseResult:
    """One graded test case.

    Attributes
    ----------
    right : bool
        Whether it earns its points.
    in_itself : bool
        Whether it does so only with right functions in the places of wrong ones.
    """

    right: bool
    in_itself: bool = False


class Marking:
    """The marks of one submission, case by case.

    Where there is something to explain in a function, its probes that give no marks are asked too.

    Parameters
    ----------
    session : Session
        The submission's answers.
    expected : Expected
        The right ones.

    Attributes
    ----------
    outcomes : dict of str to list of Outcome
        By function and probe: what it did, with right components in place if it leans on wrong
        ones.
    right : dict of str to list of bool
        Whether the values of these are the reference's, as far as was asked.
    """

    def __init__(self, session: Session, expected: Expected) -> None:
        self.session = session
        self.expected = expected
        self.assignment = expected.assignment
        functions = list(self.assignment.known)
        self.outcomes = dict(session.outcomes)
        self.right = {name: self._judged(name) for name in functions}
        self._as_it_stands = {name: self._cases(name) for name in functions}
        self._again: dict[str, Again] = {}
        self._in_itself: dict[str, dict[str, bool]] = {}
        for name in functions:
            self._judge_again(name)
        to_explain = [name for name in self.assignment.exercises if self.is_wrong(name)]
        session.ask_further([name for name in to_explain if name not in self._again])
        for name in to_explain:
            if again := self._again.get(name):
                again.ask_further()
            self.right[name] = self._judged(name)

    def _judged(self, function: str) -> list[bool]:
        return [
            isinstance(outcome, NotAsked) or self.expected.is_right(function, row, outcome)
            for row, outcome in enumerate(self.outcomes[function])
        ]

    def _cases(self, function: str) -> dict[str, bool]:
        right, changed = self.right[function], self.changed_arguments(function)
        listed, left_out = (
            self.session.probes.rows(function),
            self.expected.left_out.get(function, ()),
        )
        # The case of the arguments is over the inputs of all others.
        passed = {row for case in left_out if case != UNCHANGED_ARGUMENTS for row in listed[case]}
        return {
            case: case in left_out
            or (
                all(right[row] or row in passed for row in rows)
                and not (case == UNCHANGED_ARGUMENTS and changed)
            )
            for case, rows in listed.items()
        }

    def _judge_again(self, function: str) -> None:
        """Judge a function with right ones in the places of those before it that are wrong."""
        if all(self._as_it_stands[function].values()) or self._is_not_there(function):
            return
        functions = list(self.assignment.known)
        before = functions[: functions.index(function)]
        wrong = [name for name in before if self._is_faulty(name)]
        if not self.assignment.known[function].parameters:
            # An answer by hand earns nothing by a call of a function that was never written.
            wrong = [name for name in wrong if not self._is_not_there(name)]
        if wrong and (again := self.session.again(function, wrong)).components:
            others = [name for name in wrong if not self._is_of_its_own(name)]
            if others == wrong or self._mends(function, again):
                self._take(function, again)
            elif others:
                self._take(function, self.session.again(function, others))
        self._judge_with_all(function, wrong, before)

    def _mends(self, function: str, again: Again) -> bool:
        """Whether anything is right with right ones in place that isn't as the function stands."""
        return any(
            not right and self.expected.is_right(function, row, outcome)
            for row, (right, outcome) in enumerate(
                zip(self.right[function], again.outcomes, strict=True)
            )
        )

    def _is_of_its_own(self, function: str) -> bool:
        """Whether a function is written for its own callers: no right one fits in its place."""
        return self._takes_others(function) or self._gives_others(function)

    def _gives_others(self, function: str) -> bool:
        """Whether what is asked for comes back together with something more, as in a pair."""
        outcomes, answers = self.session.outcomes[function], self.expected.answers[function]
        pairs = zip(outcomes, answers, strict=True)
        given = [(one.value, right) for one, right in pairs if isinstance(one, Returned)]
        returns = self.assignment.known[function].returns
        # Entries that are nested too deep are as many as the input has.
        counts = {_things_beside(*pair, returns) for pair in given}
        return len(counts) == 1 and min(counts) > 1

    def _takes_others(self, function: str) -> bool:
        """Whether a function has to be called with more than the contract's arguments."""
        exercise = self.assignment.known[function]
        needed = self.session.worker.facts(exercise.file).needed.get(function, 0)
        return needed > len(exercise.parameters)

    def _take(self, function: str, again: Again) -> None:
        """Go by what a function does with right ones in the places of others."""
        self._again[function] = again
        self.outcomes[function] = again.outcomes
        self.right[function] = self._judged(function)
        self._in_itself[function] = self._cases(function)

    def _judge_with_all(self, function: str, wrong: list[str], before: list[str]) -> None:
        """Judge a function with right ones in the places of all that it calls, if that mends it.

        One that is right on its own inputs may be wrong on others that only its callers give it,
        or answer in a form that is allowed and does not suit them.
        """
        # What hangs is not asked once more: that takes its time.
        rows = [
            row
            for row, outcome in enumerate(self.outcomes[function])
            if not self.right[function][row] and isinstance(outcome, Returned | Raised)
        ]
        called = self.session.uses(function) if rows else frozenset()
        names = [
            name
            for name in before
            if name in wrong or (name in called and not self._is_not_there(name))
        ]
        if len(names) == len(wrong):
            return
        probes = self.session.probes[function]
        row = min(rows, key=lambda row: probes[row].steps)
        (outcome,) = self.session.afresh(function, names, [probes[row]])
        if self.expected.is_right(function, row, outcome):
            # Most that is wrong is wrong still, and asked no further.
            self._take(function, self.session.again(function, names))

    def _is_not_there(self, function: str) -> bool:
        """Whether a function was never written, or cannot be found or read."""
        outcome = self.session.outcomes[function][0]
        unreadable = isinstance(outcome, Raised) and outcome.type == "SyntaxError"
        return isinstance(outcome, Missing) or unreadable or self.session.not_attempted(function)

    def components(self, function: str) -> tuple[str, ...]:
        """The wrong functions in whose places it was given right ones."""
        again = self._again.get(function)
        return again.components if again else ()

    def is_wrong(self, function: str) -> bool:
        """Whether it loses marks of its own."""
        return not all(self.case(function, name).right for name in self._as_it_stands[function])

    def _is_faulty(self, function: str) -> bool:
        """Whether nobody should lean on it: it is wrong, if only in cases that are left out."""
        left_out = self.expected.left_out.get(function, ())
        rows = self.session.probes.rows(function)
        return self.is_wrong(function) or not all(
            self.right[function][row] for case in left_out for row in rows[case]
        )

    def case(self, function: str, name: str) -> CaseResult:
        """Judge one graded case."""
        if self._as_it_stands[function][name]:
            return CaseResult(True)
        if self._in_itself.get(function, {}).get(name):
            return CaseResult(True, in_itself=True)
        follows = self._follows(function, name)
        return CaseResult(follows, in_itself=follows)

    def share(self, function: str) -> float:
        """The share of the cases that are right, of those that count."""
        left_out = self.expected.left_out.get(function, ())
        counting = [name for name in self._as_it_stands[function] if name not in left_out]
        return sum(self.case(function, name).right for name in counting) / len(counting)

    def _follows(self, function: str, name: str) -> bool:
        """Whether a case is right given the student's own answer to the others."""
        judge = self.assignment.known[function].follows.get(name)
        if judge is None:
            return False
        (row,) = self.session.probes.rows(function)[name]
        given = answer_of(self.assignment, function, self.outcomes[function][row])
        return given is not None and judge(given)

    def changed_arguments(self, function: str) -> tuple[str, ...]:
        """The parameters that the function changes, by name."""
        changed = {
            at
            for outcome in self.outcomes[function]
            if isinstance(outcome, Returned)
            for at in outcome.mutated
        }
        parameters = self.assignment.known[function].parameters
        return tuple(parameters[at] for at in sorted(changed) if at < len(parameters))

    def call(self, function: str, calls: list[Arguments]) -> list[Outcome]:
        """Call a function on other inputs, with the components that it is judged with."""
        again = self._again.get(function)
        return again.call(calls) if again else self.session.call(function, calls)

    def afresh(self, function: str, probes: Sequence[Probe]) -> list[Outcome]:
        """Ask a function, as it is judged, in a process that has answered nothing yet."""
        again = self._again.get(function)
        return self.session.afresh(function, again.names if again else (), probes)

    def try_changes(
        self,
        function: str,
        probes: Sequence[Probe],
        numbers: Sequence[int] = (),
        *,
        filled: bool = False,
        beside: int | None = None,
    ) -> Tried | None:
        """As in `Session`."""
        return self.session.try_changes(function, probes, numbers, filled=filled, beside=beside)

    def trace(self, function: str, probe: Probe) -> Trace | None:
        """Follow a call line by line, of a function as it is judged; see `Session`."""
        again = self._again.get(function)
        return self.session.trace(function, again.names if again else (), probe)

    def rows(self, function: str) -> list[Row]:
        """The probes of a function beside what came back."""
        return [
            Row(probe, right, answer_of(self.assignment, function, outcome), good)
            for probe, right, outcome, good in zip(
                self.session.probes[function],
                self.expected.answers[function],
                self.outcomes[function],
                self.right[function],
                strict=True,
            )
        ]
