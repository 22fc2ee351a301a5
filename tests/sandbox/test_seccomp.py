"""The filter of system calls, decided call by call by a small BPF machine, for each processor."""

from __future__ import annotations

import errno
import struct

import pytest

from autograder.sandbox import seccomp
from autograder.sandbox.seccomp import ALLOW, ERRNO, KILL_PROCESS, MACHINES

EPERM, EACCES, ENOSYS, ENOTTY = (
    ERRNO | number for number in (errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTTY)
)

# Numbers that the filter's own table does not name, from the kernel's headers.
DENIED = {
    "x86_64": {
        "kill": 62, "tkill": 200, "tgkill": 234, "fork": 57, "vfork": 58, "execve": 59,
        "execveat": 322, "socket": 41, "socketpair": 53, "connect": 42, "sendmsg": 46,
        "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "prctl": 157,
        "setsid": 112, "setpgid": 109, "setuid": 105, "unlink": 87, "mkdir": 83, "rename": 82,
        "chmod": 90, "truncate": 76, "link": 86, "symlink": 88, "mount": 165, "unshare": 272,
        "bpf": 321, "io_uring_setup": 425, "userfaultfd": 323, "memfd_create": 319,
        "pidfd_open": 434, "pidfd_send_signal": 424, "pidfd_getfd": 438, "setrlimit": 160,
        "shmget": 29, "mq_open": 240, "keyctl": 250, "perf_event_open": 298, "openat2": 437,
        "open_by_handle_at": 304, "name_to_handle_at": 303,
    },
    "aarch64": {
        "kill": 129, "tkill": 130, "tgkill": 131, "execve": 221, "execveat": 281, "socket": 198,
        "socketpair": 199, "connect": 203, "sendmsg": 211, "ptrace": 117,
        "process_vm_readv": 270, "process_vm_writev": 271, "prctl": 167, "setsid": 157,
        "setpgid": 154, "setuid": 146, "unlinkat": 35, "mkdirat": 34, "renameat2": 276,
        "fchmodat": 53, "truncate": 45, "linkat": 37, "symlinkat": 36, "mount": 40,
        "unshare": 97, "bpf": 280, "io_uring_setup": 425, "userfaultfd": 282,
        "memfd_create": 279, "pidfd_open": 434, "pidfd_send_signal": 424, "pidfd_getfd": 438,
        "setrlimit": 164, "shmget": 194, "mq_open": 180, "keyctl": 219,
        "perf_event_open": 241, "openat2": 437, "open_by_handle_at": 265, "name_to_handle_at": 264,
    },
}  # fmt: skip


def decide(code: bytes, number: int, architecture: int, *arguments: int) -> int:
    """Run a filter on one system call, as the kernel does."""
    padded = (*arguments, *[0] * (6 - len(arguments)))
    data = struct.pack("<IIQ6Q", number, architecture, 0, *padded)
    at = accumulator = 0
    while True:
        operation, if_true, if_false, value = struct.unpack_from("HBBI", code, 8 * at)
        at += 1
        match operation:
            case 0x20:
                (accumulator,) = struct.unpack_from("<I", data, value)
            case 0x15:
                at += if_true if accumulator == value else if_false
            case 0x35:
                at += if_true if accumulator >= value else if_false
            case 0x45:
                at += if_true if accumulator & value else if_false
            case 0x06:
                return value
            case _:
                raise AssertionError(f"not an instruction of the filter: {operation:#x}")


@pytest.fixture(params=sorted(MACHINES))
def machine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def verdict(machine: str, name: str, *arguments: int, no_files: bool = False) -> int:
    column, architecture = MACHINES[machine]
    numbers = seccomp.ALLOWED.get(name) or getattr(seccomp, name.upper(), None)
    number = numbers[column] if numbers else DENIED[machine][name]
    code = seccomp.assemble(machine, no_files)
    return decide(code, number, architecture, *arguments)


def test_what_numpy_needs_is_allowed(machine: str) -> None:
    column, _ = MACHINES[machine]
    names = [name for name, numbers in seccomp.ALLOWED.items() if numbers[column] is not None]
    assert len(names) > 60
    assert {verdict(machine, name) for name in names} == {ALLOW}


def test_what_reaches_others_is_refused(machine: str) -> None:
    verdicts = {name: verdict(machine, name) for name in DENIED[machine]}
    assert set(verdicts.values()) == {EPERM}, verdicts


def test_threads_start_and_processes_do_not(machine: str) -> None:
    thread = 0x3D0F00
    assert verdict(machine, "clone", thread) == ALLOW
    assert verdict(machine, "clone", 0x1200011) == EPERM
    assert verdict(machine, "clone3") == ENOSYS


def test_limits_can_be_read_and_not_set(machine: str) -> None:
    assert verdict(machine, "prlimit64", 0, 7, 0, 0x7FFF_0000_0000) == ALLOW
    assert verdict(machine, "prlimit64", 0, 7, 0x7FFF_0000_0000, 0) == EPERM
    assert verdict(machine, "prlimit64", 0, 7, 0x1000, 0) == EPERM
    assert verdict(machine, "prlimit64", 1, 7, 0, 0) == EPERM


def test_a_file_descriptor_cannot_be_made_to_signal_another_process(machine: str) -> None:
    f_getfl, f_setown, f_setsig = 3, 8, 10
    assert verdict(machine, "fcntl", 5, f_getfl) == ALLOW
    assert verdict(machine, "fcntl", 5, f_setown) == EPERM
    assert verdict(machine, "fcntl", 5, f_setsig) == EPERM


def test_a_terminal_can_be_asked_for_and_not_typed_on(machine: str) -> None:
    tcgets, tiocsti = 0x5401, 0x5412
    assert verdict(machine, "ioctl", 1, tcgets) == ALLOW
    assert verdict(machine, "ioctl", 1, tiocsti) == ENOTTY


def test_no_file_is_opened_where_landlock_does_not_watch(machine: str) -> None:
    for flags in (0o2000000, 0o1, 0o2, 0o100, 0o1000):
        assert verdict(machine, "openat", 0, 0, flags, no_files=True) == EACCES
        assert verdict(machine, "openat", 0, 0, flags, no_files=False) == ALLOW
    if machine == "x86_64":
        assert verdict(machine, "open", 0, 0, no_files=True) == EACCES
        assert verdict(machine, "open", 0, 0, no_files=False) == ALLOW
    for name in ("openat2", "open_by_handle_at", "name_to_handle_at", "io_uring_setup"):
        assert verdict(machine, name, no_files=True) == EPERM


def test_calls_younger_than_the_table_look_absent(machine: str) -> None:
    _, architecture = MACHINES[machine]
    code = seccomp.assemble(machine, False)
    assert decide(code, 460, architecture) == ENOSYS


def test_another_calling_convention_is_no_way_around(machine: str) -> None:
    _, architecture = MACHINES[machine]
    code = seccomp.assemble(machine, False)
    i386 = 0x40000003
    assert decide(code, 0, i386) == KILL_PROCESS
    assert decide(code, seccomp.X32 | 0, architecture) == EPERM


def test_a_processor_without_a_table_has_no_filter() -> None:
    with pytest.raises(OSError, match="riscv64"):
        seccomp.assemble("riscv64", False)
