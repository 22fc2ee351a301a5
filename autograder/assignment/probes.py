"""All inputs on which functions are tried, drawn anew for each seed."""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np

from autograder.assignment.assignment import Assignment
from autograder.assignment.exercise import Exercise
from autograder.assignment.neighbours import with_neighbours
from autograder.assignment.probe import UNCHANGED_ARGUMENTS, FewDigits, Probe, Random


class Probes:
    """All probes of one run, by function.

    Parameters
    ----------
    assignment : Assignment
    seed : int
        The same seed gives the same probes, so that a re-grade is identical.
    """

    def __init__(self, assignment: Assignment, seed: int) -> None:
        self.assignment = assignment
        self.seed = seed
        self._by_function = {
            name: with_neighbours(list(exercise.inputs(self._random(name))), exercise.alone)
            for name, exercise in assignment.known.items()
        }
        self._rows = {name: self._rows_of(e) for name, e in assignment.known.items()}
        self._fresh: dict[tuple[str, int], list[Probe]] = {}

    def _random(self, name: str) -> Random:
        return np.random.default_rng(self._entropy(name))

    def _entropy(self, name: str) -> list[int]:
        return [self.seed, zlib.crc32(name.encode())]

    def __getitem__(self, function: str) -> list[Probe]:
        return self._by_function[function]

    def cases(self, function: str) -> dict[str, list[Probe]]:
        """Graded probes by test case, in the order of the tests.

        Functions with arguments have one more case, over all their graded probes: that they
        leave their arguments alone.
        """
        rows = self.rows(function)
        return {case: [self[function][row] for row in at] for case, at in rows.items()}

    def rows(self, function: str) -> dict[str, list[int]]:
        """As ``cases``, but where in the function's probes they stand."""
        return self._rows[function]

    def _rows_of(self, exercise: Exercise) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row, probe in enumerate(self[exercise.name]):
            if probe.case is not None:
                rows.setdefault(probe.case, []).append(row)
        if exercise.parameters:
            rows[UNCHANGED_ARGUMENTS] = sorted(row for at in rows.values() for row in at)
        return rows

    def fresh(self, function: str, salt: int = 0) -> list[Probe]:
        """Another draw of the inputs that are not public: what is said is held against them."""
        key = (function, salt)
        if key not in self._fresh:
            exercise = self.assignment.known[function]
            entropy = self._entropy(f"{function} afresh {salt}")
            drawn = exercise.inputs(FewDigits(np.random.PCG64(entropy)))
            self._fresh[key] = [
                replace(probe, case=None)
                for probe in drawn
                if exercise.parameters and not probe.public
            ]
        return self._fresh[key]

    def plain(self, function: str, count: int) -> list[Probe]:
        """Ordinary probes with numbers of few digits: to be shown."""
        draw = self.assignment.known[function].ordinary
        if draw is None:
            return []
        random = FewDigits(np.random.PCG64(self._entropy(f"{function} plain")))
        return [Probe(function, draw(random)) for _ in range(count)]

    def more(self, function: str, count: int, salt: int) -> list[Probe]:
        """Further ordinary probes, for a diagnosis that the first ones leave open."""
        draw = self.assignment.known[function].ordinary
        if draw is None:
            return []
        random = self._random(f"{function} {salt}")
        return [Probe(function, draw(random)) for _ in range(count)]
