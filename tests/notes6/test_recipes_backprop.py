"""The recipes of backprop.py: right without a misconception, and otherwise told apart."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from autograder.assignment.probe import Probe
from autograder.assignment.recipe import Recipe
from tests.closeness import close
from tests.conftest import THOROUGH
from tests.the_assignment import FUNCTIONS, REFERENCE, components, probes_of, remembered

RECIPES = {
    name: FUNCTIONS[name].recipe
    for name in ("forward", "backward", "weight_gradients", "update_weights", "train")
}
SEEDS = (1, 2, 3)
over_all = pytest.mark.parametrize(
    ("recipe", "seed"),
    [
        pytest.param(r, seed, id=f"{r.function}-{seed}", marks=THOROUGH if seed > 1 else ())
        for r in RECIPES.values()
        for seed in SEEDS
    ],
)


def outcome(function: Callable[..., Any], *arguments: Any) -> Any:
    """The value as nested tuples of arrays, or the name of the exception."""
    try:
        with np.errstate(all="ignore"):
            return nested(function(*arguments))
    except Exception as raised:
        return type(raised).__name__


def nested(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(nested(item) for item in value)
    return np.asarray(value, dtype=float)


def agree(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return close(one, other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(agree, one, other))
    return isinstance(one, str) and isinstance(other, str) and one == other


@cache
def drawn(function: str, seed: int) -> list[Probe]:
    return probes_of(seed)[function]


def predicted(recipe: Recipe, ids: tuple[str, ...], seed: int) -> list[Any]:
    return [
        outcome(recipe.predict, ids, components(), p.arguments)
        for p in drawn(recipe.function, seed)
    ]


def right(function: str, seed: int) -> list[Any]:
    solution = REFERENCE[function]
    return [outcome(solution, *p.arguments) for p in drawn(function, seed)]


def all_agree(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return all(map(agree, one, other))


@over_all
def test_without_a_misconception_it_is_the_reference(recipe: Recipe, seed: int) -> None:
    assert all_agree(predicted(recipe, (), seed), right(recipe.function, seed))


@over_all
def test_no_misconception_is_right_and_no_two_are_alike(recipe: Recipe, seed: int) -> None:
    held = {id: predicted(recipe, (id,), seed) for id in recipe.misconceptions}
    expected = right(recipe.function, seed)
    assert [id for id, answers in held.items() if all_agree(answers, expected)] == []
    assert [(i, j) for i, j in combinations(held, 2) if all_agree(held[i], held[j])] == []


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_predictions_leave_the_arguments_alone(recipe: Recipe) -> None:
    probes = drawn(recipe.function, 1)
    before = [nested(p.arguments) for p in probes]
    for id in recipe.misconceptions:
        predicted(recipe, (id,), 1)
    assert all_agree([nested(p.arguments) for p in probes], before)


@pytest.mark.parametrize("most", [3, 1000])
@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_predictions_are_the_same_where_steps_are_remembered(recipe: Recipe, most: int) -> None:
    pairs = [ids for ids in recipe.combinations() if len(ids) == 2]
    some = random.Random(most).sample(pairs, 150)
    known = remembered(most)
    for ids in [(), *((id,) for id in recipe.misconceptions), *some]:
        for p in drawn(recipe.function, 1)[:4]:
            again = outcome(recipe.predict, ids, known, p.arguments)
            assert agree(again, outcome(recipe.predict, ids, components(), p.arguments))


# --- faults at a glance --------------------------------------------------------------------------


def predict(function: str, id: str, *arguments: Any) -> Any:
    return RECIPES[function].predict((id,), components(), arguments)


def test_an_unstable_softmax_at_the_top_overflows() -> None:
    top = predict("forward", "softmax-overflows", [np.array([[2000.0], [0.0]])], np.ones(1))[-1]
    assert np.isnan(top[0])


def test_weights_on_the_wrong_side_of_the_activation_do_not_fit() -> None:
    with pytest.raises(ValueError, match="mismatch"):
        predict("forward", "activation-times-weights", [np.ones((2, 3))], np.ones(3))


def test_a_missing_top_jacobian_leaves_the_difference() -> None:
    top = np.array([0.25, 0.75])
    errors = predict("backward", "top-jacobian-missing", [np.eye(2)], [top, top], np.array([1, 0]))
    np.testing.assert_allclose(errors[0], [-0.75, 0.75])


def test_an_inner_product_is_one_number_for_each_layer() -> None:
    e, a = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    assert predict("weight_gradients", "inner-product", [e], [a, e]) == [11.0]


def test_a_change_in_place_is_refused_for_whole_numbers_alone() -> None:
    G = [np.array([[0.5]])]
    new = predict("update_weights", "changed-in-place", [np.array([[1.0]])], G, 0.5)
    np.testing.assert_allclose(new, [[[0.75]]])
    with pytest.raises(TypeError, match="int"):
        predict("update_weights", "changed-in-place", [np.array([[1]])], G, 0.5)


@pytest.mark.parametrize(
    ("id", "weight", "losses"),
    [
        # One weight of 0 per output gives [0.5, 0.5]; one example, twice.
        ("loss-not-halved", None, 0.5),
        ("loss-averaged-over-outputs", None, 0.125),
        ("loss-is-cross-entropy", None, np.log(2)),
        ("uphill", -0.25, 0.25),
    ],
)
def test_faults_of_training_on_one_example(id: str, weight: float | None, losses: float) -> None:
    arguments = ([np.zeros((2, 1))], np.array([[1.0]]), np.array([[1.0, 0.0]]), 1.0, 1)
    found, measured = predict("train", id, *arguments)
    assert found[0][0, 0] == pytest.approx(0.25 if weight is None else weight)
    assert measured == pytest.approx([losses])


THREE = [np.eye(2), np.eye(2), np.eye(2)]


def test_a_pass_that_stops_after_the_first_round() -> None:
    x = np.array([1.0, -1.0])
    assert len(predict("forward", "stopped-after-the-first-layer", THREE, x)) == 2
    assert len(predict("forward", "stopped-after-the-first-layer", THREE[:1], x)) == 2
    single = predict("forward", "stopped-after-the-first-threshold", THREE[:1], x)
    np.testing.assert_array_equal(single, [x, [1, 0]])
    a = predict("forward", "first-layer-alone", THREE, x)
    np.testing.assert_array_equal(a, [1, 0])
    activations = REFERENCE["forward"](THREE, x)
    top = REFERENCE["backward"](THREE, activations, np.array([1.0, 0.0]))
    for id, kept in (
        ("stopped-after-one-step-back", top[1:]),
        ("return-inside-the-loop", top[1:]),
        ("return-inside-the-loop-places-left-empty", [None, *top[1:]]),
    ):
        found = predict("backward", id, THREE, activations, np.array([1.0, 0.0]))
        assert [e is None for e in found] == [e is None for e in kept]
        np.testing.assert_allclose(found[-2:], kept[-2:])
    single = predict("backward", "return-inside-the-loop", THREE[:1], activations[-2:], x)
    assert single is None


def test_training_that_stops_in_the_first_round() -> None:
    data = (np.array([[1.0, 0.5], [0.5, 1.0]]), np.array([[1.0, 0.0], [0.0, 1.0]]), 0.5)
    right = REFERENCE["train"]
    for id, losses in (
        ("stopped-after-the-first-epoch", right(THREE, *data, 1)[1]),
        ("losses-emptied-at-each-epoch", right(THREE, *data, 3)[1][-1:]),
        ("stopped-after-the-first-example", right(THREE, data[0][:1], data[1][:1], 0.5, 1)[1]),
        ("stopped-before-a-loss", []),
    ):
        assert predict("train", id, THREE, *data, 3)[1] == pytest.approx(losses)
    assert predict("train", "return-inside-the-loop", THREE, *data, 0) is None
    assert predict("train", "return-before-a-loss", THREE, *data, 0) is None
    with pytest.raises(UnboundLocalError):
        predict("train", "losses-emptied-at-each-epoch", THREE, *data, 0)


def test_columns_as_examples_fit_where_both_tables_are_square() -> None:
    x, t = np.array([[1.0, 2.0], [-1.0, 0.5]]), np.array([[1.0, 0.2], [0.0, 0.8]])
    _, found = predict("train", "columns-as-examples", THREE, x, t, 0.5, 2)
    assert found == pytest.approx(REFERENCE["train"](THREE, x.T, t.T, 0.5, 2)[1])
    with pytest.raises(ValueError, match="mismatch"):
        predict("train", "columns-as-examples", THREE, x[:1], t[:1], 0.5, 2)


def test_each_recipe_is_of_a_function_of_the_file() -> None:
    assert set(RECIPES) == {name for name, f in FUNCTIONS.items() if f.question == "backprop"} - {
        "error_norms"
    }
