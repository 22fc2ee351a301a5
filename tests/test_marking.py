"""Marks: what is right earns them, by itself or carried forward; doing nothing never does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from conftest import with_function

from autograder import config
from autograder.contract import FUNCTIONS
from autograder.grade import Grader
from autograder.marking import Expected, Marking
from autograder.probes import UNCHANGED_ARGUMENTS, Probes
from autograder.reference import ASSIGNMENTS, SOLUTIONS
from autograder.sandbox.outcome import NotAsked
from autograder.scoring import _test_files
from autograder.submission import read_submission

Feedback = Callable[[str], dict[str, dict[str, Any]]]


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1])
def test_solutions_score_everything_and_stubs_nothing(seed: int) -> None:
    with Grader(config.load(), seed) as grader:
        full = grader.grade(read_submission(SOLUTIONS)).feedback
        none = grader.grade(read_submission(ASSIGNMENTS)).feedback
    assert full["score"] == full["max_score"] == 100
    assert none["score"] == 0
    assert {f["status"] for f in none["functions"]} == {"not attempted"}


def test_every_graded_case_has_its_otter_test_and_no_other() -> None:
    points = config.load().points
    probes = Probes(0)
    for file in _test_files(tuple(points[name] for name in FUNCTIONS)):
        assert [case.name for case in file.test_cases] == list(probes.cases(file.name))
        assert sum(case.points for case in file.test_cases) == pytest.approx(points[file.name])


@pytest.mark.parametrize(
    ("source", "to_explain"),
    [
        ("", set()),
        ("def threshold(x):\n    return x\n", {"threshold"}),
        ("def threshold(x):\n    x[x <= -1] = 0\n    return x\n", {"threshold"}),
    ],
    ids=["all right", "one wrong", "one that changes its argument"],
)
def test_what_gives_no_marks_is_asked_where_there_is_something_to_explain(
    grader: Grader, source: str, to_explain: set[str]
) -> None:
    with grader.open(with_function(source)) as session:
        Marking(session, grader.expected)
        for name in FUNCTIONS:
            for probe, outcome in zip(session.probes[name], session.outcomes[name], strict=True):
                asked = not isinstance(outcome, NotAsked)
                assert asked == (name in to_explain or probe.case is not None)


def test_hidden_inputs_change_with_the_seed_and_only_with_it() -> None:
    first, again, other = Probes(1), Probes(1), Probes(2)
    for name in FUNCTIONS:
        shown = [repr(p.arguments) for p in first[name] if p.public]
        hidden = [repr(p.arguments) for p in first[name] if not p.public]
        assert [repr(p.arguments) for p in again[name]] == [repr(p.arguments) for p in first[name]]
        assert shown == [repr(p.arguments) for p in other[name] if p.public]
        if hidden:
            assert hidden != [repr(p.arguments) for p in other[name] if not p.public]


def test_a_memorised_answer_does_not_score(feedback: Feedback) -> None:
    source = "def threshold(x):\n    return [0.3, 0, -0.2, 0.4, 0.9]\n"
    assert feedback(source)["threshold"]["score"] == pytest.approx(
        5 / 6, abs=1e-4
    )  # the printed one


def test_right_values_from_changed_arguments_lose_one_case(feedback: Feedback) -> None:
    entry = feedback(
        "def update_weights(weights, gradients, learning_rate):\n"
        "    for i, G in enumerate(gradients):\n"
        "        weights[i] = weights[i] - learning_rate * G\n"
        "    return weights\n"
    )["update_weights"]
    cases = len(Probes(0).cases("update_weights"))
    assert entry["score"] == pytest.approx(5 * (cases - 1) / cases, abs=1e-4)
    assert "changes its argument" in entry["text"]


def test_few_answers_that_follow_are_found_among_many_that_end_in_an_exception(
    feedback: Feedback,
) -> None:
    # The row that it returns cannot go through another Jacobian.
    entry = feedback(
        "def propagate_error(error, jacobian):\n"
        "    return np.array([[sum(e * r[k] for e, r in zip(error, jacobian, strict=True))\n"
        "                      for k in range(len(jacobian[0]))]])\n"
    )["propagate_chain"]
    assert entry["score"] == pytest.approx(8 / len(Probes(0).cases("propagate_chain")), abs=1e-4)


CARRIED = {
    "softmax_jacobian": "def softmax(x):\n    x = np.asarray(x)\n    return 1 / (1 + np.exp(-x))\n",
    "practice_6_1": (
        "def threshold_jacobian(x):\n    return np.diag(np.where(np.asarray(x) > 0, 1.0, 0.0))\n\n"
        "def practice_6_1():\n    return threshold_jacobian([0.3, -1.8, -0.2, 0.4, 0.9])\n"
    ),
    "propagate_chain": (
        "def propagate_error(error, jacobian):\n    return -(np.asarray(error) @ jacobian)\n"
    ),
    "train": (
        "def backward(weights, activations, target):\n"
        "    errors = [np.asarray(activations[-1]) - target]\n"
        "    for l in range(len(weights) - 1, 0, -1):\n"
        "        errors.insert(0, (errors[0] @ weights[l]) * (activations[l] > 0))\n"
        "    return errors\n"
    ),
}


@pytest.mark.parametrize("function", CARRIED)
def test_right_given_the_students_own_function_earns_full_marks(
    function: str, feedback: Feedback
) -> None:
    entry = feedback(CARRIED[function])[function]
    assert entry["status"] == "carried forward"
    assert entry["score"] == entry["max_score"]


def test_a_fault_of_its_own_is_not_carried(feedback: Feedback) -> None:
    entries = feedback(
        CARRIED["softmax_jacobian"]
        + "\ndef softmax_jacobian(x):\n    s = softmax(x)\n    return np.outer(s, s) - np.diag(s)\n"
    )
    assert entries["softmax_jacobian"]["status"] == "wrong"
    assert entries["softmax_jacobian"]["diagnosis"]


def test_the_second_step_by_hand_follows_from_the_first(feedback: Feedback) -> None:
    entry = feedback("def practice_6_3():\n    return [[-3, -4], [-3, -4]]\n")["practice_6_3"]
    assert entry["score"] == 2.5


NOTHING = {
    "a copy of the input": "    return error",
    "a constant": "    return np.ones(len(jacobian[0]))",
}


@pytest.mark.parametrize("body", NOTHING.values(), ids=NOTHING)
def test_nothing_is_carried_from_a_function_that_does_nothing(
    body: str, feedback: Feedback
) -> None:
    entries = feedback(
        f"def propagate_error(error, jacobian):\n{body}\n\n"
        "def propagate_chain(error, jacobians):\n"
        "    return [propagate_error(error, J) for J in jacobians]\n"
    )
    assert entries["propagate_chain"]["status"] == "wrong"


def test_a_constant_second_step_by_hand_earns_nothing(feedback: Feedback) -> None:
    for answer in ("[[0, 0], [0, 0]]", "[[1, 2], [1, 2]]"):
        source = f"def practice_6_3():\n    return {answer}\n"
        assert feedback(source)["practice_6_3"]["score"] == 0


def test_where_the_component_crashes_there_is_nothing_to_carry(feedback: Feedback) -> None:
    entries = feedback("def forward(weights, x):\n    return weights.no_such_thing\n")
    # With no epoch there is nothing to call forward for.
    assert entries["train"]["score"] == pytest.approx(8 / len(Probes(0).cases("train")), abs=1e-4)
    assert "`forward`" in entries["train"]["text"]


def test_one_function_that_never_ends_costs_itself_alone(grader: Grader) -> None:
    from conftest import with_function

    submission = with_function(
        "def softmax(x):\n    while len(x) < 5:\n        pass\n    e = np.exp(x - np.max(x))\n"
        "    return e / e.sum()\n"
    )
    with grader.open(submission) as session:
        marking = Marking(session, Expected(session.probes))
        lost = {
            name
            for name in FUNCTIONS
            for case in session.probes.cases(name)
            if case != UNCHANGED_ARGUMENTS and not marking.case(name, case).right
        }
    assert "softmax" in lost
    assert lost <= {"softmax", "softmax_jacobian", "forward", "backward", "train"}


def test_a_component_that_returns_a_flood_of_numbers_carries_nothing(feedback: Feedback) -> None:
    """The outer product of such a vector with itself would not fit into the grader's memory."""
    entries = feedback("def softmax(x):\n    return np.full(900_000, 1.5)\n")
    assert entries["softmax"]["score"] == 0
    assert entries["softmax_jacobian"]["score"] == 0
    assert entries["backward"]["status"] == "right"


