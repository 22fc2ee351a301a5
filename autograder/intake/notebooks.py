"""A notebook as the source that its code cells make, in their order."""

from __future__ import annotations

import json
import re
from typing import Any

from autograder.intake.found_files import NotReadable

#: Lines for the notebook and not for Python: magics, shell commands and questions.
_MAGIC = re.compile(r"^([ \t]*)([%!?].*|.*\?{1,2}[ \t]*)$", re.MULTILINE)


def source_of(data: bytes) -> bytes:
    """Give the code of a notebook; lines for the notebook itself are put behind a #.

    Raises
    ------
    NotReadable
        If it is no notebook.
    """
    try:
        cells = json.loads(data)["cells"]
        code = [_text(cell) for cell in cells if cell.get("cell_type") == "code"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NotReadable("is no notebook that can be read") from None
    return "\n\n\n".join(_MAGIC.sub(r"\1# \2", text) for text in code).encode("utf-8", "replace")


def _text(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(map(str, source))
