"""An assignment as the engine is handed it: its exercises, its words, and where its files lie."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, cached_property, partial
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from autograder.assignment.exercise import Exercise, Numbers
from autograder.assignment.modules import leaning, stub, with_answer

#: For each module that students write: its functions, each with the names of its parameters.
Contract = list[tuple[str, list[tuple[str, list[str]]]]]


class AssignmentError(Exception):
    """There is no assignment where one should be; the message says what is missing."""

    for_people = True


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
    numbers : mapping of str to array
        What the answers by hand are worked from, by the names that stand for it in a config.
    renumber : callable, optional
        Makes the exercises with other such numbers.
    asked : collection of str, optional
        The functions that are asked; all, where none are named.
    notes : Assignment, optional
        The same with the numbers of the notes, if these are others.

    Attributes
    ----------
    all : dict of str to Exercise
        Every function, asked or not.
    exercises : dict of str to Exercise
        Those that are asked.
    """

    def __init__(
        self,
        where: str,
        exercises: Sequence[Exercise],
        folder: Path,
        stubs: Path,
        solutions: Path,
        importable: Sequence[str] = (),
        numbers: Numbers | None = None,
        renumber: Callable[[Numbers], Sequence[Exercise]] | None = None,
        *,
        asked: Collection[str] = (),
        notes: Assignment | None = None,
    ) -> None:
        self.where = where
        self.all = {exercise.name: exercise for exercise in exercises}
        self.exercises = {name: e for name, e in self.all.items() if name in asked or not asked}
        self.folder = folder
        self.stubs = stubs
        self.solutions = solutions
        self.numbers = numbers or {}
        self.questions = tuple(dict.fromkeys(e.question for e in self.exercises.values()))
        self.files = tuple(f"{question}.py" for question in self.questions)
        self.own_importable = tuple(importable)
        self._renumber = renumber
        self._notes = notes or self

    def of_term(self, asked: Collection[str], numbers: Mapping[str, Any]) -> Assignment:
        """The assignment as it is set in a term; the same object for the same term.

        Parameters
        ----------
        asked : collection of str
            The functions that are asked; all, where none are named.
        numbers : mapping of str to nested lists
            What the answers by hand are worked from, where it isn't what the notes have.
        """
        return _of_term(self, frozenset(asked), json.dumps(dict(sorted(numbers.items()))))

    def changed(self, asked: Collection[str], numbers: Numbers | None) -> Assignment:
        """The same with other functions asked and, if there are any, other numbers by hand."""
        exercises: Sequence[Exercise] = list(self.all.values())
        if numbers is not None and self._renumber is not None:
            exercises = self._renumber(numbers)
        return Assignment(
            self.where,
            exercises,
            self.folder,
            self.stubs,
            self.solutions,
            self.own_importable,
            numbers or self.numbers,
            asked=asked,
            notes=self,
        )

    @cached_property
    def given(self) -> dict[str, Exercise]:
        """Functions that aren't asked and that asked ones lean on: handed out ready-made."""
        needed = leaning(self._sources(self.solutions), self.exercises)
        return {
            name: exercise
            for name, exercise in self.all.items()
            if name in needed and name not in self.exercises
        }

    @cached_property
    def known(self) -> dict[str, Exercise]:
        """The functions that are asked or handed out, in their order."""
        known = self.exercises | self.given
        return {name: exercise for name, exercise in self.all.items() if name in known}

    @property
    def unasked(self) -> frozenset[str]:
        """The functions that aren't asked, ready-made or not."""
        return frozenset(self.all.keys() - self.exercises.keys())

    @cached_property
    def absent(self) -> frozenset[str]:
        """The functions that are neither asked nor handed out."""
        return frozenset(self.all.keys() - self.known.keys())

    def of_file(self, file: str) -> list[Exercise]:
        """The functions that belong into a file."""
        return [exercise for exercise in self.exercises.values() if exercise.file == file]

    @cached_property
    def contract(self) -> Contract:
        """What the sandbox needs to know: plain names."""
        functions: dict[str, list[tuple[str, list[str]]]] = {}
        for exercise in self.known.values():
            entry = (exercise.name, list(exercise.parameters))
            functions.setdefault(exercise.question, []).append(entry)
        return list(functions.items())

    @cached_property
    def stub_files(self) -> dict[str, bytes]:
        """The modules that students receive, to write in or to lean on."""
        return self._modules(self._sources(self.stubs))

    def solved(self) -> dict[str, bytes]:
        """The same with all that is asked for: what nothing is wrong with."""
        solved = self._sources(self.solutions)
        for name in self.other_numbers:
            file = self.all[name].file
            solved[file] = with_answer(solved[file], name, _plain(self.reference[name]()))
        return self._modules(solved)

    def _modules(self, sources: Mapping[str, str]) -> dict[str, bytes]:
        solutions = self._sources(self.solutions)
        made = {}
        for file in dict.fromkeys(exercise.file for exercise in self.known.values()):
            text = stub(sources[file], solutions[file], self.given, self.absent)
            for old, new in self._sentences.items():
                text = text.replace(old, new)
            made[file] = text.encode()
        return made

    @cached_property
    def _sentences(self) -> dict[str, str]:
        """What stands in a docstring for what the notes' numbers made of it."""
        return {
            self._notes.all[name].asks: exercise.asks
            for name, exercise in self.all.items()
            if exercise.asks != self._notes.all[name].asks
        }

    @cached_property
    def importable(self) -> dict[str, bytes]:
        """The files of the hand-out that students' files may import and need not hand in."""
        ready_made = {
            name: data for name, data in self.stub_files.items() if name not in self.files
        }
        own = {name: (self.stubs / name).read_bytes() for name in self.own_importable}
        return own | ready_made

    @cached_property
    def reference(self) -> dict[str, Callable[..., object]]:
        """The right functions by name, asked or not."""
        right = self.functions_of(self.solutions)
        by_code = {
            name: partial(right[exercise.by_code], *exercise.by_hand.values())
            for name, exercise in self.other_numbers.items()
        }
        return right | by_code

    @cached_property
    def other_numbers(self) -> dict[str, Exercise]:
        """The exercises by hand whose answer is another than in the notes."""
        changed = self._sentences.values()
        return {name: exercise for name, exercise in self.all.items() if exercise.asks in changed}

    def _sources(self, folder: Path) -> dict[str, str]:
        """The modules of all functions, by file."""
        return {file: (folder / file).read_text(encoding="utf-8") for file in self._files}

    @cached_property
    def _files(self) -> list[str]:
        """The files of all functions, asked or not."""
        return list(dict.fromkeys(exercise.file for exercise in self.all.values()))

    def functions_of(self, folder: Path) -> dict[str, Callable[..., object]]:
        """The functions of the solutions or of the stubs by name.

        The files import one another by their plain names, which are taken back afterwards:
        a module of such a name elsewhere on the path is neither used nor hidden.
        """
        names = [file.removesuffix(".py") for file in self._files if (folder / file).is_file()]
        before = {name: sys.modules.pop(name) for name in names if name in sys.modules}
        try:
            modules = {name: _imported(name, folder / f"{name}.py", plainly=True) for name in names}
        finally:
            for name in names:
                sys.modules.pop(name, None)
            sys.modules.update(before)
        spaces = {name: vars(module) for name, module in modules.items()}
        return {
            name: spaces[exercise.question][name]
            for name, exercise in self.all.items()
            if name in spaces.get(exercise.question, ())
        }


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
        ``SOLUTIONS`` say. If its answers by hand can be set other numbers, the notes' stand under
        ``NUMBERS``, and ``exercises(numbers)`` makes the exercises with others.

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
        getattr(package, "NUMBERS", None),
        getattr(package, "exercises", None),
    )


@cache
def _of_term(whole: Assignment, asked: frozenset[str], written: str) -> Assignment:
    numbers = {name: np.array(value) for name, value in json.loads(written).items()}
    changed = any(not np.array_equal(value, whole.numbers[n]) for n, value in numbers.items())
    if not changed and asked in (frozenset(), whole.all.keys()):
        return whole
    return whole.changed(asked, {**whole.numbers, **numbers} if changed else None)


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


def _plain(value: Any) -> Any:
    """An answer as it is written into a module: numbers in lists."""
    return [_plain(item) for item in value] if isinstance(value, list) else value.tolist()
