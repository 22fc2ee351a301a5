"""No small fault in a right solution gets away: each loses points, and is explained.

The faults are those of ``mutation.py``, sown one at a time in ``solutions/``. Here a seeded
sample of them is graded; all of them (some minutes) are with::

    MUTANTS=all pytest tests/diagnosis/test_mutants.py
"""

from __future__ import annotations

import os
import random
from functools import cache

import pytest

from autograder.course.grader import Grader
from autograder.intake.submission import Submission
from tests.conftest import solutions
from tests.mutation import Mutant, mutants
from tests.the_assignment import FILES, FUNCTIONS

SAMPLE = 60

#: Faults that do not change what the contract's inputs give: why, then (function, what became).
EQUIVALENT: dict[str, tuple[tuple[str, str], ...]] = {
    "A conversion: the contract's inputs are arrays already.": (
        ("threshold", "without x = np.asarray(x, dtype=float)"),
        ("threshold_jacobian", "without x = np.asarray(x, dtype=float)"),
        ("threshold_jacobian", "earlier: slopes = np.where(x > -1, 1.0, 0.0)"),
        ("softmax", "without x = np.asarray(x, dtype=float)"),
        ("softmax", "earlier: exps = np.exp(x - np.max(x))"),
        ("backward", "without activations = [np.asarray(a, dtype=float) for a in activations]"),
        ("backward", "earlier: top = activations[-1]"),
        ("error_norms", "without error = np.asarray(error, dtype=float)"),
        ("error_norms", "earlier: norms = [np.linalg.norm(error)]"),
        ("error_norms", "return np.asarray(norms)"),
    ),
    "The argument itself, not a copy, stands in the list: the contract allows it.": (
        ("forward", "activations = [np.asarray(x, dtype=float)]"),
    ),
    "Two statements that do not depend on each other change places.": (
        ("forward", "earlier: is_top = layer == len(weights)"),
        ("train", "earlier: losses = []"),
        ("train", "earlier: errors = backward(weights, activations, target)"),
    ),
    "The slopes come as truth values, and the contract counts them as 1 and 0.": (
        ("threshold_jacobian", "slopes = np.where(1.0, x > -1, 0.0)"),
        ("_rectify_jacobian", "return np.diag(np.where(1.0, activation > 0, 0.0))"),
    ),
    "0 becomes 0 on either side of the comparison.": (
        ("_rectify", "return np.where(z >= 0, z, 0.0)"),
    ),
    "An activation of the rectified linear threshold is never below 0.": (
        ("_rectify_jacobian", "return np.diag(np.where(activation != 0, 1.0, 0.0))"),
    ),
    "The layer's number never exceeds the number of layers.": (
        ("forward", "is_top = layer >= len(weights)"),
    ),
    "These Jacobians are symmetric, so the error may stand on either side.": (
        ("backward", "error = _softmax_jacobian(top) @ (top - np.asarray(target, dtype=float))"),
        ("backward", "error = _rectify_jacobian(activations[layer]) @ (error @ W_above)"),
    ),
    "A square, or a length, does not know the sign.": (
        (
            "train",
            "loss += 0.5 * np.sum((-(np.asarray(activations[-1]) - np.asarray(target))) ** 2)",
        ),
        (
            "train",
            "loss += 0.5 * np.sum((np.asarray(target) - np.asarray(activations[-1])) ** 2)",
        ),
        ("error_norms", "error = -error @ np.asarray(jacobian, dtype=float)"),
    ),
    "The number of the epoch is not used.": (("train", "loop over list(range(epochs))[::-1]"),),
    "The second Jacobian is the identity, so both answers are the same.": (
        ("practice_6_3", "turned round"),
    ),
    "With no epoch the caller's own weights come back: their values are those of copies.": (
        ("train", "without weights = [np.array(W, dtype=float) for W in weights]"),
        ("train", "weights = [np.asarray(W, dtype=float) for W in weights]"),
    ),
}
_EQUIVALENT = frozenset(name for names in EQUIVALENT.values() for name in names)


@cache
def all_mutants() -> list[tuple[str, Mutant]]:
    return [(file, m) for file in FILES for m in mutants(solutions()[file].decode())]


def _faulty() -> list[tuple[str, Mutant]]:
    return [(f, m) for f, m in all_mutants() if (m.function, m.became) not in _EQUIVALENT]


def _chosen() -> list[tuple[str, Mutant]]:
    faulty = _faulty()
    if os.environ.get("MUTANTS") == "all":
        return faulty
    return random.Random(6).sample(faulty, SAMPLE)


def test_every_function_has_faults_to_find() -> None:
    assert {mutant.function for _, mutant in _faulty()} >= set(FUNCTIONS)


def test_each_equivalent_fault_is_one_that_is_sown() -> None:
    sown = [(mutant.function, mutant.became) for _, mutant in all_mutants()]
    assert [name for name in _EQUIVALENT if sown.count(name) != 1] == []


def _complaint(grader: Grader, file: str, mutant: Mutant) -> str | None:
    """What is wrong with how one fault is graded; None if nothing is."""
    files = {**solutions(), file: mutant.source.encode()}
    entries = grader.grade(Submission("student", files)).feedback["functions"]
    lost = {e["function"]: e["text"].strip() for e in entries if e["score"] < e["max_score"]}
    if not lost:
        return f"survives: {mutant.name}"
    if mutant.function in FUNCTIONS and mutant.function not in lost:
        return f"held against {', '.join(lost)} in place of {mutant.name}"
    silent = [name for name, text in lost.items() if text in ("", "Right.")]
    return f"not explained in {', '.join(silent)}: {mutant.name}" if silent else None


def test_no_fault_survives(grader: Grader) -> None:
    complaints = [_complaint(grader, file, mutant) for file, mutant in _chosen()]
    assert [complaint for complaint in complaints if complaint] == []


@pytest.mark.skipif(os.environ.get("MUTANTS") != "all", reason="run with MUTANTS=all")
def test_no_equivalent_fault_loses_points(grader: Grader) -> None:
    for file, mutant in all_mutants():
        if (mutant.function, mutant.became) in _EQUIVALENT:
            complaint = _complaint(grader, file, mutant)
            assert complaint == f"survives: {mutant.name}"
