"""`train`: example by example, epoch by epoch, and the loss of each epoch (6.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations, product
from math import factorial
from typing import Any

import numpy as np

from autograder.assignment.allowed import MOST_STEPS, fit, matrix, number, refuse
from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import Answer, Floats, as_arrays, compare
from autograder.assignment.probe import Arguments
from autograder.assignment.recipe import Components, Recipe, Step, same
from autograder.assignment.rows import Row
from autograder.notes6 import (
    backward,
    forward,
    ideas,
    training_seen,
    update_weights,
    weight_gradients,
)
from autograder.notes6.formulas import VOCABULARIES
from autograder.notes6.networks import (
    NOT_THERE,
    ONE_MORE_ACTIVATION,
    UPDATE_LOOKS,
    layers,
)
from autograder.notes6.preprocessed_examples import of_preprocessed
from autograder.notes6.quantities import QUANTITIES
from autograder.notes6.shown_by import AT_CALL, NAMED_AS_OUTPUT, SHOWN_BY
from autograder.notes6.training_inputs import ordinary_training, training_inputs
from autograder.notes6.vectors import stable_softmax
from autograder.source.phrases import Said, said


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


def _started_from(weights: Any, losses: Any, start: Any) -> Any:
    """The caller's own arrays, whatever was learned."""
    return _not_copied(start, len(losses)), losses


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


def _by_the_target_before(
    s: Any, c: Any, weights: Any, start: Any, examples: Any, rate: Any
) -> Any:
    """Errors by the target one place before (the last one for the first), losses by their own."""
    losses = []
    for (x, t), (_, other) in zip(examples, [examples[-1], *examples[:-1]], strict=True):
        a, errors, gradients = _pass(s, c, weights, weights, x, other)
        losses.append(s.loss(np.asarray(a[-1]), t, errors))
        weights = c.once(s.update, weights, gradients, rate, a, other)
    return weights, losses


def _each_epoch_afresh(s: Any, c: Any, weights: Any, start: Any, *rest: Any) -> Any:
    return _online(s, c, start, start, *rest)


def _each_example_afresh(s: Any, c: Any, weights: Any, start: Any, examples: Any, rate: Any) -> Any:
    passes = [_online(s, c, start, start, [example], rate) for example in examples]
    return passes[-1][0], [losses[0] for _, losses in passes]


def _each_step_afresh(s: Any, c: Any, weights: Any, start: Any, examples: Any, rate: Any) -> Any:
    """Passes with the newest weights, updates of those that training began with."""
    losses = []
    for x, t in examples:
        a, errors, gradients = _pass(s, c, weights, weights, x, t)
        weights = c.once(s.update, start, gradients, rate, a, t)
        losses.append(s.loss(s.measured(s, c, a, weights, x), t, errors))
    return weights, losses


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


def _each_layer_anew(*, from_the_top: bool) -> Step:
    """A whole pass for each layer, through weights of others that have just been updated."""

    def update(c: Any, weights: Any, gradients: Any, rate: Any, a: Any, t: Any) -> Any:
        new, places = list(weights), range(len(weights))
        for layer in reversed(places) if from_the_top else places:
            by_now = c.forward(new, np.asarray(a[0]))
            found = c.weight_gradients(c.backward(new, by_now, t), by_now)
            new[layer] = new[layer] - rate * np.asarray(found[layer])
        return new

    return update


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


def _in_turn(pairs: list[Any], epochs: int) -> list[Any]:
    return [[pairs[epoch % len(pairs)]] for epoch in range(epochs)]


def _first_epoch(pairs: list[Any], epochs: int) -> list[Any]:
    return [pairs] * min(epochs, 1)


def _first_example(pairs: list[Any], epochs: int) -> list[Any]:
    return [pairs[:1]] * min(epochs, 1)


