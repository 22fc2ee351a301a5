"""How attempts moved since an earlier run: who gained, who lost, and in which functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.feedback.record import Record

#: Students who moved furthest, of each direction.
MOST_MOVED = 10


@dataclass
class Moves:
    """What differs from an earlier run, student by student.

    Parameters
    ----------
    before : mapping of str to Record
        Of the earlier run, by student.
    """

    before: Mapping[str, Record]
    changes: list[dict[str, Any]] = field(default_factory=list)
    mended: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)

    def add(self, who: dict[str, str], record: Record) -> None:
        """Compare one student's record with the earlier one, if there is one."""
        old = self.before.get(record["student"])
        if old is None:
            return
        had = {f["function"]: f["score"] >= f["max_score"] for f in old["functions"]}
        has = {f["function"]: f["score"] >= f["max_score"] for f in record["functions"]}
        mended = [name for name in has if has[name] and not had.get(name, True)]
        broken = [name for name in has if not has[name] and had.get(name, False)]
        self.mended.update(mended)
        self.broken.update(broken)
        change = round(record["score"] - old["score"], 5)
        self.changes.append(
            {**who, "change": change, "total": record["score"], "mended": mended, "broken": broken}
        )

    def report(self, functions: Sequence[str]) -> dict[str, Any] | None:
        """The figures; None where nobody was graded before."""
        if not self.changes:
            return None
        by = [c["change"] for c in self.changes]
        moved = sorted(self.changes, key=lambda c: (-c["change"], c["name"]))
        return {
            "compared": len(by),
            "up": sum(change > 0 for change in by),
            "down": sum(change < 0 for change in by),
            "mean": round(sum(by) / len(by), 4),
            "functions": [
                {"function": name, "mended": self.mended[name], "broken": self.broken[name]}
                for name in functions
                if self.mended[name] or self.broken[name]
            ],
            "gained": [c for c in moved if c["change"] > 0][:MOST_MOVED],
            "lost": [c for c in moved[::-1] if c["change"] < 0][:MOST_MOVED],
        }
