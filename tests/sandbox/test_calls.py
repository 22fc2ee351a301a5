"""Honest code, however odd, runs in the sandbox as it does at home."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from textwrap import dedent
from typing import Any

import numpy as np
import pytest

from autograder.sandbox.client import Limits, Sandbox, Worker
from autograder.sandbox.outcome import Died, Missing, Outcome, Raised, Returned
from autograder.sandbox.wire import Unsendable
from tests.the_assignment import sandbox_of

FILE = "practice_6_1.py"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    # A busy machine must not turn an honest answer into a hang.
    with sandbox_of(Limits(call_seconds=20, import_seconds=20, submission_seconds=120)) as sandbox:
        yield sandbox


def open_files(sandbox: Sandbox, files: Mapping[str, str | bytes]) -> Worker:
    return sandbox.open(
        {
            name: source if isinstance(source, bytes) else dedent(source).encode()
            for name, source in files.items()
        }
    )


def run(sandbox: Sandbox, source: str | bytes, *arguments: Any, function: str = "f") -> Outcome:
    """Call one function of a file once."""
    with open_files(sandbox, {FILE: source}) as worker:
        (outcome,) = worker.call(FILE, function, [arguments])
    return outcome


def returned(sandbox: Sandbox, source: str | bytes, *arguments: Any) -> Any:
    outcome = run(sandbox, source, *arguments)
    assert isinstance(outcome, Returned), outcome
    return outcome.value


# --- values -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("np.asarray(x, dtype=np.float32)", np.array([1.0, 2.0])),
        ("np.asarray(x, dtype=np.longdouble)", np.array([1.0, 2.0])),
        ("np.asmatrix([x, x])", np.array([[1.0, 2.0], [1.0, 2.0]])),
        ("x > 1", np.array([False, True])),
        ("x.sum()", np.array(3.0)),
        ("float(x.sum())", 3.0),
        ("[list(map(float, x)), tuple(map(float, x))]", [[1.0, 2.0], (1.0, 2.0)]),
        ("tuple(k for k in range(2))", (0, 1)),
    ],
)
def test_results_of_every_numeric_kind(sandbox: Sandbox, expression: str, expected: Any) -> None:
    source = f"import numpy as np\ndef f(x): return {expression}"
    value = returned(sandbox, source, np.array([1.0, 2.0]))
    assert type(value) is type(expected)
    if isinstance(expected, np.ndarray):
        np.testing.assert_array_equal(value, expected, strict=True)
    else:
        assert value == expected


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("(y for y in x)", "generator"),
        ("zip(x, x)", "zip"),
        ("{'a': 1}.values()", "dict_values"),
        ("{'a': 1}", "dict"),
        ("f", "function"),
        ("np.exp(1j * x)", "complex"),
        ("np.zeros(2 * 10**6)", "huge_ndarray"),
        ("np.broadcast_to(0.0, (1000, 1001))", "huge_ndarray"),
        ("[0.0] * (2 * 10**6)", "huge_list"),
        ("type('T', (), {'__array__': lambda *a: exit()})()", "T"),
    ],
)
def test_what_is_no_array_of_numbers_is_named(sandbox: Sandbox, expression: str, name: str) -> None:
    source = f"import numpy as np\ndef f(x): return {expression}"
    assert returned(sandbox, source, np.array([1.0])) == Unsendable(name)


def test_each_call_gets_fresh_arguments_and_changes_are_reported(sandbox: Sandbox) -> None:
    source = """
        def f(x, weights, rate):
            x -= x.max()
            weights[0] += 1.0
            weights.append(None)
            return x
    """
    arguments = (np.array([1.0, 2.0]), [np.zeros(2)], 0.1)
    with open_files(sandbox, {FILE: source}) as worker:
        outcomes = worker.call(FILE, "f", [arguments] * 3)
    for outcome in outcomes:
        assert isinstance(outcome, Returned)
        assert outcome.mutated == (0, 1)
        np.testing.assert_array_equal(outcome.value, [-1.0, 0.0])
    np.testing.assert_array_equal(arguments[0], [1.0, 2.0])


@pytest.mark.parametrize(
    "body",
    [
        "x = x - 1.0",
        "x[0] = x[0]",
        "x.shape = x.shape",
        "weights[0] = np.asarray(weights[0], dtype=np.longdouble)",
        "weights.append(1); weights.pop()",
    ],
)
def test_arguments_that_hold_the_same_numbers_are_not_changed(sandbox: Sandbox, body: str) -> None:
    source = f"import numpy as np\ndef f(x, weights):\n    {body}\n    return 1"
    outcome = run(sandbox, source, np.array([1.0, np.nan]), [np.array([1, 2])])
    assert outcome == Returned(1)


# --- how files are run --------------------------------------------------------------------------


def test_files_import_one_another_in_every_way(sandbox: Sandbox) -> None:
    files = {
        "practice_6_1.py": "def softmax(x): return [1.0]",
        "practice_6_2.py": """
            from practice_6_1 import *
            def propagate_error(e, j): return softmax(e)
        """,
        "practice_6_3.py": """
            import practice_6_2 as p
            from tools import twice
            def practice_6_3(): return twice(p.propagate_error(1, 1))
        """,
        "backprop.py": """
            def forward(w, x):
                import practice_6_3
                return practice_6_3.practice_6_3()
        """,
        "tools.py": "import wiggle\ndef twice(x): return wiggle.nudge(x) * 2",
        "wiggle.py": "def nudge(x): return x",
    }
    with open_files(sandbox, files) as worker:
        assert set(worker.imports.values()) == {None}
        assert worker.call("backprop.py", "forward", [([], 1.0)]) == [Returned([1.0, 1.0])]


def test_a_main_guard_does_not_run_and_trial_calls_do(sandbox: Sandbox) -> None:
    source = """
        calls = []
        def f(x):
            calls.append(x)
            return len(calls)
        f(0)
        if __name__ == "__main__":
            f(0)
    """
    assert returned(sandbox, source, 0) == 2


def test_a_students_file_does_not_take_the_place_of_pythons(sandbox: Sandbox) -> None:
    files = {FILE: "import random, numpy\ndef f(): return random.randint(3, 3)"}
    shadows = {"random.py": "def randint(a, b): return 9", "numpy.py": "1 / 0", "math.py": "1 / 0"}
    with open_files(sandbox, {**shadows, **files}) as worker:
        assert worker.call(FILE, "f", [()]) == [Returned(3)]


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbfdef f(): return 1\r\n",
        b"# -*- coding: latin-1 -*-\ndef f(): return len('\xe9')\n",
        b"# coding: shift-jis\ndef f(): return len('\x83\x41')\n",
        b"def f():\r    return 1\r",
    ],
)
def test_every_encoding_that_python_reads(sandbox: Sandbox, source: bytes) -> None:
    assert returned(sandbox, source) == 1


@pytest.mark.parametrize(
    "module",
    [
        "math, random, itertools, functools, collections, typing, dataclasses, copy, warnings",
        "time, operator, fractions, decimal, statistics, abc, enum, re, json, textwrap, pprint",
        "numpy.linalg, numpy.testing, numpy.random, numpy.ma, numpy.polynomial",
        "string, bisect, heapq, datetime, logging, unittest, timeit, inspect, contextlib, sys, os",
    ],
)
def test_the_standard_library_and_numpy_are_there(sandbox: Sandbox, module: str) -> None:
    assert returned(sandbox, f"import {module}\ndef f(): return 1") == 1


def test_what_is_installed_beside_numpy_is_not_there(sandbox: Sandbox) -> None:
    with open_files(
        sandbox, {FILE: "import matplotlib.pyplot as plt\ndef f(): return 1"}
    ) as worker:
        outcome = worker.imports[FILE]
        assert worker.call(FILE, "f", [()]) == [Returned(1)]
    assert isinstance(outcome, Raised)
    assert (outcome.type, outcome.name, outcome.line) == ("ModuleNotFoundError", "matplotlib", 1)


@pytest.mark.parametrize(
    "body",
    [
        "import warnings; warnings.warn('careful'); return 1",
        "import numpy as np; np.array([1.0]) / 0; np.log(-1.0); return 1",
        "import sys; sys.argv[1:]; return 1",
        "import os, sys; os.chdir(os.path.dirname(os.path.abspath(__file__))); return 1",
        "import os, sys; sys.path.append(os.getcwd()); return 1",
        "import sys; print('x', file=sys.stderr); sys.stdout.flush(); return 1",
        "print(chr(0xd800)); return 1",
        "import os; print(1, file=open(os.devnull, 'w')); return 1",
        "import threading; t = threading.Thread(target=print); t.start(); t.join(); return 1",
        "import numpy as np; np.random.default_rng().normal(); return 1",
        "import time; time.sleep(0.01); time.perf_counter(); return 1",
        "import logging; logging.warning('careful'); return 1",
        "import io, contextlib\n"
        "    with contextlib.redirect_stdout(io.StringIO()) as s: print('a')\n"
        "    return len(s.getvalue()) - 1",
        "class Net:\n        def run(self): return 1\n    return Net().run()",
        "return f.__module__ == 'practice_6_1' and f.__code__.co_firstlineno",
    ],
)
def test_everyday_code_runs(sandbox: Sandbox, body: str) -> None:
    assert returned(sandbox, f"def f():\n    {body}") == 1


def test_printing_more_than_the_memory_holds_is_no_trouble(sandbox: Sandbox) -> None:
    source = f"""
        def f(lines):
            for _ in range(lines):
                print({"x" * 1023!r})
            return lines
    """
    lines = 1024 * (sandbox.limits.memory_mb + 100)
    assert returned(sandbox, source, lines) == lines


def test_random_numbers_are_the_same_in_every_run(sandbox: Sandbox) -> None:
    source = """
        import random
        import numpy as np
        def f(): return [random.random(), np.random.rand(), *{"a", "b", "c", "d"}]
    """
    with open_files(sandbox, {FILE: source}) as worker:
        first = worker.call(FILE, "f", [()])
        again = worker.call(FILE, "f", [()])
    with open_files(sandbox, {FILE: source}) as worker:
        assert first == again == worker.call(FILE, "f", [()])


def test_one_files_error_settings_do_not_reach_another(sandbox: Sandbox) -> None:
    files = {
        "practice_6_1.py": "import numpy as np\nnp.seterr(all='raise')",
        "practice_6_2.py": "import numpy as np\ndef f(): return bool(np.isinf(1 / np.float64(0)))",
    }
    with open_files(sandbox, files) as worker:
        assert worker.call("practice_6_2.py", "f", [()]) == [Returned(True)]


# --- exceptions ---------------------------------------------------------------------------------


def test_an_exception_says_where_and_with_which_shapes(sandbox: Sandbox) -> None:
    source = """
        import numpy as np

        def helper(e, W):
            scale = 2
            return (scale *
                    e @ W)

        def f(e, Ws):
            return [helper(e, W) for W in Ws]
    """
    outcome = run(sandbox, source, np.zeros(3), [np.zeros((2, 4))])
    assert isinstance(outcome, Raised)
    assert (outcome.type, outcome.file, outcome.function) == ("ValueError", FILE, "helper")
    assert outcome.line == 6
    assert outcome.shapes == {"scale": (), "e": (3,), "W": (2, 4)}
    assert "matmul" in outcome.message


@pytest.mark.parametrize(
    ("body", "kind", "name"),
    [
        ("return undefined", "NameError", "undefined"),
        ("return [].push(1)", "AttributeError", "push"),
        ("import torch", "ModuleNotFoundError", "torch"),
        ("from math import softmax", "ImportError", "math"),
        ("raise SystemExit(0)", "SystemExit", None),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", None),
        ("raise NotImplementedError", "NotImplementedError", None),
        ("exit()", "SystemExit", None),
        ("input('? ')", "EOFError", None),
        ("f()", "RecursionError", None),
        ("import numpy as np; np.linalg.inv(np.zeros((2, 2)))", "LinAlgError", None),
        ("import numpy as np; np.zeros(2).sum(axis=3)", "AxisError", None),
        ("class Mine(ValueError): pass\n    raise Mine('x')", "ValueError", None),
        ("class Mine(BaseException): pass\n    raise Mine('x')", "BaseException", None),
        ("import json; json.loads('{')", "ValueError", None),
        ("bytearray(10**12)", "MemoryError", None),
        ("import numpy as np; np.zeros(10**11)", "MemoryError", None),
        ("open('/etc/hostname', 'w')", "PermissionError", None),
    ],
)
def test_exceptions_have_pythons_names(
    sandbox: Sandbox, body: str, kind: str, name: str | None
) -> None:
    outcome = run(sandbox, f"def f():\n    {body}")
    assert isinstance(outcome, Raised)
    assert (outcome.type, outcome.name, outcome.file) == (kind, name, FILE)


@pytest.mark.parametrize(
    "definition",
    [
        "def __str__(self): raise SystemExit",
        "def __str__(self): return 1",
        "def __getattribute__(self, name): raise SystemExit",
        "__traceback__ = property(lambda self: 1 / 0)",
        "__class__ = property(lambda self: 1 / 0)",
        "name = property(lambda self: exit())",
    ],
)
def test_an_exception_that_fights_its_description_is_still_described(
    sandbox: Sandbox, definition: str
) -> None:
    source = f"class E(NameError):\n    {definition}\ndef f():\n    trap = E()\n    raise trap"
    outcome = run(sandbox, source)
    assert isinstance(outcome, Raised)
    assert outcome.type == "NameError"


def test_a_message_is_cut_and_cleaned_but_not_escaped(sandbox: Sandbox) -> None:
    source = r"""
        def f(): raise ValueError("<b>\x1b[2J\u202e\ud800\x00\r\n" + "x" * 10_000)
    """
    outcome = run(sandbox, source)
    assert isinstance(outcome, Raised)
    assert outcome.message.startswith("<b>�[2J����\nx")
    assert len(outcome.message) == 500


def test_names_that_a_student_chose_are_harmless(sandbox: Sandbox) -> None:
    source = """
        def f():
            raise AttributeError(name="<script>")
        f.__code__ = f.__code__.replace(co_name="<i>", co_qualname="a<i>")
    """
    outcome = run(sandbox, source)
    assert isinstance(outcome, Raised)
    assert (outcome.name, outcome.function) == ("_script_", "a_i_")


def test_an_error_in_code_that_is_not_the_students_is_theirs_to_find(sandbox: Sandbox) -> None:
    files = {
        FILE: "from wiggle import nudge\ndef f():\n    return nudge(0)\n",
        "wiggle.py": "def nudge(x):\n    return 1 / x\n",
    }
    with open_files(sandbox, files) as worker:
        (outcome,) = worker.call(FILE, "f", [()])
    assert isinstance(outcome, Raised)
    assert (outcome.file, outcome.line) == (FILE, 3)


# --- what cannot be imported or called ----------------------------------------------------------


def test_a_line_that_stops_says_where_and_costs_what_needs_it(sandbox: Sandbox) -> None:
    files = {
        "practice_6_1.py": "x = 1\nz = y\ndef f(): return 1\ndef g(): return z",
        "practice_6_2.py": "def f(): return 2",
        "practice_6_3.py": "from practice_6_1 import threshold\ndef f(): return threshold(1)",
        "backprop.py": "from practice_6_1 import f",
    }
    with open_files(sandbox, files) as worker:
        crash = worker.imports["practice_6_1.py"]
        assert isinstance(crash, Raised)
        assert (crash.type, crash.line, crash.name) == ("NameError", 2, "y")
        assert worker.call("practice_6_1.py", "f", [(), ()]) == [Returned(1)] * 2
        (needs_it,) = worker.call("practice_6_1.py", "g", [()])
        assert isinstance(needs_it, Raised)
        assert (needs_it.type, needs_it.name, needs_it.line) == ("NameError", "z", 4)
        assert worker.call("practice_6_1.py", "threshold", [()]) == [crash]
        assert worker.call("practice_6_2.py", "f", [()]) == [Returned(2)]
        assert worker.call("backprop.py", "f", [()]) == [Returned(1)]
        assert worker.imports["practice_6_3.py"] is None
        (follower,) = worker.call("practice_6_3.py", "f", [()])
        assert isinstance(follower, Raised)
        assert (follower.type, follower.name) == ("ImportError", "threshold")
        assert (follower.file, follower.line) == ("practice_6_3.py", 2)
        assert "practice_6_1.py stopped with NameError" in follower.message


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (b"x = (\n", 1),
        (b"x = 1\nif x\n", 2),
        (b"PK\3\4\n\0\1\2\5\6\7\x08", 2),
        (b"x = " + b"-" * 200_000 + b"1", 1),
    ],
)
def test_an_unreadable_file_is_a_syntax_error(
    sandbox: Sandbox, source: bytes, line: int | None
) -> None:
    with sandbox.open({FILE: source, "backprop.py": b"def f(): return 1"}) as worker:
        failure = worker.imports[FILE]
        assert isinstance(failure, Raised)
        assert (failure.type, failure.file, failure.line) == ("SyntaxError", FILE, line)
        problem = worker.facts(FILE).syntax_error
        assert problem is not None
        assert problem.line == line
        assert worker.call("backprop.py", "f", [()]) == [Returned(1)]


def test_a_file_of_ten_megabytes_is_not_looked_at(sandbox: Sandbox) -> None:
    huge = b"#" * 10 * 2**20
    with sandbox.open({FILE: huge, "backprop.py": b"def f(): return 1"}) as worker:
        assert worker.imports[FILE] == Died("size")
        assert worker.call("backprop.py", "f", [()]) == [Returned(1)]


def test_a_file_of_a_megabyte_is(sandbox: Sandbox) -> None:
    large = b"#" * (2**20 - 30) + b"\ndef f(): return 1\n"
    assert returned(sandbox, large) == 1


def test_what_is_missing_is_said(sandbox: Sandbox) -> None:
    with open_files(sandbox, {FILE: "softmax = 3"}) as worker:
        assert worker.call("backprop.py", "forward", [()]) == [Missing("file")]
        assert worker.call(FILE, "threshold", [(), ()]) == [Missing("function")] * 2
        assert worker.call(FILE, "softmax", [()]) == [Missing("not callable")]


@pytest.mark.parametrize("name", ["practice_6_1 (1).py", "notes.txt", "__init__.py", "a-b.py", ""])
def test_file_names_that_cannot_be_imported_do_no_harm(sandbox: Sandbox, name: str) -> None:
    with sandbox.open({name: b"1 / 0", FILE: b"def f(): return 1"}) as worker:
        assert worker.call(FILE, "f", [()]) == [Returned(1)]


def test_no_calls_are_answered_by_nothing(sandbox: Sandbox) -> None:
    with open_files(sandbox, {FILE: "def f(): return 1"}) as worker:
        assert worker.call(FILE, "f", []) == []


def test_a_submission_costs_far_less_than_a_fresh_python(sandbox: Sandbox) -> None:
    files = {FILE: b"def f(x): return x"}

    def seconds(opener: Sandbox) -> float:
        start = time.perf_counter()
        with opener.open(files) as worker:
            worker.call(FILE, "f", [(1.0,)] * 100)
        return time.perf_counter() - start

    with sandbox_of(Limits(call_seconds=20), without=frozenset({"fork"})) as spawning:
        spawned = min(seconds(spawning) for _ in range(3))
    assert min(seconds(sandbox) for _ in range(5)) < spawned / 2


def test_a_helper_is_imported_when_a_function_first_asks_for_it(sandbox: Sandbox) -> None:
    files = {
        FILE: """
            def f(x):
                from helper import double
                return double(x)
            def g(x):
                import broken
                return x
        """,
        "helper.py": "import further\ndef double(x):\n    return further.two * x\n",
        "further.py": "two = 2\nfor i in range(3):\n    two += 0\n",
        "broken.py": "1 / 0\nx = 1\n",
    }
    with open_files(sandbox, files) as worker:
        first, second = worker.call(FILE, "f", [(3,), (4,)])
        (after,) = worker.call(FILE, "g", [(5,)])
        (again,) = worker.call(FILE, "f", [(6,)])
    outcomes = (first, second, after, again)
    assert [o.value for o in outcomes if isinstance(o, Returned)] == [6, 8, 5, 12], outcomes
