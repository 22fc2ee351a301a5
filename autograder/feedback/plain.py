"""The feedback record as plain text, for reading in any editor or terminal."""

from __future__ import annotations

import re
import textwrap
from typing import Any

from autograder.feedback.by_hand import told
from autograder.feedback.layout import INDENT, blocks
from autograder.feedback.overview import headline, moved_words, to_mend
from autograder.feedback.page import by_file, told_of

_MARKS = {
    "right": "✓",
    "right in itself": "✓",
    "wrong": "✗",
    "crashed": "✗",
    "missing": "–",
    "not attempted": "–",
}

#: Stands for a blank in code while lines are broken.
_BLANK = "\x00"


def render(feedback: dict[str, Any], width: int = 80) -> str:
    """Write the record of one submission as text.

    Parameters
    ----------
    feedback : dict
        The documented record, ``feedback/<student>.json``.
    width : int
        Columns to wrap at; code and tables are left as they are.
    """
    names = ", ".join(mend.function for mend in to_mend(feedback))
    lines = [f"Score: {feedback['score']:g} of {feedback['max_score']:g}"]
    lines += _wrapped(told(feedback), width, "")
    lines += _wrapped(f"{headline(feedback)}{f': {names}' if names else '.'}", width, "")
    lines += _wrapped(moved_words(feedback.get("since")), width, "")
    for file, entries in by_file(feedback):
        score, most = (sum(f[key] for f in entries) for key in ("score", "max_score"))
        lines += ["", f"{file}  ({score:g} of {most:g})"]
        for note in told_of(entries):
            lines += _wrapped(note, width, "  ")
        for entry in entries:
            lines.append(
                f"  {_MARKS[entry['status']]} {entry['function']}: {entry['status']} "
                f"({entry['score']:g} of {entry['max_score']:g})"
            )
            if entry["status"] != "right":
                for block in blocks(entry, with_notes=False):
                    lines += _block(block, width)
            lines += _wrapped(told(entry), width, " " * 6)
    return "\n".join(lines) + "\n"


def _block(block: str, width: int) -> list[str]:
    if block.startswith(INDENT):
        return textwrap.indent(block, "  ").split("\n")
    return _wrapped(block, width, " " * 6)


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    """Wrap a text, with what stands between backticks in one piece."""
    whole = re.sub(r"`[^`]*`", lambda span: span[0].replace(" ", _BLANK), text)
    lines = textwrap.wrap(
        whole, width - len(indent), break_long_words=False, break_on_hyphens=False
    )
    return [indent + line.replace(_BLANK, " ") for line in lines]
