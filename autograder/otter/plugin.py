"""The Gradescope and ``otter run`` road: a trusted notebook is executed, a submission never is.

Otter executes ``driver.ipynb`` from the autograder zip. Before that, ``ExplainPlugin`` takes the
student's files out of Otter's way and marks them in the sandbox; the notebook's one cell puts the
marks where Otter's test files find them; afterwards the plugin puts our explanations where Otter's
own messages would stand.

The student's code has ended before Otter opens the kernel's port and that of its log server, which
unpickles what it receives.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from otter.plugins import AbstractOtterPlugin
from otter.test_files import GradingResults

from autograder.assignment.assignment import Assignment
from autograder.assignment.config import Config, load_term
from autograder.course.grader import Grader
from autograder.feedback.layout import labels, outputs
from autograder.feedback.otter_results import (
    earlier_attempt,
    explain_tests,
    heading,
    in_order,
    level_now,
)
from autograder.feedback.overview import since
from autograder.feedback.record import given_instead
from autograder.intake.submission import Submission, UnreadableSubmission, read_submission
from autograder.marking.marks import CaseResult, Marking
from autograder.marking.scoring import GradedFunction, put_in_force

#: Beside Otter's ``submission/``: where the student's files are taken, and what is known of them.
STUDENT, RECORD = "student", "graded.json"
#: What Otter itself puts into ``submission/``.
OTTERS = frozenset({"driver.ipynb", "tests", "__init__.py", "grading.yaml"})
#: Decides the hidden inputs where a run must be repeated exactly.
SEED_VARIABLE = "AUTOGRADER_SEED"


def set_aside(submission: Path, student: Path, keep: Collection[str] = ()) -> None:
    """Move what a student handed in out of the folder in which Otter works.

    Parameters
    ----------
    submission : Path
        Otter's ``submission`` folder.
    student : Path
        Where to. What an earlier run has left there is removed.
    keep : collection of str
        Names in ``submission`` that are not the student's.
    """
    shutil.rmtree(student, ignore_errors=True)
    student.mkdir(mode=0o700)
    for entry in _handed_in(submission, keep):
        shutil.move(entry, student / entry.name)


def _handed_in(submission: Path, keep: Collection[str]) -> list[Path]:
    return [entry for entry in sorted(submission.iterdir()) if entry.name not in keep]


class ExplainPlugin(AbstractOtterPlugin):  # type: ignore[misc]
    """Marks the student's files out of Otter's way and explains the results.

    Its settings in ``otter_config.json`` are ``assignment``, which to grade, ``require_tier``, the
    lowest confinement tier to run student code at, and ``secret``, which decides the hidden inputs
    together with who hands in.
    """

    def before_grading(self, config: Any) -> None:
        """Otter calls this in ``submission/``, before anything is executed or unpickled."""
        here, top = Path.cwd(), Path.cwd().parent
        # On Gradescope run_otter.py has done this already.
        if not (top / STUDENT).exists() or _handed_in(here, OTTERS):
            set_aside(here, top / STUDENT, OTTERS)
        metadata = self.submission_metadata or {}
        seed = seed_of(self.plugin_config.get("secret", ""), metadata)
        where = _carried(top, self.plugin_config["assignment"])
        assignment, config = load_term(where, _grading(top))
        tier = self.plugin_config.get("require_tier", 0)
        record = mark(top, assignment, config, tier, metadata, seed)
        # Gradescope shows what is printed to instructors alone.
        print(f"Seed {seed}, confinement tier {record['feedback']['tier']}.")
        (top / RECORD).write_text(json.dumps(record), encoding="utf-8")

    def after_grading(self, results: GradingResults) -> None:
        """Put the explanations in place of Otter's messages, in the order of the exercises."""
        record = _record(Path.cwd().parent)
        feedback = record["feedback"]
        functions = [entry["function"] for entry in feedback["functions"]]
        if results.results.keys() != set(functions):
            raise RuntimeError("Otter's notebook ended before all tests had run")
        for name in functions:
            if (given := given_instead(feedback, name)) is not None:
                results.update_score(name, given)
        explain_tests(list(results.results.values()), record["outputs"])
        in_order(results, functions)
        results.set_output(record["heading"])


