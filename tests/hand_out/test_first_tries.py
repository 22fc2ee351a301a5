"""What check.py tells beginners about their first tries, and wherever they run it."""

from __future__ import annotations

import os
import re
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder.otter.build import handout
from tests.conftest import thinned
from tests.student_folder import ROOT, TRIES, Student, in_one_line, look_at
from tests.the_assignment import FILES, FUNCTIONS, NOTES6, SAY

WIDEST = 79


# --- the cause comes first ---


@pytest.mark.parametrize("attempt", thinned(TRIES, 6), ids=lambda attempt: attempt["name"])
def test_a_first_try_is_told_by_what_causes_it(student: Student, attempt: dict[str, Any]) -> None:
    student.replace(attempt["function"], attempt["body"])
    status, output = student.check(attempt["function"])
    assert status == 1
    assert re.search(attempt["says"], in_one_line(output)), output
    assert max(map(len, output.splitlines())) <= WIDEST
    # Only what the student wrote is shown.
    written = re.sub(r"\W", "", (student.folder / FUNCTIONS[attempt["function"]].file).read_text())
    for code in look_at(output):
        assert re.sub(r"\W", "", code) in written


@pytest.mark.parametrize("function", ["threshold", "update_weights", "error_norms"])
def test_what_gives_none_passes_no_check(student: Student, function: str) -> None:
    student.replace(function, "done = 1")
    assert "passes 0 of" in student.check(function)[1]


def test_a_crash_in_a_right_function_is_the_callers(student: Student) -> None:
    wrong = "return [propagate_error(error, np.zeros((9, 2))) for J in jacobians]"
    student.replace("propagate_chain", wrong)
    output = in_one_line(student.check("propagate_chain")[1])
    assert "Your propagate_error passes its own checks" in output
    student.replace("propagate_error", "return np.dot(jacobian, error)")
    assert "passes its own checks" not in in_one_line(student.check("propagate_chain")[1])


def test_a_return_at_the_margin_is_no_function_that_is_not_written(student: Student) -> None:
    path = student.folder / "practice_6_2.py"
    line = "    raise NotImplementedError('propagate_error is not written yet: replace this line')"
    student.replace("propagate_error", line.strip())
    path.write_text(path.read_text().replace(line, "return error @ jacobian"))
    status, output = student.check("propagate_error")
    assert status == 1
    assert "outside of propagate_error" in in_one_line(output)
    assert "not written yet:" not in output


def test_a_call_above_its_function_is_told_as_that(student: Student) -> None:
    path = student.folder / "practice_6_1.py"
    path.write_text(path.read_text().replace("\ndef softmax(", "\nsoftmax([1.0])\n\ndef softmax("))
    output = in_one_line(student.check("softmax")[1])
    assert "`softmax` gets its value only further down" in output


def test_a_value_that_grows_from_call_to_call_is_told_as_that(student: Student) -> None:
    student.solve("practice_6_3.py", old="    errors = []\n", new="    errors = KEPT\n")
    path = student.folder / "practice_6_3.py"
    path.write_text(
        "KEPT = []\n" + path.read_text().replace("return errors", "return list(errors)")
    )
    assert "called again" in in_one_line(student.check("propagate_chain")[1])


def test_what_a_function_does_elsewhere_explains_why_it_stops_here(student: Student) -> None:
    body = "out = []\nfor J in jacobians:\n    out.append(error @ J)\nreturn out"
    student.replace("propagate_chain", body)
    output = in_one_line(student.check("propagate_chain")[1])
    told = output.index("is not what the next round works with")
    assert told < output.index("stops with an error")
    assert output.index("stops with an error") < output.index("On other inputs it runs, but: ")
    assert "goes into the next" in output


def test_nothing_is_guessed_beside_the_line_that_mends_it(student: Student) -> None:
    student.replace(
        "propagate_error",
        "out = np.zeros(jacobian.shape[1])\nfor j in range(len(out)):\n"
        "    for i in range(len(error)):\n        out[j] += error[i] * jacobian[j, i]\nreturn out",
    )
    output = in_one_line(student.check("propagate_error")[1])
    assert output.index("which of the two comes first") < output.index("stops with an error")
    assert "`jacobian[j, i]` asks for a row (`j`) that `jacobian` hasn't got" in output
    assert "Does the loop" not in output


# --- answers by hand, before any code ---


