"""What the marks say of the functions and of their test cases: how hard, and how telling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.feedback.record import Record

#: Fewer students than this say nothing.
FEWEST = 5
#: A share of right answers from which nearly all are, and the one up to which nearly none is.
NEARLY_ALL, NEARLY_NONE = 0.95, 0.1
_NOT_THERE = ("missing", "not attempted")


@dataclass
class Items:
    """The marks of a class by function and by test case.

    Attributes
    ----------
    shares : dict of str to list of float
        By function: what part of its points each student has.
    points : dict of str to list of float
        By function: the points of each student.
    totals : list of float
    cases : dict of str to dict of str to list of int
        By function and case: how many attempted it, and how many got it right.
    """

    shares: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    points: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    totals: list[float] = field(default_factory=list)
    cases: defaultdict[str, dict[str, list[int]]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, record: Record) -> None:
        """Count one student's marks."""
        self.totals.append(record["score"])
        for entry in record["functions"]:
            name, most = entry["function"], entry["max_score"]
            self.points[name].append(entry["score"])
            self.shares[name].append(entry["score"] / most if most else 0.0)
            if entry["status"] in _NOT_THERE:
                continue
            for case, right in entry.get("cases", {}).items():
                count = self.cases[name].setdefault(case, [0, 0])
                count[0] += 1
                count[1] += bool(right)

    def of(self, function: str) -> dict[str, float | None]:
        """How hard a function is, and how well it tells students apart.

        Returns
        -------
        dict
            ``difficulty``, the mean share of its points; ``discrimination``, the point-biserial
            correlation of full marks in it with the points in all the others. None where there
            are too few students, or all are alike.
        """
        shares = np.array(self.shares[function])
        if len(shares) < FEWEST:
            return {"difficulty": None, "discrimination": None}
        rest = np.array(self.totals) - np.array(self.points[function])
        full = (shares > 1 - 1e-9).astype(float)
        found = None
        if np.ptp(full) and np.ptp(rest) > 1e-9:
            found = round(float(np.corrcoef(full, rest)[0, 1]), 2) + 0.0
        return {"difficulty": round(float(shares.mean()), 2), "discrimination": found}

    def telling(self, functions: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        """The test cases that nearly all who attempted the function fail, and those they pass."""
        found: dict[str, list[dict[str, Any]]] = {"failed": [], "passed": []}
        for name in functions:
            for case, (asked, right) in self.cases[name].items():
                told = {"function": name, "case": case, "attempted": asked, "right": right}
                if asked >= FEWEST and right <= NEARLY_NONE * asked:
                    found["failed"].append(told)
                elif asked >= FEWEST and right >= NEARLY_ALL * asked:
                    found["passed"].append(told)
        found["failed"].sort(key=lambda c: c["right"] / c["attempted"])
        return found
