"""What the trusted side does with a student's bytes takes time in proportion to them.

Each input is a program that repeats words: short bytes describe long inputs, such as an attacker
would write. It is given to one reader of the trusted side, and the processor time is measured.
Without Atheris, ``python -m tests.fuzz.cost 60`` looks for the worst input by itself, for so many
seconds, and prints it for each reader.
"""

from __future__ import annotations

import io
import json
import random
import struct
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress

from autograder.course.grade_class import _ENDLESS
from autograder.feedback.failures import keeps_none
from autograder.feedback.markdown import as_markdown
from autograder.feedback.page import inline_code
from autograder.intake.contents import fenced_code, kind_of
from autograder.intake.definitions import all_written, definitions, without_stubs
from autograder.intake.file_names import display, module_file, safe_name, tell_apart
from autograder.intake.found_files import (
    FoundFile,
    NotReadable,
    files_in_zip,
    is_junk,
    open_student_zip,
)
from autograder.intake.lms.blackboard import Blackboard
from autograder.intake.lms.download import FOLDERS, LMSS
from autograder.intake.lms.table import safe_cell
from autograder.intake.notebooks import source_of
from autograder.intake.submission import UnreadableSubmission
from autograder.sandbox import wire
from autograder.sandbox.outcome import Raised, clean
from tests.the_assignment import FILES, claim, explain_exception, read_files, student_of

LONGEST = 100_000
"""Bytes of an input: the square of it is long enough to be seen, and so is a stack's depth."""
MOST_SECONDS, MOST_PER_BYTE = 0.5, 20e-6
"""Processor time that an input may take, and for each of its bytes more."""
TOKENS = [
    b"a", b"A", b"_", b"-", b" ", b".", b"(", b")", b"[", b"]", b"=", b"#", b"`", b"<", b"?", b"%",
    b"'", b'"', b",", b";", b":", b"/", b"\\", b"\t", b"\n", b"\r\n", b"0", b"1", b"(1)", b"-1",
    b" copy", b"copy of ", b"return", b"return.", b"return ", b".append(", b"np.", b"x = ", b"def ",
    b"def f(", b"while ", b"range(", b"zeros(", b"operand", b"'list'", b"shape (2,)", b"!", b"$",
    b"backprop", b"practice_6_1", b".py", b".txt", b".tar.", b"_1", b"_1_2_", b"_attempt_", b" - ",
    b"1-1 - ", b"2026-01-01-01-01-01", b"Nov 2, 2026 914 PM", b"_assignsubmission_file", b"anon_",
    b"_LATE", b"Original filename: x\n", b"Filename: x\n", b"http://", b"www.", b"\xcc\x81",
    b"\xcc\xa3", b"\xe1\xba\xad", b"\xef\xb7\xba", b"\xef\xb8\x8f", b"\xf0\x9d\x9f\x98", b"\xff",
    b"[]", b'["l"]', b'["l",', b'["t",', b"null,", b"1,", b'["u","a"]', b'["n","l","b1",9]', b"{",
]  # fmt: skip


