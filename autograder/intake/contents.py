"""What a file's bytes are, whatever its name says."""

from __future__ import annotations

import re

#: What begins so is no text, by its kind under ``refused`` of the words.
_BEGINNINGS = (
    (b"PK\x03\x04", "zip"),
    (b"{\\rtf", "formatted"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"\xd0\xcf\x11\xe0", "document"),
    (b"Rar!", "archive_kind"),
    (b"7z\xbc\xaf", "archive_kind"),
    (b"\x1f\x8b", "archive_kind"),
)
_ODD = tuple(beginning for beginning, _ in _BEGINNINGS)
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_IN_A_DOCUMENT = (b"word/document.xml", b"mimetypeapplication/vnd.oasis")
_FENCED = re.compile(rb"^```[ \t]*\{?[ \t]*(?:python|py)\b[^\n]*\n(.*?)^```", re.M | re.S | re.I)


def kind_of(data: bytes) -> str:
    """Tell what a file is that should be source; nothing where it may be.

    Returns
    -------
    str
        ``"notebook"``, ``"zip"``, or another kind of `OTHER_KINDS`' words.
    """
    if data.startswith(_ODD):
        kind = next(kind for beginning, kind in _BEGINNINGS if data.startswith(beginning))
        is_document = kind == "zip" and any(mark in data for mark in _IN_A_DOCUMENT)
        return "document" if is_document else kind
    if data[:1] in b"{ \n\r\t" and data.lstrip().startswith(b"{"):
        return "notebook" if b'"cells"' in data or b'"worksheets"' in data else ""
    if data[:1] in b"< \n\r\t" and _WEB_PAGE.match(data):
        return "web_page"
    return ""


def fenced_code(data: bytes) -> bytes:
    """Give the Python in the fences of a Markdown text; nothing where there is none."""
    return b"\n\n".join(_FENCED.findall(data.replace(b"\r\n", b"\n")))
