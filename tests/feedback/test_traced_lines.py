"""Beside the student's lines stands what they make of the input that is shown."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograder.course.grader import Grader
from autograder.feedback import page
from autograder.feedback.layout import blocks, code
from autograder.feedback.parts import Line
from autograder.feedback.traced_lines import LONGEST, MOST_LINES, with_values
from autograder.sandbox.outcome import Made, Returned, Trace
from autograder.sandbox.wire import Unsendable
from autograder.source.quoted import words_in_quotes
from tests.conftest import with_function
from tests.diagnosis.test_right_values import entry_of
from tests.the_assignment import FUNCTIONS, SAY

TWICE = """
def error_norms(error, jacobians):
    def length(v):
        return np.sqrt((v ** 2).sum())
    e = np.asarray(error, dtype=float)
    norms = [np.sqrt(length(e))]
    for J in jacobians:
        e = e @ J
        norms.append(np.sqrt(length(e)))
    return np.array(norms)
"""


def entry(grader: Grader, source: str, function: str) -> tuple[dict[str, Any], dict[str, Any]]:
    record = grader.grade(with_function(source, others=False)).feedback
    (found,) = [f for f in record["functions"] if f["function"] == function]
    return record, found


def told(*values: Any, name: str = "y", rounds: int = 0, line: int = 2, alike: bool = False) -> str:
    """What stands beside a line that makes some values."""
    noted = tuple((True, value) for value in values)
    one = Made(line, name, noted, rounds or len(values), alike)
    trace = Trace((one,), frozenset(), Returned(1))
    made = with_values(Line(None, ((2, "y = f(x)"),)), trace, SAY).made
    return made[0][1] if made else ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "y = 0.3"),
        (np.array([1.0, -0.0]), "y = [1, 0]"),
        (np.array([[1, 2], [3, 4]]), "y = [[1, 2], [3, 4]]"),
        (np.zeros((3, 4)), "y = an array of shape (3, 4)"),
        (np.array([True, False]), "y = [True, False]"),
        (None, "y = None"),
        (True, "y = True"),
        ("-0.50", "y = '-0.50'"),
        ("a`\x1b", "y = a `str`"),
        ([1, np.array([2.0])], "y = [1, [2]]"),
        ((1,), "y = (1)"),
        ([np.zeros(9), np.ones(2)], "y = a list of 2, the last [1, 1]"),
        (([np.zeros(9)], [0.5]), "y = a tuple of 2, the last [0.5]"),
        (Unsendable("map"), "y = a `map`"),
        ([Unsendable("MaskedConstant"), 0.25], "y = [--, 0.25]"),
    ],
)
def test_a_value_is_read_at_a_glance(value: Any, text: str) -> None:
    assert told(value) == text


def test_rounds_stand_one_after_the_other_and_more_are_hinted_at() -> None:
    assert told(1, 3, 2) == "y = 1, then 3, then 2"
    assert told(1, 1, 3, rounds=3) == "y = 1, then 1, then 3"
    assert told(1, 3, 2, rounds=9) == "y = 1, then 3, then 2, …"
    assert told(1, 1, 1, rounds=9) == "y = 1, …"
    assert told(0, 1, 2, rounds=9) == ""  # it counts
    assert told(0, 0, 0, rounds=9, alike=True) == "y = 0 each time"
    assert told(0, alike=True) == "y = 0"
    assert told(5, name="") == "returns 5"
    assert len(told(*([n, n, n] for n in np.linspace(0.001, 0.009, 3)))) <= LONGEST
    assert told("1" * 20, ["1" * 20] * 5) == f"y = '{'1' * 20}', …"


NO_FURTHER = """
def length(v):
    total = 0
    for i in range(len(v)):
        total += v[i] ** 2
        if {stops}:
            return np.sqrt(total)


def error_norms(error, jacobians):
    norms = [length(error)]
    for J in jacobians:
        error = np.dot(error, J)
        norms.append(length(error))
    return np.array(norms)
"""


@pytest.mark.parametrize(("stops", "each_time"), [("True", True), ("i == 1", False)])
def test_what_is_the_same_each_time_is_said_so(grader: Grader, stops: str, each_time: bool) -> None:
    found = entry_of(grader, "error_norms", NO_FURTHER.format(stops=stops))
    line = found["parts"][0]["line"]
    made = dict(line["made"])
    (index,) = (made.get(n, "") for n, text in line["code"] if "for i in" in text)
    assert (index == "i = 0 each time") is each_time


def test_lines_that_are_left_out_have_no_values() -> None:
    trace = Trace((Made(2, "y", ((True, 9),), 1),), frozenset(), Returned(1))
    assert with_values(Line(3, ((2, "    …"), (3, "return y"))), trace, SAY).made == ()


def test_a_text_is_shown_that_the_file_has_in_quotes() -> None:
    line = Line(None, ((2, "def norm(w, p='fro'):"),))
    words = words_in_quotes(["def norm(w, p='fro'):", '    """Not "a word" nor b\'s."""'])
    for value, text in (("fro", "p = 'fro'"), ("nuc", "p = a `str`"), ("a word", "p = a `str`")):
        trace = Trace((Made(2, "p", ((True, value),), 1, False),), frozenset(), Returned(1))
        assert with_values(line, trace, SAY, quoted=words).made == ((2, text),)


