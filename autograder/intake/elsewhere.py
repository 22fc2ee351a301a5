"""Functions that stand elsewhere than in their own file: for each the best place that was found.

A file's own functions come first. Where it has only the stub of one, or nothing, another copy of
the file counts, then the other files that are asked for, then any other text, a notebook too.
"""

from __future__ import annotations

import io
import keyword
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from autograder.assignment.assignment import Assignment
from autograder.intake.contents import fenced_code, kind_of
from autograder.intake.definitions import Definitions, definitions, without_stubs
from autograder.intake.file_names import Claim, claim_of_stem, shadows, split_ending
from autograder.intake.found_files import (
    FoundFile,
    NotReadable,
    files_in_zip,
    is_junk,
    open_student_zip,
)
from autograder.intake.notebooks import is_whole, source_of
from autograder.intake.notes import SOURCE_LIMIT, Notes, Reader, listing, quoted

MOST_LOOKED_AT = 40
"""Files of names that say nothing, of one submission, that are read for what they define."""
ASKED, COPY, OTHER, NOTEBOOK, HIDDEN = range(5)
"""What a source is, the best place first."""
MARKDOWN = frozenset({".md", ".qmd", ".rmd", ".markdown"})
CLOCK_GRAIN = 2.0
"""Seconds: zips keep times by two, so nothing finer tells which file is newer."""


@dataclass(frozen=True, eq=False)
class Source:
    """A text that functions may be taken from.

    Attributes
    ----------
    found : FoundFile
    data : bytes
    kind : int
        `ASKED`, `COPY`, `OTHER`, `NOTEBOOK` or `HIDDEN`.
    claim : Claim or None
        The file that it goes by the name of.
    place : int
        Its place among the files that are asked for.
    whole : bool
        Whether it could be read to its end.
    """

    found: FoundFile
    data: bytes
    kind: int
    claim: Claim | None = None
    place: int = 0
    whole: bool = True

    @property
    def copy(self) -> int:
        """The copy's number, if its name has one."""
        return self.claim.copy if self.claim else 0

    def order(self, file: str) -> tuple[bool, int, int, int, int]:
        """Best first, for what belongs into a file."""
        claims = self.claim is not None and self.claim.file == file
        distance = self.claim.distance if self.claim else 0
        return (not claims, self.kind, self.place, distance, self.found.depth)


def is_later(one: Source, other: Source) -> bool:
    """Whether a file was made after another, as far as its time or its copy's number tells."""
    seconds = one.found.modified - other.found.modified
    known = bool(one.found.modified and other.found.modified)
    if known and seconds >= CLOCK_GRAIN:
        return True
    return one.copy > other.copy


def latest(sources: Iterable[Source]) -> list[Source]:
    """Sort by time, latest first, and keep one of those that are alike; the first may not win."""
    different = {plain(source.data): source for source in reversed(list(sources))}
    return sorted(different.values(), key=lambda s: (s.found.modified, s.copy), reverse=True)


def plain(data: bytes) -> bytes:
    """A text without what differs between the same text's copies: line ends, and its end."""
    return data.replace(b"\r\n", b"\n").strip()


def sources_among(
    items: Sequence[FoundFile], asked: Sequence[str], reader: Reader
) -> Iterator[Source]:
    """Read the files of which no name says what they are, and give those that are source."""
    for item in items[:MOST_LOOKED_AT]:
        with suppress(NotReadable):
            yield from _read_as_source(item, reader.read(item), asked, inside=False)


def _read_as_source(
    item: FoundFile, data: bytes, asked: Sequence[str], *, inside: bool
) -> Iterator[Source]:
    stem, ending = split_ending(item.name.lstrip(".~"))
    claim = claim_of_stem(stem, asked)
    kind = kind_of(data)
    if kind == "notebook":
        yield Source(item, source_of(data), NOTEBOOK, claim, whole=is_whole(data))
    elif kind == "zip" and not inside:
        members = files_in_zip(open_student_zip(io.BytesIO(data)), f"{item.path}/")
        for member in islice(members, MOST_LOOKED_AT):
            with suppress(NotReadable):
                yield from _read_as_source(member, member.read(SOURCE_LIMIT), asked, inside=True)
    elif not kind:
        text = (fenced_code(data) if ending in MARKDOWN else b"") or data
        yield Source(item, text, HIDDEN if is_junk(item.path) else OTHER, claim)


