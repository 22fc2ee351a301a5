"""The recipes of 6.2, 6.3 and the error norms: right as they stand, misconceptions told apart."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import numpy as np
import pytest

from autograder.assignment.output_faults import add_array_faults
from autograder.assignment.prediction import Prediction, equal, predict
from autograder.assignment.probe import Probe
from autograder.assignment.recipe import Recipe
from tests.the_assignment import FUNCTIONS, REFERENCE, components, probes_of

RECIPES = [
    FUNCTIONS[name].recipe
    for name in (
        *("propagate_error", "practice_6_2", "propagate_chain", "practice_6_3"),
        "error_norms",
    )
]
SEEDS = (1, 2, 3)
each_recipe = pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.function)
each_seed = pytest.mark.parametrize("seed", SEEDS)


def predictions(recipe: Recipe, ids: tuple[str, ...], probes: list[Probe]) -> list[Prediction]:
    made = [predict(recipe, ids, components(), probe) for probe in probes]
    return [prediction for prediction in made if prediction is not None]


def same(one: list[Prediction], other: list[Prediction]) -> bool:
    return all(
        a.raises == b.raises and (a.raises or equal(a.value, b.value))
        for a, b in zip(one, other, strict=True)
    )


def of_plain(function: Any, probes: list[Probe]) -> list[Prediction]:
    """The predictions of a function that has no steps to be replaced."""
    recipe = Recipe("plain", lambda s, c, *arguments: function(*arguments))
    return predictions(recipe, (), probes)


def value(recipe: Recipe, ids: tuple[str, ...], *arguments: Any) -> Any:
    return recipe.predict(ids, components(), arguments)


@each_seed
@each_recipe
def test_a_recipe_without_misconception_is_the_reference(recipe: Recipe, seed: int) -> None:
    probes = probes_of(seed)[recipe.function]
    right = of_plain(REFERENCE[recipe.function], probes)
    assert not any(prediction.raises for prediction in right)
    assert same(predictions(recipe, (), probes), right)


@each_seed
@each_recipe
def test_no_misconception_predicts_the_right_answer_or_another_one(
    recipe: Recipe, seed: int
) -> None:
    probes = probes_of(seed)[recipe.function]
    made = {"(right)": predictions(recipe, (), probes)}
    made |= {id: predictions(recipe, (id,), probes) for id in recipe.misconceptions}
    twins = [pair for pair in itertools.combinations(made, 2) if same(*(made[id] for id in pair))]
    assert twins == []


@each_recipe
def test_every_misconception_predicts_some_value(recipe: Recipe) -> None:
    # What only ever raises would explain any function that crashes.
    probes = probes_of(1)[recipe.function]
    for id in recipe.misconceptions:
        assert not all(p.raises for p in predictions(recipe, (id,), probes)), id


@each_recipe
def test_predicting_leaves_the_arguments_alone(recipe: Recipe) -> None:
    for probe in probes_of(1)[recipe.function]:
        before = copy.deepcopy(probe.arguments)
        for id in recipe.misconceptions:
            predict(recipe, (id,), components(), probe)
        for one, other in zip(before, probe.arguments, strict=True):
            assert len(one) == len(other)  # type: ignore[arg-type]
            assert all(map(np.array_equal, one, other))  # type: ignore[call-overload]


E = np.array([1.0, 2.0])
J, K = np.array([[3.0, 4.0], [5.0, 6.0]]), np.array([[0.0, 1.0], [2.0, 0.0]])
# E through J is [13, 16]; that through K is [32, 13].


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (("jacobian-times-error",), [11, 17]),
        (("element-wise-along-columns",), [8, 20]),
        (("rows-scaled-summed-along-rows",), [7, 22]),
        (("error-and-columns-summed-apart",), [24, 30]),
        (("error-split-in-shares",), [3 / 7 + 10 / 11, 4 / 7 + 12 / 11]),
        (("jacobian-times-error", "wrong-sign"), [-11, -17]),
        (("squared-error", "column-shape"), [[23], [28]]),
    ],
)
def test_one_jacobian_goes_wrong_as_its_misconception_says(
    ids: tuple[str, ...], expected: Any
) -> None:
    assert np.allclose(value(FUNCTIONS["propagate_error"].recipe, ids, E, J), expected)


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (("initial-error-first",), [[1, 2], [13, 16], [32, 13]]),
        (("stored-before-the-jacobian",), [[1, 2], [13, 16]]),
        (("stopped-after-the-first-jacobian",), [[13, 16]]),
        (("first-jacobian-only-by-index", "wrong-sign"), [[-13, -16]]),
        (("diagonal-by-index-only",), [[3, 12], [0, 0]]),
        (("list-left-empty",), []),
        (("last-jacobian-first",), [[4, 1], [17, 22]]),
        (("each-from-the-original-error",), [[13, 16], [4, 1]]),
        (("product-built-on-the-left",), [[13, 16], [17, 22]]),
        (("products-of-jacobians-times-error",), [[11, 17], [14, 22]]),
        (("one-array-changed-in-place",), [[32, 13], [32, 13]]),
        (("one-list-changed-in-place",), [[32, 13], [32, 13]]),
        (("along-rows-from-the-second-step",), [[13, 16], [16, 26]]),
        (("along-rows-in-the-first-step",), [[11, 17], [34, 11]]),
        (("first-jacobian-twice", "list-reversed"), [[296, 119], [119, 148], [13, 16]]),
        (("last-jacobian-first", "list-of-last-only"), [[17, 22]]),
        (("final-error-alone",), [32, 13]),
    ],
)
def test_a_chain_goes_wrong_as_its_misconception_says(ids: tuple[str, ...], expected: Any) -> None:
    assert np.allclose(value(FUNCTIONS["propagate_chain"].recipe, ids, E, [J, K]), expected)


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (("root-missing",), [25, 13]),
        (("root-missing", "first-missing"), [13]),
        (("root-and-square-exchanged",), [7 + 4 * np.sqrt(3), 5 + 2 * np.sqrt(6)]),
        (("sum-of-magnitudes",), [7, 5]),
        (("largest-magnitude", "last-missing"), [4]),
        (("relative-to-the-first",), [1, np.sqrt(13) / 5]),
        (("errors-instead-of-norms",), [[3, -4], [3, -2]]),
        (("jacobians-themselves",), [5, np.sqrt(1.25)]),
        (("initial-norm-only",), [5]),
        (("squares-across-the-errors",), [18, 20]),
        (("norms-across-the-errors",), np.sqrt([18, 20])),
        (("stopped-after-the-first-jacobian", "first-missing"), [np.sqrt(13)]),
    ],
)
def test_norms_go_wrong_as_their_misconception_says(ids: tuple[str, ...], expected: Any) -> None:
    error, jacobians = np.array([3.0, -4.0]), [np.diag([1.0, 0.5])]
    assert np.allclose(value(FUNCTIONS["error_norms"].recipe, ids, error, jacobians), expected)


def test_without_a_jacobian_the_ways_to_stop_early_differ() -> None:
    chain = FUNCTIONS["propagate_chain"].recipe
    assert value(chain, ("stopped-after-the-first-jacobian",), E, []) == []
    assert value(chain, ("return-inside-the-loop",), E, []) is None
    with pytest.raises(IndexError):
        value(chain, ("first-jacobian-only-by-index",), E, [])


def test_a_jacobian_that_is_reshaped_is_turned_by_nothing() -> None:
    one = FUNCTIONS["propagate_error"].recipe
    wide = np.array([[3.0, 4.0, 5.0], [6.0, 7.0, 8.0]])
    assert value(one, ("jacobian-reshaped",), E, wide).tolist() == [11, 17, 23]


def test_the_diagonal_of_a_jacobian_that_is_not_square() -> None:
    one = FUNCTIONS["propagate_error"].recipe
    wide = np.array([[3.0, 4.0, 5.0], [6.0, 7.0, 8.0]])
    assert value(one, ("diagonal-by-index-only",), E, wide).tolist() == [3, 14, 0]
    assert value(one, ("diagonal-of-jacobian-only",), E, wide).tolist() == [3, 14]


def test_by_hand_a_slip_in_the_first_step_is_carried_into_the_second() -> None:
    first, second = value(FUNCTIONS["practice_6_3"].recipe, ("jacobian-times-error",))
    assert first.tolist() == second.tolist() == [-3, -4]


def test_by_hand_a_slip_in_the_second_step_leaves_the_first_alone() -> None:
    right = value(FUNCTIONS["practice_6_3"].recipe, ())
    slipped = value(FUNCTIONS["practice_6_3"].recipe, ("each-from-the-original-error",))
    assert np.array_equal(slipped[0], right[0])
    assert slipped[1].tolist() == [1, 2]


def test_leaving_out_a_fault_that_does_not_exist_is_refused() -> None:
    recipe = Recipe("any", lambda s, c: None)
    with pytest.raises(ValueError, match="no-such-fault"):
        add_array_faults(recipe, without=("no-such-fault",))
