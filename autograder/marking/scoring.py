"""Otter's test files give the marks; this is what they call and how they are run.

The same files are run by ``otter run`` (in the kernel of the driver notebook) and by
``autograder grade`` (through Otter's classes, in this process).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.assignment import config
from autograder.assignment.judging import as_arrays, compare
from autograder.marking import otter_parts
from autograder.marking.marks import Marking, right_answer
from autograder.notes6.contract import FUNCTIONS
from autograder.notes6.probes import UNCHANGED_ARGUMENTS, Probes

if TYPE_CHECKING:
    from otter.test_files import TestFile

TESTS = Path(__file__).parents[1] / "notes6" / "otter_tests"


class NotYetRight(Exception):
    """A graded case that does not earn its points; its text reveals nothing of the case."""


class GradedFunction:
    """A student's function as the test files see it: its answers are there already.

    Parameters
    ----------
    name : str
        The function of the contract.
    marking : Marking
        The marks of the submission.
    """

    def __init__(self, name: str, marking: Marking) -> None:
        self.name = name
        self.marking = marking


def judge(function: GradedFunction | Callable[..., Any] | None, case: str) -> None:
    """Pass silently if the case is right.

    Parameters
    ----------
    function : GradedFunction or callable
        A submission's function, or (under ``otter check``) the function itself.
    case : str
        The graded case, one of ``Probes.cases``.

    Raises
    ------
    NotYetRight
        If the case does not earn its points.
    """
    if isinstance(function, GradedFunction):
        right = function.marking.case(function.name, case).right
    else:
        right = function is not None and _right_here(function, case)
    if not right:
        raise NotYetRight("not right yet")


def _right_here(function: Callable[..., Any], case: str) -> bool:
    """Judge a function of this process, on the probes of seed 0."""
    name = function.__name__
    for probe in Probes(0).cases(name)[case]:
        before = repr(probe.arguments)
        given = as_arrays(function(*probe.arguments), FUNCTIONS[name].returns)
        if compare(given, right_answer(probe)) is not None:
            return False
        if case == UNCHANGED_ARGUMENTS and repr(probe.arguments) != before:
            return False
    return True


def points_for(function: str) -> float:
    """The points of a function, from the grading config in force."""
    return config.current().points[function]


@cache
def _test_files(points: tuple[float, ...]) -> list[TestFile]:
    """Otter's test files under these points; reading one takes longer than running it."""
    otter_parts.load()
    from otter.test_files import ExceptionTestFile

    files = [ExceptionTestFile.from_file(str(TESTS / f"{name}.py")) for name in FUNCTIONS]
    for case in (case for file in files for case in file.test_cases):
        case.body.call_func = _caller(case.body.test_func)
    return files


def _caller(test: Callable[..., None]) -> Callable[[dict[str, Any]], None]:
    """Do as Otter's ``call_func``, which reads the signature each time: longer than the case."""
    names = list(inspect.signature(test).parameters)
    return lambda environment: test(**{name: environment.get(name) for name in names})


def run_tests(marking: Marking) -> list[TestFile]:
    """Run Otter's test files on a submission.

    Returns
    -------
    list of otter.test_files.TestFile
        One per function, with its score; the same objects at each call, so read them first.
    """
    return _run({name: GradedFunction(name, marking) for name in FUNCTIONS})


def run_tests_here(functions: Mapping[str, Callable[..., Any]]) -> list[TestFile]:
    """Run Otter's test files on functions of this process: the package's own, never a student's."""
    return _run(functions)


def _run(functions: Mapping[str, object]) -> list[TestFile]:
    environment = dict(functions)
    files = _test_files(tuple(config.current().points[name] for name in FUNCTIONS))
    for file in files:
        file.run(environment)
    return files
