"""What a re-grade changed: whose score, by how much, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from autograder.feedback.layout import points
from autograder.feedback.record import Adjusted, Record, Scored

#: By part of a record's fingerprint: what it means that this differs.
_WHY = {
    "submission": "the hand-in changed",
    "config": "points, limits, level, rubric, what is asked or left out changed",
    "examples": "other misconceptions are named by example",
    "grader": "the grader or its tests changed",
    "seed": "other hidden inputs were drawn",
    "phrases": "the general words changed",
}


def records(out: Path) -> dict[str, Record]:
    """Read the feedback records of a run, by student.

    Parameters
    ----------
    out : Path
        The output folder of ``autograder grade``.
    """
    found = {}
    for path in sorted((out / "feedback").glob("*.json")):
        record: Record = json.loads(path.read_text(encoding="utf-8"))
        found[record["student"]] = record
    return found


def compare(old: Mapping[str, Record], new: Mapping[str, Record]) -> Iterator[str]:
    """List whose score changed between two runs.

    Parameters
    ----------
    old, new : mapping of str to Record
        As from ``records``.

    Yields
    ------
    str
        One line for each student, and at the end how many stayed the same.
    """
    same = 0
    for student in sorted(old.keys() | new.keys()):
        if student not in new:
            yield f"{student}: {_of(old[student])} -> not graded now"
        elif student not in old:
            yield f"{student}: not graded before -> {_of(new[student])}"
        elif lines := list(_changes(old[student], new[student])):
            yield f"{student}: " + "; ".join(lines)
        else:
            same += 1
    yield f"{same} of {len(old.keys() | new.keys())} have the same score."


def _of(record: Record) -> str:
    return f"{points(record['score'])} of {points(record['max_score'])}"


def _changes(old: Record, new: Record) -> Iterator[str]:
    before = {f["function"]: f for f in old["functions"]}
    moved = [
        f"{f['function']} {points(was['score'])} ({was['status']}) -> "
        f"{points(f['score'])} ({f['status']})"
        for f in new["functions"]
        if (was := before.get(f["function"])) and was["score"] != f["score"]
    ]
    if moved or any(old[key] != new[key] for key in ("score", "max_score")):
        yield f"{_of(old)} -> {_of(new)} ({new['score'] - old['score']:+.4g})"
        yield _why(old, new)
        yield from moved


def _why(old: Record, new: Record) -> str:
    before, now = old["fingerprint"], new["fingerprint"]
    used = now["words"]
    differs = [text for part, text in _WHY.items() if before.get(part) != now.get(part)]
    if any(used[key] != words for key, words in before["words"].items() if key in used):
        # Those of other mistakes differ wherever the hand-in does.
        differs.append("the words changed")
    if old["tier"] != new["tier"]:
        differs.append(f"the confinement tier was {old['tier']} and is {new['tier']}")
    if _by_hand(old) != _by_hand(new):
        differs.append("points were changed by hand")
    return "because " + " and ".join(differs) if differs else "although nothing else changed"


def _by_hand(record: Record) -> dict[str, Adjusted]:
    entries: list[tuple[str, Scored]] = [("total", record)]
    entries += [(f["function"], f) for f in record["functions"]]
    return {name: entry["adjusted"] for name, entry in entries if "adjusted" in entry}
