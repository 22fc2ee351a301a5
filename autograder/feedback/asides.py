"""What is said beside a mistake: with what it was tried, and what else a call changes."""

from __future__ import annotations

from autograder.diagnosis.diagnosis import Diagnosis
from autograder.marking.marks import Marking
from autograder.source.phrases import Phrases


def in_code(names: tuple[str, ...], say: Phrases) -> str:
    """Names with "and" between them, set as code."""
    return say("lists.and").join(f"`{name}`" for name in names)


def changed_arguments(d: Diagnosis, marking: Marking) -> tuple[str, ...]:
    """The arguments that a call changes in place, by the names that the student gave them."""
    facts, named = marking.session.worker.facts(d.exercise.file), d.exercise.parameters
    own = facts.parameters.get(d.function, named)
    own = own if len(own) == len(named) else named
    return tuple(own[named.index(name)] for name in d.changed)


def also_changed(d: Diagnosis, marking: Marking, say: Phrases) -> tuple[str, ...]:
    """That a call changes its arguments in place, if it does."""
    names = in_code(changed_arguments(d, marking), say)
    return (say("text.also_changes", count=len(d.changed), names=names),) if d.changed else ()


def in_place(d: Diagnosis, say: Phrases) -> str:
    """That a function was judged with right components, so that what is said is about it alone."""
    if not d.components:
        return ""
    return say("text.in_place", count=len(d.components), names=in_code(d.components, say))
