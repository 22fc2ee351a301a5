"""How far a run is: a bar with rate and time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

#: Seconds between two lines where nobody watches a bar.
LINE_SECONDS = 10.0


@contextmanager
def progress(total: int) -> Iterator[Callable[[int, int], None]]:
    """Show the progress of a run on standard error.

    Yields
    ------
    callable
        To be called with the number done and the number of all, after each submission.
    """
    if sys.stderr.isatty():
        with click.progressbar(
            length=total, label="Grading", file=sys.stderr, item_show_func=lambda rate: rate
        ) as bar:
            started = time.monotonic()
            yield lambda done, total: bar.update(1, _rate(done, started))
    else:
        yield _Lines().tell


class _Lines:
    """Says now and then how far the run is."""

    def __init__(self) -> None:
        self._started = self._told = time.monotonic()

    def tell(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._told < LINE_SECONDS and done < total:
            return
        self._told = now
        left = (now - self._started) / done * (total - done)
        rate = _rate(done, self._started)
        click.echo(f"Graded {done} of {total}, {rate}, {left:.0f} s left", err=True)


def _rate(done: int, started: float) -> str:
    return f"{done / max(time.monotonic() - started, 1e-3):.3g} per second"