class Elsewhere:
    """Completes the files that are asked for by what stands elsewhere.

    Parameters
    ----------
    assignment : Assignment
    own : mapping of str to bytes
        The files that are asked for, as far as they were found.
    sources : sequence of Source
        What else there is.
    modules : dict of str to bytes
        The files that can be imported beside them; those that are needed are added.
    notes : Notes
    """

    def __init__(
        self,
        assignment: Assignment,
        own: Mapping[str, bytes],
        sources: Sequence[Source],
        modules: dict[str, bytes],
        notes: Notes,
    ) -> None:
        self._assignment = assignment
        self._own = own
        self._modules = modules
        self._notes = notes
        self._known = frozenset(assignment.known)
        self._defines = {file: definitions(own.get(file, b"")) for file in assignment.files}
        self._sources = [(source, definitions(source.data)) for source in sources]
        self.used: set[str] = set()

    def completed(self, file: str) -> bytes | None:
        """Give a file with the functions that it lacks, as far as they stand elsewhere."""
        own, defines = self._own.get(file), self._defines[file]
        wanted = [exercise.name for exercise in self._assignment.of_file(file)]
        lacking = [name for name in wanted if not defines.has(name, file, self._known)]
        if lacking == wanted:
            if (source := self._best(file, lacking)) is None:
                return own
            self._tell_of_own(file, own)
            self._tell(file, source, is_there=own is not None)
            own, defines = source.data, definitions(source.data)
            lacking = [name for name in wanted if not defines.has(name, file, self._known)]
        imports: list[str] = []
        taken: dict[str, tuple[Source, list[str]]] = {}
        for name in lacking:
            source = self._best(file, [name])
            if source and source.data != own:
                imports.append(f"from {self._module(source)} import {name}")
                taken.setdefault(source.found.path, (source, []))[1].append(name)
        self._tell_of_functions(file, list(taken.values()))
        if own is None or not imports:
            return own
        rest = without_stubs(own, {name for _, names in taken.values() for name in names})
        return b"\n".join([rest, *(line.encode() for line in imports), b""])

    def lacks(self, file: str) -> bool:
        """Whether a file has no function that is asked for."""
        defines = self._defines[file]
        return not any(
            defines.has(exercise.name, file, self._known)
            for exercise in self._assignment.of_file(file)
        )

    def _best(self, file: str, names: Collection[str]) -> Source | None:
        """The source that has most of some functions written; None where nothing tells which."""
        has = {
            source: defines.written.intersection(names)
            for source, defines in self._sources
            if source.data != self._own.get(file)
        }
        order = {source: (-len(own), source.order(file)) for source, own in has.items() if own}
        best = min(order.values(), default=None)
        rivals = latest(source for source, key in order.items() if key == best)
        if not rivals:
            return None
        if len(rivals) > 1 and has[rivals[0]] & has[rivals[1]] and not is_later(*rivals[:2]):
            listed = listing([source.found for source in rivals])
            functions = _in_code(names)
            self._notes.add(file, "found.several_of_functions", functions=functions, listed=listed)
            return None
        return rivals[0]

    def _module(self, source: Source) -> str:
        """The name that a source can be imported by; it is given one where it has none."""
        if source.kind == ASKED and source.claim and not self.lacks(source.claim.file):
            return source.claim.file.removesuffix(".py")
        stem = re.sub(r"\W+", "_", split_ending(source.found.name)[0]).strip("_")
        name = stem if stem.isidentifier() and not keyword.iskeyword(stem) else f"file_{stem}"
        asked = self._assignment.files
        while shadows(name, asked) or self._modules.get(f"{name}.py", source.data) != source.data:
            name += "_"
        self._modules[f"{name}.py"] = source.data
        return name

    # --- what is told -------------------------------------------------------------------------

    def _tell_of_own(self, file: str, own: bytes | None) -> None:
        if own is None:
            return
        why = "none_of_its_own" if own.strip() else "empty"
        wanted = {exercise.name for exercise in self._assignment.of_file(file)}
        if wanted <= self._defines[file].stubs:
            why = "still_the_stub"
        self._notes.add(file, f"found.{why}", file=file)

    def _tell(self, file: str, source: Source, *, is_there: bool) -> None:
        self.used.add(source.found.path)
        values: dict[str, Any] = {"found": quoted(source.found), "file": file}
        key = "found.from_notebook" if source.whole else "found.from_broken_notebook"
        if source.kind != NOTEBOOK:
            key = "found.graded_from_functions" if is_there else "found.graded_for_want_of_a_file"
            written = definitions(source.data).written
            wanted = [exercise.name for exercise in self._assignment.of_file(file)]
            names = [name for name in wanted if name in written]
            values |= {"count": len(names), "listed": _in_code(names)}
        self._notes.add(file, key, **values)

    def _tell_of_functions(self, file: str, taken: Sequence[tuple[Source, list[str]]]) -> None:
        self.used.update(source.found.path for source, _ in taken)
        if any(source.kind == COPY for source, _ in taken):
            self._notes.forget(file, "found.left_aside")
        if len(taken) == 1:
            (source, names), *_ = taken
            values = {"listed": _in_code(names), "found": quoted(source.found), "file": file}
            self._notes.add(file, "found.functions_from", count=len(names), **values)
        elif taken:
            listed = "; ".join(f"{_in_code(names)}: {quoted(s.found)}" for s, names in taken)
            self._notes.add(file, "found.functions_from_several", listed=listed, file=file)

    def tell_of_nothing(self, file: str) -> None:
        """Say why a file that was handed in has none of its functions, where that can be told."""
        own, defines = self._own.get(file), self._defines[file]
        if own is None:
            return
        wanted = [exercise.name for exercise in self._assignment.of_file(file)]
        outside = defines.written | defines.stubs | defines.bound | defines.imported.keys()
        methods = [n for n in wanted if defines.inner.get(n) and n not in outside]
        if not own.strip():
            self._notes.add(file, "found.empty_file", file=file)
        elif not defines.code:
            self._notes.add(file, "found.no_code", file=file)
        elif methods:
            owner = defines.inner[methods[0]]
            listed = _in_code(methods)
            self._notes.add(file, "found.in_class", count=len(methods), listed=listed, owner=owner)
        else:
            self._tell_of_others(file, defines, wanted)

    def _tell_of_others(self, file: str, defines: Definitions, wanted: Sequence[str]) -> None:
        """Name the functions of other names that a file has, where it lacks some of its own."""
        lacking = [
            name
            for name in wanted
            if name not in defines.stubs and not defines.has(name, file, self._known)
        ]
        others = sorted(name for name in defines.written - self._known if name[0] != "_")
        if lacking and others:
            listed, missing = _in_code(others[:5]), _in_code(lacking)
            self._notes.add(file, "found.other_names", file=file, missing=missing, listed=listed)


def _in_code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
