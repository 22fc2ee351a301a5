"""Functions that go by nearly the name that they were to have."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, Sequence

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
#: Names that are shorter differ by fewer letters from any other.
LONG = 8


def renamed(
    body: Sequence[ast.stmt], wanted: Mapping[str, Sequence[str]], known: Collection[str]
) -> dict[str, str]:
    """Find the functions of a file that are missing under their names and there under others.

    Parameters
    ----------
    body : sequence of ast.stmt
        The file's statements.
    wanted : mapping of str to sequence of str
        The functions that it should define, with their parameters.
    known : collection of str
        Names that are those of other functions.

    Returns
    -------
    dict of str to str
        The function to its name in the file, where just one is near enough and takes as many
        parameters.
    """
    there = {name for statement in body for name in bound(statement)}
    missing = [name for name in wanted if name not in there]
    if not missing:
        return {}
    others = {
        statement.name: len(positional(statement))
        for statement in body
        if isinstance(statement, FunctionNode) and statement.name not in known
    }
    found: dict[str, str] = {}
    for name in missing:
        near = [
            other
            for other, count in others.items()
            if count == len(wanted[name]) and is_near(name, other)
        ]
        if len(near) == 1 and near[0] not in found.values():
            found[name] = near[0]
    return found


def positional(function: FunctionNode) -> list[str]:
    """The names of the parameters that can be given by place."""
    return [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]


def bound(statement: ast.stmt) -> list[str]:
    """The names that a statement of the top level gives something to."""
    if isinstance(statement, FunctionNode | ast.ClassDef):
        return [statement.name]
    return [
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ] + [
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(statement)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]


def is_near(name: str, other: str) -> bool:
    """Whether two names differ in case, underscores or a letter or two."""
    one, two = (text.lower().replace("_", "") for text in (name, other))
    return one == two or distance(one, two) <= (2 if len(one) >= LONG else 1)


def distance(one: str, other: str) -> int:
    """How many letters to change, leave out, put in or exchange with the next; at most 3."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return min(row[-1], 3)
