"""What the folders promise: packages import in one direction, and the engine knows no exercise."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from autograder.assignment.config import schema
from tests.conftest import ROOT
from tests.the_assignment import FILES, FUNCTIONS, NOTES6, QUESTIONS

PACKAGE = ROOT / "autograder"
#: Each may import what stands before it. The assignment is handed in by the command alone.
ORDER = [
    *("source", "sandbox", "formulas", "assignment", "intake", "marking"),
    *("diagnosis", "feedback", "course", "otter"),
]
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != PACKAGE]
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
ENGINE = [p for p in sorted(PACKAGE.rglob("*.py")) if "notes6" not in p.parts]
#: These are words of English too, so they are looked for where they name something.
ENGLISH = {"threshold", "forward", "backward", "train"}


def _imported(path: Path) -> Iterator[str]:
    """The packages of ours that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            above = path.parents[node.level - 1].relative_to(ROOT).parts if node.level else ()
            parts = [*above, *node.module.split(".")]
            if parts[0] == "autograder" and len(parts) > 1:
                yield parts[1]
        elif isinstance(node, ast.Import):
            names = (alias.name.split(".") for alias in node.names)
            yield from (parts[1] for parts in names if parts[0] == "autograder" and len(parts) > 1)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_packages_import_in_one_direction(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0]
    if own == "notes6":
        allowed = {"notes6", "source", "sandbox", "formulas", "assignment", "marking"}
    else:
        allowed = set(ORDER[: ORDER.index(own) + 1])
    assert set(_imported(path)) <= allowed


@pytest.mark.parametrize("path", sorted((PACKAGE / "source").rglob("*.py")), ids=lambda p: p.stem)
def test_what_reads_a_file_needs_no_package(path: Path) -> None:
    """The hand-out's checks take these modules along, to where nothing but NumPy is."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom) and not n.level}
    names |= {alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names}
    found = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
    assert found <= ({"numpy"} if path.parent.name == "changes" else set())


def test_every_module_lies_in_the_package_of_its_stage() -> None:
    assert {path.name for path in PACKAGE.glob("*.py")} == {"__init__.py", "cli.py"}
    folders = {path.name for path in PACKAGE.iterdir() if [*path.glob("*.py")]}
    assert folders == {*ORDER, "notes6"}
    # A test of one stage is found by the stage's name; what students receive is no package.
    tested = {path.parent.relative_to(ROOT / "tests").parts for path in TESTS}
    assert {parts[0] for parts in tested if parts} <= folders | {"hand_out"}
    assert folders <= {parts[0] for parts in tested if parts}


@pytest.mark.parametrize("path", ENGINE, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_the_engine_names_no_exercise(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("backprop-autograder", "")
    names = {*FUNCTIONS, *QUESTIONS, *FILES} - ENGLISH
    if path.parent.name == "formulas":
        # One of the operations that formulas are made of, like exp and tanh.
        names -= {"softmax"}
    assert not [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    for node in ast.walk(ast.parse(text)):
        word = node.value if isinstance(node, ast.Constant) else None
        word = node.attr if isinstance(node, ast.Attribute) else word
        assert word not in ENGLISH
        assert not isinstance(node, ast.List | ast.Tuple) or _numbers(node) not in _by_hand()


def _by_hand() -> list[list[float]]:
    """The numbers of the exercises by hand that are no everyday ones."""
    given = [value for exercise in FUNCTIONS.values() for value in exercise.by_hand.values()]
    arrays = [np.asarray(item) for value in given for item in np.atleast_1d(np.array(value))]
    rows = [row.tolist() for array in arrays for row in np.atleast_2d(array)]
    return [row for row in rows if len(row) > 1 and set(row) - {0, 1, 2}]


def _numbers(node: ast.List | ast.Tuple) -> list[float]:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return []
    return [float(v) for v in value if isinstance(v, int | float)]


def test_the_schema_of_the_settings_is_up_to_date() -> None:
    """Renew it with: python -m tests.test_architecture."""
    first = (NOTES6.folder / "grading.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={SCHEMA.name}"
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema(NOTES6)


SCHEMA = NOTES6.folder / "grading.schema.json"

if __name__ == "__main__":
    SCHEMA.write_text(json.dumps(schema(NOTES6), indent=1) + "\n", encoding="utf-8")
