"""Faults of the last step, which any function can have: sign, size, shape, type of numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import numpy as np

from autograder.assignment.recipe import Recipe, Step, same

#: The steps that a recipe must end in to take these faults, in the order of their application.
OUTPUT_STEPS = {"sign": same, "scale": same, "digits": same, "shape": same}

#: The faults that leave whole numbers as they are: no faults of an answer such as [2, -3].
ROUNDINGS = (
    "cut-to-whole-numbers",
    "rounded-to-whole-numbers",
    "rounded-to-1-decimal",
    "rounded-to-2-decimals",
    "rounded-to-3-decimals",
    "rounded-to-4-decimals",
)

#: How the line looks that turns every sign, and the one that makes the array of a result.
WRONG_SIGN = r"return\s*-(?!\d)|\btarget\s*-\s*\w"
BUFFER = r"(zeros|empty|ones|full)_like|\.copy\(|astype\(int|dtype=int"


def finish(s: Any, value: Any) -> Any:
    """Apply the output steps to an array, or to each array of a list; to nothing, none."""
    if value is None:
        return None
    if isinstance(value, list):
        return s.shape([s.digits(s.scale(s.sign(item))) for item in value])
    return s.shape(s.digits(s.scale(s.sign(value))))


def declare(
    recipe: Recipe, faults: dict[str, dict[str, Step]], without: Collection[str] = ()
) -> None:
    """Declare a table of faults, id by id, but for those ``without`` effect on this function."""
    unknown = set(without) - faults.keys()
    if unknown:
        raise ValueError(f"{recipe.function}: there is no fault {unknown} to leave out")
    for id, steps in faults.items():
        if id not in without:
            recipe.add(id, **steps)


def add_array_faults(recipe: Recipe, without: Collection[str] = ()) -> None:
    """The faults of a function that returns one vector or matrix.

    Parameters
    ----------
    recipe : Recipe
        One that ends in ``OUTPUT_STEPS``.
    without : collection of str
        The faults that this function cannot have, or has under another id.
    """
    declare(recipe, _NUMBER_FAULTS | _ARRAY_FAULTS, without)


def add_list_faults(recipe: Recipe, without: Collection[str] = ()) -> None:
    """The faults of a function that returns a list of arrays; ``without`` as for one array."""
    declare(recipe, _NUMBER_FAULTS | _LIST_FAULTS, without)


def each(change: Callable[[Any], Any]) -> Callable[[list[Any]], list[Any]]:
    """The step that changes every array of a list."""
    return lambda arrays: [change(a) for a in arrays]


def unit(a: Any) -> Any:
    """The vector or matrix divided by its Euclidean norm."""
    return np.asarray(a) / np.linalg.norm(a)


def first_filled(a: Any) -> Any:
    """A vector or matrix of zeros of which only the first place has got its value."""
    filled = np.zeros(np.shape(a))
    filled.flat[0] = np.ravel(a)[0]
    return filled


def whole_number_buffer(result: Any, *arguments: Any) -> Any:
    """What an integer array made by ``zeros_like(argument)`` keeps of the result."""
    if all(np.asarray(a).dtype.kind in "iub" for a in arguments):
        return np.trunc(result)
    return result


def _column(a: Any) -> Any:
    return np.reshape(a, (-1, 1))


def _row(a: Any) -> Any:
    return np.reshape(a, (1, -1))


_NUMBER_FAULTS: dict[str, dict[str, Step]] = {
    "wrong-sign": {"sign": np.negative},
    "absolute-values": {"sign": np.abs},
    "twice-too-large": {"scale": lambda a: 2 * np.asarray(a)},
    "half-as-large": {"scale": lambda a: np.asarray(a) / 2},
    "squared": {"scale": np.square},
    "divided-by-length": {"scale": lambda a: np.asarray(a) / len(a)},
    "normalised-to-length-one": {"scale": unit},
    "cut-to-whole-numbers": {"digits": lambda a: np.trunc(a)},
    "rounded-to-whole-numbers": {"digits": lambda a: np.round(a)},
    "rounded-to-1-decimal": {"digits": lambda a: np.round(a, 1)},
    "rounded-to-2-decimals": {"digits": lambda a: np.round(a, 2)},
    "rounded-to-3-decimals": {"digits": lambda a: np.round(a, 3)},
    "rounded-to-4-decimals": {"digits": lambda a: np.round(a, 4)},
    "negative-entries-set-to-0": {"digits": lambda a: np.maximum(a, 0)},
}

_ARRAY_FAULTS: dict[str, dict[str, Step]] = {
    "column-shape": {"shape": _column},
    "row-shape": {"shape": _row},
    "summed-to-a-number": {"shape": np.sum},
    "first-entry-only": {"shape": lambda a: a[0]},
    "last-entry-only": {"shape": lambda a: a[-1]},
}

_LIST_FAULTS: dict[str, dict[str, Step]] = {
    "flattened": {"shape": each(np.ravel)},
    "column-shape": {"shape": each(_column)},
    "row-shape": {"shape": each(_row)},
    "list-reversed": {"shape": lambda arrays: arrays[::-1]},
    "last-missing": {"shape": lambda arrays: arrays[:-1]},
    "first-missing": {"shape": lambda arrays: arrays[1:]},
    "last-of-list-only": {"shape": lambda arrays: arrays[-1]},
    "list-of-last-only": {"shape": lambda arrays: arrays[-1:]},
    "first-of-list-only": {"shape": lambda arrays: arrays[0]},
    "joined-into-one-vector": {
        "shape": lambda arrays: np.concatenate([np.ravel(a) for a in arrays])
    },
    # Right while all arrays are of one size; NumPy refuses to stack others.
    "stacked-into-one-array": {"shape": lambda arrays: list(np.array(arrays))},
}

#: The slips of one form that any function can have, by family: what a rubric gives a share for.
#: An exercise lists its own beside these.
FAMILIES: dict[str, frozenset[str]] = {
    "sign": frozenset({"wrong-sign"}),
    "transposition": frozenset(),
    "order": frozenset({"list-reversed", "entries-reversed"}),
    "brackets": frozenset(),
    "factor": frozenset({"twice-too-large", "half-as-large"}),
    "length": frozenset({"first-missing", "last-missing", "last-entry-missing"}),
    "shape": frozenset(
        {
            "column-shape",
            "row-shape",
            "flattened",
            "joined-into-one-vector",
            "stacked-into-one-array",
        }
    ),
}
