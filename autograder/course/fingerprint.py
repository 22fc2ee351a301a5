"""What decides a result, so that an earlier one is kept only if nothing of that has changed."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import PrivateAttr

from autograder.assignment.assignment import Assignment
from autograder.assignment.config import Config, Words
from autograder.assignment.yaml_files import ConfigError
from autograder.intake.submission import Submission

#: Parts of the package that come after grading, or before; a change of theirs changes no result.
NO_PART_IN_GRADING = (
    "cli.py",
    "course",
    "otter",
    "intake/lms",
    "intake/atomic_files.py",
    "_assignments",
)
#: What among these grades a submission all the same.
PART_IN_GRADING = ("course/grader.py", "course/examples.py")
#: What of a config is a part by itself.
_IN_PARTS_OF_THEIR_OWN = {"misconceptions", "examples", "phrases"}


class NotingConfig(Config):
    """A config that notes which words were asked for."""

    _used: dict[str, str] = PrivateAttr(default_factory=dict)

    def words(self, function: str, id: str) -> Words:
        found = super().words(function, id)
        self._used[f"{function} {id}"] = digest([found.model_dump_json()])
        return found

    def take_used(self) -> dict[str, str]:
        """The digests of the words since the last call, by function and id."""
        used = dict(self._used)
        self._used.clear()
        return used


def fingerprint(
    submission: Submission, assignment: Assignment, config: Config, seed: int
) -> dict[str, Any]:
    """What decides the result of a submission but for the words, by part.

    Parameters
    ----------
    submission : Submission
    assignment : Assignment
    config : Config
    seed : int

    Returns
    -------
    dict
        Digests under ``submission``, ``config``, ``phrases``, ``grader`` and, if misconceptions are
        named by example, ``examples``; and the ``seed``.
    """
    examples = [example.source for _, example in sorted(config.examples.items())]
    named = digest([*sorted(config.examples), *examples])
    return {
        "submission": _of_submission(submission),
        "config": digest([config.model_dump_json(exclude=_IN_PARTS_OF_THEIR_OWN)]),
        "phrases": config.phrases_digest,
        **({"examples": named} if examples else {}),
        "grader": of_grader(assignment),
        "seed": seed,
    }


def same_words(used: dict[str, str], config: Config) -> bool:
    """Whether the words that a result was written with are those of this config."""
    now = NotingConfig.model_construct(**dict(config))
    try:
        for key in used:
            now.words(*key.split(" ", 1))
    except ConfigError:
        return False
    return now.take_used() == used


@cache
def of_grader(assignment: Assignment) -> str:
    """Changes when the tests, the probes, the solutions, or the libraries that compute do."""
    package = Path(__file__).parents[1]
    parts = [f"{sys.version_info[:2]} {version('numpy')} {version('otter-grader')}"]
    templates = (package / "feedback" / "templates").iterdir()
    own = [path for path in package.rglob("*.py") if _takes_part(path.relative_to(package))]
    asked = [*assignment.folder.rglob("*.py"), *assignment.solutions.glob("*.py")]
    for path in sorted({*own, *templates, *asked}):
        parts.append(hashlib.sha256(path.read_bytes()).hexdigest())
    return digest(parts)


def _takes_part(inside: Path) -> bool:
    """Whether a module of the package can change a result."""
    if inside.as_posix() in PART_IN_GRADING:
        return True
    return not any(inside.is_relative_to(part) for part in NO_PART_IN_GRADING)


def _of_submission(submission: Submission) -> str:
    files = sorted(submission.files.items())
    contents = [hashlib.sha256(content).hexdigest() for _, content in files]
    names = repr([name for name, _ in files])
    return digest([names, *contents, repr(sorted(submission.notes.items()))])


def digest(parts: Iterable[str]) -> str:
    """Sum up texts in one short one."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
