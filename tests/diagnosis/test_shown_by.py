"""The one line by which a misconception shows is marked where no change of a line mends it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from autograder.course.grader import Grader
from autograder.diagnosis.lines import call_at_fault, shown_line
from tests.diagnosis.test_right_values import entry_of, marked
from tests.the_assignment import FUNCTIONS, SAY

BACKWARD = """
def backward(weights, activations, target):
    top = activations[-1]
    error = {top}
    errors = [error]
    for W, a in zip(weights[:0:-1], activations[-2::-1]):
        error = np.dot(error, W)
{slope}        errors.insert(0, error)
    return errors
"""
RIGHT_TOP = "(top - target) @ (np.diag(top) - np.outer(top, top))"
FORWARD = """
def forward(weights, x):
    listed = [x]
    for W in weights:
        z = W @ listed[-1]
        listed.append({hidden})
    listed[-1] = softmax(z)
    return listed
"""
TRAIN = """
def train(weights, inputs, targets, learning_rate, epochs):
    losses = []
    {first}:
        {second}:
            a = forward(weights, x)
            {loss}
            G = weight_gradients(backward(weights, a, t), a)
            weights = update_weights(weights, G, learning_rate)
        losses.append(loss)
    return weights, losses
"""
EACH_EPOCH, EACH_EXAMPLE = "for _ in range(epochs)", "for x, t in zip(inputs, targets)"
LOSS = "loss = 0.5 * np.sum((a[-1] - t) ** 2)"
NORMS = """
def error_norms(error, jacobians):
    {begins}
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array({norms})
"""
OUTER = """
def outer_prod(a, b):
    out = np.zeros((len({rows}), len({columns})))
    for i in range(len(a)):
        for j in range(len(b)):
            out[{at}] = a[i] * b[j]
    return out


def weight_gradients(errors, activations):
    made = []
    for layer, delta in zip(activations, errors):
        made.append(outer_prod({given}))
    return made
"""
DOWN = """
from practice_6_1 import softmax_jacobian


def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(w, dtype=float) for w in weights]
    losses = []
    for _ in range(epochs):
        total = 0.0
        for x, t in zip(inputs, targets):
            a = forward(W, x)
            total += 0.5 * np.sum((a[-1] - t) ** 2)
            delta = (a[-1] - t) @ softmax_jacobian({top})
            for l in range(len(W) - 1, -1, -1):
                W[l] = W[l] - learning_rate * np.outer(delta, a[l])
                if l > 0:
                    back = np.dot(delta, W[l])
                    delta = back * (a[l] > 0)
        losses.append(total)
    return W, losses
"""
PILING_UP = """
def train(weights, inputs, targets, learning_rate, epochs):
    params = [np.array(W, dtype=float) for W in weights]
    grads = [np.zeros_like(W) for W in params]
    losses = []
    for k in range(epochs):
        total = 0.0
        for x, y in zip(inputs, targets):
            out = forward(params, x)
            total += 0.5 * ((out[-1] - y) ** 2).sum()
            new = weight_gradients(backward(params, out, y), out)
            {adds}
            params = update_weights(params, grads, learning_rate)
        losses.append(total)
    return params, losses
