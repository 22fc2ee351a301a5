"""Moodle: folders by participant, the worksheet and the feedback zip, in every form and tongue."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake.lms import Grade, LmsError, UploadOptions, UploadReport, write_upload
from autograder.intake.lms.comments import our_comment
from autograder.intake.lms.table import read_table
from tests.lms import classroom, rules
from tests.the_assignment import FILES, NOTES6, OPENING, open_download

BOOK = classroom.HERE / "moodle-worksheet.csv"
ENGLISH = ("Identifier", "Grade", "Last modified (grade)")
PARTICIPANTS = set(range(510021, 510028))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return classroom.build(tmp_path / "ML-Practice 6-77.zip", classroom.listing("moodle"))


def imported(path: Path, maximum: float = 20) -> dict[int, float]:
    text = path.read_bytes().decode("utf-8")
    return rules.moodle_import(text, ENGLISH, "Participant ", PARTICIPANTS, maximum)


def test_every_student_is_found_with_sub_folders_and_zips(archive: Path) -> None:
    with open_download(archive) as download:
        assert download.lms == "moodle"
        files = {s.key: set(s.read(NOTES6).files) for s in download.submissions}
    assert files == {
        "510021": set(FILES),
        "510022": {"practice_6_1.py", "backprop.py"},
        "510023": {"practice_6_1.py", "backprop.py"},
        "510024": {"practice_6_1.py"},
        "510025": {"backprop.py"},
        "510026": {"practice_6_1.py"},
    }


def test_grades_are_imported_for_the_right_participants(archive: Path, tmp_path: Path) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out")
    assert report.grades
    assert imported(report.grades) == {
        510021: 20,
        510022: 19.5,
        510023: 19,
        510024: 18.5,
        510025: 18,
    }


def test_locked_and_missing_students_are_listed(archive: Path, tmp_path: Path) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out")
    assert classroom.problems(report) == {
        ("not written", "Participant 510026, Eva Ruiz_2"),
        ("row without a submission", "Participant 510027, Ben Nofile"),
        ("file with an unknown name", "Jan de Wit_510025"),
    }


@pytest.mark.parametrize("lacks_files", [True, False])
def test_a_notebook_that_was_read_is_not_listed(tmp_path: Path, lacks_files: bool) -> None:
    member = "Ada May_77_assignsubmission_file/backprop.ipynb"
    archive = classroom.build(tmp_path / "x.zip", [member])
    with open_download(archive) as download:
        grade = Grade("Ada May_77", 40, 40, "<p>", "40 of 40.", lacks_files)
        report = write_upload(download, [grade], tmp_path / "out", UploadOptions(opening=OPENING))
    listed = ("file with an unknown name", "Ada May_77") in classroom.problems(report)
    assert listed == lacks_files


def comments_of(report: UploadReport) -> dict[str, str]:
    assert report.grades
    table = read_table(report.grades)
    assert table.header[-1] == "Feedback comments"
    return {row[0].split()[1]: row[-1] for row in table.rows}


def test_ours_goes_below_a_teachers_comment_and_replaces_an_earlier_one_of_ours(
    archive: Path, tmp_path: Path
) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out")
    comments = comments_of(report)
    assert comments["510021"] == our_comment("40 of 40.", OPENING)
    assert comments["510022"] == f"Come and see me. {our_comment('39 of 40.', OPENING)}"
    assert comments["510023"] == our_comment("38 of 40.", OPENING)


def test_ours_can_be_left_out_where_a_teacher_wrote(archive: Path, tmp_path: Path) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out", comments="leave")
    comments = comments_of(report)
    assert comments["510021"] == our_comment("40 of 40.", OPENING)
    assert comments["510022"] == "Come and see me."
    assert ("no comment written", "Participant 510022, Rozálie Šťastná") in classroom.problems(
        report
    )


def test_without_comments_none_in_moodle_is_touched(archive: Path, tmp_path: Path) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out", comments="none")
    assert report.grades
    assert len(report.written) == 5
    assert read_table(report.grades).header[-1] == "Last modified (grade)"


OURS = our_comment("30 of 40 points.\nWrong: `a < b` & c.", OPENING)


def exported(cell: str, version: str) -> str:
    """Moodle before 4.0 exports what is stored, since then without its markup."""
    if version == "3.11":
        return cell
    return html.unescape(re.sub("<[^>]*>", "", cell))


@pytest.mark.parametrize("version", ["3.11", "5.1"])
@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ("", ""),
        (OURS, ""),
        (OURS.replace("of 40", "of&nbsp;40").replace("<p>", '<p dir="ltr">', 1), ""),
        ("<p>Well begun.</p>", "Well begun."),
        (f"<p>Well begun.</p> {OURS}", "Well begun."),
        (f"{OURS}<p>Come and see me.</p>", "Come and see me."),
        (OURS.replace("30 of", "35 of"), "35 of 40"),
        (f"<p>Automatic feedback: I doubt it.</p>{OURS}", "I doubt it."),
        ("<p>See <b>6.2</b>: x &lt; y &amp; z.</p>", "x &lt; y &amp; z."),
    ],
)
def test_whatever_a_teacher_wrote_stays_and_ours_is_there_once(
    tmp_path: Path, version: str, stored: str, kept: str
) -> None:
    header = ["Identifier", "Full name", "Grade", "Maximum grade", "Last modified (grade)"]
    header.append("Feedback comments")
    row = ["Participant 510021", "Nora Abel", "", "10.00", "-", exported(stored, version)]
    book = worksheet(tmp_path / "book.csv", [row], header)
    listing = ["Nora Abel_510021_assignsubmission_file/backprop.py"]
    archive = classroom.build(tmp_path / "x.zip", listing)
    report, _ = classroom.round_trip(archive, book, tmp_path / "out")
    comment = comments_of(report)["510021"]
    ours = our_comment("40 of 40.", OPENING)
    assert comment.endswith(ours)
    teachers = comment.removesuffix(ours).strip()
    assert kept in teachers
    assert bool(kept) == bool(teachers)
    assert ("30 of 40" in teachers) is False
    # Once more, with what was just written: nothing is added or lost.
    row[-1] = exported(comment, version)
    report, _ = classroom.round_trip(
        archive, worksheet(tmp_path / "book.csv", [row], header), tmp_path / "out"
    )
    again = comments_of(report)["510021"]
    assert again.count("[autograder ") == comment.count("[autograder ")
    assert kept in again


def test_a_draft_is_named(tmp_path: Path) -> None:
    header = ["Identifier", "Full name", "Status", "Grade", "Maximum grade"]
    header.append("Last modified (grade)")
    tail = ["", "10.00", "-"]
    rows = [
        ["Participant 510021", "Nora Abel", "Draft (not submitted) - 2 hours late", *tail],
        ["Participant 510022", "Zoe Pratt", "Submitted for grading", *tail],
    ]
    book = worksheet(tmp_path / "book.csv", rows, header)
    listing = [
        "Nora Abel_510021_assignsubmission_file/backprop.py",
        "Zoe Pratt_510022_assignsubmission_file/backprop.py",
    ]
    archive = classroom.build(tmp_path / "x.zip", listing)
    report, _ = classroom.round_trip(archive, book, tmp_path / "out")
    assert len(report.written) == 2
    (remark,) = report.remarks
    assert remark.startswith("Nora Abel_510021: a draft")


def test_only_what_the_importer_reads_is_sent_back(archive: Path, tmp_path: Path) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out")
    assert report.grades
    assert read_table(report.grades).header == [
        "Identifier",
        "Full name",
        "Grade",
        "Last modified (grade)",
        "Feedback comments",
    ]


def test_pages_reach_their_participants_by_moodles_own_rule(archive: Path, tmp_path: Path) -> None:
    _, pages = classroom.round_trip(archive, BOOK, tmp_path / "out")
    owners = {name: rules.moodle_feedback_owner(name, PARTICIPANTS) for name in pages}
    assert sorted(owners.values(), key=str) == [(n, "feedback.html") for n in range(510021, 510027)]
    assert all(str(owners[name][0]).encode() in page for name, page in pages.items())  # type: ignore[index]


def test_more_points_than_the_maximum_are_not_sent(archive: Path, tmp_path: Path) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out", points="raw")
    assert report.written == []
    details = {problem.detail for problem in report.problems}
    assert "Moodle does not take more than 20 points" in details


def test_a_number_that_belongs_to_another_name_gets_nothing(tmp_path: Path) -> None:
    """A group's number may happen to be a participant's."""
    listing = ["Team Blue_510021_assignsubmission_file/backprop.py"]
    archive = classroom.build(tmp_path / "x.zip", listing)
    report, pages = classroom.round_trip(archive, BOOK, tmp_path / "out")
    assert report.written == []
    assert pages == {}
    assert ("doubtful", "Team Blue_510021") in classroom.problems(report)


def worksheet(path: Path, rows: Sequence[Sequence[str]], header: Sequence[str]) -> Path:
    return classroom.save_csv(path, [header, *rows], "utf-8-sig")


GROUP_HEADER = ["Identifier", "Full name", "Status", "Group", "Grade", "Maximum grade"]
GROUP_HEADER += ["Grade can be changed", "Last modified (submission)", "Last modified (grade)"]


@pytest.mark.parametrize("shown", ["Team & Blue", "Team &amp; Blue"])
@pytest.mark.parametrize("folder", ["Team amp; Blue", "Team  Blue"])
def test_a_group_with_an_ampersand_finds_its_members(
    tmp_path: Path, shown: str, folder: str
) -> None:
    """The zip's name went through ``format_string`` or not, and so did the worksheet's."""
    row = ["Participant 77", "Una Cole", "Submitted", shown, "", "10.00", "Yes", "-", "-"]
    book = worksheet(tmp_path / "book.csv", [row], GROUP_HEADER)
    listing = [f"{folder}_500_assignsubmission_file/backprop.py"]
    archive = classroom.build(tmp_path / "x.zip", listing)
    report, pages = classroom.round_trip(archive, book, tmp_path / "out")
    assert report.written == [("Participant 77, Una Cole", "10")]
    assert list(pages) == ["Una Cole_77_assignsubmission_file/feedback.html"]


def test_two_groups_of_one_name_in_the_zip_get_nothing(tmp_path: Path) -> None:
    tail = ["", "10.00", "Yes", "-", "-"]
    rows = [
        ["Participant 77", "Una Cole", "Submitted", "Team: Red", *tail],
        ["Participant 78", "Zoe Pratt", "Submitted", "Team Red", *tail],
    ]
    book = worksheet(tmp_path / "book.csv", rows, GROUP_HEADER)
    listing = ["Team Red_500_assignsubmission_file/backprop.py"]
    archive = classroom.build(tmp_path / "x.zip", listing)
    report, pages = classroom.round_trip(archive, book, tmp_path / "out")
    assert report.written == []
    assert pages == {}
    assert ("doubtful", "Team Red_500") in classroom.problems(report)


@pytest.fixture
def groups(tmp_path: Path) -> tuple[Path, Path]:
    """Group 77 is also Una's number; Zoe and Una are in Team_Red, Ben is in no group."""
    tail = ["", "10.00", "Yes", "-", "-"]
    book = worksheet(
        tmp_path / "book.csv",
        [
            ["Participant 77", "Una Cole", "Submitted", "Team_Blue", *tail],
            ["Participant 78", "Zoe Pratt", "Submitted", "Team: Red", *tail],
            ["Participant 79", "Ann Moss", "Submitted", "Team: Red", *tail],
            ["Participant 80", "Ben Nofile", "Submitted", "Default group", *tail],
        ],
        GROUP_HEADER,
    )
    archive = classroom.build(
        tmp_path / "x.zip",
        [
            rules.moodle_member("Team: Red", 77, "backprop.py", "folders"),
            rules.moodle_member("Team_Blue", 500, "backprop.py", "folders"),
            rules.moodle_member("Default group", None, "backprop.py", "folders"),
        ],
    )
    return archive, book


