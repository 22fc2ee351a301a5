"""Which right values could stand in a place of a function's code, and when each of them comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

#: By quantity: its arrays, from the first layer up; a tuple of these for each example.
Quantities = Sequence[Sequence[Any]]
#: In which order its arrays come, and how many are left out at each end.
Way = tuple[str, int, int]
#: What is no quantity: where it mends as well, nothing is known of what is to stand there.
NOTHING = 1000
#: Numbers that differ by less are the same.
NEARLY, LITTLE = 1e-5, 1e-8


class Fitting:
    """What fits into the places of a function, in one call.

    Parameters
    ----------
    quantities : sequence of sequences of arrays
        What they are in that call.
    """

    def __init__(self, quantities: Quantities) -> None:
        ways = [
            (at, way, sequence(of, way)) for at, of in enumerate(quantities) for way in _ways(of)
        ]
        self._ways = [(at, way, right, list(map(form, right))) for at, way, right in ways if right]
        self._exactly = {at for at, of in enumerate(quantities) if _is_of_examples(of)}

    def into(self, values: Sequence[Any]) -> Iterator[tuple[int, Way]]:
        """The quantities that could have stood in a place, and on which way.

        Parameters
        ----------
        values : sequence
            What stood there, one time after the other.

        Yields
        ------
        (int, (str, int, int))
            The number of a quantity, and the way; at last twice no quantity, for what is the same
            number throughout.
        """
        forms = list(map(form, values))
        fits = [
            (at, way)
            for at, way, *right in self._ways
            if self._fits(at, way, values, forms, *right)
        ]
        yield from fits
        if fits:
            yield NOTHING, ("all", 0, 0)
            yield NOTHING, ("all", 1, 0)

    def _fits(
        self,
        at: int,
        way: Way,
        values: Sequence[Any],
        forms: Sequence[Any],
        right: Sequence[Any],
        right_forms: Sequence[Any],
    ) -> bool:
        if "flat" in way[0]:
            # Numbers come one by one, and again from the first.
            one_by_one = len(values) > 1 and all(map(_is_one_number, values))
            return one_by_one and len(right) > 1 and len(values) % len(right) == 0
        if way[0] == "same":  # what is another each time is not to be one and the same
            if len(values) > 1 and not all(are_same(values[0], value) for value in values):
                return False
            values = values[:1]
        if len(right) < len(values) or (at in self._exactly and len(right) > len(values)):
            return False
        alike = all(map(_is_alike, values, forms, right, right_forms))
        return alike and not all(map(are_same, values, right))


def _ways(arrays: Sequence[Any]) -> Iterator[Way]:
    """All ways through a quantity."""
    of_examples = _is_of_examples(arrays)
    several = len(arrays) > 1 or of_examples
    ends = [(0, 0), (1, 0), (0, 1), (1, 1)] if several else [(0, 0)]
    for kind in ("up", "down"):  # of a single one too: another network has more layers
        yield from ((kind, *end) for end in ends)
    if not of_examples:
        yield from [("same", 0, 0), ("same", -1, 0)][: len(arrays)]
    if _are_arrays(arrays):
        for kind in ("flat up", "flat down") if several else ("flat up",):
            yield from ((kind, *end) for end in ends)


def _is_of_examples(arrays: Sequence[Any]) -> bool:
    """Whether it is one array for each layer in each example, and not for each layer alone."""
    return bool(arrays) and isinstance(arrays[0], tuple)


def _are_arrays(arrays: Sequence[Any]) -> bool:
    return isinstance(next(iter(sequence(arrays, ("up", 0, 0))), None), np.ndarray)


def sequence(arrays: Sequence[Any], way: Way) -> Sequence[Any]:
    """What comes on the way through a quantity, one after the other."""
    kind, start, stop = way
    if kind == "same":
        return arrays[:1] if start == 0 else arrays[-1:]
    layers = arrays if _is_of_examples(arrays) else [arrays]
    parts = [one[start : len(one) - stop] for one in layers]
    found = [one for part in parts for one in (part if "up" in kind else part[::-1])]
    if "flat" in kind:
        return [number for one in found for number in np.ravel(one)]
    return found


def are_of(values: Sequence[Any], arrays: Sequence[Any]) -> bool:
    """Whether all that stands in a place is of one quantity."""
    of = [(one, form(one)) for one in sequence(arrays, ("up", 0, 0))]
    forms = map(form, values)
    return all(
        any(own == right and are_same(value, one) for one, right in of)
        for value, own in zip(values, forms, strict=True)
    )


def begin_as(values: Sequence[Any], arrays: Sequence[Any]) -> bool:
    """Whether what stands in a place in the first of several examples is of one quantity."""
    each, rest = divmod(len(values), len(arrays)) if _is_of_examples(arrays) else (0, 0)
    return each > 0 and not rest and are_of(values[:each], arrays[:1])


def form(value: Any) -> Any:
    """The shape of a value, and whether it is of whole numbers that count; None for no numbers."""
    if isinstance(value, np.ndarray):
        return tuple(n for n in value.shape if n != 1) if value.dtype.kind in "biuf" else None
    if isinstance(value, (bool, np.bool_)):
        return "bool"
    if isinstance(value, int):
        return "count"
    if isinstance(value, (float, np.number)):
        return ()
    if isinstance(value, (list, tuple)):
        inner = [form(one) for one in value]
        if isinstance(value, list) and inner and all(one == () or one == "count" for one in inner):
            return tuple(n for n in (len(inner),) if n != 1)
        return None if None in inner else [len(inner), *inner]
    return None


def _is_one_number(value: Any) -> bool:
    if type(value) is int:  # a slope, as a number of its own
        return value in (0, 1)
    return isinstance(value, (float, np.floating)) or (
        isinstance(value, np.ndarray) and value.shape == ()
    )


def _is_alike(value: Any, own: Any, right: Any, right_form: Any) -> bool:
    """Whether a right value could stand where another one stood, by their forms."""
    if own is None:
        return False
    if own != right_form:
        # One number often stands where each entry was to have its own; or one has another length.
        vector = isinstance(right, np.ndarray) and right.ndim == 1
        return vector and (own == () or (isinstance(value, np.ndarray) and value.ndim == 1))
    if isinstance(right, np.ndarray) and right.dtype.kind == "b":
        return _is_yes_or_no(value)
    is_bool = isinstance(value, np.ndarray) and value.dtype.kind == "b"
    return not is_bool or _is_yes_or_no(right)


def _is_yes_or_no(value: Any) -> bool:
    return bool(np.isin(value, (0, 1)).all())


def are_same(value: Any, right: Any) -> bool:
    """Whether two values hold the same numbers, whatever their shapes."""
    try:
        own, other = np.ravel(value), np.ravel(right)
        if own.size != other.size:
            return False
        near = np.abs(own - other) <= LITTLE + NEARLY * np.abs(other)
        return bool((near | (own == other) | ((own != own) & (other != other))).all())
    except (TypeError, ValueError):
        return False


def all_alike(value: Any, number: int) -> Any:
    """The same number in all entries."""
    if isinstance(value, np.ndarray):
        return np.full(value.shape, number, value.dtype)
    if isinstance(value, (list, tuple)):
        return [all_alike(one, number) for one in value]
    return type(value)(number)


def like(value: Any, right: Any) -> Any:
    """A right value in the form of the one in whose place it comes."""
    if isinstance(value, np.ndarray) and isinstance(right, np.ndarray):
        made = right.reshape(value.shape) if right.size == value.size else right
        return made.astype(bool) if value.dtype.kind == "b" else made.copy()
    if isinstance(value, list) and isinstance(right, np.ndarray):
        return right.tolist()
    if isinstance(right, list):
        return [np.array(one, dtype=float) for one in right]
    return right
