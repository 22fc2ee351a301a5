"""Canvas: what its zipper writes is read, and what is written its importers understand."""

from __future__ import annotations

import string
import time
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake.lms import LmsError, UploadOptions, check_gradebook, write_upload
from autograder.intake.lms.table import read_table
from tests.lms import classroom, rules
from tests.the_assignment import FILES, NOTES6, open_download

BOOK = classroom.HERE / "canvas-gradebook.csv"
STUDENTS = {row[1] for row in read_table(BOOK).rows[2:]}
ASSIGNMENTS = {"88010": "Practice 5", "88011": "Practice 6 - Backprop"}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return classroom.build(tmp_path / "submissions.zip", classroom.listing("canvas"))


def imported(path: Path) -> dict[str, str]:
    text = path.read_text(encoding="utf-8")
    found = rules.canvas_import(text, STUDENTS, ASSIGNMENTS)
    assert all(set(grades) == {"88011"} for grades in found.values()), "one assignment only"
    return {student: grades["88011"] for student, grades in found.items()}


def test_every_student_is_found_with_files_and_late_mark(archive: Path) -> None:
    with open_download(archive, None, BOOK) as download:
        assert download.lms == "canvas"
        assert "21 of 21 names" in download.why
        found = {s.key: s for s in download.submissions}
        files = {key: s.read(NOTES6).files for key, s in found.items()}
    assert set(found) == {str(number) for number in range(60211, 60224)}
    assert {key for key, s in found.items() if s.late} == {"60212", "60221"}
    assert set(files["60211"]) == set(files["60212"]) == set(FILES)
    assert set(files["60213"]) == set(files["60214"]) == {"practice_6_1.py", "backprop.py"}
    assert set(files["60217"]) == {"practice_6_1.py"}
    assert set(files["60218"]) == {"backprop.py"}
    assert files["60220"] == {}


def test_grades_are_imported_for_the_right_students(archive: Path, tmp_path: Path) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out")
    assert report.grades == tmp_path / "out/upload/canvas-grades.csv"
    points = imported(report.grades)
    assert points["60211"] == "20"  # 40 of 40, scaled to the 20 points of the assignment
    assert points["60212"] == "19.5"
    assert set(points) == {str(n) for n in range(60211, 60224)} - {"60217", "60220"}


def test_the_file_has_identity_and_one_column_and_the_maximum(
    archive: Path, tmp_path: Path
) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out")
    assert report.grades
    lines = report.grades.read_text(encoding="utf-8").splitlines()
    head = "Student,ID,SIS User ID,SIS Login ID,Section,Practice 6 - Backprop (88011)"
    assert lines[:3] == [
        head,
        "    Points Possible,,,,,20.00",
        '"Abel, Nora",60211,T1001,nabel,ML A,20',
    ]


def test_a_name_that_would_run_is_made_safe_and_its_id_is_not_touched(
    archive: Path, tmp_path: Path
) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out")
    assert report.grades
    (line,) = [row for row in read_table(report.grades).rows if row[1] == "60222"]
    assert line[0] == "'=Cole, Una"
    assert line[1:4] == ["60222", "T1012", "ucole"]


def test_who_is_left_out_is_listed(archive: Path, tmp_path: Path) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out")
    found = classroom.problems(report)
    assert ("not written", "Late, Nate, 60217, T1007") in found  # excused
    assert ("not written", "Only, Text, 60220, T1010") in found  # not assigned
    assert ("row without a submission", "Pratt, Zoe, 60224, T1014") in found
    assert ("no page uploaded", "onlytext_60220") in found
    assert ("file with an unknown name", "kangjin_60219") in found
    text = (tmp_path / "out/unmatched.csv").read_text(encoding="utf-8")
    assert all(detail in text for detail in ("excused", "not assigned", "submission-1.tar.gz"))


