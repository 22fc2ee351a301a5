"""Which functions a source writes out, told by its lines alone: nothing of it is parsed here.

It is asked where a function may stand in one file or in another. The sandbox decides what runs.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from autograder.source.renamed import is_near

_DEFINES = re.compile(rb"^([^\n#]*?)\b(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(", re.MULTILINE)
#: What stands before a definition that begins a line: nothing, or a copied prompt.
_PROMPT = re.compile(rb"(?:>>>[ \t]?|In ?\[\d+\]:[ \t]?)?")
_BINDS = re.compile(rb"(?:^|;[ \t]*)(\w+)[ \t]*(?::[^=\n]*)?=(?!=)", re.MULTILINE)
_IMPORTS = re.compile(
    rb"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n#]*))", re.MULTILINE
)
_CLASS = re.compile(rb"^class[ \t]+(\w+)", re.MULTILINE)
_AT_MARGIN = re.compile(rb"^[^\s#)\]}]", re.MULTILINE)
_WORD = re.compile(rb"\w+")
#: A line that gives something back, as no stub has.
_GIVES_BACK = re.compile(rb"\n[ \t]+return[ \t]+(?!None\b)\S")

_TEXT = re.compile(rb'"""(?s:.*?)"""|\'\'\'(?s:.*?)\'\'\'|#[^\n]*')
_NOT_WRITTEN = re.compile(
    rb"raise[ \t]+NotImplementedError\b[ \t]*(?:\((?:\s|[frbu]?(?:\"[^\"\n]*\"|'[^'\n]*'))*\))?"
)
_NOTHING = re.compile(
    rb"(?:pass|\.\.\.|return(?:[ \t]+None)?|raise[ \t]+NotImplementedError\b.*"
    rb"|\"[^\"]*\"|'[^']*')[ \t]*;?"
)
_NOWHERE = (sys.maxsize, sys.maxsize, "")
#: Bytes of a definition's first lines: the parameters of no function are longer.
_HEAD = 3000


@dataclass
class Definitions:
    """The functions of a source by what its lines say.

    Attributes
    ----------
    written : set of str
        Those that begin at the margin and are more than a stub.
    stubs : set of str
        Those of which there is nothing but stubs.
    inner : dict of str to str
        Those that begin further in, with the class above them or nothing.
    bound : set of str
        Other names that stand for something: those that are assigned.
    imported : dict of str to str
        Names that are imported, with the module that they come from.
    code : bool
        Whether there is anything but comments and texts of several lines; if not, nothing is
        defined.
    """

    written: set[str] = field(default_factory=set)
    stubs: set[str] = field(default_factory=set)
    inner: dict[str, str] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)
    imported: dict[str, str] = field(default_factory=dict)
    code: bool = False

    def has(self, function: str, file: str, known: Collection[str]) -> bool:
        """Whether a file has a function of its own, under its name or nearly so.

        Parameters
        ----------
        function : str
        file : str
            The file's name, if this is it.
        known : collection of str
            The names of all functions that are asked for.
        """
        module = file.removesuffix(".py")
        return (
            function in self.written
            or self.inner.get(function) == ""  # not a method: that cannot be called so
            or function in self.bound
            or self.imported.get(function, module) != module
            or self._nearly(function, known)
        )

    def _nearly(self, function: str, known: Collection[str]) -> bool:
        """Whether a function that is not there at all is there under nearly its name."""
        return function not in self.stubs and any(
            is_near(function, other) for other in self.written if other not in known
        )


def all_written(source: bytes, functions: Collection[str]) -> bool:
    """Whether a plain file surely has all of its functions; most files do, so this is quick."""
    if source.rstrip().endswith((b'"""', b"'''")):
        return False  # perhaps all of it is a text in quotes
    pieces = (b"\n" + source).split(b"\ndef ")[1:]
    found = {
        piece[: piece.find(b"(")].decode("latin-1") for piece in pieces if _GIVES_BACK.search(piece)
    }
    return found.issuperset(functions)


