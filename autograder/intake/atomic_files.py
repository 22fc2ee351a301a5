"""Files written whole or not at all, whatever ends the program in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class OutputNotWritable(Exception):
    """A file or folder cannot be written, or the disk is full; the message says where and why."""

    for_people = True


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the system's errors into one that names the file and what to do."""
    try:
        yield
    except OSError as error:
        raise OutputNotWritable(
            f"{path}: cannot be written ({error.strerror or error}). What was done before is "
            "kept: mend that and start the same command again."
        ) from error


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """Yield a path to write to, which takes the place of ``path`` when all is written.

    Raises
    ------
    OutputNotWritable
    """
    draft = path.with_name(f".{path.name}.part")
    with writing(path):
        try:
            yield draft
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def write_whole(path: Path, data: bytes) -> None:
    """Write a file, in a folder that is made if there is none.

    Raises
    ------
    OutputNotWritable
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with draft_of(path) as draft:
        draft.write_bytes(data)


def remove_drafts(folder: Path) -> None:
    """Remove what a program that was killed had not finished writing.

    Raises
    ------
    OutputNotWritable
    """
    with writing(folder):
        for draft in folder.glob(".*.part"):
            draft.unlink(missing_ok=True)
