"""Build what students and Gradescope receive, after measuring that it marks as it should."""

from __future__ import annotations

import io
import json
import os
import secrets
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import chdir
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
import yaml
from nbformat.v4 import new_code_cell, new_notebook

from autograder.assignment.assignment import Assignment
from autograder.assignment.config import Config
from autograder.course.grader import Grader
from autograder.feedback.otter_results import otter_settings
from autograder.intake.atomic_files import write_whole
from autograder.intake.submission import Submission
from autograder.marking.scoring import put_in_force, run_tests_here
from autograder.otter.handout import handout
from autograder.sandbox.confine import WORKERS

_PACKAGE = Path(__file__).parent.parent
#: Zips made from the same files have the same bytes.
_WHEN = (2026, 1, 1, 0, 0, 0)
_SCRIPTS = {"setup.sh", "run_autograder"}
_PLUGIN = "autograder.otter.plugin.ExplainPlugin"
#: What the folder of an assignment that is no package is called in the zip.
_FOLDER = "assignment"
#: In the zip of the very versions under which the solutions have just scored everything.
_PINNED = ("click", "numpy", "pydantic", "pyyaml")
#: The newest Python that Otter's way of installing is made for; students' files may be written for
#: any that is older.
_PYTHON = "3.13"
_DRIVER = """\
from autograder.otter.plugin import graded_functions

globals().update(graded_functions())"""


class BuildRefused(Exception):
    """The solutions do not score everything, or the stubs score something."""

    for_people = True


def build(
    out: Path,
    assignment: Assignment,
    config: Config,
    config_path: Path | None,
    require_tier: int = 0,
) -> Iterator[str]:
    """Write ``student.zip`` and ``autograder.zip``, of what is asked in the term.

    Parameters
    ----------
    out : Path
        The folder to write to.
    config : Config
    config_path : Path or None
        Where it was read from, if it is not the package's own.
    require_tier : int
        The confinement tier below which the autograder refuses to run student code.

    Yields
    ------
    str
        What was done, line by line.

    Raises
    ------
    BuildRefused
        If the marks are not what they must be; nothing is written then.
    """
    if _is_folder(assignment) and not assignment.solutions.is_relative_to(assignment.folder):
        raise BuildRefused(f"{assignment.where} must hold its stubs and solutions")
    yield from _measure(assignment, config)
    student = out / "student.zip"
    made = handout(assignment, config.say)
    _write_zip(student, {f"notes-6/{name}": data for name, data in made.items()})
    yield f"Wrote {student}"
    autograder = out / "autograder.zip"
    secret = _secret_of(autograder) or secrets.token_hex(32)
    _write_zip(autograder, _autograder(assignment, config, config_path, require_tier, secret))
    yield f"Wrote {autograder}"


def _measure(assignment: Assignment, config: Config) -> Iterator[str]:
    for folder, files, share in (
        (assignment.solutions, assignment.solved(), 1),
        (assignment.stubs, assignment.stub_files, 0),
    ):
        measure = _marks if WORKERS else _marks_here
        marks = measure(files, assignment, config)
        score, most = (sum(column) for column in zip(*marks.values(), strict=True))
        if score != share * most:
            lost = [name for name, (got, possible) in marks.items() if got != share * possible]
            raise BuildRefused(
                f"{folder} scores {score:g} of {most:g}; it must score {share * most:g}. "
                f"Look at: {', '.join(lost)}."
            )
        yield f"{folder.name}: {score:g} of {most:g} points"


def _marks(
    files: dict[str, bytes], assignment: Assignment, config: Config
) -> dict[str, tuple[float, float]]:
    """Grade files as a student's, on inputs drawn for it: points and maximum by function."""
    with Grader(assignment, config, seed=int.from_bytes(os.urandom(4))) as grader:
        graded = grader.grade(Submission("build", files)).feedback
    return {f["function"]: (f["score"], f["max_score"]) for f in graded["functions"]}


def _marks_here(
    files: dict[str, bytes], assignment: Assignment, config: Config
) -> dict[str, tuple[float, float]]:
    """The same on a system without workers: what is run is the package's own."""
    with tempfile.TemporaryDirectory() as name:
        for file, data in files.items():
            (Path(name) / file).write_bytes(data)
        functions = assignment.functions_of(Path(name))
    tested = run_tests_here(assignment, config, functions)
    return {file.name: (round(file.score, 5), round(file.possible, 5)) for file in tested}


def _secret_of(path: Path) -> str | None:
    """The secret of a zip that was built before, so that a new one draws the same inputs."""
    try:
        with zipfile.ZipFile(path) as archive:
            settings = json.loads(archive.read("otter_config.json"))
        secret = settings["plugins"][0][_PLUGIN]["secret"]
    except (OSError, zipfile.BadZipFile, ValueError, LookupError, TypeError):
        return None
    return secret if isinstance(secret, str) and secret else None


