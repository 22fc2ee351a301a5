"""Mistakes in the functions of a network are told as what they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import thinned

Feedback = Callable[[str], dict[str, dict[str, Any]]]

TRAIN = """def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        loss = 0.0
        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            loss += 0.5 * np.sum((a[-1] - t) ** 2)
            e = backward(weights, a, t)
            weights = update_weights(weights, weight_gradients(e, a), learning_rate)
        losses.append(loss)
    return weights, losses
"""
BACKWARD = """def backward(weights, activations, target):
    out = activations[-1]
    errors = [0] * len(weights)
    errors[-1] = (out - target) @ (np.diag(out) - np.outer(out, out))
    for l in range(len(weights) - 2, -1, -1):
        errors[l] = errors[l + 1] @ weights[l + 1] * (activations[l + 1] > 0)
    return errors
"""
UPDATE = """def update_weights(weights, gradients, learning_rate):
    total = np.sqrt(sum(np.sum(G ** 2) for G in gradients))
    new = []
    for W, G in zip(weights, gradients):
        new.append(W - learning_rate * G)
    return new
"""
FORWARD = """def forward(weights, x):
    a = [np.array(x, dtype=float)]
    for W in weights[:-1]:
        z = W @ a[-1]
        a.append(np.where(z > 0, z, 0.0))
    return [*a, softmax(weights[-1] @ a[-1])]
"""
GRADIENTS = """def weight_gradients(errors, activations):
    return [np.outer(e, a) for e, a in zip(errors, activations)]
