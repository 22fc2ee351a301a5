"""Whatever a function answers and a file is called, text and pages of it are harmless."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import struct
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np

from autograder.assignment import config as configs
from autograder.course.grade_class import grades_header
from autograder.course.grader import Grader
from autograder.course.output import Output
from autograder.feedback import page, plain
from autograder.intake.file_names import safe_name, tell_apart
from autograder.intake.found_files import FoundFile
from autograder.intake.lms.table import safe_cell
from autograder.sandbox import wire
from autograder.sandbox.batch import Batch
from autograder.sandbox.messages import MALFORMED, read_outcome
from autograder.sandbox.outcome import Died, FileFacts, Missing, Outcome, Raised, Returned, TimedOut
from autograder.sandbox.wire import WireError
from autograder.source.source_facts import facts
from tests.the_assignment import (
    FILES,
    FUNCTIONS,
    NOTES6,
    REFERENCE,
    SAY,
    SOLUTIONS,
    class_report,
    grader_of,
    load_config,
    read_files,
)

from .messages import MESSAGE_WORDS
from .wire import WORDS, grown

MOST_SHOWN = 60_000
"""Characters that one submission's text may have."""
SEED = 6
CONTRACT_BY_FILE = {question: dict(listed) for question, listed in NOTES6.contract}
NAMES = list(FUNCTIONS)
LEVELS: tuple[configs.Level, ...] = ("locate", "explain", "reveal")
MARKUP = '<img src=x onerror="hacked()">'
TOKENS = [
    *(name.encode() for name in (*FUNCTIONS, *FILES)), b"<script>", MARKUP.encode(), b"'\"&", b"`",
    b"</code>", b"</style>", b"{{ 7*7 }}", b"{% if %}", b"{function}", b"%s", b"=cmd|' /C'!A0",
    b"\x1b[2J", "\u202e".encode(), "\u2066".encode(), b"\xed\xa0\x80", b"\0", b"\r\n", b"](http://x)",
    "\u2028".encode(), struct.pack("<d", float("nan")), struct.pack("<d", float("inf")),
    struct.pack("<d", 1e308), struct.pack("<d", -0.0), struct.pack("<d", 5e-324),
]  # fmt: skip

# What a submission is made of: each step is one of these, two bytes of length, so many bytes.
NAMED, HANDED_IN, VALUE, WORDED, CHANGED, RAISED, END, APPENDED, LEVEL = range(9)


def step(kind: int, content: bytes = b"") -> bytes:
    """One step of a submission, as `check` reads it."""
    return struct.pack("<BH", kind, len(content)) + content


class Answers:
    """A worker, and the sandbox that it is in, whose answers are chosen.

    Parameters
    ----------
    chosen : mapping of str to sequence of Outcome
        By function, in turn for its probes; a function without any answers right.
    """

    tier = 0

    def __init__(self, chosen: Mapping[str, Sequence[Outcome]]) -> None:
        self._chosen = chosen
        self.imports: dict[str, Any] = {}
        self.left_out: dict[str, Any] = {}
        self.odd = set(FILES)
        self._facts: dict[str, FileFacts] = {}

    def open(
        self, files: Mapping[str, bytes], stand_ins: object = None, before: object = None
    ) -> Answers:
        for name, source in files.items():
            read = facts(source, name.removesuffix(".py"), CONTRACT_BY_FILE)
            self._facts[name] = FileFacts.from_json(json.loads(json.dumps(read)))
            if (problem := self._facts[name].syntax_error) is not None:
                self.imports[name] = Raised("SyntaxError", problem.message, name, problem.line)
        return self

    def facts(self, file: str) -> FileFacts:
        return self._facts.get(file, FileFacts())

    def call(self, file: str, function: str, calls: Sequence[Any]) -> list[Outcome]:
        return self.call_all([Batch(file, function, calls)])[0]

    def call_all(self, batches: Iterable[Batch]) -> list[list[Outcome]]:
        return [self._answers(batch) for batch in batches]

    def try_changes(self, batch: Batch, *asked: object) -> None:
        """No change is tried: there is no code to be changed."""

    def trace(self, batch: Batch) -> None:
        """No call is followed: there is no code to be run."""

    def _answers(self, batch: Batch) -> list[Outcome]:
        if batch.file in self.imports:
            return [self.imports[batch.file]] * len(batch.calls)
        if chosen := self._chosen.get(batch.function):
            return [chosen[k % len(chosen)] for k in range(len(batch.calls))]
        return [Returned(_right(batch.function, arguments)) for arguments in batch.calls]

    def close(self) -> None:
        pass

    def __enter__(self) -> Answers:
        return self

    def __exit__(self, *error: object) -> None:
        pass


