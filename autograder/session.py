"""All answers of one submission: every function called on every probe, in the worker."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.contract import FILES, FUNCTIONS
from autograder.judging import identity
from autograder.probes import Arguments, Probes
from autograder.reference import wiggle_source
from autograder.sandbox.client import Batch, Sandbox, Worker
from autograder.sandbox.outcome import NotAsked, Outcome, Returned
from autograder.submission import Submission

#: A component that returns more numbers than this is broken: the outer product of two such
#: vectors would fill the grader's memory. Honest ones return a few dozen.
MOST_NUMBERS = 1000
MOST_DIMENSIONS = 2


class ComponentFailed(Exception):
    """A student's function that another one was to be judged with gave nothing to go on with."""


class Session:
    """One submission in its worker, with its answers to the graded probes and, if asked, to all.

    Parameters
    ----------
    submission : Submission
    sandbox : Sandbox
    probes : Probes

    Attributes
    ----------
    outcomes : dict of str to list of Outcome
        By function, in the order of its probes.
    """

    def __init__(self, submission: Submission, sandbox: Sandbox, probes: Probes) -> None:
        self.submission = submission
        self.probes = probes
        self.worker = sandbox.open({"wiggle.py": wiggle_source(), **submission.files})
        self._components = _Components(self.worker)
        self.outcomes: dict[str, list[Outcome]] = {
            name: [NotAsked()] * len(probes[name]) for name in FUNCTIONS
        }
        self._ask(FUNCTIONS, graded=True)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *exception: object) -> None:
        self.worker.close()

    def ask_further(self, functions: Iterable[str]) -> None:
        """Ask the probes that give no marks too: they tell what a wrong answer comes from."""
        self._ask(functions, graded=False)

    def _ask(self, functions: Iterable[str], graded: bool) -> None:
        asked = [(name, *_batch(self.probes, name, graded)) for name in functions]
        answers = self.worker.call_all(batch for _, _, batch in asked)
        for (name, rows, _), outcomes in zip(asked, answers, strict=True):
            for row, outcome in zip(rows, outcomes, strict=True):
                self.outcomes[name][row] = outcome

    def call(self, function: str, calls: list[Arguments]) -> list[Outcome]:
        """Call a function of the student's; a file that is not there gives ``Missing``."""
        return self.worker.call(FUNCTIONS[function].file, function, calls)

    def uses(self, function: str) -> frozenset[str]:
        """The functions of the contract that a function of the student's calls, as written."""
        facts = self.worker.facts(FUNCTIONS[function].file)
        return frozenset(facts.uses.get(function, ())) - {function}

    def not_attempted(self, function: str) -> bool:
        """Whether the function is still the stub that was handed out."""
        return function in self.worker.facts(FUNCTIONS[function].file).stub

    def broken_file(self, file: str) -> Outcome | None:
        """Why a file that was handed in could not be imported, if it could not."""
        return self.worker.imports.get(file) if file in FILES else None

    @property
    def component_calls(self) -> int:
        """How often a component had to be called so far."""
        return self._components.calls

    def components(self, names: Collection[str]) -> dict[str, Callable[..., Any]]:
        """The student's functions as callables that answer from the worker.

        Each raises ``ComponentFailed`` where the student's function does not return.
        """
        return self._components.named(names)

    def disguised(
        self, names: Collection[str], function: str, calls: list[Arguments]
    ) -> tuple[list[Outcome], dict[str, Callable[..., Any]]]:
        """Ask a function again where some that it uses return other numbers.

        Returns
        -------
        list of Outcome
            What it does then, for each of the calls.
        dict of str to callable
            As ``components``, all that it uses, as they are there.
        """
        outcomes = self.worker.call(FUNCTIONS[function].file, function, calls, names)
        return outcomes, _Components(self.worker, names).named(self.uses(function))


class _Components:
    """The student's functions, some of them disguised, called one tuple of arguments at a time."""

    def __init__(self, worker: Worker, disguised: Collection[str] = ()) -> None:
        self._worker = worker
        self._disguised = disguised
        self._answered: dict[tuple[str, object], Outcome] = {}

    @property
    def calls(self) -> int:
        return len(self._answered)

    def named(self, names: Collection[str]) -> dict[str, Callable[..., Any]]:
        return {name: self._component(name) for name in names}

    def _component(self, name: str) -> Callable[..., Any]:
        def component(*arguments: object) -> Any:
            # Ways and predictions begin alike: they ask the same things again and again.
            key = (name, identity(arguments))
            if key not in self._answered:
                file = FUNCTIONS[name].file
                answers = self._worker.call(file, name, [arguments], self._disguised)
                (self._answered[key],) = answers
            outcome = self._answered[key]
            if not isinstance(outcome, Returned) or not _can_go_on(outcome.value):
                raise ComponentFailed(name)
            return outcome.value

        return component


@lru_cache(maxsize=4 * len(FUNCTIONS))
def _batch(probes: Probes, function: str, graded: bool) -> tuple[list[int], Batch]:
    """The rows of a function's probes that give marks, or of the others, and their calls."""
    rows = [row for row, probe in enumerate(probes[function]) if (probe.case is not None) is graded]
    calls = [probes[function][row].arguments for row in rows]
    return rows, Batch(FUNCTIONS[function].file, function, calls)


def _can_go_on(value: Any) -> bool:
    """Whether a computation can take a component's value without growing beyond all bounds.

    Arrays of many dimensions stretch one another at each step in which they are combined.
    """
    if too_many_numbers(value):
        return False
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list | tuple):
            waiting += item
        elif np.ndim(item) > MOST_DIMENSIONS:
            return False
    return True


def too_many_numbers(value: Any) -> bool:
    """Whether a value holds more than `MOST_NUMBERS`; looks at no more of them than that."""
    waiting, seen = [value], 0
    while waiting:
        item = waiting.pop()
        seen += 1 if isinstance(item, list | tuple) else int(np.size(item))
        if seen > MOST_NUMBERS or (isinstance(item, list | tuple) and len(item) > MOST_NUMBERS):
            return True
        if isinstance(item, list | tuple):
            waiting += item
    return False
