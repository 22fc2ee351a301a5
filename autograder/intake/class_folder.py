"""Whether what lies in a class's folder is a student's work, and whether it is a class's at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from autograder.intake.archives import OPENED, with_archives_opened
from autograder.intake.file_names import CONTAINED, claim, claim_of_stem, display, split_ending
from autograder.intake.found_files import MEMBER_LIMIT, FoundFile, is_junk
from autograder.source.phrases import Said, said

RUN_RECORD = "run.json"
"""What marks a folder as the output of an earlier run."""
OUTPUT_FOLDERS = ("feedback", "results", "upload")
OTHER_ARCHIVES = frozenset({".rar", ".7z", ".gz", ".xz", ".bz2"})
SHOWN = 5
A_CLASS = 3
"""So many with the same exercise are a class; two can be one student's older and newer work."""


def why_passed_over(name: str, files: Iterable[FoundFile], asked: Sequence[str]) -> str:
    """Tell why a folder beside the students' is nobody's hand-in; empty where it is one.

    Parameters
    ----------
    name : str
        The folder's.
    files : iterable of FoundFile
        The files in it, with their paths within it.
    asked : sequence of str
        The names of the files that the assignment asks for.
    """
    listed = list(islice(files, MEMBER_LIMIT))
    if any(_is_work(file.path, asked) for file in listed):
        return ""
    if any(file.path == RUN_RECORD for file in listed):
        return f"it holds {RUN_RECORD}, as the output of a run does, and no exercise"
    if is_junk(f"{name}/x"):
        return "programs make folders of that name, and it holds no exercise"
    return ""


def _is_work(path: str, asked: Sequence[str]) -> bool:
    """Tell whether a file can be a hand-in, and none that a run wrote."""
    folder, _, rest = path.partition("/")
    if rest and folder in OUTPUT_FOLDERS and not path.endswith(".py"):
        return False
    stem, ending = split_ending(path.rsplit("/", 1)[-1])
    # Source of any name may be an exercise by what it defines; programs have theirs further down.
    if not rest and ending in (".py", ".ipynb"):
        return True
    return ending in OPENED | OTHER_ARCHIVES or claim_of_stem(stem, asked) is not None


def class_in(
    files: Iterable[FoundFile], asked: Sequence[str], *, wrapped: bool = False
) -> list[str]:
    """Name the students that there seem to be where one student's own files seem to lie.

    A file named as an exercise makes the folder that it lies in one student's. But such a file can
    also have got in among the students of a class by mistake. It seems so where two folders or
    archives beside it hold exercises, or one holds the same; then nobody can tell but the
    instructor, and the names are given. The list is empty where there is no doubt.

    Parameters
    ----------
    files : iterable of FoundFile
        All files of the folder.
    asked : sequence of str
        The names of the files that the assignment asks for.
    wrapped : bool
        Whether the folder is the only one in another, as a student's in a class of one is: an
        exercise that is there twice is then no reason to doubt.
    """
    own, others = _held(files, asked)
    doubtful = len(others) > 1 or (not wrapped and any(own & held for held in others.values()))
    return list(others) if own and doubtful else []


def class_alone(files: Iterable[FoundFile], asked: Sequence[str]) -> list[str]:
    """Name the students that there seem to be where one student's files are expected; else none."""
    own, others = _held(files, asked)
    of_file = [[name for name, held in others.items() if file in held] for file in asked]
    most = max(of_file, key=len)
    return most if len(most) >= A_CLASS and not own else []


def _held(files: Iterable[FoundFile], asked: Sequence[str]) -> tuple[set[str], dict[str, set[str]]]:
    """Find the exercises that lie at the top, and those of each folder, archive or name there."""
    own: set[str] = set()
    others: dict[str, set[str]] = defaultdict(set)
    for file in islice(with_archives_opened(files), MEMBER_LIMIT):
        top, _, rest = file.path.partition("/")
        found = claim(file.name, asked)
        if not rest and split_ending(top)[1] in OPENED | OTHER_ARCHIVES:
            others[top].add("")  # it was not opened
        elif found is None or is_junk(file.path) or "tests" in file.path.split("/")[:-1]:
            continue
        elif rest:
            others[top].add(found.file)
        elif found.distance < CONTAINED:
            own.add(found.file)
        elif before := words_before(top, found.file):
            others[before].add(found.file)
    return own, others


def one_or_many(place: str, stray: str, students: Iterable[str]) -> Said:
    """Ask the instructor whether a folder is one student's or a class's."""
    stray = f"'{display(stray)}'"
    return said("found.one_or_many", place=place, stray=stray, listed=_listed(students))


def is_class(place: str, students: Iterable[str]) -> Said:
    """Tell that what is given as one student's work is a class's."""
    return said("found.is_class", place=place, listed=_listed(students))


def _listed(students: Iterable[str]) -> str | Said:
    names = [f"'{display(name)}'" for name in students]
    listed = ", ".join(names[:SHOWN])
    more = len(names) - SHOWN
    return said("found.and_more", listed=listed, count=more) if more > 0 else listed


def words_before(name: str, file: str) -> str:
    """Give what stands before the exercise's name in a longer one: ``smith_exercise.py``.

    The last such place counts: an LMS writes the assignment's title, which may hold it, first.
    """
    words = r"[\W_]*".join(re.escape(w) for w in file.removesuffix(".py").split("_"))
    stem, _ = split_ending(name)
    places = [found.start() for found in re.finditer(words, stem, flags=re.IGNORECASE)]
    return stem[: places[-1] if places else None].strip(" _-.")


def passed_over(names: Mapping[str, str]) -> list[str]:
    """List what was passed over, each with the reason."""
    return [f"{display(name)}: {why}" for name, why in names.items()]
