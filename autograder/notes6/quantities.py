"""What the notes compute on the way to each result, by the keys of what it is called.

Of one array there is one; of what each layer or each step has there are several, from the first up;
of what each layer has in each example of a training, a tuple of these for each. A mistake is looked
for in what stands where one of these is to stand: see ``diagnosis.right_values``. Of the
``results`` each is an answer, or a part of one; ``others`` are known by a name, and belong nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.notes6.draws import softmax
from autograder.notes6.networks import arrays, forward_pass, softmax_jacobian

Quantities = dict[str, Sequence[Any]]


def _numbers(given: Any) -> Any:
    return np.asarray(given, dtype=float)


def _threshold(x: Any) -> Quantities:
    x = _numbers(x)
    return {
        "quantities.comes_through": [x > -1],
        "quantities.is_held_back": [x <= -1],
        "quantities.input": [x],
        "quantities.limit": [-1.0],
    }


def _threshold_jacobian(x: Any) -> Quantities:
    x = _numbers(x)
    slopes = (x > -1).astype(float)
    return {
        "quantities.comes_through": [x > -1],
        "quantities.is_held_back": [x <= -1],
        "quantities.slopes_of_inputs": [slopes],
        "quantities.input": [x],
        "quantities.limit": [-1.0],
        "quantities.how_many_inputs": [len(x)],
    }


def _softmax(x: Any) -> Quantities:
    x = _numbers(x)
    exps = np.exp(x - x.max())
    return {
        "ways.largest_input": [float(x.max())],
        "ways.shifted": [x - x.max()],
        "ways.exponentials": [exps],
        "quantities.sum_of_exponentials": [float(exps.sum())],
        "quantities.input": [x],
    }


def _softmax_jacobian(x: Any) -> Quantities:
    x = _numbers(x)
    s = softmax(x)
    return {
        "quantities.shares": [s],
        "ways.shifted": [x - x.max()],
        "ways.exponentials": [np.exp(x - x.max())],
        "quantities.share_products": [np.outer(s, s)],
        "quantities.shares_on_diagonal": [np.diag(s)],
        "quantities.one_minus_shares": [1 - s],
        "quantities.own_effects": [s * (1 - s)],
        "quantities.input": [x],
        "quantities.how_many_inputs": [len(x)],
    }


def _propagate_error(error: Any, jacobian: Any) -> Quantities:
    J = _numbers(jacobian)
    return {
        "quantities.error_given": [_numbers(error)],
        "quantities.jacobian": [J],
        "quantities.zeros_for_columns": [np.zeros(J.shape[1])],
        "quantities.columns": [J.shape[1]],
        "quantities.rows": [J.shape[0]],
    }


def _through(error: Any, jacobians: Any) -> list[Any]:
    """The error before the first Jacobian, and after each."""
    errors = [_numbers(error)]
    for J in arrays(jacobians):
        errors.append(errors[-1] @ J)
    return errors


def _propagate_chain(error: Any, jacobians: Any) -> Quantities:
    errors = _through(error, jacobians)
    return {
        "quantities.jacobian_of_step": arrays(jacobians),
        "quantities.error_at_step": errors[:-1],
        "results.error_after_step": errors[1:],
        "quantities.how_many_jacobians": [len(errors) - 1],
    }


def _error_norms(error: Any, jacobians: Any) -> Quantities:
    errors = _through(error, jacobians)
    return {
        "quantities.jacobian_of_step": arrays(jacobians),
        "quantities.error_of_step": errors,
        "quantities.squares_of_steps": [np.array([e @ e for e in errors])],
        "quantities.how_many_jacobians": [len(errors) - 1],
        "results.norm_of_step": [float(np.linalg.norm(e)) for e in errors],
        "results.norms": [np.array([np.linalg.norm(e) for e in errors])],
    }


def _forward(weights: Any, x: Any) -> Quantities:
    W, a = arrays(weights), forward_pass(weights, x)
    z = [w @ below for w, below in zip(W, a, strict=False)]
    shifted = z[-1] - z[-1].max()
    return {
        "quantities.weights": W,
        "quantities.input": [a[0]],
        "quantities.pre_activation": z,
        "ways.shifted_at_top": [shifted],
        "ways.exponentials_at_top": [np.exp(shifted)],
        "quantities.is_top": [False] * (len(W) - 1) + [True],
        **_counts(W),
        "results.activation": a,
        "others.softmax_of_layer": [softmax(one) for one in z[:-1]],
        "others.rectified_at_top": [np.maximum(z[-1], 0)],
    }


def _counts(W: Sequence[Any]) -> Quantities:
    return {
        "quantities.how_many_matrices": [len(W)],
        "quantities.how_many_hidden": [len(W) - 1],
        "quantities.how_many_layers": [len(W) + 1],
    }


def _errors(W: Sequence[Any], a: Sequence[Any], t: Any) -> list[Any]:
    errors = [(a[-1] - t) @ softmax_jacobian(a[-1])]
    for layer in range(len(W) - 1, 0, -1):
        errors.insert(0, errors[0] @ W[layer] * (a[layer] > 0))
    return errors


def _backward(weights: Any, activations: Any, target: Any) -> Quantities:
    W, a, t = arrays(weights), arrays(activations), _numbers(target)
    errors = _errors(W, a, t)
    return {
        "quantities.prediction": [a[-1]],
        "quantities.target": [t],
        "quantities.difference": [a[-1] - t],
        "quantities.top_jacobian": [softmax_jacobian(a[-1])],
        "quantities.slopes": [(one > 0).astype(float) for one in a[1:-1]],
        "quantities.weights": W,
        "quantities.error_through_weights": [e @ w for e, w in zip(errors[1:], W[1:], strict=True)],
        "quantities.activation": a,
        **_counts(W),
        "results.top_error": [errors[-1]],
        "results.error": errors,
        "others.slopes_at_top": [a[-1] * (1 - a[-1])],
    }


def _weight_gradients(errors: Any, activations: Any) -> Quantities:
    e, a = arrays(errors), arrays(activations)
    return {
        "quantities.error": e,
        "quantities.activation": a,
        "results.gradient": [np.outer(one, below) for one, below in zip(e, a, strict=False)],
        "quantities.how_many_matrices": [len(e)],
    }


def _update_weights(weights: Any, gradients: Any, learning_rate: Any) -> Quantities:
    W, G = arrays(weights), arrays(gradients)
    return {
        "quantities.weights": W,
        "quantities.gradient": G,
        "quantities.learning_rate": [float(learning_rate)],
        "quantities.step": [learning_rate * one for one in G],
        "quantities.how_many_matrices": [len(W)],
    }


def _train(weights: Any, inputs: Any, targets: Any, learning_rate: Any, epochs: Any) -> Quantities:
    """What each example has, epoch after epoch."""
    W = arrays(weights)
    examples: list[tuple[Any, ...]] = []
    trained: list[Any] = [W]
    losses: list[float] = []
    for _ in range(epochs):
        losses.append(0.0)
        for x, target in zip(_numbers(inputs), _numbers(targets), strict=True):
            a = forward_pass(W, x)
            sums = [x, *(w @ below for w, below in zip(W, a, strict=False))]
            errors = _errors(W, a, target)
            gradients = [np.outer(e, below) for e, below in zip(errors, a, strict=False)]
            loss = float(0.5 * np.sum((a[-1] - target) ** 2))
            examples.append((x, target, a, errors, gradients, loss, W, sums))
            losses[-1] += loss
            W = [w - learning_rate * G for w, G in zip(W, gradients, strict=True)]
            trained.append(W)
    of_each = zip(*examples, strict=True) if examples else [()] * 8
    xs, ts, a, errors, gradients, of_examples, before, sums = map(list, of_each)
    return {
        "quantities.input_of_example": xs,
        "quantities.target_of_example": ts,
        "quantities.learning_rate": [float(learning_rate)],
        "quantities.how_many_epochs": [epochs],
        "quantities.how_many_examples": [len(inputs)],
        **_counts(weights),
        "quantities.prediction_of_example": [of[-1] for of in a],
        "quantities.difference": [of[-1] - one for of, one in zip(a, ts, strict=True)],
        "quantities.top_jacobian": [softmax_jacobian(of[-1]) for of in a],
        "quantities.activation": [tuple(of) for of in a],
        "quantities.slopes": [tuple((one > 0) * 1.0 for one in of[1:-1]) for of in a],
        "quantities.error": [tuple(of) for of in errors],
        "quantities.gradient": [tuple(of) for of in gradients],
        "quantities.step": [tuple(learning_rate * G for G in of) for of in gradients],
        "quantities.weights_before": [tuple(of) for of in before],
        "quantities.activations_of_example": a,
        "quantities.errors_of_example": errors,
        "quantities.gradients_of_example": gradients,
        "quantities.loss_of_example": of_examples,
        "results.weights_so_far": trained,
        "results.loss_of_epoch": losses,
        "others.input_and_pre_activation": [tuple(of) for of in sums],
    }


QUANTITIES: Mapping[str, Callable[..., Quantities]] = {
    "threshold": _threshold,
    "threshold_jacobian": _threshold_jacobian,
    "softmax": _softmax,
    "softmax_jacobian": _softmax_jacobian,
    "propagate_error": _propagate_error,
    "propagate_chain": _propagate_chain,
    "forward": _forward,
    "backward": _backward,
    "weight_gradients": _weight_gradients,
    "update_weights": _update_weights,
    "train": _train,
    "error_norms": _error_norms,
}
