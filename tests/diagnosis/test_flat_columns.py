"""A column that meets a vector is told where all is right with both of them flat."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.course.grader import Grader
from autograder.source.changes.flat_columns import flat
from tests.diagnosis.test_right_values import entry_of, marked

TRAIN = """
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for _ in range(epochs):
        loss = 0
        for x, target in zip(inputs, targets):
            a = forward(weights, x)
            {loss}
            errors = backward(weights, a, target)
            weights = update_weights(weights, weight_gradients(errors, a), learning_rate)
        losses.append(loss)
    return weights, losses
"""
NORMS = """
def error_norms(error, jacobians):
    e = np.asarray(error, dtype=float)
    column = e.reshape(-1, 1)
    norms = [np.sqrt(np.sum({product}))]
    for J in jacobians:
        e = e @ J
        norms.append(np.sqrt(np.sum(e * e)))
    return np.array(norms)
"""
#: By case: the function, its code, and what the line does that is told.
MET = {
    "a loss from a target that is a column": (
        "train",
        TRAIN.format(loss="loss += 0.5 * np.sum((a[-1] - np.array(target)[:, None]) ** 2)"),
        "a[-1] - np.array(target)[:, None]",
    ),
    "a loss from an output that is a column": (
        "train",
        TRAIN.format(loss="loss += ((a[-1].reshape(-1, 1) - target) ** 2).sum() / 2"),
        "a[-1].reshape(-1, 1) - target",
    ),
    "a product of a column and a vector": (
        "error_norms", NORMS.format(product="column * e"), "column * e"
    ),
}  # fmt: skip
#: A column, or a sum of all pairs, where another thing is wrong.
NOT_MET = {
    "both are columns, and no half": (
        "train",
        TRAIN.format(loss="loss += np.sum((a[-1][:, None] - np.array(target)[:, None]) ** 2)"),
    ),
    "a column and a vector, and no half": (
        "train",
        TRAIN.format(loss="loss += np.sum((a[-1] - np.array(target)[:, None]) ** 2)"),
    ),
    "a column times itself, without the root": (
        "error_norms",
        NORMS.format(product="column * column").replace("[np.sqrt(", "[("),
    ),
}


@pytest.mark.parametrize("case", MET)
def test_a_column_beside_a_vector_is_told_with_its_line(case: str, grader: Grader) -> None:
    function, source, code = MET[case]
    entry = entry_of(grader, function, source)
    part = entry["parts"][0]
    assert part["title"] == "A column on one side alone"
    assert f"one side of `{code}` is a column" in part["did"]
    assert code in marked(entry)
    assert "`.shape` of both sides" in part["next"]


@pytest.mark.parametrize("case", NOT_MET)
def test_no_column_is_told_where_another_thing_is_wrong(case: str, grader: Grader) -> None:
    entry = entry_of(grader, *NOT_MET[case])
    assert "is a column" not in str(entry["parts"])


def test_only_a_column_beside_a_vector_of_its_length_is_laid_flat() -> None:
    column, row, vector = np.ones((3, 1)), np.ones((1, 3)), np.ones(3)
    assert flat(column, vector).shape == (3,)
    assert flat(column, np.ones(2)).shape == flat(column, column).shape == (3, 1)
    assert flat(column, row).shape == flat(column, 2.0).shape == (3, 1)
    assert flat(row, vector).shape == (1, 3)
