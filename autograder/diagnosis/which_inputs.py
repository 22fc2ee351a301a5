"""Which inputs a wrong function fails on, and what these have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.assignment.rows import Row
from autograder.diagnosis.relations import FEWEST
from autograder.source.phrases import InARow, Said, said

#: A pattern over inputs is stated if chance makes it as seldom as this.
BY_CHANCE = 0.001
#: The same where others have it and are right: inputs come in pairs, which fail together.
BY_CHANCE_IN_PAIRS = BY_CHANCE**2
#: The statements on inputs that say how many are right.
SAYS_WHICH = frozenset({
    "seen.fails_exactly", "seen.fails_exactly_also", "seen.right_exactly", "seen.right_on_shared",
})  # fmt: skip


def counts_inputs(observation: Said) -> bool:
    """Whether it says which inputs are right or how many, and nothing of what comes back."""
    return says_how_many(observation) or observation.key in SAYS_WHICH


def which_inputs(rows: list[Row]) -> Iterator[Said]:
    """What the failing inputs share that the passing ones lack, where that can be no chance."""
    wrong = [row for row in rows if not row.is_right]
    right = [row for row in rows if row.is_right]
    if len(rows) < 3 or not right:
        return
    if only := just_with(wrong, rows):
        if len(only) > 1:
            yield said("seen.fails_exactly_also", tag=said(only[0]), also=_in_a_row(only[1:]))
        else:
            yield said("seen.fails_exactly", tag=said(only[0]))
        return
    if spared := just_with(right, rows):
        yield said("seen.right_exactly", tags=_in_a_row(spared))
        return
    if shared := shared_by(wrong, rows, BY_CHANCE_IN_PAIRS):
        tags_shared = _in_a_row(shared[:2])
        yield said("seen.right_on_shared", count=len(right), all=len(rows), tags=tags_shared)
        return


def shared_by(
    having: Sequence[Row], rows: Sequence[Row], by_chance: float = BY_CHANCE
) -> list[str]:
    """What all of some rows have, where that can be no chance; others may have it too."""
    tags = sorted({tag for row in having for tag in row.probe.tags})
    return [tag for tag in tags if _chance(tag, having, rows) < by_chance]


def just_with(having: Sequence[Row], rows: Sequence[Row]) -> list[str]:
    """What all of some rows have, and none of the others."""
    return [tag for tag in shared_by(having, rows) if _count(tag, rows) == len(having)]


def _in_a_row(tags: list[str]) -> InARow:
    return InARow(tuple(map(said, tags)))


def how_many(rows: list[Row]) -> Iterator[Said]:
    right = sum(row.is_right for row in rows)
    if len(rows) < 3:
        return
    if not right:
        yield said("seen.right_on_none")
    else:
        yield said("seen.right_on", count=right, all=len(rows))


def says_how_many(observation: Said) -> bool:
    """Whether an observation is no more than a count of the inputs that were tried."""
    return observation.key in ("seen.right_on_none", "seen.right_on")


def _chance(tag: str, having: Sequence[Row], rows: Sequence[Row]) -> float:
    """How likely it is that all of some rows have what is special; 1 if they don't, or are few."""
    marked = _count(tag, rows)
    if min(len(having), marked) < FEWEST or _count(tag, having) < len(having):
        return 1.0
    chance = 1.0
    for at in range(len(having)):
        chance *= (marked - at) / (len(rows) - at)
    return chance


def _count(tag: str, rows: Sequence[Row]) -> int:
    return sum(tag in row.probe.tags for row in rows)
