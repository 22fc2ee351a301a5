"""Faults of the last step, which any function can have: sign, size, shape, type of numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.misconceptions.recipe import Recipe, same

#: The steps that a recipe must end in to take these faults, in the order of their application.
OUTPUT_STEPS = {"sign": same, "scale": same, "digits": same, "shape": same}


def finish(s: Any, value: Any) -> Any:
    """Apply the output steps to an array, or to each array of a list."""
    if isinstance(value, list):
        each = [s.digits(s.scale(s.sign(item))) for item in value]
        return s.shape(each)
    return s.shape(s.digits(s.scale(s.sign(value))))


def add_array_faults(recipe: Recipe) -> None:
    """The faults of a function that returns one vector or matrix."""
    _add_number_faults(recipe)
    recipe.add("column-shape", shape=lambda a: np.reshape(a, (-1, 1)))
    recipe.add("row-shape", shape=lambda a: np.reshape(a, (1, -1)))
    recipe.add("summed-to-a-number", shape=np.sum)
    recipe.add("first-entry-only", shape=lambda a: a[0])
    recipe.add("last-entry-only", shape=lambda a: a[-1])


def add_list_faults(recipe: Recipe) -> None:
    """The faults of a function that returns a list of arrays."""
    _add_number_faults(recipe)
    recipe.add("flattened", shape=_each(np.ravel))
    recipe.add("column-shape", shape=_each(lambda a: np.reshape(a, (-1, 1))))
    recipe.add("row-shape", shape=_each(lambda a: np.reshape(a, (1, -1))))
    recipe.add("list-reversed", shape=lambda arrays: arrays[::-1])
    recipe.add("last-missing", shape=lambda arrays: arrays[:-1])
    recipe.add("first-missing", shape=lambda arrays: arrays[1:])
    recipe.add("last-of-list-only", shape=lambda arrays: arrays[-1])
    recipe.add("list-of-last-only", shape=lambda arrays: arrays[-1:])
    recipe.add("first-of-list-only", shape=lambda arrays: arrays[0])


def _add_number_faults(recipe: Recipe) -> None:
    recipe.add("wrong-sign", sign=np.negative)
    recipe.add("absolute-values", sign=np.abs)
    recipe.add("twice-too-large", scale=lambda a: 2 * np.asarray(a))
    recipe.add("half-as-large", scale=lambda a: np.asarray(a) / 2)
    recipe.add("squared", scale=np.square)
    recipe.add("divided-by-length", scale=lambda a: np.asarray(a) / len(a))
    recipe.add("normalised-to-length-one", scale=_unit)
    recipe.add("cut-to-whole-numbers", digits=lambda a: np.trunc(a))
    recipe.add("rounded-to-whole-numbers", digits=lambda a: np.round(a))
    recipe.add("rounded-to-1-decimal", digits=lambda a: np.round(a, 1))
    recipe.add("rounded-to-2-decimals", digits=lambda a: np.round(a, 2))
    recipe.add("rounded-to-3-decimals", digits=lambda a: np.round(a, 3))
    recipe.add("rounded-to-4-decimals", digits=lambda a: np.round(a, 4))
    recipe.add("negative-entries-set-to-0", digits=lambda a: np.maximum(a, 0))


def _unit(a: Any) -> Any:
    return np.asarray(a) / np.linalg.norm(a)


def _each(change: Callable[[Any], Any]) -> Callable[[list[Any]], list[Any]]:
    return lambda arrays: [change(a) for a in arrays]


def whole_number_buffer(result: Any, *arguments: Any) -> Any:
    """What an integer array made by ``zeros_like(argument)`` keeps of the result."""
    if all(np.asarray(a).dtype.kind in "iub" for a in arguments):
        return np.trunc(result)
    return result
