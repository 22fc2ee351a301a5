"""The general words: all that is said but the words for misconceptions.

They stand in ``general.yaml``, by area and key. A file of an instructor's own may replace any; the
fields of a text stay the same, so that whatever is said can still be filled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import RootModel

from autograder.assignment.yaml_files import mapping, validated, wrong
from autograder.source.phrases import COUNT, FORMS, OTHER, Phrases, Text, fields

FILE = Path(__file__).with_name("general.yaml")

#: Texts, or their forms, by area and key.
Areas = dict[str, dict[str, str | dict[str, str]]]


class _Areas(RootModel[Areas]):
    """What the file holds."""


@cache
def own_words() -> Phrases:
    """The package's own words, for what is said to whoever runs a command."""
    return Phrases(general_texts())


def general_texts() -> dict[str, Text]:
    """The texts by ``area.key``."""
    return texts_of(FILE)


def texts_of(path: Path) -> dict[str, Text]:
    """The texts of a file by ``area.key``."""
    return _flat(validated(_Areas, mapping(path), path).root)


def _flat(areas: Areas) -> dict[str, Text]:
    return {f"{area}.{key}": text for area, own in areas.items() for key, text in own.items()}


def changed_texts(texts: Mapping[str, Text], changes: Areas, path: Path) -> dict[str, Text]:
    """Put in place what a file changes.

    Parameters
    ----------
    texts : mapping of str to (str or mapping of str to str)
        By ``area.key``.
    changes : mapping
        By area and key.
    path : Path
        The file that they stand in.

    Raises
    ------
    ConfigError
        If a key is unknown, or a text lacks a field or has another one.
    """
    changed = {**texts, **_flat(changes)}
    for area, own in changes.items():
        for key, text in own.items():
            problem = _no_form(text) if area == FORMS else _problem(f"{area}.{key}", changed, texts)
            if problem:
                raise wrong(path, ["phrases", area, key], problem)
    return changed


def _no_form(pattern: Text) -> str:
    try:
        re.compile(str(pattern))
    except re.error as error:
        return f"is no pattern of numbers ({error})"
    return ""


def _problem(key: str, changed: Mapping[str, Text], texts: Mapping[str, Text]) -> str:
    """What is wrong with a changed text; nothing if nothing is."""
    text = changed[key]
    if key not in texts:
        return "there is no text of this key"
    try:
        own, needed = fields(text), fields(texts[key])
    except ValueError as error:
        return str(error)
    if unknown := own - needed:
        return f"has no field {_braced(unknown)}, but {_braced(needed) or 'none at all'}"
    if missing := needed - own - {COUNT}:
        return f"the field {_braced(missing)} is left out"
    if isinstance(text, str):
        return ""
    if COUNT not in needed and isinstance(texts[key], str):
        return "has no forms, as nothing is counted in it"
    if OTHER not in text:
        return f"the form '{OTHER}' is missing"
    strange = [form for form in text if form != OTHER and f"{FORMS}.{form}" not in changed]
    return f"there is no form '{strange[0]}' under {FORMS}" if strange else ""


def _braced(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
