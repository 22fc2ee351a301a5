"""Words of an assignment that nobody would miss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from autograder.assignment.assignment import Assignment
from autograder.assignment.yaml_files import mapping


def unused_words(assignment: Assignment) -> Iterator[str]:
    """The words that stand in an assignment's files and that no misconception uses."""
    recipes = {name: e.recipe.misconceptions for name, e in assignment.all.items()}
    own: dict[str, Iterable[str]] = {}
    for name in recipes:
        own[name] = mapping(assignment.folder / f"{name}.yaml")["misconceptions"]
        yield from (f"{name}.{id}" for id in own[name] if id not in recipes[name])
    for id in mapping(assignment.folder / "shared.yaml")["misconceptions"]:
        if sum(id in recipes[name] and id not in own[name] for name in recipes) < 2:
            yield id
