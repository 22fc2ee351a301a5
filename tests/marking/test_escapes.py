"""The standing hunt: nothing that is wrong gets full marks, and nothing that is right loses any."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad, jacobian

from autograder.course.grader import Grader
from autograder.marking.marks import Marking
from tests.conftest import thinned
from tests.escape_cases import Escape, escapes
from tests.escape_oracle import RIGHT, agrees, cases, first_fault
from tests.the_assignment import FUNCTIONS, NOTES6, REFERENCE, grader_of, load_config

ALL = escapes()
each_escape = pytest.mark.parametrize("escape", ALL, ids=str)


@pytest.fixture(scope="module")
def whole() -> Iterator[Grader]:
    with grader_of(load_config(), seed=1) as grader:
        yield grader


@pytest.fixture(scope="module")
def alone() -> Iterator[Callable[..., Grader]]:
    """Graders of another seed, each of a term in which these functions alone are asked."""
    with ExitStack() as stack:

        @cache
        def grader(*functions: str) -> Grader:
            term = NOTES6.of_term(functions, {})
            return stack.enter_context(Grader(term, load_config(), seed=2))

        yield grader


def test_the_hunt_is_as_large_as_it_says() -> None:
    assert len({str(escape) for escape in ALL}) == len(ALL)
    assert sum(escape.wrong for escape in ALL) >= 400
    assert sum(not escape.wrong for escape in ALL) >= 100
    by_function = Counter(escape.function for escape in ALL)
    assert set(by_function) == {name for name, f in FUNCTIONS.items() if f.parameters}


@each_escape
def test_the_oracle_decides_what_is_wrong(escape: Escape) -> None:
    fault = first_fault(escape.function, escape.load())
    assert (fault is not None) == escape.wrong, fault


def asked(escape: Escape) -> list[str]:
    """What it is, and what it imports from another file."""
    return [escape.function, *re.findall(r"from practice_\w+ import (\w+)", escape.source)]


@each_escape
def test_what_is_wrong_loses_marks(escape: Escape, alone: Callable[..., Grader]) -> None:
    lost = cases_lost(escape, alone(*asked(escape)))
    assert {function for function, _ in lost} == ({escape.function} if escape.wrong else set())


@pytest.mark.parametrize("escape", thinned(ALL, 4), ids=str)
def test_nothing_else_does_and_the_seed_decides_nothing(
    escape: Escape, whole: Grader, alone: Callable[..., Grader]
) -> None:
    lost, lost_again = (cases_lost(escape, by) for by in (whole, alone(*asked(escape))))
    assert {function for function, _ in lost} == ({escape.function} if escape.wrong else set())
    # Which numbers come out of a rounding within the tolerance is up to their digits, and whether
    # a loss gets small to the numbers too.
    assert lost_again == lost or "rounded" in escape.name or escape.name == "skips-small"


def cases_lost(escape: Escape, grader: Grader) -> set[tuple[str, str]]:
    """The functions and test cases that lose their marks."""
    with grader.open(escape.submission()) as session:
        marking = Marking(session, grader.expected)
        return {
            (name, case)
            for name in grader.assignment.exercises
            for case in session.probes.cases(name)
            if not marking.case(name, case).right
        }


# --- the oracle itself ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", RIGHT)
def test_the_reference_is_right_by_the_oracle(name: str) -> None:
    assert first_fault(name, REFERENCE[name]) is None
    assert len(cases(name)) >= 50


def plain_softmax(x: Any) -> Any:
    e = anp.exp(x - anp.max(x))
    return e / anp.sum(e)


def test_the_oracles_jacobian_is_automatic_differentiations() -> None:
    derivative = jacobian(plain_softmax)
    for (x,), right in cases("softmax_jacobian"):
        # Where several entries are the largest, the derivative of a maximum is shared among them.
        if np.ptp(x) < 50:
            np.testing.assert_allclose(right, derivative(np.array(x, float)), atol=1e-9)


def test_the_oracles_gradients_are_automatic_differentiations() -> None:
    def loss(weights: Any, x: Any, target: Any) -> Any:
        for W in weights[:-1]:
            x = anp.maximum(W @ x, 0)
        return anp.sum((plain_softmax(weights[-1] @ x) - target) ** 2) / 2

    for (weights, inputs, targets, _, _), _ in cases("train"):
        start = [np.array(W, float) for W in weights]
        x, target = np.array(inputs[0], float), np.array(targets[0], float)
        z = x
        for W in start[:-1]:
            z = W @ z
            if (z == 0).any():
                break  # at the kink the two differ by agreement
            z = np.maximum(z, 0)
        else:
            (after, (first,)) = RIGHT["train"](
                [W.tolist() for W in start], [x.tolist()], [target.tolist()], 1.0, 1
            )
            slopes = grad(loss)(start, x, target)
            for W, new, slope in zip(start, after, slopes, strict=True):
                np.testing.assert_allclose(W - np.array(new), slope, rtol=1e-7, atol=1e-9)
            assert first == pytest.approx(loss(start, x, target))


@pytest.mark.parametrize(
    "given",
    [
        [[0.25], [0.75]],
        [[0.25, 0.75]],
        [0.25, 0.7501],
        [0.3, 0.8],
        [0.25],
        [0.25, np.nan],
        None,
        "x",
    ],
)
def test_the_oracle_refuses_other_shapes_and_numbers(given: Any) -> None:
    right = np.array([0.25, 0.75])
    assert agrees((0.25, np.float32(0.7500001)), right)
    assert not agrees(given, right)