@cache
def _grader(level: configs.Level) -> Grader:
    grader = grader_of(load_config().model_copy(update={"level": level}), SEED)
    grader.sandbox.close()
    return grader


def _right(function: str, arguments: Any) -> Any:
    """The right answer, in the form in which it is returned."""

    return REFERENCE[function](*arguments)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="fuzz-report-")


def check(data: bytes) -> None:
    """Grade the submission that the steps make; look at all that is read of it."""
    student, found, chosen, level = _read(data)
    submission = read_files(tell_apart([student])[0], found)
    grader = _grader(level)
    grader.sandbox = Answers(chosen)  # type: ignore[assignment]
    graded = grader.grade(submission)
    record = graded.feedback
    check_record(record)
    check_text(plain.render(record, SAY))
    check_page(page.render(record, SAY), submission.student)
    check_json(graded.gradescope)
    check_class(record)


def _read(
    data: bytes,
) -> tuple[str, list[FoundFile], dict[str, list[Outcome]], configs.Level]:
    student, level = "ann", LEVELS[1]
    function = NAMES[0]
    chosen: dict[str, list[Outcome]] = {}
    files = {name: (SOLUTIONS / name).read_bytes() for name in FILES}
    last = FILES[0]
    while data:
        kind, size = struct.unpack("<BH", data[:3].ljust(3, b"\0"))
        content, data = data[3 : 3 + size], data[3 + size :]
        match kind % 9:
            case 0:
                student = os.fsdecode(content)
            case 1:
                last = os.fsdecode(content)
                files[last] = b""
            case 7:
                files[last] = files[last] + content
            case 8:
                level = LEVELS[size % 3]
            case _:
                function = NAMES[content[0] % len(NAMES)] if content else function
                if (outcome := _outcome(kind % 9, function, content[1:])) is not None:
                    chosen.setdefault(function, []).append(outcome)
    found = [FoundFile(name, lambda _, data=data: data) for name, data in files.items()]
    return student, found, chosen, level


def _outcome(kind: int, function: str, content: bytes) -> Outcome | None:
    """What one call came to; None where the bytes describe nothing that can arrive."""
    match kind:
        case 2:
            return _value(content)
        case 3:
            return _value(grown(content))
        case 4:
            return Returned(_nearly_right(function, content))
        case 5:
            return _raised(content)
    ends: tuple[Outcome, ...] = (
        TimedOut(2.0), Died("exit"), Died("memory"), Died("size"), Missing("function"),
        Missing("not callable"), Returned(None), Returned([]),
    )  # fmt: skip
    return ends[len(content) % len(ends)]


def _value(body: bytes) -> Outcome | None:
    try:
        return Returned(wire.loads(body))
    except WireError:
        return None


def _raised(content: bytes) -> Outcome | None:
    try:
        details = wire.loads(grown(content, MESSAGE_WORDS))
        return read_outcome(("raised", 1, 0, *details), 1, 0)
    except (WireError, *MALFORMED):
        return None


def _nearly_right(function: str, content: bytes) -> Any:
    """A right answer in which numbers are changed: a byte for the place, eight for the number."""
    number, *changes = content[:1] or b"\0", *range(1, len(content) - 8, 9)
    probes = _grader("explain").expected.probes[function]
    right = _right(function, probes[number[0] % len(probes)].arguments)
    value = wire.copy(wire.loads(wire.dumps(right)))
    arrays = [array for array in _arrays(value) if array.size]
    for at in changes:
        place, new = struct.unpack("<Bd", content[at : at + 9])
        if arrays:
            array = arrays[place % len(arrays)]
            array.ravel()[place % array.size] = new
    return value


def _arrays(value: Any) -> list[Any]:
    if isinstance(value, np.ndarray):
        return [value] if value.dtype.kind == "f" else []
    return [a for item in value for a in _arrays(item)] if isinstance(value, list | tuple) else []


# --- what is read -------------------------------------------------------------------------------

OBEYED = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def check_text(text: str) -> None:
    """No terminal, printer or editor obeys anything in a text, and it can be written as UTF-8."""
    text.encode("utf-8")
    assert len(text) <= MOST_SHOWN
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert not OBEYED & set(text)


