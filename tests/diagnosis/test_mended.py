"""Of two mistakes the second is told where the first has one plain mend and is not all."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.course.grader import Grader
from tests.diagnosis.test_right_values import entry_of

ROWS = """
def propagate_error(error, jacobian):
    result = []
    total = 0
    for i in range({rounds}):
        for j in range(len(error)):
            total += {entry} * error[j]
        result.append(total)
    return result
"""
ALONG_ROWS = ROWS.format(rounds="len(jacobian)", entry="jacobian[i][j]")
ALONG_COLUMNS = ROWS.format(rounds="len(jacobian[0])", entry="jacobian[j][i]")
BACKWARD = """
def backward(weights, activations, target):
    errors = [None for W in weights]
    zs = [W @ a for W, a in zip(weights, activations)]
    s = activations[-1]
    delta = (s - target) @ (np.diag(s) - np.outer(s, s))
    errors[-1] = delta
    for l in range(2, len(activations)):
        z = {z}
        delta = (delta @ weights[-l + 1]) * (z > 0)
        errors[-1] = delta
    return errors
"""
UPDATE = """
def update_weights(weights, gradients, learning_rate):
    updated_weights = [np.array(W, dtype=float) for W in weights]
    for i, layer in range(weights):
        {into}[i] = {into}[i] - learning_rate * gradients[i]
    return updated_weights
"""
#: The products of each call stand behind those of the last one.
LASTS = """
kept = []

def propagate_chain(error, jacobians):
    n = len(jacobians)
    e = np.array(error)
    for J in jacobians:
        e = {product}
        kept.append(e)
    return kept[:n]
"""
BY_CHANCE = """
def propagate_error(error, jacobian):
    total = np.zeros(jacobian.shape[1])
    for _ in range(len(error)):
        i = np.random.randint(0, len(error))
        total {add} error[i] * jacobian[i]
    return total
"""
LEFT = "something else is left"


def _second(entry: dict[str, Any]) -> dict[str, Any]:
    first, second = entry["parts"]
    assert LEFT in second["did"]
    assert LEFT not in first["did"]
    # Above it stands that the solution's own is written over.
    assert len(entry["text"].partition("the last one counts. ")[2].split()) <= 120
    return dict(second)


def test_what_has_a_name_once_a_sum_is_set_back(grader: Grader) -> None:
    entry = entry_of(grader, "propagate_error", ALONG_ROWS)
    assert "not set back" in entry["parts"][0]["did"]
    # It comes of the rows, and not of the sum.
    assert "IndexError" not in entry["parts"][0]["did"]
    assert "rows of the Jacobian" in _second(entry)["did"]


def test_one_change_that_mends_the_rest_is_told_in_its_own_line(grader: Grader) -> None:
    entry = entry_of(grader, "backward", BACKWARD.format(z="zs[-1]"))
    assert "ValueError" not in entry["parts"][0]["did"]
    line = _second(entry)["line"]
    assert dict(line["code"])[line["number"]].strip() == "z = zs[-1]"


def test_what_stops_below_a_line_that_stops(grader: Grader) -> None:
    entry = entry_of(grader, "update_weights", UPDATE.format(into="update_weights"))
    assert "two names, `i` and `layer`" in entry["parts"][0]["did"]
    assert "Is `updated_weights` meant?" in _second(entry)["did"]


def test_what_a_first_call_gives_is_told_beside_what_lasts(grader: Grader) -> None:
    entry = entry_of(grader, "propagate_chain", LASTS.format(product="np.array(J).T @ e * 2"))
    assert "lasts from call to call" in entry["parts"][0]["did"]
    assert "2" in _second(entry)["did"]


def test_what_is_wrong_whatever_is_drawn(grader: Grader) -> None:
    entry = entry_of(grader, "propagate_error", BY_CHANCE.format(add="-="))
    assert "draws random numbers" in entry["parts"][0]["did"]
    assert "a minus too many" in _second(entry)["did"]


@pytest.mark.parametrize(
    ("function", "source"),
    [
        ("propagate_chain", LASTS.format(product="e @ np.array(J)")),
        ("propagate_error", ALONG_COLUMNS),
        ("propagate_error", BY_CHANCE.format(add="+=")),
        ("backward", BACKWARD.format(z="zs[-l]")),
        ("update_weights", UPDATE.format(into="updated_weights")),
    ],
    ids=["what lasts", "a sum", "a draw", "one place", "a range"],
)
def test_where_the_mend_makes_all_right_nothing_is_left(
    grader: Grader, function: str, source: str
) -> None:
    entry = entry_of(grader, function, source)
    assert len(entry["parts"]) == 1
    assert LEFT not in entry["text"]
