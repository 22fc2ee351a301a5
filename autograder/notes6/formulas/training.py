"""Training: the steps that the weights have taken, and the losses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.formulas.frames import Numbers, Sight
from autograder.formulas.step import Arguments, Call, Remark, Step, Vocabulary, symbols
from autograder.formulas.terms import ONE, apply, number, symbol
from autograder.notes6.formulas import backward as way_down
from autograder.notes6.formulas import inputs
from autograder.notes6.formulas.layers import as_right, backward, forward, top_error

_MEANINGS = ("symbols_of_training",)


#: Gradients that take slopes one by one in place of the softmax's Jacobian.
_BARE = "G_ij without the softmax's Jacobian"
_ALONE = "G_ij with a · (1 − a) for the softmax's Jacobian"


def _gradients(
    weights: Sequence[Numbers],
    x: Numbers,
    t: Numbers,
    slope: Callable[[Numbers], Numbers] | None = None,
) -> list[Numbers]:
    return _gradients_from(weights, forward(weights, x), t, slope)


def _gradients_from(
    weights: Sequence[Numbers],
    activations: Sequence[Numbers],
    t: Numbers,
    slope: Callable[[Numbers], Numbers] | None = None,
) -> list[Numbers]:
    a = activations[-1]
    top = top_error(a, t) if slope is None else (a - t) * slope(a)
    return _outer_products(backward(weights, activations, top), activations)


def _outer_products(errors: Sequence[Numbers], activations: Sequence[Numbers]) -> list[Numbers]:
    return [np.outer(e, a) for e, a in zip(errors, activations[:-1], strict=True)]


Weights = list[Numbers]
#: How much of a step people go on by before they take the next one.
_MOMENTUM = 0.9


def _minus(weights: Weights, step: Weights, rate: float) -> Weights:
    return [W - rate * G for W, G in zip(weights, step, strict=True)]


def _plus(one: Weights, other: Weights) -> Weights:
    return [G + H for G, H in zip(one, other, strict=True)]


@dataclass(frozen=True, eq=False)
class _Training:
    """What ``train`` is called with."""

    weights: Weights
    inputs: Numbers
    targets: Numbers
    rate: float
    epochs: int


def _online(asked: _Training, *, pile_up: bool = False) -> list[Weights]:
    """The weights after each step."""
    weights, so_far, path = asked.weights, [W * 0.0 for W in asked.weights], []
    for _ in range(asked.epochs):
        for x, t in zip(asked.inputs, asked.targets, strict=True):
            step = _gradients(weights, x, t)
            so_far = _plus(so_far, step)
            weights = _minus(weights, so_far if pile_up else step, asked.rate)
            path.append(weights)
    return path


def _batch(asked: _Training, *, pile_up: bool = False) -> Weights:
    """The weights after one step an epoch."""
    weights = asked.weights
    total = [W * 0.0 for W in weights]
    for _ in range(asked.epochs):
        total = total if pile_up else [W * 0.0 for W in weights]
        for x, t in zip(asked.inputs, asked.targets, strict=True):
            total = _plus(total, _gradients(weights, x, t))
        weights = _minus(weights, total, asked.rate)
    return weights


def _piled_in_each_epoch(asked: _Training) -> Weights:
    """The weights, if steps pile up that are set back at the start of each epoch."""
    weights = asked.weights
    for _ in range(asked.epochs):
        weights = _online(replace(asked, weights=weights, epochs=1), pile_up=True)[-1]
    return weights


def _all_forward_first(asked: _Training) -> Weights:
    """The weights, if all examples of an epoch go forward before its first step."""
    weights = asked.weights
    for _ in range(asked.epochs):
        went = [forward(weights, x) for x in asked.inputs]
        for activations, t in zip(went, asked.targets, strict=True):
            weights = _minus(weights, _gradients_from(weights, activations, t), asked.rate)
    return weights


def _look(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    weights = [np.asarray(W, dtype=float) for W in arguments[0]]
    inputs, targets = (np.asarray(value, dtype=float) for value in arguments[1:3])
    asked = _Training(weights, inputs, targets, float(arguments[3]), int(arguments[4]))
    *given, losses = answer
    shapes = [W.shape for W in weights]
    if [W.shape for W in given] != shapes or losses.ndim != 1 or asked.epochs == 0:
        return []
    path = _online(asked)
    if len(inputs) == asked.epochs == 1:
        sights = [*_one_step(asked, given, path[-1]), *_errors(asked, given)]
    else:
        sights = list(_several_steps(asked, given, path))
    if len(losses) == asked.epochs and np.isfinite(losses).all():
        own = path if _ends_at(path, given) else _own_path(asked, given)
        seen = asked.epochs if own else int(len(inputs) == 1)
        sights += _losses(asked, losses, seen, own or path)
    return sights


def _own_path(asked: _Training, given: Sequence[Numbers]) -> list[Weights]:
    """The weights after each example, if they come of steps of another length; else empty.

    What the losses are measured on are then the student's own predictions.
    """
    count, outputs = asked.targets.shape
    for factor in dict.fromkeys((2.0, 0.5, 2 / outputs, 1 / outputs, 1 / count, 2 / count)):
        path = _online(replace(asked, rate=asked.rate * factor))
        if _ends_at(path, given):
            return path
    return []


def _ends_at(path: list[Weights], given: Sequence[Numbers]) -> bool:
    ends = zip(given, path[-1], strict=True)
    return all(np.allclose(W, R, rtol=1e-6, atol=1e-9) for W, R in ends)


def _factors(asked: _Training, W: Numbers) -> dict[str, float]:
    factors = {"η": asked.rate, "N": float(len(asked.inputs))}
    factors |= {"n": float(asked.targets.shape[1])}
    return factors | {"n_l": float(len(W)), "n_below": float(W.shape[1])}


def _one_step(asked: _Training, given: Sequence[Numbers], right: Weights) -> Iterator[Sight]:
    """How far one example has brought each weight down."""
    weights, x, t = asked.weights, asked.inputs[0], asked.targets[0]
    gradients = _gradients(weights, x, t)
    bare = _gradients(weights, x, t, lambda a: np.ones(len(a)))
    alone = _gradients(weights, x, t, lambda a: a * (1 - a))
    activations = forward(weights, x)
    errors = backward(weights, activations, top_error(activations[-1], t))
    sums = [activations[0], *(W @ a for W, a in zip(weights, activations, strict=False))]
    for l, (W, W_given) in enumerate(zip(weights, given, strict=True)):
        found = {
            "W_ij": W,
            "G_ij": gradients[l],
            "e_i": errors[l][:, None],
            "a_j": activations[l][None, :],
            "z_j": sums[l][None, :],
            _BARE: bare[l],
            _ALONE: alone[l],
        }
        name = "the step of one example"
        yield Sight(name, W - W_given, W - right[l], found, _factors(asked, W))


def _several_steps(
    asked: _Training, given: Sequence[Numbers], path: list[Weights]
) -> Iterator[Sight]:
    """How far several examples or epochs have brought each weight down."""
    examples = zip(asked.inputs, asked.targets, strict=True)
    at_start = [_gradients(asked.weights, x, t) for x, t in examples]
    ends = _other_ends(asked, path)
    name = f"the steps of several {'examples' if asked.epochs == 1 else 'epochs'}"
    for l, (W, W_given) in enumerate(zip(asked.weights, given, strict=True)):
        right = W - path[-1][l]
        found: dict[str, Any] = {
            "W_ij": W,
            "the right steps": right,
            "all gradients at the first weights": sum(G[l] for G in at_start),
            "the first step": asked.rate * at_start[0][l],
            "the last example's step": asked.rate * at_start[-1][l],
            "the last step": path[-2][l] - path[-1][l],
            **{way: W - end[l] for way, end in ends.items()},
        }
        yield Sight(name, W - W_given, right, found, _factors(asked, W))


def _other_ends(asked: _Training, path: list[Weights]) -> dict[str, Weights]:
    """The weights that other ways of training end at, by what their steps are called."""
    count = len(asked.inputs)
    at_mean_rate = replace(asked, rate=asked.rate / count)
    backwards = replace(asked, inputs=asked.inputs[::-1], targets=asked.targets[::-1])
    of_epochs = path[count - 1 :: count]
    return {
        "one step an epoch": _batch(asked),
        "steps that pile up": _online(asked, pile_up=True)[-1],
        "steps that pile up in an epoch": _piled_in_each_epoch(asked),
        "epochs that pile up": _batch(asked, pile_up=True),
        "steps at the rate η / N": _online(at_mean_rate)[-1],
        "steps at the rate η · N": _online(replace(asked, rate=asked.rate * count))[-1],
        "one step an epoch at the rate η / N": _batch(at_mean_rate),
        "the first epoch's steps": _online(replace(asked, epochs=1))[-1],
        "the mean over the epochs": [np.mean(W, axis=0) for W in zip(*of_epochs, strict=True)],
        "the mean over all steps": [np.mean(W, axis=0) for W in zip(*path, strict=True)],
        "the steps in the other order": _online(backwards)[-1],
        "steps with the epoch's first activations": _all_forward_first(asked),
    }


def _errors(asked: _Training, given: Sequence[Numbers]) -> list[Sight]:
    """The errors that the steps of one example come from, where they are outer products."""
    weights, rate = asked.weights, asked.rate
    activations = forward(weights, asked.inputs[0])
    errors = []
    for W, W_given, a in zip(weights, given, activations, strict=False):
        step = (W - W_given) / rate
        error = step @ a / (a @ a)
        if not a.any() or not np.allclose(np.outer(error, a), step, atol=1e-9):
            return []
        errors.append(error)
    sights = way_down.look((weights, activations, asked.targets[0]), errors)
    for at, l in zip(range(1, len(sights)), range(len(weights) - 1, 0, -1), strict=False):
        through = {"e @ W_new": errors[l] @ given[l]}
        sights[at] = replace(sights[at], symbols={**sights[at].symbols, **through})
    return [replace(sight, factors={**sight.factors, "η": rate}) for sight in sights]


def _look_on(before: Call, after: Call) -> list[Sight]:
    """The second of two steps, from the weights that the first one came to."""
    weights, inputs, targets, rate, epochs = after[0]
    if before[0][0] is not weights or len(inputs) * epochs != 2 or len(before[0][1]) > 1:
        return []
    first, second = before[1][:-1], after[1][:-1]
    shapes = [W.shape for W in weights]
    if [W.shape for W in first] != shapes or [W.shape for W in second] != shapes:
        return []
    right = _minus(weights, _gradients(weights, inputs[0], targets[0]), rate)
    factor = _factor_in(weights, first, right)
    if factor is None:
        return []
    # Numbers that are the right ones but for rounding are those, so that tables are shared.
    first = [as_right(W, R) for W, R in zip(first, right, strict=True)]
    x, t = inputs[-1], targets[-1]
    activations, old = forward(first, x), forward(weights, x)
    errors = backward(first, activations, top_error(activations[-1], t))
    asked = _minus(first, _outer_products(errors, activations), rate)
    again = None if np.isclose(factor, 1) else _factor_in(first, second, asked)
    if again is not None and not np.isclose(again, factor):
        return []  # That factor may hang on the sizes as the first one's does.
    stale = backward(first, old, top_error(old[-1], t))
    through_first = backward(weights, activations, top_error(activations[-1], t))
    a = forward(weights, inputs[0])
    errors_before = backward(weights, a, top_error(a[-1], targets[0]))
    anew = _gradients(weights, x, t)
    further = [W_1 + _MOMENTUM * (W_1 - W) for W, W_1 in zip(weights, first, strict=True)]
    ahead = _gradients(further, x, t)
    which = "a second example" if len(inputs) == 2 else "a second epoch"
    sights = []
    for l, (W, W_1, W_2) in enumerate(zip(weights, first, second, strict=True)):
        # A factor that the first step has alike is none of the second one's own.
        step = (again or 1.0) * rate * np.outer(errors[l], activations[l])
        found = {
            _SECOND: step,
            "the step before": W - W_1,
            "the step from the first weights": rate * anew[l],
            "the step from further on": rate * ahead[l],
            "the step with old activations": rate * np.outer(stale[l], old[l]),
            "the errors before": rate * np.outer(errors_before[l], activations[l]),
            _THROUGH_FIRST: rate * np.outer(through_first[l], activations[l]),
            "W_ij": W_1,
        }
        sights.append(Sight(f"the step of {which}", W_1 - W_2, step, found, {"η": rate}))
    return sights


def _rest(before: Call, after: Call) -> Arguments | None:
    """The second of two examples, from the weights that the first one came to."""
    weights, inputs, targets, rate, epochs = after[0]
    first = before[1][:-1]
    if before[0][0] is not weights or len(before[0][1]) > 1 or len(inputs) != 2 or epochs != 1:
        return None
    if [W.shape for W in first] != [W.shape for W in weights]:
        return None
    return first, inputs[1:], targets[1:], rate, 1


def _factor_in(weights: Weights, given: Sequence[Numbers], right: Weights) -> float | None:
    """The factor by which a step is the right one; None where it is another."""
    step = np.concatenate([(W - G).ravel() for W, G in zip(weights, given, strict=True)])
    asked = np.concatenate([(W - R).ravel() for W, R in zip(weights, right, strict=True)])
    factor = float(step @ asked / (asked @ asked))
    is_parallel = factor > 1e-3 and np.allclose(step, factor * asked, rtol=1e-5, atol=1e-9)
    return factor if is_parallel else None


#: What an example shows of a training: the losses, of one example or of several.
_SHOWN, _OVER_EXAMPLES = "the loss", "the loss over several examples"


def _losses(asked: _Training, losses: Numbers, seen: int, path: list[Weights]) -> Iterator[Sight]:
    """The loss of each epoch that is seen beside all its predictions, along the right steps."""
    weights, inputs, targets = asked.weights, asked.inputs, asked.targets
    count = len(inputs)
    so_far = 0.0
    for epoch, loss in enumerate(losses[:seen]):
        ways = [weights, *path][epoch * count : (epoch + 1) * count + 1]
        a = np.array([forward(W, x)[-1] for W, x in zip(ways, inputs, strict=False)])
        after = np.array([forward(W, x)[-1] for W, x in zip(ways[1:], inputs, strict=True)])
        at_end = np.array([forward(ways[-1], x)[-1] for x in inputs])
        before = np.array([forward(ways[0], x)[-1] for x in inputs])
        each = 0.5 * ((a - targets) ** 2).sum(axis=1)
        so_far += each.sum()
        found: dict[str, Any] = {
            "a": a,
            "t": targets,
            "a after": after,
            "a at the end": at_end,
            "a before": before,
            "last loss": each[-1],
            "first loss": each[0],
            "smallest loss": each.min(),
            "largest loss": each.max(),
            "loss of all epochs": so_far,
            "e_L": np.array([top_error(p, t) for p, t in zip(a, targets, strict=True)]),
            "first target": targets[0],
            "last target": targets[-1],
            "target before": np.roll(targets, 1, axis=0),
            "squared weights": sum((W**2).sum() for Ws in ways[:count] for W in Ws),
            "squared sums": ((a - targets).sum(axis=1) ** 2).sum(),
            "squared means": ((a.mean(axis=0) - targets.mean(axis=0)) ** 2).sum(),
            "norms": np.sqrt(2 * each)[:, None] / targets.shape[1],
        }
        factors = {"N": float(count), "n": float(targets.shape[1])}
        factors |= {"k": float(epoch + 1), "epochs": float(len(losses))}
        groups = {"example": np.repeat(np.arange(count)[:, None], targets.shape[1], axis=1)}
        right = np.full(a.shape, each.sum())
        name = _SHOWN if count == 1 else _OVER_EXAMPLES
        yield Sight(name, np.full(a.shape, loss), right, found, factors, {}, groups)


_G, _rate, _W = symbols("G_ij, η, W_ij")
_e, _below, _sum_below = symbols("e_i, a_j, z_j")
_bare, _alone = symbol(_BARE), symbol(_ALONE)
_a, _t = symbols("a, t")
_d = _a - _t
_after, _end, _before = (symbol(name) - _t for name in ("a after", "a at the end", "a before"))


_two_classes = _t * apply("log", _a) + apply("one minus", _t) * apply("log", apply("one minus", _a))


def _squares(difference: Any) -> Any:
    return apply("sum", apply("square", difference))


_ONES = (
    "square",
    "abs",
    "sign",
    "norm",
    "sum",
    "mean",
    "max",
    "row sum",
    "column sum",
    "one minus",
)
_SEVERAL = symbols(
    "the right steps, one step an epoch, all gradients at the first weights, the first step, "
    "the last example's step, the last step, steps that pile up, steps that pile up in an epoch, "
    "epochs that pile up, "
    "steps at the rate η / N, steps at the rate η · N, one step an epoch at the rate η / N, "
    "the first epoch's steps, the mean over the epochs, the mean over all steps, "
    "the steps in the other order, steps with the epoch's first activations, W_ij"
)

_OF_STEPS = (
    Remark("departs.steps_taken_again", ("steps that pile up",)),
    Remark("departs.steps_taken_again_in_epoch", ("steps that pile up in an epoch",)),
    Remark("departs.epochs_pile_up", ("epochs that pile up",)),
    Remark(
        "departs.step_after_each_example",
        (
            "one step an epoch",
            "all gradients at the first weights",
            "one step an epoch at the rate η / N",
        ),
    ),
    Remark("departs.divided_by_examples", ("steps at the rate η / N",)),
    Remark("departs.times_examples", ("steps at the rate η · N",)),
    Remark("departs.first_epoch_alone", ("the first epoch's steps",), ("what is right",)),
    Remark(
        "departs.one_moves_the_weights",
        ("the first step", "the last example's step", "the last step"),
        ("what is right",),
    ),
    Remark("departs.mean_of_weights", ("the mean over the epochs", "the mean over all steps")),
    Remark("departs.other_order", ("the steps in the other order",)),
    Remark("departs.all_forward_first", ("steps with the epoch's first activations",)),
)
_SEVERAL_STEPS = ("the steps of several examples", "the steps of several epochs")
#: What the weight that is changed goes into.
_OF_THE_WEIGHT = (
    Remark("departs.weight_as_factor", ("W_ij",), lacks=("+", "-")),
    Remark("departs.part_of_weight_taken", ("W_ij",)),
)
#: The second of two steps, as it should be.
_SECOND = "the second step"
#: The same, but for errors that go down through weights which have moved since.
_THROUGH_FIRST = "the step through the first weights"
_OF_A_SECOND = (
    Remark("departs.step_from_further_on", ("the step from further on",)),
    Remark("departs.earlier_step_lost", whole=("what is right − (the step before)",)),
    Remark(
        "departs.earlier_step_again",
        ("the step before",),
        ("the step from the first weights",),
    ),
    Remark("departs.step_from_weights_by_then", ("the step from the first weights",)),
    Remark("departs.activations_by_then", ("the step with old activations",)),
    Remark("departs.earlier_errors_again", ("the errors before",)),
    Remark("departs.through_first_weights", (_THROUGH_FIRST,)),
    *_OF_THE_WEIGHT,
    Remark("departs.first_step_alone", whole=("0",)),
    Remark("departs.rate_between_steps", of_factor=True),
)
_CHANGED = symbol("e @ W_new")
#: The errors on the way down, which in a training may also go through weights changed already.
_BACKWARD = tuple(
    replace(
        step,
        finished=(*step.finished, _CHANGED),
        meanings=(*step.meanings, *_MEANINGS),
        remarks=(
            Remark(
                "departs.changed_weights_and_rate",
                (_CHANGED.name,),
                of_form=lambda whole: _rate.name in whole.symbols(),
            ),
            Remark("departs.through_changed_weights", (_CHANGED.name,)),
            *step.remarks,
        ),
        before="before.top_step_right",
    )
    if step.name == "a hidden error"
    else step
    for step in way_down.STEPS
)
_LOSS = Step(
    _SHOWN,
    "computed.loss",
    number(0.5) * _squares(_d),
    (
        _d,
        _squares(_d),
        _squares(_d) / symbol("k"),
        _a,
        _t,
        _after,
        _end,
        _before,
        _squares(_after),
        _squares(_end),
        _squares(_before),
        *symbols("squared sums, squared means, squared weights, e_L"),
        *(_squares(_a - symbol(f"{which} target")) for which in ("first", "last")),
        _squares(_a - symbol("target before")),
        apply("mean", apply("square", _d)),
        apply("log", _a),
        _t * apply("log", _a),
        _two_classes,
        apply("sum", _two_classes),
        apply("sum", _t * apply("log", _a)),
        apply("example norm", _d),
        apply("sum", symbol("norms")),
        *symbols("last loss, first loss, smallest loss, largest loss"),
        *symbols("loss of all epochs, N, n"),
    ),
    (
        "sum",
        "mean",
        "norm",
        "square",
        "abs",
        "example sum",
        "example norm",
        "max",
        "root",
        "one minus",
        "log",
        "reciprocal",
    ),
    meanings=_MEANINGS,
    before="before.weights_right",
    of_last=True,
    remarks=(
        Remark("departs.number_of_the_epoch", ("k",), ("log",)),
        Remark("departs.mean_of_squares", whole=("mean((a − t)²)",)),
        Remark("departs.cross_entropy", ("log",)),
        Remark("departs.penalty", ("squared weights",)),
        Remark("departs.another_target", ("first target", "last target", "target before")),
        Remark("departs.error_for_difference", ("e_L",)),
        Remark(
            "departs.loss_of_all_examples",
            ("last loss", "first loss", "smallest loss", "largest loss"),
        ),
        Remark("departs.losses_go_on", ("loss of all epochs",)),
        Remark("departs.after_the_update", ("a after",), ("a at the end", "a before")),
        Remark("departs.other_weights", ("a after", "a at the end", "a before")),
        Remark("departs.examples_cancel", ("squared means",)),
        Remark("departs.differences_cancel", ("squared sums", "(sum(a − t))²")),
        Remark("departs.root_of_loss", ("root", "norm", "norms", "example norm")),
        Remark("departs.not_squared", ("abs", "sum"), ("square",)),
    ),
    goes_on_in=_OVER_EXAMPLES,
    what_alone="computed.loss_of_one_example",
)

_STEPS = (
            Step(
                "the step of one example",
                "computed.step_of_one_example",
                _rate * _G,
                (
                    *(_rate * _G, _G, _bare, _rate * _bare, _alone, _rate * _alone, _W, _rate, ONE),
                    *(_e, _below, _sum_below, _rate * (_e * _sum_below)),
                ),
                _ONES,
                meanings=_MEANINGS,
                remarks=(
                    Remark("departs.sum_before_threshold", ("z_j",)),
                    Remark("departs.no_top_jacobian", (_BARE,)),
                    Remark("departs.slope_alone_at_top", (_ALONE,)),
                    Remark("departs.step_without_size", ("norm", "sign")),
                    *_OF_THE_WEIGHT,
                    Remark("departs.rate_not_used", lacks=("η",)),
                ),
            ),
            *(replace(step, unless=("the step of one example",)) for step in _BACKWARD),
            *(
                Step(
                    f"the steps of several {many}",
                    f"computed.change_over_{many}",
                    symbol("the right steps"),
                    _SEVERAL,
                    ("norm", "sum", "abs"),
                    meanings=_MEANINGS,
                    follows=True,
                    before="before.single_step_right",
                    remarks=_OF_STEPS,
                    goes_on_in=goes_on_in,
                    what_alone="computed.change_in_first_epoch" if goes_on_in else "",
                )
                for many, goes_on_in in (("examples", _SEVERAL_STEPS[1]), ("epochs", ""))
            ),
            *(
                Step(
                    f"the step of a second {one}",
                    f"computed.taken_by_second_{one}",
                    symbol(_SECOND),
                    symbols(
                        f"{_SECOND}, the step before, the step from the first weights, "
                        "the step with old activations, the step from further on, "
                        f"the errors before, {_THROUGH_FIRST}, W_ij"
                    ),
                    ("norm", "sum"),
                    meanings=_MEANINGS,
                    before="before.first_step_right",
                    remarks=_OF_A_SECOND,
                    unless=_SEVERAL_STEPS,
                )
                for one in ("example", "epoch")
            ),
            _LOSS,
            replace(
                _LOSS,
                name=_OVER_EXAMPLES,
                goes_on_in=_SHOWN,
                what_alone=_LOSS.what,
                unless=(_SHOWN,),
            ),
)  # fmt: skip

VOCABULARY = Vocabulary(
    tuple(replace(step, in_example=step.what == _LOSS.what) for step in _STEPS),
    _look,
    inputs.trainings,
    _look_on,
    rest=_rest,
    of_one=frozenset({"the step of one example", *(step.name for step in way_down.STEPS)}),
    of_several=frozenset({*_SEVERAL_STEPS, "the step of a second example"}),
)