"""

#: A right function, what stands in the place of what, and what is said of it.
TOLD = {
    "inputs that are standardised": (
        TRAIN,
        (
            "    losses = []",
            "    losses, inputs = [], (inputs - inputs.mean(0)) / (inputs.std(0) + 1e-8)",
        ),
        "their mean taken away and then divided by their spread, each column by itself",
    ),
    "an activation alone in place of an error": (
        BACKWARD,
        ("errors[l + 1] @ weights[l + 1] * (activations[l + 1] > 0)", "1 * activations[l + 1]"),
        "nothing of the error above it comes into it",
    ),
    "all activations of a layer in place of its slopes": (
        BACKWARD,
        ("* (activations[l + 1] > 0)", "* np.sum(activations[l + 1])"),
        "put together into one number there, where each neuron has a slope of its own",
    ),
    "softmax of each number by itself": (
        FORWARD,
        ("softmax(weights[-1] @ a[-1])", "np.array([softmax(v) for v in weights[-1] @ a[-1]])"),
        "gives 1 for every neuron of the top layer, whatever the input: softmax of a number by",
    ),
    "ones at the top": (
        FORWARD,
        ("softmax(weights[-1] @ a[-1])", "np.ones(len(weights[-1]))"),
        "gives 1 for every neuron of the top layer, whatever the input.",
    ),
    "inputs over their largest": (
        TRAIN,
        ("zip(inputs,", "zip(inputs / np.abs(inputs).max(),"),
        "divided by their largest size, all of them together",
    ),
    "targets that are rounded": (
        TRAIN,
        ("zip(inputs, targets)", "zip(inputs, np.round(targets))"),
        "targets that were changed first: rounded to whole numbers",
    ),
    "another order": (
        TRAIN,
        (
            "zip(inputs, targets)",
            "zip(np.roll(inputs, epoch + 1, 0), np.roll(targets, epoch + 1, 0))",
        ),
        "taken in another order than the one given",
    ),
    "all targets for one": (
        TRAIN,
        ("backward(weights, a, t)", "backward(weights, a, targets)"),
        "hands over all of `targets` at once",
    ),
    "all inputs for one": (
        TRAIN,
        ("forward(weights, x)", "forward(weights, inputs.T)"),
        "hands over all of `inputs` at once",
    ),
    "an example in each epoch": (
        TRAIN,
        ("zip(inputs, targets)", "[(inputs[epoch % len(inputs)], targets[epoch % len(inputs)])]"),
        "meets one example in each epoch",
    ),
    "a penalty in the loss": (
        TRAIN,
        ("** 2)", "** 2) + 0.05 * sum(np.sum(W ** 2) for W in weights)"),
        "`what is right + 0.05 · (squared weights)`",
    ),
    "an entry of zeros that no round sets": (
        BACKWARD,
        ("- 2, -1, -1)", "- 2, 0, -1)"),
        "counts down to 1: where a `range` ends is never reached",
    ),
    "an entry of None": (
        BACKWARD.replace("[0] *", "[None] *"),
        ("- 2, -1, -1)", "- 2, 0, -1)"),
        "whose entry 0 is None: nothing has been stored there",
    ),
    "the winner for the prediction": (
        BACKWARD,
        ("(out - target)", "(np.eye(len(out))[np.argmax(out)] - target)"),
        "(winner(a) − t) @ J",
    ),
    "weights as parts": (
        BACKWARD,
        ("@ weights[l + 1]", "@ (weights[l + 1] / weights[l + 1].sum(axis=1)[:, None])"),
        "Each weight is divided by a sum of weights first",
    ),
    "the sign of the sum for the slope": (
        BACKWARD,
        ("(activations[l + 1] > 0)", "np.sign(weights[l] @ activations[l])"),
        "Where the neuron's z is below 0, your code computes `−(e @ W)`",
    ),
    "each gradient brought to a length": (
        UPDATE,
        ("rate * G", "rate * G * min(1, 2 / (np.linalg.norm(G) + 1e-12))"),
        "a longer one is brought to this length",
    ),
    "all gradients brought to a length": (
        UPDATE,
        ("rate * G", "rate * G * min(1, 2 / (total + 1e-12))"),
        "all of them together; longer ones are brought to this length",
    ),
    "a constant times the sign": (
        UPDATE,
        ("rate * G", "rate * G / (np.sqrt(0.1 * G ** 2) + 1e-12)"),
        "`√10 · η · sign(G_ij)`",
    ),
    "a column's mean": (
        UPDATE,
        ("rate * G", "rate * G.mean(axis=0)"),
        "(mean of what is right over its column)",
    ),
    "all over the largest gradient": (
        UPDATE,
        ("rate * G", "rate * G / max(np.abs(H).max() for H in gradients)"),
        "`1 / (largest gradient)`",
    ),
    "a penalty on the sizes of weights": (
        UPDATE,
        ("rate * G", "rate * (G + 0.01 * np.sign(W))"),
        "`what is right − 0.01 · η · sign(W_ij)`",
    ),
    "the first gradient of a row": (UPDATE, ("rate * G", "rate * G[:, :1]"), "`η · G_i0`"),
    "every input with every target": (
        TRAIN,
        ("zip(inputs, targets)", "[(x, t) for x in inputs for t in targets]"),
        "meets each input with the targets of all examples",
    ),
    "examples that are used up": (
        TRAIN.replace("losses = []", "losses = []\n    pairs = zip(inputs, targets)"),
        ("in zip(inputs, targets):", "in pairs:"),
        "from the second round on nothing is left",
    ),
    "the propagated error for the difference": (
        TRAIN.replace("            loss += 0.5 * np.sum((a[-1] - t) ** 2)\n", ""),
        (
            "            weights = ",
            "            loss += np.sum(np.abs(e[-1]))\n            weights = ",
        ),
        "It is made of the error at z_L",
    ),
    "the error before and this activation": (
        GRADIENTS,
        (
            "np.outer(e, a) for e, a in zip(errors, activations)",
            "np.outer(errors[l - 1], activations[l]) for l in range(len(errors))",
        ),
        "is made of `errors[l − 1]` and `activations[l]`",
    ),
    "over the input's size": (
        GRADIENTS,
        ("np.outer(e, a)", "np.outer(e, a) / len(activations[0])"),
        "`1 / n_0`",
    ),
    "a number added to every sum": (
        FORWARD,
        ("z = W @ a[-1]", "z = W @ a[-1] + 0.35"),
        "`max(0, z + b)`",
    ),
    "a smoothed threshold": (
        FORWARD,
        ("np.where(z > 0, z, 0.0)", "np.log(1 + np.exp(z))"),
        "That is a smoothed threshold",
    ),
    "softmax of scaled sums": (
        FORWARD,
        ("softmax(weights[-1] @ a[-1])", "softmax(weights[-1] @ a[-1] / np.sqrt(len(a[-1])))"),
        "`softmax(z / √(n_below))`",
    ),
    "an activation that goes past a layer": (
        FORWARD,
        ("np.where(z > 0, z, 0.0)", "np.maximum(z, 0) + (a[-1] if len(z) == len(a[-1]) else 0)"),
        "in the notes nothing goes past a layer",
    ),
    "softmax wherever a layer is as wide as the top": (
        FORWARD,
        (
            "np.where(z > 0, z, 0.0)",
            "softmax(z) if len(z) == len(weights[-1]) else np.maximum(z, 0)",
        ),
        "In a hidden layer as wide as the top, your code computes `softmax(z)`",
    ),
    "hidden neurons that compete": (
        FORWARD,
        ("np.where(z > 0, z, 0.0)", "np.where(z == z.max(), np.maximum(z, 0), 0)"),
        "only the neuron with the largest z sends something",
    ),
    "the winner for the shares": (
        FORWARD,
        (
            "softmax(weights[-1] @ a[-1])",
            "np.eye(len(weights[-1]))[np.argmax(weights[-1] @ a[-1])]",
        ),
        "Of the shares only remains which is the largest",
    ),
    "slopes of weak neurons": (
        BACKWARD,
        ("(activations[l + 1] > 0)", "np.minimum(activations[l + 1], 1)"),
        "a neuron that is on, but weakly",
    ),
    "slopes of the error alone": (
        BACKWARD,
        (
            "errors[l + 1] @ weights[l + 1] * (activations[l + 1] > 0)",
            "np.where(errors[l + 1] @ weights[l + 1] > 0, 1.0, 0.0)",
        ),
        "asked of the error, not of the neuron",
    ),
    "one difference alone": (
        BACKWARD,
        ("(out - target)", "((out - target) * (np.arange(len(out)) == np.argmax(target)))"),
        "Only the difference at the largest target is used",
    ),
    "activations below 0": (
        BACKWARD,
        ("(activations[l + 1] > 0)", "np.where(activations[l + 1] < 0, 0, 1)"),
        "No hidden activation is ever `< 0`",
    ),
    "half precision": (
        UPDATE,
        ("W - learning_rate * G", "np.float16(W - learning_rate * G)"),
        "half precision",
    ),
    "a column times a vector": (
        GRADIENTS,
        ("np.outer(e, a)", "e.reshape(-1, 1) @ a"),
        "is a column: where the two sides meet it has size 1",
    ),
}

#: The step of one example in TRAIN, and a pass for each layer in its place.
STEP = "            weights = update_weights(weights, weight_gradients(e, a), learning_rate)\n"
ANEW = """            {first}
            for k in {order}:
                b = forward(weights, x)
                g = weight_gradients(backward(weights, b, t), b)
                {into}[k] = {into}[k] {sign} learning_rate * g[k]
            {last}
