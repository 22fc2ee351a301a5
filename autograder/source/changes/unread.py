"""What a function makes, and gives something else back."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..phrases import Said, said
from ..trees import walk


def unread(function: ast.FunctionDef) -> Iterator[ast.Return]:
    """Yield a ``return`` of each name that one line gives a value, and that no line reads.

    Its line is the one that gives the value. There is none where several lines give something back.

    Parameters
    ----------
    function : ast.FunctionDef
    """
    nodes = walk(function)
    if [node for node in nodes if isinstance(node, ast.Return)] != function.body[-1:]:
        return
    names = [node.id for node in nodes if isinstance(node, ast.Name)]
    for line in function.body:
        match line:
            case ast.Assign([ast.Name(id=name)]) if names.count(name) == 1:
                yield ast.copy_location(ast.Return(ast.Name(name, ast.Load())), line)


def unread_told(key: str, line: int, instead: ast.AST) -> Said:
    """Give what is said of a ``return`` that gives back something else than what was made.

    Parameters
    ----------
    key : str
        With which what is said of a change begins.
    line : int
    instead : ast.AST
        What `unread` has yielded.
    """
    match instead:
        case ast.Return(ast.Name(id=name), lineno=made):
            return said(f"{key}_unread", line=line, name=name, made=made)
    raise ValueError("no return of a name")
