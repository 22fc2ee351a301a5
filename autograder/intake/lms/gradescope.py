r"""Gradescope's export of submissions ("Download Submissions").

Evidence: public programs that read it, among them Otter's own former ``otter/grade/metadata.py``.
``assignment_8046601_export/submission_metadata.yml`` and ``submission_310000001/<files>``. The
YAML's keys are Ruby symbols: ``submission_310000001: {":submitters": [{":name", ":sid",
":email"}]}``, several submitters for a group; other keys and perhaps Ruby's tags occur. Only the
submission that counts is exported. Gradescope imports neither grades nor pages for a programming
assignment: they reach students through the autograder's ``results.json``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from autograder.assignment.general import own_words
from autograder.intake.file_names import tell_apart
from autograder.intake.found_files import FoundFile, NotReadable
from autograder.intake.lms.base import (
    Lms,
    LmsError,
    LmsSubmission,
    Reading,
    Written,
)
from autograder.intake.lms.matching import members_of
from autograder.intake.lms.table import Table, safe_cell, written_points

METADATA = "submission_metadata.yml"
METADATA_LIMIT = 500_000_000
MEMBER = re.compile(r"(?:^|/)(?P<folder>submission_(?P<id>\d+))/(?P<orig>.+)")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads plain values, and what Ruby marked with types of its own as if it were plain."""


def _untagged(loader: Any, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


_Loader.add_multi_constructor("", _untagged)


class Gradescope(Lms):
    """Gradescope, programming assignment."""

    name = "gradescope"
    title = "Gradescope"
    shape = "like 'submission_310000001/exercise.py', beside submission_metadata.yml"
    clicks = (
        "Gradescope imports no grades for programming assignments: upload the autograder instead.",
        "Assignment > Configure Autograder: choose dist/autograder.zip, then Update Autograder.",
        "When it is built: Manage Submissions > Regrade All Submissions.",
        "Then Review Grades > Publish Grades; to your LMS: Review Grades > Post Grades.",
        "gradescope-grades.csv lists everyone's points, the members of groups too, to compare.",
    )

    def recognise(self, paths: Sequence[str]) -> int:
        if not any(path.rsplit("/", 1)[-1] == METADATA for path in paths):
            return 0
        return sum(bool(MEMBER.search(path)) or path.endswith(METADATA) for path in paths)

    def read(
        self, files: Sequence[FoundFile], gradebook: Table | None, asked: Sequence[str]
    ) -> Reading:
        metadata: Mapping[Any, Any] = {}
        owned: dict[str, list[FoundFile]] = defaultdict(list)
        leftovers = []
        matches = members_of(MEMBER, [file.path for file in files])
        for file, match in zip(files, matches, strict=True):
            if match:
                owned[match["folder"]].append(file.renamed(match["orig"]))
            elif file.name == METADATA:
                metadata = _metadata(file)
            else:
                leftovers.append(file.path)
        everyone = {**dict.fromkeys(map(str, metadata), ()), **owned}
        members = {folder: _submitters(metadata.get(folder)) for folder in everyone}
        students = tell_apart(
            "_".join([*(m[0] for m in members[folder][:1]), folder.removeprefix("submission_")])
            for folder in everyone
        )
        submissions = [
            LmsSubmission(
                student=student,
                key=folder.removeprefix("submission_"),
                name=", ".join(name for name, _, _ in members[folder]),
                files=tuple(owned.get(folder, ())),
                members=members[folder],
                doubt="" if members[folder] else f"{METADATA} does not name its submitters",
            )
            for student, folder in zip(students, everyone, strict=True)
        ]
        return Reading(submissions, leftovers)

    def list_grades(self, graded: Sequence[Written]) -> list[list[str]]:
        lines = [["Name", "SID", "Email", "Submission ID", "Total Score", "Max Points"]]
        for entry in graded:
            top = written_points(entry.grade.max_score)
            for person in entry.submission.members:
                lines.append([*map(safe_cell, person), entry.submission.key, entry.points, top])
        return lines


def _metadata(file: FoundFile) -> Mapping[Any, Any]:
    try:
        loaded = yaml.load(file.read(METADATA_LIMIT), Loader=_Loader)
    except (NotReadable, yaml.YAMLError, ValueError) as error:
        why = own_words().fill(error.said) if isinstance(error, NotReadable) else error
        raise LmsError(f"{file.path} cannot be read: {why}. Export it once more.") from None
    return loaded if isinstance(loaded, Mapping) else {}


def _submitters(entry: object) -> tuple[tuple[str, str, str], ...]:
    """Give name, student id and email of each submitter."""
    listed = entry.get(":submitters") if isinstance(entry, Mapping) else None
    people = [person for person in listed or () if isinstance(person, Mapping)]
    keys = (":name", ":sid", ":email")
    return tuple(tuple(str(p.get(k) or "") for k in keys) for p in people)  # type: ignore[misc]
