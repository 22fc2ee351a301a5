"""Honest students in bad luck: right counts, and what stops a file costs that file alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from textwrap import dedent
from typing import Any

import pytest

from autograder.course.grader import Grader
from autograder.feedback import page
from autograder.intake.submission import Submission
from tests.conftest import solutions
from tests.the_assignment import FILES, FUNCTIONS, SAY, grader_of, load_config

Files = dict[str, bytes]
RIGHT = solutions()
MOST = sum(load_config().points.values())


def before(code: str, file: str = "") -> Files:
    """The solutions with code in front of each file, or of one."""
    return {n: code.encode() + d if file in ("", n) else d for n, d in RIGHT.items()}


def after(code: str, file: str = "") -> Files:
    """The solutions with code at the end of each file, or of one."""
    return {n: d + b"\n" + code.encode() if file in ("", n) else d for n, d in RIGHT.items()}


def changed(change: Callable[[bytes], bytes]) -> Files:
    """The solutions, each file changed."""
    return {name: change(data) for name, data in RIGHT.items()}


def points(*files: str) -> float:
    """What the functions of these files are worth."""
    worth = load_config().points
    return sum(worth[name] for name, function in FUNCTIONS.items() if function.file in files)


def texts(record: dict[str, Any], file: str) -> list[str]:
    return [entry["text"] for entry in record["functions"] if entry["file"] == file]


def lost(record: dict[str, Any]) -> list[str]:
    return [entry["text"] for entry in record["functions"] if entry["score"] < entry["max_score"]]


# --- right, and odd ---------------------------------------------------------------------------

ODD = {
    "byte order mark": changed(lambda data: b"\xef\xbb\xbf" + data),
    "Windows line ends": changed(lambda data: data.replace(b"\n", b"\r\n")),
    "old Mac line ends": changed(lambda data: data.replace(b"\n", b"\r")),
    "tabs": changed(lambda data: data.replace(b"    ", b"\t")),
    "Latin-1 in a comment": changed(lambda data: data + b"\n# caf\xe9 \x96 na\xefve\n"),
    "prints at import": before("for k in range(100_000):\n    print('step', k)\n"),
    "prints when called": {**RIGHT,
        "practice_6_1.py": RIGHT["practice_6_1.py"].replace(
            b"    return", b"    for k in range(5_000): print('step', k)\n    return"
        )
    },
    "a main block that would fail": after("if __name__ == '__main__':\n    input()\n    1 / 0\n"),
    "a trial run": after("print(error_norms(np.array([3.0, 4.0]), []))\n", "backprop.py"),
    "magics of a notebook": before(
        "#!/usr/bin/env python\n# coding: utf-8\n# In[1]:\n"
        "get_ipython().run_line_magic('matplotlib', 'inline')\n"
        "get_ipython().system('pip install numpy')\n"
    ),
    "reloads its own files": before(
        "import importlib, practice_6_1, practice_6_2\n"
        "importlib.reload(practice_6_1)\nimportlib.reload(practice_6_2)\n", "backprop.py"
    ),
    "much recursion": before("import sys\nsys.setrecursionlimit(10**6)\n"),
    "seeds": before("import random\nimport numpy as np\nnp.random.seed(1)\nrandom.seed(1)\n"),
    "errors of NumPy raise": before("import numpy as np\nnp.seterr(all='raise')\n"),
    "print options": before("import numpy as np\nnp.set_printoptions(precision=1, threshold=3)\n"),
    "warnings are errors": before("import warnings\nwarnings.simplefilter('error')\n"),
    "a thread at import": before(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(0.1,)).start()\n"
    ),
    "threads in every call": after(
        """
from concurrent.futures import ThreadPoolExecutor
_alone = threshold
def threshold(x):
    with ThreadPoolExecutor(4) as pool:
        return pool.submit(_alone, x).result()
""", "practice_6_1.py"
    ),
    "wraps its output": before(
        "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')\n"
        "print('\\u2713')\n"
    ),
    "closes its output": before("import sys\nsys.stdout.close()\nsys.stdin.close()\n"),
    "asks where it is": before(
        "import os\nfrom pathlib import Path\nprint(Path.home(), os.path.expanduser('~'))\n"
        "os.chdir(os.path.dirname(os.path.abspath(__file__)))\n"
    ),
    "clears the screen": before("import os\nos.system('cls' if os.name == 'nt' else 'clear')\n"),
    "plots if it can": before(
        "try:\n    import matplotlib.pyplot as plt\nexcept ImportError:\n    plt = None\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("oddity", ODD)
def test_what_is_right_has_full_marks(oddity: str, grader: Grader) -> None:
    record = grader.grade(Submission("ann", ODD[oddity])).feedback
    assert record["score"] == MOST, lost(record)


# --- right, and slow --------------------------------------------------------------------------

REPEATED = """

