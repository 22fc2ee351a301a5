"""What goes wrong for a reason that a person can mend is one message, and no traceback."""

from __future__ import annotations

import ast
import builtins
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from autograder.cli import _Group, main
from autograder.source.phrases import said
from tests.conftest import ROOT
from tests.the_assignment import SAY

PACKAGE = ROOT / "autograder"
#: These are caught within the package, or a fault of it.
NOT_FOR_PEOPLE = {
    *("BudgetSpent", "CannotBeTried", "Lost", "NotAnAnswer", "NotReadable", "NotYetRight"),
    *("Refused", "SandboxError", "TooLong", "UnreadableSource", "WireError", "_TimeIsUp"),
}
SAMPLE = ROOT / "tests" / "sample_class"


def _named() -> Iterator[tuple[str, str]]:
    """The module and the name of each exception of the package."""
    classes = [
        (path, node)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    known = {name for name in dir(builtins) if name.endswith(("Error", "Exception"))}
    for _ in range(3):  # those that are made of others of ours too
        for _, node in classes:
            if any(ast.unparse(base).split(".")[-1] in known for base in node.bases):
                known.add(node.name)
    for path, node in classes:
        if node.name in known:
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts), node.name


OURS: dict[str, type[Exception]] = {
    name: getattr(import_module(module), name) for module, name in _named()
}
FOR_PEOPLE = {name: kind for name, kind in OURS.items() if getattr(kind, "for_people", False)}


def test_of_every_exception_it_is_known_whether_it_is_for_people() -> None:
    assert OURS.keys() - FOR_PEOPLE.keys() == NOT_FOR_PEOPLE


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_an_error_for_people_is_one_message(name: str) -> None:
    password = said("refused.password")
    error = FOR_PEOPLE[name](password if name == "UnreadableSubmission" else "The door is shut.")

    def fail() -> None:
        raise error

    group = _Group("autograder", commands={"fail": click.Command("fail", callback=fail)})
    result = CliRunner().invoke(group, ["fail"])
    assert result.exit_code == 2
    told = SAY.fill(password) if name == "UnreadableSubmission" else str(error)
    assert result.stderr == f"Error: {told}\n"
    assert result.stdout == ""


def test_a_fault_of_the_package_stays_one() -> None:
    def fail() -> None:
        raise OURS["SandboxError"]("lost")

    group = _Group("autograder", commands={"fail": click.Command("fail", callback=fail)})
    result = CliRunner().invoke(group, ["fail"])
    assert isinstance(result.exception, OURS["SandboxError"])
    assert result.exit_code == 1


def _damaged(tmp_path: Path) -> Path:
    path = tmp_path / "ada.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    return path


def _download(tmp_path: Path) -> Path:
    path = tmp_path / "download.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in (SAMPLE / "05-signs").glob("*.py"):
            archive.write(file, f"Ada May_77_assignsubmission_file/{file.name}")
    (tmp_path / "grades.csv").write_text("a,b\n1,2\n")
    return path


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("doctor --assignment {here}/nowhere", "there is no such assignment"),
        ("explain {damaged}", "ada.zip"),
        ("explain {sample}/05-signs --run {here}", "is not the output of a run"),
        ("grade {download} --gradebook {here}/grades.csv -o {here}/out", "grades.csv"),
    ],
    ids=["AssignmentError", "UnreadableSubmission", "OutputOfAnotherRun", "LmsError"],
)
def test_a_command_that_cannot_do_its_work_says_why(
    tmp_path: Path, arguments: str, says: str
) -> None:
    places = {
        "here": tmp_path,
        "sample": SAMPLE,
        "damaged": _damaged(tmp_path),
        "download": _download(tmp_path),
    }
    result = CliRunner().invoke(main, [part.format(**places) for part in arguments.split()])
    assert result.exit_code == 2
    (message,) = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert says in message
    assert not (tmp_path / "out" / "feedback").exists()
