"""Find the simplest misconception, or pair, that reproduces everything a student's function did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.assignment.judging import ABSOLUTE, RELATIVE
from autograder.assignment.output_faults import FAMILIES
from autograder.assignment.prediction import Prediction, equal, predict
from autograder.assignment.probe import Probe
from autograder.assignment.probes import Probes
from autograder.assignment.recipe import Components, Remembered
from autograder.diagnosis.by_example import Example
from autograder.diagnosis.fresh import Fresh
from autograder.diagnosis.lines import may_be_written
from autograder.diagnosis.matching import SHAPE_ERRORS, Given
from autograder.formulas import Reader
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Raised, Returned

#: A prediction that raises says little: so many probes at least must be reproduced by value.
FEWEST_VALUES = 3

#: So many wrong answers must be reproduced by a misconception beside which the function stops.
FEWEST_WRONG = 5

#: Where several misconceptions fit, four further inputs are tried, up to so many times.
FURTHER = 4

#: So many results of steps are remembered while predictions are made.
REMEMBERED = 2000

Ids = tuple[str, ...]
At = Callable[[Ids, int], Prediction]
#: By function and how many misconceptions are held together.
Tables = dict[tuple[str, int], "Table"]
#: Where a probe stands among the function's, what was answered, and whether that is right.
Row = tuple[int, Given, bool]


@dataclass(frozen=True)
class Found:
    """Misconceptions that reproduce what the function did.

    Attributes
    ----------
    ids : tuple of str
        The misconceptions held together: one, or a pair.
    others : tuple of tuple of str
        What else reproduces it and cannot be told apart.
    partly : bool
        Whether something else, which could not be told, comes on top.
    stops : bool
        Whether the function stops on some inputs, for a reason of its own.
    """

    ids: Ids
    others: tuple[Ids, ...] = ()
    partly: bool = False
    stops: bool = False


class Predictions:
    """The predictions of all misconceptions on the probes of a run, each made once.

    Parameters
    ----------
    probes : Probes

    Attributes
    ----------
    reader : Reader
        Reads the formula of what no misconception predicts.
    """

    def __init__(self, probes: Probes) -> None:
        self.probes = probes
        self._exercises = probes.assignment.exercises
        self.reader = Reader()
        self._examples: dict[tuple[str, str], Example] = {}
        self._made: dict[tuple[str, Ids, int], Prediction] = {}
        self._tables: Tables = {}
        self._reference = Remembered(probes.assignment.reference, REMEMBERED)

    def add(self, example: Example) -> None:
        """Know what an example shows from now on."""
        function = example.exercise.name
        self._examples[function, example.id] = example
        for held in (1, 2):
            self._tables.pop((function, held), None)

    def at(self, function: str, ids: Ids, row: int) -> Prediction:
        """What holders of ``ids`` return on one probe; without any, what is right."""
        key = (function, ids, row)
        if key not in self._made:
            self._made[key] = self._predict(function, ids, row)
        return self._made[key]

    def _predict(self, function: str, ids: Ids, row: int) -> Prediction:
        if ids and (example := self._examples.get((function, ids[0]))):
            return example.predict(ids, row)
        recipe = self._exercises[function].recipe
        probes = self.probes[function]
        # Those that were drawn to hold what is found against count on from these.
        fresh = row - len(probes)
        probe = probes[row] if fresh < 0 else self.probes.fresh(function)[fresh]
        return predict(recipe, ids, self._reference, probe)

    def further(self, function: str, ids: Ids, salt: int, at: int, probe: Probe) -> Prediction:
        """What they return on one of the probes that `_tell_apart` adds."""
        if example := self._examples.get((function, ids[0])):
            return example.predict_further(ids, salt, at)
        reference = Components(self.probes.assignment.reference)
        return predict(self._exercises[function].recipe, ids, reference, probe)

    def _combinations(self, function: str) -> Iterator[Ids]:
        yield from self._exercises[function].recipe.combinations()
        for (name, _), example in self._examples.items():
            if name == function:
                yield from example.combinations()

    def candidates(self, function: str, size: int, givens: list[Given]) -> list[Ids]:
        """The singles (``size`` = 1) or pairs (2) that fit one probe of the function's."""
        return self._table(function, size).fitting(givens[self._exercises[function].first_row])

    def _table(self, function: str, size: int) -> Table:
        key = (function, size)
        if key not in self._tables:
            row = self._exercises[function].first_row
            offered = [ids for ids in self._combinations(function) if len(ids) == size]
            self._tables[key] = Table([(ids, self._predict(function, ids, row)) for ids in offered])
        return self._tables[key]

    def tables(self, function: str) -> Tables:
        """What `candidates` goes by, for other processes of the run."""
        return {(function, size): self._table(function, size) for size in (1, 2)}

    def take(self, tables: Tables) -> None:
        """Go by tables that another process has made."""
        self._tables |= tables


