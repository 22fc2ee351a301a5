"""A student's tar: its files listed as a zip's are, in bounded time and memory."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator

from autograder.intake.file_names import display
from autograder.intake.found_files import (
    MEMBER_LIMIT,
    FoundFile,
    NotReadable,
    refused,
    too_large,
    with_short_path,
)
from autograder.source.phrases import said

#: The endings of tars.
ENDINGS = frozenset({".tar", ".tar.gz", ".tgz"})
UNPACKED_LIMIT = 40_000_000
"""Bytes of a tar with all its files, unpacked."""
LARGEST = 1_000_000
"""Bytes of one file in it; a larger one is listed and not kept."""


HEADER_LIMIT = 100_000
"""Bytes of what is said of one file, its path included."""


class _Member(tarfile.TarInfo):
    """A member with short headers: `tarfile` would read long ones into memory whole."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        of_another = self.type not in (*tarfile.REGULAR_TYPES, tarfile.DIRTYPE)
        if self.type == tarfile.GNUTYPE_SPARSE or (of_another and self.size > HEADER_LIMIT):
            raise NotReadable(said("refused.tar_kind"))
        member: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]
        return member


def files_in_tar(data: bytes, prefix: str = "") -> Iterator[FoundFile]:
    """List the files of a tar, in its order; links and devices are left out, with the reason.

    Parameters
    ----------
    data : bytes
        The tar, compressed by gzip or not.
    prefix : str
        What comes before each path.

    Raises
    ------
    NotReadable
        If it is no tar, is damaged, or unpacks to more than `UNPACKED_LIMIT`.
    """
    try:
        stream = io.BytesIO(_unpacked(data))
        with tarfile.open(fileobj=stream, mode="r:", tarinfo=_Member) as archive:
            for number, member in enumerate(archive):
                if number >= MEMBER_LIMIT:
                    break
                if not member.isdir():
                    yield with_short_path(_file(archive, member, prefix))
    except (tarfile.TarError, EOFError, OSError, ValueError, RecursionError) as error:
        raise NotReadable(said("refused.no_tar", error=display(str(error)))) from None


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(UNPACKED_LIMIT + 1)
    except zlib.error as error:
        raise NotReadable(said("refused.damaged", error=display(str(error)))) from None
    if len(unpacked) > UNPACKED_LIMIT:
        raise NotReadable(said("refused.unpacks_to", megabytes=f"{UNPACKED_LIMIT / 1e6:g}"))
    return unpacked


def _file(archive: tarfile.TarFile, member: tarfile.TarInfo, prefix: str) -> FoundFile:
    path = prefix + member.name.replace("\\", "/").removeprefix("./")
    if not member.isreg():
        return refused(path, said("refused.link_in_tar"))
    if member.name.startswith("/") or ".." in path.split("/"):
        return refused(path, said("refused.out_of_tar"))
    if member.size > LARGEST:
        return refused(path, too_large(LARGEST))
    file = archive.extractfile(member)
    content = file.read() if file else b""
    return FoundFile(path, lambda limit: content, max(0.0, float(member.mtime)))
