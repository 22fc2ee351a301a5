"""What Gradescope shows, when, and at which level."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from autograder import config as configs
from autograder.config import Config
from autograder.explained_tests import level_now, otter_settings

NOW = datetime(2026, 11, 10, tzinfo=UTC)
EARLIER, LATER = "2026-11-01T00:00:00.000000-05:00", "2026-11-20T00:00:00.000000-05:00"


def config(levels: list[str], level: str = "explain") -> Config:
    changed = configs.load().model_dump()
    return Config.model_validate({**changed, "level": level, "gradescope": {"levels": levels}})


def attempt(earlier: int, due: str = LATER) -> dict[str, Any]:
    previous = [{"score": "10.0"}] * earlier
    return {"previous_submissions": previous, "assignment": {"due_date": due}}


def test_hints_grow_with_the_attempts() -> None:
    growing = config(["locate", "explain"])
    assert [level_now(growing, attempt(n), NOW) for n in range(4)] == [
        "locate",
        "explain",
        "explain",
        "explain",
    ]
    assert level_now(config([], "locate"), attempt(5), NOW) == "locate"


@pytest.mark.parametrize(
    ("metadata", "level"),
    [
        (attempt(0, LATER), "explain"),
        (attempt(0, EARLIER), "reveal"),
        ({"assignment": {"due_date": EARLIER, "late_due_date": LATER}}, "explain"),
        ({"assignment": {"due_date": None}}, "explain"),
        ({"assignment": {"due_date": "2026-11-01"}}, "explain"),  # without a time zone: no risk
        ({}, "reveal"),  # an instructor's own `otter run`
    ],
)
def test_right_values_wait_for_the_due_date(metadata: dict[str, Any], level: str) -> None:
    assert level_now(config(["reveal"]), metadata, NOW) == level


def test_feedback_shows_at_once_or_after_publishing() -> None:
    at_once = configs.load().gradescope
    later = at_once.model_copy(update={"show": "after publishing"})
    assert otter_settings(at_once)["show_all_public"]
    assert not otter_settings(later)["show_all_public"]
    assert otter_settings(later)["show_hidden"]  # Otter: visible after publishing
