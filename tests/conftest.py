"""What the tests share: a grader, and submissions made from the solutions."""

from __future__ import annotations

import ast
import gc
import re
import signal
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
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
#: Of a case that asks once more what others have asked; only `make thorough` runs it.
THOROUGH = pytest.mark.thorough

# On a busy machine an example may take any time; that makes none wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

#: What takes longest, in this order; it is begun first, as at the end one process would be left
#: alone with it.
LONGEST = (
    *("test_corpus.py", "test_escapes.py", "test_hostile.py", "test_roads.py"),
    *("test_crash_safety.py", "test_term.py", "test_formulas.py", "test_docs.py"),
)


def thinned(cases: Iterable[Any], every: int) -> list[Any]:
    """Mark all cases of a test but every so manieth: ``make thorough`` runs them.

    Parameters
    ----------
    cases : iterable
        As of `pytest.mark.parametrize`; a tuple holds several arguments.
    every : int
    """
    return [
        case
        if at % every == 0
        else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=THOROUGH)
        for at, case in enumerate(cases)
    ]


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


def with_function(source: str, *, others: bool = True) -> Submission:
    """A submission in which functions of the solutions are replaced by those of ``source``.

    Parameters
    ----------
    source : str
    others : bool
        Whether all other functions are handed in, too. Grading them takes most of the time; else
        only those are that stand in ``source`` or that these lean on, each on its own lines.
    """
    own = [name for name in re.findall(r"^def (\w+)", source, re.MULTILINE) if name in FUNCTIONS]
    files = solutions() if others else solutions_for(*own, source=source)
    for name in own:
        body = re.search(rf"^def {name}\b.*?(?=^def |\Z)", source, re.MULTILINE | re.DOTALL)
        assert body is not None
        # Defined last, so it takes the place of the reference's function of that name.
        files[FUNCTIONS[name].file] += b"\n\n" + body.group().encode()
    return Submission("student", files)


def solutions_for(*names: str, source: str = "") -> dict[str, bytes]:
    """The reference solutions of some functions, of those that ``source`` names and that they need.

    Empty lines stand in the place of the others.
    """
    needed, open_ = set[str](), {*names, *re.findall(r"\w+", source)} & FUNCTIONS.keys()
    while open_:
        needed |= open_
        open_ = {name for needs in map(_needs, open_) for name in needs} - needed
    files = {}
    for file, code in solutions().items():
        lines = code.splitlines(keepends=True)
        inside = {name for name in _lines_of() if FUNCTIONS[name].file == file}
        for first, last in (_lines_of()[name] for name in inside - needed):
            lines[first - 1 : last] = [b"\n"] * (last - first + 1)
        if inside & needed:
            files[file] = b"".join(lines)
    return files


@cache
def _lines_of() -> dict[str, tuple[int, int]]:
    """The first and the last line of each function in its solution."""
    found = {}
    for source in solutions().values():
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef) and node.name in FUNCTIONS:
                found[node.name] = (node.lineno, node.end_lineno or node.lineno)
    return found


@cache
def _needs(name: str) -> set[str]:
    """The functions that a solution calls, and those that its file imports."""
    tree = ast.parse(solutions()[FUNCTIONS[name].file])
    (node,) = (node for node in tree.body if getattr(node, "name", "") == name)
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    named = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return (named | {a.name for i in imports for a in i.names}) & FUNCTIONS.keys()


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


def feedback_on(grader: Grader, source: str, *, others: bool) -> dict[str, dict[str, Any]]:
    record = grader.grade(with_function(source, others=others)).feedback
    return {entry["function"]: entry for entry in record["functions"]}


@pytest.fixture
def feedback(grader: Grader) -> Callable[[str], dict[str, dict[str, Any]]]:
    """Grade functions and what they lean on, and nothing else; the feedback by function."""
    return partial(feedback_on, grader, others=False)


@pytest.fixture
def whole_feedback(grader: Grader) -> Callable[[str], dict[str, dict[str, Any]]]:
    """Grade the solutions with some functions replaced; the feedback by function."""
    return partial(feedback_on, grader, others=True)


def with_ctrl_c() -> None:
    """For ``preexec_fn``: what runs in the background has Ctrl-C ignored, and hands that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
