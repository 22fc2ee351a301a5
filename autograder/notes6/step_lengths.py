"""Updates whose gradients are brought to a length where they are longer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.assignment.judging import Floats
from autograder.assignment.rows import Row, public
from autograder.source.phrases import Said, said

#: So many long gradients at least must show it.
FEWEST = 3
#: What rounding may leave of a step, for lengths of about 1.
_ROUNDING = 1e-8


def cut_to_length(rows: list[Row]) -> Iterator[Said]:
    """Say so where each gradient, or all of a call together, are brought to a length."""
    for which, together in (("each", False), ("all", True)):
        length = _longest(rows, together=together)
        if length is None:
            continue
        if _longest(public(rows), together=together, fewest=1) is None:
            yield said(f"update_weights.cut_{which}")
        else:
            yield said(f"update_weights.cut_{which}_told", length=f"{length:.4g}")
        return


def _longest(rows: list[Row], *, together: bool, fewest: int = FEWEST) -> float | None:
    """The length that longer gradients are brought to, if nothing else is wrong."""
    cut, kept = [], [0.0]
    for gone, right in _steps(rows, together=together):
        own, full = float(np.linalg.norm(gone)), float(np.linalg.norm(right))
        if np.allclose(gone, right, rtol=1e-6, atol=1e-6 * full):
            kept.append(full)
        elif own < full and np.allclose(gone * full, right * own, rtol=1e-4, atol=1e-6 * full):
            cut.append(own)
        else:
            return None
    if len(cut) < fewest or not np.allclose(cut, cut[0], rtol=1e-4):
        return None
    return cut[0] if max(kept) <= cut[0] * (1 + 1e-6) else None


def _steps(rows: list[Row], *, together: bool) -> Iterator[tuple[Floats, Floats]]:
    """What was taken from weights, over the rate, beside their gradient.

    Beside large weights a short step is lost in rounding: these say nothing.
    """
    for row in rows:
        weights, gradients, rate = row.probe.arguments
        if not (row.has_right_shapes and row.given and rate):
            continue
        largest = max(float(np.abs(W).max(initial=0)) for W in weights)
        if largest * np.finfo(float).eps / abs(rate) > _ROUNDING:
            continue
        gone = [(np.ravel(W) - g.ravel()) / rate for W, g in zip(weights, row.given, strict=True)]
        right = [np.ravel(G).astype(float) for G in gradients]
        if together:
            gone, right = [np.concatenate(gone)], [np.concatenate(right)]
        yield from zip(gone, right, strict=True)
