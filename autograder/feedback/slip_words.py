"""The words for a place in the student's code that can have made a wrong answer."""

from __future__ import annotations

#: By kind: what the line does, and what to do next.
_WORDS = {
    "third argument": (
        "{at} hands `{name}` a third argument. That is no third factor: it is the array which the "
        "result is written into.",
        "Write it as two steps of two factors each, and print what each of them gives.",
    ),
    "after the loop": (
        "{at} stores in `{name}` after the loop, once; inside the loop nothing is stored there.",
        "Go through the loop by hand for a list of three: what is in `{name}` after each round?",
    ),
    "overwritten": (
        "{at} stores in one and the same place for every `{name}`: what the last of them gave is "
        "all that is left.",
        "Write down for two values of `{name}` where their results go, and what is there after "
        "both.",
    ),
    "added up": (
        "{at} adds up over every `{name}` in one place, so that none has an entry of its own.",
        "Count the indices that an entry of the result needs, and those that you store it under.",
    ),
    "vectorize": (
        "{at}: `np.vectorize` takes the type of all results from the first one. Where that is a "
        "whole number, such as 0, the others lose their decimals.",
        "Try it on [0.5, -3] and on [-3, 0.5]: the same values in another order.",
    ),
    "break": (
        "{at} leaves the loop, and with it all that the rounds left would have added.",
        "Say when this line is reached, and which entries are missing then.",
    ),
    "continue": (
        "{at} goes on to the next round at once: what stands below it is not done then.",
        "Say when this line is reached, and whether all that is left out then should be.",
    ),
    "short range": (
        "{at} stops two rounds or more before the end of `{name}`.",
        "Write down for a list of three which of its entries the loop comes to, and what is made "
        "of the others.",
    ),
    "same entry": (
        "{at} takes the same entry of `{name}` in every round of its loop, by a fixed number.",
        "Write down for three layers or steps which entry of `{name}` each round needs, and which "
        "it takes.",
    ),
}


def in_words(kind: str, line: int, name: str, quoted: str) -> tuple[str, str]:
    """What is said of a slip, and what to do next.

    Parameters
    ----------
    kind : str
    line : int
    name : str
        What it is about: see `sandbox.slips`.
    quoted : str
        The line, if it may be quoted.
    """
    at = f"Line {line} (`{quoted}`)" if quoted else f"Line {line}"
    said, step = _WORDS[kind]
    return said.format(at=at, name=name), step.format(name=name)
