"""What right functions show of the notes' ideas, as pictures for the students' pages.

`demo.py` and the notebook show the same with the student's own functions.
"""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Any

import numpy as np

from autograder.assignment.exercise import Reference, Shown
from autograder.source.phrases import said

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
            "title": said("shared.sums_title"),
            "rows": [*names, said("shared.sum")],
            "columns": [*names, said("shared.sum")],
            "values": [[_short(round(v, 9)) for v in row] for row in summed.tolist()],
            "words": said("shared.sums_words"),
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
            "title": said("shared.xor_title", epochs=_EPOCHS, rate=f"{_RATE:g}"),
            "x": said("shared.epoch"),
            "first": 1,
            "y": said("shared.loss"),
            "log": False,
            "series": [
                (said("shared.one_layer"), [_short(v) for v in alone]),
                (said("shared.hidden_units", number=_HIDDEN), [_short(v) for v in losses]),
            ],
            "words": said(
                "shared.xor_words",
                alone_first=f"{alone[0]:.2f}",
                alone_last=f"{alone[-1]:.2f}",
                first=f"{losses[0]:.2f}",
                last=f"{losses[-1]:.3f}",
            ),
        },
        {
            "kind": "grid",
            "title": said("shared.hidden_title"),
            "rows": [said("shared.unit", number=k + 1) for k in range(_HIDDEN)],
            "columns": [f"{int(a)} {int(b)}" for a, b, _ in _XOR],
            "values": [[_short(v) for v in unit] for unit in hidden.T.tolist()],
            "words": said("shared.hidden_words", count=off, all=hidden.size),
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
            "title": said("shared.depth_title", layers=_DEPTH, units=_WIDTH),
            "x": said("shared.jacobians_passed"),
            "first": 0,
            "y": said("shared.length_of_error"),
            "log": True,
            "series": [
                (said("shared.weights_about", size=f"{scale:g}"), [_short(v) for v in norms[scale]])
                for scale in _SCALES
            ],
            "words": said(
                "shared.depth_words",
                start=f"{start:.3g}",
                least=f"{_SCALES[0]:g}",
                left=_above(small),
                most=f"{_SCALES[-1]:g}",
                grown=f"{10 ** floor(log10(large)):,}",
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
