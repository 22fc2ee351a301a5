"""Run the ``autograder`` command without what Windows lacks.

    python tests/without_posix.py doctor

The modules cannot be imported and the functions are not there; the rest of the system stays as it
is, so this shows what is not used and no more.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys

MODULES = ("crypt", "fcntl", "grp", "pty", "pwd", "resource", "spwd", "syslog", "termios", "tty")
FUNCTIONS = ("chroot", "fork", "geteuid", "getpgid", "killpg", "memfd_create")
FUNCTIONS += ("sched_getaffinity", "sched_setaffinity", "setgroups", "setresgid", "setresuid")
FUNCTIONS += ("setsid", "sysconf", "waitid")
SIGNALS = ("SIGALRM", "SIGBUS", "SIGHUP", "SIGKILL", "SIGUSR1", "SIGXCPU")
SOCKETS = ("AF_UNIX", "SOCK_SEQPACKET", "recv_fds", "send_fds")


def take_away() -> None:
    """Leave this process with what Windows has."""
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    for module, names in ((os, FUNCTIONS), (signal, SIGNALS), (socket, SOCKETS)):
        for name in names:
            module.__dict__.pop(name, None)
    opened = ctypes.CDLL.__init__

    def open_library(library: ctypes.CDLL, name: str | None, *args: object, **more: object) -> None:
        if name is None:
            raise TypeError("there is no library of the process itself")
        opened(library, name, *args, **more)  # type: ignore[arg-type]

    ctypes.CDLL.__init__ = open_library  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    take_away()
    from autograder.cli import main

    main()
