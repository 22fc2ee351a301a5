"""The line is marked in which one small change makes all right that may be tried."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from textwrap import indent
from typing import Any

import numpy as np
import pytest

from autograder.course.grader import Grader
from autograder.diagnosis import diagnose
from autograder.feedback.text import in_parts
from autograder.intake.submission import Submission
from autograder.marking.marks import Marking
from autograder.sandbox import wire
from autograder.sandbox.client import Worker
from autograder.sandbox.connection import Connection
from autograder.source.changes.forms import told
from autograder.source.changes.switched import Switched
from autograder.source.changes.written_over import over_told, written_over
from tests.conftest import ROOT, solutions, solutions_for, with_function
from tests.diagnosis.test_right_values import entry_of
from tests.the_assignment import FUNCTIONS, REFERENCE, SAY, read_submission

Feedback = Callable[[str], dict[str, dict[str, Any]]]

#: By case: the function, and what stands in the line that is at fault.
AT_FAULT = {
    "corpus/wrong/a014-shifted-by-the-mean": ("softmax", "centred = x - np.mean(x)"),
    "corpus/wrong/a024-plus-off-the-diagonal": ("softmax_jacobian", "row = [s[i] * s_j"),
    "corpus/wrong/a060-hidden-threshold-of-6-1": ("forward", "if v > -1 else 0"),
    "corpus/wrong/a068-top-error-comes-first": ("backward", "errors.append(error)"),
    "corpus/wrong/a085-loss-after-the-update": ("train", "now = forward(weights, x)[-1]"),
    "corpus/wrong/b034-chain-append-before-multiply": ("propagate_chain", "error = error @ J"),
    "corpus/wrong/c022-perr-last-product-wins": ("propagate_error", "answer[j] = error[i]"),
    "corpus/wrong/c029-chain-one-jacobian-short": ("propagate_chain", "len(jacobians) - 1"),
    "corpus/wrong/c037-fwd-hidden-values-capped": ("forward", "if z[u] > 2:"),
    "corpus/wrong/d109-train-forgets-update": ("train", "new_weights = update_weights("),
    "wild/241-grad-over-number-of-neurons": ("weight_gradients", "/ len(e)"),
    "wild/245-grad-returns-inside-the-loop": ("weight_gradients", "return dw"),
    "wild/259-train-loss-runs-on-over-the-epochs": ("train", "total = 0"),
}

#: Each norm is divided out before the error goes on; the condition is harmless.
GUARDED = """
def error_norms(error, jacobians):
    norms = []
    e = error
    for J in jacobians:
        length = np.sqrt(np.sum(e ** 2))
        norms.append(length)
        if length > 0:
            e = e / length
        e = e @ J
    norms.append(np.sqrt(np.sum(e ** 2)))
    return np.array(norms)
"""
#: By case: the function, and what stands in the line of each of its two mistakes.
OF_TWO = {
    "a032-plus-and-no-shift": ("softmax_jacobian", "+ p[i] * p[j]", "np.exp(np.asarray(x"),
    "a077-own-layer-and-turned-round": ("weight_gradients", "activations[1:]", "'i,j->ij', a, e"),
    "b059-grad-transposed-and-own-layer": ("weight_gradients", "activations[l + 1]", "a * e"),
    "c002-threshold-zero-and-writes-back": ("threshold", "< 0", "x[position] = 0"),
}

SHIFT = "def softmax(x):\n    e = np.exp(x - np.{first}(x))\n    return e / np.{last}(e)\n"
#: The slope of a sigmoid once more, which two lines together bring in.
TWO_LINES = """
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        delta = 0.5 * errors[l]
        gradients.append(np.outer(delta, activations[l]) * 1)
    return gradients
"""
#: A minus more anywhere would undo the one that is too many.
ONE_MINUS = """
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        delta = -errors[l]
        gradients.append(np.outer(delta, activations[l]))
    return gradients
"""
#: What is made first is wrong, and done for nothing; only its place is before the other.
FOR_NOTHING = """
def threshold_jacobian(x):
    x = np.round(x)
    open_ = (x > -1).astype(float)
    return np.diag(open_)
"""
#: They stop on most inputs.
STOPS = {
    "the wrong side": (
        "forward",
        "def forward(weights, x):\n"
        "    layers = [np.array(x)]\n"
        "    for l, W in enumerate(weights):\n"
        "        z = np.dot(layers[-1], W)\n"
        "        layers.append(softmax(z) if l == len(weights) - 1 else np.maximum(z, 0))\n"
        "    return layers\n",
        "z = np.dot(layers[-1], W)",
    ),
    "a list of lists": (
        "update_weights",
        "def update_weights(weights, gradients, learning_rate):\n"
        "    weights = np.array(weights)\n"
        "    return list(weights - learning_rate * np.array(gradients))\n",
        "weights = np.array(weights)",
    ),
    "one array for all": (
        "propagate_chain",
        "def propagate_chain(error, jacobians):\n"
        "    e = np.array(error, dtype=float)\n"
        "    found = []\n"
        "    for J in jacobians:\n"
        "        e[:] = e @ J\n"
        "        found.append(e.copy())\n"
        "    return found\n",
        "e[:] = e @ J",
    ),
}
#: An array that is in the list already gets the next error, where the sizes are equal.
SAME_ARRAY = """
def propagate_chain(error, jacobians):
    current = np.array(error, dtype=float)
    found = []
    for J in jacobians:
        new = current @ J
        if new.shape == current.shape:
            current[:] = new
        else:
            current = new
        found.append(current)
    return found
"""
#: One answer for all entries, right where all are above 0 and wrong where just some are.
ANY_DECIDES = """
def rectified(z):
    if (z > 0).{name}():
        return z
    return {otherwise}


def forward(weights, x):
    activations = [np.asarray(x, dtype=float)]
    for W in weights[:-1]:
        activations.append(rectified(np.asarray(W) @ activations[-1]))
    return [*activations, softmax(np.asarray(weights[-1]) @ activations[-1])]
