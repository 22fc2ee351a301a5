"""What a process imports costs each run its time, and each process its memory."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent


def run(code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", dedent(code)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_process_that_hands_out_the_work_needs_no_otter() -> None:
    run("""
        import sys
        import autograder.course.grade_class, autograder.course.hand_back, autograder.intake.lms
        assert not {"otter", "autograder.notes6"} & sys.modules.keys()
    """)


def test_the_process_that_grades_imports_of_otter_what_gives_marks() -> None:
    run("""
        import sys
        from autograder.assignment.assignment import load
        from autograder.assignment import config
        from autograder.course.grader import Grader
        from autograder.intake.submission import read_submission
        notes6 = load("autograder.notes6")
        with Grader(notes6, config.load(notes6), 6) as grader:
            graded = grader.grade(read_submission(notes6.solutions, notes6))
        assert graded.feedback["score"] == graded.feedback["max_score"] > 0
        assert "otter.test_files" in sys.modules
        assert not {"pandas", "nbconvert", "otter.api"} & sys.modules.keys()
    """)


def test_otter_can_be_imported_as_a_whole_afterwards() -> None:
    run("""
        import sys
        from autograder.marking.import_otter import import_test_files
        import_test_files()
        from otter.test_files import GradingResults
        before = GradingResults
        import otter
        assert otter.Notebook and otter.__version__
        from otter.check.notebook import GradingResults
        assert GradingResults is before
        import_test_files()
        assert sys.modules["otter"] is otter
    """)
