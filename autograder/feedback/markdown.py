"""Feedback as Markdown, in which only our own code spans are marked up."""

from __future__ import annotations

import re
from collections.abc import Collection

from autograder.feedback.layout import HEADING, INDENT

# What a student chose, such as a file's name, can stand anywhere in a text. As references these
# are nothing but characters to every reader of Markdown; the last ones begin links by themselves.
_MARKUP = re.compile(r"[\\`*_~<>&#|$!\[\]@]|(?<=[A-Za-z]):(?=//)|(?<=[Ww]{3})\.")


def as_markdown(text: str, labels: Collection[str] = ()) -> str:
    """Set what stands between backticks as code, and all else as the characters that it is.

    Blocks stand apart by an empty line. One whose lines all begin with four blanks is code, or
    numbers, that stand below each other.

    Parameters
    ----------
    text : str
    labels : collection of str
        Our own words above the parts, at the beginning of a block.

    Examples
    --------
    >>> as_markdown("`threshold` was read from 'a <b>.py'.")
    "`threshold` was read from 'a &#60;b&#62;.py'."
    """
    return "\n\n".join(_block(block, labels) for block in text.split("\n\n"))


def _block(text: str, labels: Collection[str]) -> str:
    lines = text.split("\n")
    if all(line.startswith(INDENT) and line.strip() and line.isprintable() for line in lines):
        # Without a backtick inside, nothing but the last line ends it.
        return "\n".join(["```text", *(line.replace("`", "'") for line in lines), "```"])
    if text.startswith(HEADING) and len(lines) == 1:
        return f"### {_inline(text.removeprefix(HEADING))}"
    for label in labels:
        if text.startswith(f"{label}: "):
            return f"**{label}:**{_inline(text.removeprefix(f'{label}:'))}"
    return _inline(text)


def _inline(text: str) -> str:
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _escaped(text)
    pieces = [_code(part) if k % 2 else _escaped(part) for k, part in enumerate(parts)]
    # Two spans side by side would be one.
    return re.sub("(?<=`)(?=`)", " ", "".join(pieces))


def _code(text: str) -> str:
    return f"`{text}`" if text.strip() and "\n" not in text else _escaped(f"`{text}`")


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", text)
