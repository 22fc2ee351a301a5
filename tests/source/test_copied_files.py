"""A file whose lines were copied with something beside the code is read as the code alone."""

from __future__ import annotations

import ast
import html
import json
import re
from collections.abc import Callable
from textwrap import dedent, indent

import pytest

from autograder.source.statements import Statements, statements

CODE = dedent(
    '''
    import numpy as np


    def softmax(x):
        """Shares of the whole.

        Examples
        --------
        >>> softmax([0, 0])
        """
        e = np.exp(x - np.max(x))

        return e / e.sum()


    def threshold(x):
        result = []
        for value in x:
            if value > -1:
                result.append(value)
            else:
                result.append(0)
        return result
    '''
).lstrip()


def by_line(change: Callable[[int, str], str]) -> str:
    return "\n".join(change(n, line) for n, line in enumerate(CODE.split("\n"), 1))


def session(first: str, more: str) -> str:
    """As it stands in an interpreter's window."""
    shown: list[str] = []
    for node in ast.parse(CODE).body:
        lines = (ast.get_source_segment(CODE, node) or "").split("\n")
        shown += [first + lines[0], *(more + line for line in lines[1:]), more]
    return "\n".join(shown)


COPIED = {
    "numbers and a tab": (by_line(lambda n, line: f"{n}\t{line}"), "line_numbers"),
    "numbers to the right": (by_line(lambda n, line: f"{n:>4}  {line}"), "line_numbers"),
    "numbers to the left": (by_line(lambda n, line: f"{n:<4}{line}"), "line_numbers"),
    "numbers and a bar": (by_line(lambda n, line: f"{n:>3} | {line}"), "line_numbers"),
    "numbers on lines of their own": (by_line(lambda n, line: f"{n}\n{line}"), "line_numbers"),
    "a mail": (by_line(lambda n, line: f"> {line}".rstrip()), "line_marks"),
    "a mail of a mail": (by_line(lambda n, line: f">> {line}"), "line_marks"),
    "a frame": (by_line(lambda n, line: f"| {line:<70} |"), "line_marks"),
    "a new file in a comparison": (by_line(lambda n, line: f"+{line}"), "line_marks"),
    "a comparison": (
        "--- a/x.py\n+++ b/x.py\n@@ -1,30 +1,30 @@\n"
        + by_line(lambda n, line: f"-{line} old\n+{line}" if "result" in line else f" {line}"),
        "compared",
    ),
    "an interpreter": (session(">>> ", "... "), "prompts"),
    "an interpreter's answer": (session(">>> ", "... ") + "\n>>> f()\narray([1,\n 2])", "prompts"),
    "IPython": (session("In [7]: ", "   ...: ") + "\nOut[7]: 3\n", "prompts"),
    "an indent": (indent(CODE, "    "), "indented"),
    "an indent below prose": ("Here it's:\n\n" + indent(CODE, "    "), "indented_code"),
    "a web page's signs": (html.escape(CODE), "entity"),
    "a web page's lines": (CODE.replace("\n", "<br>\n"), "tags"),
    "fences in a function": (CODE.replace("    e =", "```\n```python\n    e ="), "fence"),
    "a line in a function": (CODE.replace("    e =", "-----\n    e ="), "rule"),
    "a magic in a function": (CODE.replace("    e =", "    %who\n    e ="), "magic"),
    "another language's remark": (CODE.replace("    e =", "    // e^x\n    e ="), "slashes"),
    "backquotes": (f"`{CODE}`", "backquote"),
    "JSON": (json.dumps(CODE), "escaped"),
    "JSON without quotes": (json.dumps(CODE)[1:-1], "escaped"),
    "a word processor's lines": (CODE.replace("\n", "\u2028"), "soft_breaks"),
    "null bytes": (CODE.replace("\n\n\n", "\n\0\n\n"), "nulls"),
    "a control character": (f"{CODE.rstrip()}\x1a", "control"),
    "a byte order mark within": (CODE.replace("def ", "\ufeffdef "), "unseen"),
    "blanks behind a backslash": (CODE.replace("e / ", "e / \\  \n  "), "blanks_behind"),
    "an import with a slip": (CODE.replace("import numpy", "inport numpy"), "import"),
    "a merge": (
        CODE.replace("    result = []", "<<<<<<< a\n    r = 1\n=======\n    result = []\n>>>>>>> b")
        + "\n",
        "merge_last",
    ),
    "a merge of three": (
        CODE.replace("e =", "e =", 1).replace(
            "    result = []",
            "<<<<<<< a\n    r = 1\n||||||| o\n    r = 2\n=======\n    result = []\n>>>>>>> b",
        ),
        "merge_last",
    ),
    "a merge with the stub": (
        CODE.replace("    result = []", "<<<<<<< a\n    result = []")
        + "=======\n    raise NotImplementedError\n>>>>>>> b\n",
        "merge_first",
    ),
}  # fmt: skip


def functions(body: list[ast.stmt]) -> dict[str, str]:
    """What stands in each function, but for the words in its docstring."""
    found = [node for node in body if isinstance(node, ast.FunctionDef)]
    return {
        node.name: ast.dump(ast.Module(node.body[ast.get_docstring(node) is not None :], []))
        for node in found
    }


def read(text: str) -> Statements:
    return statements(text.encode(), compiling=True)


