"""Names for entries, so that nobody has to ask whether they are counted from 0 or from 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

#: More single entries than this are told by their number alone.
MOST_NAMED = 4


def ordinal(index: int) -> str:
    """The place of an index, counted as people do.

    >>> [ordinal(k) for k in (0, 1, 2, 3, 10, 20)]
    ['1st', '2nd', '3rd', '4th', '11th', '21st']
    """
    place = index + 1
    teens = place % 100 in (11, 12, 13)
    return f"{place}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"


def value_names(values: Sequence[Any]) -> list[str]:
    """Name inputs by their values; those that are there twice by their places too.

    >>> value_names([0.5, -1, 0.5])
    ['0.5 (1st)', '-1', '0.5 (3rd)']
    """
    texts = [v if isinstance(v, str) else f"{float(v) + 0.0:.4g}" for v in values]
    count = Counter(texts)
    return [f"{t} ({ordinal(k)})" if count[t] > 1 else t for k, t in enumerate(texts)]


def places(wrong: list[list[bool]], rows: list[str], columns: list[str]) -> str:
    """Say which entries of a matrix are marked, by what they have in common if it is simple.

    Parameters
    ----------
    wrong : list of list of bool
        At least one entry is marked and one is not.
    rows, columns : list of str
        What they are called, such as "the row of the output for 0.5".
    """
    marked = {(i, j) for i, row in enumerate(wrong) for j, w in enumerate(row) if w}
    everywhere = {(i, j) for i, row in enumerate(wrong) for j in range(len(row))}
    if len(rows) == len(columns):
        diagonal = {(i, j) for i, j in everywhere if i == j}
        below = {(i, j) for i, j in everywhere if i > j}
        shapes = {
            "everything on the diagonal": diagonal,
            "everything off the diagonal": everywhere - diagonal,
            "everything below the diagonal": below,
            "everything above the diagonal": everywhere - diagonal - below,
        }
        for words, shape in shapes.items():
            if marked == shape:
                return words
    full_rows = [i for i in range(len(rows)) if all(wrong[i])]
    full_columns = [j for j in range(len(columns)) if all(row[j] for row in wrong)]
    if marked == {(i, j) for i, j in everywhere if i in full_rows}:
        return listed([rows[i] for i in full_rows])
    if marked == {(i, j) for i, j in everywhere if j in full_columns}:
        return listed([columns[j] for j in full_columns])
    if len(marked) <= MOST_NAMED:
        return listed([f"where {rows[i]} meets {columns[j]}" for i, j in sorted(marked)])
    return f"{len(marked)} of {len(everywhere)} entries"


def listed(words: Sequence[str]) -> str:
    """Words with commas between them and "and" before the last."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
