"""A slip with one plain mend is mended within its line, and others are left as they are."""

from __future__ import annotations

import ast

import pytest

from autograder.source.crashes.crash import Crash
from autograder.source.crashes.reasons import reason
from autograder.source.mends import LASTING, RANGE_OF_A_LIST, Edit, Mend, emptied, mended, mends
from autograder.source.trees import Slip

#: By slip: its line and name, the lines of a function, and what becomes of one of them.
MENDED = {
    "not set back": (
        (5, "s"),
        "out = []\ns = 0\nfor r in M:\n    for x in r:\n        s += x\n    out.append(s)  # é\n",
        "    out.append(s); s = 0  # é",
    ),
    "overwritten": (
        (3, "l"),
        "for l in range(2, n):\n    d = d @ M\n    M[-1] = d\n",
        "    M[-l] = d",
    ),
    "same entry": ((2, "M"), "for i in range(n):\n    d = d @ M[0]\n", "    d = d @ M[i]"),
    "break": ((3, ""), "for r in M:\n    if r:\n        break\n", "        pass"),
    "not added up": ((2, "s"), "for r in M:\n    s = (r @ d)\n", "    s = (s + (r @ d))"),
    "near name": ((2, "norms"), "norms = [n]\nreturn norm\n", "return norms"),
    "made once": ((2, "row"), "for r in M:\n    out.append(row)\n", "    out.append(row.copy())"),
    "filled again": (
        (2, "d"),
        "for r in M:\n    d[:] = d @ r\n    out.append(d)\n",
        "    d = d @ r",
    ),
    "random": (
        (2, ""),
        "for i in range(n):\n    k = random.randrange(n)\n    d = d @ M[k]\n",
        "    k = i",
    ),
    "shuffled": (
        (1, ""),
        "for i in np.random.permutation(n):\n    d = d @ M[i]\n",
        "for i in np.arange(n):",
    ),
    "whole places": ((1, "z"), "z = np.zeros_like(d)\n", "z = np.zeros_like(d, dtype=float)"),
}
LEFT = {
    "a while may go on for ever": (("break", 3, ""), "while d:\n    if n:\n        break\n"),
    "no number that counts": (("overwritten", 2, "r"), "for r in M:\n    out[-1] = r\n"),
    "begun with something else": (
        ("not set back", 5, "s"),
        "out = []\ns = n\nfor r in M:\n    for x in r:\n        s += x\n    out.append(s)\n",
    ),
    "a number that is counted up to": (
        (RANGE_OF_A_LIST, 2, ""),
        "m = len(M)\nfor i in range(m):\n    pass\n",
    ),
    "random": (("random", 1, ""), "return np.random.rand(n)\n"),
}


def _text(body: str, slips: list[Slip]) -> list[str]:
    """The lines with each mend in its turn, without the head."""
    source = "def f(d, M, n):\n" + "".join(f"    {line}\n" for line in body.splitlines())
    kinds = {slip.kind for slip in slips} or {RANGE_OF_A_LIST}
    found = [one for one in mends(ast.parse(source).body, slips) if one.kind in kinds]
    texts = [mended(source.encode(), one) for one in found]
    return [(text or b"").decode() for text in texts]


@pytest.mark.parametrize("kind", MENDED)
def test_a_slip_is_mended_and_all_lines_keep_their_numbers(kind: str) -> None:
    (line, name), body, becomes = MENDED[kind]
    (text,) = _text(body, [Slip(kind, line + 1, name)])
    ast.parse(text)
    own, new = body.splitlines(), [one.removeprefix("    ") for one in text.splitlines()[1:]]
    assert [now for now, was in zip(new, own, strict=True) if now != was] == [becomes]


@pytest.mark.parametrize("case", LEFT)
def test_what_has_no_one_mend_is_left(case: str) -> None:
    (kind, line, name), body = LEFT[case]
    assert _text(body, [Slip(kind, line + 1, name)]) == []


@pytest.mark.parametrize(
    ("loop", "becomes"),
    [
        ("for i, W in range(M):", "for i, W in enumerate(M):"),
        ("for i in range(M):", "for i in range(len(M)):"),
    ],
)
def test_a_list_that_is_counted_through(loop: str, becomes: str) -> None:
    (text,) = _text(f"{loop}\n    pass\n", [])
    assert becomes in text


@pytest.mark.parametrize(
    ("kind", "source", "becomes"),
    [
        ("shared", "out = []\ndef f(d):\n    out.append(d)\n", "    out.clear(); out.append(d)"),
        ("shared", "out = [0]\ndef f(d):\n    out.append(d)\n", ""),
        ("shared", "out = []\ndef f(d):\n    out.append(f(d[1:]))\n", ""),
        ("shared", "out = []\ndef f(d):\n    for e in d:\n        out.append(e)\n", ""),
        (
            "default",
            'def f(d, out=[]):\n    """é"""\n    out.append(d)\n',
            '    """é"""; out.clear()',
        ),
        ("global", "out = []\ndef f(d):\n    out.append(d)\n", ""),
    ],
)
def test_what_lasts_is_empty_when_a_call_begins(kind: str, source: str, becomes: str) -> None:
    body = ast.parse(source).body
    found = [*emptied(body[-1], body, [(kind, 3, "out")])]
    texts = [mended(source.encode(), one) or b"" for one in found]
    assert all(one.kind == LASTING and one.line == 3 for one in found)
    assert len(texts) == bool(becomes)
    assert all(becomes in text.decode().splitlines() for text in texts)


def test_what_stands_nowhere_in_the_file_mends_nothing() -> None:
    assert mended(b"a = 1\n", Mend(RANGE_OF_A_LIST, 1, (Edit(9, 0, 1, "b"),))) is None
    assert mended(b"a = 1\n", Mend(RANGE_OF_A_LIST, 1, (Edit(1, 4, 90, "b"),))) is None


@pytest.mark.parametrize(
    ("known", "key"),
    [(["updated", "i"], "entries_of_itself_but_near"), (["total"], "entries_of_itself")],
)
def test_an_entry_of_the_function_itself(known: list[str], key: str) -> None:
    message = "'function' object is not subscriptable"
    crash = Crash("TypeError", message, "update[i] = update[i] - 1", function="update", known=known)
    assert reason(crash).key == f"crash.{key}"


def test_an_entry_of_another_function_is_no_entry_of_the_function_itself() -> None:
    message = "'function' object is not subscriptable"
    crash = Crash("TypeError", message, "total = softmax[i]", function="update", known=["i"])
    assert reason(crash).key == "crash.calculates_with_a_function"
