"""A notebook as the source that its code cells make, in their order."""

from __future__ import annotations

import json
import re
from typing import Any

from autograder.intake.found_files import NotReadable
from autograder.source.phrases import said

_CELLS = re.compile(r'"cells"\s*:\s*\[')
#: A line that keeps what a magic or a shell command gives.
_KEPT = re.compile(r"\w[\w., ]{0,80}=[ \t]*[%!]")
_BETWEEN = re.compile(r"[\s,]*")


def source_of(data: bytes) -> bytes:
    """Give the code of a notebook; magics, shell commands and questions become comments.

    Of one that is cut off, or broken in a cell, the code of the cells before is given.

    Raises
    ------
    NotReadable
        If it is no notebook.
    """
    try:
        code = [_text(cell) for cell in _cells(data) if cell.get("cell_type") == "code"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NotReadable(said("refused.no_notebook")) from None
    return "\n\n\n".join(map(_for_python, code)).encode("utf-8", "replace")


def _cells(data: bytes) -> list[dict[str, Any]]:
    try:
        notebook = json.loads(data)
    except json.JSONDecodeError:
        return _whole_cells(data.decode("utf-8", "replace"))
    # Before format 4 they stood in sheets.
    sheets = notebook.get("worksheets", [notebook])
    return [cell for sheet in sheets for cell in sheet["cells"]]


def _whole_cells(text: str) -> list[dict[str, Any]]:
    """The cells that can be read of a notebook that cannot; there is one at least."""
    found: list[dict[str, Any]] = []
    decode = json.JSONDecoder().raw_decode
    start = _CELLS.search(text)
    at = start.end() if start else len(text)
    while at < len(text):
        try:
            cell, at = decode(text, _end_of(_BETWEEN, text, at))
        except json.JSONDecodeError:
            break
        found.append(cell)
    if not found:
        raise ValueError
    return found


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _for_python(code: str) -> str:
    """Put a # before lines that only a notebook understands."""
    lines = []
    for line in code.split("\n"):
        bare = line.lstrip(" \t")
        is_magic = (
            bare.startswith(("%", "!", "?"))
            or bare.rstrip(" \t").endswith("?")
            or _KEPT.match(bare) is not None
        )
        lines.append(f"{line[: len(line) - len(bare)]}# {bare}" if is_magic else line)
    return "\n".join(lines)


def _text(cell: dict[str, Any]) -> str:
    source = cell["source"] if "source" in cell else cell["input"]
    return source if isinstance(source, str) else "".join(map(str, source))


def is_whole(data: bytes) -> bool:
    """Whether a notebook can be read to its end."""
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
