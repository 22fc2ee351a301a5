"""Whether what is wrong comes of writing into what the function was given."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.assignment.probe import has_whole_numbers
from autograder.assignment.rows import Row
from autograder.diagnosis.search import Found
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Outcome, Raised, Returned

#: What NumPy says where decimals are to be written into an array of whole numbers.
_REFUSES = re.compile(r"cast\b.*\bufunc")


def fails_on_copies_alone(marking: Marking, function: str) -> bool:
    """Whether all wrong values came back where they must be new ones."""
    rows = zip(marking.rows(function), marking.outcomes[function], strict=True)
    wrong = [row for row, outcome in rows if isinstance(outcome, Returned) and not row.is_right]
    return bool(wrong) and all(row.probe.copied for row in wrong)


def comes_of_writing(marking: Marking, function: str, found: Found | None) -> bool:
    """Whether what is wrong is wrong since arguments are written into, and for nothing else.

    An array of whole numbers refuses what is to be written into it, or cuts it.
    """
    exercise = marking.assignment.exercises[function]
    if found:
        return set(found.ids) <= {*exercise.of_change}
    places = [exercise.parameters.index(name) for name in marking.changed_arguments(function)]
    rows = zip(marking.rows(function), marking.outcomes[function], strict=True)
    return all(row.is_right or _is_by_writing(row, outcome, places) for row, outcome in rows)


def _is_by_writing(row: Row, outcome: Outcome, places: Sequence[int]) -> bool:
    """Whether one answer is wrong, or none, since some of the arguments are written into."""
    if isinstance(outcome, Raised):
        return bool(_REFUSES.search(outcome.message))
    return row.probe.copied or any(has_whole_numbers(row.probe.arguments[at]) for at in places)
