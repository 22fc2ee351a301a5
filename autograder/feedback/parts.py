"""What is said of one mistake, by parts: a page lays them out, a text joins them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from autograder.diagnosis.lines import helpers, quotable, source_lines, without_comments
from autograder.feedback.record import LineRecord, PartRecord
from autograder.source.phrases import Phrases
from autograder.source.trees import indent_of

#: Words that a student new to matrices reads to the end.
LONGEST = 120
#: Characters of a quoted line of code.
MOST_QUOTED = 100
#: Of a function of so many lines all are quoted, where none is known to be at fault.
MOST_LINES = 16
#: Lines of a helper that is quoted beside the function that calls it, and of both together.
MOST_OF_HELPER, MOST_TOGETHER = 12, 22
#: Lines of code that are quoted above and below the one at fault.
AROUND = 1
#: So many lines between quoted ones are quoted too.
MOST_BETWEEN = 2
#: Lines that give a quoted one its values and are quoted with it.
MOST_GIVERS = 3
#: What stands in the place of lines that are left out.
LEFT_OUT = "…"
#: A name that something has, but for what is called or stands behind a dot.
_NAME = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\b(?!\s*\()")
#: What stands before an equals sign that gives something a value.
_GIVEN = re.compile(r"\s*([A-Za-z_][\w, ]*?)\s*=(?!=)")
#: A text in a line of code, and how many letters of it are quoted.
_TEXT = re.compile(r"(['\"])((?:(?!\1).)*)\1")
LONGEST_IN_QUOTES = 8
#: What heads the other branch, which tells nothing without what stands in it.
_OTHERWISE = re.compile(r"\s*(?:else|elif\b.*):\s*(#.*)?$")
#: The head of a block, on one line.
_HEAD = re.compile(r"\s*(for|while|if|elif|else|with|try)\b.*:\s*(#.*)?$")


@dataclass(frozen=True)
class Line:
    """The student's own line that is at fault, with those around it.

    Attributes
    ----------
    number : int or None
        None where the lines are a whole function, of which no line is known to be the one.
    code : tuple of (int, str)
        Lines by number; without backticks and what cannot be printed.
    made : tuple of (int, str)
        By number what a line makes of the input that is shown, where that is told.
    """

    number: int | None
    code: tuple[tuple[int, str], ...]
    made: tuple[tuple[int, str], ...] = ()

    def record(self) -> LineRecord:
        """The lines as plain JSON."""
        return {
            "number": self.number,
            "code": [[number, text] for number, text in self.code],
            "made": [[number, text] for number, text in self.made],
        }


@dataclass(frozen=True)
class Parts:
    """What is said of one mistake.

    Attributes
    ----------
    title : str
        Its name, where it has one.
    did : str
        What the student's code does.
    look : str
        The sentence that points at a line, where ``did`` does not name it already.
    line : Line or None
    example : str
        The student's own numbers on an input that may be shown.
    of_numbers : str
        What has to be known of these numbers, wherever they are shown.
    call : tuple of str
        The call that gives these, as lines of Python, where the example does not tell it whole.
    why : str
        Why that cannot be right.
    notes : tuple of str
        What else there is to say of the function.
    carried : str
        What comes from other functions than this one.
    next : str
        What to try.
    section : str
        The section of the notes.
    """

    title: str = ""
    did: str = ""
    look: str = ""
    line: Line | None = None
    example: str = ""
    of_numbers: str = ""
    call: tuple[str, ...] = ()
    why: str = ""
    notes: tuple[str, ...] = ()
    carried: str = ""
    next: str = ""
    section: str = ""

    def record(self) -> PartRecord:
        """The parts as plain JSON; the pointing sentence is the line's number and code there."""
        return {
            "title": self.title,
            "did": self.did,
            "line": self.line.record() if self.line else None,
            "example": self.example,
            "of_numbers": self.of_numbers,
            "call": list(self.call),
            "why": self.why,
            "notes": list(self.notes),
            "carried": self.carried,
            "next": self.next,
            "section": self.section,
        }


