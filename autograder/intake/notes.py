"""What is read of a hand-in, up to a limit, and what the student must know of how it was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from autograder.intake.file_names import display
from autograder.intake.found_files import FoundFile, NotReadable
from autograder.source.phrases import Said, said

SOURCE_LIMIT = 1_000_000
"""Bytes of one source file: the longest solution known is under 10,000."""
READ_LIMIT = 20_000_000
"""Bytes of all source files of one submission together: a small zip can hold thousands."""
LISTED_AT_MOST = 5


class Notes:
    """What the student must know, by the name of the file asked for."""

    def __init__(self) -> None:
        self._said: dict[str, dict[Said, None]] = defaultdict(dict)

    def add(self, about: str, key: str, /, **values: Any) -> None:
        self._said[about][said(key, **values)] = None

    def about(self, file: str) -> bool:
        return bool(self._said[file])

    def has(self, file: str, key: str) -> bool:
        return any(note.key == key for note in self._said[file])

    def forget(self, file: str, key: str) -> None:
        self._said[file] = {note: None for note in self._said[file] if note.key != key}

    def all(self) -> dict[str, tuple[Said, ...]]:
        return {file: in_short(tuple(notes)) for file, notes in self._said.items() if notes}


def in_short(notes: tuple[Said, ...]) -> tuple[Said, ...]:
    """A few of the notes; the last one always, as it tells what was done in the end."""
    left_out = len(notes) - LISTED_AT_MOST
    if left_out <= 0:
        return notes
    more = said("found.more_like_this", count=left_out)
    return (*notes[: LISTED_AT_MOST - 1], more, notes[-1])


class Reader:
    """Reads source files until all together have come to `READ_LIMIT`."""

    def __init__(self) -> None:
        self._left = READ_LIMIT
        self._kept: dict[int, tuple[FoundFile, bytes]] = {}

    def read(self, item: FoundFile) -> bytes:
        """Read it whole, once; raises `NotReadable`."""
        if id(item) in self._kept:
            return self._kept[id(item)][1]
        if item.refusal:
            raise NotReadable(item.refusal)
        if self._left <= 0:
            raise NotReadable(said("refused.after_others", megabytes=f"{READ_LIMIT / 1e6:g}"))
        # A file that turns out too large, or damaged, cost the work of unpacking it that far.
        cost = SOURCE_LIMIT
        try:
            data = item.read(SOURCE_LIMIT)
            cost = len(data)
        finally:
            self._left -= cost
        self._kept[id(item)] = item, data
        return data


def quoted(item: FoundFile) -> str:
    return f"'{display(item.path)}'"


def listing(items: Sequence[FoundFile]) -> str | Said:
    names = ", ".join(quoted(item) for item in items[:LISTED_AT_MOST])
    more = len(items) - LISTED_AT_MOST
    return said("found.and_more", listed=names, count=more) if more > 0 else names
