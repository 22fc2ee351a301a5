"""Gradebook exports as tables, in whatever encoding and with whatever separator they come."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path

from autograder.intake.atomic_files import write_whole
from autograder.intake.file_names import display

EXPORT_LIMIT = 200_000_000
FIELD_LIMIT = 10_000_000
"""Characters: a worksheet may hold a whole online text in one cell."""
WORKBOOKS = {b"PK\x03\x04": "an Excel workbook", b"\xd0\xcf\x11\xe0": "an old Excel workbook"}
SEPARATOR_LINE = re.compile(r"sep=.\s*")
# What a spreadsheet takes for a formula; the wide forms count in East Asian locales.
FORMULA = re.compile(r"[\s\"]*[=+\-@＝＋－＠]")
# A new cell may begin after each of these: a file may be read with another separator than it was
# written with, and quotes do not protect a cell then.
BREAK = re.compile("([,;\t\r\n\x0b\x0c\x85\u2028\u2029])")
HARMLESS = re.compile(r"[-+]?\d*(?:[.,]\d+)?%?|-")
#: Columns that a message lists.
MOST_LISTED = 20


class LmsError(Exception):
    """An instructor's file cannot be used; the message says what, where and how to mend it."""

    for_people = True


@dataclass(frozen=True)
class Table:
    """A gradebook export.

    Attributes
    ----------
    path : Path
        Where it was read.
    header : list of str
        The titles of the columns.
    rows : list of list of str
        All lines below it, each as long as the header.
    encoding : str
        As it was read: ``utf-8``, ``utf-8-sig``, ``utf-16``, ``utf-16-le``, ``cp1252``.
    separator : str
        Comma, semicolon or tab.
    """

    path: Path
    header: list[str]
    rows: list[list[str]]
    encoding: str
    separator: str

    def find(self, *titles: str) -> int | None:
        """Find the first column with one of these titles, whatever the case."""
        wanted = {title.casefold() for title in titles}
        for index, title in enumerate(self.header):
            if title.strip().casefold() in wanted:
                return index
        return None


def read_table(path: Path) -> Table:
    """Read a gradebook export.

    Raises
    ------
    LmsError
        If it is missing, empty, a workbook or no table.
    """
    try:
        data = path.read_bytes()[:EXPORT_LIMIT]
    except OSError as error:
        raise LmsError(f"The gradebook {path} cannot be read: {error.strerror}.") from None
    for magic, kind in WORKBOOKS.items():
        if data.startswith(magic):
            raise LmsError(f"The gradebook {path} is {kind}. Give the CSV as the LMS exports it.")
    text, encoding = _decoded(data)
    lines = text.splitlines(keepends=True)
    while lines and (not lines[0].strip() or SEPARATOR_LINE.fullmatch(lines[0])):
        lines.pop(0)
    if not lines:
        raise LmsError(f"The gradebook {path} is empty. Export it from the LMS once more.")
    separator = max(",;\t", key=lambda mark: len(_parsed(lines[:1], mark, path)[0]))
    header, *rows = _parsed(lines, separator, path)
    width = len(header)
    padded = [(row + [""] * width)[:width] for row in rows if any(cell.strip() for cell in row)]
    return Table(path, header, padded, encoding, separator)


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig", "replace"), "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), "utf-16"
    if data[1:40:2].count(0) > 10:  # Latin letters of UTF-16LE without a mark
        return data.decode("utf-16-le", "replace"), "utf-16-le"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "cp1252"


def _parsed(lines: Iterable[str], separator: str, path: Path) -> list[list[str]]:
    former = csv.field_size_limit(FIELD_LIMIT)
    try:
        text = io.StringIO("".join(lines), newline="")
        return [row for row in csv.reader(text, delimiter=separator) if row]
    except csv.Error as error:
        raise LmsError(f"The gradebook {path} is no table that can be read: {error}.") from None
    finally:
        csv.field_size_limit(former)


def write_table(
    target: Path,
    rows: Iterable[Sequence[str]],
    *,
    separator: str = ",",
    encoding: str = "utf-8",
    quote_all: bool = False,
) -> None:
    """Write a table at once or not at all."""
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=separator,
        lineterminator="\n",
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
    )
    writer.writerows(rows)
    write_whole(target, text.getvalue().encode(encoding, "xmlcharrefreplace"))


def safe_cell(text: str) -> str:
    """Keep a spreadsheet from running a cell, or what it may take for one.

    Only for cells by which nothing is matched: ids and usernames must stay as they are.

    >>> safe_cell("=1+1"), safe_cell("Ann;=1+1"), safe_cell("Ann-Marie"), safe_cell("-5")
    ("'=1+1", "Ann;'=1+1", 'Ann-Marie', '-5')
    """
    if HARMLESS.fullmatch(text):
        return text
    return "".join(f"'{part}" if FORMULA.match(part) else part for part in BREAK.split(text))


def number(text: str) -> float | None:
    """Read a number with a decimal point or comma; None if it is none."""
    bare = re.sub(r"[\s\u00a0\u202f']", "", text)
    if "," in bare and "." in bare:
        bare = bare.replace("," if bare.rindex(",") < bare.rindex(".") else ".", "")
    try:
        value = Decimal(bare.replace(",", "."))
    except InvalidOperation:
        return None
    return float(value) if value.is_finite() else None


def written_points(value: float) -> str:
    """Write points with two decimals at the most, the precision that gradebooks show and compare.

    >>> written_points(9.5), written_points(8.0), written_points(2 / 3)
    ('9.5', '8', '0.67')
    """
    rounded = Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{rounded:f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def listed_columns(titles: Iterable[str]) -> str:
    """List titles for a message, one a line."""
    shown = [f"\n  {display(title)}" for title in titles]
    more = len(shown) - MOST_LISTED
    return "".join(shown[:MOST_LISTED]) + (f"\n  ... and {more} more" if more > 0 else "")
