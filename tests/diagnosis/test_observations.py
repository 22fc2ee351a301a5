"""What is observed of an answer that no misconception reproduces is true of that answer."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.course.grader import Grader
from autograder.diagnosis.localise import observe
from autograder.intake.submission import Submission
from autograder.marking.marks import Marking
from tests.conftest import solutions, thinned, with_function
from tests.the_assignment import SAY

Feedback = Callable[[str], dict[str, dict[str, Any]]]

#: By what is to be seen: the function, its code, what the text says, what it must not say.
SEEN = {
    "a constant answer is not taken for one that is cut to a limit": (
        "propagate_error",
        "def propagate_error(error, jacobian):\n    return np.array([13.0, 16.0])\n",
        "never uses it",
        "larger than",
    ),
    "a cut answer is": (
        "propagate_error",
        "def propagate_error(error, jacobian):\n    return np.clip(error @ jacobian, -2.5, 2.5)\n",
        "cut off at ±2.5",
        "same answer",
    ),
    "a sum to which something is added": (
        "softmax",
        "def softmax(x):\n    m = max(np.max(x), 0)\n    e = np.exp(x - m)\n"
        "    return e / (np.exp(-m) + e.sum())\n",
        "larger than the sum of the exponentials, each time by 1",
        "what is right",
    ),
    "rates that are taken for others": (
        "update_weights",
        "def update_weights(weights, gradients, learning_rate):\n"
        "    rate = learning_rate / 100 if learning_rate > 1 else learning_rate\n"
        "    return [W - rate * G for W, G in zip(weights, gradients)]\n",
        "fails on just those with a learning rate above 1",
        "whole numbers",
    ),
    "the logarithm of 0": (
        "error_norms",
        "def error_norms(error, jacobians):\n    found = [np.linalg.norm(error)]\n"
        "    for J in jacobians:\n        error = error @ J\n"
        "        found.append(np.linalg.norm(error))\n    return np.log10(found)\n",
        "−inf (less than any number",
        "too large for a number",
    ),
    "a 0 in another place of the diagonal": (
        "practice_6_1",
        "def practice_6_1():\n    return np.diag([0, 1, 1, 1, 1])\n",
        "In yours the diagonal holds 0 for an input that passes",
        "two mistakes",
    ),
    "the last of a list that comes twice": (
        "propagate_chain",
        "def propagate_chain(error, jacobians):\n"
        "    if len(jacobians) == 0:\n        return [error]\n"
        "    error = error @ jacobians[0]\n"
        "    return [error] + propagate_chain(error, jacobians[1:])\n",
        "the last one comes a second time",
        "too short",
    ),
    "one more at the end of a list, which is another": (
        "weight_gradients",
        "def weight_gradients(errors, activations):\n"
        "    made = [np.outer(e, a) for e, a in zip(errors, activations)]\n"
        "    return made + [np.outer(errors[-1], activations[-1])]\n",
        "one more comes at the end of the list",
        "a second time",
    ),
    "a slip by hand is not measured, which would tell the right answer": (
        "practice_6_2",
        "def practice_6_2():\n    return [12, -12]\n",
        "The signs are right, the sizes are not",
        "factor",
    ),
    "a second step that follows from a wrong first one is said to": (
        "practice_6_3",
        "def practice_6_3():\n    return [[12, -12], [12, -12]]\n",
        "second error is right given your first",
        "factor",
    ),
    "a second step that follows from nothing is not": (
        "practice_6_3",
        "def practice_6_3():\n    return [[12, -12], [1, 2]]\n",
        "does not follow from your first",
        "right given",
    ),
    "weights that shrink a little are not said to be rounded": (
        "update_weights",
        "def update_weights(weights, gradients, learning_rate):\n"
        "    return [W - learning_rate * (G + 0.01 * W) for W, G in zip(weights, gradients)]\n",
        "something made of the old weight comes in as well",
        "rounding",
    ),
    "a step that is looked at in two ways is told once": (
        "update_weights",
        "def update_weights(weights, gradients, learning_rate):\n"
        "    return [W - learning_rate * (G + 0.01 * W) for W, G in zip(weights, gradients)]\n",
        "For a new weight your code computes",
        "Nor is",
    ),
    "a step of another size is measured": (
        "update_weights",
        "def update_weights(weights, gradients, learning_rate):\n"
        "    return [W - learning_rate / 100 * G for W, G in zip(weights, gradients)]\n",
        "the right numbers divided by 100",
        "old weights",
    ),
    "right numbers in too many brackets are right numbers": (
        "softmax_jacobian",
        "def softmax_jacobian(x):\n    s = softmax(x)\n    return [np.diag(s) - np.outer(s, s)]\n",
        "Its numbers are right",
        "sums to 0",
    ),
    "a number for a vector of one entry is not always right": (
        "threshold",
        "def threshold(x):\n    return x if np.all(x > -1) else 0\n",
        "has shape ()",
        "Its numbers are right",
    ),
    "shares of inputs on another scale": (
        "softmax",
        "def softmax(x):\n"
        "    e = np.exp((x - np.max(x)) / (1 + np.std(x)))\n"
        "    return e / e.sum()\n",
        "multiplied first",
        "share 1 among them",
    ),
    "one input value alone is no range": (
        "threshold_jacobian",
        "def threshold_jacobian(x):\n"
        "    return np.diag(np.where(x > -1, 1.0, np.where(x == -1, 0.3, 0.0)))\n",
        "only -1 comes out wrong",
        "between",
    ),
    "entries that play no part": (
        "propagate_error",
        "def propagate_error(error, jacobian):\n"
        "    result = np.zeros(jacobian.shape[1])\n"
        "    for k in range(min(jacobian.shape)):\n"
        "        result[k] = error[-1 - k] * jacobian[-1 - k, k]\n"
        "    return result\n",
        "not depend on the Jacobian's entries [0, 0], [1, 1]",
        "same answer",
    ),
    "examples in an order of their own": (
        "train",
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    weights, losses, rng = [W.copy() for W in weights], [], np.random.default_rng(4)\n"
        "    for _ in range(epochs):\n"
        "        total = 0\n"
        "        for i in rng.permutation(len(inputs)):\n"
        "            a = forward(weights, inputs[i])\n"
        "            total += 0.5 * np.sum((a[-1] - targets[i]) ** 2)\n"
        "            gradients = weight_gradients(backward(weights, a, targets[i]), a)\n"
        "            weights = update_weights(weights, gradients, learning_rate)\n"
        "        losses.append(total)\n"
        "    return weights, losses\n",
        "taken in another order than the one given",
        "list of losses is too",
    ),
    "one list in all places is no formula of the error before": (
        "propagate_chain",
        "def propagate_chain(error, jacobians):\n"
        "    e, errors = list(error), []\n"
        "    for J in jacobians:\n        e[:] = np.asarray(e) @ J\n        errors.append(e)\n"
        "    return errors\n",
        "as if one list were stored each time",
        "the error that goes in",
    ),
    "one list in all places, with something else wrong": (
        "propagate_chain",
        "def propagate_chain(error, jacobians):\n"
        "    e, errors = list(error), []\n"
        "    for J in jacobians:\n        e[:] = np.asarray(e) @ J * 1.1\n"
        "        errors.append(e)\n    return errors\n",
        "is that a new array each time, or one and the same that is changed later",
        "the error that goes in",
    ),
    "a shape is the one of the example": (
        "propagate_chain",
        "def propagate_chain(error, jacobians):\n"
        "    e, errors = list(error), []\n"
        "    for J in jacobians:\n        e[:] = np.sin(np.asarray(e) @ J)\n"
        "        errors.append(e)\n    return errors\n",
        "are asked for (for error of shape (",
        "3 jacobians",
    ),
    "of a list that is too long it is told how many went in": (
        "weight_gradients",
        "def weight_gradients(errors, activations):\n"
        "    return [np.outer(e, a) for e in errors for a in activations]\n",
        "6 entries where 2 are asked for (for 2 errors and 3 activations)",
        "of length",
    ),
    "gradients brought to a length together": (
        "weight_gradients",
        "def weight_gradients(errors, activations):\n"
        "    G = [np.outer(e, a) for e, a in zip(errors, activations)]\n"
        "    n = np.sqrt(sum((g ** 2).sum() for g in G))\n"
        "    return [g / n for g in G] if n > 1 else G\n",
        "taken together, is longer than 1 (the root of the sum of all squares), all of it",
        "differs from",
    ),
    "errors with a factor of each call": (
        "backward",
        "def backward(weights, activations, target):\n"
        "    a, errors = activations[-1], []\n"
        "    e = (a - target) * a - a * (((a - target) * a).sum())\n"
        "    for W, b in zip(weights[::-1], activations[-2::-1]):\n"
        "        errors.insert(0, e)\n        e = (e @ W) * (b > 0)\n"
        "    n = 1 + sum(np.abs(e).sum() for e in errors)\n"
        "    return [e / n for e in errors]\n",
        "In each call all numbers that are wrong are off by one factor",
        "differs from one matrix",
    ),
    "some entries that should be 0 are": (
        "practice_6_1",
        "def practice_6_1():\n    x = np.array([0.3, -1.8, -0.2, 0.4, 0.9])\n"
        "    y = np.where(x > -1, x, 0)\n    return np.round(y[:, None] / x[None, :], 2)\n",
        "Each wrong entry should be 0",
        "an entry should be 0, it",
    ),
    "one list for all layers": (
        "forward",
        "def forward(weights, x):\n"
        "    a = list(x)\n    activations = [a]\n"
        "    for W in weights[:-1]:\n        a[:] = np.maximum(W @ a, 0)\n"
        "        activations.append(a)\n"
        "    a[:] = softmax(weights[-1] @ a)\n    return [*activations, a]\n",
        "One and the same in all rounds",
        "your code computes",
    ),
    "weights alone are not shown as losses": (
        "train",
        "def train(weights, inputs, targets, learning_rate, epochs):\n    return list(weights)\n",
        "losses",
        "gives the losses",
    ),
    "the losses are no entry of the list of weights": (
        "train",
        "def train(weights, inputs, targets, learning_rate, epochs):\n"
        "    new = [np.array(W) * len(inputs) * np.sum(targets) * learning_rate for W in weights]\n"
        "    return [*new, np.ones((1, 1))], [0.5] * epochs\n",
        "The list of weights is too long: it has 3 entries where 2 are asked for",
        "4 entries",
    ),
    "lists that are calculated with": (
        "update_weights",
        "def update_weights(weights, gradients, learning_rate):\n"
        "    return weights - learning_rate * gradients\n",
        "are whole lists",
        "None",
    ),
}


@pytest.mark.parametrize("case", thinned(SEEN, 3))
def test_it_says_what_is_so_and_nothing_else(case: str, feedback: Feedback) -> None:
    function, source, said, unsaid = SEEN[case]
    text = feedback(source)[function]["text"]
    assert said in text
    assert unsaid not in text


def graded(grader: Grader, files: dict[str, bytes]) -> dict[str, str]:
    record = grader.grade(Submission("student", files)).feedback
    return {entry["function"]: entry["text"] for entry in record["functions"]}


def test_a_file_that_is_imported_and_was_not_handed_in_is_asked_for(grader: Grader) -> None:
    files = {"backprop.py": solutions()["backprop.py"]}
    text = graded(grader, files)["forward"]
    assert "your own `softmax` was not handed in (`practice_6_1.py`)" in text
    assert "not installed" not in text


def test_of_what_a_function_does_not_call_itself_it_is_told_by_way_of_which_it_does(
    grader: Grader,
) -> None:
    wrong = b"import numpy as np\ndef softmax(x):\n    return np.exp(x)\n"
    files = {**solutions(), "practice_6_1.py": solutions()["practice_6_1.py"] + wrong}
    told = graded(grader, files)
    assert "your own `softmax`, which it calls by way of `forward`, is not right" in told["train"]
    assert "your own `softmax` is not right yet" in told["forward"]
    direct = b"\n_train = train\ndef train(*args):\n    softmax([0.0])\n    return _train(*args)\n"
    files["backprop.py"] += direct
    assert "your own `softmax` is not right yet" in graded(grader, files)["train"]


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("```python\n", "the ``` round a copied piece of code"),
        (">>> propagate_error([1], [[1]])\n", "the prompt `>>>` of a copied example"),
        ("print(\N{LEFT DOUBLE QUOTATION MARK}done\N{RIGHT DOUBLE QUOTATION MARK})\n", "curly"),
    ],
)
def test_what_came_with_a_copied_text_is_named(pasted: str, said: str, grader: Grader) -> None:
    file = "practice_6_2.py"
    texts = graded(grader, {file: solutions()[file] + pasted.encode()})
    assert said in texts["propagate_error"] + texts["practice_6_2"]


IN_PLACE = """def update_weights(weights, gradients, learning_rate):
    new = [{start} for W in weights]
    for W, G in zip(new, gradients):
        W -= learning_rate * G
    return new
