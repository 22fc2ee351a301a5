"""Small changes of a student's function are made and called where it runs, and nowhere else."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.sandbox.batch import Batch
from autograder.sandbox.client import Limits, Sandbox, Worker
from autograder.sandbox.messages import MALFORMED, read_tried
from autograder.sandbox.outcome import Returned, Tried
from tests.the_assignment import sandbox_of, stand_ins_of

FILE = "practice_6_1.py"
CALLS = [(np.array([1.0, 2.0]),), (np.array([3.0]),)]
DOUBLED = "import numpy as np\n\ndef softmax(x):\n    return 2 * x\n"
TOLD = ["change.one_tried", {"line": 4, "place": ["change.place", {"place": "2"}], "question": "?"}]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with sandbox_of(Limits(submission_seconds=60)) as sandbox:
        yield sandbox


def tried_of(worker: Worker, calls: list[tuple[Any, ...]], numbers: list[int]) -> Tried | None:
    return worker.try_changes(Batch(FILE, "softmax", calls), numbers)


def open_file(sandbox: Sandbox, source: str) -> Worker:
    return sandbox.open({FILE: dedent(source).encode()})


def numbers_giving(tried: Tried, *values: Any) -> list[int]:
    """The changes that return these, call by call."""
    return [
        number
        for number, row in enumerate(tried.places)
        if all(
            place is not None and np.array_equal(tried.returned[place].value, value)
            for place, value in zip(row, values, strict=True)
        )
    ]


def test_each_change_is_called_and_the_ones_asked_for_are_told(sandbox: Sandbox) -> None:
    with open_file(sandbox, DOUBLED) as worker:
        tried = tried_of(worker, CALLS[:1], [])
        assert tried is not None
        alone = numbers_giving(tried, CALLS[0][0])
        assert alone
        again = tried_of(worker, CALLS, alone)
        assert again is not None
        assert numbers_giving(again, *(x for (x,) in CALLS)) == list(range(len(alone)))
        assert {change.line for change in again.changes} == {4}
        assert "change.does_times" in {key for c in again.changes for key in [*c.told.keys()]}
        # It goes on as it was.
        (outcome,) = worker.call(FILE, "softmax", CALLS[:1])
        assert isinstance(outcome, Returned)
        assert outcome.value.tolist() == [2.0, 4.0]


def test_what_changes_its_argument_is_not_taken_for_an_answer(sandbox: Sandbox) -> None:
    source = "def softmax(x):\n    x[0] += x[0]\n    x[1] += x[1]\n    return x\n"
    with open_file(sandbox, source) as worker:
        tried = tried_of(worker, CALLS[:1], [])
        assert tried is not None
        assert not numbers_giving(tried, 2 * CALLS[0][0])


def test_an_answer_stays_what_it_was_when_it_came(sandbox: Sandbox) -> None:
    source = """
        import numpy as np

        kept = np.zeros(2)

        def softmax(x):
            kept[...] = 2 * x
            return kept
    """
    with open_file(sandbox, source) as worker:
        tried = tried_of(worker, CALLS[:1], [])
    assert tried is not None
    assert numbers_giving(tried, 2 * CALLS[0][0])
    assert numbers_giving(tried, CALLS[0][0])


@pytest.mark.parametrize(
    "source",
    [
        "def softmax(x, y=[]):\n    return 2 * x\n",
        "softmax = lambda x: 2 * x\n",
        "def same(f):\n    return f\n\n@same\ndef softmax(x):\n    return 2 * x\n",
        "class Two:\n    def __call__(self, x):\n        return 2 * x\n\nsoftmax = Two()\n",
        "def made():\n    two = 2\n    def softmax(x):\n        return two * x\n"
        "    return softmax\n\nsoftmax = made()\n",
    ],
)
def test_what_may_not_be_called_so_often_is_not_tried(sandbox: Sandbox, source: str) -> None:
    with open_file(sandbox, source) as worker:
        assert tried_of(worker, CALLS, []) is None
        (outcome, _) = worker.call(FILE, "softmax", CALLS)
        assert isinstance(outcome, Returned)


@pytest.mark.parametrize("trap", ["__import__('os')._exit(0)", "__import__('time').sleep(60)"])
def test_a_change_that_ends_or_hangs_is_waited_for_once(sandbox: Sandbox, trap: str) -> None:
    source = f"def softmax(x):\n    if len(x) < 0:\n        {trap}\n    return 2 * x\n"
    with open_file(sandbox, source) as worker:
        began = time.monotonic()
        assert tried_of(worker, CALLS, []) is None
        assert tried_of(worker, CALLS, []) is None
        assert time.monotonic() - began < 10
        assert worker.time.seconds > 50
        (outcome, _) = worker.call(FILE, "softmax", CALLS)
        assert isinstance(outcome, Returned)


def test_a_loop_that_a_change_makes_endless_ends(sandbox: Sandbox) -> None:
    source = """
        def softmax(x):
            found = [x]
            for one in list(found):
                found.append(2 * one)
            return found[-1]
    """
    with open_file(sandbox, source) as worker:
        assert tried_of(worker, CALLS[:1], []) is not None


def test_changes_ask_a_stand_in_the_same_question_once(sandbox: Sandbox) -> None:
    stand_ins = stand_ins_of(["softmax"])
    asked: list[bytes] = []
    reply = stand_ins.reply

    def noted(function: str, arguments: tuple[Any, ...]) -> bytes:
        asked.append(arguments[0].tobytes())
        return reply(function, arguments)

    stand_ins.reply = noted  # type: ignore[method-assign]
    source = """
        def softmax(x):
            return x

        def softmax_jacobian(x):
            return 2 * softmax(x)
    """
    with sandbox.open({FILE: dedent(source).encode()}, stand_ins) as worker:
        tried = worker.try_changes(Batch(FILE, "softmax_jacobian", CALLS[:1]))
        assert tried is not None
        assert len(tried.places) > len(asked)
    assert len(asked) == len(set(asked))


# --- what is forged -----------------------------------------------------------------------------

JSON = json.dumps([["part", 4, TOLD, False, [3], [2]]])
WORDS = st.sampled_from(["tried", "missing", JSON, "[]", "[[]]", "part", '[["part", 4, 5, 6]]'])
VALUES = st.recursive(
    WORDS | st.integers(-2, 3) | st.none() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.lists(inner, max_size=5).map(tuple),
    max_leaves=12,
)


def test_what_came_of_changes_is_read() -> None:
    tried = read_tried(("tried", 7, [[0, -1]], [1.0], JSON), 7, 2, [5])
    assert tried is not None
    assert tried.places == [[0, None]]
    (change,) = tried.changes
    assert (change.line, change.heads, change.spared) == (4, {3}, {2})
    assert read_tried(("tried", 7), 7, 2, [5]) is None


@pytest.mark.parametrize(
    "message",
    [
        ("tried", 8, [[0]], [1.0], JSON),
        ("tried", 7, [[1]], [1.0], JSON),
        ("tried", 7, [[-2]], [1.0], JSON),
        ("tried", 7, [[0, 0]], [1.0], JSON),
        ("tried", 7, [[0], [0]], [1.0], JSON),
        ("tried", 7, [[0]], [1.0], "[]"),
        ("tried", 7, [[0]], [1.0], json.dumps([["riddle", 4, TOLD, False, [3], []]])),
        ("tried", 7, [[0]], [1.0], json.dumps([["part", 4, TOLD, False, [-3], []]])),
        ("tried", 7, [[0]], [1.0], json.dumps([["part", 4, TOLD, False, [3], [-2]]])),
        ("tried", 7, [[0]], [1.0], json.dumps([["part", -4, TOLD, False, [3], []]])),
        ("tried", 7, [[0]], [1.0], json.dumps([["part", 4, ["report.title", {}], False, [], []]])),
        (
            "tried", 7, [[0]], [1.0],
            JSON.replace('{"place": "2"}', json.dumps({"place": 200 * "2"})),
        ),
        ("returned", 7, 0, 1.0, ()),
    ],
)  # fmt: skip
def test_what_is_forged_is_no_answer(message: tuple[Any, ...]) -> None:
    with pytest.raises(MALFORMED):
        read_tried(message, 7, 1, [5])


@given(st.lists(VALUES, max_size=4))
def test_whatever_is_sent_is_an_answer_or_malformed(rest: list[Any]) -> None:
    try:
        tried = read_tried(("tried", 7, *rest), 7, 1, [])
    except MALFORMED:
        return
    assert tried is None or all(len(row) == 1 for row in tried.places)
