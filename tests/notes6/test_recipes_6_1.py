"""The recipes of Practice 6.1: right without a misconception, told apart with one."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from autograder.assignment.probe import Probe
from autograder.assignment.recipe import Recipe
from autograder.notes6 import hand
from tests.closeness import close
from tests.the_assignment import NOTES6, REFERENCE, components, probes_of

RECIPES: dict[str, Recipe] = {
    exercise.name: exercise.recipe for exercise in NOTES6.of_file("practice_6_1.py")
}
SEEDS = (1, 2, 3)
for_all = pytest.mark.parametrize(
    ("name", "seed"), [(name, seed) for name in RECIPES for seed in SEEDS]
)


def outcome(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a call gives: an array, or the string "raises"."""
    try:
        with np.errstate(all="ignore"):
            return np.asarray(function(*arguments), dtype=float)
    except Exception:
        return "raises"


def same_outcomes(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return all(map(same_outcome, one, other))


def same_outcome(one: Any, other: Any) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return isinstance(one, str) and isinstance(other, str)
    return close(one, other)


@cache
def drawn(name: str, seed: int) -> list[Probe]:
    return probes_of(seed)[name]


def predicted(name: str, ids: tuple[str, ...], seed: int) -> list[Any]:
    recipe, right = RECIPES[name], components()
    return [outcome(recipe.predict, ids, right, p.arguments) for p in drawn(name, seed)]


def given(name: str, function: Callable[..., Any], seed: int) -> list[Any]:
    return [outcome(function, *p.arguments) for p in drawn(name, seed)]


@for_all
def test_without_a_misconception_it_is_the_reference(name: str, seed: int) -> None:
    right = given(name, REFERENCE[name], seed)
    assert same_outcomes(predicted(name, (), seed), right)


@for_all
def test_each_misconception_is_wrong_and_unlike_any_other(name: str, seed: int) -> None:
    right = given(name, REFERENCE[name], seed)
    found = {id: predicted(name, (id,), seed) for id in RECIPES[name].misconceptions}
    assert [id for id, outcomes in found.items() if same_outcomes(outcomes, right)] == []
    alike = [(a, b) for a, b in combinations(found, 2) if same_outcomes(found[a], found[b])]
    assert alike == []


@pytest.mark.parametrize("name", RECIPES)
def test_no_misconception_changes_its_arguments(name: str) -> None:
    for probe in drawn(name, 1):
        before = [np.array(a) for a in probe.arguments]
        for id in RECIPES[name].misconceptions:
            outcome(RECIPES[name].predict, (id,), components(), probe.arguments)
        for was, now in zip(before, probe.arguments, strict=True):
            np.testing.assert_array_equal(now, was)


# --- what students write, and what it is called -------------------------------------------------


def softmax(x: Any) -> Any:
    exps = np.exp(np.asarray(x, dtype=float) - np.max(x))
    return exps / exps.sum()


def matrix(entry: Callable[[Any, int, int], Any]) -> Callable[[Any], Any]:
    """A Jacobian of softmax filled entry by entry, in two loops."""

    def fill(x: Any) -> Any:
        s = softmax(x)
        return [[entry(s, i, j) for j in range(len(s))] for i in range(len(s))]

    return fill


def relu(x: Any) -> Any:
    return [max(0.0, value) for value in x]


def dropped(x: Any) -> Any:
    return [value for value in x if value > -1]


def slopes_beside(x: Any) -> Any:
    n = len(x)
    J = np.zeros((n, n))
    for i in range(n):
        J[i, (i + 1) % n] = 1 if x[i] > -1 else 0
    return J


def row_by_row(x: Any) -> Any:
    J = np.zeros((len(x), len(x)))
    for i in range(len(x)):
        J[i, :] = x[i] > -1
    return J


def short_loop(x: Any) -> Any:
    J = np.zeros((len(x), len(x)))
    for i in range(len(x) - 1):
        J[i, i] = x[i] > -1
    return J


def wiggled(x: Any) -> Any:
    """The hand-out's way, which crosses the edge where an entry is exactly -1."""
    x, columns = np.array(x, dtype=float), []
    for j in range(len(x)):
        move = np.zeros(len(x))
        move[j] = 1e-5
        columns.append(np.where(x + move > -1, x + move, 0) - np.where(x - move > -1, x - move, 0))
    return np.column_stack(columns) / 2e-5


def math_exp(x: Any) -> Any:
    exps = [math.exp(value) for value in x]
    return [value / sum(exps) for value in exps]


def whole_number_result(x: Any) -> Any:
    result = np.zeros_like(x)
    for i, value in enumerate(softmax(x)):
        result[i] = value
    return result


def whole_number_exponentials(x: Any) -> Any:
    e = np.zeros_like(x)
    for i in range(len(x)):
        e[i] = np.exp(x[i] - np.max(x))
    return e / e.sum()


def divided_too_early(x: Any) -> Any:
    total, result = 0.0, []
    for value in np.exp(np.asarray(x, dtype=float) - np.max(x)):
        total += value
        result.append(value / total)
    return result


def one_triangle(x: Any) -> Any:
    s = softmax(x)
    J = np.diag(s * (1 - s))
    for i in range(len(s)):
        for j in range(i):
            J[i, j] = -s[i] * s[j]
    return J


def returned_in_the_loop(x: Any) -> Any:
    result = np.zeros(len(x))
    for i in range(len(x)):
        result[i] = x[i] if x[i] > -1 else 0
        return result
    return None


def treated_in_a_copy(x: Any) -> Any:
    result = np.array(x)
    for i in range(len(x)):
        if result[i] <= -1:
            result[i] = 0
        break
    return result


def first_share(x: Any) -> Any:
    exps = np.exp(x - np.max(x))
    for e in exps:
        return [e / np.sum(exps)]
    return None


def one_line_jacobian(x: Any) -> Any:
    s = softmax(x)
    return np.diag(s) - np.outer(s, s)


WRITTEN: list[tuple[str, tuple[str, ...], Callable[..., Any]]] = [
    ("threshold", ("threshold-at-0",), relu),
    ("threshold", ("blocked-set-to-minus-1",), lambda x: np.maximum(x, -1)),
    ("threshold", ("ones-in-place-of-values",), lambda x: x > -1),
    ("threshold", ("exactly-minus-1-let-through",), lambda x: np.where(x >= -1, x, 0)),
    ("threshold", ("blocked-left-out",), dropped),
    ("threshold", ("blocked-set-to-minus-1", "values-capped-at-1"), lambda x: np.clip(x, -1, 1)),
    ("threshold", ("only-the-first-entry-filled",), returned_in_the_loop),
    ("threshold", ("only-the-first-entry-treated",), treated_in_a_copy),
    ("softmax", ("list-of-first-entry",), first_share),
    ("threshold_jacobian", ("slopes-as-a-column",), lambda x: [[float(v > -1)] for v in x]),
    ("threshold_jacobian", ("slopes-as-a-row",), lambda x: [x > -1]),
    ("softmax_jacobian", ("list-of-first-row",), lambda x: one_line_jacobian(x)[:1]),
    ("threshold_jacobian", ("threshold-at-0", "wrong-sign"), lambda x: -np.diag(1.0 * (x > 0))),
    ("threshold_jacobian", ("slopes-fill-every-row",), lambda x: np.tile(x > -1, (len(x), 1))),
    ("threshold_jacobian", ("slopes-fill-every-column",), row_by_row),
    ("threshold_jacobian", ("vector-in-place-of-matrix",), lambda x: (x > -1) * 1),
    ("threshold_jacobian", ("moved-one-column-right",), slopes_beside),
    ("threshold_jacobian", ("last-row-and-column-left-at-0",), short_loop),
    ("threshold_jacobian", ("wiggled-across-the-edge",), wiggled),
    ("threshold_jacobian", ("slope-1-everywhere",), lambda x: np.eye(len(x))),
    ("softmax", ("no-shift",), lambda x: np.exp(x) / np.exp(x).sum()),
    ("softmax", ("no-shift-with-math-exp",), math_exp),
    ("softmax", ("no-shift", "not-normalised"), np.exp),
    ("softmax", ("whole-number-buffer",), whole_number_result),
    ("softmax", ("exponentials-cut-to-whole-numbers",), whole_number_exponentials),
    ("softmax", ("divided-by-sum-so-far",), divided_too_early),
    ("softmax_jacobian", ("lower-triangle-only",), one_triangle),
    ("softmax_jacobian", ("vector-in-place-of-matrix",), lambda x: softmax(x) * (1 - softmax(x))),
    ("softmax_jacobian", ("products-left-out",), lambda x: np.diag(softmax(x))),
    (
        "softmax_jacobian",
        ("cases-exchanged",),
        matrix(lambda s, i, j: -s[i] * s[j] if i == j else s[i] * (1 - s[j])),
    ),
    (
        "softmax_jacobian",
        ("diagonal-without-competition", "off-diagonal-sign-lost"),
        matrix(lambda s, i, j: s[i] if i == j else s[i] * s[j]),
    ),
    (
        "softmax_jacobian",
        ("off-diagonal-one-minus-other",),
        matrix(lambda s, i, j: s[i] * (1 - s[j])),
    ),
    (
        "softmax_jacobian",
        ("inner-product-in-place-of-outer",),
        lambda x: np.diag(softmax(x)) - softmax(x) @ softmax(x).T,
    ),
    (
        "softmax_jacobian",
        ("inputs-in-place-of-softmax", "wrong-sign"),
        lambda x: np.outer(x, x) - np.diag(x),
    ),
    (
        "softmax_jacobian",
        ("diagonal-doubled",),
        lambda x: np.diag(2 * softmax(x) - softmax(x) ** 2) - np.outer(softmax(x), softmax(x)),
    ),
    ("softmax_jacobian", ("diagonal-like-the-rest",), lambda x: -np.outer(softmax(x), softmax(x))),
    ("practice_6_1", ("values-in-place-of-slopes",), lambda: np.diag([0.3, 0, -0.2, 0.4, 0.9])),
    ("practice_6_1", ("inputs-in-place-of-slopes",), lambda: np.diag(hand.X)),
    ("practice_6_1", ("threshold-at-0",), lambda: np.diag([1, 0, 0, 1, 1])),
    ("practice_6_1", ("vector-in-place-of-matrix",), lambda: [1, 0, 1, 1, 1]),
    ("practice_6_1", ("outputs-in-place-of-jacobian",), lambda: [0.3, 0, -0.2, 0.4, 0.9]),
]


@pytest.mark.parametrize(
    ("name", "ids", "written"), [pytest.param(*w, id=f"{w[0]}: {'+'.join(w[1])}") for w in WRITTEN]
)
def test_what_a_student_writes_is_what_is_predicted(
    name: str, ids: tuple[str, ...], written: Callable[..., Any]
) -> None:
    for seed in SEEDS:
        for a, b in zip(predicted(name, ids, seed), given(name, written, seed), strict=True):
            assert same_outcome(a, b), f"{a}\n{b}"