def test_pages_reach_their_students_by_canvass_own_rule(archive: Path, tmp_path: Path) -> None:
    _, pages = classroom.round_trip(archive, BOOK, tmp_path / "out")
    attachments = {
        "7100001": "60211",
        "7100010": "60212",
        "7100020": "60213",
        "7100030": "60214",
        "7100040": "60215",
        "7100050": "60216",
        "7100060": "60217",
        "7100070": "60218",
        "7100080": "60219",
        "7100090": "60222",
        "7100095": "60223",
    }
    owners = {name: rules.canvas_feedback_owner(name, attachments) for name in pages}
    assert sorted(owners.values()) == sorted(attachments.values())
    for name, owner in owners.items():
        assert str(owner).encode() in pages[name]


def test_each_member_of_a_group_is_credited_with_the_list_of_groups(
    archive: Path, tmp_path: Path
) -> None:
    groups = classroom.HERE / "canvas-groups.csv"
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out", groups=groups)
    assert report.grades
    points = imported(report.grades)
    assert points["60222"] == points["60224"]
    assert not report.remarks or all("team_9" not in remark for remark in report.remarks)


def test_without_it_the_member_who_handed_in_is_credited_and_the_group_is_named(
    archive: Path, tmp_path: Path
) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out")
    assert report.grades
    assert "60224" not in imported(report.grades)
    assert any("'team_9'" in remark and "--groups" in remark for remark in report.remarks)


def test_a_file_that_two_students_may_own_belongs_to_neither(tmp_path: Path) -> None:
    book = classroom.save_csv(
        tmp_path / "book.csv",
        [
            ["Student", "ID", "Section", "Practice 6 (1)"],
            ["Points Possible", "", "", "10"],
            ["Renamed, A", "60215", "X", ""],
            ["Renamed, B", "60211", "X", ""],
        ],
    )
    archive = classroom.build(
        tmp_path / "x.zip", ["abel_60215_7100040_lee_60211_7100001_backprop.py"]
    )
    report, pages = classroom.round_trip(archive, book, tmp_path / "out")
    assert report.written == []
    assert pages == {}
    assert ("file of nobody", "") in classroom.problems(report)


def test_a_file_name_cannot_pass_itself_off_as_another_students(tmp_path: Path) -> None:
    name = "malloryeve_60215_7100040_abelnora_60211_7100001_backprop.py"
    book = classroom.save_csv(
        tmp_path / "book.csv",
        [
            ["Student", "ID", "Section", "Practice 6 (1)"],
            ["Points Possible", "", "", "10"],
            ["Abel, Nora", "60211", "X", ""],
            ["Mallory, Eve", "60215", "X", ""],
        ],
    )
    report, pages = classroom.round_trip(
        classroom.build(tmp_path / "x.zip", [name]), book, tmp_path / "out"
    )
    assert [student for student, _ in report.written] == ["Mallory, Eve, 60215, X"]
    assert [rules.canvas_feedback_owner(p, {"7100040": "60215"}) for p in pages] == ["60215"]


VICTIM = "abelnora_60211_7100001_backprop.py"


def book_without(path: Path, *more: tuple[str, str]) -> Path:
    """A gradebook of Nora Abel and others, in which user 111 is not."""
    return classroom.save_csv(
        path,
        [
            ["Student", "ID", "Section", "Practice 6 (1)"],
            ["Points Possible", "", "", "10"],
            ["Abel, Nora", "60211", "X", ""],
            *([name, uid, "X", ""] for name, uid in more),
        ],
    )


def outcome(tmp_path: Path, members: list[str], book: Path) -> tuple[list[str], str]:
    """Whom the upload has a grade for, and all that is said of what it leaves out."""
    archive = classroom.build(tmp_path / "x.zip", members)
    with open_download(archive, "canvas", book) as download:
        for submission in download.submissions:
            if submission.key == "60211" and submission.name == "abelnora":
                assert submission.read(NOTES6).files == {"backprop.py": f"# {VICTIM}\n".encode()}
    report, _ = classroom.round_trip(archive, book, tmp_path / "out")
    table = (tmp_path / "out/unmatched.csv").read_text(encoding="utf-8")
    return [student for student, _ in report.written], table