"""
#: The function, its code, and the line that is at fault.
MADE_ABOVE = {
    "a sum of all numbers": (
        "propagate_error",
        "def propagate_error(error, jacobian):\n"
        "    parts = error[:, None] * jacobian\n"
        "    return np.sum(parts)\n",
        "return np.sum(parts)",
    ),
    "a place in the place of its value": (
        "softmax",
        "def softmax(x):\n"
        "    shares, most = [], max(x)\n"
        "    for i in range(len(x)):\n"
        "        shares.append(np.exp(i - most))\n"
        "    return np.array(shares) / sum(np.exp(v - most) for v in x)\n",
        "shares.append(np.exp(i - most))",
    ),
    "a round too few of a while": (
        "propagate_chain",
        "def propagate_chain(error, jacobians):\n"
        "    errors, at = [], 0\n"
        "    while at < len(jacobians) - 1:\n"
        "        error = error @ jacobians[at]\n"
        "        errors.append(error)\n"
        "        at += 1\n"
        "    return errors\n",
        "while at < len(jacobians) - 1:",
    ),
    "what another line could leave out": (
        "weight_gradients",
        "def weight_gradients(errors, activations):\n"
        "    gradients = []\n"
        "    for e, a in zip(errors, activations):\n"
        "        delta = e * np.sum(a)\n"
        "        gradients.append(np.outer(delta, a))\n"
        "    return gradients\n",
        "delta = e * np.sum(a)",
    ),
    "what a list begins with": (
        "forward",
        "def forward(weights, x):\n"
        "    layers = []\n"
        "    a = x\n"
        "    for l, W in enumerate(weights):\n"
        "        z = W @ a\n"
        "        a = softmax(z) if l == len(weights) - 1 else np.maximum(z, 0)\n"
        "        layers.append(a)\n"
        "    return layers\n",
        "layers = []",
    ),
}
#: What a function of one's own gives is wrong, or is used where it isn't asked for.
BY_METHOD = """
class Slope:
    def __init__(self):
        self.least = 0

    def of(self, a):
        return self.inner(a)

    def inner(self, a):
        return 2 * (a > self.least)

    @staticmethod
    def plain(a):
        return 2 * (a > 0)

    @classmethod
    def plain_of(cls, a):
        return 2 * (a > 0)


slope = Slope()


def backward(weights, activations, target):
    a = activations[-1]
    d = a - target
    errors = [a * (d - d @ a)]
    for W, a in zip(weights[:0:-1], activations[-2:0:-1]):
        errors.insert(0, errors[0] @ W * {made})
    return errors
"""
CAPPED = """
def slope(a):
    {slope}


def backward(weights, activations, target):
    a = activations[-1]
    d = a - target
    errors = [a * (d - d @ a)]
    for W, a in zip(weights[:0:-1], activations[-2:0:-1]):
        errors.insert(0, errors[0] @ W * slope(a))
    return errors
"""
#: What no misconception does.
UNNAMED = """
def softmax(x):
    e = np.exp(x - np.max(x))
    return e / (np.sum(e) + 0.5)
"""
#: What only a changed form comes to: as it stands, the last line is never reached.
LURKING = """
def softmax(x):
    e = np.exp(x - np.max(x))
    if len(x) < 0:
        {trap}
    return e / (np.sum(e) + 0.01)
"""
TRAPS = {
    "ends the process": "__import__('os')._exit(0)",
    "hangs": "__import__('time').sleep(60)",
}


def marked(entry: dict[str, Any]) -> str:
    """The code of the line that is marked; empty if none is."""
    line = entry["parts"][0]["line"]
    return dict(line["code"]).get(line["number"], "") if line else ""


@pytest.mark.parametrize("case", AT_FAULT)
def test_the_line_that_one_change_mends_is_marked(grader: Grader, case: str) -> None:
    function, code = AT_FAULT[case]
    graded = grader.grade(read_submission(ROOT / "tests" / case)).feedback
    entry = next(f for f in graded["functions"] if f["function"] == function)
    assert code in marked(entry)


def test_no_line_is_marked_where_two_are_wrong(feedback: Feedback) -> None:
    both = feedback(SHIFT.format(first="mean", last="max"))["softmax"]
    assert both["status"] == "wrong"
    assert not marked(both)
    one = feedback(SHIFT.format(first="mean", last="sum"))["softmax"]
    assert "np.mean(x)" in marked(one)


TOO_FAR = """
def forward(weights, x):
    found = [np.array(x, dtype=float)]
    for l, W in enumerate(weights, 1):
        z = W @ found[-1]
        found.append(np.maximum(z, 0) if l < len(weights) else np.exp(z / np.sum(np.exp(z))))
    return found
