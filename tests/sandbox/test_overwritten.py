"""A line beside the functions doesn't take away what they call."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.sandbox.client import Limits, Sandbox
from autograder.sandbox.outcome import Returned
from tests.the_assignment import sandbox_of

FILE = "practice_6_1.py"
SOURCE = """import numpy as np
def softmax(x):
    e = np.exp(x - np.max(x))
    return e / sum(e)
def shares(x):
    return softmax(x)
{}
"""
EVEN = (np.array([1.0, 1.0]),)


@pytest.fixture(scope="module")
def sandbox() -> object:
    with sandbox_of(Limits()) as sandbox:
        yield sandbox


@pytest.mark.parametrize(
    "line",
    [
        "softmax = softmax(np.array([1.0, 2.0]))\nprint(softmax[0])",
        "sum = 0\nfor v in (1, 2):\n    sum += v",
        "np = shares(np.array([0.0]))",
        "for sum in range(3): print(sum)",
        "del softmax",
        "softmax, other = 1, 2\nsoftmax = softmax + other",
        "with open(__file__) as np: pass",
        "sum = 2 * np.pi",
    ],
)
def test_the_functions_go_on_with_what_they_call(sandbox: Sandbox, line: str) -> None:
    with sandbox.open({FILE: SOURCE.format(line).encode()}) as worker:
        for name in ("softmax", "shares"):
            (outcome,) = worker.call(FILE, name, [EVEN])
            assert isinstance(outcome, Returned)
            np.testing.assert_allclose(outcome.value, [0.5, 0.5])
        told = [said.key for _, said in worker.facts(FILE).remarks]
        assert told.count("remark.overwrites") == ("open" not in line)


@pytest.mark.parametrize(
    "line",
    [
        "softmax = lambda x: [7.0]",
        "def other(x):\n    return [7.0]\nsoftmax = other",
        "from functools import partial\nsoftmax = partial(lambda y, x: [y], 7.0)",
        "sum = lambda e: e / 7.0\ndef softmax(x):\n    return sum(np.array([49.0]))",
    ],
)
def test_what_takes_a_functions_place_counts(sandbox: Sandbox, line: str) -> None:
    with sandbox.open({FILE: SOURCE.format(line).encode()}) as worker:
        for name in ("softmax", "shares"):
            (outcome,) = worker.call(FILE, name, [EVEN])
            assert isinstance(outcome, Returned)
            np.testing.assert_allclose(outcome.value, [7.0])
        assert worker.facts(FILE).remarks == () or "defined_twice" in str(worker.facts(FILE))


def test_a_number_that_the_functions_use_stays_theirs(sandbox: Sandbox) -> None:
    source = (
        "def threshold(x):\n    return x\ndef slope(x):\n    return x > threshold\nthreshold = -1\n"
    )
    with sandbox.open({FILE: source.encode()}) as worker:
        assert worker.call(FILE, "slope", [(2.0,)]) == [Returned(True)]
