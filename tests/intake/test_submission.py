"""What students hand in, under whatever names and in whatever wrapping, is read safely."""

from __future__ import annotations

import gzip
import io
import json
import os
import stat
import struct
import tarfile
import time
import unicodedata
import zipfile
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.assignment.general import own_words
from autograder.intake.file_names import display, module_file, safe_name, tell_apart
from autograder.intake.found_files import FoundFile, NotReadable, files_in_zip
from autograder.intake.lms import LmsError
from autograder.intake.notes import READ_LIMIT, SOURCE_LIMIT
from autograder.intake.submission import Submission, UnreadableSubmission
from autograder.source.phrases import said
from tests.the_assignment import (
    FILES,
    NOTES6,
    SAY,
    claim,
    find_class,
    find_submissions,
    notes_of,
    open_download,
    read_files,
    read_submission,
)

SIX_2, SIX_3 = "practice_6_2.py", "practice_6_3.py"
SOURCE = b"answer = 1\n"


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def read(files: dict[str, bytes]) -> Submission:
    return read_files("ann", [FoundFile(name, lambda _, d=data: d) for name, data in files.items()])


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("practice_6_1.py", "practice_6_1.py"),
        ("practice_6_1 (1).py", "practice_6_1.py"),
        ("practice_6_1(12).py", "practice_6_1.py"),
        ("practice_6_1-1.py", "practice_6_1.py"),
        ("practice_6_1-7.py", "practice_6_1.py"),
        ("practice_6_1-5f2b7c1e-9a34-4c0e-8d1b-2a6f0e9c4d77.py", "practice_6_1.py"),
        ("Practice_6_2.PY", "practice_6_2.py"),
        ("practice-6-3.py", "practice_6_3.py"),
        ("Practice 6.3.py", "practice_6_3.py"),
        ("practice63.py", "practice_6_3.py"),
        ("backprop.py.txt", "backprop.py"),
        ("backprop.txt", "backprop.py"),
        ("backprop", "backprop.py"),
        ("Kopie von backprop.py", "backprop.py"),
        ("Copy of backprop (2).py", "backprop.py"),
        ("backprop - Copy.py", "backprop.py"),
        ("backprop copy 2.py", "backprop.py"),
        ("smith_practice_6_1.py", "practice_6_1.py"),
        ("2024_final_backprop.py", "backprop.py"),
        ("my practice 6_1 (final).py", "practice_6_1.py"),
        ("backprop_attempt_2.py", "backprop.py"),
        ("BACK-PROP.py", "backprop.py"),
    ],
)
def test_a_changed_name_is_still_recognised_and_the_student_is_told(name: str, file: str) -> None:
    submission = read({name: SOURCE})
    assert submission.files[file] == SOURCE
    assert (file in notes_of(submission)) == (name != file)
    if name != file:
        assert name in notes_of(submission)[file]
        assert file in notes_of(submission)[file]


@pytest.mark.parametrize(
    "name",
    [
        "test_practice_6_1.py",
        "backprop_utils.py",
        "practice_6_11.py",
        "practice_6.py",
        "notes on backprop.txt",
        "practice_6_1_and_practice_6_2.py",
        "xbackpropx.py",
    ],
)
def test_a_name_of_something_else_is_not_taken_for_an_exercise(name: str) -> None:
    assert claim(name) is None


def test_each_missing_file_is_named_with_what_was_found() -> None:
    submission = read({"practice_6_1.py": SOURCE, "homework.py": b"x = 1\n"})
    assert set(submission.files) == {"practice_6_1.py", "homework.py"}
    for file in set(FILES) - {"practice_6_1.py"}:
        assert "not submitted" in notes_of(submission)[file]
        assert file in notes_of(submission)[file]
        assert "'homework.py'" in notes_of(submission)[file]


