"""What the tests share: a grader, and submissions made from the solutions."""

from __future__ import annotations

import gc
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# First, as it says how many threads NumPy may have, which reads that when it is imported.
import autograder.cli  # noqa: F401
from autograder.course.grader import Grader
from autograder.course.workers.processes import RARELY
from autograder.intake.submission import Submission
from autograder.marking.marks import Marking
from tests.the_assignment import FILES, FUNCTIONS, SOLUTIONS, grader_of, load_config

ROOT = Path(__file__).parent.parent

# On a busy machine an example may take any time; that makes none wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

#: What takes longest, in this order; it is begun first, as at the end one process would be left
#: alone with it.
LONGEST = (
    *("test_corpus.py", "test_escapes.py", "test_hostile.py", "test_roads.py"),
    *("test_crash_safety.py", "test_term.py", "test_formulas.py", "test_docs.py"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {name: at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


def pytest_collection_finish() -> None:
    """What thousands of tests are themselves is never garbage: it isn't looked through again.

    Otherwise garbage is looked for as rarely as where a class is graded.
    """
    gc.freeze()
    gc.set_threshold(RARELY)


@pytest.fixture(scope="session")
def grader() -> Iterator[Grader]:
    """A grader with the package's own config and a fixed seed."""
    with grader_of(load_config(), seed=6) as grader:
        yield grader


def solutions() -> dict[str, bytes]:
    """The reference solutions by file name."""
    return {name: (SOLUTIONS / name).read_bytes() for name in FILES}


def with_function(source: str, **changed: Any) -> Submission:
    """A submission of the solutions in which functions are replaced by those of ``source``."""
    files = solutions()
    for name in re.findall(r"^def (\w+)", source, re.MULTILINE):
        if name in FUNCTIONS:
            file = FUNCTIONS[name].file
            body = re.search(rf"^def {name}\b.*?(?=^def |\Z)", source, re.MULTILINE | re.DOTALL)
            assert body is not None
            # Defined last, so it takes the place of the reference's function of that name.
            files[file] += b"\n\n" + body.group().encode()
    return Submission("student", files)


#: What a test of it puts back.
UNEXPLAINED = Grader._unexplained


@pytest.fixture(scope="session", autouse=True)
def faults_show() -> Iterator[None]:
    """A fault in an explanation costs a student no marks; in a test it is raised."""

    def fail(self: Grader, marking: Marking, name: str, error: Exception) -> None:
        raise error

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Grader, "_unexplained", fail)
        yield


@pytest.fixture
def feedback(grader: Grader) -> Callable[[str], dict[str, dict[str, Any]]]:
    """Grade the solutions with some functions replaced; the feedback by function."""

    def grade(source: str) -> dict[str, dict[str, Any]]:
        record = grader.grade(with_function(source)).feedback
        return {entry["function"]: entry for entry in record["functions"]}

    return grade


def with_ctrl_c() -> None:
    """For ``preexec_fn``: what runs in the background has Ctrl-C ignored, and hands that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
