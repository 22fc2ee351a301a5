"""Wrong answers that have no name, grouped by what the functions do: the largest group first."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from autograder.diagnosis.lines import source_lines, without_comments
from autograder.feedback.record import FunctionRecord
from autograder.source.phrases import Phrases

#: What is shown of one student's code.
MOST_LINES, MOST_COLUMNS = 40, 120
#: Under ``--anonymous`` the code of fewer students is nobody's to show.
FEWEST_ANONYMOUS = 3

#: What a group shares; the words for each stand under these keys.
ANSWERS, FORMULA, OBSERVED = "answers", "formula", "observed"


@dataclass(frozen=True)
class Unnamed:
    """One wrong function without a name.

    Attributes
    ----------
    who : dict of str to str
        The student's ``name`` and ``link``.
    function : str
    signature, formula : str
    observed : tuple of str
    stops : str
        Where and why it stops on some inputs; quotes its code.
    code : list of str
        Its lines, bounded.
    is_cut : bool
        Whether there are more of them.
    """

    who: dict[str, str]
    function: str
    signature: str
    formula: str
    observed: tuple[str, ...]
    stops: str
    code: list[str]
    is_cut: bool


def read_unnamed(who: dict[str, str], entry: FunctionRecord, anonymous: bool) -> Unnamed:
    """What the report keeps of an entry of a feedback record."""
    known = entry["unnamed"]
    first, last = known["lines"]
    lines = source_lines(known["source"].encode("utf-8", "replace"))[first - 1 : last]
    if anonymous:
        # Students write their names into comments.
        lines = [text for _, text in without_comments(lines) if text.strip()]
    lines = textwrap.dedent("\n".join(lines)).strip("\n").split("\n")
    return Unnamed(
        who,
        entry["function"],
        known["signature"],
        known["formula"],
        tuple(known["observed"]),
        "" if anonymous else known["stops"],
        [_plain(line) for line in lines[:MOST_LINES]],
        len(lines) > MOST_LINES,
    )


def _plain(line: str) -> str:
    """A line without what turns or hides text on a page."""
    shown = line.replace("\t", "    ").rstrip()[:MOST_COLUMNS]
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)


def grouped(
    wrong: Iterable[Unnamed], functions: Iterable[str], anonymous: bool, say: Phrases
) -> list[dict[str, Any]]:
    """Group them: by answers and formulas; what is alone then, by observations.

    Parameters
    ----------
    wrong : iterable of Unnamed
    functions : iterable of str
        In the order of the assignment.
    anonymous : bool
    say : Phrases

    Returns
    -------
    list of dict
        ``number``, ``key`` (a signature in it), ``function``, ``students``, ``by`` (what they
        share; empty for one alone), ``observed``, ``formula``, ``code`` (empty where it is
        nobody's to show), ``is_cut``, ``of`` (whose it is) and ``people``.
    """
    order = {name: place for place, name in enumerate(functions)}
    groups = list(_groups(sorted(wrong, key=lambda w: w.who["name"])))
    groups.sort(key=lambda g: (-len(g[1]), order[g[1][0].function], _key(g[1])))
    return [_told(number, *group, anonymous, say) for number, group in enumerate(groups, start=1)]


def _key(group: list[Unnamed]) -> str:
    return min(w.signature for w in group)


def _groups(wrong: list[Unnamed]) -> Iterator[tuple[str, list[Unnamed]]]:
    """The groups, each after what they share."""
    alone: defaultdict[object, list[Unnamed]] = defaultdict(list)
    for group in _same_behaviour(wrong):
        if len(group) > 1:
            yield ANSWERS if len({w.signature for w in group}) == 1 else FORMULA, group
        else:
            alone[group[0].function, group[0].observed].append(group[0])
    for group in alone.values():
        yield OBSERVED if len(group) > 1 else "", group


def _same_behaviour(wrong: list[Unnamed]) -> list[list[Unnamed]]:
    """Put together what shares its answers or its formula with any of a group."""
    group_of: dict[object, list[Unnamed]] = {}
    groups: dict[int, list[Unnamed]] = {}
    for one in wrong:
        keys: list[object] = [(one.function, ANSWERS, one.signature)]
        if one.formula:
            keys.append((one.function, FORMULA, one.formula))
        joined = [one]
        for known in {id(group_of[key]): group_of[key] for key in keys if key in group_of}.values():
            joined = known + joined
            del groups[id(known)]
        groups[id(joined)] = joined
        for each in joined:
            group_of[each.function, ANSWERS, each.signature] = joined
            if each.formula:
                group_of[each.function, FORMULA, each.formula] = joined
    return list(groups.values())


def _told(
    number: int, by: str, group: list[Unnamed], anonymous: bool, say: Phrases
) -> dict[str, Any]:
    # The shortest shows best what it does.
    shown = min(group, key=lambda w: (len(w.code), sum(map(len, w.code)), w.who["name"]))
    hidden = anonymous and len(group) < FEWEST_ANONYMOUS
    return {
        "number": number,
        "key": _key(group),
        "function": shown.function,
        "students": len(group),
        "by": say(f"unnamed.{by}") if by else "",
        "observed": [text for text in (shown.stops, *shown.observed) if text],
        "formula": next((w.formula for w in [shown, *group] if w.formula), ""),
        "code": "" if hidden else "\n".join(shown.code),
        "is_cut": shown.is_cut and not hidden,
        "of": {} if anonymous else shown.who,
        "people": [w.who for w in group],
    }
