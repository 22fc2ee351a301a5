"""What a file tells without being run."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.sandbox.outcome import FileFacts
from autograder.source.source_facts import facts
from autograder.source.trees import cut_short

CONTRACT = {
    "practice_6_1": {"threshold": ["x"], "softmax": ["x"], "softmax_jacobian": ["x"]},
    "practice_6_2": {"propagate_error": ["error", "jacobian"], "practice_6_2": []},
    "backprop": {
        "forward": ["weights", "x"],
        "backward": ["weights", "activations", "target"],
        "train": ["weights", "inputs", "targets", "learning_rate", "epochs"],
    },
}


def read(source: str | bytes, module: str = "backprop") -> dict[str, Any]:
    data = dedent(source).encode() if isinstance(source, str) else source
    return facts(data, module, CONTRACT)


def uses(source: str, function: str = "forward", module: str = "backprop") -> list[str]:
    used: list[str] = read(source, module)["uses"][function]
    return used


@pytest.mark.parametrize(
    ("source", "used"),
    [
        ("def forward(w, x): return x", []),
        ("def forward(w, x): return backward(w)\ndef backward(w): return w", ["backward"]),
        ("from practice_6_1 import softmax\ndef forward(w, x): return softmax(x)", ["softmax"]),
        ("from practice_6_1 import softmax as s\ndef forward(w, x): return s(x)", ["softmax"]),
        ("import practice_6_1\ndef forward(w, x): return practice_6_1.softmax(x)", ["softmax"]),
        ("import practice_6_1 as p\ndef forward(w, x): return p.softmax(x)", ["softmax"]),
        ("from practice_6_1 import *\ndef forward(w, x): return softmax(x)", ["softmax"]),
        ("from practice_6_1 import *\ndef forward(w, x): return x", []),
        ("def forward(w, x):\n from practice_6_1 import softmax as s\n return s(x)", ["softmax"]),
        ("def forward(w, x):\n import practice_6_1 as p\n return p.softmax(x)", ["softmax"]),
        ("from numpy import *\ndef forward(w, x): return softmax(x)", []),
        ("from scipy.special import softmax\ndef forward(w, x): return softmax(x)", []),
    ],
)
def test_direct_uses(source: str, used: list[str]) -> None:
    assert uses(source) == used


@pytest.mark.parametrize(
    "helper",
    [
        "def h(x): return softmax(x)",
        "h = lambda x: softmax(x)",
        "h = softmax",
        "from functools import partial\nh = partial(softmax)",
        "class h:\n def __call__(self, x): return softmax(x)",
        "def g(x): return softmax(x)\ndef h(x): return g(x)",
        "def h(x):\n def inner(y): return softmax(y)\n return inner(x)",
        "table = {'top': softmax}\ndef h(x): return table['top'](x)",
        "if True:\n h = softmax\nelse:\n h = None",
        "with open('x') as f:\n h = softmax",
        "h = [softmax for _ in range(3)]",
        "h: object = softmax",
    ],
)
def test_uses_through_the_files_own_helpers(helper: str) -> None:
    source = f"from practice_6_1 import softmax\n{helper}\ndef forward(w, x): return h(x)"
    assert uses(source) == ["softmax"]


def test_a_local_function_of_a_contract_name_is_not_the_contracts() -> None:
    source = "def softmax(x): return x\ndef forward(w, x): return softmax(x)"
    assert uses(source) == []


def test_a_later_definition_replaces_an_import() -> None:
    source = """
        from practice_6_1 import softmax
        def softmax(x): return x
        def forward(w, x): return softmax(x)
    """
    assert uses(source) == []


def test_either_branch_of_a_guarded_import_counts() -> None:
    source = """
        try:
            from practice_6_1 import softmax
        except ImportError:
            def softmax(x): return x
        def forward(w, x): return softmax(x)
    """
    assert uses(source) == ["softmax"]


def test_a_name_wrapped_into_itself_is_still_the_imported_one() -> None:
    source = """
        from practice_6_1 import softmax
        softmax = cached(softmax)
        def forward(w, x): return softmax(x)
    """
    assert uses(source) == ["softmax"]


def test_a_local_variable_of_a_contract_name_is_no_use() -> None:
    source = """
        def backward(w): return w
        def forward(w, x):
            backward = x
            return [backward for forward in w]
    """
    assert uses(source) == []


def test_a_parameter_of_a_contract_name_is_no_use() -> None:
    assert uses("from practice_6_1 import *\ndef forward(w, softmax): return softmax") == []


def test_uses_stop_at_a_function_of_the_contract() -> None:
    source = """
        def softmax(x): return x
        def softmax_jacobian(x): return softmax(x)
        def threshold(x): return softmax_jacobian(x)
    """
    assert uses(source, "threshold", "practice_6_1") == ["softmax_jacobian"]


def test_recursion_is_no_use_of_another() -> None:
    assert uses("def forward(w, x): return forward(w[1:], x)") == []


def test_lines_run_from_the_decorator_to_the_end() -> None:
    source = "import numpy as np\n\n@np.vectorize\ndef forward(w, x):\n    y = x\n    return y\n"
    assert read(source)["lines"] == {"forward": [3, 6]}


@pytest.mark.parametrize(
    "body",
    [
        '"""Doc."""',
        "pass",
        "...",
        "raise NotImplementedError",
        'raise NotImplementedError("later")',
        "return",
        "return None",
        '"""Doc."""\n    pass',
        '"""Doc."""\n    # Your code here.\n    return None',
    ],
)
def test_an_empty_body_is_a_stub(body: str) -> None:
    assert read(f"def forward(w, x):\n    {body}\n")["stub"] == ["forward"]


@pytest.mark.parametrize(
    ("body", "returns"),
    [
        ("pass", "never"),
        ("return", "never"),
        ("return None", "never"),
        ("def h():\n        return 1", "never"),
        ("h = lambda: 1", "never"),
        ("return x", "always"),
        ("return x.sort()", "always"),
        ("if w:\n        return 1\n    else:\n        return 2", "always"),
        ("if w:\n        raise ValueError\n    return 2", "always"),
        ("if w:\n        return 1", "sometimes"),
        ("for v in x:\n        return v", "sometimes"),
        ("if w:\n        return\n    return 1", "sometimes"),
    ],
)
def test_whether_a_function_gets_to_a_return_of_something(body: str, returns: str) -> None:
    found = read(f"def forward(w, x):\n    {body}\n")
    assert found["returns"] == {"forward": returns}
    assert FileFacts.from_json(found).returns == {"forward": returns}


@pytest.mark.parametrize("body", ["return 0", "x = 1", "raise ValueError", "print(w)", "w @ x"])
def test_a_body_that_does_something_is_no_stub(body: str) -> None:
    assert read(f"def forward(w, x):\n    {body}\n")["stub"] == []


@pytest.mark.parametrize(
    ("source", "kind", "line"),
    [
        (b"x = 1\ndef f(:\n", "syntax", 2),
        (b"if True:\nx = 1\n", "syntax", 1),
        (b"%matplotlib inline\n", "syntax", 1),
        (b"x = 1\r\ny = (\r\n", "syntax", 2),
        (b"PK\3\4\n\0\1\2\5\6\7\x08", "null byte", 2),
        (b"x = " + b"-" * 200_000 + b"1", "nesting", 1),
        (b"x = a" + b".b" * 200_000, "nesting", 1),
    ],
)
def test_an_unreadable_file_says_why_and_where(source: bytes, kind: str, line: int | None) -> None:
    (problem,) = read(source)["unread"]
    assert (problem["kind"], problem["line"]) == (kind, line)
    assert problem["message"]


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbfdef forward(w, x): return 'caf\xc3\xa9'\n",
        b"def forward(w, x):\r\n    return x\r\n",
        b"def forward(w, x):\r    return x\r",
        b"# coding: ascii\n# caf\xe9\ndef forward(w, x): return x\n",
        b"# coding: klingon\ndef forward(w, x): return x\n",
        b"# coding: rot13\ndef forward(w, x): return x\n",
        "def forward(w, x): return x\n".encode("utf-16"),
        "def forward(w, x): return x\n".encode("utf-16-be"),
        "def forward(w, x): return x\n".encode("utf-32"),
        "def forward(w, x): return x\n".encode("utf-32-le"),
        b"def forward(w, x): return x\n\0\0\0",
        b"# -*- coding: latin-1 -*-\ndef forward(w, x): return 'caf\xe9'\n",
        b"# caf\xe9\ndef forward(w, x): return x\n",
        b"\xef\xbb\xbf# caf\xe9\ndef forward(w, x): return x\n",
        b"# -*- coding: utf-8 -*-\n\n\ndef forward(w, x): return x  # 3 \x96 4\n",
        b"def forward(w, x): return x",
    ],
)
def test_every_encoding_that_python_reads_is_read_and_latin_1_too(source: bytes) -> None:
    result = read(source)
    assert result["unread"] == []
    assert "forward" in result["lines"]


@given(st.binary(max_size=100) | st.text(max_size=100).map(lambda text: text.encode("utf-8")))
def test_any_file_gives_facts_that_the_grader_accepts(source: bytes) -> None:
    FileFacts.from_json(read(source))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def forward(w, x, kept=[]):\n kept.append(x)\n return kept", ["default", 1, "kept"]),
        ("n = 0\ndef forward(w, x):\n global n\n n += 1\n return n", ["global", 4, "n"]),
        ("k = {}\ndef forward(w, x):\n k[0] = x\n return k", ["shared", 3, "k"]),
        (
            "import numpy as np\ndef forward(w, x):\n return np.random.rand(3)",
            ["random", 3, "np.random.rand"],
        ),
        ("k = []\ndef h():\n k.append(1)\ndef forward(w, x):\n h()", ["shared", 3, "k"]),
    ],
)
def test_what_lasts_from_call_to_call_is_found(source: str, found: list[Any]) -> None:
    assert read(source)["memories"]["forward"] == [found]


@pytest.mark.parametrize(
    "source",
    [
        "def forward(w, x, kept=None):\n kept = []\n kept.append(x)\n return kept",
        "def forward(w, x, sizes=[1]):\n return sizes[0]",
        "k = []\ndef forward(w, x):\n k = []\n k.append(x)\n return k",
        "k = []\ndef other():\n k.append(1)\ndef forward(w, x):\n return x",
    ],
)
def test_what_does_not_last_is_not(source: str) -> None:
    assert read(source)["memories"]["forward"] == []


def test_the_words_of_a_function_are_those_of_its_helpers_too() -> None:
    words = read(
        """
        def h(x): return x[::-1] + abs(x)[0]
        def other(x): return max(x)
        def forward(w, x):
            w *= 2
            return [h(np.array(a)).sum(axis=0) for a in x]
        """
    )["words"]["forward"]
    assert {"h", "abs", "[0]", "*=", "loop", "sum", "axis", "array(a)"} <= set(words)
    assert "[::-1]" in words
    assert not {"max", "while", "for", "+="} & set(words)


@pytest.mark.parametrize("depth", [50, 5000])
def test_an_index_however_deep_is_told_in_short(depth: int) -> None:
    found = read("def forward(w, x): return w" + "[x" * depth + "]" * depth)
    assert all(len(word) <= 40 for word in found["words"].get("forward", []))


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("rate * np.exp(-number / epochs)", "rate * np.exp(-number / ..."),
        ("softmax(z) if last else rel(u)", "softmax(z) if last else ..."),
        ("softmax(z) if last else relu(z)", "softmax(z) if last else ..."),
        ("softmax(z) if l else relu(z)", "softmax(z) if l else relu(z)"),
        ("a_name_that_is_longer_than_all_that_fits", "a_name_that_is_longer_th ..."),
    ],
)
def test_code_is_cut_at_the_end_of_a_piece(code: str, shown: str) -> None:
    assert cut_short(code, 24) == shown
