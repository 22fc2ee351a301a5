"""Names for entries, so that nobody has to ask whether they are counted from 0 or from 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from autograder.source.phrases import Phrases

#: More single entries than this are told by their number alone.
MOST_NAMED = 4


def ordinal(index: int, say: Phrases) -> str:
    """The place of an index, counted as people do: the index 0 is the 1st."""
    return say("places.nth", count=index + 1)


def value_names(values: Sequence[Any], say: Phrases) -> list[str]:
    """Name inputs by their values; those that are there twice by their places too.

    For 0.5, -1 and 0.5 these are "0.5 (1st)", "-1" and "0.5 (3rd)".
    """
    texts = [v if isinstance(v, str) else f"{float(v) + 0.0:.4g}" for v in values]
    count = Counter(texts)
    return [f"{t} ({ordinal(k, say)})" if count[t] > 1 else t for k, t in enumerate(texts)]


def places(wrong: list[list[bool]], rows: list[str], columns: list[str], say: Phrases) -> str:
    """Say which entries of a matrix are marked, by what they have in common if it is simple.

    Parameters
    ----------
    wrong : list of list of bool
        At least one entry is marked and one is not.
    rows, columns : list of str
        What they are called, such as "the row of the output for 0.5".
    say : Phrases
    """
    marked = {(i, j) for i, row in enumerate(wrong) for j, w in enumerate(row) if w}
    everywhere = {(i, j) for i, row in enumerate(wrong) for j in range(len(row))}
    if len(rows) == len(columns):
        diagonal = {(i, j) for i, j in everywhere if i == j}
        below = {(i, j) for i, j in everywhere if i > j}
        shapes = {
            "places.on_diagonal": diagonal,
            "places.off_diagonal": everywhere - diagonal,
            "places.below_diagonal": below,
            "places.above_diagonal": everywhere - diagonal - below,
        }
        for key, shape in shapes.items():
            if marked == shape:
                return say(key)
    full_rows = [i for i in range(len(rows)) if all(wrong[i])]
    full_columns = [j for j in range(len(columns)) if all(row[j] for row in wrong)]
    if marked == {(i, j) for i, j in everywhere if i in full_rows}:
        return say.listed([rows[i] for i in full_rows])
    if marked == {(i, j) for i, j in everywhere if j in full_columns}:
        return say.listed([columns[j] for j in full_columns])
    if len(marked) <= MOST_NAMED:
        at = [say("places.at", row=rows[i], column=columns[j]) for i, j in sorted(marked)]
        return say.listed(at)
    return say("places.some", count=len(marked), all=len(everywhere))