"""


@pytest.mark.parametrize("start", ["W", "W.copy()"])
def test_a_step_in_place_on_whole_numbers_is_named(start: str, feedback: Feedback) -> None:
    entry = feedback(IN_PLACE.format(start=start))["update_weights"]
    assert "changed-in-place" in entry["diagnosis"]
    assert ("changes its argument `weights`" in entry["text"]) == (start == "W")


# --- what is hidden stays hidden ---------------------------------------------------------------

SOFTMAX = """def softmax(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - np.max(x))
    s = e / e.sum()
    return s if {public} else {hidden}
"""
SOFTMAX_JACOBIAN = """def softmax_jacobian(x):
    s = softmax(x)
    return np.diag(s) - np.outer(s, s) if {public} else {hidden}
"""
THRESHOLD = """def threshold(x):
    x = np.asarray(x, dtype=float)
    y = np.where(x > -1, x, 0)
    return y if {public} else {hidden}
"""
PROPAGATE_ERROR = """def propagate_error(error, jacobian):
    e = error @ jacobian
    return e if {public} else {hidden}
"""
PROPAGATE_CHAIN = """def propagate_chain(error, jacobians):
    errors = []
    for J in jacobians:
        errors.append((errors[-1] if errors else error) @ J)
    return errors if {public} else {hidden}
