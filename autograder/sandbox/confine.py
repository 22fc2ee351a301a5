"""What a worker gives up before it looks at a student's file, and a trial of each layer.

Layers, from the one that every system has to those of newer Linux kernels:

limits    rlimits on address space, CPU, files and processes
user      an own user id per slot; needs root. Where neither of the next two is there, also an
          own root folder, so that no file but this package's can be named
landlock  no file but Python's and NumPy's can be opened
seccomp   no network, no process, no signal, nothing but the calls that NumPy needs; without
          Landlock no file at all

Whether a layer works is found by trying it, and the attack that it stops, in a child process: the
same kernel answers differently in a container, as another user, or under another policy.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from . import kernel, landlock, seccomp
from .errors import CannotConfine

try:
    import resource
except ImportError:  # Windows: what runs no student code works there, and imports this module
    WORKERS = False
else:
    WORKERS = True

LAYERS = ("limits", "user", "landlock", "seccomp")
# Either closes all files but Python's.
CLOSING = ("landlock", "seccomp")

# Between the ranges that systemd gives to home folders and to dynamic users, and far above those
# of real ones: nobody owns files under these numbers.
FIRST_UID = 61000
SLOTS = 184

# What is "/" where nothing else closes the files: nothing in it is secret, and no own user may
# write to it.
OWN_ROOT = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120

# An own user can be held to few processes; one that is shared with a person's desktop cannot.
OWN_PROCESSES = 64

# How often a layer is tried whose trial is killed from outside.
TRIALS = 3


@dataclass(frozen=True)
class Plan:
    """The layers that a worker takes on.

    Attributes
    ----------
    memory : int or None
        Bytes of address space in all.
    cpu : int
        Seconds of CPU time, of the process as a whole.
    uid : int or None
        The user and group id to become.
    root : str or None
        The folder to take for "/"; needs `uid`.
    ruleset : int or None
        The file descriptor of Landlock's rules.
    filter : seccomp.Filter or None
        The filter of system calls.
    """

    memory: int | None
    cpu: int
    uid: int | None = None
    root: str | None = None
    ruleset: int | None = None
    filter: seccomp.Filter | None = None


def check_system() -> None:
    """Raise CannotConfine on a system that has nothing of what a worker needs."""
    if not WORKERS:
        raise CannotConfine("Windows has nothing to do it with")


def hide_memory() -> None:
    """Keep other processes of the same user from attaching to this one (see ptrace(2)).

    The flag counts at the target, so the grader and the fork server set it, not the worker.
    """
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)


def confine(plan: Plan, parent: int) -> None:
    """Take on every layer of the plan; each can only be tightened afterwards.

    Parameters
    ----------
    plan : Plan
    parent : int
        The process whose end must be this one's end.

    Raises
    ------
    OSError, ValueError
        If a layer that worked in the trial does not now.
    """
    _limit(plan)
    if plan.root is not None:
        os.chroot(plan.root)
        os.chdir("/")
    if plan.uid is not None:
        _become(plan.uid)
    # A change of user clears the first, so it comes after.
    kernel.prctl(kernel.PR_SET_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(0)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    if plan.ruleset is not None:
        landlock.restrict(plan.ruleset)
        os.close(plan.ruleset)
    if plan.filter is not None:
        plan.filter.load()


def _limit(plan: Plan) -> None:
    limits = {
        "RLIMIT_CORE": (0, 0),
        # Pipes, sockets and /dev/null don't count: no file can grow or be overwritten.
        "RLIMIT_FSIZE": (0, 0),
        "RLIMIT_NOFILE": (64, 64),
        "RLIMIT_MEMLOCK": (0, 0),
        # At the first the process gets SIGXCPU, which it may catch, at the second SIGKILL.
        "RLIMIT_CPU": (plan.cpu, plan.cpu + 1),
    }
    if plan.memory is not None:
        limits["RLIMIT_AS"] = (plan.memory, plan.memory)
    if plan.uid is not None:
        limits["RLIMIT_NPROC"] = (OWN_PROCESSES, OWN_PROCESSES)
    elif plan.filter is None:
        limits["RLIMIT_NPROC"] = (0, 0)
    for name, (soft, hard) in limits.items():
        if (kind := getattr(resource, name, None)) is not None:
            _, ceiling = resource.getrlimit(kind)
            if ceiling != resource.RLIM_INFINITY:
                soft, hard = min(soft, ceiling), min(hard, ceiling)
            resource.setrlimit(kind, (soft, hard))


def address_space() -> int:
    """Bytes of address space of this process; raises OSError where that cannot be found out."""
    with open("/proc/self/statm") as statm:  # noqa: PTH123
        return int(statm.read().split()[0]) * resource.getpagesize()


def _become(uid: int) -> None:
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


# --- trials -----------------------------------------------------------------------------------


def choose(
    memory: int, cpu: int, slot: int, readable: list[str], without: frozenset[str]
) -> tuple[Plan, dict[str, str]]:
    """Try each layer and put those that work into a plan.

    Parameters
    ----------
    memory, cpu : int
        Limits of a worker: bytes of address space beyond what this process has, seconds.
    slot : int
        Which of the own user ids to take.
    readable : list of str
        The files and folders that Landlock leaves open.
    without : frozenset of str
        Layers to leave out although they may work.

    Returns
    -------
    Plan
    dict of str to str
        For each layer that is missing, why; and "files" if nothing closes those of other users.
    """
    plan = Plan(memory=None, cpu=cpu)
    missing: dict[str, str] = {}

    def consider(layer: str, build: Callable[[], Plan], attack: Callable[[], None]) -> None:
        nonlocal plan
        if layer in without:
            missing[layer] = "switched off"
            return
        try:
            candidate = build()
            reason = _trial(candidate, attack)
        except OSError as error:
            reason = str(error)
        if reason:
            missing[layer] = f"{reason}. {ADVICE[layer]}"
        else:
            plan = candidate

    consider(
        "limits",
        lambda: replace(plan, memory=address_space() + memory),
        _allocate_too_much(memory),
    )
    if sys.platform != "linux":
        return plan, missing | {name: ADVICE[name] for name in ("user", *CLOSING, "files")}
    if os.geteuid() == 0 or "user" in without:
        consider("user", lambda: replace(plan, uid=FIRST_UID + slot), _become_root_again)
    else:
        missing["user"] = ADVICE["user"]
    consider(
        "landlock",
        lambda: replace(plan, ruleset=landlock.build(readable)),
        _use_null_and_read_a_foreign_file,
    )
    consider(
        "seccomp",
        lambda: replace(plan, filter=seccomp.Filter.build(no_files=plan.ruleset is None)),
        _reach_out,
    )
    if missing.keys() >= {*CLOSING}:
        rooted = replace(plan, root=OWN_ROOT)
        if plan.uid is not None and not _trial(rooted, _read_a_foreign_file):
            plan = rooted
        else:
            missing["files"] = ADVICE["files"]
    return plan, missing


ADVICE = {
    "limits": "Limits on memory do not work on this system",
    "user": "An own user id for the student's code needs Linux and a grader that runs as root",
    "landlock": "Landlock needs Linux 5.13 or later with 'landlock' among its security modules",
    "seccomp": "The filter of system calls needs Linux on x86_64 or aarch64",
    "times": "Without root and the right to mount, only a file system that keeps no access times",
    "files": "Landlock, the filter of system calls or, for root, chroot would close files",
}


def _trial(plan: Plan, attack: Callable[[], None]) -> str:
    """Confine a child, let it try the attack, and return what went wrong ("" if nothing)."""
    for _ in range(TRIALS):
        reason, status = _try(plan, attack)
        # No layer kills like that: it came from outside, and says nothing of the layer.
        if reason or status != signal.SIGKILL:
            break
    return reason or ("" if status == 0 else f"the trial ended with status {status}")


def _try(plan: Plan, attack: Callable[[], None]) -> tuple[str, int]:
    """What a confined child says of the attack ("" if it went as it must), and how it ended."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            # The filter and Landlock both let a pipe that is open already be written to.
            try:
                confine(plan, os.getppid())
                attack()
            except BaseException as error:
                os.write(writer, (str(error) or type(error).__name__)[:300].encode())
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, "rb") as pipe:  # noqa: PTH123
        reason = pipe.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    return reason, status


