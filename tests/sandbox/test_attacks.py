"""Attacks on the machine, the grader and other submissions, for real, with layers switched off.

Each attack names the layers that stop it by themselves. It is run in every combination of layers
that this machine and user can offer; where one of its layers is in force it must fail.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

import autograder
from autograder.sandbox import landlock, library, seccomp
from autograder.sandbox.client import Limits, Sandbox, detect
from autograder.sandbox.outcome import Died, Raised, Returned
from autograder.sandbox.processes import ForkServer
from autograder.sandbox.server import readable_paths
from tests.attacks import NOBODY, as_nobody, unprivileged_python
from tests.the_assignment import sandbox_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these layers are Linux's")

SWITCHES = ("user", "landlock", "seccomp")
# Without root no worker has a user of its own, so that there is none to leave out.
CHANGED = SWITCHES if os.geteuid() == 0 else SWITCHES[1:]
COMBINATIONS = [set(c) for n in range(len(CHANGED) + 1) for c in combinations(CHANGED, n)]
# What leans on them, or on a library of C outside of Python's folder, which Landlock closes.
NOT_TO_BE_HAD = {
    *library.LEFT_OUT.split(),
    *("bz2", "crypt", "curses", "lzma", "pty", "rlcompleter", "sqlite3", "ssl", "tty"),
}

# Each returns when the attack has succeeded and raises when it has been stopped.
ATTACKER = """
import ctypes, os, socket, struct, subprocess, sys, threading
libc = ctypes.CDLL(None, use_errno=True)

def checked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result

def read(path): return open(path, "rb").read(1)
def list_folder(path): return bool(os.listdir(path))
def create(path): os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
def overwrite(path):
    with open(path, "r+b") as file:
        file.write(b"stolen")
        file.flush()
def truncate(path): os.truncate(path, 0)
def delete(path): os.unlink(path)
def change_mode(path): os.chmod(path, 0o777)
def make_folder(path): os.mkdir(path)
def symlink(path): os.symlink("/etc/passwd", path)

# As bytes: a host name as text needs a codec that a worker of another user may not be able to load.
HOST = b"127.0.0.1"
def tcp(port): socket.create_connection((HOST, port), 1)
def udp(port): socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", (HOST, port))
def unix(path): socket.socket(socket.AF_UNIX).connect(path)
def abstract(name): socket.socket(socket.AF_UNIX).connect("\\0" + name)
def listen(): socket.create_server((HOST, 0))

def fork():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
def execute(): os.execv("/bin/true", ["true"])
def run_program(): subprocess.run(["/bin/true"], check=True)
def signal(pid): os.kill(pid, 0)
def signal_group(pid): os.killpg(pid, 0)
def signal_by_fcntl(pid):
    import fcntl
    reader, writer = os.pipe()
    fcntl.fcntl(reader, fcntl.F_SETOWN, pid)
def attach(pid):
    checked(libc.ptrace(16, pid, 0, 0))
    os.waitpid(pid, 0)
    libc.ptrace(17, pid, 0, 0)
def read_memory(pid):
    with open(f"/proc/{pid}/mem", "rb") as memory:
        memory.seek(int(open(f"/proc/{pid}/maps").readline().split("-")[0], 16))
        return memory.read(1)
def read_remote(pid):
    buffer = ctypes.create_string_buffer(8)
    here = struct.pack("PN", ctypes.addressof(buffer), 8)
    there = struct.pack("PN", 0x400000, 8)
    if libc.process_vm_readv(pid, here, 1, there, 1, 0) < 0 and ctypes.get_errno() != 14:
        checked(-1)
def read_environment(pid): return open(f"/proc/{pid}/environ", "rb").read()
def list_descriptors(pid): return os.listdir(f"/proc/{pid}/fd")
def become_root(): os.setresuid(0, 0, 0)
def raise_limits():
    import resource
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (hard + 1000, hard + 1000))
def escape_parent_death(): checked(libc.prctl(1, 0))
def leave_session(): os.setsid()
def memfd(): os.memfd_create("x")
def new_namespace(): checked(libc.unshare(0x10000000))
def keyring(): checked(libc.syscall(250, 0, -3, 1))
def import_module(name): __import__(name)
def find_module(name):
    for folder in [*sys.path, *__import__("site").getsitepackages()]:
        if name in os.listdir(folder):
            open(os.path.join(folder, name, "__init__.py")).read()
            return
    raise FileNotFoundError(name)
