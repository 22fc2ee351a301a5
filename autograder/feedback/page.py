"""The feedback record as one self-contained HTML page, with nothing to load and no script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.feedback.by_hand import told
from autograder.feedback.figures import drawing

TEMPLATES = Path(__file__).parent / "templates"
TONES = {
    "right": ("good", "✓"),
    "right in itself": ("good", "✓"),
    "wrong": ("bad", "✗"),
    "crashed": ("bad", "✗"),
    "missing": ("idle", "–"),
    "not attempted": ("idle", "–"),
}
SIGNS = {"up": "▲ up", "down": "▼ down", "still": "– still", "nan": "? none"}


def render(feedback: dict[str, Any]) -> str:
    """Write the record of one submission as a page.

    Parameters
    ----------
    feedback : dict
        The documented record, ``feedback/<student>.json``.
    """
    style, style_hash = asset("base.css", "page.css")
    return (
        environment()
        .get_template("page.html")
        .render(
            student=feedback["student"],
            score=feedback["score"],
            max_score=feedback["max_score"],
            by_hand=told(feedback),
            questions=[_question(file, entries) for file, entries in by_file(feedback)],
            signs=SIGNS,
            style=style,
            style_hash=style_hash,
        )
    )


def by_file(feedback: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The entries of a record's functions, by the file that they belong into."""
    files = dict.fromkeys(entry["file"] for entry in feedback["functions"])
    return [(file, [f for f in feedback["functions"] if f["file"] == file]) for file in files]


def _question(file: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    score, most = (round(sum(f[key] for f in entries), 5) for key in ("score", "max_score"))
    return {
        "id": file.removesuffix(".py"),
        "score": score,
        "max_score": most,
        "width": round(120 * score / most) if most else 0,
        "functions": [_function(entry) for entry in entries],
    }


def _function(entry: dict[str, Any]) -> dict[str, Any]:
    tone, symbol = TONES[entry["status"]]
    picture = entry["evidence"].get("picture")
    return {
        **entry,
        "tone": tone,
        "symbol": symbol,
        "by_hand": told(entry),
        "drawing": drawing(picture) if picture else None,
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


def inline_code(text: str) -> Markup:
    """Escape a text and set what stands between backticks as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    pieces = (
        Markup("<code>{}</code>").format(p) if k % 2 else escape(p) for k, p in enumerate(parts)
    )
    return Markup("").join(pieces)
