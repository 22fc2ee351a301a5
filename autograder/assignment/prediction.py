"""What holders of a misconception return, and when two such values are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.assignment.judging import ABSOLUTE, RELATIVE
from autograder.assignment.probe import Probe
from autograder.assignment.recipe import Components, Recipe


@dataclass(frozen=True)
class Prediction:
    """What a student who holds a misconception would get on one probe.

    Attributes
    ----------
    value : object
        The canonical value; meaningless where it raises.
    raises : str or None
        The type of the exception, where it raises.
    """

    value: Any
    raises: str | None = None


def predict(
    recipe: Recipe, ids: tuple[str, ...], components: Components, probe: Probe
) -> Prediction:
    """Predict one probe."""
    try:
        return Prediction(canonical(recipe.predict(ids, components, probe.arguments)))
    except Exception as error:
        # A misconception may end in any exception that NumPy has: that is its prediction.
        return Prediction(None, raises=_public_name(error))


#: Where the exceptions are defined whose names the sandbox tells.
_PUBLIC = {"builtins", "numpy.exceptions", "numpy.linalg"}


def _public_name(error: Exception) -> str:
    """The name by which the sandbox tells an exception: NumPy has private kinds as well."""
    kinds = [kind for kind in type(error).__mro__ if kind.__module__ in _PUBLIC]
    return kinds[0].__name__


def canonical(value: Any) -> Any:
    """A value in which lists, tuples and stacked arrays of the same numbers are the same.

    Returns
    -------
    array of float, or list of canonical values, or the value itself if it holds no numbers
    """
    if isinstance(value, list | tuple):
        items = [canonical(item) for item in value]
        arrays = [item for item in items if isinstance(item, np.ndarray)]
        if items and len(arrays) == len(items) and len({a.shape for a in arrays}) == 1:
            return np.array(arrays)
        return items if items else np.zeros(0)
    try:
        array = np.asarray(value)
        return array.astype(np.float64, copy=False) if array.dtype.kind in "biuf" else value
    except (ValueError, TypeError):
        return value


def equal(one: Any, other: Any) -> bool:
    """Whether two canonical values are the same within the contract's tolerance."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        if one.shape != other.shape:
            return False
        if one.tobytes() == other.tobytes():
            return True
        with np.errstate(all="ignore"):
            agree = np.abs(one - other) <= np.maximum(RELATIVE * np.abs(other), ABSOLUTE)
        # Of what is infinite, any number would lie within a part.
        agree &= np.isfinite(other)
        agree |= (one == other) | (np.isnan(one) & np.isnan(other))
        return bool(agree.all())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    return one is None and other is None