"""
UPDATE_WEIGHTS = """def update_weights(weights, gradients, learning_rate):
    pairs = list(zip(weights, gradients))
    return [W - learning_rate * G for W, G in pairs] if {public} else {hidden}
"""

#: By what could tell a hidden input: the code, what it returns there, what is said, what is not.
HIDDEN = {
    "a shape": (SOFTMAX_JACOBIAN, "np.zeros((0, 9564, 7514))", "has another shape; it", "9564"),
    "a size that fits nothing": (SOFTMAX_JACOBIAN, "np.zeros((12, 12))", "another shape", "12"),
    "a length": (PROPAGATE_CHAIN, "[np.zeros(1)] * 585", "has more entries than the", "585"),
    "a vector's length": (THRESHOLD, "np.zeros(585)", "has more entries than the", "585"),
    "an amount": (SOFTMAX, "s + 97.23", "off by the same amount.", "97.23"),
    "a factor": (SOFTMAX, "s * 7.125", "off by the same factor.", "7.125"),
    "a limit": (
        PROPAGATE_ERROR,
        "np.clip(e, -1.0625, 1.0625)",
        "larger than a certain limit",
        "1.06",
    ),
    "the largest that is lost": (
        PROPAGATE_ERROR,
        "np.where(np.abs(e) < 0.8, 0, e)",
        "Small entries come back as 0",
        "in size",
    ),
    "a factor for each item": (
        UPDATE_WEIGHTS,
        "[(k + 2.375) * (W - learning_rate * G) for k, (W, G) in enumerate(pairs)]",
        "by the same factor; the factor differs",
        "2.375",
    ),
    "what inputs were multiplied by": (
        SOFTMAX,
        "np.exp(1.375 * (x - x.max())) / np.exp(1.375 * (x - x.max())).sum()",
        "multiplied first. Adding",
        "1.37",
    ),
    "how weights shrink": (
        UPDATE_WEIGHTS,
        "[0.8125 * W - learning_rate * G for W, G in pairs]",
        "multiplied by a factor as well:",
        "0.81",
    ),
    "the size of a step": (
        UPDATE_WEIGHTS,
        "[W - 1.625 * learning_rate * G for W, G in pairs]",
        "step is off by a factor.",
        "1.6",
    ),
    "a mixture": (
        UPDATE_WEIGHTS,
        "[0.8125 * W - 1.625 * learning_rate * G for W, G in pairs]",
        "the old ones times one number",
        "0.81",
    ),
    "an input value": (
        THRESHOLD,
        "np.where(np.arange(len(x)) == 0, y + 1, y)",
        "Only the first entry is wrong",
        "Of all input values",
    ),
}


def _as_text(argument: Any) -> str:
    return repr(np.concatenate([np.ravel(a) for a in argument]).astype(float).tolist())


@pytest.mark.parametrize("case", HIDDEN)
def test_a_hidden_input_cannot_be_read_off_the_observations(case: str, grader: Grader) -> None:
    code, hidden, said, unsaid = HIDDEN[case]
    function, first = re.match(r"def (\w+)\((\w+)", code).groups()  # type: ignore[union-attr]
    shown = {
        _as_text(probe.arguments[0]) for probe in grader.expected.probes[function] if probe.public
    }
    flat = f"np.concatenate([np.ravel(a) for a in {first}])"
    source = code.format(public=f"repr({flat}.astype(float).tolist()) in {shown!r}", hidden=hidden)
    with grader.open(with_function(source)) as session:
        seen = SAY.fill(*observe(Marking(session, grader.expected), function))
    assert said in seen
    assert unsaid not in seen


def test_a_likely_shape_is_told_of_a_hidden_input_too(grader: Grader) -> None:
    """As here, where what is returned is no matrix for inputs of a length that is never shown."""
    source = SOFTMAX_JACOBIAN.format(public="len(x) < 9", hidden="s")
    with grader.open(with_function(source)) as session:
        seen = SAY.fill(*observe(Marking(session, grader.expected), "softmax_jacobian"))
    assert "has shape (9,); it should have shape (9, 9) (for x of shape (9,))" in seen


def test_a_range_of_input_values_ends_at_ones_that_are_shown(grader: Grader) -> None:
    source = "def threshold_jacobian(x):\n    return np.eye(len(x))\n"
    with grader.open(with_function(source)) as session:
        seen = SAY.fill(*observe(Marking(session, grader.expected), "threshold_jacobian"))
    assert "of about -1 and below come out wrong, those of about -0.75 and above right;" in seen
    assert "somewhere between it changes" in seen


def test_one_entry_is_no_entries(feedback: Feedback) -> None:
    source = "def propagate_chain(error, jacobians):\n    return [np.zeros(7)]\n"
    text = feedback(source)["propagate_chain"]["text"]
    assert "The list is too short: it has 1 entry where 2 are asked for" in text


@pytest.mark.parametrize("number", ["1e308", "np.inf", "np.nan", "-1.7976931348623157e308"])
@pytest.mark.parametrize("function", ["softmax", "update_weights", "propagate_error", "forward"])
def test_numbers_of_any_size_are_looked_at_in_silence(
    number: str, function: str, grader: Grader
) -> None:
    first = {"softmax": "x", "propagate_error": "jacobian[0]"}.get(function, "weights")
    value = (
        f"{first} * 0.0 + {number}"
        if "weights" not in first
        else (f"[W * 0.0 + {number} for W in weights]")
    )
    parameters = {
        "softmax": "x",
        "update_weights": "weights, gradients, learning_rate",
        "propagate_error": "error, jacobian",
        "forward": "weights, x",
    }[function]
    source = f"def {function}({parameters}):\n    return {value}\n"
    with grader.open(with_function(source)) as session:
        marking = Marking(session, grader.expected)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            observe(marking, function)


TRAINED = """def train(weights, inputs, targets, learning_rate, epochs):
    weights, losses = [np.array(W, dtype=float) for W in weights], []
    for epoch in range(epochs):
        loss = 0.0
        for at, (x, t) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            loss += 0.5 * np.sum((a[-1] - t) ** 2)
            G = weight_gradients(backward(weights, a, t), a)
            weights = update_weights(weights, G, learning_rate)
        losses.append(loss)
    return weights, losses
