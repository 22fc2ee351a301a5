"""Choose the wrong answer that is shown: one that shows what the text says of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import Answer, NotAnAnswer, as_arrays, identity
from autograder.assignment.probe import Probe, numbers_in
from autograder.assignment.rows import Row, finite
from autograder.diagnosis.checked_statements import Form, form
from autograder.diagnosis.fresh import Fresh
from autograder.diagnosis.localise import properties_broken
from autograder.diagnosis.shapes import says_kind
from autograder.marking.marks import Marking, right_answer
from autograder.sandbox.outcome import Outcome, Raised, Returned
from autograder.source.phrases import Said

#: An input of so many numbers shows what goes on, and can be followed by hand.
FEWEST_NUMBERS, MOST_NUMBERS = 7, 30
#: So many plain inputs are tried where none of the others can be followed.
PLAIN = 20
#: Sizes of numbers that are read at a glance.
_SMALL, _LARGE = 0.01, 100
#: Another array is as hard to read as so many more numbers.
_FOR_AN_ARRAY = 5
#: So many numbers more than that are borne with.
_SLACK = 10


@dataclass(frozen=True)
class Example:
    """A probe that may be shown, with what the function did on it and what is right.

    Attributes
    ----------
    exercise : Exercise
    probe : Probe
    outcome : Outcome
    right : list of arrays
    mistakes : int
        How many of several mistakes that are told make a difference there; 0 where one is told.
    """

    exercise: Exercise
    probe: Probe
    outcome: Outcome
    right: Answer
    mistakes: int = 0

    @property
    def given(self) -> Answer | None:
        """The arrays that came back; None where none did."""
        if not isinstance(self.outcome, Returned):
            return None
        try:
            return as_arrays(self.outcome.value, self.exercise.returns)
        except NotAnAnswer:
            return None

    @property
    def has_right_shapes(self) -> bool:
        """Whether numbers came back, in the shapes that are asked for."""
        shapes = [one.shape for one in self.right]
        return self.given is not None and [one.shape for one in self.given] == shapes


def choose_example(
    marking: Marking,
    function: str,
    observations: Sequence[Said],
    fresh: Fresh,
    count_shown: Callable[[int], int] | None = None,
    among: Collection[int] | None = None,
) -> Example | None:
    """Choose a wrong answer to an input that may be shown.

    Of several the first that shows most of what was observed, and in which the part that is shown
    is wrong. Where no public input is answered wrongly, or none shows all that is said, one that
    was drawn for this: the answer to it comes from a process that has seen no hidden input.

    Parameters
    ----------
    marking : Marking
    function : str
    observations : sequence of Said
    fresh : Fresh
    count_shown : callable
        How many of the misconceptions that are told make a difference there, by where a probe
        stands among the function's, and those drawn behind them; None where less than two are told.
    among : collection of int, optional
        The ids of the probes that may be taken.
    """
    exercise = marking.assignment.exercises[function]
    asked = marking.rows(function)
    found = [
        (row, outcome)
        for row, outcome in zip(asked, marking.outcomes[function], strict=True)
        if row.probe.public
    ]
    places = {id(row): at for at, row in enumerate(asked)}
    places |= {
        id(row): len(asked) + at for (at, _), row in zip(fresh.outcomes, fresh.rows, strict=True)
    }

    def shown_in(row: Row) -> int:
        # Beside nan and inf the other mistake isn't seen.
        hides = not (row.given and finite(row.given))
        return 0 if hides or not count_shown else count_shown(places[id(row)])

    said = {form(one) for one in observations}
    is_wrong = any(not row.is_right and isinstance(given, Returned) for row, given in found)
    enough = is_wrong and not said and not count_shown and among is None
    drawn = [] if enough else shown(marking, function, fresh)
    # What is said of every answer must not be shown beside one of which it isn't so.
    broken = said & _broken_by_any(exercise, [row for row, _ in [*found, *drawn]])
    wrong = [
        (row, outcome)
        for row, outcome in [*found, *drawn]
        if not row.is_right
        and isinstance(outcome, Returned)
        # What was done after the call to see whether it is new shows in these values.
        and not row.probe.copied
        and (among is None or id(row.probe) in among)
    ]
    fitting = [one for one in wrong if not broken or broken <= properties_broken(exercise, one[0])]
    # What can't be followed by hand shows nothing.
    most = max((shown_in(row) for row, _ in fitting if can_be_followed(row)), default=0)
    fitting = [one for one in fitting if shown_in(one[0]) >= most]
    if any(map(says_kind, observations)):
        # Beside a right shape, what is said of a wrong one is of another call.
        fitting = [one for one in fitting if not one[0].has_right_shapes] or fitting
    public = [one for one in fitting if one[0].probe.public] or fitting
    if not public:
        return None
    row, outcome = max(
        public,
        key=lambda one: (
            _shows_it(exercise, one[0]),
            can_be_followed(one[0]),
            -_odd(one[0]),
            -_much(one[0]),
            _ways_wrong(one[0]),
            -_burden(one[0]),
        ),
    )
    return Example(exercise, row.probe, outcome, row.right, shown_in(row))


def choose_stop(marking: Marking, function: str, failure: Raised, fresh: Fresh) -> Example | None:
    """Choose an input that may be shown and at which it stops with that exception.

    Parameters
    ----------
    marking : Marking
    function : str
    failure : Raised
    fresh : Fresh
    """
    rows = zip(marking.rows(function), marking.outcomes[function], strict=True)
    found = [(row, outcome) for row, outcome in rows if row.probe.public]
    alike = [
        (row, outcome)
        for row, outcome in [*found, *shown(marking, function, fresh)]
        if failure.is_like(outcome)
    ]
    if not alike:
        return None
    if fresh.rows and min(_much(row) for row, _ in alike) > 0:
        alike += _plain_stops(marking, function, failure)
    row, outcome = min(alike, key=lambda one: (_odd(one[0]), _burden(one[0])))
    return Example(marking.assignment.exercises[function], row.probe, outcome, row.right)


def _plain_stops(marking: Marking, function: str, failure: Raised) -> list[tuple[Row, Outcome]]:
    """Inputs with nothing special about them, and few numbers, at which it stops too."""
    probes = marking.session.probes.plain(function, PLAIN)
    return [
        (Row(probe, right_answer(marking.assignment, probe), None, is_right=False), outcome)
        for probe, outcome in zip(probes, marking.afresh(function, probes), strict=True)
        if failure.is_like(outcome)
    ]


def shown(marking: Marking, function: str, fresh: Fresh) -> list[tuple[Row, Outcome]]:
    """Fresh answers that may be shown: not to inputs that a hidden probe has as well.

    Parameters
    ----------
    marking : Marking
    function : str
    fresh : Fresh
    """
    probes = marking.session.probes[function]
    hidden = {identity(probe.arguments) for probe in probes if not probe.public}
    return [
        (row, outcome)
        for row, (_, outcome) in zip(fresh.rows, fresh.outcomes, strict=True)
        if identity(row.probe.arguments) not in hidden
    ]


def _broken_by_any(exercise: Exercise, rows: Sequence[Row]) -> set[Form]:
    return set[Form]().union(*(properties_broken(exercise, row) for row in rows))


def _much(row: Row | Example) -> int:
    """How far the size of an input is from what can be followed; a public one is as it is."""
    if row.probe.public:
        return 0
    count = numbers_in(row.probe.arguments)
    return max(count - MOST_NUMBERS, FEWEST_NUMBERS - count, 0)


def _burden(row: Row) -> int:
    """What there is to read of an input; a public one is as it is."""
    if row.probe.public:
        return 0
    arrays = sum(len(one) if isinstance(one, list) else 1 for one in row.probe.arguments)
    return numbers_in(row.probe.arguments) + _FOR_AN_ARRAY * arrays


def _odd(row: Row) -> int:
    """How many arrays of a list, or rows of a matrix, are there again or are all 0."""
    if row.probe.public:
        return 0
    odd = 0
    for value in row.probe.arguments:
        items = value if isinstance(value, list) or np.ndim(value) == 2 else []
        kept = {identity(item) for item in items if np.any(item)}
        odd += len(items) - len(kept)
    return odd


def can_be_followed(row: Row | Example) -> bool:
    """Whether its numbers are few, and read at a glance: none that is huge, or tiny and not 0."""
    if _much(row) > _SLACK:
        return False
    sizes = [np.abs(np.asarray(one, dtype=float)).ravel() for one in _numbers(row.probe.arguments)]
    found = np.concatenate([np.ones(1), *sizes])
    return bool((((found >= _SMALL) & (found <= _LARGE)) | (found == 0)).all())


def _numbers(value: Any) -> Iterator[Any]:
    """What holds numbers in some arguments."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from _numbers(item)
    elif np.ndim(value) or np.isscalar(value):
        yield value


def _ways_wrong(row: Row) -> int:
    """In how many ways entries are wrong: 0 for a number, a number for 0, another sign."""
    if not row.has_right_shapes or row.given is None:
        return 0
    triples = zip(row.wrong(), row.given, row.right, strict=True)
    ways = [
        (wrong & (given == 0), wrong & (right == 0), wrong & (np.sign(given) * right < 0))
        for wrong, given, right in triples
    ]
    return sum(any(np.any(one) for one in way) for way in zip(*ways, strict=True))


def _shows_it(exercise: Exercise, row: Row) -> bool:
    """Whether what is shown of a pair, its list of numbers, is wrong."""
    if not exercise.parts or not row.has_right_shapes:
        return True
    return bool(np.any(row.wrong()[-1]))
