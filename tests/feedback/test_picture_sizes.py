"""Pictures of how far off an answer is, and one scale for what is read side by side."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from autograder.feedback import page
from autograder.feedback.figures import drawing
from tests.page_class import grade
from tests.the_assignment import REFERENCE, SAY

TOO_LARGE = """
import numpy as np
def softmax_jacobian(x):
    e = np.exp(x - np.max(x))
    s = e / e.sum()
    J = np.diag(s) - np.outer(s, s)
    return J + J.T
def threshold_jacobian(x):
    return np.diag(np.where(np.array(x) > -1, np.inf, 0))
"""


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    return grade(["s"], submissions={"s": {"practice_6_1.py": TOO_LARGE}})["s"]


def wiggle_of(record: dict[str, Any], function: str) -> dict[str, Any]:
    (entry,) = [f for f in record["functions"] if f["function"] == function]
    wiggle: dict[str, Any] = drawing(entry["evidence"]["picture"], SAY)["wiggle"]
    return wiggle


def test_a_mistake_of_size_is_drawn_as_sizes(record: dict[str, Any]) -> None:
    wiggle = wiggle_of(record, "softmax_jacobian")
    for output in wiggle["outputs"]:
        yours, tried = output["bars"]
        if yours["length"] > 20:
            assert yours["length"] == pytest.approx(2 * tried["length"], rel=0.3)
        assert yours["x"] < wiggle["still"] or tried["x"] == yours["x"]
    assert "Each output moves the right way." in wiggle["words"]
    assert "too far" in wiggle["words"]
    assert "move down" not in wiggle["words"]


def test_the_drawing_tells_no_right_value_exactly(record: dict[str, Any]) -> None:
    (entry,) = [f for f in record["functions"] if f["function"] == "softmax_jacobian"]
    picture = entry["evidence"]["picture"]
    right = REFERENCE["softmax_jacobian"](np.array(picture["inputs"]["x"]))
    column = right[:, picture["wiggle"]["input"]]
    tried = picture["wiggle"]["reach"][1]
    top = max(abs(row[picture["wiggle"]["input"]]) for row in picture["items"][0]["values"])
    assert not np.isclose(np.abs(tried) * top, np.abs(column), rtol=1e-3).all()
    assert np.sign(tried).tolist() == np.sign(column).tolist()


def test_a_bar_that_is_no_number_is_said_to_be_none(record: dict[str, Any]) -> None:
    wiggle = wiggle_of(record, "threshold_jacobian")
    moving = wiggle["outputs"][[o["i"] for o in wiggle["outputs"]].index(wiggle["input"])]
    assert moving["yours"] == "nan"
    assert moving["bars"][0]["length"] == 0
    assert "no number</text>" in page.render(record, SAY)


def shades(table: dict[str, Any]) -> dict[str, str]:
    return {cell["text"]: cell["shade"] for _, row in table["rows"] for cell in row}


def test_one_shade_means_one_size_in_all_of_a_series() -> None:
    items = [
        {"values": [8.0, 1.0], "shape": [2], "asked": [2], "wrong": [True, False]},
        {"values": [1.0, 2.0], "shape": [2], "asked": [2], "wrong": [False, False]},
    ]
    jacobians = [[[1.0, 0.0], [0.0, 16.0]], [[1.0, 2.0], [3.0, 4.0]]]
    inputs = {"error": [1.0, 4.0], "jacobians": jacobians, "jacobian": jacobians[0]}
    head = {"inputs": inputs, "items": items, "length": [2, 2], "letter": "W", "first_wrong": 0}
    chain = drawing({**head, "kind": "chain"}, SAY)
    errors = [chain["error"], *(link["answer"]["table"] for link in chain["links"])]
    assert {shades(table)["1"] for table in errors} == {"p1"}
    assert shades(errors[0])["4"] == "p2"
    assert {shades(link["jacobian"])["1"] for link in chain["links"]} == {"p1"}
    assert shades(chain["links"][1]["jacobian"])["4"] == "p1"
    step = drawing({**head, "kind": "step", "items": items[:1]}, SAY)
    assert shades(step["error"])["4"] == "p2"
    assert shades(step["answer"]["table"])["8"] == "p4"


def test_what_is_right_has_the_scale_of_what_came_back() -> None:
    revealed = grade(["s"], level="reveal", submissions={"s": {"practice_6_1.py": TOO_LARGE}})["s"]
    (entry,) = [f for f in revealed["functions"] if f["function"] == "softmax_jacobian"]
    answer = drawing(entry["evidence"]["picture"], SAY)["answer"]
    yours, right = (
        [int(re.sub(r"\D", "", cell["shade"])) for _, row in answer[key]["rows"] for cell in row]
        for key in ("table", "right")
    )
    assert max(yours) == 4
    assert max(right) == 2
