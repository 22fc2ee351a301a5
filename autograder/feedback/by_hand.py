"""What an instructor changed by hand, in words: the same wherever points are told."""

from __future__ import annotations

from typing import Any


def told(entry: dict[str, Any]) -> str:
    """Say what was changed of a function, or of the record for its total; nothing if nothing was.

    Parameters
    ----------
    entry : dict
        With ``adjusted`` (``before`` and ``comment``) beside its ``score``, if it was changed.
    """
    if "adjusted" not in entry:
        return ""
    change = entry["adjusted"]
    if change["before"] == entry["score"] and change["comment"]:
        return f"Comment: {change['comment']}"
    moved = f"Changed by hand from {change['before']:g} to {entry['score']:g} points"
    return f"{moved}: {change['comment']}" if change["comment"] else f"{moved}."
