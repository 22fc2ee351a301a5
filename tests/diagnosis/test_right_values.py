"""Where no change of the code mends, the place is told in which a right value would."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.course.grader import Grader
from autograder.diagnosis.right_values import FILLED
from autograder.feedback.of_places import name_of_change
from autograder.intake.submission import Submission
from autograder.sandbox.outcome import Change
from autograder.source.phrases import said
from tests.conftest import solutions_for
from tests.the_assignment import FUNCTIONS, SAY

Feedback = Callable[[str], dict[str, dict[str, Any]]]

TOP = """
def backward(weights, activations, target):
    a = activations[-1]
    error = {top}
    errors = [error]
    for l in range(len(weights) - 1, 0, -1):
        error = {below}
        errors.insert(0, error)
    return errors
"""
RIGHT_TOP = "(a - target) @ (np.diag(a) - np.outer(a, a))"
INLINE = """
def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(w, dtype=float) for w in weights]
    losses = []
    for epoch in range(epochs):
        losses.append(0.0)
        for x, t in zip(inputs, targets):
            a = [x]
            for l in range(len(W)):
                z = W[l] @ a[l]
                a.append(softmax(z) if l == len(W) - 1 else np.maximum(z, 0))
            losses[-1] += 0.5 * np.sum((a[-1] - t) ** 2)
            e = (a[-1] - t) @ (np.diag(a[-1]) - np.outer(a[-1], a[-1]))
            for l in range(len(W) - 1, -1, -1):
                below = (e @ W[l]) * (a[l] > 0)
                slope = np.cos({slope})
                W[l] = W[l] - learning_rate * np.outer(e, slope)
                e = below
    return W, losses
