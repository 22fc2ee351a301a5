"""The student's hour with `check.py`: what it says, what it exits with, what it packs."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import thinned, with_ctrl_c
from tests.student_folder import ROOT, Student
from tests.the_assignment import FILES, FUNCTIONS, SAY


@pytest.fixture
def student(tmp_path: Path) -> Student:
    return Student(tmp_path / "Übung 6 (final)")


def unwrapped(output: str) -> str:
    return " ".join(output.split())


def status_line(output: str, name: str) -> str:
    (line,) = re.findall(rf"^  {name} .*$", output, re.M)
    return str(line)


# --- what the command says and exits with ---


def test_untouched_stubs_are_not_written_yet(student: Student) -> None:
    status, output = student.check()
    assert status == 1
    for name in FUNCTIONS:
        assert "not written yet" in status_line(output, name)


def test_solutions_pass_and_are_told_that_the_graded_tests_try_more(student: Student) -> None:
    student.solve(*FILES)
    status, output = student.check()
    assert status == 0
    assert "15 right so far, 0 to fix, 0 waiting, 0 not written yet." in output
    assert "The graded tests try more" in output


def test_a_half_filled_file_shows_what_is_right_wrong_and_unwritten(student: Student) -> None:
    student.fill("threshold", "return np.where(x > -1, x, 0)")
    student.fill("softmax", "e = np.exp(x)\nreturn e / len(e)")
    status, output = student.check("practice_6_1")
    assert status == 1
    assert "passes 7 of 7" in status_line(output, "threshold")
    assert "to fix" in status_line(output, "softmax")
    assert "not written yet" in status_line(output, "softmax_jacobian")
    assert "propagate_error" not in output


@pytest.mark.parametrize("word", ["practice_6_2", "practice_6_2.py", "./practice_6_2.py"])
def test_one_exercise_or_function_can_be_asked_for(student: Student, word: str) -> None:
    student.solve("practice_6_2.py")
    status, output = student.check(word)
    assert status == 0
    assert "2 right so far" in output
    assert student.check("propagate_error")[0] == 0


def test_an_unknown_name_is_a_wrong_call(student: Student) -> None:
    status, output = student.check("practice_7")
    assert status == 2
    assert "there is no 'practice_7'" in output


def test_it_runs_from_another_folder(student: Student, tmp_path: Path) -> None:
    student.solve(*FILES)
    command = [sys.executable, str(student.folder / "check.py"), "practice_6_3"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("solved", [FILES, FILES[1:], ()], ids=["solved", "a part", "stubs"])
def test_a_python_that_forks_says_what_one_that_is_started_says(
    student: Student, solved: tuple[str, ...]
) -> None:
    """Nearly all tests use the first, which costs less."""
    student.solve(*solved)
    student.write("practice_6_1.py", "import numpy as np\nprint(softmax)\n")
    started = student.run("check.py")
    assert student.check() == (started.returncode, started.stdout + started.stderr)


# --- code that doesn't run ---


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("scale = 1 / 0", "ZeroDivisionError"),
        ("import tensorflaw", "No module named 'tensorflaw'"),
        ("raise SystemExit('bye')", "exit()"),
        ("answer = input('?')", "EOFError"),
    ],
)
def test_a_line_that_stops_beside_the_functions_is_shown_and_costs_nothing(
    student: Student, line: str, message: str
) -> None:
    student.solve(*FILES)
    path = student.folder / "practice_6_2.py"
    path.write_text(path.read_text() + f"\n{line}\n")
    status, output = student.check()
    assert status == 0
    assert f"practice_6_2.py, line {len(path.read_text().splitlines())}:  {line}" in output
    assert message in output
    assert "passes" in status_line(output, "propagate_error")


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("def helper(x)", "A colon (:) is missing at the end of the line."),
        ("x = [1, 2", "A bracket is opened and never closed."),
        ("print 'x'", "Print needs parentheses: `print(...)`."),
    ],
)
def test_what_python_cannot_read_is_shown_with_its_cause(
    student: Student, line: str, cause: str
) -> None:
    student.solve(*FILES)
    path = student.folder / "practice_6_2.py"
    path.write_text(path.read_text() + f"\n{line}\n")
    status, output = student.check()
    assert status == 1
    assert f"practice_6_2.py, line {len(path.read_text().splitlines())}:  {line}" in output
    assert cause in unwrapped(output)
    assert "SyntaxError: " in unwrapped(output)
    assert "passes" in status_line(output, "propagate_chain")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return y", "NameError"),
        ("quit()", "exit() and quit()"),
        ("return threshold(x)", "RecursionError"),
        ("raise BaseException('odd')", "BaseException: odd"),
        ("return input()", "EOFError"),
        ("raise NotImplementedError", "still has the line"),
        ("x + 1", "gives None"),
        ("return 'x where x > -1'", "isn't an array of numbers"),
        ("return [[1, 2], [3]]", "different lengths"),
        ("return np.reshape(x, (-1, 1))", "has the shape (3, 1); it should have (3,)"),
        ("return iter(x)", "should be an array of numbers"),
        ("return x * np.nan", "nan"),
    ],
)
def test_a_function_that_fails_is_explained_by_the_students_own_line(
    student: Student, body: str, message: str
) -> None:
    student.fill("threshold", f"z = x\n{body}")  # never the stub's line alone
    status, output = student.check("threshold")
    assert status == 1
    assert message in unwrapped(output)
    assert "evidence.py" not in output


def test_a_list_that_ends_too_early_is_explained_by_what_the_lists_hold(student: Student) -> None:
    student.fill("weight_gradients", "return [errors[len(errors) * 3]]")
    status, output = student.check("weight_gradients")
    assert status == 1
    assert SAY("shared.one_more_activation") in unwrapped(output)


def test_a_crash_deep_down_shows_where_it_began_and_ended(student: Student) -> None:
    student.fill("threshold", "return _each(x)")
    path = student.folder / "practice_6_1.py"
    path.write_text(path.read_text() + "\ndef _each(x):\n    return x.where(x > -1)\n")
    output = student.check("threshold")[1]
    assert "return _each(x)" in output
    assert "return x.where(x > -1)" in output


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_line_endings_and_mark_of_windows_do_no_harm(student: Student, encoding: str) -> None:
    student.solve("practice_6_2.py")
    path = student.folder / "practice_6_2.py"
    path.write_bytes(path.read_text().replace("\n", "\r\n").encode(encoding))
    assert student.check("practice_6_2")[0] == 0


def test_a_file_in_another_encoding_is_named_with_what_to_do(student: Student) -> None:
    path = student.folder / "practice_6_2.py"
    path.write_bytes(path.read_text().encode("utf-16"))
    status, output = student.check("practice_6_2")
    assert status == 1  # of stubs
    assert "save it anew with the encoding UTF-8." in unwrapped(output)


def test_a_scratch_file_that_hides_a_part_of_python_is_named(student: Student) -> None:
    student.write("random.py", "print('dice')")
    status, output = student.check()
    assert status == 1
    assert "Rename your file random.py" in output


def test_a_missing_numpy_is_told_with_the_command_that_installs_it(student: Student) -> None:
    run = student.run("-S", "-E", "check.py")  # -S: without the installed packages
    assert run.returncode == 1
    assert f"{sys.executable} -m pip install numpy" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_missing_file_is_found_under_its_downloaded_name(student: Student) -> None:
    (student.folder / "practice_6_2.py").rename(student.folder / "practice_6_2 (1).py")
    status, output = student.check("practice_6_2")
    assert status == 1
    assert "Is it 'practice_6_2 (1).py'? Rename that." in output


def test_a_renamed_function_is_missed(student: Student) -> None:
    student.solve("practice_6_2.py", old="def propagate_error", new="def through")
    assert "keep the name" in status_line(student.check("practice_6_2")[1], "propagate_error")


def test_a_function_of_nearly_its_name_is_taken_for_it_and_told(student: Student) -> None:
    student.solve("practice_6_2.py", old="def propagate_error", new="def propagateError")
    output = student.check("practice_6_2")[1]
    assert "Your propagateError is taken for propagate_error" in output
    assert "passes" in status_line(output, "propagate_error")


def test_other_parameters_than_the_stubs_are_told_before_anything_else(student: Student) -> None:
    student.solve(
        "practice_6_2.py",
        old="(error: np.ndarray, jacobian: np.ndarray)",
        new="(jacobian, error)",
    )
    output = unwrapped(student.check("practice_6_2")[1])
    assert "propagate_error has its parameters in another order, (jacobian, error)" in output


def test_what_will_not_be_there_when_graded_is_named(student: Student) -> None:
    student.solve("practice_6_2.py", old="import numpy as np", new="import numpy as np, yaml")
    assert "yaml isn't there when your file is graded" in student.check("practice_6_2")[1]


def test_a_word_processors_sign_is_told_and_does_no_harm(student: Student) -> None:
    student.solve("practice_6_2.py", old="@ np", new="@\N{NO-BREAK SPACE}np")
    status, output = student.check("practice_6_2")
    assert status == 0
    assert "a no-break space (U+00A0)" in unwrapped(output)


def test_a_function_that_waits_for_another_says_for_which(student: Student) -> None:
    student.solve("backprop.py")
    output = student.check("forward")[1]
    assert "softmax" in status_line(output, "forward")


def test_a_function_that_leans_on_a_wrong_one_is_not_blamed(student: Student) -> None:
    student.solve(*FILES)
    student.solve("practice_6_2.py", old="dtype=float) @ np", new="dtype=float) @ -np")
    output = student.check()[1]
    assert "waits for your propagate_error" in status_line(output, "propagate_chain")
    assert "passes" in status_line(output, "practice_6_2")
    assert "your propagate_error gives" not in output
    assert "13 right so far, 1 to fix" not in output


def test_prints_are_kept_out_of_the_report(student: Student) -> None:
    student.solve("practice_6_2.py", old="import numpy as np", new="import numpy as np\nprint(7)")
    output = student.check("practice_6_2")[1]
    assert not re.search("^7$", output, re.M)
    assert "What your code prints isn't shown here" in output


def test_letters_that_the_terminal_lacks_do_no_harm(student: Student) -> None:
    student.fill("threshold", "return größe  # ∂")
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    run = student.run("check.py", "threshold", env=environment)
    assert "NameError" in run.stdout
    assert "Traceback" not in run.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C can't be sent to a process there")
def test_ctrl_c_shows_the_line_of_an_endless_loop(student: Student) -> None:
    # The file is made within the loop, so that the signal cannot come before it.
    loop = "n = 0\nwhile True:\n    n += 1\n    if n == 9:\n        open('started', 'w').close()"
    student.fill("threshold", loop)
    command = [sys.executable, "check.py", "threshold"]
    with subprocess.Popen(
        command,
        cwd=student.folder,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=with_ctrl_c,
    ) as run:
        try:
            while not (student.folder / "started").exists():
                assert run.poll() is None
                time.sleep(0.01)
            run.send_signal(signal.SIGINT)
            output, _ = run.communicate(timeout=60)
        finally:
            run.kill()
    assert run.returncode == 1
    assert re.search(r"practice_6_1.py, line \d+:  (while True:|n \+= 1|if n == 9:|open)", output)


# --- right answers of an unusual form, and wrong ones ---

UNUSUAL: dict[str, str] = {
    "lists": "lambda v: [_give(x) for x in v] if isinstance(v, (list, tuple)) else _lists(v)",
    "tuples": "lambda v: tuple(_give(x) for x in v) if isinstance(v, (list, tuple)) else v",
    "single precision": (
        "lambda v: type(v)(_give(x) for x in v) if isinstance(v, (list, tuple))"
        " else np.asarray(v, dtype=np.float32)"
    ),
    "long double": (
        "lambda v: type(v)(_give(x) for x in v) if isinstance(v, (list, tuple))"
        " else np.asarray(v, dtype=np.longdouble)"
    ),
}
WRAPPER = """
import functools as _functools

