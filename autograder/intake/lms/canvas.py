r"""Canvas: a flat zip of files named by user and attachment id, and the gradebook's CSV.

Evidence, all in ``instructure/canvas-lms``:

- download: ``lib/content_zipper.rb`` at ``05e9653``. ``name[_LATE]_userid_attachmentid_file``; the
  name is the lower-cased sortable name without what ``[[:word:]]`` does not hold, or a group's.
  Anonymous grading: ``[LATE_]anon_id_attachmentid_file``. Text and links have no attachment id.
- feedback: ``app/models/abstract_assignment.rb`` at ``028f76b``,
  ``infer_comment_context_from_filename``: of the base name, split at ``_`` and without ``LATE``,
  the first two parts of digits alone are user and attachment; after ``anon`` the next two parts.
  Anything else is silently ignored. The page is shown under the name of the submitted file.
- grades: ``lib/gradebook_exporter.rb`` at ``0140a2e`` and ``lib/gradebook_importer.rb`` at
  ``00b222d``. Students by ``ID``, assignments by ``Title (id)``; a ``Points Possible`` row sets the
  maximum, so it is copied; columns left out are untouched; scores compare at two decimals.
- passed over: a title that holds one of ``NON_ASSIGNMENT_COLUMN_HEADERS`` there ("Final Score",
  "Current Points", "Override Grade" ...), and by issue 2134 any that holds "final".
- groups: one submission under one member's id. ``grade_student`` in ``abstract_assignment.rb``
  gives the grade to the whole group unless grades are assigned to each student individually. The
  members are in the groups' CSV (``name, canvas_user_id, ..., group_name, ...``), as programs that
  read it show.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.intake.file_names import claim, display, tell_apart
from autograder.intake.found_files import FoundFile
from autograder.intake.lms.base import (
    GradebookLms,
    LmsError,
    LmsSubmission,
    Match,
    Reading,
    Sheet,
    Written,
    match_of_one,
)
from autograder.intake.lms.matching import choose_item
from autograder.intake.lms.table import Table, number, safe_cell, write_table

ANONYMOUS = re.compile(r"(?:LATE_)?anon_(?P<uid>[^_]+)_(?P<aid>[0-9]+)_(?P<orig>.+)")
ANONYMOUS_TEXT = re.compile(r"(?:LATE_)?anon_(?P<uid>[^_]+)_(?P<orig>(?:text|link)\.html)")
TWO_IDS = re.compile(r"_(?=(?P<uid>[0-9]+)_(?P<aid>[0-9]+)_(?P<orig>.+))")
# Canvas's "sanitize_user_name" leaves no number between two "_" in a name. If the part before the
# ids has one, these are no ids: they stand in the name that a student gave a file.
NUMBER_INSIDE = re.compile(r"_[0-9]+_")
TEXT_ENTRY = re.compile(r"(?P<name>.*?)_(?P<uid>[0-9]+)_(?P<orig>(?:text|link)\.html)")
ITEM = re.compile(r"(?P<title>.*)\s\((?P<id>\d+)\)")
IDENTITY = frozenset(
    {
        "Student",
        "LastName",
        "FirstName",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Integration ID",
        "Root Account",
        "Section",
    }
)
NAMES = frozenset({"Student", "LastName", "FirstName", "Section"})
LONGEST_MEMBER = 600
"""Characters: Canvas keeps neither names nor titles longer than 255."""
MORE_DIGITS = 1
"""By how many digits a user's id may be longer than the longest of the gradebook."""
PASSED_OVER = re.compile(r"final|(?-i:Current|Override) (?-i:Score|Points|Grade|Status)", re.I)
NO_STUDENT = re.compile(r"\s*(?:Muted|Manual Posting.*)?\s*", re.IGNORECASE)
EXEMPT = {"EX": "the student is excused", "N/A": "the assignment is not assigned to the student"}


@dataclass(frozen=True)
class _Parts:
    """One way to read a member's name."""

    name: str
    uid: str
    aid: str
    file: str
    late: bool
    anonymous: bool = False


