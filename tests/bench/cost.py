"""What grading some submissions took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

SEED = 6
METER = Path(__file__).with_name("meter.py")


class BenchFailed(SystemExit):
    """A command did not do what is measured."""


@dataclass(frozen=True)
class Cost:
    """What some submissions took.

    Attributes
    ----------
    count : int
        Submissions.
    cpu, wall : float
        Seconds; CPU time is that of all processes together.
    largest : float
        The memory of the largest process in MB, shared pages included.
    totals : tuple of float
        The memory of all processes together in MB, from beginning to end.
    leader_cpu : float
        Seconds of CPU time of the command's first process alone.
    """

    count: int
    cpu: float
    wall: float
    largest: float
    totals: tuple[float, ...]
    leader_cpu: float = 0.0

    @property
    def total(self) -> float:
        """The most memory of all processes together, in MB."""
        return max(self.totals, default=0.0)


@dataclass(frozen=True)
class Measured:
    """A way to grade, measured with many submissions and, to know its start-up, with few."""

    many: Cost
    few: Cost | None = None

    def each(self, kind: str) -> float:
        """Seconds for a submission, start-up included; of ``"cpu"`` or another attribute."""
        return float(getattr(self.many, kind)) / self.many.count

    def further(self, kind: str) -> float | None:
        """Seconds for one more submission, where the start-up can be told apart."""
        if self.few is None or self.few.count == self.many.count:
            return None
        more = self.many.count - self.few.count
        return float(getattr(self.many, kind) - getattr(self.few, kind)) / more


def run(
    command: Iterable[str | Path],
    folder: Path,
    count: int = 1,
    *,
    good: Collection[int] = (0,),
    path: Path | None = None,
) -> Cost:
    """Run a command in a folder and measure it with all that it starts.

    Parameters
    ----------
    command : iterable of str or Path
    folder : Path
        Where it runs, and where what it says is kept.
    count : int
        The submissions that it grades.
    good : collection of int
        The exit statuses of a command that did what is measured.
    path : Path, optional
        Where it finds programs before those of ``PATH``.

    Raises
    ------
    BenchFailed
        If its exit status is none of the good ones: what failed must not pass for fast.
    """
    report, said = folder / "cost.json", folder / "said.txt"
    with said.open("wb") as output:
        found = os.pathsep.join([*([str(path)] if path else []), os.environ["PATH"]])
        status = subprocess.run(
            [sys.executable, "-I", METER, report, *command],
            cwd=folder,
            env={**os.environ, "AUTOGRADER_SEED": str(SEED), "PATH": found},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        ).returncode
    if status not in good:
        tail = said.read_text(errors="replace")[-2000:]
        raise BenchFailed(f"{' '.join(map(str, command))} ended with {status}:\n{tail}")
    measured = json.loads(report.read_text())
    return Cost(count, **{**measured, "totals": tuple(measured["totals"])})


def added(costs: Iterable[Cost]) -> Cost:
    """One cost for commands that ran one after another."""
    all_ = list(costs)
    return Cost(
        sum(cost.count for cost in all_),
        sum(cost.cpu for cost in all_),
        sum(cost.wall for cost in all_),
        max(cost.largest for cost in all_),
        tuple(total for cost in all_ for total in cost.totals),
        sum(cost.leader_cpu for cost in all_),
    )