recipe = Recipe(
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
recipe.add("loss-not-halved", loss=lambda a, t, errors: np.sum((a - t) ** 2))
recipe.add("loss-averaged-over-outputs", loss=lambda a, t, errors: 0.5 * np.mean((a - t) ** 2))
recipe.add("loss-not-halved-but-averaged", loss=lambda a, t, errors: np.mean((a - t) ** 2))
recipe.add("loss-is-a-distance", loss=lambda a, t, errors: np.linalg.norm(a - t))
recipe.add("loss-is-half-a-distance", loss=lambda a, t, errors: 0.5 * np.linalg.norm(a - t))
recipe.add("loss-is-cross-entropy", loss=lambda a, t, errors: -np.sum(t * np.log(a)))
recipe.add(
    "loss-is-binary-cross-entropy",
    loss=lambda a, t, errors: -np.sum(t * np.log(a) + (1 - t) * np.log(1 - a)),
)
recipe.add("loss-of-magnitudes", loss=lambda a, t, errors: np.sum(np.abs(a - t)))
# For a target of one 1 and else 0 this is also the largest magnitude.
recipe.add("loss-of-half-magnitudes", loss=lambda a, t, errors: 0.5 * np.sum(np.abs(a - t)))
recipe.add("loss-adds-signed-differences", loss=lambda a, t, errors: np.sum(a - t))
recipe.add("loss-of-first-output-only", loss=lambda a, t, errors: 0.5 * (a[0] - t[0]) ** 2)
recipe.add("loss-counts-mistakes", loss=lambda a, t, errors: float(np.argmax(a) != np.argmax(t)))
recipe.add("loss-of-propagated-error", loss=lambda a, t, errors: 0.5 * np.sum(errors[-1] ** 2))
recipe.add("loss-of-all-errors", loss=lambda a, t, e: 0.5 * sum(np.sum(v**2) for v in e))

# When it is measured, and how the examples' losses become the epoch's.
recipe.add(
    "loss-after-update",
    measured=lambda s, c, a, updated, x: np.asarray(s.forward(c, updated, x)[-1]),
)
recipe.add(
    "loss-at-end-of-epoch",
    judged=lambda s, c, found, before, after, chosen: _losses_with(s, c, after, chosen),
)
recipe.add(
    "loss-at-start-of-epoch",
    judged=lambda s, c, found, before, after, chosen: _losses_with(s, c, before, chosen),
)
recipe.add("loss-averaged-over-examples", total=lambda losses: sum(losses) / len(losses))
recipe.add("loss-of-last-example-only", total=lambda losses: losses[-1])
recipe.add("loss-of-first-example-only", total=lambda losses: losses[0])
recipe.add("largest-loss-only", total=max)
recipe.add("losses-listed-by-epoch", total=list)
recipe.add("loss-per-example", total=list, summary=lambda epochs: [v for e in epochs for v in e])
recipe.add("loss-not-reset", summary=lambda totals: list(np.cumsum(totals)))
recipe.add("all-epochs-added-up", summary=lambda totals: [sum(totals)])
recipe.add("loss-of-last-epoch-only", summary=lambda totals: totals[-1:])
recipe.add("losses-emptied-at-each-epoch", summary=_last_list_of_losses)
recipe.add("first-loss-missing", summary=lambda totals: totals[1:])
recipe.add("last-loss-missing", summary=lambda totals: totals[:-1])
recipe.add("losses-in-reverse-order", summary=lambda totals: totals[::-1])
recipe.add(
    "initial-loss-first",
    opening=lambda s, c, start, examples: [_losses_with(s, c, start, examples)],
)
recipe.add("losses-rounded-to-2-decimals", digits=lambda losses: np.round(losses, 2))
recipe.add("losses-rounded-to-3-decimals", digits=lambda losses: np.round(losses, 3))
recipe.add("losses-rounded-to-4-decimals", digits=lambda losses: np.round(losses, 4))

# Which examples, in which order, how often.
recipe.add("examples-in-reverse-order", examples=lambda pairs: pairs[::-1])
recipe.add("first-example-only", examples=lambda pairs: pairs[:1])
recipe.add("last-example-only", examples=lambda pairs: pairs[-1:])
recipe.add("first-example-missing", examples=lambda pairs: pairs[1:])
recipe.add("last-example-missing", examples=lambda pairs: pairs[:-1])
recipe.add(
    "targets-in-reverse-order",
    examples=lambda p: [(x, t) for (x, _), (_, t) in zip(p, p[::-1], strict=True)],
)
recipe.add("every-pair", examples=lambda p: [(x, t) for (x, _), (_, t) in product(p, p)])
recipe.add("first-target-throughout", examples=lambda pairs: [(x, pairs[0][1]) for x, _ in pairs])
recipe.add(
    "target-of-the-example-before",
    examples=lambda pairs: [(x, pairs[at - 1][1]) for at, (x, _) in enumerate(pairs)],
)
recipe.add("one-epoch-too-many", schedule=lambda pairs, n: [pairs] * (n + 1))
recipe.add("one-epoch-too-few", schedule=lambda pairs, n: [pairs] * (n - 1))
recipe.add("one-example-an-epoch", schedule=_in_turn)
recipe.add("one-epoch-only", schedule=lambda pairs, n: [pairs])
recipe.add("at-least-one-epoch", schedule=lambda pairs, n: [pairs] * max(n, 1))
recipe.add("columns-as-examples", examples=_columns_as_examples)
recipe.add("stopped-after-the-first-epoch", schedule=_first_epoch)
recipe.add("return-inside-the-loop", schedule=_first_epoch, returned=_none_without_epochs)
recipe.add("stopped-after-the-first-example", schedule=_first_example)
recipe.add("return-inside-the-example-loop", schedule=_first_example, returned=_none_without_epochs)
recipe.add("stopped-before-a-loss", schedule=_first_example, summary=lambda totals: [])
recipe.add(
    "return-before-a-loss",
    schedule=_first_example,
    summary=lambda totals: [],
    returned=_none_without_epochs,
)
recipe.add("loops-exchanged", schedule=lambda pairs, n: [[p] * n for p in pairs if n > 0])
recipe.add("loops-exchanged-and-always-listed", schedule=lambda pairs, n: [[p] * n for p in pairs])
recipe.add(
    "loops-exchanged-losses-by-epoch",
    schedule=lambda pairs, n: [[p] * n for p in pairs if n > 0],
    total=list,
    summary=lambda examples: [sum(epoch) for epoch in zip(*examples, strict=True)],
)

# What an update follows from, and when it is made.
recipe.add("batch-sum", epoch=_batch(sum))
recipe.add("batch-mean", epoch=_batch(lambda layer: sum(layer) / len(layer)))
recipe.add("update-after-last-example-only", epoch=_batch(lambda layer: layer[-1]))
recipe.add("passes-with-start-weights", epoch=_from_start(errors_too=True))
recipe.add("forward-with-start-weights", epoch=_from_start(errors_too=False))
recipe.add("each-epoch-afresh", epoch=_each_epoch_afresh)
recipe.add("each-example-afresh", epoch=_each_example_afresh)
recipe.add("each-step-afresh", epoch=_each_step_afresh)
recipe.add("errors-by-the-target-before", epoch=_by_the_target_before)
recipe.add("updated-on-the-way-down", update=_updated_on_the_way_down)
recipe.add("each-layer-anew", update=_each_layer_anew(from_the_top=False))
recipe.add("each-layer-anew-from-the-top", update=_each_layer_anew(from_the_top=True))

recipe.add("uphill", rate=lambda rate, epoch, examples: -rate)
recipe.add("rate-missing", rate=lambda rate, epoch, examples: 1)
recipe.add("rate-doubled", rate=lambda rate, epoch, examples: 2 * rate)
recipe.add("rate-halved", rate=lambda rate, epoch, examples: rate / 2)
recipe.add("rate-squared", rate=lambda rate, epoch, examples: rate**2)
recipe.add("rate-divided-by-examples", rate=lambda rate, epoch, examples: rate / examples)
recipe.add("rate-divided-by-epoch", rate=lambda rate, epoch, examples: rate / (epoch + 1))
recipe.add("rate-fixed-at-a-tenth", rate=lambda rate, epoch, examples: 0.1)
recipe.add("rate-fixed-at-a-hundredth", rate=lambda rate, epoch, examples: 0.01)

# What is handed back.
recipe.add("weights-only", returned=lambda weights, losses, start: weights)
recipe.add("losses-only", returned=lambda weights, losses, start: losses)
recipe.add("losses-before-weights", returned=lambda weights, losses, start: (losses, weights))
recipe.add("last-loss-as-a-number", returned=lambda weights, losses, start: (weights, losses[-1]))
recipe.add("total-loss-as-a-number", returned=lambda weights, losses, start: (weights, sum(losses)))
recipe.add("start-weights-returned", returned=lambda weights, losses, start: (start, losses))
recipe.add("start-weights-returned-uncopied", returned=_started_from)
recipe.add("callers-weights-handed-back", copied=_not_copied)
recipe.add("one-flat-list", returned=lambda weights, losses, start: [*weights, losses])


# --- a pass written inside train, with the faults that each of its functions has by itself -------


def _with(recipe: Recipe, id: str) -> Step:
    return lambda c, *arguments: recipe.predict((id,), c, arguments)


def _update_with(id: str) -> Step:
    return lambda c, weights, gradients, rate, a, t: update_weights.recipe.predict(
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
    "softmax-of-each-alone",
    "activation-times-weights",
):
    recipe.add(f"train-forward:{_id}", forward=_with(forward.recipe, _id))
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
    "top-stored-before-jacobian",
    "all-stored-before-jacobians",
    "passed-on-before-slope",
    "top-passed-on-before-jacobian",
    "all-passed-on-before-jacobians",
):
    recipe.add(f"train-backward:{_id}", backward=_with(backward.recipe, _id))
