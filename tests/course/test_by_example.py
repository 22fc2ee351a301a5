"""Misconceptions that an instructor names by example: recognised, combined, refused, carried on."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from autograder.assignment.yaml_files import ConfigError
from autograder.cli import main
from autograder.intake.submission import Submission
from tests.conftest import solutions
from tests.the_assignment import build, grader_of, load_config

FUNCTION = "softmax_jacobian"
#: A few lines, which lean on the right `softmax`.
EXAMPLE = """
import numpy as np

def softmax_jacobian(x):
    s = softmax(x)
    return np.diag(s) - 3 * np.outer(s, s) ** 1.5
"""
#: The same in other words.
SAME = """
def softmax_jacobian(x):
    e = np.exp(x - np.max(x))
    s = e / e.sum()
    J = np.zeros((len(s), len(s)))
    for i in range(len(s)):
        for j in range(len(s)):
            J[i, j] = (s[i] if i == j else 0) - 3 * np.sqrt(s[i] * s[j]) ** 3
    return J
"""
WORDS = {
    "title": "A power of the product",
    "did": "`{function}` raises the product of the shares to a power.",
    "why": "Each share takes part once.",
    "next": "Work out entry [0, 1] by hand.",
}


def write(folder: Path, source: str = EXAMPLE, **changes: Any) -> Path:
    (folder / "slip.py").write_text(source, encoding="utf-8")
    entry = {"function": FUNCTION, "like": "slip.py", **WORDS, **changes}
    path = folder / "mine.yaml"
    path.write_text(yaml.safe_dump({"misconceptions": {"a-power": entry}}), encoding="utf-8")
    return path


def graded(config: Path, code: str, seed: int = 5) -> dict[str, Any]:
    """What is said of the function with this code below the solutions."""
    files = solutions()
    files["practice_6_1.py"] += code.encode()
    with grader_of(load_config(config), seed) as grader:
        functions = grader.grade(Submission("ada", files)).feedback["functions"]
    found: dict[str, Any] = next(f for f in functions if f["function"] == FUNCTION)
    return found


def test_whoever_does_the_same_is_told_the_words_of_the_example(tmp_path: Path) -> None:
    for seed in (5, 6):
        entry = graded(write(tmp_path), SAME, seed)
        assert entry["diagnosis"] == ["a-power"]
        assert "`softmax_jacobian` raises the product of the shares to a power." in entry["text"]
        assert "unnamed" not in entry


def test_an_example_combines_with_what_changes_the_result_alone(tmp_path: Path) -> None:
    entry = graded(write(tmp_path), SAME.replace("return J", "return -J"))
    assert entry["diagnosis"] == ["a-power", "wrong-sign"]
    assert "Two things are wrong" in entry["text"]


def test_what_does_something_else_is_not_recognised(tmp_path: Path) -> None:
    entry = graded(write(tmp_path), SAME.replace("- 3 *", "- 3.1 *"))
    assert entry["diagnosis"] == []
    assert entry["unnamed"]["signature"]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (solutions()["practice_6_1.py"].decode(), "right on every input"),
        ("def softmax_jacobian(x):\n    return 1 / 0\n", "ZeroDivisionError in line 2"),
        ("def softmax_jacobian(x:\n", "SyntaxError"),
        ("def jacobian_of_it(x):\n    return x\n", "has no function 'softmax_jacobian'"),
        (
            "import numpy as np\ndef softmax_jacobian(x):\n"
            "    s = softmax(x)\n    return np.diag(s * (1 - s))\n",
            "does what 'off-diagonal-left-at-0' does already",
        ),
    ],
)
def test_an_example_that_tells_nothing_is_refused_with_the_reason(
    tmp_path: Path, source: str, why: str
) -> None:
    with pytest.raises(ConfigError, match=why) as refused:
        graded(write(tmp_path, source), SAME)
    assert str(refused.value).startswith("misconceptions.a-power: like: slip.py ")


def test_two_examples_of_the_same_mistake_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["misconceptions"]["again"] = content["misconceptions"]["a-power"]
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(ConfigError, match="does what 'a-power' does already"):
        graded(path, SAME)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"like": "nowhere.py"}, r"line \d+: misconceptions.a-power.like: .*cannot be read"),
        ({"like": None}, "'function' and 'like' stand together"),
        ({"why": " "}, "nothing is said under why"),
        ({"function": "soft"}, "no function of the assignment is called soft"),
    ],
)
def test_an_entry_that_is_not_complete_is_reported_with_its_line(
    tmp_path: Path, changes: dict[str, Any], why: str
) -> None:
    with pytest.raises(ConfigError, match=why):
        load_config(write(tmp_path, **changes))


def test_an_example_may_not_take_the_id_of_a_known_misconception(tmp_path: Path) -> None:
    path = write(tmp_path)
    text = path.read_text(encoding="utf-8").replace("a-power", "wrong-sign")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="is taken; choose another"):
        load_config(path)


def test_the_zip_for_gradescope_carries_the_example(tmp_path: Path) -> None:
    path = write(tmp_path)
    list(build(tmp_path / "dist", load_config(path), path))
    with zipfile.ZipFile(tmp_path / "dist" / "autograder.zip") as archive:
        archive.extractall(tmp_path / "source")
    carried = load_config(tmp_path / "source" / "files" / "grading.yaml")
    key = f"{FUNCTION}.a-power"
    assert carried.examples[key].source == EXAMPLE
    assert carried.misconceptions[key].title == WORDS["title"]


def test_a_group_of_the_report_is_named_with_one_command(tmp_path: Path) -> None:
    run = CliRunner().invoke
    students, out, mine = (str(tmp_path / name) for name in ("class", "out", "mine"))
    Path(mine).mkdir()
    for name in ("ada", "bo", "cy"):
        folder = Path(students) / name
        folder.mkdir(parents=True)
        for file, data in solutions().items():
            (folder / file).write_bytes(data)
        if name != "cy":
            (folder / "practice_6_1.py").write_bytes(solutions()["practice_6_1.py"] + SAME.encode())
    assert run(main, ["grade", students, "-o", out, "--seed", "4", "-j", "1"]).exit_code == 0
    report = json.loads((Path(out) / "report.json").read_text(encoding="utf-8"))
    assert [(g["function"], g["students"]) for g in report["unnamed"]] == [(FUNCTION, 2)]

    named = run(main, ["name", out, "1", "--into", mine])
    assert named.exit_code == 0
    (example,) = Path(mine).glob("*.py")
    config = Path(mine) / "grading.yaml"
    config.write_text(named.stdout, encoding="utf-8")
    assert "nothing is said under title" in run(main, ["doctor", "--config", str(config)]).output
    config.write_text(named.stdout.replace('""', '"It takes a power"'), encoding="utf-8")
    again = ["grade", students, "-o", out, "-j", "1", "--config", str(config)]
    assert run(main, again).exit_code == 0
    report = json.loads((Path(out) / "report.json").read_text(encoding="utf-8"))
    assert report["unnamed"] == []
    assert [(m["id"], m["students"]) for m in report["misconceptions"]] == [(example.stem, 2)]

    assert run(main, ["name", out, "1", "--into", mine]).exit_code == 2


def test_a_refused_example_ends_the_run_with_status_2(tmp_path: Path) -> None:
    config = write(tmp_path, solutions()["practice_6_1.py"].decode())
    (tmp_path / "class" / "ada").mkdir(parents=True)
    (tmp_path / "class" / "ada" / "practice_6_2.py").write_text("x = 1\n")
    arguments = ["grade", str(tmp_path / "class"), "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(main, [*arguments, "--config", str(config)])
    assert result.exit_code == 2
    assert "it shows no mistake" in result.output
