"""What copying puts into a text beside the code: prompts, line numbers, quotation marks, a merge.

Each repair takes off what is no Python and leaves what is where it stands. None is sure to be what
was meant: ``statements`` takes the one after which most functions can be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from textwrap import dedent

from .phrases import said
from .pieces import OPENS, Remark

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
    """A text that is all indented, or whose code is, below lines of prose."""
    plain = dedent(text)
    if plain != text:
        yield plain, [(1, said("remark.all_indented"))]
    lines = text.split("\n")
    first = 0
    for is_margin, group in groupby(
        range(len(lines)), lambda n: lines[n][:1] not in ("", " ", "\t")
    ):
        run = list(group)
        block = "\n".join(lines[run[0] : run[-1] + 1])
        above = lines[run[0] - 1].rstrip() if run[0] else ""
        if not is_margin and "def " in block and not (above.endswith(":") and OPENS.match(above)):
            lines[run[0] : run[-1] + 1] = dedent(block).split("\n")
            first = first or run[0] + 1
    if first:
        yield "\n".join(lines), [(first, said("remark.indented_code", line=first))]


# --- what stands before each line ----------------------------------------------------------------

_NUMBERED = re.compile(
    r"[ \t]*(?:L?\d+|\[\d+\]|\(\d+\))(?:[ \t]?[|\u2502]|[:.)]?(?=[ \t]|$))", re.IGNORECASE
)
_NUMBER_ALONE = re.compile(r"^[ \t]*\d+[ \t]*$", re.MULTILINE)
_QUOTED = re.compile(r"([>+|*~$:\u2502\u2022-])(?:[ \t]?\1)*")
_FRAME = re.compile(r"[ \t]*[|\u2502]$")
_PROMPT = re.compile(r"([ \t]*)>>> ?|[ \t]*In ?\[ ?\d*\]:(?: |$)")
_MORE = re.compile(r"[ \t]*\.{3,}:(?: |$)|([ \t]*)\.\.\. ?")
_ANSWER = re.compile(r"[ \t]*Out ?\[ ?\d*\]:")
_HUNK = re.compile(r"@@ .*@@|diff --git |index [0-9a-f]+\.\.|--- |\+\+\+ |\\ No newline")


def _numbered(text: str) -> Iterator[Repaired]:
    """Lines with their numbers before them."""
    yield from _taken_off(text, _NUMBERED, "line_numbers")
    alone = _NUMBER_ALONE.search(text)
    if alone:
        line = text.count("\n", 0, alone.start()) + 1
        yield _NUMBER_ALONE.sub("", text), [(line, said("remark.line_numbers", line=line))]


def _quoted(text: str) -> Iterator[Repaired]:
    """Lines with a mail's or a comparison's mark before them."""
    if not _is_comparison(text):
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
    for widths in (_own_width, _same_width):
        taken = list(lines)
        for run in long:
            ends = widths([found[n] for n in run])
            rest = [lines[n][end:] for n, end in zip(run, ends, strict=True)]
            if all(map(_FRAME.search, rest)):
                rest = [_FRAME.sub("", line) for line in rest]
            for number, line in zip(run, dedent("\n".join(rest)).split("\n"), strict=True):
                taken[number] = line
        yield "\n".join(taken), [(first, said(f"remark.{key}", line=first))]


def _own_width(ends: list[int]) -> list[int]:
    return ends


def _same_width(ends: list[int]) -> list[int]:
    return [max(ends)] * len(ends)


def _is_comparison(text: str) -> bool:
    """Whether lines of two versions may stand side by side, the old ones with a minus."""
    return "\n+" in text and "\n-" in text


def _compared(text: str) -> Iterator[Repaired]:
    """What a comparison of two versions prints: the new one of them."""
    lines = text.split("\n")
    marked = [n for n, line in enumerate(lines, 1) if line[:3] == "@@ " or line[:1] == "+"]
    of_one = (line[:1] in ("", "+", "-", " ") or _HUNK.match(line) for line in lines)
    if len(marked) >= FEWEST_LINES and all(of_one):
        kept = ["" if _HUNK.match(line) or line[:1] == "-" else line[1:] for line in lines]
        yield "\n".join(kept), [(marked[0], said("remark.compared", line=marked[0]))]


def _prompted(text: str) -> Iterator[Repaired]:
    """Lines copied from an interpreter, with its prompts before them."""
    lines: list[str] = []
    first, prompt, inside = 0, "", False
    described = _lines_in_texts(text)
    for number, line in enumerate(text.split("\n"), 1):
        match = _PROMPT.match(line) or (_MORE.match(line) if inside else None)
        if match and not first and number not in described:
            first, prompt = number, match[0].strip()
        inside = match is not None or (inside and not line.strip())
        if match:
            line = (match[1] or "") + line[match.end() :]
        lines.append("" if _ANSWER.match(line) else line)
    if first:
        yield "\n".join(lines), [(first, said("remark.prompts", line=first, prompt=prompt))]


def _lines_in_texts(text: str) -> set[int]:
    """The lines within three quotation marks, such as docstrings, whose examples have prompts."""
    return {
        text.count("\n", 0, found.start()) + 1 + at
        for found in re.finditer(_QUOTES, text, re.DOTALL)
        for at in range(found[0].count("\n") + 1)
    }


# --- between the lines -------------------------------------------------------------------------

_MARK = re.compile(r"([<|=>])\1{6}(?:[ \t]|$)")
_QUOTES = r"(?P<quotes>\"{3}|'{3}).*?(?:(?P=quotes)|\Z)"
_RULE = re.compile(
    rf"{_QUOTES}|^(?P<rule>[ \t]*(?:`{{3,}}[\w{{}}. ]*|~{{3,}}\w*|-{{3,}}|={{3,}}|\*{{3,}})[ \t]*"
    r"|(?:<{7}|>{7}|\|{7})(?: [^\n]*)?)$",
    re.MULTILINE | re.DOTALL,
)


def _merged(text: str) -> Iterator[Repaired]:
    """The first conflict of a merge that was left half done, as its last version or its first."""
    lines = text.split("\n")
    found = dict.fromkeys("<|=>", -1)
    for number, line in enumerate(lines):
        mark = line[:1]
        if mark in found and _MARK.match(line):
            if mark == "<":
                found = {"<": number, "|": -1, "=": -1, ">": -1}
            elif found["<"] >= 0:
                found[mark] = number
            if mark == ">" and found["="] >= 0:
                break
    start, base, middle, end = found.values()
    if end < 0 or not start < middle < end:
        return
    versions = {"last": (middle, end), "first": (start, base if base > 0 else middle)}
    for which, (above, below) in versions.items():
        kept = [
            line if above < number < below or not start <= number <= end else ""
            for number, line in enumerate(lines)
        ]
        yield "\n".join(kept), [(start + 1, said(f"remark.merge_{which}", line=start + 1))]


def _ruled(text: str) -> Iterator[Repaired]:
    """Lines that only part what stands above from what stands below, such as a page's fences."""
    rules = [match for match in _RULE.finditer(text) if match["rule"]]
    if rules:
        line = text.count("\n", 0, rules[0].start()) + 1
        mark = rules[0][0].strip()[:7]
        told = said("remark.fence" if mark[0] == "`" else "remark.rule", line=line, mark=mark)
        plain = _RULE.sub(lambda m: "" if m["rule"] else m[0], text)
        yield plain, [(line, told)]