def can_read(plan: Plan, path: str) -> bool:
    """Tell whether a process under the plan can open a file."""
    return not _trial(plan, lambda: os.close(os.open(path, os.O_RDONLY)))


def _must_fail(what: str, action: Callable[[], object]) -> None:
    with contextlib.suppress(OSError):
        action()
        raise AssertionError(f"{what} was possible")


def _allocate_too_much(memory: int) -> Callable[[], None]:
    def attack() -> None:
        with contextlib.suppress(MemoryError):
            bytearray(memory + 2**20)
            raise AssertionError("more memory than the limit could be taken")

    return attack


def _become_root_again() -> None:
    _must_fail("becoming root again", lambda: os.setuid(0))


def _use_null_and_read_a_foreign_file() -> None:
    os.close(os.open(os.devnull, os.O_WRONLY))
    _must_fail("listing the root folder", lambda: os.listdir("/"))  # noqa: PTH208
    _read_a_foreign_file()


def _read_a_foreign_file() -> None:
    _must_fail("reading a foreign file", lambda: os.open(__file__, os.O_RDONLY))


def _reach_out() -> None:
    _read_a_foreign_file()
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()
    _must_fail("a socket", socket.socket)
    _must_fail("a child process", lambda: os.fork() or os._exit(0))
    _must_fail("a signal", lambda: os.kill(os.getppid(), 0))
