"""One student's hand-in as plain bytes: read once, never executed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Attributes
    ----------
    student : str
        The name under which the results are kept: a folder name, or the LMS's own key.
    files : mapping of str to bytes
        Source by contract file name (``practice_6_1.py``, ...), and any other ``.py`` that the
        student handed in beside them and may import.
    notes : mapping of str to str
        By contract file name: what the student must know about how the file was found
        ("graded from 'practice_6_1 (1).py'") or why it could not be read.
    """

    student: str
    files: Mapping[str, bytes]
    notes: Mapping[str, str] = field(default_factory=dict)
