"""What a student chooses costs the trusted side little: inputs that once took minutes, and kin."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import resource
import struct
import subprocess
import sys
import tarfile
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from autograder.diagnosis.lines import source_lines
from autograder.feedback.failures import keeps_none
from autograder.intake.file_names import module_file, safe_name, tell_apart
from autograder.intake.found_files import DIRECTORY_LIMIT, FoundFile, NotReadable, open_student_zip
from autograder.intake.lms.blackboard import Blackboard
from autograder.intake.notebooks import source_of
from autograder.intake.submission import Submission, UnreadableSubmission
from autograder.sandbox import wire
from autograder.sandbox.client import Limits
from autograder.sandbox.outcome import Died, Returned
from tests.conftest import thinned
from tests.fuzz import cost
from tests.the_assignment import FILES, claim, notes_of, read_files, sandbox_of

SOURCE = b"def threshold(x):\n    return x\n"


@contextmanager
def takes(seconds: float) -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < seconds


def read(name: str, data: bytes) -> Submission:
    files = [(name, data), ("backprop.py", SOURCE)]
    return read_files("ann", [FoundFile(n, lambda limit, d=d: d[: limit + 1]) for n, d in files])


def zipped(names: list[str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), b"")
    return file.getvalue()


def inside(data: bytes) -> bytes:
    """A zip in a zip: what repeats itself takes a thousandth."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.zip", data)
    return file.getvalue()


# --- lines ------------------------------------------------------------------------------------

LINES = ["return.", "return", "x = ", "= a.b", "[", "return x.append", "=x.sort(", "np.", "é.", "a"]


