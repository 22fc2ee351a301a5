"""The feedback record as one self-contained HTML page, with nothing to load and no script."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.feedback.adjusted_points import told
from autograder.feedback.figures import drawing
from autograder.feedback.layout import did, heading, is_plain, labels, step
from autograder.feedback.overview import headline, moved_words, to_mend
from autograder.feedback.record import FunctionRecord, Record
from autograder.source.phrases import COUNT, Phrases

TEMPLATES = Path(__file__).parent / "templates"
TONES = {
    "right": ("good", "✓"),
    "right in itself": ("good", "✓"),
    "wrong": ("bad", "✗"),
    "crashed": ("bad", "✗"),
    "missing": ("idle", "–"),
    "not attempted": ("idle", "–"),
}
#: The kinds of picture that have room beside a text.
BESIDE = ("jacobian", "vector", "norms", "activations", "errors")


def render(feedback: Record, say: Phrases) -> str:
    """Write the record of one submission as a page.

    Parameters
    ----------
    feedback : Record
    say : Phrases
    """
    files = [_question(file, entries, say) for file, entries in by_file(feedback)]
    style, style_hash = asset("base.css", "page.css")
    return (
        environment()
        .get_template("page.html")
        .render(
            student=feedback["student"],
            score=feedback["score"],
            max_score=feedback["max_score"],
            by_hand=told(feedback, say),
            headline=headline(feedback, say),
            to_mend=to_mend(feedback, say),
            moved=moved_words(feedback.get("since"), say),
            # What is to be mended comes first.
            questions=sorted(files, key=_urgency),
            files=files,
            ringed=any(f["drawing"] for file in files for f in file["functions"]),
            say=in_html(say),
            labels=labels(say),
            style=style,
            style_hash=style_hash,
        )
    )


def by_file(feedback: Record) -> list[tuple[str, list[FunctionRecord]]]:
    """The entries of a record's functions, by the file that they belong into."""
    files = dict.fromkeys(entry["file"] for entry in feedback["functions"])
    return [(file, [f for f in feedback["functions"] if f["file"] == file]) for file in files]


def told_of(entries: list[FunctionRecord]) -> list[str]:
    """What is said of a file as a whole, each once."""
    return list(dict.fromkeys(note for entry in entries for note in entry["file_notes"]))


def _urgency(question: dict[str, Any]) -> int:
    return 0 if question["functions"] else 1 if question["notes"] else 2


def _question(file: str, entries: list[FunctionRecord], say: Phrases) -> dict[str, Any]:
    """One file: what there is to read in full, and in a line what is right or not written."""
    score, most = (round(sum(f[key] for f in entries), 5) for key in ("score", "max_score"))
    functions = [_function(entry, say) for entry in entries]
    right = [f for f in functions if f["status"] == "right"]
    idle = [f for f in functions if f["tone"] == "idle"]
    return {
        "id": file.removesuffix(".py"),
        "score": score,
        "max_score": most,
        "notes": told_of(entries),
        "right": right,
        "drawn": [f for f in right if f["shown"]],
        "idle": _alike(idle),
        "functions": [f for f in functions if f not in right and f not in idle],
    }


def _alike(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put together what is said in the same words of several functions."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        said = f"`{entry['function']}`".join(_said(entry).split(f"`{entry['function']}`")[1:])
        groups.setdefault(said or _said(entry), []).append(entry)
    return [
        {
            "names": [entry["function"] for entry in group],
            "status": group[0]["status"],
            "text": "" if group[0]["status"] == "not attempted" else _said(group[0]),
        }
        for group in groups.values()
    ]


def _said(entry: dict[str, Any]) -> str:
    return " ".join(filter(None, (item["did"] for item in entry["parts"])))


def _function(entry: FunctionRecord, say: Phrases) -> dict[str, Any]:
    tone, symbol = TONES[entry["status"]]
    picture = entry["evidence"].get("picture")
    return {
        **entry,
        "tone": tone,
        "symbol": symbol,
        "by_hand": told(entry, say),
        "plain": is_plain(entry),
        "items": [
            {
                **item,
                "title": heading(entry, item, say),
                "did": item["did"] if is_plain(entry) else did(item, say),
                "step": step(item, say),
            }
            for item in entry["parts"]
        ],
        "drawing": drawing(picture, say) if picture else None,
        "shown": [drawing(picture, say) for picture in entry["evidence"].get("shown", ())],
        "beside": picture is not None and picture["kind"] in BESIDE,
    }


# --- shared with the report --------------------------------------------------------------------


class _Templates(Environment):
    """Looks for keys before attributes: a record's ``items`` is what it holds, not a method."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@cache
def environment() -> Environment:
    """The templates, with everything escaped that does not say otherwise."""
    found = _Templates(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    found.filters["inline_code"] = inline_code
    return found


@cache
def asset(*names: str) -> tuple[Markup, str]:
    """Our own style or script, with the hash under which the page's policy lets it in."""
    text = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Markup(text), f"sha256-{digest}"


def in_html(say: Phrases) -> Callable[..., Markup]:
    """The words as a template takes them: escaped, with what stands between backticks as code."""

    def filled(key: str, **values: Any) -> Markup:
        count = values.get(COUNT)
        text = _marked_up(say.text(key, count.striptags() if isinstance(count, Markup) else count))
        return Markup(text.format_map({name: escape(value) for name, value in values.items()}))

    return filled


@cache
def _marked_up(text: str) -> str:
    # Apostrophes of ours are in no attribute that they could end.
    pieces = html.escape(text, quote=False).replace('"', "&quot;").split("`")
    pieces[1::2] = [f"<code>{piece}</code>" for piece in pieces[1::2]]
    return "".join(pieces)


def inline_code(text: str) -> Markup:
    """Escape a text and set what stands between backticks as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    pieces = (
        Markup("<code>{}</code>").format(p) if k % 2 else escape(p) for k, p in enumerate(parts)
    )
    return Markup("").join(pieces)
