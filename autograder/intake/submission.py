"""One student's hand-in as plain bytes: read once, never executed here."""

from __future__ import annotations

import re
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.assignment.assignment import Assignment
from autograder.intake.archives import OPENED, with_archives_opened
from autograder.intake.class_folder import OTHER_ARCHIVES
from autograder.intake.file_names import (
    CONTAINED,
    COPIED,
    EXACT,
    Claim,
    claim,
    claim_of_stem,
    display,
    module_file,
    shadows,
    split_ending,
)
from autograder.intake.found_files import (
    MEMBER_LIMIT,
    NOT_PERMITTED,
    FoundFile,
    NotReadable,
    file_on_disk,
    files_in_folder,
    files_in_zip,
    is_junk,
    is_system_junk,
    open_student_zip,
)
from autograder.intake.notebooks import source_of
from autograder.sandbox.phrases import Said, said

SOURCE_LIMIT = 1_000_000
"""Bytes of one source file: the longest solution known is under 10,000."""
READ_LIMIT = 20_000_000
"""Bytes of all source files of one submission together: a small zip can hold thousands."""
HELPERS_LIMIT = 40
CLOCK_GRAIN = 2.0
"""Seconds: zips keep times by two, so nothing finer tells which file is newer."""
LISTED_AT_MOST = 5
WHOLE_PATH = 4096
"""Characters of a path that the instructor must find: as long as the system lets one be."""

OTHER_KINDS = {
    ".ipynb": "notebook",
    ".docx": "document",
    ".doc": "document",
    ".odt": "document",
    ".rtf": "formatted",
    ".pdf": "pdf",
    ".html": "web_page",
    ".png": "picture",
    ".jpg": "picture",
    ".pyc": "compiled",
}
"""What files are instead of source, under ``refused`` of the words."""
NOTEBOOK = ".ipynb"
HANDED_OUT = frozenset({"README.md", "check.py", "wiggle.py"})
ARCHIVES = OPENED | OTHER_ARCHIVES
NOTEBOOKS_LIMIT = 10
DEFINITION = re.compile(rb"^(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(", re.MULTILINE)