@pytest.fixture
def by_hand(tmp_path: Path) -> Student:
    return Student(tmp_path / "stubs")


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("practice_6_1", "return np.diag(np.where(np.array(X) > -1, 1, 0))", "passes 5 of 5"),
        ("practice_6_1", "return np.eye(5)", "Which of the five inputs are blocked?"),
        ("practice_6_1", "return np.ones((5, 5))", "its own input only"),
        ("practice_6_1", "return 2 * np.diag(np.where(np.array(X) > -1, 1, 0))", "just as far"),
        ("practice_6_2", "return np.array([1, 2]) @ [[3, -3], [4, -4]]", "passes 3 of 3"),
        ("practice_6_2", "return [7, -7]", "as often as its error says"),
        ("practice_6_3", "v = np.array([1, 2]) @ [[3, -3], [4, -4]]\nreturn v, v", "passes 5 of 5"),
    ],
)
def test_an_answer_by_hand_needs_no_code_to_be_checked(
    by_hand: Student, name: str, body: str, says: str
) -> None:
    by_hand.fill(name, f"X = [0.3, -1.8, -0.2, 0.4, 0.9]\n{body}")
    assert says in in_one_line(by_hand.check(f"{name}.py")[1])


def test_the_answer_by_hand_stands_first_in_each_stub() -> None:
    for file in FILES[:3]:
        first = re.findall(r"^def (\w+)", handout(NOTES6, SAY)[file].decode(), re.MULTILINE)[0]
        assert f"{first}.py" == file


def test_a_file_with_a_softmax_of_its_own_waits_for_no_other(by_hand: Student) -> None:
    path = by_hand.folder / "backprop.py"
    own = "def softmax(z):\n    e = np.exp(z - np.max(z))\n    return e / np.sum(e)\n"
    path.write_text(path.read_text().replace("from practice_6_1 import softmax\n", f"\n{own}"))
    by_hand.fill(
        "forward", "for W in weights[:-1]:\n    x = W @ x\nreturn softmax(weights[-1] @ x)"
    )
    output = in_one_line(by_hand.check("forward")[1])
    assert "waits for" not in output
    assert "it should be a list of" in output


def test_a_crash_before_another_function_is_reached_is_told_before_that_is_written(
    by_hand: Student,
) -> None:
    by_hand.fill("forward", "return [x, softmax(x)]")
    assert "waits for your softmax" in by_hand.check("forward")[1]
    by_hand.replace("forward", "a = x\na.append(x)\na.append(softmax(x))\nreturn a")
    assert "an array does not grow" in in_one_line(by_hand.check("forward")[1])


# --- experiments ---


@pytest.mark.parametrize(
    ("function", "body", "question"),
    [
        ("softmax_jacobian", "s = softmax(x)\nreturn np.diag(s * (1 - s))", "Whom was it taken"),
        ("softmax_jacobian", "s = softmax(x)\nreturn np.diag(s) + np.outer(s, s)", "which way"),
        ("threshold_jacobian", "return np.eye(len(x))", "does the 0 move?"),
        ("propagate_error", "return jacobian @ error", "one output's row or one output's column"),
    ],
)
def test_why_shows_where_two_functions_part_and_asks_one_question(
    student: Student, function: str, body: str, question: str
) -> None:
    student.replace(function, body)
    status, output = student.check("--why", function)
    assert status == 1
    assert "<-- different" in output
    assert output.count("Question: ") == 1
    assert question in in_one_line(output)
    assert max(map(len, output.splitlines())) <= WIDEST


@pytest.mark.parametrize(
    "function", ["softmax_jacobian", "threshold_jacobian", "propagate_error", "backward", "train"]
)
def test_why_has_nothing_to_ask_about_what_is_right(student: Student, function: str) -> None:
    status, output = student.check("--why", function)
    assert status == 0
    assert "Question" not in output


def test_only_what_can_be_seen_there_is_sent_to_the_experiment(student: Student) -> None:
    student.replace("softmax_jacobian", "s = softmax(x)\nreturn np.diag(s * (1 - s))")
    assert "--why softmax_jacobian" in student.check("softmax_jacobian")[1]
    student.replace(
        "softmax_jacobian", "s = softmax(x)\nx += 1\nreturn np.diag(s) - np.outer(s, s)"
    )
    output = student.check("softmax_jacobian")[1]
    assert "changes the `x` that it was given" in output
    assert "--why" not in output


def test_why_of_what_is_not_written_says_so(by_hand: Student) -> None:
    assert "Write softmax_jacobian first" in by_hand.check("--why", "softmax_jacobian")[1]


# --- wherever it is run ---

SHELL = """
import io, runpy, sys
class Shell(io.TextIOBase):  # like IDLE's and Spyder's: it has no reconfigure
    def write(self, text):
        return real.write(text)
real = sys.stdout
sys.stdout = Shell()
sys.argv = {argv}
{command}
"""