@pytest.mark.parametrize("late", ["", "_LATE"])
@pytest.mark.parametrize(
    "file",
    [
        "x_60211_777_backprop.py",
        "60211_777_backprop.py",
        "_60211_777_backprop.py",
        "abelnora_60211_777_backprop.py",
        "x_LATE_60211_777_backprop.py",
        "x_60211_777_x_60211_778_backprop.py",
        "anon_60211_777_backprop.py",
        "x_60211_text.html",
    ],
)
def test_a_file_of_someone_who_is_not_in_the_gradebook_changes_nobodys_marks(
    tmp_path: Path, file: str, late: str
) -> None:
    members = [VICTIM, f"student{late}_111_9100_{file}"]
    for order in (members, members[::-1]):
        written, told = outcome(tmp_path, order, book_without(tmp_path / "book.csv"))
        assert written == ["Abel, Nora, 60211, X"]
        assert "student" in told


@pytest.mark.parametrize("group", ["x_60211", "team 7_60211", "60211", "x__60211"])
def test_a_groups_name_changes_nobodys_marks(tmp_path: Path, group: str) -> None:
    member = rules.canvas_member(group, False, "111", 9100, "backprop.py")
    book = book_without(tmp_path / "book.csv")
    written, told = outcome(tmp_path, [VICTIM, member], book)
    assert written == ["Abel, Nora, 60211, X"]
    assert "111" in told
    # Without a file of her own she gets nothing of the group's either.
    assert outcome(tmp_path, [member], book)[0] == []


def test_a_group_named_as_a_student_and_her_id_leaves_a_doubt(tmp_path: Path) -> None:
    members = [VICTIM, rules.canvas_member("abelnora_60211", False, "111", 9100, "backprop.py")]
    for more in ([], [("Eve", "111")]):
        book = book_without(tmp_path / "book.csv", *more)
        archive = classroom.build(tmp_path / "x.zip", members)
        report, pages = classroom.round_trip(archive, book, tmp_path / "out")
        assert report.written == []
        assert pages == {}
        assert {"doubtful", "file of nobody"} <= {problem.kind for problem in report.problems}


def test_files_under_one_id_and_two_names_are_not_one_students(tmp_path: Path) -> None:
    members = [VICTIM, "someone_60211_7100009_practice_6_1.py"]
    written, told = outcome(tmp_path, members, book_without(tmp_path / "book.csv"))
    assert written == ["Abel, Nora, 60211, X"]
    assert "files of 2 names" in told
    without_hers = ["noraabel_60211_7100001_backprop.py", members[1]]
    written, told = outcome(tmp_path, without_hers, book_without(tmp_path / "book.csv"))
    assert written == []
    assert told.count("files of 2 names") == 2


def test_a_file_whose_own_name_begins_with_a_number_is_its_students(tmp_path: Path) -> None:
    book = book_without(tmp_path / "book.csv")
    archive = classroom.build(tmp_path / "x.zip", ["abelnora_60211_7100001_2_backprop.py"])
    report, _ = classroom.round_trip(archive, book, tmp_path / "out")
    assert [student for student, _ in report.written] == ["Abel, Nora, 60211, X"]


def test_an_outsized_name_is_not_read_at_all(tmp_path: Path) -> None:
    members = [VICTIM, "_1" * 30_000 + "_backprop.py"]
    started = time.process_time()
    written, told = outcome(tmp_path, members, book_without(tmp_path / "book.csv"))
    assert time.process_time() - started < 2
    assert written == ["Abel, Nora, 60211, X"]
    assert "file of nobody" in told


def test_anonymous_submissions_get_pages_but_no_grades(tmp_path: Path) -> None:
    listing = ["anon_aB3xZ_9300001_backprop.py", "LATE_anon_Q9kP2_9300002_practice_6_1.py"]
    archive = classroom.build(tmp_path / "x.zip", listing)
    with open_download(archive) as download:
        assert [(s.key, s.late) for s in download.submissions] == [
            ("aB3xZ", False),
            ("Q9kP2", True),
        ]
    report, pages = classroom.round_trip(archive, BOOK, tmp_path / "out")
    assert report.written == []
    assert {kind for kind, who in classroom.problems(report) if who} >= {"doubtful"}
    attachments = {"9300001": "1", "9300002": "2"}
    anonymous = {"aB3xZ": "1", "Q9kP2": "2"}
    owners = [rules.canvas_feedback_owner(name, attachments, anonymous) for name in pages]
    assert owners == ["1", "2"]