class UnreadableSubmission(Exception):
    """Nothing of a submission can be read.

    Parameters
    ----------
    said : Said
        What was found, and why it cannot be read.
    """

    def __init__(self, *said: Said) -> None:
        super().__init__(*said)
        self.said = said


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Attributes
    ----------
    student : str
        The name under which the results are kept: a folder name, or the LMS's own key.
    files : mapping of str to bytes
        Source by the name of the file asked for, and any other ``.py`` that the student handed in
        beside them and may import.
    notes : mapping of str to (tuple of Said)
        By the name of the file asked for: what the student must know about how the file was found
        ("graded from 'exercise (1).py'") or why it could not be read. Under ``""``: what is
        about no single one of them.
    """

    student: str
    files: Mapping[str, bytes]
    notes: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Candidate:
    """A file that claims to be one of those asked for, and its bytes."""

    found: FoundFile
    claim: Claim
    data: bytes

    @property
    def order(self) -> tuple[bool, int, int]:
        """Best first: not empty, named as asked, at the top."""
        return (not self.data.strip(), self.claim.distance, self.found.depth)


class _Notes:
    """What the student must know, by the name of the file asked for."""

    def __init__(self) -> None:
        self._said: dict[str, dict[Said, None]] = defaultdict(dict)

    def add(self, about: str, key: str, /, **values: Any) -> None:
        self._said[about][said(key, **values)] = None

    def about(self, file: str) -> bool:
        return bool(self._said[file])

    def all(self) -> dict[str, tuple[Said, ...]]:
        return {file: _in_short(tuple(notes)) for file, notes in self._said.items() if notes}


def _in_short(notes: tuple[Said, ...]) -> tuple[Said, ...]:
    """A few of the notes; the last one always, as it tells what was done in the end."""
    left_out = len(notes) - LISTED_AT_MOST
    if left_out <= 0:
        return notes
    more = said("found.more_like_this", count=left_out)
    return (*notes[: LISTED_AT_MOST - 1], more, notes[-1])


class _Reader:
    """Reads source files until all together have come to `READ_LIMIT`."""

    def __init__(self) -> None:
        self._left = READ_LIMIT

    def read(self, item: FoundFile) -> bytes:
        if item.refusal:
            raise NotReadable(item.refusal)
        if self._left <= 0:
            raise NotReadable(said("refused.after_others", megabytes=f"{READ_LIMIT / 1e6:g}"))
        # A file that turns out too large, or damaged, cost the work of unpacking it that far.
        cost = SOURCE_LIMIT
        try:
            data = item.read(SOURCE_LIMIT)
            cost = len(data)
        finally:
            self._left -= cost
        return data


@contextmanager
def _refused_if_gone() -> Iterator[None]:
    """Refuse a submission of which a file was listed and cannot be read any more."""
    try:
        yield
    except OSError as error:
        place = f"'{display(str(error.filename), WHOLE_PATH)}'"
        gone = said("found.gone", found=place, error=error.strerror)
        raise UnreadableSubmission(gone) from error


def read_submission(path: Path, assignment: Assignment, student: str | None = None) -> Submission:
    """Read one student's folder, zip or single file.

    Parameters
    ----------
    path : Path
        The folder, zip or file.
    assignment : Assignment
        What it answers.
    student : str, optional
        The name to keep the results under; by default the folder's or the file's.

    Raises
    ------
    UnreadableSubmission
        If it is missing, no regular file, or holds nothing but broken archives.
    """
    student = student or (path.name if path.is_dir() else split_ending(path.name)[0])
    with _refused_if_gone():
        is_folder = stat.S_ISDIR(path.lstat().st_mode)
    if is_folder:
        return read_files(student, files_in_folder(path), assignment)
    single = file_on_disk(path)
    if single.refusal:
        raise UnreadableSubmission(_unreadable(single, single.refusal))
    if split_ending(path.name)[1] != ".zip":
        return read_files(student, [single], assignment)
    try:
        with open_student_zip(path) as archive:
            return read_files(student, files_in_zip(archive), assignment)
    except NotReadable as error:
        raise UnreadableSubmission(_unreadable(single, error.said)) from None


def _need_permission(reason: Said | None) -> None:
    """Refuse a submission of which something may not be opened: marks would be lost for nothing."""
    if reason and reason.key == NOT_PERMITTED:
        raise UnreadableSubmission(reason)


def _unreadable(item: FoundFile, reason: Said) -> Said:
    _need_permission(reason)
    return said("found.unreadable", found=_quoted(item), reason=reason)


@_refused_if_gone()
def read_files(student: str, found: Iterable[FoundFile], assignment: Assignment) -> Submission:
    """Find the files asked for, and those that they may import, among what was handed in.

    A file is taken by its name, also where a browser, an LMS or the student changed it. Of several
    that claim to be the same, the one named as asked counts, then the one nearest to the top, then
    the newest; if that does not settle it, none is graded and a note asks for one. A file with an
    unknown name is taken for a missing one if it defines most of its functions.

    Parameters
    ----------
    student : str
        The name to keep the results under.
    found : iterable of FoundFile
        The files, with the names that the student gave them; zips among them are opened.
    assignment : Assignment
        What they answer.

    Raises
    ------
    UnreadableSubmission
        If none of the files asked for is found but an archive could not be opened, or if a file has
        gone since it was listed or may not be opened.
    """
    asked = assignment.files
    notes = _Notes()
    reader = _Reader()
    handed_in, left_aside = _without_junk(found, asked, notes)
    candidates: dict[str, list[_Candidate]] = {file: [] for file in asked}
    others: list[FoundFile] = []
    for item in handed_in:
        candidate = _as_candidate(item, asked, reader, notes)
        if candidate:
            candidates[candidate.claim.file].append(candidate)
        named = claim(item.name, asked)
        if named is None or named.distance == CONTAINED:
            others.append(item)

    chosen = {file: _choose(file, candidates[file], notes) for file in asked}
    used = {candidate.found.path for candidate in chosen.values() if candidate}
    files = {file: candidate.data for file, candidate in chosen.items() if candidate}
    remaining = [item for item in others if item.path not in used]
    helpers = _helpers(remaining, asked, reader, notes)
    recognised = _recognised_by_content(helpers, files, assignment, notes)
    files |= {file: helpers[name] for file, name in recognised.items()}
    notebooks = [item for item in handed_in if split_ending(item.name)[1] == NOTEBOOK]
    from_notebooks = _from_notebooks(notebooks, files, assignment, reader, notes)
    files |= {file: source for file, (_, source) in from_notebooks.items()}
    used |= {item.path for item, _ in from_notebooks.values()}
    unused = [
        item
        for item in handed_in
        if item.path not in used and item.name not in HANDED_OUT | set(recognised.values())
    ]
    _explain_missing(files, asked, unused, left_aside, notes)
    files |= helpers
    if broken := [f for f in handed_in if _is_archive(f) and not any(n in files for n in asked)]:
        raise UnreadableSubmission(*_in_short(tuple(_archive_note(item) for item in broken)))
    return Submission(student, files, notes.all())


def _without_junk(
    found: Iterable[FoundFile], asked: Sequence[str], notes: _Notes
) -> tuple[list[FoundFile], list[FoundFile]]:
    """Leave out what no student wrote, and the hand-out's tests (named as the exercises are).

    What is left out but is named as an exercise is given too: it may be a student's all the same.
    """
    kept: list[FoundFile] = []
    left_aside: list[FoundFile] = []
    for number, item in enumerate(with_archives_opened(found)):
        if number >= MEMBER_LIMIT:
            notes.add("", "found.only_the_first", count=MEMBER_LIMIT)
            break
        if not is_junk(item.path) and "tests" not in item.path.split("/")[:-1]:
            _need_permission(item.refusal)
            kept.append(item)
        elif not is_system_junk(item.path) and claim(item.name.lstrip(".~"), asked):
            left_aside.append(item)
    return sorted(kept, key=lambda item: item.path), left_aside


def _as_candidate(
    item: FoundFile, asked: Sequence[str], reader: _Reader, notes: _Notes
) -> _Candidate | None:
    """Read a file that claims to be one of those asked for; a note says why it could not be."""
    stem, ending = split_ending(item.name)
    if ending in OTHER_KINDS and ending != NOTEBOOK and (found := claim_of_stem(stem, asked)):
        _note_other_kind(item, ending, found.file, notes)
        return None
    if (found := claim(item.name, asked)) is None:
        return None
    try:
        return _Candidate(item, found, reader.read(item))
    except NotReadable as error:
        place = {"found": _quoted(item), "file": found.file}
        notes.add(found.file, "found.not_read_hand_in", **place, reason=error.said)
        return None


def _note_other_kind(item: FoundFile, ending: str, file: str, notes: _Notes) -> None:
    reason = said(f"refused.{OTHER_KINDS[ending]}")
    notes.add(file, "found.of_another_kind", found=_quoted(item), reason=reason, file=file)


def _choose(file: str, candidates: Sequence[_Candidate], notes: _Notes) -> _Candidate | None:
    """Choose among the files that claim to be `file`, and tell the student which one it was."""
    if not candidates:
        return None
    best = min(candidate.order for candidate in candidates)
    equals = {c.data: c for c in reversed(candidates) if c.order == best}
    rivals = sorted(equals.values(), key=lambda c: (c.found.modified, c.claim.copy), reverse=True)
    if len(rivals) > 1 and not _is_later(rivals[0], rivals[1]):
        listed = _listing([c.found for c in rivals])
        notes.add(file, "found.several", count=len(rivals), file=file, listed=listed)
        return None
    winner = rivals[0]
    left = [
        c.found
        for c in candidates
        if c.data != winner.data and c.claim.distance <= COPIED and c.data.strip()
    ]
    if left:
        from_file, listed = _quoted(winner.found), _listing(left)
        notes.add(file, "found.left_aside", count=len(left), found=from_file, listed=listed)
    elif winner.claim.distance != EXACT:
        notes.add(file, "found.graded_from", found=_quoted(winner.found), file=file)
    return winner


def _is_later(one: _Candidate, other: _Candidate) -> bool:
    seconds = one.found.modified - other.found.modified
    known = bool(one.found.modified and other.found.modified)
    if known and seconds >= CLOCK_GRAIN:
        return True
    return one.claim.copy > other.claim.copy


def _helpers(
    others: Iterable[FoundFile], asked: Sequence[str], reader: _Reader, notes: _Notes
) -> dict[str, bytes]:
    """Read the other ``.py`` files under the names by which the student's files import them."""
    helpers: dict[str, bytes] = {}
    for item in sorted(others, key=lambda item: (item.depth, item.path)):
        module = module_file(item.name)
        if module is None and item.refusal and split_ending(item.name)[1] == ".py":
            notes.add("", "found.not_read", found=_quoted(item), reason=item.refusal)
        if module is None or (module.startswith("__") and not item.refusal):
            continue
        if shadows(module, asked):
            notes.add("", "found.hides_pythons", found=_quoted(item))
            continue
        try:
            data = reader.read(item)
        except NotReadable as error:
            notes.add("", "found.not_read", found=_quoted(item), reason=error.said)
            continue
        if len(helpers) >= HELPERS_LIMIT:
            notes.add("", "found.only_beside", count=HELPERS_LIMIT)
            break
        if helpers.setdefault(module, data) != data:
            notes.add("", "found.named_too", found=_quoted(item), file=module)
    return helpers


