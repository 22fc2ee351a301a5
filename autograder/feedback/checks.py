"""On what a wrong function is right, and what its marks were lost on, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from autograder.assignment.probe import EXPLAINED, UNCHANGED_ARGUMENTS
from autograder.diagnosis.which_inputs import just_with, shared_by
from autograder.marking.marks import Marking
from autograder.source.phrases import Phrases, Said, said

#: Where the names of test cases stand in words.
CASES = "cases"
#: So many names are read; of the longer list of two the rest are "all others".
MOST_NAMED = 3


def checks(marking: Marking, function: str, points: float, say: Phrases) -> str:
    """Say case by case what the marks of a wrong function were lost on, and what is right.

    No hidden number is told, and nothing is praised that a function gets by doing nothing.

    Parameters
    ----------
    marking : Marking
    function : str
    points : float
        What its cases share equally.
    say : Phrases

    Returns
    -------
    str
        Empty where nothing is lost, and for the one case of an answer by hand.
    """
    left_out = marking.expected.left_out.get(function, ())
    cases = [name for name in marking.session.probes.cases(function) if name not in left_out]
    lost = [name for name in cases if not marking.case(function, name).right]
    if not lost or len(cases) == 1:
        return ""
    if len(lost) == len(cases):
        tries_inputs = marking.assignment.known[function].parameters
        return say(f"checks.none_{'right' if tries_inputs else 'by_hand'}", count=len(cases))
    passed = [name for name in cases if name not in lost]
    idle = [name for name in passed if name in marking.expected.by_doing_nothing(function)]
    right = [name for name in passed if name not in idle]
    besides = []
    if UNCHANGED_ARGUMENTS in lost and not marking.changed_arguments(function) and len(lost) > 1:
        # Of wrong values nobody can say whether the right ones would leave the arguments alone.
        lost.remove(UNCHANGED_ARGUMENTS)
        besides = [say("checks.needs_all", name=_called([UNCHANGED_ARGUMENTS], say))]
    only = _only_with(marking, function, lost)
    told = _lists(right, lost, idle, besides, only, say)
    if points:
        worth = round(points / len(cases), 2)
        exactly = np.isclose(worth * len(cases), points)
        each = say("checks.points", count=f"{worth:g}")
        key = "checks.worth" if exactly else "checks.worth_about"
        told.insert(0, say(key, count=len(cases), points=each))
    return " ".join(told)


def _only_with(marking: Marking, function: str, lost: Sequence[str]) -> dict[str, Said]:
    """Of the lost cases those that are lost by some inputs alone: what these have in common."""
    probes = marking.session.probes[function]
    asked = marking.rows(function)
    wrong = [row for row in asked if not row.is_right]
    # What no right answer has comes first: that is told above.
    shared = list(dict.fromkeys([*just_with(wrong, asked), *shared_by(wrong, asked)]))
    found: dict[str, Said] = {}
    for case, rows in marking.session.probes.rows(function).items():
        telling = [tag for tag in shared if any(tag not in probes[at].tags for at in rows)]
        if case in lost and telling and case != UNCHANGED_ARGUMENTS:
            found[case] = said(telling[0].removesuffix(EXPLAINED))
    return found


def _lists(
    right: Sequence[str],
    lost: Sequence[str],
    idle: Sequence[str],
    besides: list[str],
    only: Mapping[str, Said],
    say: Phrases,
) -> list[str]:
    """What is right and what is wrong: the shorter list first, of a long one no more than that."""
    if not right:
        return [say("checks.wrong_but_idle", names=_called(idle, say))]
    told_right = say("checks.right", names=_called(right, say))
    told_lost = _lost(lost, only, say)
    if len(right) > max(MOST_NAMED, len(lost) - 1):
        return [told_lost, *besides, say("checks.right_others")]
    if len(lost) > MOST_NAMED and not idle:
        return [told_right, *besides, say("checks.wrong_others")]
    passed_idly = [say("checks.idle", names=_called(idle, say))] if idle else []
    return [told_right, *passed_idly, told_lost, *besides]


def _lost(lost: Sequence[str], only: Mapping[str, Said], say: Phrases) -> str:
    """What is wrong, and after it what is by inputs of one kind alone, by that kind."""
    tags = list(only.values())
    alike = {case: tag for case, tag in only.items() if tags.count(tag) > 1}
    names = {case: say.named(CASES, case) for case in lost if case not in alike}
    for case in only.keys() & names:
        names[case] = say("checks.only_with", name=names[case], tag=say.fill(only[case]))
    told = [say("checks.wrong", names="; ".join(names.values()))] if names else []
    for tag in dict.fromkeys(alike.values()):
        of_tag = _called([case for case in lost if alike.get(case) == tag], say)
        told.append(say("checks.wrong_by_inputs", tag=say.fill(tag), names=of_tag))
    return " ".join(told)


def _called(cases: Sequence[str], say: Phrases) -> str:
    return "; ".join(say.named(CASES, case) for case in cases)
