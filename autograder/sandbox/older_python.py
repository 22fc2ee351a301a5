"""What newer Pythons read, in the words of older ones: an f-string in the other quotes, say.

The hand-out allows any Python from 3.10, and one of them grades. It needs Python's own library
alone: see ``reading``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_GENERIC = re.compile(
    r"^([ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+\w+)[ \t]*\[[^\n]*?\][ \t]*(?=[(:])", re.M
)
_TYPE = re.compile(r"^([ \t]*)type[ \t]+(\w+)[ \t]*(?:\[[^\n]*?\])?[ \t]*=[^\n]*", re.M)
_EXCEPT = re.compile(r"^([ \t]*except\*?)[ \t]+(\w[\w.]*(?:[ \t]*,[ \t]*\w[\w.]*)+)[ \t]*:", re.M)
_PARAMETER = re.compile(r"(?<=\w)[ \t]*:[ \t]*[A-Za-z_][\w.]*(?:\[[^\]\n]*\])?(?=[ \t]*[,)=])")
_ANNOTATION = re.compile(r"(?<=[\w)\]])[ \t]*->[ \t]*[^:\n]+(?=:)")


def in_older_words(text: str) -> Iterator[tuple[str, str]]:
    """Yield the version that reads a piece, and what an older one would read for it."""
    plain = _plain_f_strings(text)
    if plain != text:
        yield "3.12", plain
    plain = _TYPE.sub(r"\1\2 = None", _without_generics(text))
    if plain != text:
        yield "3.12", plain
    plain = _EXCEPT.sub(r"\1 (\2):", text)
    if plain != text:
        yield "3.14", plain


def _without_generics(text: str) -> str:
    """Without type parameters, and without the annotations that may name them."""
    if not _GENERIC.search(text):
        return text
    return _PARAMETER.sub("", _ANNOTATION.sub("", _GENERIC.sub(r"\1", text)))


_STRING = re.compile(r"(?<!\w)([fF][rR]?|[rR][fF])(\"\"\"|'''|\"|')|[\"'#]")


def _plain_f_strings(text: str) -> str:
    """With the other quotes inside the braces of f-strings that use their own ones there."""
    parts: list[str] = []
    at = 0
    while match := _STRING.search(text, at):
        parts.append(text[at : match.end()])
        at = match.end()
        if match[2] is None:
            end = _skip(text, match)
            parts.append(text[at:end])
        else:
            end = _field_quotes(text, at, match[2], parts)
        at = end
    return "".join([*parts, text[at:]])


def _skip(text: str, match: re.Match[str]) -> int:
    """The end of a comment or an ordinary string."""
    if match[0] == "#":
        end = text.find("\n", match.end())
        return len(text) if end < 0 else end
    quote = match[0] * 3 if text.startswith(match[0] * 3, match.start()) else match[0]
    body = re.compile(rf"(?:\\.|(?!{quote}).)*(?:{quote}|\Z)", re.DOTALL)
    found = body.match(text, match.start() + len(quote))
    return found.end() if found else len(text)


def _field_quotes(text: str, at: int, quote: str, parts: list[str]) -> int:
    """Copy an f-string to its end, and change its own quotes inside of braces."""
    other = "'" if quote[0] == '"' else '"'
    depth = 0
    while at < len(text):
        character = text[at]
        if character == "\\" and not depth:
            parts.append(text[at : at + 2])
            at += 2
            continue
        if not depth and text.startswith(quote, at):
            parts.append(quote)
            return at + len(quote)
        if text[at : at + 2] in ("{{", "}}") and not depth:
            parts.append(text[at : at + 2])
            at += 2
            continue
        depth += (character == "{") - (character == "}" and depth > 0)
        parts.append(other if depth and character == quote[0] else character)
        at += 1
    return at
