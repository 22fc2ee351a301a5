"""Formulas as trees: symbols and numbers with operations on them, and how they are written."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from autograder.source.phrases import Phrases


@dataclass(frozen=True)
class Term:
    """A formula, or a part of one.

    Attributes
    ----------
    op : str
        ``"symbol"``, ``"number"``, one of ``+ - * /``, or a one-place operation.
    parts : tuple of Term
        What the operation is done on.
    name : str
        The symbol as the notes write it.
    value : float
        The number.
    """

    op: str
    parts: tuple[Term, ...] = ()
    name: str = ""
    value: float = 0.0

    def __add__(self, other: Term) -> Term:
        return Term("+", (self, other))

    def __sub__(self, other: Term) -> Term:
        return Term("-", (self, other))

    def __mul__(self, other: Term) -> Term:
        return Term("*", (self, other))

    def __truediv__(self, other: Term) -> Term:
        return Term("/", (self, other))

    def __str__(self) -> str:
        return _written(self, None)[0]

    def told(self, say: Phrases) -> str:
        """As it is shown to people, with what has a name in words."""
        return _written(self, say)[0]

    def parts_within(self) -> Iterator[Term]:
        """The term itself and all terms in it."""
        yield self
        for part in self.parts:
            yield from part.parts_within()

    def symbols(self) -> frozenset[str]:
        """The names of the symbols in it."""
        return frozenset(t.name for t in self.parts_within() if t.op == "symbol")

    def operations(self) -> frozenset[str]:
        """The operations in it."""
        return frozenset(t.op for t in self.parts_within())

    def distance(self, other: Term) -> int:
        """How many terms stand in one of the two alone."""
        return len({*self.parts_within()} ^ {*other.parts_within()})


def symbol(name: str) -> Term:
    """A symbol of the notes."""
    return Term("symbol", name=name)


def number(value: float) -> Term:
    """A number."""
    return Term("number", value=float(value))


def apply(op: str, *parts: Term) -> Term:
    """An operation on terms."""
    return Term(op, parts)


ONE = number(1)
#: So large a denominator is still read as a fraction.
LARGEST_DENOMINATOR, LARGEST_NUMERATOR = 12, 12
#: Stands for a number that isn't plain.
CONSTANT = "c"
#: What people shrink by.
_NEARLY_ONE = (0.99, 0.95, 1.9)


def plain_number(value: float) -> str | None:
    """A number that people write (2, −1/3, 0.01), or None if it isn't one."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else None
    near = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    if abs(near.numerator) <= LARGEST_NUMERATOR and near and abs(value / float(near) - 1) < 1e-5:
        return _signed(f"{value:g}" if near.denominator == 10 else str(near))
    near_one = float(f"{value:.2g}")
    decimal = near_one if abs(near_one) in _NEARLY_ONE else float(f"{value:.1g}")
    return _signed(f"{decimal:g}") if abs(decimal / value - 1) < 1e-5 else None


def root_of_plain(value: float) -> str | None:
    """A number that is the root of a fraction (√2, −√(1/3)), or None if it isn't one."""
    if not math.isfinite(value):
        return None
    near = Fraction(value * value).limit_denominator(LARGEST_DENOMINATOR)
    if not near or near.numerator > LARGEST_NUMERATOR:
        return None
    if abs(value * value / float(near) - 1) > 1e-5:
        return None
    return f"{'−' if value < 0 else ''}√{near if near.denominator == 1 else f'({near})'}"


def written_number(value: float) -> str:
    """A number as it is shown: a plain one, or a letter.

    Of other numbers nothing is shown: a function could put into one what it was tried on before.
    """
    return plain_number(value) or root_of_plain(value) or CONSTANT


def _as_decimal(value: float) -> str:
    return f"{value:.3g}" if plain_number(value) else CONSTANT


def _signed(text: str) -> str:
    return text.replace("-", "−")


_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4

