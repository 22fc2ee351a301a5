"""Code that hangs, dies or lies costs itself, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any, get_args

import numpy as np
import pytest

from autograder.marking.session import Kind, _batch
from autograder.sandbox import client, confine
from autograder.sandbox.client import MAX_AHEAD, Batch, Limits, Sandbox, Worker, detect
from autograder.sandbox.errors import SandboxError, TierTooLow
from autograder.sandbox.outcome import (
    Died,
    FileFacts,
    Missing,
    Outcome,
    Raised,
    Returned,
    TimedOut,
)
from autograder.sandbox.processes import ForkServer
from tests.the_assignment import FUNCTIONS, QUESTIONS, probes_of, sandbox_of

FILE = "practice_6_1.py"
# Nothing here takes a tenth of this.
SECONDS = 60
LIMITS = Limits(call_seconds=0.5, import_seconds=1.0, submission_seconds=20.0, memory_mb=300)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with sandbox_of(LIMITS) as sandbox:
        yield sandbox


def open_source(sandbox: Sandbox, source: str, **others: str) -> Worker:
    files = {FILE: source} | {f"{name}.py": text for name, text in others.items()}
    return sandbox.open({name: dedent(text).encode() for name, text in files.items()})


def run(sandbox: Sandbox, source: str, *arguments: Any) -> Outcome:
    with open_source(sandbox, source) as worker:
        (outcome,) = worker.call(FILE, "f", [arguments])
    return outcome


# --- hanging and dying in a call ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("while True: pass", TimedOut(0.5)),
        ("import time; time.sleep(1e6)", TimedOut(0.5)),
        ("import signal; signal.pause()", TimedOut(0.5)),
        ("import threading; threading.Event().wait()", TimedOut(0.5)),
        ("while True:\n        try: f(x)\n        except BaseException: pass", TimedOut(0.5)),
        ("9 ** 9 ** 9", TimedOut(0.5)),
        ("import os; os._exit(0)", Died("exit")),
        ("import os; os._exit(112 + x)", Died("exit")),
        ("import ctypes; ctypes.string_at(0)", Died("crash")),
        ("import os; os.abort()", Died("crash")),
        ("import os; os.closerange(3, 64)", Died("exit")),
    ],
)
def test_the_worst_calls_cost_themselves(sandbox: Sandbox, body: str, expected: Outcome) -> None:
    source = f"def f(x):\n    {body}\ndef g(x): return x"
    with open_source(sandbox, source, backprop="def f(x): return x") as worker:
        (outcome,) = worker.call(FILE, "f", [(1,)])
        assert worker.call(FILE, "g", [(1,)]) == [Returned(1)]
        assert worker.call("backprop.py", "f", [(1,)]) == [Returned(1)]
    assert outcome == expected


def test_only_the_calls_that_hang_are_lost(sandbox: Sandbox) -> None:
    source = """
        def f(x):
            while x < 0: pass
            return x
    """
    with open_source(sandbox, source) as worker:
        outcomes = worker.call(FILE, "f", [(1,), (-1,), (2,), (3,)])
    assert outcomes == [Returned(1), TimedOut(0.5), Returned(2), Returned(3)]


def test_what_hangs_throughout_is_tried_less_and_less(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = "".join(f"def f{k}(x):\n    while True: pass\n" for k in range(5))
    source = hanging + "def g(x): return x"
    launched: list[int] = []
    launch = sandbox._launcher.launch
    monkeypatch.setattr(
        sandbox._launcher, "launch", lambda *given: launched.append(1) or launch(*given)
    )
    names = ("f0", "f1", "f2", "f3", "f4", "g")
    with open_source(sandbox, source) as worker:
        outcomes = worker.call_all([Batch(FILE, name, [(1,)] * 4) for name in names])
    assert outcomes == [[TimedOut(0.5)] * 4] * 5 + [[Returned(1)] * 4]
    # Two tries of each of the first three functions and one of each other, and one that goes on.
    assert len(launched) == 2 * 3 + 2 + 1


def test_functions_asked_at_once_are_answered_as_one_after_another(sandbox: Sandbox) -> None:
    source = """
        import os
        def hangs(x):
            while x == 2: pass
            return x
        def dies(x): return os._exit(0) if x > 1 else x
        def raises(x): raise ValueError
        def large(x): return [float(x)] * 90_000
        number = 1
    """
    calls = [(1,), (2,), (3,)] * 4
    names = ("large", "hangs", "number", "raises", "nothing", "dies", "large")
    batches = [Batch(FILE, name, calls) for name in names]
    batches[3:3] = [Batch("backprop.py", "f", calls), Batch("practice_6_3.py", "f", calls)]
    others = {"practice_6_3": "1 / 0"}
    with open_source(sandbox, source, **others) as worker:
        at_once = worker.call_all(batches)
    with open_source(sandbox, source, **others) as worker:
        assert [worker.call(b.file, b.function, calls) for b in batches] == at_once
    assert at_once[1][:3] == [Returned(1), TimedOut(0.5), Returned(3)]
    assert {type(outcomes[-1]) for outcomes in at_once} == {
        Returned,
        TimedOut,
        Missing,
        Raised,
        Died,
    }


def test_what_is_asked_ahead_fits_into_a_sockets_buffer() -> None:
    probes = probes_of(6)
    for kind in get_args(Kind):
        # Together they may be more: what doesn't fit is sent once the first is answered.
        batches = [_batch(probes, name, kind)[1] for name in FUNCTIONS]
        assert max(len(batch.frame(1, 0)) for batch in batches) < MAX_AHEAD
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        assert ours.send(bytes(MAX_AHEAD)) == MAX_AHEAD


def test_after_two_failures_a_function_is_not_tried_again(sandbox: Sandbox) -> None:
    source = """
        import os
        def f(x): os._exit(1)
        def g(x): return x
    """
    with open_source(sandbox, source) as worker:
        started = time.monotonic()
        assert worker.call(FILE, "f", [(1,)] * 500) == [Died("exit")] * 500
        assert worker.call(FILE, "f", [(2,)]) == [Died("exit")]
        assert time.monotonic() - started < 500 * 0.05
        assert worker.call(FILE, "g", [(2,)]) == [Returned(2)]


def test_a_submission_has_a_time_limit_of_its_own() -> None:
    limits = Limits(call_seconds=0.4, import_seconds=1.0, submission_seconds=1.0)
    source = "import time\n" + "".join(
        f"def f{k}():\n while True: time.sleep(1)\n" for k in range(10)
    )
    with sandbox_of(limits) as sandbox, open_source(sandbox, source) as worker:
        started = time.monotonic()
        for k in range(10):
            (outcome,) = worker.call(FILE, f"f{k}", [()])
            assert isinstance(outcome, TimedOut)
        # Ten functions that hang for 0.4 s each, twice, would take 8 s.
        assert time.monotonic() - started < 4.0


def test_running_out_of_memory_is_an_exception() -> None:
    source = """
        def f():
            hoard = []
            while True:
                hoard.append(bytearray(10**8))
    """
    with sandbox_of(Limits(call_seconds=20, memory_mb=300)) as sandbox:
        outcome = run(sandbox, source)
    assert isinstance(outcome, Raised)
    assert outcome.type == "MemoryError"


def test_what_fills_the_memory_again_and_again_is_asked_no_more() -> None:
    source = """
        made = []
        def f(n):
            made.append(n)
            if n < 3:
                bytearray(10**12)
            return len(made)
        def g(n):
            return n
    """
    with sandbox_of(Limits(memory_mb=300)) as sandbox, open_source(sandbox, source) as worker:
        once = worker.call(FILE, "f", [(3,), (1,), (3,), (3,)])
        assert [getattr(o, "type", o) for o in once] == [
            Returned(1),
            "MemoryError",
            Returned(1),
            Returned(2),
        ]
        rest = worker.call(FILE, "f", [(1,), (3,), (3,)])
        assert [getattr(o, "type", o) for o in rest] == ["MemoryError"] * 3
        assert worker.call(FILE, "g", [(3,)]) == [Returned(3)]


def test_a_slow_answer_within_its_time_is_an_answer(sandbox: Sandbox) -> None:
    source = "import time\ndef f():\n    time.sleep(0.25)\n    return 1"
    with open_source(sandbox, source) as worker:
        assert worker.call(FILE, "f", [()] * 4) == [Returned(1)] * 4


def test_a_busy_machine_does_not_time_an_answer_out() -> None:
    source = """
        import time
        def f():
            while time.process_time() < 0.2: pass
            return 1
    """
    busy = "import time\nend = time.monotonic() + 5\nwhile time.monotonic() < end: pass"
    crowd = [
        # Each in a session of its own: the scheduler is fair between sessions, not processes.
        subprocess.Popen([sys.executable, "-c", busy], start_new_session=True)
        for _ in range(6 * (os.cpu_count() or 1))
    ]
    try:
        with (
            sandbox_of(Limits(call_seconds=0.5)) as sandbox,
            open_source(sandbox, source) as worker,
        ):
            assert worker.call(FILE, "f", [()]) == [Returned(1)]
    finally:
        for process in crowd:
            process.kill()
            process.wait()


# --- hanging and dying at import ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("while True: pass", TimedOut(1.0)),
        ("import time; time.sleep(1e6)", TimedOut(1.0)),
        ("import os; os._exit(0)", Died("exit")),
        ("import ctypes; ctypes.string_at(0)", Died("crash")),
        ("import os; os.closerange(3, 64)", Died("exit")),
    ],
)
def test_the_worst_imports_cost_their_file(sandbox: Sandbox, body: str, expected: Outcome) -> None:
    with open_source(
        sandbox,
        "def f(): return 1",
        practice_6_2=body,
        practice_6_3="from practice_6_2 import propagate_error as e\ndef f(): return e(1, 2)",
        backprop="from practice_6_1 import f",
    ) as worker:
        assert worker.imports["practice_6_2.py"] == expected
        assert worker.call("practice_6_2.py", "f", [(), ()]) == [expected] * 2
        assert worker.call("practice_6_1.py", "f", [()]) == [Returned(1)]
        assert worker.call("backprop.py", "f", [()]) == [Returned(1)]
        assert worker.imports["practice_6_3.py"] is None
        (follower,) = worker.call("practice_6_3.py", "f", [()])
        assert isinstance(follower, Raised)
        assert (follower.type, follower.name) == ("ImportError", "propagate_error")


def test_a_helper_that_hangs_is_the_one_to_blame(sandbox: Sandbox) -> None:
    with open_source(
        sandbox, "import tools\ndef f(): return 1", tools="while True: pass"
    ) as worker:
        assert worker.imports["tools.py"] == TimedOut(1.0)
        assert worker.imports[FILE] is None
        assert worker.call(FILE, "f", [()]) == [Returned(1)]


def test_a_further_worker_does_not_run_again_what_the_first_one_ended_at(sandbox: Sandbox) -> None:
    files = {FILE: b"def f(): return 1", "practice_6_2.py": b"while True: pass"}
    with sandbox.open(files) as first:
        left = first.time.seconds
        with sandbox.open(files, before=first) as further:
            assert further.imports["practice_6_2.py"] == TimedOut(1.0)
            assert further.call(FILE, "f", [()]) == [Returned(1)]
        # An import that hangs takes a whole second of it.
        assert left - first.time.seconds < 0.5


def test_every_file_may_die(sandbox: Sandbox) -> None:
    died = "import os; os._exit(1)"
    with open_source(sandbox, died, practice_6_2=died, practice_6_3=died, backprop=died) as worker:
        assert set(worker.imports.values()) == {Died("exit")}
        assert worker.call(FILE, "f", [()]) == [Died("exit")]


def test_a_bomb_with_a_fuse_costs_only_its_own_submission(sandbox: Sandbox) -> None:
    fuse = """
        import os, threading, time
        def bomb():
            time.sleep(0.05)
            os._exit(1)
        threading.Thread(target=bomb).start()
        def f(): return 1
    """
    with open_source(sandbox, fuse, backprop="import time; time.sleep(0.2)") as worker:
        worker.call(FILE, "f", [()])
        worker.call("backprop.py", "forward", [()])
    assert run(sandbox, "def f(): return 1") == Returned(1)


# --- lying --------------------------------------------------------------------------------------


def forge(then: str) -> str:
    """Write a file that knows the wire and its file descriptor."""
    return dedent(
        """
            import json, os, stat, struct
            def is_socket(fd):
                try:
                    return stat.S_ISSOCK(os.fstat(fd).st_mode)
                except OSError:
                    return False
            (channel,) = filter(is_socket, range(3, 64))
            def frame(message, payload=b""):
                header = json.dumps(message).encode()
                body = struct.pack("<I", len(header)) + header + payload
                return struct.pack("<I", len(body)) + body
            def send(*message):
                os.write(channel, frame(*message))
            """
    ) + dedent(then)


@pytest.mark.parametrize(
    "then",
    [
        "send(['t', 'returned', 1, 7, 42, ['t']])",
        "send(['t', 'returned', 2, 0, 42, ['t']])",
        "send(['t', 'returned', 1, 0, 42])",
        "send(['t', 'ready'])",
        "send(['l', 'returned', 1, 0, 42, ['t']])",
        "send(['t'])",
        "send({'__reduce__': 'os.system'})",
        "send(['t', 'raised', 1, 0, 'E', 'm', None, None, None, None, None])",
        "send(['t', 'raised', 1, 0, 'E', 3, None, None, None, ['l'], None])",
        "send(['t', 'missing', 1, ['a', 'f8', [0]]])",
        "send([['a', 'f8', [0]]])",
        "send(['t', ['a', 'b1', [2]]], b'11')",
        "os.write(channel, b'\\xff' * 8)",
        "os.write(channel, struct.pack('<I', 2**24 + 1))",
        "os.write(channel, struct.pack('<II', 4, 2**31))",
    ],
)
def test_a_forged_message_ends_the_worker(sandbox: Sandbox, then: str) -> None:
    source = forge(f"def f():\n    {then}\n    return 1\ndef g(): return 2")
    with open_source(sandbox, source) as worker:
        assert worker.call(FILE, "f", [()]) == [Died("protocol")]
        assert worker.call(FILE, "g", [()]) == [Returned(2)]


def test_a_forged_answer_is_an_answer_and_the_surplus_ends_the_worker(sandbox: Sandbox) -> None:
    source = forge("def f():\n    send(['t', 'returned', 1, 0, 42, ['t']])\n    return 1")
    with open_source(sandbox, source) as worker:
        assert worker.call(FILE, "f", [(), ()])[0] == Returned(42)
        assert worker.call(FILE, "f", [()]) == [Died("protocol")]


def test_an_answer_to_a_question_not_yet_asked_ends_the_worker(sandbox: Sandbox) -> None:
    source = forge(
        """
        def f():
            both = [frame(["t", "returned", serial, 0, 41, ["t"]]) for serial in (1, 2)]
            os.write(channel, b"".join(both))
        def g(): return 1
        """
    )
    with open_source(sandbox, source) as worker:
        assert worker.call(FILE, "f", [()]) == [Returned(41)]
        assert worker.call(FILE, "g", [()]) == [Died("protocol")]


def test_half_a_message_is_a_hang(sandbox: Sandbox) -> None:
    source = forge("import time\ndef f():\n    os.write(channel, b'\\x08\\0')\n    time.sleep(9)")
    with open_source(sandbox, source) as worker:
        assert worker.call(FILE, "f", [()]) == [TimedOut(0.5)]


def test_a_message_that_never_ends_is_a_hang(sandbox: Sandbox) -> None:
    source = forge(
        """
        import time
        def f():
            os.write(channel, struct.pack("<I", 2**20))
            while True:
                os.write(channel, b"x")
                time.sleep(0.01)
        """
    )
    started = time.monotonic()
    with open_source(sandbox, source) as worker:
        assert worker.call(FILE, "f", [()]) == [TimedOut(0.5)]
    assert time.monotonic() - started < 5.0


def test_answers_cannot_fill_the_graders_memory(sandbox: Sandbox) -> None:
    source = "import numpy as np\ndef f(): return np.zeros(9 * 10**4)"
    with open_source(sandbox, source) as worker:
        outcomes = worker.call(FILE, "f", [()] * 120)
    kept = sum(o.value.nbytes for o in outcomes if isinstance(o, Returned))
    assert kept < 3 * 2**25
    assert outcomes[-1] == Died("protocol")


@pytest.mark.parametrize(
    "then",
    [
        "send(['t', 'ready'])",
        "send(['t', 'done', 'practice_6_1', None])",
        "send(['t', 'done', 'backprop', None])",
        "send(['t', 'begin', 'backprop'])",
        "send(['t', 'begin', '../../x'])",
        "send(['t', 'facts', '{}'])",
    ],
)
def test_a_forged_start_costs_only_its_own_submission(sandbox: Sandbox, then: str) -> None:
    with open_source(sandbox, forge(then), backprop="def f(): return 1") as worker:
        worker.call(FILE, "f", [()])
        worker.call("backprop.py", "f", [()])
    assert run(sandbox, "def f(): return 1") == Returned(1)


def test_patching_numpy_and_the_import_system_reaches_nobody_else(sandbox: Sandbox) -> None:
    vandal = """
        import builtins, importlib, json, os, struct, sys
        import numpy as np
        np.array_equal = np.asarray = np.array = lambda *a, **k: True
        json.dumps = json.loads = os.write = os.read = struct.pack = None
        sys.modules.clear()
        sys.meta_path.clear()
        sys.stdout = None
        builtins.__import__ = builtins.isinstance = None
        def f(x): return x
    """
    with open_source(sandbox, vandal) as worker:
        worker.call(FILE, "f", [(np.zeros(2),)])
    assert run(sandbox, "import numpy as np\ndef f(x): return np.array(x)", 1.0) == Returned(1.0)


# --- what is left -------------------------------------------------------------------------------


def processes_of(parent: int) -> dict[int, str]:
    """Find all that descends from a process: id -> state."""
    parents: dict[int, tuple[int, str]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)] = (int(fields[1]), fields[0])
    found: dict[int, str] = {}
    level = {parent}
    while level:
        level = {pid for pid, (ppid, _) in parents.items() if ppid in level}
        found |= {pid: parents[pid][1] for pid in level}
    return found


linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def wait_until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


@linux
@pytest.mark.parametrize("without", [set(), {"fork"}, {"seccomp", "landlock"}])
def test_no_process_and_no_zombie_is_left(without: set[str]) -> None:
    before = set(processes_of(os.getpid()))
    source = """
        import os, time
        def hang():
            while True: time.sleep(1)
        def leave(): os._exit(0)
        def fork():
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0: time.sleep(1000)
            return 1
    """
    with sandbox_of(LIMITS, without=frozenset(without)) as sandbox:
        with open_source(sandbox, source) as worker:
            for function in ("hang", "leave", "fork", "fork"):
                worker.call(FILE, function, [()])
        if "fork" not in without:
            (server,) = set(processes_of(os.getpid())) - before
            assert processes_of(server) == {}
    assert set(processes_of(os.getpid())) == before


@linux
def test_nothing_survives_a_grader_that_is_killed(tmp_path: Path) -> None:
    script = """
        import sys
        from autograder.sandbox.client import Limits, Sandbox
        CONTRACT = [("backprop", [("f", [])])]
        with Sandbox(Limits(call_seconds=1000, submission_seconds=1000), CONTRACT) as sandbox:
            with sandbox.open({"backprop.py": b"def f():\\n while True: pass"}) as worker:
                print("ready", flush=True)
                worker.call("backprop.py", "f", [()])
    """
    grader = subprocess.Popen(
        [sys.executable, "-c", dedent(script)],
        stdout=subprocess.PIPE,
        cwd=Path(client.__file__).parents[2],
    )
    assert grader.stdout is not None
    assert grader.stdout.readline() == b"ready\n"
    assert wait_until(lambda: len(processes_of(grader.pid)) == 2)
    family = set(processes_of(grader.pid))
    grader.kill()
    grader.wait()
    grader.stdout.close()
    assert wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))


@linux
def test_a_server_that_is_killed_is_replaced(sandbox: Sandbox) -> None:
    launcher = sandbox._launcher
    assert isinstance(launcher, ForkServer)
    with open_source(sandbox, "def f(x): return x") as worker:
        for x in range(3):
            assert launcher._process is not None
            launcher._process.kill()
            assert worker.call(FILE, "f", [(x,), (x,)]) == [Returned(x)] * 2
    assert run(sandbox, "def f(): return 1") == Returned(1)


@linux
def test_a_server_that_dies_after_it_has_forked_leaves_nothing_to_be_read(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    launcher = sandbox._launcher
    assert isinstance(launcher, ForkServer)
    ask, lost = launcher._ask, []

    def losing(request: dict[str, Any], fds: list[int]) -> dict[str, Any]:
        reply = ask(request, fds)
        if request["do"] == "fork" and not lost:
            lost.append(reply["pid"])
            time.sleep(0.5)  # the worker says that it is confined
            launcher.close()
            raise ConnectionError
        return reply

    monkeypatch.setattr(launcher, "_ask", losing)
    with open_source(sandbox, "def f(x): return x") as worker:
        assert worker.call(FILE, "f", [(1,)]) == [Returned(1)]
    assert lost


@linux
def test_a_worker_does_not_outlive_its_server(sandbox: Sandbox) -> None:
    launcher = sandbox._launcher
    assert isinstance(launcher, ForkServer)
    source = "import threading\nthreading.Thread(target=lambda: exec('while True: pass')).start()"
    with open_source(sandbox, source) as worker:
        connection = worker._connection
        assert connection is not None
        assert launcher._process is not None
        launcher._process.kill()
        assert wait_until(lambda: not Path(f"/proc/{connection._pid}").exists())


@linux
def test_a_worker_that_somebody_kills_is_replaced(sandbox: Sandbox) -> None:
    source = "import time\ndef f(x):\n    time.sleep(0.2)\n    return x"
    with open_source(sandbox, source) as worker:
        worker.call(FILE, "f", [(0,)])
        connection = worker._connection
        assert connection is not None
        killer = subprocess.Popen(["sh", "-c", f"sleep 0.1; kill -9 {connection._pid}"])
        assert worker.call(FILE, "f", [(1,), (2,)]) == [Returned(1), Returned(2)]
        killer.wait()


def test_a_worker_that_a_signal_ends_each_time_is_not_tried_forever(sandbox: Sandbox) -> None:
    source = """
        import signal
        def f():
            signal.setitimer(signal.ITIMER_REAL, 0.01)
            while True: pass
    """
    assert run(sandbox, source) == Died("killed")


@linux
def test_descriptors_and_servers_do_not_pile_up(sandbox: Sandbox) -> None:
    def open_descriptors() -> int:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    if os.geteuid() != 0:
        pytest.skip("a process that hides its memory cannot list its own descriptors")
    run(sandbox, "def f(): return 1")
    before = open_descriptors()
    for _ in range(50):
        run(sandbox, "def f(): return 1")
        run(sandbox, "import os\nos._exit(1)")
    assert open_descriptors() == before


@linux
def test_closing_ends_the_server_although_a_forked_process_holds_its_socket() -> None:
    before = set(processes_of(os.getpid()))
    with sandbox_of(LIMITS):
        child = os.fork()
        if child == 0:
            time.sleep(60)
            os._exit(0)
    left = set(processes_of(os.getpid())) - before
    os.kill(child, 9)
    os.waitpid(child, 0)
    assert left == {child}


def test_a_server_whose_grader_goes_before_it_reads_a_reply_ends_in_silence(
    capfd: pytest.CaptureFixture[str],
) -> None:
    sandbox = sandbox_of(LIMITS)
    server = sandbox._launcher
    assert isinstance(server, ForkServer)
    server._control.send(b'{"do": "end", "pid": 0, "grace": 0}')
    server._control.recv(1, socket.MSG_PEEK)
    assert server._process is not None
    # A reply that nobody reads makes the kernel reset the connection.
    server._control.close()
    assert server._process.wait(SECONDS) == 0
    assert capfd.readouterr().err == ""


def test_several_submissions_can_be_open_at_once(sandbox: Sandbox) -> None:
    with (
        open_source(sandbox, "def f(): return 1") as one,
        open_source(sandbox, "def f(): return 2") as two,
    ):
        assert one.call(FILE, "f", [()]) == [Returned(1)]
        assert two.call(FILE, "f", [()]) == [Returned(2)]
        assert one.call(FILE, "f", [()]) == [Returned(1)]


def test_files_that_are_too_large_together_do_not_reach_the_worker(sandbox: Sandbox) -> None:
    large = b"#" * (2**20 - 100)
    files = {f"helper_{k}.py": large for k in range(20)} | {FILE: b"def f(): return 1"}
    with sandbox.open(files) as worker:
        assert worker.call(FILE, "f", [()]) == [Returned(1)]
        too_large = [file for file, failure in worker.imports.items() if failure == Died("size")]
        assert 10 < len(too_large) < 20


def test_a_submission_whose_time_is_up_has_an_outcome_for_every_file() -> None:
    limits = Limits(call_seconds=0.2, import_seconds=0.6, submission_seconds=0.5)
    hang = "while True: pass"
    with (
        sandbox_of(limits) as sandbox,
        open_source(sandbox, hang, practice_6_2=hang, practice_6_3=hang, backprop=hang) as worker,
    ):
        assert set(worker.imports) == {f"{q}.py" for q in QUESTIONS}
        assert worker.facts("backprop.py") == FileFacts()
        assert set(worker.imports.values()) == {TimedOut(0.5)}
        assert worker.call("backprop.py", "f", [()]) == [TimedOut(0.5)]


def test_an_empty_submission_is_missing_everything(sandbox: Sandbox) -> None:
    with sandbox.open({}) as worker:
        assert worker.call(FILE, "f", [()]) == [Missing("file")]


# --- tiers --------------------------------------------------------------------------------------


def test_what_is_switched_off_is_missing_with_its_reason() -> None:
    tier = detect(frozenset({"landlock"}))
    assert not tier.layers["landlock"]
    assert tier.reasons["landlock"] == "switched off"
    assert tier.number < 2


def test_too_low_a_tier_is_refused_with_the_reasons() -> None:
    with pytest.raises(TierTooLow, match="landlock: switched off"):
        sandbox_of(LIMITS, require_tier=2, without=frozenset({"landlock"}))


def test_a_layer_that_does_not_exist_cannot_be_switched_off() -> None:
    with pytest.raises(ValueError, match="apparmor"):
        sandbox_of(LIMITS, without=frozenset({"apparmor"}))


def test_a_server_that_does_not_start_is_no_fault_of_a_submission(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(SandboxError):
        sandbox_of(LIMITS)


def test_without_fork_everything_works_the_same() -> None:
    source = """
        import os
        def f(x): return x
        def g(x): os._exit(x)
    """
    with (
        sandbox_of(LIMITS, without=frozenset({"fork"})) as sandbox,
        open_source(sandbox, source) as worker,
    ):
        assert worker.call(FILE, "f", [(1,)]) == [Returned(1)]
        assert worker.call(FILE, "g", [(1,)]) == [Died("exit")]
        assert worker.call(FILE, "f", [(2,)]) == [Returned(2)]
        assert worker.call(FILE, "h", [(2,)]) == [Missing("function")]


@linux
@pytest.mark.parametrize("without", [set(), {"fork"}])
def test_no_thread_is_older_than_the_confinement(without: set[str]) -> None:
    # The filter binds only the thread that takes it on; a student could send an older one out.
    source = "import threading\ndef f(): return threading.active_count()"
    with sandbox_of(LIMITS, without=frozenset(without)) as sandbox:
        assert run(sandbox, source) == Returned(1)


@pytest.mark.parametrize(("kills", "said"), [(1, ""), (99, "the trial ended with status 9")])
def test_a_layer_is_not_missing_because_its_trial_was_killed_once(
    tmp_path: Path, kills: int, said: str
) -> None:
    def attack() -> None:
        if len(list(tmp_path.iterdir())) < kills:
            tempfile.mkdtemp(dir=tmp_path)
            os.kill(os.getpid(), signal.SIGKILL)

    assert confine._trial(confine.Plan(memory=None, cpu=5), attack) == said
