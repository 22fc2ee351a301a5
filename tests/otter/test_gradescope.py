"""What Gradescope shows, when, and at which level."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment.config import Config
from autograder.feedback.otter_results import level_now, otter_settings
from autograder.otter.plugin import seed_of
from tests.conftest import THOROUGH
from tests.the_assignment import build, load_config

NOW = datetime(2026, 11, 10, tzinfo=UTC)
EARLIER, LATER = "2026-11-01T00:00:00.000000-05:00", "2026-11-20T00:00:00.000000-05:00"


def config(levels: list[str], level: str = "explain") -> Config:
    changed = load_config().model_dump()
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
    at_once = load_config().gradescope
    later = at_once.model_copy(update={"show": "after publishing"})
    assert otter_settings(at_once)["show_all_public"]
    assert not otter_settings(later)["show_all_public"]
    assert otter_settings(later)["show_hidden"]  # Otter: visible after publishing


def submitters(*ids: int, **changed: Any) -> dict[str, Any]:
    users = [{"id": id, "email": f"{id}@example.org", "name": "N", **changed} for id in ids]
    return {"users": users, "id": 77, "created_at": EARLIER}


def test_a_student_meets_the_same_inputs_at_each_upload_and_nobody_elses() -> None:
    seed = seed_of("secret", submitters(1))
    assert seed_of("secret", {**submitters(1, name="Another"), "id": 78}) == seed
    assert seed_of("secret", submitters(2, 1)) == seed_of("secret", submitters(1, 2))
    seeds = [seed_of("secret", submitters(id)) for id in range(100)]
    assert (
        len({*seeds, seed_of("secret", submitters(1, 2)), seed_of("other", submitters(1))}) == 102
    )


@pytest.mark.parametrize("metadata", [{}, {"users": None}, {"users": [None, 3, {}]}, {"users": []}])
def test_metadata_of_any_kind_gives_a_seed(metadata: dict[str, Any]) -> None:
    assert 0 <= seed_of("secret", metadata) < 2**32


@THOROUGH
def test_a_zip_that_is_built_again_keeps_its_secret(tmp_path: Path) -> None:
    def secret() -> str:
        with zipfile.ZipFile(tmp_path / "autograder.zip") as archive:
            (plugin,) = json.loads(archive.read("otter_config.json"))["plugins"]
        ((settings,),) = [plugin.values()]
        return str(settings["secret"])

    found = []
    for _ in range(2):
        list(build(tmp_path, load_config(), None))
        found.append(secret())
    (tmp_path / "autograder.zip").unlink()
    list(build(tmp_path, load_config(), None))
    assert found[0] == found[1] != secret()
    with zipfile.ZipFile(tmp_path / "autograder.zip") as archive:
        wanted = archive.read("environment.yml").decode()
    for name in ("click", "numpy", "pydantic", "pyyaml"):
        assert f"{name}=={version(name)}" in wanted
    assert len(found[0]) == 64
