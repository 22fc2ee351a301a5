"""The figures as they stand in the docs: sections between two comments, written anew each time."""

from __future__ import annotations

import os
import platform
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from .cost import BenchFailed, Cost, Measured
from .hanging import JOBS, Stall
from .ways import BARE, NBGRADER_WAY, ONE_JOB, OTTER, PYTEST, TWO_JOBS

Round = dict[str, Measured]

#: The plan for a cluster: submissions, and cores.
PLANNED = 100_000
CORES = (2, 16, 64)
#: A run is long with so many submissions.
LONG = 1000


def write_section(page: Path, name: str, lines: Iterable[str]) -> None:
    """Replace what stands between ``<!-- name -->`` and ``<!-- end of name -->``.

    Raises
    ------
    BenchFailed
        If the page has no such section.
    """
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    text = page.read_text(encoding="utf-8")
    body = "\n".join(lines)
    if not pattern.search(text):
        raise BenchFailed(f"{page} has no section called {name}")
    text = pattern.sub(lambda match: f"{match[1]}\n{body}\n\n{match[2]}", text)
    page.write_text(text, encoding="utf-8")


def figure(value: float) -> str:
    """Three digits that count, or all before the point."""
    return f"{value:,.0f}" if value >= 99.95 else f"{value:.3g}"


def spread(values: Sequence[float]) -> str:
    """The median with the smallest and the largest."""
    middle = figure(statistics.median(values))
    if len(values) == 1:
        return middle
    return f"{middle} ({figure(min(values))} to {figure(max(values))})"


def machine() -> str:
    """What the figures were measured on."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, NumPy {np.__version__}"
    )


# --- the ways beside each other ------------------------------------------------------------------


def results(rounds: Sequence[Round], compared: int) -> Iterator[str]:
    """The ways' table, and above it what it says in short."""
    yield f"{len(rounds)} interleaved rounds; {machine()}. Medians, smallest and largest.\n"
    yield from headlines(rounds)
    if compared:
        yield (
            f"- The scores of `autograder grade` and `otter run` were compared, test by test, for "
            f"{compared} submissions: all are equal."
        )
    yield ""
    yield from times(rounds)
    yield ""
    yield from memories(rounds)


def headlines(rounds: Sequence[Round]) -> Iterator[str]:
    """What the table says about throughput and the floor, as far as its ways were measured."""
    ways = rounds[0].keys()
    if TWO_JOBS in ways:
        count = rounds[0][TWO_JOBS].many.count
        seconds = [r[TWO_JOBS].many.wall for r in rounds]
        yield (
            f"- `autograder grade -j 2` grades {count:,} submissions, with scores, explanations "
            f"and pages, in {spread(seconds)} s: "
            f"{spread([count / s for s in seconds])} each second."
        )
        for name in (OTTER, NBGRADER_WAY, PYTEST):
            if name in ways:
                times = [r[name].each("wall") / r[TWO_JOBS].each("wall") for r in rounds]
                yield f"- That is {spread(times)} times the throughput of {name}."
    if ONE_JOB in ways and BARE in ways:
        over = [r[ONE_JOB].each("cpu") / r[BARE].each("cpu") for r in rounds]
        yield f"- `-j 1` takes {spread(over)} times the floor's CPU time."
        pairs = [(r[ONE_JOB].further("cpu"), r[BARE].further("cpu")) for r in rounds]
        further = [ours / floor for ours, floor in pairs if ours and floor and floor > 0]
        if further:
            yield f"- Start-up left out, it takes {spread(further)} times the floor's."