_lists = lambda v: v.tolist() if isinstance(v, np.ndarray) else v
_give = {give}


def _wrap(function):
    @_functools.wraps(function)
    def wrapped(*arguments):
        return _give(function(*arguments))

    return wrapped


for _name in {names}:
    globals()[_name] = _wrap(globals()[_name])
"""


@pytest.mark.parametrize("form", UNUSUAL)
def test_right_answers_of_an_unusual_form_pass(student: Student, form: str) -> None:
    student.solve(*FILES)
    for file in FILES:
        path = student.folder / file
        names = [f.name for f in FUNCTIONS.values() if f.file == file]
        path.write_text(path.read_text() + WRAPPER.format(give=UNUSUAL[form], names=names))
    status, output = student.check()
    assert status == 0, output


@pytest.mark.parametrize(
    "case", thinned(sorted((ROOT / "tests/corpus/correct").iterdir()), 2), ids=lambda p: p.name
)
def test_every_hand_in_that_gets_full_marks_passes(student: Student, case: Path) -> None:
    # So none that fails a public check gets full marks.
    student.solve(*FILES)
    for file in case.glob("*.py"):
        shutil.copy(file, student.folder)
    status, output = student.check()
    assert status == 0, output


def test_right_answers_computed_in_single_precision_pass(student: Student) -> None:
    for file in ("practice_6_1.py", "practice_6_2.py", "backprop.py"):
        student.solve(file, old="dtype=float)", new="dtype=np.float32)")
    student.solve("practice_6_3.py")
    status, output = student.check()
    assert status == 0, output


def test_stacked_arrays_pass_for_lists_of_arrays(student: Student) -> None:
    student.solve(*FILES)
    old, new = (
        "return [np.array([11, -11]), np.array([11, -11])]",
        "return np.ones((2, 2)) * [11, -11]",
    )
    student.solve("practice_6_3.py", old=old, new=new)
    assert student.check("practice_6_3")[0] == 0


PRODUCT = "np.asarray(error, dtype=float) @ np.asarray(jacobian, dtype=float)"
BY_HAND = "[np.array([11, -11]), np.array([11, -11])]"
# From 3.12 on what a comprehension counts with is gone when its exception is there.
OF_TWO_VECTORS = "np.outer" if sys.version_info < (3, 12) else "a product do not fit"
OUTER = "np.outer(error, activations[i])"
WRONG = [
    ("threshold", "x > -1, x, 0.0", "x > 0, x, 0.0", "compared with -1"),
    (
        "threshold",
        "return np.where(x > -1, x, 0.0)",
        "x[x <= -1] = 0\n    return x",
        "changes the `x` that it was given",
    ),
    ("threshold_jacobian", "x > -1, 1.0", "x > 0, 1.0", "wiggled"),
    ("threshold_jacobian", "np.diag(slopes)", "np.tile(slopes, (len(x), 1))", "at [0, 1]"),
    ("softmax", "x - np.max(x)", "x", "grow too large"),
    ("softmax_jacobian", "np.diag(s) - np.outer(s, s)", "np.diag(s * (1 - s))", "at [0, 1]"),
    ("softmax_jacobian", "np.diag(s) - np.outer(s, s)", "s * (1 - s)", "has the shape (4,)"),
    ("practice_6_1", "[0, 0, 1, 0, 0]", "[0, 0, 0, 0, 0]", "The threshold lies at -1, not at 0"),
    ("propagate_error", PRODUCT, "np.asarray(jacobian) @ error", "on the left"),
    ("practice_6_2", "np.array([11, -11])", "np.array([-3, -4])", "Which column tells how"),
    ("propagate_chain", "errors = []", "errors = [error]", "3 entries; it should have 2"),
    ("practice_6_3", BY_HAND, BY_HAND.replace("-11])]", "0])]"), "what does it change about"),
    ("forward", "if is_top else _rectify(z)", "if is_top else z", "[2, -2, -0.5]"),
    ("forward", "np.where(z > 0, z, 0.0)", "np.where(z > -1, z, 0.0)", "[2, -2, -0.5]"),
    ("backward", " @ _softmax_jacobian(top)", "", "the bare difference"),
    ("backward", " @ _rectify_jacobian(activations[layer])", "", "the slope of its threshold"),
    ("backward", "np.where(activation > 0, 1.0, 0.0)", "activation", "are they multiplied in"),
    ("backward", "errors.insert(0, error)", "errors.append(error)", "it should have (3,)"),
    ("weight_gradients", OUTER, "np.outer(activations[i], error)", "it should have (3, 4)"),
    ("weight_gradients", OUTER, "error @ activations[i]", OF_TWO_VECTORS),
    ("update_weights", "- learning_rate", "+ learning_rate", "uphill"),
    ("train", "loss += 0.5", "loss += 1.0", "2 times what it should be"),
    ("train", "weights = update_", "_ = update_", "Are the new weights used"),
    ("error_norms", "norms = [np.linalg.norm(error)]", "norms = []", "it should have (3,)"),
]


@pytest.mark.parametrize(("name", "old", "new", "explained"), thinned(WRONG, 3))
def test_a_mistake_is_found_and_explained(
    student: Student, name: str, old: str, new: str, explained: str
) -> None:
    student.solve(*FILES)
    student.solve(FUNCTIONS[name].file, old=old, new=new)
    status, output = student.check(name)
    assert status == 1
    assert explained in unwrapped(output)
    assert len(output.split()) < 160