"""
#: By case: the function, its code, the line at fault, and what is said of it.
MISSED = {
    "a vector of another kind": (
        "backward",
        TOP.format(top=RIGHT_TOP, below="np.tanh(activations[l]) @ weights[l].T @ weights[l]"),
        "error = np.tanh(",
        "the error of one layer",
    ),
    "what softmax is taken of": (
        "forward",
        "def own(v):\n"
        "    e = np.exp(v / (1 + np.max(np.abs(v))))\n"
        "    return e / e.sum()\n\n\n"
        "def forward(weights, x):\n"
        "    a = [x]\n"
        "    for l, W in enumerate(weights):\n"
        "        z = W @ a[-1]\n"
        "        a.append(own(z) if l == len(weights) - 1 else np.maximum(z, 0))\n"
        "    return a\n",
        "e = np.exp(v / (1 + np.max(np.abs(v))))",
        "`v / (1 + np.max(np.abs(v)))`. With the top layer's z less the largest of them in its",
    ),
    "what each layer has in each example": (
        "train",
        INLINE.format(slope="a[l] + 0.3"),
        "slope = np.cos(a[l] + 0.3)",
        "the activation of one layer",
    ),
    "one value for another": (
        "backward",
        TOP.format(top=RIGHT_TOP, below="activations[l + 1] @ weights[l] * (activations[l] > 0)"),
        "error = activations[l + 1] @",
        "",
    ),
    "a sum of what cancels, and a later line": (
        "backward",
        TOP.format(
            top="(np.diag(a) - np.outer(a, a))\n    rows = error.sum(axis=1)\n"
            "    error = rows * (a - target)",
            below="(error @ weights[l]) * (activations[l] > 0)",
        ),
        "rows = error.sum(axis=1)",
        "`rows` holds only 0, but for rounding",
    ),
}


def entry_of(grader: Grader, function: str, source: str) -> dict[str, Any]:
    """What is said of a function that is defined again, with what stands beside it."""
    files = solutions_for(function, source=source)
    files[FUNCTIONS[function].file] += f"\n\n{source}".encode()
    graded = grader.grade(Submission("student", files)).feedback
    entry: dict[str, Any] = next(f for f in graded["functions"] if f["function"] == function)
    return entry


def marked(entry: dict[str, Any]) -> str:
    line = entry["parts"][0]["line"]
    return dict(line["code"]).get(line["number"], "") if line else ""


@pytest.mark.parametrize("case", MISSED)
def test_the_place_in_which_a_right_value_mends_is_told(case: str, grader: Grader) -> None:
    function, source, line, said = MISSED[case]
    entry = entry_of(grader, function, source)
    assert line in marked(entry)
    assert said in entry["parts"][0]["did"]


#: Right values mend these somewhere, and yet say nothing of that place.
NOT_SO = {
    # Any values there would do: what is at fault is that they are used at all.
    "what chooses among right and wrong": (
        "threshold",
        "def threshold(x):\n    cut = np.arange(len(x)) % 2\n"
        "    return np.where(cut, np.trunc(x), x) * (x > -1)\n",
        "cut`",
    ),
    # A helper that is right, and called where it does not belong.
    "a helper in the wrong place": (
        "forward",
        "def shares(v):\n    e = np.exp(v - v.max())\n    return e / e.sum()\n\n\n"
        "def forward(weights, x):\n    a = [x]\n    for W in weights:\n"
        "        a.append(shares(np.sin(W @ a[-1])))\n    return a\n",
        "e / e.sum()",
    ),
    # A slope that is right, and asked of what comes from above alone.
    "a right slope of the wrong thing": (
        "backward",
        "def slope(v):\n    return (v > 0) * 1.0\n"
        + TOP.format(top=RIGHT_TOP, below="slope(error @ weights[l])"),
        "(v > 0) * 1.0",
    ),
    # With it, networks of one hidden layer are right, and deeper ones are still wrong.
    "one of two mistakes": (
        "backward",
        "def backward(weights, activations, target):\n"
        "    a = activations[-1]\n"
        "    top = np.sinh(a - target) @ (np.diag(a) - np.outer(a, a))\n"
        "    errors = [top]\n"
        "    for l in range(len(weights) - 1, 0, -1):\n"
        "        down = np.resize(top @ weights[-1], len(activations[l]))\n"
        "        errors.insert(0, down * (activations[l] > 0))\n"
        "    return errors\n",
        "np.sinh(a - target)",
    ),
}


@pytest.mark.parametrize("case", NOT_SO)
def test_a_place_that_is_not_at_fault_is_not_told(case: str, grader: Grader) -> None:
    function, source, place = NOT_SO[case]
    entry = entry_of(grader, function, source)
    assert f"has `{place}" not in entry["parts"][0]["did"]
    assert place not in marked(entry)


#: What has a name, made in a line, and the line in which a right value would mend all.
NAMED = {
    "squares, each given back as it is": (
        "error_norms",
        "def error_norms(error, jacobians):\n"
        "    norms = [np.linalg.norm(error) ** 2]\n"
        "    for J in jacobians:\n"
        "        error = error @ J\n"
        "        norms.append(np.linalg.norm(error) ** 2)\n"
        "    return np.array(norms)\n",
        "",
    ),
    "slopes that a diagonal takes over": (
        "threshold_jacobian",
        "def threshold_jacobian(x):\n"
        "    slopes = np.maximum(x, -1)\n"
        "    slopes[slopes >= -1] = 1\n"
        "    return np.diag(slopes)\n",
        # By then this holds for all of them.
        "slopes[slopes >= -1] = 1",
    ),
    "gradients stored in a list that begins empty": (
        "train",
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    weights, losses = [np.array(W, dtype=float) for W in weights], []\n"
        "    for epoch in range(epochs):\n"
        "        losses.append(0.0)\n"
        "        for x, t in zip(inputs, targets):\n"
        "            a = forward(weights, x)\n"
        "            losses[-1] += 0.5 * np.sum((a[-1] - t) ** 2)\n"
        "            steps = []\n"
        "            for e, below in zip(backward(weights, a, t), a):\n"
        "                steps.append(learning_rate * np.outer(e, below))\n"
        "            for i in range(len(weights)):\n"
        "                weights[i] = weights[i] - learning_rate * steps[i]\n"
        "    return weights, losses\n",
        # What is kept is a known step, and here it is taken for a gradient.
        "weights[i] = weights[i] - learning_rate * steps[i]",
    ),
}


@pytest.mark.parametrize("case", NAMED)
def test_a_line_that_only_hands_on_what_is_wrong_is_not_marked(case: str, grader: Grader) -> None:
    function, source, line = NAMED[case]
    entry = entry_of(grader, function, source)
    assert entry["diagnosis"]
    assert marked(entry).strip() == line


def test_where_two_places_have_to_be_mended_none_is_told(grader: Grader) -> None:
    source = (
        "def error_norms(error, jacobians):\n    first = 1.01 * np.linalg.norm(error)\n"
        "    rest = []\n    for J in jacobians:\n        error = error @ J\n"
        "        rest.append(np.linalg.norm(error) ** 1.1)\n    return np.array([first] + rest)\n"
    )
    entry = entry_of(grader, "error_norms", source)
    assert "where the notes have" not in entry["text"] or "np.array(" in marked(entry)


SPY = """
def backward(weights, activations, target):
    frame = sys._getframe()
    while frame:
        for value in frame.f_locals.values():
            if isinstance(value, list) and len(value) == len(weights):
                if [np.shape(v) for v in value] == [np.shape(a) for a in activations[1:]]:
                    return [np.array(v) for v in value]
        frame = frame.f_back
    return [np.sin(a) for a in activations[1:]]
