"""Find the simplest misconception, or pair, that reproduces everything a student's function did."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from autograder.diagnosis.matching import Given, Prediction, predict
from autograder.marking import Marking
from autograder.misconceptions import RECIPES
from autograder.misconceptions.recipe import Components
from autograder.probes import Probe, Probes

#: Seconds that the search may take for one function.
BUDGET = 0.05
#: A prediction that raises says little: so many probes at least must be reproduced by value.
FEWEST_VALUES = 3

Ids = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """Misconceptions that reproduce what the function did.

    Attributes
    ----------
    ids : tuple of str
        The misconceptions held together: one, or a pair.
    others : tuple of tuple of str
        What else reproduces it and cannot be told apart.
    carried : tuple of str
        The student's own wrong functions that had to be put in for it to fit.
    """

    ids: Ids
    others: tuple[Ids, ...] = ()
    carried: tuple[str, ...] = ()


class Predictions:
    """The predictions of all misconceptions on the probes of a run, each made once.

    Parameters
    ----------
    probes : Probes
    """

    def __init__(self, probes: Probes) -> None:
        self.probes = probes
        self._made: dict[tuple[str, Ids, int], Prediction | None] = {}
        self._reference = Components()

    def at(self, function: str, ids: Ids, row: int) -> Prediction | None:
        key = (function, ids, row)
        if key not in self._made:
            probe = self.probes[function][row]
            self._made[key] = predict(RECIPES[function], ids, self._reference, probe)
        return self._made[key]


def search(marking: Marking, function: str, predictions: Predictions) -> Found | None:
    """Search singles before pairs, by the reference's components before the student's own.

    Returns
    -------
    Found or None
        None if nothing reproduces every probe.
    """
    givens = [Given.of(outcome) for outcome in marking.session.outcomes[function]]
    offered = list(RECIPES[function].combinations())
    singles = [ids for ids in offered if len(ids) == 1]
    pairs = [ids for ids in offered if len(ids) == 2]

    def by_reference(ids: Ids, row: int) -> Prediction | None:
        return predictions.at(function, ids, row)

    fits = _fitting(singles, givens, by_reference, deadline=None)
    carried: tuple[str, ...] = ()
    if not fits and (names := marking.wrong_components(function)):
        carried = tuple(sorted(names))
        own = _OwnPredictions(marking, function, Components(marking.session.components(names)))
        fits = _fitting(singles, givens, own.at, deadline=time.monotonic() + 4 * BUDGET)
    if not fits:
        carried = ()
        fits = _fitting(pairs, givens, by_reference, deadline=None)
    if not fits:
        return None
    fits = _tell_apart(marking, function, fits) if len(fits) > 1 and not carried else fits
    return Found(fits[0], tuple(fits[1:]), carried) if fits else None


class _OwnPredictions:
    """Predictions with a student's own functions as the components: for this student only."""

    def __init__(self, marking: Marking, function: str, components: Components) -> None:
        self._probes = marking.session.probes[function]
        self._recipe = RECIPES[function]
        self._components = components

    def at(self, ids: Ids, row: int) -> Prediction | None:
        return predict(self._recipe, ids, self._components, self._probes[row])


def _fitting(
    offered: Iterable[Ids],
    givens: list[Given],
    at: Callable[[Ids, int], Prediction | None],
    deadline: float | None,
) -> list[Ids]:
    """All of the offered that reproduce every probe.

    Where a misconception predicts an exception, a student who wrote the same thing as a loop
    gets some value instead: that is let pass if nothing else fits.
    """
    strict: list[Ids] = []
    lenient: list[Ids] = []
    for ids in offered:
        if deadline is not None and time.monotonic() > deadline:
            break
        fit = _fit(ids, givens, at)
        if fit is not None:
            (strict if fit else lenient).append(ids)
    return strict or lenient


def _fit(ids: Ids, givens: list[Given], at: Callable[[Ids, int], Prediction | None]) -> bool | None:
    """True if all probes are reproduced, False if all but predicted exceptions, None if not."""
    exact, values = True, 0
    for row, given in enumerate(givens):
        prediction = at(ids, row)
        if prediction is None:
            return None
        if given.is_predicted_by(prediction):
            values += not prediction.raises
        elif prediction.raises:
            exact = False
        else:
            return None
    if len(givens) <= 2:
        return exact or None
    return exact if values >= FEWEST_VALUES or exact else None


def _tell_apart(marking: Marking, function: str, fits: list[Ids]) -> list[Ids]:
    """Probe further until one remains, or what remains cannot be told apart."""
    reference = Components()
    for salt in range(3):
        probes = _further(marking, function, salt)
        if not probes or len(fits) == 1:
            break
        outcomes = marking.session.call(function, [p.arguments for p in probes])
        for probe, outcome in zip(probes, outcomes, strict=True):
            made = {ids: predict(RECIPES[function], ids, reference, probe) for ids in fits}
            given = Given.of(outcome)
            left = [i for i, p in made.items() if p is not None and given.is_predicted_by(p)]
            fits = left or fits
    return _without_synonyms(marking, function, fits)


def _further(marking: Marking, function: str, salt: int) -> list[Probe]:
    return marking.session.probes.more(function, 4, salt)


def _without_synonyms(marking: Marking, function: str, fits: list[Ids]) -> list[Ids]:
    """Of pairs that predict the same everywhere, which say the same twice, keep the first."""
    if all(len(ids) == 1 for ids in fits):
        return fits
    return fits[:1]
