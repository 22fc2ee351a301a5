"""A student's folder, as unpacked from the hand-out, for the tests of the student's hour."""

from __future__ import annotations

import ast
import compileall
import re
import subprocess
import sys
import textwrap
from functools import cache
from pathlib import Path
from py_compile import PycInvalidationMode
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from autograder.assignment.yaml_files import Loader
from autograder.otter.build import handout
from tests.forking_python import forking_python
from tests.the_assignment import FUNCTIONS, NOTES6, SAY

ROOT = Path(__file__).parent.parent
HAND_OUT = ROOT / "assignments"
#: Wrong first tries, and what is said of each.
TRIES: list[dict[str, Any]] = yaml.load(
    (ROOT / "tests" / "first_tries.yaml").read_text(encoding="utf-8"), Loader
)
ONE_CHANGE = "With one change in line"
HIDE_OTTER = "raise ImportError('hidden: as if otter-grader were not installed')\n"


@cache
def handed_out() -> dict[str, bytes]:
    """The files of the hand-out, put together once for hundreds of students."""
    return handout(NOTES6, SAY)


def write_handout(folder: Path) -> None:
    """Unpack the hand-out."""
    for path, data in handed_out().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


@cache
def compiled() -> dict[str, bytes]:
    """What Python keeps of the modules beside check.py once it has run them."""
    with TemporaryDirectory() as name:
        write_handout(Path(name))
        compileall.compile_dir(
            f"{name}/checking", quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH
        )
        paths = Path(name).rglob("*.pyc")
        return {path.relative_to(name).as_posix(): path.read_bytes() for path in paths}


def in_one_line(output: str) -> str:
    """What a command prints, however its lines are broken."""
    return " ".join(output.split())


def look_at(output: str) -> list[str]:
    """The code that a student is asked to look at."""
    told = in_one_line(output).partition(ONE_CHANGE)[2]
    place = re.search(r"Look at (`.*?`(?: in `.*?`)?): ", told)
    return re.findall("`(.*?)`", place[1]) if place else []


class Student:
    """A student's folder, and what its commands print."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        write_handout(folder)
        for path, data in compiled().items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(data)
        (folder / "otter.py").write_text(HIDE_OTTER)

    def install_otter(self) -> None:
        (self.folder / "otter.py").unlink()

    def solve(self, *files: str, **replace: str) -> None:
        """Copy solutions, with one text in them replaced by another."""
        for file in files:
            source = (ROOT / "solutions" / file).read_text()
            if replace:
                assert replace["old"] in source
                source = source.replace(replace["old"], replace["new"])
            self.write(file, source)

    def write(self, file: str, source: str) -> None:
        (self.folder / file).write_text(textwrap.dedent(source), encoding="utf-8")

    def fill(self, name: str, body: str) -> None:
        """Replace a stub's line by a body."""
        path = self.folder / FUNCTIONS[name].file
        source = path.read_text()
        line = f'    raise NotImplementedError("{name} is not written yet: replace this line")'
        assert line in source
        path.write_text(source.replace(line, textwrap.indent(textwrap.dedent(body), "    ")))

    def replace(self, name: str, body: str) -> None:
        """Replace the body of a function, below its docstring."""
        path = self.folder / FUNCTIONS[name].file
        lines = path.read_text().splitlines()
        (node,) = (
            n for n in ast.parse("\n".join(lines)).body
            if isinstance(n, ast.FunctionDef) and n.name == name
        )  # fmt: skip
        last = node.body[0].end_lineno
        lines[last : node.end_lineno] = textwrap.indent(textwrap.dedent(body), "    ").splitlines()
        path.write_text("\n".join(lines) + "\n")

    def run(
        self, *command: str, python: str = sys.executable, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [python, *command],
            cwd=self.folder,
            env=env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def check(self, *arguments: str) -> tuple[int, str]:
        """Run check.py as `run` does; `test_check` holds the one against the other."""
        run = forking_python("numpy").run(self.folder, "check.py", *arguments)
        assert "Traceback" not in run.stdout + run.stderr, run.stdout + run.stderr
        return run.returncode, run.stdout + run.stderr
