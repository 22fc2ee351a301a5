"""Functions that stand elsewhere than in their own file are found there, and that is told."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder.course.grader import Grader
from autograder.intake.contents import kind_of
from autograder.intake.definitions import all_written, definitions, without_stubs
from autograder.intake.found_files import FoundFile
from autograder.intake.submission import Submission
from autograder.source.phrases import said
from tests.conftest import solutions
from tests.the_assignment import FILES, FUNCTIONS, NOTES6, notes_of, read_files, read_submission

SIX_1, SIX_2, SIX_3, NETWORK = FILES
NO_FILE = said("refused.link")
RIGHT, STUBS = solutions(), NOTES6.stub_files
#: All that is asked for, in one text.
WHOLE = b"\n\n".join(
    b"\n".join(line for line in RIGHT[file].split(b"\n") if not line.startswith(b"from practice"))
    for file in FILES
)


def read(files: dict[str, bytes]) -> Submission:
    return read_files("ann", [FoundFile(name, lambda _, d=data: d) for name, data in files.items()])


def graded(grader: Grader, files: dict[str, bytes]) -> tuple[float, dict[str, dict[str, Any]]]:
    record = grader.grade(read(files)).feedback
    return record["score"], {entry["function"]: entry for entry in record["functions"]}


def notebook(*cells: str, version: int = 4) -> bytes:
    if version == 3:
        old = [{"cell_type": "code", "input": cell.splitlines(keepends=True)} for cell in cells]
        return json.dumps({"nbformat": 3, "worksheets": [{"cells": old}]}).encode()
    made = [{"cell_type": "code", "source": cell, "outputs": []} for cell in cells]
    return json.dumps({"cells": made, "nbformat": 4, "metadata": {}}).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def without(file: str) -> dict[str, bytes]:
    return {name: data for name, data in RIGHT.items() if name != file}


def only(file: str, function: str) -> bytes:
    """A file with one of its functions renamed beyond recognition, as if it were not there."""
    return RIGHT[file].replace(f"def {function}(".encode(), b"def something_else(")


CELLS = RIGHT[SIX_2].decode().split("\n\n\n")
PLACES = {
    "stubs beside copies": {**STUBS, **{f"{f[:-3]} (1).py": d for f, d in RIGHT.items()}},
    "stubs in a folder": {
        **{f"a/{f}": d for f, d in STUBS.items()}, **{f"b/{f}": d for f, d in RIGHT.items()}
    },
    "stubs beside one file": {**STUBS, "mine.py": WHOLE},
    "stubs beside a notebook": {**STUBS, "backprop.ipynb": notebook(WHOLE.decode())},
    "the exact name is an old stub": {
        **without(NETWORK), "backprop final.py": RIGHT[NETWORK], "old/backprop.py": STUBS[NETWORK]
    },
    "all in one of the four": {NETWORK: WHOLE},
    "all in one, the others stubs": {**STUBS, SIX_1: WHOLE},
    "two exchanged": {**RIGHT, SIX_2: RIGHT[SIX_3], SIX_3: RIGHT[SIX_2]},
    "one function in another file": {
        **RIGHT,
        SIX_1: only(SIX_1, "softmax_jacobian"),
        SIX_2: RIGHT[SIX_2] + b"\n\n" + RIGHT[SIX_1],
    },
    "a few in each of three": {
        **without(SIX_1),
        "part 1.py": only(SIX_1, "softmax"),
        "part 3.py": b"def threshold_jacobian(x):\n    pass\n",
        "part 2.py": b"import numpy as np\n\n\ndef softmax(x):\n"
        b"    e = np.exp(x - np.max(x))\n    return e / e.sum()\n",
    },
    "another ending": {**without(SIX_2), "practice_6_2.pyw": RIGHT[SIX_2]},
    "a download": {**without(SIX_2), "practice_6_2.py.download": RIGHT[SIX_2]},
    "a comma for the dot": {**without(SIX_2), "practice_6_2,py": RIGHT[SIX_2]},
    "a hidden name": {**without(SIX_2), ".practice_6_2.py": RIGHT[SIX_2]},
    "Markdown": {
        **without(SIX_2), "practice_6_2.md": b"# 2\n```python\n" + RIGHT[SIX_2] + b"```\n"
    },
    "a script called a notebook": {**without(SIX_2), "homework.ipynb": RIGHT[SIX_2]},
    "a script called a zip": {**without(SIX_2), "practice_6_2.zip": RIGHT[SIX_2]},
    "a zip called a script": {**without(SIX_2), SIX_2: zipped({SIX_2: RIGHT[SIX_2]})},
    "a notebook called a script": {**without(SIX_2), SIX_2: notebook(*CELLS)},
    "an old notebook": {**without(SIX_2), "practice_6_2.ipynb": notebook(*CELLS, version=3)},
    "a notebook that is cut off": {
        **without(SIX_2), "practice_6_2.ipynb": notebook(*CELLS, "print('the end')")[:-60]
    },
    "stubs in UTF-16": {
        **{f: d.decode().encode("utf-16") for f, d in STUBS.items()}, "a.py": WHOLE
    },
}  # fmt: skip


@pytest.mark.parametrize("files", PLACES.values(), ids=PLACES)
def test_what_stands_elsewhere_is_graded_and_told(grader: Grader, files: dict[str, bytes]) -> None:
    score, entries = graded(grader, files)
    assert score == 100
    assert any(entry["file_notes"] for entry in entries.values())


def test_four_right_files_leave_nothing_to_look_for_or_to_tell() -> None:
    submission = read({**RIGHT, "notes.txt": b"def softmax(x):\n    return 0\n"})
    assert submission.files == RIGHT
    assert submission.notes == {}
    for file in FILES:
        functions = [exercise.name for exercise in NOTES6.of_file(file)]
        assert all_written(RIGHT[file], functions)
        assert not all_written(STUBS[file], functions)


def test_the_students_own_counts_before_any_other() -> None:
    own = (
        b"def propagate_error(error, jacobian):\n    return 0\ndef practice_6_2():\n    return 1\n"
    )
    submission = read({**RIGHT, SIX_2: own, "practice_6_2 (1).py": RIGHT[SIX_2]})
    assert submission.files[SIX_2] == own
    assert "was left aside" in notes_of(submission)[SIX_2]


@pytest.mark.parametrize(
    "own",
    [
        b"propagate_error = lambda error, jacobian: error\n",
        b"class Mine:\n    def propagate_error(error, jacobian):\n        return 1\n"
        b"propagate_error = Mine.propagate_error\n",
        b"from mine import propagate_error\n",
        b"def propagateError(error, jacobian):\n    return 1\n",
        b"if True:\n    def propagate_error(error, jacobian):\n        return 1\n",
    ],
)
def test_what_a_file_has_in_any_form_is_its_own(own: bytes) -> None:
    source = own + b"\n\ndef practice_6_2():\n    return 1\n"
    assert read({**RIGHT, SIX_2: source, "old.py": RIGHT[SIX_2]}).files[SIX_2] == source


def test_a_stub_yields_line_by_line() -> None:
    half = STUBS[SIX_2].replace(
        b'raise NotImplementedError("propagate_error is not written yet: replace this line")',
        b"return error @ jacobian",
    )
    assert half != STUBS[SIX_2]
    submission = read({**RIGHT, SIX_2: half, "more.py": RIGHT[SIX_2]})
    source = submission.files[SIX_2]
    assert source.endswith(b"\nfrom more import practice_6_2\n")
    at = half.index(b"return error @ jacobian")
    assert source.count(b"\n", 0, source.index(b"return error @ jacobian")) == half.count(
        b"\n", 0, at
    )
    assert "`practice_6_2` was taken from 'more.py'" in notes_of(submission)[SIX_2]


def test_a_copy_that_a_function_is_taken_from_is_not_left_aside() -> None:
    own = b"def practice_6_2():\n    return [11, -11]\n"
    note = notes_of(read({**RIGHT, SIX_2: own, "practice_6_2 (1).py": RIGHT[SIX_2]}))[SIX_2]
    assert "`propagate_error` was taken from 'practice_6_2 (1).py'" in note
    assert "left aside" not in note


def test_a_method_yields_to_a_function() -> None:
    own = b"class Work:\n    def propagate_error(self, e, j):\n        return e @ j\n"
    submission = read({**RIGHT, SIX_2: own, "old.py": RIGHT[SIX_2]})
    assert submission.files[SIX_2] == RIGHT[SIX_2]


def test_nothing_is_guessed_where_two_differ() -> None:
    one = b"def practice_6_2():\n    return [1]\n"
    submission = read({**RIGHT, SIX_2: STUBS[SIX_2], "a.py": one, "b.py": one.replace(b"1", b"2")})
    assert submission.files[SIX_2] == STUBS[SIX_2]
    assert "nothing tells which one counts" in notes_of(submission)[SIX_2]


def test_stubs_alone_earn_nothing(grader: Grader) -> None:
    files = {
        **STUBS,
        "all.py": b"\n".join(STUBS.values()),
        "nb.ipynb": notebook(WHOLE[:0].decode()),
    }
    assert graded(grader, files)[0] == 0


@pytest.mark.parametrize("name", ["backprop.py", "all.ipynb"])
def test_in_one_text_too_every_mark_is_the_functions_own(grader: Grader, name: str) -> None:
    wrong = WHOLE + b"\n\ndef softmax(x):\n    return np.exp(x)\n"
    data = notebook(wrong.decode()) if name.endswith(".ipynb") else wrong
    _, entries = graded(grader, {name: data})
    lost = [n for n, entry in entries.items() if entry["score"] < entry["max_score"]]
    assert lost == ["softmax"]
    assert entries["forward"]["status"] == "right in itself"


def test_a_line_of_a_text_that_stands_for_several_is_told_by_its_own_name(grader: Grader) -> None:
    wrong = WHOLE + b"\n\ndef propagate_error(error, jacobian):\n    return eror @ jacobian\n"
    _, entries = graded(grader, {NETWORK: wrong})
    assert "of backprop.py (`return eror @ jacobian`)" in entries["propagate_error"]["text"]


def test_a_file_that_takes_numpy_away_costs_the_others_nothing(grader: Grader) -> None:
    files = {**RIGHT, SIX_1: RIGHT[SIX_1] + b"\nimport sys\nsys.modules['numpy'] = None\n"}
    assert graded(grader, files)[0] == 100


TOLD = {
    "empty": (b"\n", "is empty"),
    "comments": (b"# def propagate_error(error, jacobian):\n#     return error\n", "is a comment"),
    "a string": (b'"""' + RIGHT[SIX_2].replace(b'"""', b"'''") + b'"""\n', "a text in quotes"),
    "a class": (
        b"class Work:\n    def propagate_error(self, e, j):\n        return e @ j\n",
        "in the class `Work`",
    ),
    "other names": (b"def through(e, j):\n    return e @ j\n", "it does define `through`"),
    "a document": (b"PK\x03\x04 word/document.xml", "word processor's document"),
    "formatted text": (b"{\\rtf1 def propagate_error", "a formatted text"),
    "a web page": (b"<!DOCTYPE html><html>", "a web page"),
    "another archive": (b"Rar!\x1a", "an archive of a kind"),
}