"""
UPWARDS, DOWNWARDS = "range(len(weights))", "reversed(range(len(weights)))"
#: The error of the top weights alone from before the Jacobian, each epoch from the first weights.
AFRESH = """def train(weights, inputs, targets, learning_rate, epochs):
    losses = []
    W = weights
    for _ in range(epochs):
        W, total = [np.array(w, dtype=float) for w in {start}], 0.0
        for x, t in zip(inputs, targets):
            a = forward(W, x)
            total += 0.5 * np.sum((a[-1] - t) ** 2)
            e = backward(W, a, t)
            steps = [np.outer(e[k], a[k]) for k in range(len(W) - 1)]
            steps.append(np.outer(a[-1] - t, a[-2]))
            W = update_weights(W, steps, learning_rate)
        losses.append(total)
    return [np.array(w, dtype=float) for w in W], losses
"""


def anew(order: str, sign: str, into: str = "weights") -> str:
    first, last = ("new = [*weights]", "weights = new") if into == "new" else ("pass", "pass")
    step = ANEW.format(order=order, sign=sign, into=into, first=first, last=last)
    assert STEP in TRAIN
    return TRAIN.replace(STEP, step)


@pytest.mark.parametrize(("order", "others"), [(UPWARDS, "below"), (DOWNWARDS, "above")])
def test_gradients_that_each_layer_works_out_anew_are_told(
    order: str, others: str, feedback: Feedback
) -> None:
    text = feedback(anew(order, "-"))["train"]["text"]
    assert f"anew for each layer, when the weights of the layers {others} it have already" in text
    both = feedback(anew(order, "+"))["train"]["text"]
    assert "Training goes uphill" in both
    assert f"when the weights of the layers {others} it have already been changed" in both


def test_a_pass_for_each_layer_through_the_old_weights_is_right(feedback: Feedback) -> None:
    assert feedback(anew(UPWARDS, "-", "new"))["train"]["status"] == "right"


def test_weights_not_carried_on_are_told_beside_an_error_at_the_top(feedback: Feedback) -> None:
    text = feedback(AFRESH.format(start="weights"))["train"]["text"]
    assert "the top weights learn from prediction minus target" in text
    assert "begins each epoch with the initial weights again" in text
    assert not re.search(r"> *\d+ \|.*range\(len\(W\) - 1\)", text)
    alone = feedback(AFRESH.format(start="W"))["train"]["text"]
    assert "the top weights learn from prediction minus target" in alone
    assert "initial weights" not in alone


@pytest.mark.parametrize("mistake", thinned(TOLD, 3))
def test_it_is_told(mistake: str, feedback: Feedback) -> None:
    code, (old, new), said = TOLD[mistake]
    assert code.count(old) == 1
    name = code.split("(")[0].removeprefix("def ")
    assert said in feedback(code.replace(old, new))[name]["text"]


@pytest.mark.parametrize("twice", ["loss += loss", "loss = loss + loss"])
def test_a_loss_in_the_place_of_the_sum_and_added_to_itself_is_told_with_its_line(
    twice: str, feedback: Feedback
) -> None:
    of_one = "loss = 0.5 * np.sum((a[-1] - t) ** 2)"
    text = feedback(TRAIN.replace("loss += 0.5 *", f"{of_one}; {twice}  #"))["train"]["text"]
    assert "adds `loss` to itself" in text
    assert "nothing is left in it of the rounds before" in text
    assert "without the half" not in text


@pytest.mark.parametrize("anew", [True, False])
def test_a_loss_with_another_start_that_goes_on_is_told_with_its_line(
    anew: bool, feedback: Feedback
) -> None:
    code = TRAIN.replace("losses = []", "losses, limit = [], 0.01\n    loss = 2 * limit + 1")
    code = code if anew else code.replace("        loss = 0.0\n", "")
    code = code.replace("0.5 * np", "1.5 * np").replace("append(loss)", "append(loss / 3)")
    code = code.replace(
        "        losses.append(loss / 3)", "        loss /= 3\n        losses.append(loss)"
    )
    text = feedback(code)["train"]["text"]
    assert ("adds to `loss`, which gets its start once" in text) == (not anew)


def test_a_loss_that_lacks_the_half_is_not_said_to_be_added_to_itself(feedback: Feedback) -> None:
    text = feedback(TRAIN.replace("0.5 * ", ""))["train"]["text"]
    assert "as it would be without the half" in text
    assert "itself" not in text


def test_a_comparison_that_is_not_there_is_not_spoken_of(feedback: Feedback) -> None:
    whole = BACKWARD.replace(" * (activations[l + 1] > 0)", "")
    assert "hidden activation is ever" not in feedback(whole)["backward"]["text"]


@pytest.mark.parametrize("code", [TRAIN, BACKWARD, UPDATE, FORWARD, GRADIENTS])
def test_what_is_right_is_right(code: str, feedback: Feedback) -> None:
    name = code.split("(")[0].removeprefix("def ")
    assert feedback(code)[name]["status"] == "right"


GATED = """def weight_gradients(errors, activations):
    made = []
    for l in range(len(errors)):
        made.append(np.outer(activations[l + 1] > 0, activations[l]))
    return made
