"""Code that is quoted stands as the student wrote it."""

from __future__ import annotations

import pytest

from autograder.source.phrases import said
from autograder.source.quoted import as_written


@pytest.mark.parametrize(
    ("line", "code", "written"),
    [
        ("n = n ** (1. / 3)", "1.0 / 3", "1. / 3"),
        ("for i in range(1,len(x)):", "range(1, len(x))", "range(1,len(x))"),
        ("return W[l+1]@a", "W[l + 1] @ a", "W[l+1]@a"),
        ("elif x[i]>-1:", "x[i] > -1", "x[i]>-1"),
        ("y = f('a')", 'f("b")', 'f("b")'),
        ("y = (x", "x + 1", "x + 1"),
    ],
)
def test_code_stands_as_on_its_line(line: str, code: str, written: str) -> None:
    told = said("change.one_tried", line=3, place=said("change.place", place=code))
    assert as_written(told, line) == said(
        "change.one_tried", line=3, place=said("change.place", place=written)
    )
