"""File names as students and LMSs write them: which exercise one claims, and how to show it."""

from __future__ import annotations

import keyword
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EXACT, RESPELLED, COPIED, CONTAINED = range(4)
"""How far a name is from the one asked for: see :class:`Claim`."""

SEPARATORS = re.compile(r"[\W_]+")
# What browsers, file managers and LMSs add when a name is taken already. Canvas: -1 ... -7, then a
# UUID (app/models/attachment.rb, make_unique_filename).
COPY_ENDING = re.compile(
    r"(?:\((?P<number>\d{1,3})\)|-(?P<hyphened>\d{1,2})|-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|[\s_-](?:copy|kopie|copie|copia|cópia|kopia)(?:\s*\(?(?P<copy>\d{1,3})\)?)?)$"
)
BEFORE_COPY = re.compile(r"(?<![\s_-])[\s_-]+\Z")
MOST_COPIES = 5
"""Times that a name is taken to be a copy's copy."""
COPY_BEGINNING = re.compile(
    r"^(?:copy of|copy|kopie von|kopie|copie de|copia de|copia|cópia de|kopia)[\s_-]+"
)
# A longer name with one of these in it is a helper or a test of the exercise, not the exercise.
NOT_THE_EXERCISE = frozenset({"test", "tests", "check", "util", "utils", "helper", "helpers"})
WINDOWS_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)
NOT_FOR_STUDENTS = frozenset(sys.stdlib_module_names) | {"numpy", "autograder"}
LONGEST_READ = 255
"""Characters: no file system keeps longer names, but a zip can hold them, made to take long."""
LONGEST_NAME = 180  # bytes: file systems allow 255, endings and a hash must fit


@dataclass(frozen=True)
class Claim:
    """That a file is one of those that are asked for.

    Attributes
    ----------
    file : str
        The name asked for.
    distance : int
        `EXACT`; `RESPELLED` (case, separators, ``.py.txt``); `COPIED` (``exercise (1).py``,
        ``Kopie von exercise.py``); `CONTAINED` (``smith_exercise.py``).
    copy : int
        The copy's number, 0 where there is none: a higher one was made later.
    """

    file: str
    distance: int
    copy: int = 0


def claim(name: str, asked: Sequence[str]) -> Claim | None:
    """Tell which of the files asked for a source file's base name claims to be, if any."""
    if name in asked:
        return Claim(name, EXACT)
    stem, ending = split_ending(name)
    if ending not in {".py", ".py.txt", ".txt", ""}:
        return None
    found = claim_of_stem(stem, asked)
    # Without ".py", only the bare name is taken for source: "notes on exercise.txt" is not.
    if found and found.distance == CONTAINED and not ending.startswith(".py"):
        return None
    return found


def claim_of_stem(stem: str, asked: Sequence[str]) -> Claim | None:
    """Tell which of the files asked for a name without its ending claims to be, if any."""
    if len(stem) > LONGEST_READ:
        return None
    text = unicodedata.normalize("NFKC", stem).casefold().strip()
    if len(text) > LONGEST_READ:  # one character may become eighteen
        return None
    if file := _same_words(text, asked):
        return Claim(file, RESPELLED)
    bare, copy = _without_copy_marks(text)
    if bare != text and (file := _same_words(bare, asked)):
        return Claim(file, COPIED, copy)
    words = SEPARATORS.sub("_", bare).strip("_")
    if NOT_THE_EXERCISE.intersection(words.split("_")):
        return None
    contained = [file for file in asked if f"_{file.removesuffix('.py')}_" in f"_{words}_"]
    return Claim(contained[0], CONTAINED, copy) if len(contained) == 1 else None


def split_ending(name: str) -> tuple[str, str]:
    """Split a base name into stem and lower-case ending; ``.py.txt`` and ``.tar.gz`` are one."""
    match = re.search(r"(\.py\.txt|\.py\.py|\.tar\.\w+|\.7z|\.[a-z]\w{0,6})$", name, re.IGNORECASE)
    if match is None or match.start() == 0:
        return name, ""
    ending = match[0].lower()
    return name[: match.start()], ".py" if ending == ".py.py" else ending


