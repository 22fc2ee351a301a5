"""What else a formula departs in, beside what is said of it first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from autograder.formulas.frames import Frame, Numbers, Sight
from autograder.formulas.reading import Part, Reading
from autograder.formulas.remarks import remarks
from autograder.formulas.search import Formula
from autograder.formulas.step import Step
from autograder.formulas.terms import ONE, Term, plain_number
from autograder.source.phrases import Said, said

#: From so much on what moves the other way is turned round, and not of another kind.
TURNED = -0.6


def further(part: Part, reading: Reading, called: Callable[[str], str]) -> Iterator[Said]:
    """What to say after the first thing.

    Parameters
    ----------
    part : Part
    reading : Reading
    called : callable
        What a symbol is called.
    """
    step, formula = reading.step, part.formula
    assert formula is not None
    yield from _other_remarks(part, reading)
    if step.right is None or part.where:
        return
    names = sorted(formula.factor.symbols() - step.right.symbols())
    times = plain_number(abs(formula.constant))
    is_plain = times not in (None, "1", "1/2") and formula.factor.symbols() <= {*names}
    if names and is_plain:
        yield said("formula.nor_factor_and_name", factor=times, name=called(names[0]))
    elif names:
        yield said("formula.nor_has_to_do", name=called(names[0]))
    elif is_plain and formula.factor == ONE:
        yield said("formula.nor_a_factor", factor=times)
    if is_turned_round(formula, step, reading.frame):
        yield said("formula.nor_the_sign")


def _other_remarks(part: Part, reading: Reading) -> Iterator[Said]:
    """Further remarks, where the first one speaks of a part alone, each on other terms."""
    found = list(remarks(part, reading))
    if not found or not found[0][0].of_a_part:
        return
    spoken_of = set(found[0][1])
    for one, terms in found[1:]:
        if one.of_a_part and not spoken_of & terms:
            spoken_of |= terms
            yield said(one.words)


def is_turned_round(formula: Formula, step: Step, frame: Frame) -> bool:
    """Whether what it comes to moves the other way, whichever symbol that it adds up is moved."""
    if step.right is None:
        return False
    whole, right = formula.whole, step.right
    rng = np.random.default_rng(0)
    ways = []
    with np.errstate(all="ignore"):
        for name in sorted(right.symbols() & whole.symbols() if _is_there(right, frame) else ()):
            once, twice = _moved(frame, name, rng)
            one, two = ([_move(term, frame, to) for to in (once, twice)] for term in (whole, right))
            # Where a square is taken, the way depends on the numbers.
            if all(np.allclose(2 * short, long) for short, long in (one, two)):
                ways.append(_alike(one[0], two[0]))
    return bool(ways) and max(ways) < TURNED


def _is_there(term: Term, frame: Frame) -> bool:
    """Whether all that a term is made of is known."""
    return term.symbols() <= frame.symbols.keys() | frame.factors.keys()


def _moved(frame: Frame, name: str, rng: np.random.Generator) -> list[Frame]:
    """The same looks with a symbol moved, and with it moved twice as far."""
    steps = [rng.standard_normal(np.shape(sight.symbols.get(name, 0))) for sight in frame.sights]
    return [
        Frame([_with(sight, name, far * by) for sight, by in zip(frame.sights, steps, strict=True)])
        for far in (1, 2)
    ]


def _with(sight: Sight, name: str, step: Numbers) -> Sight:
    if name not in sight.symbols:
        return sight
    return replace(sight, symbols={**sight.symbols, name: sight.symbols[name] + step})


def _move(term: Term, frame: Frame, moved: Frame) -> Numbers:
    return moved.value(term) - frame.value(term)


def _alike(one: Numbers, other: Numbers) -> float:
    """How far two moves go the same way, from −1 to 1; 1 where one of them stays."""
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / size if size > 0 and np.isfinite(size) else 1.0