def test_a_line_that_says_its_value_itself_is_left_alone() -> None:
    given_back = ((True, np.array([11, -11])),)
    made = (
        Made(2, "y", ((True, 0),), 1),
        Made(3, "z", ((True, []),), 1),
        Made(4, "", given_back, 1),
    )
    trace = Trace(made, frozenset(), Returned(1))
    back = (4, "return np.array([11.0, -11.], dtype=float)")
    line = Line(None, ((2, "y = 0  # so far"), (3, "z=[]"), back))
    assert with_values(line, trace, SAY).made == ()


def test_of_many_lines_those_around_the_one_at_fault_have_values() -> None:
    made = tuple(Made(n, "y", ((True, 9),), 1) for n in range(1, 31))
    line = Line(25, tuple((n, "y = f(x)") for n in range(1, 31)))
    found = with_values(line, Trace(made, frozenset(), Returned(1)), SAY).made
    assert len(found) == MOST_LINES
    assert 25 in dict(found)
    assert found == tuple(sorted(found))
    first = with_values(replace(line, number=None), Trace(made, frozenset(), Returned(1)), SAY, 29)
    assert 30 in dict(first.made)


def test_what_is_not_run_is_said_unless_the_call_stops() -> None:
    line = Line(None, ((2, "y = 1"),))
    for outcome, text in ((Returned(1), "not run"), (None, "")):
        found = with_values(line, Trace((), frozenset({2}), outcome), SAY).made
        assert [told for _, told in found] == ([text] if text else [])


def test_the_steps_of_an_unnamed_mistake_stand_in_text_and_page(grader: Grader) -> None:
    record, found = entry(grader, TWICE, "error_norms")
    line = found["parts"][0]["line"]
    source, made = dict(line["code"]), dict(line["made"])
    (root,) = (made[n] for n, text in source.items() if "return np.sqrt" in text)
    (first,) = (made[n] for n, text in source.items() if text.startswith("e = np"))
    (given,) = (made[n] for n, text in source.items() if text.startswith("def length"))
    error = first.removeprefix("e = ")
    assert given.startswith(f"v = {error}, then ")
    assert root.startswith(f"returns {np.linalg.norm(json.loads(error)):.4g}, then ")
    said = "\n\n".join(blocks(found, SAY))
    assert code(line) in said
    assert said.count("→ ") == len(made) + 1
    assert said.count(SAY("labels.made")) == 1
    html = page.render(record, SAY)
    assert html.count('class="made"') == len(line["made"])
    assert SAY("labels.made") in html


def test_what_is_taken_out_of_a_table_is_quoted_if_it_was_run(grader: Grader) -> None:
    source = (
        "def slopes(x):\n    s = np.exp(x - np.max(x))\n    s = s / np.sum(s)\n"
        "    return 3 * np.outer(s, s[::-1]) + 0.5\n"
        "def steps(x):\n    return np.diag(x > -1) * 1.0\n"
        "class Table:\n    known = {'steps': steps, 'softmax': slopes}\n"
        "def softmax_jacobian(x):\n    return Table.known['softmax'](np.asarray(x))\n"
    )
    (item,) = entry_of(grader, "softmax_jacobian", source)["parts"]
    code = "\n".join(text for _, text in item["line"]["code"])
    assert item["line"]["number"] is None
    assert "return 3 * np.outer(s, s[::-1])" in code
    assert "np.diag" not in code


def test_where_a_name_has_its_line_nothing_is_added(grader: Grader) -> None:
    source = "def propagate_error(error, jacobian):\n    return jacobian @ error\n"
    _, found = entry(grader, source, "propagate_error")
    assert found["diagnosis"]
    assert found["parts"][0]["line"]["number"]
    assert found["parts"][0]["line"]["made"] == []


def test_a_right_function_in_the_place_of_a_wrong_one_gives_the_values(grader: Grader) -> None:
    source = """
def softmax(x):
    return np.asarray(x) * 0 + 5

def forward(weights, x):
    a = [x]
    for W in weights[:-1]:
        a.append(np.maximum(W @ a[-1], 0) ** 3)
    share = softmax(weights[-1] @ a[-1])
    return a + [share]
"""
    _, found = entry(grader, source, "forward")
    made = " ".join(text for _, text in found["parts"][0]["line"]["made"])
    assert "share = " in made
    assert "share = [5" not in made


def test_hidden_inputs_do_not_reach_what_is_shown(grader: Grader) -> None:
    """What is followed runs in a process that was asked nothing before."""
    source = """
def softmax(x, seen=[]):
    seen.append(len(seen))
    count = len(seen) + 0.5
    return np.asarray(x) * 3 + count * 0
"""
    _, found = entry(grader, source, "softmax")
    made = dict(found["parts"][0]["line"]["made"])
    assert "count = 1.5" in made.values()


def test_answers_that_differ_from_those_shown_have_no_steps(grader: Grader) -> None:
    source = """
import os
def softmax(x):
    noise = int.from_bytes(os.urandom(6), "big") / 2 ** 48
    return np.asarray(x) * 3 + noise
"""
    _, found = entry(grader, source, "softmax")
    assert not (found["parts"][0]["line"] or {"made": []})["made"]


def test_answers_that_are_written_down_have_no_steps(grader: Grader) -> None:
    by_hand = next(name for name, exercise in FUNCTIONS.items() if not exercise.parameters)
    _, found = entry(grader, f"def {by_hand}():\n    return np.array([[0, 1]])\n", by_hand)
    assert not (found["parts"][0]["line"] or {"made": []})["made"]