"""


def test_right_values_that_code_finds_in_its_process_give_no_mark(grader: Grader) -> None:
    entry = entry_of(grader, "backward", f"import sys\n{SPY}")
    assert entry["status"] == "wrong"
    assert entry["score"] == 0


def test_the_steps_of_a_right_value_lead_to_its_line(grader: Grader) -> None:
    function, source, _, _ = MISSED["what softmax is taken of"]
    (part,) = entry_of(grader, function, source)["parts"]
    assert part["title"] == "Something else in place of the top layer's z less the largest of them"
    number = part["line"]["number"]
    assert f"print what stands there in line {number}" in part["next"]


#: In place of a step for the errors: an update that is used too soon goes with it.
OF_ERRORS = """
def cut(e):
    return {cut}


def train(weights, inputs, targets, learning_rate, epochs):
    W, losses = [np.array(w, dtype=float) for w in weights], []
    for epoch in range(epochs):
        losses.append(0.0)
        for x, t in zip(inputs, targets):
            a = forward(W, x)
            losses[-1] += 0.5 * np.sum((a[-1] - t) ** 2)
            e = cut((a[-1] - t) @ (np.diag(a[-1]) - np.outer(a[-1], a[-1])))
            before = {before}
            W[-1] = W[-1] - learning_rate * np.outer(e, a[-2])
            for l in range(len(W) - 2, -1, -1):
                e = cut((e @ before[l + 1]) * (a[l + 1] > 0))
                W[l] = W[l] - learning_rate * np.outer(e, a[l])
    return W, losses
"""


@pytest.mark.parametrize(
    "cut", ["np.round(e, 3)", "np.around(e, decimals=3)", "np.clip(e, -1e-1, 1e-1)"]
)
def test_of_two_mistakes_none_is_said_to_be_all(cut: str, grader: Grader) -> None:
    entry = entry_of(grader, "train", OF_ERRORS.format(cut=cut, before="W"))
    did = entry["parts"][0]["did"]
    assert cut in marked(entry)
    assert f"it calls `{cut.partition('(')[0]}`. Without that more of what was tried" in did
    assert "something else is not right yet" in did
    assert "everything that was tried" not in entry["text"]


#: A training that works out its own activations, and keeps the sums before the threshold as well.
KEEPS_BOTH = """
def train(weights, inputs, targets, learning_rate, epochs):
    W, losses = [np.array(w, dtype=float) for w in weights], []
    for epoch in range(epochs):
        losses.append(0.0)
        for x, t in zip(inputs, targets):
            H, A = [np.asarray(x)], [np.asarray(x)]
            for l in range(len(W)):
                H.append(W[l] @ A[l])
                A.append(softmax(H[-1]) if l == len(W) - 1 else np.maximum(H[-1], 0))
            losses[-1] += 0.5 * np.sum((A[-1] - t) ** 2)
            e = (A[-1] - t) @ (np.diag(A[-1]) - np.outer(A[-1], A[-1]))
            for l in range(len(W) - 1, -1, -1):
                below = e @ W[l] * (A[l] > 0)
                W[l] = W[l] - learning_rate * {step}
                e = below
    return W, losses
