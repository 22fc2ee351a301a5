"""Which test cases of a submission are right: by the reference, or carried forward.

*Error carried forward*: a function that uses another one of the student's is also held against
the reference running with the student's own function in it. What is right then earns its marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder import reference
from autograder.contract import FUNCTIONS
from autograder.judging import Floats, NotAnAnswer, as_arrays, close, compare
from autograder.misconceptions import RECIPES
from autograder.misconceptions.recipe import Components, Way
from autograder.probes import (
    HAND_SECOND_JACOBIAN,
    UNCHANGED_ARGUMENTS,
    Arguments,
    Probe,
    Probes,
)
from autograder.sandbox.outcome import NotAsked, Outcome, Raised, Returned
from autograder.session import Session

Answer = list[Floats]

#: So many answers at least must follow from a component that fails on other inputs.
FEWEST_CARRIED = 3
#: So many answers that follow are tried where the components return other numbers.
ASKED_AGAIN = 4
#: Where nothing has followed on so many inputs, the costlier ones are not tried.
ENOUGH_TRIED = 6
#: Right answers to one probe, the same but for rounding, that are known again.
MOST_KNOWN = 8


class Expected:
    """The right answers to all probes of a run, computed once.

    Parameters
    ----------
    probes : Probes
    """

    def __init__(self, probes: Probes) -> None:
        self.probes = probes
        self.answers: dict[str, list[Answer]] = {
            name: [right_answer(probe) for probe in probes[name]] for name in FUNCTIONS
        }
        # By identity: what stands in it is kept, so that no other object can have its.
        self._known: dict[str, list[dict[int, object]]] = {
            name: [{} for _ in probes[name]] for name in FUNCTIONS
        }

    def is_right(self, function: str, row: int, outcome: Outcome) -> bool:
        """Whether an outcome is right.

        Values that have been found right are known again as the objects that they are: the sandbox
        gives the same one for the same bytes.
        """
        if not isinstance(outcome, Returned):
            return False
        known = self._known[function][row]
        if id(outcome.value) in known:
            return True
        right = _is_right(outcome, self.answers[function][row], self.probes[function][row])
        if right and len(known) < MOST_KNOWN:
            known[id(outcome.value)] = outcome.value
        return right


def right_answer(probe: Probe) -> Answer:
    """What the reference solution returns."""
    value = reference.functions()[probe.function](*probe.arguments)
    return as_arrays(value, FUNCTIONS[probe.function].returns)


@dataclass(frozen=True)
class CaseResult:
    """One graded test case.

    Attributes
    ----------
    right : bool
        Whether it earns its points.
    carried : bool
        Whether it does so given the student's own earlier functions alone.
    """

    right: bool
    carried: bool = False


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
    right : dict of str to list of bool
        By function and probe: whether the values are the reference's, as far as was asked.
    """

    def __init__(self, session: Session, expected: Expected) -> None:
        self.session = session
        self.expected = expected
        self._carried: dict[str, list[bool]] = {}
        self._judged_cases: dict[tuple[str, str], CaseResult] = {}
        self.right = {name: self._judged(name) for name in FUNCTIONS}
        to_explain = [n for n in FUNCTIONS if not all(self.right[n]) or self._mutated(n)]
        session.ask_further(to_explain)
        self.right |= {name: self._judged(name) for name in to_explain}

    def _judged(self, function: str) -> list[bool]:
        return [
            isinstance(outcome, NotAsked) or self.expected.is_right(function, row, outcome)
            for row, outcome in enumerate(self.session.outcomes[function])
        ]

    def wrong_components(self, function: str) -> frozenset[str]:
        """The functions that it uses and that have lost marks themselves.

        Not one that leads back to it: two functions cannot vouch for each other.
        """
        return frozenset(
            name
            for name in self.session.uses(function)
            if self._lost_marks(name) and function not in self._all_uses(name)
        )

    def _lost_marks(self, function: str) -> bool:
        rows = self.session.probes.rows(function).values()
        return not all(self.right[function][row] for at in rows for row in at)

    def _all_uses(self, function: str) -> set[str]:
        """The functions that it uses, directly or through others."""
        found: set[str] = set()
        waiting = [function]
        while waiting:
            new = self.session.uses(waiting.pop()) - found
            found |= new
            waiting += new
        return found

    def carried(self, function: str) -> list[bool]:
        """By probe that gives marks: whether it is right given the student's own functions."""
        if function not in self._carried:
            self._carried[function] = self._carry(function)
        return self._carried[function]

    def _carry(self, function: str) -> list[bool]:
        probes = self.session.probes[function]
        nothing = [False] * len(probes)
        if function == "practice_6_3":
            nothing = [False, self._second_step_follows()]
        names = self.wrong_components(function)
        if not names:
            return nothing
        components = Components(self.session.components(names))
        best = nothing
        for way in RECIPES[function].ways_through(names):
            carried = self._way(function, way, components)
            if sum(carried) > sum(best) and self._goes_by(function, way, names, carried):
                best = carried
            if all(self.right[function][row] or best[row] for row in self._graded(function)):
                break
        return best

    def _graded(self, function: str) -> list[int]:
        """The rows of the probes that give marks, the cheapest first."""
        probes = self.session.probes
        return [
            row for row in probes.cheapest_first(function) if probes[function][row].case is not None
        ]

    def _goes_by(self, function: str, way: Way, names: frozenset[str], carried: list[bool]) -> bool:
        """Whether it also follows where its components return other numbers than they do.

        Else it might give what is known to follow without ever calling them.
        """
        probes = self.session.probes[function]
        rows = [row for row in range(len(probes)) if carried[row]]
        rows = sorted(rows, key=lambda row: (probes[row].public, probes[row].steps))[:ASKED_AGAIN]
        calls = [probes[row].arguments for row in rows]
        outcomes, components = self.session.disguised(names, function, calls)
        own = Components(components)
        followed = 0
        for row, outcome in zip(rows, outcomes, strict=True):
            answers = [
                _answer_by(function, way, own, arguments)
                for arguments in _in_whole_numbers_and_floats(probes[row].arguments)
            ]
            known = [answer for answer in answers if answer is not None]
            if any(_is_right(outcome, answer, probes[row]) for answer in known):
                followed += 1
            elif known and all(np.isfinite(a).all() for answer in known for a in answer):
                return False
        return followed > 0

    def _way(self, function: str, way: Way, components: Components) -> list[bool]:
        """Hold the graded answers against one right way with the student's components in it."""
        probes = self.session.probes[function]
        outcomes = self.session.outcomes[function]
        answers: list[Answer | None] = [None] * len(probes)
        carried = [False] * len(probes)
        graded = self._graded(function)
        for tried, row in enumerate(graded):
            dearer = probes[row].steps > probes[graded[0]].steps
            if dearer and tried >= ENOUGH_TRIED and not any(carried):
                return carried
            for arguments in _in_whole_numbers_and_floats(probes[row].arguments):
                answer = answers[row] = _answer_by(function, way, components, arguments)
                carried[row] = answer is not None and _is_right(outcomes[row], answer, probes[row])
                if carried[row]:
                    break
        if _rewards_nothing(probes, answers):
            return [False] * len(probes)
        # Public inputs are known beforehand: to stop on all others would cost nothing.
        hidden = sum(c and not probe.public for c, probe in zip(carried, probes, strict=True))
        if hidden < FEWEST_CARRIED:
            return carried
        for row in graded:
            carried[row] |= _has_nothing_to_go_on(answers[row], outcomes[row], function)
        return carried

    def _second_step_follows(self) -> bool:
        """Whether 6.3's second step is right given a first step that says something."""
        outcome = self.session.outcomes["practice_6_3"][1]
        given = _answer(outcome, "practice_6_3")
        if given is None or [g.shape for g in given] != [(2,), (2,)]:
            return False
        first, second = given
        if len(set(first)) == 1 or np.array_equal(first, [1, 2]) or not np.isfinite(first).all():
            return False
        return compare([second], [first @ HAND_SECOND_JACOBIAN]) is None

    def case(self, function: str, name: str) -> CaseResult:
        """Judge one graded case, once."""
        key = (function, name)
        if key not in self._judged_cases:
            self._judged_cases[key] = self._case(function, name)
        return self._judged_cases[key]

    def _case(self, function: str, name: str) -> CaseResult:
        rows = self.session.probes.rows(function)[name]
        if name == UNCHANGED_ARGUMENTS and self.changed_arguments(function):
            return CaseResult(False)
        if all(self.right[function][row] for row in rows):
            return CaseResult(True)
        carried = self.carried(function)
        given = all(self.right[function][row] or carried[row] for row in rows)
        return CaseResult(given, carried=given)

    def changed_arguments(self, function: str) -> tuple[str, ...]:
        """The parameters that the function itself changes, by name.

        What a function that it uses changes is held against that one alone.
        """
        changed = self._mutated(function)
        if not changed:
            return ()
        others = self.session.uses(function)
        if any(self._mutated(n) and function not in self._all_uses(n) for n in others):
            return ()
        parameters = FUNCTIONS[function].parameters
        return tuple(parameters[i] for i in sorted(changed) if i < len(parameters))

    def _mutated(self, function: str) -> set[int]:
        outcomes = self.session.outcomes[function]
        return {i for o in outcomes if isinstance(o, Returned) for i in o.mutated}