# --- nobody is paid for functions that were never written ----------------------------------------

COLUMNS = "np.arange(1.0, np.shape(J)[1] + 1)"
#: Each names `propagate_error`, which is wrong, and would follow from it without ever calling it.
UNWRITTEN = {
    "by shapes alone": (f"J = jacobian\n    return {COLUMNS}", f"[{COLUMNS} for J in jacobians]"),
    "nearly nothing": (
        f"J = jacobian\n    return 1e-9 * {COLUMNS}",
        "[np.zeros(np.shape(J)[1]) for J in jacobians]",
    ),
    "by the Jacobian alone": (
        f"J = jacobian\n    return J[0] * {COLUMNS}",
        f"[J[0] * {COLUMNS} for J in jacobians]",
    ),
}


@pytest.mark.parametrize(("component", "unwritten"), UNWRITTEN.values(), ids=UNWRITTEN)
def test_what_never_calls_its_component_is_not_carried(
    component: str, unwritten: str, feedback: Feedback
) -> None:
    wrong = f"def propagate_error(error, jacobian):\n    {component}\n\n"
    chain = f"def propagate_chain(error, jacobians):\n    propagate_error\n    return {unwritten}\n"
    entries = feedback(wrong + chain)
    assert entries["propagate_chain"]["status"] == "wrong"


