"""What is asked of a run over a class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.course.adjustments import NO_ADJUSTMENTS, Adjustments
from autograder.course.compare import records
from autograder.course.output import seed_of_earlier
from autograder.feedback.record import Record


@dataclass(frozen=True)
class RunOptions:
    """What is asked of a run, beside the class and the assignment.

    Attributes
    ----------
    seed : int or None
        Decides the hidden inputs; by default that of the earlier run into the same folder, else
        random.
    jobs : int
        Processes that grade at once.
    dask : str or None
        The address of a Dask scheduler, whose workers grade in place of processes of this machine.
    require_tier : int
        Refuse to grade below this confinement tier.
    anonymous : bool
        Leave the students' names out of the class report.
    adjustments : Adjustments
        What is changed by hand afterwards; a copy of the file is kept in the output.
    before : mapping of str to Record
        By student, the record of an earlier run into another folder: the pages tell what moved
        since, and the report how attempts moved.
    """

    seed: int | None = None
    jobs: int = 1
    dask: str | None = None
    require_tier: int = 0
    anonymous: bool = False
    adjustments: Adjustments = NO_ADJUSTMENTS
    before: Mapping[str, Record] = field(default_factory=dict)

    def compared_with(self, out: Path) -> RunOptions:
        """The same, compared with the run into a folder: on its inputs, unless a seed is given.

        Raises
        ------
        OutputOfAnotherRun
            If no run wrote the folder.
        """
        earlier = seed_of_earlier(out)
        seed = earlier if self.seed is None else self.seed
        return replace(self, seed=seed, before=records(out))
