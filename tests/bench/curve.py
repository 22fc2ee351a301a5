"""How cost and memory grow with the class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from .classes import make_class
from .cost import Cost
from .hanging import JOBS
from .ways import grade


def curve(folder: Path, sizes: Sequence[int]) -> Iterator[Cost]:
    """Grade a class of each size, smallest first."""
    for size in sorted(sizes):
        submissions, out = folder / f"class-{size}", folder / f"out-{size}"
        make_class(submissions, size)
        yield grade(submissions, out, JOBS, folder)


def draw(costs: Sequence[Cost], picture: Path) -> None:
    """Draw CPU time for a submission, and memory, over the size of the class."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    plt.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "curve", "font.size": 9})
    figure, (times, memories) = plt.subplots(1, 2, figsize=(7, 2.4), layout="constrained")
    sizes = [cost.count for cost in costs]
    times.plot(sizes, [1e3 * cost.cpu / cost.count for cost in costs], "o-", color="#1f5f8b")
    times.set_title("CPU time for a submission, ms")
    memories.plot(sizes, [cost.total for cost in costs], "o-", color="#1f5f8b", label="together")
    memories.plot(sizes, [cost.largest for cost in costs], "s--", color="#b3541e", label="largest")
    memories.set_title("memory of the processes, MB")
    memories.legend()
    for axes in (times, memories):
        axes.set_xscale("log")
        axes.set_xlabel("submissions")
        axes.set_ylim(bottom=0)
    figure.savefig(picture, metadata={"Date": None})
    plt.close(figure)
