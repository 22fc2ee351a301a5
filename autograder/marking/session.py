"""All answers of one submission: every function called on every probe, in the worker."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, Literal

import numpy as np

from autograder.assignment.probe import Arguments, Probe
from autograder.assignment.probes import Probes
from autograder.intake.submission import Submission
from autograder.marking.right_answers import right_value
from autograder.sandbox.batch import Batch
from autograder.sandbox.client import RightFunctions, Sandbox, Worker
from autograder.sandbox.outcome import NotAsked, Outcome, Trace, Tried

#: An answer that holds more numbers than this is none: right ones hold a few dozen.
MOST_NUMBERS = 5000

#: The answers to public inputs are shown, so they are asked for before code that could keep them
#: has seen a hidden one. Hidden inputs that give no marks are for wrong functions only.
Kind = Literal["public", "graded", "further"]


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
        By function, in the order of its probes, as the submission stands.
    """

    def __init__(self, submission: Submission, sandbox: Sandbox, probes: Probes) -> None:
        self.submission = submission
        self.probes = probes
        self.assignment = probes.assignment
        self._sandbox = sandbox
        self._files = {**self.assignment.importable, **submission.files}
        self.worker = sandbox.open(self._files)
        self._again: list[Again] = []
        self._others: list[Session] = []
        self._fresh: tuple[str, Worker] | None = None
        self.outcomes: dict[str, list[Outcome]] = {
            name: [NotAsked()] * len(probes[name]) for name in self.assignment.known
        }
        kinds: tuple[Kind, ...] = ("public", "graded")
        _ask(
            self.worker,
            probes,
            self.outcomes,
            [(name, kind) for kind in kinds for name in self.assignment.known],
        )

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *exception: object) -> None:
        self._close_fresh()
        for other in self._others:
            other.__exit__(*exception)
        for worker in (self.worker, *(again.worker for again in self._again)):
            worker.close()

    def ask_further(self, functions: Iterable[str]) -> None:
        """Ask the probes that give no marks too: they tell what a wrong answer comes from."""
        _ask(self.worker, self.probes, self.outcomes, [(name, "further") for name in functions])

    def again(self, function: str, names: Collection[str]) -> Again:
        """Ask one function again, with right ones in the places of others."""
        again = Again(self, function, names)
        self._again.append(again)
        return again

    def with_file(self, file: str, source: bytes, function: str, names: Collection[str]) -> Session:
        """The same submission with another text of one file, of which one function is asked.

        Parameters
        ----------
        file : str
        source : bytes
            Nothing that it answers counts for any marks.
        function : str
        names : collection of str
            The functions that get stand-ins.
        """
        other = Session.__new__(Session)
        other.__dict__.update(self.__dict__)
        files = {**self.submission.files, file: source}
        other.submission = replace(self.submission, files=files)
        other._files = {**self._files, file: source}
        other._again, other._others, other._fresh = [], [], None
        other.worker = self._sandbox.open(other._files, self._stand_ins_if(names), self.worker)
        self._others.append(other)
        asked = [NotAsked()] * len(self.probes[function])
        other.outcomes = {**self.outcomes, function: [*asked]}
        kinds: tuple[Kind, ...] = ("public", "graded", "further")
        _ask(other.worker, self.probes, other.outcomes, [(function, kind) for kind in kinds])
        return other

    def open(self, stand_ins: RightFunctions | None) -> Worker:
        """Start a fresh worker, on what is left of the submission's time."""
        return self._sandbox.open(self._files, stand_ins, self.worker)

    def afresh(
        self, function: str, names: Collection[str], probes: Sequence[Probe]
    ) -> list[Outcome]:
        """Ask a function in a process that has answered nothing yet, with some stand-ins."""
        batch = _batch_of(self._file(function), function, probes)
        self._close_fresh()
        worker = self._open_with(names)
        self._fresh = function, worker
        return worker.call_all([batch])[0]

    def try_changes(
        self,
        function: str,
        probes: Sequence[Probe],
        numbers: Sequence[int] = (),
        *,
        filled: bool = False,
        beside: int | None = None,
    ) -> Tried | None:
        """Ask small changes of a function, in the process in which it was asked afresh last.

        Parameters
        ----------
        function : str
        probes : sequence of Probe
            None that is hidden.
        numbers : sequence of int
            The changes; without, all that there are.
        filled : bool
            Whether they are to be right values in the places of its own.
        beside : int, optional
            A change that is made beside each.
        """
        if self._fresh is None or self._fresh[0] != function:
            return None
        batch = _batch_of(self._file(function), function, probes)
        quantities = self.assignment.known[function].quantities if filled else None
        right = [list(quantities(*p.arguments).values()) for p in probes] if quantities else []
        return self._fresh[1].try_changes(batch, numbers, right, beside)

    def trace(self, function: str, names: Collection[str], probe: Probe) -> Trace | None:
        """Follow a call line by line, in a process that is told neither hidden inputs nor answers.

        Parameters
        ----------
        function : str
        names : collection of str
            The functions that get stand-ins.
        probe : Probe
            None that is hidden.
        """
        with self._open_with(names) as worker:
            return worker.trace(_batch_of(self._file(function), function, [probe]))

    def _open_with(self, names: Collection[str]) -> Worker:
        return self.open(self._stand_ins_if(names))

    def _stand_ins_if(self, names: Collection[str]) -> RightFunctions | None:
        return self.stand_ins(names) if names else None

    def _close_fresh(self) -> None:
        if self._fresh is not None:
            self._fresh[1].close()
            self._fresh = None

    def stand_ins(self, names: Collection[str]) -> RightFunctions:
        """Right functions to put in the places of some."""
        exercises = self.assignment.known
        return RightFunctions(
            {name: len(exercises[name].parameters) for name in sorted(names)},
            partial(right_value, self.assignment),
        )

    def call(self, function: str, calls: list[Arguments]) -> list[Outcome]:
        """Call a function of the student's; a file that is not there gives ``Missing``."""
        return self.worker.call(self._file(function), function, calls)

    def _file(self, function: str) -> str:
        return self.assignment.known[function].file

    def uses(self, function: str) -> frozenset[str]:
        """The functions of the assignment that a function of the student's calls, as written."""
        facts = self.worker.facts(self._file(function))
        return frozenset(facts.uses.get(function, ())) - {function}

    def not_attempted(self, function: str) -> bool:
        """Whether the function is still the stub that was handed out."""
        return function in self.worker.facts(self._file(function)).stub

    def broken_file(self, file: str) -> Outcome | None:
        """Why a file that was handed in could not be imported as a whole, if it could not."""
        return self.worker.imports.get(file) if file in self.assignment.files else None


