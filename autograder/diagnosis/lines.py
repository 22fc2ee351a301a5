"""Name the student's own line where it shows the cause, and only where no other line could."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from autograder.assignment.exercise import Exercise
from autograder.marking.session import Session

#: Nobody types longer lines, and the time to search one grows with the square of its length.
LONGEST_LINE = 200
#: In a pattern of several lines, the beginning of the one that is told.
_TOLD = "(?P<told>"
#: The name of a function that is defined at the left margin, and a name that is used.
_DEFINED = re.compile(r"def (\w+)|(\w+)\s*=\s*lambda\b")
_CLASS = re.compile(r"class (\w+)")
_METHOD = re.compile(r"\s+def (\w+)")
#: The head of a function, or a method, of one parameter.
_ONE_PARAMETER = re.compile(r"\s*def (?P<name>\w+)\((?:self, ?)?(?P<parameter>\w+)\)")
#: At the left margin: values that are each made of a class.
_MADE = re.compile(r"^(\w+(?:, ?\w+)*)\s*=\s*(\w+\(.*)$", re.MULTILINE)
_OF_CLASS = re.compile(r"(\w+)\((?:[^()]|\([^()]*\))*\)")
#: A method's call, and one of a name, or of what the call of a name makes: name and dot.
_CALLED = re.compile(r"\.(\w+)\(")
_WHOSE = re.compile(r"(?=(?<![\w.])(\w+)(?:\((?:[^()]|\([^()]*\))*\))?(\.)\w+\()")
#: What makes something nothing again, and no call or list that begins with it.
_SETS_BACK = re.compile(
    r"\bzeros(?:_like)?\(|=\s*(?:0(?:\.0*)?|\[\]|\{\})\s*$|\.(?:fill\(0|clear\()"
)
#: A name that is given a value, and one that is given a number.
_GIVEN = re.compile(r"\s*(\w+)(?:\s*:[^=]*)?\s*[-+*/]?=(?!=)")
_NUMBER = re.compile(r"\s*([A-Za-z_]\w*)(?:\s*:[^=]*)?\s*=\s*([-+]?\d+(?:\.\d*)?)\s*(?:#.*)?$")
_USED = re.compile(r"(?<![\w.])([A-Za-z_]\w*)")


def telling_line(session: Session, exercise: Exercise, id: str) -> int | None:
    """The number of the one line that looks like the cause of a misconception.

    It stands in the function, or in one of the student's own that the function calls.

    Returns
    -------
    int or None
        None where no line does, or more than one.
    """
    hits = _looking_like(session, exercise, id)
    return hits[0] if len(hits) == 1 else None


def shown_line(session: Session, exercise: Exercise, id: str, known: Collection[str]) -> int | None:
    """The number of the one line by which a misconception shows, in all that is called.

    Parameters
    ----------
    session : Session
    exercise : Exercise
    id : str
        The misconception.
    known : collection of str
        The functions that are asked for, which are looked at by themselves.
    """
    span = session.worker.facts(exercise.file).lines.get(exercise.name)
    looks = exercise.shown_by.get(id, ())
    if not span or not looks:
        return None
    lines = source_lines(session.submission.files[exercise.file])
    spans = [span, *helpers(lines, span, known)]
    bodies = [(first + (first < last), last) for first, last in spans]
    for look in (looks,) if isinstance(looks, str) else looks:
        find = _hits_of_several if _TOLD in look else _hits
        hits = {*find(lines, bodies, look)}
        if len(hits) == 1:
            return hits.pop()
    return None


def call_at_fault(session: Session, exercise: Exercise, line: int) -> int | None:
    """The number of the one line that calls a helper with the wrong thing.

    Parameters
    ----------
    session : Session
    exercise : Exercise
    line : int
        A line of the helper.

    Returns
    -------
    int or None
        None where the line is in no such helper: in one of one parameter that is not named as
        what it is wrongly given.
    """
    span = session.worker.facts(exercise.file).lines.get(exercise.name)
    if not span or span[0] <= line <= span[1]:
        return None
    lines = source_lines(session.submission.files[exercise.file])
    around = span_around(lines, line)
    head = _ONE_PARAMETER.match(lines[around[0] - 1]) if around else None
    if head is None or re.match(exercise.named_as_given or "$", head["parameter"]):
        return None
    calls = re.compile(rf"(?<!\w){head['name']}\(")
    body = without_comments(lines[span[0] : span[1]])
    found = [span[0] + 1 + at for at, text in body if calls.search(text)]
    return found[0] if len(found) == 1 else None


def may_be_written(session: Session, exercise: Exercise, id: str) -> bool:
    """Whether a line looks like the cause of a misconception, where it is known how one does."""
    return id not in exercise.looks or bool(_looking_like(session, exercise, id))


def _looking_like(session: Session, exercise: Exercise, id: str) -> list[int]:
    file = exercise.file
    span = session.worker.facts(file).lines.get(exercise.name)
    looks = exercise.looks.get(id, ())
    if not span or not looks:
        return []
    lines = source_lines(session.submission.files[file])
    spans = [(span[0] + 1, span[1])]
    inside = [(first + (first < last), last) for first, last in helpers(lines, span)]
    hits: list[int] = []
    for look in (looks,) if isinstance(looks, str) else looks:
        hits = hits or _hits(lines, spans, look) or _hits(lines, inside, look)
    above = exercise.looks_above.get(id, "")
    made = _hits_of_several(lines, [*spans, *inside], above) if above and len(hits) == 1 else []
    return made if len(made) == 1 else hits


def _hits(lines: list[str], spans: list[tuple[int, int]], look: str) -> list[int]:
    """The lines in some stretches of a file that match a pattern.

    A name that stands for one number throughout the file is read as that.
    """
    numbers = _numbers(lines)
    return [
        first + n
        for first, last in spans
        for n, text in without_comments(lines[first - 1 : last])
        if re.search(look, text) or re.search(look, _with_numbers(text, numbers))
    ]


def _hits_of_several(lines: list[str], spans: list[tuple[int, int]], look: str) -> list[int]:
    """The lines that a pattern of several lines tells, in some stretches of a file."""
    found = []
    for first, last in spans:
        plain = [*without_comments(lines[first - 1 : last])]
        text = "\n".join(line.rstrip() for _, line in plain)
        for hit in re.finditer(look, text, re.MULTILINE):
            found.append(first + plain[text.count("\n", 0, hit.start("told"))][0])
    return found


def _numbers(lines: list[str]) -> dict[str, str]:
    """The names that are given one number in a file, and nothing else."""
    given = Counter(made[1] for line in lines if (made := _GIVEN.match(line)))
    found = Counter(one.groups() for line in lines if (one := _NUMBER.match(line)))
    return {name: value for (name, value), times in found.items() if times == given[name]}


def _with_numbers(text: str, numbers: Mapping[str, str]) -> str:
    """A line of code with numbers in the places of the names that stand for these."""
    if not numbers or _NUMBER.match(text):
        return text
    return _USED.sub(lambda name: numbers.get(name[1], name[1]), text)


def helpers(
    lines: list[str], span: tuple[int, int], others: Collection[str] = ()
) -> list[tuple[int, int]]:
    """Where those functions stand that are used in a stretch of a file, but for some others.

    They are defined at the left margin, by ``def`` or as a ``lambda``, or are methods of a class
    there; what they use is found too.
    """
    defined = {
        made[1] or made[2]: at
        for at, line in enumerate(lines, 1)
        if (made := _DEFINED.match(line)) and not span[0] <= at <= span[1]
    }
    methods, text, stretches = _methods(lines), "", [span]
    classes, values = _classes_at(lines), [*_values_made(lines)]
    known, called = {one[:2] for one in methods}, set[tuple[str, str]]()
    for first, last in stretches:
        body = "\n".join(text for _, text in without_comments(lines[first - 1 : last]))
        text += f"\n{body}"
        used = {*_USED.findall(text)}
        plain = sorted(used & defined.keys() - {*others})
        new = [unread_span(lines, name) or (at, at) for name in plain if (at := defined.pop(name))]
        met = used | {of for name, of in values if name in used}
        called |= set(_called_in(body, classes.get(first, ""), known))
        # A value that is named without a dot is called itself, or chosen to be.
        called |= {(of, "__call__") for name, of in values if re.search(rf"\b{name}\b(?!\.)", body)}
        of_met = [one for one in methods if one[0] in met]
        for one in [one for one in of_met if {one[:2], ("", one[1])} & called]:
            methods.remove(one)
            new.append(_span_from(lines, one[2]))
        stretches += new
    return stretches[1:]


def _called_in(
    body: str, own: str, known: Collection[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """The methods that are called in some code: the class, if it can be told, and the name.

    It can of ``self`` in a class, and of what is made in the same place: ``Softmax().back(e)``.
    """
    whose = {found.start(2): found[1] for found in _WHOSE.finditer(body)}
    for made in _CALLED.finditer(body):
        of = whose.get(made.start(), "")
        of = own if of == "self" else of
        yield (of if (of, made[1]) in known else ""), made[1]


def _values_made(lines: list[str]) -> Iterator[tuple[str, str]]:
    """The values that are made of a class at the left margin, each with that."""
    for names, made in _MADE.findall("\n".join(lines)):
        of = _OF_CLASS.findall(made) or [made.partition("(")[0]]
        listed = re.split(r", ?", names)
        yield from zip(listed, of, strict=False) if len(listed) <= len(of) else ()


def _classes_at(lines: list[str]) -> dict[int, str]:
    """By the line where a method begins its class, if no other is made of that."""
    heads = [line for line in lines if _CLASS.match(line)]
    bases = {name for line in heads for name in _USED.findall(line.partition("(")[2])}
    return {at: of for of, _, at in _methods(lines) if of not in bases}


def setting_back_unused(lines: list[str]) -> Iterator[tuple[str, int]]:
    """The functions and methods that set something to 0 or empty, and are named nowhere else."""
    names = Counter(
        name for _, text in without_comments(lines) for name in re.findall(r"\w+", text)
    )
    for at, line in enumerate(lines, 1):
        made = re.match(r"\s*def (?!__)(\w+)", line)
        if not made or names[made[1]] > 1:
            continue
        first, last = _span_from(lines, at)
        if any(_SETS_BACK.search(text) for _, text in without_comments(lines[first:last])):
            yield made[1], at


def _methods(lines: list[str]) -> list[tuple[str, str, int]]:
    """The methods of a file: their class, their name and where they begin."""
    found, of = [], ""
    for at, line in enumerate(lines, 1):
        if line[:1].strip():
            named = _CLASS.match(line)
            of = named[1] if named else ""
        elif of and (method := _METHOD.match(line)):
            found.append((of, method[1], at))
    return found


def _span_from(lines: list[str], first: int) -> tuple[int, int]:
    """The lines of a function that begins at one: up to the next that is not further in."""
    margin = len(lines[first - 1]) - len(lines[first - 1].lstrip())
    last = first
    for at in range(first + 1, len(lines) + 1):
        text = lines[at - 1]
        if text.strip():
            if len(text) - len(text.lstrip()) <= margin:
                break
            last = at
    return first, last


def source_lines(source: bytes) -> list[str]:
    """The lines of a file as Python counts them: a form feed or a line separator ends none.

    Lines longer than `LONGEST_LINE` come back empty. It is read as UTF-8, whatever encoding the
    file names: that will do to quote from, and no codec that a student chose is run here.
    """
    text = source.decode("utf-8-sig", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line if len(line) <= LONGEST_LINE else "" for line in lines]


def unread_span(lines: list[str], function: str) -> tuple[int, int] | None:
    """The first and last line of a function that Python cannot read: up to the next one."""
    own = re.compile(rf"\s*(?:async\s+)?def\s+{re.escape(function)}\b")
    first = next((n for n, line in enumerate(lines) if own.match(line)), None)
    if first is None:
        return None
    following = range(first + 1, len(lines))
    other = re.compile(r"(?:async\s+def|def|class)\b|@|if\s+__name__\b")
    last = next((n for n in following if other.match(lines[n])), len(lines))
    while not lines[last - 1].strip():
        last -= 1
    return first + 1, last


def span_around(lines: list[str], number: int) -> tuple[int, int] | None:
    """Where the function or method stands in which a line is; None if it is in neither."""
    for _, _, at in reversed(_methods(lines)):
        method = _span_from(lines, at)
        if method[0] <= number <= method[1]:
            return method
    above = (_DEFINED.match(lines[at - 1]) for at in range(min(number, len(lines)), 0, -1))
    made = next(filter(None, above), None)
    span = unread_span(lines, made[1]) if made and made[1] else None
    return span if span and span[0] <= number <= span[1] else None


def quotable(line: str) -> str:
    """A line of code without what is no sign, and without backticks, which mark code in a text."""
    return "".join(c for c in line if c.isprintable()).replace("`", "'")


def without_comments(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines by number, without comments and without what stands in triple quotes."""
    quoted = False
    for n, line in enumerate(lines):
        marks = len(re.findall(r'"""|\'\'\'', line))
        if not quoted and not marks:
            yield n, line.split("#", 1)[0]
        quoted ^= marks % 2 == 1