class Table:
    """The predictions on one probe, in arrays, so that all are compared in one step."""

    def __init__(self, rows: list[tuple[Ids, Prediction]]) -> None:
        self._order = {ids: i for i, (ids, _) in enumerate(rows)}
        self._singles = all(len(ids) == 1 for ids, _ in rows)
        self._raising: list[Ids] = []
        groups: dict[object, list[tuple[Ids, Any]]] = {}
        for ids, prediction in rows:
            if prediction.raises is not None:
                self._raising.append(ids)
            else:
                form, numbers = _flat(prediction.value)
                groups.setdefault(form, []).append((ids, numbers))
        self._groups = {
            form: ([ids for ids, _ in group], np.array([numbers for _, numbers in group]))
            for form, group in groups.items()
        }

    def fitting(self, given: Given) -> list[Ids]:
        # What raises in NumPy may return a value where a student wrote a loop (see `_fit`), so
        # singles that raise are offered as well. Pairs that raise are too many.
        lenient = self._singles or not isinstance(given.outcome, Returned)
        found = list(self._raising) if lenient else []
        if isinstance(given.outcome, Returned):
            form, numbers = _flat(given.value)
            ids, table = self._groups.get(form, ([], np.empty((0, len(numbers)))))
            with np.errstate(all="ignore"):
                agree = (
                    np.abs(table - numbers) <= np.maximum(RELATIVE * np.abs(numbers), ABSOLUTE) * 2
                )
                agree |= (table == numbers) | (np.isnan(table) & np.isnan(numbers))
            found += [one for one, fits in zip(ids, agree.all(axis=1), strict=True) if fits]
        return sorted(found, key=self._order.__getitem__)


def _flat(value: Any) -> tuple[object, Any]:
    """The form of a canonical value (its shapes) and its numbers in one row."""
    if isinstance(value, np.ndarray):
        return value.shape, value.ravel()
    if isinstance(value, list):
        parts = [_flat(item) for item in value]
        numbers = [n for _, n in parts]
        return tuple(f for f, _ in parts), np.concatenate(numbers) if numbers else np.zeros(0)
    return "none", np.zeros(0)


def search(marking: Marking, function: str, predictions: Predictions, fresh: Fresh) -> Found | None:
    """Search singles before pairs.

    Parameters
    ----------
    marking : Marking
    function : str
    predictions : Predictions
    fresh : Fresh
        What is found has to hold on these inputs too.

    Returns
    -------
    Found or None
        None if nothing reproduces every probe.
    """
    givens = [Given.of(outcome) for outcome in marking.outcomes[function]]
    first = marking.assignment.exercises[function].first_row
    rows = [first, *(row for row in range(len(givens)) if row != first)]
    given = [(row, givens[row], marking.right[function][row]) for row in rows]
    given += [
        (len(givens) + at, Given.of(outcome), row.is_right)
        for (at, outcome), row in zip(fresh.outcomes, fresh.rows, strict=True)
    ]

    def by_reference(ids: Ids, row: int) -> Prediction:
        return predictions.at(function, ids, row)

    def offered(size: int) -> list[Ids]:
        return predictions.candidates(function, size, givens)

    singles = _fitting(offered(1), given, by_reference)
    if all(isinstance(answer.outcome, Raised) for _, answer, is_right in given if not is_right):
        # To stop says little of the cause: the code has to look like it.
        exercise = marking.assignment.exercises[function]
        singles = [
            ids
            for ids in singles
            if all(may_be_written(marking.session, exercise, id) for id in ids)
        ]
    if singles:
        return _found(marking, function, singles, predictions)
    fitting = _fitting(offered(2), given, by_reference) if _say_enough(given) else []
    shown: list[Ids] = [_showing(ids, by_reference, given) for ids in fitting]
    pairs: list[Ids] = [ids for ids in shown if len(ids) == 2]
    if len(givens) <= 2 and len(pairs) > 1:
        return _in_common(pairs)
    if pairs:
        return _found(marking, function, pairs, predictions)
    # What is left of all that fit explains every value; the exceptions may have any reason.
    alone = {ids for ids in shown if len(ids) == 1 and _explains_values(ids, given, by_reference)}
    if len(alone) == 1:
        return Found(alone.pop())
    stopping = [ids for ids in offered(1) if _fits_but_for_stops(ids, given, by_reference)]
    return Found(stopping[0], stops=True) if len(stopping) == 1 else None