def _recognised_by_content(
    helpers: Mapping[str, bytes],
    files: Mapping[str, bytes],
    assignment: Assignment,
    notes: _Notes,
) -> dict[str, str]:
    """Take files of unknown names for missing ones if they define most of their functions."""
    defined = {name: set(DEFINITION.findall(data)) for name, data in helpers.items()}
    recognised = {}
    for file in assignment.files:
        wanted = {exercise.name.encode() for exercise in assignment.of_file(file)}
        fitting = [name for name, names in defined.items() if 2 * len(wanted & names) > len(wanted)]
        if file in files or notes.about(file) or len(fitting) != 1:
            continue
        recognised[file] = fitting[0]
        shown = f"'{display(fitting[0])}'"
        notes.add(file, "found.graded_from_functions", found=shown, file=file)
    return recognised


def _from_notebooks(
    notebooks: Sequence[FoundFile],
    files: Mapping[str, bytes],
    assignment: Assignment,
    reader: _Reader,
    notes: _Notes,
) -> dict[str, tuple[FoundFile, bytes]]:
    """Read missing files from notebooks that go by their names, or define their functions."""
    asked = assignment.files
    if all(file in files for file in asked):
        return {}
    sources: list[tuple[FoundFile, bytes]] = []
    for item in notebooks[:NOTEBOOKS_LIMIT]:
        with suppress(NotReadable):
            sources.append((item, source_of(reader.read(item))))
    taken = {}
    for file in asked:
        if file in files or notes.about(file):
            continue
        wanted = {exercise.name.encode() for exercise in assignment.of_file(file)}
        count = {item.path: len(wanted & set(DEFINITION.findall(s))) for item, s in sources}
        fitting = [
            (item, source)
            for item, source in sources
            if 2 * count[item.path] > len(wanted)
            or (count[item.path] and _claims(item, file, asked))
        ]
        if len(fitting) == 1:
            taken[file] = fitting[0]
            notes.add(file, "found.from_notebook", found=_quoted(fitting[0][0]), file=file)
    for item in notebooks:
        claimed = claim_of_stem(split_ending(item.name)[0], asked)
        if claimed and claimed.file not in {*files, *taken}:
            _note_other_kind(item, NOTEBOOK, claimed.file, notes)
    return taken