def check_json(value: Any) -> None:
    """What programs read is JSON to the letter (no NaN), and its texts are harmless."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, default=str)
    text.encode("utf-8")
    for held in _texts(value):
        assert not [c for c in held if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
        assert not OBEYED & set(held)


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [text for key, item in value.items() for text in [str(key), *_texts(item)]]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def check_record(record: dict[str, Any]) -> None:
    """Every function is there, with marks within its points and a text."""
    check_json(record)
    assert [entry["function"] for entry in record["functions"]] == NAMES
    for entry in record["functions"]:
        assert 0 <= entry["score"] <= entry["max_score"]
        assert entry["text"]
        assert len(entry["text"]) <= MOST_SHOWN // len(NAMES)
        assert (entry["status"] in ("right", "right in itself")) <= (entry["score"] > 0)
    assert 0 <= record["score"] <= record["max_score"]


class _Page(HTMLParser):
    """Reads a page and fails at whatever is not of our own templates."""

    VOID = frozenset({"meta", "br", "input"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attributes)))
        for name, value in attributes:
            assert not name.startswith("on")
            assert name not in ("src", "srcdoc", "action", "formaction")
            assert name != "href" or re.fullmatch(r"#[\w-]+|feedback/[^/:]*\.html", value or "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def handle_pi(self, data: str) -> None:
        raise AssertionError("an instruction")


def read_page(html: str) -> _Page:
    """Parse a page to its end."""
    reader = _Page()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader


def check_page(html: str, student: str) -> None:
    """A page holds our own elements alone, closed in their order, and shows the name as it is."""
    check_text(html.replace("\u200e", "")[:MOST_SHOWN])
    reader = read_page(html)
    assert {tag for tag, _ in reader.tags} <= page_elements()
    assert "".join(reader.text).count(student) >= 2
    assert [tag for tag, _ in reader.tags].count("style") == 1


@cache
def page_elements() -> frozenset[str]:
    """The elements that stand in our templates."""
    templates = "".join(path.read_text(encoding="utf-8") for path in page.TEMPLATES.glob("*.html"))
    return frozenset(re.findall(r"<([a-zA-Z][\w-]*)", templates))


def check_class(record: dict[str, Any]) -> None:
    """The table has a row of as many cells as it has columns, the report our elements alone."""
    folder, student = Path(_folder().name), record["student"]
    (folder / "feedback").mkdir(exist_ok=True)
    place = folder / "feedback" / f"{safe_name(student)}.json"
    place.write_text(json.dumps(record), encoding="utf-8")
    rows = [{"student": student, "total": record["score"], "status": ""}]
    try:
        written = class_report(folder, rows, load_config())
    finally:
        place.unlink()
    reader = read_page(written["report.html"])
    assert [tag for tag, _ in reader.tags].count("script") <= 1
    check_json(json.loads(written["report.json"]))
    table = list(csv.reader(io.StringIO(written["misconceptions.csv"])))
    assert {len(row) for row in table} == {7}
    output = Output(folder, SAY)
    with output.held():
        output.write_table(grades_header(NOTES6), rows)
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["student"] == safe_cell(student)


# --- seeds ------------------------------------------------------------------------------------


def seeds() -> list[bytes]:
    """Answers that are wrong in many ways, under names of many kinds."""
    nan = struct.pack("<Bd", 0, float("nan"))
    return [
        b"",
        step(NAMED, b"O'Neil, Ann"),
        step(NAMED, MARKUP.encode()) + step(CHANGED, b"\2\0\1" + bytes(8)),
        step(NAMED, b"=HYPERLINK(1)\x1b[2J\xe2\x80\xae") + step(LEVEL, b"a"),
        *(step(CHANGED, bytes([k, 0]) + struct.pack("<Bd", 1, 7.5)) for k in (1, 4, 8, 10)),
        *(step(CHANGED, bytes([k, 1]) + nan) + step(LEVEL) for k in (3, 9)),
        *(step(END, bytes([3]) + bytes(k)) for k in range(8)),
        step(VALUE, b"\5" + wire.dumps([[1.0, 2.0], [3.0, 1e300]])),
        step(VALUE, b"\3" + wire.dumps("text")) + step(VALUE, b"\3" + wire.dumps(np.zeros(0))),
        step(WORDED, bytes([9, *range(len(WORDS))])),
        step(RAISED, b"\3" + _raising("ValueError", "m" * 600)),
        step(RAISED, b"\4" + _raising("\x1b[2J\u202e", "\x1b[2J\u202e")),
        step(HANDED_IN, b"practice_6_1.py") + step(APPENDED, b"def softmax(x:\n  <b>\n"),
        step(HANDED_IN, f"{MARKUP} backprop.py".encode()) + step(APPENDED, b"def train(): 1\n"),
        step(HANDED_IN, b"\x1b[31m`x`.zip") + step(APPENDED, b"PK"),
    ]


def _raising(kind: str, message: str) -> bytes:
    """The program for `grown` that makes the details of an exception."""
    words = ["[", "l", kind, message, "practice_6_1.py", 4, None, "[", "l", "]", None]
    return bytes([MESSAGE_WORDS.index(word) for word in words])
