"""Files as they are found in a folder or a zip: listed first, read later, never extracted.

Nothing here follows a symbolic link, opens a pipe or a device, writes to disk, or reads more than
it was asked to. What cannot be read is still listed, with the reason, so that it can be told.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from autograder.intake.file_names import display, split_ending
from autograder.source.phrases import Said, said

MEMBER_LIMIT = 10_000
"""Files of one submission that are looked at."""
PATH_LIMIT = 1000
"""Characters of a path; one that is longer is listed in short, and not looked at any further."""
FOLDER_DEPTH = 10
RATIO_LIMIT = 200
DIRECTORY_LIMIT = 2_000_000
"""Bytes of a student's zip's table of contents, read into memory at once (about 20,000 names)."""

JUNK_FOLDERS = frozenset(
    {"__pycache__", "node_modules", "site-packages", "venv", "env", "$RECYCLE.BIN"}
)
JUNK_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
NOT_PERMITTED = "found.not_permitted"
"""What is said of a file that whoever grades may not open: its student is not at fault."""
UTF8_NAME = 0x800
ENCRYPTED = 0x1


class NotReadable(Exception):
    """A file or archive cannot be read.

    Parameters
    ----------
    said : Said
        Why: it completes "'x.py' ...".
    """

    def __init__(self, said: Said) -> None:
        super().__init__(said.key)
        self.said = said


@dataclass(frozen=True)
class FoundFile:
    """One file, not read yet.

    Attributes
    ----------
    path : str
        Its path within the folder or zip, with ``/``.
    load : callable
        ``load(limit)`` returns its bytes, at most ``limit + 1`` of them; raises `NotReadable`.
    modified : float
        When it was last changed, in seconds; 0 where unknown.
    refusal : Said or None
        Why it must not be read, completing "'x.py' ...", if it must not.
    """

    path: str
    load: Callable[[int], bytes]
    modified: float = 0.0
    refusal: Said | None = None

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @property
    def depth(self) -> int:
        return self.path.count("/")

    def renamed(self, path: str) -> FoundFile:
        return replace(self, path=path)

    def read(self, limit: int) -> bytes:
        """Read it whole.

        Raises
        ------
        NotReadable
            If it is refused, larger than `limit`, or its bytes cannot be had.
        """
        if self.refusal:
            raise NotReadable(self.refusal)
        data = self.load(limit)
        if len(data) > limit:
            raise NotReadable(too_large(limit))
        return data


def too_large(limit: int) -> Said:
    """That a file has more bytes than are read."""
    return said("refused.too_large", megabytes=f"{limit / 1e6:g}")


def _nothing(limit: int) -> bytes:
    return b""


def refused(path: str, refusal: Said) -> FoundFile:
    """List a file that must not be read."""
    return FoundFile(path, _nothing, refusal=refusal)


def with_short_path(file: FoundFile) -> FoundFile:
    """Shorten an overlong path and refuse its file: to search in such a path can take long."""
    if len(file.path) <= PATH_LIMIT:
        return file
    half = PATH_LIMIT // 3
    short = f"{file.path[:half]}…{file.path[-half:]}"
    return refused(short, said("refused.long_path", count=PATH_LIMIT))


def is_system_junk(path: str) -> bool:
    """Tell whether an operating system put this file beside the others."""
    *folders, name = path.split("/")
    return "__MACOSX" in folders or name.startswith("._") or name.lower() in JUNK_FILES


def is_junk(path: str) -> bool:
    """Tell whether a system, an editor or an installer, not the student, made this file."""
    *folders, name = path.split("/")
    return (
        is_system_junk(path)
        or name.startswith((".", "~"))
        or any(f in JUNK_FOLDERS or (f.startswith(".") and f not in {".", ".."}) for f in folders)
    )


def without_wrapper(files: Sequence[FoundFile]) -> Sequence[FoundFile]:
    """Leave out the one folder that all files are in, if there is one."""
    tops = {file.path.partition("/")[0] for file in files}
    if len(tops) != 1 or any(file.depth == 0 for file in files):
        return files
    return [file.renamed(file.path.partition("/")[2]) for file in files]


# Folders


def files_in_folder(root: Path) -> Iterator[FoundFile]:
    """List the files below `root`, in the order of their paths."""
    yield from map(with_short_path, _walk(root, "", 0))


def _walk(folder: Path, prefix: str, depth: int) -> Iterator[FoundFile]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        denied = isinstance(error, PermissionError)
        refusal = _not_permitted(folder) if denied else _refusal_of_error(error, folder)
        # Named as a file in it: by the folder that it lies in an LMS tells whose it is.
        yield refused(f"{prefix}*", refusal)
        return
    for entry in entries:
        path = f"{prefix}{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            yield _file_in_folder(path, Path(entry.path))
            continue
        if split_ending(entry.name)[1] == ".py":
            yield refused(path, said("refused.folder"))
        if depth >= FOLDER_DEPTH:
            yield refused(path, said("refused.folder_too_deep"))
            continue
        # A folder that a program made (venv) can be huge. Its first level is enough to tell it from
        # a student's folder that happens to have such a name.
        inner = FOLDER_DEPTH if is_junk(f"{path}/x") else depth + 1
        yield from _walk(Path(entry.path), f"{path}/", inner)


def _file_in_folder(path: str, place: Path) -> FoundFile:
    modified = 0.0
    # A file that has disappeared since it was listed is reported when it is read.
    with contextlib.suppress(OSError):
        status = place.lstat()
        if refusal := _refusal_of_kind(status.st_mode):
            return refused(path, refusal)
        if not os.access(place, os.R_OK):
            return refused(path, _not_permitted(place))
        modified = status.st_mtime
    return FoundFile(path, lambda limit: read_regular(place, limit), modified)


def file_on_disk(place: Path) -> FoundFile:
    """List one file, under its own name."""
    return _file_in_folder(place.name, place)


def read_regular(place: Path, limit: int) -> bytes:
    """Read at most ``limit + 1`` bytes of a regular file, never through a link or a pipe.

    Raises
    ------
    NotReadable
        If it is anything else, or may not be opened.
    OSError
        If the disk does not give what was listed: no fault of who handed it in.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(place, flags), "rb") as file:
            if refusal := _refusal_of_kind(os.fstat(file.fileno()).st_mode):
                raise NotReadable(refusal)
            return file.read(limit + 1)
    except OSError as error:
        raise NotReadable(_refusal_of_error(error, place)) from None


