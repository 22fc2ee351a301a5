"""Nothing is said of a wrong answer that further inputs, or its own code, would contradict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from autograder.assignment.exercise import Exercise
from autograder.assignment.probe import FewDigits, Probe
from autograder.assignment.rows import Row, factor_in_words
from autograder.course.grader import Grader
from autograder.diagnosis.checked_statements import made_of_both
from autograder.diagnosis.diagnose import diagnose
from autograder.diagnosis.next_step import next_step
from autograder.diagnosis.relations import passes_by_tolerance
from autograder.diagnosis.search import Found
from autograder.diagnosis.which_inputs import which_inputs
from autograder.intake.submission import Submission
from autograder.marking.marks import Marking
from autograder.marking.session import Session
from autograder.notes6 import draws
from autograder.source.phrases import InARow, Said, said
from tests.conftest import solutions, solutions_for, with_function
from tests.the_assignment import FUNCTIONS, SAY, below_imports, grader_of, load_config

Feedback = Callable[[str], dict[str, dict[str, Any]]]


# --- patterns ----------------------------------------------------------------------------------


def rows(tagged_wrong: int, tagged_right: int, plain_wrong: int, plain_right: int) -> list[Row]:
    tag = "tags.two_layers"
    counts = ((tagged_wrong, tag, 0), (tagged_right, tag, 1), (plain_wrong, "", 0))
    made = [(tag, bool(right)) for count, tag, right in counts for _ in range(count)]
    made += [("", True)] * plain_right
    return [
        Row(Probe("f", (), frozenset({tag} - {""})), [np.ones(1)], [np.ones(1) * right], right)
        for tag, right in made
    ]


def test_what_one_failing_input_has_is_no_pattern() -> None:
    assert not list(which_inputs(rows(1, 8, 0, 20)))


def test_what_most_inputs_have_is_no_pattern_of_the_failing_ones() -> None:
    assert not list(which_inputs(rows(4, 20, 0, 10)))


def test_what_only_failing_inputs_have_is_one() -> None:
    (statement,) = which_inputs(rows(10, 0, 0, 20))
    told = SAY.fill(statement)
    assert told.startswith("Of the inputs that were tried, it fails on just those with two layers")


def test_a_statement_that_fresh_inputs_break_is_not_made() -> None:
    def all_wrong(some: list[Row]) -> Any:
        if not any(row.is_right for row in some):
            yield said("all_wrong", count=len(some), of=InARow((said("size", size=len(some)),)))

    (statement,) = made_of_both(all_wrong, rows(3, 0, 0, 0), rows(2, 0, 0, 0))
    assert dict(statement.values)["count"] == 3
    assert made_of_both(all_wrong, rows(3, 0, 0, 0), rows(1, 1, 0, 0)) == []


FIRST_DECIDES = """def threshold(x):
    return np.vectorize(lambda z: z if z > -1 else 0)(x)
"""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_seed_finds_a_pattern_where_the_first_entry_decides(seed: int) -> None:
    with grader_of(load_config(), seed=seed) as grader:
        record = grader.grade(with_function(FIRST_DECIDES)).feedback
    told = next(f for f in record["functions"] if f["function"] == "threshold")
    assert "all that fail" not in told["text"]
    assert "fails on just" not in told["text"]
    # The page draws the example, whose decimals are cut.
    assert 0 in told["evidence"]["picture"]["items"][0]["values"]


# --- examples ----------------------------------------------------------------------------------


def test_the_example_of_shares_that_do_not_add_up_does_not_add_up(feedback: Feedback) -> None:
    source = """def softmax(x):
    e = np.exp(np.asarray(x, dtype=float))
    blown = np.isinf(e)
    return blown / blown.sum() if blown.any() else e / (e.sum() + 0.1)
"""
    text = feedback(source)["softmax"]["text"]
    assert "do not always add up to 1" in text
    shown = text.split("gives [")[1].split("]")[0]
    assert abs(sum(map(float, shown.replace("?", "").split(", "))) - 1) > 1e-3


BATCH_AND_MEAN = """def train(weights, inputs, targets, learning_rate, epochs):
    ws, losses = [np.array(W, dtype=float) for W in weights], []
    for _ in range(epochs):
        added, cost = [np.zeros(W.shape) for W in ws], 0
        for x, t in zip(inputs, targets):
            a = forward(ws, x)
            cost += 0.5 * np.sum((a[-1] - t) ** 2)
            grads = weight_gradients(backward(ws, a, t), a)
            added = [A + G for A, G in zip(added, grads)]
        ws = update_weights(ws, added, learning_rate)
        losses.append(cost / len(inputs))
    return ws, losses
