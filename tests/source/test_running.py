"""A file's statements are run one after another, and what fails is replaced once."""

from __future__ import annotations

import ast
from typing import Any

from autograder.source.running import run_statements

FILE = "import no_such_file\nx = 1\n"


def test_an_import_that_fails_in_the_place_of_another_is_not_replaced_again() -> None:
    asked: list[str] = []

    def instead(statement: ast.stmt) -> list[ast.stmt]:
        asked.append(ast.unparse(statement))
        assert len(asked) < 5
        # Two names: what fails is tried name by name.
        found = ast.parse("from no_such_file import a, b").body
        return [ast.copy_location(one, statement) for one in found]

    space: dict[str, Any] = {}
    error = run_statements(ast.parse(FILE).body, space, "file.py", instead=instead)
    assert isinstance(error, ModuleNotFoundError)
    assert asked == ["import no_such_file"]
    assert space["x"] == 1


def test_what_is_meant_takes_the_place_of_an_import_that_fails() -> None:
    def instead(statement: ast.stmt) -> list[ast.stmt]:
        return [ast.copy_location(ast.parse("import math as no_such_file").body[0], statement)]

    space: dict[str, Any] = {}
    run_statements(ast.parse(FILE).body, space, "file.py", instead=instead)
    assert space["no_such_file"].pi > 3
