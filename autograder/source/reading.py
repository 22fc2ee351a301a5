"""A student's file as text: whatever it is saved as, and with a word processor's signs in it."""

from __future__ import annotations

import codecs
import html
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


#: Kinds of control characters in a text: more are found in what is none.
_MOST_CONTROLS = 4


def decode(source: bytes) -> str:
    """Turn bytes into text: in any of Unicode's forms, as the coding line says, or as Windows does.

    Raises
    ------
    UnreadableSource
        If it is no text, with the line of the first byte that shows it.
    """
    return decoded(source)[0]


def decoded(source: bytes) -> tuple[str, list[tuple[int, Said]]]:
    """Turn bytes into text, and tell by line what of that Python itself would not do.

    Raises
    ------
    UnreadableSource
        As ``decode`` does.
    """
    text, odd = _decoded(source)
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        if len({c for c in text if c < " "} - set("\t\n\r\f")) > _MOST_CONTROLS:
            message = "the file holds null bytes, so it is no text"
            raise UnreadableSource("null byte", message, line, "")
        text = text.rstrip("\0").replace("\0", " ")
        odd = [*odd, (line, said("remark.nulls", line=line))]
    return text.replace("\r\n", "\n").replace("\r", "\n"), odd


def _decoded(source: bytes) -> tuple[str, list[tuple[int, Said]]]:
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return source.decode(encoding, "replace"), [(1, said("remark.utf_16"))]
    if b"\0" in source:
        for encoding in _WITHOUT_MARK:
            text = source.decode(encoding, "replace")
            if "\0" not in text and _is_plain(text):
                return text, [(1, said("remark.utf_16"))]
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        return source.decode(encoding), []
    except (SyntaxError, ValueError, LookupError):
        # No such encoding, or not written in it. An accent that an editor saved in its own way,
        # in a comment mostly, should cost no marks.
        plain = source.removeprefix(codecs.BOM_UTF8)
    for encoding in ("utf-8", "cp1252", "latin-1"):
        try:
            text = plain.decode(encoding)
        except UnicodeDecodeError:
            continue
        key = "coding_line" if encoding == "utf-8" else "not_utf_8"
        return text, [(1, said(f"remark.{key}"))]
    raise AssertionError("latin-1 reads all")


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
    **{chr(code): " " for code in (*range(9), 11, *range(14, 32), 127, 133, 0x2028, 0x2029)},
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
}  # fmt: skip
#: What they are called, under ``remark`` of the words.
_NAMES = {"'": "curly_quote", '"': "curly_quote", "-": "dash", " ": "blank"}
_NO_BREAK = "\u00a0\u202f"
#: What a web page's own text has in the places of signs.
ENTITY = re.compile(r"&(?:amp;)*(?:[lg]t|amp|quot|apos|nbsp|#\d{1,5}|#x[\da-f]{1,4});")

_TOKENS = re.compile(
    r"""
      \#[^\n]*
    | (?P<triple>\"\"\"|''')(?:\\.|(?!(?P=triple)).)*(?:(?P=triple)|\Z)
    | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'
    | (?P<curly3>[\u201c\u201d]{3}(?:[^\u201c\u201d])*[\u201c\u201d]{3})
    | (?P<curly>[\u201c\u201d\u201e"][^"\u201c\u201d\u201e\n]*["\u201c\u201d])
    | (?P<curly1>[\u2018\u2019\u201a'][^'\u2018\u2019\n]*['\u2018\u2019])
    | (?P<entity>ENTITY)
    | (?P<behind>\\[ \t]+(?=\n))
    | (?P<sign>[SIGNS])
    """.replace("SIGNS", re.escape("".join(_SIGNS)).replace(r"\ ", " ")).replace(
        "ENTITY", ENTITY.pattern.replace("#", r"\#")
    ),
    re.VERBOSE | re.DOTALL,
)


def plain_signs(text: str) -> tuple[str, list[tuple[int, Said]]]:
    """Put Python's own signs in the places of those that a word processor makes of them.

    Returns
    -------
    tuple
        The text, and for each line that was changed its number and what is said of it.
    """
    changed: dict[int, str] = {}
    parts: list[str] = []
    at = line = 0
    for match, plain in _replacements(text):
        line += text.count("\n", at, match.start())
        parts += [text[at : match.start()], plain]
        changed.setdefault(line + 1, match[0])
        line += text.count("\n", match.start(), match.end())
        at = match.end()
    told = [(line, _told(line, found)) for line, found in changed.items()]
    return "".join([*parts, text[at:]]), told


def _replacements(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for match in _TOKENS.finditer(text):
        kind, found = match.lastgroup, match[0]
        if kind == "sign":
            yield match, _SIGNS[found]
        elif kind == "behind":
            yield match, "\\"
        elif kind == "entity":
            sign = html.unescape(found.replace("amp;", "") if found != "&amp;" else found)
            yield match, _SIGNS.get(sign, sign)
        elif kind == "curly3":
            yield match, f'"""{found[3:-3]}"""'
        elif kind in ("curly", "curly1"):
            quote = '"' if kind == "curly" else "'"
            yield match, quote + found[1:-1].replace(quote, "\\" + quote) + quote


def _told(line: int, found: str) -> Said:
    if found[0] == "\\":
        return said("remark.blanks_behind", line=line)
    if found[0] == "&":
        return said("remark.entity", line=line, entity=found)
    sign = next((c for c in found if c in _SIGNS), found[0])
    plain, code = _SIGNS.get(sign, ""), f"U+{ord(sign):04X}"
    if not plain:
        return said("remark.unseen", line=line, code=code)
    name = _NAMES.get(plain, "no_python")
    if name == "blank" and sign in _NO_BREAK:
        name = "no_break_space"
    elif name == "blank" and not sign.isprintable() and sign < "\u1680":
        return said("remark.control", line=line, code=code)
    return said("remark.sign", line=line, sign=said(f"remark.{name}", code=code))
