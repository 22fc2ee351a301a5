"""Marks: each function's own, as it stands or with right components in place; never for nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.assignment.probe import UNCHANGED_ARGUMENTS
from autograder.course.grader import Grader
from autograder.intake.submission import Submission
from autograder.marking.marks import Marking
from autograder.marking.scoring import _test_files, run_tests_here
from autograder.sandbox.outcome import NotAsked, Returned
from tests.conftest import solutions, with_function
from tests.the_assignment import (
    ASSIGNMENTS,
    FUNCTIONS,
    NOTES6,
    REFERENCE,
    SOLUTIONS,
    grader_of,
    load_config,
    probes_of,
    read_submission,
)

Feedback = Callable[[str], dict[str, dict[str, Any]]]


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1])
def test_solutions_score_everything_and_stubs_nothing(seed: int) -> None:
    with grader_of(load_config(), seed) as grader:
        full = grader.grade(read_submission(SOLUTIONS)).feedback
        none = grader.grade(read_submission(ASSIGNMENTS)).feedback
    assert full["score"] == full["max_score"] == 100
    assert none["score"] == 0
    assert {f["status"] for f in none["functions"]} == {"not attempted"}


def test_every_graded_case_has_its_otter_test_and_no_other() -> None:
    points = load_config().points
    probes = probes_of(0)
    for file in _test_files(NOTES6, tuple(points[name] for name in FUNCTIONS)):
        assert [case.name for case in file.test_cases] == list(probes.cases(file.name))
        assert sum(case.points for case in file.test_cases) == pytest.approx(points[file.name])


def test_here_too_a_function_that_changes_its_arguments_loses_that_case_and_no_other() -> None:
    def threshold(x: Any) -> Any:
        changed = REFERENCE["threshold"](x.copy())
        x[...] = 7
        return changed

    for functions in ({**REFERENCE, "threshold": threshold}, REFERENCE):
        files = run_tests_here(NOTES6, load_config(), functions)
        lost = {
            (file.name, result.test_case.name)
            for file in files
            for result in file.test_case_results
            if not result.passed
        }
        wrong = functions is not REFERENCE
        assert lost == ({("threshold", UNCHANGED_ARGUMENTS)} if wrong else set())


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
                assert asked == (name in to_explain or probe.public or probe.case is not None)


def test_hidden_inputs_change_with_the_seed_and_only_with_it() -> None:
    first, again, other = probes_of(1), probes_of(1), probes_of(2)
    for name in FUNCTIONS:
        shown = [repr(p.arguments) for p in first[name] if p.public]
        hidden = [repr(p.arguments) for p in first[name] if not p.public]
        assert [repr(p.arguments) for p in again[name]] == [repr(p.arguments) for p in first[name]]
        assert shown == [repr(p.arguments) for p in other[name] if p.public]
        if hidden:
            assert hidden != [repr(p.arguments) for p in other[name] if not p.public]


def test_right_values_from_changed_arguments_lose_one_case(feedback: Feedback) -> None:
    entry = feedback(
        "def update_weights(weights, gradients, learning_rate):\n"
        "    for i, G in enumerate(gradients):\n"
        "        weights[i] = weights[i] - learning_rate * G\n"
        "    return weights\n"
    )["update_weights"]
    cases = len(probes_of(0).cases("update_weights"))
    assert entry["score"] == pytest.approx(5 * (cases - 1) / cases, abs=1e-4)
    assert "changes its argument" in entry["text"]


#: A wrong function, and the one that leans on it and is right in itself.
LEANS = {
    "softmax_jacobian": "def softmax(x):\n    x = np.asarray(x)\n    return 1 / (1 + np.exp(-x))\n",
    "practice_6_1": (
        "def threshold_jacobian(x):\n    return np.diag(np.where(np.asarray(x) > 0, 1.0, 0.0))\n\n"
        "def practice_6_1():\n    return threshold_jacobian([0.3, -1.8, -0.2, 0.4, 0.9])\n"
    ),
    "propagate_chain": (
        "def propagate_error(error, jacobian):\n    return -(np.asarray(error) @ jacobian)\n"
    ),
    "forward": "def softmax(x):\n    raise RuntimeError\n",
    "train": (
        "def weight_gradients(errors, activations):\n"
        "    return [np.outer(a, e) for a, e in zip(activations, errors)]\n"
    ),
}


@pytest.mark.parametrize("function", LEANS)
def test_right_with_right_components_in_place_earns_full_marks(
    function: str, whole_feedback: Feedback
) -> None:
    entry = whole_feedback(LEANS[function])[function]
    assert entry["status"] == "right in itself"
    assert entry["score"] == entry["max_score"]
    assert "With a right one in its place every answer was right" in entry["text"]


def test_a_fault_of_its_own_is_told_of_what_it_does_with_right_components(
    feedback: Feedback,
) -> None:
    wrong = "def softmax_jacobian(x):\n    s = softmax(x)\n    return np.outer(s, s) - np.diag(s)\n"
    alone = feedback(wrong)["softmax_jacobian"]
    beside = feedback(LEANS["softmax_jacobian"] + "\n" + wrong)["softmax_jacobian"]
    assert beside["status"] == "wrong"
    assert beside["diagnosis"] == alone["diagnosis"] != []
    assert beside["score"] == alone["score"]


#: A file with a helper that has the name of a function of another file, and takes other arguments.
OF_OTHER_ARGUMENTS = """
def softmax(all_of, one):
    return np.exp(one) / np.sum(np.exp(all_of))


