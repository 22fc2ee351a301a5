"""A student's file as text: whatever it is saved as, with the signs that a word processor put in.

It needs Python's own library alone, so that the hand-out's check reads files as the grader does.
"""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from collections.abc import Iterator

from .phrases import Said, said

MAX_TEXT = 200


class UnreadableSource(SyntaxError):
    """A file that Python cannot read, with the kind of its problem."""

    def __init__(self, kind: str, message: str, line: int | None, text: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.msg = message
        self.lineno = line
        self.text = text[:MAX_TEXT]


# --- encodings ---------------------------------------------------------------------------------

#: By their marks; that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_MARK = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")


def decode(source: bytes) -> str:
    """Turn bytes into text: in any of Unicode's forms, as the coding line says, or as Windows does.

    Raises
    ------
    UnreadableSource
        If it is no text, with the line of the first byte that shows it.
    """
    text = _decoded(source).rstrip("\0")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise UnreadableSource("null byte", "the file holds null bytes, so it is no text", line, "")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(source: bytes) -> str:
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return source.decode(encoding, "replace")
    if b"\0" in source:
        for encoding in _WITHOUT_MARK:
            text = source.decode(encoding, "replace")
            if "\0" not in text and _is_plain(text):
                return text
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        return source.decode(encoding)
    except (SyntaxError, ValueError, LookupError):
        # No such encoding, or not written in it. An accent that an editor saved in its own way,
        # in a comment mostly, should cost no marks.
        plain = source.removeprefix(codecs.BOM_UTF8)
    for encoding in ("utf-8", "cp1252"):
        try:
            return plain.decode(encoding)
        except UnicodeDecodeError:
            continue
    return plain.decode("latin-1")


def _is_plain(text: str) -> bool:
    """Whether most of a text is of ASCII, as Python's words are."""
    return 2 * sum(character < "\x7f" for character in text) > len(text)


# --- signs -------------------------------------------------------------------------------------

_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
#: What stands for what, outside of strings and comments.
_SIGNS = {
    **_FULL_WIDTH,
    **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63", "-"),
    **dict.fromkeys("\u00d7\u2217\u22c5", "*"),
    **dict.fromkeys("\u00f7\u2215\u2044", "/"),
    "\u2264": "<=", "\u2265": ">=", "\u2260": "!=", "\u2026": "...",
    **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " "),
    **{chr(code): " " for code in range(0x2000, 0x200B)},
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad", ""),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
}  # fmt: skip
#: What they are called, under ``remark`` of the words.
_NAMES = {"'": "curly_quote", '"': "curly_quote", "-": "dash", " ": "no_break_space"}

_TOKENS = re.compile(
    r"""
      \#[^\n]*
    | (?P<triple>\"\"\"|''')(?:\\.|(?!(?P=triple)).)*(?:(?P=triple)|\Z)
    | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'
    | (?P<curly3>[\u201c\u201d]{3}(?:[^\u201c\u201d])*[\u201c\u201d]{3})
    | (?P<curly>[\u201c\u201d\u201e"][^"\u201c\u201d\u201e\n]*["\u201c\u201d])
    | (?P<curly1>[\u2018\u2019\u201a'][^'\u2018\u2019\n]*['\u2018\u2019])
    | (?P<sign>[SIGNS])
    """.replace("SIGNS", re.escape("".join(_SIGNS)).replace(r"\ ", " ")),
    re.VERBOSE | re.DOTALL,
)


def plain_signs(text: str) -> tuple[str, list[tuple[int, Said]]]:
    """Put Python's own signs in the places of those that a word processor makes of them.

    Returns
    -------
    tuple
        The text, and (line, the sign by name) for each line that was changed.
    """
    changed: dict[int, Said] = {}
    parts: list[str] = []
    at = line = 0
    for match, plain in _replacements(text):
        line += text.count("\n", at, match.start())
        parts += [text[at : match.start()], plain]
        changed.setdefault(line + 1, _name(match[0]))
        line += text.count("\n", match.start(), match.end())
        at = match.end()
    return "".join([*parts, text[at:]]), list(changed.items())


def _replacements(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for match in _TOKENS.finditer(text):
        kind, found = match.lastgroup, match[0]
        if kind == "sign":
            yield match, _SIGNS[found]
        elif kind == "curly3":
            yield match, f'"""{found[3:-3]}"""'
        elif kind in ("curly", "curly1"):
            quote = '"' if kind == "curly" else "'"
            yield match, quote + found[1:-1].replace(quote, "\\" + quote) + quote


def _name(found: str) -> Said:
    sign = next((c for c in found if c in _SIGNS), found[0])
    name = _NAMES.get(_SIGNS.get(sign, ""), "no_python")
    return said(f"remark.{name}", code=f"U+{ord(sign):04X}")