"""


def test_a_slope_in_the_place_of_the_error_is_not_taken_twice(feedback: Feedback) -> None:
    entry = feedback(GATED)["weight_gradients"]
    alone = entry["text"]
    assert "e_i, does not come in at all" in alone
    assert "a second time" not in alone
    assert "made.append(np.outer(activations[l + 1] > 0" in str(entry["parts"])
    both = feedback(GATED.replace("activations[l + 1] > 0", "errors[l] * (activations[l + 1] > 0)"))
    assert "does not come in" not in both["weight_gradients"]["text"]


TOP_ALONE = "The error at the top is not right yet; the errors further down follow from it"
BY_ITSELF = "At the top each output is taken by itself"


@pytest.mark.parametrize(
    ("top", "by_itself"),
    [
        ("(out - target) * np.exp(np.log(out + 1) * 3)", True),
        ("np.diff(np.append(out - target, 0)) * out ** 3", False),
    ],
)
def test_a_wrong_error_at_the_top_from_which_the_others_follow(
    feedback: Feedback, top: str, by_itself: bool
) -> None:
    right = "(out - target) @ (np.diag(out) - np.outer(out, out))"
    wrong = BACKWARD.replace(right, top)
    text = feedback(wrong)["backward"]["text"]
    assert TOP_ALONE in text
    assert (BY_ITSELF in text) is by_itself
    also_below = wrong.replace("weights[l + 1] *", "weights[l + 1] * 0.3 *")
    assert TOP_ALONE not in feedback(also_below)["backward"]["text"]


def test_matrices_that_come_back_unchanged_are_told_from_the_first_of_them(
    feedback: Feedback,
) -> None:
    def told(rounds: str) -> str:
        source = (
            "def update_weights(weights, gradients, learning_rate):\n"
            "    new = [np.array(W, dtype=float) for W in weights]\n"
            f"    for l in {rounds}:\n"
            "        new[l] -= learning_rate * np.asarray(gradients[l])\n    return new\n"
        )
        return str(feedback(source)["update_weights"]["text"])

    two = "Only the first two matrices get their steps"
    assert two in told("range(min(2, len(new)))")
    keys = told("range(len(dict(size=3, kind=1)))")
    assert "differs from matrix to matrix" not in keys
    for others in ("range(0, len(new), 2)", "range(len(new) // 2)", "range(len(new) - 1)"):
        assert "Only the first" not in told(others)


SUMS = """
class Sums:
    def __init__(self, W):
        self.of = [np.zeros_like(M) for M in W]
    def begin(self):
        self.of = [np.zeros_like(M) for M in self.of]
    def take(self, G):
        self.of = [old + one for old, one in zip(self.of, G)]
