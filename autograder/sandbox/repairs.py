"""What copying puts into a text beside the code: prompts, line numbers, quotation marks, a merge.

Each repair takes off what is no Python and leaves what is where it stands. None is sure to be what
was meant: ``statements`` takes the one after which most functions can be read. It needs Python's
own library alone: see ``reading``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from textwrap import dedent

from .phrases import said
from .pieces import Remark

#: A text as it may be meant, and what is said of that.
Repaired = tuple[str, list[Remark]]
#: One line alone that begins with a number or a sign is no copy.
FEWEST_LINES = 3


# --- lines -------------------------------------------------------------------------------------

_SOFT_BREAK = re.compile("[\x0b\x1c-\x1e\x85\u2028\u2029]")
_ESCAPE = re.compile(r"\\(n|t|r|\"|'|\\)")
_ESCAPED = {"n": "\n", "t": "\t", "r": ""}


def _soft_breaks(text: str) -> Iterator[Repaired]:
    """Lines that end in what only a word processor takes for an end."""
    found = _SOFT_BREAK.findall(text)
    if len(found) > text.count("\n"):
        told = said("remark.soft_breaks", code=f"U+{ord(found[0]):04X}")
        yield _SOFT_BREAK.sub("\n", text), [(1, told)]


def _escaped(text: str) -> Iterator[Repaired]:
    r"""A text in which ``\n`` stands for each line's end, as in JSON."""
    if text.count("\\n") > text.strip().count("\n"):
        plain = text.strip()
        if plain[:1] in ("'", '"') and plain[-1:] == plain[:1]:
            plain = plain[1:-1]
        plain = _ESCAPE.sub(lambda m: _ESCAPED.get(m[1], m[1]), plain)
        yield plain, [(1, said("remark.escaped"))]


def _indented(text: str) -> Iterator[Repaired]:
    """A text that is all indented."""
    plain = dedent(text)
    if plain != text:
        yield plain, [(1, said("remark.all_indented"))]


# --- what stands before each line ----------------------------------------------------------------

_NUMBERED = re.compile(r"[ \t]*(\d+)(?:[:.|)](?=\s|$)|(?=[ \t]|$))")
_QUOTED = re.compile(r"(?:[ \t]*[>+|\u2502\u2022])+")
_PROMPT = re.compile(r"([ \t]*)>>>(?: |$)|[ \t]*In ?\[ ?\d*\]:(?: |$)")
_MORE = re.compile(r"([ \t]*)\.\.\.(?: |$)|[ \t]*\.{3,}:(?: |$)")
_ANSWER = re.compile(r"[ \t]*Out ?\[ ?\d*\]:")
_HUNK = re.compile(r"@@ .*@@|diff --git |index [0-9a-f]+\.\.|--- |\+\+\+ |\\ No newline")


def _numbered(text: str) -> Iterator[Repaired]:
    """Lines with their numbers before them."""
    yield from _taken_off(text, _NUMBERED, "line_numbers")


def _quoted(text: str) -> Iterator[Repaired]:
    """Lines with a mail's or a comparison's mark before them."""
    yield from _taken_off(text, _QUOTED, "line_marks")


def _taken_off(text: str, mark: re.Pattern[str], key: str) -> Iterator[Repaired]:
    """Lines without a mark and the blanks behind it, where several in a row have one."""
    lines = text.split("\n")
    found = {n: match.end() for n, line in enumerate(lines) if (match := mark.match(line))}
    marked = [n in found or not line.strip() for n, line in enumerate(lines)]
    groups = (list(group) for is_marked, group in groupby(range(len(lines)), marked.__getitem__))
    runs = [[n for n in group if n in found] for group in groups]
    long = [run for run in runs if len(run) >= FEWEST_LINES]
    if not long:
        return
    first = long[0][0] + 1
    for width in (_own_width, _same_width):
        taken = list(lines)
        for run in long:
            rest = [lines[n][width(n, run, found) :] for n in run]
            for number, line in zip(run, dedent("\n".join(rest)).split("\n"), strict=True):
                taken[number] = line
        yield "\n".join(taken), [(first, said(f"remark.{key}", line=first))]


