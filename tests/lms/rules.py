"""What LMSs do with names and files, restated from their sources as the tests' opponent.

Each function names the source that it restates. It is written for the tests alone, and shares
nothing with ``autograder.intake.lms``: what we write must be understood by it, and what it writes
by us.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence

# Canvas


def ruby_word(text: str) -> str:
    """``gsub(/[^[[:word:]]]/, "")``: letters, marks, decimal digits and connectors stay."""
    return "".join(
        c
        for c in text
        if unicodedata.category(c)[0] in "LM" or unicodedata.category(c) in {"Nd", "Pc"}
    )


def canvas_member(sortable_name: str | None, late: bool, key: str, aid: int, shown: str) -> str:
    """``content_zipper.rb``: ``add_upload_submission``, ``get_filename``, ``sanitize_*``."""
    parts = []
    if sortable_name is not None:
        parts.append(re.sub(r"_([0-9]+)_", r"\1", sortable_name).lower())
    parts += ["LATE"] if late else []
    parts.append(key if sortable_name is not None else f"anon_{key}")
    file = re.sub(r'[\x00/\\:*?"<>|]+', "_", shown)
    return f"{ruby_word('_'.join(parts))}_{aid}_{file}"


def canvas_resubmitted(name: str, times: int, uuid: str) -> str:
    """``attachment.rb``: ``make_unique_filename``, from the second hand-in on."""
    match = re.search(r"(\.[A-Za-z][A-Za-z0-9]*)*(\.[A-Za-z0-9]*)$", name)
    ending = match[0] if match else ""
    base = name[: len(name) - len(ending)]
    return name if times < 1 else f"{base}-{times if times < 8 else uuid}{ending}"


def canvas_feedback_owner(
    path: str,
    attachments: Mapping[str, str],
    anonymous: Mapping[str, str] | None = None,
    groups: Sequence[str] = (),
) -> str | None:
    """``abstract_assignment.rb``: ``infer_comment_context_from_filename``.

    `attachments` gives the user of each attachment; the answer is the user who gets the comment.
    """
    name = path.rsplit("/", 1)[-1]
    for group in groups:
        if name.startswith(f"{group}_"):
            name = name.removeprefix(f"{group}_")
            break
    parts = [part for part in name.split("_") if part != "LATE"]
    while parts and not parts[-1]:  # Ruby's split leaves out empty strings at the end
        parts.pop()
    if parts[:1] == ["anon"]:
        user = (anonymous or {}).get(parts[1])
        attachment = parts[2]
    else:
        digits = [part for part in parts if re.fullmatch("[0-9]+", part)]
        user, attachment = [*digits, None, None][:2]
    if parts[-1].startswith("link") or name.startswith("._"):
        return None
    return user if attachment and attachments.get(attachment) == user else None


IDENTITY_END = "Section"


def canvas_import(
    text: str, students: set[str], assignments: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """``gradebook_importer.rb``: the grades by user id and assignment id.

    Raises AssertionError for what Canvas refuses, or for a new student or assignment.
    """
    counts = {}
    for mark in ";,":
        widths = {len(next(csv.reader([line], delimiter=mark))) for line in text.splitlines()[:3]}
        counts[mark] = widths.pop() if len(widths) == 1 else 0
    separator = ";" if counts[";"] > counts[","] else ","
    lines = [line for line in text.splitlines() if not re.fullmatch("[;, ]+", line)]
    header, *rows = csv.reader(io.StringIO("\n".join(lines)), delimiter=separator)
    split_name = "LastName" in header[0] and "FirstName" in header[1]
    assert len(header) > 3
    assert split_name or ("Student" in header[0] and "ID" in header[1]), "Invalid header row"
    known = ("SIS User ID", "SIS Login ID", "Integration ID", "Root Account")
    width = (4 if split_name else 3) + sum(title in header for title in known)
    assert IDENTITY_END in header[width - 1], "Invalid header row"
    grades: dict[str, dict[str, str]] = {}
    columns = {}
    for column, title in enumerate(header[width:], start=width):
        match = re.fullmatch(r"(.*)\s\((\d+)\)", title)
        assert match, f"a new assignment would be made: {title}"
        assert assignments.get(match[2]) == match[1]
        columns[column] = match[2]
    for row in rows:
        if "Points Possible" in row[0]:
            continue
        if all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell, re.I) for cell in row):
            continue
        student = row[2 if split_name else 1]
        assert student in students, f"a new student would be made: {row}"
        for column, assignment in columns.items():
            cell = row[column].strip()
            if re.fullmatch(r"-?[0-9.,]+%?", cell):  # decimal_comma_to_period
                *whole, last = re.split("[,.]", cell)
                cell = ".".join(["".join(whole), last]) if whole else last
            grades.setdefault(student, {})[assignment] = cell
    return grades


# Moodle


def moodle_clean(text: str) -> str:
    """``clean_filename``, that is ``clean_param`` of ``PARAM_FILE``."""
    kept = "".join(c for c in text if unicodedata.category(c) != "Cc" and c not in "&<>\"`|':\\/")
    return "" if kept in {".", ".."} else kept


def moodle_member(name: str, number: int | None, path: str, form: str) -> str:
    """``downloader.php``: ``get_student_prefix``, ``load_submissionplugin_filelist``.

    `form` is ``folders``, ``old folders`` (before 4.1) or ``flat``.
    """
    shown = name.replace("_", " ")
    prefix = moodle_clean(shown if number is None else f"{shown}_{number}")
    folder = f"{prefix}_assignsubmission_file"
    if form == "flat":
        return f"{folder}_{path.rsplit('/', 1)[-1]}"
    return f"{folder}_/{path}" if form == "old folders" else f"{folder}/{path}"


def moodle_feedback_owner(path: str, participants: set[int]) -> tuple[int, str] | None:
    """``importziplib.php``: ``is_valid_filename_for_import``; the participant and the file."""
    if path.rsplit("/", 1)[-1].startswith((".", "~")):
        return None
    parts = path.split("/")
    while parts:
        pieces = parts.pop(0).split("_", 4)
        if len(pieces) < 4 or not re.fullmatch(r"\s*[+-]?\d+(\.\d*)?\s*", pieces[1], re.ASCII):
            continue
        number = int(float(pieces[1]))
        if number not in participants or pieces[2:4] != ["assignsubmission", "file"]:
            continue
        return number, "/".join([*(pieces[4:] or [""]), *parts]).lstrip("/")  # by pathinfo
    return None


def moodle_import(
    text: str,
    titles: tuple[str, str, str],
    word: str,
    participants: set[int],
    maximum: float,
    separator: str = ",",
) -> dict[int, float]:
    """``importgradeslib.php`` and ``locallib.php``, for rows that nobody graded before.

    `titles` are Identifier, Grade and Last modified (grade) in the uploader's language, `word` is
    "Participant " in it.
    """
    header, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=separator)
    identifier, grade, _ = (header.index(title) for title in titles)
    grades = {}
    for row in rows:
        assert len(row) == len(header)
        number = row[identifier][len(word) :]
        if not number.isdigit() or int(number) not in participants or not row[grade]:
            continue
        value = float(row[grade].replace(" ", ""))
        if 0 <= value <= maximum:
            grades[int(number)] = value
    return grades


# Brightspace


def brightspace_import(text: str, users: Mapping[str, str], titles: set[str]) -> dict[str, str]:
    """ "Importing grades": the grade by Username, for the one item of the file.

    `users` gives the OrgDefinedId by Username, `titles` the items' columns as exported.
    """
    header, *rows = csv.reader(io.StringIO(text))
    assert header[:2] == ["OrgDefinedId", "Username"]
    assert header[-1] == "End-of-Line Indicator"
    assert set(header[2:-1]) <= titles, "a new item would be made"
    grades = {}
    for org, username, grade, end in rows:
        assert end == "#"
        bare = username.removeprefix("#")
        assert users[bare] == org.removeprefix("#")
        grades[bare] = grade
    return grades


# Blackboard


def blackboard_import(data: bytes, usernames: set[str], columns: set[str]) -> dict[str, str]:
    """ "Working Offline": the grade by Username, for the one column with an id."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    text = data.decode(encoding)
    separator = "\t" if "\t" in text.splitlines()[0] else ","
    header, *rows = csv.reader(io.StringIO(text), delimiter=separator)
    items = [i for i, title in enumerate(header) if re.search(r"\|\d+$", title)]
    (item,) = items
    assert header[item].rsplit("|", 1)[1] in columns, "a new column would be made"
    name = header.index("Username")
    assert {row[name] for row in rows} <= usernames
    return {row[name]: row[item] for row in rows}
