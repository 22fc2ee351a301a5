"""What a training computes is read step by step, its second step too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Feedback = Callable[[str], dict[str, dict[str, Any]]]

TRAIN = """def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses, before, begin = [], [W * 0 for W in weights], list(weights)
    for epoch in range(epochs):
        loss, first = 0.0, list(weights)
        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            loss += 0.5 * np.sum((a[-1] - t) ** 2)
            e = (a[-1] - t) @ (np.diag(a[-1]) - np.outer(a[-1], a[-1]))
            for l in range(len(weights) - 1, -1, -1):
                old = weights[l]
                G = np.outer(e, a[l])
                weights[l] = old - learning_rate * G
                e = (e @ old) * (a[l] > 0)
        losses.append(loss)
    return weights, losses
"""

#: What stands in the place of what, and what is said of it.
READ = {
    "momentum": (
        ("G = np.outer(e, a[l])", "before[l] = G = np.outer(e, a[l]) + 0.7 * before[l]"),
        "what is right + 0.7 · (the step before)",
    ),
    "momentum that gives each step a tenth": (
        ("G = np.outer(e, a[l])", "before[l] = G = 0.1 * np.outer(e, a[l]) + 0.9 * before[l]"),
        "computes `0.1 · (what is right) + 0.9 · (the step before)`",
    ),
    "weights shrunk after each step": (
        ("old - learning_rate * G", "0.95 * (old - learning_rate * G)"),
        "A part of the weight itself is taken away as well",
    ),
    "the weight in place of the activation": (
        ("G = np.outer(e, a[l])", "G = e[:, None] * weights[l]"),
        "What is taken from a weight is made of that weight itself.",
    ),
    "activations from before the epoch": (
        ("            a = forward(weights, x)\n", "            a = forward(first, x)\n"),
        "goes forward through the weights from its beginning",
    ),
    "a rate that falls from epoch to epoch": (
        ("losses.append(loss)", "losses.append(loss)\n        learning_rate *= 0.8"),
        "In the notes, what all steps share, such as the learning rate, stays the same",
    ),
    "a gradient cut off": (
        ("G = np.outer(e, a[l])", "G = np.clip(np.outer(e, a[l]), -0.2, 0.2)"),
        "η · (G_ij, cut off at ±0.2)",
    ),
    "the rate in the errors": (
        ("e = (e @ old) * (a[l] > 0)", "e = (e @ old) * (a[l] > 0) * learning_rate"),
        "The step of the top layer is right. For each step down to a hidden layer your code",
    ),
    "gradients that are collected and never set back": (
        ("G = np.outer(e, a[l])", "before[l] = G = np.outer(e, a[l]) + before[l]"),
        "Each update uses the sum of all gradients so far",
    ),
    "weights changed on the way, and unchanged ones": (
        ("e = (e @ old)", "e = (e @ old + e @ weights[l])"),
        "your code computes `e @ W + (e @ W_new)`",
    ),
    "the rate in the errors, through weights changed on the way": (
        ("e = (e @ old)", "e = learning_rate * (weights[l].T @ e)"),
        "Two things are wrong there. The learning rate says how long a step is,",
    ),
    "sums before the threshold for activations": (
        ("G = np.outer(e, a[l])", "G = np.outer(e, weights[l - 1] @ a[l - 1] if l else a[l])"),
        "`η · e_i · z_j`",
    ),
    "over the layer's neurons": (
        ("G = np.outer(e, a[l])", "G = np.outer(e, a[l]) / len(e) ** 0.5"),
        "the right numbers times `1 / √(n_l)`",
    ),
}


@pytest.mark.parametrize("case", READ)
def test_the_step_that_is_wrong_is_read(case: str, feedback: Feedback) -> None:
    (old, new), said = READ[case]
    assert TRAIN.count(old) == 1
    entry = feedback(TRAIN.replace(old, new))["train"]
    assert entry["diagnosis"] == []
    assert said in entry["text"]


@pytest.mark.parametrize(
    "case", ["the rate in the errors", "weights changed on the way, and unchanged ones"]
)
def test_of_one_of_two_things_on_the_way_down_the_other_is_not_told(
    case: str, feedback: Feedback
) -> None:
    (old, new), _ = READ[case]
    assert "Two things are wrong" not in feedback(TRAIN.replace(old, new))["train"]["text"]


COLLECTS = """def train(weights, inputs, targets, learning_rate, epochs):
    weights, losses = [np.array(W, dtype=float) for W in weights], []
    total = [np.zeros_like(W) for W in weights]
    for epoch in range(epochs):
        losses.append(0.0)
        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            losses[-1] += 0.5 * np.sum((a[-1] - t) ** 2)
            for l, G in enumerate(weight_gradients(backward(weights, a, t), a)):
                total[l] += G
        weights = update_weights(weights, total, learning_rate)
    return weights, losses
