"""What can be observed of a wrong answer that no misconception reproduces.

Everything here is stated as an observation, never as a cause: which inputs fail and what they
share, which entries are wrong and how, and which property of the right answer is broken.

A function may hide an input that it is tried on in what it returns: in a shape, a length, a factor.
So an observation is made on all inputs, but the numbers in it are those of the public ones; where
only hidden inputs show it, it is put in words. Shapes and lengths are told of hidden inputs too if
they are ones that a mistake comes to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement, permutations, product
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.assignment import reference
from autograder.assignment.judging import Floats, NotAnAnswer, as_arrays, close, compare
from autograder.diagnosis.matching import canonical, equal
from autograder.marking.marks import Answer, Marking
from autograder.notes6.contract import FUNCTIONS
from autograder.notes6.probes import HAND_SECOND_JACOBIAN, Probe
from autograder.sandbox.outcome import Returned

#: So many orders of a training's examples are tried at most.
MOST_ORDERS = 40
#: A shape that came of a hidden input is told only if it has no larger sizes and no more of them.
MOST_TOLD, MOST_AXES = 12, 2


@dataclass(frozen=True)
class Row:
    """One probe with its right answer and the student's, where one came back."""

    probe: Probe
    right: Answer
    given: Answer | None
    is_right: bool


def rows_of(marking: Marking, function: str) -> list[Row]:
    """The probes of a function beside what came back."""
    returns = FUNCTIONS[function].returns
    rows = []
    for probe, right, outcome, good in zip(
        marking.session.probes[function],
        marking.expected.answers[function],
        marking.outcomes[function],
        marking.right[function],
        strict=True,
    ):
        given = None
        if isinstance(outcome, Returned):
            try:
                given = as_arrays(outcome.value, returns)
            except NotAnAnswer:
                given = None
        rows.append(Row(probe, right, given, good))
    return rows


def observe(marking: Marking, function: str) -> list[str]:
    """Observations on a wrong function, the most telling first; at most five."""
    # Students' numbers may be of any size, and nan.
    with np.errstate(all="ignore"):
        return _observe(marking, function)


def _observe(marking: Marking, function: str) -> list[str]:
    rows = rows_of(marking, function)
    wrong = [row for row in rows if not row.is_right and row.given is not None]
    seen = [*_constant(rows), *_inputs(rows), *_kind(function, wrong)]
    alike = [row for row in wrong if _same_shapes(row)]
    if alike:
        seen += _entries(function, alike)
        by_hand = not FUNCTIONS[function].parameters
        seen += _hand_relations(function, alike) if by_hand else _relations(alike)
        if function in _STEPWISE:
            # What comes later follows from the first wrong step, so that is looked at alone too.
            first = [_first_wrong(row, last=function == "backward") for row in alike]
            texts = [text for text in _relations(first) if text not in seen]
            seen += [f"Where it first goes wrong: {text}" for text in texts]
        seen += _properties(function, rows)
        if function == "propagate_error" and not seen[1:]:
            seen += _unnoticed(marking, alike)
    return seen[:5]


#: Functions whose list is made step by step, each from the one before.
_STEPWISE = ("forward", "backward", "propagate_chain")


def _first_wrong(row: Row, *, last: bool) -> Row:
    """The row with the item alone at which the steps first go wrong (``last``: from the end)."""
    assert row.given is not None
    wrong = [i for i, mask in enumerate(_masks(row)) if mask.any()]
    item = wrong[-1] if last else wrong[0]
    return Row(row.probe, [row.right[item]], [row.given[item]], row.is_right)


def _public(rows: list[Row]) -> list[Row]:
    """Those whose numbers may be told."""
    return [row for row in rows if row.probe.public]


def _same_shapes(row: Row) -> bool:
    assert row.given is not None
    return [g.shape for g in row.given] == [r.shape for r in row.right]


# --- which inputs ------------------------------------------------------------------------------


def _constant(rows: list[Row]) -> Iterator[str]:
    """One and the same answer to all inputs."""
    given = [row.given for row in rows if row.given is not None]
    if len(given) >= 3 and all(_identical(one, given[0]) for one in given):
        yield "It gives the same answer to every input: does it use what it is handed?"


def _identical(one: Answer, other: Answer) -> bool:
    return len(one) == len(other) and all(map(np.array_equal, one, other))


