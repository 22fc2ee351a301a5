"""The functions of ``tests/escapes/``: those that the grader must take marks from, and not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from autograder.intake.submission import Submission
from tests.the_assignment import FILES, FUNCTIONS, SOLUTIONS

ESCAPES = Path(__file__).parent / "escapes"
_HEAD = re.compile(r"^# --- (wrong|right): ([a-z0-9-]+): (.+)\n", re.MULTILINE)


_IMPORT = re.compile(r"^ *from practice_6_\d import .*$", re.MULTILINE)


@dataclass(frozen=True)
class Escape:
    """A function as a student may write it.

    Attributes
    ----------
    function : str
        The function of the contract.
    name, why : str
        What is wrong with it, or odd about it.
    wrong : bool
    source : str
        What is written below the reference solution, in whose place it comes.
    """

    function: str
    name: str
    why: str
    wrong: bool
    source: str

    def __str__(self) -> str:
        return f"{self.function}-{self.name}"

    def submission(self) -> Submission:
        """The solutions with this function in the place of the right one."""
        files = {name: (SOLUTIONS / name).read_bytes() for name in FILES}
        files[FUNCTIONS[self.function].file] += b"\n\n" + self.source.encode()
        return Submission("student", files)

    def load(self) -> Callable[..., Any]:
        """Run the file that it stands in; return it."""
        space: dict[str, Any] = {"__name__": "escape"}
        for name in FILES:
            # All in one space, in which each finds what it imports.
            source = (SOLUTIONS / name).read_text(encoding="utf-8")
            exec(_IMPORT.sub("", source), space)
        exec(compile(_IMPORT.sub("", self.source), str(self), "exec"), space)
        function: Callable[..., Any] = space[self.function]
        return function


@cache
def escapes() -> list[Escape]:
    """All of them, by function."""
    return [escape for path in sorted(ESCAPES.glob("*.py")) for escape in _read(path)]


def _read(path: Path) -> list[Escape]:
    _, *pieces = _HEAD.split(path.read_text(encoding="utf-8"))
    return [
        Escape(path.stem, name, why, kind == "wrong", source)
        for kind, name, why, source in zip(*[iter(pieces)] * 4, strict=True)
    ]
