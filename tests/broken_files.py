"""Hand-ins with one slip of the keyboard in them, and what each costs beyond the function it is in.

    python -m tests.broken_files [--count 2000]

Each is the solutions with one character or line removed, doubled or changed. It prints those that
lose more than the function in which the slip stands.
"""

from __future__ import annotations

import argparse
import ast
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.course.grader import Grader
from autograder.intake.submission import Submission
from autograder.marking.marks import Marking
from tests.the_assignment import FILES, FUNCTIONS, SOLUTIONS, grader_of, load_config

SIGNS = "()[]{}:,.'\"=+-*/@ \n\t#x0\\"


@dataclass(frozen=True)
class Slip:
    """A hand-in with a slip in it.

    Attributes
    ----------
    file : str
    line : int
        Where it is.
    function : str or None
        The function that it stands in; None beside them.
    what : str
    source : bytes
        The whole file.
    """

    file: str
    line: int
    function: str | None
    what: str
    source: bytes

    def submission(self) -> Submission:
        files = {name: (SOLUTIONS / name).read_bytes() for name in FILES}
        return Submission("student", {**files, self.file: self.source})


def slips(count: int, seed: int) -> Iterator[Slip]:
    """Draw slips, all files and places alike."""
    rng = random.Random(seed)
    texts = {name: (SOLUTIONS / name).read_text(encoding="utf-8") for name in FILES}
    for _ in range(count):
        file = rng.choice(list(texts))
        text = texts[file]
        at = rng.randrange(len(text))
        line = text.count("\n", 0, at) + 1
        lines = text.split("\n")
        match rng.randrange(6):
            case 0:
                what, broken = "a character less", text[:at] + text[at + 1 :]
            case 1:
                what, broken = "a character twice", text[:at] + text[at] + text[at:]
            case 2:
                sign = rng.choice(SIGNS)
                what, broken = f"{sign!r} put in", text[:at] + sign + text[at:]
            case 3:
                sign = rng.choice(SIGNS)
                what, broken = f"{sign!r} in its place", text[:at] + sign + text[at + 1 :]
            case 4:
                what, broken = "a line less", "\n".join(lines[: line - 1] + lines[line:])
            case _:
                what, broken = "a line twice", "\n".join(lines[:line] + lines[line - 1 :])
        yield Slip(file, line, _function_at(text, line), what, broken.encode())


def _function_at(text: str, line: int) -> str | None:
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or 0):
            return node.name
    return None


def lost_beyond(slip: Slip, grader: Grader) -> set[str]:
    """The functions that lose marks and in which the slip does not stand."""
    with grader.open(slip.submission()) as session:
        marking = Marking(session, grader.expected)
        lost = {name for name in FUNCTIONS if marking.is_wrong(name)}
    return lost - {slip.function}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = 0
    with grader_of(load_config(), seed=6) as grader:
        for slip in slips(options.count, options.seed):
            if beyond := lost_beyond(slip, grader):
                found += 1
                place = f"{slip.file}:{slip.line} in {slip.function}"
                print(f"{slip.what}, {place}: {', '.join(sorted(beyond))} lost too")
    print(f"{found} of {options.count} slips cost more than the function that they stand in.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
