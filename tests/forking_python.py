"""A Python that has some modules loaded already, and forks for each file that it is to run.

To start Python and load NumPy takes twice as long as what most commands of a student do, and a
quarter of `otter run` is to load Otter. Started by itself this is that Python. Each line that comes
in is a request as JSON: a folder to work in, a file with its arguments, what the environment has
besides, and where what it prints goes. The reply is its status, as of ``subprocess``.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

SECONDS = 120
NOTHING: Mapping[str, str] = MappingProxyType({})


class ForkingPython:
    """Runs files as ``sys.executable`` does; a test of check.py holds the one against the other.

    Parameters
    ----------
    modules : str
        What is loaded already.
    """

    def __init__(self, *modules: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, *modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self, folder: Path, *command: str, environment: Mapping[str, str] = NOTHING
    ) -> subprocess.CompletedProcess[str]:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        with TemporaryDirectory() as name:
            outputs = {stream: Path(name) / stream for stream in ("stdout", "stderr")}
            for path in outputs.values():
                path.touch()
            request = {"folder": folder, "command": command, "environment": {**environment}}
            print(json.dumps({**request, **outputs}, default=str), file=process.stdin, flush=True)
            status = int(process.stdout.readline())
            said = {stream: path.read_text() for stream, path in outputs.items()}
        return subprocess.CompletedProcess(command, status, **said)


@cache
def forking_python(*modules: str) -> ForkingPython:
    """One for all tests of a process; it ends when that does."""
    return ForkingPython(*modules)


def next_file() -> str:
    """Wait for requests; give the file to run, in a fork that is set up as Python would be."""
    for line in sys.stdin:
        request = json.loads(line)
        process = os.fork()
        if process == 0:
            for stream, path in enumerate((os.devnull, request["stdout"], request["stderr"])):
                os.dup2(os.open(path, os.O_RDWR), stream)
            signal.alarm(SECONDS)
            os.chdir(request["folder"])
            os.environ.update(request["environment"])
            sys.argv = request["command"]
            sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[0])))  # noqa: PTH100, PTH120
            return sys.argv[0]
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
    sys.exit()


if __name__ == "__main__":
    del sys.path[0]
    for module in sys.argv[1:]:
        importlib.import_module(module)
    runpy.run_path(next_file(), run_name="__main__")