"""


def test_the_example_of_two_mistakes_shows_both(feedback: Feedback) -> None:
    told = feedback(BATCH_AND_MEAN)["train"]
    assert len(told["parts"]) == 2
    *weights, losses = told["evidence"]["picture"]["items"]
    assert any(np.any(item["wrong"]) for item in weights)
    assert np.any(losses["wrong"])


def test_the_example_of_what_stops_for_large_inputs_stops(feedback: Feedback) -> None:
    source = """def softmax(x):
    import math
    exps = [math.exp(v) for v in x]
    return np.array([e / sum(exps) for e in exps])
"""
    (item,) = feedback(source)["softmax"]["parts"]
    assert "verflow" in item["did"]
    assert "gives" not in item["example"]
    space: dict[str, Any] = {"np": np}
    exec(source, space)
    with pytest.raises((OverflowError, ZeroDivisionError)):
        exec(below_imports(item["call"]), space)


def test_arrays_that_must_be_new_are_never_shown_as_they_were_overwritten(
    feedback: Feedback,
) -> None:
    source = """def train(weights, inputs, targets, learning_rate, epochs):
    weights, losses = weights.copy(), []
    for _ in range(epochs):
        total = 0.0
        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            total += 0.5 * np.sum((a[-1] - t) ** 2)
            for W, G in zip(weights, weight_gradients(backward(weights, a, t), a)):
                W -= learning_rate * G
        losses.append(total)
    return weights, losses
"""
    told = feedback(source)["train"]
    assert "picture" not in (told["evidence"] or {})
    assert "changes its argument `weights` in place" in told["text"]
    assert "epochs=0" not in told["text"]


def test_what_may_be_pasted_has_short_numbers_and_what_is_graded_has_long_ones() -> None:
    short = draws.matrix(FewDigits(np.random.PCG64(1)), 3, 4).ravel()
    long = draws.matrix(np.random.default_rng(1), 3, 4).ravel()
    assert [float(f"{number:.4g}") for number in short] == list(short)
    assert not any(float(f"{number:.8g}") == number for number in long)


def test_a_list_that_ends_too_early_is_shown_as_a_list(feedback: Feedback) -> None:
    source = """def weight_gradients(errors, activations):
    for e, a in zip(errors, activations):
        return [np.outer(e, a)]
"""
    text = feedback(source)["weight_gradients"]["text"]
    assert "as its entry" not in text
    assert "gives [[[" in text


def test_where_the_losses_are_right_a_weight_is_shown(feedback: Feedback) -> None:
    source = """def train(weights, inputs, targets, learning_rate, epochs):
    w, losses = [np.array(W, dtype=float) for W in weights], []
    for _ in range(epochs):
        total = 0.0
        for x, t in zip(inputs, targets):
            a = forward(w, x)
            total += np.sum((a[-1] - t) ** 2) / 2
            g = weight_gradients(backward(w, a, t), a)
            w = [W - learning_rate * G for W, G in zip(w, g)]
        losses.append(total)
    return [W + 0.125 * (W > 1) - W ** 3 for W in w], losses
"""
    text = feedback(source)["train"]["text"]
    assert "has the right losses, but" in text
    assert "of the weights" in text


def test_one_number_is_not_called_two_mistakes(feedback: Feedback) -> None:
    source = """def softmax_jacobian(x):
    s = softmax(x)
    return s[0] * (1 - s[0])
"""
    entry = feedback(source)["softmax_jacobian"]
    assert not entry["diagnosis"]
    assert "Two things are wrong" not in entry["text"]
    assert "vector" not in entry["text"]


# --- the student's own code --------------------------------------------------------------------


def test_nobody_is_sent_to_look_for_what_is_not_there(feedback: Feedback) -> None:
    source = """def error_norms(error, jacobians):
    found = [np.sqrt(np.asarray(error) ** 2).sum()]
    for J in jacobians:
        error = np.asarray(error) @ J
        found.append(np.sqrt(error ** 2).sum())
    return found
"""
    text = feedback(source)["error_norms"]["text"]
    assert "absolute values" in text
    assert "Look for" not in text


def test_a_list_that_is_emptied_is_told_so(feedback: Feedback) -> None:
    source = """def backward(weights, activations, target):
    errors = []
    a = activations.pop()
    errors = [(a - target) @ (np.diag(a) - np.outer(a, a))]
    for W in weights[:0:-1]:
        errors.insert(0, (errors[0] @ W) * (activations.pop() > 0))
    return errors
"""
    text = feedback(source)["backward"]["text"]
    assert "`a = activations.pop()`) changes what" in text
    assert "a -= b" not in text


# --- a second call -----------------------------------------------------------------------------

KEEPS = {
    "propagate_chain": [
        (
            """def propagate_chain(error, jacobians, found=[]):
    for J in jacobians:
        error = np.asarray(error) @ J
        found.append(error)
    return found
