"""Messages that a student may have forged become outcomes or one kind of error, nothing else."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.sandbox.messages import MALFORMED, Start, read_facts, read_outcome
from autograder.sandbox.outcome import FileFacts, Missing, Raised, Returned
from autograder.sandbox.wire import Unsendable

REST: dict[str, Any] = {"words": {}, "memories": {}, "slips": {}, "writes": {}, "mends": {}}
FACTS = json.dumps(
    {
        "unread": [],
        "remarks": [],
        "renamed": {},
        "uses": {},
        "lines": {},
        "stub": [],
        "parameters": {},
        "needed": {},
        "recursive": [],
        "returns": {},
        "swallows": {},
    }
)


@pytest.mark.parametrize(
    "remark",
    [
        ["report.title", {}],
        ["remark.sign\n", {}],
        ["remark." + 99 * "a", {}],
        "remark.sign",
        ["remark.sign", []],
        [["remark.sign"], {}],
    ],
)
def test_what_is_to_be_said_of_a_file_is_of_its_own_words(remark: Any) -> None:
    with pytest.raises((TypeError, ValueError, KeyError, AttributeError)):
        FileFacts.from_json({**json.loads(FACTS), **REST, "remarks": [[1, remark]]})


def test_what_is_said_within_a_remark_holds_texts_alone() -> None:
    sign = ["remark.dash", {"code": ["remark.dash", {"code": "\x1b"}]}]
    facts = {**json.loads(FACTS), **REST, "remarks": [[1, ["remark.sign", {"sign": sign}]]]}
    ((_, remark),) = FileFacts.from_json(facts).remarks
    assert list(remark.keys()) == ["remark.sign", "remark.dash"]
    assert "\x1b" not in str(remark)


words = st.sampled_from(
    [
        "facts",
        "begin",
        "done",
        "ready",
        "returned",
        "raised",
        "missing",
        "function",
        "m",
        "n",
        FACTS,
    ]
)
json_texts = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["unread", "uses", "lines", "stub", "kind", "line"]), inner
        )
    ),
    max_leaves=8,
).map(json.dumps)
parts = st.recursive(
    words
    | json_texts
    | st.none()
    | st.booleans()
    | st.integers(-1, 2)
    | st.floats()
    | st.text(max_size=5)
    | st.builds(Unsendable, st.just("T"))
    | st.builds(lambda n: np.zeros(n), st.integers(0, 2)),
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple),
    max_leaves=10,
)
messages = st.lists(parts, min_size=1, max_size=9).map(tuple)


@given(messages)
def test_an_answer_is_an_outcome_or_malformed(message: tuple[Any, ...]) -> None:
    try:
        outcome = read_outcome(message, 1, 0, (np.zeros(2),))
    except MALFORMED:
        return
    assert isinstance(outcome, Returned | Raised | Missing)


@given(st.lists(messages, max_size=6))
def test_a_start_blames_none_but_the_files_that_were_sent(stream: list[tuple[Any, ...]]) -> None:
    start = Start(["m", "n"])
    for message in stream:
        try:
            start.take(message)
        except MALFORMED:
            break
        assert start.culprit is None or start.culprit[0] in ("m", "n")
    assert set(start.imports) <= {"m.py", "n.py"}


@given(messages)
def test_what_is_read_of_a_file_is_facts_or_malformed(message: tuple[Any, ...]) -> None:
    try:
        facts = read_facts(message)
    except MALFORMED:
        return
    assert isinstance(facts, FileFacts)


def test_an_honest_start_is_read_in_its_order() -> None:
    start = Start(["m", "n"])
    blamed = []
    failure = ("raised", "NameError", "name 'x' is not defined", "n.py", 3, None, [], [0, 1], "x")
    for message in (
        ("begin", "m"),
        ("at", "m", 2, True),
        ("begin", "n"),
        ("done", "n", failure, True),
        ("done", "m", None, False),
        ("ready",),
    ):
        blamed.append(start.culprit)
        start.take(message)
    assert blamed == [None, ("m", None), ("m", 2), ("n", None), ("m", 2), ("m", 2)]
    assert start.ready
    assert start.odd == {"n.py"}
    assert start.imports["m.py"] is None
    assert start.imports["n.py"] == Raised(
        "NameError", "name 'x' is not defined", "n.py", 3, None, {}, (0, 1), "x"
    )


@pytest.mark.parametrize(
    "stream",
    [
        [("facts", FACTS)],
        [("begin", "x")],
        [("done", "m", None, False)],
        [("begin", "m"), ("begin", "m")],
        [("begin", "m"), ("ready",)],
    ],
)
def test_what_is_out_of_order_is_malformed(stream: list[tuple[Any, ...]]) -> None:
    start = Start(["m", "n"])
    with pytest.raises(MALFORMED):  # noqa: PT012
        for message in stream:
            start.take(message)


@pytest.mark.parametrize("place", [(2, 0), (1, 1), (0, 0)])
def test_an_answer_to_another_call_is_malformed(place: tuple[int, int]) -> None:
    with pytest.raises(MALFORMED):
        read_outcome(("returned", *place, 42, ()), 1, 0, ())


def test_what_a_student_chose_is_harmless_after_reading() -> None:
    outcome = read_outcome(
        (
            "raised", 1, 0, "<b>", "\x1b[2J" + "m" * 1000, "../x.py", 3, "<f>",
            [("W", [3, 2]), ("x;y", [1]), ("n", "<T>"), ("m" * 10**6, [1])], [4, 9], "n\n",
        ),
        1,
        0,
        (),
    )  # fmt: skip
    assert isinstance(outcome, Raised)
    assert (outcome.type, outcome.file, outcome.function) == ("_b_", ".._x.py", "_f_")
    assert outcome.message == "\N{REPLACEMENT CHARACTER}[2J" + "m" * 496
    assert outcome.shapes == {"W": (3, 2), "n": "_T_"}
    assert outcome.name == "n_"
    assert outcome.columns == (4, 9)
