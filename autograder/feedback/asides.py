"""What is said beside a mistake: with what it was tried, and what else a call changes."""

from __future__ import annotations

from autograder.diagnosis.diagnose import Diagnosis
from autograder.source.phrases import Phrases


def in_code(names: tuple[str, ...], say: Phrases) -> str:
    """Names with "and" between them, set as code."""
    return say("lists.and").join(f"`{name}`" for name in names)


def also_changed(d: Diagnosis, say: Phrases) -> tuple[str, ...]:
    """That a call changes its arguments in place, if it does."""
    return (say("text.also_changes", names=in_code(d.changed, say)),) if d.changed else ()


def in_place(d: Diagnosis, say: Phrases) -> str:
    """That a function was judged with right components, so that what is said is about it alone."""
    if not d.components:
        return ""
    return say("text.in_place", count=len(d.components), names=in_code(d.components, say))
