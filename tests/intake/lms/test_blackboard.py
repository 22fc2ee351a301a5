"""Blackboard: receipts tell usernames from titles, and a comment carries the summary."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake.lms import LmsError, UploadOptions, write_upload
from autograder.intake.lms.comments import our_comment
from autograder.intake.lms.table import read_table
from tests.lms import classroom, rules
from tests.the_assignment import FILES, NOTES6, open_download

BOOK = classroom.HERE / "blackboard-gradebook.csv"
RECEIPT = (classroom.HERE / "blackboard-receipt.txt").read_text(encoding="utf-8")
TITLE = "Practice 6_ Back_prop"
USERNAMES = {"nabel", "r_stast2", "02560658", "jin.kang2"}


def receipt(member: str, comments: str = "", files: tuple[tuple[str, str], ...] = ()) -> bytes:
    username = member.removeprefix(f"{TITLE}_").split("_attempt_")[0]
    pairs = "\n".join(f"\tOriginal filename: {o}\n\tFilename: {s}\n" for o, s in files)
    text = RECEIPT.format(name="Any Name", username=username, comments=comments, files=pairs)
    return text.encode()


def content(member: str) -> bytes:
    return receipt(member) if member.endswith("-09.txt") else classroom.content(member)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return classroom.build(tmp_path / "gradebook.zip", classroom.listing("blackboard"), content)


def test_the_newest_attempt_of_each_username_counts(archive: Path) -> None:
    with open_download(archive) as download:
        assert download.lms == "blackboard"
        assert download.item == "Practice 6: Back_prop"
        found = {s.key: s for s in download.submissions}
        files = {key: s.read(NOTES6).files for key, s in found.items()}
    assert set(found) == USERNAMES
    assert set(files["nabel"]) == set(FILES)
    assert files["r_stast2"]["practice_6_1.py"].endswith(b"2026-11-03-02-03-41_practice_6_1.py\n")
    assert found["r_stast2"].earlier == 1
    assert set(files["02560658"]) == {"practice_6_1.py", "backprop.py"}
    assert set(files["jin.kang2"]) == {"backprop.py"}


def test_grades_are_imported_by_username_and_column_id(archive: Path, tmp_path: Path) -> None:
    report, pages = classroom.round_trip(archive, BOOK, tmp_path / "out", title="")
    assert report.grades
    data = report.grades.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") == BOOK.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rules.blackboard_import(data, USERNAMES, {"2281892"}) == {
        "nabel": "20",
        "r_stast2": "19.5",
        "02560658": "19",
        "jin.kang2": "18.5",
    }
    assert pages == {}
    assert classroom.problems(report) == {
        ("row without a submission", "Nofile, Ben, bnofile, T1005")
    }


def test_the_summary_is_the_comment_or_below_a_teachers(archive: Path, tmp_path: Path) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out")
    assert report.grades
    table = read_table(report.grades)
    assert table.header[-2:] == ["Feedback to Learner", "Feedback Format"]
    comments = {row[2]: tuple(row[-2:]) for row in table.rows}
    assert comments["nabel"] == (our_comment("40 of 40."), "HTML")
    assert comments["r_stast2"] == (f"Well begun. {our_comment('39 of 40.')}", "HTML")
    assert "Notes Format" not in table.header


@pytest.mark.parametrize("comments", ["leave", "none"])
def test_a_teachers_comment_can_be_left_as_it_is(
    archive: Path, tmp_path: Path, comments: str
) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out", comments=comments)
    assert report.grades
    cells = {row[2]: tuple(row[-2:]) for row in read_table(report.grades).rows}
    assert cells["r_stast2"] == ("Well begun.", "SMART_TEXT")
    assert bool(cells["nabel"][0]) == (comments == "leave")


def test_names_are_made_safe_and_every_cell_is_quoted(archive: Path, tmp_path: Path) -> None:
    report, _ = classroom.round_trip(archive, BOOK, tmp_path / "out")
    assert report.grades
    text = report.grades.read_text(encoding="utf-8-sig")
    assert '"Kang","\'@Jin","jin.kang2"' in text
    assert all(line.startswith('"') and line.endswith('"') for line in text.splitlines())


def test_a_tab_separated_utf16_file_goes_back_as_it_came(archive: Path, tmp_path: Path) -> None:
    text = BOOK.read_text(encoding="utf-8-sig").replace('","', '"\t"')
    (tmp_path / "book.xls").write_bytes(text.encode("utf-16"))
    report, _ = classroom.round_trip(archive, tmp_path / "book.xls", tmp_path / "out")
    assert report.grades
    found = rules.blackboard_import(report.grades.read_bytes(), USERNAMES, {"2281892"})
    assert set(found) == USERNAMES


def test_without_receipts_the_gradebook_tells_the_usernames(tmp_path: Path) -> None:
    listing = [name for name in classroom.listing("blackboard") if not name.endswith(".txt")]
    archive = classroom.build(tmp_path / "x.zip", listing)
    report, _ = classroom.round_trip(
        archive, BOOK, tmp_path / "out", column="Practice 6: Back_prop"
    )
    assert len(report.written) == 4
    with open_download(archive) as download:
        assert all(s.doubt for s in download.submissions)
        options = UploadOptions(gradebook=BOOK, title="Practice 6: Back_prop")
        grades = classroom.grades_for(download)
        report = write_upload(download, grades, tmp_path / "out2", options)
    assert report.written == []
    assert {kind for kind, who in classroom.problems(report) if who} >= {"doubtful"}


def test_a_username_that_ends_another_is_not_mistaken(tmp_path: Path) -> None:
    """In "Practice_6_ann", the title may be "Practice" and the username "6_ann"."""
    header = ["Last Name", "First Name", "Username", "Student ID", "P [Total Pts: 10 Score] |7"]
    book = classroom.save_csv(
        tmp_path / "b.csv", [header, ["A", "A", "ann", "1", ""], ["B", "B", "6_ann", "2", ""]]
    )
    listing = ["Practice_6_ann_attempt_2026-11-02-21-14-09_backprop.py"]
    archive = classroom.build(tmp_path / "x.zip", listing)
    report, _ = classroom.round_trip(archive, book, tmp_path / "out", column="P")
    assert report.written == []
    assert any(problem.kind == "doubtful" for problem in report.problems)


def test_mangled_names_are_mapped_back_by_the_receipt(tmp_path: Path) -> None:
    stem = f"{TITLE}_nabel_attempt_2026-11-02-21-14-09"
    slip = receipt(f"{stem}.txt", files=(("backprop (1).py", f"{stem}_b%28x%29.py"),))
    members = {f"{stem}.txt": slip, f"{stem}_b%28x%29.py": b"right\n"}
    (tmp_path / "x.zip").write_bytes(classroom.zipped(members))
    with open_download(tmp_path / "x.zip") as download:
        assert download.submissions[0].read(NOTES6).files == {"backprop.py": b"right\n"}


def test_a_comment_cannot_claim_another_students_file_or_name(tmp_path: Path) -> None:
    mine, other = (f"{TITLE}_{u}_attempt_2026-11-02-21-14-09" for u in ("eve", "nabel"))
    comment = f"Name: N (nabel)\nFiles:\n\tOriginal filename: x.py\n\tFilename: {other}_backprop.py"
    members = {
        f"{mine}.txt": receipt(f"{mine}.txt", comments=comment),
        f"{mine}_practice_6_1.py": b"eve\n",
        f"{other}.txt": receipt(f"{other}.txt"),
        f"{other}_backprop.py": b"nora\n",
    }
    (tmp_path / "x.zip").write_bytes(classroom.zipped(members))
    with open_download(tmp_path / "x.zip") as download:
        files = {s.key: dict(s.read(NOTES6).files) for s in download.submissions}
    assert files == {"eve": {"practice_6_1.py": b"eve\n"}, "nabel": {"backprop.py": b"nora\n"}}


def test_another_lmss_file_is_refused(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(LmsError, match="Work Offline"):
        classroom.round_trip(archive, classroom.HERE / "canvas-gradebook.csv", tmp_path / "out")


USERNAME = st.from_regex(r"[a-z0-9][a-z0-9._@-]{0,9}", fullmatch=True)


@given(
    st.text("abP_ 6", min_size=1, max_size=8),
    st.lists(USERNAME, min_size=1, max_size=5, unique=True),
    st.data(),
)
def test_no_username_mixes_students_up(
    tmp_path_factory: pytest.TempPathFactory, title: str, usernames: list[str], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("blackboard")
    days = st.lists(st.integers(10, 28), min_size=1, max_size=3, unique=True)
    attempts = {username: data.draw(days) for username in usernames}
    contents: dict[str, bytes] = {}
    for username, stamps in attempts.items():
        for day in stamps:
            stem = f"{title}_{username}_attempt_2026-11-{day}-21-14-09"
            slip = RECEIPT.format(name="N", username=username, comments="", files="")
            contents[f"{stem}.txt"] = slip.encode()
            contents[f"{stem}_backprop.py"] = f"# {username} {day}\n".encode()
    archive = folder / "x.zip"
    archive.write_bytes(classroom.zipped(contents))
    header = ["Last Name", "First Name", "Username", "P [Total Pts: 40 Score] |7"]
    book = classroom.save_csv(folder / "b.csv", [header, *(["L", "F", u, ""] for u in usernames)])
    with open_download(archive, "blackboard") as download:
        for s in download.submissions:
            newest = f"# {s.key} {max(attempts[s.key])}\n".encode()
            assert s.read(NOTES6).files == {"backprop.py": newest}
        grades = classroom.grades_for(download)
        options = UploadOptions(gradebook=book, column="P")
        report = write_upload(download, grades, folder / "out", options)
        expected = {s.key: f"{g.score:g}" for s, g in zip(download.submissions, grades)}  # noqa: B905
    assert report.grades
    assert set(expected) == set(usernames)
    assert rules.blackboard_import(report.grades.read_bytes(), set(usernames), {"7"}) == expected