def _inputs(rows: list[Row]) -> Iterator[str]:
    """What the failing inputs share that the passing ones lack."""
    wrong = [row for row in rows if not row.is_right]
    right = [row for row in rows if row.is_right]
    if len(rows) < 3:
        return
    if not right:
        yield "It is not right on any of the inputs that were tried."
        return
    tags = sorted({tag for row in rows for tag in row.probe.tags})
    only = [t for t in tags if _splits(t, wrong, right)]
    if only:
        also = f" (they all have {' and '.join(only[1:])} too)" if len(only) > 1 else ""
        yield f"It fails exactly on the inputs with {only[0]}{also}, and is right on all others."
        return
    spared = [t for t in tags if _splits(t, right, wrong)]
    if spared:
        yield f"It is right exactly on the inputs with {' and '.join(spared)}, and on no others."
        return
    shared = [t for t in tags if all(t in row.probe.tags for row in wrong)]
    if shared:
        yield (
            f"It is right on {len(right)} of {len(rows)} inputs; all that fail have "
            f"{' and '.join(shared[:2])}."
        )
        return
    never = [t for t in tags if _count(t, right) and not _count(t, wrong)]
    free = f" Inputs with {' or '.join(never[:2])} are all right." if never else ""
    yield f"It is right on {len(right)} of the {len(rows)} inputs that were tried.{free}"


def _count(tag: str, rows: list[Row]) -> int:
    return sum(tag in row.probe.tags for row in rows)


def _splits(tag: str, having: list[Row], lacking: list[Row]) -> bool:
    return _count(tag, having) == len(having) and not _count(tag, lacking)


def _unnoticed(marking: Marking, wrong: list[Row]) -> Iterator[str]:
    """The entries of a Jacobian that can be changed without anything moving."""
    shown = next((row for row in wrong if row.probe.public), None)
    if shown is None or shown.given is None:
        return
    error, jacobian = shown.probe.arguments
    places = [place for place in np.ndindex(jacobian.shape) if error[place[0]] != 0]
    outcomes = marking.call(
        "propagate_error", [(error, _wiggled(jacobian, place)) for place in places]
    )
    still = [
        f"[{i}, {j}]"
        for (i, j), outcome in zip(places, outcomes, strict=True)
        if isinstance(outcome, Returned) and equal(canonical(outcome.value), shown.given[0])
    ]
    if still:
        yield (
            f"In the example below your answer takes no notice of the Jacobian's entries "
            f"{', '.join(still)}: change one of them, and nothing moves."
        )


def _wiggled(matrix: Floats, place: tuple[int, ...]) -> Floats:
    wiggled = np.array(matrix, dtype=float)
    wiggled[place] += 1
    return wiggled


# --- the kind of thing returned ----------------------------------------------------------------


def _kind(function: str, wrong: list[Row]) -> Iterator[str]:
    """Length and shape, where they are wrong; on a public input if it shows there."""
    for row in sorted(wrong, key=lambda row: not row.probe.public):
        assert row.given is not None
        difference = compare(row.given, row.right)
        if difference is None:
            continue
        if difference.fault == "length":
            yield _wrong_length("The list", row, len(row.given), len(row.right))
            return
        if difference.fault == "shape":
            yield _wrong_shape(function, row, difference.item, wrong)
            return
    if any(row.given and not all(np.isfinite(g).all() for g in row.given) for row in wrong):
        yield "Some entries come back as nan or inf (not a number, or too large for one)."


def _wrong_shape(function: str, row: Row, item: int, wrong: list[Row]) -> str:
    assert row.given is not None
    given, right = row.given[item], row.right[item]
    place = f"Entry {item} of the list" if len(row.right) > 1 else "What you return"
    if function == "train" and item == len(row.right) - 1:
        place = "The list of losses"
    if given.ndim == right.ndim == 1:
        return _wrong_length(place, row, len(given), len(right))
    numbers = ""
    of_shape = [_only_reshaped(row) for row in wrong if not _same_shapes(row)]
    if all(of_shape) and len(of_shape) >= (2 if row.probe.arguments else 1):
        numbers = " Its numbers are right; only the brackets are not (`reshape`, `squeeze`?)."
    has = f"shape {_shape(given)}" if _may_tell(row, given.shape) else "another shape"
    asked = f"; it should have shape {_shape(right)}"
    if not _may_tell(row, right.shape):
        asked = " than it should have"
    return f"{place} has {has}{asked}{_of_input(row)}.{numbers}"


