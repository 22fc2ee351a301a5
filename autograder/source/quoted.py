"""Code that is quoted stands as the student wrote it, and not as Python would write it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from .phrases import Said
from .trees import cut_short

#: A statement that is quoted goes on over fewer lines than these.
MOST_LINES = 12
#: Letters of it that are read.
LONGEST_READ = 600
#: A short word in quotes, which is no sentence for a reader.
_WORD = re.compile(r"([\"'])([A-Za-z]\w{0,15})\1", re.ASCII)


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


def words_in_quotes(lines: Iterable[str]) -> frozenset[str]:
    """The words that stand in quotes by themselves in some lines of code.

    Parameters
    ----------
    lines : iterable of str
    """
    return frozenset(word for line in lines for _, word in _WORD.findall(line))


def as_written(told: Said, line: str) -> Said:
    """What is told of a line, with its pieces of code as they stand there.

    Parameters
    ----------
    told : Said
    line : str
        Or all lines of its statement.
    """
    missing = {text for text in _texts(told) if text not in line}
    if not missing:
        return told
    written: dict[str, str] = {}
    for text, tree in readings(line):
        for node in ast.walk(tree):
            if isinstance(node, ast.expr | ast.stmt):
                code = ast.unparse(node).partition("\n")[0]
                own = _on_one_line(ast.get_source_segment(text, node) or "") or code
                known = {cut_short(code): cut_short(own), code: own}
                written = {one: known[one] for one in known if one in missing} | written
    return _with(told, written)


def as_written_in(told: Said, lines: Sequence[str], number: int) -> Said:
    """What is told of a line of a file, and of others in it, with the code as it stands there.

    Parameters
    ----------
    told : Said
    lines : sequence of str
    number : int
    """
    for text in _around(lines, number):
        told = as_written(told, text)
        if all(one in text for one in _texts(told)):
            break
    return Said(told.key, tuple((name, _in_its_line(of, lines)) for name, of in told.values))


def _in_its_line(value: object, lines: Sequence[str]) -> object:
    number = dict(value.values).get("line") if isinstance(value, Said) else None
    if isinstance(value, Said) and isinstance(number, int):
        return as_written_in(value, lines, number)
    return value


def _around(lines: Sequence[str], number: int) -> Iterator[str]:
    """A line, and all lines with which it can be read, as its brackets may go on over others."""
    if not 0 < number <= len(lines):
        return
    yield lines[number - 1].strip()
    for first in range(number, max(0, number - MOST_LINES), -1):
        for last in range(number, min(len(lines), first + MOST_LINES) + 1):
            text = "\n".join(lines[first - 1 : last]).strip()
            if first < last and len(text) <= LONGEST_READ and any(readings(text)):
                yield text
                return


def _on_one_line(code: str) -> str:
    """A piece of code as it stands; empty where that is no one line, as a comment is in it."""
    if "\n" not in code:
        return code
    return "" if "#" in code else " ".join(line.strip() for line in code.split("\n"))


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
