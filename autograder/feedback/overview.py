"""What a record says at a glance: what to mend first, and what moved since the last attempt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.feedback.layout import DONE, title
from autograder.feedback.record import Record
from autograder.source.phrases import Phrases


@dataclass(frozen=True)
class Mend:
    """A function that is to be mended, and the names of its mistakes."""

    function: str
    titles: list[str]


def to_mend(feedback: Record, say: Phrases) -> list[Mend]:
    """The functions that were written and are not right."""
    return [
        Mend(f["function"], [title(f, item, say) for item in f["parts"]])
        for f in feedback["functions"]
        if f["status"] in ("wrong", "crashed")
    ]


def headline(feedback: Record, say: Phrases) -> str:
    """How much is to be mended, in words that end before the names."""
    wrong = len(to_mend(feedback, say))
    written = [f for f in feedback["functions"] if f["status"] not in ("missing", "not attempted")]
    if wrong:
        fix = say("overview.to_mend", count=wrong)
        missing = len(feedback["functions"]) - len(written)
        return say("overview.to_mend_and_more", fix=fix, missing=missing) if missing else fix
    if all(f["status"] == "missing" for f in feedback["functions"]):
        files = dict.fromkeys(f["file"] for f in feedback["functions"])
        return say("overview.nothing_found", files=say.listed(list(files)))
    if not written:
        return say("overview.nothing_yet")
    if len(written) < len(feedback["functions"]):
        return say("overview.all_written_right")
    return say("overview.everything_right")


def since(before: Mapping[str, bool], feedback: Record) -> dict[str, list[str]]:
    """What moved since an earlier attempt.

    Parameters
    ----------
    before : mapping of str to bool
        By function, whether it was right then.
    feedback : Record
        The record of now.

    Returns
    -------
    dict
        ``mended``, ``left`` and ``new``, each the names of functions.
    """
    moved: dict[str, list[str]] = {"mended": [], "left": [], "new": []}
    for entry in feedback["functions"]:
        name, right = entry["function"], entry["status"] in DONE
        if name not in before:
            continue
        if right and not before[name]:
            moved["mended"].append(name)
        elif not right:
            moved["new" if before[name] else "left"].append(name)
    return moved


def were_right(record: Record) -> dict[str, bool]:
    """By function of an earlier record, whether it was right."""
    return {f["function"]: f["status"] in DONE for f in record["functions"]}


def moved_words(moved: Mapping[str, Sequence[str]] | None, say: Phrases) -> str:
    """What moved, in one sentence; nothing where no earlier attempt is known."""
    if not moved:
        return ""
    parts = [
        say(f"overview.{key}", names=say.listed([f"`{name}`" for name in moved[key]]))
        for key in ("mended", "new", "left")
        if moved.get(key)
    ]
    return say("overview.since", moved="; ".join(parts)) if parts else ""
