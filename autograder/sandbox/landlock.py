"""Landlock: a process gives up the file system, all but a list of paths, for good.

Three system calls without wrappers in the C library; see landlock(7). Access rights that a
kernel does not know yet are left out, so that each kernel enforces as much as it can.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterable

from . import kernel

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_FLAG = 1
RULE_PATH_BENEATH = 1

WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE = 1 << 1, 1 << 2, 1 << 3, 1 << 14
# How many of the file rights each version of the interface has.
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
TCP_BIND_AND_CONNECT = 0b11
ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


def version() -> int:
    """Say which version of the interface the kernel has; raises OSError if none."""
    return kernel.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint(VERSION_FLAG))


def build(readable: Iterable[str]) -> int:
    """Make a set of rules that allows to read below `readable`, and to use /dev/null.

    Returns
    -------
    int
        A file descriptor, which forked processes can use too.

    Raises
    ------
    OSError
        If the kernel has no Landlock.
    """
    abi = version()
    handled = (1 << FILE_RIGHTS[min(abi, 5)]) - 1
    attributes = struct.pack(
        "QQQ",
        handled,
        TCP_BIND_AND_CONNECT if abi >= 4 else 0,
        ABSTRACT_SOCKETS_AND_SIGNALS if abi >= 6 else 0,
    )
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = kernel.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(size), ctypes.c_uint(0))
    for path in readable:
        rights = READ_FILE | READ_DIR if os.path.isdir(path) else READ_FILE  # noqa: PTH112
        _allow(ruleset, path, rights)
    _allow(ruleset, os.devnull, (READ_FILE | WRITE_FILE | TRUNCATE) & handled)
    return ruleset


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.EACCES):
            return
        raise
    try:
        rule = struct.pack("=Qi", rights, beneath)
        kernel.syscall(ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(RULE_PATH_BENEATH), rule, 0)
    finally:
        os.close(beneath)


def restrict(ruleset: int) -> None:
    """Bind this thread, and what it starts, to the rules for good.

    NO_NEW_PRIVS must be set. Raises OSError if the kernel refuses.
    """
    kernel.syscall(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint(0))