"""


@pytest.mark.parametrize(
    ("function", "source", "code"),
    [
        ("softmax", "def softmax(x):\n    return np.exp(x / np.sum(np.exp(x)))\n", "(np.exp(x))"),
        ("forward", TOO_FAR, "(np.exp(z))"),
        ("softmax", "def softmax(x):\n    return np.exp(x / np.sum(np.exp(x)))[::-1]\n", ""),
    ],
)
def test_a_change_is_told_beside_which_only_large_numbers_are_wrong(
    feedback: Feedback, function: str, source: str, code: str
) -> None:
    text = feedback(source)[function]["text"]
    assert (f"closes behind `/ np.sum{code}`" in text) == bool(code)
    assert ("tried with numbers up to 100" in text) == bool(code)


@pytest.mark.parametrize("case", OF_TWO)
def test_each_of_two_mistakes_has_its_own_line(grader: Grader, case: str) -> None:
    function, *lines = OF_TWO[case]
    graded = grader.grade(read_submission(ROOT / "tests/corpus/wrong" / case)).feedback
    entry = next(f for f in graded["functions"] if f["function"] == function)
    found = [marked({"parts": [part]}) for part in entry["parts"]]
    assert [line for line, code in zip(lines, found, strict=True) if line not in code] == []


def test_a_condition_is_not_blamed_for_what_stands_below_it(feedback: Feedback) -> None:
    entry = feedback(GUARDED)["error_norms"]
    assert marked(entry).strip() == "e = e / length"
    assert "condition" not in entry["text"]


def test_where_a_change_in_either_of_two_lines_would_do_the_first_is_marked(
    feedback: Feedback,
) -> None:
    assert marked(feedback(TWO_LINES)["weight_gradients"]).strip() == "delta = 0.5 * errors[l]"


def test_a_minus_that_undoes_another_gives_way_to_that(feedback: Feedback) -> None:
    assert marked(feedback(ONE_MINUS)["weight_gradients"]).strip() == "delta = -errors[l]"


def test_a_line_that_does_harm_is_marked_and_not_what_could_come_before_it(
    feedback: Feedback,
) -> None:
    entry = feedback(FOR_NOTHING)["threshold_jacobian"]
    assert marked(entry).strip() == "x = np.round(x)"
    assert "does one thing too many: it calls `np.round`" in entry["text"]


def test_what_one_change_mends_is_one_mistake(feedback: Feedback) -> None:
    # Blocked entries come out as 1, and so do the others: both by the brackets.
    entry = feedback("def threshold(x):\n    return np.array(x) * x > -1\n")["threshold"]
    assert entry["diagnosis"] == []
    (part,) = entry["parts"]
    assert part["title"] == "A product compared as a whole"


@pytest.mark.parametrize(("function", "body", "code"), STOPS.values(), ids=STOPS)
def test_the_line_at_fault_is_marked_where_it_stops_on_most_inputs(
    feedback: Feedback, function: str, body: str, code: str
) -> None:
    assert marked(feedback(body)[function]).strip() == code


@pytest.mark.parametrize(
    "made",
    [
        "[[0 for i in range(len(A))] for j in range(len(B))]",
        "[[0.0] * len(A) for j in range(len(B))]",
        "np.zeros((len(B), len(A)))",
        "np.zeros([len(B), len(A)])",
    ],
)
def test_rows_and_columns_exchanged_where_a_matrix_is_made_are_told_with_its_line(
    feedback: Feedback, made: str
) -> None:
    source = (
        "def weight_gradients(errors, activations):\n    found = []\n"
        f"    for A, B in zip(errors, activations):\n        C = {made}\n"
        "        for i in range(len(A)):\n            for j in range(len(B)):\n"
        "                C[i][j] += A[i] * B[j]\n        found.append(np.array(C))\n"
        "    return found\n"
    )
    entry = feedback(source)["weight_gradients"]
    (part,) = entry["parts"]
    assert part["title"] == "Rows and columns exchanged"
    assert "which of the two sizes counts the rows" in part["did"]
    assert marked(entry).strip() == f"C = {made}"


@pytest.mark.parametrize("alpha", ["x * scale", "scale * x"])
def test_no_other_calculation_is_told_where_only_whole_numbers_stop_it(
    feedback: Feedback, alpha: str
) -> None:
    source = (
        f"def softmax(x, scale=1):\n    x = {alpha}\n    x -= x.max()\n"
        "    np.exp(x, out=x)\n    return x / x.sum()\n"
    )
    entry = feedback(source)["softmax"]
    assert "an array of whole numbers" in entry["text"]
    assert "which calculation" not in entry["text"]
    assert ".dtype" in entry["parts"][0]["next"]
    assert marked(entry).strip() == "np.exp(x, out=x)"


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ("params = new\nparams -= rate * G\nnew -= rate * G", "params = new"),
        ("half = new\nhalf += rate * G\nnew -= 3 * rate * G\nnew += 0 * half", ""),
        ("step = rate * np.array(G)\nhalf = step\nhalf *= 0.5\nnew -= step", "half = step"),
        ("params = new\nnew -= rate * G\nnew -= rate * G", ""),
    ],
)
def test_one_array_under_two_names_is_told_where_a_copy_mends_all(
    feedback: Feedback, steps: str, code: str
) -> None:
    inside = "".join(f"        {line}\n" for line in steps.splitlines())
    source = (
        "def update_weights(weights, gradients, learning_rate):\n    found = []\n"
        "    rate = learning_rate\n    for W, G in zip(weights, gradients):\n"
        f"        new = np.array(W, dtype=float)\n{inside}"
        "        found.append(new)\n    return found\n"
    )
    entry = feedback(source)["update_weights"]
    assert ("a second name" in entry["text"]) == bool(code)
    if code:
        assert marked(entry).strip() == code
        assert "does the other change too?" in entry["parts"][0]["next"]


def test_what_is_written_into_an_array_that_was_stored_is_marked(feedback: Feedback) -> None:
    entry = feedback(SAME_ARRAY)["propagate_chain"]
    assert marked(entry).strip() == "current[:] = new"
    assert "an array that was put somewhere before" in entry["text"]


@pytest.mark.parametrize(
    ("name", "otherwise", "is_told"),
    [("any", "np.zeros(len(z))", True), ("all", "np.maximum(z, 0.1)", False)],
)
def test_one_answer_for_all_entries_is_told_where_it_makes_them_wrong(
    grader: Grader, name: str, otherwise: str, is_told: bool
) -> None:
    files = solutions_for("forward")
    files["backprop.py"] += ANY_DECIDES.format(name=name, otherwise=otherwise).encode()
    graded = grader.grade(Submission("student", files)).feedback
    entry = next(f for f in graded["functions"] if f["function"] == "forward")
    assert entry["status"] == "wrong"
    assert ("asks once, by" in entry["text"]) == is_told


@pytest.mark.parametrize(("function", "body", "code"), MADE_ABOVE.values(), ids=MADE_ABOVE)
def test_the_line_that_makes_a_value_is_marked_and_not_one_that_could_do_without_it(
    feedback: Feedback, function: str, body: str, code: str
) -> None:
    assert marked(feedback(body)[function]).strip() == code


@pytest.mark.parametrize(
    "slope", ["return 2 * (a > 0)", "return np.minimum(a, 0.9)", "return a - a * a"]
)
def test_a_function_of_ones_own_is_at_fault_and_not_where_it_is_called(
    grader: Grader, slope: str
) -> None:
    files = solutions_for("backward")
    files["backprop.py"] += CAPPED.format(slope=slope).encode()
    graded = grader.grade(Submission("student", files)).feedback
    entry = next(f for f in graded["functions"] if f["function"] == "backward")
    assert entry["status"] == "wrong"
    assert marked(entry).strip() == slope


@pytest.mark.parametrize("made", ["Slope().of(a)", "slope.of(a)", "Slope.plain_of(a)"])
def test_so_is_a_method_of_ones_own(grader: Grader, made: str) -> None:
    files = solutions_for("backward")
    files["backprop.py"] += BY_METHOD.format(made=made).encode()
    graded = grader.grade(Submission("student", files)).feedback
    entry = next(f for f in graded["functions"] if f["function"] == "backward")
    assert entry["status"] == "wrong"
    least = "0" if "plain" in made else "self.least"
    assert marked(entry).strip() == f"return 2 * (a > {least})"


def test_where_nothing_is_named_the_place_is_told(feedback: Feedback) -> None:
    entry = feedback(UNNAMED)["softmax"]
    line, code = entry["parts"][0]["line"]["number"], marked(entry)
    assert code.strip() == "return e / (np.sum(e) + 0.5)"
    told = entry["text"]
    assert f"Line {line} does one thing too many: it adds `0.5`. Without that everything" in told
    assert "Look for what is added to your sum" in entry["parts"][0]["next"]
    assert len(told.partition("the last one counts. ")[2].split()) <= 120


#: By case: the function, and what one of its lines does once too often.
TOO_MANY = {
    "a square below a root": (
        "error_norms",
        "    out = []\n    for J in [None, *jacobians]:\n"
        "        error = error if J is None else error @ J\n        n = np.sum(error ** 2)\n"
        "        n_2 = n * n\n        out.append(np.sqrt(n_2))\n    return out\n",
        "it squares `n`.",
    ),
    "a power at the end": (
        "error_norms",
        "    out = [np.linalg.norm(error)]\n    for J in jacobians:\n        error = error @ J\n"
        "        out.append(np.linalg.norm(error))\n    return [n ** 2 for n in out]\n",
        "it squares `n`.",
    ),
    "a factor": (
        "update_weights",
        "    out = []\n    for W, G in zip(weights, gradients):\n        step = learning_rate * G\n"
        "        out.append(W - 2 * step)\n    return out\n",
        "it multiplies by `2`.",
    ),
    "a size": (
        "weight_gradients",
        "    out = []\n    for e, a in zip(errors, activations):\n        n = len(e)\n"
        "        g = np.outer(e, a)\n        out.append(g / n)\n    return out\n",
        "it divides by `n`.",
    ),
    "ones beside a formula": (
        "propagate_error",
        "    out = error @ jacobian\n    return out + np.ones(len(out))\n",
        "it adds `np.ones(len(out))`.",
    ),
}


@pytest.mark.parametrize(("function", "body", "told"), TOO_MANY.values(), ids=TOO_MANY)
def test_what_a_line_does_once_too_often_is_told(
    function: str, body: str, told: str, feedback: Feedback
) -> None:
    parameters = ", ".join(FUNCTIONS[function].parameters)
    text = feedback(f"def {function}({parameters}):\n{body}")[function]["text"]
    assert f"does one thing too many: {told}" in text


def test_no_advice_keeps_a_line_that_has_no_place_there(feedback: Feedback) -> None:
    source = (
        "def weight_gradients(errors, activations):\n    out = []\n"
        "    for e, a in zip(errors, activations):\n        g = np.outer(e, a)\n"
        "        g /= len(e)\n        out.append(g)\n    return out\n"
    )
    text = feedback(source)["weight_gradients"]["text"]
    assert "does one thing too many: it divides by `len(e)`" in text
    assert "On some inputs it stops with `TypeError` in line" in text
    assert "under a new name" not in text


def test_a_line_that_is_to_stay_is_told_how(feedback: Feedback) -> None:
    source = (
        "def softmax(x):\n    e = np.array(x)\n    e -= np.max(x) / 1.5\n    e = np.exp(e)\n"
        "    return e / e.sum()\n"
    )
    assert "under a new name" in feedback(source)["softmax"]["text"]


def test_a_root_that_is_missing_is_nothing_too_many(feedback: Feedback) -> None:
    source = (
        "def error_norms(error, jacobians):\n    out = [np.sqrt(np.sum(error * error))]\n"
        "    for J in jacobians:\n        error = error @ J\n"
        "        out.append(np.sum(error * error))\n    return np.array(out)\n"
    )
    assert "too many" not in feedback(source)["error_norms"]["text"]


_SUMS = """
def propagate_error(error, jacobian):
    from itertools import product
    sums = {}
    for (i, e), ((row, k), value) in product(enumerate(error), np.ndenumerate(jacobian)):
        if i != row:
            continue
        sums[k] = %s
    return np.array([sums[k] for k in sorted(sums)])
