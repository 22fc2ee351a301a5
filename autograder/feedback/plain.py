"""The feedback record as plain text, for reading in any editor or terminal."""

from __future__ import annotations

import re
import textwrap

from autograder.feedback.adjusted_points import told
from autograder.feedback.layout import INDENT, blocks, points
from autograder.feedback.overview import headline, moved_words, to_mend
from autograder.feedback.page import by_file, told_of
from autograder.feedback.record import Record
from autograder.source.phrases import Phrases

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


def render(feedback: Record, say: Phrases, width: int = 80) -> str:
    """Write the record of one submission as text.

    Parameters
    ----------
    feedback : Record
    say : Phrases
    width : int
        Columns to wrap at; code and tables are left as they are.
    """
    names = say.listing([mend.function for mend in to_mend(feedback, say)])
    lines = [say("points.score", **_points(feedback["score"], feedback["max_score"]))]
    lines += _wrapped(told(feedback, say), width, "")
    lines += _wrapped(f"{headline(feedback, say)}{f': {names}' if names else '.'}", width, "")
    lines += _wrapped(moved_words(feedback.get("since"), say), width, "")
    for file, entries in by_file(feedback):
        score, most = (sum(f[key] for f in entries) for key in ("score", "max_score"))
        lines += ["", f"{file}  ({say('points.of', **_points(score, most))})"]
        for note in told_of(entries):
            lines += _wrapped(note, width, "  ")
        for entry in entries:
            status = say(f"status.{entry['status']}")
            own = say("points.of", **_points(entry["score"], entry["max_score"]))
            lines.append(f"  {_MARKS[entry['status']]} {entry['function']}: {status} ({own})")
            if entry["status"] != "right":
                for block in blocks(entry, say, with_notes=False):
                    lines += _block(block, width)
            lines += _wrapped(told(entry, say), width, " " * 6)
    return "\n".join(lines) + "\n"


def _points(score: float, most: float) -> dict[str, str]:
    return {"score": points(score), "most": points(most)}


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