def test_files_are_found_in_subfolders_and_zips_within_zips() -> None:
    inner = zipped({"src/backprop.py": b"b"})
    submission = read(
        {
            "work/practice_6_1.py": b"1",
            "all.zip": zipped({"practice_6_2.py": b"2", "more.zip": inner}),
        }
    )
    assert submission.files["practice_6_1.py"] == b"1"
    assert submission.files["practice_6_2.py"] == b"2"
    assert submission.files["backprop.py"] == b"b"


def test_the_exact_name_wins_and_the_other_is_named() -> None:
    submission = read({"backprop.py": b"right", "old/backprop (1).py": b"other"})
    assert submission.files["backprop.py"] == b"right"
    assert "'old/backprop (1).py'" in notes_of(submission)["backprop.py"]


def test_the_file_nearest_to_the_top_wins() -> None:
    assert read({"a/backprop.py": b"deep", "backprop.py": b"top"}).files["backprop.py"] == b"top"


def test_an_empty_file_does_not_hide_a_filled_one() -> None:
    submission = read({"backprop.py": b"\n", "backprop (1).py": SOURCE})
    assert submission.files["backprop.py"] == SOURCE


def test_the_later_copy_wins() -> None:
    submission = read({"backprop-1.py": b"first", "backprop-2.py": b"second"})
    assert submission.files["backprop.py"] == b"second"


def test_the_newer_file_wins() -> None:
    files = [
        FoundFile("a/backprop.py", lambda _: b"old", modified=1000.0),
        FoundFile("b/backprop.py", lambda _: b"new", modified=2000.0),
    ]
    assert read_files("ann", files).files["backprop.py"] == b"new"


def test_equal_copies_are_no_contradiction() -> None:
    submission = read({"a/backprop.py": SOURCE, "b/backprop.py": SOURCE})
    assert submission.files["backprop.py"] == SOURCE
    assert "backprop.py" not in notes_of(submission)


def test_what_nothing_settles_is_not_guessed() -> None:
    submission = read({"a/backprop.py": b"one", "b/backprop.py": b"two"})
    assert "backprop.py" not in submission.files
    assert "'a/backprop.py'" in notes_of(submission)["backprop.py"]
    assert "'b/backprop.py'" in notes_of(submission)["backprop.py"]


def test_helpers_are_kept_but_none_that_hides_a_module() -> None:
    submission = read(
        {
            "backprop.py": SOURCE,
            "my_tools (1).py": b"t",
            "backprop_utils.py": b"u",
            "numpy.py": b"evil",
            "random.py": b"evil",
            "sub/os.py": b"evil",
            "class.py": b"no module's name",
            "data.csv": b"1",
        }
    )
    assert set(submission.files) == {"backprop.py", "my_tools.py", "backprop_utils.py"}
    for name in ("numpy.py", "random.py", "sub/os.py"):
        assert f"'{name}'" in notes_of(submission)[""]


def test_an_unknown_name_is_recognised_by_what_it_defines() -> None:
    source = (
        b"def propagate_error(e, j):\n    return e @ j\n\ndef practice_6_2():\n    return [1]\n"
    )
    submission = read({"homework.py": source})
    assert submission.files["practice_6_2.py"] == source
    assert "'homework.py'" in notes_of(submission)["practice_6_2.py"]


def test_the_handouts_own_tests_are_not_taken_for_answers() -> None:
    submission = read({"tests/practice_6_1.py": b"OK_FORMAT = False\n", "practice_6_2.py": b"2"})
    assert "practice_6_1.py" not in submission.files


@pytest.mark.parametrize(
    "name", ["__MACOSX/._backprop.py", "._backprop.py", ".git/backprop.py", "venv/lib/backprop.py"]
)
def test_what_the_system_left_is_ignored(name: str) -> None:
    submission = read({name: b"junk", "backprop.py": SOURCE})
    assert submission.files == {"backprop.py": SOURCE}
    assert "backprop.py" not in notes_of(submission)


