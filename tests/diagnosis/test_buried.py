"""A change that only has another line's entries written over is not told as the mistake."""

from __future__ import annotations

import pytest

from autograder.course.grader import Grader
from autograder.source.changes.buried import Written, written
from tests.diagnosis.test_right_values import entry_of, marked

GRADIENTS = """
def weight_gradients(errors, activations):
    n = len(errors)
    G = [None] * n
    {apart}
    for l in {rounds}:
        G[l] = np.outer(errors[l], activations[l])
    return G
"""
#: What stands apart from the loop, and its rounds.
APART = {
    "the first hidden layer below the top": (
        "G[-1] = np.outer(errors[-1], activations[1] if n > 1 else activations[0])",
        "range(n - 1)",
    ),
    "the layer below the top is the last": (
        "G[-1] = np.outer(errors[-1], activations[-1])",
        "range(0, n - 1)",
    ),
    "the second layer at the bottom": (
        "G[0] = np.outer(errors[0], activations[1])",
        "range(n - 1, 0, -1)",
    ),
}


@pytest.mark.parametrize("case", APART)
def test_the_line_that_writes_a_wrong_entry_is_marked(case: str, grader: Grader) -> None:
    apart, rounds = APART[case]
    entry = entry_of(grader, "weight_gradients", GRADIENTS.format(apart=apart, rounds=rounds))
    assert apart in marked(entry)
    assert "too many" not in entry["parts"][0]["did"]


#: What is right, and rounds that are not.
ROUNDS = {
    "one round too few": ("G[-1] = np.outer(errors[-1], activations[-2])", "range(n - 2)"),
    "places that are to be filled": ("G[:] = [np.zeros((1, 1)) for _ in G]", "range(n - 1)"),
}


@pytest.mark.parametrize("case", ROUNDS)
def test_rounds_that_are_missing_are_told_with_their_loop(case: str, grader: Grader) -> None:
    apart, rounds = ROUNDS[case]
    entry = entry_of(grader, "weight_gradients", GRADIENTS.format(apart=apart, rounds=rounds))
    assert rounds in marked(entry)


STEPS = """
def update_weights(weights, gradients, learning_rate):
    steps = []
    for G in {rounds}:
        steps.append(-learning_rate * G)
    steps.append({top})
    return [W + step for W, step in zip(weights, steps)]
"""


@pytest.mark.parametrize(
    ("rounds", "top", "at_fault"),
    [
        # With one round more the step of the top layer comes too late for any of the weights.
        ("gradients[:-1]", "learning_rate * gradients[-1]", "steps.append(learning_rate"),
        ("gradients[:-2]", "-learning_rate * gradients[-1]", "for G in gradients[:-2]"),
    ],
)
def test_no_line_is_left_without_effect_to_mend_it(
    rounds: str, top: str, at_fault: str, grader: Grader
) -> None:
    entry = entry_of(grader, "update_weights", STEPS.format(rounds=rounds, top=top))
    assert at_fault in marked(entry)


def _filled(first: str, rounds: str) -> Written:
    loop = f"for i in {rounds}:\n        G[i] = [i]\n"
    code = f"def fill():\n    G = [None] * 3\n    {first}\n    {loop}"
    space: dict[str, object] = {}
    exec(compile(code, "here", "exec"), space)
    fill = space["fill"]
    assert callable(fill)
    return written(fill, "here")


def test_what_was_written_over_before_is_not_buried_by_a_change() -> None:
    assert _filled("G[-1] = []", "range(3)").buries(_filled("G[-1] = []", "range(2)"))
    assert not _filled("G[-1] = []", "range(2)").buries(_filled("G[-1] = []", "range(1)"))
    placed = "for i in range(3): G[i] = []"
    assert not _filled(placed, "range(3)").buries(_filled(placed, "range(2)"))