def written(data: bytes) -> bytes:
    """What the program says: in pairs of bytes, which word and how often, then all of it again."""
    parts, size = [], 0
    for token, count in _pairs(data[1:]):
        part = TOKENS[token % len(TOKENS)] * min(1 + count * count, LONGEST)
        parts.append(part)
        size += len(part)
        if size > LONGEST:
            break
    whole = b"".join(parts)
    times = 1 << (data[0] % 17) if data else 1
    return (whole * min(times, 1 + LONGEST // max(len(whole), 1)))[:LONGEST]


def _pairs(data: bytes) -> Iterator[tuple[int, int]]:
    return zip(data[::2], data[1::2], strict=False)


# --- readers ----------------------------------------------------------------------------------


def _name(data: bytes) -> None:
    name = data.decode("utf-8", "replace")
    claim(name)
    claim(f"{name}.py")
    claim(f"backprop{name}.py")
    module_file(f"{name}.py")
    student_of(name)
    safe_name(name)
    display(name)
    is_junk(name)


def _zip(data: bytes) -> None:
    """Each line is a member's name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number, line in enumerate(data.split(b"\n")[:2000]):
            name = f"{number}{line.decode('utf-8', 'replace')[:15_000]}"
            archive.writestr(zipfile.ZipInfo(name), b"")
    started = time.process_time()
    with suppress(NotReadable, UnreadableSubmission), open_student_zip(file) as opened:
        read_files("ann", files_in_zip(opened))
    _spent.append(time.process_time() - started)


def _download(data: bytes) -> None:
    """Each line is a file of a class's download."""
    paths = data.decode("utf-8", "replace").split("\n")[:3000]
    files = [FoundFile(path[:1000], lambda limit: b"") for path in paths if path]
    for lms in (*LMSS, FOLDERS):
        lms.recognise([file.path for file in files])
        lms.read(files, None, FILES)


def _receipt(data: bytes) -> None:
    stem = "P_ann_attempt_2026-11-02-21-14-09"
    text = b"Name: Ann (ann)\n\n" + data
    Blackboard().read([FoundFile(f"{stem}.txt", lambda limit: text)], None, FILES)


def _names(data: bytes) -> None:
    tell_apart(data.decode("utf-8", "replace").split("\n"))


def _source(data: bytes) -> None:
    all_written(data, ["x"])
    kind_of(data)
    fenced_code(data)
    without_stubs(data, definitions(data).stubs)
    _ENDLESS.findall(data)
    keeps_none(data, 1, 10**6)
    for kind in ("ValueError", "IndexError", "TypeError", "NameError"):
        for line in (1, data.count(b"\n") + 1):
            at = Raised(kind, "", "backprop.py", line, "train", {"a": (2,)}, name="a")
            explain_exception(at, {"backprop.py": data})


def _message(data: bytes) -> None:
    text = clean(data.decode("utf-8", "replace"))
    for kind in ("ValueError", "IndexError", "TypeError", "ImportError", "AttributeError"):
        explain_exception(Raised(kind, text, None, None, "train", {"a": (2,)}, name="a"), {})


def _notebook(data: bytes) -> None:
    code = data.decode("utf-8", "replace")
    source_of(json.dumps({"cells": [{"cell_type": "code", "source": code}]}).encode())
    with suppress(NotReadable):
        source_of(data)


def _frame(data: bytes) -> None:
    header = b'["l",' + data[: wire.MAX_HEADER - 10].rstrip(b",") + b"]"
    with suppress(wire.WireError):
        wire.loads(struct.pack("<I", len(header)) + header + bytes(1000))


def _text(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    as_markdown(text)
    inline_code(text)
    safe_cell(text)


READERS: dict[str, Callable[[bytes], None]] = {
    "a name": _name,
    "names in a zip": _zip,
    "names in a class's download": _download,
    "names of a class": _names,
    "a receipt of Blackboard's": _receipt,
    "a source": _source,
    "a message": _message,
    "a notebook": _notebook,
    "a frame": _frame,
    "a text": _text,
}
_spent: list[float] = []
"""What a reader says that it took itself, where making its input takes time too."""


def cost(reader: str, data: bytes) -> float:
    """Seconds of processor time that a reader takes for an input."""
    _spent.clear()
    started = time.process_time()
    READERS[reader](data)
    return _spent[0] if _spent else time.process_time() - started


def check(data: bytes) -> None:
    """Give what the program says to the reader that its first byte names."""
    if not data:
        return
    reader = list(READERS)[data[0] % len(READERS)]
    made = written(data[1:])
    # Something else may have run in between.
    seconds = min(cost(reader, made) for _ in range(2))
    assert seconds <= MOST_SECONDS + MOST_PER_BYTE * len(made), (reader, seconds, made[:100])


def seeds() -> list[bytes]:
    """Each word many times over, for each reader."""
    words = [bytes([16, token, 1]) for token in range(0, len(TOKENS), 18)]
    return [bytes([reader]) + word for reader in range(len(READERS)) for word in words]


# --- without Atheris --------------------------------------------------------------------------


def search(seconds: float) -> dict[str, tuple[float, bytes]]:
    """Look for the input that costs most for each byte: its seconds, and itself."""
    chance = random.Random(1)
    worst: dict[str, tuple[float, bytes]] = {}
    for reader in READERS:
        best, kept = 0.0, [bytes([16, token, 1]) for token in range(len(TOKENS))]
        end = time.monotonic() + seconds / len(READERS)
        waiting = list(kept)
        while time.monotonic() < end:
            program = waiting.pop() if waiting else _changed(chance.choice(kept[-8:]), chance)
            made = written(program)
            if len(made) < 10_000:
                continue
            taken = cost(reader, made)
            if taken / len(made) > best:
                best = taken / len(made)
                kept.append(program)
                worst[reader] = taken, made
    return worst


def _changed(program: bytes, chance: random.Random) -> bytes:
    changed = bytearray(program)
    for _ in range(chance.randint(1, 3)):
        if chance.random() < 0.4 and len(changed) < 12:
            changed += bytes([chance.randrange(len(TOKENS)), chance.randrange(12)])
        else:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


if __name__ == "__main__":
    for name, (taken, worst) in search(float(sys.argv[1])).items():
        half = cost(name, worst[: len(worst) // 2])
        print(
            f"{name:28} {taken:7.3f} s {len(worst):7} bytes {1e6 * taken / len(worst):6.2f} µs/byte"
            f"   half of it: {half:7.3f} s  {worst[:40]!r}"
        )