class Again:
    """One function in a fresh worker, with right ones in the places of others.

    Parameters
    ----------
    session : Session
    function : str
    names : collection of str
        The functions that get stand-ins.

    Attributes
    ----------
    names : collection of str
    outcomes : list of Outcome
        In the order of the function's probes.
    """

    def __init__(self, session: Session, function: str, names: Collection[str]) -> None:
        self._session = session
        self._function = function
        self.names = names
        self._file = session.assignment.known[function].file
        self._stand_ins = session.stand_ins(names)
        self.worker = session.open(self._stand_ins)
        self._outcomes: dict[str, list[Outcome]] = {
            function: [NotAsked()] * len(session.probes[function])
        }
        self._ask("public", "graded")

    @property
    def outcomes(self) -> list[Outcome]:
        return self._outcomes[self._function]

    @property
    def components(self) -> tuple[str, ...]:
        """The stand-ins that were called: what the function leans on."""
        asked = self._stand_ins.asked
        return tuple(name for name in self._session.assignment.known if name in asked)

    def ask_further(self) -> None:
        """Ask the probes that give no marks too."""
        self._ask("further")

    def call(self, calls: list[Arguments]) -> list[Outcome]:
        """Call the function on other inputs."""
        return self.worker.call(self._file, self._function, calls)

    def _ask(self, *kinds: Kind) -> None:
        wanted = [(self._function, kind) for kind in kinds]
        _ask(self.worker, self._session.probes, self._outcomes, wanted)


def _ask(
    worker: Worker,
    probes: Probes,
    outcomes: dict[str, list[Outcome]],
    wanted: list[tuple[str, Kind]],
) -> None:
    """Ask functions on their probes of some kind, all at once, in this order."""
    asked = [(name, *_batch(probes, name, kind)) for name, kind in wanted]
    answers = worker.call_all(batch for _, _, batch in asked)
    for (name, rows, _), given in zip(asked, answers, strict=True):
        for row, outcome in zip(rows, given, strict=True):
            outcomes[name][row] = outcome


@lru_cache(maxsize=200)
def _batch(probes: Probes, function: str, kind: Kind) -> tuple[list[int], Batch]:
    """The rows of a function's probes of some kind, and their calls."""
    rows = [row for row, probe in enumerate(probes[function]) if _kind(probe) == kind]
    asked = [probes[function][row] for row in rows]
    return rows, _batch_of(probes.assignment.known[function].file, function, asked)


def _batch_of(file: str, function: str, probes: Sequence[Probe]) -> Batch:
    overwritten = [at for at, probe in enumerate(probes) if probe.copied]
    kept = [at for at, probe in enumerate(probes) if probe.kept]
    return Batch(file, function, [probe.arguments for probe in probes], overwritten, kept)


def _kind(probe: Probe) -> Kind:
    if probe.public:
        return "public"
    return "further" if probe.case is None else "graded"


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
