"""What submissions that hang add to a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.the_assignment import load_config

from .classes import add_hanging, hanging_seconds, make_class
from .cost import Cost
from .ways import grade

JOBS = 2


@dataclass(frozen=True)
class Stall:
    """A class graded without and with submissions that hang.

    Attributes
    ----------
    without, together : Cost
    limits : tuple of float
        The seconds that the limits allow each of those that hang.
    """

    without: Cost
    together: Cost
    limits: tuple[float, ...]

    @property
    def hanging(self) -> int:
        return self.together.count - self.without.count

    @property
    def added(self) -> float:
        """Seconds on the clock."""
        return self.together.wall - self.without.wall

    @property
    def shared(self) -> float:
        """The limits divided by the processes."""
        return sum(self.limits) / JOBS

    @property
    def longest_last(self) -> float:
        """What the limits allow when the one that hangs longest is begun last."""
        return self.shared + max(self.limits) * (1 - 1 / JOBS)


def stall(folder: Path, count: int) -> Stall:
    """Grade a class of a size, and the same with one that hangs for each nineteen."""
    without, together = folder / "without", folder / "together"
    for place in (without, together):
        make_class(place, count)
    limits = load_config().limits
    seconds = tuple(hanging_seconds(every, limits) for every in add_hanging(together, count))
    return Stall(
        grade(without, folder / "out-without", JOBS, folder),
        grade(together, folder / "out-together", JOBS, folder),
        seconds,
    )