for _id in (
    "outer-product-transposed",
    "inner-product-cut-to-fit",
    "activations-of-own-layer",
    "input-throughout",
    "negative-activations-cut",
    "slope-applied-again",
):
    recipe.add(f"train-gradients:{_id}", gradients=_with(weight_gradients.recipe, _id))
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
    recipe.add(f"train-update:{_id}", update=_update_with(_id))


# --- what it is tried on ------------------------------------------------------------------------


def _allowed(
    weights: object, inputs: object, targets: object, learning_rate: object, epochs: object
) -> tuple[list[Floats], Floats, Floats, float, int]:
    matrices, X, T, n = layers(weights), matrix(inputs), matrix(targets), number(epochs)
    fit(len(X), len(T), said("refusal.inputs_and_targets"))
    fit(X.shape[1], matrices[0].shape[1], said("refusal.inputs_and_first_layer"))
    fit(T.shape[1], len(matrices[-1]), said("refusal.targets_and_top_layer"))
    if n != int(n) or not 0 <= n * len(X) <= MOST_STEPS:
        raise refuse(said("refusal.whole_number_of_epochs"), epochs)
    return matrices, X, T, number(learning_rate), int(n)


# --- what can be observed -----------------------------------------------------------------------

#: So many orders of a training's examples are tried at most.
MOST_ORDERS = 40