"""
#: The function, its code and the line that is marked.
SHOWN = {
    "a bound that has a name": (
        "threshold",
        "LEAST = -1\n\n\ndef threshold(x):\n    y = np.asarray(x)\n    y[y < LEAST] = 0\n"
        "    return y\n",
        "y[y < LEAST] = 0",
    ),
    "a sum in a branch": (
        "threshold",
        "def threshold(x):\n    x = np.array(x)\n    if x.ndim == 1:\n"
        "        return np.dot(x > -1, x)\n    return x * (x > -1)\n",
        "return np.dot(x > -1, x)",
    ),
    "no slope": ("backward", BACKWARD.format(top=RIGHT_TOP, slope=""), "np.dot(error, W)"),
    "a sum of an outer product": (
        "backward",
        BACKWARD.format(top=RIGHT_TOP, slope="        error = error * (a > 0)\n").replace(
            "error = np.dot(error, W)", "G = np.outer(error, a)\n        error = G.sum(axis=0)"
        ),
        "error = G.sum(axis=0)",
    ),
    "no threshold": ("forward", FORWARD.format(hidden="z"), "z = W @ listed[-1]"),
    "an argument that is left out": (
        "weight_gradients",
        "def weight_gradients(errors, activations):\n    made = {}\n"
        "    for l, e in enumerate(errors):\n        made[l] = np.array(e)\n"
        "    return list(made.values())\n",
        "made[l] = np.array(e)",
    ),
    "the last loss": (
        "train",
        TRAIN.format(first=EACH_EPOCH, second=EACH_EXAMPLE, loss=LOSS),
        LOSS,
    ),
    "one of several losses": (
        "train",
        "def train(weights, inputs, targets, learning_rate, epochs):\n    totals = []\n"
        "    for _ in range(epochs):\n        losses, told = {}, {}\n"
        "        for k, (x, t) in enumerate(zip(inputs, targets)):\n"
        "            a = forward(weights, x)\n"
        "            losses[k] = 0.5 * np.sum((a[-1] - t) ** 2)\n"
        "            G = weight_gradients(backward(weights, a, t), a)\n"
        "            weights = update_weights(weights, G, learning_rate)\n"
        "        told['T'] = losses[k].item()\n        totals.append(told['T'])\n"
        "    return weights, totals\n",
        "told['T'] = losses[k].item()",
    ),
    "a bound under a name for each function": (
        "threshold",
        "def threshold(x):\n    t = -1\n    a = np.array(x)\n    a[a < t] = t\n    return a\n\n\n"
        "def other(x):\n    t = -1\n    return x > t\n",
        "a[a < t] = t",
    ),
    "an outer product of one's own": (
        "weight_gradients",
        OUTER.format(rows="a", columns="b", at="i][j", given="layer, delta"),
        "outer_prod(layer, delta)",
    ),
    "steps that pile up": (
        "train",
        PILING_UP.format(adds="grads = [g + n for g, n in zip(grads, new)]"),
        "g + n",
    ),
    "a factor on the diagonal": (
        "softmax_jacobian",
        "def softmax_jacobian(x):\n    s = softmax(x)\n    J = -np.outer(s, s)\n"
        "    np.fill_diagonal(J, 1 - s)\n    return J\n",
        "1 - s",
    ),
    "the inputs on the diagonal": (
        "softmax_jacobian",
        "def slope(x):\n    p = softmax(x)\n    return x * (p - 1)\n\n\n"
        "def softmax_jacobian(x):\n    return np.diag(slope(np.asarray(x)))\n",
        "x * (p - 1)",
    ),
    "a diagonal alone": (
        "propagate_chain",
        "def step(grad, J):\n    return grad * np.diag(J)\n\n\n"
        "def propagate_chain(error, jacobians):\n    out = []\n    for J in jacobians:\n"
        "        error = step(np.asarray(error), np.asarray(J))\n        out.append(error)\n"
        "    return out\n",
        "grad * np.diag(J)",
    ),
    "no squares": (
        "error_norms",
        "def norm(x, size=np.abs):\n    return np.sqrt(np.sum(size(x)))\n\n\n"
        + NORMS.format(begins="norms = [norm(error)]", norms="norms").replace(
            "np.linalg.norm", "norm"
        ),
        "np.sqrt(np.sum",
    ),
    "an empty list": ("error_norms", NORMS.format(begins="norms = []", norms="norms"), "= []"),
}


@pytest.mark.parametrize("case", SHOWN)
def test_the_line_is_marked(case: str, grader: Grader) -> None:
    function, source, line = SHOWN[case]
    assert line in marked(entry_of(grader, function, source))


#: By function and misconception: code, and the line of it that shows it; 0 where none is marked.
LOOKS = [
    (
        "propagate_chain",
        "last-jacobian-always",
        "    for i in range(n):\n        J = by_name[str(n)]\n        e = e @ J\n",
        3,
    ),
    (
        "propagate_chain",
        "last-jacobian-always",
        "    for i in range(n):\n        J = by_name[str(i)]\n        e = e @ J\n",
        0,
    ),
    (
        "threshold_jacobian",
        "branches-exchanged",
        "    x = np.asarray(x)\n    return np.diag(fill(np.ones(len(x)), x > -1, 0))\n",
        3,
    ),
    (
        "threshold_jacobian",
        "branches-exchanged",
        "    passes = x > -1\n    return np.diag(fill(np.ones(len(x)), passes, 0))\n",
        0,
    ),
    (
        "softmax_jacobian",
        "inputs-in-place-of-softmax",
        "    J = np.diag(x)\n    for i in r:\n        for j in r:\n"
        "            J[i, j] = -x[i] * x[j]\n        J[i][i] = x[i] * (1 - x[i])\n    return J\n",
        6,
    ),
    (
        "update_weights",
        "departs.number_for_weight",
        "    return [1-eta*np.asarray(G)\n            for W, G in zip(weights[: n - 1], G)]\n",
        2,
    ),
    (
        "update_weights",
        "gradients-returned",
        "    new = [W.copy() for W in weights]\n    for k in range(n):\n"
        "        new[k] = rate * gradients[k]\n        new[k] = gradients[k].copy()\n",
        5,
    ),
    (
        "train",
        "loss-not-halved",
        "    for x, t in examples:\n        err = feed(x) - t\n        loss += np.sum(err**2)\n",
        4,
    ),
    (
        "train",
        "loss-not-halved",
        "    err = feed(x) - t\n    loss = np.sum(err**2)\n    other = np.sum(x**2)\n",
        0,
    ),
    (
        "backward",
        "departs.no_jacobian_at_top",
        "    passed_on = (- targets / outputs)\n    deltas = [outputs - targets]\n",
        3,
    ),
    (
        "threshold",
        "distance-from-threshold",
        "    x -= self.threshold\n    return np.maximum(x, 0)\n",
        2,
    ),
    # Of several lines that are all at fault the first.
    ("softmax", "no-shift", "    B = np.exp(X)\n    return B / np.sum(np.exp(X))\n", 2),
    ("softmax", "no-shift", "    m = X.max()\n    return np.exp(X) / np.exp(X - m).sum()\n", 0),
    (
        "softmax",
        "each-shifted-and-divided-by-itself",
        "    z = z - z.max(axis=1)\n    return np.exp(z) / np.exp(z).sum(axis=1)\n",
        2,
    ),
    (
        "softmax_jacobian",
        "inputs-in-place-of-softmax",
        "    own = x[i] * (1 - x[i + 0])\n    J[i, j] = x[i] * (1 - x[j])\n"
        "    J[j, i] = -x[i] * x[j]\n",
        2,
    ),
    (
        "softmax_jacobian",
        "vector-in-place-of-matrix",
        "    e = np.exp(x)\n    return e/sum(e)*(1-e/sum(e))\n",
        3,
    ),
    (
        "train",
        "updated-on-the-way-down",
        "    d = delta(o[-1] - t)\n    W[-1] -= c*np.outer(d, o[-2])\n    for k in down:\n"
        "        d = d @ W[k]\n        W[k - 1] -= c*np.outer(d, o[k - 1])\n",
        3,
    ),
    ("propagate_error", "rows-scaled-summed-along-rows", "    return sum(x * y.T)\n", 2),
    ("propagate_error", "column-sums-without-error", "    return sum(e * J for e in E)\n", 0),
    (
        "weight_gradients",
        "top-error-throughout",
        "    top = errors[-1]\n    return [np.outer(top, a) for a in acts[:-1]]\n",
        2,
    ),
    (
        "error_norms",
        "root-missing",
        "    norms = [np.sum(e ** 2)]\n    for j in J:\n        e = e @ j\n"
        "        norms.append(np.sum(e ** 2))\n",
        2,
    ),
    ("error_norms", "root-missing", "    norms.append(e @ e)\n", 2),
    ("error_norms", "root-missing", "    s = e @ e\n    n = sqrt(s)\n    return n * n\n", 4),
    ("propagate_chain", "initial-error-first", "    listed = []\n    out = [e]\n", 3),
    ("practice_6_3", "element-wise-unsummed", "    B = A * J1\n    return [B, B * J2]\n", 2),
]


@pytest.mark.parametrize(("function", "id", "body", "line"), LOOKS)
def test_a_line_shows_it_by_how_it_looks(function: str, id: str, body: str, line: int) -> None:
    source = f"def {function}():\n{body}"
    assert shown_in(function, id, source, (1, source.count("\n"))) == line


def shown_in(function: str, id: str, source: str, span: tuple[int, int]) -> int:
    """The line of a file that shows a misconception of a function; 0 if none does."""
    return shown_line(session_of(function, source, span), FUNCTIONS[function], id, ()) or 0


def session_of(function: str, source: str, span: tuple[int, int]) -> Any:
    """As much of a session as is asked for where a function stands in its file."""
    facts = SimpleNamespace(lines={function: span})
    return SimpleNamespace(
        worker=SimpleNamespace(facts=lambda file: facts),
        submission=SimpleNamespace(files={FUNCTIONS[function].file: source.encode()}),
    )


@pytest.mark.parametrize(
    ("parameter", "calls", "line"),
    [
        ("x", "d @ jac(a[-1])", 6),
        ("self, x", "d @ jac(a[-1])", 6),
        ("x", "jac(a[-1]) + (\n        jac(a))", 0),  # which of them is wrong can't be told
        ("out", "d @ jac(a[-1])", 0),  # it is made for what has been through softmax
        ("x, y", "d @ jac(a[-1], y)", 0),
    ],
)
def test_of_a_helper_that_is_right_its_call_is_at_fault(
    parameter: str, calls: str, line: int
) -> None:
    source = f"def jac({parameter}):\n    s = softmax(x)\n    return np.diag(s)\n\n"
    source += f"def backward(weights, a, t):\n    return {calls}\n"
    session = session_of("backward", source, (5, source.count("\n")))
    assert (call_at_fault(session, FUNCTIONS["backward"], 2) or 0) == line


@pytest.mark.parametrize(
    ("made", "line"),
    [("scaled, norm = Scale(), Norm()", 7), ("norm = Norm()", 7), ("other = Norm()", 0)],
)
def test_what_a_value_does_when_it_is_called_is_looked_at(made: str, line: int) -> None:
    source = (
        "class Scale:\n    def __call__(self, x):\n        return x ** 2\n\n"
        "class Norm:\n    def __call__(self, x):\n        return (x ** 2).sum()\n\n"
        f"{made}\n\ndef error_norms(error, jacobians):\n    return [norm(error)]\n"
    )
    assert shown_in("error_norms", "root-missing", source, (11, 12)) == line


#: What makes the same answers, and is at fault in another line.
INNOCENT = {
    "a slope that is 1": (
        "backward",
        "def slope(a):\n    return np.ones_like(a)\n\n"
        + BACKWARD.format(top=RIGHT_TOP, slope="        error = error * slope(a)\n"),
        "np.dot(error, W)",
    ),
    "a threshold that does nothing": (
        "forward",
        "def relu(z):\n    return z\n\n" + FORWARD.format(hidden="relu(z)"),
        "z = W @ listed[-1]",
    ),
    "losses that are kept": (
        "train",
        TRAIN.format(
            first=EACH_EPOCH,
            second=f"kept = {{}}\n        {EACH_EXAMPLE}",
            loss="kept[0] = loss = 0.5 * np.sum((a[-1] - t) ** 2)",
        ),
        "for x, t in",
    ),
    "an outer product of one's own that is turned": (
        "weight_gradients",
        OUTER.format(rows="b", columns="a", at="j][i", given="delta, layer"),
        "outer_prod(",
    ),
    "the first left out at the end": (
        "error_norms",
        NORMS.format(begins="norms = [np.linalg.norm(error)]", norms="norms[1:]"),
        "norms = [",
    ),
}


@pytest.mark.parametrize("case", INNOCENT)
def test_no_innocent_line_is_marked(case: str, grader: Grader) -> None:
    function, source, line = INNOCENT[case]
    assert line not in marked(entry_of(grader, function, source))


def test_a_formula_has_the_name_of_what_it_departs_in_first(grader: Grader) -> None:
    part = entry_of(grader, "softmax_jacobian", SHOWN["the inputs on the diagonal"][1])["parts"][0]
    assert part["title"] == SAY("departs.inputs_for_shares_title")
    assert f"line {part['line']['number']}" in part["next"]


CARRIED = """
def carried(weights, error):
    errors = [error]
    for W in weights[:0:-1]:
        errors.insert(0, np.dot(W.T, errors[0]))
    return errors


