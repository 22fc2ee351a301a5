"""Inputs beside others show what a function keeps from call to call."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.assignment.judging import compare
from autograder.assignment.neighbours import all_neighbours
from autograder.marking.marks import right_answer
from tests.the_assignment import FUNCTIONS, NOTES6, probes_of

WITH_ARGUMENTS = [name for name, exercise in FUNCTIONS.items() if exercise.parameters]


@pytest.mark.parametrize("name", WITH_ARGUMENTS)
@pytest.mark.parametrize("seed", [1, 6])
def test_each_argument_differs_alone_in_a_graded_input(name: str, seed: int) -> None:
    graded = [probe for probe in probes_of(seed)[name] if probe.case]
    for argument in FUNCTIONS[name].alone or range(len(FUNCTIONS[name].parameters)):
        alike = [
            (one, other)
            for at, one in enumerate(graded)
            for other in graded[at + 1 : at + 8]
            if one.kept
            and one.case == other.case
            and [a is b for a, b in zip(one.arguments, other.arguments, strict=True)].count(False)
            == 1
            and one.arguments[argument] is not other.arguments[argument]
        ]
        answers = [[right_answer(NOTES6, probe) for probe in pair] for pair in alike]
        assert answers
        # A slope tells of signs alone, which a small change leaves as they are.
        assert any(compare(*pair) is not None for pair in answers) or name == "threshold_jacobian"


def test_a_neighbour_has_the_numbers_of_an_input_or_nearly() -> None:
    (probe,) = (p for p in probes_of(6)["softmax"] if p.kept)
    (x,) = probe.arguments
    exchanged, moved = (other.arguments[0] for other in all_neighbours(probe))
    assert sorted(exchanged) == sorted(x)
    assert moved.sum() == pytest.approx(x.sum(), abs=1e-9)
    assert 0 < np.abs(moved - x).max() < 0.01
    for other in (exchanged, moved):
        assert other[[0, -1]].tolist() == x[[0, -1]].tolist()
        assert (other.argmax(), other.argmin()) == (x.argmax(), x.argmin())