@pytest.mark.parametrize("header", [["Student"], ["LastName", "FirstName"]])
def test_a_semicolon_export_with_decimal_commas_is_filled_as_it_came(
    tmp_path: Path, header: list[str]
) -> None:
    names = ["Abel, Nora"] if len(header) == 1 else ["Abel", "Nora"]
    blank = [""] * (len(header) - 1)
    rows = [
        [*header, "ID", "Section", "Practice 6 (88011)"],
        ["    Points Possible", *blank, "", "", "20,00"],
        [*names, "60211", "A; B", "6,50"],
    ]
    text = "\r\n".join(";".join(f'"{cell}"' for cell in row) for row in rows)
    (tmp_path / "book.csv").write_bytes(text.encode("utf-8-sig"))
    archive = classroom.build(tmp_path / "x.zip", ["abelnora_60211_7100001_backprop.py"])
    report, _ = classroom.round_trip(archive, tmp_path / "book.csv", tmp_path / "out")
    assert report.maximum == 20
    assert report.grades
    found = rules.canvas_import(
        report.grades.read_text(encoding="utf-8"), {"60211"}, {"88011": "Practice 6"}
    )
    assert found == {"60211": {"88011": "20"}}
    assert not any("'abelnora'" in remark for remark in report.remarks)


def test_raw_points_are_left_as_graded(archive: Path, tmp_path: Path) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out", points="raw")
    assert report.grades
    assert imported(report.grades)["60211"] == "40"


@pytest.mark.parametrize("column", ["Practice 5", "Practice 5 (88010)", "88010"])
def test_the_column_is_named_by_title_or_id(archive: Path, tmp_path: Path, column: str) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out", column=column)
    assert report.item == "Practice 5 (88010)"


def test_an_assignment_without_points_is_refused(archive: Path, tmp_path: Path) -> None:
    book = classroom.save_csv(
        tmp_path / "book.csv",
        [["Student", "ID", "Section", "Practice 6 (1)"], ["Points Possible", "", "", "0.00"]],
    )
    with pytest.raises(LmsError, match="--points raw"):
        classroom.round_trip(archive, book, tmp_path / "out")


ONE = ["abelnora_60211_7100001_backprop.py"]


def book_of(path: Path, *titles: str) -> Path:
    rows = [
        ["Student", "ID", "Section", *titles, "Final Score"],
        ["    Points Possible", "", "", *("10" for _ in titles), "(read only)"],
        ["Abel, Nora", "60211", "X", *("" for _ in titles), ""],
    ]
    return classroom.save_csv(path, rows)


def test_a_gradebook_with_one_assignment_needs_no_column(tmp_path: Path) -> None:
    archive = classroom.build(tmp_path / "x.zip", ONE)
    book = book_of(tmp_path / "one.csv", "Homework VII (7)")
    report, _ = classroom.round_trip(archive, book, tmp_path / "out")
    assert report.item == "Homework VII (7)"
    assert report.remarks == []
    with pytest.raises(LmsError, match="--column 'Other' fits no column"):
        classroom.round_trip(archive, book, tmp_path / "out", column="Other")
    book = book_of(tmp_path / "two.csv", "Homework VII (7)", "Homework VIII (8)")
    with pytest.raises(LmsError, match="--column TITLE"):
        classroom.round_trip(archive, book, tmp_path / "out")


@pytest.mark.parametrize(
    "title",
    ["Final exercise (7)", "Finally: Jacobians (7)", "Semifinal (7)", "Your Current Points (7)"],
)
def test_a_title_that_canvas_passes_over_is_told_before_the_upload(
    tmp_path: Path, title: str
) -> None:
    archive = classroom.build(tmp_path / "x.zip", ONE)
    book = book_of(tmp_path / "book.csv", title)
    report, _ = classroom.round_trip(archive, book, tmp_path / "out")
    (remark,) = report.remarks
    assert title in remark
    assert "Rename" in remark