def _by_recipes() -> Components:
    """The functions of a pass, by their recipes without a misconception."""
    functions: dict[str, Callable[..., Any]] = {"softmax": stable_softmax}
    components = Components(functions)

    def right(recipe: Recipe) -> Callable[..., Any]:
        return lambda *arguments: recipe.predict((), components, arguments)

    for module in (forward, backward, weight_gradients, update_weights):
        functions[module.recipe.function] = right(module.recipe)
    return components


_RIGHT = _by_recipes()


def _right(arguments: Arguments) -> Answer:
    return as_arrays(recipe.predict((), _RIGHT, arguments), "arrays and numbers")


def _another_order(rows: list[Row]) -> Iterator[Said]:
    if _fits_another_order(rows):
        yield said("train.another_order")


def _of_an_earlier_moment(rows: list[Row]) -> Iterator[Said]:
    """Whether the losses are right, and the weights those before some later update."""
    wrong = [row for row in rows if not row.is_right and row.given and row.has_right_shapes]
    if wrong and all(map(_ends_early, wrong)):
        yield said("train.earlier_moment")


def _ends_early(row: Row) -> bool:
    start, inputs, targets, rate, epochs = row.probe.arguments
    assert row.given is not None
    *weights, losses = row.given
    count = len(inputs)
    if compare([losses], row.right[-1:]):
        return False
    weighs = start
    for made in range(count * epochs):
        if compare(weights, [np.asarray(W) for W in weighs]) is None:
            return True
        one = slice(made % count, made % count + 1)
        weighs, _ = recipe.predict((), _RIGHT, (weighs, inputs[one], targets[one], rate, 1))
    return False


def _first_step_lost(rows: list[Row]) -> Iterator[Said]:
    """Whether one example in one epoch moves nothing, where more of them do."""
    wrong = [row for row in rows if not row.is_right and row.given and row.has_right_shapes]
    single = [row for row in wrong if len(row.probe.arguments[1]) * row.probe.arguments[4] == 1]
    several = [row for row in wrong if row not in single]
    if len(single) > 1 and not any(map(_moved, single)) and any(map(_moved, several)):
        yield said("train.first_step_lost")