@pytest.mark.parametrize(("source", "told"), TOLD.values(), ids=TOLD)
def test_why_nothing_was_found_in_a_file_is_told(source: bytes, told: str) -> None:
    assert told in notes_of(read({**RIGHT, SIX_2: source}))[SIX_2]


@pytest.mark.parametrize("name", ["practice_6_2.rar", "practice_6_2.7z", "practice_6_2.zip"])
def test_an_archive_by_a_files_name_is_told_with_the_way_out(name: str) -> None:
    note = notes_of(read({**without(SIX_2), name: b"\x00\x01"}))[SIX_2]
    assert f"'{name}'" in note
    assert "plain zip" in note


def test_a_whole_hand_in_may_be_a_script_called_a_zip(tmp_path: Path) -> None:
    (tmp_path / "ann.zip").write_bytes(WHOLE)
    assert set(read_submission(tmp_path / "ann.zip").files) >= set(FILES)


def test_a_link_that_is_passed_over_is_told_with_what_was_graded() -> None:
    link = FoundFile(SIX_2, lambda _: b"", refusal=NO_FILE)
    there = FoundFile(f"src/{SIX_2}", lambda _: RIGHT[SIX_2])
    assert f"Graded from 'src/{SIX_2}' instead" in notes_of(read_files("ann", [link, there]))[SIX_2]


