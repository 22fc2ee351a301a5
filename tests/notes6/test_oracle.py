"""The reference solutions against an independent oracle: autograd's automatic differentiation."""

from __future__ import annotations

import importlib
import sys
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

ROOT = Path(__file__).parents[2]
MODULES = ("practice_6_1", "practice_6_2", "practice_6_3", "backprop", "wiggle")
Array = np.ndarray[Any, Any]


def load() -> SimpleNamespace:
    """Import the solutions and the wiggle, and leave no trace of them in `sys.modules`."""
    folders = [str(ROOT / "solutions"), str(ROOT / "assignments")]
    before = {name: sys.modules.pop(name) for name in MODULES if name in sys.modules}
    sys.path[:0] = folders
    try:
        modules = [importlib.import_module(name) for name in MODULES]
    finally:
        del sys.path[: len(folders)]
        for name in MODULES:
            sys.modules.pop(name, None)
        sys.modules.update(before)
    return SimpleNamespace(**{k: v for module in modules for k, v in vars(module).items()})


solution = load()

# The rectified linear threshold and `threshold` jump in slope at 0 and -1. Values this near to
# the kink make a derivative of no meaning; those exactly on it are tested apart.
NEAR_A_KINK = 1e-3


def vectors(size: int | st.SearchStrategy[int], bound: float = 5.0) -> st.SearchStrategy[Array]:
    return arrays(float, size, elements=st.floats(-bound, bound, width=32))


def matrices(rows: int, columns: int) -> st.SearchStrategy[Array]:
    return arrays(float, (rows, columns), elements=st.floats(-2, 2, width=32))


sizes = st.integers(1, 5)


@st.composite
def chains(draw: st.DrawFn) -> tuple[Array, list[Array]]:
    shape = draw(st.lists(sizes, min_size=1, max_size=5))
    jacobians = [draw(matrices(i, j)) for i, j in pairwise(shape)]
    return draw(vectors(shape[0])), jacobians


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[Array], Array, Array]:
    """Weights, an input and a target; some zs lie exactly on the kink, none just beside it."""
    shape = draw(st.lists(sizes, min_size=2, max_size=5))
    weights = [draw(matrices(n, m)) for m, n in pairwise(shape)]
    x = draw(vectors(shape[0], bound=2.0))
    a = x
    for W in weights[:-1]:
        z = W @ a
        assume(np.all((z == 0) | (np.abs(z) > NEAR_A_KINK)))
        a = np.where(z > 0, z, 0.0)
    return weights, x, draw(vectors(shape[-1], bound=1.0))


# --- the same mathematics, written once more for autograd ---


def oracle_softmax(z: Array) -> Any:
    e = anp.exp(z - anp.max(z))
    return e / anp.sum(e)


def oracle_predict(weights: list[Array], x: Array) -> Any:
    for W in weights[:-1]:
        z = anp.dot(W, x)
        x = anp.where(z > 0, z, 0.0)  # differentiates to slope 0 at 0, as the contract asks
    return oracle_softmax(anp.dot(weights[-1], x))


def oracle_loss(weights: list[Array], x: Array, target: Array) -> Any:
    return 0.5 * anp.sum((oracle_predict(weights, x) - target) ** 2)


def oracle_step(weights: list[Array], x: Array, target: Array, rate: float) -> list[Array]:
    gradients = autograd.grad(oracle_loss)(weights, x, target)
    return [W - rate * G for W, G in zip(weights, gradients, strict=True)]


def same(actual: Any, expected: Any) -> None:
    np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-12)


def all_same(actual: list[Any], expected: list[Any]) -> None:
    assert len(actual) == len(expected)
    for a, e in zip(actual, expected, strict=True):
        assert np.shape(a) == np.shape(e)
        same(a, e)


# --- practice 6.1 ---


@given(arrays(float, sizes, elements=st.floats(-5, 5) | st.sampled_from([-1.002, -0.998, 0.0])))
def test_threshold_jacobian_is_the_derivative_of_threshold(x: Array) -> None:
    assume(np.all(np.abs(x + 1) > NEAR_A_KINK))
    oracle = autograd.jacobian(lambda v: anp.where(v > -1, v, 0.0))
    same(solution.threshold_jacobian(x), oracle(x))
    same(solution.threshold(x), np.where(x > -1, x, 0.0))


