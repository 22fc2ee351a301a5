"""The names that lines of a function give values to, as far as each can be read below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .trees import indent_of

_NAMES = r"\w+(?:\s*,\s*\w+)*"
_FOR = rf"for\s+\(?({_NAMES})\)?\s+in\b"
_TEXTS = re.compile(r"'[^']*'|\"[^\"]*\"")


def names_set(lines: Sequence[str]) -> tuple[str, ...]:
    """Give the names that some lines of a function give values to, its parameters first.

    Not those that are names within brackets alone, or within a function that stands inside.

    Parameters
    ----------
    lines : sequence of str
        Without comments, from the ``def`` on.
    """
    found: dict[str, None] = {}
    for line, is_whole in _statements(lines):
        if asked := re.match(r"\s*def \w+\((.*?)\)", line):
            plain = re.sub(r":[^,=]*|=[^,]*", "", asked[1])
            found |= dict.fromkeys(re.findall(r"\w+", plain))
        for given in (rf"\s*{_FOR}", rf"\s*({_NAMES})\s*[-+*/]?=(?!=)"):
            if is_whole and (made := re.match(given, line)):
                found |= dict.fromkeys(re.findall(r"\w+", made[1]))
    return tuple(found)


def named_in_brackets(lines: Sequence[str]) -> dict[str, str]:
    """Give the names that a comprehension alone gives values to, and how it names them."""
    own = names_set(lines)
    clauses = [
        clause
        for line, _ in _statements(lines)
        for clause in re.finditer(rf"\b{_FOR}", line)
        if line[: clause.start()].strip()
    ]
    names = {name: clause[0] for clause in clauses for name in re.findall(r"\w+", clause[1])}
    return {name: text for name, text in names.items() if name not in own}


def _statements(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each statement on one line, and whether it is whole; none of a function inside."""
    text, depth, inside = "", 0, -1
    for number, line in enumerate(lines):
        if inside >= 0 and not depth and line.strip() and indent_of(line) <= inside:
            inside = -1
        if number and inside < 0 and not depth and line.lstrip().startswith("def "):
            inside = indent_of(line)
        plain = _TEXTS.sub("''", line)
        text = f"{text} {plain.strip()}" if depth else plain
        depth = max(0, depth + sum(map(plain.count, "([{")) - sum(map(plain.count, ")]}")))
        if inside < 0 and not depth:
            yield text, True
    if inside < 0 and depth:
        yield text, False
