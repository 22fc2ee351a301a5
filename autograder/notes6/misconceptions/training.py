"""Misconceptions of ``train``: the loop, what it measures, and faults of a pass written inside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.assignment.recipe import Recipe, Step, same
from autograder.notes6.misconceptions import backprop


def _train(s: Any, c: Any, weights: Any, inputs: Any, targets: Any, rate: Any, epochs: Any) -> Any:
    start = [np.array(W) for W in weights]
    examples = s.examples(list(zip(np.asarray(inputs), np.asarray(targets), strict=True)))
    current, losses = start, s.opening(s, c, start, examples)
    for epoch, chosen in enumerate(s.schedule(examples, epochs)):
        before, step = current, s.rate(rate, epoch, len(examples))
        current, found = s.epoch(s, c, before, start, chosen, step)
        losses.append(s.judged(s, c, found, before, current, chosen))
    totals = s.digits(s.summary([s.total(found) for found in losses]))
    return s.returned(s.copied(current, epochs), totals, start)


def _not_copied(weights: Any, epochs: int) -> Any:
    """The caller's own arrays, where nothing was updated: what is done to them shows in both."""
    return weights if epochs else [W + 1 for W in weights]


# --- one epoch: how updates and examples take turns ----------------------------------------------


def _pass(s: Any, c: Any, weights: Any, above: Any, x: Any, t: Any) -> tuple[Any, Any, Any]:
    """Activations with ``weights``, then errors through the weights ``above``, then gradients."""
    a = c.once(s.forward, weights, x)
    errors = c.once(s.backward, above, a, t)
    return a, errors, c.once(s.gradients, errors, a)


def _online(s: Any, c: Any, weights: Any, start: Any, examples: Any, rate: Any) -> Any:
    """One update for each example: the right way."""
    losses = []
    for x, t in examples:
        a, errors, gradients = _pass(s, c, weights, weights, x, t)
        weights = c.once(s.update, weights, gradients, rate, a, t)
        losses.append(s.loss(s.measured(s, c, a, weights, x), t, errors))
    return weights, losses


def _batch(combined: Callable[[Any], Any]) -> Step:
    """One update for the whole epoch, by the gradients of its examples ``combined``."""

    def epoch(s: Any, c: Any, weights: Any, start: Any, examples: Any, rate: Any) -> Any:
        losses, found = [], []
        for x, t in examples:
            a, errors, gradients = _pass(s, c, weights, weights, x, t)
            losses.append(s.loss(np.asarray(a[-1]), t, errors))
            found.append(gradients)
        together = [combined(layer) for layer in zip(*found, strict=True)]
        return c.once(s.update, weights, together, rate, a, t), losses

    return epoch


def _from_start(*, errors_too: bool) -> Step:
    """Passes with the weights that training began with, updates of the present ones."""

    def epoch(s: Any, c: Any, weights: Any, start: Any, examples: Any, rate: Any) -> Any:
        losses = []
        for x, t in examples:
            above = start if errors_too else weights
            a, errors, gradients = _pass(s, c, start, above, x, t)
            losses.append(s.loss(np.asarray(a[-1]), t, errors))
            weights = c.once(s.update, weights, gradients, rate, a, t)
        return weights, losses

    return epoch


def _each_epoch_afresh(s: Any, c: Any, weights: Any, start: Any, *rest: Any) -> Any:
    return _online(s, c, start, start, *rest)


def _each_example_afresh(s: Any, c: Any, weights: Any, start: Any, examples: Any, rate: Any) -> Any:
    passes = [_online(s, c, start, start, [example], rate) for example in examples]
    return passes[-1][0], [losses[0] for _, losses in passes]


def _losses_with(s: Any, c: Any, weights: Any, examples: Any) -> list[Any]:
    passes = [(*_pass(s, c, weights, weights, x, t), t) for x, t in examples]
    return [s.loss(np.asarray(a[-1]), t, errors) for a, errors, _, t in passes]


