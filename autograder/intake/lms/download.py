"""Whose download it is, and the submissions in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

from autograder.assignment.general import own_words
from autograder.intake.file_names import display, split_ending
from autograder.intake.found_files import (
    FoundFile,
    NotReadable,
    files_in_folder,
    files_in_zip,
    is_system_junk,
    open_zip,
    without_wrapper,
)
from autograder.intake.lms.base import Lms, LmsError, LmsSubmission, Reading
from autograder.intake.lms.blackboard import Blackboard
from autograder.intake.lms.brightspace import Brightspace
from autograder.intake.lms.canvas import Canvas
from autograder.intake.lms.folders import Folders, read_folder
from autograder.intake.lms.gradescope import Gradescope
from autograder.intake.lms.moodle import Moodle
from autograder.intake.lms.table import read_table

LMSS: tuple[Lms, ...] = (Moodle(), Gradescope(), Blackboard(), Brightspace(), Canvas())
"""From the most telling form to the loosest, which settles a tie."""
FOLDERS = Folders()
NAMES = tuple(sorted(lms.name for lms in (*LMSS, FOLDERS)))
"""What ``--lms`` takes."""
SHOWN = 5


@dataclass(frozen=True)
class Download:
    """An opened download. Close it when everything is read, or use it in a ``with``.

    Attributes
    ----------
    path : Path
        The zip or folder.
    module : Lms
        Whose it is.
    why : str
        A sentence on how that was told.
    submissions : list of LmsSubmission
        One for each student or group; their files are read by ``read()`` only.
    leftovers : list of str
        Paths that belong to nobody.
    item : str
        The assignment's title, where the download tells it.
    asked : sequence of str
        The names of the files that the assignment asks for.
    files : sequence of FoundFile
        Everything in it.
    """

    path: Path
    module: Lms
    why: str
    submissions: list[LmsSubmission]
    leftovers: list[str]
    item: str
    asked: Sequence[str]
    files: Sequence[FoundFile] = field(repr=False)
    resources: ExitStack = field(repr=False)

    @property
    def lms(self) -> str:
        return self.module.name

    def close(self) -> None:
        self.resources.close()

    def __enter__(self) -> Download:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_download(
    path: Path, asked: Sequence[str], lms: str | None = None, gradebook: Path | None = None
) -> Download:
    """Open an LMS's download and find the submissions in it.

    Parameters
    ----------
    path : Path
        The zip as downloaded, or the folder that it was unpacked to.
    asked : sequence of str
        The names of the files that the assignment asks for.
    lms : str, optional
        One of `NAMES`; by default it is told by the names in the download.
    gradebook : Path, optional
        The LMS's export of grades: settles names that may be read in two ways.

    Raises
    ------
    LmsError
        If it cannot be opened, or nothing in it has the form of the LMS.
    """
    table = read_table(gradebook) if gradebook else None
    with ExitStack() as resources, _refused_if_gone(path):
        listed = _listing(path, resources)
        module, files, why = _named(lms, listed, path) if lms else _recognised(listed, path)
        if module is FOLDERS:
            reading = _plain(path, files, asked)
        else:
            reading = module.read(files, table, asked)
        return Download(
            path=path,
            module=module,
            why=why,
            submissions=reading.submissions,
            leftovers=reading.leftovers,
            item=reading.item,
            asked=asked,
            files=files,
            resources=resources.pop_all(),
        )


@contextmanager
def _refused_if_gone(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LmsError(
            f"{path} cannot be read ({error.strerror}: {error.filename}). Mend that and start the "
            "same command again."
        ) from error


def _listing(path: Path, resources: ExitStack) -> list[FoundFile]:
    if path.is_dir():
        found: Iterable[FoundFile] = files_in_folder(path)
    elif split_ending(path.name)[1] == ".py":
        raise LmsError(
            f"{path} is a single file. Give grade the class's folder or zip; autograder explain "
            "tells what is wrong with one student's files."
        )
    else:
        try:
            found = files_in_zip(resources.enter_context(open_zip(path)))
        except NotReadable as error:
            why = own_words().fill(error.said)
            raise LmsError(f"{path} {why}. Give the zip as the LMS made it.") from None
    return [file for file in found if not is_system_junk(file.path)]


def _named(
    name: str, files: Sequence[FoundFile], path: Path
) -> tuple[Lms, Sequence[FoundFile], str]:
    """Take the LMS that the instructor named, if there is anything of its form."""
    known = {lms.name: lms for lms in (*LMSS, FOLDERS)}
    if name not in known:
        raise LmsError(f"There is no LMS '{name}'. Known are: {', '.join(NAMES)}.")
    lms = known[name]
    for listing in (files, without_wrapper(files)):
        if lms.recognise([file.path for file in listing]):
            return lms, listing, f"{lms.title}, as asked for."
    raise LmsError(f"Nothing in {path} is {lms.shape}, as {lms.title} makes it. {_seen(files)}")


def _recognised(files: Sequence[FoundFile], path: Path) -> tuple[Lms, Sequence[FoundFile], str]:
    """Take the LMS whose form most names have, if it is half of them."""
    for listing in (files, without_wrapper(files)):
        paths = [file.path for file in listing]
        counts = [(lms.recognise(paths), lms) for lms in LMSS]
        count, lms = max(counts, key=lambda pair: pair[0])
        if count and 2 * count >= len(paths):
            return lms, listing, _why(lms, count, paths)
    paths = [file.path for file in files]
    count = FOLDERS.recognise(paths)
    if path.is_dir() or (count and 2 * count >= len(paths)):
        return FOLDERS, files, _why(FOLDERS, count, paths)
    shapes = "".join(f"\n  {lms.title}: {lms.shape}" for lms in LMSS)
    raise LmsError(
        f"Which LMS made {path} cannot be told. {_seen(files)} Known forms:{shapes}\n"
        "Name it with --lms if it is one of these."
    )


def _why(lms: Lms, count: int, paths: Sequence[str]) -> str:
    others = [f"'{display(path)}'" for path in paths if not lms.recognise([path])]
    listed = ""
    if 0 < len(others) == len(paths) - count:
        more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
        listed = f" Not so: {', '.join(others[:SHOWN])}{more}."
    return f"{lms.title}: {count} of {len(paths)} names are {lms.shape}.{listed}"


def _seen(files: Sequence[FoundFile]) -> str:
    if not files:
        return "It holds no files."
    shown = ", ".join(f"'{display(file.path)}'" for file in files[:SHOWN])
    return f"It holds {len(files)} files, such as {shown}."


def _plain(path: Path, files: Sequence[FoundFile], asked: Sequence[str]) -> Reading:
    """Read plain folders; a zip of one student's own files has only its own name to go by."""
    if path.is_dir():
        return read_folder(path, asked)
    reading = FOLDERS.read(files, None, asked)
    named = [
        s if s.key else replace(s, student=split_ending(path.name)[0]) for s in reading.submissions
    ]
    return Reading(named, reading.leftovers)
