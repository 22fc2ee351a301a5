"""Short feedback in a gradebook's own comment column."""

from __future__ import annotations

import html
import re

OURS = "Automatic feedback: "
"""How our comments begin: a later run may replace them, a teacher's own it may not."""
TAG = re.compile(r"<[^>]*>")


def comment(former: str, summary: str) -> str:
    """Write a summary as HTML, unless the cell holds what a teacher wrote.

    Parameters
    ----------
    former : str
        The cell as exported.
    summary : str
        Plain text.
    """
    text = html.unescape(TAG.sub(" ", former)).strip()
    if text and not text.startswith(OURS.strip()):
        return former
    lines = html.escape(OURS + summary.strip(), quote=False).replace("\n", "<br>")
    return f"<p>{lines}</p>"
