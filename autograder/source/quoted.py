"""Code that is quoted stands as the student wrote it, and not as Python would write it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from .phrases import Said


def readings(line: str) -> Iterator[tuple[str, ast.Module]]:
    """A line by itself, as far as Python can read it: what is read, and its tree; one or none.

    Parameters
    ----------
    line : str
    """
    line = line.strip()
    for text in (line, f"{line} pass", f"if True: pass\n{line} pass", re.sub(r"^\w+\s", "", line)):
        try:
            yield text, ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        return


def as_written(told: Said, line: str) -> Said:
    """What is told of a line, with its pieces of code as they stand there.

    Parameters
    ----------
    told : Said
    line : str
    """
    missing = {text for text in _texts(told) if text not in line}
    if not missing:
        return told
    written: dict[str, str] = {}
    for text, tree in readings(line):
        for node in ast.walk(tree):
            if isinstance(node, ast.expr) and (code := ast.unparse(node)) in missing:
                written.setdefault(code, ast.get_source_segment(text, node) or code)
    return _with(told, written)


def _texts(told: Said) -> Iterator[str]:
    for _, value in told.values:
        if isinstance(value, Said):
            yield from _texts(value)
        elif isinstance(value, str):
            yield value


def _with(told: Said, written: dict[str, str]) -> Said:
    values = (
        (name, _with(value, written) if isinstance(value, Said) else _one(value, written))
        for name, value in told.values
    )
    return Said(told.key, tuple(values))


def _one(value: object, written: dict[str, str]) -> object:
    return written.get(value, value) if isinstance(value, str) else value
