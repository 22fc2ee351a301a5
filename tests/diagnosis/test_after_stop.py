"""What follows an exception, or a line that one change mends, is something to look at."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from autograder.diagnosis.after_change import after_change
from autograder.diagnosis.after_stop import after_stop
from autograder.diagnosis.turned_order import what_turns
from autograder.sandbox.outcome import Change
from autograder.source.changes.forms import KINDS
from autograder.source.phrases import said
from tests.conftest import ROOT
from tests.the_assignment import SAY

Feedback = Callable[[str], dict[str, dict[str, Any]]]

#: Reasons after which there is nothing better than to print what the line reads.
PLAIN = {
    "own_raise", "any_other", "unsupported_kind", "looked_up_by_a_cache", "self_of_no_class",
    "ValueError", "TypeError",
}  # fmt: skip
#: What is only said within a reason, which has a step.
WITHIN = {
    "along_axis", "and_hint", "begins_with_1", "both_have_one_shape", "counts_from_1", "fact",
    "has_places", "has_shape", "left_of_a_matrix", "loop_begins_behind", "loop_ends_at_length",
    "loop_goes_behind", "made_longer", "made_too_short", "one_beyond",
    "one_place_further", "other_way_round", "two_loops_over", "print_both",
    "right_of_other_weights", "too_far_or_too_short", "where_does_index_come_from",
    "which_place", "without_transposing",
}  # fmt: skip

TOO_FEW = """
def propagate_chain(error, jacobians):
    Js = [np.asarray(J, dtype=float) for J in jacobians]
    return [error @ np.linalg.multi_dot(Js[:k]) for k in range(1, len(Js) + 1)]
"""
NOTHING_THERE = """
def propagate_chain(error, jacobians):
    chain = [error @ jacobians[0]]
    for k in range(1, len(jacobians)):
        chain.append(chain[-1] @ jacobians[k])
    return chain
"""
IN_A_CONDITION = """
def threshold(x):
    new = []
    for value in x:
        if value > -1:
            new.append(value)
        elif value < -1:
            new.append(0.0)
    return new
"""


def reasons() -> set[str]:
    """The keys of the reasons that the code gives back by themselves, written out in full."""
    found = set()
    for path in (ROOT / "autograder" / "source" / "crashes").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            returned = node.value if isinstance(node, ast.Return) else None
            if isinstance(returned, ast.Call) and ast.unparse(returned.func) == "said":
                key = returned.args[0]
                if isinstance(key, ast.Constant):
                    found.add(str(key.value).removeprefix("crash."))
    return found


def test_a_reason_of_an_exception_has_a_step_of_its_own() -> None:
    steps = {reason: after_stop(said(f"crash.{reason}")).key for reason in reasons()}
    plain = {reason for reason, step in steps.items() if step == "step.start_with_that_line"}
    assert len(steps) > 200
    assert plain - PLAIN == WITHIN


def test_the_step_takes_an_input_of_the_kind_that_fails() -> None:
    one = said("seen.fails_exactly", tag=said("tags.a_hidden_layer"))
    step = SAY.fill(after_stop(said("crash.looks_for_an_array", call="weights.index"), [one]))
    assert step.startswith("Take a simple input with a hidden layer. `for i, one in enumerate")


@pytest.mark.parametrize(
    ("source", "step"),
    [
        (TOO_FEW, "Print the length of what goes into `multi_dot`"),
        (NOTHING_THERE, "Say what should come back for an input with no Jacobian at all."),
    ],
)
def test_what_follows_a_stop_is_about_its_reason(
    source: str, step: str, feedback: Feedback
) -> None:
    text = feedback(source)["propagate_chain"]["text"]
    assert step in text
    # It has nothing to do with the stop.
    assert "`error` has shape" not in text


#: By what is made and how an entry of it is set or read: what it is told to be.
NUMBERS = {
    ("a = 0", "a[j] = np.exp(x[j])"): "Print `a` just before this line",
    ("a = np.array(0.0)", "a[j] = np.exp(x[j])"): "Print `a` just before this line",
    ("a = np.sum(x)", "a[j] += np.exp(x[j])"): "Print `a` just before this line",
    ("a = np.sum(x)", "x = x / a[j]"): "of each value on this line",
    ("a = np.zeros(len(x))", "a[j] = x"): "how many numbers have room in the place",
}


@pytest.mark.parametrize("lines", NUMBERS)
def test_a_number_with_places_is_asked_for_by_its_name(
    lines: tuple[str, str], feedback: Feedback
) -> None:
    made, entry = lines
    source = (
        f"def softmax(x):\n    {made}\n    for j in range(len(x)):\n        {entry}\n    return a\n"
    )
    (item,) = feedback(source)["softmax"]["parts"]
    assert NUMBERS[lines] in item["next"]
    assert ("`a` is a single number there" in item["did"]) == ("zeros" not in made)


#: By what is written for the rate: whether that is the one of the task.
RATES = {"learning_rate[k]": True, "len(learning_rate)": True, "len(rate)": False}


@pytest.mark.parametrize("rate", RATES)
def test_a_number_of_the_task_is_not_asked_for_more(rate: str, feedback: Feedback) -> None:
    source = f"""
