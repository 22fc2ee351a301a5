"""Whether the numbers of an answer by hand tell the misconceptions apart that it is there for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations

from autograder.assignment.exercise import Exercise
from autograder.assignment.prediction import Prediction, equal, predict
from autograder.assignment.probe import Probe
from autograder.assignment.recipe import Components, Recipe


def keep_what_shows(recipe: Recipe, needed: Collection[str]) -> None:
    """Take out the slips that these numbers don't show: the words of the one before serve.

    Parameters
    ----------
    recipe : Recipe
        Of an answer by hand.
    needed : collection of str
        The misconceptions that stay all the same: see ``hidden``.
    """
    shown = [_made(recipe), *(_made(recipe, id) for id in needed)]
    for id in [id for id in recipe.misconceptions if id not in needed]:
        made = _made(recipe, id)
        if any(_same(made, other) for other in shown):
            del recipe.misconceptions[id]
        else:
            shown.append(made)


def hidden(exercise: Exercise) -> Iterator[tuple[str, ...]]:
    """What the numbers of an answer by hand hide of the misconceptions that they have to show.

    Yields
    ------
    tuple of str
        One that gives the right answer, or two that give the same.
    """
    right = _made(exercise.recipe)
    made = {id: _made(exercise.recipe, id) for id in exercise.has_to_show}
    for id, prediction in made.items():
        if _same(prediction, right):
            yield (id,)
    for (one, first), (other, second) in combinations(made.items(), 2):
        if _same(first, second):
            yield one, other


def _made(recipe: Recipe, *ids: str) -> Prediction:
    return predict(recipe, ids, Components({}), Probe(recipe.function, ()))


def _same(one: Prediction, other: Prediction) -> bool:
    return one.raises == other.raises and (one.raises is not None or equal(one.value, other.value))
