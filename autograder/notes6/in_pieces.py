"""What comes out above some border, and what below it, asked of a function value by value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from autograder.assignment.exercise import Call
from autograder.assignment.rows import Row
from autograder.notes6.draws import Array
from autograder.source.phrases import InARow, Said, said

#: Values that are asked for at first, none of them one that people compare with.
_GRID = np.linspace(-6.43, 6.37, 59)
#: So many of them at least lie on each side, and so often what lies between is looked at closer.
_FEWEST, _TIMES = 4, 3
_MOST_DECIMALS = 2
#: The border of the notes.
_RIGHT_BORDER = -1.0
#: Vectors on which what was found has to hold, too: of other lengths and sizes.
_OTHERS = ([-0.7, 830.0, -910.0], [2.3, -3.1], [-1.7, 0.83, -0.13, 0.31, 1.9], [0.57])


@dataclass(frozen=True)
class _Piece:
    """What comes out on one side: ``factor`` times the value, and ``added``."""

    factor: float
    added: float

    def value(self, x: Array) -> Array:
        found: Array = self.factor * x + self.added
        return found

    def told(self) -> Said:
        factor, added = f"{self.factor:.4g}", f"{abs(self.added):.4g}"
        if self.factor == 0:
            return said("shared.piece_number", number=f"{self.added:.4g}")
        if self.added:
            how = "plus" if self.added > 0 else "minus"
            return said(f"shared.piece_{how}", number=added)
        return said(
            "shared.piece_itself" if self.factor == 1 else "shared.piece_times", factor=factor
        )


def in_pieces(
    right_above: tuple[float, float], rule_key: str = "shared.rule"
) -> Callable[[Call, list[Row]], Iterator[Said]]:
    """Make the experiment that looks for a border, and for what comes out on its two sides.

    Parameters
    ----------
    right_above : (float, float)
        What should come out above the border: a factor of the value, and what is added.
    rule_key : str
        The words for what comes out.
    """
    above_it, below_it = _Piece(*right_above), _Piece(0, 0)

    def experiment(call: Call, rows: list[Row]) -> Iterator[Said]:
        def ask(x: Array) -> Array | None:
            return _entries(call, x)

        found = _two_pieces(ask)
        if found is None:
            return
        below, above, border = found
        at = ask(np.array([border, border - 1]))
        if at is None or not _holds(below, above, border, ask):
            return
        from_it = bool(np.isclose(at[0], above.value(at[:1] * 0 + border)[0]))
        joined = bool(np.isclose(below.value(at * 0 + border)[0], above.value(at * 0 + border)[0]))
        where = "from" if from_it and not joined else "above"
        rule = said(
            rule_key,
            where=said(f"shared.{where}", border=f"{border:.4g}"),
            above=above.told(),
            below=below.told(),
        )
        passing, blocked = above != above_it, below != below_it
        if {above, below} == {above_it, below_it}:  # Where the two are exchanged, that tells all.
            passing = blocked = False
        other = {
            "shared.the_border": border != _RIGHT_BORDER,
            "shared.the_passing": passing and not blocked,
            "shared.the_blocked": blocked and not passing,
            "shared.the_values": passing and blocked,
        }
        parts = tuple(said(key) for key, is_other in other.items() if is_other)
        if parts:
            yield said("shared.in_pieces_other", rule=rule, parts=InARow(parts))
        else:
            yield said("shared.in_pieces", rule=rule)

    return experiment


def _entries(call: Call, x: Array) -> Array | None:
    """What comes out for each value; of a matrix its diagonal, beside which there is nothing."""
    answer = call([(x,)])[0]
    if answer is None or len(answer) != 1:
        return None
    given = np.asarray(answer[0], dtype=float)
    if given.shape == (x.size, x.size):
        diagonal = np.diagonal(given).copy()
        given = diagonal if not np.any(given - np.diag(diagonal)) else np.array([])
    return given if given.shape == x.shape and np.isfinite(given).all() else None


def _two_pieces(ask: Callable[[Array], Array | None]) -> tuple[_Piece, _Piece, float] | None:
    """What comes out below and above a border, and where that lies; none where it is not so."""
    given = ask(_GRID)
    if given is None:
        return None
    for at in range(len(_GRID) - _FEWEST, _FEWEST - 1, -1):
        below, above = (_piece(_GRID[part], given[part]) for part in (slice(at), slice(at, None)))
        if below and above:
            break
    else:
        return None
    low, high = _GRID[at - 1], _GRID[at]
    if below == above:
        return None
    for _ in range(_TIMES):
        x = np.linspace(low, high, 41)
        if (given := ask(x)) is None:
            return None
        is_below = np.isclose(given, below.value(x))
        if not (is_below[0] and not is_below[-1]):
            return None
        last = int(np.argmin(is_below)) - 1
        if not np.isclose(given, above.value(x))[last + 1 :].all():
            return None
        low, high = x[last], x[last + 1]
    for decimals in range(_MOST_DECIMALS + 1):
        border = round(float(low + high) / 2, decimals)
        if low - 1e-4 <= border <= high + 1e-4:
            return below, above, border
    return None


def _piece(x: Array, y: Array) -> _Piece | None:
    """A number, a multiple, or the value with something added, if that is what came out."""
    if np.ptp(y) < 1e-9:
        return _Piece(0, _short(y[0]))
    factor = _short(y[0] / x[0])
    for piece in (_Piece(factor, 0), _Piece(1, _short(y[0] - x[0]))):
        if np.allclose(y, piece.value(x), rtol=1e-6, atol=1e-8):
            return piece
    return None


def _short(number: float) -> float:
    """A number without what rounding has left behind it."""
    return float(np.round(number, 6)) + 0.0


def _holds(
    below: _Piece, above: _Piece, border: float, ask: Callable[[Array], Array | None]
) -> bool:
    """Whether the same comes out among other values, in vectors of other lengths."""
    for x in map(np.array, _OTHERS):
        given = ask(x)
        expected = np.where(x > border, above.value(x), below.value(x))
        if given is None or not np.allclose(given, expected, rtol=1e-5):
            return False
    return True
