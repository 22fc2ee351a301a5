"""When an answer is right: the contract's rules on kind, shape and values."""

from __future__ import annotations

import copy
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from autograder.assignment.judging import NotAnAnswer, as_arrays, compare, identity

numbers = st.floats(-1e6, 1e6)
matrices = arrays(float, array_shapes(min_dims=1, max_dims=2, max_side=5), elements=numbers)


@given(matrices)
def test_an_array_equals_itself_as_nested_lists(matrix: np.ndarray) -> None:
    assert compare(as_arrays(matrix.tolist(), "array"), [matrix]) is None


@given(arrays(float, 4, elements=st.floats(0.01, 1e6)))
def test_single_precision_is_right(vector: np.ndarray) -> None:
    assert compare(as_arrays(vector.astype(np.float32), "array"), [vector]) is None


@given(arrays(float, 4, elements=st.floats(0.01, 1.0)), st.integers(0, 3))
def test_one_entry_off_by_a_ten_thousandth_is_wrong(vector: np.ndarray, i: int) -> None:
    other = vector.copy()
    other[i] *= 1.0001
    difference = compare([other], [vector])
    assert difference is not None
    assert difference.fault == "values"


@pytest.mark.parametrize("shape", [(3, 1), (1, 3), ()])
def test_shape_counts(shape: tuple[int, ...]) -> None:
    difference = compare([np.zeros(shape)], [np.zeros(3)])
    assert difference is not None
    assert difference.fault == "shape"


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_never_right(bad: float) -> None:
    difference = compare([np.array([bad])], [np.array([bad])])
    assert difference is not None
    assert difference.fault == "not finite"


@pytest.mark.parametrize("value", [None, "1", ["1", "2"], [[1], [1, 2]], [None], 1 + 2j])
def test_what_is_no_array_of_numbers_is_no_answer(value: object) -> None:
    with pytest.raises(NotAnAnswer):
        as_arrays(value, "array")


@pytest.mark.parametrize(
    "value",
    [
        [np.zeros(2), np.ones(3)],
        (np.zeros(2), [1.0, 1.0, 1.0]),
        [[0, 0], [1, 1, 1]],
    ],
)
def test_any_sequence_serves_as_a_list_of_arrays(value: object) -> None:
    assert compare(as_arrays(value, "arrays"), [np.zeros(2), np.ones(3)]) is None


def test_a_stacked_array_serves_as_a_list_of_arrays() -> None:
    assert compare(as_arrays(np.eye(2), "arrays"), [np.array([1.0, 0]), np.array([0, 1.0])]) is None


def test_train_returns_a_pair() -> None:
    weights, losses = [np.eye(2)], [0.5, 0.25]
    answer = as_arrays((weights, losses), "arrays and numbers")
    assert compare(answer, [np.eye(2), np.array([0.5, 0.25])]) is None
    with pytest.raises(NotAnAnswer):
        as_arrays(weights, "arrays and numbers")


@pytest.mark.parametrize(
    "value", ["x", ["x"], [1.0, "x" * 10**6], [[1.0], [None]], [[0.0] * 2, {}]]
)
def test_text_and_the_like_are_refused_before_numpy_reads_them(value: object) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(NotAnAnswer):
            as_arrays(value, "array")
        assert tracemalloc.get_traced_memory()[1] < 10**6
    finally:
        tracemalloc.stop()


def test_no_list_of_a_hundred_thousand_is_taken_apart() -> None:
    for flood in ([0.0] * 10**5, np.zeros((10**5, 1))):
        with pytest.raises(NotAnAnswer):
            as_arrays(flood, "arrays")


values = st.recursive(
    st.floats()
    | st.integers()
    | st.booleans()
    | arrays(np.float64, array_shapes(max_dims=2, max_side=3), elements=st.floats(allow_nan=False)),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner),
    max_leaves=6,
)


@given(values)
def test_a_copy_is_known_again(value: object) -> None:
    assert identity(copy.deepcopy(value)) == identity(value)


@given(values, values)
def test_only_the_same_numbers_in_the_same_shapes_are_taken_for_the_same(
    one: object, other: object
) -> None:
    # What it is written as tells -0.0 from 0.0, and an array's every digit.
    with np.printoptions(floatmode="unique"):
        assert (identity(one) == identity(other)) == (repr(one) == repr(other))


def test_arrays_of_arrays_are_known_by_what_is_in_them() -> None:
    def ragged(last: float) -> np.ndarray:
        made = np.empty(2, dtype=object)
        made[:] = [np.ones(2), np.array([1.0, 2.0, last])]
        return made

    assert identity(ragged(3.0)) == identity(ragged(3.0)) != identity(ragged(4.0))
