"""What is said of an ``assert`` that does not hold is true of what it compares."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.source.crashes.crash import Crash
from autograder.source.crashes.reasons import reason
from tests.the_assignment import SAY

VALUES: dict[str, Any] = {
    "v": np.ones(3),
    "w": np.ones(2),
    "m": np.ones((4, 3)),
    "long": np.ones(40),
    "rows": [np.ones(2)],
}


def why(line: str, *before: str) -> str:
    with pytest.raises(AssertionError):
        exec("\n".join([*before, line]), {"np": np, **VALUES})
    shapes: dict[str, Any] = {
        name: "list" if isinstance(value, list) else np.shape(value)
        for name, value in VALUES.items()
    }
    crash = Crash("AssertionError", "", line, before=["def f(v):", *before], shapes=shapes)
    return SAY.fill(reason(crash))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("assert (len(v) == len(w))", "`len(v)` is 3, and `len(w)` is 2"),
        ("assert len(w) == 3, 'three inputs'", "`len(w)` is 2, and `3` is 3"),
        ("assert v.shape == w.shape", "`v.shape` is (3,), and `w.shape` is (2,)"),
        ("assert m.shape[0] == v.size", "`m.shape[0]` is 4, and `v.size` is 3"),
        ("assert v.ndim == 1 and m.ndim == 1", "`m.ndim` is 2, and `1` is 1"),
        ("assert len(rows) == len(v)", "asks for two equal sizes, and here they differ. Where"),
        ("assert len(long) == len(v)", "asks for two equal sizes, and here they differ. Where"),
    ],
)
def test_sizes_that_differ_are_told_where_they_are_known(line: str, said: str) -> None:
    text = why(line)
    assert said in text
    assert "rounded" not in text


def test_a_name_that_was_given_a_length_is_one() -> None:
    text = why("assert n == 3", "n = len(w)")
    assert "two equal sizes" in text
    assert "rounded" not in text


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("assert np.sum(v * 0.1) == 0.3", ""),
        ("assert total == 1", "total = v.sum() / 3 + 0.1"),
        ("assert v[0] / 3 * 0.3 == 0.1 * 2", ""),
    ],
)
def test_decimals_that_are_compared_are_rounded(line: str, before: str) -> None:
    assert "decimals are rounded" in why(line, before)


@pytest.mark.parametrize(
    "line",
    [
        "assert np.isclose(v.sum(), 4)",
        "assert len(v) > 5",
        "assert rows == 3",
        "assert sum(len(row) for row in rows) == 3",
        "assert 0",
    ],
)
def test_of_others_nothing_is_said_but_that_they_do_not_hold(line: str) -> None:
    assert "one of your own assert lines does not hold" in why(line)
