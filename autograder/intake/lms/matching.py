"""Which grade item is meant, and whether two names are the same person's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from autograder.intake.lms.table import LmsError, listed_columns

WORD = re.compile(r"[^\W_]+")
PREFIX = 4
"""Letters that a shortened word must have: "Backprop" is "Backpropagation"."""


def members_of(pattern: re.Pattern[str], paths: Iterable[str]) -> list[re.Match[str] | None]:
    """Match each path of a download to the form of its LMS's names.

    The LMS writes all of them at one level. What matches further down is a name that a student
    chose, inside a folder that was not understood.
    """
    found = [pattern.search(unicodedata.normalize("NFC", path)) for path in paths]
    levels = [match and match.string.count("/", 0, _begins(match)) for match in found]
    top = min((level for level in levels if level is not None), default=0)
    return [match if level == top else None for match, level in zip(found, levels, strict=True)]


def _begins(match: re.Match[str]) -> int:
    """Tell where the matched name begins: after the slash before it, if there is one."""
    return match.start() + match[0].startswith("/")


def words(text: str) -> tuple[str, ...]:
    """Split a name or title into its words, comparable whatever the order, case and encoding."""
    normal = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    return tuple(sorted(WORD.findall(normal)))


def share_a_word(one: str, other: str) -> bool:
    """Tell whether two spellings of a name have any word in common; an empty one always fits."""
    first, second = set(words(one)), set(words(other))
    return not first or not second or bool(first & second)


def choose_column(
    header: Sequence[str],
    form: re.Pattern[str],
    column: str | None,
    titles: Sequence[str],
    where: str,
) -> tuple[int, re.Match[str]]:
    """Choose the grade item where its title is a part of its column's, as `form` tells.

    The instructor may give either. Returns the column, and what the form found in it.
    """
    matches = {i: form.fullmatch(title.strip()) for i, title in enumerate(header)}
    found = {i: match for i, match in matches.items() if match}
    items = {i: match["title"] for i, match in found.items()}
    if column is not None and column in header:
        column = items.get(header.index(column), column)
    item = choose_item(items, column, titles, where)
    return item, found[item]


def choose_item(
    items: Mapping[int, str], column: str | None, titles: Sequence[str], where: str
) -> int:
    """Choose the grade item.

    Parameters
    ----------
    items : mapping of int to str
        Title by column.
    column : str, optional
        The title that the instructor gave.
    titles : sequence of str
        What it may be called otherwise, the surest first.
    where : str
        The export, for messages.

    Raises
    ------
    LmsError
        If none or several fit; the candidates are listed.
    """
    candidates = listed_columns(items.values())
    if not items:
        raise LmsError(f"There is no column in {where} that a grade could be written to.")
    if column is not None:
        equal = [i for i, title in items.items() if column.strip() == title.strip()]
        alike = equal or [i for i, title in items.items() if words(title) == words(column)]
        if len(alike) != 1:
            count = "no column" if not alike else "several columns"
            raise LmsError(f"--column '{column}' fits {count} of {where}. It has:{candidates}")
        return alike[0]
    for title in filter(None, titles):
        equal = [i for i, item in items.items() if words(item) == words(title)]
        fitting = equal or [i for i, item in items.items() if _fits(item, title)]
        if len(fitting) == 1:
            return fitting[0]
    raise LmsError(
        f"It is not certain which column of {where} is meant. Name it with --column TITLE. "
        f"It has:{candidates}"
    )


def _fits(item: str, title: str) -> bool:
    """Tell whether the shorter title's words are all in the longer one, shortened ones too."""
    shorter, longer = sorted((words(item), words(title)), key=len)
    return bool(shorter) and all(any(_same(one, other) for other in longer) for one in shorter)


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    short = min(len(one), len(other))
    return short >= PREFIX and one[:short] == other[:short] and not one.isdigit()