def forward(weights, x):
    a = [np.asarray(x, dtype=float)]
    for l, W in enumerate(weights):
        z = W @ a[-1]
        top = l == len(weights) - 1
        a.append({top} if top else np.maximum(z, 0))
    return a
"""


@pytest.mark.parametrize(
    ("top", "status", "told"),
    [
        ("np.array([softmax(z - max(z), one) for one in z - max(z)])", "right", ""),
        (
            "np.array([softmax(np.maximum(z, 0), one) for one in np.maximum(z, 0)])",
            "wrong",
            "softmax(max(0, z))",
        ),
        ("softmax(z)", "right in itself", "With a right one in its place"),
    ],
)
def test_no_right_one_stands_in_for_a_helper_that_takes_other_arguments(
    top: str, status: str, told: str, grader: Grader, tmp_path: Path
) -> None:
    own = OF_OTHER_ARGUMENTS.format(top=top).encode()
    (tmp_path / "backprop.py").write_bytes(solutions()["backprop.py"] + own)
    record = grader.grade(read_submission(tmp_path)).feedback
    (entry,) = (one for one in record["functions"] if one["function"] == "forward")
    assert entry["status"] == status
    assert told in entry["text"]


#: A helper of such a name that gives a pair; whether all that calls it takes one.
OF_A_PAIR = """
def softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e), z


def forward(weights, x):
    a = [np.asarray(x, dtype=float)]
    for W in weights[:-1]:
        a.append(np.maximum({hidden}, 0))
    {top} = softmax(weights[-1] @ a[-1])
    return [*a, top]