def _autograder(
    assignment: Assignment,
    config: Config,
    config_path: Path | None,
    require_tier: int,
    secret: str,
) -> dict[str, bytes]:
    """Otter's zip, with our package, our ``run_otter.py`` and the driver notebook."""
    put_in_force(assignment, config)
    settings = {
        **otter_settings(config.gradescope),
        "plugins": [
            {
                _PLUGIN: {
                    "assignment": _FOLDER if _is_folder(assignment) else assignment.where,
                    "require_tier": require_tier,
                    "secret": secret,
                }
            }
        ],
    }
    grading, examples = _with_examples(config_path or assignment.folder / "grading.yaml", config)
    members = _otter_generate(assignment, settings, grading) | examples
    members["run_otter.py"] = (_PACKAGE / "otter" / "run_otter.py").read_bytes()
    members["failed.txt"] = config.say("gradescope.failed").encode()
    for path in sorted(_PACKAGE.rglob("*")):
        inside = path.relative_to(_PACKAGE)
        if path.is_file() and "__pycache__" not in path.parts:
            members[f"package/autograder/{inside.as_posix()}"] = path.read_bytes()
    members |= {f"package/{path}": data for path, data in _carried(assignment)}
    return members


def _carried(assignment: Assignment) -> Iterator[tuple[str, bytes]]:
    """The assignment's files beside the package: with what isn't asked, as others lean on it."""
    if _is_folder(assignment):
        for path in sorted(assignment.folder.rglob("*")):
            inside = path.relative_to(assignment.folder)
            if path.is_file() and "__pycache__" not in path.parts:
                yield f"{_FOLDER}/{inside.as_posix()}", path.read_bytes()
        return
    files = dict.fromkeys(exercise.file for exercise in assignment.all.values())
    for name in files:
        yield f"autograder/_solutions/{name}", (assignment.solutions / name).read_bytes()
    for name in (*files, *assignment.own_importable):
        yield f"autograder/_assignments/{name}", (assignment.stubs / name).read_bytes()


def _is_folder(assignment: Assignment) -> bool:
    return Path(assignment.where).is_dir()


def _with_examples(grading: Path, config: Config) -> tuple[bytes, dict[str, bytes]]:
    """The settings as the zip holds them, and the examples that they name, by path in the zip.

    They stand beside ``files``, whose content Otter puts among what a student handed in.
    """
    if not config.examples:
        return grading.read_bytes(), {}
    content = yaml.safe_load(grading.read_text(encoding="utf-8-sig"))
    members = {}
    for key, example in config.examples.items():
        id = key.partition(".")[2]
        content["misconceptions"][id]["like"] = f"../examples/{id}.py"
        members[f"examples/{id}.py"] = example.source.encode()
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    return text.encode(), members


def _otter_generate(
    assignment: Assignment, settings: dict[str, Any], grading: bytes
) -> dict[str, bytes]:
    """Run ``otter generate`` in a clean folder: it picks up what it finds in its own."""
    from otter.generate import main as generate

    with tempfile.TemporaryDirectory() as name, chdir(name):
        here = Path()
        (here / "otter_config.json").write_text(json.dumps(settings), encoding="utf-8")
        requirements = "".join(f"{name}=={version(name)}\n" for name in _PINNED)
        (here / "requirements.txt").write_text(requirements, encoding="utf-8")
        (here / "grading.yaml").write_bytes(grading)
        notebook = new_notebook(cells=[new_code_cell(_DRIVER, id="driver")])
        notebook.metadata["kernelspec"] = {
            "name": "python3",
            "display_name": "Python 3",
            "language": "python",
        }
        nbformat.write(notebook, here / "driver.ipynb")
        (here / "asked").mkdir()
        for function in assignment.exercises:
            shutil.copy(assignment.folder / "otter_tests" / f"{function}.py", here / "asked")
        generate(
            tests_dir="asked",
            output_path="autograder.zip",
            config="otter_config.json",
            requirements="requirements.txt",
            python_version=_PYTHON,
            no_environment=True,
            files=["driver.ipynb", "grading.yaml"],
        )
        with zipfile.ZipFile("autograder.zip") as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist()}
    for name in _SCRIPTS & members.keys():
        # Written on Windows, a script has line ends that no shell reads.
        members[name] = members[name].replace(b"\r\n", b"\n")
    return members


def _write_zip(path: Path, members: dict[str, bytes]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, _WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, wherever this runs: only then the modes count
            info.external_attr = (0o755 if name in _SCRIPTS else 0o644) << 16
            archive.writestr(info, members[name])
    write_whole(path, buffer.getvalue())