def test_each_member_of_a_group_is_credited_and_gets_the_page(
    groups: tuple[Path, Path], tmp_path: Path
) -> None:
    report, pages = classroom.round_trip(*groups, tmp_path / "out")
    assert report.grades
    text = report.grades.read_text(encoding="utf-8")
    members = {77, 78, 79, 80}
    found = rules.moodle_import(text, ENGLISH, "Participant ", members, 10)
    assert found == {78: 10, 79: 10, 77: 9.75, 80: 9.5}
    owners = {name: rules.moodle_feedback_owner(name, members) for name in pages}
    assert {owner for owner in owners.values() if owner} == {(n, "feedback.html") for n in members}
    blue = next(name for name, owner in owners.items() if owner and owner[0] == 77)
    assert b"Team Blue" in pages[blue]


def test_without_the_worksheet_the_risk_with_groups_is_told(archive: Path, tmp_path: Path) -> None:
    report, pages = classroom.round_trip(archive, None, tmp_path / "out")
    assert report.grades is None
    assert len(pages) == 6
    (remark,) = report.remarks
    assert "--gradebook" in remark
    assert "groups" in remark


def test_a_translated_worksheet_is_understood_by_its_shape(tmp_path: Path) -> None:
    header = ["ID", "Vollständiger Name", "Status", "Bewertung", "Bestwertung", "Änderbar"]
    header += [
        "Zuletzt geändert (Abgabe)",
        "Zuletzt geändert (Bewertung)",
        "Feedback als Kommentar",
    ]
    rows = [
        ["Teilnehmer/in 510021", "Nora Abel", "Abgegeben", "", "10,00", "Ja", "-", "-", "Gut."],
        ["Teilnehmer/in 510022", "Zoe Pratt", "Abgegeben", "5,00", "10,00", "Ja", "-", "-", ""],
    ]
    book = worksheet(tmp_path / "book.csv", rows, header)
    listing = ["Nora Abel_510021_assignsubmission_file/backprop.py"]
    archive = classroom.build(tmp_path / "x.zip", listing)
    report, _ = classroom.round_trip(archive, book, tmp_path / "out")
    assert report.grades
    text = report.grades.read_text(encoding="utf-8")
    titles = ("ID", "Bewertung", "Zuletzt geändert (Bewertung)")
    assert rules.moodle_import(text, titles, "Teilnehmer/in ", {510021, 510022}, 10) == {510021: 10}
    assert "Gut." in text


