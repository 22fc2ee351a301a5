"""One student's hand-in as plain bytes: read once, never executed here."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.assignment.assignment import Assignment
from autograder.intake.archives import OPENED, is_text, with_archives_opened
from autograder.intake.class_folder import OTHER_ARCHIVES
from autograder.intake.contents import kind_of
from autograder.intake.definitions import all_written, definitions
from autograder.intake.elsewhere import (
    ASKED,
    COPY,
    Elsewhere,
    Source,
    is_later,
    latest,
    plain,
    sources_among,
)
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
from autograder.intake.notebooks import is_whole, source_of
from autograder.intake.notes import Notes, Reader, in_short, listing, quoted
from autograder.source.phrases import Said, said

HELPERS_LIMIT = 40
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
SOURCE_ENDINGS = frozenset({".py", ".ipynb", ".txt", ".py.txt", ""})
"""Endings of what is looked at first where no name says what it is."""


class UnreadableSubmission(Exception):
    """Nothing of a submission can be read.

    Parameters
    ----------
    said : Said
        What was found, and why it cannot be read.
    """

    for_people = True

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
        if is_text(single):
            return read_files(student, [single], assignment)
        raise UnreadableSubmission(_unreadable(single, error.said)) from None


def _need_permission(reason: Said | None) -> None:
    """Refuse a submission of which something may not be opened: marks would be lost for nothing."""
    if reason and reason.key == NOT_PERMITTED:
        raise UnreadableSubmission(reason)


def _unreadable(item: FoundFile, reason: Said) -> Said:
    _need_permission(reason)
    return said("found.unreadable", found=quoted(item), reason=reason)


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
    notes = Notes()
    reader = Reader()
    handed_in, left_aside = _without_junk(found, asked, notes)
    candidates: dict[str, list[Source]] = {file: [] for file in asked}
    others: list[FoundFile] = []
    for item in handed_in:
        candidate = _as_candidate(item, asked, reader, notes)
        if candidate and candidate.claim:
            candidates[candidate.claim.file].append(candidate)
        named = claim(item.name, asked)
        if named is None or named.distance == CONTAINED or _is_zip(item, candidate, reader):
            others.append(item)

    chosen = {file: _choose(file, candidates[file], assignment, notes) for file in asked}
    used = {candidate.found.path for candidate in chosen.values() if candidate}
    files = {file: candidate.data for file, candidate in chosen.items() if candidate}
    remaining = [item for item in others if item.path not in used]
    helpers = _helpers(remaining, asked, reader, notes)
    if not _all_there(files, assignment):
        hidden = [item for item in left_aside if not is_junk(f"{item.path.rpartition('/')[0]}/x")]
        elsewhere = Elsewhere(
            assignment,
            files,
            [
                *_found_by_name(candidates, chosen),
                *sources_among(_of_any_name([*remaining, *hidden], assignment), asked, reader),
            ],
            helpers,
            notes,
        )
        files = _completed(elsewhere, files, asked, notes)
        used |= elsewhere.used
    _note_notebooks(handed_in, files, asked, reader, notes)
    unused = [i for i in handed_in if i.path not in used and i.name not in HANDED_OUT]
    _explain_missing(files, asked, unused, left_aside, notes)
    files |= helpers
    if broken := [f for f in handed_in if _is_archive(f) and not any(n in files for n in asked)]:
        raise UnreadableSubmission(*in_short(tuple(_archive_note(item) for item in broken)))
    return Submission(student, files, notes.all())


def _all_there(files: Mapping[str, bytes], assignment: Assignment) -> bool:
    """Whether each file surely has all of its functions, so that there is nothing to look for."""
    return all(
        all_written(files.get(file, b""), [e.name for e in assignment.of_file(file)])
        for file in assignment.files
    )


def _found_by_name(
    candidates: Mapping[str, Sequence[Source]], chosen: Mapping[str, Source | None]
) -> Iterator[Source]:
    """The files that count for those that are asked for, and what was left aside for them."""
    for place, (file, winner) in enumerate(chosen.items()):
        if winner:
            yield replace(winner, kind=ASKED, claim=Claim(file, EXACT), place=place)
            yield from (other for other in candidates[file] if other is not winner)


def _of_any_name(items: Iterable[FoundFile], assignment: Assignment) -> list[FoundFile]:
    """What may be source by its content, and is none of the hand-out's own."""
    own = HANDED_OUT | assignment.importable.keys()
    listed = [i for i in items if i.name not in own and not i.refusal]
    return sorted(listed, key=lambda item: split_ending(item.name)[1] not in SOURCE_ENDINGS)


