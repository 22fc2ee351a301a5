"""The types of the record tell what is in it."""

from __future__ import annotations

from typing import Any, NotRequired, get_origin, get_type_hints

import pytest

from autograder.course.grader import Grader
from autograder.feedback.record import (
    Evidence,
    FunctionRecord,
    LineRecord,
    PartRecord,
    Record,
    UnnamedRecord,
)
from tests.conftest import with_function

BODIES = {
    "right": "",
    "named": "def softmax(x):\n    s = np.exp(x)\n    return s / s.sum()\n",
    "unnamed": "def softmax(x):\n    return x * 7 + 3\n",
    "stops": "def softmax(x):\n    return x[99]\n",
    "unread": "def softmax(x):\n    return (\n",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_record_has_the_keys_of_its_types(grader: Grader, body: str) -> None:
    record: Any = grader.grade(with_function(body)).feedback
    assert holds(record, Record)
    assert {"score", "max_score"} <= record.keys()
    for entry in record["functions"]:
        assert holds(entry, FunctionRecord)
        assert {"score", "max_score"} <= entry.keys()
        assert holds(entry["evidence"], Evidence)
        assert all(holds(part, PartRecord) for part in entry["parts"])
        assert all(holds(part["line"], LineRecord) for part in entry["parts"] if part["line"])
        assert "unnamed" not in entry or holds(entry["unnamed"], UnnamedRecord)


def holds(found: dict[str, Any], kind: Any) -> bool:
    """Whether all keys are there that have to be, and none but those of the type."""
    types = get_type_hints(kind, include_extras=True)
    optional = {key for key, one in types.items() if get_origin(one) is NotRequired}
    return kind.__required_keys__ - optional <= found.keys() <= types.keys()