@pytest.mark.parametrize(("text", "told"), COPIED.values(), ids=COPIED)
def test_what_copying_puts_in_is_taken_off_and_told(text: str, told: str) -> None:
    found = read(text)
    assert functions(found.body) == functions(ast.parse(CODE).body)
    assert f"remark.{told}" in {remark.key for _, remark in found.remarks}


#: An indent below a function is that function's.
PARTS = [
    text for kind, (text, _) in COPIED.items() if "def softmax" in text and kind != "an indent"
]


@pytest.mark.parametrize("text", PARTS)
def test_what_copying_puts_into_one_function_alone_costs_no_other(text: str) -> None:
    own = "\n\ndef mine(x):\n    return [\n        -x,\n        -2 * x,\n        -3,\n    ]\n\n\n"
    found = functions(read(own + text).body)
    assert found["mine"] == functions(ast.parse(own).body)["mine"]


@pytest.mark.parametrize("width", [2, 4, 8])
def test_a_tab_is_as_wide_as_makes_sense(width: int) -> None:
    step = " " * width
    text = f"def f(x):\n{step}y = x\n\tif y:\n\t{step}y = 2\n\treturn y\n"
    (function,) = read(text).body
    assert ast.unparse(function) == "def f(x):\n    y = x\n    if y:\n        y = 2\n    return y"


STRAY = [")", "}", "};", "]", "\x0b", "-----", "end of f", "```", "EOF)"]


@pytest.mark.parametrize("stray", STRAY)
def test_a_line_below_a_function_leaves_it_whole(stray: str) -> None:
    found = read(f"def f(x):\n    return x\n{stray}\n\ndef g(x):\n    return x\n")
    assert list(functions(found.body)) == ["f", "g"]
    assert found.broken or found.remarks


@pytest.mark.parametrize("stray", ["x y", "for v in x", "for v in x:", "else:"])
def test_a_function_that_is_cut_in_two_is_not_judged_by_its_upper_part(stray: str) -> None:
    found = read(f"def f(x):\n    y = x\n{stray}\n    y += 1\n    return y\n")
    assert functions(found.body) == {}
    assert "f" in {name for broken in found.broken for name in broken.names}


def test_every_unreadable_place_is_found_with_what_it_costs() -> None:
    found = read("def f(x)\n    return x\nx y\ndef g(x):\n    return (x\ndef h(x):\n    break\n")
    costs = [(broken.line, broken.names) for broken in found.broken]
    assert costs == [(1, ("f",)), (3, ()), (5, ("g",)), (7, ("h",))]


def test_pythons_words_count_lines_as_the_file_does() -> None:
    found = read("x = 1\nx y\n\ndef f(x):\nreturn x\n")
    assert any("on line 4" in broken.message for broken in found.broken)


def test_a_sum_too_long_to_be_read_costs_itself_alone() -> None:
    text = f"x = {'1+' * 6000}1\ndef f(x):\n    return x\n"
    found = read(text)
    assert list(functions(found.body)) == ["f"]
    try:
        ast.parse(text)
    except (RecursionError, MemoryError):
        assert [broken.kind for broken in found.broken] == ["nesting"]
    else:  # later Pythons read it
        assert found.broken == []


NEWER = [
    'def f(x):\n    print(t"a {x}")\n    return x\n',
    'def f[T](x: T) -> T:\n    y = f"{", ".join(x)}"\n    return x\n',
    'def f[T](x: T) -> T:\n    try:\n        return x\n    except A, B:\n        print(t"{x}")\n',
]


@pytest.mark.parametrize("text", NEWER)
def test_what_newer_pythons_read_is_read(text: str) -> None:
    assert list(functions(read(text + "\n1 1\n").body)) == ["f"]


SAVED = {
    "another encoding": ("# caf\xe9\nx = 1\n".encode("latin-1"), "not_utf_8"),
    "no such encoding": (b"# coding: utf8mb4\nx = 1\n", "coding_line"),
    "null bytes at the end": (b"x = 1\n\0\0\0", "nulls"),
    "a future below": (b"x = 1\nfrom __future__ import annotations\n", "future_late"),
}


@pytest.mark.parametrize(("source", "told"), SAVED.values(), ids=SAVED)
def test_what_python_would_not_read_is_told_though_it_was(source: bytes, told: str) -> None:
    found = statements(source)
    assert found.body
    assert [remark.key for _, remark in found.remarks] == [f"remark.{told}"]


RIGHT = [
    CODE,
    "from __future__ import annotations\nfrom __future__ import division\n",
    '"""Words."""\nfrom __future__ import annotations\n',
    "# caf\u00e9\nx = '&gt; \u2028 \x0b'\n",
    CODE.replace("e = np", "# &gt; 1\n    e = np"),
]


@pytest.mark.parametrize("text", RIGHT)
def test_of_a_file_that_python_reads_nothing_is_told(text: str) -> None:
    found = read(text)
    assert (found.remarks, found.broken) == ([], [])
    assert ast.dump(ast.Module(found.body, [])) == ast.dump(ast.parse(text))


COMMENTED = [re.sub("(?m)^", "# ", CODE), "'''\n" + CODE.replace('"""', "") + "'''\n"]


@pytest.mark.parametrize("text", COMMENTED)
def test_what_is_commented_out_is_not_handed_in(text: str) -> None:
    assert functions(read(text).body) == {}
