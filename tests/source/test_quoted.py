"""Code that is quoted stands as the student wrote it."""

from __future__ import annotations

import pytest

from autograder.source.phrases import said
from autograder.source.quoted import as_written, as_written_in


@pytest.mark.parametrize(
    ("line", "code", "written"),
    [
        ("n = n ** (1. / 3)", "1.0 / 3", "1. / 3"),
        ("for i in range(1,len(x)):", "range(1, len(x))", "range(1,len(x))"),
        ("return W[l+1]@a", "W[l + 1] @ a", "W[l+1]@a"),
        ("elif x[i]>-1:", "x[i] > -1", "x[i]>-1"),
        ("y = f('a')", 'f("b")', 'f("b")'),
        ("y = (x", "x + 1", "x + 1"),
        (
            "w = [(1 / n) * g for g in w]",
            "w = [1 / n * g for g in w]",
            "w = [(1 / n) * g for g in w]",
        ),
    ],
)
def test_code_stands_as_on_its_line(line: str, code: str, written: str) -> None:
    told = said("change.one_tried", line=3, place=said("change.place", place=code))
    assert as_written(told, line) == said(
        "change.one_tried", line=3, place=said("change.place", place=written)
    )


@pytest.mark.parametrize(
    ("source", "code", "written"),
    [
        ("a = 1\ny = f((x)*2,\n      z)\n", "f(x * 2, z)", "f((x)*2, z)"),
        ("y = [\n    (x)*2\n    for x in z]\nb = 1\n", "[x * 2 for x in z]", "[ (x)*2 for x in z]"),
        ("y = f(x,  # both\n      (z))\n", "f(x, z)", "f(x, z)"),
        ("a = 1\ny = x*2\n", "a + 1", "a + 1"),
    ],
)
def test_code_that_goes_on_over_lines_stands_as_on_these(
    source: str, code: str, written: str
) -> None:
    lines = source.split("\n")
    number = next(n for n, line in enumerate(lines, 1) if "x" in line)
    told = said("change.place", place=code)
    assert as_written_in(told, lines, number) == said("change.place", place=written)


def test_code_of_another_line_stands_as_on_that() -> None:
    told = said("a", place="x * 2", question=said("b", line=2, code="y = x / 2"))
    assert as_written_in(told, ["z = x*2", "y = x/2"], 1) == said(
        "a", place="x*2", question=said("b", line=2, code="y = x/2")
    )
