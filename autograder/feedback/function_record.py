"""Make the record of one function: what is said of it, its marks and what a page draws."""

from __future__ import annotations

import traceback
from dataclasses import replace
from pathlib import Path

from autograder.assignment.config import Config
from autograder.diagnosis import Diagnosis, Predictions
from autograder.diagnosis.rubric import kept_share
from autograder.feedback.checks import checks
from autograder.feedback.evidence import evidence
from autograder.feedback.layout import points
from autograder.feedback.parts import Parts
from autograder.feedback.record import FunctionRecord, OfSome
from autograder.feedback.text import about_file, as_text, in_parts
from autograder.feedback.unnamed import unnamed
from autograder.marking.marks import Marking
from autograder.source.phrases import Phrases


def function_record(
    diagnosis: Diagnosis, marking: Marking, predictions: Predictions, config: Config
) -> FunctionRecord:
    """Tell a function by its diagnosis.

    Parameters
    ----------
    diagnosis : Diagnosis
    marking : Marking
    predictions : Predictions
    config : Config
    """
    say = config.say
    items = in_parts(diagnosis, marking, config)
    notes = about_file(diagnosis, marking, say)
    marks = _marks(diagnosis, marking, predictions, config)
    if "rubric" in marks:
        items[-1] = _with_rest(items[-1], diagnosis.function, marks["given"], config)
    record = _record(diagnosis, marking, items, notes, marks, say)
    record["evidence"] = evidence(diagnosis, marking, config.level, say)
    if "rubric" not in marks and diagnosis.status in ("wrong", "crashed"):
        name = diagnosis.function
        record["checks"] = checks(marking, name, config.points[name], say)
    if diagnosis.status == "wrong" and not record["diagnosis"]:
        record["unnamed"] = unnamed(diagnosis, marking, say)
    return record


def unexplained_record(
    error: Exception, name: str, marking: Marking, predictions: Predictions, config: Config
) -> FunctionRecord:
    """Tell a function whose explanation failed: its marks, and where it failed.

    Parameters
    ----------
    error : Exception
        With its traceback.
    name : str
    marking : Marking
    predictions : Predictions
    config : Config
    """
    exercise, say = marking.assignment.exercises[name], config.say
    diagnosis = Diagnosis(exercise, "wrong" if marking.is_wrong(name) else "right")
    if diagnosis.status == "right":
        item = Parts(did=say("text.right"))
    else:
        did = say("text.unexplained", function=name)
        item = Parts(did=did, next=config.next_steps[name], section=exercise.section)
    marks = _marks(diagnosis, marking, predictions, config)
    record = _record(diagnosis, marking, [item], [], marks, say)
    record["unexplained"] = _where(error)
    return record


def _record(
    diagnosis: Diagnosis,
    marking: Marking,
    items: list[Parts],
    notes: list[str],
    marks: OfSome,
    say: Phrases,
) -> FunctionRecord:
    name = diagnosis.function
    return {
        "function": name,
        "file": diagnosis.exercise.file,
        "status": diagnosis.status,
        "diagnosis": _ids(diagnosis),
        **marks,
        "text": as_text(diagnosis, items, notes, say),
        "parts": [item.record() for item in items],
        "file_notes": notes,
        "evidence": {},
        "cases": {
            case: marking.case(name, case).right for case in marking.session.probes.cases(name)
        },
        "checks": "",
    }


def _ids(diagnosis: Diagnosis) -> list[str]:
    if diagnosis.found is not None:
        return list(diagnosis.found.ids)
    return ["changes-its-argument"] if diagnosis.changed and not diagnosis.observations else []


def _marks(
    diagnosis: Diagnosis, marking: Marking, predictions: Predictions, config: Config
) -> OfSome:
    """What is given in place of what the tests give, and the rubric's share if it is that."""
    name = diagnosis.function
    points, earned = config.points[name], marking.share(name)
    kept = kept_share(diagnosis, marking, predictions, config)
    marks: OfSome = {}
    if kept > earned and points:
        marks["rubric"] = {"share": kept, "tests": round(points * earned, 5)}
    if kept > earned or name in config.left_out:
        marks["given"] = round(points * max(kept, earned), 5)
    return marks


def _with_rest(item: Parts, function: str, given: float, config: Config) -> Parts:
    """What is said of a mistake, and that it alone cost the points which are not given."""
    named = "one_mistake" if item.title else "one_mistake_unnamed"
    most = points(config.points[function])
    rest = config.say(f"points.{named}", given=points(given), most=most)
    return replace(item, notes=(*item.notes, rest))


def _where(error: Exception) -> str:
    """The kind of an error and the place in this package where it arose, without any numbers."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