"""


def test_a_loop_over_all_of_a_matrix_is_tried_on_large_ones_too(feedback: Feedback) -> None:
    entry = feedback(_SUMS % "sums.get(i, 0.0) + e * value")["propagate_error"]
    assert marked(entry).strip().startswith("sums[k] = sums.get(i, 0.0)")


def test_a_round_that_is_rightly_left_is_not_told_where_nothing_mends_all(
    feedback: Feedback,
) -> None:
    source = _SUMS % "sums.get(i, 1.0) * 0.5 - e * value * value"
    (item,) = feedback(source)["propagate_error"]["parts"]
    assert "goes on to the next round" not in item["did"]
    assert "skipped" not in item["title"]


@pytest.mark.parametrize("made", ["np.ones_like(error)", "np.zeros_like(error)"])
def test_a_line_that_keeps_only_the_shape_is_told_as_that(made: str, feedback: Feedback) -> None:
    source = (
        "def propagate_chain(error, jacobians):\n    out = []\n    e = {start}\n"
        "    for J in jacobians:\n        e = e @ J\n        out.append(e)\n    return out\n"
    )
    entry = feedback(source.format(start=made))["propagate_chain"]
    assert marked(entry).strip() == f"e = {made}"
    assert entry["parts"][0]["title"] == "Only the shape is kept"
    assert "keeps only the shape of `error`" in entry["parts"][0]["did"]
    # Without that call there is no such place, and what is calculated is told as it is.
    text = feedback(source.format(start="np.ones(len(error))"))["propagate_chain"]["text"]
    assert "The numbers of the error have no part in that." in text
    assert "Added up too early" not in text


def test_where_only_the_place_is_asked_for_no_line_is_told(grader: Grader) -> None:
    with grader.open(with_function(UNNAMED)) as session:
        marking = Marking(session, grader.expected)
        diagnosis = diagnose(marking, "softmax", grader.predictions)
        config = grader.config.model_copy(update={"level": "locate"})
        (located,) = in_parts(diagnosis, marking, config)
    assert diagnosis.change
    assert located.line is None
    assert "one change" not in located.did + located.next


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_what_only_a_change_brings_about_costs_no_more_than_the_mark(
    grader: Grader, trap: str
) -> None:
    plain, lurking = (
        grader.grade(with_function(LURKING.format(trap=line))).feedback for line in ("pass", trap)
    )
    entries = [
        next(f for f in record["functions"] if f["function"] == "softmax")
        for record in (plain, lurking)
    ]
    assert [bool(marked(entry)) for entry in entries] == [True, False]
    assert lurking["score"] == plain["score"]
    assert [f["status"] for f in lurking["functions"]] == [f["status"] for f in plain["functions"]]
    assert entries[1]["text"].endswith("See section 6.2 of the notes.")


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """All that is sent to students' processes from now on."""
    sent: list[tuple[Any, ...]] = []
    send = Connection.send

    def noted(self: Connection, message: bytes, seconds: float) -> None:
        sent.extend(_frames(message))
        send(self, message, seconds)

    monkeypatch.setattr(Connection, "send", noted)
    return sent


def _frames(message: bytes) -> Iterator[tuple[Any, ...]]:
    while message:
        end = wire.PREFIX + wire.body_length(message)
        yield wire.loads(message[wire.PREFIX : end])
        message = message[end:]


def test_no_right_answer_and_no_hidden_input_goes_along(
    grader: Grader, requests: list[tuple[Any, ...]]
) -> None:
    grader.grade(with_function(UNNAMED))
    tried = [request for request in requests if request[0] == "try"]
    given = [arguments for request in tried for (arguments,) in request[-1]]
    probes = grader.expected.probes
    may_be_shown = [p for p in probes["softmax"] if p.public] + probes.fresh("softmax")
    known = {p.arguments[0].tobytes() for p in may_be_shown}
    hidden = {p.arguments[0].tobytes() for p in probes["softmax"] if not p.public} - known
    assert len(given) > len(tried) > 1
    assert {x.tobytes() for x in given} <= known
    assert not {x.tobytes() for x in given} & hidden
    right = {np.asarray(REFERENCE["softmax"](x)).tobytes() for x in given if x.size > 1}
    assert not any(answer in wire.dumps(request) for answer in right for request in tried)


