"""The zips and tars in a submission, opened where they lie."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice

from autograder.intake.file_names import split_ending
from autograder.intake.found_files import (
    MEMBER_LIMIT,
    FoundFile,
    NotReadable,
    files_in_zip,
    is_junk,
    open_student_zip,
    refused,
)
from autograder.intake.tars import ENDINGS, files_in_tar
from autograder.source.phrases import said

ARCHIVE_LIMIT = 20_000_000
"""Bytes of an archive inside a submission."""
ARCHIVES_PER_SUBMISSION = 5
DEPTH = 4
OPENED = frozenset({".zip", *ENDINGS})
"""The endings of archives that are opened."""


def with_archives_opened(found: Iterable[FoundFile]) -> Iterator[FoundFile]:
    """List the files, and in place of each archive among them the files in it."""
    budget = iter(range(ARCHIVES_PER_SUBMISSION))
    for file in found:
        yield from _opened(file, 0, budget)


def _opened(file: FoundFile, depth: int, budget: Iterator[int]) -> Iterator[FoundFile]:
    ending = split_ending(file.name)[1]
    if ending not in OPENED or is_junk(file.path):
        yield file
        return
    try:
        if depth >= DEPTH:
            raise NotReadable(said("refused.archive_too_deep"))
        if next(budget, None) is None:
            raise NotReadable(said("refused.archive_too_many"))
        members = list(islice(_members(file, ending), MEMBER_LIMIT + 1))
    except NotReadable as error:
        yield file if is_text(file) else refused(file.path, error.said)
        return
    for member in members:
        yield from _opened(member, depth + 1, budget)


def _members(file: FoundFile, ending: str) -> Iterator[FoundFile]:
    data, prefix = file.read(ARCHIVE_LIMIT), f"{file.path}/"
    if ending in ENDINGS:
        return files_in_tar(data, prefix)
    return files_in_zip(open_student_zip(io.BytesIO(data)), prefix)


def is_text(file: FoundFile) -> bool:
    """Whether what is named as an archive is source all the same."""
    try:
        data = file.read(ARCHIVE_LIMIT)
    except NotReadable:
        return False
    return b"\0" not in data and b"def " in data
