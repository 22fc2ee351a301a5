"""Whose download it is, is told by its names, and said; what cannot be told is shown."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from autograder.intake.lms import NAMES, LmsError, UploadOptions, write_upload
from autograder.intake.submission import UnreadableSubmission
from tests.lms import classroom
from tests.the_assignment import NOTES6, open_download

CLASS = {
    "ann/backprop.py": b"ann\n",
    "bob.zip": classroom.zipped({"backprop.py": b"bob\n"}),
    "eve_backprop.py": b"eve\n",
    "notes.csv": b"",
}


@pytest.mark.parametrize("lms", ["canvas", "moodle", "brightspace", "blackboard"])
def test_the_lms_is_recognised_from_zip_folder_and_repacked_zip(tmp_path: Path, lms: str) -> None:
    names = classroom.listing(lms)
    archive = classroom.build(tmp_path / "x.zip", names)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path / "unpacked")
    junk = ["__MACOSX/x/._a", "x/.DS_Store"]
    repacked = classroom.build(tmp_path / "y.zip", [*(f"x/{name}" for name in names), *junk])
    students = []
    for path in (archive, tmp_path / "unpacked", repacked):
        with open_download(path) as download:
            assert download.lms == lms
            assert "names are like" in download.why
            students.append({s.student: set(s.read(NOTES6).files) for s in download.submissions})
    assert students[0] == students[1] == students[2]


def test_plain_folders_are_the_last_resort(tmp_path: Path) -> None:
    (tmp_path / "class.zip").write_bytes(classroom.zipped(CLASS))
    (tmp_path / "wrapped.zip").write_bytes(
        classroom.zipped({f"class/{name}": data for name, data in CLASS.items()})
    )
    for name in ("class.zip", "wrapped.zip"):
        with open_download(tmp_path / name) as download:
            assert download.lms == "folders"
            files = {s.student: s.read(NOTES6).files["backprop.py"] for s in download.submissions}
        assert files == {"ann": b"ann\n", "bob": b"bob\n", "eve": b"eve\n"}


def test_a_folder_on_disk_keeps_students_who_handed_in_nothing(tmp_path: Path) -> None:
    (tmp_path / "ann").mkdir()
    (tmp_path / "bob.zip").write_bytes(b"broken")
    with open_download(tmp_path) as download:
        ann, bob = download.submissions
        assert (ann.student, bob.student) == ("ann", "bob")
        assert ann.read(NOTES6).files == {}
        with pytest.raises(UnreadableSubmission):
            bob.read(NOTES6)


def test_a_zip_of_one_students_files_is_that_student(tmp_path: Path) -> None:
    files = {"backprop.py": b"x\n", "sub/practice_6_1.py": b"y\n"}
    (tmp_path / "ann.zip").write_bytes(classroom.zipped(files))
    with open_download(tmp_path / "ann.zip") as download:
        (ann,) = download.submissions
        assert ann.student == "ann"
        assert set(ann.read(NOTES6).files) == {"backprop.py", "practice_6_1.py"}


def test_what_cannot_be_told_is_shown(tmp_path: Path) -> None:
    archive = classroom.build(tmp_path / "x.zip", ["readme.txt", "data.csv"])
    with pytest.raises(LmsError, match=r"cannot be told.*'readme\.txt'(.|\n)*--lms"):
        open_download(archive)
    with pytest.raises(LmsError, match="holds no files"):
        open_download(classroom.build(tmp_path / "y.zip", []))


def test_the_instructor_overrules(tmp_path: Path) -> None:
    archive = classroom.build(tmp_path / "x.zip", classroom.listing("canvas"))
    with pytest.raises(LmsError, match=r"Nothing in .* is like 'Full name_410021"):
        open_download(archive, "moodle")
    with open_download(archive, "folders") as download:
        assert download.lms == "folders"
    with pytest.raises(LmsError, match=", ".join(NAMES)):
        open_download(archive, "sakai")


def test_students_names_do_not_change_whose_download_it_is(tmp_path: Path) -> None:
    names = [f"ann_{n}_{n + 100}_x_assignsubmission_file_backprop.py" for n in range(3)]
    with open_download(classroom.build(tmp_path / "x.zip", names)) as download:
        assert download.lms == "canvas"
    inner = [
        "Ann_1_assignsubmission_file/a_1_2_backprop.py",
        "Bo_2_assignsubmission_file/b_3_4_x.py",
    ]
    with open_download(classroom.build(tmp_path / "y.zip", inner)) as download:
        assert download.lms == "moodle"


def test_a_file_that_is_no_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no zip")
    with pytest.raises(LmsError, match="is not a zip"):
        open_download(tmp_path / "x.zip")


def test_nobodys_files_are_listed(tmp_path: Path) -> None:
    names = [*classroom.listing("canvas"), "what is this.txt"]
    archive = classroom.build(tmp_path / "x.zip", names)
    report, _ = classroom.round_trip(archive, None, tmp_path / "out")
    assert [p.detail for p in report.problems if p.kind == "file of nobody"] == ["what is this.txt"]


def test_the_same_grades_give_the_same_bytes(tmp_path: Path) -> None:
    archive = classroom.build(tmp_path / "x.zip", classroom.listing("moodle"))
    book = classroom.HERE / "moodle-worksheet.csv"
    for out in ("one", "two"):
        classroom.round_trip(archive, book, tmp_path / out)
    one, two = (
        {p.relative_to(tmp_path / o): p.read_bytes() for p in (tmp_path / o).rglob("*.*")}
        for o in ("one", "two")
    )
    assert one == two
    assert len(one) == 4


def test_an_earlier_runs_files_do_not_stay_beside_this_ones(tmp_path: Path) -> None:
    out = tmp_path / "out"
    canvas = classroom.build(tmp_path / "c.zip", classroom.listing("canvas"))
    classroom.round_trip(canvas, classroom.HERE / "canvas-gradebook.csv", out)
    moodle = classroom.build(tmp_path / "m.zip", classroom.listing("moodle"))
    classroom.round_trip(moodle, None, out)
    assert {path.name for path in (out / "upload").iterdir()} == {
        "README.txt",
        "moodle-feedback.zip",
    }


@pytest.mark.parametrize("lms", ["canvas", "moodle", "brightspace", "blackboard"])
def test_the_readme_says_in_five_lines_where_to_click(tmp_path: Path, lms: str) -> None:
    archive = classroom.build(tmp_path / "x.zip", classroom.listing(lms))
    classroom.round_trip(archive, None, tmp_path / "out")
    lines = (tmp_path / "out/upload/README.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 5
    assert any(f"{lms}-grades.csv" in line for line in lines)


def test_an_ungraded_submission_is_listed_and_gets_no_line(tmp_path: Path) -> None:
    archive = classroom.build(tmp_path / "x.zip", classroom.listing("moodle"))
    book = classroom.HERE / "moodle-worksheet.csv"
    with open_download(archive) as download:
        first, *grades = classroom.grades_for(download)
        report = write_upload(download, grades, tmp_path / "out", UploadOptions(gradebook=book))
    assert ("not graded", first.student) in classroom.problems(report)
    assert all("510021" not in student for student, _ in report.written)