def _completed(
    elsewhere: Elsewhere, files: Mapping[str, bytes], asked: Sequence[str], notes: Notes
) -> dict[str, bytes]:
    """The files with what stands elsewhere of them, the student's own first; of the rest, why."""
    completed = {}
    for file in asked:
        if file not in files and notes.has(file, "found.several"):
            continue
        source = elsewhere.completed(file)
        if source is not None:
            completed[file] = source
        if source is not None and source == files.get(file):
            elsewhere.tell_of_nothing(file)
    # A text that stands for several files goes by the name of the one that was handed in.
    return dict(sorted(completed.items(), key=lambda item: files.get(item[0]) != item[1]))


def _without_junk(
    found: Iterable[FoundFile], asked: Sequence[str], notes: Notes
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
    item: FoundFile, asked: Sequence[str], reader: Reader, notes: Notes
) -> Source | None:
    """Read a file that claims to be one of those asked for; a note says why it could not be."""
    stem, ending = split_ending(item.name)
    if ending in OTHER_KINDS and ending != NOTEBOOK and (found := claim_of_stem(stem, asked)):
        _note_other_kind(item, OTHER_KINDS[ending], found.file, notes)
        return None
    if (found := claim(item.name, asked)) is None:
        return None
    try:
        data = reader.read(item)
        kind = kind_of(data)
        if kind == "notebook":
            data, whole = source_of(data), is_whole(data)
            notes.add(found.file, "found.notebook_by_name", found=quoted(item))
            return Source(item, data, COPY, found, whole=whole)
    except NotReadable as error:
        place = {"found": quoted(item), "file": found.file}
        notes.add(found.file, "found.not_read_hand_in", **place, reason=error.said)
        return None
    if kind == "archive_kind":
        notes.add(found.file, "found.archive", found=quoted(item), reason=said(f"refused.{kind}"))
    elif kind and kind != "zip":
        _note_other_kind(item, kind, found.file, notes)
    return None if kind else Source(item, data, COPY, found)


def _is_zip(item: FoundFile, candidate: Source | None, reader: Reader) -> bool:
    """Whether a file by the name of one that is asked for is a zip of others."""
    if candidate is not None:
        return False
    with suppress(NotReadable):
        return kind_of(reader.read(item)) == "zip"
    return False


def _note_other_kind(item: FoundFile, kind: str, file: str, notes: Notes) -> None:
    reason = said(f"refused.{kind}")
    notes.add(file, "found.of_another_kind", found=quoted(item), reason=reason, file=file)


def _note_notebooks(
    handed_in: Iterable[FoundFile],
    files: Mapping[str, bytes],
    asked: Sequence[str],
    reader: Reader,
    notes: Notes,
) -> None:
    """Say what to do with the notebooks that go by the names of files that are missing."""
    for item in handed_in:
        stem, ending = split_ending(item.name)
        named = claim_of_stem(stem, asked) if ending == NOTEBOOK else None
        if named and named.file not in files:
            with suppress(NotReadable):
                kind = "notebook" if is_whole(reader.read(item)) else "broken_notebook"
                _note_other_kind(item, kind, named.file, notes)


