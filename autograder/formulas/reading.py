"""Read the formula that a wrong function computes out of its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from autograder.formulas.enumeration import MOST_TERMS, Table, table
from autograder.formulas.frames import Frame, Mask, Sight
from autograder.formulas.search import FEWEST, Formula, agree, different_values, search
from autograder.formulas.step import Call, Step, Vocabulary

#: So many calls at least must have come to what can be looked at.
FEWEST_CALLS = 4
#: Calls that must go wrong in a step first for it to be said to be wrong, too.
FEWEST_ALONE = 2
#: Terms that are tried for a step after a wrong one.
FEWER_TERMS = 1500
#: Tables kept at most, of some megabytes each.
MOST_TABLES = 16
#: So large a part of what a step came to must be numbers.
MOSTLY = 0.6
EVERYWHERE = ""
#: A formula that costs no more than this is not looked for in parts.
SHORT = 1.2


@dataclass(frozen=True)
class Part:
    """What the answers follow in some of their entries.

    Attributes
    ----------
    where : str
        The region in words; empty for everywhere.
    formula : Formula or None
        None where the answers are right.
    is_turned : bool
        Whether all signs are the wrong way round there, and nothing else.
    """

    where: str
    formula: Formula | None
    is_turned: bool = False


@dataclass(frozen=True)
class Reading:
    """What one step of a wrong function computes.

    Attributes
    ----------
    step : Step
    parts : tuple of Part
        All regions that have a formula of their own, or are right.
    is_first : bool
        Whether all steps before it are right.
    frame : Frame
        The numbers that it was read from.
    times_right : bool
        Whether it is the right result but for a constant or a factor.
    also_wrong : tuple of Step
        Of the first reading: steps of which nothing could be read, and that go wrong by themselves.
    but_near_edges : bool
        Whether what is right elsewhere isn't for some numbers near where that ends.
    """

    step: Step
    parts: tuple[Part, ...]
    is_first: bool
    frame: Frame
    times_right: bool = False
    also_wrong: tuple[Step, ...] = ()
    but_near_edges: bool = False


class Reader:
    """Reads formulas; keeps the tables of terms, which are the same for all students of a run."""

    def __init__(self) -> None:
        self._tables: dict[bytes, Table] = {}

    def read(
        self, vocabulary: Vocabulary, seen: Sequence[Call], fresh: Sequence[Call]
    ) -> list[Reading]:
        """Read what each wrong step of a function computes.

        Parameters
        ----------
        vocabulary : Vocabulary
            The function's.
        seen : sequence of pairs
            The arguments of calls, and the arrays that came back.
        fresh : sequence of pairs
            Further ones; a formula that fails on one of them is not stated.

        Returns
        -------
        list of Reading
            In the order of the steps; empty if nothing is wrong or nothing could be read.
        """
        with np.errstate(all="ignore"):
            looks = [vocabulary.look(arguments, answer) for arguments, answer in seen]
            further = [vocabulary.look(arguments, answer) for arguments, answer in fresh]
            # What can be seen in a few calls alone is not what the function computes.
            if sum(map(bool, looks)) < max(min(FEWEST_CALLS, len(looks)), len(looks) / 2):
                return []
            sights = [*chain(*looks), *vocabulary.onward(seen)]
            to_refute = [*chain(*further), *vocabulary.onward(fresh)]
            readings: list[Reading] = []
            wrong: list[str] = []
            for step in vocabulary.steps:
                own = [sight for sight in sights if sight.step == step.name]
                is_first = not {*wrong} - {*step.unless}
                if not own or _is_right(own) or (step.follows and not is_first):
                    continue
                if any(reading.step.name in step.unless for reading in readings):
                    continue
                if step.shape and 2 * len(own) < sum(not _is_right([s]) for s in sights):
                    # The shape is an accident of some inputs' sizes.
                    continue
                if reading := self._read_on(step, sights, to_refute, is_first):
                    every = [*sights, *to_refute]
                    readings.append(_where_its_shape_is(reading, vocabulary.apart, every))
                wrong.append(step.name)
            if readings:
                also = _also_wrong(vocabulary, readings, wrong, looks)
                readings[0] = replace(readings[0], also_wrong=also)
            return readings

    def _read_on(
        self, step: Step, sights: list[Sight], to_refute: list[Sight], is_first: bool
    ) -> Reading | None:
        """Read a step together with that in which it goes on; else by itself."""
        ways = [(step, {step.name})]
        if step.goes_on_in:
            alone = replace(step, what=step.what_alone)
            goes_on = any(sight.step == step.goes_on_in for sight in sights)
            ways = [(step, {step.name, step.goes_on_in})] if goes_on else []
            ways.append((alone, {step.name}))
        for one, names in ways:
            own, fresh = ([s for s in some if s.step in names] for some in (sights, to_refute))
            if reading := self._read(one, own, fresh, is_first):
                return reading
        return None

    def _read(
        self, step: Step, sights: list[Sight], fresh: list[Sight], is_first: bool
    ) -> Reading | None:
        finite, fresh = (
            [s for s in some if np.isfinite(s.given).all()] for some in (sights, fresh)
        )
        if len(finite) < MOSTLY * len(sights) or not fresh:
            return None
        frame, refuting = Frame(finite), Frame(fresh)
        if _is_nothing(frame):
            return None
        if reading := _times_right(step, frame, refuting, is_first):
            return reading
        everywhere = np.ones(frame.size, dtype=bool)
        if is_first:
            terms = self._table(step, frame)
        else:
            # It follows from the student's own numbers: no one else will need this table.
            terms = table(frame, step.finished, step.one_place, FEWER_TERMS)
        best: tuple[float, tuple[Part, ...]] | None = None
        for names in ((EVERYWHERE,), *step.partitions):
            if best and best[0] <= SHORT + 0.5 * (len(names) - 1):
                break
            masks = {name: frame.regions.get(name) if name else everywhere for name in names}
            if any(mask is None or not mask.any() for mask in masks.values()):
                continue
            parts = []
            for name, mask in masks.items():
                assert mask is not None
                part = _part(step, terms, frame, mask, name, refuting)
                if part is None:
                    break
                parts.append(part)
            if len(parts) < len(names) or not any(part.formula for part in parts):
                continue
            cost = sum(p.formula.cost for p in parts if p.formula) + 0.5 * (len(names) - 1)
            if best is None or cost < best[0]:
                best = cost, tuple(parts)
        if best is None:
            return None
        told = self._right_in_part(step, frame, refuting, terms, best[1])
        return Reading(step, told, is_first, frame)

    def _right_in_part(
        self,
        step: Step,
        frame: Frame,
        refuting: Frame,
        terms: Table,
        parts: tuple[Part, ...],
    ) -> tuple[Part, ...]:
        """One formula that is right in some regions is stated for the others alone."""
        if frame.right is None or parts[0].where:
            return parts
        for names in step.partitions:
            masks = {
                name: frame.regions.get(name, np.zeros(frame.size, dtype=bool)) for name in names
            }
            right = [agree(frame.given[mask], frame.right[mask]) for mask in masks.values()]
            if any(right) and all(mask.any() for mask in masks.values()):
                told = tuple(
                    # The formula holds there: that it comes to what is right needs few numbers.
                    Part(name, None)
                    if _is_right_there(frame, mask) and _is_right_in(refuting, name)
                    else _part(step, terms, frame, mask, name, refuting)
                    or Part(name, parts[0].formula)
                    for name, mask in masks.items()
                )
                if not all(part.formula for part in told):
                    return told
        return parts

    def _table(self, step: Step, frame: Frame) -> Table:
        numbers = [frame.symbols[name].tobytes() for name in sorted(frame.symbols)]
        shapes = repr([sight.given.shape for sight in frame.sights])
        terms = repr([str(term) for term in step.finished])
        key = b"".join([step.name.encode(), terms.encode(), shapes.encode(), *numbers])
        # What was used last stands last.
        known = self._tables.pop(key, None) or table(
            frame, step.finished, step.one_place, MOST_TERMS
        )
        self._tables[key] = known
        if len(self._tables) > MOST_TABLES:
            del self._tables[next(iter(self._tables))]
        return known


def differs(reading: Reading, sight: Sight, *, formulas: bool) -> bool:
    """Whether what a reading says of a step is clearly not what one sight of it shows.

    Parameters
    ----------
    reading : Reading
    sight : Sight
    formulas : bool
        Whether to look at formulas too, not at what is said to be right alone: for the large or
        special numbers of a wrong answer they may come to something else.
    """
    frame = Frame([sight])
    for part in reading.parts:
        mask = frame.regions.get(part.where) if part.where else np.ones(frame.size, dtype=bool)
        if mask is None or (part.formula and not formulas):
            continue
        try:
            values = part.formula.value(frame) if part.formula else frame.right
        except KeyError:
            continue
        if values is None:
            if part.formula is None and mask.any():
                return True
            continue
        value, given = values[mask], frame.given[mask]
        far = np.abs(value - given) > 1e-3 * (1 + np.abs(given))
        if (far & np.isfinite(value)).any():
            return True
    return False


def is_wrong_elsewhere(reading: Reading, sight: Sight) -> bool:
    """Whether one sight shows wrong numbers in a region of which a reading says that it is right.

    Parameters
    ----------
    reading : Reading
    sight : Sight
    """
    frame = Frame([sight])
    right = [frame.regions.get(part.where) for part in reading.parts if not part.formula]
    return any(
        mask is not None and mask.any() and not _is_right_there(frame, mask) for mask in right
    )


def _where_its_shape_is(
    reading: Reading, apart: Sequence[tuple[str, str]], sights: Sequence[Sight]
) -> Reading:
    """A reading of a wrong shape as one of a part of the list, where that has it there alone."""
    part, *others = reading.parts
    if not reading.step.shape or others or part.where:
        return reading
    for where, elsewhere in (one for pair in apart for one in (pair, pair[::-1])):
        own = [sight for sight in sights if sight.step == reading.step.name]
        there = [sight for sight in sights if _lies_in(sight, elsewhere)]
        if len(there) >= FEWEST_CALLS and all(_lies_in(sight, where) for sight in own):
            right = (Part(elsewhere, None),) if _is_right(there) else ()
            return replace(reading, parts=(replace(part, where=where), *right))
    return reading


def _lies_in(sight: Sight, region: str) -> bool:
    return region in sight.regions and bool(sight.regions[region].all())


def _also_wrong(
    vocabulary: Vocabulary,
    readings: Sequence[Reading],
    wrong: Sequence[str],
    looks: Sequence[Sequence[Sight]],
) -> tuple[Step, ...]:
    """The steps that nothing was read of, and that are no other look at one that was read."""
    told = {reading.step.what for reading in readings}
    same = {name for reading in readings for name in (reading.step.name, *reading.step.unless)}
    return tuple(
        step
        for step in vocabulary.steps
        if step.name in wrong and step.name not in same and step.what not in told
        if _alone(step, looks) or _not_of_own(step, looks)
    )


def _alone(step: Step, looks: Sequence[Sequence[Sight]]) -> bool:
    """Whether some call goes wrong first in that step, so that it isn't the step before it."""
    first = [next((s for s in look if not _is_right([s])), None) for look in looks]
    return sum(sight is not None and sight.step == step.name for sight in first) >= FEWEST_ALONE


