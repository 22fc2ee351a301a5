"""A condition in a loop is tried with its first and its last round."""

from __future__ import annotations

import ast

import pytest

from autograder.source.changes.forms import Forms
from autograder.source.changes.reached import reached

LOOP = """def f(x):
    found = []
    for {name} in {through}:
        {line}
    return found
"""
CHOICE = "found.append('a' if x > 2 else 'b')"


def choices(source: str) -> list[str]:
    """What comes back with each condition on the round, of what goes through three values."""
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    forms = Forms(reached(function, [function], set()), {}, {}, 10.0)
    numbers = [at for at, edit in enumerate(forms.edits) if edit.kind == "which_round"]
    return ["".join(forms.form(number)([4, 5, 6])) for number in numbers]


@pytest.mark.parametrize(
    "source",
    [
        LOOP.format(name="_", through="x", line=CHOICE),
        LOOP.format(name="k", through="range(len(x))", line=CHOICE),
        LOOP.format(name="k, _", through="enumerate(x)", line=CHOICE),
        LOOP.format(name="a, b", through="zip(x, x)", line=CHOICE),
        LOOP.format(
            name="_",
            through="x",
            line="if x > 2:\n            found += 'a'\n        else:\n            found += 'b'",
        ),
        # The rounds of a loop within it are its own.
        LOOP.format(name="_", through="x", line=f"{CHOICE}\n        y = [k for k in x]"),
        "def f(x):\n    return ['a' if k > 2 else 'b' for k in x]\n",
    ],
)
def test_a_condition_is_tried_that_holds_in_the_last_or_the_first_round(source: str) -> None:
    assert choices(source) == ["bba", "aab", "abb", "baa"]


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    return ['a'] if x > 2 else ['b']\n",
        LOOP.format(name="_", through="x", line=f"while x:\n            {CHOICE}"),
    ],
)
def test_where_no_round_is_known_to_be_the_last_none_is_tried(source: str) -> None:
    assert choices(source) == []
