"""What newer Pythons read, in the words of older ones: an f-string in the other quotes, say.

The hand-out allows any Python from 3.10, and one of them grades.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_GENERIC = re.compile(
    r"^([ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+\w+)[ \t]*\[[^\n]*?\][ \t]*(?=[(:])", re.M
)
_TYPE = re.compile(r"^([ \t]*)type[ \t]+(\w+)[ \t]*(?:\[[^\n]*?\])?[ \t]*=[^\n]*", re.M)
_EXCEPT = re.compile(r"^([ \t]*except\*?)[ \t]+(\w[\w.]*(?:[ \t]*,[ \t]*\w[\w.]*)+)[ \t]*:", re.M)
_PARAMETER = re.compile(r"(?<=\w)[ \t]*:[ \t]*[A-Za-z_][\w.]*(?:\[[^\]\n]*\])?(?=[ \t]*[,)=])")
_ANNOTATION = re.compile(r"(?<=[\w)\]])[ \t]*->[ \t]*[^:\n]+(?=:)")


def in_older_words(text: str) -> Iterator[tuple[str, str]]:
    """Yield the version that reads a piece, and what an older one would read for it."""
    together, newest = text, ""
    for version, in_older in _STEPS:
        plain = in_older(text)
        if plain != text:
            yield version, plain
        if (both := in_older(together)) != together:
            together, newest = both, version
    if newest:
        yield newest, together


def _without_types(text: str) -> str:
    return _TYPE.sub(r"\1\2 = None", _without_generics(text))


def _with_pairs(text: str) -> str:
    return _EXCEPT.sub(r"\1 (\2):", text)


def _without_templates(text: str) -> str:
    """With f-strings in the places of template strings, which no answer is."""
    return _TEMPLATE.sub(lambda m: m[0].translate(_T_TO_F) if m["t"] else m[0], text)


def _without_generics(text: str) -> str:
    """Without type parameters, and without the annotations that may name them."""
    if not _GENERIC.search(text):
        return text
    return _PARAMETER.sub("", _ANNOTATION.sub("", _GENERIC.sub(r"\1", text)))


_T_TO_F = str.maketrans("tT", "ff")
_TEMPLATE = re.compile(
    r"""(?<!\w)(?P<t>[tT][rR]?|[rR][tT])(?=["'])|\#[^\n]*"""
    r"""|(?P<triple>\"{3}|'{3}).*?(?:(?P=triple)|\Z)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""",
    re.DOTALL,
)
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


_STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("3.12", _plain_f_strings),
    ("3.12", _without_types),
    ("3.14", _with_pairs),
    ("3.14", _without_templates),
)
