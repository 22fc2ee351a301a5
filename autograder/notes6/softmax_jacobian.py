"""`softmax_jacobian`: what one output gains the others lose (6.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.assignment.exercise import Exercise
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    add_array_faults,
    declare,
    finish,
    first_filled,
    whole_number_buffer,
)
from autograder.assignment.recipe import Recipe, Step, same
from autograder.assignment.rows import Row
from autograder.notes6 import hand, ideas
from autograder.notes6.exponentials import LEADS_TO, cut_off, far_from_0, some_far_from_0
from autograder.notes6.formulas import VOCABULARIES
from autograder.notes6.quantities import QUANTITIES
from autograder.notes6.shown_by import SHOWN_BY
from autograder.notes6.softmax import (
    LOOKS,
    beyond_exp,
    log_softmax,
    plain_exp,
)
from autograder.notes6.vectors import (
    MATRIX_LAYOUTS,
    Faults,
    allowed,
    ordinary,
    sigmoid,
    vector_inputs,
)
from autograder.source.phrases import Said, said


def _unstable(x: Any) -> Any:
    exps = np.exp(x)
    return exps / np.sum(exps)


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
    "no-shift-with-math-exp": {"source": lambda c, x: plain_exp(x) / np.sum(plain_exp(x))},
    "smallest-subtracted": {"source": lambda c, x: _unstable(x - np.min(x))},
    "mean-subtracted": {"source": lambda c, x: _unstable(x - np.mean(x))},
    "softmax-twice": {"source": lambda c, x: c.softmax(c.softmax(x))},
    "sigmoid-in-place-of-softmax": {"source": lambda c, x: sigmoid(x)},
    "no-exponential": {"source": lambda c, x: x / np.sum(x)},
    # The same with nan or inf taken off one another, where the inputs add up to 0.
    "no-exponential-by-matrix": {
        "source": lambda c, x: x / np.sum(x),
        "diagonal": lambda s, x: s - s * s,
        "off": lambda s, x: np.diag(s) - np.outer(s, s),
    },
    # What softmax gives for one entry alone.
    "shares-of-1": {"source": lambda c, x: np.ones_like(x)},
    "inputs-negated": {"source": lambda c, x: c.softmax(-x)},
    "log-softmax-in-place-of-softmax": {"source": lambda c, x: log_softmax(x)},
}

#: What stands on the diagonal, where an input meets its own output.
_DIAGONALS: dict[str, Step] = {
    "diagonal-without-competition": lambda s, x: s,
    "diagonal-like-the-rest": lambda s, x: -s * s,
    "diagonal-squared": lambda s, x: s * s,
    "diagonal-one-minus": lambda s, x: 1 - s,
    "diagonal-sign-turned": lambda s, x: -s * (1 - s),
    "diagonal-doubled": lambda s, x: 2 * s * (1 - s),
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
    # Told of shares alone: of what is none its two parts tell more.
    "products-left-out": {
        "source": lambda c, x: c.softmax(x),
        "diagonal": lambda s, x: s,
        "off": lambda s, x: np.zeros((len(s), len(s))),
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
    "tanh-slope": {
        "diagonal": lambda s, x: 1 - s * s,
        "off": lambda s, x: np.zeros((len(s), len(s))),
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


recipe = Recipe(
    "softmax_jacobian",
    _softmax_jacobian,
    source=lambda c, x: c.softmax(x),
    diagonal=_right_diagonal,
    off=_right_off,
    layout=same,
    keep=lambda J, x: J,
    **OUTPUT_STEPS,
)
declare(recipe, _SOURCES | _FORMULAS | MATRIX_LAYOUTS | _TRIANGLES)
declare(recipe, {id: {"diagonal": step} for id, step in _DIAGONALS.items()})
declare(recipe, {id: {"off": step} for id, step in _OFFS.items()})
recipe.add("whole-number-buffer", keep=whole_number_buffer)
add_array_faults(
    recipe,
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


#: So far from 0 a sum is seen not to be 0 in four digits.
_SEEN = 0.005


def _rows_add_up_to_0(rows: list[Row]) -> Iterator[Said]:
    wrong = [row for row in rows if row.given and row.has_right_shapes and not row.is_right]
    given = [row.given[0] for row in wrong if row.given and np.isfinite(row.given[0]).all()]
    if given and all(np.abs(g.sum(1)).max() > _SEEN for g in given):
        yield said("softmax_jacobian.rows_sum_to_0")


def _sums_of_rows(rows: list[Row]) -> Iterator[Said]:
    """Whether vectors come back that are 0 at each place: what its rows add up to."""
    given = [row.given[0] for row in rows if row.given and not row.is_right]
    vectors = [g for g in given if g.ndim == 1 and np.isfinite(g).all()]
    if len(vectors) >= 3 and all(np.abs(g).max(initial=0) < 1e-12 for g in vectors):
        yield said("softmax_jacobian.row_sums_alone")


#: A share times another one, with no minus before it.
_OWN_PRODUCT = r"(?:=|\(|\belse)\s*(\w+)\[(\w+)\]\s*\*\s*\1\[(?!\2\b)\w+\]"

exercise = Exercise(
    name="softmax_jacobian",
    question="practice_6_1",
    parameters=("x",),
    returns="array",
    section="6.2",
    inputs=lambda rng: vector_inputs("softmax_jacobian", rng, hand.X, None, beyond_exp),
    ordinary=ordinary,
    allowed=allowed,
    recipe=recipe,
    vocabulary=VOCABULARIES["softmax_jacobian"],
    quantities=QUANTITIES["softmax_jacobian"],
    shown_by=SHOWN_BY["softmax_jacobian"],
    properties=(cut_off, far_from_0, some_far_from_0, _rows_add_up_to_0, _sums_of_rows),
    leads_to=LEADS_TO | {"softmax_jacobian.row_sums_alone": "softmax_jacobian.row_sums_alone_next"},
    looks=LOOKS | {"off-diagonal-sign-lost": _OWN_PRODUCT},
    families={
        "sign": (
            "off-diagonal-sign-lost",
            "diagonal-sign-turned",
            "outer-product-added",
            "inputs-negated",
        ),
    },
    picture="jacobian",
    shown_when_right=ideas.zero_sums,
)
