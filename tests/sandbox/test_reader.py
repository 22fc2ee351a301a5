"""What a file is like is read by a process that runs none, and is kept until it has to go."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from autograder.sandbox import reader
from autograder.sandbox.client import Limits, Sandbox
from autograder.sandbox.outcome import FileFacts, Raised
from tests.the_assignment import sandbox_of

FILE = "practice_6_1.py"
ORDINARY = b"def threshold(x): return x\ndef softmax(x): return threshold(x)\n"
USES = {"threshold": (), "softmax": ("threshold",)}
LIMITS = Limits(call_seconds=0.5, import_seconds=1.0, submission_seconds=20.0, memory_mb=300)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with sandbox_of(LIMITS) as made:
        yield made


def facts(sandbox: Sandbox, source: bytes) -> FileFacts:
    with sandbox.open({FILE: source}) as worker:
        return worker.facts(FILE)


def process(sandbox: Sandbox) -> int:
    connection = sandbox._reader._connection
    assert connection is not None
    return connection._pid


def test_no_code_has_a_say_in_what_is_read(sandbox: Sandbox) -> None:
    source = b"import ast, json, os\nast.parse = json.dumps = os.write = None\n" + ORDINARY
    read = facts(sandbox, source)
    assert read.uses == USES
    assert read.lines == {"threshold": (3, 3), "softmax": (4, 4)}


def test_a_file_that_cannot_be_imported_is_read(sandbox: Sandbox) -> None:
    with sandbox.open({FILE: ORDINARY + b"1 / 0\n"}) as worker:
        assert isinstance(worker.imports[FILE], Raised)
        assert worker.facts(FILE).uses == USES


def test_of_a_file_that_is_not_there_there_is_nothing_to_tell(sandbox: Sandbox) -> None:
    with sandbox.open({FILE: ORDINARY, "helper.py": b"x = 1\n"}) as worker:
        assert worker.facts("backprop.py") == FileFacts()


def test_nothing_is_read_that_nobody_asks_for(sandbox: Sandbox) -> None:
    with sandbox.open({FILE: ORDINARY}) as worker:
        worker.call(FILE, "softmax", [(1.0,)])
    assert sandbox._reader._connection is None


def test_one_process_reads_the_files_of_many(sandbox: Sandbox) -> None:
    facts(sandbox, ORDINARY)
    first = process(sandbox)
    assert facts(sandbox, b"def softmax(x: pass\n").syntax_error is not None
    assert process(sandbox) == first


def test_another_process_goes_on_after_so_many_files(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MOST_FILES", 2)
    seen = []
    for _ in range(5):
        assert facts(sandbox, ORDINARY).uses == USES
        seen.append(process(sandbox))
    assert [seen[0], seen[2], seen[4]] == [seen[1], seen[3], seen[4]]
    assert len({*seen}) == 3


def test_another_process_goes_on_after_a_file_that_tells_a_lot(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "ORDINARY", 235)
    facts(sandbox, b"")
    first = process(sandbox)
    assert facts(sandbox, ORDINARY).uses == USES
    assert process(sandbox) == first
    facts(sandbox, b"")
    assert process(sandbox) != first


@pytest.mark.parametrize(
    "source",
    [b"a = 1\n" * 170_000, b"x = " + b"[" * 400_000, b"x = " + b"-" * 400_000 + b"1"],
    ids=["long", "open brackets", "deep"],
)
def test_a_file_that_cannot_be_read_costs_only_itself(source: bytes) -> None:
    limits = Limits(call_seconds=0.5, import_seconds=0.3, submission_seconds=20.0, memory_mb=120)
    with sandbox_of(limits) as sandbox:
        read = facts(sandbox, source)
        assert read.uses == {}
        assert facts(sandbox, ORDINARY).uses == USES


def test_a_process_that_is_killed_from_outside_is_replaced(sandbox: Sandbox) -> None:
    facts(sandbox, ORDINARY)
    first = process(sandbox)
    os.kill(first, signal.SIGKILL)
    assert facts(sandbox, ORDINARY).uses == USES
    assert process(sandbox) != first


def test_reading_is_on_the_time_of_the_submission() -> None:
    limits = Limits(call_seconds=0.2, import_seconds=0.4, submission_seconds=0.3)
    with (
        sandbox_of(limits) as sandbox,
        sandbox.open({FILE: b"while True: pass\n" + ORDINARY}) as worker,
    ):
        assert worker.facts(FILE) == FileFacts()
    assert sandbox._reader._connection is None


def test_the_process_ends_with_the_sandbox() -> None:
    with sandbox_of(LIMITS) as sandbox:
        facts(sandbox, ORDINARY)
        pid = process(sandbox)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
