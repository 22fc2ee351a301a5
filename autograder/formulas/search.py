"""Look a row of numbers up among terms: by value, up to factors, products and sums of two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.formulas.enumeration import Table
from autograder.formulas.frames import ONE_PLACE, Frame, Mask, Numbers
from autograder.formulas.simplify import simplified
from autograder.formulas.terms import (
    CONSTANT,
    LARGEST_DENOMINATOR,
    ONE,
    Term,
    apply,
    number,
    plain_number,
    symbol,
    written_number,
)

#: Numbers agree within this part of their size, or of the largest one's.
RELATIVE, OF_LARGEST = 1e-5, 1e-9
#: Further from parallel than this (one minus the squared cosine) is another term.
PARALLEL = 1e-9
#: The first terms of a table that are tried as one factor of a product, and in sums of two.
IN_PRODUCTS, MOST_IN_PRODUCTS, IN_SUMS = 80, 2500, 400
#: What costs more than this is looked for in other ways too.
DEAR = 1.7
#: So many different values must follow a formula of one term, and one of two, to be believed.
FEWEST, FEWEST_FOR_TWO = 6, 8
#: A formula may cost so much for each of these.
COST_BY_EVIDENCE = 0.25
MOST_FOUND = 12
#: Where there are more targets than MANY, so many entries are enough to rule most terms out.
MANY, ENOUGH, MOST_PARALLEL = 50, 20, 300


#: A limit is one if so many of the answers reach it.
FEWEST_CUT = 3

#: Operations that tell a number's sign, and the terms in what people compare with 0 at most.
_OF_SIGN, LARGEST_COMPARED = {"is positive", "sign"}, 5
#: Those, and what is left of a number where that is positive: so often at most they are written.
_BY_SIGN, MOST_BY_SIGN = {*_OF_SIGN, "positive part"}, 2
#: The terms in what may have a constant that is not plain.
LONGEST_TIMES_ANY = 6
#: Operations that, one after the other, do nothing.
_UNDONE_BY = {"log": "exp", "exp": "log", "root": "square"}


@dataclass(frozen=True)
class Formula:
    """What a part of the answers follows: ``constant * factor * term``.

    Attributes
    ----------
    term : Term
    constant : float
    factor : Term
        A size or rate that all is multiplied by; ONE for none.
    cost : float
        The lower, the likelier it is what was written.
    """

    term: Term
    constant: float
    factor: Term
    cost: float

    def value(self, frame: Frame) -> Numbers:
        """What it comes to on all entries of a frame."""
        with np.errstate(all="ignore"):
            return self.constant * frame.value(self.factor) * frame.value(self.term)

    @property
    def whole(self) -> Term:
        """The formula as one term."""
        return simplified(number(self.constant) * (self.factor * self.term))


def _times(constant: float, term: Term) -> Term:
    return term if abs(constant - 1) < 1e-6 else number(constant) * term


def agree(one: Numbers, other: Numbers) -> bool:
    """Whether numbers are the same but for rounding."""
    if not one.size:
        return True
    with np.errstate(all="ignore"):
        limit = RELATIVE * np.abs(other) + OF_LARGEST * np.abs(other).max(initial=0)
        return bool((np.abs(one - other) <= limit + 1e-13).all())


def different_values(values: Numbers) -> int:
    """How many clearly different numbers there are."""
    largest = np.abs(values).max(initial=0)
    if largest == 0:
        return 1
    return len(np.unique(np.rint(values / largest * 1e7)))


def search(table: Table, frame: Frame, region: Mask, right: Term | None) -> list[Formula]:
    """All formulas that were found for the numbers given in a region, the likeliest first."""
    given = frame.given[region]
    if constant := _constant(given):
        return [constant]
    evidence = _evidence(given)
    if not table.terms or evidence < FEWEST:
        return []
    with np.errstate(all="ignore"):
        search = _Search(table.within(region), frame, region, given, right)
        found = [*search.singles(), *search.undone(), *search.cut()]
        values = different_values(given)
        if values >= FEWEST and (not found or min(f.cost for f in found) > DEAR):
            found += search.products()
            if values >= FEWEST_FOR_TWO:
                found += search.sums()
    dearest = evidence * COST_BY_EVIDENCE
    found = [
        formula for formula in found if formula.cost <= dearest and not _is_obscure(formula, right)
    ]
    found.sort(key=lambda formula: formula.cost)
    return found[:MOST_FOUND]


def _is_obscure(formula: Formula, right: Term | None) -> bool:
    """Whether it asks for the sign of something that nobody would compare with 0, or is none."""
    parts = [*formula.term.parts_within()]
    mixed = any(one.op in "+-" and right in one.parts for one in parts)
    if mixed and sum(one == right for one in parts) > 1:
        # ``r e / (r + e)``: what is right, added to something, hides what stands in the code.
        return True
    if "sign" in formula.term.operations() and any(
        one.op in ("square", "abs") and one.parts[0].op == "sign"
        for one in formula.whole.parts_within()
    ):
        return True  # That is 1 but right at an edge: nobody writes it.
    if sum(one.op in _BY_SIGN for one in parts) > MOST_BY_SIGN:
        return True  # Cases put together again out of halves.
    # A long one with a constant that nobody would write says nothing.
    return (len(parts) > LONGEST_TIMES_ANY and written_number(formula.constant) == CONSTANT) or any(
        part.op in _OF_SIGN and sum(1 for _ in part.parts[0].parts_within()) > LARGEST_COMPARED
        for part in parts
    )


def _evidence(given: Numbers) -> int:
    """How many different values there are; of two, how often the rarer one comes."""
    values = different_values(given)
    if values >= FEWEST:
        return values
    count = int((np.abs(given) > np.abs(given).max() / 2).sum())
    return min(count, len(given) - count)


def _constant(given: Numbers) -> Formula | None:
    value = float(given[0])
    if len(given) < FEWEST or not np.isfinite(value) or np.abs(given - value).max() > 1e-12:
        return None
    if value != 0 and plain_number(value) is None:
        return None
    return Formula(ONE, value, ONE, 0)


class _Search:
    """One row of numbers held against a table."""

    def __init__(
        self, table: Table, frame: Frame, region: Mask, given: Numbers, right: Term | None
    ) -> None:
        self._table = table
        self._values = table.values
        self._frame = frame
        self._given = given
        self._right = right
        self._region = region
        self._factors = _factors(frame, region)

    def _parallel(self, targets: Numbers, values: Numbers | None = None) -> list[tuple[int, int]]:
        """Terms (rows) that are parallel to targets (rows), all entries weighing alike."""
        columns = slice(None)
        if len(targets) > MANY and targets.shape[1] > ENOUGH:
            # What isn't parallel on some of the entries isn't on all.
            columns = slice(None, None, targets.shape[1] // ENOUGH)
        targets = targets[:, columns]
        targets = np.where(np.isfinite(targets), targets, 0)
        # What is far below the others is what is left of rounding.
        largest = np.abs(targets).max(axis=1, keepdims=True)
        weights = np.where(np.abs(targets) > 1e-12 * largest, 1 / targets, 0)
        weights[~np.isfinite(weights)] = 0
        counts = (weights != 0).sum(axis=1)
        weights[counts < min(FEWEST, targets.shape[1])] = 0
        rows = (self._values if values is None else values)[:, columns]
        along = rows @ weights.T
        size = rows**2 @ (counts[:, None] * weights**2).T
        found = np.argwhere(along**2 > (1 - PARALLEL) * size)
        return [(int(at), int(which)) for at, which in found[:MOST_PARALLEL]]

    def singles(self) -> list[Formula]:
        """A term with a constant and a factor; or one whose root or exponential it is."""
        found = []
        targets = np.array([self._given / values for _, values, _ in self._factors])
        for at, which in self._parallel(targets):
            factor, values, cost = self._factors[which]
            if formula := self._formula(self._table.terms[at], at, factor, values, cost):
                found.append(formula)
        return found

    def undone(self) -> list[Formula]:
        """A one-place operation on a term with a constant: what the operation is undone to."""
        given = self._given
        found: list[Formula] = []
        ways: list[tuple[str, Numbers, Numbers | None]] = [
            ("root", given**2, None),
            ("exp", np.log(given), None),
            ("log", np.exp(given), None),
        ]
        if "positive part" in self._table.one_place and given.min() == 0:
            ways.append(("positive part", given, None))
        if "logistic" in self._table.one_place:
            ways.append(("logistic", np.log(given / (1 - given)), None))
        if "tanh" in self._table.one_place:
            ways.append(("tanh", np.arctanh(given), None))
        if "softmax" in self._table.one_place and self._region.all():
            # Shares tell their inputs but for what all of them have in common.
            means = self._frame.operations["mean"]
            logs = np.log(given)
            centred = self._values - means(self._values)
            of_inputs = logs - means(logs[None])[0]
            ways.append(("softmax", of_inputs, centred))
            if np.isfinite(of_inputs).all():
                for factor in self._factors[1:]:
                    found += self._undone("softmax", of_inputs / factor[1], centred, factor)
        for op, target, values in ways:
            if np.isfinite(target).all():
                found += self._undone(op, target, self._values if values is None else values)
        return found

    def _undone(
        self,
        op: str,
        target: Numbers,
        values: Numbers,
        factor: tuple[Term, Numbers | float, float] = (ONE, 1.0, 0.0),
    ) -> list[Formula]:
        """The same, where each term is also multiplied by a factor before the operation."""
        found = []
        times, by, extra = factor
        operation = ONE_PLACE.get(op) or self._frame.operations[op]
        for at, _ in self._parallel(target[None], values):
            used = target != 0 if op == "positive part" else slice(None)
            constant = _ratio(target[used], values[at][used])
            undoes = self._table.terms[at].op == _UNDONE_BY.get(op)
            if constant is None or undoes or (op == "root" and constant < 0):
                continue
            if not agree(operation((constant * by * self._values[at])[None])[0], self._given):
                continue
            term = self._table.terms[at] if times == ONE else times * self._table.terms[at]
            if op in ("root", "positive part") and constant > 0:
                outer = constant**0.5 if op == "root" else constant
                inner, price = term, _price(outer)
            else:
                outer, inner, price = 1.0, _times(constant, term), _price(constant)
            cost = self._cost(term, at) + 1 + price + extra
            found.append(Formula(apply(op, inner), outer, ONE, cost))
        return found

    def cut(self) -> list[Formula]:
        """A term whose size is cut off at a limit, as the largest of the answers shows it."""
        found = []
        for factor, values, price in self._factors:
            target = self._given / values
            limit = float(np.abs(target).max())
            at_limit = np.abs(np.abs(target) - limit) <= RELATIVE * limit
            if not FEWEST_CUT <= at_limit.sum() < len(target) or plain_number(limit) is None:
                continue
            for at in range(min(IN_PRODUCTS, len(self._values))):
                term, own = self._table.terms[at], self._values[at]
                if np.abs(own).max() <= limit * (1 + RELATIVE):
                    continue
                if agree(np.clip(own, -limit, limit), target):
                    cost = self._cost(term, at) + price + 1
                    found.append(Formula(Term("cut", (term,), value=limit), 1.0, factor, cost))
        return found

    def _formula(
        self, term: Term, at: int, factor: Term, factors: Numbers, cost: float
    ) -> Formula | None:
        values = self._values[at] * factors
        constant = _ratio(self._given, values)
        if constant is None or not agree(constant * values, self._given):
            return None
        return Formula(term, constant, factor, self._cost(term, at) + cost + _price(constant))

    def _cost(self, term: Term, at: int) -> float:
        # Of formulas that are equally short the one that is nearest to the right one.
        away = 0.01 * term.distance(self._right) if self._right is not None else 0.0
        away += 0.02 * sum(1 for _ in term.parts_within())
        return float(self._table.costs[at]) + away

    def products(self) -> list[Formula]:
        """A term times another, or divided by it."""
        found = []
        most = min(IN_PRODUCTS, len(self._values))
        ones, given = self._values[:most], self._given
        for factor, factors, cost in self._factors[:2]:
            # What the other one has to be: by which it is multiplied, divided, or that it divides.
            targets = np.concatenate(
                [given / (factors * ones), given * ones / factors, factors * ones / given]
            )
            for at, which in self._parallel(targets, self._values[:MOST_IN_PRODUCTS]):
                way, first = divmod(which, most)
                one, other = self._table.terms[first], self._table.terms[at]
                values, term = (
                    (ones[first] * self._values[at], one * other),
                    (self._values[at] / ones[first], other / one),
                    (ones[first] / self._values[at], one / other),
                )[way]
                constant = _ratio(given, values * factors)
                if constant is None or not agree(constant * values * factors, given):
                    continue
                price = self._cost(other, at) + self._table.costs[first] + 1
                price += 0.02 * sum(1 for _ in one.parts_within()) + (0.2 if way else 0)
                found.append(Formula(term, constant, factor, price + cost + _price(constant)))
        return found

    def sums(self) -> list[Formula]:
        """Two terms, each with a constant of its own, added up."""
        weights = np.where(self._given != 0, 1 / self._given, 0)
        weights[~np.isfinite(weights)] = 0
        rows = self._values[:IN_SUMS] * weights
        target = (weights != 0).astype(float)
        sizes = np.linalg.norm(rows, axis=1)
        usable = np.flatnonzero(sizes > 1e-9)
        rows = rows[usable] / sizes[usable, None]
        gram, along = rows @ rows.T, rows @ target
        rest = 1 - gram**2
        explained = (
            along[:, None] ** 2 + along[None] ** 2 - 2 * gram * np.outer(along, along)
        ) / rest
        off = 1 - explained / target.sum()
        off[rest < 1e-10] = 1
        pairs = np.argwhere(np.triu(off < PARALLEL, 1))
        found = []
        for i, j in pairs[:200]:
            one, two = int(usable[i]), int(usable[j])
            values = self._values[[one, two]]
            (a, b), *_ = np.linalg.lstsq((values * weights).T, target, rcond=None)
            if plain_number(a) is None or plain_number(b) is None:
                continue
            if not agree(a * values[0] + b * values[1], self._given):
                continue
            a, b = _near(a), _near(b)
            term = _sum(a, self._table.terms[one], b, self._table.terms[two])
            price = self._table.costs[one] + self._cost(term, two) + 1 + _price(a) + _price(b)
            found.append(Formula(term, 1.0, ONE, price))
        return found


def _sum(a: float, one: Term, b: float, two: Term) -> Term:
    if a < 0 < b:
        a, one, b, two = b, two, a, one
    if b < 0:
        return _times(a, one) - _times(-b, two)
    return _times(a, one) + _times(b, two)


def _ratio(given: Numbers, values: Numbers) -> float | None:
    """The constant between two rows of numbers, a plain number if it is one but for rounding."""
    sizes = np.abs(values)
    at = sizes > 1e-9 * sizes.max(initial=0)
    ratios = given[at] / values[at]
    # Not `np.median`, which is several times as slow: this is asked hundreds of times a function.
    middle = ratios.size // 2
    constant = float(np.partition(ratios, middle)[middle]) if ratios.size else 0.0
    if not np.isfinite(constant) or constant == 0:
        return None
    return _near(constant)


def _near(constant: float) -> float:
    """A plain number, if that is what a constant is but for rounding."""
    for denominator in range(1, LARGEST_DENOMINATOR + 1):
        numerator = round(constant * denominator)
        if numerator and abs(constant * denominator / numerator - 1) < RELATIVE:
            return numerator / denominator
    return constant


def _price(constant: float) -> float:
    """How unlikely a constant is."""
    if abs(abs(constant) - 1) < 1e-6:
        return 0.0 if constant > 0 else 0.1
    return 0.5 if plain_number(constant) else 2.0


def _factors(frame: Frame, region: Mask) -> list[tuple[Term, Numbers, float]]:
    """Sizes and rates to divide by, the likeliest first, each with its price."""
    found = [(ONE, np.ones(int(region.sum())), 0.0)]
    for name, values in frame.factors.items():
        here = values[region]
        if different_values(here) > 1 and (here != 0).all():
            found += [(ONE / symbol(name), 1 / here, 0.5), (symbol(name), here, 0.6)]
            if (here > 0).all():
                found.append((ONE / apply("root", symbol(name)), here**-0.5, 0.9))
    return found
