"""A system-call filter for the worker, assembled here.

Classic BPF is eight bytes an instruction and the filter needs five kinds of them, so a table and
twenty lines replace a dependency on libseccomp, which is not on every machine.

It is a list of what is allowed: NumPy, threads, imports and files that Landlock lets through.
A list of what is forbidden would have to know each new system call. What is not on the list gets
EPERM, which Python turns into a PermissionError; calls younger than the list get ENOSYS, on which
C libraries fall back to older ones.

A filter sees no path, so where there is no Landlock it lets no file be opened at all. What can
then still be learnt of a file that is known by name is what stat(2) and readlink(2) tell.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from dataclasses import dataclass

from . import kernel

# Numbers from asm/unistd_64.h (x86_64) and asm-generic/unistd.h (aarch64); None: not there.
ALLOWED: dict[str, tuple[int | None, int | None]] = {
    # open files and the file system, for reading
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "pread64": (17, 67),
    "preadv": (295, 69),
    "close": (3, 57),
    "lseek": (8, 62),
    "stat": (4, None),
    "fstat": (5, 80),
    "lstat": (6, None),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "getdents": (78, None),
    "getdents64": (217, 61),
    "getcwd": (79, 17),
    "chdir": (80, 49),
    "dup": (32, 23),
    "dup2": (33, None),
    "dup3": (292, 24),
    "pipe": (22, None),
    "pipe2": (293, 59),
    "poll": (7, None),
    "ppoll": (271, 73),
    "select": (23, None),
    "pselect6": (270, 72),
    # memory
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mprotect": (10, 226),
    "mremap": (25, 216),
    "brk": (12, 214),
    "madvise": (28, 233),
    "membarrier": (324, 283),
    "get_mempolicy": (239, 236),
    # threads and the process itself
    "futex": (202, 98),
    "futex_waitv": (449, 449),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "set_tid_address": (218, 96),
    "exit": (60, 93),
    "exit_group": (231, 94),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "getcpu": (309, 168),
    "gettid": (186, 178),
    "getpid": (39, 172),
    "getppid": (110, 173),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "getresuid": (118, 148),
    "getresgid": (120, 150),
    "getgroups": (115, 158),
    "getpgrp": (111, None),
    "getpgid": (121, 155),
    "getsid": (124, 156),
    "getrusage": (98, 165),
    "getrlimit": (97, 163),
    "times": (100, 153),
    "sysinfo": (99, 179),
    "uname": (63, 160),
    # signals to itself, and time
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "rt_sigpending": (127, 136),
    "rt_sigtimedwait": (128, 137),
    "rt_sigsuspend": (130, 133),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "pause": (34, None),
    "alarm": (37, None),
    "setitimer": (38, 103),
    "getitimer": (36, 102),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "time": (201, None),
    "getrandom": (318, 278),
}
# Allowed for some arguments only.
OPEN = (2, None)
OPENAT = (257, 56)
CLONE = (56, 220)
CLONE3 = (435, 435)
PRLIMIT64 = (302, 261)
FCNTL = (72, 25)
IOCTL = (16, 29)
YOUNGEST_KNOWN = 449

MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
X32 = 0x40000000

ALLOW = 0x7FFF0000
ERRNO = 0x00050000
KILL_PROCESS = 0x80000000

CLONE_THREAD = 0x00010000
# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC. Not F_SETOWN and F_SETSIG: with
# them the kernel signals any process of the same user on the caller's behalf.
FCNTL_COMMANDS = (0, 1, 2, 3, 4, 1030)
# TCGETS, TIOCGWINSZ, FIONREAD, FIONCLEX, FIOCLEX: what isatty() and open() ask.
IOCTL_REQUESTS = (0x5401, 0x5413, 0x541B, 0x5450, 0x5451)

SECCOMP_MODE_FILTER = 2


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _load(offset: int) -> bytes:
    return _instruction(0x20, offset)


def _load_argument(position: int, high: bool = False) -> bytes:
    # struct seccomp_data: int nr; u32 arch; u64 instruction_pointer; u64 args[6]; little-endian.
    return _load(16 + 8 * position + 4 * high)


def _equal(value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return _instruction(0x15, value, if_true, if_false)


def _at_least(value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return _instruction(0x35, value, if_true, if_false)


def _any_bit(value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return _instruction(0x45, value, if_true, if_false)


def _return(value: int) -> bytes:
    return _instruction(0x06, value)


DENY = ERRNO | errno.EPERM


def _when(number: int | None, *body: bytes) -> list[bytes]:
    """Run `body`, which ends in a return on each way, for one system call."""
    return [] if number is None else [_equal(number, 0, len(body)), *body]


def _one_of(argument: int, values: tuple[int, ...], otherwise: int) -> list[bytes]:
    """Allow if the low half of an argument is one of `values`."""
    last = len(values) - 1
    tests = [_equal(value, last - at + 1) for at, value in enumerate(values)]
    return [_load_argument(argument), *tests, _return(otherwise), _return(ALLOW)]


def assemble(machine: str, no_files: bool) -> bytes:
    """Write the filter for one machine.

    Parameters
    ----------
    machine : str
        ``os.uname().machine``.
    no_files : bool
        Refuse to open any file. With Landlock that is not needed and would refuse Python's own
        and /dev/null too.

    Raises
    ------
    OSError
        If the machine is not one of `MACHINES`.
    """
    if machine not in MACHINES:
        raise OSError(errno.ENOSYS, f"no table of system calls for {machine}")
    column, architecture = MACHINES[machine]
    code = [
        _load(4),
        _equal(architecture, 1, 0),
        _return(KILL_PROCESS),
        _load(0),
        _at_least(X32, 0, 1),
        _return(DENY),
    ]
    for numbers in ALLOWED.values():
        code += _when(numbers[column], _return(ALLOW))
    for opening in (OPEN, OPENAT):
        # Not DENY: an import looks further after EACCES, as for a folder that is closed.
        code += _when(opening[column], _return(ERRNO | errno.EACCES if no_files else ALLOW))
    code += _when(
        CLONE[column],
        _load_argument(0),
        _any_bit(CLONE_THREAD, 0, 1),
        _return(ALLOW),
        _return(DENY),
    )
    # Its flags are behind a pointer, out of a filter's sight; C libraries fall back to clone.
    code += _when(CLONE3[column], _return(ERRNO | errno.ENOSYS))
    code += _when(
        PRLIMIT64[column],
        _load_argument(0),
        _equal(0, 0, 5),
        _load_argument(2),
        _equal(0, 0, 3),
        _load_argument(2, high=True),
        _equal(0, 0, 1),
        _return(ALLOW),
        _return(DENY),
    )
    code += _when(FCNTL[column], *_one_of(1, FCNTL_COMMANDS, DENY))
    code += _when(IOCTL[column], *_one_of(1, IOCTL_REQUESTS, ERRNO | errno.ENOTTY))
    code += [_at_least(YOUNGEST_KNOWN, 0, 1), _return(ERRNO | errno.ENOSYS), _return(DENY)]
    return b"".join(code)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


@dataclass(frozen=True)
class Filter:
    """A filter in memory, ready to be loaded after a fork."""

    code: ctypes.Array[ctypes.c_char]
    instructions: int

    @classmethod
    def build(cls, no_files: bool) -> Filter:
        """Assemble the filter for this machine; raises OSError if there is none for it."""
        code = assemble(os.uname().machine, no_files)
        return cls(ctypes.create_string_buffer(code, len(code)), len(code) // 8)

    def load(self) -> None:
        """Bind this thread, and what it starts, to the filter for good.

        NO_NEW_PRIVS must be set. Raises OSError if the kernel refuses.
        """
        program = _Program(self.instructions, ctypes.addressof(self.code))
        kernel.prctl(kernel.PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program))
