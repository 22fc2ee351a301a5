"""What students receive: stubs, checks and pages, of what is asked in the term."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from pprint import pformat

from autograder.assignment.assignment import Assignment
from autograder.assignment.modules import without
from autograder.otter.documents import Left, notebook, page, with_own_examples
from autograder.source.phrases import Phrases, Text

_SOURCE = Path(__file__).parent.parent / "source"
#: The words that the checks, and what they share with the grader, use.
_SHARED_WORDS = (
    "forms", "lists", "crash", "syntax", "remark",
    "check", "call", "quantity", "shape", "matrix", "pattern", "line", "change", "work",
    "experiment",
)  # fmt: skip
_NOT_FOR_STUDENTS = {"__pycache__", ".OTTER_LOG", "hand-in.zip", ".ipynb_checkpoints"}
#: What the hand-out's checks know of the term.
_ASKED = "checking/asked.py"
_ASKED_TELLS = '''"""What is asked and ready-made, by file; the numbers worked by hand."""

'''
_FUNCTION = re.compile(r"^def (\w+)", re.MULTILINE)


def handout(assignment: Assignment, say: Phrases) -> dict[str, bytes]:
    """What students receive, by path.

    Parameters
    ----------
    assignment : Assignment
        As it is set in the term.
    say : Phrases
        The words that the checks take along.
    """
    stubs = assignment.stubs
    modules = {exercise.file for exercise in assignment.all.values()}
    files = {
        path.relative_to(stubs).as_posix(): path.read_bytes()
        for path in sorted(stubs.rglob("*"))
        if path.is_file() and not _NOT_FOR_STUDENTS & set(path.parts)
    }
    shown = {path: data for path, data in files.items() if path not in modules}
    if assignment.all != assignment.exercises:
        shown = _of_the_term(shown, assignment)
    shared = _shared(shown)
    words = _words_of(shown, say)
    shared["checking/words.json"] = json.dumps(words, ensure_ascii=False, indent=1).encode()
    return shown | assignment.stub_files | shared | {_ASKED: _asked(assignment)}


def _shared(files: dict[str, bytes]) -> dict[str, bytes]:
    """How a student's file is read, run and changed, by the checks as by the grader.

    These are the modules of ``source`` that the checks import, and what those import of each other.
    """
    shared: dict[str, bytes] = {}
    imported = _imported({path: data for path, data in files.items() if path.endswith(".py")})
    while imported:
        new = {f"checking/{path}": (_SOURCE / path).read_bytes() for path in imported}
        shared |= new
        imported = {path for path in _imported(new) if f"checking/{path}" not in shared}
    return dict(sorted(shared.items()))


def _imported(modules: Mapping[str, bytes]) -> set[str]:
    """The modules of ``source``, by path, that some code of the hand-out imports."""
    found: set[PurePosixPath] = set()
    for path, data in modules.items():
        for node in ast.walk(ast.parse(data)):
            if isinstance(node, ast.ImportFrom):
                # One dot stands for the module's own folder, two for the one above that.
                above = [PurePosixPath("."), *PurePosixPath(path).parents]
                module = above[node.level] / (node.module or "").replace(".", "/")
                found |= {module, *(module / alias.name for alias in node.names)}
    inside = [path.relative_to("checking") for path in found if path.parts[:1] == ("checking",)]
    folders = {f"{folder}/__init__.py" for path in inside for folder in path.parents[:-1]}
    paths = {f"{path}.py" for path in inside} | folders
    return {path for path in paths if (_SOURCE / path).is_file()}


def _words_of(files: dict[str, bytes], say: Phrases) -> dict[str, Text]:
    """The words that the checks take along: those in common, and those that a program names."""
    words = {f"{area}.{key}": text for area in _SHARED_WORDS for key, text in say.of(area).items()}
    for path, data in files.items():
        for node in ast.walk(ast.parse(data)) if path.endswith(".py") else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named = (key for key in (node.value, f"cases.{node.value}") if key in say)
                words |= {key: say.all_forms(key) for key in named}
    return words


def _of_the_term(files: dict[str, bytes], assignment: Assignment) -> dict[str, bytes]:
    """The checks, programs and texts without what isn't asked."""
    programs = {path: data.decode() for path, data in files.items() if path.endswith(".py")}
    kept = {path: _program(path, text, assignment) for path, text in programs.items()}
    made = {path: text for path, text in kept.items() if text is not None}
    modules = {exercise.file for exercise in assignment.all.values()}
    gone = {path for path in programs.keys() - made.keys() if "/" not in path}
    functions = {
        name
        for path, text in programs.items()
        for name in {*_FUNCTION.findall(text)} - {*_FUNCTION.findall(made.get(path, ""))}
    }
    left = Left(
        assignment, sorted(gone | modules - {*assignment.files}), assignment.absent | functions
    )
    texts = {".md": page, ".ipynb": notebook}
    for path, data in files.items():
        if write := texts.get(PurePosixPath(path).suffix):
            made[path] = write(data.decode(), left)
    rest = {path: data for path, data in files.items() if path not in programs}
    return rest | {path: text.encode() for path, text in made.items()}


def _program(path: str, text: str, assignment: Assignment) -> str | None:
    """What is about one function, or a program that calls some; None if nothing is left of it."""
    function = PurePosixPath(path).stem
    if function in assignment.all:
        return without(text, assignment.absent) if function in assignment.exercises else None
    if not _imports_from(text, assignment):
        return with_own_examples(text, assignment)
    text = without(text, assignment.absent)
    return text if _imports_from(text, assignment) else None


def _imports_from(text: str, assignment: Assignment) -> bool:
    """Whether a module imports students' functions."""
    questions = {exercise.question for exercise in assignment.all.values()}
    nodes = ast.parse(text).body
    return any(isinstance(n, ast.ImportFrom) and n.module in questions for n in nodes)


def _asked(assignment: Assignment) -> bytes:
    """The module that tells the checks what is asked, in the order of the stubs."""
    asked: dict[str, dict[str, tuple[str, ...]]] = {}
    given: dict[str, dict[str, tuple[str, ...]]] = {}
    for file, source in assignment.stub_files.items():
        for name in _FUNCTION.findall(source.decode()):
            if exercise := assignment.known.get(name):
                listed = asked if name in assignment.exercises else given
                question = file.removesuffix(".py")
                listed.setdefault(question, {})[name] = exercise.parameters
    numbers = {name: value.tolist() for name, value in assignment.numbers.items()}
    told = {"EXERCISES": asked, "GIVEN": given, "BY_HAND": numbers}
    values = [
        f"{name} = {pformat(value, sort_dicts=False, width=96)}\n" for name, value in told.items()
    ]
    return f"{_ASKED_TELLS}{''.join(values)}".encode()