def test_another_lmss_gradebook_is_refused(archive: Path, tmp_path: Path) -> None:
    book = classroom.HERE / "moodle-worksheet.csv"
    with pytest.raises(LmsError, match="not Canvas's gradebook"):
        classroom.round_trip(archive, book, tmp_path / "out")
    with open_download(archive) as download, pytest.raises(LmsError, match="not Canvas's"):
        check_gradebook(download, UploadOptions(gradebook=book))  # before anything is graded


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=15) | st.text(
    "ab_ 29,'-", min_size=1, max_size=12
)


NAMES |= st.sampled_from(["anon", "Late", "anon_9", "team_9", "9"])


@st.composite
def classes(draw: st.DrawFn) -> list[tuple[int, str, bool, list[tuple[int, str, str]]]]:
    """Students as (user id, sortable name, late, files), a file as (id, own name, shown name)."""
    ids = draw(st.lists(st.integers(1, 99_999), min_size=1, max_size=6, unique=True))
    attachments = iter(
        draw(st.lists(st.integers(10**6, 10**7), min_size=24, max_size=24, unique=True))
    )
    students = []
    for uid in ids:
        files = []
        for name in draw(st.lists(st.sampled_from(FILES), min_size=1, unique=True)):
            times, uuid = draw(st.integers(0, 8)), str(draw(st.uuids().map(UUID.__str__)))
            files.append((next(attachments), name, rules.canvas_resubmitted(name, times, uuid)))
        students.append((uid, draw(NAMES), draw(st.booleans()), files))
    return students


@given(classes())
def test_no_name_mixes_students_up(tmp_path_factory: pytest.TempPathFactory, students) -> None:
    folder = tmp_path_factory.mktemp("canvas")
    contents, attachments = {}, {}
    for uid, name, late, files in students:
        for aid, own, shown in files:
            member = rules.canvas_member(name, late, str(uid), aid, shown)
            contents[member] = f"# {uid} {own}\n".encode()
            attachments[str(aid)] = str(uid)
    archive = folder / "x.zip"
    archive.write_bytes(classroom.zipped(contents))
    book = classroom.save_csv(
        folder / "book.csv",
        [
            ["Student", "ID", "Section", "Practice 6 (7)"],
            ["Points Possible", "", "", "40"],
            *([name, str(uid), "A", ""] for uid, name, *_ in students),
        ],
    )
    with open_download(archive, "canvas", book) as download:
        for submission in download.submissions:
            (student,) = [s for s in students if str(s[0]) == submission.key]
            assert submission.late == student[2]
            wanted = {own: f"# {student[0]} {own}\n".encode() for _, own, _ in student[3]}
            assert submission.read(NOTES6).files == wanted
        grades = classroom.grades_for(download)
        options = UploadOptions(gradebook=book, title="Practice 6")
        report = write_upload(download, grades, folder / "out", options)
        expected = {
            s.key: f"{g.score:g}" for s, g in zip(download.submissions, grades, strict=True)
        }
    assert set(expected) == {str(uid) for uid, *_ in students}
    assert report.grades
    assert report.feedback
    text = report.grades.read_text(encoding="utf-8")
    found = rules.canvas_import(text, set(expected), {"7": "Practice 6"})
    assert {student: grades["7"] for student, grades in found.items()} == expected
    owners = [
        rules.canvas_feedback_owner(p, attachments) for p in classroom.members(report.feedback)
    ]
    assert sorted(map(str, owners)) == sorted(expected)


@pytest.mark.parametrize("letter", [*string.ascii_letters, *"éßशा१٣_‿ⅷ"])
def test_every_character_that_canvas_keeps_in_a_name_is_read(tmp_path: Path, letter: str) -> None:
    member = rules.canvas_member(f"{letter}x", False, "12", 345, "backprop.py")
    with open_download(classroom.build(tmp_path / "x.zip", [member])) as download:
        assert [s.key for s in download.submissions] == ["12"]