def backward(weights, activations, target):
    top = activations[-1]
    errors = carried(weights, top - np.asarray(target))
    listed = [e * np.where(a > 0, 1, 0) for e, a in zip(errors[:-1], activations[1:-1])]
    return [*listed, errors[-1] @ (np.diag(top) - np.outer(top, top))]
"""


def test_where_errors_are_carried_down_first_that_line_is_marked(grader: Grader) -> None:
    entry = entry_of(grader, "backward", CARRIED)
    assert "np.dot(W.T, errors[0])" in marked(entry)
    assert "has been through softmax's Jacobian" in entry["parts"][0]["next"]


@pytest.mark.parametrize("called", ["activation", "squash"])
def test_a_name_without_a_value_goes_before_what_is_not_used(grader: Grader, called: str) -> None:
    hidden = f"{called}(z) if len(weights) > 1 else z"
    source = FORWARD.format(hidden=hidden).replace("x):", "x, hidden_activation=np.abs):")
    entry = entry_of(grader, "forward", source)
    part = entry["parts"][0]
    assert "stops with NameError" in part["did"]
    assert part["title"] != SAY("slip.never used_title")
    assert "And `hidden_activation` is used nowhere in `forward`" in part["did"]
    assert f"{called}(z)" in marked(entry)


def test_what_is_not_used_stands_first_where_all_names_have_values(grader: Grader) -> None:
    source = FORWARD.format(hidden="np.abs(z)").replace("x):", "x, hidden_activation=np.abs):")
    part = entry_of(grader, "forward", source)["parts"][0]
    assert "does it belong there?" not in part["did"]


def test_each_of_two_has_its_own_line(grader: Grader) -> None:
    entry = entry_of(grader, "train", DOWN.format(top="a[-1]"))
    lines = [dict(part["line"]["code"])[part["line"]["number"]] for part in entry["parts"]]
    assert ["softmax_jacobian" in lines[0], "np.dot(delta, W[l])" in lines[1]] == [True, True]
    assert "where the notes have" not in entry["parts"][0]["did"]


TOP = """
def backward(weights, activations, target):
    top = activations[-1]
    errors = [{error} @ (np.diag(top) - np.outer(top, top))]
    for W, a in zip(weights[:0:-1], activations[-2::-1]):
        errors.insert(0, errors[0] @ W * (a > 0))
    return errors
