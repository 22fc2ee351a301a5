"""How a misconception predicts: a function of the contract as steps, one of them replaced.

A *recipe* is a function of the contract written as named steps. A *misconception* replaces one
step (or several) by what a student who holds it would do there. Two misconceptions that replace
different steps compose, so that two faults at once are predicted without being written down.
Whatever the faulty recipe returns or raises is the prediction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.assignment.judging import identity

Step = Callable[..., Any]


@dataclass(frozen=True)
class Misconception:
    """One way to misunderstand one function.

    Attributes
    ----------
    id : str
        Its key among the words of ``grading.yaml``.
    steps : dict of str to callable
        The steps of the recipe that it replaces.
    """

    id: str
    steps: dict[str, Step]

    def combines_with(self, other: Misconception) -> bool:
        return self.id != other.id and not self.steps.keys() & other.steps.keys()


class Components:
    """The functions that a recipe may call: the reference's.

    Parameters
    ----------
    reference : mapping of str to callable
    """

    def __init__(self, reference: Mapping[str, Callable[..., Any]]) -> None:
        self._reference = reference

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return self._reference[name]

    def once(self, step: Step, *arguments: Any) -> Any:
        """What a step comes to."""
        return step(self, *arguments)


class Remembered(Components):
    """The reference's functions, for predictions that take the same steps again and again.

    Parameters
    ----------
    reference : mapping of str to callable
    most : int
        Results to remember.
    """

    def __init__(self, reference: Mapping[str, Callable[..., Any]], most: int) -> None:
        super().__init__(reference)
        self._most = most
        self._known: dict[object, Any] = {}
        # Results come back as arguments: what stands in `_known` is told by its place in memory.
        self._identities: dict[int, object] = {}

    def once(self, step: Step, *arguments: Any) -> Any:
        """As in `Components`, computed once for the same step and numbers; not to be changed."""
        identities = self._identities
        key = (step, *[identities.get(id(given)) or identity(given) for given in arguments])
        if key not in self._known:
            if len(self._known) == self._most:
                self._known.clear()
                identities.clear()
            result = self._known[key] = step(self, *arguments)
            identities[id(result)] = identity(result)
        return self._known[key]


class Recipe:
    """A function of the contract as steps that misconceptions replace.

    Parameters
    ----------
    function : str
        The function of the contract.
    compute : callable
        ``compute(s, c, *arguments)`` with the steps ``s`` and the components ``c``.
    **steps : callable
        The right steps by name.
    """

    def __init__(
        self,
        function: str,
        compute: Callable[..., Any],
        /,
        **steps: Step,
    ) -> None:
        self.function = function
        self.compute = compute
        self.steps = steps
        self.misconceptions: dict[str, Misconception] = {}

    def add(self, id: str, **steps: Step) -> None:
        """Declare a misconception by the steps that it replaces."""
        unknown = steps.keys() - self.steps.keys()
        if unknown or id in self.misconceptions:
            raise ValueError(f"{self.function}: {id} is declared twice or replaces {unknown}")
        self.misconceptions[id] = Misconception(id, steps)

    def predict(self, ids: tuple[str, ...], components: Components, arguments: Any) -> Any:
        """What a student who holds ``ids`` returns; raises what their code would raise."""
        steps = dict(self.steps)
        for id in ids:
            steps |= self.misconceptions[id].steps
        with np.errstate(all="ignore"):
            return self.compute(SimpleNamespace(**steps), components, *arguments)

    def combinations(self) -> Iterator[tuple[str, ...]]:
        """All that the search offers: each misconception, then each pair that combines."""
        held = list(self.misconceptions.values())
        for one in held:
            yield (one.id,)
        for i, one in enumerate(held):
            for other in held[i + 1 :]:
                if one.combines_with(other):
                    yield (one.id, other.id)


def same(value: Any) -> Any:
    """The step that does nothing."""
    return value
