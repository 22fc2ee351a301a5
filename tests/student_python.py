"""A Python that has NumPy loaded already, and forks for each file that it is to run.

To start Python and load NumPy takes twice as long as what most commands of a student do. Each line
that comes in is a request as JSON: a folder, a file in it with its arguments, and where what it
prints goes. The reply is its status, as of ``subprocess``.
"""

import json
import os
import runpy
import signal
import sys

import numpy  # noqa: F401

SECONDS = 120


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
            sys.argv = request["command"]
            sys.path[0] = request["folder"]
            return sys.argv[0]
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
    sys.exit()


if __name__ == "__main__":
    runpy.run_path(next_file(), run_name="__main__")