"""
#: What is put in the place of what, and what is said then of one and several.
OF_SEVERAL = {
    "errors of one example through another": (
        (
            "G = weight_gradients(backward(weights, a, t), a)",
            "b = forward(weights, inputs[0])\n            "
            "G = weight_gradients(backward(weights, a, t), [*b[:-1], a[-1]])",
        ),
        "With one example all was right that was tried; what is wrong comes with several.",
    ),
    "the loss by the place of the example": (
        ("np.sum((a", "np.exp(-at) * np.sum((a"),
        "With one example all was right that was tried; what is wrong comes with several.",
    ),
    "steps by the number of the epoch": (
        ("G, learning_rate)", "G, learning_rate / (1 + (epoch > 1)))"),
        "With one epoch all was right that was tried; what is wrong comes with several.",
    ),
    "losses below 0 with several alone": (
        ("np.sum((a", "(1 - 3 * at) * np.sum((a"),
        "Some of your losses are below 0: a sum of squares never is.",
    ),
    "a loss of signed differences": (
        ("0.5 * np.sum((a[-1] - t) ** 2)", "np.sum((a[-1] - t) ** 3)"),
        "Some of your losses are below 0: a sum of squares never is.",
    ),
    "wrong with one example too": (("G, learning_rate)", "G, np.tanh(learning_rate))"), ""),
}


@pytest.mark.parametrize("case", OF_SEVERAL)
def test_a_training_is_followed_where_its_answers_first_go_wrong(
    case: str, feedback: Feedback
) -> None:
    (old, new), said = OF_SEVERAL[case]
    assert TRAINED.count(old) == 1
    text = feedback(TRAINED.replace(old, new))["train"]["text"]
    assert said in text
    assert ("Some of your losses are below 0" in text) == ("below 0" in case or "signed" in case)
    assert ("comes with several" in text) == ("signed" not in case and "too" not in case)
    assert ("Train one epoch on one example" in text) == ("signed" in case)
    assert ("one example for one epoch and follow" not in text) or not said


#: What is done with a right gradient, and whether its last column is as a bias's.
LAST_COLUMN = {
    "G[:, -1] = e": True,
    "G[:, -1] += e": True,
    "G[:, -1] = e if k == 0 else G[:, -1] + e": True,
    "G[:, -1] = 2 * e": False,
    "G[:, -1] = e\n        G[:, 0] = e": False,
}


@pytest.mark.parametrize("line", LAST_COLUMN)
def test_a_last_weight_that_is_taken_for_a_bias_is_told(line: str, feedback: Feedback) -> None:
    source = (
        "def weight_gradients(errors, activations):\n    found = []\n"
        "    for k, (e, a) in enumerate(zip(errors, activations)):\n"
        f"        G = np.outer(e, a).astype(float)\n        {line}\n        found.append(G)\n"
        "    return found\n"
    )
    text = feedback(source)["weight_gradients"]["text"]
    assert ("as if the last weight of each neuron were a bias" in text) == LAST_COLUMN[line]


BY_SIGN = """
def update_weights(weights, gradients, learning_rate):
    new = []
    for W, G in zip(weights, gradients):
        step = learning_rate * {step}
        new.append({new})
    return new
"""


@pytest.mark.parametrize(
    ("step", "new"),
    [("W", "np.where(G * W < 0, W + step, W - step)"), ("np.abs(W)", "W - np.sign(G) * step")],
)
def test_an_argument_of_which_the_signs_alone_count_is_told(
    step: str, new: str, feedback: Feedback
) -> None:
    (item,) = feedback(BY_SIGN.format(step=step, new=new))["update_weights"]["parts"]
    assert "only the signs count there" in item["did"]
    assert "each number of `gradients` becomes" in item["did"]


def test_where_numbers_beside_one_another_count_it_is_not_the_signs_alone(
    feedback: Feedback,
) -> None:
    source = BY_SIGN.format(step="W ** 2", new="W - step * G / (np.abs(G).max() + 1e-300)")
    assert "signs count" not in feedback(source)["update_weights"]["text"]