"""


def test_what_is_not_set_back_between_epochs_is_told_with_its_line(feedback: Feedback) -> None:
    text = feedback(COLLECTS)["train"]["text"]
    assert "(`total[l] += G`) adds to `total`, which is not set back to 0" in text
    assert "one step for a whole epoch, with the gradients of all epochs so far" in text
    assert "With one example and one epoch the weights are right." in text
    # Each of these is so in the first epoch alone.
    assert "The step of a single example is right" not in text
    assert "with the gradients of all its examples" not in text


CARRIES_ON = COLLECTS.replace(
    "        weights = update_weights(weights, total, learning_rate)\n",
    "                weights[l] = weights[l] - learning_rate * (G + 0.97 * total[l])\n",
)


def test_what_earlier_steps_made_is_told_and_no_factor_of_one_step(feedback: Feedback) -> None:
    (item,) = feedback(CARRIES_ON)["train"]["parts"]
    assert item["title"] == "What came before still counts"
    assert "adds to `total[l]` each time, and no line sets that back" in item["did"]
    assert "factor" not in str(item)


def test_what_is_set_back_between_epochs_is_no_sum_that_goes_on(feedback: Feedback) -> None:
    source = COLLECTS.replace(
        "losses.append(0.0)\n", "total = [W * 0 for W in weights]\n        losses.append(0.0)\n"
    )
    entry = feedback(source)["train"]
    assert entry["diagnosis"] == ["batch-sum"]
    assert "set back" not in entry["text"]


def test_what_is_set_back_in_each_epoch_alone_piles_up_there(feedback: Feedback) -> None:
    made = "    total = [np.zeros_like(W) for W in weights]\n"
    source = COLLECTS.replace(made, "").replace(
        "losses.append(0.0)\n", f"losses.append(0.0)\n    {made}"
    )
    update = "        weights = update_weights"
    text = feedback(source.replace(update, f"    {update}"))["train"]["text"]
    assert "adds to `total`, which is not set back to 0 after each use" in text
    assert "uses the sum of all gradients of its epoch so far" in text


#: All examples are met once more in each epoch, which moves the weights; losses come from there.
SECOND_PASS = (
    TRAIN.replace("loss, first = 0.0, list(weights)", "loss = 0.0")
    .replace(
        "for x, t in zip(inputs, targets):",
        "for turn, (x, t) in enumerate([*zip(inputs, targets), *zip(inputs, targets)]):",
    )
    .replace("loss += 0.5", "loss += (turn >= len(inputs)) * 0.5")
)


def test_a_loss_that_was_read_of_single_examples_is_told_of_these(feedback: Feedback) -> None:
    text = feedback(SECOND_PASS)["train"]["text"]
    assert "the loss of an epoch of one example your code computes `1/2 · sum((a after" in text


def test_a_loss_that_was_read_of_several_examples_is_told_of_all(feedback: Feedback) -> None:
    source = TRAIN.replace("np.sum((a[-1] - t) ** 2)", "np.sum(a[-1] ** 2)")
    text = feedback(source)["train"]["text"]
    assert "For the loss of an epoch your code computes" in text


def test_the_right_training_is_right(feedback: Feedback) -> None:
    assert feedback(TRAIN)["train"]["status"] == "right"


COUNTS = TRAIN.replace(
    "    for epoch in range(epochs):\n", "    n = 0\n    for epoch in range(epochs):\n"
).replace(
    "        losses.append(loss)\n", "            n = n + 1\n        losses.append(loss / n)\n"
)


def test_a_counter_that_losses_are_divided_by_is_told_if_it_goes_on(feedback: Feedback) -> None:
    text = feedback(COUNTS.replace("0.5 * np.sum", "0.75 * np.sum"))["train"]["text"]
    assert "(`n = n + 1`) adds to `n`, which is not set back to 0" in text
    assert "computes `3/4 · sum((a − t)²) / (N · k)`" in text
    assert "k: 1 in the first epoch, 2 in the second" in text
    assert "/ epochs" not in text


def test_a_counter_is_not_at_fault_where_all_is_right_without_the_division(
    feedback: Feedback,
) -> None:
    (item,) = feedback(COUNTS)["train"]["parts"]
    assert "it divides by `n`" in item["did"]
    assert "not set back" not in item["did"]
    code = dict(item["line"]["code"])
    assert code[item["line"]["number"]].strip() == "losses.append(loss / n)"


def test_a_counter_that_is_set_back_is_not_told_to_go_on(feedback: Feedback) -> None:
    source = COUNTS.replace(
        "        loss, first = 0.0, list", "        n, loss, first = 0, 0.0, list"
    )
    text = feedback(source)["train"]["text"]
    assert "not set back" not in text
    assert "later epoch" not in text
    assert "mean" in text


def test_a_loss_over_all_epochs_is_not_told_of_each_epochs_number(feedback: Feedback) -> None:
    source = TRAIN.replace("losses.append(loss)", "losses.append(loss / epochs)")
    text = feedback(source)["train"]["text"]
    assert "the right numbers times `1 / epochs`" in text
    assert "later epoch" not in text


@pytest.mark.parametrize(
    ("condition", "told"), [("epoch == 0", True), ("epoch != 1", False), ("True", False)]
)
def test_weights_that_stay_after_the_first_epoch_are_told_in_plain_words(
    condition: str, told: bool, feedback: Feedback
) -> None:
    step = "weights[l] = old - learning_rate * G"
    text = feedback(TRAIN.replace(step, f"if {condition}: {step}"))["train"]["text"]
    assert ("After the first epoch the weights no longer change." in text) == told
    assert "the steps of the first epoch alone" not in text


#: One-hot targets, by the place of the largest entry; as it is, each example's own.
CLASSES = """def train(weights, inputs, targets, learning_rate, epochs):
    weights, losses = [np.array(W, dtype=float) for W in weights], []
    labels = np.argmax(targets, axis=1)
    shared = np.zeros(len(targets[0]))
    for epoch in range(epochs):
        losses.append(0.0)
        for n, x in enumerate(inputs):
            one_hot = np.zeros(len(targets[0]))
            one_hot[labels[n]] = 1
            a = forward(weights, x)
            losses[-1] += 0.5 * np.sum((a[-1] - one_hot) ** 2)
            gradients = weight_gradients(backward(weights, a, one_hot), a)
            weights = update_weights(weights, gradients, learning_rate)
    return weights, losses