"""


@pytest.mark.parametrize("step", ["np.outer(e, H[l])", "np.multiply.outer(e, 1.0 * H[l])"])
def test_where_a_kept_value_is_read_in_place_of_another_its_making_is_not_marked(
    step: str, grader: Grader
) -> None:
    entry = entry_of(grader, "train", KEEPS_BOTH.format(step=step))
    assert "η · e_i · z_j" in entry["text"]
    assert "W[l] @ A[l]" not in entry["text"]
    assert step in marked(entry)


@pytest.mark.parametrize(
    ("function", "source"),
    [
        (  # right without the sum for one entry, and for entries far apart
            "softmax",
            "def softmax(x):\n    z = x - np.max(x)\n    return np.exp(z) / np.sum(z)\n",
        ),
        (  # right without the error where no hidden neuron is on
            "backward",
            TOP.format(top=RIGHT_TOP, below="error[0] * (activations[l] > 0)"),
        ),
    ],
)
def test_what_is_right_on_a_few_inputs_of_a_kind_is_not_done_too_much(
    function: str, source: str, grader: Grader
) -> None:
    entry = entry_of(grader, function, source)
    assert entry["status"] == "wrong"
    assert "one thing too many" not in entry["text"]


def test_of_one_mistake_it_is_not_said_that_something_else_is_wrong(grader: Grader) -> None:
    entry = entry_of(grader, "train", OF_ERRORS.format(cut="np.round(e, 3)", before="list(W)"))
    assert "np.round(e, 3)" in marked(entry)
    assert "everything that was tried would be right" in entry["parts"][0]["did"]
    assert "something else" not in entry["text"]


EYE = """
def eye(n):
    m = np.empty((n, n))
    m.fill(1)
    return m


def practice_6_3():
    I = eye(2)
    first = np.array([1, 2]) @ np.array([[3, -3], [4, -4]])
    return [first, first @ I]
"""
BY_ENTRY = """
def practice_6_2():
    b1, b2 = 1, 2
    first = 3 * b1 + 4 * b2
    second = -3 * b1 + {product}
    return [first, second]
