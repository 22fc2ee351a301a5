"""What came of one submission, as it is kept and rendered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autograder.feedback.record import Record


@dataclass(frozen=True)
class Graded:
    """The result of one submission.

    Attributes
    ----------
    feedback : Record
    gradescope : dict
        Gradescope's results schema, as Otter writes it.
    """

    feedback: Record
    gradescope: dict[str, Any]
