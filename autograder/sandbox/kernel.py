"""System calls that Python has no function for."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from functools import cache

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP = 1, 4, 22
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38
CLONE_NEWNS = 0x20000
MOUNT_SETATTR = 442
MOUNT_ATTR_NOATIME, MOUNT_ATTR_ATIMES = 0x10, 0x70
AT_FDCWD, AT_RECURSIVE = -100, 0x8000


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def syscall(number: int, *arguments: object) -> int:
    """Make a system call; raises OSError if it fails."""
    return _checked(_libc().syscall(ctypes.c_long(number), *arguments))


def keep_no_access_times() -> None:
    """Have this process, and what it starts, leave no trace in the access times of files.

    It gets a view of its own of all file systems, in which that is so; others keep theirs.

    Raises
    ------
    OSError
        If the kernel does not let it: it takes root, the right to mount, and Linux 5.12.
    """
    if sys.platform != "linux":
        raise OSError(errno.ENOSYS, "only Linux gives a process such a view")
    _checked(_libc().unshare(CLONE_NEWNS))
    attributes = struct.pack("QQQQ", MOUNT_ATTR_NOATIME, MOUNT_ATTR_ATIMES, 0, 0)
    here, recursive = ctypes.c_int(AT_FDCWD), ctypes.c_uint(AT_RECURSIVE)
    syscall(MOUNT_SETATTR, here, b"/", recursive, attributes, ctypes.c_size_t(len(attributes)))


def prctl(option: int, *arguments: object) -> None:
    """Call prctl(2) where there is one; raises OSError if it fails."""
    if sys.platform == "linux":
        values = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in arguments]
        _checked(_libc().prctl(option, *values, *[ctypes.c_ulong(0)] * (4 - len(values))))


def _checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