def test_notebooks_and_documents_are_answered_with_the_way_out() -> None:
    submission = read({"practice_6_1.ipynb": b"{}", "backprop.docx": b"PK"})
    assert "Executable Script" in notes_of(submission)["practice_6_1.py"]
    assert "plain text" in notes_of(submission)["backprop.py"]


def notebook(*cells: str) -> bytes:
    made = [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in cells]
    text = {"cell_type": "markdown", "source": ["def threshold(x): no code"]}
    return json.dumps({"cells": [text, *made], "nbformat": 4, "metadata": {}}).encode()


def test_a_notebook_under_a_files_name_is_read_as_it() -> None:
    cells = notebook("%matplotlib inline\nimport numpy as np", "def softmax(x):\n    return x\n?np")
    submission = read({"practice_6_1.ipynb": cells})
    source = submission.files["practice_6_1.py"].decode()
    assert "# %matplotlib inline" in source
    assert "# ?np" in source
    assert "no code" not in source
    compile(source, "practice_6_1.py", "exec")
    assert "its code cells in their order" in notes_of(submission)["practice_6_1.py"]


def test_a_notebook_is_read_for_each_missing_file_whose_functions_it_holds() -> None:
    cells = notebook(
        "def propagate_error(error, jacobian): return 1\ndef practice_6_2(): return 2",
        "def propagate_chain(error, jacobians): return 3\ndef practice_6_3(): return 4",
    )
    own = b"def propagate_chain(e, js):\n    return js\n\ndef practice_6_3():\n    return 5\n"
    submission = read({"homework.ipynb": cells, "practice_6_3.py": own})
    assert set(submission.files) == {"practice_6_2.py", "practice_6_3.py"}
    assert submission.files["practice_6_3.py"] == own
    assert set(read({"a.ipynb": cells, "b.ipynb": cells}).files) == {SIX_2, SIX_3}
    other = notebook("def propagate_error(error, jacobian): return 5")
    another = notebook("def propagate_error(error, jacobian): return 6")
    both = read({"a.ipynb": another, "b.ipynb": other})
    assert SIX_2 not in both.files
    assert "nothing tells which one counts" in notes_of(both)[SIX_2]


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_tar_is_opened_like_a_zip(mode: Literal["w", "w:gz"]) -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:
        link = tarfile.TarInfo("practice_6_1.py")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        for name, content in (
            ("hand-in/backprop.py", SOURCE),
            ("../practice_6_2.py", SOURCE),
            ("practice_6_3.py", b"#" * 3_000_000),
        ):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    submission = read({"hand-in.tar.gz" if mode == "w:gz" else "hand-in.tar": data.getvalue()})
    assert submission.files == {"backprop.py": SOURCE}
    assert "is a link" in notes_of(submission)["practice_6_1.py"]
    assert "leads out of the tar" in notes_of(submission)["practice_6_2.py"]
    assert "larger than 1 MB" in notes_of(submission)["practice_6_3.py"]


def test_a_tar_that_unpacks_to_too_much_is_refused() -> None:
    bomb = gzip.compress(bytes(60_000_000))
    submission = read({"a.tgz": bomb, "b.tar": b"no tar at all" * 99, "backprop.py": SOURCE})
    assert set(submission.files) == {"backprop.py"}
    assert "unpacks to more than 40 MB" in notes_of(submission)[""]
    assert "no tar that can be opened" in notes_of(submission)[""]


def test_outsized_source_is_refused_by_its_size(tmp_path: Path) -> None:
    write(tmp_path, {"backprop.py": b"#" * (10 * SOURCE_LIMIT), "practice_6_1.py": SOURCE})
    submission = read_submission(tmp_path)
    assert set(submission.files) == {"practice_6_1.py"}
    assert "larger than 1 MB" in notes_of(submission)["backprop.py"]


