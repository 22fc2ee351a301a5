"""System calls that Python has no function for."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP = 1, 4, 22
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def syscall(number: int, *arguments: object) -> int:
    """Make a system call; raises OSError if it fails."""
    return _checked(_libc().syscall(ctypes.c_long(number), *arguments))


def prctl(option: int, *arguments: object) -> None:
    """Call prctl(2) where there is one; raises OSError if it fails."""
    if sys.platform == "linux":
        values = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in arguments]
        _checked(_libc().prctl(option, *values, *[ctypes.c_ulong(0)] * (4 - len(values))))


def _checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
