"""An entry of a matrix that two lines of an answer by hand take, where each is needed once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from autograder.sandbox.outcome import Change
from autograder.source.phrases import Said, said

#: What the change is about that puts another entry in its place.
ENTRY_TWICE = "entry_twice"
#: The names that a line gives values.
_GIVEN = re.compile(r"\s*\(?([A-Za-z_]\w*(?: *, *[A-Za-z_]\w*)*)\)? *=(?!=)")
#: An entry by its row and its column, both written down.
_ENTRY = re.compile(r"\w+\[\d+(?:, ?|\]\[)\d+\]")


def entry_twice(changes: Sequence[Change], lines: Mapping[int, str]) -> Change | None:
    """Give the change of an entry that another line takes as well; None where there is none.

    Of one answer a sign may mend a sum as well, which is no slip in what a line says.

    Parameters
    ----------
    changes : sequence of Change
        Those of one line that make the answer right.
    lines : dict of int to str
        Those of the function, without comments.
    """
    for change in changes:
        told = _told(change, lines)
        if told:
            return replace(change, kind=ENTRY_TWICE, told=told)
    return None


def _told(change: Change, lines: Mapping[int, str]) -> Said | None:
    """What is said of an entry, or of a name where another one is never read."""
    key, entry, more = "entry_twice", _place(change, "around"), {}
    if change.kind == "name":
        key, entry = "name_twice", _place(change, "place")
        more = {"unread": _never_read(lines, entry)}
        if not (entry.isidentifier() and more["unread"]):
            return None
    elif not _ENTRY.fullmatch(entry):
        return None
    others = [at for at, text in lines.items() if at != change.line and _takes(text, entry)]
    if not others or not _takes(lines.get(change.line, ""), entry):
        return None
    return said(f"change.{key}", line=change.line, entry=entry, other=others[0], **more)


def _never_read(lines: Mapping[int, str], beside: str) -> str:
    """The one name that gets a value on a line with another, and that no line reads, if any is."""
    given = [names for text in lines.values() if beside in (names := _names_given(text))]
    unread = [
        name
        for name in (given[0] if len(given) == 1 else ())
        if not any(_takes(text, name) for text in lines.values())
    ]
    return unread[0] if len(unread) == 1 else ""


def _names_given(text: str) -> list[str]:
    """The names that a line gives values."""
    given = _GIVEN.match(text)
    return re.findall(r"\w+", given[1]) if given else []


def _place(change: Change, which: str) -> str:
    """The code that a change is about, or what stands around it if it is told with that."""
    place = dict(change.told.values).get("place")
    values = dict(place.values) if isinstance(place, Said) else {}
    return str(values.get(which) or values.get("place") or "")


def _takes(text: str, entry: str) -> bool:
    """Whether a line reads an entry or a name, and doesn't only set it."""
    given = _GIVEN.match(text)
    read = text[given.end() :] if given else text
    pattern = re.escape(entry.replace(" ", "")).replace(",", ", *")
    return re.search(rf"(?<![\w.]){pattern}(?!\w| *=(?!=))", read) is not None