"""
_ALONE = "So it is where there is one example alone."
_WINNER = "(a − winner(t)) @ J"


def test_a_formula_of_one_example_is_not_told_of_several_for_which_it_fails(
    feedback: Feedback,
) -> None:
    text = feedback(CLASSES)["train"]["text"]
    assert _WINNER in text
    assert _ALONE not in text
    # All classes that occur among the examples.
    text = feedback(CLASSES.replace("labels[n]", "labels"))["train"]["text"]
    assert _WINNER in text
    assert _ALONE in text


def test_what_stands_in_a_shared_array_goes_before_what_one_example_gives(
    feedback: Feedback,
) -> None:
    text = feedback(
        CLASSES.replace("            one_hot = np.zeros(len(targets[0]))\n", "").replace(
            "one_hot", "shared"
        )
    )["train"]["text"]
    assert "(`shared[labels[n]] = 1`) puts a number into one place of `shared`" in text
    assert _WINNER not in text


LOSS = ("loss += 0.5 * np.sum", "loss += 0.75 * np.sum")
#: When the loss goes up, which it does on few inputs.
WHERE_IT_GOES_UP = (
    "        losses.append(loss)\n",
    "        losses.append(loss)\n"
    "        if len(losses) > 1 and losses[-1] > losses[-2]:\n"
    "            learning_rate *= 0.5\n",
)


def test_weights_are_said_to_be_right_where_they_were_tried(feedback: Feedback) -> None:
    (item,) = feedback(TRAIN.replace(*LOSS))["train"]["parts"]
    assert "In all that was tried the weights are right" in item["did"]


def test_what_changes_few_weights_is_told_beside_losses_that_are_wrong(feedback: Feedback) -> None:
    source = TRAIN.replace(*LOSS).replace(*WHERE_IT_GOES_UP)
    losses, rate = feedback(source)["train"]["parts"]
    assert "the right numbers times `3/2`" in losses["did"]
    assert "weights are right" not in losses["did"]
    assert "`learning_rate *= 0.5`" in rate["did"]
    assert rate["title"] == "An argument changed on the way"


def test_what_changes_most_weights_is_told_first(feedback: Feedback) -> None:
    source = TRAIN.replace(
        "        losses.append(loss)\n",
        "        losses.append(loss)\n        learning_rate *= 0.9\n",
    )
    (item,) = feedback(source)["train"]["parts"]
    assert item["title"] == "An argument changed on the way"


def _with_steps(times: str, loss: str) -> str:
    """A training whose steps are too long or too short, and its losses of other numbers."""
    source = TRAIN.replace("G = np.outer(e, a[l])", f"G = np.outer(e, a[l]) * {times}")
    return source.replace("0.5 * np.sum((a[-1] - t) ** 2)", loss)


@pytest.mark.parametrize(
    ("times", "loss", "formula"),
    [
        ("2 / len(t)", "np.mean((a[-1] - t) ** 2) / len(inputs)", "`mean((a − t)²)`"),
        ("1 / len(t)", "np.sum((a[-1] - t) ** 2) / len(inputs)", "the right numbers times `2 / N`"),
    ],
)
def test_a_factor_in_all_steps_is_told_once_and_the_losses_of_its_own_predictions(
    times: str, loss: str, formula: str, feedback: Feedback
) -> None:
    steps, losses = feedback(_with_steps(times, loss))["train"]["parts"]
    assert f"`{times}`".replace("len(t)", "n") in steps["did"]
    assert formula in losses["did"]


def test_of_a_second_step_with_another_factor_than_the_first_no_number_is_told(
    feedback: Feedback,
) -> None:
    times = "2 / len(t) / (1 if x[0] == inputs[0][0] else 3)"
    steps, losses = feedback(_with_steps(times, "np.sum(t)"))["train"]["parts"]
    assert "With several, other numbers come out" in steps["did"]
    assert "second" not in str(losses)


def test_of_losses_that_cannot_be_read_it_is_told_once_that_they_are_not_right(
    feedback: Feedback,
) -> None:
    source = TRAIN.replace("(e @ old) * (a[l] > 0)", "e @ old").replace(
        "np.sum((a[-1] - t) ** 2)", "np.sum((np.exp(a[-1]) / np.exp(a[-1]).sum() - t) ** 2)"
    )
    text = feedback(source)["train"]["text"]
    assert text.count("Nor is the loss of an epoch right.") == 1