def module_file(name: str) -> str | None:
    """Give the name under which a helper can be imported (``utils (1).py`` is ``utils.py``).

    None where it is not a ``.py`` file or no name that Python can import.
    """
    stem, ending = split_ending(name)
    if ending != ".py":
        return None
    for candidate in (stem, _without_copy_marks(stem)[0]):
        if len(candidate) > LONGEST_READ:
            return None
        module = unicodedata.normalize("NFKC", candidate)  # as Python normalises identifiers
        if module.isidentifier() and not keyword.iskeyword(module):
            return f"{module}.py"
    return None


def shadows(module_name: str, asked: Sequence[str]) -> bool:
    """Tell whether a helper's name would hide the standard library, NumPy or an exercise."""
    name = module_name.removesuffix(".py").casefold()
    return name in NOT_FOR_STUDENTS or f"{name}.py" in asked


def _same_words(text: str, asked: Sequence[str]) -> str | None:
    compact = SEPARATORS.sub("", text)
    return next((f for f in asked if f.removesuffix(".py").replace("_", "") == compact), None)


def _without_copy_marks(text: str) -> tuple[str, int]:
    if len(text) > LONGEST_READ:
        return text, 0
    copy = 0
    bare = COPY_BEGINNING.sub("", text)
    for _ in range(MOST_COPIES):
        match = COPY_ENDING.search(bare)
        rest = BEFORE_COPY.sub("", bare[: match.start()]) if match else ""
        if match is None or not rest:
            break
        copy = copy or int(match["number"] or match["hyphened"] or match["copy"] or 1)
        bare = rest
    return bare, copy


def display(text: str, limit: int = 100) -> str:
    """Make a name from outside fit to be shown: no control, direction or broken characters.

    Nor the backtick, which marks code in all that students read.
    """
    shown = harmless(text).replace("`", "'")
    return shown if len(shown) <= limit else f"{shown[: limit // 2]}…{shown[-limit // 2 :]}"


def harmless(text: str, keep: str = "") -> str:
    """Replace what a terminal obeys, and marks that turn the order of a text, but for some."""
    return "".join(c if c in keep or c.isprintable() else _instead_of(c) for c in text)


def _instead_of(c: str) -> str:
    return " " if c.isspace() else "\N{REPLACEMENT CHARACTER}"


def safe_name(student: str) -> str:
    """Make a student's name or key a portable file name; letters of all scripts are kept.

    Different names may give the same one: :func:`tell_apart` makes a class's names such that they
    don't.
    """
    ends = student[:LONGEST_READ] + student[LONGEST_READ:][-LONGEST_READ:]
    text = unicodedata.normalize("NFC", ends)
    kept = "".join(
        c if c.isalnum() or c in " -_.@+" or unicodedata.category(c)[0] == "M" else "_"
        for c in text
    )
    name = re.sub(r"^[\s.-]+", "_", _shortened(kept)).rstrip(" .")
    if WINDOWS_RESERVED.match(name):
        name = f"_{name}"
    return name or "student"


def _shortened(text: str) -> str:
    """Leave out the middle of what is too long for a file system: names differ at both ends."""
    data = text.encode("utf-8", "replace")
    if len(data) <= LONGEST_NAME:
        return data.decode("utf-8")
    half = LONGEST_NAME // 2
    return f"{data[:half].decode('utf-8', 'ignore')}_{data[-half:].decode('utf-8', 'ignore')}"


def tell_apart(names: Iterable[str]) -> list[str]:
    """Make the names of a class printable and unique, also as names of files.

    Those whose file names some file system would not keep apart (``ann`` and ``Ann``, ``O'Neil``
    and ``O:Neil``) are numbered in their order.
    """
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    result = []
    for name in names:
        base = display(name, limit=200).strip() or "student"
        student = base
        first = key = _file_system_key(safe_name(base))
        while key in taken:
            # Counting goes on where it stopped for the last equal name: from 2 each time, thousands
            # of equal names would take a time that grows with their square.
            numbers[first] = numbers.get(first, 1) + 1
            student = f"{base} ({numbers[first]})"
            key = _file_system_key(safe_name(student))
        taken.add(key)
        result.append(student)
    return result


def _file_system_key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
