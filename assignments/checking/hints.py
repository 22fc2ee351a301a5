"""Where in a wrong function's code to look."""

import inspect
import itertools
from typing import NamedTuple

from checking.calls import Clue
from checking.evidence import passes_its_checks
from checking.first_to_mend import handed_another_kind, is_mismet, rank_findings, says_why
from checking.lines.handed_on import handed_on
from checking.lines.telling import telling_line
from checking.lines.unused import unused
from checking.lines.worth_a_look import worth_a_look
from checking.saying import say
from checking.trying import one_change

#: Changes of which less is said than by a reason for a crash on the same line.
VAGUE = ("product", "size", "call", "part", "needed", "number", "whole", "comparison",
         "keyword", "function", "indices")  # fmt: skip


class Hint(NamedTuple):
    """Where in the code to look.

    Attributes
    ----------
    told : str
    explains : bool
        Whether it explains by itself why an index or a shape doesn't fit.
    mends : str
        What the change is about that is known to make all checks pass there; empty if none is.
    hands_on : bool
        Whether something else is handed on there than the other function takes.
    """

    told: str = ""
    explains: bool = False
    mends: str = ""
    hands_on: bool = False


def find_hint(work, name, results, tests):
    """Find where in the code to look."""
    (_, first), *_ = rank_findings([found[:2] for found in results if found[1]])
    if isinstance(first, Clue):
        return Hint()
    function = work.functions[name]
    told, explains = telling_line(function, work.functions)
    if told or (told := unused(function)):
        return Hint(told, explains)
    told, kind, line = one_change(function, results, work.functions)
    if told and kind in VAGUE and line == stopped_at(first) and says_why(first):
        return Hint()  # the reason says more
    if told:
        return Hint(told, mends=kind)
    if told := handed_on(function):
        return Hint(told, hands_on=True)
    if told := not handed_another_kind(first, work.functions) and whose_fault(work, name, first):
        return Hint(told, hands_on=True)
    return Hint(
        worth_a_look(function)
        or (is_mismet(first) and not says_why(first) and tests.get("where_it_stops"))
        or ""
    )


def whose_fault(work, name, finding):
    """Say of a crash in another function, which is right, that it lies in what it was handed."""
    for above, frame in itertools.pairwise(getattr(finding, "frames", ())):
        other = work.functions.get(frame.name)
        if frame.name != name and other and passes_its_checks(other, frame.name):
            takes = say.listing(inspect.signature(other).parameters)
            return say("check.handed", function=frame.name, line=above.lineno, takes=takes)
    return ""


def stopped_at(finding):
    """Give the number of the line in which a function stopped; None if it didn't."""
    frames = getattr(finding, "frames", ())
    return frames[-1].lineno if frames else None