def joined(items: Sequence[Parts], say: Phrases) -> str:
    """One text of the parts: of two mistakes the first one's reason, and both steps if they fit."""
    first = items[0]
    did = " ".join(filter(None, (_sentence(first.title), first.did)))
    if len(items) > 1:
        second = items[1]
        did = f"{did} {_sentence(second.title)} {second.did}"
    see = say("labels.see_section", section=first.section) if first.section else ""
    notes = [note for item in items for note in item.notes]
    of_numbers = first.of_numbers if first.example else ""
    parts = [did, first.look, first.example, of_numbers, first.why, *notes, first.carried]
    spare = [part for part in parts if part != first.why]
    parts += [_steps(items, LONGEST - words([*spare, see]), say), see]
    named = first.title and (first.why or len(items) > 1)
    droppable = [first.why if len(items) > 1 else "", first.example] if named else []
    for part in droppable:
        if part and words(parts) > LONGEST:
            parts.remove(part)
            if part == first.example and of_numbers:
                parts.remove(of_numbers)
    return " ".join(filter(None, parts))


def _steps(items: Sequence[Parts], room: int, say: Phrases) -> str:
    """The step of each of two mistakes if there is room for both, else of the first."""
    first, *others = (item.next for item in items)
    if not others or others[0] in ("", first):
        return first
    both = say("text.both_steps", first=first, second=others[0])
    return both if words([both]) <= room else first


def words(parts: Sequence[str]) -> int:
    """How many words some parts have together."""
    return len(" ".join(parts).split())


def _sentence(title: str) -> str:
    return title if not title or title.endswith((".", "?")) else f"{title}."


def quoted(
    files: Mapping[str, bytes],
    file: str,
    number: int | None,
    span: tuple[int, int] | None,
    *,
    named: bool = False,
) -> Line | None:
    """A line of a student's file with those around it, of the same function.

    Parameters
    ----------
    files : mapping of str to bytes
    file : str
    number : int or None
    span : (int, int) or None
        The first and the last line of the function.
    named : bool
        Whether the line with its name is quoted too.
    """
    if file not in files or number is None:
        return None
    lines = source_lines(files[file])
    first, last = span if span and span[0] <= number <= span[1] else (number, number)
    if not 1 <= number <= len(lines):
        return None
    below = min(last, number + AROUND, len(lines))
    below += below < last and bool(_OTHERWISE.match(lines[below - 1]))
    around = range(max(first, number - AROUND), below + 1)
    told = {first + at for at, _ in without_comments(lines[first - 1 : last])}
    givers = _givers(lines, first, number)
    near = {*around, *givers}.union(*(_heads(lines, first, at) for at in (number, *givers)))
    if named:
        near.add(first)
        told.add(first)
    code = [(n, _in_columns(lines[n - 1])) for n in sorted(told | {number})]
    kept = [(n, text) for n, text in code if n == number or text.split("#")[0].strip()]
    if not dict(kept)[number].strip():
        return None
    return Line(number, _side_by_side(_with_gaps(kept, near)))


def _with_gaps(code: Sequence[tuple[int, str]], kept: Collection[int]) -> list[tuple[int, str]]:
    """The lines that are kept, and a sign where several are left out between them."""
    found: list[tuple[int, str]] = []
    left_out: list[tuple[int, str]] = []
    for number, text in code:
        if number not in kept:
            left_out.append((number, text))
            continue
        if found and left_out:
            margin = indent_of(left_out[0][1])
            gap = (left_out[0][0], f"{' ' * margin}{LEFT_OUT}")
            found += left_out if len(left_out) <= MOST_BETWEEN else [gap]
        found.append((number, text))
        left_out = []
    return found


def _givers(lines: Sequence[str], first: int, number: int) -> set[int]:
    """The lines above one of a function that give its names their values last."""
    names = {*_NAME.findall(lines[number - 1].split("#", 1)[0])}
    found: list[int] = []
    for at in range(number - 1, first, -1):
        given = _GIVEN.match(lines[at - 1])
        if given and names & {*_NAME.findall(given[1])}:
            names -= {*_NAME.findall(given[1])}
            found.append(at)
    return {*found[:MOST_GIVERS]}