"""


@pytest.mark.parametrize(
    ("function", "source", "line", "told"),
    [
        ("practice_6_3", EYE, "", "`eye(2)` gives something else than the second matrix"),
        ("practice_6_2", BY_ENTRY.format(product="-4 * b1"), "second = -3", "Look at `b1` in"),
        # More than one part of the line can be at fault.
        ("practice_6_2", BY_ENTRY.format(product="4 * b2"), "second = -3", "With one change in"),
        ("practice_6_2", "def practice_6_2():\n    return [11, 11]\n", "return", ""),
    ],
)
def test_of_an_answer_by_hand_the_line_is_told_that_is_wrong(
    function: str, source: str, line: str, told: str, grader: Grader
) -> None:
    entry = entry_of(grader, function, source)
    (part,) = entry["parts"]
    assert line in marked(entry)
    assert told in part["did"]
    assert ("with" in part["did"].lower() and "would be right" in part["did"]) is bool(told)
    assert bool(part["line"]["made"]) is bool(told)


def test_what_a_right_value_mends_is_not_said_of_a_change(grader: Grader) -> None:
    function, source, _, _ = MISSED["a vector of another kind"]
    did = entry_of(grader, function, source)["parts"][0]["did"]
    assert "with the right values there, everything that was tried would be right" in did


#: What has a name, and is told with the line in which the value is made that it is about.
MADE = {
    "another error is taken down": (
        "backward",
        "def backward(weights, activations, target):\n    top = activations[-1]\n"
        "    raw = top - target\n    errors = [raw @ (np.diag(top) - np.outer(top, top))]\n"
        "    for l in range(len(weights) - 1, 0, -1):\n        raw = weights[l].T @ raw\n"
        "        errors.insert(0, raw * (activations[l] > 0))\n    return errors\n",
        "raw = weights[l].T @ raw",
    ),
    "a parameter that is called as one of Python's functions": (
        "threshold_jacobian",
        "class Own:\n    def back(self, input):\n        slopes = np.ones(len(input))\n"
        "        slopes[np.asarray(input) > -1] = 0\n        return slopes\n\n\n"
        "own = Own()\n\n\ndef threshold_jacobian(x):\n    return np.diag(own.back(x))\n",
        "slopes[np.asarray(input) > -1] = 0",
    ),
    "a known value that is stored too soon": (
        "backward",
        "def backward(weights, activations, target):\n    a = activations[-1]\n"
        "    n = len(weights)\n    errors = [None] * n\n    d = -(np.array(target) - a)\n"
        "    errors[n - 1] = d\n    e = d.dot(np.diag(a) - np.outer(a, a))\n"
        "    for l in range(n - 2, -1, -1):\n"
        "        e = e.dot(weights[l + 1]) * (activations[l + 1] > 0)\n"
        "        errors[l] = e\n    return errors\n",
        "errors[n - 1] = d",
    ),
    "a helper that writes over what it gets": (
        "backward",
        "def bend(v, y):\n    for i in range(len(v)):\n        v[i] = 1 if y[i] > 0 else 0\n\n\n"
        + TOP.format(top=RIGHT_TOP, below="error @ weights[l]").replace(
            "        errors.insert", "        bend(error, activations[l])\n        errors.insert"
        ),
        "v[i] = 1 if",
    ),
}


@pytest.mark.parametrize("case", MADE)
def test_the_line_in_which_the_value_is_made_is_marked(case: str, grader: Grader) -> None:
    function, source, line = MADE[case]
    assert line in marked(entry_of(grader, function, source))


def test_a_line_that_hands_on_what_another_made_is_not_marked(grader: Grader) -> None:
    source = (
        "class Layer:\n    def __init__(self, z, bend):\n        self.z, self.a = z, bend(z)\n\n\n"
        "def forward(weights, x):\n    layers = [Layer(np.asarray(x), lambda z: z)]\n"
        "    for l, W in enumerate(weights):\n        below = layers[l].z\n        z = W @ below\n"
        "        bend = softmax if l == len(weights) - 1 else lambda z: np.maximum(z, 0)\n"
        "        layers.append(Layer(z, bend))\n    return [one.a for one in layers]\n"
    )
    line = marked(entry_of(grader, "forward", source))
    assert "Layer(z" not in line
    assert "bend(z)" not in line


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("np.round(d, 3)", "Rounded: the prediction"),
        ("round(float(d), 2)", "Rounded: the prediction"),
        ("np.zeros(len(jacobians) + 1)", "Zeros in place of the prediction"),
        ("np.zeros_like(d)", "Zeros in place of the prediction"),
        ("np.round(d, 3) @ np.zeros(2)", "Something else in place of the prediction"),
        ("zeros_of(d)", "Something else in place of the prediction"),
    ],
)
def test_a_call_that_says_what_it_makes_gives_the_title(code: str, title: str) -> None:
    place = said("change.place", place=code)
    told = said("change.filled", line=1, place=place, quantity="the prediction")
    d: Any = SimpleNamespace(change=Change(FILLED, 1, told, doubtful=False, heads=frozenset()))
    assert name_of_change(d, SAY) == title


LOSS = """
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for _ in range(epochs):
        total = 0.0
        for x, t in zip(np.array(inputs), np.array(targets)):
            a = forward(weights, x)
            size = len(x)
            total += {loss}
            G = weight_gradients(backward(weights, a, t), a)
            weights = update_weights(weights, G, learning_rate)
        losses.append(total)
    return weights, losses
"""


@pytest.mark.parametrize(
    ("loss", "factor"),
    [
        ("np.sum(1 / len(x) * (t - a[-1]) ** 2)", "1 / len(x)"),
        ("((t - a[-1]) ** 2).sum() / size", "size"),
        ("0.5 * np.sum((t - a[-1]) ** 2) + 0.01 * size", ""),
    ],
)
def test_a_factor_that_differs_from_call_to_call_is_told(
    grader: Grader, loss: str, factor: str
) -> None:
    part = entry_of(grader, "train", LOSS.format(loss=loss))["parts"][0]
    assert ("a factor that goes with" in part["did"]) is bool(factor)
    assert f"a factor that goes with `{factor}`" in part["did"] or not factor
    assert f"Print `{factor}`" in part["next"] or not factor


UNSHIFTED = """
def softmax_jacobian(x):
    x = np.asarray(x, dtype=float)
    y = {first}
    log = np.log(np.sum(np.exp(x - np.max(x)))) + np.max(x)
    outer = np.outer(y, y) * {factor}
    return np.diag(np.exp(x - log)) - outer