@pytest.mark.parametrize("word", LINES)
@pytest.mark.parametrize("length", [190, 1_000_000])
def test_a_line_is_read_in_proportion(word: str, length: int) -> None:
    line = (word * length)[: min(length, 1_000_000 // len(word.encode()))].encode()
    source = b"\n".join([line] * (1_000_000 // len(line)))
    with takes(4):
        keeps_none(source, 1, 10**6)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("    return weights.append(w)", "append"),
        ("  x = losses.sort()", "sort"),
        ("  x=np.fill_diagonal(a, 0)", "np.fill_diagonal"),
        ("  return a[0].layers.extend(b)", "extend"),
        ("  x += a.sort()", None),
        ("  x == a.sort()", None),
        ("  a.sort()", None),
        ("  returns.append(1)", None),
        ("  x = np.sort(a)", None),
        ("  x = 1  # return a.sort()", None),
    ],
)
def test_what_gives_back_none_is_still_seen(line: str, found: str | None) -> None:
    expected = None if found is None else (found, 2)
    assert keeps_none(f"def f():\n{line}\n".encode(), 1, 2) == expected


def test_an_endless_line_is_counted_and_not_read() -> None:
    assert source_lines(b"a\n" + b"b" * 1000 + b"\nc") == ["a", "", "c"]


@pytest.mark.parametrize("word", [" ", "? ", "?", "% ", "\t", "x ? "])
def test_a_notebooks_lines_are_read_in_proportion(word: str) -> None:
    code = word * (900_000 // len(word)) + "x"
    with takes(2):
        source_of(json.dumps({"cells": [{"cell_type": "code", "source": code}]}).encode())


def test_lines_for_the_notebook_itself_are_put_aside() -> None:
    code = "%matplotlib inline\n  !pip install x\nnp.dot?\nx = 1 \n\n?x\ny = '?' + x"
    made = source_of(json.dumps({"cells": [{"cell_type": "code", "source": code}]}).encode())
    assert made.decode() == (
        "# %matplotlib inline\n  # !pip install x\n# np.dot?\nx = 1 \n\n# ?x\ny = '?' + x"
    )


@pytest.mark.parametrize("words", ["\n", " \n", "Original filename: x\n", "Filename: \n", "("])
def test_a_receipt_is_read_in_proportion(words: str) -> None:
    text = ("Name: Ann (ann)\n\n" + words * (190_000 // len(words))).encode()
    name = "P_ann_attempt_2026-11-02-21-14-09.txt"
    with takes(2):
        Blackboard().read([FoundFile(name, lambda limit: text)], None, FILES)


# --- names ------------------------------------------------------------------------------------

NAMES = [
    "\u0323\u0301", "a\u0301\u0323", "\ufdfa", "\u0344", "\U0001d7d8", "_", " copy", "- ", "(1)",
    "-1 copy", "a.py", ".tar.", "practice_6_1 ",
]  # fmt: skip


@pytest.mark.parametrize("word", NAMES)
def test_a_name_in_a_zip_costs_next_to_nothing(word: str) -> None:
    name = f"backprop{word * (60_000 // len(word.encode()))}"
    with takes(1):
        for ending in (".py", ".zip", ".ipynb", ""):
            read("hand-in.zip", inside(zipped([f"{name}{ending}", "practice_6_1.py"])))
        claim(name)
        module_file(f"{name}.py")
        safe_name(name)


@pytest.mark.parametrize("word", thinned(NAMES, 8))
def test_thousands_of_long_names_in_a_zip_cost_little(word: str) -> None:
    name = (f"backprop{word * 100}")[:200]
    names = [f"{number}{name}.py" for number in range(1_800_000 // (46 + len(name.encode())))]
    with takes(10):
        read("hand-in.zip", inside(zipped(names)))


def test_an_outsized_path_is_told_in_short() -> None:
    name = f"practice_6_1{unicodedata.lookup('COMBINING ACUTE ACCENT') * 2000}.py"
    submission = read("hand-in.zip", zipped([name]))
    assert any("more than 1000 characters" in note for note in notes_of(submission).values())
    assert all(len(note) < 1500 for note in notes_of(submission).values())


@pytest.mark.parametrize(
    "names",
    [
        ["ann"] * 10_000,
        [f"ann ({n})" for n in range(2, 5000)] + ["ann"] * 5000,
        ["ann"] * 5000 + [f"ann ({n})" for n in range(2, 5000)],
        [f"{'a' * 95}{n:05}{'b' * 95}" for n in range(10_000)],
        [f"{'á' * 95}{n:05}{'ß' * 95}" for n in range(10_000)],
        [""] * 10_000,
    ],
)
def test_equal_names_are_told_apart_at_once(names: list[str]) -> None:
    with takes(3):
        told = tell_apart(names)
    assert len({unicodedata.normalize("NFKC", safe_name(name)).casefold() for name in told}) == (
        len(names)
    )


# --- archives ---------------------------------------------------------------------------------


def many() -> bytes:
    """A zip whose table of contents is outsized."""
    name = b"x" * 40
    member = struct.pack("<4s6H3L5H2L", b"PK\1\2", *[20] * 2, *[0] * 4, 0, 0, 0, len(name),
                         *[0] * 4, 0, 0) + name  # fmt: skip
    return member * (4_000_000 // len(member))


def end(entries: int, size: int, at: int, comment: bytes = b"") -> bytes:
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, entries, entries, size, at, len(comment)) + (
        comment
    )


def zip64(entries: int, size: int, at: int) -> bytes:
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, size, at)
    return record + struct.pack("<4sLQL", b"PK\6\7", 0, at + size, 1)


def endings() -> list[bytes]:
    size, most = len(many()), 0xFFFFFFFF
    count, few = size // 86, 0xFFFF
    return [
        end(count % few, size, 0),
        zip64(count, size, 0) + end(few, most, most),
        zip64(count, size, 0) + end(few, most, most, b"a comment"),
        zip64(count, size, 0) + end(few, most, most, end(0, 0, 0)),
        zip64(count, size, 0) + end(few, most, most, b"PK\5\6"),
        # The place is never looked at where the size tells it: a signature may stand there.
        zip64(count, size, 0) + end(few, most, int.from_bytes(b"PK\5\6", "little")),
        end(count % few, size, int.from_bytes(b"PK\5\6", "little")),
        end(count % few, size, 0, b"PK\5\6" + bytes(18)),
    ]


@pytest.mark.parametrize("ending", range(len(endings())))
def test_an_outsized_table_of_contents_is_not_read(ending: int, tmp_path: Path) -> None:
    data = many() + endings()[ending]
    (tmp_path / "x.zip").write_bytes(data)
    with takes(1):
        for file in (io.BytesIO(data), tmp_path / "x.zip"):
            # A comment may be an end of its own, of a zip with nothing in it.
            with suppress(NotReadable), open_student_zip(file) as archive:
                assert len(archive.infolist()) == 0
        read("hand-in.zip", inside(data))


def test_a_zip_as_large_as_may_be_costs_little() -> None:
    names = [f"{n:x}" for n in range(DIRECTORY_LIMIT // 53)]
    with takes(8):
        read("hand-in.zip", inside(zipped(names)))


def pax(key: bytes, value: bytes) -> bytes:
    record = b" " + key + b"=" + value + b"\n"
    size = len(record) + len(str(len(record) + 8))
    record = str(size).encode() + record
    header = tarfile.TarInfo("pax")
    header.type, header.size = tarfile.XHDTYPE, len(record)
    file = tarfile.TarInfo("backprop.py")
    padding = bytes(-len(record) % 512)
    return header.tobuf() + record + padding + file.tobuf() + bytes(1024)


def test_a_tar_that_tells_too_much_of_a_file_is_refused() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with takes(3):
        for key in (b"GNU.sparse.map", b"path", b"x"):
            submission = read("x.tgz", gzip.compress(pax(key, b"1," * 10_000_000)))
            assert "not read here" in str(notes_of(submission))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_a_tar_of_long_paths_is_still_read() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo(f"{'a' * 150}/{'é' * 90}/practice_6_1.py")
        member.size = len(SOURCE)
        archive.addfile(member, io.BytesIO(SOURCE))
    assert read("x.tar", file.getvalue()).files["practice_6_1.py"] == SOURCE


# --- answers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("item", ['["l"]', '["t"]', "null", "1", '["u","a"]', '["l",["l"]]'])
def test_what_becomes_of_a_frame_is_bounded(item: str) -> None:
    for count in (wire.MAX_HEADER // (len(item) + 1) - 2, 2**20 // (len(item) + 1)):
        header = f'["l",{",".join([item] * count)}]'.encode()
        with takes(0.5):
            try:
                wire.loads(struct.pack("<I", len(header)) + header)
            except wire.WireError:
                assert len(header) > wire.MAX_HEADER


FLOOD = """
import os, struct

ITEM = b'["l"],'
HEADER = b'["t","returned",%d,%d,["l",' + ITEM * 10_000 + b'["l"]],["t"]]'


def threshold(x):
    return [[] for _ in range(10_000)]


def softmax(x):
    for serial in range(1, 60):
        for at in range(40):
            body = HEADER % (serial, at)
            frame = struct.pack("<I", len(body) + 4) + struct.pack("<I", len(body)) + body
            for fd in range(3, 16):
                try:
                    os.write(fd, frame)
                except OSError:
                    pass
"""


def test_answers_of_countless_parts_fill_neither_time_nor_memory() -> None:
    script = f"""
import time
from autograder.sandbox.client import Limits, Sandbox
CONTRACT = [("practice_6_1", [("threshold", ["x"]), ("softmax", ["x"])])]
x = [([1.0, 2.0],)] * 40
with Sandbox(Limits(call_seconds=2, submission_seconds=20), CONTRACT) as sandbox:
    started = time.process_time()
    for _ in range(3):
        with sandbox.open({{"practice_6_1.py": {FLOOD.encode()!r}}}) as worker:
            for function in ("threshold", "softmax") * 3:
                worker.call("practice_6_1.py", function, x)
    # ru_maxrss would begin with what the process that starts this one holds.
    status = open("/proc/self/status").read()
    print(time.process_time() - started, status.partition("VmHWM:")[2].split()[0])
"""
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        timeout=200,
    )
    seconds, kilobytes = map(float, run.stdout.split())
    assert seconds < 15
    assert kilobytes < 500_000


def test_all_workers_of_a_submission_share_what_may_be_sent() -> None:
    with (
        sandbox_of(Limits(submission_seconds=20)) as sandbox,
        sandbox.open({"practice_6_1.py": FLOOD.encode()}) as worker,
    ):
        few = worker.call("practice_6_1.py", "threshold", [([1.0],)] * 4)
        assert all(isinstance(outcome, Returned) for outcome in few)
        most = worker.call("practice_6_1.py", "threshold", [([1.0],)] * 200)
        assert isinstance(most[-1], Died)
        again = sandbox.open({"practice_6_1.py": FLOOD.encode()}, None, worker)
        assert isinstance(again.call("practice_6_1.py", "threshold", [([1.0],)])[0], Died)
        with sandbox.open({"practice_6_1.py": SOURCE}) as other:
            assert isinstance(other.call("practice_6_1.py", "threshold", [([1.0],)])[0], Returned)


# --- the fuzzer -------------------------------------------------------------------------------


def test_the_fuzzer_sees_what_takes_the_square(monkeypatch: pytest.MonkeyPatch) -> None:
    def square(data: bytes) -> None:
        re.findall(rb"a+b", data[:60_000])

    monkeypatch.setitem(cost.READERS, "a name", square)
    monkeypatch.setattr(cost, "MOST_SECONDS", 0.1)
    monkeypatch.setattr(cost, "MOST_PER_BYTE", 2e-6)
    with pytest.raises(AssertionError, match="a name"):
        cost.check(bytes([0, 16, 0, 1]))


def test_what_cannot_be_read_for_its_cost_is_told() -> None:
    file = FoundFile("x.zip", lambda limit: many() + endings()[1])
    with pytest.raises(UnreadableSubmission, match="zip_too_many"):
        read_files("ann", [file])
