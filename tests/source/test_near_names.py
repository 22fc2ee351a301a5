"""A name that no line reads is listed where one that is spelt much like it is read instead."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from autograder.source.slips.near_names import near_names

#: By case: the lines of a function of ``error`` and ``items``, and the line and the name.
READ_INSTEAD = {
    "an s too few": (
        "norm = np.zeros(3)\nnorms = [np.sum(e**2) for e in items]\nreturn norm ** 0.5",
        (4, "norms"),
    ),
    "a letter lost in a loop": (
        "out = []\nfor J in items:\n    out.append(error @ J)\n    eror = error @ J\nreturn out",
        (4, "eror"),
    ),
    "a list that is filled and not given back": (
        "result = error * 2\nresults = []\nresults.append(result)\nreturn result",
        (5, "results"),
    ),
    "a longer name": (
        "norms = np.zeros(3)\nall_norms = [abs(e) for e in items]\nreturn norms",
        (4, "all_norms"),
    ),
}
NOT_SO = {
    "both are read": "norm = items[0]\nnorms = [norm]\nreturn norms + [norm]",
    "the other gets its own value": "norms = items[0]\nnorm = items[1]\nreturn norm",
    "the other is given later": "norms = items[0]\nfor i in items:\n    norm = i\nreturn norm",
    "a number by itself differs": "delta1 = error * 2\ndelta2 = error * 3\nreturn delta2",
    "named after what it is made of": "exps = np.exp(error)\ntotal_exps = sum(exps)\nreturn exps",
    "an argument within a longer name": "error_sum = items[0]\nreturn error @ items[1]",
    "a beginning that is left": "total = error[0]\ntotals = []\nreturn total",
    "what a loop counts by": "for item in items:\n    pass\nreturn items",
    "a short name": "es = items[0]\ne = error\nreturn e",
}


def _listed(body: str) -> list[tuple[int, str]]:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    (function,) = ast.parse(f"def f(error, items):\n{lines}\n").body
    return [(line, name) for _, line, name in near_names(function)]


@pytest.mark.parametrize("case", READ_INSTEAD)
def test_the_line_that_reads_another_name_is_listed(case: str) -> None:
    body, place = READ_INSTEAD[case]
    assert _listed(body) == [place]


@pytest.mark.parametrize("case", NOT_SO)
def test_names_that_are_alike_for_a_reason_are_not_listed(case: str) -> None:
    assert _listed(NOT_SO[case]) == []


def test_what_is_read_instead_is_told_of_wrong_answers(
    feedback: Callable[[str], dict[str, dict[str, Any]]],
) -> None:
    (part,) = feedback(
        "def error_norms(error, jacobians, p=2):\n"
        "    grad_norm = np.zeros(len(jacobians) + 1)\n"
        "    grads = [np.asarray(error)]\n"
        "    for J in jacobians:\n"
        "        grads.append(grads[-1] @ J)\n"
        "    grad_norms = [np.sum(grad**p) for grad in grads]\n"
        "    return grad_norm ** (1 / p)\n"
    )["error_norms"]["parts"]
    assert "`grad_norms` gets values, and no line reads it" in part["did"]
    assert "return grad_norm" in dict(part["line"]["code"])[part["line"]["number"]]