def _wrong_length(place: str, row: Row, given: int, right: int) -> str:
    size, has, asked = ("short", "fewer", "more") if given < right else ("long", "more", "fewer")
    told = _may_tell(row, (right,))
    if _may_tell(row, (given,)):
        has = f"{given or 'no'} {'entry' if given == 1 else 'entries'}"
        asked = f"{right or 'none'} {'is' if right < 2 else 'are'}" if told else f"{asked} are"
        what = f"{has} where {asked} asked for"
    else:
        what = f"{has} entries than {f'the {right}' if told and right else 'are'} asked for"
    return f"{place} is too {size}: it has {what}{_of_input(row)}."


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


def _of_input(row: Row) -> str:
    shapes = []
    for name, value in zip(
        FUNCTIONS[row.probe.function].parameters, row.probe.arguments, strict=True
    ):
        if isinstance(value, np.ndarray) and _may_tell(row, value.shape):
            shapes.append(f"{name} of shape {value.shape}")
        elif isinstance(value, list) and _may_tell(row, (len(value),)):
            shapes.append(f"{name} of length {len(value)}")
    return f" (for {', '.join(shapes)})" if shapes else ""


# --- which entries -----------------------------------------------------------------------------


def _masks(row: Row) -> list[NDArray[Any]]:
    assert row.given is not None
    return [~close(g, r) for g, r in zip(row.given, row.right, strict=True)]


def _entries(function: str, rows: list[Row]) -> Iterator[str]:
    if FUNCTIONS[function].returns != "array":
        yield from _items(function, rows)
    matrices = [m for row in rows for m in _masks(row) if m.ndim == 2 and m.any() and m.size > 1]
    if matrices:
        yield from _matrix_entries(matrices)
    elif FUNCTIONS[function].returns == "array":
        yield from _vector_entries(rows)


def _items(function: str, rows: list[Row]) -> Iterator[str]:
    """Which entries of the returned list are wrong."""
    wrong = [[bool(m.any()) for m in _masks(row)] for row in rows]
    if function == "train":
        weights = any(any(w[:-1]) for w in wrong)
        losses = any(w[-1] for w in wrong)
        if weights != losses:
            kept, lost = ("losses", "weights") if weights else ("weights", "losses")
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
    masks = [m for row in rows for m in _masks(row) if m.ndim == 1 and len(m) > 1]
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
    shown, asked = _wrong_values(_public(rows))
    if np.all(given == 0):
        yield from _zeros(rows, right)
    elif np.allclose(given, -right, rtol=1e-5):
        yield "The wrong entries have the right size with the opposite sign."
    elif np.isfinite(ratio).all() and np.ptp(ratio) < 1e-5 * abs(ratio[0]):
        told = f", {_factor((shown / asked)[0])}" if len(shown) else ""
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
        factor = _factor_by_item(_public(rows))
        told = "" if factor is None else f", {_factor(factor)} in one of them"
        yield (
            f"Within each matrix or vector all entries are off by one and the same factor{told}; "
            f"but it differs from one to the next."
        )
    elif np.all(right == 0):
        yield "Where an entry should be 0, it comes back as something else."


def _hand_relations(function: str, rows: list[Row]) -> Iterator[str]:
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
    if function == "practice_6_3":
        yield from _second_step(rows)


def _second_step(rows: list[Row]) -> Iterator[str]:
    """Whether the second error of practice 6.3 is right given the first."""
    for row in rows:
        first, second = row.given or []
        through = first @ HAND_SECOND_JACOBIAN
        if not close(first, row.right[0]).all() and close(second, through).all():
            yield "Your second error is right given your first: mend the first step alone."
            return
        if not close(first, row.right[0]).all() and not close(second, row.right[1]).all():
            yield "Neither error is right, and the second does not follow from your first."
            return


def _zeros(rows: list[Row], lost: Floats) -> Iterator[str]:
    """Entries that come back as 0: the small ones alone, or whichever."""
    kept = [
        np.abs(r[~mask & (r != 0)]).ravel()
        for row in rows
        for r, mask in zip(row.right, _masks(row), strict=True)
        if r.ndim
    ]
    kept_sizes = np.concatenate([*kept, np.zeros(0)])
    if len(kept_sizes) and np.abs(lost).max() < kept_sizes.min():
        _, shown = _wrong_values(_public(rows))
        told = f" (such as one of about {np.abs(shown).max():.2g} in size)" if len(shown) else ""
        yield f"Small entries{told} come back as 0; larger ones are right."
    else:
        yield "The wrong entries are all 0 where they should not be."


