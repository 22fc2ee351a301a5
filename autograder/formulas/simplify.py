"""Write a formula as a person would: signs and numbers first, equal factors as powers."""

from __future__ import annotations

from collections import Counter

from autograder.formulas.terms import ONE, Term, apply, number

#: A sum or product: each term with its number of times.
Times = dict[Term, float]


def simplified(term: Term) -> Term:
    """The same formula with signs, numbers, equal summands and equal factors put together."""
    if term.op in ("+", "-", "one minus"):
        return _sum(_summands(term, 1.0))
    if term.op in ("*", "/", "reciprocal", "square"):
        constant, factors = _factors(term, 1)
        return _product(constant, factors)
    return Term(term.op, tuple(map(simplified, term.parts)), term.name, term.value)


def on_the_diagonal(term: Term) -> Term:
    """The same where i = j."""
    if term.op == "symbol":
        return Term("symbol", name=term.name.replace("_j", "_i"))
    return Term(term.op, tuple(map(on_the_diagonal, term.parts)), term.name, term.value)


def summands(term: Term) -> tuple[Term, ...]:
    """What is added up in a formula, or taken off, each without its number of times."""
    return tuple(_summands(term, 1.0))


def _summands(term: Term, times: float) -> Times:
    if term.op == "number":
        return {ONE: times * term.value}
    if term.op in ("+", "-", "one minus"):
        one, other = term.parts if len(term.parts) == 2 else (ONE, term.parts[0])
        found = Counter(_summands(one, times))
        for part, own in _summands(other, times if term.op == "+" else -times).items():
            found[part] += own  # type: ignore[assignment]
        return {part: own for part, own in found.items() if own}
    constant, factors = _factors(term, 1)
    rest = _product(1.0, factors)
    if rest.op in ("+", "-"):
        return _summands(rest, times * constant)
    return {rest: times * constant}


def _sum(summands: Times) -> Term:
    if not summands:
        return number(0)
    positive_first = sorted(summands.items(), key=lambda item: item[1] < 0)
    (term, times), *others = positive_first
    whole = _times(times, term)
    for term, times in others:
        op = "-" if times < 0 else "+"
        whole = Term(op, (whole, _times(abs(times), term)))
    return whole


def _factors(term: Term, power: int) -> tuple[float, Counter[Term]]:
    if term.op == "number":
        return (1.0, Counter({term: power})) if term.value == 0 else (term.value**power, Counter())
    if term.op == "square":
        return _factors(term.parts[0], 2 * power)
    if term.op == "reciprocal":
        return _factors(term.parts[0], -power)
    if term.op in ("*", "/"):
        one, powers = _factors(term.parts[0], power)
        other, more = _factors(term.parts[1], power if term.op == "*" else -power)
        for factor, times in more.items():
            powers[factor] += times
        return one * other, powers
    whole = simplified(term)
    if whole.op in ("*", "/", "square", "reciprocal", "number") and whole != term:
        return _factors(whole, power)
    return 1.0, Counter({whole: power})


def _product(constant: float, factors: Counter[Term]) -> Term:
    factors = _multiplied_in(Counter({term: power for term, power in factors.items() if power}))
    if constant < 0:
        # A sign goes into a difference, if there is one.
        for term, power in list(factors.items()):
            turned = _turned(term)
            if turned and power == 1:
                del factors[term]
                factors[turned] += 1
                constant = -constant
                break
    top = _chain([t for term, power in factors.items() if power > 0 for t in _power(term, power)])
    below = _chain(
        [t for term, power in factors.items() if power < 0 for t in _power(term, -power)]
    )
    if below is None:
        return number(constant) if top is None else _times(constant, top)
    if top is None:
        return number(constant) / below
    return _times(constant, top / below)


def _multiplied_in(factors: Counter[Term]) -> Counter[Term]:
    """The same without a difference from a reciprocal of another factor: ``t · (1 / t − 1)``."""
    for whole, power in factors.items():
        if power != 1 or whole.op not in ("+", "-"):
            continue
        for part in whole.parts:
            under = part.parts[-1] if part.op in ("/", "reciprocal") else ONE
            if factors[under] > 0:
                one, other = (_product(*_factors(side * under, 1)) for side in whole.parts)
                rest = Counter(factors)
                del rest[whole]
                rest[under] -= 1
                rest[simplified(Term(whole.op, (one, other)))] += 1
                return Counter({term: times for term, times in rest.items() if times})
    return factors


def _turned(term: Term) -> Term | None:
    """A difference the other way round, or one that goes through a matrix."""
    if term.op.startswith("through "):
        inner = _turned(term.parts[0])
        return Term(term.op, (inner,)) if inner else None
    if term.op == "-" and term.parts[0].op not in "+-":
        return Term("-", term.parts[::-1])
    return None


def _power(term: Term, power: int) -> list[Term]:
    squares, rest = divmod(power, 2)
    return [apply("square", term)] * squares + [term] * rest


def _chain(terms: list[Term]) -> Term | None:
    whole = None
    for term in terms:
        whole = term if whole is None else whole * term
    return whole


def _times(constant: float, term: Term) -> Term:
    if term == ONE:
        return number(constant)
    return term if constant == 1 else number(constant) * term