"""


def test_a_method_that_would_set_sums_back_and_is_never_called_is_named(
    feedback: Feedback,
) -> None:
    source = (TRAIN + SUMS).replace("losses = []", "losses, sums = [], Sums(weights)")
    source = source.replace(
        "weights = update_weights(weights, weight_gradients(e, a),",
        "sums.take(weight_gradients(e, a))\n            weights = update_weights(weights, sums.of,",
    )
    text = feedback(source)["train"]["text"]
    assert "`begin` (line" in text
    assert "is written, and never called" in text
    assert "one thing too many" not in text
    begun = source.replace("    for epoch in", "    sums.begin()\n    for epoch in")
    assert "never called" not in feedback(begun)["train"]["text"]


OFF = BACKWARD.replace(
    "errors[l + 1] @ weights[l + 1] * (activations[l + 1] > 0)",
    "np.where(activations[l + 1] > 0, ON, OFF)",
)


def _down(on: str, off: str) -> str:
    return OFF.replace("ON", on).replace("OFF", off)


def test_a_number_for_neurons_that_are_off_is_told_from_slopes_without_the_error(
    feedback: Feedback,
) -> None:
    same = "Each neuron that is off gets this same number"
    for number in ("0.01", "-0.5", "1"):
        text = feedback(_down("errors[l + 1] @ weights[l + 1]", number))["backward"]["text"]
        assert same in text
        assert "slopes alone" not in text
    for off in ("0", "0.01"):
        text = feedback(_down("1", off))["backward"]["text"]
        assert same not in text
        assert "slopes alone" in text


def one_number(rest: str) -> str:
    """`train` with one sum of the losses over all epochs, and what it returns of that."""
    before, _, loop = TRAIN.partition("    losses = []\n")
    loop = loop.replace("        loss = 0.0\n", "").replace("        losses.append(loss)\n", "")
    return f"{before}    loss = 0.0\n{loop.replace('return weights, losses', rest)}"


def test_one_number_for_the_losses_goes_before_that_it_stops_with_no_epoch(
    feedback: Feedback,
) -> None:
    entry = feedback(one_number("return weights, loss / epochs"))["train"]
    (item,) = entry["parts"]
    assert item["title"] == "One number in place of a list"
    assert (
        "for the losses, and a list of them is asked for; it should have shape (2,)"
        in (item["did"])
    )
    assert "(for epochs = 2)" in item["did"]
    assert item["did"].index("for the losses") < item["did"].index("stops with ZeroDivisionError")
    assert "number that should stand in the list" in item["next"]


def test_a_list_of_losses_that_stops_with_no_epoch_is_told_as_that(feedback: Feedback) -> None:
    source = TRAIN.replace("return weights, losses", "return weights, [sum(losses) / epochs]")
    (item,) = feedback(source)["train"]["parts"]
    assert "One number" not in item["title"]
    assert "One number comes back" not in item["did"]


def test_a_fixed_place_beside_a_loop_is_asked_about_and_no_loop_is_wanted(
    feedback: Feedback,
) -> None:
    source = """def forward(weights, x):
    acts = [x]
    for W in weights[:-1]:
        acts.append(np.maximum(W @ acts[-1], 0))
    last = weights[1]
    z = last @ acts[-1]
    e = np.exp(z - z.max())
    return acts + [e / e.sum()]
