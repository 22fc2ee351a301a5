"""The output folder of a class: held by one run, each file in it whole or as it was."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder import __version__
from autograder.assignment.config import Config
from autograder.course.fingerprint import same_words
from autograder.course.result import Graded
from autograder.feedback import page, plain
from autograder.feedback.overview import since, were_right
from autograder.feedback.record import Record
from autograder.intake.atomic_files import OutputNotWritable, draft_of, remove_drafts, writing
from autograder.intake.class_folder import RUN_RECORD
from autograder.intake.file_names import safe_name
from autograder.intake.lms.table import safe_cell
from autograder.source.phrases import Phrases

_FOLDERS = ("results", "feedback")
_LOCK = ".lock"


class OutputInUse(Exception):
    """Another run writes into the output folder."""

    for_people = True


class OutputOfAnotherRun(Exception):
    """The output folder holds something that this run must not mix with."""

    for_people = True


class OutputAmongInputs(Exception):
    """The output folder lies where the submissions do, and would be taken for one."""

    for_people = True


def refuse_among(inputs: Iterable[Path], out: Path) -> None:
    """Raise OutputAmongInputs if a folder is, or lies in, one of the inputs."""
    place = out.resolve()
    for path in inputs:
        if path.resolve() in (place, *place.parents):
            raise OutputAmongInputs(
                f"{out} lies in {path}, where the submissions are: the next run would take it for "
                "one of them. Choose a folder beside it."
            )


def seed_of_run(out: Path) -> int | None:
    """The seed of the run that wrote a folder; None where none has.

    Raises
    ------
    OutputOfAnotherRun
        If what stands there is no record of a run.
    """
    path = out / RUN_RECORD
    try:
        return int(json.loads(path.read_text(encoding="utf-8"))["seed"])
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputOfAnotherRun(f"{path} cannot be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError):
        raise OutputOfAnotherRun(
            f"{path} is not the record of a run. Move it away, or choose another folder."
        ) from None


def seed_of_earlier(out: Path) -> int:
    """The seed of the run that wrote a folder, which there has to be.

    Raises
    ------
    OutputOfAnotherRun
    """
    if (seed := seed_of_run(out)) is None:
        raise OutputOfAnotherRun(
            f"{out} is not the output of a run: there is no {RUN_RECORD} in it. Name the folder "
            "that was given to grade with -o."
        )
    return seed


def others_in(out: Path, students: Iterable[str]) -> list[str]:
    """Whose pages stand in a folder that are none of these students'; by the pages' names."""
    known = {safe_name(student) for student in students}
    found = {path.stem for path in (out / "feedback").glob("*.html")}
    return sorted(found - known)


class Output:
    """The output folder of a run.

    Parameters
    ----------
    path : Path
        Made if it does not exist.
    say : Phrases
    earlier : mapping of str to Record
        What an earlier run into another folder found, by student.
    """

    def __init__(
        self,
        path: Path,
        say: Phrases,
        earlier: Mapping[str, Record] | None = None,
    ) -> None:
        self.path = path
        self._say = say
        self.earlier = earlier or {}
        self._lock = -1

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder for this run alone; the lock goes with the process.

        Raises
        ------
        OutputInUse
        OutputNotWritable
        """
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.path / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(self._lock, self.path)
            for folder in (self.path, *(self.path / name for name in _FOLDERS)):
                with writing(folder):
                    folder.mkdir(exist_ok=True)
                remove_drafts(folder)
            remove_drafts(self.path / "upload")
            yield
        finally:
            os.close(self._lock)

    def _check_held(self) -> None:
        """A folder that was removed and made anew may be another run's by now."""
        try:
            ours = os.path.samestat(os.fstat(self._lock), (self.path / _LOCK).stat())
        except OSError:
            ours = False
        if not ours:
            raise OutputNotWritable(
                f"{self.path}: somebody removed this folder, or {_LOCK} in it, while it was "
                "written to. Start the same command again."
            )

    def seed(self, seed: int | None) -> int:
        """The seed asked for, or that of the earlier run, or a new one; kept in ``run.json``.

        Raises
        ------
        OutputOfAnotherRun
            If what stands there is no record of a run.
        """
        before = seed_of_run(self.path)
        if seed is None:
            seed = int.from_bytes(os.urandom(4)) if before is None else before
        self.write(
            self.path / RUN_RECORD, json.dumps({"seed": seed, "version": __version__}) + "\n"
        )
        return seed

    def kept(self, student: str, key: dict[str, Any], config: Config) -> Graded | None:
        """The results of an earlier run, if it graded the same and finished writing it."""
        files = self._files(student)
        try:
            feedback: Record = json.loads(files["record"].read_text(encoding="utf-8"))
            results = json.loads(files["results"].read_text(encoding="utf-8"))
            decided = dict(feedback["fingerprint"])
            used = decided.pop("words")
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if decided != key or feedback.get("student") != student or not same_words(used, config):
            return None
        return Graded(feedback, results) if all(map(Path.exists, files.values())) else None

    def keep(self, student: str, feedback: Record, results: dict[str, Any]) -> None:
        """Write one submission's files; the feedback record, last, says that all are there.

        Raises
        ------
        OutputNotWritable
        """
        files = self._files(student)
        if moved := self._moved(student, feedback):
            feedback = {**feedback, "since": moved}
        # All of it first: where one part cannot be made, none is written.
        made = {
            "results": _json(results),
            "text": plain.render(feedback, self._say),
            "page": page.render(feedback, self._say),
            "record": _json(feedback),
        }
        self._check_held()
        with writing(files["record"]):
            # An earlier run's must not vouch for what another run, killed on the way, wrote.
            files["record"].unlink(missing_ok=True)
        for part, text in made.items():
            _write(files[part], text)

    def _moved(self, student: str, feedback: Record) -> dict[str, list[str]] | None:
        """What moved since another hand-in of the same student was graded."""
        try:
            record = self._files(student)["record"]
            before = self.earlier.get(student) or json.loads(record.read_text(encoding="utf-8"))
            if before["fingerprint"]["submission"] == feedback["fingerprint"]["submission"]:
                return None
            return since(were_right(before), feedback)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def remove(self, student: str) -> None:
        """Remove what an earlier run wrote about a submission that cannot be graded now."""
        self._check_held()
        for path in self._files(student).values():
            with writing(path):
                path.unlink(missing_ok=True)

    def _files(self, student: str) -> dict[str, Path]:
        """The files of one submission; the record first, so that it is the first to go."""
        name = safe_name(student)
        return {
            "record": self.path / "feedback" / f"{name}.json",
            "text": self.path / "feedback" / f"{name}.txt",
            "page": self.path / "feedback" / f"{name}.html",
            "results": self.path / "results" / f"{name}.json",
        }

    def write_table(self, header: list[str], rows: list[dict[str, Any]]) -> None:
        """Write ``grades.csv``, for people: no name in it is a formula to a spreadsheet."""
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, header, restval="")
        writer.writeheader()
        writer.writerows({**row, "student": safe_cell(row["student"])} for row in rows)
        self.write(self.path / "grades.csv", text.getvalue())

    def write(self, path: Path, text: str) -> None:
        """Write a file so that it is there whole or as it was before."""
        self._check_held()
        _write(path, text)


def _write(path: Path, text: str) -> None:
    with draft_of(path) as draft:
        draft.write_bytes(text.encode("utf-8", "replace"))


def _take(lock: int, path: Path) -> None:
    try:
        import fcntl
    except ImportError:
        return  # Windows, where no class is graded
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise OutputInUse(
            f"{path}: another run is writing there. Wait for it, or choose another folder."
        ) from error


def _json(value: Any) -> str:
    # Without indentation Python writes it in C, five times as fast.
    return json.dumps(value, ensure_ascii=False) + "\n"
