"""The hand-out around the stubs: packing, Otter and its stand-in, the demo, and what must stay out.

Also the versions of Python that students have.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.student_folder import HAND_OUT, ROOT, Student
from tests.the_assignment import FILES, FUNCTIONS, QUESTIONS

TEXTS = [p for p in HAND_OUT.rglob("*") if p.suffix in {".py", ".md", ".ipynb"}]


@pytest.fixture
def student(tmp_path: Path) -> Student:
    return Student(tmp_path / "student")


# --- handing in ---


def packed(student: Student) -> set[str]:
    return set(zipfile.ZipFile(student.folder / "hand-in.zip").namelist())


def test_zip_holds_the_four_files_and_no_other(student: Student) -> None:
    student.solve(*FILES)
    (student.folder / "notes.txt").write_text("mine")
    student.write("scratch.py", "print('mine')")
    status, output = student.check("--zip")
    assert status == 0
    assert packed(student) == set(FILES)
    assert "Upload it" in output


def test_zip_holds_what_the_files_import(student: Student) -> None:
    student.solve(*FILES)
    student.write("my_tools.py", "from wiggle import numerical_jacobian")
    path = student.folder / "practice_6_2.py"
    path.write_text(path.read_text().replace("import numpy as np", "import numpy as np, my_tools"))
    assert student.check("--zip")[0] == 0
    assert packed(student) == {*FILES, "my_tools.py", "wiggle.py"}


def test_unwritten_functions_can_be_handed_in_and_are_named(student: Student) -> None:
    student.solve("practice_6_1.py")
    status, output = student.check("--zip")
    assert status == 0
    assert "Not written yet: practice_6_2, propagate_error" in output


def test_a_file_that_does_not_run_stops_the_zip_and_leaves_no_old_one(student: Student) -> None:
    assert student.check("--zip")[0] == 0
    student.write("practice_6_2.py", "def propagate_error(error, jacobian)")
    status, output = student.check("--zip")
    assert status == 1
    assert "practice_6_2.py, line 1:" in output
    assert not (student.folder / "hand-in.zip").exists()


# --- Otter, and what stands in for it ---


def mixed(student: Student) -> None:
    """Right, wrong, crashing, mutating and unwritten functions, and a file that doesn't run."""
    student.solve("practice_6_1.py", old="x - np.max(x)", new="x")
    student.fill("propagate_error", "error *= 1\nreturn error @ jacobian")
    student.fill("practice_6_2", "return oops")
    student.solve("backprop.py", old="import numpy as np", new="import numpy as np\n1 / 0")


def solved(student: Student) -> None:
    student.solve(*FILES)


@pytest.mark.parametrize("prepare", [mixed, solved, lambda student: None])
def test_the_stand_in_says_the_same_as_otter(student: Student, prepare) -> None:  # type: ignore[no-untyped-def]
    prepare(student)
    without = student.check()
    student.install_otter()
    assert student.check() == without


def test_the_stand_in_is_at_most_forty_lines() -> None:
    tree = ast.parse((HAND_OUT / "checking" / "evidence.py").read_text())
    classes = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    stand_in = classes["_StandIn"]
    assert stand_in.end_lineno is not None
    assert stand_in.end_lineno - stand_in.lineno < 40


def test_otter_is_imported_by_who_uses_it_and_not_by_the_check(student: Student) -> None:
    student.install_otter()
    solved(student)
    told = (
        "import sys, runpy\n"
        "try: runpy.run_path('check.py', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "print('otter' in sys.modules)\n"
        "from otter.test_files import test_case\n"
        "from checking.evidence import test_case as given\n"
        "print(given is test_case)\n"
    )
    assert student.run("-c", told).stdout.split()[-2:] == ["False", "True"]


# That all of them pass under Otter where they are right, the notebook's run shows.
@pytest.mark.parametrize(("name", "passes"), [("propagate_chain", True), ("softmax", False)])
def test_otter_check_runs_the_same_tests(student: Student, name: str, passes: bool) -> None:
    student.install_otter()
    solved(student)
    student.solve("practice_6_1.py", old="x - np.max(x)", new="x")
    run = student.run("-m", "otter", "check", FUNCTIONS[name].file, "-q", name)
    assert ("All tests passed!" in run.stdout) == passes, run.stdout + run.stderr
    if not passes:
        assert "keep them small" in run.stdout


def test_there_is_one_test_file_for_each_function() -> None:
    assert {p.stem for p in (HAND_OUT / "tests").glob("*.py")} == set(FUNCTIONS)


def test_check_knows_the_functions_of_the_contract(student: Student) -> None:
    run = student.run("-c", "from checking.work import EXERCISES; print(EXERCISES)")
    expected = {
        question: {n: f.parameters for n, f in FUNCTIONS.items() if f.question == question}
        for question in QUESTIONS
    }
    assert ast.literal_eval(run.stdout) == expected


# --- the demo ---


