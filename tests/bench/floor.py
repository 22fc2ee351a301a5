"""The least that answering the calls can take: no marks, no words, and no confinement.

``floor.py CLASS`` imports each submission in a fork of this process and takes its answers as a
pickle; ``floor.py --confined CLASS`` does the same in the sandbox. The first submission must be
right: answers that are missing would pass for a low floor.
"""

from __future__ import annotations

import contextlib
import copy
import gc
import importlib
import os
import pickle
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.the_assignment import FUNCTIONS, probes_of, sandbox_of

#: That of the other ways, see ``cost``; this script runs without its package.
SEED = 6


def main(folder: Path, confined: bool) -> None:
    """Take all answers of each submission of a class, unread."""
    probes = probes_of(SEED)
    # What every submission is asked; the others only where there is something to explain.
    calls = {
        name: [p.arguments for p in probes[name] if p.public or p.case is not None]
        for name in FUNCTIONS
    }
    (in_the_sandbox if confined else in_forks)(sorted(folder.iterdir()), calls)


def in_the_sandbox(students: list[Path], calls: dict[str, list[Any]]) -> None:
    from autograder.sandbox.batch import Batch
    from autograder.sandbox.client import Limits
    from autograder.sandbox.outcome import Returned

    batches = [Batch(function.file, name, calls[name]) for name, function in FUNCTIONS.items()]
    with sandbox_of(Limits()) as sandbox:
        for student in students:
            files = {path.name: path.read_bytes() for path in student.glob("*.py")}
            with sandbox.open(files) as worker:
                answers = worker.call_all(batches)
            if student == students[0]:
                _hold_complete(isinstance(answer, Returned) for each in answers for answer in each)


def in_forks(students: list[Path], calls: dict[str, list[Any]]) -> None:
    sys.dont_write_bytecode = True
    gc.collect()
    gc.freeze()
    for student in students:
        ours, theirs = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(ours)
            _answer(student, calls, theirs)
        os.close(theirs)
        with os.fdopen(ours, "rb") as pipe:
            said = pipe.read()
        os.waitpid(pid, 0)
        if not said:
            raise SystemExit(f"{student.name} gave no answers")
        if student == students[0]:
            answers = pickle.loads(said)
            _hold_complete(answer is not None for name in calls for answer in answers[name])


def _hold_complete(given: Iterable[bool]) -> None:
    if not all(given):
        raise SystemExit("the first submission does not answer every call")


def _answer(student: Path, calls: dict[str, list[Any]], pipe: int) -> None:
    """Import, call, hand over and end; never returns."""
    try:
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1):
            os.dup2(null, standard)
        sys.path.insert(0, str(student))
        answers = {name: _call(name, calls[name]) for name in FUNCTIONS}
        with os.fdopen(pipe, "wb") as file:
            pickle.dump(answers, file)
    finally:
        os._exit(0)


def _call(name: str, calls: list[Any]) -> list[Any]:
    answers: list[Any] = [None] * len(calls)
    with contextlib.suppress(Exception, SystemExit):
        function = getattr(importlib.import_module(FUNCTIONS[name].question), name)
        for number, arguments in enumerate(calls):
            with contextlib.suppress(Exception, SystemExit):
                answer = function(*copy.deepcopy(arguments))
                pickle.dumps(answer)  # what cannot be handed over is no answer
                answers[number] = answer
    return answers


if __name__ == "__main__":
    main(Path(sys.argv[-1]), "--confined" in sys.argv)