def _in_common(pairs: list[Ids]) -> Found | None:
    """What all pairs share: one answer without inputs is too little to choose among them."""
    common = set(pairs[0]).intersection(*pairs)
    return Found(tuple(sorted(common)), partly=True) if len(common) == 1 else None


def _found(marking: Marking, function: str, fits: list[Ids], predictions: Predictions) -> Found:
    fits = _tell_apart(marking, function, fits, predictions) if len(fits) > 1 else fits
    # Pairs that nothing tells apart are the same thing said twice; singles of a hand-worked
    # answer are not, and all of them are named.
    if len(fits[0]) > 1:
        return Found(_bigger_first(marking, function, fits[0], predictions))
    return Found(fits[0], tuple(fits[1:]))


def _bigger_first(marking: Marking, function: str, ids: Ids, predictions: Predictions) -> Ids:
    """The misconceptions of a pair, the one first that makes more inputs go wrong by itself.

    What stands in the places of others comes first: what is said of an entry is of the right one
    only then.
    """
    rows = range(len(marking.outcomes[function]))

    def spared(id: str) -> tuple[bool, int]:
        return id not in FAMILIES["order"], sum(
            _same(predictions.at(function, (id,), row), predictions.at(function, (), row))
            for row in rows
        )

    return tuple(sorted(ids, key=spared))


def count_shown(ids: Ids, predictions: Predictions, function: str, row: int) -> int:
    """How many of several misconceptions change what all of them together give on one probe.

    One by which the probe comes out right, were it the only one, has no part in it for certain:
    beside the other one the student may calculate in another way than is predicted.
    """
    together, right = predictions.at(function, ids, row), predictions.at(function, (), row)
    if together.raises is not None:
        return 0
    others = {id: tuple(other for other in ids if other != id) for id in ids}
    return sum(
        not _same(together, predictions.at(function, left, row))
        and not (left and _same(predictions.at(function, (id,), row), right))
        for id, left in others.items()
    )


def goes_on(ids: Ids, marking: Marking, function: str, predictions: Predictions) -> bool:
    """Whether something comes back where the misconceptions that are told would stop."""
    return any(
        isinstance(outcome, Returned) and predictions.at(function, ids, row).raises is not None
        for row, outcome in enumerate(marking.outcomes[function])
    )


def _showing(ids: Ids, at: At, given: list[Row]) -> Ids:
    """Those of a pair that change values which the pair predicts and the student's function gave.

    What is only predicted, such as an exception where the student's loop returns a value, is no
    evidence; nor is an exception that came, which may have another reason.
    """
    one, two = ids
    return tuple(
        id
        for id, other in ((one, two), (two, one))
        if any(_shows(answer, at(ids, row), at((other,), row)) for row, answer, _ in given)
    )


def _shows(answer: Given, together: Prediction, alone: Prediction) -> bool:
    of_value = together.raises is None and answer.is_predicted_by(together)
    return of_value and not _same(together, alone)


def _say_enough(given: list[Row]) -> bool:
    """Whether the answers say enough to tell a pair from all others that give the same.

    Of nothing but zeros any pair tells that makes zeros, and one number where an array is asked for
    comes about in many ways.
    """
    values = [answer.value for _, answer, _ in given if _is_array(answer.value)]
    if not values:
        return True
    zeros = all(np.abs(value).max(initial=0) < ABSOLUTE for value in values)
    return not (all(value.ndim == 0 for value in values) or (zeros and len(given) > 2))


