"""Feedback as Markdown, in which only our own code spans are marked up."""

from __future__ import annotations

import re

# What a student chose, such as a file's name, can stand anywhere in a text. As references these
# are nothing but characters to every reader of Markdown; the last ones begin links by themselves.
_MARKUP = re.compile(r"[\\`*_~<>&#|$!\[\]@]|(?<=[A-Za-z]):(?=//)|(?<=[Ww]{3})\.")


def as_markdown(text: str) -> str:
    """Set what stands between backticks as code, and all else as the characters that it is.

    >>> as_markdown("`threshold` was read from 'a <b>.py'.")
    "`threshold` was read from 'a &#60;b&#62;.py'."
    """
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
