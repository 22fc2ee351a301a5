"""Classes of submissions to grade: mostly right, many wrong, some that hang."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from autograder.assignment.config import LimitsConfig
from autograder.sandbox.client import MAX_FAILURES, most_failures
from tests.the_assignment import FILES, FUNCTIONS, SOLUTIONS, probes_of

from .cost import SEED

CORPUS = Path(__file__).parent.parent / "corpus"
#: Of 20 submissions 12 are right, 7 hold one wrong case of the corpus and 1 hangs.
RIGHT, NOT_HANGING, ALL = 12, 19, 20
#: Of so many that hang one does so in every function, the others in one.
HANG_IN_EVERY = 4
HANGING_FUNCTION = "softmax_jacobian"


def make_class(folder: Path, count: int) -> list[Path]:
    """Submissions of which none hangs, 12 of 19 right, each in a folder of its own.

    The right ones are the solutions and the right cases of the corpus in turn; no two
    submissions hold the same bytes. Any few that stand together are a fair sample.
    """
    right, wrong = _cases("correct"), _cases("wrong")
    made = []
    for number in range(count):
        is_right = number * RIGHT % NOT_HANGING < RIGHT
        files = _solutions() | _files(next(right if is_right else wrong))
        made.append(_write(folder / f"s{number:05}", files))
    return made


def add_hanging(folder: Path, count: int) -> list[bool]:
    """Add one that hangs for each 19 of a class; returns which of them hang in every function."""
    kinds = []
    for number in range(count // NOT_HANGING):
        every = number % HANG_IN_EVERY == 0
        files = _solutions()
        for name, function in FUNCTIONS.items():
            if every or name == HANGING_FUNCTION:
                files[function.file] += _endless(name)
        # Sorted behind the nineteenth of those that do not hang.
        _write(folder / f"s{(number + 1) * NOT_HANGING - 1:05}-hangs", files)
        kinds.append(every)
    return kinds


def hanging_seconds(every: bool, limits: LimitsConfig) -> float:
    """What the limits allow a submission that hangs in every function or in one."""
    probes = probes_of(SEED)
    calls = given_up = 0
    for name in FUNCTIONS if every else [HANGING_FUNCTION]:
        tried = min(most_failures(given_up), len(probes[name]))
        given_up += tried == MAX_FAILURES
        calls += tried
    return float(min(calls * limits.call_seconds, limits.submission_seconds))


def _cases(kind: str) -> Iterator[Path]:
    cases = sorted(path for path in (CORPUS / kind).iterdir() if path.is_dir())
    # As they are sorted, those that are alike stand together.
    random.Random(SEED).shuffle(cases)
    return cycle([SOLUTIONS, *cases] if kind == "correct" else cases)


def _files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES if (folder / name).exists()}


def _solutions() -> dict[str, bytes]:
    return _files(SOLUTIONS)


def _endless(name: str) -> bytes:
    return f"\n\ndef {name}(*arguments):\n    while True:\n        pass\n".encode()


def _write(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True)
    for name, source in files.items():
        (folder / name).write_bytes(source + f"\n# {folder.name}\n".encode())
    return folder