def update_weights(weights, gradients, learning_rate):
    rate = 2 * learning_rate
    return [weights[k] - {rate} * gradients[k] for k in range(len(weights))]
"""
    (item,) = feedback(source)["update_weights"]["parts"]
    assert item["title"] == "One number taken for several"
    assert ("it is right as it is" in item["did"]) == RATES[rate]
    assert ("Should `rate` be more" in item["did"]) != RATES[rate]


def test_of_two_functions_each_is_named_and_no_input_is_asked_for() -> None:
    instead = said("crash.larger_of_two", other="maximum")
    why = said("crash.second_argument_is_an_axis", name="max", instead=instead)
    one = said("seen.fails_exactly", tag=said("tags.a_hidden_layer"))
    step = SAY.fill(after_stop(why, [one]))
    assert step.startswith("Print `np.max(np.array([-1, 2]), 0)` and `np.maximum(np.array([-1")


def change(kind: str, place: str = "x") -> Change:
    of = said("change.place", place=place)
    told = said("change.one_tried", line=3, place=of, question=said(f"change.{kind}"))
    return Change(kind, 3, told, doubtful=False, heads=frozenset())


@pytest.mark.parametrize("kind", KINDS)
def test_each_change_has_a_step_that_names_its_line(kind: str) -> None:
    assert "line 3" in SAY.fill(after_change(change(kind), "y = x + 1"))


@pytest.mark.parametrize(
    ("code", "step"),
    [
        ("elif value < -1:", "that_condition"),
        ("for v in x:", "that_loop"),
        ("f = lambda z: z + 1", "that_lambda"),
        ("return x + 1", "that_line"),
        ("formed = x + 1", "that_line"),
    ],
)
def test_nothing_is_to_be_printed_where_no_line_can_be_put(code: str, step: str) -> None:
    assert after_change(change("operation"), code).key == f"step.{step}"


@pytest.mark.parametrize(
    ("code", "step"), [("J = np.zeros(len(s))", "that_line"), ("J = s @ s.T", "that_product")]
)
def test_a_product_is_spoken_of_where_one_stands(code: str, step: str) -> None:
    assert after_change(change("turned_alone"), code).key == f"step.{step}"


@pytest.mark.parametrize(
    ("place", "step"),
    [("pair[0]", "that_place"), ("layer.weights[-1]", "that_place"), ("W[l]", "that_entry")],
)
def test_one_entry_by_its_number_is_laid_beside_the_others(place: str, step: str) -> None:
    assert after_change(change("index", place), "y = pair[0]").key == f"step.{step}"


def test_a_loop_that_only_counts_takes_no_entries() -> None:
    assert (
        after_change(change("backwards", "range(m)"), "for k in range(m):").key == "step.that_loop"
    )
    assert (
        after_change(change("backwards", "range(m)"), "y = [x[k] for k in range(m)]").key
        != "step.that_loop"
    )


@pytest.mark.parametrize(
    ("places", "left"),
    [
        ({"v.pop()": "popped", "range(m)": "backwards"}, ["v.pop()"]),
        ({"zip(v, J)": "slice", "np.flip(e)": "call"}, ["np.flip(e)"]),
        ({"out.insert(0, e)": "end", "v[::-1]": "slice"}, ["out.insert(0, e)", "v[::-1]"]),
        ({"v.pop(0)": "popped", "range(m)": "backwards"}, ["v.pop(0)", "range(m)"]),
        ({"v.pop()": "popped", "a - b": "sign"}, ["v.pop()", "a - b"]),
    ],
)
def test_what_turns_an_order_goes_before_what_could_turn_it_back(
    places: dict[str, str], left: list[str]
) -> None:
    changes = [change(kind, place) for place, kind in places.items()]
    assert [one.place for one in what_turns(changes)] == left


def test_a_comparison_is_tried_at_its_limit(feedback: Feedback) -> None:
    text = feedback(IN_A_CONDITION)["threshold"]["text"]
    assert "one in which it is just equal" in text