def _updated_on_the_way_down(
    c: Any, weights: Any, gradients: Any, rate: Any, a: Any, t: Any
) -> Any:
    """The error goes back through weights that have just been updated."""
    a, new = [np.asarray(v) for v in a], list(weights)
    error = (a[-1] - t) @ (np.diag(a[-1]) - np.outer(a[-1], a[-1]))
    for layer in range(len(new) - 1, -1, -1):
        new[layer] = new[layer] - rate * np.outer(error, a[layer])
        error = (error @ new[layer]) * (a[layer] > 0)
    return new


def _columns_as_examples(pairs: list[Any]) -> list[Any]:
    """Column i of the inputs with column i of the targets: it fits where both are square."""
    inputs, targets = (np.array(values) for values in zip(*pairs, strict=True))
    return list(zip(inputs.T, targets.T, strict=False))


def _last_list_of_losses(totals: list[Any]) -> list[Any]:
    """What a list holds in the end that is made anew in each epoch.

    Raises
    ------
    UnboundLocalError
        Without an epoch, where it is never made.
    """
    if not totals:
        raise UnboundLocalError
    return totals[-1:]


def _none_without_epochs(weights: Any, losses: Any, start: Any) -> Any:
    """A function that comes to no return gives None."""
    return None if weights is start else (weights, losses)


def _first_epoch(pairs: list[Any], epochs: int) -> list[Any]:
    return [pairs] * min(epochs, 1)


def _first_example(pairs: list[Any], epochs: int) -> list[Any]:
    return [pairs[:1]] * min(epochs, 1)


train = Recipe(
    "train",
    _train,
    examples=same,
    opening=lambda s, c, start, examples: [],
    schedule=lambda examples, epochs: [examples] * epochs,
    rate=lambda rate, epoch, examples: rate,
    epoch=_online,
    forward=lambda c, weights, x: c.forward(weights, x),
    backward=lambda c, weights, a, t: c.backward(weights, a, t),
    gradients=lambda c, errors, a: c.weight_gradients(errors, a),
    update=lambda c, weights, gradients, rate, a, t: c.update_weights(weights, gradients, rate),
    measured=lambda s, c, a, updated, x: np.asarray(a[-1]),
    loss=lambda a, t, errors: 0.5 * np.sum((a - t) ** 2),
    judged=lambda s, c, found, before, after, examples: found,
    total=sum,
    summary=same,
    digits=same,
    returned=lambda weights, losses, start: (weights, losses),
    copied=lambda weights, epochs: weights,
)

# What a loss is.
train.add("loss-not-halved", loss=lambda a, t, errors: np.sum((a - t) ** 2))
train.add("loss-averaged-over-outputs", loss=lambda a, t, errors: 0.5 * np.mean((a - t) ** 2))
train.add("loss-not-halved-but-averaged", loss=lambda a, t, errors: np.mean((a - t) ** 2))
train.add("loss-is-a-distance", loss=lambda a, t, errors: np.linalg.norm(a - t))
train.add("loss-is-half-a-distance", loss=lambda a, t, errors: 0.5 * np.linalg.norm(a - t))
train.add("loss-is-cross-entropy", loss=lambda a, t, errors: -np.sum(t * np.log(a)))
train.add(
    "loss-is-binary-cross-entropy",
    loss=lambda a, t, errors: -np.sum(t * np.log(a) + (1 - t) * np.log(1 - a)),
)
train.add("loss-of-magnitudes", loss=lambda a, t, errors: np.sum(np.abs(a - t)))
# For a target of one 1 and else 0 this is also the largest magnitude.
train.add("loss-of-half-magnitudes", loss=lambda a, t, errors: 0.5 * np.sum(np.abs(a - t)))
train.add("loss-adds-signed-differences", loss=lambda a, t, errors: np.sum(a - t))
train.add("loss-of-first-output-only", loss=lambda a, t, errors: 0.5 * (a[0] - t[0]) ** 2)
train.add("loss-counts-mistakes", loss=lambda a, t, errors: float(np.argmax(a) != np.argmax(t)))
train.add("loss-of-propagated-error", loss=lambda a, t, errors: 0.5 * np.sum(errors[-1] ** 2))
train.add("loss-of-all-errors", loss=lambda a, t, e: 0.5 * sum(np.sum(v**2) for v in e))

