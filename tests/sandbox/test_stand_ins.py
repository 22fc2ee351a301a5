"""A stand-in is reached by every reference, and answers what the contract allows."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course.grader import Grader
from autograder.intake.submission import Submission
from autograder.sandbox.errors import Refused
from tests.conftest import solutions, solutions_for
from tests.the_assignment import REFERENCE, SAY, right_value

SOFTMAX = """
import numpy as np
def softmax(x):
    return 2.0 ** np.asarray(x) / np.sum(2.0 ** np.asarray(x))
"""
JACOBIAN = """
def softmax_jacobian(x):
    s = {call}
    return np.diag(s) - np.outer(s, s)
"""

#: What comes between the two functions, and how the second gets at the first.
WAYS = {
    "its name": ("", "softmax(x)"),
    "a keyword": ("", "softmax(x=x)"),
    "an alias": ("f = softmax", "f(x)"),
    "a partial": ("import functools\nf = functools.partial(softmax)", "f(x)"),
    "a table": ("F = {'top': [softmax]}", "F['top'][0](x)"),
    "a class attribute": ("class F:\n    f = staticmethod(softmax)", "F.f(x)"),
    "an attribute of an instance": (
        "class F:\n    def __init__(self, f):\n        self.f = f\nk = F(softmax)",
        "k.f(x)",
    ),
    "a closure": ("def make(f):\n    return lambda x: f(x)\ng = make(softmax)", "g(x)"),
    "a lambda": ("g = lambda x: softmax(x)", "g(x)"),
    "a vectorized function": (
        "g = np.vectorize(lambda row: softmax(row), signature='(n)->(n)')",
        "g(x)",
    ),
    "a cache": (
        "import functools\n@functools.lru_cache\ndef g(x):\n    return softmax(np.array(x))",
        "g(tuple(x))",
    ),
    "getattr": ("import sys", "getattr(sys.modules[__name__], 'softmax')(x)"),
    "globals": ("", "globals()['softmax'](x)"),
    "an import of itself": ("", "__import__('practice_6_1').softmax(x)"),
    "map": ("", "next(map(softmax, [x]))"),
    "a helper file": ("import helper", "helper.shares(x)"),
    "a helper file that took it": ("from helper import taken", "taken[0](x)"),
}
#: Other things that stand under the function's name.
THINGS = {
    "a partial": "import functools\nsoftmax = functools.partial(softmax)",
    "an object": "class S:\n    def __call__(self, x):\n        return x\nsoftmax = S()",
    "a method": "class S:\n    def run(self, x):\n        return x\nsoftmax = S().run",
    "a static method": "class S:\n    @staticmethod\n    def f(x): return x\nsoftmax = S.f",
    "a lambda": "softmax = lambda x: x",
    "a NumPy function": "softmax = np.exp",
    "a cached function": "import functools\nsoftmax = functools.cache(lambda x: np.array(x))",
    "a decorated function": (
        "def twice(f):\n    def g(*a, **k):\n        return 2 * f(*a, **k)\n    return g\n"
        "softmax = twice(softmax)"
    ),
    "a generator": "def softmax(x):\n    yield from x",
    "a coroutine": "async def softmax(x):\n    return x",
    "one with another parameter's name": "def softmax(vector, /):\n    return vector",
    "one with a parameter more": "def softmax(scale, x, axis=0):\n    return x",
    "one with a keyword of its own": "def softmax(x, *, scale=2):\n    return x * scale",
    "nothing": "del softmax",
    "no function": "softmax = 3",
}
HELPER = b"""
import practice_6_1
taken = [practice_6_1.softmax] if hasattr(practice_6_1, "softmax") else [None]
def shares(x):
    return practice_6_1.softmax(x)
