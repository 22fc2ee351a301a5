"""A zip is read into a submission or refused with a reason; nothing is written, little is read."""

from __future__ import annotations

import io
import os
import struct
import sys
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from autograder.intake.file_names import safe_name
from autograder.intake.found_files import FoundFile, NotReadable, files_in_zip, open_student_zip
from autograder.intake.notes import READ_LIMIT, SOURCE_LIMIT
from autograder.intake.submission import HELPERS_LIMIT, UnreadableSubmission
from tests.the_assignment import FILES, notes_of, read_files, student_of

MOST_NOTED = 2500
"""Characters that a student may have to read about one file."""
TOKENS = [
    *(name.encode() for name in FILES), b"a.zip", b".py", b"PK\x01\x02", b"PK\x03\x04",
    b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"../", b"..\\", b"/", b"C:", b"__MACOSX/._",
    b" (1)", b"Kopie von ", b"-1", b"Copy of ", b".txt", b".ipynb", b".rar", b"\xff\xff\xff\xff",
    b"\x1b[31m", "\u202e".encode(), b"def threshold(x", b"tests/",
]  # fmt: skip

# The form that is easy to change: each step is one of these, two bytes of length, so many bytes.
NAME, CONTENT, MANY, METHOD, MODE, TIME, INSIDE, CHANGE = range(8)


def step(kind: int, content: bytes = b"") -> bytes:
    """One step of a description, as `described` reads it."""
    return struct.pack("<BH", kind, len(content)) + content


def described(data: bytes) -> bytes:
    """The zip that the steps describe; what comes after a change of its bytes is left out."""
    warnings.filterwarnings("ignore", "Duplicate name")
    file, archive = _new_zip()
    member = zipfile.ZipInfo("practice_6_1.py")
    method = zipfile.ZIP_DEFLATED
    copies = 1
    for kind, content in _steps(data):
        number = int.from_bytes(content[:4], "little")
        match kind % 8:
            case 0:
                member = zipfile.ZipInfo("x")
                member.filename = content.decode("utf-8", "replace")
            case 1:
                archive.writestr(member, content * copies, method)
            case 2:
                copies = 1 + number % 1500
            case 3:
                method = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)[number % 2]
            case 4:
                member.external_attr = number
            case 5:
                member.date_time = (1980 + number % 60, 1, 1, 0, 0, number // 60 % 60)
            case 6:
                archive.close()
                inner = file.getvalue()
                file, archive = _new_zip()
                archive.writestr(member, inner)
            case 7:
                archive.close()
                return _changed(file.getvalue(), number, content[4:])
    archive.close()
    return file.getvalue()


def _new_zip() -> tuple[io.BytesIO, zipfile.ZipFile]:
    file = io.BytesIO()
    return file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)


def _steps(data: bytes) -> Iterator[tuple[int, bytes]]:
    while data:
        kind, size = struct.unpack("<BH", data[:3].ljust(3, b"\0"))
        yield kind, data[3 : 3 + size]
        data = data[3 + size :]


def _changed(data: bytes, from_end: int, new: bytes) -> bytes:
    """Overwrite bytes so far from the end, where the table of contents is."""
    at = max(len(data) - from_end % (len(data) + 1), 0)
    return data[:at] + new + data[at + len(new) :]


def check(data: bytes) -> None:
    """Read the bytes as a zip, and the zip that they describe."""
    _forbid_side_effects()
    with _forbidden():
        check_zip(data)
    zipped = described(data)
    with _forbidden():
        check_zip(zipped)


def check_zip(data: bytes) -> None:
    """Read a zip as a hand-in, and inside another hand-in."""
    check_files([FoundFile("hand in.zip", lambda limit: data[: limit + 1])])
    try:
        archive = open_student_zip(io.BytesIO(data))
    except NotReadable:
        return
    found = list(files_in_zip(archive))
    check_files(found)
    for item in found[:50]:
        for name in (safe_name(item.path), safe_name(student_of(item.name[:255]))):
            assert PurePosixPath(name).name == name
            assert name.isprintable()