""",
            "the default of `found` is made once",
        ),
    ],
    "softmax": [
        (
            """def softmax(x):
    e = np.exp(x - np.max(x)) + np.random.rand(len(x))
    return e / e.sum()
""",
            "(`e = np.exp(x - np.max(x)) + np.random.rand(len(x))`) draws random numbers",
        ),
        (
            """def softmax(x):
    softmax.calls = getattr(softmax, "calls", 0) + 1
    e = np.exp(x - np.max(x))
    return e / e.sum() * softmax.calls
""",
            "Something stays from one call to the next",
        ),
    ],
}


@pytest.mark.parametrize(
    ("function", "source", "said"),
    [(function, *case) for function, cases in KEEPS.items() for case in cases],
)
def test_a_second_answer_to_one_input_is_told_with_its_line(
    function: str, source: str, said: str, feedback: Feedback
) -> None:
    entry = feedback(source)[function]
    assert f"Called twice with the same input, `{function}` gives two different" in entry["text"]
    assert said in entry["text"]
    assert not entry["diagnosis"]


def test_at_locate_its_line_is_not_named() -> None:
    config = load_config().model_copy(update={"level": "locate"})
    function, source = "propagate_chain", KEEPS["propagate_chain"][0][0]
    with grader_of(config, seed=6) as grader:
        record = grader.grade(with_function(source)).feedback
    text = next(f["text"] for f in record["functions"] if f["function"] == function)
    assert "gives two different answers" in text
    assert "default" not in text


def test_a_list_of_the_module_is_told_as_shared(grader: Grader) -> None:
    files = solutions_for("propagate_chain")
    files["practice_6_3.py"] += b"""

kept = []


def propagate_chain(error, jacobians):
    for J in jacobians:
        error = np.asarray(error) @ J
        kept.append(error)
    return kept
"""
    record = grader.grade(Submission("student", files)).feedback
    text = next(f["text"] for f in record["functions"] if f["function"] == "propagate_chain")
    assert "`kept.append(error)`" in text
    assert "changes `kept`, which lives outside of the function" in text


def test_a_right_submission_is_asked_nothing_more(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(Session, "afresh", refuse)
    grader.grade(Submission("student", solutions()))
    with pytest.raises(AssertionError):
        grader.grade(with_function(FIRST_DECIDES))


# --- what follows ------------------------------------------------------------------------------


@pytest.fixture
def exercise() -> Exercise:
    return FUNCTIONS["weight_gradients"]


def test_the_next_step_follows_from_what_was_seen(exercise: Exercise) -> None:
    factor, turned = (
        said("seen.same_factor_told", factor=factor_in_words(value)) for value in (2.0, -2.0)
    )
    assert "multiplied or divided" in step_after(exercise, factor)
    assert "minus" in step_after(exercise, turned)
    assert "minus" in step_after(exercise, said("seen.where_first", what=turned))
    keys = "tags.a_hidden_layer", "tags.a_tall_Jacobian_explained", "tags.two_layers"
    tags = InARow(tuple(map(said, keys)))
    tagged = said("seen.right_on_shared", count=5, all=27, tags=tags)
    assert "with a hidden layer and a tall Jacobian and two layers, print" in step_after(
        exercise, tagged
    )
    assert not step_after(exercise, said("seen.signs_right"))


def step_after(exercise: Exercise, observation: Said) -> str:
    step = next_step(exercise, [observation])
    return SAY.fill(step) if step else ""


def test_a_claim_that_does_not_hold_is_counted_as_refuted(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "def propagate_error(error, jacobian):\n    return 2 * np.dot(error, jacobian)\n"
    submission = with_function(source)

    def contradicted() -> list[str]:
        with grader.open(submission) as session:
            return grader.refuted(Marking(session, grader.expected))

    assert contradicted() == []

    def misled(marking: Marking, function: str, predictions: Any) -> Any:
        right = diagnose(marking, function, predictions)
        return replace(right, found=Found(("half-as-large",)))

    # The package has a function of the module's name.
    refuting = import_module("autograder.diagnosis.refuted")
    monkeypatch.setattr(refuting, "diagnose", misled)
    assert "propagate_error: half-as-large" in contradicted()


@pytest.mark.parametrize(
    ("first", "last", "is_so"),
    [
        (1.0, 1.0001, False),  # the one that passes is exact
        (1.000004, 1.0001, True),
        (1.000004, 2.0, False),  # so wrong is nothing that tolerance lets pass
        (1 + 1e-15, 1.0001, False),
    ],
)
def test_no_entry_is_called_right_that_passes_where_others_are_near(
    first: float, last: float, is_so: bool
) -> None:
    right = [np.ones(2), np.ones(2)]
    given = [right[0] * first, right[1] * last]
    assert passes_by_tolerance([Row(Probe("f", ()), right, given, is_right=False)]) == is_so
