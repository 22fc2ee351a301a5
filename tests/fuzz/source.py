"""Any bytes as a student's file give facts that the grader accepts, and agree with Python."""

from __future__ import annotations

import ast
import json
import keyword
import warnings

from autograder.diagnosis.crash import source_line
from autograder.sandbox.outcome import MAX_MESSAGE, FileFacts, Raised
from autograder.source.source_facts import MAX_TEXT, facts, names_on_lines
from tests.the_assignment import FUNCTIONS, NOTES6, QUESTIONS, SAY, SOLUTIONS, explain_exception

from .messages import is_clean

TOKENS = [
    *(word.encode() for word in keyword.kwlist), *(name.encode() for name in FUNCTIONS),
    *(name.encode() for name in QUESTIONS), b"# coding: ", b"latin-1", b"utf-16", b"utf-7",
    b"rot13", b"idna", b"unicode_escape", b"\xef\xbb\xbf", b"\xff\xfe", b"\r", b"\x0c", b"\\\n",
    b'"""', b"f'{", b"'\\ud800'", b"((((((((((", b"-----------", b"\\N{", b"lambda:", b"global ",
    b"0x", b"1e999", b"999999999999999999999", b":=", b"->", b"**", b"...", b"\xe2\x80\xae",
    b"raise NotImplementedError", b">>> ", b"... ", b"In [1]: ", b"<<<<<<< a\n", b"=======\n",
    b">>>>>>> b\n", b"\\n", b"&gt;", b"```\n", b"\xe2\x80\xa8", b"<br>", b"@@ ", b"+",
    b"// ", b"%x",
]  # fmt: skip


#: What ends a line, or may be read as its end where a word processor or a text in JSON has it.
LINE_ENDS = (
    b"\n", b"\r", b"\x0b", b"\x1c", b"\x1d", b"\x1e", b"\x85", b"\\n", b"\x28\x20", b"\x20\x28",
    b"\x29\x20", b"\x20\x29", b"\xe2\x80\xa8", b"\xe2\x80\xa9", b"&#",
)  # fmt: skip


def seeds() -> list[bytes]:
    """The functions of the solutions one by one, and files as editors and students make them."""
    tree = {q: ast.parse((SOLUTIONS / f"{q}.py").read_bytes()) for q in QUESTIONS}
    functions = [
        ast.unparse(node).encode()
        for question in QUESTIONS
        for node in tree[question].body
        if isinstance(node, ast.FunctionDef | ast.ImportFrom)
    ]
    return [
        *functions,
        b"",
        b"\xef\xbb\xbfdef forward(w, x):\r\n\treturn '\xc3\xa9'\r\n",
        b"# -*- coding: latin-1 -*-\ndef train(w): return 'caf\xe9'\n",
        b"# coding: klingon\n",
        b"x = '" + b"\x1b\t" * 500 + b"\n",
        b"# coding: utf-16\nx = 1\n",
        b"def f(:\n  pass\n",
        b"x = 1\ny = '\0'\n",
        b"x = " + b"(" * 150 + b")" * 150,
        b"try:\n    from practice_6_1 import softmax as s\nexcept ImportError:\n    s = None\n"
        b"h = lambda x: s(x)\ndef forward(w, x):\n    return h(x)\n",
        b"class softmax:\n    def __call__(self, x): return train(x)\nglobal_ = softmax\n",
        b"@cache\ndef softmax(x): ...\nsoftmax = cached(softmax)\n",
        "def softmaх(x):\n    return ‘x’\n".encode(),
        b"if 1:\n\tdef softmax(x): pass\n        y = 2\n",
        b"match x:\n    case [softmax, *rest]: pass\n",
        b">>> def softmax(x):\n...     return x\n",
        b"1 def softmax(x):\n2     return x\n3 x = 1\n",
        b"def softmax(x):\n<<<<<<< a\n    return 1\n=======\n    return x\n>>>>>>> b\n",
        b"def softmax(x):\\n    return x\\n",
        b"if __name__ == 'x':\n    def softmax(x): return x\n",
        b"@@ -1 +1 @@\n+def softmax(x):\n+    return x &gt; 0\n",
    ]


def check(data: bytes) -> None:
    """Read the bytes as the source of each file that holds functions of the contract."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for module in ("practice_6_1", "backprop"):
            check_facts(data, module)
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for line in (1, lines // 2, lines):
        check_quote(Raised("ValueError", "x", "backprop.py", line), {"backprop.py": data})


def check_facts(data: bytes, module: str) -> None:
    """The facts are of their form, about functions of the contract, and true of the file."""
    contract = {question: dict(listed) for question, listed in NOTES6.contract}
    read = facts(data, module, contract)
    accepted = FileFacts.from_json(json.loads(json.dumps(read)))
    assert {name: [*used] for name, used in accepted.uses.items()} == read["uses"]
    assert {name: [*ends] for name, ends in accepted.lines.items()} == read["lines"]
    mine, everybodys = set(contract[module]), set(FUNCTIONS)
    assert {*accepted.uses} == {*accepted.lines} <= mine
    assert accepted.stub <= {*accepted.lines}
    assert {*accepted.returns} <= {*accepted.lines}
    assert {*accepted.returns.values()} <= {"never", "sometimes", "always"}
    assert all(accepted.returns[function] == "never" for function in accepted.stub)
    assert all({*used} <= everybodys - {function} for function, used in accepted.uses.items())
    lines = 1 + sum(data.count(end) for end in LINE_ENDS)
    assert all(1 <= first <= last <= lines for first, last in accepted.lines.values())
    assert {*accepted.renamed, *accepted.lost, *accepted.recursive, *accepted.needed} <= mine
    assert {*accepted.parameters} == {*accepted.needed} <= {*accepted.lines}
    assert all(is_clean(SAY.fill(remark)) for _, remark in accepted.remarks)
    problem = accepted.syntax_error
    if problem is not None:
        assert problem.kind in ("syntax", "encoding", "null byte", "nesting")
        assert is_clean(problem.message)
        assert is_clean(problem.text)
        assert problem.cause is None or is_clean(SAY.fill(problem.cause))
        assert len(problem.message) <= MAX_MESSAGE
        assert len(problem.text) <= MAX_TEXT
        assert problem.line is None or 0 <= problem.line <= lines + 1
    if python_reads(data):
        assert problem is None


def python_reads(data: bytes) -> bool:
    """Tell whether Python's own reading of a file, as a file, succeeds."""
    try:
        compile(data, "x.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return False
    return True


def check_quote(raised: Raised, sources: dict[str, bytes]) -> None:
    """A line of the student's that is quoted is short and harmless."""
    quoted = source_line(raised, sources)
    assert quoted is None or (quoted.isprintable() and 0 < len(quoted) <= 100 and "`" not in quoted)
    assert explain_exception(raised, sources).isprintable()
    names = names_on_lines([quoted or ""])
    assert len(set(names)) == len(names)