def _wrong_values(rows: list[Row]) -> tuple[Floats, Floats]:
    """All entries that are wrong, and what they should be."""
    given, right = [np.zeros(0)], [np.zeros(0)]
    for row in rows:
        assert row.given is not None
        for g, r, mask in zip(row.given, row.right, _masks(row), strict=True):
            given.append(np.atleast_1d(g)[np.atleast_1d(mask)])
            right.append(np.atleast_1d(r)[np.atleast_1d(mask)])
    return np.concatenate(given), np.concatenate(right)


def _factor(value: float) -> str:
    """A factor with what it means: the sign, and a division or multiplication."""
    size, sign = abs(value), "with the opposite sign" if value < 0 else ""
    by = ""
    # Beyond this it is underflow or overflow, no factor that anyone wrote.
    if 1e-4 < size < 1 and abs(1 / size - round(1 / size)) < 1e-4:
        by = f"divided by {round(1 / size)}"
    elif 1 < size < 1e4 and abs(size - round(size)) < 1e-4:
        by = f"{round(size)} times too large"
    meaning = " and ".join(part for part in (by, sign) if part)
    return f"{value:.4g} ({meaning})" if meaning else f"{value:.4g}"


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


# --- properties that the right answer has ------------------------------------------------------


def _properties(function: str, rows: list[Row]) -> Iterator[str]:
    given = [(row, row.given[0]) for row in rows if row.given and _same_shapes(row)]
    if function == "softmax":
        sums = [g.sum() for _, g in given if np.isfinite(g).all()]
        if any(abs(s - 1) > 1e-5 for s in sums):
            yield "The outputs of a softmax share 1 among them; yours do not add up to 1."
        yield from _multiplied_inputs(rows)
    if function == "softmax_jacobian":
        rows_off = [g for _, g in given if np.isfinite(g).all() and np.abs(g.sum(1)).max() > 1e-6]
        if rows_off:
            yield (
                "In a softmax what one output gains the others lose, so each row of its Jacobian "
                "sums to 0; yours do not."
            )
    if function in ("threshold", "threshold_jacobian"):
        yield from _by_input_value(given, function)
    if function == "update_weights":
        yield from _mixture(rows)
    if function == "train" and _fits_another_order(rows):
        yield (
            "Your numbers come out if the examples of an epoch are taken in another order than "
            "the one given. Is there a shuffle?"
        )


def _fits_another_order(rows: list[Row]) -> bool:
    """Whether each wrong answer that can be tried is right for some order of the examples."""
    tried = [
        row
        for row in rows
        if not row.is_right and row.given and _same_shapes(row) and _orders(row) <= MOST_ORDERS
    ]
    return len(tried) > 1 and all(
        any(compare(row.given or [], other) is None for other in _in_other_orders(row))
        for row in tried
    )


def _orders(row: Row) -> int:
    """In how many ways the examples of all epochs can be ordered."""
    _, inputs, _, _, epochs = row.probe.arguments
    return int(factorial(len(inputs)) ** epochs)


def _in_other_orders(row: Row) -> Iterator[Answer]:
    """The right answers, had the examples come in another order in each epoch."""
    start, inputs, targets, rate, epochs = row.probe.arguments
    train: Callable[..., Any] = reference.functions()["train"]
    orders = list(permutations(range(len(inputs))))
    for chosen in product(orders, repeat=epochs):
        weights = start
        losses: list[float] = []
        for order in map(list, chosen):
            weights, found = train(weights, inputs[order], targets[order], rate, 1)
            losses += found
        yield as_arrays((weights, losses), FUNCTIONS["train"].returns)


def _multiplied_inputs(rows: list[Row]) -> Iterator[str]:
    """Whether the shares are right for inputs that were multiplied first."""
    cases, shown = 0, []
    for row in rows:
        if row.is_right or not row.given or not _same_shapes(row):
            continue
        x, shares = np.asarray(row.probe.arguments[0], dtype=float), row.given[0]
        apart = x - x.mean()
        if not (shares > 0).all() or not apart.any():
            continue  # no logarithm, or nothing that a factor would change
        logs = np.log(shares)
        factor = float(apart @ logs / (apart @ apart))
        if abs(shares.sum() - 1) > 1e-5 or not np.allclose(
            logs - logs.mean(), factor * apart, atol=1e-4
        ):
            return
        cases += 1
        shown += [factor] if row.probe.public else []
    if cases >= 3:
        told = f" (by {shown[0]:.3g} in one case)" if shown else ""
        yield (
            f"Your shares are those of inputs that were multiplied first{told}. Adding the same "
            f"number to all inputs changes no share; multiplying does."
        )