def test_threshold_at_its_kink_gives_zero_and_slope_zero() -> None:
    same(solution.threshold([-1, 2]), [0, 2])
    same(solution.threshold_jacobian([-1, 2]), [[0, 0], [0, 1]])


@given(vectors(sizes, bound=50.0))
def test_softmax_and_its_jacobian(x: Array) -> None:
    same(solution.softmax(x), oracle_softmax(x))
    same(solution.softmax_jacobian(x), autograd.jacobian(oracle_softmax)(x))


@given(arrays(float, sizes, elements=st.sampled_from([-1000.0, 0.0, 1.0, 1000.0])))
def test_softmax_is_finite_for_large_inputs(x: Array) -> None:
    s, J = solution.softmax(x), solution.softmax_jacobian(x)
    same(s.sum(), 1.0)
    assert np.isfinite(J).all()
    np.testing.assert_allclose(J.sum(axis=1), 0, atol=1e-12)


def test_hand_worked_jacobian_is_that_of_threshold() -> None:
    same(solution.practice_6_1(), solution.threshold_jacobian([0.3, -1.8, -0.2, 0.4, 0.9]))


# --- practice 6.2 and 6.3 ---


@given(st.data(), sizes, sizes)
def test_propagated_error_is_the_gradient_of_the_weighted_outputs(
    data: st.DataObject, i: int, j: int
) -> None:
    error, jacobian, x = (data.draw(s) for s in (vectors(i), matrices(i, j), vectors(j)))
    oracle = autograd.grad(lambda v: anp.dot(error, anp.dot(jacobian, v)))(x)
    same(solution.propagate_error(error, jacobian), oracle)


@given(chains())
def test_chain_gives_the_gradient_of_each_composition(chain: tuple[Array, list[Array]]) -> None:
    error, jacobians = chain

    def through(k: int, v: Array) -> Any:
        for jacobian in reversed(jacobians[:k]):
            v = anp.dot(jacobian, v)
        return anp.dot(error, v)

    expected = [
        autograd.grad(lambda v, k=k: through(k, v))(np.zeros(jacobian.shape[1]))
        for k, jacobian in enumerate(jacobians, start=1)
    ]
    all_same(solution.propagate_chain(error, jacobians), expected)
    norms = solution.error_norms(error, jacobians)
    same(norms, [np.sqrt(e @ e) for e in [error, *expected]])


def test_hand_worked_errors() -> None:
    jacobians = [[[3, -3], [4, -4]], [[1, 0], [0, 1]]]
    same(solution.practice_6_2(), solution.propagate_error([1, 2], jacobians[0]))
    all_same(solution.practice_6_3(), solution.propagate_chain([1, 2], jacobians))


# --- backprop ---


@given(networks())
def test_forward_ends_in_the_prediction(network: tuple[list[Array], Array, Array]) -> None:
    weights, x, _ = network
    activations = solution.forward(weights, x)
    assert len(activations) == len(weights) + 1
    same(activations[0], x)
    same(activations[-1], oracle_predict(weights, x))


@given(networks())
def test_errors_are_gradients_of_the_loss_at_each_z(
    network: tuple[list[Array], Array, Array],
) -> None:
    weights, x, target = network
    shifts = [np.zeros(len(W)) for W in weights]

    def loss(shifts: list[Array]) -> Any:  # moving z_l by a shift of 0 shows the error at z_l
        a = x
        for W, shift in zip(weights[:-1], shifts[:-1], strict=True):
            z = anp.dot(W, a) + shift
            a = anp.where(z > 0, z, 0.0)
        a = oracle_softmax(anp.dot(weights[-1], a) + shifts[-1])
        return 0.5 * anp.sum((a - target) ** 2)

    activations = solution.forward(weights, x)
    all_same(solution.backward(weights, activations, target), autograd.grad(loss)(shifts))


@given(networks())
def test_weight_gradients_are_gradients_of_the_loss(
    network: tuple[list[Array], Array, Array],
) -> None:
    weights, x, target = network
    activations = solution.forward(weights, x)
    errors = solution.backward(weights, activations, target)
    gradients = solution.weight_gradients(errors, activations)
    all_same(gradients, autograd.grad(oracle_loss)(weights, x, target))


@given(networks(), st.floats(0, 2))
def test_one_training_step_is_gradient_descent(
    network: tuple[list[Array], Array, Array], rate: float
) -> None:
    weights, x, target = network
    learned, losses = solution.train(weights, [x], [target], rate, 1)
    all_same(learned, oracle_step(weights, x, target, rate))
    same(losses, [oracle_loss(weights, x, target)])


