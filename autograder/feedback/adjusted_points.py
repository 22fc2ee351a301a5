"""What an instructor changed by hand, in words: the same wherever points are told."""

from __future__ import annotations

from autograder.feedback.layout import points
from autograder.feedback.record import Scored
from autograder.source.phrases import Phrases


def told(entry: Scored, say: Phrases) -> str:
    """Say what was changed of a function, or of the record for its total; nothing if nothing was.

    Parameters
    ----------
    entry : Scored
    say : Phrases
    """
    if "adjusted" not in entry:
        return ""
    change = entry["adjusted"]
    comment = change["comment"]
    if change["before"] == entry["score"] and comment:
        return say("by_hand.comment", comment=comment)
    moved = {"before": points(change["before"]), "after": points(entry["score"])}
    if comment:
        return say("by_hand.changed_because", **moved, comment=comment)
    return say("by_hand.changed", **moved)
