"""What came of one submission, as it is kept and rendered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Graded:
    """The result of one submission.

    Attributes
    ----------
    feedback : dict
        The documented record that text, pages and LMS files are rendered from.
    gradescope : dict
        Gradescope's results schema, as Otter writes it.
    """

    feedback: dict[str, Any]
    gradescope: dict[str, Any]
