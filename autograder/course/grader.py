"""Grade one submission: its answers, Otter's score, the diagnoses, what the student reads."""

from __future__ import annotations

import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.assignment.assignment import Assignment
from autograder.assignment.config import Config
from autograder.assignment.probes import Probes
from autograder.course.examples import learn_examples
from autograder.course.result import Graded
from autograder.diagnosis import Diagnosis, Predictions, diagnose, refuted
from autograder.diagnosis.rubric import kept_share
from autograder.feedback.cases import failed_cases
from autograder.feedback.checks import checks
from autograder.feedback.evidence import evidence
from autograder.feedback.layout import output, points
from autograder.feedback.parts import Parts
from autograder.feedback.text import about_file, as_text, in_parts
from autograder.feedback.unnamed import unnamed
from autograder.intake.submission import Submission
from autograder.marking.marks import Expected, Marking
from autograder.marking.scoring import run_tests
from autograder.marking.session import Session
from autograder.sandbox.client import Limits, Sandbox
from autograder.sandbox.errors import SandboxError
from autograder.source.phrases import Phrases

if TYPE_CHECKING:
    from otter.test_files import TestFile


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
            if (given := in_place_of_the_tests(feedback, file.name)) is not None:
                file.update_score(given)
        scores = {file.name: (file.score, file.possible) for file in files}
        feedback = with_scores(feedback, scores)
        return Graded(feedback, _gradescope(files, feedback, self.config))

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

    def explain(self, marking: Marking) -> dict[str, Any]:
        """The feedback record without the scores, which Otter's tests give."""
        return {
            "student": marking.session.submission.student,
            "tier": self.sandbox.tier,
            "seed": self.seed,
            "functions": [self._explain(marking, name) for name in self.assignment.exercises],
        }

    def _explain(self, marking: Marking, name: str) -> dict[str, Any]:
        try:
            return self._explained(marking, name)
        except (SandboxError, MemoryError):
            raise
        except Exception as error:
            # The marks are known by now: a fault in what is said of them must not cost any.
            return self._unexplained(marking, name, error)

    def _unexplained(self, marking: Marking, name: str, error: Exception) -> dict[str, Any]:
        """The record of a function whose explanation failed: its marks, and where it failed."""
        exercise, say = self.assignment.exercises[name], self.config.say
        diagnosis = Diagnosis(exercise, "wrong" if marking.is_wrong(name) else "right")
        if diagnosis.status == "right":
            item = Parts(did=say("text.right"))
        else:
            did = say("text.unexplained", function=name)
            item = Parts(did=did, next=self.config.next_steps[name], section=exercise.section)
        return {
            **self._record(diagnosis, marking, [item], [], self._marks(diagnosis, marking)),
            "unexplained": _where(error),
        }

    def _explained(self, marking: Marking, name: str) -> dict[str, Any]:
        diagnosis = diagnose(marking, name, self.predictions)
        items = in_parts(diagnosis, marking, self.config)
        notes = about_file(diagnosis, marking, self.config.say)
        marks = self._marks(diagnosis, marking)
        if "rubric" in marks:
            given, most = points(marks["given"]), points(self.config.points[name])
            named = "one_mistake" if items[-1].title else "one_mistake_unnamed"
            rest = self.config.say(f"points.{named}", given=given, most=most)
            items[-1] = replace(items[-1], notes=(*items[-1].notes, rest))
        record = {
            **self._record(diagnosis, marking, items, notes, marks),
            "evidence": evidence(diagnosis, marking, self.config.level, self.config.say),
            "checks": "" if "rubric" in marks else self._checks(diagnosis, marking),
        }
        if diagnosis.status == "wrong" and not record["diagnosis"]:
            record["unnamed"] = unnamed(diagnosis, marking, self.config.say)
        return record

    def _record(
        self,
        diagnosis: Diagnosis,
        marking: Marking,
        items: list[Parts],
        notes: list[str],
        marks: dict[str, Any],
    ) -> dict[str, Any]:
        name = diagnosis.function
        return {
            "function": name,
            "file": diagnosis.exercise.file,
            "status": diagnosis.status,
            "diagnosis": _ids(diagnosis),
            **marks,
            "text": as_text(diagnosis, items, notes, self.config.say),
            "parts": [item.record() for item in items],
            "file_notes": notes,
            "evidence": {},
            "cases": {
                case: marking.case(name, case).right for case in marking.session.probes.cases(name)
            },
            "checks": "",
        }

    def _checks(self, diagnosis: Diagnosis, marking: Marking) -> str:
        if diagnosis.status not in ("wrong", "crashed"):
            return ""
        points = self.config.points[diagnosis.function]
        return checks(marking, diagnosis.function, points, self.config.say)

    def _marks(self, diagnosis: Diagnosis, marking: Marking) -> dict[str, Any]:
        """What is given in place of what the tests give, and the rubric's share if it is that."""
        name = diagnosis.function
        points, earned = self.config.points[name], marking.share(name)
        kept = kept_share(diagnosis, marking, self.predictions, self.config)
        marks: dict[str, Any] = {}
        if kept > earned and points:
            marks["rubric"] = {"share": kept, "tests": round(points * earned, 5)}
        if kept > earned or name in self.config.left_out:
            marks["given"] = round(points * max(kept, earned), 5)
        return marks


def in_place_of_the_tests(feedback: dict[str, Any], function: str) -> float | None:
    """What the rubric, or cases left out, give in place of what a function's tests do."""
    entries = (entry for entry in feedback["functions"] if entry["function"] == function)
    return next((entry["given"] for entry in entries if "given" in entry), None)


def _where(error: Exception) -> str:
    """The kind of an error and the place in this package where it arose, without any numbers."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"


def _ids(diagnosis: Diagnosis) -> list[str]:
    if diagnosis.found is not None:
        return list(diagnosis.found.ids)
    return ["changes-its-argument"] if diagnosis.changed and not diagnosis.observations else []


def with_scores(feedback: dict[str, Any], scores: dict[str, tuple[float, float]]) -> dict[str, Any]:
    """The feedback record with what Otter's tests gave, by function."""
    functions = []
    for entry in feedback["functions"]:
        score, possible = scores[entry["function"]]
        marks = {"score": round(score, 5), "max_score": round(possible, 5)}
        head = {key: entry[key] for key in ("function", "file", "status")}
        functions.append({**head, **marks, **entry})
    total = round(sum(f["score"] for f in functions), 5)
    most = round(sum(f["max_score"] for f in functions), 5)
    head = {key: feedback[key] for key in ("student", "tier", "seed")}
    return {**head, "score": total, "max_score": most, "functions": functions}


def outputs(feedback: dict[str, Any], say: Phrases) -> dict[str, str]:
    """What stands beside the points of each function on Gradescope."""
    return {entry["function"]: output(entry, say) for entry in feedback["functions"]}


def _gradescope(files: list[TestFile], feedback: dict[str, Any], config: Config) -> dict[str, Any]:
    from otter.test_files import GradingResults

    from autograder.feedback.otter_results import explain_tests, heading, otter_config

    explain_tests(files, outputs(feedback, config.say))
    results = GradingResults(files)
    results.set_output(heading(feedback, config.gradescope.show, config.say))
    settings = otter_config(config.gradescope.show)
    converted: dict[str, Any] = results.to_gradescope_dict(settings)
    return converted
