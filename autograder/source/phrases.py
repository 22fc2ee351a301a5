"""What is said, as words that are read from a file: a key, what fills its text, and the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

#: A text, or its forms by name; ``other`` is the one where no other fits.
Text = str | Mapping[str, str]
OTHER = "other"
#: The area that tells, by the name of a form, which counts take it.
FORMS = "forms"
#: What chooses among the forms of a text.
COUNT = "count"


@dataclass(frozen=True)
class Said:
    """What is to be said, where the words are not at hand.

    Attributes
    ----------
    key : str
        Of the words.
    values : tuple of (str, object)
        What fills the fields: texts, numbers, what is to be said itself, or some of these in a row.
    """

    key: str
    values: tuple[tuple[str, Any], ...] = ()

    def keys(self) -> Iterator[str]:
        """Its key, and those of what is said in it."""
        yield self.key
        for _, value in self.values:
            for part in value.parts if isinstance(value, InARow) else (value,):
                if isinstance(part, Said):
                    yield from part.keys()

    def as_json(self) -> list[Any]:
        """Its key and values as plain JSON."""
        plain = {name: v.as_json() if isinstance(v, Said) else v for name, v in self.values}
        return [self.key, plain]


@dataclass(frozen=True)
class InARow:
    """Parts with "and" between them."""

    parts: tuple[Any, ...]


def said(key: str, **values: Any) -> Said:
    """What is to be said: a key of the words, and what fills its fields."""
    return Said(key, tuple(values.items()))


class Phrases:
    """The words for what is said.

    Parameters
    ----------
    texts : mapping of str to (str or mapping of str to str)
        By ``area.key``: a text with fields such as ``{name}``, or its forms.

    Examples
    --------
    >>> pages = {"one": "{count} page", "other": "{count} pages"}
    >>> say = Phrases({"forms.one": "1", "book.pages": pages})
    >>> say("book.pages", count=1), say("book.pages", count=3)
    ('1 page', '3 pages')
    """

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self._texts = texts

    def __call__(self, key: str, **values: Any) -> str:
        """Fill the text of a key."""
        filled = {name: self._filled(value) for name, value in values.items()}
        return self.text(key, values.get(COUNT)).format_map(filled)

    def can_fill(self, what: Said) -> bool:
        """Whether there is a text of this key, and of those in it, with just these fields."""
        within = (value for _, value in what.values if isinstance(value, Said))
        named = {name for name, _ in what.values}
        known = what.key in self and fields(self._texts[what.key]) == named
        return known and all(map(self.can_fill, within))

    def __contains__(self, key: str) -> bool:
        """Whether there is a text of this key."""
        return key in self._texts

    def named(self, area: str, name: str) -> str:
        """What a thing is called: the text of its name in an area, else the name itself."""
        key = f"{area}.{name}"
        return self(key) if key in self else name

    def _filled(self, value: Any) -> Any:
        if isinstance(value, InARow):
            return self("lists.and").join(str(self._filled(p)) for p in value.parts)
        return self.fill(value) if isinstance(value, Said) else value

    def fill(self, *sentences: Said) -> str:
        """Put into words what is to be said, one sentence after the other."""
        return " ".join(self(each.key, **dict(each.values)) for each in sentences)

    def listing(self, parts: Sequence[str]) -> str:
        """Parts with commas between them."""
        return self("lists.comma").join(parts)

    def listed(self, parts: Sequence[str]) -> str:
        """Parts with commas between them, and "and" before the last."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{self.listing(parts[:-1])}{self('lists.and')}{parts[-1]}"

    def text(self, key: str, count: Any = None) -> str:
        """The text of a key with its fields, in the form that a count takes."""
        text = self._texts[key]
        if isinstance(text, str):
            return text
        shown = str(count)
        fitting = (form for form in text if form != OTHER and self._takes(form, shown))
        return text[next(fitting, OTHER)]

    def all_forms(self, key: str) -> Text:
        """The text of a key, or all its forms."""
        return self._texts[key]

    def _takes(self, form: str, count: str) -> bool:
        return re.fullmatch(str(self._texts[f"{FORMS}.{form}"]), count) is not None

    def of(self, area: str) -> dict[str, Text]:
        """All texts of an area, by key without it."""
        start = f"{area}."
        found = self._texts.items()
        return {key.removeprefix(start): text for key, text in found if key.startswith(start)}


def fields(text: Text) -> set[str]:
    """The names of the fields of a text, of all its forms together.

    Raises
    ------
    ValueError
        If its braces cannot be read, or a field is more than a name: a width of a thousand million
        would fill the memory.
    """
    forms = [text] if isinstance(text, str) else text.values()
    return {name for form in forms for name in _fields(form)}


def _fields(text: str) -> Iterator[str]:
    for _, name, spec, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError("a field is a name in braces and nothing else; write others twice")
        yield name
