"""What can be observed of a wrong answer that no misconception reproduces.

Everything here is stated as an observation, never as a cause: which inputs fail and what they
share, which entries are wrong and how, and which property of the right answer is broken.

A function may hide an input that it is tried on in what it returns: in a shape, a length, a factor.
So an observation is made on all inputs, but the numbers in it are those of the public ones; where
only hidden inputs show it, it is put in words. Shapes and lengths are told of hidden inputs too if
they are ones that a mistake comes to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.assignment.exercise import Call, Exercise
from autograder.assignment.judging import Answer, Floats, close, compare
from autograder.assignment.probe import Arguments
from autograder.assignment.rows import Row, factor_in_words, public
from autograder.diagnosis.statements import Observer, made_of, made_of_both
from autograder.marking.marks import Marking, answer_of

#: A shape that came of a hidden input is told only if it has no larger sizes and no more of them.
MOST_TOLD, MOST_AXES = 12, 2
#: A pattern over inputs is stated of so many at least, and if chance makes it as seldom as this.
FEWEST, BY_CHANCE = 3, 0.002


def observe(marking: Marking, function: str, fresh: Sequence[Row] = ()) -> list[str]:
    """Observations on a wrong function, the most telling first; at most five.

    Parameters
    ----------
    marking : Marking
    function : str
    fresh : sequence of Row
        Inputs on which what is observed must hold too.
    """
    # Students' numbers may be of any size, and nan.
    with np.errstate(all="ignore"):
        return _observe(marking, function, fresh)


def _observe(marking: Marking, function: str, fresh: Sequence[Row]) -> list[str]:
    exercise = marking.assignment.exercises[function]
    rows = marking.rows(function)
    seen: list[str] = []
    for observer in _observers(exercise):
        if observer is _how_many and any(text.startswith(_ON_ITS_OWN) for text in seen):
            continue
        counts = observer in (_inputs, _how_many)
        texts = list(observer([*rows, *fresh])) if counts else made_of_both(observer, rows, fresh)
        seen += [text for text in texts if text not in seen]
    if exercise.experiment is not None and not seen[1:] and _alike(rows):
        seen += exercise.experiment(_call(marking, function), _alike(rows))
    return seen[:5]


def properties_broken(exercise: Exercise, row: Row) -> set[str]:
    """Which properties of a right answer one answer breaks, in the form of what is said of it."""
    with np.errstate(all="ignore"):
        return made_of(exercise.properties, [row])


def _observers(exercise: Exercise) -> list[Observer]:
    relations = _relations if exercise.parameters else _hand_relations
    observers: list[Observer] = [
        _constant,
        _inputs,
        _how_many,
        lambda rows: _kind(exercise, [row for row in rows if _is_wrong(row)]),
        lambda rows: _entries(exercise, alike) if (alike := _alike(rows)) else iter(()),
        lambda rows: relations(alike) if (alike := _alike(rows)) else iter(()),
    ]
    if exercise.order:
        observers.append(lambda rows: _first_relations(exercise, rows))
    return [*observers, *exercise.properties]


def _is_wrong(row: Row) -> bool:
    return not row.is_right and row.given is not None


def _alike(rows: list[Row]) -> list[Row]:
    """The wrong answers that can be compared with the right ones entry by entry."""
    return [row for row in rows if _is_wrong(row) and row.has_right_shapes]


def _first_relations(exercise: Exercise, rows: list[Row]) -> Iterator[str]:
    """The relations at the first wrong step alone: what comes later follows from it."""
    alike = _alike(rows)
    if not alike:
        return
    said = set(_relations(alike))
    for text in _relations(
        [_first_wrong(row, last=exercise.order == "backwards") for row in alike]
    ):
        if text not in said:
            yield f"Where it first goes wrong: {text}"


def _call(marking: Marking, function: str) -> Call:
    def call(calls: list[Arguments]) -> list[Answer | None]:
        outcomes = marking.call(function, calls)
        return [answer_of(marking.assignment, function, outcome) for outcome in outcomes]

    return call


def _first_wrong(row: Row, *, last: bool) -> Row:
    """The row with the item alone at which the steps first go wrong (``last``: from the end)."""
    assert row.given is not None
    wrong = [i for i, mask in enumerate(row.wrong()) if mask.any()]
    item = wrong[-1] if last else wrong[0]
    return Row(row.probe, [row.right[item]], [row.given[item]], row.is_right)


# --- which inputs ------------------------------------------------------------------------------


def _constant(rows: list[Row]) -> Iterator[str]:
    """One and the same answer to all inputs."""
    given = [row.given for row in rows if row.given is not None]
    if len(given) >= 3 and all(_identical(one, given[0]) for one in given):
        yield "It gives the same answer to every input: does it use what it is handed?"


def _identical(one: Answer, other: Answer) -> bool:
    return len(one) == len(other) and all(map(np.array_equal, one, other))


#: How the statements on inputs begin that say how many are right.
_ON_ITS_OWN = ("It is right ", "It fails ", "It is not right ")


def _inputs(rows: list[Row]) -> Iterator[str]:
    """What the failing inputs share that the passing ones lack, where that can be no chance."""
    wrong = [row for row in rows if not row.is_right]
    right = [row for row in rows if row.is_right]
    if len(rows) < 3 or not right:
        return
    tags = sorted({tag for row in rows for tag in row.probe.tags})
    only = [t for t in tags if _splits(t, wrong, right) and _is_no_chance(t, wrong, rows)]
    if only:
        also = f" (they all have {' and '.join(only[1:])} too)" if len(only) > 1 else ""
        yield f"It fails exactly on the inputs with {only[0]}{also}, and is right on all others."
        return
    spared = [t for t in tags if _splits(t, right, wrong) and _is_no_chance(t, right, rows)]
    if spared:
        yield f"It is right exactly on the inputs with {' and '.join(spared)}, and on no others."
        return
    shared = [t for t in tags if _is_no_chance(t, wrong, rows)]
    if shared:
        yield (
            f"It is right on {len(right)} of {len(rows)} inputs; all that fail have "
            f"{' and '.join(shared[:2])}."
        )
        return
    never = [t for t in tags if _is_no_chance(t, right, rows, none_of=wrong)]
    if never:
        yield (
            f"It is right on {len(right)} of the {len(rows)} inputs that were tried. Inputs with "
            f"{' or '.join(never[:2])} are all right."
        )


def _how_many(rows: list[Row]) -> Iterator[str]:
    right = sum(row.is_right for row in rows)
    if len(rows) < 3:
        return
    if not right:
        yield "It is not right on any of the inputs that were tried."
    else:
        yield f"It is right on {right} of the {len(rows)} inputs that were tried."


def says_how_many(text: str) -> bool:
    """Whether an observation is no more than a count of the inputs that were tried."""
    return text.endswith("inputs that were tried.")


def _is_no_chance(
    tag: str, having: list[Row], rows: list[Row], none_of: list[Row] | None = None
) -> bool:
    """Whether all of some rows have what is special, too many for that to be chance.

    With ``none_of``: whether none of those rows has it.
    """
    marked, drawn = _count(tag, rows), none_of or having
    if min(len(drawn), marked) < FEWEST or (none_of is None and _count(tag, having) < len(having)):
        return False
    if none_of is not None:
        if _count(tag, none_of):
            return False
        marked = len(rows) - marked
    chance = 1.0
    for at in range(len(drawn)):
        chance *= (marked - at) / (len(rows) - at)
    return chance < BY_CHANCE


def _count(tag: str, rows: list[Row]) -> int:
    return sum(tag in row.probe.tags for row in rows)


def _splits(tag: str, having: list[Row], lacking: list[Row]) -> bool:
    return _count(tag, having) == len(having) and not _count(tag, lacking)


# --- the kind of thing returned ----------------------------------------------------------------


def _kind(exercise: Exercise, wrong: list[Row]) -> Iterator[str]:
    """Length and shape, where they are wrong; on a public input if it shows there."""
    for row in sorted(wrong, key=lambda row: not row.probe.public):
        assert row.given is not None
        difference = compare(row.given, row.right)
        if difference is None:
            continue
        if difference.fault == "length":
            yield _wrong_length(exercise, "The list", row, len(row.given), len(row.right))
            return
        if difference.fault == "shape":
            yield _wrong_shape(exercise, row, difference.item, wrong)
            return
    if any(row.given and not all(np.isfinite(g).all() for g in row.given) for row in wrong):
        yield "Some entries come back as nan or inf (not a number, or too large for one)."


def _wrong_shape(exercise: Exercise, row: Row, item: int, wrong: list[Row]) -> str:
    assert row.given is not None
    given, right = row.given[item], row.right[item]
    place = f"Entry {item} of the list" if len(row.right) > 1 else "What you return"
    if exercise.parts and item == len(row.right) - 1:
        place = f"The list of {exercise.parts[1]}"
    if given.ndim == right.ndim == 1:
        return _wrong_length(exercise, place, row, len(given), len(right))
    numbers = ""
    of_shape = [_only_reshaped(row) for row in wrong if not row.has_right_shapes]
    if all(of_shape) and len(of_shape) >= (2 if row.probe.arguments else 1):
        numbers = " Its numbers are right; only the brackets are not (`reshape`, `squeeze`?)."
    has = f"shape {_shape(given)}" if _may_tell(row, given.shape) else "another shape"
    asked = f"; it should have shape {_shape(right)}"
    if not _may_tell(row, right.shape):
        asked = " than it should have"
    return f"{place} has {has}{asked}{_of_input(exercise, row)}.{numbers}"


def _wrong_length(exercise: Exercise, place: str, row: Row, given: int, right: int) -> str:
    size, has, asked = ("short", "fewer", "more") if given < right else ("long", "more", "fewer")
    told = _may_tell(row, (right,))
    if _may_tell(row, (given,)):
        has = f"{given or 'no'} {'entry' if given == 1 else 'entries'}"
        asked = f"{right or 'none'} {'is' if right < 2 else 'are'}" if told else f"{asked} are"
        what = f"{has} where {asked} asked for"
    else:
        what = f"{has} entries than {f'the {right}' if told and right else 'are'} asked for"
    return f"{place} is too {size}: it has {what}{_of_input(exercise, row)}."


def _may_tell(row: Row, shape: tuple[int, ...]) -> bool:
    """Whether a shape says nothing of a hidden input but what is known of it anyway."""
    if row.probe.public:
        return True
    if len(shape) > MOST_AXES or any(size > MOST_TOLD for size in shape):
        return False
    return set(shape) <= _likely_sizes(row)


def _likely_sizes(row: Row) -> set[int]:
    """The sizes that a mistake comes to: those of the call, those near them, and their products.

    A product is the size of a flattened matrix.
    """
    sizes = {0, 1, len(row.right)}
    for value in (*row.probe.arguments, *row.right):
        items = value if isinstance(value, list) else [value]
        sizes |= {len(items)}.union(*(np.shape(item) for item in items))
    products = {a * b for a, b in combinations_with_replacement(sizes, 2)}
    return products | {size + step for size in sizes for step in (-1, 0, 1)}


def _only_reshaped(row: Row) -> bool:
    """Whether all numbers are right, in their order, whatever the shapes."""
    return (
        row.given is not None
        and [g.size for g in row.given] == [r.size for r in row.right]
        and all(
            close(g.ravel(), r.ravel()).all() for g, r in zip(row.given, row.right, strict=True)
        )
    )


def _shape(array: Floats) -> str:
    return "() (a single number)" if array.ndim == 0 else str(array.shape)


def _of_input(exercise: Exercise, row: Row) -> str:
    shapes = []
    for name, value in zip(exercise.parameters, row.probe.arguments, strict=True):
        if isinstance(value, np.ndarray) and _may_tell(row, value.shape):
            shapes.append(f"{name} of shape {value.shape}")
        elif isinstance(value, list) and _may_tell(row, (len(value),)):
            shapes.append(f"{name} of length {len(value)}")
    return f" (for {', '.join(shapes)})" if shapes else ""


# --- which entries -----------------------------------------------------------------------------


def _entries(exercise: Exercise, rows: list[Row]) -> Iterator[str]:
    if exercise.returns != "array":
        yield from _items(exercise, rows)
    matrices = [m for row in rows for m in row.wrong() if m.ndim == 2 and m.any() and m.size > 1]
    if matrices:
        yield from _matrix_entries(matrices)
    elif exercise.returns == "array":
        yield from _vector_entries(rows)


def _items(exercise: Exercise, rows: list[Row]) -> Iterator[str]:
    """Which entries of the returned list are wrong."""
    wrong = [[bool(m.any()) for m in row.wrong()] for row in rows]
    if exercise.parts:
        arrays = any(any(w[:-1]) for w in wrong)
        numbers = any(w[-1] for w in wrong)
        if arrays != numbers:
            kept, lost = exercise.parts[::-1] if arrays else exercise.parts
            yield f"The {kept} are right; the {lost} are not."
            return
    several = [w for w in wrong if len(w) > 1]
    if not several:
        return
    if all(w[-1] and not any(w[:-1]) for w in several):
        yield "Only the last entry of the list is wrong; the others are right."
    elif all(w[0] and not any(w[1:]) for w in several):
        yield "Only the first entry of the list is wrong; the others are right."
    elif all(not w[-1] and any(w[:-1]) for w in several):
        yield "The last (top) entry of the list is right; entries before it are wrong."
    elif all(not w[0] and any(w[1:]) for w in several):
        first = min(w.index(True) for w in several)
        shown = any(
            row.probe.public and w.index(True) == first for row, w in zip(rows, wrong, strict=True)
        )
        last = first - 1 if shown else 0
        yield f"The list is right up to entry {last}; it first goes wrong after that."


def _matrix_entries(masks: list[NDArray[Any]]) -> Iterator[str]:
    square = [m for m in masks if m.shape[0] == m.shape[1]]
    if len(square) == len(masks):
        on = any(np.diagonal(m).any() for m in square)
        off = any((m & ~np.eye(len(m), dtype=bool)).any() for m in square)
        if on and not off:
            yield "All wrong entries lie on the diagonal (i = j); those off it are right."
            return
        if off and not on:
            upper = any(np.triu(m, 1).any() for m in square)
            lower = any(np.tril(m, -1).any() for m in square)
            where = "off the diagonal" if upper and lower else "above" if upper else "below"
            where = where if where.startswith("off") else f"{where} the diagonal"
            yield f"The diagonal is right; the wrong entries all lie {where}."
            return
    for axis, word in ((1, "row"), (0, "column")):
        lines = [np.atleast_1d(m.any(axis=axis)) for m in masks]
        if all(line.sum() == 1 and len(line) > 1 for line in lines):
            if all(line[-1] for line in lines):
                yield f"Only the last {word} is wrong."
            elif all(line[0] for line in lines):
                yield f"Only the first {word} is wrong."
            else:
                yield f"In each case just one {word} is wrong."
            return


def _vector_entries(rows: list[Row]) -> Iterator[str]:
    masks = [m for row in rows for m in row.wrong() if m.ndim == 1 and len(m) > 1]
    if not masks or all(m.all() for m in masks):
        return
    if all(m[-1] and not m[:-1].any() for m in masks):
        yield "Only the last entry is wrong."
    elif all(m[0] and not m[1:].any() for m in masks):
        yield "Only the first entry is wrong."
    elif all(not m[0] for m in masks):
        yield "The first entry is always right; the wrong ones come later."


# --- how the wrong entries relate to the right ones --------------------------------------------


def _relations(rows: list[Row]) -> Iterator[str]:
    # What is no number says nothing of how the others are off.
    rows = [row for row in rows if all(np.isfinite(g).all() for g in row.given or [])]
    given, right = _wrong_values(rows)
    if len(given) < 2 or not np.isfinite(given).all():
        return
    ratio = given / right
    # What may be told: the same of the public inputs alone.
    shown, asked = _wrong_values(public(rows))
    if np.all(given == 0):
        yield from _zeros(rows, right)
    elif np.allclose(given, -right, rtol=1e-5):
        yield "The wrong entries have the right size with the opposite sign."
    elif np.isfinite(ratio).all() and np.ptp(ratio) < 1e-5 * abs(ratio[0]):
        told = f", {factor_in_words((shown / asked)[0])}" if len(shown) else ""
        yield f"The wrong entries are all off by the same factor{told}."
    elif np.ptp(given - right) < 1e-6 * max(1.0, np.abs(right).max()):
        told = f", {(shown - asked)[0]:+.4g}" if len(shown) else ""
        yield f"The wrong entries are all off by the same amount{told}."
    elif np.allclose(np.abs(given), np.abs(right), rtol=1e-5):
        yield "The sizes of the entries are right; some signs are wrong."
    elif (limit := _limit(rows)) is not None:
        reached = [v for v in np.abs(shown) if np.isclose(v, limit, rtol=1e-6)]
        told = f"{reached[0]:.4g}" if reached else "a certain limit"
        yield (
            f"No entry is ever larger than {told} in size: larger ones come back cut to that "
            f"limit, smaller ones are right."
        )
    elif np.allclose(given, right, atol=0.06, rtol=0.02):
        rounded = np.allclose(given, np.round(given, 4), rtol=0, atol=1e-9)
        how = ", as after rounding" if rounded else ""
        yield f"The wrong entries are close to the right ones but not exact{how}."
    elif all(_permuted(row) for row in rows):
        yield "The numbers are right but stand in the wrong places (shifted or exchanged)."
    elif _factor_by_item(rows) is not None:
        factor = _factor_by_item(public(rows))
        told = "" if factor is None else f", {factor_in_words(factor)} in one of them"
        yield (
            f"Within each matrix or vector all entries are off by one and the same factor{told}; "
            f"but it differs from one to the next."
        )
    elif np.all(right == 0):
        yield "Where an entry should be 0, it comes back as something else."


def _hand_relations(rows: list[Row]) -> Iterator[str]:
    """The same for answers worked by hand: a factor or a difference would tell the right one."""
    given, right = _wrong_values(rows)
    if np.allclose(np.abs(given), np.abs(right), rtol=1e-5):
        yield "The sizes of the entries are right; some signs are wrong."
    elif all(_permuted(row) for row in rows):
        yield "The numbers are right but stand in the wrong places (shifted or exchanged)."
    elif np.all(given == 0):
        yield "The wrong entries are all 0 where they should not be."
    elif np.all(right == 0):
        yield "Where an entry should be 0, it comes back as something else."
    elif np.array_equal(np.sign(given), np.sign(right)):
        yield "The signs are right, the sizes are not: work out the products and their sum again."


def _zeros(rows: list[Row], lost: Floats) -> Iterator[str]:
    """Entries that come back as 0: the small ones alone, or whichever."""
    kept = [
        np.abs(r[~mask & (r != 0)]).ravel()
        for row in rows
        for r, mask in zip(row.right, row.wrong(), strict=True)
        if r.ndim
    ]
    kept_sizes = np.concatenate([*kept, np.zeros(0)])
    if len(kept_sizes) and np.abs(lost).max() < kept_sizes.min():
        _, shown = _wrong_values(public(rows))
        told = f" (such as one of about {np.abs(shown).max():.2g} in size)" if len(shown) else ""
        yield f"Small entries{told} come back as 0; larger ones are right."
    else:
        yield "The wrong entries are all 0 where they should not be."


def _wrong_values(rows: list[Row]) -> tuple[Floats, Floats]:
    """All entries that are wrong, and what they should be."""
    given, right = [np.zeros(0)], [np.zeros(0)]
    for row in rows:
        assert row.given is not None
        for g, r, mask in zip(row.given, row.right, row.wrong(), strict=True):
            given.append(np.atleast_1d(g)[np.atleast_1d(mask)])
            right.append(np.atleast_1d(r)[np.atleast_1d(mask)])
    return np.concatenate(given), np.concatenate(right)


def _factor_by_item(rows: list[Row]) -> float | None:
    """A factor of one item, if all entries of each item share one."""
    factors = []
    for row in rows:
        for g, r in zip(row.given or [], row.right, strict=True):
            if g.size < 2 or not np.any(r):
                continue
            factor = float(np.vdot(g, r) / np.vdot(r, r))
            if factor == 0 or not np.allclose(g, factor * r, rtol=1e-4, atol=1e-9):
                return None
            factors.append(factor)
    wrong = [f for f in factors if abs(f - 1) > 1e-4]
    return wrong[0] if wrong else None


def _limit(rows: list[Row]) -> float | None:
    """The bound that the answers come out right but for being cut to, if there is one."""
    values = np.concatenate([np.abs(g).ravel() for row in rows for g in (row.given or [])])
    limit = float(values.max())
    given, _ = _wrong_values(rows)
    at_limit = np.isclose(np.abs(given), limit, rtol=1e-6)
    if limit == 0 or at_limit.sum() < 3 or at_limit.mean() <= 0.3:
        return None
    cut = all(
        np.allclose(g, np.clip(r, -limit, limit), rtol=1e-4)
        for row in rows
        for g, r in zip(row.given or [], row.right, strict=True)
    )
    return limit if cut else None


def _permuted(row: Row) -> bool:
    assert row.given is not None
    return all(
        np.allclose(np.sort(g.ravel()), np.sort(r.ravel()), rtol=1e-5)
        for g, r in zip(row.given, row.right, strict=True)
    )