def languages() -> list[dict[str, str]]:
    """Moodle's words: a line for each language, from its language packs of 2026."""
    with (classroom.HERE / "moodle-words.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def translated(
    path: Path, words: dict[str, str], *, maximum: str | None = "10,00", shift: str = ""
) -> Path:
    """Write a worksheet as Moodle does in a language: a draft, a locked grade and a comment."""
    titles = ["identifier", "name", "status", "grade", "maximum", "changeable", "submission"]
    titles += ["modified", "comments"]
    titles = [title for title in titles if maximum is not None or title != "maximum"]
    top = [] if maximum is None else [maximum]
    date = "5.10.2026 20:41"

    def row(number: int, name: str, status: str, changeable: str, comment: str) -> list[str]:
        who = [f"{words['participant']} {number}", name, words[status]]
        return [*who, "", *top, words[changeable], date, "-" if number < 79 else date, comment]

    rows = [
        row(77, "Una Cole", "submitted", "yes", ""),
        row(78, "Zoe Pratt", "draft", "yes", "Gut (2026)."),
        row(79, "Ann Moss", "submitted", "no", ""),
    ]
    return worksheet(path, rows, [words[title] + shift for title in titles])


THREE = [
    f"{n}_{i}_assignsubmission_file/backprop.py"
    for n, i in (("Una Cole", 77), ("Zoe Pratt", 78), ("Ann Moss", 79))
]