def _heads(lines: Sequence[str], first: int, number: int) -> set[int]:
    """The heads of the blocks that a line of a function stands in: what it is indented under."""
    found, margin = set(), indent_of(lines[number - 1])
    for at in range(number - 1, first, -1):
        text = lines[at - 1]
        indented = indent_of(text)
        if text.strip() and indented < margin:
            margin = indented
            if _HEAD.match(text):
                found.add(at)
    return found


def whole(
    files: Mapping[str, bytes],
    file: str,
    span: tuple[int, int] | None,
    others: Collection[str],
    *,
    comments: bool = False,
    run: Sequence[tuple[int, int]] = (),
) -> Line | None:
    """All lines of a short function but for its words, and of what it calls in its file.

    Parameters
    ----------
    files : mapping of str to bytes
    file : str
    span : (int, int) or None
        The function's first and last line.
    others : collection of str
        Functions that are looked at by themselves.
    comments : bool
        Whether comments are quoted: of an answer by hand they hold the working.
    run : sequence of (int, int)
        Where those of the student's other functions stand that made numbers: what is called by no
        name of these goes before all else.

    Returns
    -------
    Line or None
        Of a single line the place is known. None where there are too many.
    """
    if file not in files or not span:
        return None
    lines, first = source_lines(files[file]), span[0]
    while first < span[1] and not lines[first - 1].rstrip().endswith(":"):
        first += 1  # The line with the name goes on.
    code = _code(lines, first + 1, span[1])
    named = helpers(lines, span, others)
    # What is taken out of a table is called by no name: it is known by having been run.
    unnamed = [one for one in run if one not in named]
    called = [_code(lines, a, b) for a, b in [*unnamed, *named]]
    head = [(span[0], _head(lines[span[0] - 1 : first]))]
    together = [*head, *code]
    for helper in called:  # what the function itself calls stands first
        if len(helper) <= min(MOST_OF_HELPER, MOST_TOGETHER - len(together)):
            together += helper
    if len(together) > len(head) + len(code):
        code = sorted(together)
    elif len(code) > MOST_LINES:
        return None
    if not code:
        return None
    place = code[0][0] if len(code) == 1 and not called else None
    if comments:
        told = {n for n, _ in code} | _comments(lines, first + 1, span[1])
        worked = [(n, _in_columns(lines[n - 1])) for n in sorted(told)]
        code = worked if len(worked) <= MOST_LINES else code
    return Line(place, _side_by_side(code))


def _comments(lines: list[str], first: int, last: int) -> set[int]:
    """The lines of a stretch of a file that hold a comment alone."""
    stretch = enumerate(lines[first - 1 : last], first)
    return {number for number, text in stretch if text.lstrip().startswith("#")}


def _head(lines: list[str]) -> str:
    """The line with a function's name, in short where it goes on below."""
    first = _in_columns(lines[0])
    return first if len(lines) == 1 else f"{first.partition('(')[0]}(...):"


def _code(lines: list[str], first: int, last: int) -> list[tuple[int, str]]:
    """The lines of code of a stretch of a file, by number."""
    stretch = lines[first - 1 : last]
    return [
        (first + n, _in_columns(stretch[n]))
        for n, text in without_comments(stretch)
        if text.strip()
    ]


def _side_by_side(code: list[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """Take their common indentation from some lines: a phone has no room for it."""
    margin = min(indent_of(text) for _, text in code if text.strip())
    return tuple((n, _short(text[margin:])) for n, text in code)


def _in_columns(line: str) -> str:
    return _TEXT.sub(_shortened, quotable(line.expandtabs(4).rstrip()))


def _shortened(text: re.Match[str]) -> str:
    """A text in a line of code without its words, which explain nothing; not what einsum reads."""
    mark, words_in_it = text[1], text[2]
    long = len(words_in_it) > LONGEST_IN_QUOTES and "->" not in words_in_it
    return f"{mark}…{mark}" if long else text[0]


def _short(text: str) -> str:
    return text if len(text) <= MOST_QUOTED else f"{text[: MOST_QUOTED - 2]} …"