# When it is measured, and how the examples' losses become the epoch's.
train.add(
    "loss-after-update",
    measured=lambda s, c, a, updated, x: np.asarray(s.forward(c, updated, x)[-1]),
)
train.add(
    "loss-at-end-of-epoch",
    judged=lambda s, c, found, before, after, chosen: _losses_with(s, c, after, chosen),
)
train.add(
    "loss-at-start-of-epoch",
    judged=lambda s, c, found, before, after, chosen: _losses_with(s, c, before, chosen),
)
train.add("loss-averaged-over-examples", total=lambda losses: sum(losses) / len(losses))
train.add("loss-of-last-example-only", total=lambda losses: losses[-1])
train.add("loss-of-first-example-only", total=lambda losses: losses[0])
train.add("largest-loss-only", total=max)
train.add("losses-listed-by-epoch", total=list)
train.add("loss-per-example", total=list, summary=lambda epochs: [v for e in epochs for v in e])
train.add("loss-not-reset", summary=lambda totals: list(np.cumsum(totals)))
train.add("all-epochs-added-up", summary=lambda totals: [sum(totals)])
train.add("loss-of-last-epoch-only", summary=lambda totals: totals[-1:])
train.add("losses-emptied-at-each-epoch", summary=_last_list_of_losses)
train.add("first-loss-missing", summary=lambda totals: totals[1:])
train.add("last-loss-missing", summary=lambda totals: totals[:-1])
train.add("losses-in-reverse-order", summary=lambda totals: totals[::-1])
train.add(
    "initial-loss-first",
    opening=lambda s, c, start, examples: [_losses_with(s, c, start, examples)],
)
train.add("losses-rounded-to-2-decimals", digits=lambda losses: np.round(losses, 2))
train.add("losses-rounded-to-3-decimals", digits=lambda losses: np.round(losses, 3))
train.add("losses-rounded-to-4-decimals", digits=lambda losses: np.round(losses, 4))

# Which examples, in which order, how often.
train.add("examples-in-reverse-order", examples=lambda pairs: pairs[::-1])
train.add("first-example-only", examples=lambda pairs: pairs[:1])
train.add("last-example-only", examples=lambda pairs: pairs[-1:])
train.add("first-example-missing", examples=lambda pairs: pairs[1:])
train.add("last-example-missing", examples=lambda pairs: pairs[:-1])
train.add(
    "targets-in-reverse-order",
    examples=lambda p: [(x, t) for (x, _), (_, t) in zip(p, p[::-1], strict=True)],
)
train.add("first-target-throughout", examples=lambda pairs: [(x, pairs[0][1]) for x, _ in pairs])
train.add("one-epoch-too-many", schedule=lambda pairs, n: [pairs] * (n + 1))
train.add("one-epoch-too-few", schedule=lambda pairs, n: [pairs] * (n - 1))
train.add("one-epoch-only", schedule=lambda pairs, n: [pairs])
train.add("at-least-one-epoch", schedule=lambda pairs, n: [pairs] * max(n, 1))
train.add("columns-as-examples", examples=_columns_as_examples)
train.add("stopped-after-the-first-epoch", schedule=_first_epoch)
train.add("return-inside-the-loop", schedule=_first_epoch, returned=_none_without_epochs)
train.add("stopped-after-the-first-example", schedule=_first_example)
train.add("return-inside-the-example-loop", schedule=_first_example, returned=_none_without_epochs)
train.add("stopped-before-a-loss", schedule=_first_example, summary=lambda totals: [])
train.add(
    "return-before-a-loss",
    schedule=_first_example,
    summary=lambda totals: [],
    returned=_none_without_epochs,
)
train.add("loops-exchanged", schedule=lambda pairs, n: [[p] * n for p in pairs if n > 0])
train.add(
    "loops-exchanged-losses-by-epoch",
    schedule=lambda pairs, n: [[p] * n for p in pairs if n > 0],
    total=list,
    summary=lambda examples: [sum(epoch) for epoch in zip(*examples, strict=True)],
)

# What an update follows from, and when it is made.
train.add("batch-sum", epoch=_batch(sum))
train.add("batch-mean", epoch=_batch(lambda layer: sum(layer) / len(layer)))
train.add("update-after-last-example-only", epoch=_batch(lambda layer: layer[-1]))
train.add("passes-with-start-weights", epoch=_from_start(errors_too=True))
train.add("forward-with-start-weights", epoch=_from_start(errors_too=False))
train.add("each-epoch-afresh", epoch=_each_epoch_afresh)
train.add("each-example-afresh", epoch=_each_example_afresh)
train.add("updated-on-the-way-down", update=_updated_on_the_way_down)