def _is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray)


def _same(one: Prediction, other: Prediction) -> bool:
    if one.raises is not None or other.raises is not None:
        return one.raises is not None and other.raises is not None
    return equal(one.value, other.value)


def _fitting(offered: Iterable[Ids], given: list[Row], at: At) -> list[Ids]:
    """All of the offered that reproduce every probe.

    Where a misconception predicts an exception, a student who wrote the same thing as a loop
    gets some value instead: that is let pass if nothing else fits.
    """
    exact: list[Ids] = []
    nearly: list[Ids] = []
    rows = [*given]
    for ids in offered:
        fit = _fit(ids, rows, at)
        if fit is not None:
            (exact if fit else nearly).append(ids)
    return exact or nearly


def _fit(ids: Ids, given: list[Row], at: At) -> bool | None:
    """True if all probes are reproduced, False if all but predicted exceptions, None if not.

    An exception alone says little of its cause: a pair must reproduce wrong values as well. A probe
    that is not reproduced becomes the first: likely the next misconception fails on it too.
    """
    exact, values, wrong_values, other_values = True, 0, 0, 0
    for place, (row, answer, is_right) in enumerate(given):
        prediction = at(ids, row)
        if answer.is_predicted_by(prediction):
            values += prediction.raises is None
            wrong_values += prediction.raises is None and not is_right
        elif prediction.raises is not None:
            exact = False
            of_shapes = prediction.raises in SHAPE_ERRORS
            other_values += of_shapes and _only_numbers_differ(answer, at((), row))
        else:
            given.insert(0, given.pop(place))
            return None
    if len(given) <= 2:
        return exact or None
    if wrong_values == 0 and (len(ids) > 1 or not exact):
        return None
    if other_values > wrong_values:
        # It comes to the same where sizes happen to be equal, and else to something of its own.
        return None
    return exact if values >= FEWEST_VALUES else None


def _only_numbers_differ(answer: Given, right: Prediction) -> bool:
    """Whether numbers came back that are not the right ones, in the shapes that are asked for."""
    if not isinstance(answer.outcome, Returned) or right.raises is not None:
        return False
    in_form = _flat(answer.value)[0] == _flat(right.value)[0]
    return in_form and not equal(answer.value, right.value)


def _explains_values(ids: Ids, given: list[Row], at: At) -> bool:
    """Whether no value that came back is another than the one predicted.

    What fits with a second misconception that mostly raises need not fit without it.
    """
    values = (
        (answer, at(ids, row)) for row, answer, _ in given if isinstance(answer.outcome, Returned)
    )
    return all(p.raises is not None or answer.is_predicted_by(p) for answer, p in values)


def _fits_but_for_stops(ids: Ids, given: list[Row], at: At) -> bool:
    """Whether what comes back is what is predicted, often enough, and else there is an exception.

    Where a function stops it may do so for another reason than what is wrong elsewhere.
    """
    values = wrong_values = 0
    for row, answer, is_right in given:
        prediction = at(ids, row)
        if isinstance(answer.outcome, Raised):
            continue
        if prediction.raises is not None or not answer.is_predicted_by(prediction):
            return False
        values += 1
        wrong_values += not is_right
    return 2 * values > len(given) and wrong_values >= FEWEST_WRONG


def _tell_apart(
    marking: Marking, function: str, fits: list[Ids], predictions: Predictions
) -> list[Ids]:
    """Probe further until one remains, or what remains cannot be told apart."""
    for salt in range(FURTHER):
        probes: list[Probe] = marking.session.probes.more(function, 4, salt)
        if not probes or len(fits) == 1:
            break
        outcomes = marking.call(function, [p.arguments for p in probes])
        for at, (probe, outcome) in enumerate(zip(probes, outcomes, strict=True)):
            made = {ids: predictions.further(function, ids, salt, at, probe) for ids in fits}
            given = Given.of(outcome)
            left = [ids for ids, p in made.items() if given.is_predicted_by(p)]
            fits = left or fits
    return fits