"""


def entry(grader: Grader, source: str) -> dict[str, Any]:
    files = {**solutions_for("softmax_jacobian"), "helper.py": HELPER}
    files["practice_6_1.py"] += source.encode()
    record = grader.grade(Submission("student", files)).feedback
    return next(e for e in record["functions"] if e["function"] == "softmax_jacobian")


@pytest.mark.parametrize(("between", "call"), WAYS.values(), ids=WAYS)
def test_every_way_to_a_function_leads_to_its_stand_in(
    grader: Grader, between: str, call: str
) -> None:
    found = entry(grader, f"{SOFTMAX}{between}\n{JACOBIAN.format(call=call)}")
    assert (found["status"], found["score"]) == ("right in itself", found["max_score"])


@pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS)
def test_whatever_stands_under_the_name_gets_a_stand_in(grader: Grader, thing: str) -> None:
    call = "softmax(1, x)" if "scale, x" in thing else "softmax(x)"
    found = entry(grader, f"{SOFTMAX}{thing}\n{JACOBIAN.format(call=call)}")
    assert (found["status"], found["score"]) == ("right in itself", found["max_score"])


def test_what_its_arguments_do_to_it_is_told(grader: Grader) -> None:
    found = entry(grader, SOFTMAX + JACOBIAN.format(call="softmax([x, x])[0]"))
    assert found["score"] < found["max_score"]
    assert "a vector of numbers is wanted here" in found["text"]


V, M = np.array([1.0, -2.0]), np.array([[1.0, 2.0], [3.0, 4.0]])
REFUSED: dict[str, tuple[str, tuple[Any, ...], str]] = {
    "a matrix": ("softmax", (M,), r"vector.*shape \(2, 2\)"),
    "nothing": ("softmax", (None,), "None"),
    "text": ("threshold", ("abc",), "str"),
    "an empty vector": ("threshold", (np.zeros(0),), "vector"),
    "nan": ("softmax_jacobian", (np.array([np.nan]),), "nan"),
    "a long vector": ("softmax_jacobian", (np.zeros(10**6),), "vector"),
    "sizes that do not fit": ("propagate_error", (V, np.ones((3, 2))), r"2 and 3"),
    "a Jacobian that does not follow": ("propagate_chain", (V, [M, np.ones((3, 2))]), "2 and 3"),
    "one Jacobian for many": ("error_norms", (V, 3.0), "a list of arrays"),
    "no layer": ("forward", ([], V), "one array or more"),
    "layers that do not fit": ("forward", ([M, np.ones((1, 3))], V), "2 and 3"),
    "activations without the input": ("backward", ([M], [V], V), "1 and 2"),
    "a gradient too few": ("update_weights", ([M, M], [M], 0.1), "2 and 1"),
    "a gradient of another shape": ("update_weights", ([M], [V[None]], 0.1), r"\(1, 2\)"),
    "a vector for a rate": ("update_weights", ([M], [M], V), "a single number"),
    "half an epoch": ("train", ([M], V[None], V[None], 0.1, 0.5), "whole number"),
    "a hundred thousand epochs": ("train", ([M], V[None], V[None], 0.1, 10**5), "whole number"),
}


@pytest.mark.parametrize(("function", "arguments", "told"), REFUSED.values(), ids=REFUSED)
def test_arguments_that_the_contract_does_not_allow_are_refused(
    function: str, arguments: tuple[Any, ...], told: str
) -> None:
    with pytest.raises(Refused) as refused:
        right_value(function, arguments)
    assert re.search(told, SAY.fill(refused.value.what))


@pytest.mark.parametrize(
    "message",
    [
        "softmax: [[[[[",
        'softmax: ["refusal.instead", {}]',
        'softmax: ["refusal.nonsense", {}]',
        'softmax: ["refusal.not_finite", {"wanted": ["refusal.nonsense", {}]}]',
        'softmax: ["crash.SystemExit", {}]',
        'softmax: ["refusal.vector", 1]',
    ],
)
def test_a_message_of_the_students_own_is_no_refusal(grader: Grader, message: str) -> None:
    own = f"def softmax_jacobian(x):\n    raise ValueError({message!r})\n"
    text = entry(grader, SOFTMAX + own)["text"]
    assert "stops with ValueError" in text
    assert "does not take" not in text


@given(x=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_what_is_allowed_is_answered_by_the_reference(x: list[float]) -> None:
    for function in ("threshold", "threshold_jacobian", "softmax", "softmax_jacobian"):
        expected = REFERENCE[function](np.array(x))
        np.testing.assert_array_equal(right_value(function, (x,)), expected)


def test_a_stand_ins_answer_is_the_callers_to_change(grader: Grader) -> None:
    call = "softmax(x)\n    s *= 2\n    s = softmax(x)"
    found = entry(grader, SOFTMAX + JACOBIAN.format(call=call))
    assert found["status"] == "right in itself"


def test_what_a_stand_in_is_asked_counts_for_the_function_under_test_alone(
    grader: Grader,
) -> None:
    """Answers are kept by the student's code; they come too late for any other function."""
    keeps = (
        SOFTMAX
        + "kept = []\ndef softmax_jacobian(x):\n    kept.append(softmax(x))\n"
        + "    return np.diag(kept[-1]) - np.outer(kept[-1], kept[-1])\n"
        + "def threshold(x):\n    return kept[-1]\n"
    )
    files = solutions()
    files["practice_6_1.py"] += keeps.encode()
    record = grader.grade(Submission("student", files)).feedback
    entries = {e["function"]: e for e in record["functions"]}
    assert entries["softmax_jacobian"]["status"] == "right in itself"
    assert entries["softmax"]["score"] < entries["softmax"]["max_score"]
    assert entries["threshold"]["score"] <= 1
