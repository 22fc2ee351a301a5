"""Every command in the README and the docs is run; every link leads somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, solutions

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
BIN = Path(sys.executable).parent
PAGES_TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(page: Path) -> list[str]:
    """The commands of the page's console blocks, without their comments."""
    blocks = re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
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


def test_the_instructors_commands_work_one_after_another(workplace: Path) -> None:
    with zipfile.ZipFile(workplace / "submission.zip", "w") as archive:
        for name, source in solutions().items():
            archive.writestr(name, source)
    assert any(command.startswith("otter run") for command in INSTRUCTORS)
    for command in INSTRUCTORS:
        program, *arguments = shlex.split(command)
        done = subprocess.run(
            [BIN / program, *arguments], cwd=workplace, capture_output=True, text=True, timeout=300
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
