"""Brightspace: folders by name and time are matched to the export's rows, or said not to be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake.lms import LmsError, UploadOptions, write_upload
from autograder.intake.lms.table import read_table
from tests.lms import classroom, rules
from tests.the_assignment import FILES, NOTES6, OPENING, open_download

BOOK = classroom.HERE / "brightspace-grades.csv"
ITEM = (
    "Practice 6 Points Grade <Numeric MaxPoints:20 Weight:16.66666667 "
    "Category:Labs CategoryWeight:10>"
)
USERS = {row[1].removeprefix("#"): row[0].removeprefix("#") for row in read_table(BOOK).rows}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return classroom.build(tmp_path / "Practice 6.zip", classroom.listing("brightspace"))


def test_the_newest_of_several_submissions_counts(archive: Path) -> None:
    with open_download(archive) as download:
        assert download.lms == "brightspace"
        assert download.leftovers == []
        found = {s.student: s for s in download.submissions}
        files = {name: s.read(NOTES6).files for name, s in found.items()}
    assert set(files["Nora Abel"]) == set(FILES)
    assert found["Rozálie Šťastná"].when == "2026-11-03 02:03"
    assert found["Rozálie Šťastná"].earlier == 1
    assert set(files["Rozálie Šťastná"]) == {"practice_6_1.py", "backprop.py"}
    assert b"Nov 3" in files["Rozálie Šťastná"]["practice_6_1.py"]
    assert set(files["Cathy May O'Day"]) == {"practice_6_1.py", "backprop.py"}


def test_grades_are_imported_for_the_right_students(archive: Path, tmp_path: Path) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out")
    assert report.grades
    text = report.grades.read_text(encoding="utf-8")
    assert rules.brightspace_import(text, USERS, {ITEM}) == {
        "nora.abel": "20",
        "rozalie.stastna": "19.5",
        "cathy.oday": "19",
        "eva.ruiz": "18.5",
        "xiaoming.wang": "18",
        "t.angood": "17.5",
    }
    assert classroom.problems(report) == {
        ("row without a submission", "Nofile, Ben, #33304320, #ben.nofile")
    }


def test_the_export_and_the_ids_are_copied_to_the_letter(archive: Path, tmp_path: Path) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out")
    assert report.grades
    lines = report.grades.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == [
        f"OrgDefinedId,Username,{ITEM},End-of-Line Indicator",
        "#33304308,#nora.abel,20,#",
    ]


def test_pages_go_into_the_folders_as_they_were_with_the_index(
    archive: Path, tmp_path: Path
) -> None:
    _, pages = classroom.round_trip(archive, BOOK, tmp_path / "out")
    assert pages["index.html"] == classroom.content("index.html")
    folders = {member.split("/")[0] for member in classroom.listing("brightspace")}
    assert all(name.split("/")[0] in folders for name in pages)
    rozalie = [name for name in pages if "Rozálie" in name]
    assert rozalie == ["371361-560250 - Rozálie Šťastná - Nov 3, 2026 203 AM/feedback.html"]


def book_of(path: Path, *names: tuple[str, str]) -> Path:
    header = ["OrgDefinedId", "Username", "Last Name", "First Name", ITEM, "End-of-Line Indicator"]
    rows = [[f"#{n}", f"#user{n}", last, first, "", "#"] for n, (first, last) in enumerate(names)]
    return classroom.save_csv(path, [header, *rows], "utf-8-sig")


def test_two_students_of_one_name_get_nothing_and_are_listed(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.csv", ("Wei", "Zhang"), ("Wei", "Zhang"), ("Ann", "Moss"))
    archive = classroom.build(
        tmp_path / "x.zip",
        [
            "1-9 - Wei Zhang - Nov 2, 2026 914 PM/backprop.py",
            "2-9 - Wei Zhang - Nov 3, 2026 914 PM/backprop.py",
            "3-9 - Moss Ann - Nov 3, 2026 914 PM/backprop.py",
        ],
    )
    report, pages = classroom.round_trip(archive, book, tmp_path / "out")
    assert [student for student, _ in report.written] == ["Moss, Ann, #2, #user2"]
    found = classroom.problems(report)
    assert {("doubtful", "Wei Zhang"), ("doubtful", "Wei Zhang (2)")} <= found
    assert not [who for kind, who in found if kind == "row without a submission"]
    assert len(pages) == 3  # by the folder a page's owner is certain all the same


@pytest.mark.parametrize(
    "later",
    [
        "2-9 - Wei Zhang - Nov 3, 2026 914 PM",
        "1-8 - Wei Zhang - Nov 3, 2026 914 PM",
        "2-9 - Zhang Wei - Nov 3, 2026 914 PM",
        "2-9 - WEI  ZHANG - Nov 3, 2026 914 PM",
        "2-9 - Wei Zhang - Nov 2, 2026 914 PM",
    ],
)
def test_a_folder_of_another_number_takes_no_namesakes_row(tmp_path: Path, later: str) -> None:
    book = book_of(tmp_path / "b.csv", ("Wei", "Zhang"), ("Ann", "Moss"))
    first = "1-9 - Wei Zhang - Nov 2, 2026 914 PM"
    others = [f"{later}/backprop.py", "3-9 - Ann Moss - Nov 2, 2026 914 PM/backprop.py"]
    archive = classroom.build(tmp_path / "x.zip", [f"{first}/backprop.py", *others])
    report, pages = classroom.round_trip(archive, book, tmp_path / "out")
    assert [student for student, _ in report.written] == ["Moss, Ann, #1, #user1"]
    doubtful = [p.who for p in report.problems if p.kind == "doubtful"]
    assert len(doubtful) == 2
    assert {f"{first}/feedback.html", f"{later}/feedback.html"} <= set(pages)


def test_what_a_student_calls_a_file_makes_it_no_one_elses(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.csv", ("Wei", "Zhang"), ("Ann", "Moss"))
    archive = classroom.build(
        tmp_path / "x.zip",
        [
            "1-9 - Wei Zhang - Nov 2, 2026 914 PM/backprop.py",
            "3-9 - Ann Moss - a date of no known form/1-9 - Wei Zhang - Nov 3, 2026 914 PM/x.py",
        ],
    )
    report, _ = classroom.round_trip(archive, book, tmp_path / "out")
    assert [student for student, _ in report.written] == ["Zhang, Wei, #0, #user0"]
    (lost,) = [p.detail for p in report.problems if p.kind == "file of nobody"]
    assert lost.startswith("3-9 - Ann Moss")


def test_a_student_without_a_row_is_listed(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.csv", ("Ann", "Moss"))
    listing = ["1-9 - Wei Zhang - Nov 2, 2026 914 PM/backprop.py"]
    archive = classroom.build(tmp_path / "x.zip", listing)
    report, _ = classroom.round_trip(archive, book, tmp_path / "out")
    assert report.written == []
    assert ("submission without a row", "Wei Zhang") in classroom.problems(report)


def test_dates_in_another_language_leave_several_submissions_in_doubt(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.csv", ("Wei", "Zhang"), ("Ann", "Moss"))
    archive = classroom.build(
        tmp_path / "x.zip",
        [
            "1-9 - Wei Zhang - 2 lokakuu 2026 2114/backprop.py",
            "1-9 - Wei Zhang - 3 marraskuu 2026 914/backprop.py",
            "2-9 - Ann Moss - 3 marraskuu 2026 914/backprop.py",
        ],
    )
    report, pages = classroom.round_trip(archive, book, tmp_path / "out")
    assert [student for student, _ in report.written] == ["Moss, Ann, #1, #user1"]
    assert ("doubtful", "Wei Zhang") in classroom.problems(report)
    assert [name for name in pages if "Wei" in name] == []


@pytest.mark.parametrize(
    "listing",
    [
        ["submissions/1-9 - Ann Moss - Nov 2, 2026 914 PM/backprop.py"],
        ["1-9 - Ann Moss - Nov 2, 2026 914 PM - backprop.py"],
        ["1-9 - Ann Moss- Nov 2, 2026 914 PM - backprop.py"],
    ],
)
def test_wrapped_and_flat_forms_are_read(tmp_path: Path, listing: list[str]) -> None:
    book = book_of(tmp_path / "b.csv", ("Ann", "Moss"))
    archive = classroom.build(tmp_path / "x.zip", listing)
    with open_download(archive) as download:
        assert set(download.submissions[0].read(NOTES6).files) == {"backprop.py"}
    report, _ = classroom.round_trip(archive, book, tmp_path / "out")
    assert [points for _, points in report.written] == ["20"]


def test_an_export_without_names_or_ids_is_refused(archive: Path, tmp_path: Path) -> None:
    header = ["OrgDefinedId", ITEM, "End-of-Line Indicator"]
    book = classroom.save_csv(tmp_path / "b.csv", [header, ["#33304319", "", "#"]])
    report, _ = classroom.round_trip(archive, book, tmp_path / "out")
    assert report.written == [("#33304319", "17.5")]  # by the number in the folder's name
    assert ("doubtful", "Nora Abel") in classroom.problems(report)
    with pytest.raises(LmsError, match="key field Both"):
        classroom.round_trip(archive, classroom.HERE / "moodle-worksheet.csv", tmp_path / "out")


NAMES = st.text(
    st.characters(categories=["Lu", "Ll", "Lo", "Nd"], codec="utf-8"), min_size=1, max_size=8
) | st.sampled_from(["Ana - Maria", "O'Day", "Lopez_2", "d'Arc-Lys", "Ng"])
TIMES = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 1, 1))


def stamp(time: dt.datetime) -> str:
    hour = time.hour % 12 or 12
    half = "AM" if time.hour < 12 else "PM"
    return f"{time:%b} {time.day}, {time.year} {hour}{time:%M} {half}"


@given(
    st.lists(
        st.tuples(NAMES, NAMES, st.lists(TIMES, min_size=1, max_size=3)), min_size=1, max_size=5
    )
)
def test_no_name_mixes_students_up(tmp_path_factory: pytest.TempPathFactory, students) -> None:
    folder = tmp_path_factory.mktemp("brightspace")
    contents = {}
    for number, (first, last, times) in enumerate(students):
        for time in times:
            member = f"{number}-9 - {first} {last} - {stamp(time)}/backprop.py"
            contents[member] = f"# {number} {time:%Y-%m-%d %H:%M}\n".encode()
    archive = folder / "x.zip"
    archive.write_bytes(classroom.zipped(contents))
    book = book_of(folder / "b.csv", *((first, last) for first, last, _ in students))
    with open_download(archive, "brightspace") as download:
        assert len(download.submissions) == len(students)
        for submission in download.submissions:
            number = int(submission.key.split("-")[0])
            newest = max(students[number][2])
            assert submission.read(NOTES6).files == {
                "backprop.py": f"# {number} {newest:%Y-%m-%d %H:%M}\n".encode()
            }
        grades = classroom.grades_for(download)
        options = UploadOptions(opening=OPENING, gradebook=book, points="raw", column="Practice 6")
        report = write_upload(download, grades, folder / "out", options)
        scores = {s.key.split("-")[0]: g.score for s, g in zip(download.submissions, grades)}  # noqa: B905
    assert report.grades
    users = {f"user{n}": str(n) for n in range(len(students))}
    found = rules.brightspace_import(report.grades.read_text(encoding="utf-8"), users, {ITEM})
    for user, points in found.items():  # whoever is written is written right
        assert float(points) == scores[user.removeprefix("user")]
    plain = [(f"{a} {b}").casefold() for a, b, _ in students]
    if len(set(plain)) == len(plain) and all(name.isascii() and name.isalpha() for name in plain):
        assert len(found) == len(students)
