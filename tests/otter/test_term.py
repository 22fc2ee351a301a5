"""A term: some functions aren't asked, and the answers by hand are worked from other numbers."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from click.testing import CliRunner, Result

from autograder.assignment.assignment import Assignment
from autograder.assignment.by_hand import hidden
from autograder.assignment.config import ConfigError, load_term
from autograder.assignment.recipe import Components
from autograder.cli import main
from autograder.course.compare import compare, records
from autograder.course.grader import Grader
from autograder.intake.submission import Submission
from autograder.otter.build import _marks_here, build
from autograder.otter.handout import handout
from tests.conftest import ROOT
from tests.otter.test_roads import otter_run
from tests.the_assignment import CONFIG, FUNCTIONS, NOTES6, SAY, load_config

NOT_ASKED = {"propagate_chain", "practice_6_3"}
BY_HAND = {"x": [1.5, -0.5, -2, 0.25, -1.2], "error": [3, -1], "jacobian": [[1, 3], [2, -2]]}
TERM = {"asked": [name for name in FUNCTIONS if name not in NOT_ASKED], "by_hand": BY_HAND}
#: What each of the answers by hand is in this term, worked out on paper.
ANSWERS = {
    "practice_6_1": np.diag([1, 1, 0, 1, 0]),
    "practice_6_2": np.array([3 * 1 - 1 * 2, 3 * 3 - 1 * -2]),
    "practice_6_3": np.array([[1, 11], [1, 11]]),
}


#: Words that stand for more than the function of this name.
ENGLISH = {"threshold", "forward", "backward", "train", "softmax"}


def config_file(folder: Path, content: object) -> Path:
    path = folder / "term.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def term_of(folder: Path, content: object) -> Assignment:
    assignment, _ = load_term("autograder.notes6", config_file(folder, content))
    return assignment


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


# --- the hand-out ---


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("term")
    path = config_file(folder, TERM)
    result = call("build", "-o", folder / "dist", "--config", path)
    assert result.exit_code == 0, result.output
    points = sum(CONFIG.points[name] for name in TERM["asked"])
    assert f"solutions: {points:g} of {points:g} points" in result.output
    assert f"assignments: 0 of {points:g} points" in result.output
    return folder / "dist"


@pytest.fixture
def student(dist: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(dist / "student.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path / "notes-6"


def solve(folder: Path, term: Assignment) -> None:
    for name, data in term.solved().items():
        (folder / name).write_bytes(data)


def run(folder: Path, *command: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, capture_output=True, text=True, timeout=120
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stdout + done.stderr
    return done.returncode, done.stdout + done.stderr


def test_the_hand_out_does_not_speak_of_what_is_not_asked(student: Path) -> None:
    files = [path for path in student.rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert path.stem not in NOT_ASKED
        text = path.read_text(encoding="utf-8")
        assert not [name for name in NOT_ASKED if re.search(rf"(?<!\w){name}(?!\w)", text)], path


def test_the_docstrings_hold_the_numbers_of_the_term(student: Path) -> None:
    text = (student / "practice_6_2.py").read_text()
    assert "Propagate the error [3, -1] through [[1, 3], [2, -2]], worked by hand." in text
    assert (
        "at [1.5, -0.5, -2, 0.25, -1.2], worked by hand"
        in (student / "practice_6_1.py").read_text()
    )


def test_stubs_are_not_written_yet_and_solutions_pass_the_checks(
    student: Path, tmp_path: Path
) -> None:
    status, said = run(student, "check.py")
    assert (status, said.count("not written yet")) == (1, len(TERM["asked"]) + 1)
    solve(student, term_of(tmp_path, TERM))
    status, said = run(student, "check.py")
    assert (status, "practice_6_3" in said) == (0, False), said
    run(student, "demo.py")
    status, said = run(student, "check.py", "--zip")
    assert "practice_6_1.py, practice_6_2.py, backprop.py" in said


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("[11, -11]", "is the first of them 3 times and the second -1 times"),
        ("[1, 7]", "Your first entry is right so far, your second isn't"),
    ],
)
def test_a_wrong_answer_by_hand_is_checked_by_the_numbers_of_the_term(
    answer: str, says: str, student: Path, tmp_path: Path
) -> None:
    solve(student, term_of(tmp_path, TERM))
    path = student / "practice_6_2.py"
    path.write_text(path.read_text().replace("return [1.0, 11.0]", f"return {answer}"))
    status, said = run(student, "check.py", "practice_6_2")
    assert status == 1
    assert says in " ".join(said.split())


@pytest.mark.parametrize(
    "asked",
    [
        TERM["asked"],
        ["train"],
        ["forward", "error_norms", "practice_6_1"],
        ["threshold_jacobian", "backward", "practice_6_2"],
        [name for name in FUNCTIONS if name not in ("threshold", "forward", "error_norms")],
    ],
    ids=lambda asked: f"{len(asked)} {asked[0]}",
)
def test_the_notebook_and_the_demo_run_with_what_is_there(asked: list[str], tmp_path: Path) -> None:
    term = NOTES6.of_term(asked, {})
    for path, data in (handout(term, SAY) | term.solved()).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    cells = json.loads((tmp_path / "backprop.ipynb").read_text())["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    checked = re.findall(r'grader\.check\("(\w+)"\)', "\n".join(code))
    assert sorted(checked) == sorted(asked)
    script = "\n".join(re.sub(r"^%.*$", "", source, flags=re.MULTILINE) for source in code)
    (tmp_path / "as_script.py").write_text(f"import matplotlib; matplotlib.use('agg')\n{script}")
    status, said = run(tmp_path, "as_script.py")
    assert (status, "hand-in.zip holds" in said) == (0, True)
    if (tmp_path / "demo.py").exists():
        run(tmp_path, "demo.py")


# --- grading ---


def wrong_by_hand(term: Assignment) -> dict[str, bytes]:
    """The right files, with the error taken through the rows of the Jacobian."""
    files = term.solved()
    files["practice_6_2.py"] = files["practice_6_2.py"].replace(
        b"return [1.0, 11.0]", b"return [3 * 1 - 1 * 3, 3 * 2 - 1 * -2]"
    )
    return files


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("class")
    path = config_file(here, TERM)
    term = term_of(here, TERM)
    for name, files in {
        "right": term.solved(),
        "stub": term.stub_files,
        "rows": wrong_by_hand(term),
        "notes": {name: (NOTES6.solutions / name).read_bytes() for name in NOTES6.files},
    }.items():
        (here / "class" / name).mkdir(parents=True)
        for file, data in files.items():
            (here / "class" / name / file).write_bytes(data)
    result = call("grade", here / "class", "-o", here / "out", "--seed", 6, "--config", path)
    assert result.exit_code == 0, result.output
    return here


def record(graded: Path, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((graded / "out" / "feedback" / f"{name}.json").read_text())
    return read


def test_totals_and_columns_are_those_of_what_is_asked(graded: Path) -> None:
    with (graded / "out" / "grades.csv").open(newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert set(rows["right"]) & {"practice_6_3"} == set()
    most = sum(CONFIG.points[name] for name in TERM["asked"])
    assert float(rows["right"]["total"]) == float(rows["right"]["max"]) == most
    assert float(rows["stub"]["total"]) == 0
    for name in rows:
        assert [f["function"] for f in record(graded, name)["functions"]] == TERM["asked"]
        for page in (f"feedback/{name}.html", "report.html", "review.html"):
            assert "propagate_chain" not in (graded / "out" / page).read_text(encoding="utf-8")


def test_an_answer_to_the_notes_own_numbers_is_wrong(graded: Path) -> None:
    wrong = {f["function"] for f in record(graded, "notes")["functions"] if f["status"] != "right"}
    assert wrong == {"practice_6_1", "practice_6_2"}


def test_a_misconception_by_hand_follows_from_the_numbers(graded: Path) -> None:
    found = {f["function"]: f for f in record(graded, "rows")["functions"]}["practice_6_2"]
    assert found["diagnosis"] == ["jacobian-times-error"]


def test_the_points_are_the_same_on_the_otter_road(
    graded: Path, dist: Path, tmp_path: Path
) -> None:
    files = wrong_by_hand(term_of(tmp_path, TERM))
    by_otter = otter_run(dist / "autograder.zip", tmp_path / "run", files)
    by_grade = json.loads((graded / "out" / "results" / "rows.json").read_text())
    assert by_otter == by_grade
    assert [test["name"] for test in by_otter["tests"]] == TERM["asked"]


# --- what is handed out ready-made ---

FEW = {"asked": ["softmax_jacobian", "train", "practice_6_2"]}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return term_of(tmp_path_factory.mktemp("few"), FEW)


def scores(term: Assignment, config: Path, files: dict[str, bytes]) -> dict[str, Any]:
    with Grader(term, load_config(config), 6) as grader:
        record = grader.grade(Submission("student", files)).feedback
    return {entry["function"]: entry for entry in record["functions"]}


def test_what_asked_functions_lean_on_is_ready_made(few: Assignment) -> None:
    given = {"softmax", "forward", "backward", "weight_gradients", "update_weights"}
    assert set(few.given) == given
    assert set(few.files) == {"practice_6_1.py", "practice_6_2.py", "backprop.py"}
    stubs = {name: data.decode() for name, data in few.stub_files.items()}
    everything = "\n".join(stubs.values())
    assert {*re.findall(r"^def ([a-z]\w*)", everything, re.MULTILINE)} == given | set(FEW["asked"])
    assert everything.count("raise NotImplementedError") == len(FEW["asked"])


def test_what_is_built_is_measured_without_workers_too(few: Assignment, tmp_path: Path) -> None:
    config = load_config(config_file(tmp_path, FEW))
    for files, share in ((few.solved(), 1), (few.stub_files, 0)):
        marks = _marks_here(files, few, config)
        assert list(marks) == [name for name in FUNCTIONS if name in FEW["asked"]]
        assert all(score == share * most for score, most in marks.values())


def test_it_need_not_be_right_in_what_is_handed_in(few: Assignment, tmp_path: Path) -> None:
    config = config_file(tmp_path, FEW)
    broken = few.solved()
    broken["backprop.py"] = broken["backprop.py"].replace(b"return activations", b"return None")
    without = few.solved()
    without["practice_6_1.py"] = re.sub(
        rb"def softmax\(.*?(?=\ndef )", b"", without["practice_6_1.py"], flags=re.DOTALL
    )
    for files, kept in ((few.solved(), "right"), (broken, "right in itself")):
        entry = scores(few, config, files)["train"]
        assert (entry["status"], entry["score"]) == (kept, entry["max_score"])
    assert "the ready-made `forward`" in scores(few, config, broken)["train"]["text"]
    entry = scores(few, config, without)["softmax_jacobian"]
    assert entry["score"] == entry["max_score"]


def test_what_is_ready_made_stands_in_on_the_otter_road_too(
    few: Assignment, tmp_path: Path
) -> None:
    path = config_file(tmp_path, FEW)
    list(build(tmp_path / "dist", few, load_config(path), path))
    files = few.solved()
    files["backprop.py"] = files["backprop.py"].replace(b"return activations", b"return None")
    results = otter_run(tmp_path / "dist" / "autograder.zip", tmp_path / "run", files)
    given = {test["name"]: test["score"] for test in results["tests"]}
    assert given == {name: CONFIG.points[name] for name in few.exercises}
    output = {test["name"]: test["output"] for test in results["tests"]}
    assert "the ready-made" in output["train"]


def test_a_ready_made_file_need_not_be_handed_in(tmp_path: Path) -> None:
    content = {"asked": ["forward"]}
    term = term_of(tmp_path, content)
    assert term.files == ("backprop.py",)
    assert b"def softmax(" in term.importable["practice_6_1.py"]
    alone = {"backprop.py": term.solved()["backprop.py"]}
    assert scores(term, config_file(tmp_path, content), alone)["forward"]["status"] == "right"


def test_an_answer_by_hand_earns_nothing_by_a_function_that_is_nowhere(tmp_path: Path) -> None:
    content = {"asked": ["practice_6_2"]}
    term = term_of(tmp_path, content)
    source = term.stub_files["practice_6_2.py"].decode()
    called = re.sub("raise Not.*", "return propagate_error([1, 2], [[3, -3], [4, -4]])", source)
    files = {"practice_6_2.py": called.encode()}
    assert scores(term, config_file(tmp_path, content), files)["practice_6_2"]["score"] == 0


@pytest.mark.parametrize(
    "asked",
    [[name] for name in FUNCTIONS] + [[n for n in FUNCTIONS if n != name] for name in FUNCTIONS],
    ids=lambda asked: asked[0] if len(asked) == 1 else f"not {(FUNCTIONS.keys() - asked).pop()}",
)
def test_any_choice_makes_a_hand_out_whose_checks_the_solutions_pass(
    asked: list[str], tmp_path: Path
) -> None:
    term = NOTES6.of_term(asked, {})
    files = handout(term, SAY)
    named = term.absent - ENGLISH - {file.removesuffix(".py") for file in term.stub_files}
    for path, data in files.items():
        names = set(re.findall(r"\w+", data.decode()))
        assert path == "checking/crashed.py" or not names & named, (path, names & named)
    for path, data in (files | term.solved()).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    status, said = run(tmp_path, "check.py")
    assert (status, f"{len(asked)} right so far, 0 to fix" in said) == (0, True), said


def test_runs_of_terms_that_ask_for_different_functions_are_compared(tmp_path: Path) -> None:
    few = ROOT / "tests" / "sample_class" / "05-signs"
    path = config_file(tmp_path, {"asked": ["softmax_jacobian"]})
    call("grade", few, "-o", tmp_path / "whole", "--seed", 6)
    call("grade", few, "-o", tmp_path / "few", "--seed", 6, "--config", path)
    for old, new, told in (
        ("whole", "few", "89 of 100 -> 5 of 10"),
        ("few", "whole", "5 of 10 -> "),
    ):
        (line, _) = compare(records(tmp_path / old), records(tmp_path / new))
        assert told in line
        assert "what is asked" in line
        assert "by hand" not in line


# --- other numbers ---


@pytest.mark.parametrize("name", ANSWERS)
def test_the_right_answers_are_those_of_the_numbers(name: str, tmp_path: Path) -> None:
    term = term_of(tmp_path, {"by_hand": BY_HAND})
    by_code = np.array(term.reference[name]())
    by_recipe = np.array(term.all[name].recipe.predict((), Components({}), ()))
    assert np.array_equal(by_code, ANSWERS[name])
    assert np.array_equal(by_recipe, ANSWERS[name])


def test_the_sentences_with_the_notes_numbers_stand_in_the_stubs() -> None:
    for exercise in FUNCTIONS.values():
        if exercise.by_hand:
            for folder in (NOTES6.stubs, NOTES6.solutions):
                text = (folder / exercise.file).read_text(encoding="utf-8")
                assert text.count(exercise.asks) == 1


def test_naming_everything_changes_nothing() -> None:
    numbers = {name: value.tolist() for name, value in NOTES6.numbers.items()}
    assert NOTES6.of_term(list(FUNCTIONS), numbers) is NOTES6


def test_the_notes_numbers_show_what_they_are_there_to_show() -> None:
    for exercise in FUNCTIONS.values():
        assert list(hidden(exercise)) == []
        assert set(exercise.has_to_show) <= exercise.recipe.misconceptions.keys()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"asked": ["softmx"]}, "asked: no function of the assignment is called softmx, but thr"),
        ({"asked": ["softmax"], "points": {"softmax": 0}}, "at least one function must have"),
        ({"by_hand": {"y": [1]}}, r"by_hand\.y: no such numbers; there is x, error"),
        ({"by_hand": {"error": [1, 2, 3]}}, r"by_hand\.error: must have the form .*\[1, 2\]"),
        ({"by_hand": {"jacobian": [[1, 2], [3]]}}, r"by_hand\.jacobian: must have the form"),
        ({"by_hand": {"error": [1, float("nan")]}}, r"by_hand\.error"),
        ({"by_hand": {"error": [1, True]}}, r"by_hand\.error"),
        (
            {"by_hand": {"x": [1.5, 0.5, -2, 0.25, -1.2]}},
            r"by_hand: .*'threshold-at-0' \(.*gives the right answer to practice_6_1",
        ),
        (
            {"by_hand": {"error": [2, -1], "jacobian": [[1, 3], [2, -2]]}},
            r"'column-sums-without-error' \(.* and 'error-and-columns-summed-apart' \("
            ".*give the same answer to practice_6_2",
        ),
        ({"by_hand": {"jacobian": [[3, 4], [5, 6]]}}, "the answer to practice_6_2 is printed"),
    ],
)
def test_what_cannot_be_set_is_refused_with_the_line(
    content: object, says: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=rf"term\.yaml, line \d+: .*{says}"):
        term_of(tmp_path, content)


def test_the_example_of_the_docs_can_be_set(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(asked:.*?)```", text, re.DOTALL)
    assert term_of(tmp_path, yaml.safe_load(example)).given


@pytest.mark.parametrize(
    ("id", "slopes"),
    [
        ("threshold-at-plus-1", [1, 0, 0, 0, 1]),
        ("sizes-above-1-let-through", [1, 0, 1, 0, 1]),
    ],
)
def test_other_numbers_show_misconceptions_that_the_notes_hide(
    id: str, slopes: list[int], tmp_path: Path
) -> None:
    content = {"by_hand": {"x": [1.5, -0.5, -2, 0.25, 1.2]}}
    assignment, config = load_term("autograder.notes6", config_file(tmp_path, content))
    assert id not in FUNCTIONS["practice_6_1"].recipe.misconceptions
    source = f"def practice_6_1():\n    return {np.diag(slopes).tolist()}\n"
    with Grader(assignment, config, 6) as grader:
        submission = Submission("student", {"practice_6_1.py": source.encode()})
        functions = grader.grade(submission).feedback["functions"]
    found = {f["function"]: f for f in functions}["practice_6_1"]
    assert found["diagnosis"] == [id]
    assert config.words("practice_6_1", id).title in found["text"]


def test_numbers_of_what_is_not_asked_need_not_show_anything(tmp_path: Path) -> None:
    term_of(tmp_path, {"asked": ["softmax"], "by_hand": {"x": [1, 2, 3, 4, 5]}})


# --- another assignment ---


def test_another_assignment_is_built_and_runs_under_otter(tmp_path: Path) -> None:
    folder = ROOT / "tests" / "second_assignment"
    result = call("build", "-o", tmp_path / "dist", "--assignment", folder)
    assert result.exit_code == 0, result.output
    files = {"logistic.py": (folder / "solutions" / "logistic.py").read_bytes()}
    results = otter_run(tmp_path / "dist" / "autograder.zip", tmp_path / "run", files)
    assert {t["name"]: t["score"] for t in results["tests"]} == {
        "sigmoid": 4,
        "sigmoid_jacobian": 4,
        "cross_entropy_error": 2,
    }
