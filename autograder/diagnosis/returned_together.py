"""Of several things that a function returns together, the one that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.assignment.probe import Arguments, Probe
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Outcome, Returned, Tried

#: More than this are no things returned together, but a list.
MOST_TOGETHER = 4
#: So many answers at least must have the form.
FEWEST = 3


class OfPart(Marking):
    """A marking in which one of the things that a function returns stands for its answer."""

    _whole: Marking
    place: int
    together: int

    @classmethod
    def of(cls, marking: Marking, function: str, place: int, together: int) -> OfPart:
        """See one part of a function's answers.

        Parameters
        ----------
        marking : Marking
        function : str
        place : int
            Which of them, counted from 0.
        together : int
            How many there are.
        """
        # A copy of all that was found out: a marking that is made anew would judge all functions
        # and ask them again.
        part = cls.__new__(cls)
        part.__dict__.update(marking.__dict__)
        part._whole, part.place, part.together = marking, place, together
        part.outcomes = {**marking.outcomes, function: part._parts(marking.outcomes[function])}
        part.right = {**marking.right, function: part._judged(function)}
        return part

    def _parts(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        return [_part(outcome, self.place) for outcome in outcomes]

    def call(self, function: str, calls: list[Arguments]) -> list[Outcome]:
        """As in `Marking`, of the part alone."""
        return self._parts(self._whole.call(function, calls))

    def afresh(self, function: str, probes: Sequence[Probe]) -> list[Outcome]:
        """As in `Marking`, of the part alone."""
        return self._parts(self._whole.afresh(function, probes))

    def try_changes(
        self,
        function: str,
        probes: Sequence[Probe],
        numbers: Sequence[int] = (),
        *,
        filled: bool = False,
        beside: int | None = None,
    ) -> Tried | None:
        """As in `Marking`, of the part alone."""
        tried = self._whole.try_changes(function, probes, numbers, filled=filled, beside=beside)
        if tried is None:
            return None
        return replace(tried, returned=[_part_of(one, self.place) for one in tried.returned])


def _part(outcome: Outcome, place: int) -> Outcome:
    return _part_of(outcome, place) if isinstance(outcome, Returned) else outcome


def _part_of(returned: Returned, place: int) -> Returned:
    if _is_several(returned.value, place + 1):
        return replace(returned, value=returned.value[place])
    return returned


def _is_several(value: object, least: int = 2) -> bool:
    return isinstance(value, tuple) and least <= len(value) <= MOST_TOGETHER


def asked_for(marking: Marking, function: str) -> OfPart | None:
    """The marking of the one thing that is asked for, where more are returned with it.

    Parameters
    ----------
    marking : Marking
    function : str
    """
    exercise = marking.assignment.exercises[function]
    values = [o.value for o in marking.outcomes[function] if isinstance(o, Returned)]
    sizes = {len(value) if _is_several(value) else 0 for value in values}
    if exercise.parts or len(values) < FEWEST or len(sizes) != 1 or 0 in sizes:
        return None
    (together,) = sizes
    for place in range(together):
        found = OfPart.of(marking, function, place, together)
        rows, outcomes = found.rows(function), found.outcomes[function]
        if all(
            row.has_right_shapes
            for row, outcome in zip(rows, outcomes, strict=True)
            if isinstance(outcome, Returned)
        ):
            return found
    return None
