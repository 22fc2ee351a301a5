"""Inputs that differ from another in one argument: in little, or in the places of two numbers.

A function that keeps answers from call to call, and finds them by something else than all that it
is called with, gives the answer to the one for the other: by the errors without the Jacobian, by a
sum or a size, by rounded numbers, by the first and the last of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.assignment.judging import Floats
from autograder.assignment.probe import Probe, numbers_in

#: By how much a number differs, as a share of it or of 1: rounding to two or three places hides it,
#: and it shows in what is right.
LITTLE = 1e-4
#: With so many entries two between the first and the last, and in size too, can change.
ENOUGH = 6
#: What has more in all takes long to send, and what is done more often long to do; neither tells
#: more.
MOST = 400
MOST_STEPS = 8


def with_neighbours(probes: Sequence[Probe], alone: Collection[int] | None = None) -> list[Probe]:
    """Put after graded probes others that differ in one argument, for each argument some.

    The probes that they differ from are those after which the function is called once more.

    Parameters
    ----------
    probes : sequence of Probe
        Of one function, in order.
    alone : collection of int, optional
        The places of the arguments that can differ alone; by default all.
    """
    count = max((len(probe.arguments) for probe in probes), default=0)
    bases: dict[int, list[int]] = {}
    for argument in range(count) if alone is None else alone:
        # Where no input has as many entries, those of a short one change places.
        found_at = (
            at
            for fewest in (ENOUGH, 2)
            for at, probe in enumerate(probes)
            if _is_base(probe, argument, fewest)
        )
        if (base := next(found_at, None)) is not None:
            bases.setdefault(base, []).append(argument)
    found: list[Probe] = []
    for at, probe in enumerate(probes):
        found.append(replace(probe, kept=True) if at in bases else probe)
        for argument in bases.get(at, ()):
            found += neighbours(probe, argument)
    return found


def neighbours(probe: Probe, argument: int) -> list[Probe]:
    """Give the probes that differ in an argument; of a list in its last array, or in its first."""
    value = probe.arguments[argument]
    if isinstance(value, list):
        places = sorted({len(value) - 1, 0} if value else (), reverse=True)
        others: list[Any] = [_with_item(value, at, _exchanged(value[at])) for at in places]
    elif isinstance(value, np.ndarray):
        others = [_exchanged(value)] + [_moved(value)] * (argument == 0)
    else:
        others = [value + 1 if isinstance(value, int) else value * (1 + 10 * LITTLE)]
    before, after = probe.arguments[:argument], probe.arguments[argument + 1 :]
    return [replace(probe, arguments=(*before, other, *after)) for other in others]


def all_neighbours(probe: Probe, alone: Collection[int] | None = None) -> Iterator[Probe]:
    """Those that differ in any one argument that can."""
    for argument in range(len(probe.arguments)) if alone is None else alone:
        yield from neighbours(probe, argument)


def _is_base(probe: Probe, argument: int, fewest: int) -> bool:
    if probe.case is None or probe.public or probe.copied or argument >= len(probe.arguments):
        return False
    if probe.steps > MOST_STEPS or numbers_in(probe.arguments) > MOST:
        return False
    value = probe.arguments[argument]
    if isinstance(value, int):
        # One more than one is no longer what a case of one is about.
        return value > 1
    arrays = value if isinstance(value, list) else [value]
    return bool(arrays) and all(
        not isinstance(array, np.ndarray) or (array.size >= fewest and array.dtype.kind == "f")
        for array in arrays
    )


def _moved(array: Floats) -> Floats:
    """The same but for a little in two places; their sum is the same but for rounding."""
    moved = array.astype(float)
    flat = moved.reshape(-1)
    # What is large is not blocked, and counts in what comes out.
    places = _inner(flat)[-2:]
    step = LITTLE * max(1.0, float(np.abs(flat[places]).max()))
    flat[places] += step * np.array([-1.0, 1.0])[-len(places) :]
    return moved


def _exchanged(array: Floats) -> Floats:
    """The same numbers, two of them in each other's place: neither the largest nor the smallest."""
    exchanged = array.copy()
    flat = exchanged.reshape(-1)
    inner = _inner(flat)
    between = [at for at in inner if flat.min() < flat[at] < flat.max()]
    low, *_, high = between if len(between) > 1 else [*inner, *inner]
    flat[[low, high]] = flat[[high, low]]
    return exchanged


def _inner(flat: Floats) -> list[int]:
    """The places between the first and the last, by what stands there; all of a short one."""
    places = np.arange(1, flat.size - 1) if flat.size > 3 else np.arange(flat.size)
    return [int(at) for at in places[np.argsort(flat[places], kind="stable")]]


def _with_item(values: list[Any], at: int, item: Any) -> list[Any]:
    return [item if place == at else value for place, value in enumerate(values)]