def _claims(item: FoundFile, file: str, asked: Sequence[str]) -> bool:
    claimed = claim_of_stem(split_ending(item.name)[0], asked)
    return claimed is not None and claimed.file == file


def _explain_missing(
    files: Mapping[str, bytes],
    asked: Sequence[str],
    unused: Sequence[FoundFile],
    left_aside: Sequence[FoundFile],
    notes: _Notes,
) -> None:
    """Say of each missing file that it is, and what was there instead."""
    for file in asked:
        if file in files or notes.about(file):
            continue
        hidden = [
            i for i in left_aside if (c := claim(i.name.lstrip(".~"), asked)) and c.file == file
        ]
        if hidden:
            notes.add(file, "found.hidden", file=file, listed=_listing(hidden))
        elif unused:
            notes.add(file, "found.missing_instead", file=file, listed=_listing(unused))
        else:
            notes.add(file, "found.missing", file=file)
    if not all(file in files for file in asked):
        for item in unused:
            if _is_archive(item):
                notes.add("", "found.archive", **_archive(item))


def _is_archive(item: FoundFile) -> bool:
    """Tell whether it is an archive that was not opened (one that was is listed by its files)."""
    ending = split_ending(item.name)[1]
    return ending in ARCHIVES or ending.startswith(".tar.")


def _archive(item: FoundFile) -> dict[str, Any]:
    reason = item.refusal or said("refused.archive_kind")
    return {"found": _quoted(item), "reason": reason}


def _archive_note(item: FoundFile) -> Said:
    return said("found.archive", **_archive(item))


def _quoted(item: FoundFile) -> str:
    return f"'{display(item.path)}'"


def _listing(items: Sequence[FoundFile]) -> str | Said:
    names = ", ".join(_quoted(item) for item in items[:LISTED_AT_MOST])
    more = len(items) - LISTED_AT_MOST
    return said("found.and_more", listed=names, count=more) if more > 0 else names
