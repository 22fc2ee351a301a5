"""Gradebook exports are read in every encoding, and written so that nothing runs or is lost."""

from __future__ import annotations

import csv
import io
import math
import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from autograder.intake.lms import LmsError
from autograder.intake.lms.matching import choose_item
from autograder.intake.lms.table import number, read_table, safe_cell, write_table, written_points
from tests.lms import classroom

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


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1", '"=1"'])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"
    for mark in ",;\t\n\r":
        assert safe_cell(f"Ann{mark}{cell}{mark}x") == f"Ann{mark}'{cell}{mark}x"
        assert safe_cell(f"{mark}{cell}") == f"{mark}'{cell}"


def runs(path: Path) -> list[str]:
    """The cells that a spreadsheet would run, whatever it takes for the separator."""
    text = path.read_bytes().decode("utf-8-sig")
    return [
        cell
        for separator in ",;\t"
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for cell in row
        if re.match(r"""[\s"]*[=+\-@＝＋－＠]""", cell) and not re.fullmatch(r"[-+]?\d*", cell)
    ]


HOSTILE = [
    "A;=cmd|' calc'!A0;x",
    "A\t=cmd|' calc'!A0\tx",
    "A,=cmd|' calc'!A0,x",
    'A";"=cmd|\' calc\'!A0";"x',
    "A\n=1+1",
    "A\r\n@SUM(1)",
    '";=1+1',
    "x;;+1+1",
    "x; \t -1+1",
    "=1+1",
]
DANGEROUS = st.text("=+-@;,\t\n\"' a1|", max_size=12) | st.sampled_from(HOSTILE)


@given(st.lists(st.lists(DANGEROUS, min_size=3, max_size=3), max_size=4))
def test_no_separator_makes_a_formula_of_a_safe_cell(
    tmp_path_factory: pytest.TempPathFactory, rows
) -> None:
    target = tmp_path_factory.getbasetemp() / "safe.csv"
    safe = [[safe_cell(cell) for cell in row] for row in rows]
    for separator in ",;":
        for quote_all in (False, True):
            write_table(target, safe, separator=separator, quote_all=quote_all)
            # A harmless number may stand first, and be read together with what follows.
            assert [c for c in runs(target) if not re.match(r'[\s"]*[-+]?\d*"?[,;]', c)] == []
            text = target.read_bytes().decode()
            assert list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)) == safe


@pytest.mark.parametrize("name", HOSTILE)
def test_every_table_of_an_upload_is_safe(tmp_path: Path, name: str) -> None:
    ids = "Participant 410021"
    books = {
        "canvas": [
            ["Student", "ID", "Section", "Practice 6 (1)"],
            ["    Points Possible", "", "", "10"],
            [name, "60211", name, ""],
        ],
        "brightspace": [
            ["OrgDefinedId", "Username", "Last Name", "First Name", "P Points Grade <MaxPoints:1>"],
            ["#1", "#ann", "Moss", "Ann", ""],
        ],
        "blackboard": [
            ["Last Name", "First Name", "Username", "P [Total Pts: 40 Score] |7"],
            [name, name, "ann", ""],
        ],
        "moodle": [
            ["Identifikator", "Name", "Bewertung", "Bestwertung", "Text", "Geändert"],
            [ids, "Ann Moss", "", "10", name, "-"],
        ],
    }
    members = {
        "canvas": ["moss_60211_9100_backprop.py", f"{name}.txt"],
        "brightspace": ["1-9 - Ann Moss - Nov 2, 2026 914 PM/backprop.py", f"{name}.txt"],
        "blackboard": ["P_ann_attempt_2026-11-02-21-14-09_backprop.py", f"{name}.txt"],
        "moodle": ["Ann Moss_410021_assignsubmission_file/backprop.py", f"{name}.txt"],
    }
    for row, end in zip(books["brightspace"], ("End-of-Line Indicator", "#"), strict=True):
        row.append(end)
    for lms, rows in books.items():
        book = classroom.save_csv(tmp_path / f"{lms}.csv", rows)
        archive = classroom.build(tmp_path / f"{lms}.zip", members[lms])
        out = tmp_path / lms
        report, _ = classroom.round_trip(archive, book, out, title="P")
        assert len(report.written) == 1, lms
        assert report.grades
        assert runs(report.grades) == []
        assert runs(out / "unmatched.csv") == []
        (found,) = [row for row in read_table(report.grades).rows if "Possible" not in row[0]]
        assert {"60211", "#ann", "ann", ids} & set(found)


def test_an_id_that_would_run_is_neither_changed_nor_written(tmp_path: Path) -> None:
    book = classroom.save_csv(
        tmp_path / "book.csv",
        [
            ["Last Name", "First Name", "Username", "P [Total Pts: 40 Score] |7"],
            ["Moss", "Ann", "=ann", ""],
        ],
    )
    archive = classroom.build(
        tmp_path / "x.zip", ["P_=ann_attempt_2026-11-02-21-14-09_backprop.py"]
    )
    report, _ = classroom.round_trip(archive, book, tmp_path / "out", title="P")
    assert report.written == []
    assert "a spreadsheet would run '=ann'" in str(report.problems)


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
