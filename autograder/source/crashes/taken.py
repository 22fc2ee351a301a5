"""Names of functions that a function gives to something else, and then calls."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator, Mapping, Sequence

from ..phrases import Said, said
from ..trees import cut_short, indent_of
from .crash import Crash, Taken, parts

#: Letters of a line that is looked at, and of one that is quoted.
LONGEST, LONGEST_QUOTED = 200, 60
_DEFINES = re.compile(r"def (\w+)\(|(\w+) *= *lambda\b")
_IMPORTS = re.compile(r"(?:from [\w.]+ )?import ([\w., ]+)")
_IMPORTS_ALL = re.compile(r"from [\w.]+ import \*")
_PYTHONS = frozenset(name for name in dir(builtins) if name.islower())
#: What gives names values: a loop, and ``=``, of which there may be several on a line.
_LOOPS = re.compile(r"\s*for\s+\(?(\w+(?:\s*,\s*\(?\w+\)?)*)\)?\s+in\b")
_GIVES = re.compile(r"\s*(\w+(?:\s*,\s*\w+)*)\s*(?::\s*[\w.]+\s*)?(?:[-+*/@]|//|\*\*)?=(?!=)")


def names_taken(lines: Sequence[str], number: int) -> dict[str, Taken]:
    """The names of functions that the function around a line gives to something else.

    The last line above it that does so is told, else the first below.

    Parameters
    ----------
    lines : sequence of str
        All lines of the file.
    number : int
    """
    head = _head(lines, number)
    if head is None:
        return {}
    stand_for = {**_imported(lines), **_defined(lines)}
    # Of what is imported by no name, any may be meant.
    pythons = () if any(_IMPORTS_ALL.match(text) for text in lines) else _PYTHONS
    found: dict[str, Taken] = {}
    for at, names in _given(lines, head):
        for name in names:
            if name not in stand_for and name not in pythons:
                continue
            of, is_imported = stand_for.get(name, (0, False))
            if at < number or name not in found:
                code = cut_short(lines[at - 1].split("#", 1)[0].strip(), LONGEST_QUOTED)
                found[name] = Taken(at, code, of, is_imported)
    return found


def names_outside(lines: Sequence[str]) -> dict[str, str]:
    """The names that a file gives values to outside of its functions.

    Parameters
    ----------
    lines : sequence of str

    Returns
    -------
    dict of str to str
        "function" for one that ``def`` alone defines, "import" for one that is imported, else
        empty. ``*`` stands for all of a module.
    """
    found: dict[str, str] = {}
    inside = False
    for text in (line.split("#", 1)[0] for line in lines):
        if text[:1].strip() and text[0] != ")":
            inside = text.startswith(("def ", "async ", "class "))
        if made := re.match(r"(?:async )?def (\w+)|class (\w+)", text):
            name = made[1] or made[2]
            found[name] = "function" if made[1] and name not in found else ""
        elif not inside:
            found |= dict.fromkeys(re.findall(r"\w+|\*", text.partition("import ")[2]), "import")
            found |= dict.fromkeys(_names_given(text), "")
    return found


def name_taken(crash: Crash, text: str) -> Said | None:
    """That a name no longer stands for the function that is called by it.

    Parameters
    ----------
    crash : Crash
    text : str
        Its message in small letters.
    """
    if "not callable" in text:
        name = _called(crash)
    elif crash.type == "AttributeError":
        name = _asked(crash)
    elif crash.type == "UnboundLocalError":
        unbound = re.search(r"local variable '(\w+)'", crash.message)
        name = unbound[1] if unbound and unbound[1] in _used(crash.line) else ""
    else:
        return None
    taken = crash.taken.get(name)
    if taken is None or (crash.type == "AttributeError" and not taken.is_imported):
        return None
    if crash.line.startswith(taken.code.removesuffix(" ...")):
        return None  # this line itself
    where = "in_all" if crash.type == "UnboundLocalError" else "from_there"
    what = said("crash.python_calls_so", name=name)
    if taken.of:
        key = "line_imports" if taken.is_imported else "function_of_line"
        what = said(f"crash.{key}", line=taken.of)
    return said(f"crash.taken_{where}", name=name, line=taken.line, code=taken.code, what=what)


def _called(crash: Crash) -> str:
    """The name that is called as a function; empty where several may be."""
    calls = [part.func for part in parts(crash.failed) if isinstance(part, ast.Call)]
    if crash.expression:
        calls = calls[:1]  # The outermost call is what failed.
    taken = {func.id for func in calls if isinstance(func, ast.Name)} & {*crash.taken}
    return taken.pop() if len(taken) == 1 else ""


def _asked(crash: Crash) -> str:
    """The name that is asked for what a module has; empty where none is."""
    for part in parts(crash.failed):
        match part:
            case ast.Attribute(ast.Name(id=name), attr) if attr == crash.name:
                return name
    return ""


def _used(line: str) -> set[str]:
    """The names that are called on a line, or of which something is asked."""
    found = set[str]()
    for part in parts(line):
        match part:
            case ast.Call(func=ast.Name(id=name)) | ast.Attribute(ast.Name(id=name)):
                found.add(name)
    return found


def _head(lines: Sequence[str], number: int) -> int | None:
    """The line of the ``def`` around a line."""
    indent = indent_of(lines[number - 1])
    for at in range(number - 1, 0, -1):
        text = lines[at - 1]
        if text.lstrip().startswith("def ") and indent_of(text) < indent:
            return at
    return None


def _given(lines: Sequence[str], head: int) -> Iterator[tuple[int, list[str]]]:
    """The lines of a function that give names values, with these; its parameters first."""
    edge = indent_of(lines[head - 1])
    yield head, _parameters(lines, head)
    inner: int | None = None
    for at, line in enumerate(lines[head:], head + 1):
        text = line.split("#", 1)[0]
        if not text.strip() or len(text) > LONGEST:
            continue
        indent = indent_of(text)
        if indent <= edge and not text.lstrip().startswith(")"):
            return
        if inner is not None and indent > inner:
            continue  # a function in the function
        inner = indent if text.lstrip().startswith("def ") else None
        if inner is None:
            yield at, [*_names_given(text)]


def _parameters(lines: Sequence[str], head: int) -> list[str]:
    """The names in the brackets of a ``def``, which may go over several lines."""
    text = ""
    for line in lines[head - 1 : head + 20]:
        text += line.split("#", 1)[0]
        if text.rstrip().endswith(":"):
            break
    inside = text.partition("(")[2].rpartition(")")[0]
    return re.findall(r"\w+", re.sub(r":[^,=]*|=[^,]*", "", inside))


def _names_given(text: str) -> Iterator[str]:
    if loop := _LOOPS.match(text):
        yield from re.findall(r"\w+", loop[1])
    at = 0
    while made := _GIVES.match(text, at):
        yield from re.findall(r"\w+", made[1])
        at = made.end()


def _defined(lines: Sequence[str]) -> Mapping[str, tuple[int, bool]]:
    found = ((_DEFINES.match(text), at) for at, text in enumerate(lines, 1))
    return {made[1] or made[2]: (at, False) for made, at in found if made}


def _imported(lines: Sequence[str]) -> Mapping[str, tuple[int, bool]]:
    """The names that are imported at the left margin, by line."""
    found = {}
    for at, text in enumerate(lines, 1):
        if len(text) <= LONGEST and (made := _IMPORTS.match(text)):
            for one in made[1].split(","):
                name = one.split()[-1:]
                found.update({n: (at, True) for n in name if n.isidentifier()})
    return found
