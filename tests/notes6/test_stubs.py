"""Stubs and solutions stay one text: they differ in the functions' bodies and private helpers."""

from __future__ import annotations

import ast
import doctest
import subprocess
import sys
from pathlib import Path

import pytest

from tests.the_assignment import FILES, FUNCTIONS

ROOT = Path(__file__).parents[2]
STUBS, SOLUTIONS = ROOT / "assignments", ROOT / "solutions"


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def without_bodies(tree: ast.Module) -> str:
    """The module with each public function cut down to its signature and docstring."""
    public = [
        n for n in tree.body if not (isinstance(n, ast.FunctionDef) and n.name.startswith("_"))
    ]
    for node in public:
        if isinstance(node, ast.FunctionDef):
            node.body = node.body[:1]
    return "\n".join(ast.unparse(node) for node in public)


@pytest.mark.parametrize("file", FILES)
def test_stub_has_the_signatures_docstrings_and_imports_of_its_solution(file: str) -> None:
    assert without_bodies(parse(STUBS / file)) == without_bodies(parse(SOLUTIONS / file))


@pytest.mark.parametrize("file", FILES)
def test_stub_bodies_hold_nothing_but_not_implemented(file: str) -> None:
    for function in functions(parse(STUBS / file)):
        _, raises = function.body
        assert ast.unparse(raises) == (
            f"raise NotImplementedError('{function.name} is not written yet: replace this line')"
        )


@pytest.mark.parametrize("file", FILES)
def test_files_hold_the_functions_of_the_contract(file: str) -> None:
    found = {f.name: tuple(a.arg for a in f.args.args) for f in functions(parse(STUBS / file))}
    assert found == {f.name: f.parameters for f in FUNCTIONS.values() if f.file == file}


@pytest.mark.parametrize("file", FILES)
def test_every_docstring_names_its_section_and_has_an_example(file: str) -> None:
    tree = parse(STUBS / file)
    assert "section" in (ast.get_docstring(tree) or "")
    for function in functions(tree):
        docstring = ast.get_docstring(function) or ""
        assert doctest.DocTestParser().get_examples(docstring), function.name


@pytest.mark.parametrize("path", [*(SOLUTIONS / f for f in FILES), STUBS / "wiggle.py"], ids=str)
def test_examples_in_docstrings_are_true(path: Path) -> None:
    command = [sys.executable, "-m", "doctest", path.name]
    run = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
