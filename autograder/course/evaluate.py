"""Measure the diagnosis on a labelled corpus: named, named wrongly, only localised, or missed."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.assignment.assignment import Assignment
from autograder.assignment.yaml_files import did_you_mean, mapping
from autograder.course.grader import Grader
from autograder.feedback.record import FunctionRecord
from autograder.intake.submission import Submission, read_submission
from autograder.marking.marks import Marking

KINDS = ("single", "double", "idiosyncratic", "crash", "carried", "correct")


class CorpusError(Exception):
    """The corpus is not of the form that is described in the docs."""

    for_people = True


@dataclass(frozen=True)
class Outcome:
    """How one case of the corpus came out.

    Attributes
    ----------
    case : str
    kind : str
        The kind of its label; "correct" for the unusual but right.
    result : {"named", "wrong", "localised", "missed", "credited", "full marks", "marked down"}
    texts : dict of str to str
        What the student reads, by labelled function.
    seconds : float
    refuted : tuple of str
        Statements that the same submission contradicts in a fresh process, on other inputs.
    """

    case: str
    kind: str
    result: str
    texts: dict[str, str]
    ids: list[str]
    seconds: float
    refuted: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        return self.result in {"named", "full marks"}


def evaluate(corpus: Path, grader: Grader) -> Iterator[Outcome]:
    """Grade each case of a corpus and hold its text against its label.

    Parameters
    ----------
    corpus : Path
        A folder with ``wrong/`` and ``correct/``, a folder a case, each with ``label.yaml``.
    grader : Grader

    Raises
    ------
    CorpusError
        If there is no case, or a label cannot be read.

    A case that is labelled with a function that isn't asked is passed over.
    """
    labels = sorted([*corpus.glob("wrong/*/label.yaml"), *corpus.glob("correct/*/label.yaml")])
    if not labels:
        raise CorpusError(f"{corpus}: no case with a label.yaml under wrong/ or correct/.")
    for label in labels:
        if outcome := _case(label, grader):
            yield outcome


def _case(path: Path, grader: Grader) -> Outcome | None:
    label = mapping(path)
    kind = "correct" if path.parent.parent.name == "correct" else str(label.get("kind"))
    if kind != "correct" and (wrong := "; ".join(_problems(label, grader.assignment))):
        raise CorpusError(f"{path}: {wrong}.")
    names = [] if kind == "correct" else [*_listed(label, "function"), *_listed(label, "carried")]
    if not grader.assignment.unasked.isdisjoint(names):
        return None
    submission = read_submission(path.parent, grader.assignment)
    handed_in = {name: data for name, data in submission.files.items() if name != "label.yaml"}
    submission = Submission(path.parent.name, handed_in, submission.notes)
    started = time.perf_counter()
    with grader.open(submission) as session:
        marking = Marking(session, grader.expected)
        feedback = grader.graded(marking).feedback
        seconds = time.perf_counter() - started
        contradicted = () if kind == "correct" else tuple(grader.refuted(marking))
    entries = {f["function"]: f for f in feedback["functions"]}
    if kind == "correct":
        result, texts = _correct(entries, handed_in)
        return Outcome(submission.student, kind, result, texts, [], seconds)
    names = _listed(label, "function")
    texts = {name: entries[name]["text"] for name in names}
    ids = [id for name in names for id in entries[name]["diagnosis"]]
    result = _wrong(label, entries, " ".join(texts.values()), ids)
    return Outcome(submission.student, kind, result, texts, ids, seconds, contradicted)


def _problems(label: dict[str, Any], assignment: Assignment) -> Iterator[str]:
    """What a label says that it cannot mean."""
    kinds = [kind for kind in KINDS if kind != "correct"]
    if label.get("kind") not in kinds:
        yield f"kind is '{label.get('kind')}', and must be one of {', '.join(kinds)}"
    if not label.get("function"):
        yield "function is missing"
    for name in (*_listed(label, "function"), *_listed(label, "carried")):
        if name not in assignment.all:
            near = did_you_mean(str(name), assignment.all).removesuffix("?")
            yield f"no function of the assignment is called {name}{near}"
    groups, others = label.get("must_mention"), label.get("must_not_mention") or []
    if not isinstance(groups, list) or not all(isinstance(g, list) and g for g in groups):
        yield "must_mention is a list of lists of patterns: of each list one has to be found"
        groups = []
    if not isinstance(others, list):
        yield "must_not_mention is a list of patterns"
        others = []
    for pattern in (*(p for group in groups for p in group), *others):
        try:
            re.compile(pattern)
        except (re.error, TypeError) as error:
            yield f"'{pattern}' is no pattern ({error})"


def _correct(
    entries: dict[str, FunctionRecord], files: dict[str, bytes]
) -> tuple[str, dict[str, str]]:
    lost = {
        name: entry["text"]
        for name, entry in entries.items()
        if entry["file"] in files and entry["score"] != entry["max_score"]
    }
    return ("marked down" if lost else "full marks"), lost


def _wrong(
    label: dict[str, Any], entries: dict[str, FunctionRecord], text: str, ids: list[str]
) -> str:
    carried = (entries[name] for name in _listed(label, "carried"))
    if any(entry["score"] != entry["max_score"] for entry in carried):
        return "not credited"
    if any(_found(pattern, text) for pattern in label.get("must_not_mention") or []):
        return "wrong"
    mentioned = all(any(_found(p, text) for p in group) for group in label["must_mention"])
    if mentioned:
        return "named"
    return "wrong" if ids else "missed"


def _listed(label: dict[str, Any], key: str) -> list[str]:
    """The functions that a label names: one, several or none."""
    named = label.get(key) or []
    return [named] if isinstance(named, str) else named


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE | re.DOTALL) is not None


def table(outcomes: list[Outcome]) -> list[str]:
    """The rates by kind of case, as lines of text."""
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        by_kind[outcome.kind][outcome.result] += 1
    results = sorted({o.result for o in outcomes})
    lines = [f"{'kind':14}{'cases':>7}" + "".join(f"{r:>14}" for r in results)]
    for kind in KINDS:
        counts = by_kind.get(kind)
        if counts:
            cells = "".join(f"{counts[r] or '':>14}" for r in results)
            lines.append(f"{kind:14}{counts.total():>7}{cells}")
    cases = [o for o in outcomes if o.refuted]
    lines.append(f"refuted: {sum(len(o.refuted) for o in cases)} statements in {len(cases)} cases")
    times = sorted(o.seconds for o in outcomes)
    lines.append(
        f"time per case: median {1e3 * times[len(times) // 2]:.0f} ms, longest "
        f"{1e3 * times[-1]:.0f} ms"
    )
    return lines