@pytest.mark.parametrize("words", languages(), ids=lambda words: words["language"])
def test_grades_and_comments_arrive_in_every_language(
    tmp_path: Path, words: dict[str, str]
) -> None:
    book = translated(tmp_path / "book.csv", words)
    archive = classroom.build(tmp_path / "x.zip", THREE)
    report, _ = classroom.round_trip(archive, book, tmp_path / "out")
    assert report.grades
    text = report.grades.read_text(encoding="utf-8")
    titles = (words["identifier"], words["grade"], words["modified"])
    word = f"{words['participant']} "
    assert rules.moodle_import(text, titles, word, {77, 78, 79}, 10) == {77: 10, 78: 9.75}
    table = read_table(report.grades)
    place = table.header.index(words["comments"])
    assert [row[place] for row in table.rows] == [
        our_comment("40 of 40.", OPENING),
        f"Gut (2026). {our_comment('39 of 40.', OPENING)}",
    ]
    (remark,) = report.remarks
    assert "Zoe Pratt" in remark
    assert "draft" in remark
    details = {problem.detail for problem in report.problems}
    assert "the grade is locked in Moodle" in details


@pytest.mark.parametrize("words", languages(), ids=lambda words: words["language"])
def test_the_worksheet_tells_who_was_late(tmp_path: Path, words: dict[str, str]) -> None:
    status = words["submitted"]
    words = {**words, "draft": f"{status} - {words['late'].format('2 x 3 y')}"}
    book = translated(tmp_path / "book.csv", words)
    archive = classroom.build(tmp_path / "x.zip", THREE)
    with open_download(archive, None, book) as download:
        late = {submission.student for submission in download.submissions if submission.late}
    assert late == {"Zoe Pratt_78"}


