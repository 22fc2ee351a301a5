"""What right functions show of the notes' ideas, as pictures for the students' pages.

`demo.py` and the notebook show the same with the student's own functions.
"""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Any

import numpy as np

from autograder.assignment.exercise import Reference, Shown

#: Two truth values, and a constant 1 for want of biases.
_XOR = np.array([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
_SAME_OR_DIFFERENT = np.array([[1.0, 0], [0, 1], [0, 1], [1, 0]])
_HIDDEN, _RATE, _EPOCHS = 8, 0.5, 80
_DEPTH, _WIDTH, _SCALES = 12, 8, (0.1, 0.5, 1.5)
_SHARES_OF = [0.5, -1.0, 2.0]
_DIGITS = 3


def _short(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}") + 0.0


def zero_sums(reference: Reference) -> list[Shown]:
    """The Jacobian of softmax with the sums of its rows and its columns (6.2)."""
    J = np.asarray(reference["softmax_jacobian"](np.array(_SHARES_OF)))
    names = [f"{x:g}" for x in _SHARES_OF]
    summed = np.vstack([np.column_stack([J, J.sum(1)]), [*J.sum(0), J.sum()]])
    return [
        {
            "kind": "grid",
            "title": "The Jacobian of softmax (row: output, column: input), with its sums",
            "rows": [*names, "sum"],
            "columns": [*names, "sum"],
            "values": [[_short(round(v, 9)) for v in row] for row in summed.tolist()],
            "words": (
                "Every column sums to 0: what one output gains from an input, the others lose. "
                "Every row sums to 0 too: when all inputs rise alike, no output moves."
            ),
        }
    ]


def learning(reference: Reference) -> list[Shown]:
    """XOR learnt with and without a hidden layer (6.4), and which hidden units are on (6.2)."""
    (_, alone), (weights, losses) = (_learnt(reference, sizes) for sizes in ((), (_HIDDEN,)))
    hidden: Any = np.array([reference["forward"](weights, x)[1] for x in _XOR])  # type: ignore[index]
    off = int(np.sum(hidden == 0))
    return [
        {
            "kind": "curves",
            "title": f"XOR, {_EPOCHS} epochs at the learning rate {_RATE:g}",
            "x": "epoch",
            "first": 1,
            "y": "loss",
            "log": False,
            "series": [
                ("one layer", [_short(v) for v in alone]),
                (f"{_HIDDEN} hidden units", [_short(v) for v in losses]),
            ],
            "words": (
                f"With one layer the loss hardly falls, from {alone[0]:.2f} to {alone[-1]:.2f}; "
                f"with a hidden layer it falls from {losses[0]:.2f} to {losses[-1]:.3f}. No single "
                f"layer can learn XOR."
            ),
        },
        {
            "kind": "grid",
            "title": "The hidden activations after training (row: unit, column: XOR's inputs)",
            "rows": [f"unit {k + 1}" for k in range(_HIDDEN)],
            "columns": [f"{int(a)} {int(b)}" for a, b, _ in _XOR],
            "values": [[_short(v) for v in unit] for unit in hidden.T.tolist()],
            "words": (
                f"{off} of {hidden.size} activations are exactly 0: activations are sparse. A unit "
                f"that is off passes nothing on, and no error comes back through it."
            ),
        },
    ]


def _learnt(reference: Reference, hidden: tuple[int, ...]) -> tuple[Any, Any]:
    sizes = [_XOR.shape[1], *hidden, _SAME_OR_DIFFERENT.shape[1]]
    random = np.random.default_rng(3)
    weights = [random.normal(size=(sizes[k + 1], sizes[k])) for k in range(len(sizes) - 1)]
    trained: Any = reference["train"](weights, _XOR, _SAME_OR_DIFFERENT, _RATE, _EPOCHS)
    learnt, losses = trained
    return learnt, losses


def over_depth(reference: Reference) -> list[Shown]:
    """The length of an error on its way down a deep network (6.5)."""
    norms = {scale: _norms(reference, scale) for scale in _SCALES}
    start, small, large = norms[_SCALES[0]][0], norms[_SCALES[0]][-1], norms[_SCALES[-1]][-1]
    return [
        {
            "kind": "curves",
            "title": f"An error on its way down {_DEPTH} layers of {_WIDTH} units",
            "x": "Jacobians passed, from the top down",
            "first": 0,
            "y": "length of the error",
            "log": True,
            "series": [
                (f"weights ≈ {scale:g}", [_short(v) for v in norms[scale]]) for scale in _SCALES
            ],
            "words": (
                f"The error begins with the length {start:.3g}. With weights of about "
                f"{_SCALES[0]:g} it vanishes: less than {_above(small)} is left, and the first "
                f"layers hardly learn. With weights of about {_SCALES[-1]:g} it explodes, to more "
                f"than {10 ** floor(log10(large)):,}: the first layers take far too long steps."
            ),
        }
    ]


def _above(small: float) -> str:
    """The next larger power of ten, written out."""
    power = ceil(log10(small))
    return f"{10.0**power:.{-power}f}"


def _norms(reference: Reference, scale: float) -> list[float]:
    """About half of the rectified linear units are off: their slope is 0."""
    random = np.random.default_rng(3)
    slopes = random.integers(0, 2, size=(_DEPTH, _WIDTH))
    weights = random.normal(scale=scale, size=(_DEPTH, _WIDTH, _WIDTH))
    jacobians = [np.diag(slopes[k]) @ weights[k] for k in range(_DEPTH)]
    return np.asarray(reference["error_norms"](np.ones(_WIDTH), jacobians)).tolist()  # type: ignore[no-any-return]
