"""The output folder of a class: held by one run, each file in it whole or as it was."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder import __version__
from autograder.config import Config
from autograder.feedback import page, plain
from autograder.filenames import safe_name
from autograder.fingerprint import same_words
from autograder.grade import Graded
from autograder.submission import RUN_RECORD

_FOLDERS = ("results", "feedback")
_LOCK = ".lock"


class OutputInUse(Exception):
    """Another run writes into the output folder."""


class OutputOfAnotherRun(Exception):
    """The output folder holds something that this run must not mix with."""


class OutputNotWritable(Exception):
    """The output folder cannot be written to, or the disk is full."""


class Output:
    """The output folder of a run.

    Parameters
    ----------
    path : Path
        Made if it does not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder for this run alone; the lock goes with the process.

        Raises
        ------
        OutputInUse
        OutputNotWritable
        """
        with _told(self.path):
            for folder in (self.path, *(self.path / name for name in _FOLDERS)):
                folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.path / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(lock, self.path)
            self._remove_drafts()
            yield
        finally:
            os.close(lock)

    def _remove_drafts(self) -> None:
        """What a run that was killed had not finished writing."""
        with _told(self.path):
            for folder in (self.path, *(self.path / name for name in _FOLDERS)):
                for draft in folder.glob(".*.part"):
                    draft.unlink()

    def seed(self, seed: int | None) -> int:
        """The seed asked for, or that of the earlier run, or a new one; kept in ``run.json``.

        Raises
        ------
        OutputOfAnotherRun
            If what stands there is no record of a run.
        """
        path = self.path / RUN_RECORD
        try:
            before = json.loads(path.read_text(encoding="utf-8"))["seed"]
        except FileNotFoundError:
            before = None
        except (ValueError, KeyError, TypeError):
            raise OutputOfAnotherRun(
                f"{path} is not the record of a run. Move it away, or choose another folder."
            ) from None
        if seed is None:
            seed = int.from_bytes(os.urandom(4)) if before is None else int(before)
        self.write(path, json.dumps({"seed": seed, "version": __version__}) + "\n")
        return seed

    def kept(self, student: str, key: dict[str, Any], config: Config) -> Graded | None:
        """The results of an earlier run, if it graded the same and finished writing it."""
        files = self._files(student)
        try:
            feedback = json.loads(files["record"].read_text(encoding="utf-8"))
            results = json.loads(files["results"].read_text(encoding="utf-8"))
            decided = dict(feedback["fingerprint"])
            used = decided.pop("words")
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if decided != key or feedback.get("student") != student or not same_words(used, config):
            return None
        return Graded(feedback, results) if all(map(Path.exists, files.values())) else None

    def keep(self, student: str, feedback: dict[str, Any], results: dict[str, Any]) -> None:
        """Write one submission's files; the feedback record, last, says that all are there.

        Raises
        ------
        OutputNotWritable
        """
        files = self._files(student)
        self.write(files["results"], _json(results))
        self.write(files["text"], plain.render(feedback))
        self.write(files["page"], page.render(feedback))
        self.write(files["record"], _json(feedback))

    def remove(self, student: str) -> None:
        """Remove what an earlier run wrote about a submission that cannot be graded now."""
        with _told(self.path):
            for path in self._files(student).values():
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
        """Write ``grades.csv``."""
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, header, restval="")
        writer.writeheader()
        writer.writerows(rows)
        self.write(self.path / "grades.csv", text.getvalue())

    def write(self, path: Path, text: str) -> None:
        """Write a file so that it is there whole or as it was before."""
        draft = path.with_name(f".{path.name}.part")
        with _told(path):
            try:
                draft.write_bytes(text.encode("utf-8", "replace"))
                draft.replace(path)
            finally:
                draft.unlink(missing_ok=True)


def _take(lock: int, path: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise OutputInUse(
            f"{path}: another run is writing there. Wait for it, or choose another folder."
        ) from error


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn the system's errors into one that names the file and what to do."""
    try:
        yield
    except OSError as error:
        raise OutputNotWritable(
            f"{path}: cannot be written ({error.strerror}). What was graded is kept: mend that "
            "and start the same command again."
        ) from error


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