def test_a_group_is_late_if_a_member_is_marked_so(tmp_path: Path) -> None:
    header = ["Identifier", "Full name", "Status", "Group", "Grade", "Last modified (grade)"]
    rows = [
        ["Participant 1", "Una Cole", "Submitted for grading - 1 day late", "Team A & B", "", "-"],
        ["Participant 2", "Zoe Pratt", "Submitted for grading", "Team C", "", "-"],
    ]
    book = worksheet(tmp_path / "book.csv", rows, header)
    members = [f"Team {name}_{n}_assignsubmission_file/x.py" for name, n in (("A  B", 7), ("C", 8))]
    archive = classroom.build(tmp_path / "x.zip", members)
    with open_download(archive, None, book) as download:
        assert [submission.late for submission in download.submissions] == [True, False]


def test_in_a_language_that_is_not_known_the_places_tell(tmp_path: Path) -> None:
    words = next(words for words in languages() if words["language"] == "de")
    book = translated(tmp_path / "book.csv", words, shift="x")
    archive = classroom.build(tmp_path / "x.zip", THREE)
    report, _ = classroom.round_trip(archive, book, tmp_path / "out")
    assert report.grades
    table = read_table(report.grades)
    assert [row[3] for row in table.rows] == ["10", "9.75", "9.5"]
    assert table.rows[0][-1] == our_comment("40 of 40.", OPENING)
    assert table.rows[1][-1].startswith("Gut (2026). <p>")


@pytest.mark.parametrize("maximum", [None, ""])
@pytest.mark.parametrize("points", ["raw", "scaled"])
def test_an_assignment_without_points_is_refused_with_the_way_out(
    tmp_path: Path, maximum: str | None, points: str
) -> None:
    archive = classroom.build(tmp_path / "x.zip", THREE)
    for words in languages():
        book = translated(tmp_path / "book.csv", words, maximum=maximum)
        with pytest.raises(LmsError, match="gives no points"):
            classroom.round_trip(archive, book, tmp_path / "out", points=points)


@pytest.mark.parametrize("shift", ["", "x"])
@pytest.mark.parametrize("column", [None, "grade"])
def test_a_scale_is_told_in_every_language(tmp_path: Path, shift: str, column: str | None) -> None:
    archive = classroom.build(tmp_path / "x.zip", THREE)
    for words in languages():
        book = translated(
            tmp_path / "book.csv",
            words | {"maximum": words["scale"]},
            maximum="Well done\nTry again",
            shift=shift,
        )
        with pytest.raises(LmsError, match="scale"):
            classroom.round_trip(
                archive, book, tmp_path / "out", column=column and words[column] + shift
            )