"""


@dataclass(frozen=True)
class Target:
    """What there is to attack, made by the grader's user."""

    folder: Path
    tcp: int
    udp: int
    unix: str
    abstract: str

    @property
    def public(self) -> str:
        return str(self.folder / "public.txt")

    @property
    def private(self) -> str:
        return str(self.folder / "private.txt")


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    with open_folder() as folder:
        yield from make_target(folder)


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """Make a folder that every user can enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def make_target(folder: Path) -> Iterator[Target]:
    abstract = f"grader-{os.getpid()}"
    tcp, udp = socket.create_server(("127.0.0.1", 0)), socket.socket(type=socket.SOCK_DGRAM)
    unix, hidden = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    with tcp, udp, unix, hidden:
        udp.bind(("127.0.0.1", 0))
        unix.bind(str(folder / "socket"))
        (folder / "socket").chmod(0o777)
        hidden.bind("\0" + abstract)
        for listener in (unix, hidden):
            listener.listen()
        yield Target(
            folder, tcp.getsockname()[1], udp.getsockname()[1], str(folder / "socket"), abstract
        )


@pytest.fixture(scope="module", params=COMBINATIONS, ids=lambda off: "-".join(sorted(off)) or "all")
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with sandbox_of(Limits(call_seconds=20), without=frozenset(request.param)) as sandbox:
        yield sandbox


def in_force(sandbox: Sandbox) -> set[str]:
    layers = {layer for layer, works in sandbox.confinement.layers.items() if works}
    if os.geteuid() != 0:
        # A user's own processes: the kernel knows no difference but this.
        layers.add("unprivileged")
    return layers


def attempt(sandbox: Sandbox, attack: str, *arguments: object) -> bool:
    """Say whether an attack succeeded."""
    with sandbox.open({"practice_6_1.py": ATTACKER.encode()}) as worker:
        assert worker.imports == {"practice_6_1.py": None}
        (outcome,) = worker.call("practice_6_1.py", attack, [arguments])
    assert isinstance(outcome, Returned | Raised | Died), outcome
    if isinstance(outcome, Raised):
        assert outcome.type in ("OSError", "PermissionError", "FileNotFoundError", "ImportError",
                                "ModuleNotFoundError", "BlockingIOError", "ProcessLookupError",
                                "ValueError"), outcome  # fmt: skip
    return isinstance(outcome, Returned) or outcome == Died("exit")


def check(sandbox: Sandbox, stoppers: set[str], attack: str, *arguments: object) -> None:
    succeeded = attempt(sandbox, attack, *arguments)
    assert not (succeeded and stoppers & in_force(sandbox)), (attack, stoppers, in_force(sandbox))


def test_the_attacks_work_where_nothing_stops_them(target: Target) -> None:
    public = Path(target.public)
    public.write_text("public")
    with sandbox_of(Limits(call_seconds=20), without=frozenset(SWITCHES)) as sandbox:
        for attack, argument in {
            "read": target.public,
            "list_folder": str(target.folder),
            "create": str(target.folder / "new"),
            "truncate": target.public,
            "change_mode": target.public,
            "delete": target.public,
            "tcp": target.tcp,
            "udp": target.udp,
            "unix": target.unix,
            "abstract": target.abstract,
            "signal": os.getpid(),
        }.items():
            assert attempt(sandbox, attack, argument), attack
        assert attempt(sandbox, "execute")
        assert attempt(sandbox, "memfd")
        if os.geteuid() == 0:
            assert attempt(sandbox, "fork")


# --- files --------------------------------------------------------------------------------------


# Each closes all files but Python's; that of another user, by a root folder of its own.
FILES = {"landlock", "seccomp", "user"}


def test_files_are_not_read(sandbox: Sandbox, target: Target) -> None:
    Path(target.public).write_text("public")
    private = Path(target.private)
    private.write_text("hidden inputs")
    private.chmod(0o600)
    check(sandbox, FILES, "read", target.public)
    check(sandbox, FILES, "read", target.private)
    check(sandbox, FILES, "read", "/etc/passwd")
    check(sandbox, FILES, "list_folder", str(target.folder))
    check(sandbox, FILES, "list_folder", "/etc")
    check(sandbox, FILES, "list_folder", "/proc")


def test_the_package_and_its_neighbours_are_not_read(sandbox: Sandbox) -> None:
    package = Path(autograder.__file__)
    pytest_folder = Path(pytest.__file__).parent
    for path in (package, package.parents[1] / "pyproject.toml", pytest_folder / "__init__.py"):
        check(sandbox, FILES, "read", str(path))
    check(sandbox, FILES, "list_folder", str(pytest_folder.parent))
    check(sandbox, FILES, "find_module", "otter")


def test_all_of_the_library_can_be_imported(sandbox: Sandbox) -> None:
    source = b"""
