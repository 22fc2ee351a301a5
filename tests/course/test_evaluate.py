"""A label that cannot be meant is refused with a sentence, not measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from autograder.cli import main

GOOD = {
    "kind": "single",
    "function": "update_weights",
    "must_mention": [["gradient"]],
    "must_not_mention": ["softmax"],
}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"must_mention": ["gradient"]}, "must_mention is a list of lists"),
        ({"must_mention": [["("]]}, "'(' is no pattern"),
        ({"must_not_mention": "softmax"}, "must_not_mention is a list"),
        ({"function": "update_weigths"}, "update_weigths; did you mean 'update_weights'."),
        ({"carried": ["sofmax"]}, "sofmax; did you mean 'softmax'."),
        ({"function": None}, "function is missing"),
        ({"kind": "singel"}, "kind is 'singel', and must be one of single, double"),
    ],
)
def test_a_label_that_cannot_be_meant_is_refused(
    tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    case = tmp_path / "wrong" / "a1"
    case.mkdir(parents=True)
    (case / "backprop.py").write_text("x = 1\n", encoding="utf-8")
    (case / "label.yaml").write_text(yaml.safe_dump({**GOOD, **changes}), encoding="utf-8")
    result = CliRunner().invoke(main, ["evaluate", str(tmp_path)])
    assert result.exit_code == 2
    assert says in result.output
    assert "label.yaml" in result.output