def test_blind_marking_is_matched_by_the_number_alone(tmp_path: Path) -> None:
    header = ["Identifier", "Status", "Grade", "Maximum grade", "Last modified (grade)"]
    rows = [["Participant 510021", "Submitted for grading", "", "10.00", "-"]]
    book = worksheet(tmp_path / "book.csv", rows, header)
    archive = classroom.build(
        tmp_path / "x.zip", ["Participant_510021_assignsubmission_file/backprop.py"]
    )
    report, pages = classroom.round_trip(archive, book, tmp_path / "out")
    assert report.written == [("Participant 510021, Submitted for grading", "10")]
    assert list(pages) == ["Participant_510021_assignsubmission_file/feedback.html"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_worksheets_saved_by_a_spreadsheet_are_read(tmp_path: Path, encoding: str) -> None:
    rows = [["Participant 510021", "Nörä Abel", "", "10.00", "-"]]
    header = ["Identifier", "Full name", "Grade", "Maximum Grade", "Last modified (grade)"]
    book = classroom.save_csv(tmp_path / "book.csv", [header, *rows], encoding)
    archive = classroom.build(
        tmp_path / "x.zip", ["Nörä Abel_510021_assignsubmission_file/backprop.py"]
    )
    report, _ = classroom.round_trip(archive, book, tmp_path / "out")
    assert report.grades
    assert imported(report.grades) == {510021: 10}


def test_a_scale_and_a_wrong_file_are_refused_with_the_way_out(
    archive: Path, tmp_path: Path
) -> None:
    header = ["Identifier", "Full name", "Grade", "Scale", "Last modified (grade)"]
    book = worksheet(tmp_path / "b.csv", [["Participant 1", "A", "", "Good,Bad", "-"]], header)
    with pytest.raises(LmsError, match="scale"):
        classroom.round_trip(archive, book, tmp_path / "out")
    with pytest.raises(LmsError, match="Download grading worksheet"):
        classroom.round_trip(archive, classroom.HERE / "canvas-gradebook.csv", tmp_path / "out")


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=15) | st.text(
    "ab_ 29,'-&.", min_size=1, max_size=12
)
# Moodle's importer leaves out files whose names start so, as systems put them beside others.
NAMES = NAMES.filter(lambda n: not rules.moodle_member(n, 1, "x", "flat").startswith((".", "~")))


@given(
    st.dictionaries(st.integers(1, 10**6), NAMES, min_size=1, max_size=6),
    st.sampled_from(["folders", "old folders", "flat"]),
    st.sampled_from(["backprop.py", "a_b/backprop.py", "x_1_assignsubmission_file/backprop.py"]),
)
def test_no_name_mixes_students_up(
    tmp_path_factory: pytest.TempPathFactory, students: dict[int, str], form: str, path: str
) -> None:
    folder = tmp_path_factory.mktemp("moodle")
    members = {rules.moodle_member(n, i, path, form): b"# %d\n" % i for i, n in students.items()}
    archive = folder / "x.zip"
    archive.write_bytes(classroom.zipped(members))
    rows = [[f"Participant {i}", n, "", "40.00", "-"] for i, n in students.items()]
    header = ["Identifier", "Full name", "Grade", "Maximum grade", "Last modified (grade)"]
    book = worksheet(folder / "book.csv", rows, header)
    with open_download(archive, "moodle", book) as download:
        assert {s.key for s in download.submissions} == set(map(str, students))
        for submission in download.submissions:
            assert submission.read(NOTES6).files == {
                "backprop.py": f"# {submission.key}\n".encode()
            }
        grades = classroom.grades_for(download)
        report = write_upload(
            download, grades, folder / "out", UploadOptions(opening=OPENING, gradebook=book)
        )
        expected = {int(s.key): g.score for s, g in zip(download.submissions, grades, strict=True)}
    assert report.grades
    assert report.feedback
    text = report.grades.read_text(encoding="utf-8")
    found = rules.moodle_import(text, ENGLISH, "Participant ", set(students), 40)
    assert found == expected
    pages = classroom.members(report.feedback)
    owners = [rules.moodle_feedback_owner(name, set(students)) for name in pages]
    assert sorted(map(str, owners)) == sorted(str((i, "feedback.html")) for i in students)
