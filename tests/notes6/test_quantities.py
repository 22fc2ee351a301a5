"""What the notes compute on the way is what the right functions compute, and has words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from autograder.notes6.quantities import QUANTITIES
from tests.the_assignment import FUNCTIONS, SAY, probes_of
from tests.the_assignment import REFERENCE as OF_REFERENCE

PROBES = probes_of(6)
REFERENCE: dict[str, Any] = dict(OF_REFERENCE)
AREAS = ("quantities", "results", "others", "ways")


def calls(function: str) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    for probe in PROBES[function]:
        if probe.steps <= 8:
            yield probe.arguments, QUANTITIES[function](*probe.arguments)


def test_each_function_has_quantities_and_each_of_these_has_words() -> None:
    assert set(QUANTITIES) == {name for name, one in FUNCTIONS.items() if one.parameters}
    used = {key for name in QUANTITIES for key in next(calls(name))[1]}
    words = {f"{area}.{key}" for area in AREAS for key in SAY.of(area)}
    assert used == words


@pytest.mark.parametrize(
    ("function", "key"),
    [
        ("propagate_chain", "results.error_after_step"),
        ("forward", "results.activation"),
        ("backward", "results.error"),
        ("weight_gradients", "results.gradient"),
    ],
)
def test_results_are_what_the_reference_gives(function: str, key: str) -> None:
    for arguments, found in calls(function):
        right = REFERENCE[function](*arguments)
        assert len(found[key]) == len(right)
        for one, other in zip(found[key], right, strict=True):
            np.testing.assert_allclose(one, other, atol=1e-12)


def test_a_training_ends_with_what_the_reference_gives() -> None:
    for arguments, found in calls("train"):
        weights, losses = REFERENCE["train"](*arguments)
        for one, other in zip(found["results.weights_so_far"][-1], weights, strict=True):
            np.testing.assert_allclose(one, other, atol=1e-12)
        np.testing.assert_allclose(found["results.loss_of_epoch"], losses, atol=1e-12)


def test_norms_are_what_the_reference_gives() -> None:
    for arguments, found in calls("error_norms"):
        right = REFERENCE["error_norms"](*arguments)
        np.testing.assert_allclose(found["results.norms"][0], right)
        np.testing.assert_allclose(found["results.norm_of_step"], right)
        np.testing.assert_allclose(found["quantities.squares_of_steps"][0], right**2)


def test_the_jacobian_at_the_top_is_that_of_softmax() -> None:
    def softmax(z: Any) -> Any:
        e = anp.exp(z - anp.max(z))
        return e / anp.sum(e)

    for arguments, found in calls("backward"):
        a = np.asarray(arguments[1][-1], dtype=float)
        if a.min() > 0 and abs(a.sum() - 1) < 1e-9:  # what a softmax gives
            J = autograd.jacobian(softmax)(np.log(a))
            np.testing.assert_allclose(found["quantities.top_jacobian"][0], J, atol=1e-9)