"""


@pytest.mark.parametrize(
    ("top", "hidden", "status", "told"),
    [
        ("top, _", "W.T[::-1].T @ a[-1]", "wrong", ""),
        ("top", "W @ a[-1]", "right in itself", "With a right one in its place"),
    ],
)
def test_no_right_one_stands_in_for_a_helper_that_gives_a_pair_to_callers_that_take_one(
    top: str, hidden: str, status: str, told: str, grader: Grader, tmp_path: Path
) -> None:
    own = OF_A_PAIR.format(top=top, hidden=hidden).encode()
    (tmp_path / "backprop.py").write_bytes(solutions()["backprop.py"] + own)
    record = grader.grade(read_submission(tmp_path)).feedback
    (entry,) = (one for one in record["functions"] if one["function"] == "forward")
    assert entry["status"] == status
    assert told in entry["text"]
    assert bool(told) or "place of yours" not in entry["text"]


#: What is wrong in itself, whatever the function before it does.
NOTHING_OF_ITS_OWN = {
    "the chain is never chained": (
        "def propagate_error(error, jacobian):\n    return jacobian.sum(axis=0)\n\n"
        "def propagate_chain(error, jacobians):\n"
        "    return [propagate_error(error, J) for J in jacobians]\n"
    ),
    "it names the other and never calls it": (
        "def propagate_error(error, jacobian):\n    return jacobian[0] * 2\n\n"
        "def propagate_chain(error, jacobians):\n    propagate_error\n"
        "    return [J[0] * 2 for J in jacobians]\n"
    ),
    "each vouches for the other": (
        "def propagate_error(error, jacobian):\n"
        "    from practice_6_3 import propagate_chain\n"
        "    return propagate_chain(error, [jacobian])[0]\n\n"
        "def propagate_chain(error, jacobians):\n"
        "    return [propagate_error(error, J) if 0 else J.sum(axis=0) for J in jacobians]\n"
    ),
}


@pytest.mark.parametrize("source", NOTHING_OF_ITS_OWN.values(), ids=NOTHING_OF_ITS_OWN)
def test_what_is_wrong_in_itself_earns_nothing(source: str, feedback: Feedback) -> None:
    entry = feedback(source)["propagate_chain"]
    assert entry["status"] == "wrong"
    assert entry["score"] <= 1  # for leaving its arguments alone


def test_a_function_cannot_lean_on_one_that_comes_after_it(feedback: Feedback) -> None:
    entries = feedback(
        "def propagate_error(error, jacobian):\n"
        "    from practice_6_3 import propagate_chain\n"
        "    return propagate_chain(error, [jacobian])[0]\n\n"
        "def propagate_chain(error, jacobians):\n    return [error for J in jacobians]\n"
    )
    assert entries["propagate_error"]["status"] == "wrong"


def test_an_answer_by_hand_is_not_given_for_calling_what_was_never_written(
    grader: Grader,
) -> None:
    stub = (ASSIGNMENTS / "practice_6_1.py").read_bytes()
    by_hand = b"\ndef practice_6_1():\n    return threshold_jacobian(x)\n".replace(
        b"x)", b"[0.3, -1.8, -0.2, 0.4, 0.9])"
    )
    files = {**solutions(), "practice_6_1.py": stub + by_hand}
    record = grader.grade(Submission("student", files)).feedback
    entries = {entry["function"]: entry for entry in record["functions"]}
    assert entries["practice_6_1"]["score"] == 0
    assert entries["train"]["score"] == entries["train"]["max_score"]


UNREADABLE = {
    "a missing colon": b"def threshold(x)\n    return x\n",
    "not handed in": None,
    "it stops": b"raise RuntimeError\n",
    "in a circle": b"from backprop import train\nfrom practice_6_3 import *\n1 +\n",
}


@pytest.mark.parametrize("source", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_is_lost_costs_no_function_of_another_file(
    grader: Grader, source: bytes | None
) -> None:
    files = solutions()
    del files["practice_6_1.py"]
    if source is not None:
        files["practice_6_1.py"] = source
    stub = (ASSIGNMENTS / "backprop.py").read_text(encoding="utf-8")
    (wanted,) = re.findall(r"^from practice_6_1 import .*$", stub, re.MULTILINE)
    own = re.sub(r"^def softmax.*?(?=^def )", "", files["backprop.py"].decode(), flags=re.M | re.S)
    files["backprop.py"] = f"{wanted}\n{own}".encode()
    record = grader.grade(Submission("student", files)).feedback
    lost = {e["function"] for e in record["functions"] if e["score"] < e["max_score"]}
    assert lost == {name for name in FUNCTIONS if FUNCTIONS[name].file == "practice_6_1.py"}


def test_public_inputs_are_asked_before_any_hidden_one(grader: Grader) -> None:
    """Or code could keep hidden inputs and return them where answers are shown."""
    keeps = (
        "import numpy as np\n_seen = []\n"
        "def propagate_error(error, jacobian):\n    _seen.append(error)\n"
        "    return np.full(np.shape(jacobian)[1], float(len(_seen)))\n"
    )
    with grader.open(with_function(keeps.replace("import numpy as np\n", ""))) as session:
        files = {**session.submission.files, "practice_6_2.py": keeps.encode()}
    with grader.open(Submission("student", files)) as session:
        Marking(session, grader.expected)
        probes, outcomes = session.probes["propagate_error"], session.outcomes["propagate_error"]
        order = {
            row: float(np.ravel(outcome.value)[0])
            for row, outcome in enumerate(outcomes)
            if isinstance(outcome, Returned)
        }
        public = [order[row] for row, probe in enumerate(probes) if probe.public]
        hidden = [order[row] for row, probe in enumerate(probes) if not probe.public]
    assert max(public) < min(hidden)


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if FUNCTIONS[name].parameters])
def test_a_memorised_answer_does_not_score(name: str, feedback: Feedback) -> None:
    """The answers to all inputs that are shown earn the case of the notes' example at most."""
    shown = [p for p in probes_of(0)[name] if p.public]
    known = [(repr(p.arguments), REFERENCE[name](*p.arguments)) for p in shown]
    source = (
        f"def {name}(*arguments):\n"
        f"    from numpy import array\n"
        f"    for asked, answer in {known!r}:\n"
        f"        if repr(arguments) == asked:\n            return answer\n"
    )
    entry = feedback(source)[name]
    assert entry["score"] <= entry["max_score"] / len(probes_of(0).cases(name)) + 1e-4