"""


@pytest.mark.parametrize(
    ("first", "factor", "line"),
    [
        ("np.power(np.e, x)", "np.exp(-2 * log)", "y = np.power(np.e, x)"),
        ("np.e ** x", "np.e ** (-2 * log)", "y = np.e ** x"),
        ("np.exp(x)", "np.exp(-log)", ""),
        ("np.exp(x - log)", "np.where(np.max(x) > 400, np.nan, 2)", ""),
    ],
)
def test_what_only_overflows_is_told_where_it_does_first(
    grader: Grader, first: str, factor: str, line: str
) -> None:
    entry = entry_of(grader, "softmax_jacobian", UNSHIFTED.format(first=first, factor=factor))
    part = entry["parts"][0]
    assert (part["title"] == SAY("change_titles.overflows")) is bool(line)
    # What "the input shown" is stands there.
    assert "For x = [" in part["example"] or not line
    assert not line or line in dict(part["line"]["code"])[part["line"]["number"]]


_SHARES = "def softmax_jacobian(x):\n    e = np.exp(x - np.max(x))\n    s = e / e.sum()\n"


@pytest.mark.parametrize(
    "body",
    [
        "    J = -np.outer(s, s)\n    np.fill_diagonal(J, softmax(1 - s))\n    return J\n",
        "    own = np.tanh(s)\n    J = -np.outer(s, s)\n    J[np.diag_indices(len(s))] = own\n"
        "    return J\n",
    ],
)
def test_other_numbers_on_the_diagonal_are_told_with_their_line(
    feedback: Feedback, body: str
) -> None:
    did = feedback(_SHARES + body)["softmax_jacobian"]["parts"][0]["did"]
    assert "the effect of each input on its own output" in did
    # Of one input alone other numbers come out right: 1 - s is 0 there.
    assert "does one thing too many" not in did


def test_of_a_right_diagonal_that_is_not_said(feedback: Feedback) -> None:
    body = "    J = np.tanh(np.outer(s, s))\n    np.fill_diagonal(J, s * (1 - s))\n    return J\n"
    parts = feedback(_SHARES + body)["softmax_jacobian"]["parts"]
    assert "own output" not in parts[0]["did"]


_LOST = {
    "an error that a helper for slopes never reads": (
        "backward",
        """def backward(weights, activations, target):
    out = activations[-1]
    errors = [(out - target) @ (np.diag(out) - np.outer(out, out))]
    for l in range(len(weights) - 2, -1, -1):
        errors.insert(0, slopes(weights[l] @ activations[l], errors[0] @ weights[l + 1]))
    return errors


def slopes(a, e, places=3):
    return (1 + np.sign(a)) / 2
""",
        ") takes in `e`, and never uses it",
    ),
    "an error that a step of a chain never reads": (
        "propagate_chain",
        """def propagate_chain(error, jacobians):
    errors = []
    for J in jacobians:
        error = step(error, J)
        errors.append(error)
    return errors


def step(e, J):
    return np.tanh(J).sum(axis=0) + 0.3
""",
        ") takes in `e`, and never uses it",
    ),
}


@pytest.mark.parametrize("case", _LOST)
def test_what_a_helper_takes_in_and_never_uses_is_told(case: str, grader: Grader) -> None:
    function, code, told = _LOST[case]
    assert told in entry_of(grader, function, code)["text"]


def test_what_a_helper_never_uses_is_not_told_where_it_reads_all_it_is_given(
    grader: Grader,
) -> None:
    function, code, _ = _LOST["an error that a step of a chain never reads"]
    code = code.replace("(e, J):", "(e, J, places=3):").replace("np.tanh(J)", "np.tanh(J.T * e).T")
    assert "never uses" not in entry_of(grader, function, code)["text"]


def test_of_neurons_on_the_edge_it_is_not_said_that_all_is_right(grader: Grader) -> None:
    _, code, _ = _LOST["an error that a helper for slopes never reads"]
    text = entry_of(grader, "backward", code)["text"]
    assert "where the neuron's z is below 0, this step comes out right" in text
    assert "where the neuron is off" not in text


_CUT = """def softmax(x):
    powers = [math.exp(cut(v, -255, 255)) for v in x]
    return np.array(powers) / sum(powers)


def cut(value, low, high):
    return max(low, min(high, value))
"""


def test_what_is_one_way_alone_is_not_said_to_be_that_of_the_notes(grader: Grader) -> None:
    entry = entry_of(grader, "softmax", f"import math\n\n\n{_CUT}")
    text = entry["text"]
    assert "the notes have" not in text
    assert "which is one way of several" in text
    # The helper, which is right and sees one entry alone, has no mark.
    line = entry["parts"][0]["line"]
    assert "for v in x" in dict(line["code"])[line["number"]]
