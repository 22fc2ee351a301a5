"""``python -m tests.bench``: measure, and write the figures into the docs."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.the_assignment import load_config

from . import page
from .classes import hanging_seconds
from .cost import Cost, run
from .curve import curve, draw
from .hanging import Stall, stall
from .ways import TWO_JOBS, Bench

DOCS = Path(__file__).parents[2] / "docs"
#: A run with submissions that hang is mostly waiting: so many rounds are enough.
HANGING_ROUNDS = 2
#: Of what the table says the README quotes the first lines: how long a class takes, and Otter.
QUOTED = 2


def main(arguments: list[str] | None = None) -> None:
    """Run the bench, or one part of it."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if options.curve:
            _curve(options, folder)
        else:
            _start_up(options, folder)
            if options.count:
                _rounds(options, folder)
            if options.hanging:
                _hanging(options, folder)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=1000, help="submissions; 0: no table")
    parser.add_argument("--small", type=int, default=100, help="of the class for the start-up")
    parser.add_argument("--few", type=int, default=3, help="for ways with a process for each")
    parser.add_argument("--only", nargs="+", metavar="WAY", help="ways whose names hold this")
    parser.add_argument("--hanging", type=int, default=200, help="submissions; 0: none that hang")
    parser.add_argument("--curve", type=int, nargs="+", metavar="SIZE", help="the curve alone")
    parser.add_argument("--docs", type=Path, default=DOCS, help="the folder that is written to")
    return parser.parse_args(arguments)


def _start_up(options: argparse.Namespace, folder: Path) -> None:
    autograder = Path(sys.executable).with_name("autograder")
    helps, bare = [], []
    for _ in range(2 * options.rounds):
        helps.append(run([autograder, "--help"], folder))
        bare.append(run([sys.executable, "-c", "pass"], folder))
    _write(options, "start-up", page.start_up(helps, bare))


def _rounds(options: argparse.Namespace, folder: Path) -> None:
    bench = Bench(folder, options.count, options.small, options.few)
    ways = {
        name: way
        for name, way in bench.ways().items()
        if not options.only or any(part in name for part in options.only)
    }
    rounds: list[page.Round] = []
    for number in range(options.rounds):
        rounds.append({name: way(number) for name, way in ways.items()})
        _say(f"round {number + 1} of {options.rounds}")
        # After each round, so that a run that is stopped leaves what it has measured.
        _write(options, "results", page.results(rounds, len(bench.compared)))
    if TWO_JOBS in ways:
        seconds = hanging_seconds(False, load_config().limits)
        page.write_section(options.docs / "cluster.md", "plan", page.plan(rounds, seconds))
        readme = options.docs.parent / "README.md"
        page.write_section(readme, "speed", list(page.headlines(rounds))[:QUOTED])


def _hanging(options: argparse.Namespace, folder: Path) -> None:
    stalls: list[Stall] = []
    for number in range(min(HANGING_ROUNDS, options.rounds)):
        place = folder / f"hanging-{number}"
        place.mkdir()
        stalls.append(stall(place, options.hanging))
        _say(f"hanging, round {number + 1}")
        _write(options, "hanging", page.hanging(stalls))


def _curve(options: argparse.Namespace, folder: Path) -> None:
    costs: list[Cost] = []
    for cost in curve(folder, options.curve):
        costs.append(cost)
        _say(f"{cost.count} submissions: {cost.wall:.0f} s")
        _write(options, "curve", page.curve(costs))
        draw(costs, options.docs / "images" / "bench-curve.svg")


def _write(options: argparse.Namespace, name: str, lines: Iterable[str]) -> None:
    page.write_section(options.docs / "bench.md", name, lines)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