import importlib
def fail(names):
    failed = []
    for name in names:
        try:
            importlib.import_module(name)
        except (ImportError, OSError):
            failed.append(name)
    return failed
"""
    names = sorted(sys.stdlib_module_names - set(library.OF_NO_USE.split()))
    names += ["concurrent.futures", "xml.etree.ElementTree", "urllib.request", "unittest.mock"]
    names += ["numpy.lib.recfunctions", "numpy.polynomial.chebyshev", "numpy.matlib"]
    there = [name for name in names if importlib.util.find_spec(name) is not None]
    with sandbox.open({"practice_6_1.py": source}) as worker:
        (outcome,) = worker.call("practice_6_1.py", "fail", [(there,)])
    assert isinstance(outcome, Returned)
    assert set(outcome.value) <= NOT_TO_BE_HAD


def test_all_of_numpy_is_there(sandbox: Sandbox) -> None:
    source = b"""
from numpy import *
import numpy as np
def use():
    np.testing.assert_allclose([1.0], [1.0])
    return [float(ma.array([1.0, 2.0]).sum()), float(polynomial.Polynomial([0, 3])(1))]
"""
    with sandbox.open({"practice_6_1.py": source}) as worker:
        assert worker.call("practice_6_1.py", "use", [()]) == [Returned([3.0, 3.0])]


@pytest.mark.parametrize("module", ["otter", "autograder", "solutions", "pytest", "hypothesis"])
def test_nothing_beside_numpy_can_be_imported(sandbox: Sandbox, module: str) -> None:
    check(sandbox, {"limits"}, "import_module", module)


def test_site_packages_inside_pythons_own_folder_are_not_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "site-packages/otter", "dist-packages"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(tmp_path))
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    numpy_folder = Path(np.__file__).parent
    assert set(readable_paths()) == {
        str(tmp_path / "json"),
        str(numpy_folder),
        f"{numpy_folder}.libs",
    }


def test_nothing_is_written(sandbox: Sandbox, target: Target) -> None:
    folder = target.folder / "open"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o777)
    victim = folder / "victim.txt"
    for attack in ("overwrite", "truncate", "delete", "change_mode"):
        victim.write_text("a grade")
        victim.chmod(0o666)
        stoppers = FILES - ({"landlock"} if attack == "change_mode" else set())
        if attack == "overwrite":
            stoppers.add("limits")
        check(sandbox, stoppers, attack, str(victim))
        if stoppers & in_force(sandbox):
            assert victim.read_text() == "a grade"
            assert victim.stat().st_mode & 0o777 == 0o666
    for attack in ("create", "make_folder", "symlink"):
        check(sandbox, FILES, attack, str(folder / attack))
    if FILES & in_force(sandbox):
        assert [path.name for path in folder.iterdir()] == ["victim.txt"]
    shutil.rmtree(folder)


# --- network ------------------------------------------------------------------------------------


def test_nothing_is_reached_over_a_socket(sandbox: Sandbox, target: Target) -> None:
    check(sandbox, {"seccomp", "landlock"}, "tcp", target.tcp)
    check(sandbox, {"seccomp", "landlock"}, "listen")
    check(sandbox, {"seccomp"}, "udp", target.udp)
    check(sandbox, {"seccomp"}, "unix", target.unix)
    check(sandbox, {"seccomp", "landlock"}, "abstract", target.abstract)


# --- processes ----------------------------------------------------------------------------------


def test_no_process_is_started(sandbox: Sandbox) -> None:
    check(sandbox, {"seccomp", "unprivileged"}, "fork")
    check(sandbox, {"seccomp", "landlock"}, "execute")
    check(sandbox, {"seccomp", "landlock", "unprivileged"}, "run_program")


@pytest.mark.parametrize("attack", ["signal", "signal_group", "signal_by_fcntl"])
def test_the_grader_is_not_signalled(sandbox: Sandbox, attack: str) -> None:
    stoppers = {"seccomp", "user", "landlock"} if attack == "signal" else {"seccomp"}
    check(sandbox, stoppers, attack, os.getpid())


# "unprivileged": the grader and the server hide their memory from their own user's processes.
MEMORY = {"landlock", "user", "unprivileged"}


@pytest.mark.parametrize(
    ("attack", "stoppers"),
    [
        ("read_memory", MEMORY | FILES),
        ("read_environment", MEMORY | FILES),
        ("list_descriptors", MEMORY | FILES),
        ("read_remote", MEMORY | {"seccomp"}),
        ("attach", MEMORY | {"seccomp"}),
    ],
)
def test_the_memory_of_the_grader_and_the_server_is_not_read(
    sandbox: Sandbox, attack: str, stoppers: set[str]
) -> None:
    check(sandbox, stoppers, attack, os.getpid())
    assert isinstance(sandbox._launcher, ForkServer)
    assert sandbox._launcher._process is not None
    check(sandbox, stoppers, attack, sandbox._launcher._process.pid)


def test_nothing_is_taken_back(sandbox: Sandbox) -> None:
    check(sandbox, {"seccomp", "user", "unprivileged"}, "become_root")
    check(sandbox, {"seccomp", "user", "unprivileged"}, "raise_limits")
    check(sandbox, {"seccomp"}, "escape_parent_death")
    check(sandbox, {"seccomp"}, "memfd")
    check(sandbox, {"seccomp"}, "new_namespace")
    check(sandbox, {"seccomp"}, "keyring")
    check(sandbox, {"seccomp", "limits"}, "leave_session")


def test_a_fork_bomb_is_bounded_and_cleared() -> None:
    bomb = b"""
