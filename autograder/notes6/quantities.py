"""What the notes compute on the way to each result, by the keys of what it is called.

Of one array there is one; of what each layer or each step has there are several, from the first up.
A mistake is looked for in what stands where one of these is to stand: see ``diagnosis.one_change``.
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
        "quantities.largest_input": [float(x.max())],
        "quantities.shifted": [x - x.max()],
        "quantities.exponentials": [exps],
        "quantities.sum_of_exponentials": [float(exps.sum())],
        "quantities.input": [x],
    }


def _softmax_jacobian(x: Any) -> Quantities:
    x = _numbers(x)
    s = softmax(x)
    return {
        "quantities.shares": [s],
        "quantities.share_products": [np.outer(s, s)],
        "quantities.shares_on_diagonal": [np.diag(s)],
        "quantities.one_minus_shares": [1 - s],
        "quantities.input": [x],
        "quantities.how_many_inputs": [len(x)],
    }


def _propagate_error(error: Any, jacobian: Any) -> Quantities:
    J = _numbers(jacobian)
    return {
        "quantities.error_given": [_numbers(error)],
        "quantities.jacobian": [J],
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
        "results.norm_of_step": [float(np.linalg.norm(e)) for e in errors],
        "quantities.how_many_jacobians": [len(errors) - 1],
    }


def _forward(weights: Any, x: Any) -> Quantities:
    W, a = arrays(weights), forward_pass(weights, x)
    return {
        "quantities.weights": W,
        "quantities.input": [a[0]],
        "results.activation": a,
        "quantities.pre_activation": [w @ below for w, below in zip(W, a, strict=False)],
        "quantities.is_top": [False] * (len(W) - 1) + [True],
        "quantities.how_many_matrices": [len(W)],
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
        "results.top_error": [errors[-1]],
        "quantities.slopes": [(one > 0).astype(float) for one in a[1:-1]],
        "quantities.weights": W,
        "quantities.error_through_weights": [e @ w for e, w in zip(errors[1:], W[1:], strict=True)],
        "quantities.activation": a,
        "results.error": errors,
        "quantities.how_many_matrices": [len(W)],
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
    made: dict[str, list[Any]] = {
        key: []
        for key in ("x", "target", "activations", "prediction", "errors", "gradients", "loss")
    }
    trained, losses = [W], []
    for _ in range(epochs):
        losses.append(0.0)
        for x, target in zip(_numbers(inputs), _numbers(targets), strict=True):
            a = forward_pass(W, x)
            errors = _errors(W, a, target)
            gradients = [np.outer(e, below) for e, below in zip(errors, a, strict=False)]
            loss = float(0.5 * np.sum((a[-1] - target) ** 2))
            values = (x, target, a, a[-1], errors, gradients, loss)
            for key, value in zip(made, values, strict=True):
                made[key].append(value)
            losses[-1] += loss
            W = [w - learning_rate * G for w, G in zip(W, gradients, strict=True)]
            trained.append(W)
    return {
        "quantities.input_of_example": made["x"],
        "quantities.target_of_example": made["target"],
        "quantities.learning_rate": [float(learning_rate)],
        "quantities.how_many_epochs": [epochs],
        "quantities.how_many_examples": [len(inputs)],
        "quantities.activations_of_example": made["activations"],
        "quantities.prediction_of_example": made["prediction"],
        "quantities.loss_of_example": made["loss"],
        "quantities.errors_of_example": made["errors"],
        "quantities.gradients_of_example": made["gradients"],
        "results.weights_so_far": trained,
        "results.loss_of_epoch": losses,
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