def test_demo_learns_xor_with_two_layers_only_and_fades_over_depth(student: Student) -> None:
    solved(student)
    run = student.run("demo.py")
    assert run.returncode == 0, run.stderr
    one, two = (float(loss) for loss in re.findall(r"to ([\d.]+)\n", run.stdout))
    assert two < 0.01 < 0.9 < one
    small, large = (part.split()[-1] for part in run.stdout.strip().split("\n\n")[-3:-1])
    assert float(small) < 1e-6 < 1e3 < float(large)


def test_demo_draws_what_it_tells_where_matplotlib_is(student: Student) -> None:
    solved(student)
    told = student.run("demo.py").stdout
    assert "demo.png" in told
    assert (student.folder / "demo.png").read_bytes().startswith(b"\x89PNG")
    (student.folder / "demo.png").unlink()
    (student.folder / "demo.png").mkdir()  # a picture can't be written here
    assert "demo.png can't be written here" in student.run("demo.py").stdout


def test_demo_says_so_where_matplotlib_is_not(student: Student) -> None:
    solved(student)
    student.write("matplotlib.py", "raise ModuleNotFoundError('hidden', name='matplotlib')\n")
    run = student.run("demo.py")
    assert run.returncode == 0, run.stderr
    assert "matplotlib isn't installed" in run.stdout
    assert not (student.folder / "demo.png").exists()


def test_what_demo_draws_is_sparse_and_sums_to_0(student: Student) -> None:
    solved(student)
    told = student.run(
        "-c",
        "import demo, matplotlib.figure as f\n"
        "losses, hidden, sums = f.Figure().subplots(1, 3)\n"
        "demo.draw_xor(losses, hidden)\n"
        "demo.draw_sums(sums)\n"
        "print(sum(float(t.get_text()) == 0 for t in hidden.texts), len(hidden.texts))\n"
        "print([t.get_text() for t in sums.texts][3::4], sums.get_xlabel(), sums.get_ylabel())\n",
    ).stdout.splitlines()
    off, count = map(int, told[0].split())
    assert count // 2 < off < count == 32
    assert told[1] == "['0', '0', '0', '0'] input output"


def test_demo_waits_for_what_is_not_written(student: Student) -> None:
    run = student.run("demo.py")
    assert run.returncode == 1
    assert "train is not written yet" in run.stderr
    assert "Traceback" not in run.stderr


# --- what must stay out ---


def code_lines(path: Path) -> set[str]:
    """The lines of the functions' bodies, but for docstrings and comments, in one layout."""
    lines: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines |= {line.strip() for part in body for line in ast.unparse(part).splitlines()}
    return lines


def readable(path: Path) -> str:
    """A file's text; a notebook's cells as the reader sees them; Python without its layout."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        return "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    return text + ast.unparse(ast.parse(text)) if path.suffix == ".py" else text


def test_no_line_of_a_solution_is_in_the_hand_out() -> None:
    # Lines as short as `errors = []` or `for x in y:` give nothing away.
    secret = {s for f in FILES for s in code_lines(ROOT / "solutions" / f) if len(s) > 24}
    assert len(secret) > 25
    for path in TEXTS:
        text = readable(path)
        assert not [line for line in secret if line in text], path


def test_no_answer_worked_by_hand_is_in_the_hand_out() -> None:
    identity_but_one = r"\[?\[?1\.?,? 0\.?,? 0\.?,? 0\.?,? 0\.?\]?,?\s*\[?0\.?,? 0"
    for path in TEXTS:
        text = readable(path)
        assert not re.search(r"\b11\.?0*,?\s+-\s?11\b", text), path
        assert not re.search(identity_but_one, text), path
        assert not re.search(r"diag\(\[?1\.?0?, 0\.?0?, 1", text), path


# --- every Python that students have ---


def interpreters() -> list[str]:
    """Every Python 3.10 or newer on this machine: on the PATH, and pyenv's."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = [shutil.which(f"python3.{minor}") for minor in range(10, 15)]
    found += [str(p) for p in sorted(pyenv.glob("3.*/bin/python"))] + [sys.executable]
    by_version: dict[str, str] = {}
    for python in filter(None, found):
        probe = "import sys; print(sys.version_info >= (3, 10), sys.version_info[:2])"
        run = subprocess.run([python, "-c", probe], capture_output=True, text=True, check=False)
        if run.stdout.startswith("True"):
            by_version[run.stdout] = python
    return list(by_version.values())


@pytest.mark.parametrize("python", interpreters())
def test_files_run_on_each_python(student: Student, python: str) -> None:
    """Check with NumPy where that Python has it, else only compile."""
    solved(student)
    compiled = student.run("-m", "compileall", "-q", ".", python=python)
    assert compiled.returncode == 0, compiled.stdout
    if student.run("-c", "import numpy", python=python).returncode == 0:
        run = student.run("check.py", python=python)
        assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", [p for p in TEXTS if p.suffix == ".py"], ids=lambda p: p.name)
def test_files_are_plain_ascii(path: Path) -> None:
    # Otter opens test files in the machine's own encoding, which on Windows isn't UTF-8.
    assert path.read_bytes().isascii()
