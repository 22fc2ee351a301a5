"""The words for a function that answers one input in two ways."""

from __future__ import annotations

from typing import Literal

from autograder.diagnosis.fresh import Unsteady
from autograder.source.phrases import Phrases
from autograder.source.slips.chance import ORDERS


def two_answers(
    function: str,
    unsteady: Unsteady,
    quoted: str,
    answers: tuple[str, str],
    say: Phrases,
    *,
    why: bool,
    one_of: str = "",
) -> tuple[str, str]:
    """What is to be said of it, and what to do.

    Parameters
    ----------
    function : str
    unsteady : Unsteady
    quoted : str
        The line that can make it, if it may be quoted.
    answers : tuple of (str, str)
        The first call and its answer in words, and what came back when it was called again; empty
        where they cannot be shown.
    say : Phrases
    why : bool
        Whether to say what makes it.
    one_of : str
        What each round of a loop reads one of alone, at a place of chance.
    """
    by_order = unsteady.why == "random" and unsteady.name.rpartition(".")[2] in ORDERS
    kind: str = "order" if by_order else unsteady.why
    kind, name = ("one_of_all", one_of) if one_of else (kind, unsteady.name)
    how = _how(unsteady)
    told = [say(f"two_answers.{how}", function=function)]
    first, second = answers
    if second:
        told += [first, say(f"two_answers.answer_{how}", answer=second)]
    if why:
        line = unsteady.line
        at = say("two_answers.line", line=line) if line else say("two_answers.something")
        at += f" (`{quoted}`)" if quoted else ""
        told += [
            say(f"two_answers.{kind}", at=at, name=name),
        ]
    then = say(f"two_answers.then_{'after' if unsteady.after_others else 'again'}")
    step = say(f"two_answers.{kind}_next", name=name, then=then) if why else ""
    return " ".join(told), step


def title_of_two(unsteady: Unsteady, say: Phrases) -> str:
    """The title of what is said of two answers.

    Parameters
    ----------
    unsteady : Unsteady
    say : Phrases
    """
    return say(f"two_answers.{_how(unsteady)}_title")


def _how(unsteady: Unsteady) -> Literal["overwritten", "after", "again"]:
    if unsteady.overwritten:
        return "overwritten"
    return "after" if unsteady.after_others else "again"