"""
    (item,) = feedback(source)["forward"]["parts"]
    assert "belongs into a loop" not in item["did"]
    assert "`weights[1]` is one fixed entry, and a shorter list has none" in item["did"]
    assert "which entry of `weights` this line should take" in item["next"]


MEASURED = """
def train(weights, inputs, targets, learning_rate, epochs):
    weights, losses = [np.array(W, dtype=float) for W in weights], []
    for _ in range(epochs):
        total = 0
        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            {before}
            gradients = weight_gradients(backward(weights, a, t), a)
            weights = update_weights(weights, gradients, learning_rate)
            {after}
        losses.append(total / len(inputs))
    return weights, losses
"""


@pytest.mark.parametrize("after", [True, False])
def test_a_loss_after_the_update_is_told_in_plain_words(after: bool, feedback: Feedback) -> None:
    one = "total += np.sum((forward(weights, x)[-1] - t) ** 2)"
    lines = {"before": "pass", "after": one} if after else {"before": one, "after": ""}
    (item, *_) = feedback(MEASURED.format(**lines))["train"]["parts"]
    assert ("measured after the update" in item["did"]) is after


NEURON_BY_NEURON = """
def train(weights, inputs, targets, learning_rate, epochs):
    W, losses = [np.array(one, dtype=float) for one in weights], []
    for _ in range(epochs):
        loss = 0
        for x, t in zip(inputs, targets):
            a = forward(W, x)
            loss += 0.5 * np.sum((a[-1] - t) ** 2)
            errors = backward(W, a, t)
            for j in range(len(t)):
                W[-1][j] -= learning_rate * errors[-1][j] * a[-2]
            {margin}for l in range(len(W) - 1):
            {margin}    lower = W[l]
            {margin}    lower -= learning_rate * np.outer(errors[l], a[l])
        losses.append(loss)
    return W, losses
"""


@pytest.mark.parametrize("inside", [True, False])
def test_a_step_in_a_loop_that_it_does_not_use_is_told(inside: bool, feedback: Feedback) -> None:
    entry = feedback(NEURON_BY_NEURON.format(margin="    " * inside))["train"]
    assert (entry["status"] == "wrong") is inside
    assert inside is any("doesn't use `j`" in part["did"] for part in entry["parts"])


_STEPS = """        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            g = weight_gradients(backward(weights, a, t), a)
            weights = update_weights(weights, g, learning_rate)