"""


@pytest.mark.parametrize(
    ("error", "asks"),
    [("(2 * (target - top))", True), ("((top - target) * 3.0)", None), ("(target - top)", False)],
)
def test_of_a_factor_that_stands_there_it_is_asked(
    grader: Grader, error: str, asks: bool | None
) -> None:
    did = entry_of(grader, "backward", TOP.format(error=error))["parts"][0]["did"]
    assert "which calculation belongs there" not in did or asks is not True
    if asks is not None:
        assert ("what does that stand for in the notes" in did) is asks


def test_a_function_that_is_asked_for_is_not_said_to_be_never_called(grader: Grader) -> None:
    adds = "grads = [g + n for g, n in zip(grads, new)]"
    entry = entry_of(grader, "train", PILING_UP.format(adds=adds))
    assert "never called" not in entry["parts"][0]["did"]


def test_each_pattern_belongs_to_a_misconception() -> None:
    for exercise in FUNCTIONS.values():
        others = set(exercise.shown_by) - set(exercise.recipe.misconceptions)
        assert all(key.startswith("departs.") and key in SAY for key in others)


ROUNDS = """
def train(weights, inputs, targets, learning_rate, epochs):
    losses = []
    {head}:
        loss = 0.0
        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            loss += 0.5 * np.sum((a[-1] - t) ** 2)
            G = weight_gradients(backward(weights, a, t), a)
            weights = update_weights(weights, G, learning_rate)
        losses.append(loss)
        {after}
    return weights, losses
