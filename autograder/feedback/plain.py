"""The feedback record as plain text, for reading in any editor or terminal."""

from __future__ import annotations

import textwrap
from typing import Any

from autograder.feedback.by_hand import told
from autograder.feedback.page import by_file

_MARKS = {
    "right": "✓",
    "right in itself": "✓",
    "wrong": "✗",
    "crashed": "✗",
    "missing": "–",
    "not attempted": "–",
}


def render(feedback: dict[str, Any], width: int = 80) -> str:
    """Write the record of one submission as text.

    Parameters
    ----------
    feedback : dict
        The documented record, ``feedback/<student>.json``.
    width : int
        Columns to wrap at.
    """
    lines = [f"Score: {feedback['score']:g} of {feedback['max_score']:g}"]
    if note := told(feedback):
        lines.append(textwrap.fill(note, width))
    for file, entries in by_file(feedback):
        score, most = (sum(f[key] for f in entries) for key in ("score", "max_score"))
        lines += ["", f"{file}  ({score:g} of {most:g})"]
        for entry in entries:
            lines.append(
                f"  {_MARKS[entry['status']]} {entry['function']}: {entry['status']} "
                f"({entry['score']:g} of {entry['max_score']:g})"
            )
            if entry["status"] != "right":
                lines.append(textwrap.indent(textwrap.fill(entry["text"], width - 6), " " * 6))
            if note := told(entry):
                lines.append(textwrap.indent(textwrap.fill(note, width - 6), " " * 6))
    return "\n".join(lines) + "\n"