_MAGIC = re.compile(rf"{_QUOTES}|^(?P<magic>[ \t]*(?:%%?|!)[a-z]\w*[^\n]*)$", _RULE.flags)
_SLASHES = re.compile(rf"{_QUOTES}|^(?P<slashes>[ \t]*//[^\n]*)$", _RULE.flags)
_BACKQUOTE = re.compile(rf"{_QUOTES}|\#[^\n]*|\"[^\"\n]*\"|'[^'\n]*'|(?P<backquote>`+)", re.DOTALL)
_TAG = re.compile(
    r"</?(?:br|pre|code|span|div|font|p|td|tr|table|tbody|html|head|body|strong|em)\b[^<>\n]*>",
    re.IGNORECASE,
)


def _of_a_notebook(text: str) -> Iterator[Repaired]:
    """Lines that a notebook alone reads."""
    yield from _left_out(text, _MAGIC, "magic")


def _slashes(text: str) -> Iterator[Repaired]:
    """Remarks as other languages write them."""
    yield from _left_out(text, _SLASHES, "slashes")


def _backquoted(text: str) -> Iterator[Repaired]:
    """Backquotes round code."""
    yield from _left_out(text, _BACKQUOTE, "backquote")


def _left_out(text: str, lines: re.Pattern[str], name: str) -> Iterator[Repaired]:
    first = next((match for match in lines.finditer(text) if match[name]), None)
    if first:
        line = text.count("\n", 0, first.start()) + 1
        plain = lines.sub(lambda m: "" if m[name] else m[0], text)
        yield plain, [(line, said(f"remark.{name}", line=line))]


def _tagged(text: str) -> Iterator[Repaired]:
    """A web page's own marks in the lines."""
    first = _TAG.search(text)
    if first:
        line = text.count("\n", 0, first.start()) + 1
        yield _TAG.sub("", text), [(line, said("remark.tags", line=line, tag=first[0][:20]))]


#: In the order in which they are tried: what changes where lines begin comes first.
REPAIRS: tuple[Callable[[str], Iterator[Repaired]], ...] = (
    _soft_breaks, _escaped, _tagged, _quoted, _compared, _numbered, _prompted, _indented, _merged,
    _ruled, _of_a_notebook, _slashes, _backquoted,
)  # fmt: skip