def _answer_by(
    function: str, way: Way, components: Components, arguments: Arguments
) -> Answer | None:
    """What a right way gives with the student's components in it, if anything."""
    try:
        with np.errstate(all="ignore"):
            value = way(components, *arguments)
        return as_arrays(value, FUNCTIONS[function].returns)
    except Exception:
        # A component of the student's may fail, or return anything at all.
        return None


def _in_whole_numbers_and_floats(arguments: Arguments) -> list[Arguments]:
    """The arguments, and as a student has them who turns whole numbers into floats first."""
    floats = _floats(arguments)
    return [arguments] if floats is arguments else [arguments, floats]


def _floats(value: Any) -> Any:
    """The same with float arrays in place of arrays of whole numbers; itself if it has none."""
    if isinstance(value, np.ndarray):
        return value if value.dtype.kind == "f" else value.astype(float)
    if isinstance(value, list | tuple):
        items = [_floats(item) for item in value]
        same = all(new is old for new, old in zip(items, value, strict=True))
        return value if same else type(value)(items)
    return value


def _answer(outcome: Outcome, function: str) -> Answer | None:
    if not isinstance(outcome, Returned):
        return None
    try:
        return as_arrays(outcome.value, FUNCTIONS[function].returns)
    except NotAnAnswer:
        return None