_FUNCTIONS = {
    "exp": "exp",
    "log": "log",
    "logistic": "sigmoid",
    "tanh": "tanh",
    "sign": "sign",
    "positive part": "max(0, {})",
    "is positive": "[{} > 0]",
    "abs": "|{}|",
    "softmax": "softmax",
    "sum": "sum",
    "mean": "mean",
    "max": "max",
    "min": "min",
    "norm": "‖{}‖",
    "cut": "cut({}, c)",
}


#: What tells one entry of what has several, at the end of its name.
_OF_ONE_ENTRY = re.compile(r"(?<=^\w)_[ij]{1,2}$")


def name_told(name: str, say: Phrases) -> str:
    """A symbol's name as it is shown: in words, where it is no sign."""
    key = f"names.{name}"
    return say(key) if key in say else name


def _written(term: Term, say: Phrases | None) -> tuple[str, int]:
    """The text of a term, and how tightly it holds together; without words, as code names it."""
    if term.op == "symbol":
        name = term.name if say is None else name_told(term.name, say)
        return name, _ATOM if _is_one_word(name) else _SUM
    if term.op == "number":
        text = written_number(term.value)
        return text, _SUM if text.startswith("−") else _PRODUCT if "/" in text else _ATOM
    if term.op in "+-*/":
        return _of_two(term, say)
    inner, binding = _written(term.parts[0], say)
    if term.op == "one minus":
        return f"1 − {_held(inner, binding, _PRODUCT)}", _SUM
    if term.op == "reciprocal":
        return f"1 / {_held(inner, binding, _POWER)}", _PRODUCT
    if term.op == "square":
        # What is squared is plain to see then: the sum, and not what is added up.
        whole = "{}" not in _FUNCTIONS.get(term.parts[0].op, "{}")
        return f"{_held(inner, _SUM if whole else binding, _ATOM)}²", _POWER
    if term.op == "root":
        return f"√({inner})", _ATOM
    if term.op.startswith("through "):
        matrix = term.op.removeprefix("through ")
        through = matrix if say is None else name_told(matrix, say)
        return f"{_held(inner, binding, _POWER)} @ {through}", _PRODUCT
    if say is not None and f"operation.{term.op}" in say:
        return say(f"operation.{term.op}", term=inner, at=_as_decimal(term.value)), _ATOM
    form = _FUNCTIONS.get(term.op, term.op)
    if term.op == "norm" and say is not None:
        # A length is one of all entries together, and none of a single one.
        inner = _OF_ONE_ENTRY.sub("", inner)
    if term.op == "cut":
        form = form.replace("c)", f"{_as_decimal(term.value)})")
    return (form.format(inner) if "{}" in form else f"{form}({inner})"), _ATOM


def _is_one_word(name: str) -> bool:
    return " " not in name or (name[0] in "([‖" and name[-1] in ")]‖") or name.endswith(")")


def _of_two(term: Term, say: Phrases | None) -> tuple[str, int]:
    (one, left), (other, right) = (_written(part, say) for part in term.parts)
    if term.op == "*" and term.parts[1].op == "reciprocal":
        denominator, binding = _written(term.parts[1].parts[0], say)
        return f"{_held(one, left, _PRODUCT)} / {_held(denominator, binding, _POWER)}", _PRODUCT
    if term.op == "*" and term.parts[0] == number(-1):
        return f"−{_held(other, right, _PRODUCT)}", _SUM
    if term.op == "*" and term.parts[1].op == "*":
        return f"{_held(one, left, _PRODUCT)} · {other}", _PRODUCT
    if term.op == "*" and term.parts[0].op == "number" and term.parts[1].op == "/":
        return f"{_held(one, left, _PRODUCT)} · {other}", _PRODUCT
    if term.op == "*":
        return f"{_held(one, left, _PRODUCT)} · {_held(other, right, _POWER)}", _PRODUCT
    if term.op == "/":
        return f"{_held(one, left, _PRODUCT)} / {_held(other, right, _POWER)}", _PRODUCT
    if term.op == "+":
        return f"{one} + {_held(other, right, _PRODUCT)}", _SUM
    return f"{_held(one, left, _SUM)} − {_held(other, right, _PRODUCT)}", _SUM


def _held(text: str, binding: int, least: int) -> str:
    return text if binding >= least else f"({text})"