@settings(max_examples=30)
@given(networks(), st.data(), st.integers(0, 3))
def test_training_is_online_and_sums_each_epochs_losses(
    network: tuple[list[Array], Array, Array], data: st.DataObject, epochs: int
) -> None:
    # One layer has no kink, so weights that move can't step onto one.
    (W, *_), x, _ = network
    inputs = np.array([x, *(data.draw(vectors(len(x), 2.0)) for _ in range(2))])
    targets = np.array([data.draw(vectors(len(W), 1.0)) for _ in inputs])
    expected, sums = [W], []
    for _ in range(epochs):
        sums.append(0.0)
        for example, target in zip(inputs, targets, strict=True):
            sums[-1] += oracle_loss(expected, example, target)
            expected = oracle_step(expected, example, target, 0.5)
    learned, losses = solution.train([W], inputs, targets, 0.5, epochs)
    all_same(learned, expected)
    all_same(losses, sums)


def test_no_epoch_returns_copies() -> None:
    W = np.ones((2, 1))
    learned, losses = solution.train([W], [[1.0]], [[1.0, 0.0]], 1.0, 0)
    assert losses == []
    assert learned[0] is not W
    same(learned[0], W)


WEIGHTS = [[[1, -2], [0, 1], [3, 1]], [[1, 0, -1], [2, 1, 0]]]
CALLS: list[tuple[str, tuple[Any, ...]]] = [
    ("threshold", ([2, -3],)),
    ("threshold_jacobian", ([2, -3],)),
    ("softmax", ([1, 2],)),
    ("softmax_jacobian", ([1, 2],)),
    ("propagate_error", ([1, 2], [[3, 4, 1], [5, 6, 0]])),
    ("propagate_chain", ([1, 2], [[[3, 4, 1], [5, 6, 0]], [[1], [2], [0]]])),
    ("forward", (WEIGHTS, [1, 2])),
    ("backward", (WEIGHTS, [[1, 2], [0, 2, 5], [0, 1]], [1, 0])),
    ("weight_gradients", ([[1, 0, 2], [0, 1]], [[1, 2], [0, 2, 5], [0, 1]])),
    ("update_weights", (WEIGHTS, WEIGHTS, 1)),
    ("train", (WEIGHTS, [[1, 2], [0, 1]], [[0, 1], [1, 0]], 1, 2)),
    ("error_norms", ([1, 2], [[[3, 4, 1], [5, 6, 0]]])),
]


def frozen(value: Any, dtype: type) -> Any:
    """Turn nested lists into read-only arrays; ragged ones (lists of arrays) stay lists."""
    if not isinstance(value, list):
        return value
    try:
        array = np.array(value, dtype=dtype)
    except ValueError:
        return [frozen(v, dtype) for v in value]
    array.flags.writeable = False
    return array


def flat(value: Any) -> list[float]:
    if isinstance(value, (list, tuple)):
        return [number for v in value for number in flat(v)]
    return [float(number) for number in np.ravel(value)]


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_lists_integers_and_read_only_arrays_give_the_same(
    name: str, arguments: tuple[Any, ...]
) -> None:
    function = getattr(solution, name)
    of_lists = flat(function(*arguments))
    assert np.isfinite(of_lists).all()
    for dtype in (int, float):
        assert flat(function(*(frozen(a, dtype) for a in arguments))) == of_lists


# --- the wiggle ---


@given(vectors(sizes))
def test_wiggle_finds_the_jacobian_of_softmax(x: Array) -> None:
    wiggled = solution.numerical_jacobian(solution.softmax, x)
    np.testing.assert_allclose(wiggled, autograd.jacobian(oracle_softmax)(x), atol=1e-8)


@given(st.data(), sizes, sizes)
def test_wiggle_has_a_row_for_each_output_and_a_column_for_each_input(
    data: st.DataObject, i: int, j: int
) -> None:
    W, x = data.draw(matrices(i, j)), data.draw(vectors(j))
    wiggled = solution.numerical_jacobian(lambda v: W @ v, x)
    assert wiggled.shape == (i, j)
    np.testing.assert_allclose(wiggled, W, atol=1e-8)


def test_wiggle_of_one_number_is_one_row() -> None:
    same(np.round(solution.numerical_jacobian(np.prod, [3, 5]), 6), [[5, 3]])