def _not_permitted(place: Path) -> Said:
    return said(NOT_PERMITTED, found=f"'{display(str(place), PATH_LIMIT)}'")


def _refusal_of_error(error: OSError, place: Path) -> Said:
    if error.errno not in {errno.EACCES, errno.EPERM, errno.ELOOP}:
        raise OSError(error.errno, error.strerror, str(place)) from error
    return said("refused.not_opened", error=error.strerror)


def _refusal_of_kind(mode: int) -> Said | None:
    if stat.S_ISREG(mode):
        return None
    return said("refused.link" if stat.S_ISLNK(mode) else "refused.not_regular")


# Zips


def open_zip(file: Path | IO[bytes]) -> zipfile.ZipFile:
    """Open a zip for reading.

    Raises
    ------
    NotReadable
        If it is none, or damaged.
    """
    try:
        return zipfile.ZipFile(file)
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise NotReadable(said("refused.no_zip", error=display(str(error)))) from None


class _StudentZip(zipfile.ZipFile):
    """A zip whose table of contents is not read if it is outsized.

    A zip states in several fields where the table lies and how long it is, and they need not agree,
    so none of them is trusted. `zipfile` reads the table in one call; `_Guarded` stops that call.
    """

    def __init__(self, file: Path | IO[bytes]) -> None:
        self._own = file.open("rb") if isinstance(file, Path) else None
        guarded = _Guarded(self._own or file)
        try:
            super().__init__(guarded)
        except BaseException:
            if self._own:
                self._own.close()
            raise
        guarded.most = None

    def close(self) -> None:
        super().close()
        if self._own:
            self._own.close()


class _Guarded:
    """A file of which no more than `most` bytes are read at once."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.most: int | None = DIRECTORY_LIMIT

    def read(self, size: int = -1) -> bytes:
        if self.most is None:
            whole: bytes = self._file.read(size)
            return whole
        data: bytes = self._file.read(size if 0 <= size <= self.most else self.most + 1)
        if len(data) > self.most:
            raise NotReadable(said("refused.zip_too_many"))
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def open_student_zip(file: Path | IO[bytes]) -> zipfile.ZipFile:
    """Open a zip that a student made, unless its table of contents alone is outsized.

    Raises
    ------
    NotReadable
        If it is none, damaged, or its table of contents is larger than `DIRECTORY_LIMIT`.
    """
    try:
        return _StudentZip(file)
    except OSError as error:
        raise NotReadable(said("refused.not_opened", error=error.strerror)) from None
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise NotReadable(said("refused.no_zip", error=display(str(error)))) from None


def files_in_zip(archive: zipfile.ZipFile, prefix: str = "") -> Iterator[FoundFile]:
    """List the files of an open zip, in the order of its table of contents."""
    for info in archive.infolist():
        # Not ZipInfo.is_dir, which fails where the name is empty.
        if not info.filename.endswith("/"):
            yield with_short_path(_file_in_zip(archive, info, prefix + member_path(info)))


def member_path(info: zipfile.ZipInfo) -> str:
    """Give a member's path as it was meant.

    A name without the UTF-8 mark is decoded as cp437 by `zipfile`; macOS writes UTF-8 without it.
    """
    name = info.filename
    if not info.flag_bits & UTF8_NAME:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/").removeprefix("./")


def _file_in_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> FoundFile:
    if refusal := _refusal_of_member(info, path):
        return refused(path, refusal)
    return FoundFile(path, lambda limit: _read_member(archive, info, limit), _time(info))


def _refusal_of_member(info: zipfile.ZipInfo, path: str) -> Said | None:
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) and (refusal := _refusal_of_kind(mode)):
        return refusal
    if path.startswith("/") or ".." in path.split("/") or path[1:2] == ":":
        return said("refused.out_of_zip")
    if info.flag_bits & ENCRYPTED:
        return said("refused.password")
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return said("refused.compression")
    return None


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    if info.file_size > limit and info.file_size > RATIO_LIMIT * info.compress_size:
        raise NotReadable(said("refused.unpacks_too_far", times=RATIO_LIMIT))
    try:
        with archive.open(info) as member:
            return member.read(limit + 1)
    except (OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise NotReadable(said("refused.damaged_in_zip", error=display(str(error)))) from None


def _time(info: zipfile.ZipInfo) -> float:
    """Order times of members: seconds as if months had 31 days; 0 for the zip's own default."""
    year, month, day, hour, minute, second = info.date_time
    if year <= 1980:
        return 0.0
    return ((((year * 12 + month) * 31 + day) * 24 + hour) * 60 + minute) * 60.0 + second
