"""Grade one submission: its answers, Otter's score, the diagnoses, what the student reads."""

from __future__ import annotations

from typing import Any

from autograder.assignment.assignment import Assignment
from autograder.assignment.config import Config
from autograder.assignment.probes import Probes
from autograder.course.examples import learn_examples
from autograder.course.result import Graded
from autograder.diagnosis import Predictions, diagnose, refuted
from autograder.feedback.cases import failed_cases
from autograder.feedback.function_record import function_record, unexplained_record
from autograder.feedback.record import FunctionRecord, Record, given_instead, with_scores
from autograder.intake.submission import Submission
from autograder.marking.marks import Expected, Marking
from autograder.marking.scoring import run_tests
from autograder.marking.session import Session
from autograder.sandbox.client import Limits, Sandbox
from autograder.sandbox.errors import SandboxError


class Grader:
    """Everything that the submissions of a run share, and the sandbox that they run in.

    Parameters
    ----------
    assignment : Assignment
    config : Config
    seed : int
        Decides the hidden inputs.
    require_tier : int
        Refuse to run in a sandbox below this tier.
    slot : int
        The number of this grader among those that run at once: each has a uid of its own.

    Raises
    ------
    TierTooLow
        If the machine does not offer the tier.
    """

    def __init__(
        self,
        assignment: Assignment,
        config: Config,
        seed: int,
        *,
        require_tier: int = 0,
        slot: int = 0,
    ) -> None:
        self.assignment = assignment
        self.config = config
        self.seed = seed
        self.expected = Expected(Probes(assignment, seed), config.left_out)
        self.predictions = Predictions(self.expected.probes)
        limits = Limits(**config.limits.model_dump())
        self.sandbox = Sandbox(limits, assignment.contract, slot=slot, require_tier=require_tier)

    def __enter__(self) -> Grader:
        self.sandbox.__enter__()
        try:
            learn_examples(self.config, self.expected, self.predictions, self.sandbox)
        except BaseException:
            self.sandbox.close()
            raise
        return self

    def __exit__(self, *exception: Any) -> None:
        self.sandbox.__exit__(*exception)

    def grade(self, submission: Submission) -> Graded:
        """Grade one submission in a worker of its own."""
        with self.open(submission) as session:
            return self.graded(Marking(session, self.expected))

    def graded(self, marking: Marking) -> Graded:
        """What a submission gets that has answered."""
        files = run_tests(marking, self.config)
        feedback = self.explain(marking)
        for file in files:
            if (given := given_instead(feedback, file.name)) is not None:
                file.update_score(given)
        scores = {file.name: (file.score, file.possible) for file in files}
        feedback = with_scores(feedback, scores)
        # Only now: the module imports of Otter what the tests have imported already.
        from autograder.feedback.otter_results import gradescope_results

        return Graded(feedback, gradescope_results(files, feedback, self.config))

    def refuted(self, marking: Marking) -> list[str]:
        """What is said of a submission's functions and isn't so, by function, on other inputs."""
        return [
            f"{name}: {statement}"
            for name in self.assignment.exercises
            if marking.is_wrong(name)
            for statement in refuted(marking, name, self.predictions, self.config.say)
        ]

    def failed_cases(self, submission: Submission, function: str = "") -> list[str]:
        """Tell the failed test cases of one function or, without a name, of all."""
        with self.open(submission) as session:
            marking = Marking(session, self.expected)
            asked = [function] if function else list(self.assignment.exercises)
            say = self.config.say
            lines = [line for name in asked for line in failed_cases(marking, name, say)]
        none = [f"No test case of {function or 'any function'} fails."]
        return [f"# Seed {self.seed}. For the instructor: hidden inputs.", *(lines or none)]

    def open(self, submission: Submission) -> Session:
        """Start a submission's worker and collect its answers."""
        return Session(submission, self.sandbox, self.expected.probes)

    def explain(self, marking: Marking) -> Record:
        """The feedback record without the scores, which Otter's tests give."""
        return {
            "student": marking.session.submission.student,
            "tier": self.sandbox.tier,
            "seed": self.seed,
            "functions": [self._explain(marking, name) for name in self.assignment.exercises],
        }

    def _explain(self, marking: Marking, name: str) -> FunctionRecord:
        try:
            diagnosis = diagnose(marking, name, self.predictions)
            return function_record(diagnosis, marking, self.predictions, self.config)
        except (SandboxError, MemoryError):
            raise
        except Exception as error:
            # The marks are known by now: a fault in what is said of them must not cost any.
            return self._unexplained(marking, name, error)

    def _unexplained(self, marking: Marking, name: str, error: Exception) -> FunctionRecord:
        return unexplained_record(error, name, marking, self.predictions, self.config)
