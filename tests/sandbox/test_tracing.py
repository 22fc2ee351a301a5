"""A call of a student's function is followed line by line where it runs, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import dedent
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.sandbox.batch import Batch
from autograder.sandbox.client import Limits, Sandbox, Worker
from autograder.sandbox.messages import MALFORMED, read_trace
from autograder.sandbox.outcome import Trace
from autograder.sandbox.wire import Unsendable
from tests.the_assignment import sandbox_of, stand_ins_of

FILE = "practice_6_1.py"
X = np.array([1.0, 2.0, -3.0])


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with sandbox_of(Limits(submission_seconds=60, call_seconds=1)) as sandbox:
        yield sandbox


def follow(sandbox: Sandbox, source: str, function: str = "softmax") -> Trace | None:
    with sandbox.open({FILE: dedent(source).encode()}) as worker:
        return worker.trace(Batch(FILE, function, [(X,)]))


def made(trace: Trace | None) -> dict[tuple[int, str], tuple[list[Any], int]]:
    """By line and name what came, numbers as lists, and how often."""
    assert trace is not None
    return {
        (one.line, one.name): ([np.asarray(value).tolist() for _, value in one.values], one.rounds)
        for one in trace.made
    }


def test_each_line_has_what_it_made_when_it_ran(sandbox: Sandbox) -> None:
    source = """\
        def softmax(x):
            total = 0
            for value in x:
                total += 2 * value
            y = x / 2
            y[0] = 7
            return y
    """
    trace = follow(sandbox, source)
    assert made(trace) == {
        (2, "total"): ([0], 1),
        (3, "value"): ([1, 2, -3], 3),
        (4, "total"): ([2, 6, 0], 3),
        (5, "y"): ([[0.5, 1, -1.5]], 1),  # as it was then: the next line writes into it
        (6, "y[0]"): ([7], 1),
        (7, ""): ([[7, 1, -1.5]], 1),
    }
    assert trace is not None
    assert trace.outcome is not None
    assert trace.outcome.value.tolist() == [7, 1, -1.5]
    assert not trace.missed


def test_a_helper_a_lambda_and_a_method_tell_what_they_get(sandbox: Sandbox) -> None:
    source = """\
        class Sum:
            def of(self, parts):
                return sum(parts)

        def double(v, times):
            return v * times

        def softmax(x):
            f = lambda w: w + 1
            return f(double(Sum().of(x), 2))
    """
    found = made(follow(sandbox, source))
    assert found[5, "v"] == ([0], 1)
    assert found[5, "times"] == ([2], 1)
    assert found[9, "w"] == ([0], 1)
    assert found[9, ""] == ([1], 1)
    assert found[2, "parts"] == ([X.tolist()], 1)
    assert (2, "self") not in found
    assert (8, "x") not in found  # what the function itself is given is told as its input


def test_what_a_masked_array_hides_is_not_told_by_its_number(sandbox: Sandbox) -> None:
    source = """\
        import numpy as np

        def softmax(x):
            m = np.ma.array(x, mask=x < 0)
            all = [m]
            n = np.ma.array(x)
            return m.filled(0)
    """
    trace = follow(sandbox, source)
    assert trace is not None
    values = {one.name: one.values[0][1] for one in trace.made}
    hidden = Unsendable("MaskedConstant")
    assert values["m"] == [1, 2, hidden]
    assert values["all"] == [[1, 2, hidden]]
    assert values["n"] == X.tolist()
    assert values[""].tolist() == [1, 2, 0]


def test_a_statement_of_several_lines_is_one_and_a_long_loop_has_its_first_rounds(
    sandbox: Sandbox,
) -> None:
    source = """\
        def softmax(x):
            y = [
                value
                for value in x
            ]
            n = 0
            while n < 9:
                n += 1
            return y
    """
    found = made(follow(sandbox, source))
    assert found[2, "y"] == ([X.tolist()], 1)
    assert found[8, "n"] == ([1, 2, 3], 9)


def test_a_statement_that_goes_back_to_its_first_line_has_made_nothing_by_then(
    sandbox: Sandbox,
) -> None:
    source = """\
        def softmax(x):
            y = x
            y = double(add(
                y, y), add(
                x,
                x))
            return y

        def add(a, b):
            return a + b

        def double(a, b):
            return a + b
    """
    found = made(follow(sandbox, source))
    assert found[3, "y"] == ([(4 * X).tolist()], 1)


def test_what_is_not_run_is_told(sandbox: Sandbox) -> None:
    source = """\
        def other(x):
            y = 1

        def softmax(x):
            '''What it does.'''
            if x[0] < 0:
                x = -x
            else:
                x = x + 0
            for v in x:
                return v
            w = 1
    """
    trace = follow(sandbox, source)
    assert trace is not None
    assert trace.missed == {7, 12}  # nothing of a function that is not called


def test_a_call_that_stops_is_followed_up_to_there(sandbox: Sandbox) -> None:
    source = """\
        def softmax(x):
            y = 1
            y = x[3]
            return y
    """
    trace = follow(sandbox, source)
    assert trace is not None
    assert trace.outcome is None
    assert made(trace) == {(2, "y"): ([1], 1)}


def test_of_a_large_value_its_shape_is_told_and_of_no_numbers_its_kind(sandbox: Sandbox) -> None:
    source = """\
        import numpy as np
        def softmax(x):
            y = np.zeros((30, 40))
            z = map(abs, x)
            return y
    """
    trace = follow(sandbox, source)
    assert trace is not None
    y, z, returned = trace.made
    assert y.values == returned.values == ((False, (30, 40)),)
    ((whole, kind),) = z.values
    assert whole
    assert kind.type_name == "map"


def test_right_functions_stand_in_and_are_not_followed(sandbox: Sandbox) -> None:
    source = """\
        def softmax(x):
            return x

        def softmax_jacobian(x):
            s = softmax(x)
            return s
    """
    files = {FILE: dedent(source).encode()}
    with sandbox.open(files, stand_ins_of(["softmax"])) as worker:
        trace = worker.trace(Batch(FILE, "softmax_jacobian", [(X,)]))
    ((s,), _) = made(trace)[5, "s"]
    assert np.allclose(s, np.exp(X) / np.exp(X).sum())
    assert {one.line for one in trace.made} == {5, 6}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "source",
    [
        "def softmax(x):\n    while True:\n        x = x + 1\n",
        "import os\ndef softmax(x):\n    os._exit(0)\n",
        "def softmax(x):\n    for n in range(10 ** 5):\n        m = n\n    return x\n",
    ],
    ids=["hangs", "ends the process", "takes too many steps"],
)
def test_what_cannot_be_followed_to_its_end_tells_nothing(sandbox: Sandbox, source: str) -> None:
    assert follow(sandbox, source) is None


@pytest.mark.parametrize(
    "line",
    [
        "sys.settrace(lambda *a: None)",
        "sys.settrace(None)",
        "sys._getframe().f_trace = lambda *a: 1 / 0",
        "sys.gettrace = sys.settrace = None",
    ],
)
def test_code_that_traces_itself_disturbs_itself_alone(sandbox: Sandbox, line: str) -> None:
    source = f"import sys\ndef softmax(x):\n    y = 1\n    {line}\n    return x\n"
    with sandbox.open({FILE: source.encode()}) as worker:
        worker.trace(Batch(FILE, "softmax", [(X,)]))
        (outcome,) = worker.call(FILE, "softmax", [(X,)])
    assert np.array_equal(outcome.value, X)  # type: ignore[union-attr]


def test_a_worker_without_the_function_tells_nothing(sandbox: Sandbox) -> None:
    assert follow(sandbox, "y = 1\n") is None
    with sandbox.open({FILE: b"def softmax(x):\n    return x\n"}) as worker:
        assert isinstance(worker, Worker)
        assert worker.trace(Batch("backprop.py", "forward", [(X,)])) is None


# --- what is forged -----------------------------------------------------------------------------

WORDS = st.sampled_from(["traced", "missing", "x", "x[i, 0]", "return", "a b", "'", "x" * 99])
VALUES = st.recursive(
    WORDS | st.integers(-2, 9) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.lists(inner, max_size=5).map(tuple),
    max_leaves=12,
)


def test_what_came_of_a_call_is_read() -> None:
    trace = read_trace(("traced", 7, [(2, "x[i]", [(True, 1.5)], 4, True)], [3], True, 5), 7)
    assert trace is not None
    assert trace.made[0].name == "x[i]"
    assert trace.made[0].alike
    assert trace.missed == {3}
    assert read_trace(("traced", 7), 7) is None


@pytest.mark.parametrize(
    "message",
    [
        ("traced", 8, [], [], True, 1),
        ("traced", 7, [(-2, "x", [], 0, False)], [], True, 1),
        ("traced", 7, [(2, "x y", [], 0, False)], [], True, 1),
        ("traced", 7, [(2, "x`", [], 0, False)], [], True, 1),
        ("traced", 7, [(2, "x" * 99, [], 0, False)], [], True, 1),
        ("traced", 7, [(2, "x", [(True, 1), (True, 2)], 1, False)], [], True, 1),
        ("traced", 7, [(2, "x", [1], 1, False)], [], True, 1),
        ("traced", 7, [(2, "x", [(False, [-1])], 1, False)], [], True, 1),
        ("traced", 7, [], ["3"], True, 1),
        ("traced", 7, [], [], 1, 1),
        ("returned", 7, 0, 1.0, ()),
    ],
)
def test_what_is_no_trace_is_refused(message: tuple[Any, ...]) -> None:
    with pytest.raises(MALFORMED):
        read_trace(message, 7)


@given(st.lists(VALUES, max_size=6).map(tuple))
def test_whatever_comes_is_read_or_refused(message: tuple[Any, ...]) -> None:
    try:
        read_trace(message, 7)
    except MALFORMED:
        return