def _not_of_own(step: Step, looks: Sequence[Sequence[Sight]]) -> bool:
    """Whether in some calls a step isn't what it should be by the student's own numbers before."""
    own = [[sight for sight in look if sight.step == step.name] for look in looks]
    return bool(step.from_own) and sum(any(map(_is_off, of)) for of in own) >= FEWEST_ALONE


def _is_off(sight: Sight) -> bool:
    """Whether there are numbers, and others than there should be."""
    known = sight.right is not None and bool(np.isfinite(sight.right).all())
    return known and bool(np.isfinite(sight.given).all()) and not _is_right([sight])


def _is_right(sights: list[Sight]) -> bool:
    return all(
        sight.right is not None
        and sight.right.shape == sight.given.shape
        and bool(np.isclose(sight.given, sight.right, rtol=1e-5, atol=1e-7).all())
        for sight in sights
    )


def _is_nothing(frame: Frame) -> bool:
    """Whether the numbers are zero but for rounding, or one and the same: all formulas fit that."""
    largest = np.abs(frame.given).max()
    # What is far below the inputs is what is left when numbers are taken from one another.
    return bool(largest < 1e-10) or (different_values(frame.given) < 3 and not frame.regions)


def _times_right(step: Step, frame: Frame, refuting: Frame, is_first: bool) -> Reading | None:
    """The right result with a constant or a factor that has no place there."""
    if step.right is None or frame.right is None:
        return None
    only_right = Table([step.right], np.zeros(1), frame.right[None])
    found = _kept(search(only_right, frame, np.ones(frame.size, dtype=bool), step.right), refuting)
    parallel = [f for f in found if f.term == step.right]
    if not parallel:
        return None
    return Reading(step, (Part(EVERYWHERE, parallel[0]),), is_first, frame, times_right=True)


