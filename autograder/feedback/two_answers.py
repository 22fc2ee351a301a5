"""The words for a function that answers one input in two ways."""

from __future__ import annotations

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
    how = "overwritten" if unsteady.overwritten else "again"
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
    step = say(f"two_answers.{kind}_next", name=name) if why else ""
    return " ".join(told), step