def readings_of(member: str) -> list[_Parts]:
    """Read a member's name in all ways that Canvas may have meant, the likeliest first.

    A name that ends in a number (the group ``team_9``) leaves two ways: the numbers' place does not
    tell where the name ends. So does a file whose own name begins with one.
    """
    found: list[_Parts] = []
    if len(member) > LONGEST_MEMBER:
        return found
    if match := ANONYMOUS.fullmatch(member) or ANONYMOUS_TEXT.fullmatch(member):
        aid = match.groupdict().get("aid", "")
        late = member.startswith("LATE_")
        found.append(_Parts("", match["uid"], aid, match["orig"], late, anonymous=True))
    for match in TWO_IDS.finditer(member):
        name, late = _without_late(member[: match.start()])
        if all(map(_is_word, name)):
            found.append(_Parts(name, match["uid"], match["aid"], match["orig"], late))
    if match := TEXT_ENTRY.fullmatch(member):
        name, late = _without_late(match["name"])
        found.append(_Parts(name, match["uid"], "", match["orig"], late))
    return found


def _without_late(name: str) -> tuple[str, bool]:
    return name.removesuffix("_LATE"), name.endswith("_LATE")


def name_in_zip(sortable_name: str) -> str:
    """Write a gradebook's name as ``sanitize_user_name`` and ``sanitize_file_name`` do."""
    collapsed = re.sub(r"_([0-9]+)_", r"\1", sortable_name).lower()
    return "".join(filter(_is_word, collapsed))


def _is_word(character: str) -> bool:
    """Tell what Ruby's ``[[:word:]]`` holds: marks too, which Python's ``\\w`` leaves out."""
    category = unicodedata.category(character)
    return category[0] in "LM" or category in {"Nd", "Pc"}


def _same_name(one: str, other: str) -> bool:
    """Compare names in the zip's form; Ruby and Python lower-case a few letters differently."""
    first, second = (unicodedata.normalize("NFC", name.casefold()) for name in (one, other))
    return first == second


class Canvas(GradebookLms):
    """Instructure Canvas."""

    name = "canvas"
    title = "Canvas"
    shape = "like 'name_50211_9100001_exercise.py' (name, user id, file id)"
    clicks = (
        "Grades > Import: choose canvas-grades.csv, check the preview, then Save Changes.",
        "Grades > the assignment's menu > Re-Upload Submissions: choose canvas-feedback.zip.",
        "Each student gets a comment with the page, under the name of a file that he handed in.",
        "If grades are posted by hand: Grades > the assignment's menu > Post grades.",
        "unmatched.csv lists whom and what this upload leaves out: see to each by hand.",
    )

    def recognise(self, paths: Sequence[str]) -> int:
        return sum("/" not in path and bool(readings_of(path)) for path in paths)

    def read(
        self, files: Sequence[FoundFile], gradebook: Table | None, asked: Sequence[str]
    ) -> Reading:
        known = _names_by_id(gradebook) if gradebook else {}
        owned: dict[_Owner, list[tuple[_Parts, FoundFile]]] = defaultdict(list)
        doubts: dict[_Owner, str] = {}
        leftovers = []
        taken: set[str] = set()
        for file in files:
            ways = readings_of(file.name)
            parts, is_certain = _settled(ways, known, taken)
            if not is_certain:
                why = f"'{display(file.name)}' can be read in two ways: it may be another's"
                doubts.update(dict.fromkeys(map(_owner, ways), why))
            if parts is None:
                leftovers.append(file.path)
                continue
            taken.add(parts.aid)
            owned[_owner(parts)].append((parts, file))
        doubts = _of_two_names(owned, known) | doubts
        first = [members[0][0] for members in owned.values()]
        students = tell_apart("_".join(filter(None, (p.name or "anon", p.uid))) for p in first)
        return Reading(
            [
                _submission(student, members, doubts.get(owner, ""), asked)
                for student, (owner, members) in zip(students, owned.items(), strict=True)
            ],
            leftovers,
        )

    def open_gradebook(self, table: Table, column: str | None, titles: Sequence[str]) -> Sheet:
        kept = [i for i, title in enumerate(table.header) if _plain(title) in IDENTITY]
        if table.find("ID") is None or not {"Student", "LastName"} & {_plain(table.header[0])}:
            raise LmsError(
                f"{table.path} is not Canvas's gradebook: it has no columns 'Student' and 'ID'. "
                "Take it from Grades > Export > Export Entire Gradebook."
            )
        points = next((row for row in table.rows if "Points Possible" in row[0]), None)
        items = {
            i: title
            for i, title in enumerate(table.header)
            if ITEM.fullmatch(title)
            and i > max(kept)
            and not (points and "read only" in points[i].lower())
        }
        if column is None and len(items) == 1:
            (column,) = items.values()
        item = choose_item(*_by_title(items, column), titles, f"Canvas's gradebook {table.path}")
        return Sheet(
            table=table,
            item=table.header[item],
            column=item,
            maximum=number(points[item]) if points else None,
            students=tuple(i for i, row in enumerate(table.rows) if _is_student(row)),
            kept=(*kept, item),
            labels=tuple(kept[:3]),
            remark=_passed_over(table.header[item]),
        )

    def match(self, submission: LmsSubmission, sheet: Sheet, groups: Table | None) -> Match:
        if submission.address.startswith("anon_"):
            return Match(doubt="anonymous: Canvas takes no grade by file until names are shown")
        ids = sheet.table.find("ID")
        assert ids is not None
        rows = [i for i in sheet.students if sheet.table.rows[i][ids].strip() == submission.key]
        if len(rows) != 1 or _same_name(_sortable_name(sheet.table, rows[0]), submission.name):
            return match_of_one(rows)
        members = _members(submission, groups) if groups else set()
        if members:
            named = [i for i in sheet.students if sheet.table.rows[i][ids].strip() in members]
            return Match(tuple(named))
        remark = (
            f"'{submission.name}' is not the gradebook's name for user {submission.key}: if it is "
            "a group, Canvas passes the grade on to the other members unless grades are assigned "
            "individually; give --groups to write them all"
        )
        return Match(tuple(rows), remark=remark)

    def refusal(self, sheet: Sheet, row: int, points: float) -> str:
        return EXEMPT.get(sheet.table.rows[row][sheet.column].strip().upper(), "")

    def ids(self, sheet: Sheet, row: int) -> Sequence[str]:
        cells, header = sheet.table.rows[row], sheet.table.header
        return [cells[c] for c in sheet.kept[:-1] if _plain(header[c]) not in NAMES]

    def write_grades(self, sheet: Sheet, written: Mapping[int, Written], target: Path) -> None:
        table = sheet.table
        lines = [[table.header[column] for column in sheet.kept]]
        for index, row in enumerate(table.rows):
            if index in written:
                cells = [_without_formula(table.header[c], row[c]) for c in sheet.kept[:-1]]
                lines.append([*cells, written[index].points])
            elif "Points Possible" in row[0]:
                lines.append([row[column] for column in sheet.kept])
        separator = ";" if table.separator == ";" else ","  # the two that the importer knows
        write_table(target, lines, separator=separator)

    def feedback_paths(
        self, submission: LmsSubmission, rows: Sequence[int], sheet: Sheet | None
    ) -> Sequence[str]:
        return [f"{submission.address}_feedback.html"] if submission.address else []


