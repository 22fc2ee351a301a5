"""The record of a submission: all that is said of it, which text, pages and reports are made of.

It is plain JSON, as it stands in ``feedback/<student>.json``; what instructors may read in it is
told in docs/instructors.md.
"""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict


class LineRecord(TypedDict):
    """The student's own lines, by number, and which of them is at fault, if one is known.

    Attributes
    ----------
    made : list of [int, str]
        What some of them make of the input that is shown.
    """

    number: int | None
    code: list[list[Any]]
    made: list[list[Any]]


class PartRecord(TypedDict):
    """What is said of one mistake; the fields are those of `feedback.parts.Parts`."""

    title: str
    did: str
    line: LineRecord | None
    example: str
    of_numbers: str
    call: list[str]
    why: str
    notes: list[str]
    carried: str
    next: str
    section: str


class Evidence(TypedDict, total=False):
    """What the pages draw of a function, and what else an instructor should know of it.

    Attributes
    ----------
    shown : list of dict
        Pictures of the ideas that a right function shows.
    picture : dict
        See `feedback.evidence.picture`.
    failure : str
        "timed out", "died: memory", "raised: TypeError".
    code : str
        The student's, of what isn't right.
    unusual : str
        The form of a right answer that few would give.
    """

    shown: list[dict[str, Any]]
    picture: dict[str, Any]
    failure: str
    code: str
    unusual: str


class UnnamedRecord(TypedDict):
    """What groups a wrong function without a name with others; see `feedback.unnamed.unnamed`."""

    signature: str
    formula: str
    observed: list[str]
    stops: str
    source: str
    lines: list[int]


class Adjusted(TypedDict):
    """What an instructor changed by hand: the change, the score before it, and why."""

    points: str
    before: float
    comment: str


class Scored(TypedDict, total=False):
    """The points of a function or of all.

    Attributes
    ----------
    score, max_score : float
        There as soon as Otter's tests have run (`with_scores`).
    adjusted : Adjusted
        If they were changed by hand.
    """

    score: float
    max_score: float
    adjusted: Adjusted


class RubricRecord(TypedDict):
    """The share of its points that a misconception keeps, and what the tests alone would give."""

    share: float
    tests: float


class OfSome(Scored, total=False):
    """What is there of some functions alone.

    Attributes
    ----------
    rubric : RubricRecord
    given : float
        The points that are given in place of what the tests give.
    unnamed : UnnamedRecord
        Of a wrong function without a name.
    unexplained : str
        Where the autograder failed, if it could not say why the function is wrong.
    """

    rubric: RubricRecord
    given: float
    unnamed: UnnamedRecord
    unexplained: str


class FunctionRecord(OfSome):
    """What is said of one function.

    Attributes
    ----------
    function, file : str
    status : diagnosis.Status
    diagnosis : list of str
        The ids of its misconceptions.
    text : str
        All of it in one.
    parts : list of PartRecord
        By mistake.
    file_notes : list of str
        What is said of its file as a whole.
    evidence : Evidence
    cases : dict of str to bool
        By test case, whether it is right.
    checks : str
        What marks were lost on.
    """

    function: str
    file: str
    status: str
    diagnosis: list[str]
    text: str
    parts: list[PartRecord]
    file_notes: list[str]
    evidence: Evidence
    cases: dict[str, bool]
    checks: str


class Record(Scored):
    """What is said of one submission.

    Attributes
    ----------
    student : str
    tier : int
        The confinement tier in which it ran.
    seed : int
        Of the hidden inputs.
    functions : list of FunctionRecord
        In the order of the assignment.
    since : dict of str to list of str
        What moved since an earlier hand-in, see `feedback.overview.since`.
    fingerprint : dict
        What decided the result, see `course.fingerprint`.
    """

    student: str
    tier: int
    seed: int
    functions: list[FunctionRecord]
    since: NotRequired[dict[str, list[str]]]
    fingerprint: NotRequired[dict[str, Any]]


def with_scores(record: Record, scores: dict[str, tuple[float, float]]) -> Record:
    """A record with what Otter's tests gave, by function: the points and the most there are."""
    functions = [_with_score(entry, *scores[entry["function"]]) for entry in record["functions"]]
    return {
        "student": record["student"],
        "tier": record["tier"],
        "seed": record["seed"],
        "score": round(sum(entry["score"] for entry in functions), 5),
        "max_score": round(sum(entry["max_score"] for entry in functions), 5),
        "functions": functions,
    }


def _with_score(entry: FunctionRecord, score: float, possible: float) -> FunctionRecord:
    """The entry of a function with its marks, which stand at its head."""
    return {
        "function": entry["function"],
        "file": entry["file"],
        "status": entry["status"],
        "score": round(score, 5),
        "max_score": round(possible, 5),
        **entry,
    }


def given_instead(record: Record, function: str) -> float | None:
    """What the rubric, or cases left out, give in place of what a function's tests do."""
    entries = (entry for entry in record["functions"] if entry["function"] == function)
    return next((entry["given"] for entry in entries if "given" in entry), None)