"""
_AFTER = "np.mean(np.square(forward(weights, x)[-1] - t))"


@pytest.mark.parametrize(("indent", "told"), [("    ", True), ("", False)])
def test_how_many_losses_there_are_is_told_before_what_one_is(
    feedback: Feedback, indent: str, told: bool
) -> None:
    head = "def train(weights, inputs, targets, learning_rate, epochs):\n    losses = []\n"
    head += (
        "    weights = [np.array(W, dtype=float) for W in weights]\n    for _ in range(epochs):\n"
    )
    stored = f"        {indent}losses.append({_AFTER})\n    return weights, losses\n"
    first, *others = feedback(head + _STEPS + stored)["train"]["parts"]
    assert ("a loss for each example in each epoch" in first["did"]) is told
    if told:
        assert first["title"] == "A loss for each example"
        assert "It is measured after the update" in others[0]["did"]


_IN_BATCHES = """def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses, size = [], 4
    for epoch in range(epochs):
        loss, sums, count = 0.0, [0 * W for W in weights], 0
        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            loss += 0.5 * np.sum((a[-1] - t) ** 2)
            gradients = weight_gradients(backward(weights, a, t), a)
            sums = [S + G for S, G in zip(sums, gradients)]
            count += 1
            if {test}:
                weights = update_weights(weights, sums, learning_rate / size)
                sums = [0 * W for W in weights]
        losses.append(loss)
    return weights, losses
"""


@pytest.mark.parametrize("test", ["count % size == 0", "not count % 4", "count == 4"])
def test_updates_that_wait_for_a_count_are_told_with_its_condition(
    feedback: Feedback, test: str
) -> None:
    (item,) = feedback(_IN_BATCHES.format(test=test))["train"]["parts"]
    assert item["title"] == "Not done in every round"
    assert f"(`if {test}:`) decides in which rounds `weights` changes" in item["did"]


_IN_SOME_EPOCHS = """def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(w, dtype=float) for w in weights]
    losses = []
    for n in range(epochs):
        losses.append(0.0)
        for x, t in zip(inputs, targets):
            a = forward(W, x)
            losses[-1] += 0.5 * np.sum((a[-1] - t) ** 2)
            {update}
    return W, losses
"""
_UPDATE = """if n % 1000 == 0:
                errors = backward(W, a, t)
                W = [w - learning_rate * np.outer(e, b) for w, e, b in zip(W, errors, a)]"""


def test_updates_in_some_epochs_alone_are_told_beside_what_is_wrong_in_them(
    feedback: Feedback,
) -> None:
    source = _IN_SOME_EPOCHS.format(update=_UPDATE).replace("(e, b)", "(e, 2 * b)")
    off, *_, item = feedback(source)["train"]["parts"]
    assert "is right" not in off["did"]
    assert item["title"] == "Not done in every round"
    assert "(`if n % 1000 == 0:`) decides in which rounds `W` changes" in item["did"]


@pytest.mark.parametrize(
    "test", ["count % size == 1", "count >= 1", "count % 2 == 0 or x[0] < 9e9"]
)
def test_a_condition_that_lets_one_example_through_is_not_told_as_waiting(
    feedback: Feedback, test: str
) -> None:
    text = feedback(_IN_BATCHES.format(test=test))["train"]["text"]
    assert "decides in which rounds" not in text


def test_rounds_by_whole_groups_are_told_with_their_loop(feedback: Feedback) -> None:
    groups = """def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses, size = [], 4
    count = len(inputs) // size
    for epoch in range(epochs):
        loss = 0.0
        for b in range({rounds}):
            sums = [0 * W for W in weights]
            for k in range(b * size, min(len(inputs), b * size + size)):
                a = forward(weights, inputs[k])
                loss += 0.5 * np.sum((a[-1] - targets[k]) ** 2)
                gradients = weight_gradients(backward(weights, a, targets[k]), a)
                sums = [S + G for S, G in zip(sums, gradients)]
            weights = update_weights(weights, sums, learning_rate)
        losses.append(loss)
    return weights, losses