import os, time
def f():
    started = 0
    for _ in range(300):
        try:
            if os.fork() == 0:
                os.setsid()
                time.sleep(1000)
            started += 1
        except OSError:
            break
    return started
"""
    with sandbox_of(Limits(call_seconds=20), slot=150, without=frozenset({"seccomp"})) as sandbox:
        if not in_force(sandbox) & {"user", "unprivileged"}:
            pytest.skip("nothing here bounds the number of root's processes but the filter")
        with sandbox.open({"practice_6_1.py": bomb}) as worker:
            (outcome,) = worker.call("practice_6_1.py", "f", [()])
    assert isinstance(outcome, Returned)
    assert outcome.value < 64
    strays = subprocess.run(
        ["ps", "-o", "pid=", "-u", "61150"], capture_output=True, text=True, check=False
    )
    assert strays.stdout == ""


# --- the tier -----------------------------------------------------------------------------------


def test_each_layer_that_the_kernel_has_is_in_force() -> None:
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    set_uid = 1 << 7
    try:
        has_landlock = landlock.version() > 0
    except OSError:
        has_landlock = False
    assert detect().layers == {
        "limits": True,
        "user": os.geteuid() == 0 and bool(int(status["CapEff"], 16) & set_uid),
        "landlock": has_landlock,
        "seccomp": "Seccomp_filters" in status and os.uname().machine in seccomp.MACHINES,
    }


def test_the_tier_is_what_the_layers_make(sandbox: Sandbox) -> None:
    layers = in_force(sandbox)
    confined = {"landlock", "seccomp"} <= layers
    assert sandbox.tier == 2 * confined + ("user" in layers)


def test_what_the_missing_layers_leave_open_is_said(sandbox: Sandbox) -> None:
    said = " ".join(sandbox.confinement.left_open())
    assert ("solutions" in said) == (not FILES & in_force(sandbox))
    assert ("network" in said) == ("seccomp" not in in_force(sandbox))


@pytest.mark.skipif(os.geteuid() != 0, reason="this run is the unprivileged one")
def test_all_of_this_holds_for_an_unprivileged_user() -> None:
    python = unprivileged_python()
    if python is None:
        pytest.skip("no other user can start a Python with these packages")
    with open_folder() as home:
        os.chown(home, NOBODY, NOBODY)
        options = ["-p", "no:cacheprovider", "--basetemp", str(home / "pytest")]
        result = as_nobody([python, "-m", "pytest", *options, __file__], cwd=home)
    assert result.returncode == 0, result.stdout[-5000:] + result.stderr[-2000:]
    assert " passed" in result.stdout


# --- access times -----------------------------------------------------------------------------

READS = """
import numpy, os