"""


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("for epoch in range(1)", ""),
        ("for k in range(0, 1)", ""),
        ("epoch = 0\n    while epoch < 1", "epoch += 1"),
        ("for epoch in range(5)", ""),
    ],
)
def test_a_loop_of_a_fixed_number_of_epochs_is_marked(
    head: str, after: str, grader: Grader
) -> None:
    entry = entry_of(grader, "train", ROUNDS.format(head=head, after=after))
    assert head.splitlines()[-1].strip() in marked(entry)


def test_a_loop_that_counts_something_else_is_not_marked(grader: Grader) -> None:
    entry = entry_of(grader, "train", ROUNDS.format(head="for k in range(5)", after=""))
    assert "never uses it" in entry["parts"][0]["did"]
    assert entry["parts"][0]["line"]["number"] is None


LENGTH = """
def length(v):
    {begins}
    for k in range(len(v)):
        {adds}
    {gives}


def error_norms(error, jacobians):
    norms = [length(error)]
    for J in jacobians:
        error = error @ J
        norms.append(length(error))
    return np.array(norms)
"""


@pytest.mark.parametrize(
    ("adds", "gives"),
    [
        ("total += v[k]", "return np.sqrt(total)"),
        ("total += abs(v[k])", "return np.sqrt(total)"),
        ("total = total + np.abs(v[k])", "size = total ** 0.5\n    return size"),
    ],
)
def test_of_a_root_without_squares_the_line_that_adds_is_marked(
    adds: str, gives: str, grader: Grader
) -> None:
    source = LENGTH.format(begins="total = 0.0", adds=adds, gives=gives)
    assert adds in marked(entry_of(grader, "error_norms", source))


def test_a_sum_of_products_is_not_marked_for_a_root_without_squares(grader: Grader) -> None:
    source = LENGTH.format(
        begins="total = 0.0", adds="total += v[k] * v[k]", gives="return total ** 0.5"
    ).replace("norms.append(length(error))", "norms.append(np.sqrt(np.sum(np.abs(error))))")
    line = entry_of(grader, "error_norms", source)["parts"][0]["line"]
    assert not any("v[k] * v[k]" in text for at, text in line["code"] if at == line["number"])


KEPT_GRADIENT = (
    "def weight_gradients(errors, activations):\n    found = []\n"
    "    for e, a in zip(errors, activations):\n        {made}\n        {handed}\n"
    "    return found\n"
)


@pytest.mark.parametrize(
    ("made", "handed"),
    [
        ("G = np.dot(np.transpose([a]), [e])", "found.append(G)"),
        ("G = np.outer(a, e)  # G_l", "found = found + [0]\n        found[-1] = G"),
        ("G = a[:, None] * np.array([None, e][1:])", "found.append(G)"),
    ],
)
def test_the_line_that_makes_a_gradient_is_marked_and_not_where_it_is_handed_on(
    made: str, handed: str, grader: Grader
) -> None:
    source = KEPT_GRADIENT.format(made=made, handed=handed)
    assert "G = " in marked(entry_of(grader, "weight_gradients", source))


def test_a_line_that_turns_itself_what_is_right_above_is_marked(grader: Grader) -> None:
    source = KEPT_GRADIENT.format(made="G = np.outer(e, a)", handed="found.append(G.T)")
    assert "G = " not in marked(entry_of(grader, "weight_gradients", source))


@pytest.mark.parametrize(
    ("adds", "gives", "told"),
    [
        ("total += abs(v[k]) ** 0.5", "return total ** 2", True),
        ("total += np.sqrt(np.abs(v[k]))", "return np.square(total)", True),
        ("total += abs(v[k])", "return np.sqrt(total) ** 2", False),
        ("total += abs(v[k]) ** 0.5", "return total", False),
    ],
)
def test_roots_whose_sum_is_squared_are_told_as_exchanged(
    adds: str, gives: str, told: bool, grader: Grader
) -> None:
    source = LENGTH.format(begins="total = 0.0", adds=adds, gives=gives)
    (part,) = entry_of(grader, "error_norms", source)["parts"]
    assert (part["title"] == "Root and square are exchanged") == told


@pytest.mark.parametrize(
    ("turns", "product"),
    [
        ("J = np.transpose(np.asarray(jacobian))", "error @ J"),
        ("jacobian = np.array(jacobian, dtype=float).T", "np.dot(error, jacobian)"),
        ("M = jacobian.swapaxes(0, 1)", "np.asarray(error).dot(M)"),
    ],
)
def test_a_jacobian_that_is_turned_above_its_product_is_marked_there(
    turns: str, product: str, grader: Grader
) -> None:
    body = f"def propagate_error(error, jacobian):\n    {turns}\n    return {product}\n"
    assert turns in marked(entry_of(grader, "propagate_error", body))


@pytest.mark.parametrize(
    ("turns", "product"),
    [
        ("error = np.asarray(error).T", "np.dot(jacobian, error)"),
        ("JT = jacobian.T", "JT.T @ error"),
        ("J = np.asarray(jacobian)", "np.dot(J, error)"),
    ],
)
def test_what_is_turned_and_does_no_harm_is_not_marked(
    turns: str, product: str, grader: Grader
) -> None:
    body = f"def propagate_error(error, jacobian):\n    {turns}\n    return {product}\n"
    assert product in marked(entry_of(grader, "propagate_error", body))


@pytest.mark.parametrize(
    ("adds", "gives", "line"),
    [
        ("total += v[k] ** 2", "return total", "return total"),
        ("total = total + v[k] * v[k]", "size = total\n    return size", ""),
        (
            "total += v[k]",
            "square = np.square(v)\n    size = sum(square)\n    return size",
            "return size",
        ),
        ("total += v[k]", "return np.sum(v ** 2)", "return np.sum(v ** 2)"),
    ],
)
def test_of_a_missing_root_no_line_is_marked_above_the_sum(
    adds: str, gives: str, line: str, grader: Grader
) -> None:
    source = LENGTH.format(begins="total = 0.0", adds=adds, gives=gives)
    entry = entry_of(grader, "error_norms", source)
    assert entry["parts"][0]["title"] == "Squares in place of lengths"
    if line:
        assert line in marked(entry)
    else:
        assert entry["parts"][0]["line"]["number"] is None


def test_of_two_lines_in_which_a_norm_is_squared_none_is_marked(grader: Grader) -> None:
    source = NORMS.format(begins="norms = [np.linalg.norm(error) ** 2]", norms="norms").replace(
        "append(np.linalg.norm(error))", "append(np.linalg.norm(error) ** 2)"
    )
    entry = entry_of(grader, "error_norms", source)
    assert entry["parts"][0]["title"] == "Squares in place of lengths"
    assert entry["parts"][0]["line"]["number"] is None