def seed_of(secret: str, metadata: dict[str, Any]) -> int:
    """The seed of a student's hidden inputs, the same at each upload and nobody else's.

    Parameters
    ----------
    secret : str
        The zip's own.
    metadata : dict
        Gradescope's ``submission_metadata.json``, which names who hands in; a group is one.
    """
    if chosen := os.environ.get(SEED_VARIABLE):
        return int(chosen)
    users = metadata.get("users")
    names = sorted(json.dumps(user, sort_keys=True) for user in map(_identity, users or []))
    key = hashlib.blake2b("\n".join(names).encode(), key=secret.encode()[:64], digest_size=4)
    return int.from_bytes(key.digest())


def _identity(user: Any) -> Any:
    """What stays the same of a user; names may be changed."""
    if isinstance(user, dict):
        return user.get("id") or user.get("email")
    return user


def mark(
    top: Path,
    assignment: Assignment,
    config: Config,
    require_tier: int,
    metadata: dict[str, Any],
    seed: int,
) -> dict[str, Any]:
    """Mark and explain what has been set aside.

    Parameters
    ----------
    top : Path
        The folder of ``source/``, ``submission/`` and ``student/``.
    assignment : Assignment
    config : Config
    require_tier : int
    metadata : dict
        Gradescope's ``submission_metadata.json``; empty under ``otter run``.
    seed : int

    Returns
    -------
    dict
        ``assignment``; ``feedback``, without the scores; ``heading``, what stands above it, and
        ``outputs``, beside each function, with the ``labels`` in them; ``cases``: whether each is
        right, by function.

    Raises
    ------
    TierTooLow
    """
    level = level_now(config, metadata, datetime.now(UTC))
    config = config.model_copy(update={"level": level})
    grader = Grader(assignment, config, seed, require_tier=require_tier)
    with grader, grader.open(_read(top / STUDENT, assignment)) as session:
        marking = Marking(session, grader.expected)
        cases = {
            name: {case: marking.case(name, case).right for case in session.probes.cases(name)}
            for name in assignment.exercises
        }
        feedback = grader.explain(marking)
        if before := earlier_attempt(metadata):
            feedback["since"] = since(before, feedback)
        return {
            "assignment": assignment.where,
            "feedback": feedback,
            "heading": heading(feedback, config.gradescope.show, config.say),
            "outputs": outputs(feedback, config.say),
            "labels": list(labels(config.say).values()),
            "cases": cases,
        }


def _carried(top: Path, where: str) -> str:
    """Where an assignment is: a folder that the zip carries, or a package by its name."""
    folder = top / "source" / "package" / where
    return str(folder) if folder.is_dir() else where


def _grading(top: Path) -> Path:
    return top / "source" / "files" / "grading.yaml"


def _read(student: Path, assignment: Assignment) -> Submission:
    """Read the submission; of one that cannot be read, each file is missing for that reason."""
    try:
        return read_submission(student, assignment, "submission")
    except UnreadableSubmission as error:
        return Submission("submission", {}, dict.fromkeys(assignment.files, error.said))


def _record(top: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((top / RECORD).read_text(encoding="utf-8"))
    return record


class RecordedMarking:
    """The marks that the plugin left for the notebook.

    Parameters
    ----------
    cases : dict
        By function and case: whether it is right.
    """

    def __init__(self, cases: dict[str, dict[str, bool]]) -> None:
        self._recorded = cases

    def case(self, function: str, name: str) -> CaseResult:
        """As in `Marking`."""
        return CaseResult(self._recorded[function][name])


def graded_functions() -> dict[str, GradedFunction]:
    """What the driver notebook puts into its namespace: a graded stand-in for each function.

    Runs in the notebook's kernel, in ``submission/``.
    """
    top = Path.cwd().parent
    record = _record(top)
    put_in_force(*load_term(record["assignment"], _grading(top)))
    marking = RecordedMarking(record["cases"])
    return {name: GradedFunction(name, marking) for name in record["cases"]}
