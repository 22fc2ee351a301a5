"""What is to be said of a formula that was read: see ``step.Remark``."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.formulas.reading import Part, Reading
from autograder.formulas.simplify import on_the_diagonal, simplified
from autograder.formulas.step import EVERYWHERE, ON, Remark, Step
from autograder.formulas.terms import Term, number, symbol

#: What stands in the place of the right result.
RIGHT = symbol("what is right")


def as_shown(part: Part, step: Step) -> Term:
    """The formula as it is shown, the right one within it covered up."""
    assert part.formula is not None
    formula = part.formula
    term = _covered(formula.term, step.right)
    whole = simplified(number(formula.constant) * (formula.factor * term))
    if part.where.startswith(ON):
        whole = simplified(on_the_diagonal(whole))
    return whole


def _covered(term: Term, right: Term | None) -> Term:
    if term == right:
        return RIGHT
    return Term(term.op, tuple(_covered(p, right) for p in term.parts), term.name, term.value)


def remark_on(part: Part, reading: Reading) -> str:
    """The key of what is to be said; empty for nothing."""
    return next((one.words for one, _ in remarks(part, reading)), "")


def remarks(part: Part, reading: Reading) -> Iterator[tuple[Remark, frozenset[str]]]:
    """All that could be said, the most telling first, and which terms each is said of."""
    assert part.formula is not None
    whole = as_shown(part, reading.step)
    terms = [*part.formula.term.parts_within(), *part.formula.whole.parts_within()]
    there = {str(term) for term in (*terms, *whole.parts_within())} | {term.op for term in terms}
    for one in reading.step.remarks:
        if one.of_factor is not reading.times_right:
            continue
        has = there.intersection(one.has)
        is_whole = not one.whole or {str(part.formula.term), str(whole)} & {*one.whole}
        where = one.where in ("", part.where or EVERYWHERE)
        so = (has or not one.has) and is_whole and where and not there.intersection(one.lacks)
        so = so and (one.of_form is None or one.of_form(whole))
        if so and (one.holds is None or one.holds(reading.frame)):
            yield one, frozenset(has)