def _mixture(rows: list[Row]) -> Iterator[str]:
    """How the new weights are mixed from the old ones and the step, if they are."""
    wrong = [row for row in rows if not row.is_right and row.given and _same_shapes(row)]
    if wrong and all(_still_old(row) for row in wrong):
        yield (
            "The wrong entries are still the old weights: these have not been updated, the others "
            "have. Which rows and columns does your loop reach?"
        )
        return
    mixed = _shares(wrong)
    if not mixed:
        return
    shares = [share for _, share in mixed]
    shown = [share for row, share in mixed if row.probe.public]
    old, step = shares[0]
    if any(abs(old - 1) > 1e-6 for old, _ in shares) and all(abs(s + 1) < 1e-5 for _, s in shares):
        factors = [own for own, _ in shown if abs(own - 1) > 1e-6]
        told = f" (such as {factors[0]:.4g})" if factors else ""
        yield (
            f"The step is right, but the old weights are multiplied by a factor as well{told}: "
            "even with zero gradients they would not stay as they are."
        )
    elif all(np.allclose(share, (1, step), rtol=1e-4) for share in shares):
        told = f"the factor {_factor(-shown[0][1])}" if shown else "a factor"
        yield f"The old weights stay in, but the step is off by {told}."
    elif shown:
        old, step = shown[0]
        where = "" if np.allclose(shares, (old, step), rtol=1e-4) else " in one case"
        yield (
            f"Your new weights are {old:.3g} times the old ones {step:+.3g} times the step{where}."
        )
    else:
        yield "Your new weights are the old ones times one number plus the step times another."


def _shares(rows: list[Row]) -> list[tuple[Row, Floats]]:
    """How much of the old weights and of the step each result holds; none if one is no mixture."""
    mixed = []
    for row in rows:
        weights, gradients, rate = row.probe.arguments
        old = np.concatenate([np.ravel(W) for W in weights])
        step = np.concatenate([rate * np.ravel(G) for G in gradients])
        if not old.any() or not step.any():
            continue  # how much of it is in the result cannot be told
        new = np.concatenate([g.ravel() for g in row.given or []])
        both = np.stack([old, step], axis=1)
        share, *_ = np.linalg.lstsq(both, new, rcond=None)
        if not np.allclose(both @ share, new, rtol=1e-5, atol=1e-7):
            return []
        mixed.append((row, share))
    return mixed


def _still_old(row: Row) -> bool:
    weights = row.probe.arguments[0]
    return all(
        np.allclose(np.atleast_1d(g)[mask], np.asarray(W, dtype=float)[mask])
        for g, W, mask in zip(row.given or [], weights, _masks(row), strict=True)
    )


def _by_input_value(given: list[tuple[Row, Floats]], function: str) -> Iterator[str]:
    """For what works entry by entry: the range of input values that come out wrong."""
    good, bad = _values(given, function)
    told_good, told_bad = _values([(row, g) for row, g in given if row.probe.public], function)
    if not good or not told_bad:
        return
    if min(bad) == max(bad):
        if min(bad) not in good:
            yield f"Of all input values only {told_bad[0]:.3g} comes out wrong."
    elif max(bad) < min(good):
        others = f"those of about {min(told_good):.3g} and above" if told_good else "the largest"
        yield f"Input values of about {max(told_bad):.3g} and below come out wrong, {others} right."
    elif min(bad) > max(good):
        others = f"those of about {max(told_good):.3g} and below" if told_good else "the smallest"
        yield f"Input values of about {min(told_bad):.3g} and above come out wrong, {others} right."
    elif not any(min(bad) <= x <= max(bad) for x in good):
        low, high = min(told_bad), max(told_bad)
        where = f"between {low:.3g} and {high:.3g}" if low < high else f"of about {low:.3g}"
        yield f"Input values {where} come out wrong."


def _values(given: list[tuple[Row, Floats]], function: str) -> tuple[list[float], list[float]]:
    """The input values whose own entry is right, and those whose is wrong."""
    good: list[float] = []
    bad: list[float] = []
    for row, g in given:
        values = g if function == "threshold" else np.diagonal(g)
        right = row.right[0] if function == "threshold" else np.diagonal(row.right[0])
        x = np.asarray(row.probe.arguments[0], dtype=float)
        agree = close(values, right)
        good += list(x[agree])
        bad += list(x[~agree])
    return good, bad
