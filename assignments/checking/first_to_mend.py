"""Which of a wrong function's findings is shown, and how it is told beside a hint."""

import re

from checking.calls import Example, Finding, Misshapen, Stopped
from checking.evidence import Waiting
from checking.saying import say

MOST_WORDS = 140  # of a finding
WHOLE = "whole numbers"  # how the names of some checks begin
MISMET = re.compile("matmul|not aligned|index out of range")  # a wrong matrix, or none
MISFITS = (IndexError, ValueError)  # in which an index or a shape ends that doesn't fit

#: Changes beside which what a function does elsewhere says more of why.
SHOWN_ELSEWHERE = ("kept", "name")


def rank_findings(failed):
    """Sort findings: a crash, then kind and shape, then what an experiment shows.

    What goes wrong with whole numbers alone comes last: it rarely is the cause of anything else.
    """

    def rank(found):
        case, finding = found
        return Example.rank if case.name.startswith(WHOLE) else finding.rank

    return sorted((f for f in failed if not isinstance(f[1], Waiting)), key=rank)


def tell_first(failed, hint, functions):
    """Say the first finding, and where in the code to look.

    Where a function doesn't always stop, what it does then often tells why it stops elsewhere.
    """
    ranked = rank_findings(failed)
    case, finding = ranked[0]
    others = [f for _, f in ranked if not isinstance(f, Stopped) and f.rank < Example.rank]
    name = f"({say.named('cases', case.name)})"
    if hint.hands_on and misfits(finding):
        return f"{name}\n{hint.told}\n{finding.place}"
    if hint.mends and isinstance(finding, Stopped) and not says_why(finding):
        told = f"{name}\n{hint.told}\n{finding.fact}"
        if others and others[0].rank == Finding.rank and hint.mends in SHOWN_ELSEWHERE:
            longer = f"{told}\n{elsewhere(others)}"
            told = longer if len(longer.split()) <= MOST_WORDS else told
        return told
    told = tell_beside(hint, finding, others, functions)
    parts = [told, hint.told]
    if hint.mends and isinstance(finding, Misshapen):
        parts = [hint.told, told]  # a shape only follows from the line
    return "\n".join([name, *parts])


def tell_beside(hint, finding, others, functions):
    """Say a finding, or so much of it as is still to be said beside a hint."""
    if handed := handed_another_kind(finding, functions):
        return f"{finding.place}\n{handed}"
    if misfits(finding) and hint.explains:
        return finding.place
    # Beside a line to look at, a property says more than the crash does, a shape less.
    says_more = others and not (hint.told and others[0].rank < Finding.rank)
    if misfits(finding) and says_more and not says_why(finding):
        told = f"{finding.briefly}\n{elsewhere(others)}"
        if hint.told and len(f"{told} {hint.told}".split()) > MOST_WORDS:
            told = f"{finding.place}\n{elsewhere(others)}"
        return told
    return finding.briefly if hint.told and isinstance(finding, Misshapen) else str(finding)


def elsewhere(others):
    """Say what a function does where it doesn't stop."""
    return f"{say('check.elsewhere')}\n{others[0]}"


def misfits(finding):
    """Tell whether a function stops at an index or a shape that doesn't fit."""
    return isinstance(getattr(finding, "error", None), MISFITS)


def is_mismet(finding):
    """Tell whether a finding is that a matrix or an entry isn't the one that fits."""
    message = str(getattr(finding, "error", ""))
    return bool(MISMET.search(message)) and "assignment" not in message


def says_why(finding):
    """Tell whether the words for a crash say why it stops, and not only how."""
    from checking import crashed  # which takes long to load

    return bool(getattr(finding, "error", None)) and crashed.says_why(finding.error)


def handed_another_kind(finding, functions):
    """Say of a crash that one function is handed a list for an array, or such; else nothing."""
    if not getattr(finding, "error", None):
        return ""
    from checking.handed import wrong_kind

    return wrong_kind(finding.error, functions)
