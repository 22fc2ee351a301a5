"""A whole class: each submission graded once, its results written whole or not at all."""

from __future__ import annotations

import csv
import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol

from autograder import __version__
from autograder.config import Config
from autograder.contract import FUNCTIONS, QUESTIONS
from autograder.feedback import page, plain
from autograder.filenames import safe_name
from autograder.grade import Graded, Grader
from autograder.sandbox.confine import SLOTS
from autograder.submission import RUN_RECORD, Submission, UnreadableSubmission

GRADES_HEADER = ["student", *QUESTIONS, "total", "max", "status"]
#: So many submissions are worth a second process, which takes a second to start.
WORTH_A_PROCESS = 40


class OutputInUse(Exception):
    """Another run writes into the output folder."""


class OutputOfAnotherRun(Exception):
    """The output folder holds something that this run must not mix with."""


class Source(Protocol):
    """A submission that has been found and not been read yet."""

    @property
    def student(self) -> str: ...

    def read(self) -> Submission: ...


@dataclass
class ClassResult:
    """What a run did.

    Attributes
    ----------
    rows : list of dict
        The rows of ``grades.csv``, sorted by student.
    unreadable : dict of str to str
        By student: why nothing could be graded.
    reused : int
        Submissions that an earlier run had graded already, from the same bytes.
    seed : int
    tier : int
        The lowest tier of any submission.
    """

    seed: int
    rows: list[dict[str, Any]] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)
    reused: int = 0
    tier: int | None = None