_Owner = tuple[str, str, bool]
"""Whose a file is: id, name, whether anonymous. Canvas writes all three before each of his files,
so files under one id and two names are not one student's."""


def _owner(parts: _Parts) -> _Owner:
    return parts.uid, unicodedata.normalize("NFC", parts.name), parts.anonymous


def _settled(
    ways: Sequence[_Parts], known: Mapping[str, str], taken: set[str]
) -> tuple[_Parts | None, bool]:
    """Choose among the ways to read a name, and tell whether that is certain.

    Canvas writes name and ids first, the student's own words come last. So what a file is called
    can add readings, but only ones whose names hold the real ids; and what a group is called can
    make an earlier reading, which is believed only if no later one is possible.
    """
    if len(ways) < 2:
        return (ways[0] if ways else None), True
    named = [way for way in ways if _is_named(way, known)]
    possible = [w for w in ways if w is ways[0] or w in named or not NUMBER_INSIDE.search(w.name)]
    if len(named) == 1 and not _rivals(named[0], possible, known):
        return named[0], True
    if ways[0].anonymous and not named:
        return ways[0], True
    by_id = [way for way in ways if way.uid in known]
    if len(possible) == 1 and ways[0].uid not in known:
        return ways[0], not by_id
    if len(possible) == 1 and len(by_id) == 1:
        return ways[0], True
    # In "team_9_60222_..." the user's id would else be taken for a file's.
    plain = [way for way in possible if way in by_id and way.aid not in known]
    if not named and len(possible) > 1 and plain == possible[-1:]:
        return plain[0], True
    if by_id:
        return None, False
    # An attachment belongs to one file only.
    return next((way for way in possible if way.aid and way.aid not in taken), ways[0]), False


def _is_named(way: _Parts, known: Mapping[str, str]) -> bool:
    return way.uid in known and _same_name(known[way.uid], way.name)


def _rivals(named: _Parts, possible: Sequence[_Parts], known: Mapping[str, str]) -> list[_Parts]:
    """List the later readings that are as possible: a group may be called as a student and his id.

    A number much longer than every user's is a file's.
    """
    longest = max(map(len, known), default=0) + MORE_DIGITS
    later = possible[possible.index(named) + 1 :]
    return [way for way in later if way.uid in known or len(way.uid) <= longest]


