"""Every command in the README and the docs is run; every link leads somewhere."""

from __future__ import annotations

import json
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, solutions

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
BIN = Path(sys.executable).parent
PAGES_TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    """The page's blocks of code in a language."""
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def commands(page: Path) -> list[str]:
    """The commands of the page's console blocks, without their comments."""
    found = blocks(page, "console")
    lines = [line.split("  #")[0].strip() for block in found for line in block.splitlines()]
    return [line for line in lines if line]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_container_gets_all_that_the_package_is_made_of() -> None:
    recipe = (ROOT / "docs" / "Containerfile").read_text(encoding="utf-8")
    copied = {
        source for line in re.findall(r"^COPY (.*) \S+$", recipe, re.M) for source in line.split()
    }
    assert all((ROOT / source).exists() for source in copied)
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = settings["tool"]["hatch"]["build"]["targets"]["wheel"]
    project = settings["project"]
    needed = {*wheel["packages"], *wheel["force-include"], project["readme"], "pyproject.toml"}
    assert copied == needed | set(project["license-files"])


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the commands read, so that they write nothing into the checkout."""
    place = tmp_path_factory.mktemp("checkout")
    for name in ("Makefile", "tests", "pyproject.toml"):
        (place / name).symlink_to(ROOT / name)
    return place


INSTRUCTORS = [c for c in commands(ROOT / "docs" / "instructors.md") if "evaluate" not in c]
#: Who is named in these commands, and one who gives a group without a name.
SMALL_CLASS = ("04-softmax-diagonal-only", "05-signs", "07-crashes")


def test_the_instructors_commands_work_one_after_another(tmp_path: Path) -> None:
    for student in (Path("tests", "sample_class", name) for name in SMALL_CLASS):
        shutil.copytree(ROOT / student, tmp_path / student)
    with zipfile.ZipFile(tmp_path / "submission.zip", "w") as archive:
        for name, source in solutions().items():
            archive.writestr(name, source)
    written = blocks(ROOT / "docs" / "instructors.md", "yaml")
    settings = next(text for text in written if "$schema" in text)
    (tmp_path / "my-grading.yaml").write_text(settings, encoding="utf-8")
    assert any(command.startswith("otter run") for command in INSTRUCTORS)
    assert any("--config my-grading.yaml" in command for command in INSTRUCTORS)
    for command in INSTRUCTORS:
        program, *arguments = shlex.split(command)
        done = subprocess.run(
            [BIN / program, *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-2000:])


def test_the_readmes_commands_are_the_makefiles(workplace: Path) -> None:
    """``make grade`` and the lines for those without make do the same; CI runs ``make test``."""
    listed = commands(ROOT / "README.md")
    assert listed[:2] == ["make grade", "make test"]
    without_make = [c for c in listed[2:] if c.startswith((".venv/bin/", "python3 "))]
    assert without_make == listed[2:]
    recipe = subprocess.run(
        ["make", "--always-make", "--dry-run", "grade"], cwd=ROOT, capture_output=True, text=True
    ).stdout.replace("--quiet ", "")
    for command in without_make:
        assert command in recipe
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in ci
    for target in ("grade", "test"):
        subprocess.run(["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True)


def test_the_command_of_make_grade_grades_the_sample_class(workplace: Path) -> None:
    command = shlex.split(commands(ROOT / "README.md")[-1])
    done = subprocess.run(
        [BIN / Path(command[0]).name, *command[1:]], cwd=workplace, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "12 graded" in done.stdout


def test_the_readmes_feedback_is_what_the_sample_class_gets(workplace: Path) -> None:
    shown = re.search(r"```text\n(  ✗ .*?)```", PAGES_TEXT, re.DOTALL)
    assert shown is not None
    command = [BIN / "autograder", "explain", "tests/sample_class/05-signs", "--seed", "6"]
    done = subprocess.run(command, cwd=workplace, capture_output=True, text=True)
    assert shown.group(1) in done.stdout


ARCHITECTURE = ROOT / "docs" / "architecture.md"
PACKAGE = ROOT / "autograder"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the package, and beside it the right hand-in of one student."""
    for folder in ("autograder", "assignments", "solutions"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copytree(ROOT / "solutions", tmp_path / "ada")
    return tmp_path


def explained(place: Path) -> dict[str, dict[str, Any]]:
    """What the copy of the package says of the hand-in, by function."""
    command = [sys.executable, "-m", "autograder.cli", "explain", "--json", "ada"]
    environment = {**os.environ, "PYTHONPATH": str(place)}
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return {entry["function"]: entry for entry in json.loads(done.stdout)["functions"]}


def test_the_ten_lines_add_a_misconception(copied: Path) -> None:
    """The function of the page is named, and told the page's words."""
    added, wrong = blocks(ARCHITECTURE, "python")
    (words,) = blocks(ARCHITECTURE, "yaml")
    module = copied / "autograder" / "notes6" / "update_weights.py"
    source = module.read_text(encoding="utf-8")
    module.write_text(source.replace("\nexercise = ", f"\n{added}\nexercise = "), encoding="utf-8")
    with module.with_suffix(".yaml").open("a", encoding="utf-8") as file:
        file.write(words)
    with (copied / "ada" / "backprop.py").open("a", encoding="utf-8") as file:
        file.write(f"\n\n{wrong}")

    entry = explained(copied)["update_weights"]
    assert entry["diagnosis"] == ["rate-in-percent"]
    assert "divides the learning rate by 100" in entry["text"]
    assert len([line for block in (added, words, wrong) for line in block.splitlines()]) <= 10


def test_an_exercise_is_left_out_as_the_page_says(copied: Path) -> None:
    folder = copied / "autograder" / "notes6"
    for file in (folder / "__init__.py", folder / "grading.yaml"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.strip().startswith("practice_6_3")]
        assert len(lines) - len(kept) == (2 if file.suffix == ".py" else 1)
        file.write_text("".join(kept), encoding="utf-8")

    functions = explained(copied)
    assert "practice_6_3" not in functions
    assert {entry["status"] for entry in functions.values()} == {"right"}


def test_what_the_page_on_the_architecture_names_is_there() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert folders == set(re.findall(r"^  (\w+)/ ", text, re.MULTILINE))
    named = {
        name
        for name in re.findall(r"`([a-z]\w*(?:\.\w+)+)`", text)
        if name.partition(".")[0] in {*folders, "cli"} and not name.endswith(".py")
    }
    assert len(named) > 20
    for name in named:
        pkgutil.resolve_name(f"autograder.{name}")


def test_the_page_for_contributors_knows_every_target_and_every_folder_of_tests() -> None:
    page = ROOT / "CONTRIBUTING.md"
    text = page.read_text(encoding="utf-8")
    for target in {c.split()[1] for c in commands(page) if c.startswith("make ")}:
        subprocess.run(["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True)
    table = "".join(line for line in text.splitlines() if line.startswith("| "))
    tests = {p.relative_to(ROOT / "tests") for p in (ROOT / "tests").rglob("test_*.py")}
    folders = {path.parent.as_posix() for path in tests} - {"."}
    assert {name.rstrip("/") for name in re.findall(r"`([a-z_0-9/]+/)`", table)} == folders
    named = set(re.findall(r"`(test_[a-z_]+)`", table))
    assert named <= {path.stem for path in tests}


def test_every_package_that_make_installs_is_pinned() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
    pinned = {_normal(name): version for name, version in (line.split("==") for line in lines)}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *settings["build-system"]["requires"],
        *settings["project"]["dependencies"],
        *settings["dependency-groups"]["test"],
    ]
    names = {_normal(re.split(r"[<>=\[]", each)[0]): each for each in asked}
    assert not names.keys() - pinned.keys()
    for linter in ("ruff", "mypy", "types-pyyaml"):
        assert names[linter].endswith(f"=={pinned[linter]}")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