def test_definitions_are_read_by_their_lines() -> None:
    found = definitions(
        b"def a(x):\n    def h(v): return v\n    return h(x)\n"
        b'def b(x: dict[str, int], y=(1, 2)) -> int:\n    """Doc: c."""\n    # Later.\n'
        b'    raise NotImplementedError("b (not yet)")\n'
        b">>> def c(x): return x\ndef d(\n    x,\n):\n    ...\ne = f = 1\n"
        b"from practice_6_1 import (softmax,\n    threshold as t)\n"
    )
    assert found.written == {"a", "c"}
    assert found.stubs == {"b", "d"}
    assert found.imported == {"softmax": "practice_6_1", "t": "practice_6_1"}
    assert "e" in found.bound
    assert set(FUNCTIONS) <= definitions(WHOLE).written
    assert definitions(b"\n".join(STUBS.values())).stubs >= set(FUNCTIONS)


def test_stubs_are_taken_out_without_moving_a_line() -> None:
    source = b"def f(x):\n    pass\n\n\ndef g(x):\n    return 1\n\n\n@mine\ndef h(x):\n    ...\n"
    assert without_stubs(source, {"f", "g", "h"}) == b"\n\n\n\n" + source[source.index(b"def g") :]


def test_source_is_no_other_kind() -> None:
    for source in (*RIGHT.values(), b"", b"{'cells': 1}\n", b"PKG = 1\n", b"<<<<<<< HEAD\n"):
        assert kind_of(source) == ""


def test_the_note_names_the_functions_that_were_found_in_another_file() -> None:
    one = b"def softmax(x):\n    return x\n"
    note = notes_of(read({NETWORK: RIGHT[NETWORK] + one}))[SIX_1]
    assert "where `softmax` stands: practice_6_1.py was not handed in" in note
    note = notes_of(read({NETWORK: RIGHT[NETWORK] + one + b"def threshold(x):\n    return x\n"}))
    assert "where `threshold`, `softmax` stand: practice_6_1.py was" in note[SIX_1]
    note = notes_of(read({NETWORK: RIGHT[NETWORK] + one, SIX_1: b"x = 1\n"}))[SIX_1]
    assert "where `softmax` stands: there is none in practice_6_1.py" in note
