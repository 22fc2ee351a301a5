"""What a right function answers in the place of a student's: by the reference, within the contract.

The arguments come from the student's code, so each is held against what the contract allows before
the reference sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.assignment import reference
from autograder.assignment.judging import Floats, NotAnAnswer, numbers
from autograder.notes6.contract import FUNCTIONS
from autograder.sandbox.errors import Refused

#: A vector, a chain or a run of training that is longer answers for nothing that is asked here.
MOST_ENTRIES, MOST_ITEMS, MOST_STEPS = 200, 50, 400


def right_value(function: str, arguments: tuple[Any, ...]) -> object:
    """What the reference returns.

    Parameters
    ----------
    function : str
        A function of the contract.
    arguments : tuple
        What a student's code called it with.

    Raises
    ------
    Refused
        If the contract doesn't allow them; the message says what was given and what is wanted.
    """
    checked = _CHECKS[function](*arguments)
    with np.errstate(all="ignore"):
        return reference.functions()[function](*checked)


def _refuse(wanted: str, given: object) -> Refused:
    return Refused(f"{wanted} is wanted here, and not {_described(given)}")


def _described(given: object) -> str:
    if given is None:
        return "None"
    if isinstance(given, list | tuple):
        return f"a list of {len(given)}"
    shape = np.shape(given) if isinstance(given, np.ndarray) else ()
    return f"an array of shape {shape}" if shape else f"a single {type(given).__name__}"


def _array(given: object, dimensions: int, wanted: str) -> Floats:
    try:
        array = numbers(given)
    except NotAnAnswer:
        raise _refuse(wanted, given) from None
    if array.ndim != dimensions or not 0 < array.size <= MOST_ENTRIES**dimensions:
        raise _refuse(wanted, given if isinstance(given, np.ndarray) else array)
    if not np.isfinite(array).all():
        raise Refused(f"{wanted} is wanted here, and not one that holds nan or inf")
    return array


def _vector(given: object) -> Floats:
    return _array(given, 1, "a vector of numbers")


def _matrix(given: object) -> Floats:
    return _array(given, 2, "a matrix of numbers")


def _number(given: object) -> float:
    return float(_array(given, 0, "a single number"))


def _items(given: object, each: Callable[[object], Floats], fewest: int = 1) -> list[Floats]:
    if isinstance(given, np.ndarray) and given.ndim:
        given = list(given)
    if not isinstance(given, list | tuple):
        raise _refuse("a list of arrays", given)
    if not fewest <= len(given) <= MOST_ITEMS:
        raise Refused(f"a list of one array or more is wanted here, and not one of {len(given)}")
    return [each(item) for item in given]


def _fit(one: int, other: int, what: str) -> None:
    if one != other:
        raise Refused(f"{what} do not fit together ({one} and {other})")


def _no_arguments() -> tuple[()]:
    return ()


def _one_vector(x: object) -> tuple[Floats]:
    return (_vector(x),)


def _error_and_jacobian(error: object, jacobian: object) -> tuple[Floats, Floats]:
    e, J = _vector(error), _matrix(jacobian)
    _fit(len(e), len(J), "the error's entries and the Jacobian's rows")
    return e, J


def _error_and_jacobians(error: object, jacobians: object) -> tuple[Floats, list[Floats]]:
    e, matrices = _vector(error), _items(jacobians, _matrix, fewest=0)
    sizes = [len(e), *(J.shape[1] for J in matrices)]
    for size, J in zip(sizes, matrices, strict=False):
        _fit(size, len(J), "the error's entries and the Jacobian's rows")
    return e, matrices


def _layers(weights: object) -> list[Floats]:
    matrices = _items(weights, _matrix)
    for below, above in pairwise(matrices):
        _fit(len(below), above.shape[1], "one layer's rows and the next one's columns")
    return matrices


def _weights_and_input(weights: object, x: object) -> tuple[list[Floats], Floats]:
    matrices, vector = _layers(weights), _vector(x)
    _fit(len(vector), matrices[0].shape[1], "the input's entries and the first layer's columns")
    return matrices, vector


def _weights_activations_target(
    weights: object, activations: object, target: object
) -> tuple[list[Floats], list[Floats], Floats]:
    matrices, a, t = _layers(weights), _items(activations, _vector), _vector(target)
    wanted = [matrices[0].shape[1], *map(len, matrices)]
    _fit(len(a), len(wanted), "the activations and the layers with their input")
    for given, size in zip(a, wanted, strict=True):
        _fit(len(given), size, "a layer's activations and its weights")
    _fit(len(t), wanted[-1], "the target's entries and the top layer's")
    return matrices, a, t


def _errors_and_activations(
    errors: object, activations: object
) -> tuple[list[Floats], list[Floats]]:
    e, a = _items(errors, _vector), _items(activations, _vector)
    _fit(len(e) + 1, len(a), "the errors with their input and the activations")
    return e, a


def _weights_gradients_rate(
    weights: object, gradients: object, learning_rate: object
) -> tuple[list[Floats], list[Floats], float]:
    W, G = _items(weights, _matrix), _items(gradients, _matrix)
    _fit(len(W), len(G), "the weights and the gradients")
    for one, other in zip(W, G, strict=True):
        if one.shape != other.shape:
            raise Refused(f"a gradient and its weights do not fit ({other.shape}, {one.shape})")
    return W, G, _number(learning_rate)


def _training(
    weights: object, inputs: object, targets: object, learning_rate: object, epochs: object
) -> tuple[list[Floats], Floats, Floats, float, int]:
    matrices, X, T, n = _layers(weights), _matrix(inputs), _matrix(targets), _number(epochs)
    _fit(len(X), len(T), "the inputs and the targets")
    _fit(X.shape[1], matrices[0].shape[1], "the inputs' entries and the first layer's columns")
    _fit(T.shape[1], len(matrices[-1]), "the targets' entries and the top layer's")
    if n != int(n) or not 0 <= n * len(X) <= MOST_STEPS:
        raise _refuse("a whole number of epochs", epochs)
    return matrices, X, T, _number(learning_rate), int(n)


_CHECKS: dict[str, Callable[..., Sequence[Any]]] = {
    **{name: _no_arguments for name, function in FUNCTIONS.items() if not function.parameters},
    "threshold": _one_vector,
    "threshold_jacobian": _one_vector,
    "softmax": _one_vector,
    "softmax_jacobian": _one_vector,
    "propagate_error": _error_and_jacobian,
    "propagate_chain": _error_and_jacobians,
    "forward": _weights_and_input,
    "backward": _weights_activations_target,
    "weight_gradients": _errors_and_activations,
    "update_weights": _weights_gradients_rate,
    "train": _training,
    "error_norms": _error_and_jacobians,
}