def _has_nothing_to_go_on(answer: Answer | None, outcome: Outcome, function: str) -> bool:
    """Whether it stops where its component does, or gives no number where that gives none."""
    if answer is None:
        return isinstance(outcome, Raised)
    given = _answer(outcome, function)
    if given is None or [g.shape for g in given] != [a.shape for a in answer]:
        return False
    finite = [np.isfinite(a) for a in answer]
    return not all(f.all() for f in finite) and all(
        np.array_equal(np.isfinite(g), f) and close(g[f], a[f]).all()
        for g, a, f in zip(given, answer, finite, strict=True)
    )


def _is_right(outcome: Outcome, right: Answer, probe: Probe) -> bool:
    given = _answer(outcome, probe.function)
    if given is None:
        return False
    if probe.part is None:
        return compare(given, right) is None
    if len(given) != len(right):
        return False
    return compare([given[probe.part]], [right[probe.part]]) is None


def _rewards_nothing(probes: list[Probe], answers: list[Answer | None]) -> bool:
    """Whether a constant, a copy of an argument or the shapes alone give every graded answer."""
    graded = [
        (probe, answer)
        for probe, answer in zip(probes, answers, strict=True)
        if probe.case is not None and answer
    ]
    return all(
        _is_constant(answer) or _is_copy(probe, answer) for probe, answer in graded
    ) or _by_shapes_alone(graded)


def _is_constant(answer: Answer) -> bool:
    return all(a.size == 0 or close(a, np.full_like(a, a.flat[0])).all() for a in answer)


def _is_copy(probe: Probe, answer: Answer) -> bool:
    arrays = [np.asarray(item, dtype=float) for item in _flat(probe.arguments)]
    return all(
        any(a.shape == array.shape and close(array, a).all() for a in arrays) for array in answer
    )


def _by_shapes_alone(graded: list[tuple[Probe, Answer]]) -> bool:
    """Whether inputs of the same shapes, if there are any, have the same answers throughout."""
    first: dict[tuple[Any, ...], Answer] = {}
    compared = 0
    for probe, answer in graded:
        if not probe.arguments:
            return False
        shapes = tuple(np.shape(item) for item in _flat(probe.arguments))
        if (other := first.setdefault(shapes, answer)) is not answer:
            compared += 1
            if compare(answer, other) is not None:
                return False
    return compared > 0


def _flat(arguments: Arguments) -> list[Any]:
    return [item for a in arguments for item in (a if isinstance(a, list) else [a])]
