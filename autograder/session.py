"""All answers of one submission: every function called on every probe, in the worker."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.contract import FILES, FUNCTIONS
from autograder.probes import Arguments, Probes
from autograder.reference import wiggle_source
from autograder.sandbox import wire
from autograder.sandbox.client import Batch, Sandbox, Worker
from autograder.sandbox.outcome import NotAsked, Outcome, Returned
from autograder.submission import Submission

#: A component that returns more numbers than this is broken: the outer product of two such
#: vectors would fill the grader's memory. Honest ones return a few dozen.
MOST_NUMBERS = 1000


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
        self._answered: dict[tuple[str, bytes], Outcome] = {}
        self.worker: Worker = sandbox.open({"wiggle.py": wiggle_source(), **submission.files})
        self.outcomes: dict[str, list[Outcome]] = {
            name: [NotAsked()] * len(probes[name]) for name in FUNCTIONS
        }
        self._ask(graded=True)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *exception: object) -> None:
        self.worker.close()

    def ask_further(self) -> None:
        """Ask the probes that give no marks too: they tell what a wrong answer comes from."""
        self._ask(graded=False)

    def _ask(self, graded: bool) -> None:
        rows, batches = _batches(self.probes, graded)
        for name, answers in zip(rows, self.worker.call_all(batches), strict=True):
            for row, answer in zip(rows[name], answers, strict=True):
                self.outcomes[name][row] = answer

    def call(self, function: str, calls: list[Arguments]) -> list[Outcome]:
        """Call a function of the student's; a file that is not there gives ``Missing``."""
        return self.worker.call(FUNCTIONS[function].file, function, calls)

    def uses(self, function: str) -> frozenset[str]:
        """The functions of the contract that a function of the student's calls, as written."""
        facts = self.worker.facts.get(FUNCTIONS[function].file)
        return frozenset(facts.uses.get(function, ())) - {function} if facts else frozenset()

    def not_attempted(self, function: str) -> bool:
        """Whether the function is still the stub that was handed out."""
        facts = self.worker.facts.get(FUNCTIONS[function].file)
        return facts is not None and function in facts.stub

    def broken_file(self, file: str) -> Outcome | None:
        """Why a file that was handed in could not be imported, if it could not."""
        return self.worker.imports.get(file) if file in FILES else None

    @property
    def component_calls(self) -> int:
        """How often a component had to be called so far."""
        return len(self._answered)

    def components(self, names: Collection[str]) -> dict[str, Callable[..., Any]]:
        """The student's functions as callables that answer from the worker.

        Each raises ``ComponentFailed`` where the student's function does not return.
        """
        return {name: self._component(name) for name in names}

    def _component(self, name: str) -> Callable[..., Any]:
        def component(*arguments: object) -> Any:
            # Ways and predictions begin alike: they ask the same things again and again.
            key = (name, wire.dumps(arguments))
            if key not in self._answered:
                (self._answered[key],) = self.call(name, [arguments])
            outcome = self._answered[key]
            if not isinstance(outcome, Returned) or too_many_numbers(outcome.value):
                raise ComponentFailed(name)
            return outcome.value

        return component


@lru_cache(maxsize=2)
def _batches(probes: Probes, graded: bool) -> tuple[dict[str, list[int]], list[Batch]]:
    """The rows of the probes that give marks, or of the others, and their calls, by function."""
    rows = {
        name: [row for row, probe in enumerate(probes[name]) if (probe.case is not None) is graded]
        for name in FUNCTIONS
    }
    return rows, [
        Batch(FUNCTIONS[name].file, name, [probes[name][row].arguments for row in rows[name]])
        for name in FUNCTIONS
    ]


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
