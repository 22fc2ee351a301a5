"""What a class of the student's own has, where something is asked of it that it has not."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from ..phrases import Said, said
from ..trees import indent_of
from .crash import Crash, OwnClass

_NOT_THERE = re.compile(r"'(\w+)' object has no attribute '(\w+)'")
_CLASS = re.compile(r"class (\w+)(?:\(([\w., =]*)\))?")
#: What stands in a class and has a name: a method, or a value.
_OF_CLASS = re.compile(r"\s+(?:def (\w+)|(\w+)\s*(?::[^=]+)?=(?!=))")
_OF_SELF = re.compile(r"\bself\.(\w+)\s*(?::[^=]+)?=(?!=)")
#: A name that is like another shares more than half of its letters.
NEARLY = 0.6


def own_class(message: str, lines: Sequence[str]) -> OwnClass | None:
    """The class of the student's own that an AttributeError is about, if it is one of theirs.

    Parameters
    ----------
    message : str
        Python's.
    lines : sequence of str
        All lines of the file.
    """
    found = _NOT_THERE.match(message)
    classes = dict(_classes(lines))
    if not found or found[1] not in classes:
        return None
    _, name = found.groups()
    sets = re.compile(rf"^\s*[^#=]*\.{name}\s*(?:[,)][^=]*)?(?::[^=]+)?=(?!=)")
    line = next((at for at, text in enumerate(lines, 1) if sets.match(text)), 0)
    if not line and any("setattr" in text or "__dict__" in text for text in lines):
        return None
    return OwnClass(found[1], tuple(_has(found[1], classes, lines)), line)


def _classes(lines: Sequence[str]) -> Iterator[tuple[str, tuple[str, int]]]:
    """The classes of a file, by name: what each is made of, and its line."""
    for at, text in enumerate(lines, 1):
        if head := _CLASS.match(text):
            yield head[1], (head[2] or "", at)


def _has(name: str, classes: dict[str, tuple[str, int]], lines: Sequence[str]) -> list[str]:
    """The names that a class or one that it is made of has, its own first."""
    found: dict[str, None] = {}
    ahead, seen = [name], set[str]()
    while ahead:
        one = ahead.pop(0)
        if one in seen or one not in classes:
            continue
        seen.add(one)
        bases, first = classes[one]
        ahead += re.findall(r"\w+", bases)
        body = []
        for text in lines[first:]:
            if text[:1].strip() and text[0] != "#":
                break
            body.append(text)
        margin = min((indent_of(t) for t in body if t.strip()), default=0)
        for text in body:
            if indent_of(text) == margin and (own := _OF_CLASS.match(text)):
                found[own[1] or own[2]] = None
            found |= dict.fromkeys(_OF_SELF.findall(text.split("#", 1)[0]))
    return [one for one in found if not one.startswith("__")]


def not_of_own_class(crash: Crash, name: str) -> Said | None:
    """That something of the student's own class has no such name, and where it gets one."""
    own = crash.own_class
    asked = re.search(rf"([\w.]+)\.{re.escape(name)}(?!\w)", crash.failed)
    if own is None or asked is None:
        return None
    told = {"of": asked[1], "name": name}
    if own.line:
        return said("crash.own_attribute_not_yet", **told, line=own.line)
    near = difflib.get_close_matches(name, own.has, 1, cutoff=NEARLY)
    if near:
        return said("crash.own_attribute_but_near", **told, own=own.name, near=near[0])
    return said("crash.own_attribute_never_set", **told)