def check_files(found: Sequence[FoundFile]) -> None:
    """Read a hand-in; it is of the documented form, or unreadable."""
    unpacked: list[int] = []
    try:
        submission = read_files("ann", [_counted(item, unpacked) for item in found])
    except UnreadableSubmission as error:
        check_note(str(error))
        return
    finally:
        zips = sum(item.name.lower().endswith(".zip") for item in found)
        assert zips or sum(unpacked) <= READ_LIMIT + SOURCE_LIMIT
    assert submission.student == "ann"
    assert len(submission.files) <= HELPERS_LIMIT + len(FILES)
    assert all(name.removesuffix(".py").isidentifier() for name in submission.files)
    assert all(len(data) <= SOURCE_LIMIT for data in submission.files.values())
    assert sum(map(len, submission.files.values())) <= READ_LIMIT + SOURCE_LIMIT
    assert not {"numpy.py", "random.py", "autograder.py"} & {*submission.files}
    assert {*submission.notes} <= {*FILES, ""}
    assert all(file in submission.files or file in submission.notes for file in FILES)
    for note in notes_of(submission).values():
        check_note(note)


def _counted(item: FoundFile, unpacked: list[int]) -> FoundFile:
    def load(limit: int) -> bytes:
        data = item.load(limit)
        assert len(data) <= limit + 1
        unpacked.append(len(data))
        return data

    return FoundFile(item.path, load, item.modified, item.refusal)


def check_note(text: str) -> None:
    """A note is short, and nothing in it is obeyed by what shows it."""
    assert text
    assert text.isprintable()
    assert len(text) <= MOST_NOTED


# --- nothing is written or started --------------------------------------------------------------

_watching: list[bool] = []
_HARMLESS = ("os.listdir", "os.scandir")


@cache
def _forbid_side_effects() -> None:
    """Have Python call `_audit` at whatever leaves the process; this cannot be undone."""
    sys.addaudithook(_audit)


@contextmanager
def _forbidden() -> Iterator[None]:
    _watching.append(True)
    try:
        yield
    finally:
        _watching.pop()


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watching:
        return
    if event == "open":
        flags = arguments[2] if isinstance(arguments[2], int) else 0
        assert not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT), "a file was written"
    family = event.partition(".")[0]
    assert event in _HARMLESS or family not in ("os", "shutil", "subprocess", "socket"), event


# --- seeds ------------------------------------------------------------------------------------


def seeds() -> list[bytes]:
    """Zips as students and attackers make them, as they are and as steps."""
    source = b"def threshold(x):\n    return x\n"
    all_four = b"".join(step(NAME, name.encode()) + step(CONTENT, source) for name in FILES)
    in_a_folder = all_four.replace(b"\0practice", b"\0ann/practice")
    bomb = step(NAME, b"practice_6_1.py") + step(MANY, b"\xe0\5") + step(CONTENT, b"#" * 1000)
    link = step(NAME, b"backprop.py") + step(MODE, struct.pack("<I", 0o120777 << 16))
    described_ones = [
        all_four,
        in_a_folder,
        step(NAME, b"__MACOSX/._backprop.py") + step(CONTENT) + all_four,
        step(NAME, b"Kopie von backprop (2).py") + step(CONTENT, source),
        step(NAME, b"smith_practice_6_1.py") + step(CONTENT, source),
        step(NAME, b"../../backprop.py") + step(CONTENT, source),
        step(NAME, b"C:\\backprop.py") + step(CONTENT, source),
        link + step(CONTENT, b"/etc/passwd"),
        bomb * 3,
        all_four + step(NAME, b"in.zip") + step(INSIDE) + step(NAME, b"out.zip") + step(INSIDE),
        step(NAME, b"answers.py") + step(CONTENT, source),
        step(NAME, b"numpy.py") + step(CONTENT, source),
        step(NAME, b"backprop.ipynb") + step(CONTENT, b"{}"),
        step(NAME, b"a.rar") + step(CONTENT, b"Rar!"),
        step(NAME, b"\x1b[31m<b>\xe2\x80\xae.py") + step(CONTENT, source),
        all_four + step(CHANGE, struct.pack("<I", 10) + b"\xff\xff\xff\xff"),
        all_four + step(CHANGE, struct.pack("<I", 60) + b"\xff\xff"),
        step(NAME, b"backprop.py") + step(TIME, b"\x09") + step(CONTENT, b"1")
        + step(NAME, b"x/backprop.py") + step(TIME, b"\x10") + step(CONTENT, b"2"),
    ]  # fmt: skip
    small = [described(data) for data in described_ones if data is not described_ones[8]]
    return described_ones + small + [b"", b"PK\5\6" + bytes(18)]