train.add("uphill", rate=lambda rate, epoch, examples: -rate)
train.add("rate-missing", rate=lambda rate, epoch, examples: 1)
train.add("rate-doubled", rate=lambda rate, epoch, examples: 2 * rate)
train.add("rate-halved", rate=lambda rate, epoch, examples: rate / 2)
train.add("rate-squared", rate=lambda rate, epoch, examples: rate**2)
train.add("rate-divided-by-examples", rate=lambda rate, epoch, examples: rate / examples)
train.add("rate-divided-by-epoch", rate=lambda rate, epoch, examples: rate / (epoch + 1))
train.add("rate-fixed-at-a-tenth", rate=lambda rate, epoch, examples: 0.1)
train.add("rate-fixed-at-a-hundredth", rate=lambda rate, epoch, examples: 0.01)

# What is handed back.
train.add("weights-only", returned=lambda weights, losses, start: weights)
train.add("losses-only", returned=lambda weights, losses, start: losses)
train.add("losses-before-weights", returned=lambda weights, losses, start: (losses, weights))
train.add("last-loss-as-a-number", returned=lambda weights, losses, start: (weights, losses[-1]))
train.add("total-loss-as-a-number", returned=lambda weights, losses, start: (weights, sum(losses)))
train.add("start-weights-returned", returned=lambda weights, losses, start: (start, losses))
train.add("callers-weights-handed-back", copied=_not_copied)
train.add("one-flat-list", returned=lambda weights, losses, start: [*weights, losses])


# --- a pass written inside train, with the faults that each of its functions has by itself -------


def _with(recipe: Recipe, id: str) -> Step:
    return lambda c, *arguments: recipe.predict((id,), c, arguments)


def _update_with(id: str) -> Step:
    return lambda c, weights, gradients, rate, a, t: backprop.update_weights.predict(
        (id,), c, (weights, gradients, rate)
    )


for _id in (
    "hidden-threshold-missing",
    "sigmoid-in-hidden",
    "tanh-in-hidden",
    "softmax-in-hidden",
    "leaky-threshold",
    "threshold-at-minus-one",
    "softmax-missing-at-top",
    "sigmoid-at-top",
    "threshold-at-top",
    "threshold-before-softmax",
    "activation-times-weights",
):
    train.add(f"train-forward:{_id}", forward=_with(backprop.forward, _id))
for _id in (
    "squared-difference",
    "magnitudes-of-difference",
    "difference-averaged",
    "prediction-without-target",
    "top-jacobian-missing",
    "top-jacobian-diagonal-only",
    "top-activation-instead-of-jacobian",
    "softmax-applied-again",
    "top-jacobian-twice",
    "weights-times-error",
    "weights-transposed-if-square",
    "hidden-slope-missing",
    "activation-instead-of-slope",
    "slope-from-layer-below",
    "slope-from-layer-below-if-it-fits",
    "sigmoid-slope",
    "tanh-slope",
    "error-rectified",
    "stored-before-slope",
    "all-stored-before-jacobians",
    "passed-on-before-slope",
    "all-passed-on-before-jacobians",
):
    train.add(f"train-backward:{_id}", backward=_with(backprop.backward, _id))
for _id in (
    "outer-product-transposed",
    "inner-product-cut-to-fit",
    "activations-of-own-layer",
    "input-throughout",
    "negative-activations-cut",
    "slope-applied-again",
):
    train.add(f"train-gradients:{_id}", gradients=_with(backprop.weight_gradients, _id))
for _id in (
    "step-only",
    "not-updated",
    "weights-shrunk-too",
    "gradient-transposed-if-square",
    "sign-of-gradient",
    "top-layer-only",
    "first-layer-only",
    "top-layer-left-out",
    "first-layer-left-out",
    "whole-number-buffer",
    "changed-in-place",
):
    train.add(f"train-update:{_id}", update=_update_with(_id))