import copy, sys
_busy = vars(sys).setdefault("busy", [])  # what one file's function calls is slow enough already
def _fifty_times(function):
    def slow(*arguments):
        if _busy:
            return function(*arguments)
        _busy.append(True)
        try:
            for _ in range(50):
                result = function(*copy.deepcopy(arguments))
            return result
        finally:
            _busy.clear()
    return slow
for _name, _function in list(globals().items()):
    if getattr(_function, "__module__", "") == __name__ and _name[0] != "_":
        globals()[_name] = _fifty_times(_function)
"""
LOOPS = {
    "practice_6_1.py": """
        import math
        def threshold(x):
            return [float(v) if v > -1 else 0.0 for v in x]
        def threshold_jacobian(x):
            return [[float(i == j and x[i] > -1) for j in range(len(x))] for i in range(len(x))]
        def softmax(x):
            powers = [math.exp(float(v) - float(max(x))) for v in x]
            return [p / sum(powers) for p in powers]
        def softmax_jacobian(x):
            return [[softmax(x)[i] * ((i == j) - softmax(x)[j]) for j in range(len(x))]
                    for i in range(len(x))]
        def practice_6_1():
            return threshold_jacobian([0.3, -1.8, -0.2, 0.4, 0.9])
        """,
    "practice_6_2.py": """
        def matmul(A, B):
            C = [[0.0 for j in range(len(B[0]))] for i in range(len(A))]
            for i in range(len(A)):
                for j in range(len(B[0])):
                    for k in range(len(B)):
                        C[i][j] += float(A[i][k]) * float(B[k][j])
            return C
        def propagate_error(error, jacobian):
            return matmul([error], jacobian)[0]
        def practice_6_2():
            return propagate_error([1, 2], [[3, -3], [4, -4]])
        """,
    "practice_6_3.py": """
        from practice_6_2 import propagate_error
        def propagate_chain(error, jacobians):
            result = []
            for k in range(len(jacobians)):
                e = error
                for jacobian in jacobians[:k + 1]:
                    e = propagate_error(e, jacobian)
                result.append(e)
            return result
        def practice_6_3():
            return propagate_chain([1, 2], [[[3, -3], [4, -4]], [[1, 0], [0, 1]]])
        """,
    "backprop.py": """
        import math
        from practice_6_1 import softmax
        from practice_6_2 import matmul
        def forward(weights, x):
            a = [[float(v) for v in x]]
            for l, W in enumerate(weights):
                z = [row[0] for row in matmul(W, [[v] for v in a[-1]])]
                a.append(softmax(z) if l == len(weights) - 1 else [max(v, 0.0) for v in z])
            return a
        def backward(weights, activations, target):
            s = activations[-1]
            J = [[s[i] * ((i == j) - s[j]) for j in range(len(s))] for i in range(len(s))]
            errors = [matmul([[p - t for p, t in zip(s, target)]], J)[0]]
            for l in range(len(weights) - 1, 0, -1):
                back = matmul([errors[0]], weights[l])[0]
                errors.insert(0, [e if a > 0 else 0.0 for e, a in zip(back, activations[l])])
            return errors
        def weight_gradients(errors, activations):
            return [matmul([[v] for v in e], [list(a)]) for e, a in zip(errors, activations)]
        def update_weights(weights, gradients, learning_rate):
            return [[[float(w) - learning_rate * float(g) for w, g in zip(row, slopes)]
                     for row, slopes in zip(W, G)] for W, G in zip(weights, gradients)]
        def train(weights, inputs, targets, learning_rate, epochs):
            weights, losses = update_weights(weights, weights, 0.0), []
            for _ in range(epochs):
                losses.append(0.0)
                for x, t in zip(inputs, targets):
                    a = forward(weights, x)
                    losses[-1] += sum((p - q) ** 2 for p, q in zip(a[-1], t)) / 2
                    G = weight_gradients(backward(weights, a, t), a)
                    weights = update_weights(weights, G, learning_rate)
            return weights, losses
        def error_norms(error, jacobians):
            norms = [math.sqrt(sum(float(v) ** 2 for v in error))]
            for J in jacobians:
                error = matmul([error], J)[0]
                norms.append(math.sqrt(sum(v ** 2 for v in error)))
            return norms
        """,
}
VECTORIZED = after(
    """
def _entry(i, j, x):
    s = np.vectorize(lambda v: 1 / np.exp(np.clip(x - v, None, 700)).sum())(x)
    return s[i] * ((i == j) - s[j])
def softmax_jacobian(x):
    x = np.asarray(x, float)
    return np.vectorize(lambda i, j: _entry(i, j, x))(*np.indices((len(x), len(x))))
""",
    "practice_6_1.py",
)
WIGGLED = after(
    """