@pytest.mark.parametrize(
    ("argv", "command"),
    [
        (["check.py"], "runpy.run_path('check.py', run_name='__main__')"),
        (["ipykernel", "-f", "kernel.json"], "import check; check.main()"),
        (["ipykernel", "-f", "kernel.json"], "import check; check.check()"),
    ],
)
def test_it_runs_in_shells_that_are_no_terminal(
    student: Student, argv: list[str], command: str
) -> None:
    run = student.run("-c", SHELL.format(argv=argv, command=command))
    assert "15 right so far" in run.stdout
    assert run.stderr == ""


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("softmax", "1 right so far"),
        ("practice_6_1", "1 right so far"),
        ("practice_6_1.py", "5 right so far"),
        ("softmx", "Is softmax meant?"),
    ],
)
def test_a_notebook_can_ask_for_a_function_or_a_file(
    student: Student, word: str, says: str
) -> None:
    run = student.run("-c", f"import check; check.check({word!r})")
    assert says in run.stdout + run.stderr


def test_check_alone_says_that_the_zip_has_to_be_unpacked(tmp_path: Path) -> None:
    student = Student(tmp_path / "student")
    shutil.rmtree(student.folder / "checking")
    run = student.run("check.py")
    assert "Unpack the whole" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_zip_that_cannot_be_written_is_no_traceback(student: Student) -> None:
    (student.folder / "hand-in.zip").mkdir()
    status, output = student.check("--zip")
    assert status == 1
    assert "can't be written here" in output


def test_a_line_that_stops_below_the_functions_keeps_none_of_them_from_the_zip(
    student: Student,
) -> None:
    path = student.folder / "practice_6_1.py"
    path.write_text(path.read_text() + "\nprint(threshold([1, 2])[9])\n")
    assert student.check("practice_6_1")[0] == 0
    assert student.check("--zip")[0] == 0
    assert zipfile.is_zipfile(student.folder / "hand-in.zip")


# --- what the files print when they are run ---


@pytest.mark.parametrize("file", FILES)
def test_each_file_prints_something_when_it_is_run(student: Student, file: str) -> None:
    run = student.run(file)
    assert run.returncode == 0, run.stderr
    assert len(run.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("None", "isn't written yet"),
        ("(up - down) / (2 * step)", "Right."),
        ("(up - down) / step", "the side moved by 0.2 in all"),
    ],
)
def test_the_wiggle_has_a_line_to_write(student: Student, line: str, says: str) -> None:
    path = student.folder / "wiggle.py"
    source = re.sub("column = None  # your line.*", f"column = {line}", path.read_text())
    path.write_text(source)
    assert says in student.run("wiggle.py").stdout


def test_a_wrong_line_in_the_wiggle_makes_no_check_fail(student: Student) -> None:
    path = student.folder / "wiggle.py"
    path.write_text(path.read_text().replace("column = None  #", "column = up  #"))
    assert student.check()[0] == 0


def test_a_missing_numpy_has_a_way_out_where_pip_is_not_allowed(student: Student) -> None:
    environment = {**os.environ, "PYTHONPATH": ""}
    run = student.run("-S", "-E", "check.py", env=environment, python=sys.executable)
    assert "-m venv .venv" in run.stderr
    assert "Thonny" in run.stderr


def test_an_import_that_fails_is_taken_for_what_is_meant(student: Student) -> None:
    """As it is where the work is graded."""
    student.solve("backprop.py", old="from practice_6_1 import", new="from practice_6_1.py import")
    output = student.check("forward")[1]
    assert "taken for one from `practice_6_1`" in output
    assert "without `.py`" in output
    assert "1 right so far" in output


def test_what_waits_is_told_what_is_not_written_yet(student: Student) -> None:
    student.write("practice_6_1.py", (ROOT / "assignments" / "practice_6_1.py").read_text("utf-8"))
    assert "waits for your softmax" in student.check("train")[1]


def test_a_count_that_begins_at_1_comes_to_the_length(student: Student) -> None:
    student.replace(
        "forward",
        "a = [x]\nfor k, W in enumerate(weights, start=1):\n    z = W @ a[-1]\n"
        "    a.append(softmax(z) if k == len(weights) else z)\nreturn a",
    )
    assert "never true" not in student.check("forward")[1]


def test_code_at_the_left_margin_is_no_part_of_the_function_above_it(student: Student) -> None:
    path = student.folder / "backprop.py"
    stub = (ROOT / "assignments" / "backprop.py").read_text("utf-8")
    student.write(
        "backprop.py",
        stub.replace('\n    raise NotImplementedError("forward', "\na = [x]\n    #", 1),
    )
    assert "a = [x]" in path.read_text("utf-8")
    output = in_one_line(student.check("forward")[1])
    assert "stands at the left margin" in output
    assert "does `x` have a value" in output


def test_types_that_are_not_there_are_told_as_such(student: Student) -> None:
    student.solve("practice_6_1.py", old="import numpy as np", new="import numpy")
    assert "names types that are not there" in student.check("softmax")[1]