def _moved(row: Row) -> bool:
    """Whether the weights that come back are others than those that came in."""
    pairs = zip(row.given or [], row.probe.arguments[0], strict=False)
    return any(not np.array_equal(given, start) for given, start in pairs)


def _one_for_each_example(rows: list[Row]) -> Iterator[Said]:
    """Whether there are as many losses as examples are met, and not as epochs."""
    several = [
        row
        for row in rows
        if row.given and len(row.probe.arguments[1]) > 1 and row.probe.arguments[4] > 0
    ]
    if len(several) > 1 and all(
        row.given and row.given[-1].size == len(row.probe.arguments[1]) * row.probe.arguments[4]
        for row in several
    ):
        yield said("train.loss_for_each_example")


def _fits_another_order(rows: list[Row]) -> bool:
    """Whether each wrong answer that can be tried is right for some order of the examples."""
    tried = [
        row
        for row in rows
        if not row.is_right
        and row.given
        and row.has_right_shapes
        and _orders(row) <= MOST_ORDERS
        # Without an epoch no order shows.
        and row.probe.arguments[4] > 0
    ]
    return len(tried) > 1 and all(
        any(compare(row.given or [], other) is None for other in _in_other_orders(row))
        for row in tried
    )


def _orders(row: Row) -> int:
    """In how many ways the examples of all epochs can be ordered."""
    _, inputs, _, _, epochs = row.probe.arguments
    return int(factorial(len(inputs)) ** epochs)


def _in_other_orders(row: Row) -> Iterator[Answer]:
    """The right answers, had the examples come in another order in each epoch."""
    start, inputs, targets, rate, epochs = row.probe.arguments
    orders = list(permutations(range(len(inputs))))
    for chosen in product(orders, repeat=epochs):
        weights = start
        losses: list[float] = []
        for order in map(list, chosen):
            arguments = (weights, inputs[order], targets[order], rate, 1)
            weights, found = recipe.predict((), _RIGHT, arguments)
            losses += found
        yield as_arrays((weights, losses), "arrays and numbers")


exercise = Exercise(
    name="train",
    question="backprop",
    parameters=("weights", "inputs", "targets", "learning_rate", "epochs"),
    returns="arrays and numbers",
    parts=("train.weights", "train.losses"),
    section="6.4",
    inputs=training_inputs,
    ordinary=ordinary_training,
    allowed=_allowed,
    recipe=recipe,
    vocabulary=VOCABULARIES["train"],
    quantities=QUANTITIES["train"],
    shown_by=SHOWN_BY["train"],
    at_call=AT_CALL,
    named_as_given=NAMED_AS_OUTPUT,
    # The cheapest with a hidden layer.
    first_row=2,
    properties=(
        _another_order,
        of_preprocessed(_right),
        _of_an_earlier_moment,
        _first_step_lost,
        _one_for_each_example,
        # Where one example shows nothing, that is what to start from.
        training_seen.wrong_with_several,
        training_seen.loss_below_0,
        training_seen.of_one_moment(_right),
    ),
    of_change=("train-update:changed-in-place", "train-update:whole-number-buffer"),
    leads_to={
        **training_seen.LEADS_TO,
        "train.loss_for_each_example": "train.loss_for_each_example_next",
        "train.earlier_moment": "train.earlier_moment_next",
        "train.first_step_lost": "train.first_step_lost_next",
        "train.other_inputs": "train.other_inputs_next",
        "train.other_targets": "train.other_targets_next",
        "train.another_order": "train.another_order_next",
    },
    looks=UPDATE_LOOKS,
    too_far=ONE_MORE_ACTIVATION,
    not_there=NOT_THERE,
    families={
        "sign": ("uphill",),
        "transposition": (
            "train-forward:activation-times-weights",
            "train-backward:weights-times-error",
            "train-backward:weights-transposed-if-square",
            "train-gradients:outer-product-transposed",
            "train-update:gradient-transposed-if-square",
        ),
        "order": (
            "losses-before-weights",
            "losses-in-reverse-order",
        ),
        "factor": (
            "rate-doubled",
            "rate-halved",
            "loss-not-halved",
        ),
        "length": (
            "first-loss-missing",
            "last-loss-missing",
            "initial-loss-first",
        ),
    },
    picture="training",
    shown_when_right=ideas.learning,
)
