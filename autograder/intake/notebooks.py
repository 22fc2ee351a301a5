"""A notebook as the source that its code cells make, in their order."""

from __future__ import annotations

import json
from typing import Any

from autograder.intake.found_files import NotReadable
from autograder.sandbox.phrases import said


def source_of(data: bytes) -> bytes:
    """Give the code of a notebook; magics, shell commands and questions become comments.

    Raises
    ------
    NotReadable
        If it is no notebook.
    """
    try:
        cells = json.loads(data)["cells"]
        code = [_text(cell) for cell in cells if cell.get("cell_type") == "code"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NotReadable(said("refused.no_notebook")) from None
    return "\n\n\n".join(map(_for_python, code)).encode("utf-8", "replace")


def _for_python(code: str) -> str:
    """Put a # before lines that only a notebook understands."""
    lines = []
    for line in code.split("\n"):
        bare = line.lstrip(" \t")
        is_magic = bare.startswith(("%", "!", "?")) or bare.rstrip(" \t").endswith("?")
        lines.append(f"{line[: len(line) - len(bare)]}# {bare}" if is_magic else line)
    return "\n".join(lines)


def _text(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(map(str, source))
