"""Notes 6 as the tests see it: the engine's functions with this assignment handed to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from autograder.assignment import config as configs
from autograder.assignment import probes, recipe
from autograder.assignment.assignment import load
from autograder.assignment.config import Config
from autograder.course import grade_class as course
from autograder.course import grader
from autograder.course.options import RunOptions
from autograder.diagnosis import Predictions, crash
from autograder.feedback import report
from autograder.intake import file_names, lms, plain_folders, submission
from autograder.intake.found_files import FoundFile
from autograder.marking import right_answers
from autograder.sandbox import client

NOTES6 = load("autograder.notes6")
FUNCTIONS, FILES, QUESTIONS = NOTES6.exercises, NOTES6.files, NOTES6.questions
SOLUTIONS, ASSIGNMENTS = NOTES6.solutions, NOTES6.stubs
RECIPES = {name: exercise.recipe for name, exercise in FUNCTIONS.items()}
DEFAULT = NOTES6.folder / "grading.yaml"
CONFIG = configs.load(NOTES6)
SAY = CONFIG.say
#: What our comments in a gradebook begin with.
OPENING = SAY("comment.opening")
REFERENCE = NOTES6.reference


def load_config(path: Path | None = None) -> Config:
    return configs.load(NOTES6, path)


def probes_of(seed: int) -> probes.Probes:
    return probes.Probes(NOTES6, seed)


def components() -> recipe.Components:
    return recipe.Components(REFERENCE)


def remembered(most: int) -> recipe.Remembered:
    return recipe.Remembered(REFERENCE, most)


def sandbox_of(limits: client.Limits, **settings: Any) -> client.Sandbox:
    return client.Sandbox(limits, NOTES6.contract, **settings)


def grader_of(config: Config, seed: int, **settings: Any) -> grader.Grader:
    made = grader.Grader(NOTES6, config, seed, **settings)
    if not config.examples:
        made.predictions = predictions_of(seed)
    return made


@cache
def predictions_of(seed: int) -> Predictions:
    """What is predicted goes by the seed alone: all graders of a process make it once."""
    return Predictions(probes_of(seed))


def stand_ins_of(names: Iterable[str]) -> client.RightFunctions:
    parameters = {name: len(FUNCTIONS[name].parameters) for name in sorted(names)}
    return client.RightFunctions(parameters, right_value)


def right_value(function: str, arguments: tuple[Any, ...]) -> object:
    return right_answers.right_value(NOTES6, function, arguments)


def read_submission(path: Path, student: str | None = None) -> submission.Submission:
    return submission.read_submission(path, NOTES6, student)


def read_files(student: str, found: Iterable[FoundFile]) -> submission.Submission:
    return submission.read_files(student, found, NOTES6)


def find_class(paths: Iterable[Path]) -> plain_folders.PlainClass:
    return plain_folders.find_class(paths, FILES)


def find_submissions(paths: Iterable[Path]) -> list[plain_folders.PlainSubmission]:
    return find_class(paths).submissions


def open_download(
    path: Path, lms_name: str | None = None, gradebook: Path | None = None
) -> lms.Download:
    return lms.open_download(path, FILES, lms_name, gradebook)


def claim(name: str) -> file_names.Claim | None:
    return file_names.claim(name, FILES)


def student_of(name: str) -> str:
    return plain_folders.student_of(name, FILES)


def grade_class(
    submissions: Sequence[course.FoundSubmission],
    out: Path,
    config: Config,
    progress: Callable[[int, int], None] = lambda done, total: None,
    **settings: Any,
) -> course.ClassResult:
    options = RunOptions(**settings)
    return course.grade_class(submissions, out, NOTES6, config, options, progress)


def class_report(
    out: Path, rows: Sequence[dict[str, Any]], config: Config, **settings: Any
) -> dict[str, str]:
    return report.class_report(out, rows, NOTES6, config, **settings)


def explain_exception(raised: Any, sources: Mapping[str, bytes]) -> str:
    return crash.explain_exception(raised, sources, FUNCTIONS, SAY)


def build(out: Path, config: Config, path: Path | None, require_tier: int = 0) -> Any:
    from autograder.otter.build import build as make

    return make(out, NOTES6, config, path, require_tier)


def notes_of(given: submission.Submission) -> dict[str, str]:
    """What is said of how a submission was found, by file."""
    return {file: SAY.fill(*notes) for file, notes in given.notes.items()}


def below_imports(call: Sequence[str]) -> str:
    """The lines of a call without the import of a function that is there already."""
    return "\n".join(line for line in call if not line.startswith("from "))
