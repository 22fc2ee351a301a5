"""The Gradescope and ``otter run`` road: a trusted notebook is executed, a submission never is.

Otter executes ``driver.ipynb`` from the autograder zip. Before that, ``ExplainPlugin`` takes the
student's files out of Otter's way; the notebook's one cell answers for them from the sandbox;
afterwards the plugin puts our explanations where Otter's own messages would stand.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path
from typing import Any

from otter.plugins import AbstractOtterPlugin
from otter.test_files import GradingResults

from autograder import config as configs
from autograder.contract import FUNCTIONS
from autograder.explained_tests import explain_tests, in_order, run_line
from autograder.grade import Grader
from autograder.marking import Marking
from autograder.scoring import GradedFunction
from autograder.submission import read_submission

#: Beside Otter's ``submission/``: where the student's files are taken, and what is read of them.
STUDENT, FEEDBACK = "student", "feedback.json"
#: What Otter itself puts into ``submission/``.
_OTTERS = {"driver.ipynb", "tests", "__init__.py", "grading.yaml"}
#: Decides the hidden inputs where a run must be repeated exactly.
SEED_VARIABLE = "AUTOGRADER_SEED"


def set_aside(submission: Path, student: Path) -> None:
    """Move everything that a student handed in out of the folder in which Otter works.

    Parameters
    ----------
    submission : Path
        Otter's ``submission`` folder.
    student : Path
        Where to; if it exists, the files were moved before Otter started.
    """
    if student.exists():
        return
    student.mkdir()
    for entry in sorted(submission.iterdir()):
        if entry.name not in _OTTERS:
            shutil.move(entry, student / entry.name)


class ExplainPlugin(AbstractOtterPlugin):  # type: ignore[misc]
    """Keeps a student's files out of Otter's way and explains the results."""

    def before_grading(self, config: Any) -> None:
        """Otter calls this in ``submission/``, before anything is executed or unpickled."""
        here = Path.cwd()
        set_aside(here, here.parent / STUDENT)

    def after_grading(self, results: GradingResults) -> None:
        """Put the explanations in place of Otter's messages, in the order of the exercises."""
        path = Path.cwd().parent / FEEDBACK
        feedback = json.loads(path.read_text(encoding="utf-8"))
        explain_tests(list(results.results.values()), feedback)
        in_order(results)
        results.set_output(run_line(feedback))


def graded_functions() -> dict[str, GradedFunction]:
    """What the driver notebook puts into its namespace: a graded stand-in for each function.

    Runs in the notebook's kernel, in ``submission/``. Writes the feedback record for the plugin.
    """
    top = Path.cwd().parent
    config = configs.load(top / "source" / "files" / "grading.yaml")
    seed = int(os.environ.get(SEED_VARIABLE) or random.SystemRandom().randrange(2**32))
    grader = Grader(config, seed)
    with grader, grader.open(read_submission(top / STUDENT, "submission")) as session:
        marking = Marking(session, grader.expected)
        feedback = grader.explain(marking)
        for name in FUNCTIONS:
            for case in session.probes.cases(name):
                marking.case(name, case)
    (top / FEEDBACK).write_text(json.dumps(feedback), encoding="utf-8")
    return {name: GradedFunction(name, marking) for name in FUNCTIONS}