def _own_width(number: int, run: list[int], found: dict[int, int]) -> int:
    return found[number]


def _same_width(number: int, run: list[int], found: dict[int, int]) -> int:
    return max(found[n] for n in run)


def _compared(text: str) -> Iterator[Repaired]:
    """What a comparison of two versions prints: the new one of them."""
    lines = text.split("\n")
    if not any(line.startswith("@@ ") for line in lines):
        return
    first = next(n for n, line in enumerate(lines, 1) if line.startswith("@@ "))
    kept = ["" if _HUNK.match(line) or line[:1] == "-" else line[1:] for line in lines]
    yield "\n".join(kept), [(first, said("remark.compared", line=first))]


def _prompted(text: str) -> Iterator[Repaired]:
    """Lines copied from an interpreter, with its prompts before them."""
    lines: list[str] = []
    first, prompt, inside = 0, "", False
    for number, line in enumerate(text.split("\n"), 1):
        match = _PROMPT.match(line) or (_MORE.match(line) if inside else None)
        if match and not first:
            first, prompt = number, match[0].strip()
        inside = match is not None or (inside and not line.strip())
        if match:
            line = (match[1] or "") + line[match.end() :]
        lines.append("" if _ANSWER.match(line) else line)
    if first:
        yield "\n".join(lines), [(first, said("remark.prompts", line=first, prompt=prompt))]


# --- between the lines -------------------------------------------------------------------------

_CONFLICT = re.compile(
    r"^<{7}(?: [^\n]*)?\n(?P<first>.*?)(?:^\|{7}[^\n]*\n.*?)?"
    r"^={7}[ \t]*\n(?P<last>.*?)^>{7}[^\n]*$",
    re.MULTILINE | re.DOTALL,
)
_QUOTES = r"(?P<quotes>\"{3}|'{3}).*?(?:(?P=quotes)|\Z)"
_RULE = re.compile(
    rf"{_QUOTES}|^(?P<rule>[ \t]*(?:`{{3,}}[\w{{}}. ]*|~{{3,}}\w*|-{{3,}}|={{3,}}|\*{{3,}})[ \t]*"
    r"|(?:<{7}|>{7}|\|{7})(?: [^\n]*)?)$",
    re.MULTILINE | re.DOTALL,
)


def _merged(text: str) -> Iterator[Repaired]:
    """The first conflict of a merge that was left half done, as its last version or its first."""
    conflict = _CONFLICT.search(text)
    if conflict is None:
        return
    line = text.count("\n", 0, conflict.start()) + 1
    for which in ("last", "first"):
        plain = _version(conflict, which)
        told = said(f"remark.merge_{which}", line=line)
        yield text[: conflict.start()] + plain + text[conflict.end() :], [(line, told)]


def _version(conflict: re.Match[str], which: str) -> str:
    """One version of a conflict, with blank lines in the places of all else."""
    text, (start, end) = conflict.string, conflict.span(which)
    above = text.count("\n", conflict.start(), start)
    below = text.count("\n", end, conflict.end())
    return "\n" * above + text[start:end] + "\n" * below


def _ruled(text: str) -> Iterator[Repaired]:
    """Lines that only part what stands above from what stands below, such as a page's fences."""
    rules = [match for match in _RULE.finditer(text) if match["rule"]]
    if rules:
        line = text.count("\n", 0, rules[0].start()) + 1
        mark = rules[0][0].strip()[:7]
        told = said("remark.fence" if mark[0] == "`" else "remark.rule", line=line, mark=mark)
        plain = _RULE.sub(lambda m: "" if m["rule"] else m[0], text)
        yield plain, [(line, told)]


#: In the order in which they are tried: what changes where lines begin comes first.
REPAIRS: tuple[Callable[[str], Iterator[Repaired]], ...] = (
    _soft_breaks, _escaped, _compared, _quoted, _numbered, _prompted, _indented, _merged, _ruled,
)  # fmt: skip