def test_two_functions_cannot_vouch_for_each_other(feedback: Feedback) -> None:
    entries = feedback(
        "def propagate_error(error, jacobian):\n"
        "    from practice_6_3 import propagate_chain\n"
        "    propagate_chain\n    return jacobian.sum(axis=0)\n\n"
        "def propagate_chain(error, jacobians):\n    propagate_error\n"
        "    return [J.sum(axis=0) for J in jacobians]\n\n"
    )
    assert {entries[name]["status"] for name in ("propagate_error", "propagate_chain")} == {"wrong"}


def test_arguments_that_two_functions_change_are_held_against_both(feedback: Feedback) -> None:
    body = "    right = {}(x.copy())\n    x[:] = 7\n    return right\n\n"
    entries = feedback(
        "from functools import partial\n"
        "def threshold(x):\n    threshold_jacobian\n"
        + body.format("(lambda x: np.where(x > -1, x, 0))")
        + "def threshold_jacobian(x):\n    threshold\n"
        + body.format("(lambda x: np.diag(np.where(x > -1, 1.0, 0.0)))")
    )
    for name in ("threshold", "threshold_jacobian"):
        assert 0 < entries[name]["score"] < entries[name]["max_score"]


def test_a_component_that_loses_no_marks_is_not_put_in(grader: Grader) -> None:
    submission = with_function(
        "def propagate_error(error, jacobian):\n"
        "    if np.shape(jacobian) == (2, 3) and error[0] == 1 and error[1] == -2:\n"
        "        return np.zeros(3)\n"
        "    return np.asarray(error) @ np.asarray(jacobian)\n\n"
        "def propagate_chain(error, jacobians):\n    propagate_error\n    return [error]\n"
    )
    with grader.open(submission) as session:
        session.ask_further(FUNCTIONS)
        marking = Marking(session, grader.expected)
        assert not all(marking.right["propagate_error"])
        assert marking.wrong_components("propagate_chain") == frozenset()


def test_stopping_on_all_but_the_public_inputs_earns_nothing(feedback: Feedback) -> None:
    """Three answers that follow, on inputs that are printed, must not excuse the other errors."""
    public = [p.arguments for p in Probes(0)["propagate_chain"] if p.public]
    known = [(len(jacobians), np.asarray(error).tolist()) for error, jacobians in public]
    entries = feedback(
        "def propagate_error(error, jacobian):\n"
        f"    if (1, list(error)) in {known!r} or (2, list(error)) in {known!r}:\n"
        "        return np.asarray(jacobian).T @ np.asarray(error) + 1\n"
        "    raise ValueError\n\n"
        "def propagate_chain(error, jacobians):\n"
        f"    if (len(jacobians), list(error)) not in {known!r}:\n"
        "        raise ValueError\n"
        "    errors = []\n"
        "    for J in jacobians:\n"
        "        error = propagate_error(error, J)\n"
        "        errors.append(error)\n"
        "    return errors\n"
    )
    assert entries["propagate_chain"]["score"] <= 2


def test_what_comes_from_a_component_is_blamed_on_it(feedback: Feedback) -> None:
    entries = feedback(
        "def update_weights(weights, gradients, learning_rate):\n"
        "    new = [W - learning_rate * G for W, G in zip(weights, gradients)]\n"
    )
    assert entries["train"]["diagnosis"] == []
    assert "comes from your own `update_weights`" in entries["train"]["text"]


def test_numbers_that_stretch_one_another_carry_nothing(feedback: Feedback) -> None:
    """At each step of training they would take more of the grader's memory."""
    entries = feedback(
        "def weight_gradients(errors, activations):\n"
        "    return [np.ones((len(e),) + (1,) * k) for k, e in enumerate(errors, 3)]\n"
    )
    assert entries["weight_gradients"]["score"] == 0
    assert entries["train"]["score"] < 2


OVERFLOWS = "def softmax(x):\n    e = np.exp(x)\n    return e / e.sum()\n\n"


@pytest.mark.parametrize(
    ("softmax", "jacobian", "follows"),
    [
        (OVERFLOWS, "s = softmax(x)\n    return np.diag(s) - np.outer(s, s)", True),
        ("", "s = np.exp(x) / np.exp(x).sum()\n    return np.diag(s) - np.outer(s, s)", False),
        (OVERFLOWS, "s = np.nan_to_num(softmax(x))\n    return np.diag(s) - np.outer(s, s)", False),
    ],
    ids=["its own softmax gives none", "it gives none itself", "it puts 0 in their place"],
)
def test_what_is_no_number_is_carried_where_the_component_gives_none(
    feedback: Feedback, softmax: str, jacobian: str, follows: bool
) -> None:
    entries = feedback(f"{softmax}def softmax_jacobian(x):\n    {jacobian}\n")
    entry = entries["softmax_jacobian"]
    assert (entry["score"] == entry["max_score"]) == follows
    assert (entries["softmax"]["score"] < entries["softmax"]["max_score"]) == bool(softmax)
