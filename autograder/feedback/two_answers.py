"""The words for a function that answers one input in two ways."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.diagnosis.fresh import Unsteady

_OUTSIDE = (
    "{at} changes `{name}`, which lives outside of the function and lasts from call to call.",
    "Make `{name}` anew inside the function, and call it twice.",
)

#: By what can make the second answer differ: why, and what to do next.
_WHY = {
    "random": (
        "{at} draws random numbers. The notes leave nothing to chance here.",
        "Say what the random numbers are for, and whether the answer should depend on them.",
    ),
    "default": (
        "{at}: the default of `{name}` is made once, when the function is defined, and every call "
        "goes on with the same one.",
        "Make `{name}` anew inside the function, and call it twice.",
    ),
    "global": _OUTSIDE,
    "shared": _OUTSIDE,
    "unknown": (
        "Something stays from one call to the next, or chance has a part in it.",
        "Call it twice with the same input, and print each step: which is the first to differ?",
    ),
}


def two_answers(
    function: str, unsteady: Unsteady, quoted: str, answers: Sequence[str], *, why: bool
) -> str:
    """What is to be said of it.

    Parameters
    ----------
    function : str
    unsteady : Unsteady
    quoted : str
        The line that can make it, if it may be quoted.
    answers : sequence of str
        Both answers in words; empty where they cannot be shown.
    why : bool
        Whether to say what makes it.
    """
    at = f"Line {unsteady.line}" if unsteady.line else "Something in it"
    at += f" (`{quoted}`)" if quoted else ""
    reason = [text.format(at=at, name=unsteady.name) for text in _WHY[unsteady.why]]
    first, second = answers
    shown = ""
    if first and second and first != second and " gives " in second:
        shown = f" {first} Called again, it gives {second.split(' gives ', 1)[1]}"
    start = f"Called twice with the same input, `{function}` gives two different answers.{shown}"
    return " ".join([start, *(reason if why else [])])