def test_links_pipes_and_folders_are_never_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "ann", {"practice_6_3.py": SOURCE, "backprop.py/readme": b"x"})
    secret = tmp_path / "secret.py"
    secret.write_bytes(b"KEY = 1\n")
    (folder / "practice_6_1.py").symlink_to(secret)
    (folder / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "practice_6_2.py")
    submission = read_submission(folder)
    assert submission.files == {"practice_6_3.py": SOURCE}
    assert "symbolic link, not a regular file" in notes_of(submission)["practice_6_1.py"]
    assert "not a regular file" in notes_of(submission)["practice_6_2.py"]
    assert "is a folder" in notes_of(submission)["backprop.py"]
    assert "" not in notes_of(submission)


@pytest.mark.parametrize("closed", ["backprop.py", "helper.py", "part", "all.zip", "."])
def test_what_may_not_be_opened_is_no_fault_of_the_students(tmp_path: Path, closed: str) -> None:
    files = {"practice_6_1.py": SOURCE, "backprop.py": SOURCE, "helper.py": b"x = 1"}
    folder = write(tmp_path / "ann", {**files, "part/practice_6_2.py": SOURCE, "all.zip": b"PK"})
    (folder / closed).chmod(0)
    if os.access(folder / closed, os.R_OK):
        pytest.skip("root may read everything")
    try:
        with pytest.raises(UnreadableSubmission) as refused:
            read_submission(folder)
    finally:
        (folder / closed).chmod(0o700)
    told = own_words().fill(*refused.value.said)
    assert f"'{folder / closed}' may not be read by the user who grades." in told
    assert "chmod" in told