def _loss(weights, x, target):
    for W in weights[:-1]:
        z = W @ x
        x = z * (z.real > 0)
    z = weights[-1] @ x
    e = np.exp(z - z.real.max())
    return (((e / e.sum()) - target) ** 2).sum() / 2

def _by_wiggling(weights, x, target):
    # Each weight is wiggled alone (by a complex step, which is exact), the whole network run anew.
    gradients = [np.zeros(W.shape) for W in weights]
    for l, G in enumerate(gradients):
        for at in np.ndindex(*G.shape):
            moved = [W.astype(complex) for W in weights]
            moved[l][at] += 1e-30j
            G[at] = _loss(moved, x, target).imag / 1e-30
    return gradients

def train(weights, inputs, targets, learning_rate, epochs):
    weights, losses = [np.array(W, float) for W in weights], []
    for _ in range(epochs):
        losses.append(0.0)
        for x, t in zip(np.asarray(inputs, float), targets):
            losses[-1] += _loss(weights, x, t)
            gradients = _by_wiggling(weights, x, t)
            weights = [W - learning_rate * G for W, G in zip(weights, gradients)]
    return weights, losses
""",
    "backprop.py",
)
SLOW = {
    "fifty times as slow": after(REPEATED),
    "loops": {name: dedent(text).encode() for name, text in LOOPS.items()},
    "np.vectorize": VECTORIZED,
    "each weight by wiggling": WIGGLED,
}


@pytest.fixture
def busy_machine() -> Iterator[None]:
    """A process that never rests, beside whatever else runs, such as other tests."""
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        busy.kill()
        busy.wait()


@pytest.mark.parametrize("way", SLOW)
def test_what_is_right_but_slow_has_full_marks_on_a_busy_machine(
    way: str, busy_machine: None
) -> None:
    # Beside other tests too, and on a machine of half the speed, each gets a share of the time.
    limits = load_config().limits
    limits = limits.model_copy(update={"call_seconds": 5 * limits.call_seconds})
    with grader_of(load_config().model_copy(update={"limits": limits}), seed=6) as grader:
        record = grader.grade(Submission("ann", SLOW[way])).feedback
    assert record["score"] == MOST, lost(record)


# --- stopped ----------------------------------------------------------------------------------


def test_an_endless_loop_costs_its_function_and_not_its_file() -> None:
    limits = load_config().limits.model_copy(update={"call_seconds": 0.5})
    with grader_of(load_config().model_copy(update={"limits": limits}), seed=6) as grader:
        endless = after("def error_norms(error, jacobians):\n    while True: pass\n", "backprop.py")
        record = grader.grade(Submission("ann", endless)).feedback
    assert record["score"] == MOST - load_config().points["error_norms"]
    assert "Does a loop ever end?" in texts(record, "backprop.py")[-1]


@pytest.mark.parametrize(
    "code",
    [
        "x = practice_6_2()[7]\n",
        "input('Press Enter to go on')\n",
        "import matplotlib.pyplot as plt\n",
        "print(1 / 0)\n",
        "open('log.txt', 'w')\n",
        "raise SystemExit\n",
    ],
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_a_line_that_stops_beside_the_functions_costs_nothing(
    code: str, place: str, grader: Grader
) -> None:
    file = "practice_6_2.py"
    right = RIGHT[file]
    source = code.encode() + right if place == "above" else right + code.encode()
    record = grader.grade(Submission("ann", {**RIGHT, file: source})).feedback
    assert record["score"] == points(*FILES)


@pytest.mark.parametrize("factor", ["1e-320", "-1e-310", "1e-30", "1e300", "1e10"])
def test_an_answer_that_vanishes_or_explodes_is_judged_like_any_other(
    factor: str, grader: Grader
) -> None:
    code = f"def propagate_error(error, jacobian):\n    return error @ jacobian * {factor}\n"
    record = grader.grade(Submission("ann", after(code, "practice_6_2.py"))).feedback
    (entry,) = [f for f in record["functions"] if f["function"] == "propagate_error"]
    assert (entry["status"], entry["score"]) == ("wrong", 0)
    assert all(len(word) < 40 for word in entry["text"].split())


@pytest.mark.parametrize("number", ["1e308", "1.7976931348623157e308"])
def test_the_largest_numbers_that_there_are_can_be_drawn(number: str, grader: Grader) -> None:
    code = f"def softmax(x):\n    return np.full(len(x), {number})\n"
    norms = f"def error_norms(error, jacobians):\n    return [{number}] * (len(jacobians) + 1)\n"
    files = {**after(code, "practice_6_1.py"), "backprop.py": after(norms)["backprop.py"]}
    record = grader.grade(Submission("ann", files)).feedback
    html = page.render(json.loads(json.dumps(record, allow_nan=False)), SAY)
    assert "e+308" in html