def times(rounds: Sequence[Round]) -> Iterator[str]:
    """The time table: ratios are taken within a round, so that other work falls on all alike."""
    yield (
        "| way | submissions | CPU each, ms | CPU for one more, ms | CPU, times the first | "
        "wall each, ms | wall, times the first |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    base = next(iter(rounds[0]))
    for name in rounds[0]:
        measured = [r[name] for r in rounds]
        cells = [
            name,
            f"{measured[0].many.count:,}",
            spread([1e3 * m.each("cpu") for m in measured]),
            _further_cell(measured),
            spread([r[name].each("cpu") / r[base].each("cpu") for r in rounds]),
            spread([1e3 * m.each("wall") for m in measured]),
            spread([r[name].each("wall") / r[base].each("wall") for r in rounds]),
        ]
        yield f"| {' | '.join(cells)} |"
    if NBGRADER_WAY not in rounds[0]:
        yield f"| {NBGRADER_WAY} | not measured | | | | | |"


def _further_cell(measured: Sequence[Measured]) -> str:
    further = [cost for m in measured if (cost := m.further("cpu")) is not None]
    return spread([1e3 * cost for cost in further]) if further else ""


def memories(rounds: Sequence[Round]) -> Iterator[str]:
    """The memory table."""
    yield "| way | largest process, MB | all processes together, MB |"
    yield "| --- | --- | --- |"
    for name in rounds[0]:
        costs = [r[name].many for r in rounds]
        largest, total = max(c.largest for c in costs), max(c.total for c in costs)
        yield f"| {name} | {largest:.0f} | {total:.0f} |"


# --- start-up, hanging, the curve, the plan ------------------------------------------------------


def start_up(helps: Sequence[Cost], bare: Sequence[Cost]) -> Iterator[str]:
    """How long ``autograder --help`` takes beside a Python that does nothing."""
    ratios = [ours.wall / least.wall for ours, least in zip(helps, bare, strict=True)]
    yield "| command | wall, ms | CPU, ms | wall, times Python's |"
    yield "| --- | --- | --- | --- |"
    for name, costs in (("`autograder --help`", helps), ("`python -c pass`", bare)):
        wall, cpu = spread([1e3 * c.wall for c in costs]), spread([1e3 * c.cpu for c in costs])
        yield f"| {name} | {wall} | {cpu} | {spread(ratios) if costs is helps else '1'} |"


def hanging(stalls: Sequence[Stall]) -> Iterator[str]:
    """What the submissions that hang add to a run, beside what their limits allow them."""
    first = stalls[0]
    yield (
        f"{first.without.count} submissions, and the same with {first.hanging} more that hang, "
        f"`-j {JOBS}`. Their limits add up to {sum(first.limits):.0f} s.\n"
    )
    yield (
        f"| without, s | with, s | added, s | limits / {JOBS}, s | added, times that | "
        "longest last, s |"
    )
    yield "| --- | --- | --- | --- | --- | --- |"
    yield (
        f"| {spread([s.without.wall for s in stalls])} | "
        f"{spread([s.together.wall for s in stalls])} | {spread([s.added for s in stalls])} | "
        f"{first.shared:.0f} | {spread([s.added / s.shared for s in stalls])} | "
        f"{first.longest_last:.0f} |"
    )


def curve(costs: Sequence[Cost]) -> Iterator[str]:
    """What a submission takes, and the memory, as the class grows."""
    yield f"`autograder grade -j {JOBS}`, one run for each size; {machine()}.\n"
    yield (
        "| submissions | wall, s | CPU, s | CPU each, ms | CPU for one more, ms | "
        "largest process, MB | all together, MB | at the end, times at the beginning |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    smaller: Cost | None = None
    for cost in costs:
        measured = Measured(cost, smaller)
        yield (
            f"| {cost.count:,} | {cost.wall:.1f} | {cost.cpu:.1f} | "
            f"{1e3 * measured.each('cpu'):.3g} | {_further_cell([measured])} | "
            f"{cost.largest:.0f} | {cost.total:.0f} | {_growth_cell(cost)} |"
        )
        smaller = cost
    if len(costs) > 1:
        largest = Measured(costs[-1], costs[-2])
        before = largest.many.cpu - largest.many.count * (largest.further("cpu") or 0.0)
        yield f"\nWhat the last two leave as start-up: {figure(before)} s of CPU time."


def _growth_cell(cost: Cost) -> str:
    # In a short run the second fifth is still start-up.
    return f"{growth(cost.totals):.2f}" if cost.count >= LONG else ""


def growth(totals: Sequence[float]) -> float:
    """The memory in the last fifth of a run, but for its end, beside that in the second fifth."""
    fifth = len(totals) // 5
    if not fifth:
        return 1.0
    early, late = totals[fifth : 2 * fifth], totals[-fifth : -max(1, fifth // 4)] or totals[-1:]
    return statistics.median(late) / statistics.median(early)


def plan(rounds: Sequence[Round], hang_seconds: float) -> Iterator[str]:
    """What 100,000 submissions take by the formulas that stand above the table."""
    each = _further_or_each([r[TWO_JOBS] for r in rounds], "cpu")
    leader = _further_or_each([r[TWO_JOBS] for r in rounds], "leader_cpu")
    hangs = hang_seconds / 100
    yield (
        f"*c* = {figure(1e3 * each)} ms, *h* = {figure(hang_seconds)} s, *p* = "
        f"{figure(1e3 * leader)} ms.\n"
    )
    yield "| cores | hours of CPU | wall clock, none hangs | with 1 % that hang in one function |"
    yield "| --- | --- | --- | --- |"
    for cores in CORES:
        hours = PLANNED * each / 3600
        alone = PLANNED * max(each / cores, leader)
        hanging = PLANNED * max((each + hangs) / cores, leader)
        yield f"| {cores} | {hours:.1f} | {_clock(alone)} | {_clock(hanging)} |"


def _further_or_each(measured: Sequence[Measured], kind: str) -> float:
    """The median; of the slope where there is one, as a single size has none."""
    further = [cost for m in measured if (cost := m.further(kind)) is not None]
    return statistics.median(further or [m.each(kind) for m in measured])


def _clock(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"
