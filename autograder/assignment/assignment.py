"""An assignment as the engine is handed it: its exercises, its words, and where its files lie."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from autograder.assignment.exercise import Exercise

#: For each module that students write: its functions, each with the names of its parameters.
Contract = list[tuple[str, list[tuple[str, list[str]]]]]


class AssignmentError(Exception):
    """There is no assignment where one should be; the message says what is missing."""


class Assignment:
    """All that is known of one assignment.

    Parameters
    ----------
    where : str
        What ``load`` found it by.
    exercises : sequence of Exercise
        In the order in which they are listed; each may lean on those before it.
    folder : Path
        Where its words (``grading.yaml``, ``NAME.yaml``) and Otter's tests lie.
    stubs, solutions : Path
        The folders with the files that students fill, and with the right ones.
    importable : sequence of str
        Files of the hand-out that students' files may import.
    """

    def __init__(
        self,
        where: str,
        exercises: Sequence[Exercise],
        folder: Path,
        stubs: Path,
        solutions: Path,
        importable: Sequence[str] = (),
    ) -> None:
        self.where = where
        self.exercises = {exercise.name: exercise for exercise in exercises}
        self.folder = folder
        self.stubs = stubs
        self.solutions = solutions
        self.questions = tuple(dict.fromkeys(e.question for e in exercises))
        self.files = tuple(f"{question}.py" for question in self.questions)
        self._importable = importable

    def of_file(self, file: str) -> list[Exercise]:
        """The functions that belong into a file."""
        return [exercise for exercise in self.exercises.values() if exercise.file == file]

    @cached_property
    def contract(self) -> Contract:
        """What the sandbox needs to know: plain names."""
        return [
            (
                question,
                [(e.name, list(e.parameters)) for e in self.of_file(f"{question}.py")],
            )
            for question in self.questions
        ]

    @cached_property
    def importable(self) -> dict[str, bytes]:
        """The files of the hand-out that students' files may import."""
        return {name: (self.stubs / name).read_bytes() for name in self._importable}

    @cached_property
    def reference(self) -> dict[str, Callable[..., object]]:
        """The right functions by name."""
        return self.functions_of(self.solutions)

    def functions_of(self, folder: Path) -> dict[str, Callable[..., object]]:
        """The functions of the solutions or of the stubs by name.

        The files import one another by their plain names, which are taken back afterwards:
        a module of such a name elsewhere on the path is neither used nor hidden.
        """
        names = self.questions
        before = {name: sys.modules.pop(name) for name in names if name in sys.modules}
        try:
            modules = {name: _imported(name, folder / f"{name}.py", plainly=True) for name in names}
        finally:
            for name in names:
                sys.modules.pop(name, None)
            sys.modules.update(before)
        return {e.name: getattr(modules[e.question], e.name) for e in self.exercises.values()}


@cache
def load(where: str) -> Assignment:
    """Load an assignment.

    Parameters
    ----------
    where : str
        A folder, or the name of an importable package. It holds ``__init__.py`` with ``EXERCISES``
        and, if students may import any, the names of files of the hand-out as ``IMPORTABLE``;
        ``grading.yaml``, a ``NAME.yaml`` of words for each exercise, and ``otter_tests``. The
        stubs and solutions lie in ``stubs`` and ``solutions``, or where ``STUBS`` and
        ``SOLUTIONS`` say.

    Raises
    ------
    AssignmentError
        If there is none.
    """
    package = _package(where)
    folder = Path(str(package.__file__)).parent
    if not hasattr(package, "EXERCISES"):
        raise AssignmentError(f"{where}: its __init__.py lists no EXERCISES")
    return Assignment(
        where,
        package.EXERCISES,
        folder,
        getattr(package, "STUBS", folder / "stubs"),
        getattr(package, "SOLUTIONS", folder / "solutions"),
        getattr(package, "IMPORTABLE", ()),
    )


def _package(where: str) -> ModuleType:
    folder = Path(where)
    if not folder.is_dir():
        try:
            return import_module(where)
        except ModuleNotFoundError as error:
            raise AssignmentError(f"{where}: there is no such assignment") from error
    start = folder.resolve() / "__init__.py"
    if not start.is_file():
        raise AssignmentError(f"{where}: is no assignment, as it holds no __init__.py")
    return _imported(f"assignment_in_{folder.resolve().name}", start)


def _imported(name: str, path: Path, *, plainly: bool = False) -> ModuleType:
    """Import a file under a name; ``plainly``: as a module and not as a package."""
    inside = None if plainly else [str(path.parent)]
    spec = spec_from_file_location(name, path, submodule_search_locations=inside)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
