"""Imports as a student's own folder would have them, where the files were handed in alone."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Collection, Sequence

#: A source that may hold an import of either kind.
DOTTED = re.compile(rb"^[ \t]*(?:from[ \t]+\.|(?:from|import)[ \t]+\w+\.)", re.MULTILINE)


def found_here(body: Sequence[ast.stmt], modules: Collection[str]) -> list[ast.stmt]:
    """Have relative imports, and those through a package's name, find the files handed in.

    Parameters
    ----------
    body : sequence of ast.stmt
        Changed in place.
    modules : collection of str
        The names under which files are found.
    """
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Import | ast.ImportFrom):
                _point_here(node, modules)
    return [_as_import(statement) for statement in body]


def _point_here(node: ast.Import | ast.ImportFrom, modules: Collection[str]) -> None:
    if isinstance(node, ast.Import):
        for alias in node.names:
            if alias.asname and _is_of_a_package(alias.name, modules):
                alias.name = alias.name.rpartition(".")[2]
        return
    module = node.module or ""
    if node.level and module:
        node.level, node.module = 0, module.rpartition(".")[2]
    elif not node.level and _is_of_a_package(module, modules):
        node.module = module.rpartition(".")[2]


def _is_of_a_package(name: str, modules: Collection[str]) -> bool:
    package, _, module = name.rpartition(".")
    top = package.partition(".")[0]
    return bool(package) and module in modules and top not in {*sys.stdlib_module_names, "numpy"}


def _as_import(statement: ast.stmt) -> ast.stmt:
    """``from . import a`` as ``import a``."""
    if isinstance(statement, ast.ImportFrom) and statement.level and not statement.module:
        return ast.copy_location(ast.Import(statement.names), statement)
    return statement


def singly(statement: ast.Import | ast.ImportFrom) -> list[ast.stmt]:
    """One import for each name."""
    if isinstance(statement, ast.Import):
        found: list[ast.stmt] = [ast.Import([alias]) for alias in statement.names]
    else:
        found = [
            ast.ImportFrom(statement.module, [alias], statement.level) for alias in statement.names
        ]
    return [ast.copy_location(single, statement) for single in found]