def _choose(
    file: str, candidates: Sequence[Source], assignment: Assignment, notes: Notes
) -> Source | None:
    """Choose among the files that claim to be `file`, and tell the student which one it was."""
    if not candidates:
        return None
    states = {c: _state(c, file, assignment) if len(candidates) > 1 else 0 for c in candidates}
    order = {c: (states[c], c.claim.distance if c.claim else 0, c.found.depth) for c in candidates}
    best = min(order.values())
    rivals = latest(candidate for candidate in candidates if order[candidate] == best)
    if len(rivals) > 1 and not is_later(rivals[0], rivals[1]):
        listed = listing([c.found for c in rivals])
        notes.add(file, "found.several", count=len(rivals), file=file, listed=listed)
        return None
    winner = rivals[0]
    distance = winner.claim.distance if winner.claim else EXACT
    different = [c for c in candidates if plain(c.data) != plain(winner.data)]
    stubs = [c.found for c in different if STUB == states[c] > best[0]]
    left = [
        c.found
        for c in different
        if c.found not in stubs and c.claim and c.claim.distance <= COPIED and c.data.strip()
    ]
    from_file = quoted(winner.found)
    if stubs:
        listed = listing(stubs)
        notes.add(file, "found.left_as_stub", count=len(stubs), found=from_file, listed=listed)
    if left:
        listed = listing(left)
        notes.add(file, "found.left_aside", count=len(left), found=from_file, listed=listed)
    elif distance != EXACT and not stubs:
        notes.add(file, "found.graded_from", found=from_file, file=file)
    elif notes.has(file, "found.not_read_hand_in") and not stubs:
        notes.add(file, "found.graded_instead", found=from_file)
    return winner


WRITTEN, STUB, EMPTY = range(3)


def _state(candidate: Source, file: str, assignment: Assignment) -> int:
    """Whether a file has any of its functions, only stubs or other things, or is empty."""
    if not candidate.data.strip():
        return EMPTY
    defines = definitions(candidate.data)
    wanted = [exercise.name for exercise in assignment.of_file(file)]
    return WRITTEN if any(defines.has(n, file, assignment.known) for n in wanted) else STUB


def _helpers(
    others: Iterable[FoundFile], asked: Sequence[str], reader: Reader, notes: Notes
) -> dict[str, bytes]:
    """Read the other ``.py`` files under the names by which the student's files import them."""
    helpers: dict[str, bytes] = {}
    for item in sorted(others, key=lambda item: (item.depth, item.path)):
        module = module_file(item.name)
        if module is None and item.refusal and split_ending(item.name)[1] == ".py":
            notes.add("", "found.not_read", found=quoted(item), reason=item.refusal)
        if module is None or (module.startswith("__") and not item.refusal):
            continue
        if shadows(module, asked):
            notes.add("", "found.hides_pythons", found=quoted(item))
            continue
        try:
            data = reader.read(item)
        except NotReadable as error:
            notes.add("", "found.not_read", found=quoted(item), reason=error.said)
            continue
        if len(helpers) >= HELPERS_LIMIT:
            notes.add("", "found.only_beside", count=HELPERS_LIMIT)
            break
        if helpers.setdefault(module, data) != data:
            notes.add("", "found.named_too", found=quoted(item), file=module)
    return helpers


def _explain_missing(
    files: Mapping[str, bytes],
    asked: Sequence[str],
    unused: Sequence[FoundFile],
    left_aside: Sequence[FoundFile],
    notes: Notes,
) -> None:
    """Say of each missing file that it is, and what was there instead."""
    archives = [item for item in unused if _is_archive(item)]
    for file in asked:
        if file in files or notes.about(file):
            continue
        for item in archives:
            named = claim_of_stem(split_ending(item.name)[0], asked)
            if named and named.file == file:
                notes.add(file, "found.archive", **_archive(item))
        if notes.about(file):
            continue
        hidden = [
            i for i in left_aside if (c := claim(i.name.lstrip(".~"), asked)) and c.file == file
        ]
        if hidden:
            notes.add(file, "found.hidden", file=file, listed=listing(hidden))
        elif unused:
            notes.add(file, "found.missing_instead", file=file, listed=listing(unused))
        else:
            notes.add(file, "found.missing", file=file)
    if not all(file in files for file in asked):
        for item in archives:
            notes.add("", "found.archive", **_archive(item))


def _is_archive(item: FoundFile) -> bool:
    """Tell whether it is an archive that was not opened (one that was is listed by its files)."""
    ending = split_ending(item.name)[1]
    if ending in OPENED:  # without a refusal it is a text of that name
        return item.refusal is not None
    return ending in OTHER_ARCHIVES or ending.startswith(".tar.")


def _archive(item: FoundFile) -> dict[str, Any]:
    reason = item.refusal or said("refused.archive_kind")
    return {"found": quoted(item), "reason": reason}


def _archive_note(item: FoundFile) -> Said:
    return said("found.archive", **_archive(item))