def _of_two_names(owners: Iterable[_Owner], known: Mapping[str, str]) -> dict[_Owner, str]:
    """Doubt those who share an id, but for the one whom the gradebook has by that name."""
    by_id: dict[str, list[_Owner]] = defaultdict(list)
    for owner in owners:
        by_id[owner[0]].append(owner)
    return {
        owner: f"files of {len(sharing)} names come under the id {uid}"
        for uid, sharing in by_id.items()
        for owner in sharing
        if len(sharing) > 1 and not (uid in known and _same_name(known[uid], owner[1]))
    }


def _submission(
    student: str, members: Sequence[tuple[_Parts, FoundFile]], doubt: str, asked: Sequence[str]
) -> LmsSubmission:
    parts = members[0][0]
    return LmsSubmission(
        student=student,
        key=parts.uid,
        name=parts.name,
        files=tuple(file.renamed(part.file) for part, file in members),
        address=_address([part for part, _ in members], asked),
        late=parts.late,
        doubt=doubt,
    )


def _address(members: Sequence[_Parts], asked: Sequence[str]) -> str:
    """Begin the name of a feedback file such that Canvas reads both ids from it.

    The attachment is that of the first exercise's file, as the page is shown under its name.
    """
    attached = [part for part in members if part.aid]
    if not attached:
        return ""
    first = min(attached, key=lambda part: (_place(part.file, asked), part.aid))
    if first.anonymous:
        return f"anon_{first.uid}_{first.aid}"
    bare = f"{first.uid}_{first.aid}"
    tokens = first.name.split("_")
    # A group's "team_9" would be read as user 9: without the name, nothing can come between.
    misread = tokens[0] == "anon" or any(re.fullmatch("[0-9]+", token) for token in tokens)
    return bare if misread else f"{first.name}_{bare}"


def _place(file: str, asked: Sequence[str]) -> int:
    found = claim(file, asked)
    return asked.index(found.file) if found else len(asked)


def _plain(title: str) -> str:
    return title.strip().removeprefix("\ufeff")


def _without_formula(title: str, cell: str) -> str:
    """Keep a name from being run; what students are found by stays to the letter."""
    return safe_cell(cell) if _plain(title) in NAMES else cell


def _is_student(row: Sequence[str]) -> bool:
    return "Points Possible" not in row[0] and not all(NO_STUDENT.fullmatch(cell) for cell in row)


def _sortable_name(table: Table, row: int) -> str:
    cells = table.rows[row]
    split = _plain(table.header[0]) == "LastName"
    return name_in_zip(f"{cells[0]}, {cells[1]}" if split else cells[0])


def _names_by_id(table: Table) -> dict[str, str]:
    ids = table.find("ID")
    if ids is None:
        return {}
    return {row[ids].strip(): _sortable_name(table, i) for i, row in enumerate(table.rows)}


def _passed_over(title: str) -> str:
    """Tell of a title that Canvas's import takes for one of the columns that it makes itself."""
    found = PASSED_OVER.search(title)
    if found is None:
        return ""
    return (
        f"Canvas's import may pass over '{title}' without a word, because the title holds "
        f"'{found[0]}'. Rename the assignment in Canvas, export the gradebook again and run this "
        "again. (The preview of the import says if there were no changes.)"
    )


def _by_title(items: dict[int, str], column: str | None) -> tuple[dict[int, str], str | None]:
    """Leave the ids out of the titles, unless the instructor gave one or they tell items apart."""
    matches = {i: ITEM.fullmatch(title) for i, title in items.items()}
    bare = {i: match["title"] for i, match in matches.items() if match}
    if column is not None and (ITEM.fullmatch(column) or column not in bare.values()):
        by_id = [i for i, match in matches.items() if match and match["id"] == column.strip()]
        return items, items[by_id[0]] if by_id else column
    return bare, column


def _members(submission: LmsSubmission, groups: Table) -> set[str]:
    """Find the user ids of a group's members in Canvas's export of the groups."""
    ids, names = groups.find("canvas_user_id"), groups.find("group_name")
    if ids is None or names is None:
        raise LmsError(
            f"{groups.path} is not Canvas's list of groups: it has no columns 'canvas_user_id' and "
            "'group_name'. Take it from People > Groups."
        )
    found = {
        row[ids].strip()
        for row in groups.rows
        if _same_name(name_in_zip(row[names]), submission.name)
    }
    return found if submission.key in found else set()
