"""Misconceptions of ``softmax`` and of its Jacobian."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    add_array_faults,
    declare,
    finish,
    first_filled,
    whole_number_buffer,
)
from autograder.assignment.recipe import Recipe, Step, same
from autograder.notes6.misconceptions.practice_6_1_thresholds import (
    MATRIX_LAYOUTS,
    VECTOR_SHAPES,
    Faults,
    sigmoid,
    stable_softmax,
)


def _without_maximum(x: Any) -> Any:
    return x - np.max(x)


def _unstable(x: Any) -> Any:
    exps = np.exp(x)
    return exps / np.sum(exps)


def _plain_exp(y: Any) -> Any:
    """``math.exp`` number by number, in plain Python from beginning to end.

    Raises
    ------
    OverflowError
        Where NumPy would return infinity.
    ZeroDivisionError
        If all are 0: their sum will divide, and plain Python knows no nan there.
    """
    exps = [math.exp(value) for value in y]
    if not any(exps):
        raise ZeroDivisionError("float division by zero")
    return np.array(exps)


# --- softmax ------------------------------------------------------------------------------------

#: What is taken off the inputs before the exponential.
_SHIFTS: Faults = {
    "no-shift": {"shift": same},
    "no-shift-with-math-exp": {"shift": same, "exponent": _plain_exp},
    "smallest-subtracted": {"shift": lambda x: x - np.min(x)},
    "mean-subtracted": {"shift": lambda x: x - np.mean(x)},
    "largest-size-subtracted": {"shift": lambda x: x - np.max(np.abs(x))},
    "largest-added": {"shift": lambda x: x + np.max(x)},
    "divided-by-largest-first": {"shift": lambda x: x / np.max(x)},
    "divided-by-largest-size-first": {"shift": lambda x: x / max(1.0, np.max(np.abs(x)))},
    "divided-by-sum-first": {"shift": lambda x: x / np.sum(x)},
    "standardised-first": {"shift": lambda x: (x - np.mean(x)) / np.std(x)},
    "large-inputs-clipped": {"shift": lambda x: np.clip(x, -500, 500)},
    "large-inputs-clipped-at-20": {"shift": lambda x: np.clip(x, -20, 20)},
    "magnitudes-of-inputs": {"shift": lambda x: np.abs(x) - np.max(np.abs(x))},
}

#: What is computed in place of the exponential of each input.
_EXPONENTS: Faults = {
    "no-exponential": {"shift": same, "exponent": same},
    "no-exponential-after-shift": {"exponent": same},
    "squares-in-place-of-exponentials": {"shift": same, "exponent": np.square},
    "sizes-in-place-of-exponentials": {"shift": same, "exponent": np.abs},
    "positive-parts-in-place-of-exponentials": {
        "shift": same,
        "exponent": lambda y: np.maximum(y, 0),
    },
    "inputs-negated": {"shift": lambda x: np.min(x) - x},
    "inputs-negated-after-shift": {"exponent": lambda y: np.exp(-y)},
    "powers-of-2": {"exponent": np.exp2},
    "powers-of-10": {"exponent": lambda y: 10.0**y},
    "inputs-doubled": {"exponent": lambda y: np.exp(2 * y)},
    "inputs-halved": {"exponent": lambda y: np.exp(y / 2)},
    "inputs-divided-by-root-of-length": {"exponent": lambda y: np.exp(y / math.sqrt(len(y)))},
    "sigmoids-normalised": {"shift": same, "exponent": sigmoid},
}

#: What the exponentials are divided by.
_TOTALS: Faults = {
    "not-normalised": {"total": lambda e, y, x: 1},
    "divided-by-largest": {"shift": same, "total": lambda e, y, x: np.max(e)},
    "exponentials-divided-by-length": {"total": lambda e, y, x: len(e)},
    "divided-by-mean": {"total": lambda e, y, x: np.mean(e)},
    "divided-by-sum-of-inputs": {"total": lambda e, y, x: np.sum(x)},
    "divided-by-euclidean-length": {"total": lambda e, y, x: np.linalg.norm(e)},
    "divided-by-exponential-of-sum": {"total": lambda e, y, x: np.exp(np.sum(y))},
    "divided-by-sum-of-others": {"total": lambda e, y, x: np.sum(e) - e},
    "divided-by-sum-so-far": {"total": lambda e, y, x: np.cumsum(e)},
    "divided-by-sum-of-unshifted": {"total": lambda e, y, x: np.sum(np.exp(x))},
    "only-the-sum-shifted": {"shift": same, "total": lambda e, y, x: np.sum(np.exp(x - np.max(x)))},
    "sum-starts-at-1": {"total": lambda e, y, x: 1 + np.sum(e)},
    "sum-misses-last": {"total": lambda e, y, x: np.sum(e[:-1])},
    "sum-misses-first": {"total": lambda e, y, x: np.sum(e[1:])},
}


def _one_hot(x: Any) -> Any:
    return (np.arange(len(x)) == np.argmax(x)) * 1.0


def _log_softmax(x: Any) -> Any:
    y = x - np.max(x)
    return y - np.log(np.sum(np.exp(y)))


def _stretched(x: Any) -> Any:
    return (x - np.min(x)) / (np.max(x) - np.min(x))


def _whole(function: Step) -> dict[str, Step]:
    """The steps of a student who computes another function altogether."""
    return {**_SOFTMAX_STEPS, "other": lambda probabilities, x: function(x)}


_SOFTMAX_STEPS: dict[str, Step] = {
    "shift": _without_maximum,
    "exponent": np.exp,
    "total": lambda e, y, x: np.sum(e),
    "other": lambda probabilities, x: probabilities,
}

_OTHER_FUNCTIONS: Faults = {
    "sigmoid-in-place-of-softmax": _whole(sigmoid),
    "one-for-the-largest": _whole(_one_hot),
    "position-of-the-largest": _whole(np.argmax),
    "log-softmax": _whole(_log_softmax),
    "stretched-from-0-to-1": _whole(_stretched),
    "softmax-twice": _whole(lambda x: stable_softmax(stable_softmax(x))),
}


def _softmax(s: Any, c: Any, x: Any) -> Any:
    inputs = np.asarray(x, dtype=float)
    y = s.shift(inputs)
    e = s.exponent(y)
    return finish(s, s.keep(s.other(e / s.total(e, y, inputs), inputs), x))


softmax = Recipe("softmax", _softmax, **_SOFTMAX_STEPS, keep=lambda p, x: p, **OUTPUT_STEPS)
declare(softmax, _SHIFTS | _EXPONENTS | _TOTALS | _OTHER_FUNCTIONS | VECTOR_SHAPES)
softmax.add("whole-number-buffer", keep=whole_number_buffer)
# Probabilities are not negative; the unit vector is the exponentials by their Euclidean length.
add_array_faults(
    softmax, without=("absolute-values", "negative-entries-set-to-0", "normalised-to-length-one")
)

# --- softmax_jacobian ---------------------------------------------------------------------------


def _right_diagonal(s: Any, x: Any) -> Any:
    return s * (1 - s)


def _right_off(s: Any, x: Any) -> Any:
    return -np.outer(s, s)


def _rows(row: Any) -> Any:
    """A matrix of which every row is ``row``: entry [i, j] is ``row[j]``."""
    return np.tile(row, (len(row), 1))


def _columns(column: Any) -> Any:
    """A matrix of which every column is ``column``: entry [i, j] is ``column[i]``."""
    return _rows(column).T


#: What stands for the outputs of softmax in the formula.
_SOURCES: Faults = {
    "inputs-in-place-of-softmax": {"source": lambda c, x: x},
    "exponentials-in-place-of-softmax": {"source": lambda c, x: np.exp(x)},
    # The same with an infinity taken off an infinity, as diag(e) - outer(e, e) does.
    "exponentials-in-place-of-softmax-by-matrix": {
        "source": lambda c, x: np.exp(x),
        "diagonal": lambda s, x: s - s * s,
    },
    "shifted-exponentials-in-place-of-softmax": {"source": lambda c, x: np.exp(x - np.max(x))},
    "no-shift": {"source": lambda c, x: _unstable(x)},
    "no-shift-with-math-exp": {"source": lambda c, x: _plain_exp(x) / np.sum(_plain_exp(x))},
    "smallest-subtracted": {"source": lambda c, x: _unstable(x - np.min(x))},
    "mean-subtracted": {"source": lambda c, x: _unstable(x - np.mean(x))},
    "softmax-twice": {"source": lambda c, x: c.softmax(c.softmax(x))},
    "sigmoid-in-place-of-softmax": {"source": lambda c, x: sigmoid(x)},
    "no-exponential": {"source": lambda c, x: x / np.sum(x)},
    "inputs-negated": {"source": lambda c, x: c.softmax(-x)},
    "log-softmax-in-place-of-softmax": {"source": lambda c, x: _log_softmax(x)},
}

#: What stands on the diagonal, where an input meets its own output.
_DIAGONALS: dict[str, Step] = {
    "diagonal-without-competition": lambda s, x: s,
    "diagonal-like-the-rest": lambda s, x: -s * s,
    "diagonal-squared": lambda s, x: s * s,
    "diagonal-one-minus": lambda s, x: 1 - s,
    "diagonal-sign-turned": lambda s, x: -s * (1 - s),
    "diagonal-with-plus": lambda s, x: s * (1 + s),
    "diagonal-one-minus-square": lambda s, x: 1 - s * s,
    "diagonal-ones": lambda s, x: np.ones_like(s),
    "diagonal-left-at-0": lambda s, x: np.zeros_like(s),
    "diagonal-mixes-in-inputs": lambda s, x: s * (1 - x),
}

#: What stands off the diagonal, where an input meets another's output.
_OFFS: dict[str, Step] = {
    "off-diagonal-sign-lost": lambda s, x: np.outer(s, s),
    "off-diagonal-left-at-0": lambda s, x: np.zeros((len(s), len(s))),
    "off-diagonal-one-minus-other": lambda s, x: np.outer(s, 1 - s),
    "off-diagonal-one-minus-own": lambda s, x: np.outer(1 - s, s),
    "off-diagonal-both-one-minus": lambda s, x: -np.outer(1 - s, 1 - s),
    "off-diagonal-negated-one-minus-other": lambda s, x: -np.outer(s, 1 - s),
    "slopes-fill-every-row": lambda s, x: _rows(s * (1 - s)),
    "slopes-fill-every-column": lambda s, x: _columns(s * (1 - s)),
    "squares-across-each-row": lambda s, x: -_columns(s * s),
    "squares-down-each-column": lambda s, x: -_rows(s * s),
    "off-diagonal-minus-own": lambda s, x: -_columns(s),
    "off-diagonal-minus-other": lambda s, x: -_rows(s),
    "off-diagonal-own": lambda s, x: _columns(s),
    "off-diagonal-other": lambda s, x: _rows(s),
    "off-diagonal-difference": lambda s, x: _columns(s) - _rows(s),
    "off-diagonal-inner-product": lambda s, x: np.full((len(s), len(s)), -(s @ s)),
    "off-diagonal-mixes-in-inputs": lambda s, x: -np.outer(s, x),
}

#: One slip that changes the diagonal and the rest together.
_FORMULAS: Faults = {
    "cases-exchanged": {"diagonal": lambda s, x: -s * s, "off": lambda s, x: np.outer(s, 1 - s)},
    "cases-exchanged-own-slope": {
        "diagonal": lambda s, x: -s * s,
        "off": lambda s, x: _columns(s * (1 - s)),
    },
    "outer-product-alone": {"diagonal": lambda s, x: s * s, "off": lambda s, x: np.outer(s, s)},
    "outer-product-added": {
        "diagonal": lambda s, x: s * (1 + s),
        "off": lambda s, x: np.outer(s, s),
    },
    "inner-product-in-place-of-outer": {
        "diagonal": lambda s, x: s - s @ s,
        "off": lambda s, x: np.full((len(s), len(s)), -(s @ s)),
    },
    "probabilities-subtracted": {
        "diagonal": lambda s, x: np.zeros_like(s),
        "off": lambda s, x: -_rows(s),
    },
    "jacobian-of-log-softmax": {"diagonal": lambda s, x: 1 - s, "off": lambda s, x: -_rows(s)},
    "jacobian-of-log-softmax-across": {
        "diagonal": lambda s, x: 1 - s,
        "off": lambda s, x: -_columns(s),
    },
    "inputs-mixed-in": {
        "diagonal": lambda s, x: s * (1 - x),
        "off": lambda s, x: -np.outer(s, x),
    },
}

_TRIANGLES: Faults = {
    "upper-triangle-only": {"layout": np.triu},
    "lower-triangle-only": {"layout": np.tril},
    "only-the-first-entry-filled": {"layout": first_filled},
    "last-row-left-at-0": {"layout": lambda J: np.vstack([J[:-1], np.zeros_like(J[-1:])])},
    "matrix-product-with-itself": {"layout": lambda J: J @ J},
}


def _softmax_jacobian(s: Any, c: Any, x: Any) -> Any:
    inputs = np.asarray(x, dtype=float)
    p = np.asarray(s.source(c, inputs))
    own = np.eye(len(p), dtype=bool)
    J = np.where(own, s.diagonal(p, inputs), s.off(p, inputs))
    return finish(s, s.keep(s.layout(J), x))


softmax_jacobian = Recipe(
    "softmax_jacobian",
    _softmax_jacobian,
    source=lambda c, x: c.softmax(x),
    diagonal=_right_diagonal,
    off=_right_off,
    layout=same,
    keep=lambda J, x: J,
    **OUTPUT_STEPS,
)
declare(softmax_jacobian, _SOURCES | _FORMULAS | MATRIX_LAYOUTS | _TRIANGLES)
declare(softmax_jacobian, {id: {"diagonal": step} for id, step in _DIAGONALS.items()})
declare(softmax_jacobian, {id: {"off": step} for id, step in _OFFS.items()})
softmax_jacobian.add("whole-number-buffer", keep=whole_number_buffer)
add_array_faults(
    softmax_jacobian,
    without=(
        # Only the entries off the diagonal are negative: these are faults of theirs.
        "absolute-values",
        "negative-entries-set-to-0",
        # All entries are so small that nothing but zeros is left.
        "cut-to-whole-numbers",
        "rounded-to-whole-numbers",
        "column-shape",
        "row-shape",
    ),
)