"""
    for rounds in ("count", "len(inputs) // size"):
        (item,) = feedback(groups.format(rounds=rounds))["train"]["parts"]
        assert item["title"] == "No round for what is left over"
    assert "`//`" not in feedback(groups.format(rounds="count + 1"))["train"]["text"]


_NO_JACOBIAN = ("(out - target) @ (np.diag(out) - np.outer(out, out))", "out - target")
_DOWN = "errors[l + 1] @ weights[l + 1] * (activations[l + 1] > 0)"


@pytest.mark.parametrize("slope", ["", " * (activations[l + 1] > 0)"])
def test_that_only_the_sign_of_an_error_goes_down_is_told_beside_a_wrong_top(
    feedback: Feedback, slope: str
) -> None:
    code = BACKWARD.replace(_DOWN, f"(errors[l + 1] > 0) @ weights[l + 1]{slope}")
    (alone,) = feedback(code)["backward"]["parts"]
    assert alone["title"].startswith("The size of the error gets lost")
    first, second = feedback(code.replace(*_NO_JACOBIAN))["backward"]["parts"]
    assert first["title"] == "The top layer's Jacobian is missing"
    assert second["title"].startswith("The size of the error gets lost")


_NOR = "Nor does the error of a hidden layer follow as it should from your own numbers"


def test_a_step_down_of_which_nothing_is_read_is_told_beside_a_wrong_top(
    feedback: Feedback,
) -> None:
    down = "np.cbrt((errors[l + 1] + 0.1) @ weights[l + 1]) * np.cos(activations[l + 1])"
    code = BACKWARD.replace(*_NO_JACOBIAN)
    (item,) = feedback(code.replace(_DOWN, down))["backward"]["parts"]
    assert _NOR in item["did"]
    # Right steps from a wrong top, whether that has a name or a formula.
    for top in ("out - target", "(out - target) ** 3 + 0.1 * out"):
        text = feedback(BACKWARD.replace(_NO_JACOBIAN[0], top))["backward"]["text"]
        assert "Nor " not in text


DOWN_TO_THE_INPUT = """
def backward(weights, activations, target):
    top = np.asarray(activations[-1])
    deltas = [(top - target) @ (np.diag(top) - np.outer(top, top))]
    for {loop}:
        deltas.insert(0, (deltas[0] @ weights[l]) * (np.asarray(activations[{of}]) > 0))
    return deltas
"""


@pytest.mark.parametrize(
    ("loop", "of", "told"),
    [
        ("l in range(len(weights) - 1, -1, -1)", "l + 1", True),
        ("l in reversed(range(len(weights)))", "l + 1", True),
        ("l in range(len(weights) - 1, 0, -1)", "l - 1", False),
    ],
)
def test_a_loop_that_goes_down_to_the_input_is_marked(
    loop: str, of: str, told: bool, feedback: Feedback
) -> None:
    (item, *_) = feedback(DOWN_TO_THE_INPUT.format(loop=loop, of=of))["backward"]["parts"]
    assert (item["title"] == "One entry too many") is told
    assert ("one is there before the first" in item["did"]) is told
    if told:
        assert loop in dict(item["line"]["code"])[item["line"]["number"]]


STORED_APART = """
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    goes_down = (a - target) @ J
    errors = [{top}]
    for l in range(len(weights) - 1, 0, -1):
        through = (goes_down @ weights[l]) * (np.asarray(activations[l]) > 0)
        goes_down = {down}
        errors.insert(0, through)
    return errors
"""


@pytest.mark.parametrize("top", ["goes_down @ J", "J @ goes_down"])
def test_what_goes_down_from_the_top_need_not_be_what_is_listed_there(
    top: str, feedback: Feedback
) -> None:
    (item,) = feedback(STORED_APART.format(top=top, down="through"))["backward"]["parts"]
    assert item["title"] == "Twice through the softmax's Jacobian"
    assert "Nor does" not in item["did"]
    without = "goes_down @ weights[l]"
    first, second = feedback(STORED_APART.format(top=top, down=without))["backward"]["parts"]
    assert first["title"] == item["title"]
    assert second["title"] == "A slope that is not handed on"


def test_what_goes_down_with_its_slope_is_not_said_to_be_without(feedback: Feedback) -> None:
    source = STORED_APART.format(top="3 * goes_down", down="through")
    assert "Jacobian twice" not in feedback(source)["backward"]["text"]
    source = STORED_APART.format(top="goes_down @ J", down="2 * through")
    assert "slope" not in feedback(source)["backward"]["parts"][-1]["did"]
