"""What is said of a function that answers one input in two ways."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.diagnosis.fresh import Unsteady
from autograder.feedback.two_answers import two_answers
from tests.the_assignment import SAY


@pytest.mark.parametrize(
    ("called", "is_order"),
    [("random.shuffle", True), ("np.random.permutation", True), ("np.random.rand", False)],
)
def test_of_a_shuffle_the_order_is_spoken_of(called: str, is_order: bool) -> None:
    nothing: Any = None
    unsteady = Unsteady("random", 3, called, nothing, nothing, nothing, overwritten=False)
    told, step = two_answers("train", unsteady, f"{called}(a)", ("", ""), SAY, why=True)
    assert ("into a random order" in told) is is_order
    assert ("is each thing there just once" in step) is is_order
    assert ("draws random numbers" in told) is not is_order


def test_of_one_that_is_drawn_in_each_round_it_is_said_that_the_others_are_left_out() -> None:
    nothing: Any = None
    unsteady = Unsteady("random", 3, "np.random.randint", nothing, nothing, nothing)
    told, step = two_answers("train", unsteady, "", ("", ""), SAY, why=True, one_of="X")
    assert "each round of the loop reads only what stands there in `X`" in told
    assert "Take three of `X`" in step