def definitions(source: bytes) -> Definitions:
    """Read what a source defines; its encoding does not matter, as Python's words are ASCII."""
    text = source.replace(b"\0", b"").replace(b"\r", b"\n")
    found = Definitions(code=bool(_TEXT.sub(b"", text).strip()))
    if not found.code:
        return found
    classes = _classes(text)
    first, last, owner = next(classes, _NOWHERE)
    for match, end in _each(text):
        before, name = match[1], match[2].decode("latin-1")
        while last < match.start():
            first, last, owner = next(classes, _NOWHERE)
        if not _PROMPT.fullmatch(before.removeprefix(b"\xef\xbb\xbf")):
            found.inner[name] = owner if first < match.start() else ""
        elif _is_stub(text, match.end() - 1, end):
            found.stubs.add(name)
        else:
            found.written.add(name)
    found.stubs -= found.written
    found.bound = {name.decode("latin-1") for name in _BINDS.findall(text)}
    for module, bracketed, plain in _IMPORTS.findall(text):
        last = module.decode("latin-1").rpartition(".")[2]
        for alias in (bracketed or plain).split(b","):
            if words := _WORD.findall(alias):
                found.imported[words[-1].decode("latin-1")] = last
    return found


def _classes(text: bytes) -> Iterator[tuple[int, int, str]]:
    """Where each class at the margin begins and ends, and its name."""
    for match in _CLASS.finditer(text):
        end = _AT_MARGIN.search(text, match.end())
        name = match[1].decode("latin-1")
        yield match.start(), end.start() if end else len(text), name


def without_stubs(source: bytes, functions: Collection[str]) -> bytes:
    """Take the stubs of some functions out of a source; all else keeps its line."""
    parts, at = [], 0
    for match, last in _each(source):
        is_one = not match[1] and match[2].decode("latin-1") in functions
        above = source.rfind(b"\n", 0, max(match.start() - 1, 0)) + 1
        decorated = source.startswith(b"@", above)
        if not is_one or decorated or not _is_stub(source, match.end() - 1, last):
            continue
        start, end = _body(source, match.end() - 1, last) or (at, at)
        parts += [source[at : match.start()], b"\n" * source.count(b"\n", match.start(), end)]
        at = max(start, end)
    return b"".join([*parts, source[at:]])


def _each(text: bytes) -> Iterator[tuple[re.Match[bytes], int]]:
    """Each definition, and where the next one begins."""
    before: re.Match[bytes] | None = None
    for match in _DEFINES.finditer(text):
        if before:
            yield before, match.start()
        before = match
    if before:
        yield before, len(text)


def _is_stub(text: bytes, bracket: int, last: int) -> bool:
    """Whether the definition whose parameters open here surely does nothing yet."""
    place = _body(text, bracket, last)
    body = text[slice(*place)] if place else b""
    rest = _NOT_WRITTEN.sub(b"pass", _TEXT.sub(b"", body))
    lines = [line.strip() for line in rest.split(b"\n") if line.strip()]
    return (bool(lines) or b'"""' in body) and all(map(_NOTHING.fullmatch, lines))


def _body(text: bytes, bracket: int, last: int) -> tuple[int, int] | None:
    """Where a definition's body begins, before the next definition, and ends, at the margin."""
    start = _after_head(text, bracket, min(bracket + _HEAD, last))
    if start is None:
        return None
    end = _AT_MARGIN.search(text, text.find(b"\n", start) + 1 or len(text))
    return start, end.start() if end else len(text)


def _after_head(text: bytes, bracket: int, last: int) -> int | None:
    """Where the body begins, behind the colon that ends the parameters and the type."""
    depth = 0
    for at in range(bracket, last):
        sign = text[at : at + 1]
        if sign in b"([{":
            depth += 1
        elif sign in b")]}":
            depth -= 1
        elif sign == b":" and depth == 0:
            return at + 1
    return None
