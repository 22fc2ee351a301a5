"""Functions that stand inside of something else, where no import finds them.

Such as under ``if __name__ == "__main__":``, in a ``main()``, or a step too far to the right, below
the ``return`` of another function.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from .renamed import FunctionNode

Import = ast.Import | ast.ImportFrom


def blocks_with(
    body: Sequence[ast.stmt], missing: Collection[str]
) -> Iterator[tuple[list[FunctionNode], list[ast.stmt]]]:
    """Find functions that are not at a file's top level; those of a class are methods, and are not.

    Parameters
    ----------
    body : sequence of ast.stmt
        The file.
    missing : collection of str
        The names of the functions.

    Yields
    ------
    tuple
        The functions of one block that are asked for, and all functions and imports of that block.
    """
    for statement in body:
        for block in _never_run(statement):
            there = [one for one in block if isinstance(one, FunctionNode | Import)]
            wanted = [one for one in there if isinstance(one, FunctionNode) and one.name in missing]
            if wanted:
                yield wanted, list(there)


def _never_run(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The blocks below a statement that no import runs."""
    if isinstance(statement, ast.If) and "__name__" in ast.dump(statement.test):
        yield statement.body
    elif isinstance(statement, FunctionNode):
        waiting: list[ast.AST] = [statement]
        while waiting:
            node = waiting.pop(0)
            for name in ("body", "orelse", "finalbody", "handlers", "cases"):
                block = getattr(node, name, None)
                if isinstance(block, list) and not isinstance(node, ast.ClassDef | ast.Lambda):
                    waiting += block
                    yield block
