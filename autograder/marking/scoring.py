"""Otter's test files give the marks; this is what they call and how they are run.

The same files are run by ``otter run`` (in the kernel of the driver notebook) and by
``autograder grade`` (through Otter's classes, in this process).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from autograder.assignment.assignment import Assignment
from autograder.assignment.config import Config, load_term
from autograder.assignment.judging import as_arrays, compare
from autograder.assignment.probe import UNCHANGED_ARGUMENTS
from autograder.assignment.probes import Probes
from autograder.marking.import_otter import import_test_files
from autograder.marking.marks import CaseResult, Marking, right_answer

if TYPE_CHECKING:
    from otter.test_files import TestFile


class NotYetRight(Exception):
    """A graded case that does not earn its points; its text reveals nothing of the case."""


class Judged(Protocol):
    """What the test files need of a submission's marks: a `Marking`, or what is kept of one."""

    def case(self, function: str, name: str) -> CaseResult:
        """Judge one graded case."""


class GradedFunction:
    """A student's function as the test files see it: its answers are there already.

    Parameters
    ----------
    name : str
    marking : Judged
        The marks of the submission.
    """

    def __init__(self, name: str, marking: Judged) -> None:
        self.name = name
        self.marking = marking


class Cases:
    """What the test files of one assignment call.

    Parameters
    ----------
    where : str
        The assignment, as ``assignment.load`` finds it.
    """

    def __init__(self, where: str) -> None:
        self._where = where

    def judge(self, function: GradedFunction | Callable[..., Any] | None, case: str) -> None:
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
            right = function is not None and _right_here(self._term[0], function, case)
        if not right:
            raise NotYetRight("not right yet")

    def points_for(self, function: str) -> float:
        """The points of a function, from the config in force, else from the assignment's own."""
        return self._term[1].points[function]

    @property
    def _term(self) -> Term:
        return _in_force[0] if _in_force else load_term(self._where)


Term = tuple[Assignment, Config]
#: Otter's test files take no arguments, so the term is put in force before they are read.
_in_force: list[Term] = []


def put_in_force(assignment: Assignment, config: Config) -> None:
    """Have the test files judge by this assignment and give the points of this config."""
    _in_force[:] = [(assignment, config)]


def _right_here(assignment: Assignment, function: Callable[..., Any], case: str) -> bool:
    """Judge a function of this process, on the probes of seed 0."""
    name = function.__name__
    for probe in _probes_here(assignment).cases(name)[case]:
        # The other cases have the same probes.
        arguments = deepcopy(probe.arguments)
        given = as_arrays(function(*arguments), assignment.exercises[name].returns)
        if compare(given, right_answer(assignment, probe)) is not None:
            return False
        if case == UNCHANGED_ARGUMENTS and repr(arguments) != repr(probe.arguments):
            return False
    return True


@lru_cache(maxsize=1)
def _probes_here(assignment: Assignment) -> Probes:
    """These probes; to draw them takes longer than all that is asked of them."""
    return Probes(assignment, 0)


@cache
def _test_files(assignment: Assignment, points: tuple[float, ...]) -> list[TestFile]:
    """Otter's test files under these points; reading one takes longer than running it."""
    import_test_files()
    from otter.test_files import ExceptionTestFile

    tests = assignment.folder / "otter_tests"
    files = [
        ExceptionTestFile.from_file(str(tests / f"{name}.py")) for name in assignment.exercises
    ]
    for case in (case for file in files for case in file.test_cases):
        case.body.call_func = _caller(case.body.test_func)
    return files


def _caller(test: Callable[..., None]) -> Callable[[dict[str, Any]], None]:
    """Do as Otter's ``call_func``, which reads the signature each time: longer than the case."""
    names = list(inspect.signature(test).parameters)
    return lambda environment: test(**{name: environment.get(name) for name in names})


def run_tests(marking: Marking, config: Config) -> list[TestFile]:
    """Run Otter's test files on a submission.

    Returns
    -------
    list of otter.test_files.TestFile
        One per function, with its score; the same objects at each call, so read them first.
    """
    put_in_force(marking.assignment, config)
    functions = {name: GradedFunction(name, marking) for name in marking.assignment.exercises}
    return _run(marking.assignment, config, functions)


def run_tests_here(
    assignment: Assignment, config: Config, functions: Mapping[str, Callable[..., Any]]
) -> list[TestFile]:
    """Run Otter's test files on functions of this process: the package's own, never a student's."""
    put_in_force(assignment, config)
    return _run(assignment, config, functions)


def _run(assignment: Assignment, config: Config, functions: Mapping[str, object]) -> list[TestFile]:
    environment = dict(functions)
    files = _test_files(assignment, tuple(config.points.values()))
    for file in files:
        file.update_score(None)  # what the last submission was given in place of its tests' marks
        file.run(environment)
    return files
