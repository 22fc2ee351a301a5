"""Gradebook exports are read in every encoding, and written so that nothing runs or is lost."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from autograder.intake.lms import LmsError
from autograder.intake.lms.matching import choose_item
from autograder.intake.lms.table import number, read_table, safe_cell, write_table, written_points

ROWS = [["Student", "ID", "Prüfung (1)"], ["Šťastná, 明", "1", "6,00"], ["x;y\tz\n2", "2", ""]]
CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_an_export_is_read_in_its_encoding_and_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(ROWS)
    (tmp_path / "x.csv").write_bytes(text.getvalue().encode(encoding))
    table = read_table(tmp_path / "x.csv")
    assert [table.header, *table.rows] == ROWS
    assert (table.separator, table.encoding) == (separator, encoding)


def test_an_old_windows_encoding_and_a_separator_line_are_understood(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes("sep=;\r\nName;Prüfung\r\nMüller;1\r\n".encode("cp1252"))
    table = read_table(tmp_path / "x.csv")
    assert table.header == ["Name", "Prüfung"]
    assert table.rows == [["Müller", "1"]]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0rest", "Excel workbook"),
        (b"\n \n", "is empty"),
    ],
)
def test_what_is_no_export_is_refused_with_the_way_out(
    tmp_path: Path, data: bytes, message: str
) -> None:
    (tmp_path / "x.csv").write_bytes(data)
    with pytest.raises(LmsError, match=message):
        read_table(tmp_path / "x.csv")
    with pytest.raises(LmsError, match=r"nowhere\.csv"):
        read_table(tmp_path / "nowhere.csv")


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=6))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, rows) -> None:
    target = tmp_path_factory.getbasetemp() / "table.csv"
    header = ["Student", "ID", "Section"]
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    write_table(target, [header, *rows])
    table = read_table(target)
    assert [table.header, *table.rows] == [header, *kept]


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "-", "-1.5", "+3", "Abel, Nora", "#2330", "李", "a=b"])
def test_harmless_cells_stay_as_they_are(cell: str) -> None:
    assert safe_cell(cell) == cell


@pytest.mark.parametrize(
    ("text", "value"),
    [("10.00", 10.0), ("10,00", 10.0), ("1,234.5", 1234.5), ("1.234,5", 1234.5), (" 7 ", 7.0)],
)
def test_numbers_are_read_with_point_and_comma(text: str, value: float) -> None:
    assert number(text) == value
    assert number("EX") is None
    assert number("") is None


@given(st.floats(0, 1e6))
def test_points_have_two_decimals_at_the_most(value: float) -> None:
    text = written_points(value)
    assert math.isclose(float(text), value, abs_tol=0.0051)
    assert len(text.partition(".")[2]) <= 2
    assert not text.endswith((".", ".0"))


ITEMS = {4: "Practice 5", 5: "Practice 6 - Backprop", 6: "Practice 16"}


@pytest.mark.parametrize(
    "title",
    [
        "Practice 6",
        "Practice 6: Backpropagation",
        "practice 6 – backprop",
    ],
)
def test_the_item_is_found_when_only_one_fits_the_title(title: str) -> None:
    assert choose_item(ITEMS, None, [title], "the gradebook") == 5


@pytest.mark.parametrize("title", ["", "Practice", "Essay", "Practice 7"])
def test_otherwise_the_candidates_are_listed(title: str) -> None:
    with pytest.raises(LmsError, match=r"--column TITLE(.|\n)*Practice 5(.|\n)*Practice 16"):
        choose_item(ITEMS, None, [title], "the gradebook")


def test_the_item_that_is_named_is_taken_or_missed(tmp_path: Path) -> None:
    assert choose_item(ITEMS, "Practice 16", ["Practice 6"], "the gradebook") == 6
    with pytest.raises(LmsError, match=r"no column(.|\n)*Practice 5"):
        choose_item(ITEMS, "Practice 7", ["Practice 6"], "the gradebook")


@given(st.lists(CELL, min_size=1, unique=True))
def test_a_title_finds_itself_among_others(titles: list[str]) -> None:
    assume(all(title.strip() for title in titles))
    items = dict(enumerate(titles))
    stripped = [title.strip() for title in titles]
    for column, title in items.items():
        if stripped.count(title.strip()) == 1:
            assert choose_item(items, title, [], "the gradebook") == column