def _part(
    step: Step, terms: Table, frame: Frame, mask: Mask, where: str, refuting: Frame
) -> Part | None:
    given = frame.given[mask]
    if where and _is_right_there(frame, mask) and len(given) >= FEWEST:
        there = refuting.regions.get(where)
        is_right = there is not None and there.any() and _is_right_there(refuting, there)
        return Part(where, None) if is_right else None
    found = _kept(search(terms, frame, mask, step.right), refuting, where)
    if not found:
        return None
    turned = frame.right is not None and agree(given, -frame.right[mask])
    return Part(where, found[0], turned and bool(given.any()))


def _is_right_in(frame: Frame, region: str) -> bool:
    mask = frame.regions.get(region)
    return mask is not None and _is_right_there(frame, mask)


def _is_right_there(frame: Frame, mask: Mask) -> bool:
    return frame.right is not None and agree(frame.given[mask], frame.right[mask])


def _kept(found: list[Formula], refuting: Frame, where: str = EVERYWHERE) -> list[Formula]:
    """The formulas that hold on fresh inputs too."""
    nowhere = np.zeros(refuting.size, dtype=bool)
    mask = refuting.regions.get(where, nowhere) if where else ~nowhere
    if not mask.any():
        return []
    given = refuting.given[mask]
    kept = []
    for formula in found:
        try:
            values = formula.value(refuting)[mask]
        except KeyError:
            continue
        if agree(values, given):
            kept.append(formula)
    return kept