def grade_class(
    sources: Sequence[Source],
    out: Path,
    config: Config,
    *,
    seed: int | None = None,
    jobs: int = 1,
    require_tier: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ClassResult:
    """Grade all submissions into a folder.

    Parameters
    ----------
    sources : sequence of Source
    out : Path
        Made if it does not exist. What an earlier run with the same seed graded from the same
        bytes, config and tests is kept.
    config : Config
    seed : int, optional
        Decides the hidden inputs; by default that of the earlier run into ``out``, else random.
    jobs : int
        Processes that grade at once.
    require_tier : int
        Refuse to grade below this confinement tier.
    progress : callable
        Called with the number done and the number of all.

    Raises
    ------
    OutputInUse, OutputOfAnotherRun
    TierTooLow
    """
    with _locked(out):
        seed = _seed(out, seed)
        result = ClassResult(seed)
        fingerprint = _run_fingerprint(config, seed)
        for done, (source, graded) in enumerate(
            _graded(sources, out, config, seed, jobs, require_tier, fingerprint, result), start=1
        ):
            if graded is not None:
                result.rows.append(_row(source.student, graded.feedback))
                tier = graded.feedback["tier"]
                result.tier = tier if result.tier is None else min(result.tier, tier)
            progress(done, len(sources))
        for student in result.unreadable:
            result.rows.append({"student": student, "status": "unreadable"})
        result.rows.sort(key=lambda row: row["student"])
        _write_grades(out / "grades.csv", result.rows)
    return result


# --- one submission after another --------------------------------------------------------------


def _graded(
    sources: Sequence[Source],
    out: Path,
    config: Config,
    seed: int,
    jobs: int,
    require_tier: int,
    fingerprint: str,
    result: ClassResult,
) -> Iterator[tuple[Source, Graded | None]]:
    """Grade what is not graded yet, keeping few submissions in memory at once."""
    work = _Work(config.model_dump_json(), seed, require_tier)
    with _executor(jobs, len(sources)) as executor:
        waiting: dict[Future[Graded], tuple[Source, str]] = {}
        for source in sources:
            try:
                submission = source.read()
            except UnreadableSubmission as error:
                result.unreadable[source.student] = str(error)
                yield source, None
                continue
            key = _fingerprint(submission, fingerprint)
            if (kept := _kept(out, source.student, key)) is not None:
                result.reused += 1
                yield source, kept
                continue
            waiting[executor.submit(_grade_one, work, submission)] = (source, key)
            if len(waiting) >= 4 * jobs:
                yield from _finished(waiting, out)
        while waiting:
            yield from _finished(waiting, out)


@dataclass(frozen=True)
class _Work:
    """What a process needs to set up its grader."""

    config: str
    seed: int
    require_tier: int


@cache
def _grader(work: _Work) -> Grader:
    """The grader of this process: it lives as long as the process does."""
    config = Config.model_validate_json(work.config)
    grader = Grader(config, work.seed, require_tier=work.require_tier, slot=os.getpid() % SLOTS)
    grader.__enter__()
    return grader


def _grade_one(work: _Work, submission: Submission) -> Graded:
    return _grader(work).grade(submission)


def _finished(
    waiting: dict[Future[Graded], tuple[Source, str]], out: Path
) -> Iterator[tuple[Source, Graded]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        source, key = waiting.pop(future)
        graded = future.result()
        _write(out, source.student, key, graded)
        yield source, graded


class _Here(Executor):
    """Runs each task at once in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def _executor(jobs: int, submissions: int) -> Executor:
    if jobs == 1 or submissions < WORTH_A_PROCESS:
        return _Here()
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


# --- what is kept between runs -----------------------------------------------------------------


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Hold the output folder for this run alone; the lock goes with the process."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for folder in ("results", "feedback"):
            (out / folder).mkdir(exist_ok=True)
        lock = (out / RUN_RECORD).open("a+", encoding="utf-8")
    except OSError as error:
        raise OutputOfAnotherRun(f"{out}: cannot be written to ({error.strerror})") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise OutputInUse(
                f"{out}: another run is writing there. Wait for it, or choose another folder."
            ) from error
        yield


def _seed(out: Path, seed: int | None) -> int:
    """The seed asked for, or that of the earlier run, or a new one; kept in ``run.json``."""
    path = out / RUN_RECORD
    text = path.read_text(encoding="utf-8")
    before = json.loads(text)["seed"] if text.strip() else None
    if seed is None:
        seed = before if before is not None else int.from_bytes(os.urandom(4))
    # Written in place: the lock is on this very file.
    path.write_text(json.dumps({"seed": seed, "version": __version__}) + "\n", encoding="utf-8")
    return seed


@cache
def _code_fingerprint() -> str:
    """Changes when the tests, the probes, the solutions or anything else of the grader do."""
    from autograder.reference import SOLUTIONS

    package = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*package.rglob("*.py"), *SOLUTIONS.glob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _run_fingerprint(config: Config, seed: int) -> str:
    return _digest([config.model_dump_json(), str(seed), _code_fingerprint()])


def _fingerprint(submission: Submission, run: str) -> str:
    files = sorted(submission.files.items())
    notes = sorted(submission.notes.items())
    contents = [hashlib.sha256(content).hexdigest() for _, content in files]
    return _digest([run, repr([name for name, _ in files]), *contents, repr(notes)])


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _kept(out: Path, student: str, key: str) -> Graded | None:
    """The results of an earlier run, if it graded the same thing and finished writing it."""
    name = safe_name(student)
    try:
        feedback = json.loads((out / "feedback" / f"{name}.json").read_text(encoding="utf-8"))
        results = json.loads((out / "results" / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if feedback.get("fingerprint") != key or feedback.get("student") != student:
        return None
    return Graded(feedback, results)


def _write(out: Path, student: str, key: str, graded: Graded) -> None:
    """Write one submission's files; the feedback record, last, says that all are there."""
    name = safe_name(student)
    feedback = {**graded.feedback, "fingerprint": key}
    write_whole(out / "results" / f"{name}.json", _json(graded.gradescope))
    write_whole(out / "feedback" / f"{name}.txt", plain.render(feedback))
    write_whole(out / "feedback" / f"{name}.html", page.render(feedback))
    write_whole(out / "feedback" / f"{name}.json", _json(feedback))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or as it was before."""
    draft = path.with_name(f".{path.name}.part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


# --- the table ---------------------------------------------------------------------------------


def _row(student: str, feedback: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {"student": student}
    for question in QUESTIONS:
        scores = [f["score"] for f in feedback["functions"] if _question(f) == question]
        row[question] = round(sum(scores), 5)
    row["total"], row["max"] = feedback["score"], feedback["max_score"]
    row["status"] = _status(feedback)
    return row


def _question(entry: dict[str, Any]) -> str:
    return FUNCTIONS[entry["function"]].question


def _status(feedback: dict[str, Any]) -> str:
    missing = {f["file"] for f in feedback["functions"] if f["status"] == "missing"}
    return f"graded; missing: {', '.join(sorted(missing))}" if missing else "graded"


def _write_grades(path: Path, rows: list[dict[str, Any]]) -> None:
    draft = path.with_name(f".{path.name}.part")
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, GRADES_HEADER, restval="")
        writer.writeheader()
        writer.writerows(rows)
    draft.replace(path)