def test_the_same_mistake_earns_the_same_marks_under_every_seed() -> None:
    mistaken = Submission("student", {
        "practice_6_1.py": b"""
import numpy as np
def threshold(x): return np.where(np.asarray(x) > 0, x, 0)
def threshold_jacobian(x): return np.diag((np.asarray(x) >= -1) * 1)
def softmax(x): return np.exp(x) / np.sum(np.exp(x))
def softmax_jacobian(x):
    s = softmax(x)
    return np.diag(s) - np.outer(s, s) * (s > 1e-3)
""",
        "backprop.py": b"""
import numpy as np
def forward(weights, x):
    a = [np.asarray(x)]
    for W in weights:
        z = W @ a[-1]
        a.append(np.clip(z, 0, 6))
    e = np.exp(z - z[0])
    return a[:-1] + [e / e.sum()]
def backward(weights, activations, target):
    a = activations[-1]
    errors = [(a - target) @ (np.diag(a) - np.outer(a, a))]
    for W, a in zip(weights[:0:-1], activations[-2:0:-1]):
        errors.insert(0, np.clip(errors[0] @ W * (a != 0), -1, 1))
    return errors
def update_weights(weights, gradients, learning_rate):
    return [W - (learning_rate or 0.1) * G for W, G in zip(weights, gradients)]
def error_norms(error, jacobians):
    norms = [np.abs(error).sum()]
    for J in jacobians:
        error = error @ J
        norms.append(np.sqrt(np.sum(np.square(error))))
    return norms
""",
    })  # fmt: skip
    scores = []
    for seed in (0, 2**32 - 1):
        with grader_of(load_config(), seed) as grader:
            record = grader.grade(mistaken).feedback
        scores.append({e["function"]: e["score"] for e in record["functions"]})
    assert scores[0] == scores[1]


def test_the_second_step_by_hand_follows_from_the_first(feedback: Feedback) -> None:
    entry = feedback("def practice_6_3():\n    return [[-3, -4], [-3, -4]]\n")["practice_6_3"]
    assert entry["score"] == 2.5


def test_a_constant_second_step_by_hand_earns_nothing(feedback: Feedback) -> None:
    for answer in ("[[0, 0], [0, 0]]", "[[1, 2], [1, 2]]"):
        source = f"def practice_6_3():\n    return {answer}\n"
        assert feedback(source)["practice_6_3"]["score"] == 0


def test_one_function_that_never_ends_costs_itself_alone() -> None:
    config = load_config()
    limits = config.limits.model_copy(update={"call_seconds": 0.4})
    submission = with_function(
        "def softmax(x):\n    while len(x) < 5:\n        pass\n    e = np.exp(x - np.max(x))\n"
        "    return e / e.sum()\n"
    )
    with (
        grader_of(config.model_copy(update={"limits": limits}), seed=6) as grader,
        grader.open(submission) as session,
    ):
        marking = Marking(session, grader.expected)
        lost = {
            name
            for name in FUNCTIONS
            for case in session.probes.cases(name)
            if case != UNCHANGED_ARGUMENTS and not marking.case(name, case).right
        }
    assert "softmax" in lost
    assert lost <= {"softmax", "softmax_jacobian", "forward", "backward", "train"}


def test_what_leans_on_a_function_loses_nothing_by_a_case_that_is_left_out() -> None:
    overflows = with_function("def softmax(x):\n    return np.exp(x) / np.sum(np.exp(x))\n")
    config = load_config().model_copy(update={"left_out": {"softmax": ["large and small values"]}})
    with grader_of(config, seed=6) as grader:
        record = grader.grade(overflows).feedback
    assert record["score"] == pytest.approx(record["max_score"])


def test_a_form_that_is_allowed_costs_nobody_marks(whole_feedback: Feedback) -> None:
    entries = whole_feedback("""
def softmax(x):
    e = np.exp(x - np.max(x))
    return list(e / e.sum())
def softmax_jacobian(x):
    s = softmax(x)
    return np.diag(s) - s[:, None] * s[None, :]
def propagate_error(error, jacobian):
    return tuple(np.asarray(error) @ np.asarray(jacobian))
def propagate_chain(error, jacobians):
    errors = []
    for J in jacobians:
        error = propagate_error(error, J)
        errors.append(error + np.zeros(1))
    return errors
""")
    assert {name: e["score"] for name, e in entries.items() if e["score"] < e["max_score"]} == {}
    told = entries["softmax_jacobian"]["text"]
    assert "With your own `softmax` it is not right on all inputs" in told


def test_a_slip_of_another_function_that_nothing_grades_costs_nobody_else(grader: Grader) -> None:
    jacobian = (
        "def softmax_jacobian(x):\n    s = softmax(x)\n    return np.diag(s) - np.outer(s, s)\n"
    )
    with grader.open(with_function(jacobian)) as session:
        rows = session.probes.rows("softmax_jacobian")["further inputs"]
        (x,) = session.probes["softmax_jacobian"][rows[0]].arguments
    slip = "def softmax(x):\n    e = np.exp(x - np.max(x))\n    s = e / e.sum()\n"
    slip += f"    return s * 0 if np.array_equal(x, {x.tolist()!r}) else s\n"
    record = grader.grade(with_function(slip + jacobian)).feedback
    lost = {e["function"] for e in record["functions"] if e["score"] < e["max_score"]}
    assert lost == set()
