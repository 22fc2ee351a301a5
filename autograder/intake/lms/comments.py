"""Short feedback in a gradebook's own comment column, beside what a teacher wrote there."""

from __future__ import annotations

import hashlib
import html
import re
from typing import Literal

Comments = Literal["below", "leave", "none"]
"""Below a teacher's comment; only where no teacher wrote one; or no comments at all."""
TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def _ours(opening: str) -> re.Pattern[str]:
    """What finds our own comments, by the words that they begin with."""
    mark = re.escape(html.escape(opening.strip(), quote=False))
    return re.compile(
        rf"(?:<p[^<>]*>\s*)?{mark}(?P<text>(?:(?!{mark}).)*?)"
        r"\[autograder (?P<digest>[0-9a-f]{6})\](?:\s*</p>)?",
        re.DOTALL,
    )


def our_comment(summary: str, opening: str) -> str:
    """Write a summary as HTML, with the mark by which a later run knows it.

    The mark is visible text, as Moodle's export keeps nothing else (``format_text`` in
    ``lib/table/classes/base_export_format.php`` at ``189be87``: ``strip_tags``), and it is made
    from the summary: what a teacher has changed since is a teacher's.
    """
    text = html.escape(opening + summary.strip(), quote=False).replace("\n", "<br>")
    return f"<p>{text} [autograder {_digest(summary)}]</p>"


def teachers_comment(cell: str, opening: str) -> str:
    """Leave our own comments out of a cell; what remains is a teacher's, as HTML, or nothing."""
    rest = _ours(opening).sub(lambda found: "" if _is_unchanged(found) else found[0], cell).strip()
    if TAG.search(rest):
        return rest
    return html.escape(html.unescape(rest), quote=False).replace("\n", "<br>")


def both(teachers: str, summary: str, opening: str) -> str:
    """Write our comment below a teacher's."""
    # The space is what an export without markup leaves between the two.
    return " ".join(filter(None, (teachers, our_comment(summary, opening))))


def _is_unchanged(found: re.Match[str]) -> bool:
    return _digest(html.unescape(TAG.sub("", found["text"]))) == found["digest"]


def _digest(text: str) -> str:
    """Stand for a text, whatever became of its spaces and lines on the way."""
    return hashlib.sha256("".join(text.split()).encode("utf-8")).hexdigest()[:6]
