"""Curves drawn as inline SVG: one line for each series, its name at its end."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

WIDTH, HEIGHT = 416, 232
#: The plot's own edges; to the right of it stand the names.
LEFT, RIGHT, TOP, BOTTOM = 62, 286, 30, 184
#: Names and ticks nearer to each other than this would overlap.
LINE, MOST_TICKS = 17, 5
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def curves(picture: dict[str, Any]) -> dict[str, Any]:
    """Measure out a picture of curves.

    Parameters
    ----------
    picture : dict
        ``title``, ``x`` and ``y`` (what the axes show), ``first`` (the first place), ``log``
        (whether the upright axis goes in powers of ten), ``series`` (pairs of a name and its
        numbers, above 0), ``words``.
    """
    series = picture["series"]
    ticks = _powers(series) if picture["log"] else _linear(series)
    low, high = ticks[0][0], ticks[-1][0]
    last = max(len(values) for _, values in series) - 1

    def x(at: int) -> float:
        return round(LEFT + (RIGHT - LEFT) * at / last, 1)

    def y(value: float) -> float:
        placed = log10(value) if picture["log"] else value
        return round(BOTTOM - (BOTTOM - TOP) * (placed - low) / (high - low), 1)

    def height(tick: float) -> float:
        return y(10**tick if picture["log"] else tick)

    lines = [
        {"name": name, "points": [(x(k), y(value)) for k, value in enumerate(values)]}
        for name, values in series
    ]
    return {
        "title": picture["title"],
        "words": picture["words"],
        "x": picture["x"],
        "y": picture["y"],
        "lines": _with_names(lines),
        "ticks": [(height(tick), name) for tick, name in ticks],
        "ends": [(x(at), str(picture["first"] + at)) for at in (0, last)],
    }


def _powers(series: list[tuple[str, list[float]]]) -> list[tuple[int, str]]:
    logs = [log10(value) for _, values in series for value in values]
    low, high = floor(min(logs)), ceil(max(logs))
    step = max(1, ceil((high - low) / (MOST_TICKS - 1)))
    return [(power, f"10{str(power).translate(RAISED)}") for power in range(low, high + step, step)]


def _linear(series: list[tuple[str, list[float]]]) -> list[tuple[float, str]]:
    top = max(value for _, values in series for value in values)
    step = 10.0 ** floor(log10(top))
    while top / step > MOST_TICKS - 1:
        step *= 2
    while top / step < 2:
        step /= 2
    return [(step * k, f"{step * k:g}") for k in range(ceil(top / step) + 1)]


def _with_names(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each name at its line's end, moved down where two would overlap."""
    by_height = sorted(lines, key=lambda line: line["points"][-1][1])
    for line in by_height:
        line["name_y"] = line["points"][-1][1] + 4
    for above, below in pairwise(by_height):
        below["name_y"] = max(below["name_y"], above["name_y"] + LINE)
    return lines