def test_nothing_is_tried_of_what_is_right(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(Worker, "try_changes", refuse)
    grader.grade(Submission("student", solutions()))
    with pytest.raises(AssertionError):
        grader.grade(with_function(UNNAMED))


#: By what is told of it: a condition on a number that may be 0, and others that go wrong otherwise.
ON_A_NUMBER = {
    "if t: diff = a - t": True,
    "if not t: diff = -5\n        else: diff = a - t": True,
    "diff = a - t if t else -5": True,
    "diff = a - (t or 0.1)": True,
    "if (t > 0): diff = a - t": False,
    "above = t > 0\n        if above: diff = a - t": False,
}


@pytest.mark.parametrize("line", ON_A_NUMBER)
def test_a_number_is_told_to_count_as_no_where_it_is_0(line: str, feedback: Feedback) -> None:
    source = (
        "def backward(weights, activations, target):\n    out = activations[-1]\n    first = []\n"
        f"    for a, t in zip(out, target):\n        diff = -5.0\n        {line}\n"
        "        first.append(diff)\n"
        "    errors = [np.array(first) @ (np.diag(out) - np.outer(out, out))]\n"
        "    for l in range(len(weights) - 1, 0, -1):\n"
        "        errors.insert(0, (errors[0] @ weights[l]) * (activations[l] > 0))\n"
        "    return errors\n"
    )
    (item,) = feedback(source)["backward"]["parts"]
    assert ("a 0 counts as no there" in item["did"]) == ON_A_NUMBER[line]
    assert (item["title"] == "A 0 counts as no") == ON_A_NUMBER[line]


#: By how a row is made where the Jacobian is square: whether it is read while it is written over.
WRITTEN_OVER = {
    "for j in range(len(e)):\n        e[j] = np.dot(e, J[:, j])": True,
    "for j, column in enumerate(J.T):\n        new = sum(e * column)\n        e[j] = new": True,
    "for j in range(len(e)):\n        e[j] = np.dot(error, J[j])": False,
    "for j in range(len(e)):\n        e[j] = e[j] * J[j, j]": False,
}


@pytest.mark.parametrize("made", WRITTEN_OVER)
def test_what_is_written_over_while_it_is_read_is_told(made: str, feedback: Feedback) -> None:
    source = (
        "def propagate_error(error, jacobian):\n    e = np.array(error, dtype=float)\n"
        "    J = np.array(jacobian, dtype=float)\n    if J.shape[0] != J.shape[1]:\n"
        f"        return e @ J\n    {made}\n    return e\n"
    )
    (item,) = feedback(source)["propagate_error"]["parts"]
    assert (item["title"] == "Written over while it is still read") == WRITTEN_OVER[made]
    assert ("writes over `e`" in item["did"]) == WRITTEN_OVER[made]
    if WRITTEN_OVER[made]:
        assert "in a later round" in item["did"]
        assert "in the same round" not in item["did"]
        assert "e[j] = " in dict(item["line"]["code"])[item["line"]["number"]]


#: By what one round of a loop does: the lines that read what it writes over, and when.
READ_WHEN = {
    "W[k] = 2 * W[k]\ne = e @ W[k]": "line 3 below (`e = e @ W[k]`) reads it in the same round",
    "W[k] = 2 * W[k]\nif k > 0:\n    e = W[k]": "line 4 below (`e = W[k]`) reads it in the same",
    "W[k] = 2 * W[k]\nall(W)": "line 3 below (`all(W)`) reads it in the same round",
    "if k:\n    W[k] = e\nelse:\n    e = W[0]": "line 5 (`e = W[0]`) reads it in a later round",
    "e = e @ W[k - 1]\nW[k] = 2 * W[k]": "line 2 (`e = e @ W[k - 1]`) reads it in a later round",
    "W[k] = e @ W": "reads it again in a later round",
    "W[k] = e @ W\ne = W[k]": "it is read afterwards (lines 3, 2)",
    "if k < len(W):\n    W[k] = e\ne = W[k]": "line 4 below (`e = W[k]`) reads it in",
    "W[k] = np.zeros(W.shape[1])\ne = W[k]": "line 3 below (`e = W[k]`) reads it in the same",
}


@pytest.mark.parametrize("body", READ_WHEN)
def test_what_is_written_over_is_told_with_the_line_that_reads_it(body: str) -> None:
    (loop,) = ast.parse(f"for k in range(3):\n{indent(body, '    ')}").body
    assert isinstance(loop, ast.For)
    ((_, store),) = written_over(loop)
    assert isinstance(store, ast.Assign)
    told = over_told("change.one_tried_over", loop, store)
    assert told is not None
    assert READ_WHEN[body] in SAY.fill(told)


def test_new_weights_that_are_read_below_are_told_by_the_line_that_reads_them(
    feedback: Feedback,
) -> None:
    source = (
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    W, losses = [np.array(w, float) for w in weights], []\n"
        "    for _ in range(epochs):\n        losses.append(0.0)\n"
        "        for x, t in zip(inputs, targets):\n"
        "            a = forward(W, x)\n            losses[-1] += 0.5 * np.sum((a[-1] - t) ** 2)\n"
        "            e = (a[-1] - t) @ (np.diag(a[-1]) - np.outer(a[-1], a[-1]))\n"
        "            for k in range(len(W) - 1, -1, -1):\n"
        "                W[k] = W[k] - learning_rate * np.outer(e, a[k])\n"
        "                e = (e @ W[k]) * (a[k] > 0)\n"
        "    return W, losses\n"
    )
    (item,) = feedback(source)["train"]["parts"]
    assert "below (`e = (e @ W[k]) * (a[k] > 0)`) reads it in the same round" in item["did"]
    assert "W[k] = W[k] - learning_rate" in dict(item["line"]["code"])[item["line"]["number"]]


LENGTHS = """
def error_norms(error, jacobians):
    norms = []
    for k in range(len(jacobians) + 1):
        v, z, total = error, 0 * error, 0
        for i in range(len(v)):
            part = {part}
            total = total + part
        norms.append(np.sqrt(total))
        error = error @ jacobians[k] if k < len(jacobians) else error
    return norms
"""


def test_an_entry_by_a_number_beside_one_by_the_count_is_asked_for(feedback: Feedback) -> None:
    source = LENGTHS.format(part="(z[0] - v[i]) ** 2 + (v[0] - z[i]) ** 2")
    entry = feedback(source)["error_norms"]
    assert "which entry does `v[0]` take, each time round" in entry["text"]
    assert "which entries line" in entry["parts"][0]["next"]


def test_of_a_part_without_such_an_entry_no_round_is_spoken_of(feedback: Feedback) -> None:
    entry = feedback(LENGTHS.format(part="(z[i] - v[i]) ** 2 + v[i] - z[i]"))["error_norms"]
    assert "each time round" not in entry["text"]


#: The way down, through a matrix that gets the sizes of the turned one in some way.
DOWN = """
def backward(weights, activations, target):
    out = activations[-1]
    errors = [(out - target) @ (np.diag(out) - np.outer(out, out))]
    for l in range(len(weights) - 1, 0, -1):
        rows, columns = weights[l].shape
        {turned}
        errors.insert(0, (W @ errors[0]) * (activations[l] > 0))
    return errors
"""


@pytest.mark.parametrize(
    "turned",
    [
        "W = weights[l].reshape(columns, rows)",
        "W = np.reshape(weights[l], (columns, rows))",
        "W = weights[l].reshape(weights[l].shape[::-1])",
        "W = weights[l].reshape(columns, rows, order='F')",
        "W = weights[l].ravel().reshape((columns, -1))",
        "W = weights[l].copy(); W.resize(columns, rows)",
        "W = weights[l].copy(); W.shape = columns, rows",
    ],
)
def test_a_matrix_in_another_shape_is_told_not_to_be_turned(
    turned: str, feedback: Feedback
) -> None:
    entry = feedback(DOWN.format(turned=turned))["backward"]
    assert entry["diagnosis"] == []
    assert "In another shape, and not turned" in entry["text"]
    assert "the numbers stay in the same order" in entry["text"]


def test_where_it_is_not_the_shape_nothing_is_said_of_turning(feedback: Feedback) -> None:
    untouched = "W = weights[l].reshape(rows, columns).T"
    text = feedback(DOWN.format(turned=untouched).replace("> 0", ">= 0"))["backward"]["text"]
    assert "not turned" not in text
    # As it is it stops where the sizes differ: that is what the name is for.
    entry = feedback(DOWN.format(turned="W = weights[l]"))["backward"]
    assert len(entry["diagnosis"]) == 1
    assert "not turned" not in entry["text"]
    column = DOWN.format(turned="W = weights[l].T @ errors[0].reshape(rows, 1)")
    text = feedback(column.replace("(W @ errors[0])", "W"))["backward"]["text"]
    assert "not turned" not in text


#: By what is done to the exponentials: what is asked of it.
AFTER_EXP = {
    "np.exp(x) / np.max(x)": "which calculation is meant there, and is it done before `np.exp`, or",
    "np.exp(x) * np.max(x)": "which calculation is meant there, and is it done before `np.exp`, or",
    "np.exp(x) - np.max(x)": "the bracket of `np.exp` closes before `- np.max(x)`.",
}


@pytest.mark.parametrize("code", AFTER_EXP)
def test_a_calculation_behind_its_place_is_asked_for_as_one(code: str, feedback: Feedback) -> None:
    source = f"def softmax(x):\n    s = {code}\n    return s / s.sum()\n"
    (item,) = feedback(source)["softmax"]["parts"]
    assert AFTER_EXP[code] in item["did"]
    # Where only some come back as nan, one of these tells why.
    assert ("for which nan or inf comes back" in item["next"]) == ("-" not in code)


#: The way back through the weights, with both sides of the product the wrong way round.
WRONG_WAY = ("weights[l] @ error", "np.dot(weights[l], error)", "weights[l].dot(error)")
BACK = """
def backward(weights, activations, target):
    a = activations[-1]
    coming, errors = a - target, [None] * len(weights)
    for l in reversed(range(len(weights))):
        if l == len(weights) - 1:
            error = coming @ (np.diag(a) - np.outer(a, a))
        else:
            error = coming * (activations[l + 1] > 0)
        errors[l] = error
        coming = {product}
    return errors
"""


@pytest.mark.parametrize("product", WRONG_WAY)
def test_where_two_sides_are_exchanged_it_is_asked_which_way_round(
    product: str, feedback: Feedback
) -> None:
    (part,) = feedback(BACK.format(product=product))["backward"]["parts"]
    assert f"Look at `{product}`: " in part["did"]
    assert "which way round is it needed here?" in part["next"]


def test_where_a_shape_is_wrong_it_is_not_asked_which_way_round(feedback: Feedback) -> None:
    product = "error[:1] @ weights[l]"
    (part,) = feedback(BACK.format(product=product))["backward"]["parts"]
    assert "which way round" not in part["next"]


@pytest.mark.parametrize(
    ("below", "index", "asked"),
    [
        (
            "for k in range(len(jacobians)):",
            "start",
            "it never changes in the loop. Is it the index",
        ),
        ("for start in range(len(jacobians)):", "first", "it never changes in the loop. Is it the"),
        ("for k, J in enumerate(jacobians):\n        start = k * 0", "start", ""),
    ],
)
def test_an_index_that_the_loop_never_changes_is_asked_about_as_an_index(
    feedback: Feedback, below: str, index: str, asked: str
) -> None:
    source = (
        "def propagate_chain(error, jacobians):\n    start = first = 0\n    errors = []\n"
        f"    {below}\n        error = error @ jacobians[{index}]\n"
        "        errors.append(error)\n    return errors\n"
    )
    (item, *_) = feedback(source)["propagate_chain"]["parts"]
    assert asked in item["did"]
    assert ("never changes in the loop" in item["did"]) is bool(asked)
    assert "in that shape" not in item["did"]


RETURNS = """
def length(v):
    total = 0
    for one in v:
        total += one ** 2
{margin}return np.sqrt(total){root}


def error_norms(error, jacobians):
    norms = [length(error)]
    for J in jacobians:
        error = np.dot(error, J)
        norms.append(length(error))
    return np.array(norms)
"""


@pytest.mark.parametrize(("margin", "root"), [("        ", ""), ("    ", " + 1")])
def test_a_return_inside_a_loop_is_told_as_that(grader: Grader, margin: str, root: str) -> None:
    source = RETURNS.format(margin=margin, root=root)
    part = entry_of(grader, "error_norms", source)["parts"][0]
    inside = not root
    assert (part["title"] == SAY("change_titles.return_in_loop")) is inside
    assert ("how many rounds are done" in part["next"]) is inside


@pytest.mark.parametrize(
    ("keeps", "told"),
    [
        (
            "hidden = error @ J\n        out.append(hidden)",
            "keeps what `error @ J` gives as `hidden`",
        ),
        ("out.append(error @ J)", "that goes on from `error` as it was before that line"),
    ],
)
def test_what_the_next_round_does_not_read_is_told_with_its_name(
    feedback: Feedback, keeps: str, told: str
) -> None:
    source = f"""
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        {keeps}
    return out
"""
    did = feedback(source)["propagate_chain"]["parts"][0]["did"]
    assert told in did
    assert ("goes on from" in did) is ("as `hidden`" not in did)


CHAIN = """
def propagate_chain(error, jacobians):
    last = [error]
    m = [error]
    for J in jacobians:
        q = {of}[0]
        m.append(q @ J)
    return m[1:]
"""


def asked(source: str, kind: str) -> set[str]:
    """What is asked of the changes of a kind."""
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    edits = [edit for edit in Switched(function, {}).edits if edit.kind == kind]
    return {SAY.fill(told(edit, "change.one_tried")) for edit in edits}


@pytest.mark.parametrize(("of", "grows"), [("m", True), ("last", False)])
def test_a_fixed_entry_of_a_list_that_grows_is_asked_about_round_by_round(
    of: str, grows: bool
) -> None:
    texts = [one for one in asked(CHAIN.format(of=of), "index") if f"`{of}[0]`" in one]
    rounds, near, any_length = (
        [one for one in texts if question in one]
        for question in ("same one in every round", "a neighbour of it", "however many there are")
    )
    assert (rounds == texts) is grows
    assert (len(near) == len(any_length) == 1) is not grows


def test_a_line_that_belongs_elsewhere_is_told_as_that() -> None:
    texts = asked(CHAIN.format(of="m"), "anew_each_round")
    assert any(text.startswith("If line 3 stood in another place, everything") for text in texts)
    assert all("With one change" in text for text in asked(CHAIN.format(of="m"), "index"))


@pytest.mark.parametrize(
    ("test", "asks"), [("n % size == 0", True), ("(n + 1) % size == 0", False)]
)
def test_a_round_that_is_told_by_a_remainder_may_be_one_too_early(
    test: str, asks: bool, feedback: Feedback
) -> None:
    source = f"""
def train(weights, inputs, targets, learning_rate, epochs):
    W, size, total, losses = [np.array(w) for w in weights], len(inputs), 0.0, []
    for n in range(epochs * size):
        x, t = inputs[n % size], targets[n % size]
        a = forward(W, x)
        total += 0.5 * np.sum((a[-1] - t) ** 2)
        if {test}:
            losses.append(total)
            total = 0.0
        gradients = weight_gradients(backward(W, a, t), a)
        W = update_weights(W, gradients, learning_rate)
    return W, losses
"""
    entry = feedback(source)["train"]
    assert (entry["status"] == "wrong") is asks
    told = "Look at `n % size == 0`: in which round is that so for the first time"
    assert (told in entry["parts"][0]["did"]) is asks


_PRODUCT = "def propagate_error(error, jacobian):\n"


@pytest.mark.parametrize(
    "body",
    [
        "    right = error @ jacobian\n    return jacobian.T * error\n",
        "    parts = [error @ column for column in jacobian.T]\n    right = np.array(parts)\n"
        "    return jacobian @ error\n",
    ],
)
def test_what_is_made_and_not_given_back_is_told_by_its_name(feedback: Feedback, body: str) -> None:
    part = feedback(_PRODUCT + body)["propagate_error"]["parts"][0]
    assert "works out `right`, and no other line reads it" in part["did"]


@pytest.mark.parametrize(
    "body",
    [
        "    wrong = jacobian @ error\n    return jacobian.T * error\n",
        "    right = error @ jacobian\n    print(right)\n    return jacobian.T * error\n",
    ],
)
def test_what_is_wrong_too_or_read_is_not(feedback: Feedback, body: str) -> None:
    assert "no other line reads it" not in str(
        feedback(_PRODUCT + body)["propagate_error"]["parts"]
    )


_THROUGH_PART = (
    "def backward(weights, activations, target):\n    out = activations[-1]\n"
    "    errors = [(out - target) @ (np.diag(out) - np.outer(out, out))]\n"
    "    for l in range(len(weights) - 1, 0, -1):\n        W = weights[l]\n"
    "        e = {through}\n        errors.insert(0, e * (activations[l] > 0))\n    return errors\n"
)


@pytest.mark.parametrize(
    ("through", "asked"),
    [
        ("errors[0] @ W[:, 0]", "how many columns of the matrix"),
        ("errors[0] @ W[:, len(W[0]) - 1:]", "how many columns of the matrix"),
        ("W.T[-1, :] @ errors[0]", "how many rows of the matrix"),
    ],
)
def test_a_matrix_of_which_a_part_is_taken_is_asked_about_by_that(
    feedback: Feedback, through: str, asked: str
) -> None:
    (item,) = feedback(_THROUGH_PART.format(through=through))["backward"]["parts"]
    assert asked in item["did"]
    assert "which index says" not in item["did"]
    assert "left out" in item["next"]


def test_a_column_that_is_rightly_taken_is_not_asked_about(feedback: Feedback) -> None:
    each = "np.array([-errors[0] @ W[:, k] for k in range(W.shape[1])])"
    (item,) = feedback(_THROUGH_PART.format(through=each))["backward"]["parts"]
    assert "how many columns" not in str(item)


#: By two lines that leave a value on the edge as it is: what of them is told.
ON_NO_SIDE = {
    "s = np.where(s > -1, 1, s)\n    s = np.where(s < -1, 0, s)": "`s < -1`",
    "s[s > -1] = 1\n    s[s < -1] = 0": "`s < -1`",
}


@pytest.mark.parametrize("lines", ON_NO_SIDE)
def test_a_condition_goes_before_another_in_the_place_of_a_choice(
    lines: str, feedback: Feedback
) -> None:
    source = (
        "def threshold_jacobian(x):\n    s = np.array(x, dtype=float)\n"
        f"    {lines}\n    return np.diag(s)\n"
    )
    (item,) = feedback(source)["threshold_jacobian"]["parts"]
    assert f"Look at {ON_NO_SIDE[lines]}: which comparison is meant" in item["did"]


def test_a_choice_of_the_values_themselves_is_told_where_no_comparison_mends(
    feedback: Feedback,
) -> None:
    source = "def threshold_jacobian(x):\n    return np.diag(np.where(x > -1, 2 * x, 0))\n"
    (item,) = feedback(source)["threshold_jacobian"]["parts"]
    assert "which comparison is meant" not in item["did"]


#: By what a round of a loop does with an error: whether each round needs it as it was before.
NEEDED_AS_IT_WAS = {
    "e *= J[:, j]\n        out.append(e.sum())": True,
    "e = e * J[:, j]\n        out.append(np.sum(e))": True,
    "e = np.multiply(e, J[:, j])\n        out.append(np.sum(e))": True,
    "e = e * J[:, j] + 1\n        out.append(np.sum(e))": False,
    "out.append(np.sum(error * J[:, 0]))": False,
}


@pytest.mark.parametrize("round_", NEEDED_AS_IT_WAS)
def test_what_a_round_makes_of_what_the_next_needs_is_told(round_: str, feedback: Feedback) -> None:
    source = (
        "def propagate_error(error, jacobian):\n    e = np.array(error, dtype=float)\n"
        "    J, out = np.array(jacobian, dtype=float), []\n    for j in range(J.shape[1]):\n"
        f"        {round_}\n    return np.array(out)\n"
    )
    (item,) = feedback(source)["propagate_error"]["parts"]
    told = "writes over `e`, and reads it again in a later round" in item["did"]
    assert told == NEEDED_AS_IT_WAS[round_]


#: By what a round stores below what it has added up: whether that is told to be read nowhere.
ADDED_UP_FOR_NOTHING = {
    "out.append(error[0] * J[0, j] + 3)": True,
    "out.append(error[len(error) - 1] ** 2)": True,
    "out.append(error[2])": True,
    "out.append(total + 1)": False,
    "out.append(error[0] * J[0, j] + 3)\n        print(total)": False,
}


@pytest.mark.parametrize("stored", ADDED_UP_FOR_NOTHING)
def test_what_no_line_reads_is_told_where_it_makes_all_right(
    stored: str, feedback: Feedback
) -> None:
    source = (
        "def propagate_error(error, jacobian):\n    J, out = np.array(jacobian), []\n"
        "    for j in range(J.shape[1]):\n        total = 0\n        for i in range(len(error)):\n"
        f"            total += error[i] * J[i, j]\n        {stored}\n    return np.array(out)\n"
    )
    (item,) = feedback(source)["propagate_error"]["parts"]
    told = "works out `total`, and no other line reads it" in item["did"]
    assert told == ADDED_UP_FOR_NOTHING[stored]
    assert not told or "`total`" in item["next"]
    assert "Is `" not in item["did"]


def test_what_is_only_begun_or_would_mend_nothing_is_not_told(feedback: Feedback) -> None:
    source = (
        "def propagate_error(error, jacobian):\n    n, size = len(error), 2 * len(error)\n"
        "    half = error / 2\n    return jacobian @ error\n"
    )
    (item,) = feedback(source)["propagate_error"]["parts"]
    assert "no other line reads" not in item["did"]


@pytest.mark.parametrize(
    ("stored", "name"),
    [
        ("errors[k] = slope * down", "down"),
        ("errors[k] = np.where(slope, down, 0.0)", "down"),
    ],
)
def test_what_is_stored_and_not_passed_on_is_told_with_what_is(
    stored: str, name: str, feedback: Feedback
) -> None:
    source = (
        "def backward(weights, activations, target):\n    errors = [None] * len(weights)\n"
        "    y = activations[-1]\n    down = (y - target) @ (np.diag(y) - np.outer(y, y))\n"
        "    errors[-1] = down\n    for k in range(len(weights) - 2, -1, -1):\n"
        "        down = weights[k + 1].T @ down\n        slope = activations[k + 1] > 0\n"
        f"        {stored}\n    return errors\n"
    )
    (item,) = feedback(source)["backward"]["parts"]
    assert f"line {item['line']['number']} is not what the next round works with" in item["did"]
    assert f"goes on from `{name}` as it was before that line" in item["did"]


LOSSES = """
def train(weights, inputs, targets, learning_rate, epochs):
    weights, losses = [np.array(W, dtype=float) for W in weights], []
    for _ in range(epochs):
        total = 0
        for x, y in zip(inputs, targets):
            a = forward(weights, x)
            total += 0.5 * np.sum((a[-1] - y) ** 2)
            g = weight_gradients(backward(weights, a, y), a)
            weights = update_weights(weights, g, learning_rate)
            {line}
        losses.append(total)
    return weights, losses
"""


@pytest.mark.parametrize("line", ["total = 0.0", "total = 0  # anew"])
def test_a_number_that_is_set_is_to_be_printed_above_and_below(
    line: str, feedback: Feedback
) -> None:
    (item,) = feedback(LOSSES.format(line=line))["train"]["parts"]
    at = item["line"]["number"]
    assert item["title"] == f"Look at line {at}"
    assert item["next"].startswith(f"Print `total` just above line {at} and just below it")


def test_a_line_that_works_something_out_has_things_that_go_in(feedback: Feedback) -> None:
    (item,) = feedback(LOSSES.format(line="total = total / (1 + len(x))"))["train"]["parts"]
    assert "just below it" not in item["next"]


TURNED_FIRST = """
def train(weights, inputs, targets, learning_rate, epochs):
    y = {y}
    weights, losses = [np.array(W, dtype=float) for W in weights], []
    for _ in range(epochs):
        total = 0
        for i, x in enumerate(inputs):
            a = forward(weights, x)
            total = total + 0.5 * np.sum(({target} - a[-1]) ** 2)
            gradients = weight_gradients(backward(weights, a, {target}), a)
            weights = update_weights(weights, gradients, learning_rate)
        losses.append(total)
    return weights, losses
"""


@pytest.mark.parametrize(
    ("y", "target", "is_told"),
    [
        ("np.array(targets).T", "y[i]", True),
        ("np.array(targets)", "y[i] * 0", False),
    ],
)
def test_what_is_turned_stands_above_a_formula_without_a_name_that_comes_of_it(
    feedback: Feedback, y: str, target: str, is_told: bool
) -> None:
    entry = feedback(TURNED_FIRST.format(y=y, target=target))["train"]
    (part, *_) = entry["parts"]
    assert (part["title"] == "To be turned, or left as it is") == is_told
    assert ("Look at `np.array(targets).T`" in part["did"]) == is_told
    assert (marked(entry).strip() == f"y = {y}") == is_told


KINDS_OF_LAYERS = """
def forward(weights, x):
    found = [np.array(x)]
    for l, W in enumerate(weights):
        z = W @ found[-1]
        found.append(np.maximum(z, 0) if {condition} else softmax(z))
    return found
"""


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("W.shape[1] != weights[-1].shape[0]", True),
        ("l < len(weights) - 2", False),  # a number more or less mends that
        ("l < len(weights) - 1 and W is not None", False),  # right
    ],
)
def test_a_condition_that_holds_in_the_wrong_rounds_is_told(
    condition: str, told: bool, feedback: Feedback
) -> None:
    entry = feedback(KINDS_OF_LAYERS.format(condition=condition))["forward"]
    parts = entry["parts"]
    assert any(f"chooses by `{condition}`" in part["did"] for part in parts) == told
    if told:
        assert parts[0]["title"] == "A condition that holds in the wrong rounds"
        assert condition in marked(entry)


THROUGH_THE_GRADIENT = """
def backward(weights, activations, target):
    y = activations[-1]
    errors = [(y - target) @ (np.diag(y) - np.outer(y, y))]
    for l in range(len(weights) - 1, 0, -1):
        G = np.outer(errors[0], activations[l])
        e = errors[0] @ G
        errors.insert(0, {e} * (activations[l] > 0))
    return errors
"""


@pytest.mark.parametrize(("e", "told"), [("e", True), ("2 * e", False)])
def test_what_is_multiplied_in_place_of_an_argument_is_told_with_its_line(
    e: str, told: bool, feedback: Feedback
) -> None:
    entry = feedback(THROUGH_THE_GRADIENT.format(e=e))["backward"]
    (part,) = entry["parts"]
    assert part["title"] == "Numbers that are not used"
    assert part["did"].startswith("No line reads the numbers of `weights`") == told
    if told:
        assert marked(entry).strip() == "e = errors[0] @ G"
