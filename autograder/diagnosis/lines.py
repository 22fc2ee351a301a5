"""Name the student's own line where it shows the cause, and only where no other line could."""

from __future__ import annotations

import re

from autograder.contract import FUNCTIONS
from autograder.session import Session

#: By misconception: how the line that causes it looks. Each was written from what people type.
_LOOKS: dict[str, str] = {
    "relu-threshold": r"(>|<)=?\s*0(\.0*)?(?![\d.])",
    "includes-threshold": r">=\s*-\s*1|<\s*-\s*1",
    "condition-reversed": r"<=?\s*-\s*1",
    "jacobian-times-error": r"@|dot|matmul",
    "element-wise-along-columns": r"(?<!\*)\*(?!\*)|multiply",
    "element-wise-unsummed": r"(?<!\*)\*(?!\*)|multiply",
    "whole-number-buffer": r"(zeros|empty|ones|full)_like|\.copy\(|astype\(int",
    "wrong-sign": r"return\s*-|-\s*\(|target\s*-",
}


def telling_line(session: Session, function: str, ids: tuple[str, ...]) -> int | None:
    """The number of the one line of the function that looks like the cause.

    Returns
    -------
    int or None
        None where no line does, or more than one.
    """
    file = FUNCTIONS[function].file
    facts = session.worker.facts.get(file)
    span = facts.lines.get(function) if facts else None
    looks = [_LOOKS[id] for id in ids if id in _LOOKS]
    if not span or not looks:
        return None
    lines = session.submission.files[file].decode("utf-8-sig", "replace").splitlines()
    code = [(n, _code(lines[n - 1])) for n in range(span[0] + 1, min(span[1], len(lines)) + 1)]
    hits = [n for n, text in code if re.search(looks[0], text)]
    return hits[0] if len(hits) == 1 else None


def _code(line: str) -> str:
    """The line without its comment; a docstring line that matches makes two hits, so no line."""
    return line.split("#", 1)[0]