def test_a_zip_may_not_lead_outside(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("practice_6_2.py")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    target = tmp_path / "ann.zip"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("../practice_6_1.py", b"x")
        archive.writestr("/etc/backprop.py", b"x")
        archive.writestr(link, "/etc/passwd")
        archive.writestr("practice_6_3.py", SOURCE)
    submission = read_submission(target)
    assert submission.files == {"practice_6_3.py": SOURCE}
    assert "leads out of the zip" in notes_of(submission)["practice_6_1.py"]
    assert "leads out of the zip" in notes_of(submission)["backprop.py"]
    assert "symbolic link" in notes_of(submission)["practice_6_2.py"]
    assert not (tmp_path / "practice_6_1.py").exists()


def test_a_zip_that_explodes_costs_only_itself() -> None:
    bomb = zipped({"practice_6_1.py": b"\0" * 300_000_000})
    submission = read({"bomb.zip": bomb, "backprop.py": SOURCE})
    assert submission.files == {"backprop.py": SOURCE}
    assert "unpacks to more than" in notes_of(submission)["practice_6_1.py"]


def test_zips_in_zips_end_somewhere() -> None:
    nested = zipped({"backprop.py": SOURCE})
    for _ in range(5):
        nested = zipped({"a.zip": nested})
    submission = read({"practice_6_1.py": SOURCE, "deep.zip": nested})
    assert "too deep" in notes_of(submission)[""]


def test_a_zip_of_countless_files_is_refused() -> None:
    countless = zipped({f"{number:06}/{'x' * 60}.py": b"" for number in range(50_000)})
    submission = read({"practice_6_1.py": SOURCE, "many.zip": countless})
    assert "far too many files" in notes_of(submission)[""]


@pytest.mark.parametrize("name", ["practice_6_1.py", "helper.py"])
def test_many_files_that_explode_are_not_all_read(name: str) -> None:
    loaded = []

    def load(limit: int) -> bytes:
        loaded.append(SOURCE_LIMIT)
        return b"#" * SOURCE_LIMIT

    submission = read_files("ann", [FoundFile(f"{k}/{name}", load) for k in range(500)])
    assert sum(loaded) <= READ_LIMIT
    assert name in submission.files
    assert "comes after 20 MB of other files" in str(notes_of(submission))


def test_what_cannot_be_read_uses_up_what_may_be_read() -> None:
    tried = []

    def load(limit: int) -> bytes:
        tried.append(limit)
        raise NotReadable(said("refused.damaged", error=""))

    read_files("ann", [FoundFile(f"{k}/practice_6_1.py", load) for k in range(500)])
    assert sum(tried) <= READ_LIMIT


@pytest.mark.parametrize("run", ["_", " copy", "- ", "(1)"])
def test_a_name_longer_than_any_files_takes_no_longer_to_read(run: str) -> None:
    def seconds(name: str) -> float:
        started = time.process_time()
        claim(name)
        module_file(name)
        return time.process_time() - started

    plain = max(seconds("x" * 65_000 + ".py"), 1e-3)
    assert seconds("backprop" + run * (65_000 // len(run)) + "x.py") < 100 * plain
    assert seconds("backprop" + run * (65_000 // len(run)) + ".py") < 100 * plain


def test_a_zip_with_other_names_encodings_is_understood(tmp_path: Path) -> None:
    name = "Übung/backprop.py"
    raw = zipped({"XXbung/backprop.py": SOURCE}).replace(b"XXbung", "Übung".encode())
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:  # UTF-8 names without the mark, as macOS does
        assert [file.path for file in files_in_zip(archive)] == [name]


@pytest.mark.parametrize("data", [b"", b"no zip at all", zipped({"backprop.py": SOURCE})[:-30]])
def test_a_broken_zip_is_unreadable_and_says_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "ann.zip").write_bytes(data)
    with pytest.raises(UnreadableSubmission, match=r"ann\.zip.*no_zip"):
        read_submission(tmp_path / "ann.zip")
    with pytest.raises(UnreadableSubmission, match=r"found\.archive.*hand-in\.zip"):
        read({"hand-in.zip": data})


def test_other_archives_are_unreadable_unless_the_files_are_there_too() -> None:
    with pytest.raises(UnreadableSubmission, match=r"work\.tar\.gz"):
        read({"work.tar.gz": b"\x1f\x8b"})
    assert read({"work.rar": b"Rar!", "backprop.py": SOURCE}).files == {"backprop.py": SOURCE}


def test_a_member_without_a_name_leaves_the_others() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        nameless = zipfile.ZipInfo("x")
        nameless.filename = ""
        archive.writestr(nameless, b"")
        archive.writestr("backprop.py", SOURCE)
    assert read({"a.zip": buffer.getvalue()}).files["backprop.py"] == SOURCE


def test_what_python_quotes_of_a_damaged_zip_is_cut() -> None:
    """The name before a member's bytes may be of any length, whatever the table says."""
    data = zipped({"practice_6_1.py": SOURCE})
    longer = data[:26] + struct.pack("<H", 5000) + data[28:30] + b"\xff" * 5000 + data[30:]
    end = longer.rindex(b"PK\5\6") + 16
    (table,) = struct.unpack("<I", longer[end : end + 4])
    longer = longer[:end] + struct.pack("<I", table + 5000) + longer[end + 4 :]
    note = notes_of(read({"a.zip": longer, "backprop.py": SOURCE}))["practice_6_1.py"]
    assert "is damaged in the zip" in note
    assert len(note) < 500


def test_damage_in_one_member_leaves_the_others() -> None:
    raw = bytearray(zipped({"backprop.py": os.urandom(500), "practice_6_1.py": SOURCE}))
    raw[60:80] = bytes(20)
    submission = read({"all.zip": bytes(raw)})
    assert submission.files == {"practice_6_1.py": SOURCE}
    assert "damaged" in notes_of(submission)["backprop.py"]


def test_hostile_names_are_shown_harmlessly(tmp_path: Path) -> None:
    name = "practice_6_1\u202egnp\x1b[31m (1).py"
    undecodable = os.fsdecode(b"caf\xe9_backprop.py")
    submission = read({name: SOURCE, undecodable: SOURCE})
    for text in notes_of(submission).values():
        assert text.isprintable()
        text.encode("utf-8")


def test_notes_are_short() -> None:
    submission = read({f"{number}{'long' * 100}.py": b"" for number in range(2000)})
    assert all(len(text.split()) <= 120 for file, text in notes_of(submission).items() if file)


# A class


def test_many_notes_are_cut_to_what_a_student_reads() -> None:
    broken = {f"{k}/practice_6_1.ipynb": b"" for k in range(1000)}
    submission = read({**broken, "backprop (1).py": SOURCE, "backprop.py": b"x = 1"})
    assert (
        "'0/practice_6_1.ipynb' cannot be read as a notebook"
        in notes_of(submission)["practice_6_1.py"]
    )
    assert "more like this: 995" in notes_of(submission)["practice_6_1.py"]
    assert len(notes_of(submission)["practice_6_1.py"]) < 1500
    with pytest.raises(UnreadableSubmission) as caught:
        read({f"{k}.zip": b"" for k in range(1000)})
    assert len(SAY.fill(*caught.value.said)) < 1500


def test_a_class_of_folders_zips_and_single_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "ann/backprop.py": b"ann",
            "bob.zip": zipped({"backprop.py": b"bob"}),
            "eve_backprop.py": b"eve",
            "eve_practice_6_1.py": b"eve",
            "README.txt": b"",
            "grades.csv": b"",
            ".DS_Store": b"",
            "__MACOSX/x": b"",
            "OUT/run.json": b"{}",
            "OUT/feedback/ann.txt": b"",
        },
    )
    found = {source.student: source.read(NOTES6) for source in find_submissions([tmp_path])}
    assert {name: s.files["backprop.py"] for name, s in found.items()} == {
        "ann": b"ann",
        "bob": b"bob",
        "eve": b"eve",
    }
    assert set(found["eve"].files) == {"backprop.py", "practice_6_1.py"}


def test_a_folder_with_an_exercise_in_it_is_one_student(tmp_path: Path) -> None:
    folder = write(tmp_path / "ann", {"backprop (1).py": SOURCE, "src/practice_6_1.py": SOURCE})
    (source,) = find_submissions([folder])
    assert source.student == "ann"
    assert set(source.read(NOTES6).files) == {"backprop.py", "practice_6_1.py"}


def found_in(folder: Path) -> tuple[set[str], str]:
    """The students, and all that was passed over, with the reasons; of a zip of it the same."""
    found = find_class([folder])
    data = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    archive = folder.parent / "as a zip.zip"
    archive.write_bytes(zipped(data))
    with open_download(archive, "folders") as download:
        assert {s.student for s in download.submissions} == {s.student for s in found.submissions}
        assert sorted(download.leftovers) == sorted(found.passed_over)
    return {source.student for source in found.submissions}, "\n".join(found.passed_over)


@pytest.mark.parametrize("name", ["env", "venv", ".x", "node_modules", "__pycache__"])
@pytest.mark.parametrize("file", ["backprop.py", "src/practice_6_1 (1).py", "practice_6_1.ipynb"])
def test_a_students_folder_may_have_any_name(tmp_path: Path, name: str, file: str) -> None:
    folder = write(tmp_path / "class", {f"{name}/{file}": SOURCE, "bob/backprop.py": SOURCE})
    assert found_in(folder) == ({name, "bob"}, "")


@pytest.mark.parametrize("file", ["backprop.py", "work/practice_6_1.py", "work.zip", "x.ipynb"])
def test_a_students_folder_may_hold_any_file(tmp_path: Path, file: str) -> None:
    hand_in = {"run.json": b"{}", "feedback/ann.html": b"", file: zipped({"backprop.py": SOURCE})}
    files = {f"ann/{path}": data for path, data in hand_in.items()}
    folder = write(tmp_path / "class", {**files, "bob/backprop.py": SOURCE})
    assert found_in(folder) == ({"ann", "bob"}, "")


def test_whatever_is_passed_over_is_listed_by_name(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "class",
        {
            "ann/backprop.py": SOURCE,
            "bob/backprop.py": SOURCE,
            "OUT/run.json": b"{}",
            "OUT/feedback/backprop.txt": b"",
            "OUT/upload/canvas-feedback.zip": b"",
            "venv/lib/x.py": b"",
            ".git/config": b"",
            "notes.csv": b"",
        },
    )
    students, told = found_in(folder)
    assert students == {"ann", "bob"}
    listed = {line.split(":")[0] for line in told.splitlines()}
    assert listed == {"OUT", "venv", ".git", "notes.csv"}


STRAYS = ["backprop", "backprop.py", "Backprop (1).txt", "practice-6-1.py", "Kopie von backprop.py"]
CLASSES = [
    {"ann/backprop.py": b"1", "bob/backprop.py": b"2"},
    {"ann/practice_6_1.py": b"1", "bob/x/backprop.py": b"2", "notes.csv": b""},
    {"ann.zip": zipped({"backprop.py": b"1"}), "bob.zip": zipped({"backprop.py": b"2"})},
    {"ann_backprop.py": b"1", "bob_backprop.py": b"2"},
    {f"s{n}.zip": zipped({"backprop.py": b"1"}) for n in range(20)},
]


@pytest.mark.parametrize("stray", STRAYS)
@pytest.mark.parametrize("students", CLASSES)
def test_a_stray_file_does_not_make_a_class_one_student(
    tmp_path: Path, students: dict[str, bytes], stray: str
) -> None:
    folder = write(tmp_path / "class", {**students, stray: SOURCE})
    with pytest.raises(UnreadableSubmission, match="one_or_many") as caught:
        find_class([folder])
    assert f"'{stray}'" in str(caught.value)
    for name in ("class.zip", "wrapped.zip"):
        prefix = "class/" if name == "wrapped.zip" else ""
        data = {f"{prefix}{path}": data for path, data in {**students, stray: SOURCE}.items()}
        (tmp_path / name).write_bytes(zipped(data))
        with pytest.raises(LmsError, match="If it is a class, move"):
            open_download(tmp_path / name)


@pytest.mark.parametrize(
    "form",
    [
        "{}/backprop.py",
        "class/{}/backprop.py",
        "{}_backprop.py",
        "Full {}_41000_assignsubmission_file/backprop.py",
        "The backprop_{}_attempt_2026-11-02-21-14-09_backprop.py",
    ],
)
def test_a_class_among_several_paths_is_not_taken_for_one_student(
    tmp_path: Path, form: str
) -> None:
    download = tmp_path / "download.zip"
    download.write_bytes(zipped({form.format(name): b"1" for name in ("ann", "bob", "cem")}))
    (tmp_path / "dora.zip").write_bytes(zipped({"backprop.py": b"1"}))
    with pytest.raises(UnreadableSubmission, match="is_class") as caught:
        find_class([tmp_path / "dora.zip", download])
    assert "ann" in str(caught.value)


@pytest.mark.parametrize(
    "files",
    [
        ["a/practice_6_1.py", "b/practice_6_2.py", "c/practice_6_3.py", "d/backprop.py"],
        ["old/backprop.py", "new/backprop.py"],
        ["backprop.py", "1/backprop.py", "2/backprop.py", "3/backprop.py"],
    ],
)
def test_one_students_zip_in_several_folders_is_no_class(tmp_path: Path, files: list[str]) -> None:
    (tmp_path / "ann.zip").write_bytes(zipped(dict.fromkeys(files, b"1")))
    (tmp_path / "bob.zip").write_bytes(b"no zip")
    found = find_submissions([tmp_path / "ann.zip", tmp_path / "bob.zip"])
    assert [source.student for source in found] == ["ann", "bob"]


def test_a_stray_file_beside_a_class_of_one_is_asked_about(tmp_path: Path) -> None:
    folder = write(tmp_path / "class", {"ann/backprop.py": b"1", "backprop.py": b"2"})
    with pytest.raises(UnreadableSubmission, match="one_or_many"):
        find_class([folder])
    # As the message says.
    assert [source.student for source in find_submissions([tmp_path])] == ["class"]


@pytest.mark.parametrize(
    "path",
    ["env/backprop.py", ".x/backprop.py", "tests/backprop.py", ".backprop.py", "~backprop.py"],
)
def test_an_exercise_where_programs_put_theirs_is_not_passed_over_in_silence(
    tmp_path: Path, path: str
) -> None:
    submission = read_submission(write(tmp_path / "ann", {path: SOURCE, "a/practice_6_1.py": b""}))
    assert "backprop.py" not in submission.files
    assert f"but for '{path}'" in notes_of(submission)["backprop.py"]
    filled = read({path: b"other", "backprop.py": SOURCE})
    assert filled.files["backprop.py"] == SOURCE
    assert "backprop.py" not in notes_of(filled)


def test_a_folder_too_deep_to_look_into_is_named(tmp_path: Path) -> None:
    deep = "/".join("abcdefghijkl")
    submission = read_submission(write(tmp_path / "ann", {f"{deep}/backprop.py": SOURCE}))
    assert "'a/b/c/d/e/f/g/h/i/j/k'" in notes_of(submission)["backprop.py"]


def test_students_of_one_name_stay_apart(tmp_path: Path) -> None:
    write(tmp_path, {"a/ann/backprop.py": b"1", "b/ann/backprop.py": b"2"})
    sources = find_submissions([tmp_path / "a", tmp_path / "b"])
    assert [source.student for source in sources] == ["ann", "ann (2)"]
    assert [source.read(NOTES6).files["backprop.py"] for source in sources] == [b"1", b"2"]


def test_one_unreadable_student_is_only_one(tmp_path: Path) -> None:
    write(tmp_path, {"ann/backprop.py": SOURCE, "bob.zip": b"broken", "eve.rar": b"Rar!"})
    (tmp_path / "linked").symlink_to(tmp_path / "ann")
    sources = {source.student: source for source in find_submissions([tmp_path])}
    assert set(sources) == {"ann", "bob", "eve", "linked"}
    assert sources["ann"].read(NOTES6).files
    for student in ("bob", "eve", "linked"):
        with pytest.raises(UnreadableSubmission):
            sources[student].read(NOTES6)


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSubmission, match="nowhere"):
        find_submissions([tmp_path / "nowhere"])


# Names


@given(st.text())
def test_a_safe_name_is_one_portable_path_part(student: str) -> None:
    name = safe_name(student)
    assert name
    assert name == Path(name).name
    assert not name.startswith((".", "-", " "))
    assert not name.endswith((".", " "))
    assert len(name.encode()) < 200
    assert name.isprintable()
    assert not set(name) & set('\\/:*?"<>|')


@given(st.lists(st.text(st.sampled_from("aAäÄ_/.: ßs\u202e"), max_size=4) | st.text(min_size=100)))
def test_no_file_system_mixes_up_the_names_of_a_class(students: list[str]) -> None:
    names = tell_apart([*students, *students])
    keys = {unicodedata.normalize("NFKC", safe_name(name)).casefold() for name in names}
    assert len(keys) == len(names) == 2 * len(students)
    assert all(name.isprintable() for name in names)


def test_a_class_keeps_its_names_where_they_differ() -> None:
    assert tell_apart(["Ann", "Bob", "ann"]) == ["Ann", "Bob", "ann (2)"]


@pytest.mark.parametrize("name", ["Zdeňka Dvořáková", "小龙 李", "O.Brien-Smith", "नमस्ते"])
def test_letters_of_all_scripts_are_kept(name: str) -> None:
    assert safe_name(name) == unicodedata.normalize("NFC", name)


@given(st.text())
def test_displayed_names_are_printable(text: str) -> None:
    assert display(text).isprintable()
    assert len(display(text)) <= 101