def threshold(x):
    folder = os.path.dirname(numpy.__file__)
    with open(folder + "/version.py") as file:
        file.read()
    os.listdir(folder + "/fft")
    return 1.0


def softmax(x):
    # It is later that one looks.
    return os.stat(os.path.dirname(numpy.__file__) + "/version.py").st_atime
"""
STRICT = """
import ctypes, os, shutil, struct, sys
from pathlib import Path

import numpy

from autograder.sandbox import kernel
from autograder.sandbox.client import Limits, Sandbox
from autograder.sandbox.outcome import Returned

STRICTATIME = 0x20
MS_BIND, MS_PRIVATE_BELOW = 0x1000, 0x44000
kernel._checked(kernel._libc().unshare(kernel.CLONE_NEWNS))
kernel._checked(kernel._libc().mount(None, b"/", None, ctypes.c_ulong(MS_PRIVATE_BELOW), None))
places = [Path(numpy.__path__[0]) / name for name in ("version.py", "fft")]
# Who else runs this Python reads the same files, so that copies stand in for them here alone.
for place in places:
    own = Path(sys.argv[2]) / place.name
    copy = shutil.copytree if place.is_dir() else shutil.copy2
    copy(place, own)
    flag = ctypes.c_ulong(MS_BIND)
    kernel._checked(kernel._libc().mount(bytes(own), bytes(place), None, flag, None))
attributes = struct.pack("QQQQ", STRICTATIME, kernel.MOUNT_ATTR_ATIMES, 0, 0)
here, recursive = ctypes.c_int(kernel.AT_FDCWD), ctypes.c_uint(kernel.AT_RECURSIVE)
kernel.syscall(kernel.MOUNT_SETATTR, here, b"/", recursive, attributes, ctypes.c_size_t(32))
contract = [("practice_6_1", [("threshold", ["x"]), ("softmax", ["x"])])]
with Sandbox(Limits(), contract) as sandbox:
    assert "times" not in sandbox.confinement.reasons
    # What Python itself has read by now says nothing of a submission.
    for place in places:
        os.utime(place, ns=(10**18, place.stat().st_mtime_ns))
    with sandbox.open({"practice_6_1.py": sys.argv[1].encode()}) as worker:
        (read,) = worker.call("practice_6_1.py", "threshold", [([1.0],)])
        assert read == Returned(1.0), read
        (seen,) = worker.call("practice_6_1.py", "softmax", [([1.0],)])
        assert seen == Returned(10.0**9), seen
assert [place.stat().st_atime for place in places] == [10**9] * 2
places[0].read_bytes()
assert places[0].stat().st_atime > 10**9, "nothing would have been seen here"
"""


def test_what_is_read_leaves_no_time_for_the_next_one(tmp_path: Path) -> None:
    if reason := detect().reasons.get("times"):
        pytest.skip(reason)
    script = tmp_path / "strict.py"
    script.write_text(STRICT)
    run = subprocess.run(
        [sys.executable, script, READS, tmp_path],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(autograder.__file__).parent.parent)},
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may mount")
def test_who_may_not_mount_is_told_that_times_are_kept() -> None:
    assert "right to mount" in detect().reasons["times"]
